"""What a trained reader sees: where claims begin, who speaks before anybody knows who that is, which words place a claim."""

from __future__ import annotations

from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True)
class Leads:
    """With which words the mention of something may begin; all chances are 0 to 1, and together 1 or a little less."""

    none: float  # that there is none
    at: Mapping[Span, float]  # word -> that it begins there; what is hardly likely is left out

    def of(self, mention: Span) -> float:
        """How likely these are the words."""
        return sum(chance for word, chance in self.at.items() if word.overlap(mention))


@dataclass(frozen=True, slots=True)
class Bearings:
    """Where, as a trained reader sees it, the words stand that tell place and time of a claim."""

    place: Leads
    time: Leads
