"""Places are kept added up: whatever comes and goes, the cells are what adding up anew would give."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine

from bywhom.ledger import findcells
from bywhom.ledger.findcells import SIZES, Dot, dot

dots = st.builds(
    lambda y, x, wide: (y / 8, x / 8, 400.0 if wide else 5.0),
    st.integers(-400, 400),
    st.integers(-800, 800),
    st.booleans(),
)
_FOUND = """CREATE TABLE found (id INTEGER PRIMARY KEY, lat DOUBLE PRECISION, lon DOUBLE PRECISION, radius_km DOUBLE PRECISION);
CREATE VIRTUAL TABLE search_map USING rtree (id, south, north, west, east)"""


@contextmanager
def cells() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        for statement in (findcells.TABLE + _FOUND).split(";"):
            if statement.strip():
                connection.exec_driver_sql(statement)
        yield connection
    engine.dispose()


def come(connection: Connection, some: list[Dot], places: dict[int, tuple[float, float, float]]) -> None:
    for one in some:
        lat, lon, radius = places[one.number]
        connection.exec_driver_sql("INSERT INTO found VALUES (?, ?, ?, ?)", (one.number, lat, lon, radius))
        connection.exec_driver_sql("INSERT INTO search_map VALUES (?, ?, ?, ?, ?)", (one.number, lat, lat, lon, lon))
    findcells.put(connection, some)


def go(connection: Connection, some: list[Dot]) -> None:
    for one in some:
        for table in ("found", "search_map"):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE id = ?", (one.number,))  # noqa: S608
    findcells.take(connection, some)


def held(connection: Connection) -> list[Any]:
    """All cells; the latest claim is only kept of single points."""
    columns = "level, y, x, wide, claims, places, lats, lons, CASE level WHEN 0 THEN latest END"
    return list(connection.exec_driver_sql(f"SELECT {columns} FROM search_cells ORDER BY 1, 2, 3, 4"))  # noqa: S608


@settings(deadline=None, max_examples=40)  # no timed assertions
@given(st.lists(dots, max_size=25), st.sets(st.integers(0, 24)), st.integers(0, 25))
def test_what_comes_and_goes_leaves_what_adding_up_anew_would_give(
    given_places: list[tuple[float, float, float]], leaving: set[int], cut: int
) -> None:
    places = dict(enumerate(given_places))
    some = [dot(number, *place) for number, place in places.items()]
    with cells() as connection:
        come(connection, some[:cut], places)
        come(connection, some[cut:], places)
        go(connection, [each for each in some if each.number in leaving])
        kept = held(connection)
        findcells.rebuild(connection)
        assert held(connection) == kept
        assert findcells.counted(connection) == len([each for each in some if each.number not in leaving])


@pytest.mark.parametrize(
    ("cell", "level"), [(0, 0), (0.01, 0), (0.0625, 1), (0.2, 1), (0.25, 2), (1, 3), (3.9, 3), (4, 4), (90, 4)]
)
def test_a_view_is_answered_from_cells_no_larger_than_a_sign(cell: float, level: int) -> None:
    assert findcells.level_of(cell) == level
    assert level == 0 or SIZES[level] <= cell * findcells.STEPS


def test_a_rectangle_counts_nothing_beyond_its_border() -> None:
    places = {1: (40.01, 43.01, 5.0), 2: (40.05, 43.05, 5.0), 3: (40.01, 43.01, 5.0)}
    with cells() as connection:
        come(connection, [dot(number, *place) for number, place in places.items()], places)
        side = (40.0, 43.0, 40.02, 43.02)
        assert [
            (each.claims, each.places, each.latest) for each in findcells.kept(connection, [side], 1, 9, exactly=True)
        ] == [(2, 1, 3)]
        assert findcells.counted(connection, [side]) == 2
        assert [(each.claims, each.places) for each in findcells.kept(connection, [side], 1, 9)] == [(3, 2)]


def test_single_points_are_looked_up_and_not_searched_for() -> None:
    """In a ledger of any size: a reading of the whole table shows in the plan."""
    asked: list[str] = []
    with cells() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.set_trace_callback(asked.append)
        findcells._points(connection, [(1, 2, 0), (3, 4, 1)])
        raw.set_trace_callback(None)
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[-1]}")]
    assert any("SEARCH kept USING PRIMARY KEY" in step for step in plan)
    assert not any(step.startswith(("SCAN kept", "SCAN search_cells")) for step in plan)
