"""What the programs that set tables of weights share."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import yaml
from annotated import is_kept
from fitting import PARTS, Row, fitted, frequent, key, logistic, nested, part_of, write
from hypothesis import given
from hypothesis import strategies as st
from score import Report

SEEN, NOT = (("mark", "comma"),), (("mark", "none"),)


def test_weights_tell_how_often_what_is_seen_holds() -> None:
    """Of one value three cases in four hold, of the other one in four: log-odds of 3 and of 1/3."""
    told = [Row(False, SEEN, i % 4 != 0) for i in range(40)] + [Row(False, NOT, i % 4 == 0) for i in range(40)]
    base, weights = fitted(told, 1e-4, rare=1, small=0.0)
    assert base + weights[SEEN[0]] == pytest.approx(math.log(3), abs=0.01)
    assert base + weights[NOT[0]] == pytest.approx(-math.log(3), abs=0.01)


def test_a_penalty_draws_weights_to_nought_and_leaves_the_base() -> None:
    matrix, wanted = np.array([[1.0], [1.0], [0.0], [0.0]] * 10), np.array([1.0, 1.0, 1.0, 0.0] * 10)
    base, (weight,) = logistic(matrix, wanted, 1e6)
    assert abs(weight) < 1e-3
    assert base == pytest.approx(math.log(3), abs=0.01)


def test_rare_values_and_weights_near_nought_are_left_out() -> None:
    told = [Row(False, (*(SEEN if i % 2 else NOT), ("day", "any")), bool(i % 2)) for i in range(20)]
    told += [Row(False, (("mark", "dash"),), True)]
    _, weights = fitted(told, 1.0, rare=2, small=0.5)
    assert set(weights) == {*SEEN, *NOT}
    assert frequent([["b", "a"], ["a", "b"], ["c"]], 2) == ["a", "b"]


WORDS = st.sampled_from(["yes", "no", "null", "12", "before, noun"]) | st.text("anoy1 ,.@':-#", min_size=1, max_size=5)


@given(st.dictionaries(st.tuples(WORDS, WORDS), st.floats(-9, 9), min_size=1, max_size=6))
def test_a_table_reads_as_it_was_meant(weights: dict[tuple[str, str], float]) -> None:
    read = yaml.safe_load("\n".join(["weights:", *nested(weights)]))["weights"]
    assert {(t, v): w for t, values in read.items() for v, w in values.items()} == {
        at: float(f"{weight:.2f}") for at, weight in weights.items()
    }


@pytest.mark.parametrize("words", ["yes", "no", "null", "1", "a, b", "@number", "'s"])
def test_words_that_yaml_would_take_for_something_else_are_quoted(words: str) -> None:
    assert key(words) == f'"{words}"'
    assert key("first tense") == "first tense"


def test_what_stands_above_the_weights_stays(tmp_path: Path) -> None:
    table = tmp_path / "cuts.yaml"
    table.write_text("# Why.\n#\n# base: not this one\nbar: 1.5  # by hand\nbase: 7.00\nweights:\n  old: 1\n")
    write(table, ["base: 1.00", "weights:", "  new: 2.00"])
    assert (
        table.read_text() == "# Why.\n#\n# base: not this one\nbar: 1.5  # by hand\nbase: 1.00\nweights:\n  new: 2.00\n"
    )


def test_a_table_with_a_comment_alone_is_filled(tmp_path: Path) -> None:
    table = tmp_path / "days.yaml"
    table.write_text("# Why.\n")
    write(table, ["base: 1.00"])
    assert table.read_text() == "# Why.\nbase: 1.00\n"


def test_kept_texts_are_of_all_parts() -> None:
    """Parts look at other digits than those that decide what is kept, so that neither says anything of the other."""
    texts = [Report(f"text {i}", f"Strelsau, day {i}.", (), (), ()) for i in range(600)]
    assert {part_of(text) for text in texts if is_kept(text)} == set(range(PARTS))
    assert {part_of(text) for text in texts if not is_kept(text)} == set(range(PARTS))
