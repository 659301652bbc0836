"""Clauses cut again where a trained reader sees several claims in one, or a claim where the rules see none."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from bywhom.records import Seen, Span

_INSIDE = 0.6  # of a claim seen must lie in a clause to be a part of it
_APART = 0.3  # of a claim seen may lie in clauses that are claims of their own already


def recut(clauses: Sequence[Span], content: Span, seen: Sequence[Seen], sure: float) -> list[Span]:
    """The clauses of one content; where two or more claims are seen in one, those, and what is seen beside them all.

    `seen` is in text order, one behind the other; `sure` is how likely it must be that a claim begins just there.
    """
    first = bisect_right(seen, content.start, key=lambda one: one.span.end)
    last = bisect_left(seen, content.end, key=lambda one: one.span.start)
    inside = [one for one in seen[first:last] if one.span.overlap(content) >= _INSIDE * len(one.span)]
    found = [part for clause in clauses for part in _parts(clause, inside, sure)]
    return sorted({*found, *_beside(found, content, inside, sure)})


def _parts(clause: Span, seen: Sequence[Seen], sure: float) -> list[Span]:
    parts = [one for one in seen if one.span.overlap(clause) >= _INSIDE * len(one.span)]
    if len(parts) < 2 or min(one.opening for one in parts[1:]) < sure:
        return [clause]
    return [_within(one.span, clause) for one in parts]


def _beside(found: Sequence[Span], content: Span, seen: Sequence[Seen], sure: float) -> Iterator[Span]:
    for one in seen:
        if one.opening >= sure and sum(one.span.overlap(each) for each in found) <= _APART * len(one.span):
            yield _within(one.span, content)


def _within(span: Span, around: Span) -> Span:
    return Span(max(span.start, around.start), min(span.end, around.end))
