"""Where paragraphs begin and end in plain text, however its lines are broken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from bywhom.records import BlockKind, Span

_LINE = re.compile("[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+|\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BREAKS = frozenset("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
# Typewriters, wires and mail broke lines at 60 to 80 characters; a wider "line" is a paragraph.
_NARROWEST, _WIDEST = 40, 110
# No report has more lines; what has is a dump, whose rest is kept as one block rather than as millions.
_MOST_LINES = 200_000
_SENTENCE_END = tuple(".!?\"'”’»…:)]")
_MARKS = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\x00"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text that belongs together, and what the form of the file says it is, if it says so."""

    span: Span
    kind: BlockKind | None = None  # None: to be found out
    reason: str = ""


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of plain text: parted by blank lines, or one per line, or each of several broken lines."""
    groups = _groups(text)
    width = _wrap_width(text, groups)
    spans = [part for group in groups for part in (_unwrapped(text, group, width) if width else group)]
    return tuple(part for span in spans for part in _without_marks(text, span))


def _groups(text: str) -> list[list[Span]]:
    """Lines with something on them, in groups parted by blank lines."""
    groups: list[list[Span]] = []
    blank = after_break = True
    count = 0
    for match in _LINE.finditer(text):
        if text[match.start()] in _BREAKS:
            blank, after_break = blank or after_break, True
            continue
        span = Span(*match.span()).trimmed(text)
        if not len(span):
            continue
        if blank or not groups:
            groups.append([])
        count += 1
        if count > _MOST_LINES:
            groups.append([Span(span.start, len(text)).trimmed(text)])
            break
        groups[-1].append(span)
        blank = after_break = False
    return groups


def _wrap_width(text: str, groups: list[list[Span]]) -> int:
    """The column at which lines are broken, or 0 where each line is a paragraph of its own.

    In broken lines the next line's first word would not have fitted, and most lines end inside a sentence.
    """
    joints = [pair for group in groups[:400] for pair in pairwise(group[:400])]
    if not joints:
        return 0
    width = max(len(line) for group in groups[:400] if len(group) > 1 for line in group[:400])
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    full = sum(_would_overflow(text, above, below, width) for above, below in joints)
    inside = sum(not above.of(text).endswith(_SENTENCE_END) for above, _ in joints)
    return width if full >= 0.6 * len(joints) and inside >= 0.5 * len(joints) else 0


def _would_overflow(text: str, above: Span, below: Span, width: int) -> bool:
    words = below.of(text).split(None, 1)
    # Ragged wrapping leaves a few columns empty, so a little slack.
    return len(above) + 1 + len(words[0]) > width - 6


def _unwrapped(text: str, group: list[Span], width: int) -> list[Span]:
    """The paragraphs of one group of broken lines: a new one after a line that stopped short of the margin."""
    starts = [0]
    starts += [
        index + 1
        for index, (above, below) in enumerate(pairwise(group))
        if not _would_overflow(text, above, below, width) and _closes(text, above, below, width)
    ]
    ends = [*starts[1:], len(group)]
    return [Span(group[start].start, group[end - 1].end) for start, end in zip(starts, ends, strict=True)]


def _closes(text: str, above: Span, below: Span, width: int) -> bool:
    opens_anew = not below.of(text)[0].islower()
    return opens_anew and (above.of(text).endswith(_SENTENCE_END) or len(above) < 0.7 * width)


def _without_marks(text: str, span: Span) -> list[Paragraph]:
    """The paragraph with byte order marks, NULs and zero-width characters at its ends set apart."""
    inner = _trim_both(text, span)
    if inner == span:
        return [Paragraph(span)]
    outer = [Span(span.start, inner.start).trimmed(text), Span(inner.end, span.end).trimmed(text)]
    marks = [Paragraph(part, BlockKind.FURNITURE, "no letters") for part in outer if len(part)]
    whole = [*marks, Paragraph(inner)] if len(inner) else marks
    return sorted(whole, key=lambda paragraph: paragraph.span)


def _trim_both(text: str, span: Span) -> Span:
    words = span.of(text)
    if words[0] not in _MARKS and words[-1] not in _MARKS:
        return span
    chars = _MARKS + " \t\xa0\u3000"
    return span.trimmed(text, chars).trimmed(text)
