"""Where two claims may meet, and what is seen there; the wars are invented."""

from __future__ import annotations

import pytest

from bywhom.claims.clauses import clauses
from bywhom.claims.events import event_table
from bywhom.claims.joints import (
    Content,
    CutTable,
    SeenWeight,
    chance_of_cut,
    chance_of_opening,
    cut_table,
    joints,
    parts_tell,
    traits,
)
from bywhom.records import Opening, Span


def content(text: str) -> Content:
    return Content.read(text, Span(0, len(text)), event_table())


def cuts(weights: dict[str, dict[str, float]], bar: float) -> CutTable:
    return CutTable(bar, {}, -99, SeenWeight(base=1.0, weight=1.0, least=5.0), 0, weights)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the fort fell, and the mill burnt", ["and"]),
        ("the fort fell when the mill burnt", ["when"]),
        ("the fort fell, killing nine", ["participle"]),
        ("the fort fell: the mill burnt", ["colon"]),
        ("the fort fell", []),
    ],
)
def test_joints_are_words_marks_and_participles(text: str, found: list[str]) -> None:
    assert [joint.word for joint in joints(content(text))] == found


def test_the_second_part_begins_behind_the_joint_and_its_that() -> None:
    read = content("the fort fell and that the mill burnt")
    first = next(iter(joints(read)))
    assert read.low(first.opens) == "the"


def test_what_is_seen_at_a_joint_says_how_the_parts_have_verb_and_event() -> None:
    read = content("the rebels shelled the fort and nine porters were killed")
    (joint,) = joints(read)
    seen = traits(read, joint, 0)
    assert seen["verb"] == ("own",)
    assert seen["events"] == ("other",)


def test_a_cut_is_made_only_above_the_bar() -> None:
    text = "the fort was shelled when the garrison fled to the hills"
    weights = {"word": {"when": 3.0}}
    made, left = (cuts(weights, bar) for bar in (2.0, 4.0))
    cut = [len(clauses(text, Span(0, len(text)), table=event_table(), cuts=table)) for table in (made, left)]
    assert cut == [2, 1]


@pytest.mark.parametrize(
    ("chance", "parts", "seen"),
    [
        (None, 1, False),  # no trained reader has looked
        (0.02, 1, False),
        (0.9, 2, True),
    ],
)
def test_a_trained_reader_has_its_say_on_a_cut(chance: float | None, parts: int, seen: bool) -> None:
    text = "the fort was shelled when the garrison fled to the hills"
    openings = None if chance is None else [Opening(text.index("the garrison"), chance)]
    found = clauses(text, Span(0, len(text)), table=event_table(), openings=openings, cuts=cuts({}, 2.0))
    assert len(found) == parts
    assert {part.seen for part in found} == {seen}


def test_what_is_seen_elsewhere_says_that_no_claim_begins_at_a_joint() -> None:
    text = "the fort was shelled when the garrison fled"
    table, span = cuts({}, 2.0), Span(0, len(text))
    reads = [
        Content.read(text, span, event_table(), seen) for seen in (None, [], [Opening(0, 0.9)], [Opening(500, 0.9)])
    ]
    found = [chance_of_opening(read, next(iter(joints(read))), table) for read in reads]
    assert found == [0.0, 1.0 - 5.0, 1.0 - 5.0, 1.0 - 5.0]


@pytest.mark.parametrize(
    ("text", "word", "tell"),
    [
        ("the fort fell when the garrison fled", "when", True),
        ("the ministry promised that the garrison would flee", "that", False),  # what "promised" asks for
        ("the mayor praised the cooks and the porters", "and", False),  # one verb
        ("until noon when the garrison fled", "when", False),
    ],
)
def test_a_seen_cut_leaves_two_parts_that_tell_something(text: str, word: str, tell: bool) -> None:
    read = content(text)
    joint = next(joint for joint in joints(read) if joint.word == word)
    assert parts_tell(read, joint, 0) is tell


def test_every_weight_is_of_a_trait_that_is_looked_at() -> None:
    read = content("the fort fell, and the mill burnt")
    (joint,) = joints(read)
    assert set(cut_table().weights) <= set(traits(read, joint, 0))
    assert chance_of_cut(read, joint, 0, cut_table()) != cut_table().base
