"""From numbers to spans."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bywhom.tagging.decoding import Outputs, best_paths, chances, chunks, field_chances, legal
from bywhom.tagging.labels import CLAIM_TAGS, FIELDS, OUTPUTS, ROLES, columns

NUMBERS = st.floats(-9, 9, width=16)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 5).flatmap(lambda n: arrays(np.float32, (n, 3), elements=NUMBERS)), max_size=3))
def test_the_best_path_is_the_best_of_all_legal_ones(logits: list[np.ndarray]) -> None:
    moves = legal(CLAIM_TAGS)
    for numbers, path in zip(logits, best_paths(logits, moves), strict=True):

        def score(tags: tuple[int, ...], numbers: np.ndarray = numbers) -> float:
            steps = moves[[-1, *tags[:-1]], list(tags)]
            return float(numbers[np.arange(len(tags)), list(tags)].sum() + steps.sum())

        best = max(product(range(3), repeat=len(numbers)), key=score)
        assert score(tuple(path)) == pytest.approx(score(best), abs=1e-3)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 4).flatmap(lambda n: arrays(np.float32, (n, 3), elements=NUMBERS)), max_size=3))
def test_chances_are_those_of_all_sequences(logits: list[np.ndarray]) -> None:
    moves = legal(CLAIM_TAGS)
    for numbers, sure in zip(logits, chances(logits, moves), strict=True):
        every = list(product(range(3), repeat=len(numbers)))
        scores = np.array(
            [numbers[np.arange(len(t)), list(t)].sum() + moves[[-1, *t[:-1]], list(t)].sum() for t in every], np.float64
        )
        weights = np.exp(scores - scores.max())
        weights /= weights.sum()
        own = np.zeros_like(numbers, np.float64)
        for tags, weight in zip(every, weights, strict=True):
            own[np.arange(len(tags)), list(tags)] += weight
        assert np.allclose(own, sure, atol=1e-3)


def test_chances_stay_probabilities_however_sure_the_network_is() -> None:
    logits = np.tile(np.array([[-1e4, 0, 1e4]], np.float32), (300, 1))
    (sure,) = chances([logits], legal(CLAIM_TAGS))
    assert np.allclose(sure.sum(1), 1)
    assert sure[0].tolist() == [0, 1, 0]  # a claim must begin before it goes on


def test_runs_of_tags_are_chunks() -> None:
    tags = [ROLES.index(name) for name in ("B-source", "I-source", "B-cue", "O", "B-content", "B-content", "I-content")]
    sure = np.eye(len(ROLES), dtype=np.float32)[tags]
    found = [(c.tag, c.begin, c.end) for c in chunks(tags, sure, ROLES)]
    assert found == [("source", 0, 2), ("cue", 2, 3), ("content", 4, 5), ("content", 5, 7)]


def test_the_fields_of_a_claim_are_probabilities() -> None:
    rng = np.random.default_rng(1)
    none = np.zeros((6, 1), np.float32)
    fields, weights = (
        rng.normal(size=(6, OUTPUTS)).astype(np.float32),
        rng.normal(size=(6, len(FIELDS))).astype(np.float32),
    )
    found = field_chances(Outputs(none, none, none, none, fields, weights, none, none, none), 2, 5, columns())
    assert list(found) == list(FIELDS)
    assert all(
        chances.sum() == pytest.approx(1, abs=1e-4) and len(chances) == len(FIELDS[name])
        for name, chances in found.items()
    )
