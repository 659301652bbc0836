"""The map: the places that claims tell of, as the areas within which they lie, for the same search as everywhere."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bywhom.errors import UsageError
from bywhom.ledger import LedgerClaim
from bywhom.ledger.finding import Box, Search
from bywhom.records import Place
from bywhom.workbench.basemap import Area, basemap
from bywhom.workbench.desk import Desk
from bywhom.workbench.drawings.map import (
    FARTHEST,
    LEAST,
    Frame,
    Spot,
    cluster_radius,
    draw_map,
    framed,
    latitude,
    mercator,
    said,
)
from bywhom.workbench.searches import Chip, address, chips, pairs, search_of
from bywhom.workbench.textual import cut, plain
from bywhom.workbench.towns import towns
from bywhom.workbench.views.selection import latest

WIDE = 100.0  # kilometres: a place that is known no better is a country or a wide region
NEAR = 26.0  # pixels: places closer than this are shown as one, with their number
EVERYWHERE = Box(-56, -170, 78, 190)
MOVES = (
    ("West", "←", -0.5, 0.0, 1.0),
    ("East", "→", 0.5, 0.0, 1.0),
    ("North", "↑", 0.0, 0.5, 1.0),
    ("South", "↓", 0.0, -0.5, 1.0),
    ("Closer", "+", 0.0, 0.0, 0.5),
    ("Farther", "−", 0.0, 0.0, 2.0),
)


@dataclass(frozen=True, slots=True)
class Located:
    """Claims of one place."""

    place: Place
    claims: tuple[str, ...]

    @property
    def is_wide(self) -> bool:
        return (self.place.radius_km or 0.0) >= WIDE


@dataclass(frozen=True, slots=True)
class Row:
    """One place as the table shows it."""

    name: str
    country: str
    within: str
    claims: int
    link: str


@dataclass(frozen=True, slots=True)
class Move:
    """Where a step on the map leads, without a script."""

    name: str
    sign: str
    link: str


@dataclass(frozen=True, slots=True)
class MapPage:
    """All that the page of the map shows."""

    search: Search
    chips: tuple[Chip, ...]
    hidden: tuple[tuple[str, str], ...]
    drawing: Markup
    rows: tuple[Row, ...]
    looked_at: int  # claims
    is_whole: bool  # whether all that fit were looked at
    without_point: int
    moves: tuple[Move, ...]
    view: str
    box: str
    points: str  # the address under which a script finds the places of another view
    hatched: tuple[Area, ...]
    has_ground: bool


def page(desk: Desk, request: Request) -> Response:
    """The page of the map."""
    search = search_of(request.query_params)
    return desk.page(request, "map.html", page=map_page(desk, search, request.query_params.get("view", "")))


def points(desk: Desk, request: Request) -> Response:
    """What is drawn in a view, for a script."""
    search = search_of(request.query_params)
    places, looked_at, _ = located(desk, search)
    frame = _frame(_view(request.query_params.get("view", "")), places, search)
    drawn: list[dict[str, str | float]] = [
        {
            "lat": spot.lat, "lon": spot.lon, "km": spot.radius_km or 0, "claims": spot.claims, "name": spot.name,
            "says": said(spot), "link": spot.link, "kind": "cluster" if spot.is_cluster else "wide" if spot.is_wide else "place",
        }
        for spot in spots(frame, places, search)
    ]  # fmt: skip
    near = [
        {"name": each.name, "lat": each.lat, "lon": each.lon}
        for each in towns(frame.view, {str(one["name"]) for one in drawn})
    ]
    return JSONResponse({"spots": drawn, "towns": near, "claims": looked_at})


def map_page(desk: Desk, search: Search, view: str = "") -> MapPage:
    """What the page shows."""
    places, looked_at, is_whole = located(desk, search)
    frame = _frame(_view(view), places, search)
    world = basemap()
    return MapPage(
        search=search,
        chips=tuple(chips(search, "/map")),
        hidden=tuple(pair for pair in pairs(search) if pair[0] not in ("q", "box")),
        drawing=draw_map(frame, spots(frame, places, search), search.box),
        rows=tuple(_row(each, search) for each in sorted(places, key=lambda each: (-len(each.claims), _name(each)))),
        looked_at=looked_at,
        is_whole=is_whole,
        without_point=looked_at - sum(len(each.claims) for each in places),
        moves=tuple(_moves(frame, search)),
        view=written(frame.view),
        box=written(search.box) if search.box else "",
        points=address(search, "/map/points"),
        hatched=tuple(world.seen(frame.view)[1]) if world else (),
        has_ground=world is not None,
    )


# Places ---------------------------------------------------------------------------------------------------------------


def located(desk: Desk, search: Search) -> tuple[list[Located], int, bool]:
    """The places of the claims that fit, how many claims were looked at, and whether these are all."""
    found, is_whole = latest(desk, search)
    return gathered(found), len(found), is_whole


def gathered(found: Iterable[LedgerClaim]) -> list[Located]:
    """Claims by the point of their place, as wide as the vaguest of them; those that could not be led to one are left out."""
    by_point: dict[tuple[float, float], list[tuple[Place, str]]] = defaultdict(list)
    for each in found:
        where = each.claim.place
        if where is not None and where.lat is not None and where.lon is not None:
            by_point[(where.lat, where.lon)].append((where, each.claim.id))
    return [
        Located(_vaguest(place for place, _ in some), tuple(claim for _, claim in some)) for some in by_point.values()
    ]


def _vaguest(places: Iterable[Place]) -> Place:
    return max(places, key=lambda one: (one.radius_km or 0.0, one.name or ""))


def spots(frame: Frame, places: Sequence[Located], search: Search) -> list[Spot]:
    """What is drawn: places that lie too close together to be told apart as one; wide areas never."""
    wide = [each for each in places if each.is_wide]
    groups = _close(frame, [each for each in places if not each.is_wide])
    return [_spot(each, search) for each in wide] + [
        _spot(group[0], search) if len(group) == 1 else _cluster(group, search) for group in groups
    ]


def _close(frame: Frame, places: Sequence[Located]) -> list[list[Located]]:
    """Places in groups: each with the place of most claims within reach; the order of the input changes nothing."""
    groups: list[list[Located]] = []
    by_cell: dict[tuple[int, int], list[list[Located]]] = defaultdict(list)
    for each in sorted(places, key=lambda one: (-len(one.claims), _name(one), one.place.lat or 0, one.place.lon or 0)):
        x, y = _at(frame, each)
        cell = int(x // NEAR), int(y // NEAR)
        around = (group for i in (-1, 0, 1) for j in (-1, 0, 1) for group in by_cell[(cell[0] + i, cell[1] + j)])
        near = next((group for group in around if math.dist(_at(frame, group[0]), (x, y)) < NEAR), None)
        if near is not None:
            near.append(each)
        else:
            groups.append([each])
            by_cell[cell].append(groups[-1])
    return _apart(frame, groups)


def _apart(frame: Frame, groups: list[list[Located]]) -> list[list[Located]]:
    """Groups so that no two marks with numbers lie on each other."""
    at = 0
    while at < len(groups) and len(groups) <= 400:
        one = groups[at]
        near = next(
            (other for other in groups[at + 1 :] if len(one) + len(other) > 2 and _touch(frame, one, other)), None
        )
        if near is None:
            at += 1
        else:
            one += near
            groups.remove(near)
            at = 0
    return groups


def _touch(frame: Frame, a: Sequence[Located], b: Sequence[Located]) -> bool:
    (one, room_a), (other, room_b) = ((_middle(frame, each), _room(each)) for each in (a, b))
    return math.dist(one, other) < 0.85 * (room_a + room_b)


def _middle(frame: Frame, group: Sequence[Located]) -> tuple[float, float]:
    points = [_at(frame, each) for each in group]
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def _room(group: Sequence[Located]) -> float:
    """How large a group is drawn, in pixels; a single place no larger than the ring that marks its middle."""
    return cluster_radius(sum(len(each.claims) for each in group)) if len(group) > 1 else LEAST


def _at(frame: Frame, each: Located) -> tuple[float, float]:
    return frame.x(each.place.lon or 0.0), frame.y(each.place.lat or 0.0)


def _spot(each: Located, search: Search) -> Spot:
    place = each.place
    return Spot(
        place.lat or 0.0, place.lon or 0.0, place.radius_km, len(each.claims), _name(each), _claims_at([each], search),
        is_wide=each.is_wide, note=place.country or "",
    )  # fmt: skip


def _cluster(group: Sequence[Located], search: Search) -> Spot:
    """Several places as one mark in their midst, which leads closer."""
    lats, lons = [each.place.lat or 0.0 for each in group], [each.place.lon or 0.0 for each in group]
    count = sum(len(each.claims) for each in group)
    middle = sum(lats) / len(lats), sum(lons) / len(lons)
    box = Box(min(lats), min(lons), max(lats), max(lons))
    is_one_point = box.north - box.south < 0.01 and box.east - box.west < 0.01
    link = (
        _claims_at(group, search) if is_one_point else address(search, "/map", view=written(framed(_padded(box)).view))
    )
    names = sorted({_name(each) for each in group})
    said_so = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
    return Spot(*middle, None, count, f"{len(group)} places", link, is_cluster=True, note=said_so)


def _name(each: Located) -> str:
    return plain(each.place.name or each.place.mention.text, 60)


def _claims_at(some: Sequence[Located], search: Search) -> str:
    """Where the claims of a place are listed."""
    lats, lons = [each.place.lat or 0.0 for each in some], [each.place.lon or 0.0 for each in some]
    near = 0.0005  # degrees, some fifty metres: the address has fewer digits than the point
    box = Box(min(lats) - near, min(lons) - near, max(lats) + near, max(lons) + near)
    return address(replace(search, box=_rounded(box, 4)))


def _row(each: Located, search: Search) -> Row:
    place = each.place
    within = f"{place.radius_km:g} km" if place.radius_km else "not known"
    return Row(_name(each), place.country or "–", within, len(each.claims), _claims_at([each], search))


# The view -------------------------------------------------------------------------------------------------------------


def _view(value: str) -> Box | None:
    """The view that an address asks for: it may go on beyond 180°.

    Raises: UsageError for what is none.
    """
    if not value:
        return None
    try:
        south, west, north, east = (float(part) for part in value.split(","))
    except ValueError:
        raise UsageError(f"view {cut(value, 80)!r} is not four numbers: SOUTH,WEST,NORTH,EAST in degrees") from None
    if not (-90 <= south < north <= 90 and -540 <= west < east <= 540 and east - west <= 361):
        raise UsageError(f"view {cut(value, 80)!r} is no part of the map: SOUTH,WEST,NORTH,EAST in degrees")
    return Box(south, west, north, east)


def _frame(view: Box | None, places: Sequence[Located], search: Search) -> Frame:
    """What is shown: the view asked for, the rectangle searched in, or what holds all places."""
    if view is not None:
        return framed(view)
    if search.box is not None and search.box.west <= search.box.east:
        return framed(_padded(search.box))
    return framed(bounds_of(places))


def bounds_of(places: Sequence[Located]) -> Box:
    """What holds all places that are more than a country, with room around them."""
    places = [each for each in places if not each.is_wide] or places
    if not places:
        return EVERYWHERE
    reach = max(min(each.place.radius_km or 0.0, WIDE) for each in places) / 100  # degrees, roughly
    lats, lons = [each.place.lat or 0.0 for each in places], [each.place.lon or 0.0 for each in places]
    return _padded(Box(min(lats) - reach, min(lons) - reach, max(lats) + reach, max(lons) + reach))


def _padded(box: Box) -> Box:
    """A box with room around it, and no smaller than a district."""
    tall, across = max(0.5, (box.north - box.south) * 0.2), max(0.8, (box.east - box.west) * 0.2)
    north, south = min(FARTHEST, box.north + tall), max(-FARTHEST, box.south - tall)
    return Box(south, box.west - across, north, box.east + across)


def _moves(frame: Frame, search: Search) -> Iterator[Move]:
    """The steps that can be taken on the map, as addresses."""
    view = frame.view
    low, high = mercator(view.south), mercator(view.north)
    for name, sign, right, up, by in MOVES:
        across, tall = view.east - view.west, high - low
        middle_x = max(-180.0, min(180.0, (view.west + view.east) / 2 + right * across))
        middle_y = (low + high) / 2 + up * tall
        half_x, half_y = (min(by, 360 / across) * side / 2 for side in (across, tall))
        box = Box(latitude(middle_y - half_y), middle_x - half_x, latitude(middle_y + half_y), middle_x + half_x)
        yield Move(name, sign, address(search, "/map", view=written(box)))


def _rounded(box: Box, digits: int) -> Box:
    return Box(*(round(side, digits) for side in (box.south, box.west, box.north, box.east)))


def written(box: Box) -> str:
    """A box as it stands in an address."""
    return ",".join(f"{side:.4f}".rstrip("0").rstrip(".") for side in (box.south, box.west, box.north, box.east))
