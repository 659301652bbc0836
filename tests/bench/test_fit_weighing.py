"""Whom to believe, learnt from who was right."""

from __future__ import annotations

import numpy as np
import pytest
from fit_bearings import figures
from fit_weighing import fitted

LOG = np.log


def told(cases: list[tuple[float, int]]) -> np.ndarray:
    """Of two values, the chance that a reader gives the second, and which one the rules say."""
    found = np.zeros((len(cases), 2, 3))
    for i, (chance, ours) in enumerate(cases):
        found[i, :, 0] = LOG([1 - chance, chance])
        found[i, ours, 1 + ours] = 1
    return found


def chosen(weights: np.ndarray, chance: float, ours: int) -> int:
    return int((told([(chance, ours)])[0] @ weights).argmax())


@pytest.mark.parametrize(("rules_right", "found"), [(90, 0), (20, 1)])
def test_where_they_differ_whoever_was_right_more_often_is_believed(rules_right: int, found: int) -> None:
    right = np.array([0] * rules_right + [1] * (100 - rules_right))
    weights = fitted(told([(0.8, 0)] * 100), right, 0.1)
    assert chosen(weights, 0.8, 0) == found


def test_where_nothing_is_to_be_learnt_both_are_believed_as_expected() -> None:
    assert fitted(told([]), np.zeros(0, int), 1.0) == pytest.approx([0.5, 1.0, 1.0])


def test_the_shares_are_of_all_of_those_that_have_one_and_of_the_wrong() -> None:
    judged = [(True, True, False), (True, False, False), (False, True, True), (False, True, False)]
    assert figures(judged) == "0.500 right, 0.333 of those that have one, 0.250 wrong"
