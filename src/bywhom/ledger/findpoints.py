"""What a search finds, on the map: claims gathered in cells, so that a hundred thousand places are some hundred signs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from bywhom.ledger.engine import fetched
from bywhom.ledger.finding import Box, Letters, Search, planned, statement

MAPPED = 100_000  # of so many claims, the latest, the map is drawn
WIDE_KM = 100.0  # the point of a place as wide as this stands for a country or a region, and is no town's neighbour


@dataclass(frozen=True, slots=True)
class Cell:
    """The claims about one place, or about places near each other."""

    lat: float  # the middle of their points, degrees
    lon: float
    claims: int
    places: int  # points that are not the same
    radius_km: float  # within which the widest of the places lies
    is_wide: bool
    example: str  # id of the latest claim


@dataclass(frozen=True, slots=True)
class Points:
    """What the map shows of a search."""

    cells: tuple[Cell, ...]  # those with most claims first
    counted: int  # claims that have a point
    is_whole: bool  # whether all that fit were looked at; else the latest
    elsewhere: int  # claims that fit and have no point, as far as they were counted


def points(
    connection: Connection,
    search: Search,
    view: Box | None,
    cell: float,
    *,
    most: int = 1500,
    letters: Letters | None = None,
) -> Points:
    """The claims that fit, inside a part of the map, in cells of so many degrees; 0 gathers only what has the same point."""
    anywhere = replace(search, box=None)
    inside = replace(search, box=view) if view else search
    plan = planned(connection, inside, letters or {})
    words, values = statement(plan, ("lat", "lon", "radius_km"), None, MAPPED + 1)
    by = "lat, lon" if cell <= 0 else "CAST(floor(lat / ?) AS INTEGER), CAST(floor(lon / ?) AS INTEGER)"
    step = () if cell <= 0 else (cell, cell)
    rows = fetched(connection, _CELLS.format(by=by, inner=words), [WIDE_KM, *values, *step, most])
    looked = int(fetched(connection, f"SELECT count(*) FROM ({words})", values)[0][0])  # noqa: S608  our own words
    return Points(
        cells=tuple(_cell(row) for row in rows),
        counted=sum(row[2] for row in rows),
        is_whole=looked <= MAPPED,
        elsewhere=_elsewhere(connection, anywhere, letters or {}),
    )


_CELLS = (
    "SELECT avg(lat), avg(lon), count(*), count(DISTINCT lat || ' ' || lon), coalesce(max(radius_km), 0), wide, claim_id, max(id) "
    "FROM (SELECT *, coalesce(radius_km, 0) >= ? AS wide FROM ({inner})) WHERE lat IS NOT NULL "
    "GROUP BY wide, {by} ORDER BY count(*) DESC, max(id) DESC LIMIT ?"
)


def _cell(row: tuple[Any, ...]) -> Cell:
    lat, lon, claims, places, radius, wide, example, _ = row
    return Cell(lat, lon, claims, places, radius, bool(wide), example)


def _elsewhere(connection: Connection, search: Search, letters: Letters) -> int:
    words, values = statement(planned(connection, search, letters), ("lat",), None, MAPPED)
    return int(fetched(connection, f"SELECT count(*) FROM ({words}) WHERE lat IS NULL", values)[0][0])  # noqa: S608
