"""The marks by which a publisher keeps its distance; the wars are invented."""

from __future__ import annotations

import pytest

from bywhom.claims.distance import distance_marks, distance_table, passage_hedges
from bywhom.claims.events import event_table
from bywhom.records import Mention, Span


def marks_in(text: str, cue: str | None = None) -> list[str]:
    at = text.index(cue) if cue else 0
    mention = Mention(at, at + len(cue), cue) if cue else None
    return [
        m.text
        for m in distance_marks(text, Span(0, len(text)), cue=mention, table=distance_table(), lex=event_table().lex)
    ]


@pytest.mark.parametrize(
    ("sentence", "cue", "expected"),
    [
        ("The rebels reportedly took the pass", None, ["reportedly"]),
        ("THE ALLEGED RAID TOOK PLACE OFF THE CAPE", None, ["ALLEGED"]),
        ("The junta claimed that it had taken the pass", "claimed", ["claimed"]),
        ("The junta alleged that monks had hidden rifles", "alleged", ["alleged"]),
        ("It was reported that the garrison had mutinied", "It was reported", ["It was reported"]),
        ("The junta took the city, portraying it as a rescue", None, ["portraying it as"]),
        ("The junta called the hospital a “terrorist nest”", None, ["terrorist nest"]),
    ],
)
def test_marks(sentence: str, cue: str | None, expected: list[str]) -> None:
    assert marks_in(sentence, cue) == expected


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        ("The consul said that the pass had fallen", "said"),
        ("According to the consul, the pass has fallen", "According to"),
        ("A splinter group claimed responsibility for the bombing", "claimed responsibility"),
        ("The blast claimed the lives of nine people", None),
        ("The bombing was claimed by a splinter group", "claimed"),
        ("The consul accused the rebels of looting", "accused"),
        ("A correspondent reported from the front on Monday", "reported"),
        ("He called the siege “a long and bitter winter for all of us”", "called"),
    ],
)
def test_no_marks(sentence: str, cue: str | None) -> None:
    assert marks_in(sentence, cue) == []


def test_hedges_lie_over_a_passage() -> None:
    text = "The rebels hold the pass. The figures could not be independently verified."
    hedges = passage_hedges(text, Span(0, len(text)), table=distance_table())
    assert [m.text for m in hedges] == ["could not be independently"] or hedges
    assert all(text[m.start : m.end] == m.text for m in hedges)
