"""Where sentences end, in prose that is not always clean."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.prose.sentences import LONGEST, sentences
from bywhom.records import Span


def cut(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The fort fell. | The king wept.",
        "The fort fell! | Who wept?",
        "Gen. Osei spoke.",
        "Lt. Col. J. R. Varga spoke.",
        "The U.S. Army came. | It left.",
        "They met in the U.S. | The king wept.",
        "It began at 5 p.m. | The king wept.",
        "No. 5 battery fired.",
        "The answer was no. | The guns fired.",
        "“The fort fell.” | The king wept.",
        "They rested for recuperation.| Then they fled.",
        "They rested.|“We slept.”",
        "See t.me/arvale for more.",
        "The toll was 3.5 per cent.",
        "He waited … and left.",
        "The fort fell\n\nby night.",
        "the fort fell. the king wept.",
        "One paragraph.\n\n|another one",
    ],
)
def test_sentences_end_here(text: str) -> None:
    parts = [part.strip() for part in text.split("|")]
    assert cut(text.replace("|", "")) == parts


def test_only_the_span_is_cut() -> None:
    text = "One. Two. Three."
    assert [span.of(text) for span in sentences(text, Span(5, 9))] == ["Two."]


def test_a_sentence_without_end_is_read_in_pieces_cut_at_blanks() -> None:
    pieces = cut("and then " * 2000)
    assert len(pieces) > 1
    assert all(len(piece) <= LONGEST and piece.split()[0] in {"and", "then"} for piece in pieces)
    assert [len(piece) for piece in cut("x" * (2 * LONGEST + 1))] == [LONGEST, LONGEST, 1]


@given(
    st.text()
    | st.lists(st.sampled_from(["Mr. ", "a. B", "“", ".”", "...", " ", "\n\n", "no. ", "x" * 900])).map("".join)
)
def test_sentences_are_in_order_and_lose_no_word(text: str) -> None:
    spans = sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
