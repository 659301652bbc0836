"""The map: the places that claims tell of, as the areas within which they lie, for the same search as everywhere."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock

import numpy as np
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bywhom.errors import UsageError
from bywhom.ledger import LedgerClaim
from bywhom.ledger.findpoints import WIDE_KM, Cell
from bywhom.ledger.query import Box, ClaimQuery, sides
from bywhom.records import Place
from bywhom.workbench.basemap import Area, basemap
from bywhom.workbench.desk import Desk
from bywhom.workbench.drawings.joining import At, joined
from bywhom.workbench.drawings.map import (
    FARTHEST,
    LEAST,
    Frame,
    Spot,
    cluster_radius,
    draw_map,
    framed,
    ground,
    latitude,
    mercator,
    said,
)
from bywhom.workbench.mercator import mercators
from bywhom.workbench.searches import Chip, address, chips, pairs, search_of
from bywhom.workbench.textual import cut, plain
from bywhom.workbench.towns import towns
from bywhom.workbench.views.selection import State, state_of

MOST = 1500  # places that are drawn one by one; of more, cells as large as a sign, at most so many
LISTED = 300  # places in the table
KEPT = 16  # searches of which the places are kept
COMMA = "%2C"  # in an address
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
    """Claims of one place, or of several that lie in one cell."""

    lat: float
    lon: float
    radius_km: float | None
    name: str
    country: str
    claims: int
    places: int = 1

    @property
    def is_wide(self) -> bool:
        return (self.radius_km or 0.0) >= WIDE_KM


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a search."""

    found: tuple[Located, ...]
    counted: int  # claims that have a point
    is_whole: bool
    elsewhere: int  # claims without one


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

    search: ClaimQuery
    chips: tuple[Chip, ...]
    hidden: tuple[tuple[str, str], ...]
    drawing: Markup
    rows: tuple[Row, ...]
    unlisted: int
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
    """What is drawn in a view and around it, for a script: a map that is moved shows what comes in before it asks again."""
    search = search_of(request.query_params)
    places = located(desk, search)
    frame = _frame(_view(request.query_params.get("view", "")), places.found, search)
    around = _around(frame.view)
    drawn: list[dict[str, str | float]] = [
        {
            "lat": spot.lat, "lon": spot.lon, "km": spot.radius_km or 0, "claims": spot.claims, "name": spot.name,
            "says": said(spot), "link": spot.link, "kind": "cluster" if spot.is_cluster else "wide" if spot.is_wide else "place",
        }
        for spot in seen(desk, search, frame, places, around)
    ]  # fmt: skip
    names = {str(one["name"]) for one in drawn}
    near = [{"name": each.name, "lat": each.lat, "lon": each.lon} for each in towns(frame.view, names)]
    return JSONResponse({"spots": drawn, "towns": near, "claims": places.counted})


def map_page(desk: Desk, search: ClaimQuery, view: str = "") -> MapPage:
    """What the page shows."""
    places = located(desk, search)
    frame, to = _frame(_view(view), places.found, search), _Links(search)
    world = basemap()
    return MapPage(
        search=search,
        chips=tuple(chips(search, "/map")),
        hidden=tuple(pair for pair in pairs(search) if pair[0] not in ("q", "box")),
        drawing=draw_map(frame, seen(desk, search, frame, places), search.box),
        rows=tuple(_row(each, to) for each in places.found[:LISTED]),
        unlisted=max(0, len(places.found) - LISTED),
        looked_at=places.counted + places.elsewhere,
        is_whole=places.is_whole,
        without_point=places.elsewhere,
        moves=tuple(_moves(frame, search)),
        view=written(frame.view),
        box=written(search.box) if search.box else "",
        points=address(search, "/map/points"),
        hatched=tuple(world.seen(frame.view)[1]) if world else (),
        has_ground=world is not None,
    )


def prepare() -> None:
    """Read what every map is drawn on, so that nobody's first map waits for it."""
    frame = framed(EVERYWHERE)
    ground(frame)
    towns(frame.view)
    towns(Box(0, 0, 1, 1))


# Places ---------------------------------------------------------------------------------------------------------------


_kept: OrderedDict[tuple[State, ClaimQuery], Places] = OrderedDict()
_one_at_a_time = Lock()


def located(desk: Desk, search: ClaimQuery) -> Places:
    """The places of the claims that fit, those with most claims first; of very many only these.

    Kept until the ledger is written to: a map that is moved asks for the same again and again.
    """
    key = state_of(desk.ledger), search
    with _one_at_a_time:
        if key not in _kept:
            _kept[key] = _find(desk, search)
        _kept.move_to_end(key)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
        return _kept[key]


def _find(desk: Desk, search: ClaimQuery) -> Places:
    found = desk.ledger.points(search, None, 0, most=MOST, letters=desk.letters(search))
    # Who has no point lies in no rectangle either.
    elsewhere = 0 if search.box else found.elsewhere
    # Of more places than are drawn one by one, only those of the table are called by their names.
    named = MOST if len(found.cells) < MOST else LISTED
    known = _names_of(desk, found.cells[:named])
    return Places(tuple(_located(one, known) for one in found.cells), found.counted, found.is_whole, elsewhere)


def seen(desk: Desk, search: ClaimQuery, frame: Frame, places: Places, around: Box | None = None) -> list[Spot]:
    """What is drawn in a view: of all places where they are known, else of cells as large as a sign."""
    if len(places.found) < MOST:
        return spots(frame, places.found, search)
    view = _both(search.box, around or frame.view)
    cells = desk.ledger.points(search, view, NEAR / frame.scale, most=MOST, letters=desk.letters(search)).cells
    return spots(frame, _named(desk, cells), search)


def _both(box: Box | None, view: Box) -> Box:
    """The part of a view that lies in the rectangle searched in."""
    if view.east - view.west >= 360:
        view = Box(view.south, -180, view.north, 180)
    else:
        view = Box(view.south, _turned(view.west), view.north, _turned(view.east))
    if box is None:
        return view
    if view.west > view.east or box.west > box.east:
        return box
    west, east = max(view.west, box.west), min(view.east, box.east)
    south, north = max(view.south, box.south), min(view.north, box.north)
    return Box(south, west, north, east) if south <= north and west <= east else box


def _turned(lon: float) -> float:
    """The same meridian between -180 and 180."""
    return (lon + 180) % 360 - 180


def _named(desk: Desk, cells: Sequence[Cell]) -> tuple[Located, ...]:
    """Cells with the names of their places, as far as each holds one."""
    known = _names_of(desk, cells)
    return tuple(_located(each, known) for each in cells)


def _names_of(desk: Desk, cells: Sequence[Cell]) -> dict[str, tuple[str, str]]:
    return desk.ledger.places_of([each.example for each in cells if each.places == 1])


def _located(cell: Cell, known: Mapping[str, tuple[str, str]]) -> Located:
    name, country = known.get(cell.example, ("", ""))
    name = plain(name, 60) if cell.places == 1 else f"{cell.places} places"
    name = name or f"{cell.lat:.2f}, {cell.lon:.2f}"
    return Located(cell.lat, cell.lon, cell.radius_km or None, name, country, cell.claims, cell.places)


def gathered(found: Iterable[LedgerClaim]) -> list[Located]:
    """Claims by the point of their place, as wide as the vaguest of them; those that could not be led to one are left out."""
    by_point: dict[tuple[float, float], list[Place]] = defaultdict(list)
    for each in found:
        where = each.claim.place
        if where is not None and where.lat is not None and where.lon is not None:
            by_point[(where.lat, where.lon)].append(where)
    return [_of_claims(*point, some) for point, some in by_point.items()]


def _of_claims(lat: float, lon: float, some: Sequence[Place]) -> Located:
    place = max(some, key=lambda one: (one.radius_km or 0.0, one.name or ""))
    name = plain(place.name or place.mention.text, 60)
    return Located(lat, lon, place.radius_km, name, place.country or "", len(some))


def spots(frame: Frame, places: Sequence[Located], search: ClaimQuery) -> list[Spot]:
    """What is drawn: places that lie too close together to be told apart as one; wide areas never."""
    to = _Links(search)
    wide = [each for each in places if each.is_wide]
    others = sorted(
        (each for each in places if not each.is_wide), key=lambda one: (-one.claims, one.name, one.lat, one.lon)
    )
    at = [At(x, y, each.claims, each.places == 1) for each, x, y in zip(others, *_columns(frame, others), strict=True)]
    groups = [[others[number] for number in group] for group in joined(at, NEAR, cluster_radius, LEAST)]
    return [_spot(each, to) for each in wide] + [
        _spot(group[0], to) if len(group) == 1 and group[0].places == 1 else _cluster(group, to, NEAR / frame.scale)
        for group in groups
    ]


def _columns(frame: Frame, places: Sequence[Located]) -> tuple[list[float], list[float]]:
    """Where on the sheet the places are: all of them at once."""
    lons, lats = np.array([each.lon for each in places]), np.array([each.lat for each in places])
    xs, ys = (lons - frame.view.west) * frame.scale, (mercator(frame.view.north) - mercators(lats)) * frame.scale
    return xs.tolist(), ys.tolist()


class _Links:
    """Where the claims of a place are listed, and where a closer view is: the addresses of a search, but for the last part."""

    def __init__(self, search: ClaimQuery) -> None:
        self._claims = _before(address(replace(search, box=None)), "box")
        self._view = _before(address(search, "/map"), "view")

    def claims(self, some: Sequence[Located]) -> str:
        lats, lons = [each.lat for each in some], [each.lon for each in some]
        near = 0.0005  # degrees, some fifty metres: the address has fewer digits than the point
        box = Box(min(lats) - near, min(lons) - near, max(lats) + near, max(lons) + near)
        return self._claims + COMMA.join(f"{side:g}" for side in sides(_rounded(box, 4)))

    def closer(self, box: Box) -> str:
        """The view is that of the box: the map it leads to puts it on a sheet."""
        box = _padded(box)
        over = max(0.0, box.east - box.west - 360) / 2
        return self._view + written(Box(box.south, box.west + over, box.north, box.east - over)).replace(",", COMMA)


def _before(where: str, name: str) -> str:
    return f"{where}{'&' if '?' in where else '?'}{name}="


def _spot(each: Located, to: _Links) -> Spot:
    return Spot(
        each.lat, each.lon, each.radius_km, each.claims, each.name, to.claims([each]),
        is_wide=each.is_wide, note=each.country,
    )  # fmt: skip


def _cluster(group: Sequence[Located], to: _Links, cell: float) -> Spot:
    """Several places as one mark in their midst, which leads closer; some may be cells of so many degrees."""
    lats, lons = [each.lat for each in group], [each.lon for each in group]
    count = sum(each.claims for each in group)
    middle = sum(lats) / len(lats), sum(lons) / len(lons)
    reach = cell if any(each.places > 1 for each in group) else 0.0
    box = Box(min(lats) - reach, min(lons) - reach, max(lats) + reach, max(lons) + reach)
    is_one_point = len(group) > 1 and box.north - box.south < 0.01 and box.east - box.west < 0.01
    link = to.claims(group) if is_one_point else to.closer(box)
    names = sorted({each.name for each in group if each.places == 1})
    said_so = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
    return Spot(
        *middle, None, count, f"{sum(each.places for each in group):,} places", link, is_cluster=True, note=said_so
    )


def _row(each: Located, to: _Links) -> Row:
    within = f"{each.radius_km:g} km" if each.radius_km else "not known"
    return Row(each.name, each.country or "–", within, each.claims, to.claims([each]))


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


def _around(view: Box) -> Box:
    """A view with half of itself more on every side, and no more than the whole world."""
    across, tall = (view.east - view.west) / 2, (mercator(view.north) - mercator(view.south)) / 2
    if 4 * across > 360:
        middle = (view.west + view.east) / 2
        west, east = middle - 180, middle + 180
    else:
        west, east = view.west - across, view.east + across
    return Box(latitude(mercator(view.south) - tall), west, latitude(mercator(view.north) + tall), east)


def _frame(view: Box | None, places: Sequence[Located], search: ClaimQuery) -> Frame:
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
    reach = max(min(each.radius_km or 0.0, WIDE_KM) for each in places) / 100  # degrees, roughly
    lats, lons = [each.lat for each in places], [each.lon for each in places]
    return _padded(Box(min(lats) - reach, min(lons) - reach, max(lats) + reach, max(lons) + reach))


def _padded(box: Box) -> Box:
    """A box with room around it, and no smaller than a district."""
    tall, across = max(0.5, (box.north - box.south) * 0.2), max(0.8, (box.east - box.west) * 0.2)
    north, south = min(FARTHEST, box.north + tall), max(-FARTHEST, box.south - tall)
    return Box(south, box.west - across, north, box.east + across)


def _moves(frame: Frame, search: ClaimQuery) -> Iterator[Move]:
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
