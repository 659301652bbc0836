"""Whether the day of the story is a claim's own; the wars are invented."""

from __future__ import annotations

import pytest

from bywhom.grounding.carriedtimes import (
    CarriedTable,
    carried_table,
    is_carried,
    told_of,
    traits,
)
from bywhom.grounding.heard import Heard
from bywhom.grounding.times import load_time_rules
from bywhom.records import (
    Attribution,
    Certainty,
    Claim,
    Event,
    EventType,
    Leads,
    Mention,
    Modality,
    Polarity,
    Quote,
    Span,
)

RULES = load_time_rules()


def claim(text: str, words: str, event: EventType = EventType.ATTACK, trigger: str = "") -> Claim:
    """A claim of the publisher's."""
    span = Span(text.index(words), text.index(words) + len(words))
    at = text.find(trigger) if trigger else -1
    cause = Mention(at, at + len(trigger), trigger) if at >= 0 else None
    said = Attribution(span, Quote.NONE)
    return Claim(
        "1", "d", span, words, said, Certainty.CERTAIN, Polarity.POSITIVE, Modality.ACTUAL, False, Event(event, cause)
    )


def seen(text: str, words: str, event: EventType = EventType.ATTACK, trigger: str = "") -> dict[str, str]:
    return traits(claim(text, words, event, trigger), text, text.startswith(words), RULES)


def test_what_is_seen_of_a_claim() -> None:
    found = seen("The fleet took the fort", "The fleet took the fort", trigger="took")
    assert found["kind and tense"] == "dated, past"
    assert (found["opens"], found["standing"], found["trigger"]) == ("sentence", "no", "clear")


@pytest.mark.parametrize(
    ("words", "opener"),
    [("which is old", "which"), ("killing nine", "participle"), ("“the mill burnt", "other"), ("– 1863", "other")],
)
def test_a_claim_inside_a_sentence_is_known_by_its_first_word(words: str, opener: str) -> None:
    assert seen(f"The fleet took the fort, {words}", words)["opens"] == opener


def test_an_event_without_a_day_of_its_own_says_so() -> None:
    assert seen("They want peace", "They want peace", EventType.APPEAL)["kind and tense"] == "undated, none"


def test_the_weights_decide() -> None:
    one = claim("The fleet took the fort", "The fleet took the fort", trigger="took")
    tables = [CarriedTable(-1.0, 0.0, {"trigger": {"clear": weight}}) for weight in (-2.0, 2.0)]
    assert [is_carried(one, one.text, True, RULES, table) for table in tables] == [False, True]


def test_the_shipped_weights_name_traits_that_are_seen() -> None:
    known = seen("The fleet took the fort", "The fleet took the fort")
    assert set(carried_table().weights) <= set(known)


def test_the_shipped_weights_keep_news_and_leave_out_what_lasts() -> None:
    news = claim("The fleet took the fort", "The fleet took the fort", trigger="took")
    lasts = claim("the governor has never trusted them", "the governor has never trusted them", EventType.APPEAL)
    assert is_carried(news, news.text, True, RULES, carried_table())
    assert not is_carried(lasts, lasts.text, False, RULES, carried_table())


@pytest.mark.parametrize(
    ("seen", "more"),
    [
        (None, 0.0),  # nobody has looked
        (Leads(0.1, {Span(0, 6): 0.8}), 2.08 / 2 + 0.5),
        (Leads(0.8, {Span(0, 6): 0.1}), -2.08 / 2 + 0.5),
        (Leads(1.0, {}), -4.61 / 2 + 0.5),  # no less than the least
        (Leads(1.0, {Span(7, 9): 0.9}), -4.61 / 2 + 0.5),  # other words
    ],
)
def test_what_a_trained_reader_says_for_a_day_is_weighed(seen: Leads | None, more: float) -> None:
    day = Mention(0, 6, "Monday")
    assert told_of(day, seen, Heard(said=0.5, least=0.01, lead=0.5)) == pytest.approx(more, abs=0.01)


def test_the_reader_can_keep_a_day_or_leave_it_out() -> None:
    one, table = claim("The fleet took the fort", "The fleet took the fort", trigger="took"), CarriedTable(1.0, 0.0, {})
    assert [is_carried(one, one.text, True, RULES, table, told) for told in (0.5, 1.5)] == [False, True]
