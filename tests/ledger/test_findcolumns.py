"""Claims gathered in cells, as one would count them by hand."""

from __future__ import annotations

import math
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.ledger.findcells import WIDE_KM, Kept
from bywhom.ledger.findcolumns import gathered

Row = tuple[int, float | None, float | None, float | None]
_degrees = st.integers(-40, 40).map(lambda one: one / 8)
_placed = st.tuples(_degrees, _degrees, st.sampled_from([None, 2.0, 40.0, WIDE_KM, 600.0]))
_unplaced = st.just((None, None, None))
_rows = st.lists(st.one_of(_placed, _unplaced), max_size=60).map(
    lambda some: [((1 << 62) - number, *one) for number, one in enumerate(some)]
)


def by_hand(rows: list[Row], cell: float) -> list[Kept]:
    """The same, claim by claim."""
    cells: dict[tuple[float, float, bool], list[tuple[int, float, float, float]]] = defaultdict(list)
    for number, lat, lon, radius in rows:
        if lat is not None and lon is not None:
            y, x = (math.floor(lat / cell), math.floor(lon / cell)) if cell else (lat, lon)
            cells[y, x, (radius or 0) >= WIDE_KM].append((number, lat, lon, radius or 0.0))
    found = []
    for (_, _, wide), some in cells.items():
        lat, lon = (sum(one[side] for one in some) / len(some) for side in (1, 2))
        places = len({one[1:3] for one in some})
        found.append(Kept(lat, lon, len(some), places, max(one[3] for one in some), wide, max(one[0] for one in some)))
    return sorted(found, key=lambda one: (-one.claims, -one.latest))


@given(_rows, st.sampled_from([0.0, 0.3, 1.0, 7.0]), st.integers(1, 80))
def test_cells_hold_what_counting_by_hand_finds(rows: list[Row], cell: float, most: int) -> None:
    found, placed = gathered(rows, cell, most)
    wanted = by_hand(rows, cell)[:most]
    assert placed == sum(row[1] is not None for row in rows)
    assert [(one.claims, one.places, one.radius_km, one.wide, one.latest) for one in found] == [
        (one.claims, one.places, one.radius_km, one.wide, one.latest) for one in wanted
    ]
    assert [(one.lat, one.lon) for one in found] == [pytest.approx((one.lat, one.lon)) for one in wanted]


def test_of_no_claims_there_are_no_cells() -> None:
    assert gathered([], 1.0, 10) == ([], 0)
