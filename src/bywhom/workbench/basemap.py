"""The base map that the build leaves in static/built/map: countries at two scales, and areas that are hatched.

How its borders came about is told in bundle/borders.yaml. Where it could not be built, maps show their places without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from bywhom.ledger.query import Box
from bywhom.workbench.mercator import mercators

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Shape:
    """Outlines with their holes. A view has a hundred thousand of these points, so they are kept in one column for each coordinate."""

    lons: Floats
    lats: Floats
    starts: npt.NDArray[np.int64]  # where each ring begins, and where the last one ends
    firsts: tuple[int, ...]  # the rings that are outlines: those after each are its holes

    @cached_property
    def heights(self) -> Floats:
        """How far north each point is drawn."""
        return mercators(self.lats)

    @cached_property
    def sides(self) -> Floats:
        """Of each ring: west, east, and how far south and north it is drawn."""
        begins = self.starts[:-1]
        return np.column_stack(
            [least.reduceat(each, begins) for each in (self.lons, self.heights) for least in (np.minimum, np.maximum)]
        )

    def pieces(self) -> Iterator[Shape]:
        """Each outline with its holes by itself."""
        for first, last in pairwise((*self.firsts, len(self.starts) - 1)):
            here = slice(self.starts[first], self.starts[last])
            starts = self.starts[first : last + 1] - self.starts[first]
            yield Shape(self.lons[here], self.lats[here], starts, (0,))

    def holds(self, lat: float, lon: float) -> bool:
        """Whether a point lies inside: a line from it to the east crosses the outlines an odd number of times."""
        crossed = 0
        for first, last in pairwise(self.starts):
            x1, y1 = self.lons[first:last], self.lats[first:last]
            x2, y2 = np.roll(x1, -1), np.roll(y1, -1)
            meets_it = (y1 > lat) != (y2 > lat)
            at = (x2 - x1)[meets_it] * (lat - y1[meets_it]) / (y2 - y1)[meets_it] + x1[meets_it]
            crossed += int((lon < at).sum())
        return crossed % 2 == 1


NARROW = 40.0  # degrees of longitude: a view as wide as this or less is drawn from the fine map
BUILT = Path(__file__).parent / "static" / "built"


@dataclass(frozen=True, slots=True)
class Area:
    """A country, or a part of the world that is hatched."""

    name: str
    box: Box
    shape: Shape
    kind: str = ""  # hatched: occupied, disputed
    says: str = ""  # hatched: whose it is, and who holds it
    id: str = ""


@dataclass(frozen=True)
class Basemap:
    """All countries at the coarse scale; the fine ones are read when a view needs them."""

    folder: Path
    countries: tuple[Area, ...]
    hatched: tuple[Area, ...]

    def seen(self, view: Box) -> tuple[list[Area], list[Area]]:
        """The countries and the hatched areas that lie in a view, as fine as it is narrow."""
        countries = [one for one in self.countries if meets(one.box, view)]
        hatched: Sequence[Area] = self.hatched
        if view.east - view.west <= NARROW:
            countries = [_fine(self.folder, one.id) or one for one in countries]
            hatched = _fine_hatched(self.folder) or hatched
        return countries, [one for one in hatched if meets(one.box, view)]


def meets(a: Box, b: Box) -> bool:
    """Whether two parts of the map overlap; boxes may go on beyond 180°."""
    if a.south > b.north or b.south > a.north:
        return False
    return any(a.west + turn <= b.east and b.west <= a.east + turn for turn in (-360, 0, 360))


def holds(area: Area, lat: float, lon: float) -> bool:
    """Whether a point lies in an area."""
    return any(piece.holds(lat, lon + turn) for piece in area.shape.pieces() for turn in (-360, 0, 360))


# Reading --------------------------------------------------------------------------------------------------------------


def basemap(built: Path = BUILT) -> Basemap | None:
    """The base map; None where the build could not make it."""
    return _basemap(built)


@lru_cache(maxsize=2)
def _basemap(built: Path) -> Basemap | None:
    found = _read(built / "map" / "world.json")
    if found is None:
        return None
    steps = found["steps"]
    countries = tuple(_area(one, steps) for one in found["countries"])
    return Basemap(built / "map", countries, tuple(_area(one, steps) for one in found["hatched"]))


@lru_cache(maxsize=400)
def _fine(folder: Path, code: str) -> Area | None:
    found = _read(folder / "detail" / f"{code}.json")
    return _area(found, found["steps"]) if found else None


@lru_cache(maxsize=2)
def _fine_hatched(folder: Path) -> tuple[Area, ...]:
    found = _read(folder / "detail" / "hatched.json")
    return tuple(_area(one, found["steps"]) for one in found["hatched"]) if found else ()


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = msgspec.json.decode(path.read_bytes())
    except FileNotFoundError:
        return None
    return found


def _area(one: dict[str, Any], steps: int) -> Area:
    shape = _shape(one["shape"], steps)
    outer = [shape.sides[first] for first in shape.firsts]
    west, east = (min(side[0] for side in outer), max(side[1] for side in outer)) if outer else (0.0, 0.0)
    south, north = (float(shape.lats.min()), float(shape.lats.max())) if outer else (0.0, 0.0)
    box = Box(south, float(west), north, float(east))
    return Area(one["name"], box, shape, one.get("kind", ""), one.get("says", ""), one.get("id", ""))


def _shape(pieces: Sequence[Sequence[Sequence[int]]], steps: int) -> Shape:
    """Rings as they are written: each its first point, then steps from point to point."""
    rings = [ring for piece in pieces for ring in piece]
    starts = np.cumsum([0, *(len(ring) // 2 for ring in rings)])
    flat = np.fromiter(chain.from_iterable(rings), dtype=np.int64).reshape(-1, 2)
    summed = flat.cumsum(axis=0)
    before = summed[starts[:-1]] - flat[starts[:-1]]  # what the rings before come to
    points = (summed - before.repeat(np.diff(starts), axis=0)) / steps
    firsts = np.cumsum([0, *(len(piece) for piece in pieces)])[:-1]
    return Shape(points[:, 0], points[:, 1], starts, tuple(int(each) for each in firsts))
