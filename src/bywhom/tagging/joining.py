"""Contents, cues and sources of one window joined into attributions: where the pointers point.

A word has one tag, but attributions stand inside one another, and a cue or a source inside somebody's words is tagged as content.
So pointers may lead to words without the tag that they ask for, where no tagged words are nearly as likely.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from bywhom.tagging.decoding import Chunk, Numbers, Outputs, Path, chunks, end_chances, log_softmax, softmax
from bywhom.tagging.labels import ROLES

# Set on PolNeAR dev.
_MUCH = 2.0  # how many times likelier an untagged word must be the cue than the likeliest tagged one
_OWN = 0.3  # how much of the say on the source the contents have; the rest is the cue's
_NOBODY = 0.8  # how far "no source" counts: annotators leave sources out that stand there
_HOLDS = 0.3  # how likely the words after an untagged cue must belong to it
_WIDEST = 25  # words of a source

_CUE = [ROLES.index("B-cue"), ROLES.index("I-cue")]


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution in words of a window."""

    contents: tuple[Chunk, ...]
    cue: Chunk | None
    source: Chunk | None
    score: float
    source_score: float


@dataclass(slots=True)
class _Saying:
    """A cue and the contents that hang on it, each with how surely."""

    cue: Chunk
    contents: list[Chunk] = field(default_factory=list)
    linked: float = 1.0

    def add(self, content: Chunk, linked: float) -> None:
        self.contents.append(content)
        self.linked = min(self.linked, linked)


def attributions(outputs: Outputs, path: Path | Sequence[int], chances: Numbers) -> list[Found]:
    """The attributions of one window: contents that hang on one cue belong together."""
    every = list(chunks(path, chances, ROLES))
    contents, cues, sources = ([c for c in every if c.tag == tag] for tag in ("content", "cue", "source"))
    sayings: dict[int, _Saying] = {}
    alone: list[Chunk] = []
    for content in contents:
        cue, linked = _cue_of(content, cues, outputs, chances)
        if cue is None:
            alone.append(content)
        else:
            sayings.setdefault(cue.begin, _Saying(cue)).add(content, linked)
    found = [_found(sayings[begin], sources, outputs) for begin in sorted(sayings)]
    return [*found, *(Found((c,), None, None, c.score, 1.0) for c in alone)]


def _found(saying: _Saying, sources: Sequence[Chunk], outputs: Outputs) -> Found:
    source, sure = _source_of(saying, sources, outputs)
    score = saying.linked * saying.cue.score * min(c.score for c in saying.contents)
    return Found(tuple(saying.contents), saying.cue, source, score, sure * (source.score if source else 1.0))


def _cue_of(content: Chunk, cues: Sequence[Chunk], outputs: Outputs, chances: Numbers) -> tuple[Chunk | None, float]:
    """What a content hangs on, and how surely."""
    rows = log_softmax(outputs.cues[content.begin : content.end])
    untagged = np.exp(rows).mean(0)
    columns = [cue.begin + 1 for cue in cues]
    tagged = untagged[columns]
    for chunk in (*cues, content):
        untagged[chunk.begin + 1 : chunk.end + 1] = 0
    likeliest = int(untagged[1:].argmax()) + 1
    if untagged[likeliest] > _MUCH * tagged.max(initial=0.0):
        return _grown(likeliest - 1, chances), float(untagged[likeliest])
    if not cues:
        return None, 1.0
    among = softmax(rows[:, columns].mean(0))
    return cues[int(among.argmax())], float(among.max())


def _grown(begin: int, chances: Numbers) -> Chunk:
    """A cue that begins at a word, whatever its tag, with what goes on with it."""
    sure = chances[:, _CUE].sum(1)
    end = begin + 1
    while end < len(sure) and sure[end] > _HOLDS:
        end += 1
    return Chunk("cue", begin, end, 1.0)


def _source_of(saying: _Saying, sources: Sequence[Chunk], outputs: Outputs) -> tuple[Chunk | None, float]:
    """Who says it, and how surely: cue and contents are asked, among the tagged sources, all words and nobody."""
    asked = (1 - _OWN) * softmax(outputs.sources[saying.cue.begin]) + _OWN * _own(saying, outputs, "source_begin")
    asked[0] *= _NOBODY
    tagged = np.array([asked[source.begin + 1 : source.end + 1].sum() for source in sources] + [asked[0]])
    for source in sources:
        asked[source.begin + 1 : source.end + 1] = 0
    best, likeliest = int(tagged.argmax()), int(asked[1:].argmax()) + 1
    every = tagged.sum() + asked[likeliest]
    if asked[likeliest] > tagged[best]:
        ends = _own(saying, outputs, "source_end")
        last = likeliest + int(ends[likeliest : likeliest + _WIDEST].argmax())
        return Chunk("source", likeliest - 1, last, 1.0), float(asked[likeliest] / every)
    return (sources[best] if best < len(sources) else None), float(tagged[best] / every)


def _own(saying: _Saying, outputs: Outputs, pointer: str) -> Numbers:
    """Where the contents themselves, as claims, have one end of the mention of their source."""
    each = [end_chances(outputs, content.begin, content.end, pointer) for content in saying.contents]
    return each[0] if len(each) == 1 else np.add.reduce(each, 0) / np.float32(len(each))
