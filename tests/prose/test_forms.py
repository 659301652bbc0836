"""In which form words stand on the page."""

from __future__ import annotations

import pytest

from bywhom.prose.forms import form_of
from bywhom.prose.quotations import QuotationIndex, quotations
from bywhom.records import Span


def form(text: str, words: str, besides: str = "") -> str:
    marks = QuotationIndex(quotations(text, [Span(0, len(text))]))
    start = text.index(words)
    left_out = [Span(text.index(besides), text.index(besides) + len(besides))] if besides else []
    return form_of(text, Span(start, start + len(words)), marks, besides=left_out).value


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("“We left the fort,” she said.", "We left the fort", "direct"),
        ("She said they left the fort.", "they left the fort", "indirect"),
        ("She said they left “in great haste” at dawn.", "they left “in great haste” at dawn", "mixed"),
        ("She said they left “in great haste” at dawn.", "they left", "indirect"),  # a clause of it
        ("She said that they “left the fort in haste”.", "“left the fort in haste”", "direct"),
        ("They read “Arvale Burning” at night.", "They read “Arvale Burning” at night", "indirect"),  # a title
    ],
)
def test_the_form_of_words_is_told_by_their_marks(text: str, words: str, expected: str) -> None:
    assert form(text, words) == expected


def test_the_words_that_say_who_speaks_do_not_count() -> None:
    text = "“We left the fort,” said Anna Kolb."
    assert form(text, "“We left the fort,” said Anna Kolb") == "mixed"
    assert form(text, "“We left the fort,” said Anna Kolb", besides="said Anna Kolb") == "direct"
