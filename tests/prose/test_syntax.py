"""How a clause is read without a parser; the wars are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.claims.events import event_table
from bywhom.prose.syntax import Clause, read_clause
from bywhom.prose.verbs import Shape
from bywhom.records import Span


def clause_of(text: str) -> Clause:
    return read_clause(text, Span(0, len(text)), event_table().lex)


def verbs_in(text: str) -> list[tuple[str, str]]:
    clause = clause_of(text)
    return [(clause.words[g.head].low, g.shape.name.lower()) for g in clause.groups]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Militants attack the harbour", [("attack", "finite")]),
        ("The attack failed", [("failed", "finite")]),
        ("Their attacks continued", [("continued", "finite")]),
        ("The besieged fort was shelled", [("besieged", "adjective"), ("shelled", "finite")]),
        ("Soldiers captured near the ford were shot", [("captured", "reduced"), ("shot", "finite")]),
        ("The shelling of the ford began", [("began", "finite")]),
        ("Monks were forced to flee", [("forced", "finite"), ("flee", "infinitive")]),
        ("A rebel-held village was bombed", [("held", "adjective"), ("bombed", "finite")]),
        ("The king's guards fled", [("fled", "finite")]),
        ("IS fighters in the US-run camp rebelled", [("run", "adjective"), ("rebelled", "finite")]),
        ("The fort had given itself up, given the snow", [("given", "finite")]),
    ],
)
def test_verbs_and_their_shapes(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert verbs_in(sentence) == expected


def test_voice_negation_and_modals_belong_to_the_group() -> None:
    (group,) = clause_of("The fort would not have been taken").groups
    assert (group.lemma, group.passive, group.negated, group.modal) == ("take", True, True, "would")


def test_relative_clauses_lie_deeper() -> None:
    depths = {g.lemma: g.depth for g in clause_of("The monks who hid the rifles were arrested").groups}
    assert depths["hide"] > depths["arrest"] == 0


def test_contractions_without_their_apostrophe_negate_all_the_same() -> None:
    for text in ("They didn't attack", "They didn’t attack", "They didnt attack", "THEY DIDNT ATTACK"):
        assert [g.negated for g in clause_of(text).groups] == [True]


@given(st.text(max_size=300))
def test_words_lie_where_they_say(text: str) -> None:
    clause = clause_of(text)
    assert all(text[word.start : word.end] == word.text for word in clause.words)
    assert [word.start for word in clause.words] == sorted(word.start for word in clause.words)
    assert len(clause.tags) == len(clause.words)
    assert all(0 <= g.first <= g.head < len(clause.words) and isinstance(g.shape, Shape) for g in clause.groups)
