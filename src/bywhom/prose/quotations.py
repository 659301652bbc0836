"""Quotations: which characters of a text stand inside quotation marks.

Two rules of print are followed: a quotation left open at the end of a paragraph goes on, and is then opened again at
the head of the next one; a quotation that is never closed nor opened again ends with its paragraph. A quotation opened
again after a paragraph that has no marks of its own covers that paragraph too (a lost mark).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bywhom.records import Span

_PAIRS = {"“": "”", "«": "»", "„": "“”"}
_MARK = re.compile(r"[“”«»„\"]|''|``")
_MAX_INNER = 6000  # code points: longer "quotations" are a mark gone astray


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words inside quotation marks; `outer` includes the marks that are there."""

    outer: Span
    inner: Span
    goes_on: bool = False  # left open at the end of its paragraph, and opened again
    continues: bool = False  # the same speaker's quotation went before it


class QuotationIndex:
    """The quotations of a text, found by where they stand."""

    def __init__(self, found: Sequence[Quotation]) -> None:
        self._found = tuple(found)
        self._ends = [q.outer.end for q in self._found]

    def touching(self, span: Span) -> tuple[Quotation, ...]:
        """The quotations that share characters with a span."""
        first = last = bisect_right(self._ends, span.start)
        while last < len(self._found) and self._found[last].outer.start < span.end:
            last += 1
        return self._found[first:last]


def quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """The quotations of `text`, in order and not overlapping; marks inside a quotation open no other."""
    found: list[Quotation] = []
    for paragraph in paragraphs:
        here = _in_paragraph(text, paragraph)
        if found and found[-1].goes_on and found[-1].outer.end <= paragraph.start:
            here = _continue(text, paragraph, here)
            if not here:
                found[-1] = replace(found[-1], goes_on=False)
        found += here
    return tuple(_without_lost_marks(text, found, paragraphs))


def _in_paragraph(text: str, paragraph: Span) -> list[Quotation]:
    found: list[Quotation] = []
    open_at: int | None = None
    closer = ""
    for mark in _MARK.finditer(text, paragraph.start, paragraph.end):
        sign = mark.group()
        if open_at is None:
            if _opens(text, paragraph, mark):
                open_at, closer = mark.start(), _PAIRS.get(sign, sign)
        elif (sign in closer and _closes(text, paragraph, mark)) or _closes_mixed(text, open_at, mark):
            found.append(_between(open_at, mark.end(), len(sign)))
            open_at = None
    if open_at is not None:
        width = 2 if text.startswith(("''", "``"), open_at) else 1
        found.append(Quotation(Span(open_at, paragraph.end), Span(open_at + width, paragraph.end), goes_on=True))
    return [q for q in found if 0 < len(q.inner) <= _MAX_INNER]


def _between(start: int, end: int, width: int) -> Quotation:
    return Quotation(Span(start, end), Span(start + width, max(start + width, end - width)))


def _opens(text: str, paragraph: Span, mark: re.Match[str]) -> bool:
    if mark.group() in "”»":
        return False
    if mark.group() in "“«„":
        return True
    before = text[mark.start() - 1 : mark.start()] if mark.start() > paragraph.start else " "
    after = text[mark.end() : mark.end() + 1]
    return (not before.isalnum() or not after.isspace()) and bool(after.strip()) and before not in ".,;!?"


def _closes(text: str, paragraph: Span, mark: re.Match[str]) -> bool:
    if mark.group() in "”»":
        return True
    after = text[mark.end() : mark.end() + 1] if mark.end() < paragraph.end else " "
    before = text[mark.start() - 1 : mark.start()]
    return not after.isalnum() or before in ".,;!?"


def _closes_mixed(text: str, open_at: int, mark: re.Match[str]) -> bool:
    """Whether a mark of another style closes: “…," and "…,” stand in pages that are typed by several hands."""
    opener, sign = text[open_at], mark.group()
    if {opener, sign} not in ({"“", '"'}, {'"', "”"}):
        return False
    inside = text[open_at + 1 : mark.start()]
    return inside.endswith((",", ".", "!", "?")) and not any(other in inside for other in '“”"')


def _continue(text: str, paragraph: Span, here: list[Quotation]) -> list[Quotation]:
    """The paragraph after an open quotation: opened again at its head, or not at all."""
    if here and not text[paragraph.start : here[0].outer.start].strip():
        return [replace(here[0], continues=True), *here[1:]]
    return here


def _without_lost_marks(text: str, found: list[Quotation], paragraphs: Sequence[Span]) -> list[Quotation]:
    """The quotations, with a paragraph without marks filled in between one left open and one at a paragraph's head."""
    starts = [p.start for p in paragraphs]
    inside = [bisect_right(starts, q.outer.start) - 1 for q in found]  # in which paragraph each stands
    filled = found[:1]
    for (i, before), (j, after) in pairwise(zip(inside, found, strict=True)):
        left_open = before.outer.end == paragraphs[i].end and text[before.outer.end - 1] not in '”»"'
        opened_again = after.outer.start == paragraphs[j].trimmed(text).start
        if j == i + 2 and left_open and opened_again:
            filled[-1] = replace(filled[-1], goes_on=True)
            filled.append(Quotation(paragraphs[i + 1], paragraphs[i + 1], goes_on=True, continues=True))
            filled.append(replace(after, continues=True))
        else:
            filled.append(after)
    return filled
