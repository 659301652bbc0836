"""A map as SVG, in Mercator's projection: countries, hatched areas, and places as the areas within which they lie.

A place is never a point: it is a circle of the size of what is known of it. Where that is too small to be seen it is a small
ring; where it is a country or a wide region it is a wide dashed circle, which says that no place is known in it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from bywhom.ledger.query import Box
from bywhom.workbench.basemap import BUILT, Area, Shape, basemap
from bywhom.workbench.drawings.svg import svg, text, title
from bywhom.workbench.mercator import FARTHEST, latitude, mercator
from bywhom.workbench.towns import Town, towns

__all__ = [
    "FARTHEST",
    "Frame",
    "Spot",
    "cluster_radius",
    "draw_map",
    "framed",
    "ground",
    "latitude",
    "mercator",
    "radius",
    "said",
]

Whole = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Square = tuple[float, float, float, float]  # left, top, right, bottom

WIDTH, HEIGHT = 960, 560
LEAST = 5.0  # pixels: the radius of the smallest ring
MOST_NAMES = 24
KM_PER_DEGREE = 111.32


@dataclass(frozen=True, slots=True)
class Spot:
    """What is drawn at one place: one place with its claims, or several that lie too close together to be told apart."""

    lat: float
    lon: float
    radius_km: float | None
    claims: int
    name: str
    link: str
    is_cluster: bool = False
    is_wide: bool = False  # a country or a wide region: nothing is known of the place within it
    note: str = ""  # country, or what the cluster holds


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the world on a sheet."""

    view: Box
    width: int
    height: int

    @property
    def scale(self) -> float:
        """Pixels in a degree of longitude."""
        return self.width / (self.view.east - self.view.west)

    def x(self, lon: float) -> float:
        return (lon - self.view.west) * self.scale

    def y(self, lat: float) -> float:
        return (mercator(self.view.north) - mercator(lat)) * self.scale

    def pixels(self, km: float, lat: float) -> float:
        """How long so many kilometres are, at a latitude."""
        return km / (KM_PER_DEGREE * max(0.05, math.cos(math.radians(lat)))) * self.scale


def framed(wanted: Box, width: int = WIDTH, height: int = HEIGHT) -> Frame:
    """The part of the world that fills a sheet and holds all that is wanted."""
    low, high = mercator(wanted.south), mercator(wanted.north)
    across = max(wanted.east - wanted.west, (high - low) * width / height, 0.05)
    across = min(360.0, across)
    middle_x, middle_y = (wanted.west + wanted.east) / 2, (low + high) / 2
    tall = across * height / width
    middle_y = max(mercator(-FARTHEST) + tall / 2, min(mercator(FARTHEST) - tall / 2, middle_y))
    west = middle_x - across / 2
    view = Box(latitude(middle_y - tall / 2), west, latitude(middle_y + tall / 2), west + across)
    return Frame(view, width, height)


def draw_map(frame: Frame, spots: Sequence[Spot], chosen: Box | None = None) -> Markup:
    """The whole map."""
    # Wide areas lie below, large clusters below small ones, so that nothing is covered.
    ordered = sorted(spots, key=lambda spot: (not spot.is_wide, -spot.claims, spot.name))
    names, taken = _names(frame, ordered)
    parts = [_DEFINITIONS, ground(frame), _towns(frame, spots, taken)]
    if chosen:
        parts.append(_rectangle(frame, chosen))
    parts += [_spot(frame, spot) for spot in ordered]
    parts += names
    says = f"Map: {len(spots)} places. The table below says the same."
    return svg(frame.width, frame.height, says, Markup("").join(parts), "map")


# Presentation attributes, not styles: the drawing also stands in files of its own.
_DEFINITIONS = Markup(
    '<defs><pattern id="occupied" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path class="hatch" d="M0 0V6"/></pattern>'
    '<pattern id="disputed" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">'
    '<path class="hatch" d="M0 0V9"/></pattern></defs><rect class="sea" width="100%" height="100%"/>'
)


@lru_cache(maxsize=64)
def ground(frame: Frame, built: Path = BUILT) -> Markup:
    """The countries and hatched areas of a view; nothing where the base map was not built."""
    world = basemap(built)
    if world is None:
        return Markup("")
    countries, hatched = world.seen(frame.view)
    drawn = [_area(frame, one, "country") for one in countries]
    return Markup("").join(drawn + [_area(frame, one, f"hatched {one.kind}") for one in hatched])


def _area(frame: Frame, area: Area, kind: str) -> Markup:
    drawn = "".join(_rings(frame, area))
    if not drawn:
        return Markup("")
    says = title(f"{area.name}: {area.says}" if area.says else area.name)
    fill = f"url(#{area.kind})" if area.kind else None
    if fill:
        return Markup('<path class="{}" fill="{}" fill-rule="evenodd" d="{}">{}</path>').format(kind, fill, drawn, says)
    return Markup('<path class="{}" fill-rule="evenodd" d="{}">{}</path>').format(kind, drawn, says)


def _rings(frame: Frame, area: Area) -> Iterator[str]:
    for turn in (-360, 0, 360):
        if area.box.west + turn <= frame.view.east and area.box.east + turn >= frame.view.west:
            yield from _drawn(frame, area.shape, turn)


def _drawn(frame: Frame, shape: Shape, turn: int) -> Iterator[str]:
    """Rings as paths: points that fall on one pixel are drawn once, and those far outside on one side left out."""
    west, north = frame.view.west - turn, mercator(frame.view.north)
    seen = _seen(frame, shape, west, north)
    if not seen.any():
        return
    lengths = np.diff(shape.starts)
    inside = seen.repeat(lengths)
    ring = np.arange(len(lengths)).repeat(lengths)[inside]
    x = np.rint((shape.lons[inside] - west) * frame.scale).astype(np.int64)
    y = np.rint((north - shape.heights[inside]) * frame.scale).astype(np.int64)
    for kept in (_changes, _turns):
        left = kept(frame, ring, x, y)
        ring, x, y = ring[left], x[left], y[left]
    borders = [0, *(np.flatnonzero(np.diff(ring)) + 1).tolist(), len(ring)]
    for first, last in pairwise(borders):
        if last - first >= 3 and _reaches(frame, x[first:last], y[first:last]):
            yield _path(x[first:last], y[first:last])


def _seen(frame: Frame, shape: Shape, west: float, north: float) -> Bools:
    """The rings that may lie on the sheet, and that are larger than a pixel there."""
    left, right, bottom, top = shape.sides.T
    east = west + frame.view.east - frame.view.west
    is_here: Bools = (left <= east) & (right >= west) & (bottom <= north) & (top >= mercator(frame.view.south))
    is_large: Bools = np.maximum(right - left, top - bottom) * frame.scale >= 1
    return is_here & is_large


def _changes(_frame: Frame, ring: Whole, x: Whole, y: Whole) -> Bools:
    """Where a point is another pixel than the one before it."""
    differ = np.ones(len(ring), dtype=np.bool_)
    differ[1:] = (np.diff(ring) != 0) | (np.diff(x) != 0) | (np.diff(y) != 0)
    return differ


def _turns(frame: Frame, ring: Whole, x: Whole, y: Whole) -> Bools:
    """All points but those off the sheet between two that lie beyond the same edges."""
    margin = 40
    beyond = np.where(x < -margin, 1, np.where(x > frame.width + margin, 2, 0))
    beyond |= np.where(y < -margin, 4, np.where(y > frame.height + margin, 8, 0))
    alike = (np.diff(beyond) == 0) & (np.diff(ring) == 0)
    between = np.zeros(len(ring), dtype=np.bool_)
    between[1:-1] = alike[:-1] & alike[1:] & (beyond[1:-1] != 0)
    return ~between


def _reaches(frame: Frame, x: Whole, y: Whole) -> bool:
    """Whether any part of what these points enclose may lie on the sheet."""
    return bool(x.max() > 0 and x.min() < frame.width and y.max() > 0 and y.min() < frame.height)


def _path(x: Whole, y: Whole) -> str:
    steps = " ".join(map(str, np.column_stack([np.diff(x), np.diff(y)]).ravel().tolist()))
    return f"M{x[0]} {y[0]}l{steps}z".replace(" -", "-")


def _rectangle(frame: Frame, box: Box) -> Markup:
    x, y = frame.x(box.west), frame.y(box.north)
    return Markup('<rect class="chosen" x="{:.0f}" y="{:.0f}" width="{:.0f}" height="{:.0f}"/>').format(
        x, y, frame.x(box.east) - x, frame.y(box.south) - y
    )


def _towns(frame: Frame, spots: Iterable[Spot], taken: Sequence[Square]) -> Markup:
    """A few towns to find one's way by, small and grey, where no place and no name stands: no claim tells of them here."""
    near = towns(frame.view, {spot.name for spot in spots})
    drawn = [_town(frame, each) for each in near if not any(_overlap(_label(frame, each), one) for one in taken)]
    return Markup('<g class="towns" aria-hidden="true">{}</g>').format(Markup("").join(drawn))


def _label(frame: Frame, each: Town) -> Square:
    """What a town and its name cover."""
    x, y = frame.x(each.lon), frame.y(each.lat)
    return x - 2, y - 7, x + 5 + 6 * len(each.name), y + 7


def _town(frame: Frame, each: Town) -> Markup:
    x, y = frame.x(each.lon), frame.y(each.lat)
    words = text(x + 5, y + 4, each.name, "town") if x + 6 * len(each.name) < frame.width else Markup("")
    return Markup('<rect class="town-mark" x="{:.1f}" y="{:.1f}" width="4" height="4"/>').format(x - 2, y - 2) + words


# Places ---------------------------------------------------------------------------------------------------------------


def radius(frame: Frame, spot: Spot) -> float:
    """How large a place is drawn, in pixels."""
    if spot.is_cluster:
        return cluster_radius(spot.claims)
    return max(LEAST, frame.pixels(spot.radius_km or 0.0, spot.lat))


def cluster_radius(claims: int) -> float:
    """How large several places are drawn as one."""
    return 9 + 3.2 * math.log2(1 + claims)


def said(spot: Spot) -> str:
    """A place as it is read aloud."""
    within = f", known to within {spot.radius_km:g} km" if spot.radius_km and not spot.is_cluster else ""
    claims = "1 claim" if spot.claims == 1 else f"{spot.claims:,} claims"
    note = f" ({spot.note})" if spot.note else ""
    return f"{spot.name}{note}: {claims}{within}"


def _spot(frame: Frame, spot: Spot) -> Markup:
    x, y, size = frame.x(spot.lon), frame.y(spot.lat), radius(frame, spot)
    if not (-size < x < frame.width + size and -size < y < frame.height + size):
        return Markup("")
    kind = "cluster" if spot.is_cluster else "wide" if spot.is_wide else "ring" if size == LEAST else "within"
    count = text(x, y + 4.5, f"{spot.claims:,}", "count") if spot.is_cluster else Markup("")
    return Markup('<a href="{}" class="spot {}">{}<circle cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>{}</a>').format(
        spot.link, kind, title(said(spot)), x, y, size, count
    )


def _names(frame: Frame, spots: Iterable[Spot]) -> tuple[list[Markup], list[Square]]:
    """The names of the places that most claims tell of, as far as there is room; and what they and the places cover."""
    taken: list[Square] = [_square(frame, spot) for spot in spots if not spot.is_wide]
    found: list[Markup] = []
    for spot in sorted(spots, key=lambda spot: (spot.is_cluster, -spot.claims, spot.name)):
        words = spot.name if len(spot.name) <= 28 else spot.name[:27] + "…"
        words += f" {spot.claims:,}" if spot.claims > 1 and not spot.is_cluster else ""
        for x, y in _beside(frame, spot, len(words)):
            box = (x, y - 12, x + 7 * len(words), y + 4)
            on_sheet = box[0] > 0 and box[2] < frame.width and box[1] > 0 and box[3] < frame.height
            if len(found) < MOST_NAMES and on_sheet and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                found.append(text(x, y, words, "wide-name" if spot.is_wide else "spot-name"))
                break
    return found, taken


def _beside(frame: Frame, spot: Spot, letters: int) -> Iterator[tuple[float, float]]:
    """Where the name of a place may stand, the best first."""
    x, y, size = frame.x(spot.lon), frame.y(spot.lat), radius(frame, spot)
    if spot.is_wide:
        yield x - 3.3 * letters, y - min(size, 200) + 14
        return
    reach = max(min(size, 40), 26 if size >= 26 else 0) + 4
    yield x + reach, y + 4
    yield x - reach - 7 * letters, y + 4
    yield x - 3.5 * letters, y - size - 5
    yield x - 3.5 * letters, y + size + 14


def _square(frame: Frame, spot: Spot) -> Square:
    """What no name may cover: the middle of a place."""
    x, y, size = frame.x(spot.lon), frame.y(spot.lat), min(radius(frame, spot), 26)
    return x - size, y - size, x + size, y + size


def _overlap(a: Square, b: Square) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
