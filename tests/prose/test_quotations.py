"""Which characters stand inside quotation marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.prose.quotations import QuotationIndex, quotations
from bywhom.records import Span


def paragraphs_of(text: str) -> list[Span]:
    spans, at = [], 0
    for part in text.split("\n\n"):
        spans.append(Span(at, at + len(part)))
        at += len(part) + 2
    return spans


def quoted(text: str) -> list[str]:
    return [q.inner.of(text) for q in quotations(text, paragraphs_of(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We left,” she said. “We ran.”", ["We left,", "We ran."]),
        ('"We left," she said. "We ran."', ["We left,", "We ran."]),
        ("«We left,» she said.", ["We left,"]),
        ("„We left“, she said.", ["We left"]),
        ("''We left,'' she said.", ["We left,"]),
        ("“He said ‘no’ to us,” she said.", ["He said ‘no’ to us,"]),
        ("The soldiers' mess and the captain's tent", []),
        ('A 12" gun fired.', []),
        ("“We left.\n\n“They ran.”", ["We left.", "They ran."]),  # goes on over the break
        ("“We left.\n\nThey ran.", ["We left."]),  # ends with its paragraph
        ('“We left," she said. "We ran,” he said.', ["We left,", "We ran,"]),  # marks of two styles
        ('“He said "no" to us,” she said.', ['He said "no" to us,']),
        ("“We left\n\nThey ran\n\n“Nobody came.”", ["We left", "They ran", "Nobody came."]),  # a lost mark
        ("”»", []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_it_is_known_which_go_on() -> None:
    text = "“We left.\n\n“They ran.” “Then we slept.”"
    found = quotations(text, paragraphs_of(text))
    assert [(q.goes_on, q.continues) for q in found] == [(True, False), (False, True), (False, False)]


@given(st.lists(st.sampled_from(["“", "”", '"', "«", "»", "„", "''", "``", "‘", "a ", "B", ".", "\n\n"])).map("".join))
def test_quotations_are_in_order_apart_and_found_by_place(text: str) -> None:
    paragraphs = paragraphs_of(text)
    found = quotations(text, paragraphs)
    assert all(a.outer.end <= b.outer.start for a, b in pairwise(found))
    assert all(q.outer.covers(q.inner) and any(p.covers(q.outer) for p in paragraphs) for q in found)
    index = QuotationIndex(found)
    for paragraph in paragraphs:
        assert index.touching(paragraph) == tuple(q for q in found if q.outer.overlap(paragraph))
