"""A report in pieces: all of its body, in order, nothing twice but what is shown again before a piece."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.asking.pieces import pieces
from bywhom.records import Block, BlockKind, Document, Span

WORDS = st.lists(st.sampled_from(["smoke", "rose.", "Guns", "fell", "silent!", "“No,”", "x" * 900]), max_size=400)


def doc_of(paragraphs: list[str]) -> Document:
    text = "\n\n".join(paragraphs)
    blocks, at = [], 0
    for each in paragraphs:
        blocks.append(Block(Span(at, at + len(each)), BlockKind.BODY))
        at += len(each) + 2
    return Document("0" * 64, "page", text, "", "text", "", tuple(blocks), "en")


def test_a_short_report_is_one_piece_without_its_furniture(page: Callable[..., Document]) -> None:
    doc = page("Smoke rose.\n\nLeave a comment!\n\nGuns fell silent.", furniture="Leave a comment!")
    (piece,) = pieces(doc, size=8000, before=100)
    assert [(each.number, each.span.of(doc.text)) for each in piece.paragraphs] == [
        (1, "Smoke rose."),
        (2, "Guns fell silent."),
    ]
    assert piece.before == ()


def test_a_long_report_is_cut_at_paragraphs_and_shows_what_went_before() -> None:
    doc = doc_of([f"Paragraph number {n} tells of the siege." for n in range(1, 8)])
    found = list(pieces(doc, size=90, before=50))
    assert [[each.number for each in piece.paragraphs] for piece in found] == [[1, 2], [3, 4], [5, 6], [7]]
    assert [[each.number for each in piece.before] for piece in found] == [[], [2], [4], [6]]
    assert found[1].shown.start == doc.text.index("Paragraph number 2")
    assert found[1].paragraph(4).of(doc.text).startswith("Paragraph number 4")
    assert found[1].paragraph(99) == found[1].paragraph(None) == found[1].span


def test_an_empty_report_is_no_piece() -> None:
    assert list(pieces(doc_of([]), size=8000, before=100)) == []
    assert list(pieces(doc_of(["", " "]), size=8000, before=100)) == []


@pytest.mark.parametrize("text", ["word " * 50_000, "x" * 200_000, "“" * 50_000, "so it was; " * 9000])
def test_one_endless_sentence_is_cut_all_the_same(text: str) -> None:
    assert max(len(piece.span) for piece in pieces(doc_of([text]), size=8000, before=1500)) <= 8000


@given(st.lists(WORDS.map(" ".join), max_size=6), st.sampled_from([2500, 4000, 8000]))
def test_every_word_of_the_body_is_asked_about_once(paragraphs: list[str], size: int) -> None:
    doc = doc_of(paragraphs)
    found = list(pieces(doc, size=size, before=600))
    spans = [each.span for piece in found for each in piece.paragraphs]
    assert "".join("".join(span.of(doc.text) for span in spans).split()) == "".join(doc.text.split())
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(sum(len(each.span) for each in piece.paragraphs) <= size for piece in found)
    assert all(sum(len(each.span) for each in piece.before) <= 600 for piece in found)
    assert all(piece.shown.covers(piece.span) for piece in found)
