"""The base map that the build leaves in static/built/map: countries at two scales, and areas that are hatched.

How its borders came about is told in bundle/borders.yaml. Where it could not be built, maps show their places without it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from bywhom.ledger.query import Box
from bywhom.workbench.mercator import mercator


class Ring(list[tuple[float, float]]):
    """An outline: longitude, latitude; and the same as it is drawn, worked out once."""

    @cached_property
    def risen(self) -> list[tuple[float, float]]:
        """Longitude, and how far north it is drawn."""
        return [(lon, mercator(lat)) for lon, lat in self]

    @cached_property
    def sides(self) -> tuple[float, float, float, float]:
        """West, east, and how far south and north it is drawn."""
        lons, heights = [lon for lon, _ in self.risen], [height for _, height in self.risen]
        return min(lons), max(lons), min(heights), max(heights)


NARROW = 40.0  # degrees of longitude: a view as wide as this or less is drawn from the fine map
BUILT = Path(__file__).parent / "static" / "built"


@dataclass(frozen=True, slots=True)
class Area:
    """A country, or a part of the world that is hatched."""

    name: str
    box: Box
    pieces: tuple[tuple[Ring, ...], ...]  # outlines, each followed by its holes
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
    return any(_in_rings(rings, lat, lon + turn) for rings in area.pieces for turn in (-360, 0, 360))


def _in_rings(rings: Sequence[Ring], lat: float, lon: float) -> bool:
    is_in = False
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
                is_in = not is_in
    return is_in


# Reading --------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def basemap(built: Path = BUILT) -> Basemap | None:
    """The base map; None where the build could not make it."""
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
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return found


def _area(one: dict[str, Any], steps: int) -> Area:
    pieces = tuple(tuple(Ring(_points(ring, steps)) for ring in rings) for rings in one["shape"])
    points = [point for rings in pieces for point in rings[0]] or [(0.0, 0.0)]
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    box = Box(min(lats), min(lons), max(lats), max(lons))
    return Area(one["name"], box, pieces, one.get("kind", ""), one.get("says", ""), one.get("id", ""))


def _points(flat: Sequence[int], steps: int) -> Iterator[tuple[float, float]]:
    """A ring: its first point, then steps."""
    x = y = 0
    for i in range(0, len(flat), 2):
        x, y = x + flat[i], y + flat[i + 1]
        yield x / steps, y / steps
