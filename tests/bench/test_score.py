"""The scorer of our own gold: what counts as the same, and what the figures add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import score
import yaml
from hypothesis import given
from hypothesis import strategies as st
from score import Place, Quantity, Reading, Report, Time

ROOT = Path(__file__).parents[2]
GOLD, TEXTS = ROOT / "tests/gold", ROOT / "reports/mutinies-1917"

TEXT = "Troops shelled Antwerp on Monday. Nine men fled, the mayor said. Subscribe to our letter. Woe is us, woe."
SHELLED = Reading("Troops shelled Antwerp", 0, 22, id="c01", document="a", event="attack", polarity="positive")
FLED = Reading(
    "Nine men fled", 34, 47, id="c02", document="a", event="flee", source="the mayor", quantities=[Quantity(9, 9)]
)
REPORT = Report("a", TEXT, (SHELLED, FLED), furniture=((66, 89),), unscored=((90, 106),))


# --- Names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gold", "said", "agree"),
    [
        ("King Albert", "Albert", True),
        ("the mayor of Antwerp", "Antwerp mayor", True),
        ("General Émile Dossin", "Emile Dossin", True),
        ("Defence Ministry", "Ministry of Defense", True),
        ("Albert", "Leopold", False),
        ("Albert Meyser", "Albert Lantin", False),
        ("French soldiers", "French", False),  # a nationality is nobody
        ("the President", "President", True),  # nothing but a title is still a name
        (None, None, True),
        ("", None, True),
        ("Albert", None, False),
        (None, "Albert", False),
    ],
)
def test_names(gold: str | None, said: str | None, agree: bool) -> None:
    assert score.names_agree(gold, said) is agree


def test_an_alias_of_the_gold_will_do() -> None:
    assert score.names_agree("Adolphe Max", "the burgomaster", ["burgomaster"])
    assert not score.names_agree("Adolphe Max", "the governor", ["burgomaster"])


# --- Places, times, quantities ----------------------------------------------------------------------------------------

ANTWERP, MECHELEN, LIEGE = Place(51.22, 4.40), Place(51.03, 4.48), Place(50.63, 5.57)
GARBLED = Place()


@pytest.mark.parametrize(
    ("gold", "said", "agree"),
    [
        (ANTWERP, ANTWERP, True),
        (ANTWERP, MECHELEN, True),  # 22 km
        (ANTWERP, LIEGE, False),  # 106 km
        (replace(ANTWERP, radius_km=120.0), LIEGE, True),
        (ANTWERP, None, False),
        (ANTWERP, GARBLED, False),
        (None, None, True),
        (None, ANTWERP, False),
        (GARBLED, None, True),
        (GARBLED, GARBLED, True),
        (GARBLED, ANTWERP, False),
    ],
)
def test_places(gold: Place | None, said: Place | None, agree: bool) -> None:
    assert score.places_agree(gold, said) is agree


@pytest.mark.parametrize(
    ("gold", "said", "agree"),
    [
        ("1914-08-04", "1914-08-04", True),
        ("1914-08", "1914-08-04", True),  # finer than the gold
        ("1914-08-04", "1914-08", False),  # coarser
        ("1914-08", "1914-09", False),
        ("1914-1", "1914-10", False),  # no prefix of digits
        ("XXXX-08-04", "1914-08-04", True),
        ("1914-08-04", "XXXX-08-04", True),
        ("1914-08-04", "1914-08-04T05:00", True),
        ("1914-08-04/1914-08-16", "1914-08-10", True),  # inside
        ("1914-08-04/1914-08-16", "1914-08-03/1914-08-15", True),  # mostly the same
        ("1914-08-04/1914-08-16", "1914-08", False),  # 13 days of 31
        ("1914-08-04/1914-08-16", "XXXX-08-10", False),
        ("1914", "1914-10/1914-12", True),
        ("1914-02", "1914-02-01/1914-02-28", True),
        ("", "", True),
        ("1914", "", False),
        ("", "1914", False),
    ],
)
def test_times(gold: str, said: str, agree: bool) -> None:
    assert score.times_agree(Time(gold) if gold else None, Time(said) if said else None) is agree


@pytest.mark.parametrize(
    ("gold", "said", "expected"),
    [
        ([], [], 1.0),
        ([Quantity(9, 9)], [Quantity(9.0, 9.0)], 1.0),
        ([Quantity(9, None)], [Quantity(9, 9)], 0.0),  # "at least nine" is not "nine"
        ([Quantity(9, 9)], [], 0.0),
        ([Quantity(9, 9)], [Quantity(9, 9), Quantity(2, 2)], 2 / 3),
        ([Quantity(9, 9), Quantity(9, 9)], [Quantity(9, 9)], 2 / 3),  # one to one
    ],
)
def test_quantities(gold: Sequence[Quantity], said: Sequence[Quantity], expected: float) -> None:
    assert score.share(gold, said, score.quantities_agree) == pytest.approx(expected)


# --- Claims -----------------------------------------------------------------------------------------------------------


def figures(*said: Reading) -> dict[str, float]:
    return score.score([REPORT], said).figures


def test_the_gold_itself_is_perfect() -> None:
    found = figures(SHELLED, FLED)
    perfect = {name for name, value in found.items() if value == 1.0}
    assert {"claim F1", "headline", "whole-claim recall", "source filled", "quantities filled"} <= perfect
    assert (found["furniture"], found["offset_mismatch"]) == (0, 0)


def test_nothing_found_is_nothing_won() -> None:
    assert set(figures().values()) == {0.0}


def at(start: int, end: int, **fields: str) -> Reading:
    return Reading(TEXT[start:end], start, end, document="a", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "kind", "case"),
    [
        (at(50, 64), "spurious", "a:50-64"),
        (at(66, 89), "furniture", "a:66-89"),
        (at(60, 70), "furniture", "a:60-70"),  # one foot in it
        (replace(SHELLED, start=1, end=23), "offset_mismatch", "a:1-23"),
        (at(0, 5), "missed", "a/c01"),  # too little of it
    ],
)
def test_faults_are_named(said: Reading, kind: str, case: str) -> None:
    assert case in score.score([REPORT], [said]).faults[kind]


def test_what_the_gold_leaves_out_costs_nothing() -> None:
    assert score.score([REPORT], [at(92, 106)]).faults["spurious"] == []


def test_of_two_readings_of_a_claim_the_closer_one_counts_and_the_other_costs() -> None:
    found = score.score([REPORT], [at(0, 32, event="flee"), SHELLED, FLED])
    assert found.faults["spurious"] == ["a:0-32"]
    assert found.figures["event"] == 1.0


def test_a_twin_costs() -> None:
    assert figures(SHELLED, replace(SHELLED), FLED)["claim precision"] == pytest.approx(2 / 3)


def test_filled_figures_look_only_where_the_gold_has_something() -> None:
    found = figures(SHELLED, replace(FLED, source=None))
    assert (found["source"], found["source filled"]) == (0.5, 0.0)


def test_claims_of_other_documents_are_left_out() -> None:
    assert figures(SHELLED, FLED, replace(SHELLED, document="b")) == figures(SHELLED, FLED)


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 6)), max_size=12))
def test_no_figure_leaves_its_bounds(spans: list[tuple[int, int]]) -> None:
    found = figures(*(at(start, start + size) for start, size in spans))
    counts = {name: found.pop(name) for name in ("furniture", "offset_mismatch")}
    assert all(0 <= value <= 1 for value in found.values())
    assert all(0 <= value <= len(spans) for value in counts.values())


# --- Files ------------------------------------------------------------------------------------------------------------


def gold_file(folder: Path, **claim: object) -> None:
    content = {"document": {"unscored": claim.pop("unscored", [])}, "claims": [{"id": "c01", **claim}]}
    (folder / "a.yaml").write_text(yaml.safe_dump(content))
    (folder / "a.txt").write_text("Woe, woe! Liège fell in 1914-08.")


def test_a_date_of_the_gold_stays_a_word(tmp_path: Path) -> None:
    gold_file(tmp_path, text="Liège fell", time={"value": "1914-08-16"})
    (report,) = score.load_gold(tmp_path, tmp_path)
    assert report.claims[0].time == Time("1914-08-16")
    assert (report.claims[0].start, report.claims[0].end) == (10, 20)


def test_a_start_tells_twins_apart(tmp_path: Path) -> None:
    gold_file(tmp_path, text="oe", start=6)
    assert score.load_gold(tmp_path, tmp_path)[0].claims[0].start == 6


@pytest.mark.parametrize(
    ("claim", "complaint"),
    [
        ({"text": "oe"}, "occurs 2 times"),
        ({"text": "Namur fell"}, "occurs 0 times"),
        ({"text": "oe", "start": 3}, "not at 3"),
        ({"text": "Liège fell", "unscored": ["Namur"]}, "'Namur' is not in the text"),
    ],
)
def test_gold_that_does_not_fit_its_text_is_refused(tmp_path: Path, claim: dict[str, object], complaint: str) -> None:
    gold_file(tmp_path, **claim)
    with pytest.raises(score.BrokenGold, match=complaint):
        score.load_gold(tmp_path, tmp_path)


def test_exported_lines_are_read_with_their_further_fields_passed_over(tmp_path: Path) -> None:
    rows = tmp_path / "claims.jsonl"
    rows.write_text(
        '{"document": "a", "text": "x\u2028y", "start": 0, "end": 3, "grade": {"x": 1}, "source": null}\n\n'
    )
    assert score.load_predictions(rows) == (Reading("x\u2028y", 0, 3, document="a"),)


def test_the_gold_of_the_shipped_reports_scores_perfectly_against_itself() -> None:
    reports = score.load_gold(GOLD, TEXTS)
    found = score.score(reports, [claim for report in reports for claim in report.claims])
    assert found.figures["claim F1"] == found.figures["headline"] == found.figures["headline filled"] == 1.0
    assert found.faults["furniture"] == found.faults["offset_mismatch"] == []
