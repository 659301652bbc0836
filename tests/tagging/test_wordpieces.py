"""Words and pieces, whatever the text."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.tagging.wordpieces import Vocabulary, normal

PIECES = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "the",
    "fort",
    "##ress",
    "##s",
    "fell",
    "cafe",
    ".",
    "-",
    "\u201c",
    "a",
    "##a",
]
VOCABULARY = Vocabulary(PIECES)


def pieces(text: str) -> list[list[str]]:
    return [[PIECES[n] for n in word.pieces] for word in VOCABULARY.words(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("The fortress fell.", [["the"], ["fort", "##ress"], ["fell"], ["."]]),
        ("THE FORTS", [["the"], ["fort", "##s"]]),
        ("Café", [["cafe"]]),
        ("forty", [["[UNK]"]]),
        ("fort-s", [["fort"], ["-"], ["[UNK]"]]),
        ("\u201cthe", [["\u201c"], ["the"]]),
        ("the\u200b fort", [["the"], ["fort"]]),
        ("", []),
    ],
)
def test_words_are_cut_into_the_longest_pieces(text: str, cut: list[list[str]]) -> None:
    assert pieces(text) == cut


def test_a_part_of_a_text_keeps_its_place() -> None:
    text = "the fort. fell"
    assert [(w.start, w.end) for w in VOCABULARY.words(text, 4, 9)] == [(4, 8), (8, 9)]


@given(st.text())
def test_words_stand_in_order_and_hold_no_white_space(text: str) -> None:
    words = list(VOCABULARY.words(text, 0, len(text)))
    ends = [0, *(word.end for word in words)]
    assert all(end <= word.start < word.end for end, word in zip(ends, words, strict=False))
    assert not any(c.isspace() for word in words for c in text[word.start : word.end])
    assert all(word.pieces for word in words)


@given(st.text())
def test_what_is_normal_stays_so(word: str) -> None:
    assert normal(normal(word)) == normal(word)


def test_a_word_without_end_is_unknown() -> None:
    begun = process_time()
    assert pieces("a" * 300_000) == [["[UNK]"]]
    assert process_time() - begun < 30  # quadratic time would be hours
