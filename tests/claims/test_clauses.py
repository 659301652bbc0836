"""Where one claim ends and the next begins; the wars are invented."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bywhom.claims.clauses import clauses
from bywhom.claims.events import event_table
from bywhom.records import Span


def cut(content: str) -> list[str]:
    return [part.span.of(content) for part in clauses(content, Span(0, len(content)), table=event_table())]


@pytest.mark.parametrize(
    ("content", "left"),
    [
        ("the mill was burnt and", "the mill was burnt"),
        ("the fleet left the harbour, which", "the fleet left the harbour"),
        ("the guns fell silent, but when", "the guns fell silent"),
        ("and the garrison fled", "the garrison fled"),
        ("the wounded were left where they lay", "the wounded were left where they lay"),
        ("but the garrison held the mill", "but the garrison held the mill"),
        ("and", "and"),
    ],
)
def test_no_claim_begins_or_ends_with_a_word_that_only_joins_it(content: str, left: str) -> None:
    assert cut(content) == [left]


@pytest.mark.parametrize(
    "content",
    [
        "the fort was shelled",
        "the fort was shelled | and the garrison fled",
        "the fort was shelled, | but the garrison held the mill",
        "the fort was shelled; | the mill was burnt",
        "the fort was shelled, | while the cavalry crossed the ford",
        "rebels shelled the fort | killing nine porters",
        "the fort was shelled, | wounding up to forty porters",
        "rebels shelled the fort, | which was destroyed by fire",
        "After the rebels had shelled the fort, | the garrison surrendered",
        "the porters were abandoned | and then locked up in a mill",
        "nine were killed and ten were injured",  # one toll
        "the fort and the mill were shelled",  # one verb
        "the mayor and the clerk fled",
        "rebels shelled the fort and the mill",
        "the garrison, who had no bread, surrendered",  # a relative clause inside
    ],
)
def test_a_content_is_cut_into_clauses(content: str) -> None:
    parts = [part.strip() for part in content.split("|")]
    joined = content.replace("| ", "")
    assert [
        part.removeprefix("and ").removeprefix("but ").removeprefix("while ").rstrip(",;") for part in parts
    ] == cut(joined)


def test_a_long_tail_that_tells_nothing_is_left_out() -> None:
    content = "the fort was shelled, raising new questions about the wisdom of the whole plan"
    assert cut(content) == ["the fort was shelled"]


def test_marks_around_a_clause_go_but_a_pair_inside_it_stays() -> None:
    assert cut("“the fort was shelled (by night)”,") == ["the fort was shelled (by night)"]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["the fort was shelled ", "and ", "but ", ", ", "which ", "killing nine ", "(", ")", "after ", "; "]
        )
        | st.text(max_size=6)
    ).map("".join)
)
def test_clauses_are_in_order_inside_the_content_and_trimmed(content: str) -> None:
    spans = [part.span for part in clauses(content, Span(0, len(content)), table=event_table())]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(len(span) > 0 and span.of(content) == span.of(content).strip() for span in spans)
