"""The trained reader: what it sees in one document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from bywhom.records import Bearings, BlockKind, Document, Leads, Opening, Span, Tagged
from bywhom.tagging.decoding import (
    Numbers,
    Outputs,
    best_paths,
    chances,
    end_chances,
    field_chances,
    mention_chances,
    relay_chances,
)
from bywhom.tagging.joining import attributions
from bywhom.tagging.labels import CLAIM_TAGS, FIELDS, columns
from bywhom.tagging.model import Model
from bywhom.tagging.modelfile import ModelFile
from bywhom.tagging.windows import SIZE, Window, windows

_COLUMNS = columns()
_WIDEST = 25  # words of a mention
_LIKELY = 0.5
_POSSIBLE = 0.001
_HARDLY = 0.01
_BEGINS = CLAIM_TAGS.index("B-claim")
_MOST = 300  # windows, some 60,000 words: what the network says of each takes a megabyte until the report is read


@dataclass(frozen=True, slots=True)
class Pointed:
    """Words that the reader takes for a source or a relay; no span: there is none."""

    span: Span | None
    chance: float
    none: float = 0.0  # the probability that there is none


@dataclass(frozen=True, slots=True)
class Judged:
    """What the reader makes of one stretch of words as a claim."""

    chances: Mapping[str, Numbers]  # field -> the probability of each of its values, in the order of labels.FIELDS
    source: Pointed  # the words nearest to the claim that stand for its source
    name: Pointed  # the words that name it in full
    relays: tuple[Pointed, ...]
    begins: Leads  # the mention of the source

    def chance_of_source(self, mention: Span | None) -> float:
        """How likely these words are the mention of the source; None: that it has none."""
        return self.begins.none if mention is None else self.begins.of(mention)

    def best(self, field: str) -> tuple[str, float]:
        """The likeliest value of a field."""
        at = int(self.chances[field].argmax())
        return FIELDS[field][at], float(self.chances[field][at])

    def chance(self, field: str, value: str) -> float:
        return float(self.chances[field][FIELDS[field].index(value)])


@dataclass(frozen=True, slots=True)
class _View:
    """One window, and what the network says of it."""

    window: Window
    said: Outputs


class Sight:
    """What the reader sees in one document."""

    def __init__(
        self, views: Sequence[_View], role_moves: Numbers, tag_moves: Numbers, unseen: Span | None = None
    ) -> None:
        self._views, self._role_moves, self._tag_moves = views, role_moves, tag_moves
        self.unseen = unseen  # where a text goes on that is longer than any report
        self._begins = [view.window.words[0].start for view in views]

    def attributions(self) -> Iterator[Tagged]:
        """Who says what, in text order."""
        logits = [view.said.roles for view in self._views]
        paths, sure = best_paths(logits, self._role_moves), chances(logits, self._role_moves)
        for view, path, each in zip(self._views, paths, sure, strict=True):
            words = view.window.words
            for found in sorted(attributions(view.said, path, each), key=lambda one: one.contents[0].begin):
                yield Tagged(
                    tuple(content.span(words) for content in found.contents),
                    found.cue.span(words) if found.cue else None,
                    found.source.span(words) if found.source else None,
                    found.score,
                    found.source_score,
                )

    def openings(self) -> Iterator[Opening]:
        """The words with which a claim may begin, in text order; those with which none does are left out."""
        each = chances([view.said.tags for view in self._views], self._tag_moves)
        for view, sure in zip(self._views, each, strict=True):
            begins = sure[:, _BEGINS]
            for at in np.flatnonzero(begins > _HARDLY):
                yield Opening(view.window.words[at].start, float(begins[at]))

    def judged(self, span: Span) -> Judged | None:
        """What it makes of a stretch as one claim; None where it holds no word of the body."""
        part = self._part(span)
        return _judged(*part) if part else None

    def bearings(self, span: Span) -> Bearings | None:
        """Where it sees place and time of a stretch as one claim; None where it holds no word of the body."""
        part = self._part(span)
        return Bearings(_leads(*part, "place"), _leads(*part, "time")) if part else None

    def _part(self, span: Span) -> tuple[_View, int, int] | None:
        """The window that shows most of a stretch, and which of its words."""
        at = bisect_right(self._begins, span.start) - 1
        parts = (part for view in self._views[max(at, 0) : at + 2] if (part := _words(view, span)))
        return max(parts, key=lambda part: part[2] - part[1], default=None)


def _words(view: _View, span: Span) -> tuple[_View, int, int] | None:
    words = view.window.words
    begin = bisect_right(words, span.start, key=lambda word: word.end)
    end = bisect_right(words, span.end - 1, key=lambda word: word.start)
    return (view, begin, end) if begin < end else None


def _judged(view: _View, begin: int, end: int) -> Judged:
    begins, ends = mention_chances(view.said, begin, end, "source")
    return Judged(
        field_chances(view.said, begin, end, _COLUMNS),
        _pointed(view, begins, ends),
        _pointed(view, *mention_chances(view.said, begin, end, "name")),
        tuple(_relays(view, *relay_chances(view.said, begin, end))),
        _likely(view, begins),
    )


def _leads(view: _View, begin: int, end: int, pointer: str) -> Leads:
    return _likely(view, end_chances(view.said, begin, end, pointer))


def _likely(view: _View, begins: Numbers) -> Leads:
    words = np.flatnonzero(begins[1:] > _POSSIBLE) + 1
    return Leads(float(begins[0]), {_span(view, int(at), int(at)): float(begins[at]) for at in words})


def _pointed(view: _View, begins: Numbers, ends: Numbers) -> Pointed:
    """The likeliest mention: where it begins, and where it ends not far behind."""
    first = int(begins.argmax())
    if first == 0:
        return Pointed(None, float(begins[0]), float(begins[0]))
    last = first + int(ends[first : first + _WIDEST].argmax())
    return Pointed(_span(view, first, last), float(begins[first]), float(begins[0]))


def _relays(view: _View, begins: Numbers, ends: Numbers) -> Iterator[Pointed]:
    """The mentions that are likelier relays than not."""
    for first in np.flatnonzero(begins > _LIKELY):
        last = int(first) + int(ends[first : first + _WIDEST].argmax())
        yield Pointed(_span(view, int(first) + 1, last + 1), float(begins[first]))


def _span(view: _View, first: int, last: int) -> Span:
    """The words of two columns and what stands between."""
    words = view.window.words
    return Span(words[first - 1].start, words[last - 1].end)


class TrainedReader:
    """A model that sees documents."""

    def __init__(self, model: Model, version: str, digest: str) -> None:
        self._model = model
        self.name, self.digest = f"reader {version}", digest

    @classmethod
    def load(cls, file: ModelFile | None = None) -> TrainedReader:
        """The reader that ships with the package.

        Raises: ModelMissing where its file is missing, cut or altered, or cannot be run here.
        """
        file = file or ModelFile.named("reader")
        content = file.content()
        return cls(Model(content), file.version, sha256(content).hexdigest())

    def tag(self, doc: Document) -> tuple[Tagged, ...]:
        """The attributions of one document, in text order."""
        return tuple(self.see(doc).attributions())

    def see(self, doc: Document, size: int = SIZE) -> Sight:
        """What it sees in the body of a document."""
        cut = self.cut(doc, size)
        views = [_View(window, self._model.run(window)) for window in cut[:_MOST]]
        unseen = Span(cut[_MOST].words[0].start, cut[-1].words[-1].end) if len(cut) > _MOST else None
        return Sight(views, self._model.role_moves, self._model.tag_moves, unseen)

    def cut(self, doc: Document, size: int = SIZE) -> list[Window]:
        """The windows of the body of a document."""
        body = [block.span for block in doc.blocks if block.kind is BlockKind.BODY]
        return list(windows(doc.text, body, self._model.vocabulary, size))
