"""Signs of places: what lies too close is one, what has room stays apart, and nothing is lost."""

from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from bywhom.workbench.drawings.joining import OVERLAP, At, joined

NEAR, LEAST = 26.0, 5.0


def room(claims: int) -> float:
    return 9 + 3.2 * math.log2(1 + claims)


places = st.lists(st.builds(At, st.floats(0, 300), st.floats(0, 300), st.integers(1, 500), st.booleans()), max_size=40)


@settings(deadline=None)  # no timed assertions
@given(places)
def test_every_place_is_in_one_group(some: list[At]) -> None:
    groups = joined(some, NEAR, room, LEAST)
    assert sorted(number for group in groups for number in group) == list(range(len(some)))


@settings(deadline=None)  # no timed assertions
@given(places)
def test_no_two_signs_with_numbers_lie_on_each_other(some: list[At]) -> None:
    signs = []
    for group in joined(some, NEAR, room, LEAST):
        middle = sum(some[n].x for n in group) / len(group), sum(some[n].y for n in group) / len(group)
        alone = len(group) == 1 and some[group[0]].is_one
        size = LEAST if alone else room(sum(some[n].claims for n in group))
        signs.append((middle, size, len(group)))
    for number, (middle, size, count) in enumerate(signs):
        for other, wide, more in signs[:number]:
            assert count + more == 2 or math.dist(middle, other) >= OVERLAP * (size + wide) - 1e-6


def test_what_lies_apart_stays_apart() -> None:
    far = [At(0.0, 0.0, 3, True), At(100.0, 0.0, 1, True)]
    assert joined(far, NEAR, room, LEAST) == [[0], [1]]
    near = [At(0.0, 0.0, 3, True), At(20.0, 0.0, 1, True)]
    assert joined(near, NEAR, room, LEAST) == [[0, 1]]
