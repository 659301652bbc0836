"""How sure the source of a claim is; the wars are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.records import Attribution, Hop, Quote, Resolution, Source, SourceKind, Span
from bywhom.tagging.confidence import ConfidenceTable, confidence, signs

NURSE = Source("nurse at the mill", SourceKind.WITNESS, None, Resolution.DESCRIPTION)
SAID = Attribution(Span(0, 9), Quote.INDIRECT, NURSE)
PLAIN = ConfidenceTable(base=0.0, weights={"seen": 1.0, "overruled": -1.0})


@pytest.mark.parametrize(
    ("said", "names"),
    [
        (SAID, {"description", "quote indirect"}),
        (Attribution(Span(0, 9), Quote.NONE), {"publisher", "quote none"}),
        (Attribution(Span(0, 9), Quote.NONE, Source(None, SourceKind.ANONYMOUS, None)), {"unnamed", "quote none"}),
    ],
)
def test_signs_say_how_the_source_was_come_by(said: Attribution, names: set[str]) -> None:
    assert {name for name, value in signs(said, 0.5, overruled=False) if value} == names


def test_what_the_reader_sees_and_that_it_overruled_the_rules_are_signs() -> None:
    told = dict(
        signs(Attribution(Span(0, 9), Quote.NONE, NURSE, relays=(Hop("Post", SourceKind.MEDIA),)), 0.9, overruled=True)
    )
    assert told["seen"] == pytest.approx(2.197, abs=0.001)
    assert (told["overruled"], told["relayed"]) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("chance", "overruled", "sure"), [(0.5, False, 0.5), (0.9, False, 0.9), (0.5, True, 0.27), (0.0, False, 0.01)]
)
def test_signs_are_weighed_into_a_probability(chance: float, overruled: bool, sure: float) -> None:
    assert confidence(SAID, chance, overruled=overruled, table=PLAIN) == sure


@given(st.floats(0, 1), st.booleans())
def test_the_shipped_table_gives_probabilities_that_rise_with_what_is_seen(chance: float, overruled: bool) -> None:
    table = ConfidenceTable.load()
    found, nothing = (confidence(SAID, each, overruled=overruled, table=table) for each in (chance, 0.0))
    assert 0 < nothing <= found < 1
    assert confidence(SAID, chance, overruled=True, table=table) < confidence(
        SAID, chance, overruled=False, table=table
    )


def test_every_weight_is_of_a_sign_that_can_be_seen() -> None:
    known = {
        *map(str, Resolution),
        *(f"quote {form}" for form in Quote),
        "publisher",
        "unnamed",
        "seen",
        "overruled",
        "relayed",
    }
    assert set(ConfidenceTable.load().weights) <= known
