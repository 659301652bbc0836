"""The tense of clauses about invented wars."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.grounding.tense import first_tense, tense_at, verbs_of
from bywhom.prose.grammar import shipped_grammar


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("the fort fell", "past"),
        ("the fort was struck", "past"),
        ("the gunboats have struck the fort", "perfect"),
        ("the garrison hasn’t surrendered", "perfect"),
        ("the garrison is starving", "progressive"),
        ("the garrison isn’t starving", "progressive"),
        ("the garrison doesn't sing", "present"),
        ("the fort is old", "present"),
        ("the fort commands the strait", "present"),
        ("the fleet will return", "future"),
        ("the fleet may return", "modal"),
        ("taking nine gunners", "gerund"),
        ("to relieve the fort", "to"),
        ("nine gunners dead", "none"),
        ("the fallen fort", "none"),  # a participle before its noun
        ("the gunboats shelled the fort", "none"),  # a verb of events
    ],
)
def test_the_first_tense_of_a_clause(text: str, tense: str) -> None:
    assert first_tense(verbs_of(text)) == tense


def test_a_tense_goes_before_forms_without_one() -> None:
    assert first_tense(verbs_of("to relieve the fort, the fleet sailed")) == "past"


def test_the_verb_at_a_place_is_the_last_before_it() -> None:
    text = "the fort fell and is burning"
    verbs = verbs_of(text)
    assert [tense_at(verbs, text.index(word)) for word in ("the", "fell", "burning")] == ["past", "past", "progressive"]


def test_without_verbs_there_is_no_tense() -> None:
    assert tense_at([], 0) == first_tense([]) == "none"


def test_all_that_have_a_tense_are_auxiliaries() -> None:
    grammar = shipped_grammar()
    assert set(grammar.tense_of) <= grammar.auxiliaries | grammar.negated
    assert len(grammar.tense_of) == sum(map(len, grammar.tenses.values()))  # none has two


@given(st.text(max_size=60), st.integers(0, 60))
def test_any_text_can_be_asked(text: str, at: int) -> None:
    verbs = verbs_of(text)
    assert [verb.start for verb in verbs] == sorted({verb.start for verb in verbs})
    assert tense_at(verbs, at)
