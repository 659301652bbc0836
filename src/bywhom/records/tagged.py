"""What a trained reader sees: claims, and attributions before anybody knows who the source is."""

from __future__ import annotations

from dataclasses import dataclass

from bywhom.records.span import Span


@dataclass(frozen=True, slots=True)
class Seen:
    """Words that a trained reader takes for a claim."""

    span: Span
    score: float  # 0 to 1
    opening: float = 1.0  # 0 to 1: that a claim begins just there


@dataclass(frozen=True, slots=True)
class Tagged:
    """Spans of one attribution; all are code points of Document.text."""

    contents: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    score: float  # 0 to 1: that somebody says this
    source_score: float  # 0 to 1: that it is this source, or none
