"""Towns to find one's way by on a map, from the gazetteer that ships with the package."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bywhom.ledger.query import Box
from bywhom.lexicons import data_path

LEAST = 3000  # inhabitants
WIDE, LARGE = 30.0, 200_000  # in a view of more degrees than this, towns with so many inhabitants are looked at first
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
    is_wide = view.east - view.west > WIDE
    found = _apart(view, without, LARGE) if is_wide else []
    return found if len(found) == MOST else _apart(view, without, LEAST)


def _apart(view: Box, without: Collection[str], least: int) -> list[Town]:
    found: list[Town] = []
    apart = (view.east - view.west) * APART
    for each in _inside(view, least):
        if len(found) == MOST:
            break
        if each.name not in without and all(_far(each, other, apart) for other in found):
            found.append(each)
    return found


def _far(a: Town, b: Town, apart: float) -> bool:
    return abs(a.lon - b.lon) > apart or abs(a.lat - b.lat) > apart / 3


def _inside(view: Box, least: int) -> Iterator[Town]:
    known = _largest(data_path("gazetteer", "gazetteer.sqlite"), least)
    lats, lons = known.lats, known.lons
    here = (view.south < lats) & (lats < view.north) & (view.west < lons) & (lons < view.east)
    for place in np.flatnonzero(here).tolist():
        yield Town(known.names[place], float(lats[place]), float(lons[place]))


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """Many towns, the largest first."""

    names: Sequence[str]
    lats: npt.NDArray[np.float64]
    lons: npt.NDArray[np.float64]


@lru_cache(maxsize=2)
def _largest(path: Path, least: int) -> _Known:
    """The towns of the world with so many inhabitants; none where the gazetteer is missing: reading says so, a map can do without."""
    chosen = (
        "SELECT name, lat, lon FROM places WHERE kind = 'settlement' AND population >= ? "
        "ORDER BY population DESC, name, lat, lon"
    )
    rows: list[tuple[str, float, float]] = []
    if path.exists():
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as gazetteer:
            rows = gazetteer.execute(chosen, (least,)).fetchall()
    points = np.array([row[1:] for row in rows], dtype=np.float64).reshape(-1, 2)
    return _Known([row[0] for row in rows], points[:, 0], points[:, 1])
