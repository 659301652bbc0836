"""Where two claims may meet, and what is seen there; the wars are invented."""

from __future__ import annotations

import pytest

from bywhom.claims.clauses import clauses
from bywhom.claims.events import event_table
from bywhom.claims.joints import Content, CutTable, chance_of_cut, cut_table, joints, traits
from bywhom.records import Span


def content(text: str) -> Content:
    return Content.read(text, Span(0, len(text)), event_table())


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
    made, left = (CutTable(bar=bar, bars={}, undone=-99, base=0, weights=weights) for bar in (2.0, 4.0))
    cut = [len(clauses(text, Span(0, len(text)), table=event_table(), cuts=table)) for table in (made, left)]
    assert cut == [2, 1]


def test_every_weight_is_of_a_trait_that_is_looked_at() -> None:
    read = content("the fort fell, and the mill burnt")
    (joint,) = joints(read)
    assert set(cut_table().weights) <= set(traits(read, joint, 0))
    assert chance_of_cut(read, joint, 0, cut_table()) != cut_table().base
