"""Documents cut into windows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.records import Span
from bywhom.tagging.windows import Window, windows
from bywhom.tagging.wordpieces import Vocabulary

LETTERS = "abcdefghijklmnopqrstuvwxyz"
VOCABULARY = Vocabulary(
    ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *LETTERS, *(f"##{c}" for c in LETTERS), ".", '"', "\u201c", "\u201d"]
)


def cut(text: str, size: int = 40) -> list[Window]:
    at, spans = 0, []
    for line in text.split("\n"):
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    return list(windows(text, spans, VOCABULARY, size))


def words(text: str, window: Window) -> list[str]:
    return [text[word.start : word.end] for word in window.words]


@given(st.text(alphabet='ab \n."\u201c\u201d'), st.integers(8, 60))
def test_every_word_is_in_one_window_and_none_is_too_long(text: str, size: int) -> None:
    text = "\n".join(" ".join(word[: size - 2] for word in line.split()) for line in text.split("\n"))
    found = cut(text, size)
    spans = [Span(0, len(text))]
    assert [w.start for window in found for w in window.words] == [
        w.start for span in spans for w in VOCABULARY.words(text, span.start, span.end)
    ]
    assert all(len(window.pieces) == len(window.features) <= size for window in found)
    assert all(
        window.pieces[head] == word.pieces[0]
        for window in found
        for head, word in zip(window.heads, window.words, strict=True)
    )


def test_short_paragraphs_share_a_window_and_long_ones_are_cut_at_a_sentence_end() -> None:
    short = "it fell\nit held"
    assert [words(short, w) for w in cut(short)] == [["it", "fell", "it", "held"]]
    sentence = "it fell at dawn so we left the old town by the river road and saw nobody."
    long = " ".join([sentence] * 4)
    assert all(words(long, window)[-1] == "." for window in cut(long, 150))


@pytest.mark.parametrize(
    ("text", "features"),
    [
        ("it Fell", [12, 1]),
        ("IT FELL", [14, 2]),
        ("A b", [13, 0]),
        ("7 b", [15, 0]),
        ('a "b" a', [12, 8, 4, 8, 0]),
        ("\u201cb\u201d a", [20, 4, 8, 0]),
        ("\u201cb\na", [20, 4, 12]),  # a quotation ends with its paragraph
    ],
)
def test_what_letters_do_not_tell(text: str, features: list[int]) -> None:
    (window,) = cut(text)
    assert [window.features[head] for head in window.heads] == features


@pytest.mark.parametrize(
    "text", ["a" * 3000, '"' * 5000, "it " * 20_000, '\u201c\u2018\u00ab\u201e"' * 500, "\u200b\u202e" * 500]
)
def test_no_text_is_too_odd(text: str) -> None:
    assert all(len(window.pieces) <= 40 for window in cut(text))
