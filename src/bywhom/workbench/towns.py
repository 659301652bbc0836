"""Towns to find one's way by on a map, from the gazetteer that ships with the package."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bywhom.ledger.query import Box
from bywhom.lexicons import data_path

LEAST = 3000  # inhabitants
MOST = 16  # on one map
APART = 0.085  # of the width of a view: how far towns that are shown stand from each other


@dataclass(frozen=True, slots=True)
class Town:
    """A town to find one's way by: nothing that a claim tells of."""

    name: str
    lat: float
    lon: float


def towns(view: Box, without: Collection[str] = ()) -> list[Town]:
    """The largest towns of a view that stand well apart, but those whose names are on the map already."""
    found: list[Town] = []
    apart = (view.east - view.west) * APART
    for each in _inside(view):
        if len(found) == MOST:
            break
        if each.name not in without and all(_far(each, other, apart) for other in found):
            found.append(each)
    return found


def _far(a: Town, b: Town, apart: float) -> bool:
    return abs(a.lon - b.lon) > apart or abs(a.lat - b.lat) > apart / 3


def _inside(view: Box) -> Iterator[Town]:
    for each in _largest(data_path("gazetteer", "gazetteer.sqlite")):
        if view.south < each.lat < view.north and view.west < each.lon < view.east:
            yield each


@lru_cache(maxsize=1)
def _largest(path: Path) -> tuple[Town, ...]:
    """The towns of the world, the largest first; none where the gazetteer is missing: reading says so, a map can do without."""
    if not path.exists():
        return ()
    chosen = (
        "SELECT name, lat, lon FROM places WHERE kind = 'settlement' AND population >= ? "
        "ORDER BY population DESC, name, lat, lon"
    )
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as gazetteer:
        return tuple(Town(*row) for row in gazetteer.execute(chosen, (LEAST,)))
