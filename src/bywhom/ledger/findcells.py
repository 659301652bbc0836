"""The places of all claims, kept added up in cells of five sizes, so that a map of everything costs the same in any ledger.

The smallest cell is a point, as exactly as four digits of a degree give it (some ten metres); the others are squares of a sixteenth
of a degree, a quarter, one and four. A view is answered from the cells that are just smaller than a sign on it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from bywhom.ledger.engine import fetched

WIDE_KM = 100.0  # the point of a place as wide as this stands for a country or a region, and is no town's neighbour
STEPS = 10_000  # in a degree
SIZES = (1, 625, 2_500, 10_000, 40_000)  # of a cell on each level, in steps

TABLE = """
CREATE TABLE IF NOT EXISTS search_cells (
  level INTEGER NOT NULL, y INTEGER NOT NULL, x INTEGER NOT NULL, wide INTEGER NOT NULL, claims INTEGER NOT NULL,
  places INTEGER NOT NULL, lats INTEGER NOT NULL, lons INTEGER NOT NULL, radius_km DOUBLE PRECISION NOT NULL, latest INTEGER NOT NULL,
  PRIMARY KEY (level, y, x, wide)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS search_places ON search_cells (claims, latest) WHERE level = 0;
"""

_PAGE = 50_000  # claims added up at a time
_AT_ONCE = 300  # points asked for with one statement, three values each
Key = tuple[int, int, int, int]  # level, y, x, wide


@dataclass(frozen=True, slots=True)
class Dot:
    """The place of one claim."""

    number: int  # of the claim in the index
    y: int  # steps
    x: int
    wide: int
    radius_km: float

    @property
    def key(self) -> Key:
        return 0, self.y, self.x, self.wide


@dataclass(frozen=True, slots=True)
class Sum:
    """What some claims in one cell come to."""

    claims: int
    lats: int
    lons: int
    radius_km: float
    latest: int


def dot(number: int, lat: float, lon: float, radius_km: float | None) -> Dot:
    """The place of a claim, as exactly as the cells know it."""
    return Dot(number, round(lat * STEPS), round(lon * STEPS), int((radius_km or 0.0) >= WIDE_KM), radius_km or 0.0)


def above(key: Key) -> Iterator[Key]:
    """The larger cells in which a point lies."""
    _, y, x, wide = key
    for level, size in enumerate(SIZES[1:], 1):
        yield level, y // size, x // size, wide


def sums(dots: Iterable[Dot]) -> dict[Key, Sum]:
    """What the dots come to, point by point."""
    found: dict[Key, Sum] = {}
    for one in dots:
        was = found.get(one.key)
        alone = Sum(1, one.y, one.x, one.radius_km, one.number)
        found[one.key] = _joined(was, alone) if was else alone
    return found


def _joined(a: Sum, b: Sum) -> Sum:
    return Sum(
        a.claims + b.claims, a.lats + b.lats, a.lons + b.lons, max(a.radius_km, b.radius_km), max(a.latest, b.latest)
    )


# Keeping them ---------------------------------------------------------------------------------------------------------

_PUT = (
    "INSERT INTO search_cells VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (level, y, x, wide) DO UPDATE SET "
    "claims = claims + excluded.claims, places = CASE level WHEN 0 THEN 1 ELSE places + excluded.places END, "
    "lats = lats + excluded.lats, lons = lons + excluded.lons, radius_km = max(radius_km, excluded.radius_km), latest = max(latest, excluded.latest) "
    "RETURNING claims"
)
_TAKE = (
    "UPDATE search_cells SET claims = claims - ?, places = places - ?, lats = lats - ?, lons = lons - ? "
    "WHERE level = ? AND y = ? AND x = ? AND wide = ? RETURNING claims, latest"
)
_EMPTY = "DELETE FROM search_cells WHERE level = ? AND y = ? AND x = ? AND wide = ?"
_LATEST = (
    "UPDATE search_cells SET latest = coalesce((SELECT max(found.id) FROM search_map JOIN found ON found.id = search_map.id "
    "WHERE south <= ? AND north >= ? AND west <= ? AND east >= ? AND round(lat * 10000) = ? AND round(lon * 10000) = ? "
    "AND (coalesce(found.radius_km, 0) >= ?) = ?), 0) WHERE level = 0 AND y = ? AND x = ? AND wide = ?"
)


def put(connection: Connection, dots: Iterable[Dot]) -> None:
    """Add claims to their cells."""
    points = sums(dots)
    new = {key: _put(connection, key, one, 1) for key, one in points.items()}
    for key, (one, places) in _raised(points, new).items():
        _put(connection, key, one, places)


def _put(connection: Connection, key: Key, one: Sum, places: int) -> bool:
    """Whether nothing was in the cell before."""
    values = [*key, one.claims, places, one.lats, one.lons, one.radius_km, one.latest]
    return bool(fetched(connection, _PUT, values)[0][0] == one.claims)


def _raised(points: Mapping[Key, Sum], changed: Mapping[Key, bool]) -> dict[Key, tuple[Sum, int]]:
    """The same added up in the larger cells, each with how many points came or went."""
    found: dict[Key, tuple[Sum, int]] = {}
    for key, one in points.items():
        for larger in above(key):
            was = found.get(larger)
            places = int(changed[key])
            found[larger] = (_joined(was[0], one), was[1] + places) if was else (one, places)
    return found


def take(connection: Connection, dots: Sequence[Dot]) -> None:
    """Take claims out of their cells, once they are found no more.

    The width of a place stays that of the vaguest claim that ever told of it.
    """
    points = sums(dots)
    gone = {key: _taken(connection, key, one) for key, one in points.items()}
    for key, (one, places) in _raised(points, gone).items():
        left = fetched(connection, _TAKE, [one.claims, places, one.lats, one.lons, *key])
        if left and left[0][0] <= 0:
            fetched(connection, _EMPTY, key)


def _taken(connection: Connection, key: Key, one: Sum) -> bool:
    """Whether nothing is left at a point; else the latest claim there is found anew where it has gone."""
    left = fetched(connection, _TAKE, [one.claims, 0, one.lats, one.lons, *key])
    if not left:
        return False
    claims, latest = left[0]
    if claims <= 0:
        fetched(connection, _EMPTY, key)
        return True
    if latest == one.latest:
        _, y, x, wide = key
        # The R*Tree keeps single precision: a claim lies within some metres of where it says.
        lat, lon, near = y / STEPS, x / STEPS, 0.0002
        box = (lat + near, lat - near, lon + near, lon - near)
        fetched(connection, _LATEST, [*box, y, x, WIDE_KM, wide, y, x, wide])
    return False


def rebuild(connection: Connection) -> None:
    """Add up all that is found anew: for a ledger that was filled before there were cells."""
    fetched(connection, "DELETE FROM search_cells", ())
    last = -1
    words = "SELECT id, lat, lon, radius_km FROM found WHERE id > ? AND lat IS NOT NULL ORDER BY id LIMIT ?"
    while rows := fetched(connection, words, (last, _PAGE)):
        put(connection, (dot(*row) for row in rows))
        last = rows[-1][0]


# Asking ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kept:
    """The claims in one cell, or in several that are shown as one."""

    lat: float  # the middle of their points, degrees
    lon: float
    claims: int
    places: int
    radius_km: float
    wide: bool
    latest: int  # number of the latest claim, where there is one place


Side = tuple[float, float, float, float]  # south, west, north, east, with west before east


def kept(connection: Connection, sides: Sequence[Side], cell: float, most: int, *, exactly: bool = False) -> list[Kept]:
    """What is kept inside some parts of the map, in squares of so many degrees, those with most claims first.

    0 gives single places; `exactly` counts nothing that lies outside, not even in a cell that reaches beyond the border.
    """
    level = 0 if exactly else level_of(cell)
    rows = fetched(connection, *_asked(sides, level, cell, most))
    alone = {(round(lat), round(lon), wide) for lat, lon, _, places, _, wide, _ in rows if places == 1}
    known = _points(connection, sorted(alone))
    return [_kept(row, known) for row in rows]


def level_of(cell: float) -> int:
    """The level of the largest cells that are no larger than so many degrees."""
    return max((level for level, size in enumerate(SIZES) if size <= cell * STEPS), default=0)


def _asked(sides: Sequence[Side], level: int, cell: float, most: int) -> tuple[str, list[Any]]:
    inside, values = _where(sides, level)
    if cell <= 0:
        columns = "lats * 1.0 / claims, lons * 1.0 / claims, claims, places, radius_km, wide, latest"
        # Of all places, the foremost are read off their own index and nothing is sorted.
        table = "search_cells" if sides else "search_cells INDEXED BY search_places"
        words = f"SELECT {columns} FROM {table} WHERE {inside} ORDER BY 3 DESC, 7 DESC LIMIT ?"  # noqa: S608  our own words
        return words, [*values, most]
    by = cell * STEPS / SIZES[level]
    columns = "sum(lats) * 1.0 / sum(claims), sum(lons) * 1.0 / sum(claims), sum(claims), sum(places), max(radius_km), wide, max(latest)"
    cells = "wide, CAST(floor(y / ?) AS INTEGER), CAST(floor(x / ?) AS INTEGER)"
    words = f"SELECT {columns} FROM search_cells WHERE {inside} GROUP BY {cells} ORDER BY 3 DESC, 7 DESC LIMIT ?"  # noqa: S608
    return words, [*values, by, by, most]


def _where(sides: Sequence[Side], level: int) -> tuple[str, list[Any]]:
    where = " OR ".join("(y BETWEEN ? AND ? AND x BETWEEN ? AND ?)" for _ in sides)
    borders = (one for south, west, north, east in sides for one in (south, north, west, east))
    return f"level = {level}" + (f" AND ({where})" if sides else ""), [_step(one, level) for one in borders]


def _step(degrees: float, level: int) -> int:
    return math.floor(round(degrees * STEPS, 3) / SIZES[level])


def _points(
    connection: Connection, keys: Sequence[tuple[int, int, int]]
) -> dict[tuple[int, int, int], tuple[float, int]]:
    """Width and latest claim of single points."""
    found = {}
    for start in range(0, len(keys), _AT_ONCE):
        chunk = keys[start : start + _AT_ONCE]
        some = ", ".join("(?, ?, ?)" for _ in chunk)
        # Joined, each is looked up by its key; asked for with IN, the database would read through the whole table.
        words = (
            f"WITH wanted(y, x, wide) AS (VALUES {some}) SELECT kept.y, kept.x, kept.wide, kept.radius_km, kept.latest "  # noqa: S608
            "FROM wanted CROSS JOIN search_cells AS kept "
            "ON kept.level = 0 AND kept.y = wanted.y AND kept.x = wanted.x AND kept.wide = wanted.wide"
        )
        for y, x, wide, radius, latest in fetched(connection, words, [value for key in chunk for value in key]):
            found[(y, x, wide)] = radius, latest
    return found


def _kept(row: tuple[Any, ...], known: Mapping[tuple[int, int, int], tuple[float, int]]) -> Kept:
    lat, lon, claims, places, radius, wide, latest = row
    if places == 1:
        radius, latest = known.get((round(lat), round(lon), wide), (radius, latest))
    return Kept(lat / STEPS, lon / STEPS, claims, places, radius, bool(wide), latest)


def counted(connection: Connection, sides: Sequence[Side] = ()) -> int:
    """How many claims have a place on the map, or inside some parts of it."""
    level = 0 if sides else len(SIZES) - 1
    where, values = _where(sides, level)
    return int(fetched(connection, f"SELECT coalesce(sum(claims), 0) FROM search_cells WHERE {where}", values)[0][0])  # noqa: S608  our own words
