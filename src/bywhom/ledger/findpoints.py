"""What a search finds, on the map: claims gathered in cells, so that a hundred thousand places are some hundred signs.

A map of everything is read off cells that are kept added up (findcells.py). The places of any other search are gathered from the claims
that fit inside the view, in one pass, and of very many from the latest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from bywhom.ledger import findcells
from bywhom.ledger.engine import fetched
from bywhom.ledger.findcells import WIDE_KM, Kept
from bywhom.ledger.finding import Letters, planned, sides_of, statement
from bywhom.ledger.query import Box, ClaimQuery

__all__ = ["MAPPED", "WIDE_KM", "Cell", "Points", "points"]

MAPPED = 12_000  # of so many claims that fit, the latest, a map is drawn where the search asks for more than a part of the map


@dataclass(frozen=True, slots=True)
class Cell:
    """The claims about one place, or about places near each other."""

    lat: float  # the middle of their points, degrees
    lon: float
    claims: int
    places: int  # points that are not the same
    radius_km: float  # within which the widest of the places lies
    is_wide: bool
    example: str  # id of the latest claim; empty where there are several places


@dataclass(frozen=True, slots=True)
class Points:
    """What the map shows of a search."""

    cells: tuple[Cell, ...]  # those with most claims first
    counted: int  # claims that have a point
    is_whole: bool  # whether all that fit were looked at; else the latest
    elsewhere: int  # claims that fit and have no point, as far as they were counted


def points(
    connection: Connection,
    search: ClaimQuery,
    view: Box | None,
    cell: float,
    *,
    most: int = 1500,
    letters: Letters | None = None,
) -> Points:
    """The claims that fit, inside a part of the map, in cells of so many degrees; 0 gathers only what has the same point."""
    if replace(search, box=None) == ClaimQuery():
        return _of_all(connection, search.box, view, cell, most)
    inside = replace(search, box=view) if view else search
    columns = ("id", "lat", "lon", "radius_km")
    words, values = statement(planned(connection, inside, letters), columns, None, MAPPED + 1)
    from bywhom.ledger.findcolumns import gathered  # noqa: PLC0415  no other command need wait until numpy is read

    rows = fetched(connection, words, values)
    is_whole, rows = len(rows) <= MAPPED, rows[:MAPPED]
    kept, placed = gathered(rows, cell, most)
    examples = _examples(connection, [each.latest for each in kept if each.places == 1])
    cells = tuple(_of_kept(each, examples) for each in kept)
    return Points(cells, placed, is_whole, len(rows) - placed)


def _of_all(connection: Connection, box: Box | None, view: Box | None, cell: float, most: int) -> Points:
    """The places of all claims, or of those inside a rectangle, off the cells."""
    part = view or box
    whole, here = sides_of(box) if box else (), sides_of(part) if part else ()
    kept = findcells.kept(connection, here, cell, most, exactly=box is not None)
    examples = _examples(connection, [each.latest for each in kept if each.places == 1])
    placed = findcells.counted(connection, whole)
    everything = fetched(connection, "SELECT coalesce(sum(claims), 0) FROM documents WHERE state = 'read'", ())[0][0]
    elsewhere = 0 if box else max(0, everything - placed)
    return Points(tuple(_of_kept(each, examples) for each in kept), placed, True, elsewhere)


def _examples(connection: Connection, numbers: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(numbers), 900):
        some = numbers[start : start + 900]
        words = f"SELECT id, claim_id FROM found WHERE id IN ({', '.join('?' * len(some))})"  # noqa: S608  our own words
        found.update(fetched(connection, words, some))
    return found


def _of_kept(one: Kept, examples: dict[int, str]) -> Cell:
    example = examples.get(one.latest, "") if one.places == 1 else ""
    return Cell(one.lat, one.lon, one.claims, one.places, one.radius_km, one.wide, example)
