"""What a trained reader sees: where claims begin, and attributions before anybody knows who the source is."""

from __future__ import annotations

from dataclasses import dataclass

from bywhom.records.span import Span


@dataclass(frozen=True, slots=True)
class Opening:
    """A word with which, as a trained reader sees it, a claim may begin."""

    at: int  # where the word begins
    chance: float  # 0 to 1


@dataclass(frozen=True, slots=True)
class Tagged:
    """Spans of one attribution; all are code points of Document.text."""

    contents: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    score: float  # 0 to 1: that somebody says this
    source_score: float  # 0 to 1: that it is this source, or none
