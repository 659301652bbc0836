"""What in a clause speaks for each type of event."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.claims.choosing import ChoiceTable, choice_table, looked_at, with_likely
from bywhom.claims.events import event_table, find_event
from bywhom.records import (
    Attribution,
    Certainty,
    Claim,
    EventType,
    Likely,
    Modality,
    Polarity,
    Quote,
    Span,
)
from bywhom.tagging.weighing import Weighing

EVENTS = event_table()
PLAIN = ChoiceTable(
    {"top, verb": 2.0, "other": 1.0, "before": 0.5, "behind": 0.25},
    {"word": {"ferry": {EventType.AID: 0.75, EventType.DESTROY: -0.5}, "@number": {EventType.CASUALTY: 0.25}}},
)


def claims_of(text: str) -> list[Claim]:
    found = []
    start = 0
    for clause in text.split(" | "):
        span = Span(start, start + len(clause))
        event = find_event(text, span, table=EVENTS)
        said = Attribution(span, Quote.NONE, None)
        found.append(
            Claim(
                "c", "d", span, span.of(text), said, Certainty.CERTAIN, Polarity.POSITIVE, Modality.ACTUAL, False, event
            )
        )
        start += len(clause) + 3
    return found


def likely_of(text: str, at: int = 0, table: ChoiceTable = PLAIN) -> dict[EventType, Likely]:
    (*_, found) = with_likely(text, claims_of(text), events=EVENTS, table=table)[: at + 1]
    return {one.type: one for one in found.event.likely}


def test_every_type_is_weighed_by_triggers_words_and_neighbours() -> None:
    text = "Hussars shelled the ferry | nine men drowned"
    first, second = likely_of(text), likely_of(text, 1)
    assert first[EventType.ATTACK].score == pytest.approx(2.0)
    assert first[EventType.AID].score == pytest.approx(0.75)
    assert first[EventType.CASUALTY].score == pytest.approx(0.25)  # told behind
    assert first[EventType.OTHER].score == pytest.approx(1.0)
    assert second[EventType.CASUALTY].score == pytest.approx(2.25)  # its verb, and a number
    assert second[EventType.ATTACK].score == pytest.approx(0.5)  # told before


def test_the_words_that_speak_for_a_type_most_are_named() -> None:
    text = "Hussars shelled the ferry"
    found = likely_of(text)
    named = {kind: one.words.of(text) for kind, one in found.items() if one.words}
    assert named == {EventType.ATTACK: "shelled", EventType.AID: "ferry"}


def test_names_are_no_words() -> None:
    (seen,) = looked_at("hussars of Ferry took 9 guns", claims_of("hussars of Ferry took 9 guns"), events=EVENTS)
    assert {value for kind, value in seen.traits if kind == "word"} == {"hussar", "of", "take", "@number", "guns"}


def test_no_weights_leave_every_type_alike() -> None:
    assert {one.score for one in likely_of("Hussars shelled the ferry", table=ChoiceTable({}, {})).values()} == {0.0}


def test_the_shipped_weights_speak_only_for_types_that_were_taught() -> None:
    spoken = {kind for of in choice_table().weights.values() for by_type in of.values() for kind in by_type}
    assert spoken <= Weighing.load().taught


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("the regiment shelled the harbour", EventType.ATTACK),
        ("nine sailors died of their wounds", EventType.CASUALTY),
        ("the two envoys discussed the treaty", EventType.OTHER),
    ],
)
def test_plain_clauses_are_what_they_seem(text: str, kind: EventType) -> None:
    found = likely_of(text, table=choice_table())
    assert max(found.values(), key=lambda one: one.score).type is kind


@given(st.text(max_size=80).filter(str.strip))
def test_any_text_has_a_score_for_every_type(text: str) -> None:
    text = text.replace(" | ", " ")
    found = likely_of(text, table=choice_table())
    assert set(found) == set(EventType)
    assert all(one.words is None or 0 <= one.words.start < one.words.end <= len(text) for one in found.values())
