"""A report cut into pieces of which each fits one request: at paragraphs, at sentences only where a paragraph is too long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bywhom.prose.sentences import sentences
from bywhom.records import BlockKind, Document, Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body, or a part of one that is too long, and its number in the report."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class Piece:
    """What one request asks about, and what stands before it."""

    paragraphs: tuple[Paragraph, ...]
    before: tuple[Paragraph, ...] = ()

    @property
    def span(self) -> Span:
        """The stretch whose claims are asked for."""
        return Span(self.paragraphs[0].span.start, self.paragraphs[-1].span.end)

    @property
    def shown(self) -> Span:
        """The stretch in which speakers may stand."""
        return Span((self.before or self.paragraphs)[0].span.start, self.span.end)

    def paragraph(self, number: object) -> Span:
        """Where the paragraph of this number stands, the whole piece where there is none."""
        return next((each.span for each in self.paragraphs if each.number == number), self.span)


def pieces(doc: Document, *, size: int, before: int) -> Iterator[Piece]:
    """The body in pieces of at most `size` code points, each with at most `before` of what goes before it."""
    body = [block.span for block in doc.blocks if block.kind is BlockKind.BODY]
    spans = [part for span in body for part in _parts(doc.text, span.trimmed(doc.text), size) if len(part)]
    every = [Paragraph(number, span) for number, span in enumerate(spans, 1)]
    start = 0
    while start < len(every):
        end = start + _fitting(every[start:], size)
        yield Piece(tuple(every[start:end]), tuple(_last(every[:start], before)))
        start = end


def _parts(text: str, span: Span, size: int) -> Iterator[Span]:
    """The paragraph, or as many whole sentences at a time as fit."""
    if len(span) <= size:
        yield span
        return
    start = end = span.start
    for sentence in sentences(text, span):
        if sentence.end - start > size and end > start:
            yield Span(start, end)
            start = sentence.start
        end = sentence.end
    yield Span(start, end)


def _fitting(paragraphs: Sequence[Paragraph], size: int) -> int:
    """How many of the paragraphs fit, at least one."""
    total = 0
    for count, each in enumerate(paragraphs):
        total += len(each.span)
        if total > size and count:
            return count
    return len(paragraphs)


def _last(paragraphs: Sequence[Paragraph], size: int) -> Sequence[Paragraph]:
    """The last paragraphs that fit; none where even the last is too long."""
    total, first = 0, len(paragraphs)
    while first and total + len(paragraphs[first - 1].span) <= size:
        total += len(paragraphs[first - 1].span)
        first -= 1
    return paragraphs[first:]
