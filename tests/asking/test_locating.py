"""Words are found where they stand, nearest to where they were claimed, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.asking.locating import Page, fold
from bywhom.records import Span

TEXT = (
    "The abbot said the “grey  friars” had left. “We didn’t\nburn the mill,” the abbot said – twice.\n\n"
    "Aid came late; the abbot said so, and the mill burnt … again."
)


def found(words: str, *, near: str = "", within: Span | None = None, apart: bool = False) -> str | None:
    at = TEXT.index(near) if near else 0
    span = Page(TEXT).find(words, within or Span(0, len(TEXT)), Span(at, at + len(near)), apart=apart)
    return None if span is None else f"{span.start}:{span.of(TEXT)}"


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("The abbot said", "The abbot said"),
        ('"grey friars"', "“grey  friars”"),  # other marks, one blank for two
        ("We didn't burn the mill", "We didn’t\nburn the mill"),
        ("the abbot said - twice", "the abbot said – twice"),
        ("burnt ... again", "burnt … again"),
        ("had left,", "had left"),  # a mark at the end that is not there
        (" Aid came late. ", "Aid came late"),
        ("grey\u00adfriars", None),
        ("ab\u200bbot", "abbot"),  # what cannot be seen
        ("the ABBOT said", None),
        ("aid", None),  # only inside "said"
        ("the mill was burnt", None),
        ("", None),
        (" \n", None),
        ("“”", None),
        ("\0", None),
        ("mill " * 2000, None),
    ],
)
def test_words_are_found_as_they_are_or_folded_or_not_at_all(words: str, there: str | None) -> None:
    span = found(words)
    assert (span and span.partition(":")[2]) == there


def test_of_several_places_the_nearest_counts() -> None:
    first, second, third = (i for i in range(len(TEXT)) if TEXT.startswith("abbot said", i))
    assert found("abbot said") == f"{first}:abbot said"
    assert found("abbot said", near="burn the mill") == f"{second}:abbot said"
    assert found("abbot said", near="late; the") == f"{third}:abbot said"


def test_nothing_is_found_outside_the_stretch_that_was_shown() -> None:
    shown = Span(0, TEXT.index("\n\n"))
    assert found("Aid came late", within=shown) is None
    assert found("burnt ... again", within=shown) is None


def test_a_cue_stands_beside_its_content_rather_than_inside_it() -> None:
    content = "the abbot said so"
    inside, outside = found("said", near=content), found("said", near=content, apart=True)
    assert inside is not None
    assert outside is not None
    start = TEXT.index(content)
    assert start <= int(inside.partition(":")[0]) < start + len(content)
    assert int(outside.partition(":")[0]) < start


TEXTS = st.text(st.sampled_from("ab “”\"'’\n\u00a0\u200b\u00ad-–…. \u202e\ud800é"), max_size=60)


@given(TEXTS, TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_what_is_found_is_there(text: str, words: str, a: int, b: int) -> None:
    within = Span(min(a, b, len(text)), min(max(a, b), len(text)))
    span = Page(text).find(words, within, Span(0, 0))
    if span is not None:
        assert within.covers(span)
        assert any(sign.isalnum() for sign in span.of(text))
        assert fold(span.of(text)).strip(" .,;:\"'") == fold(words).strip(" .,;:\"'")


@given(TEXTS, st.data())
def test_any_whole_words_of_a_text_are_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words = f"_{text}_"[start : end + 2]
    whole = Span(0, len(text))
    taken = text[start:end]
    if any(sign.isalnum() for sign in taken) and not (words[0].isalnum() or words[-1].isalnum()):
        assert Page(text).find(taken, whole, Span(start, end)) is not None
