"""From one claim of an answer to a proposal: every word of it found in the report, every label one of ours, or left open.

Nothing here trusts the answer: it may have been written by a report that gives instructions to models.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from bywhom.asking.locating import Page
from bywhom.asking.pieces import Piece
from bywhom.prose.forms import form_of
from bywhom.prose.quotations import QuotationIndex, quotations
from bywhom.prose.sentences import sentences
from bywhom.records import (
    Actor,
    Attribution,
    BlockKind,
    Certainty,
    Channel,
    Document,
    EventType,
    Hop,
    Mention,
    Modality,
    Polarity,
    Proposal,
    Quote,
    Resolution,
    Role,
    Source,
    SourceKind,
    Span,
)

L = TypeVar("L", bound=StrEnum)

_LONGEST = 1500  # code points: what is longer is no clause
_MANY = 8  # relays, actors, marks of distance of one claim
_OPENING, _CLOSING = '"“„«', '"”“»'
_LOOSE = " \t\r\n,;"  # marks that belong to no clause or name, at either end of it
_STOPS = _LOOSE + "."
_PRONOUNS = frozenset("i we he she it they you me us him her them one this that these those who".split())
_ARTICLES = frozenset(["the", "a", "an"])


class NotThere(Exception):
    """Words of a claim do not stand in the report."""


class Report:
    """A report, made ready for finding words in it: anywhere but in the furniture of its page."""

    def __init__(self, doc: Document) -> None:
        self.doc, self.text = doc, doc.text
        self.whole = Span(0, len(doc.text))
        self.page = Page(_without_furniture(doc))
        self._paragraphs = [block.span for block in doc.blocks if block.kind is BlockKind.BODY]
        self._quoted = QuotationIndex(quotations(doc.text, self._paragraphs))
        self._sentences = [each for paragraph in self._paragraphs for each in sentences(doc.text, paragraph)]

    def mention(self, span: Span) -> Mention:
        return Mention.at(span, self.text)

    def in_a_paragraph(self, span: Span) -> bool:
        """Whether the span lies inside one paragraph of the body."""
        at = bisect_right(self._paragraphs, span.start, key=lambda paragraph: paragraph.start) - 1
        return at >= 0 and self._paragraphs[at].covers(span)

    def frame(self, span: Span) -> Span:
        """The sentences that the span's words stand in."""
        first = bisect_right(self._sentences, span.start, key=lambda sentence: sentence.end)
        last = bisect_left(self._sentences, span.end, key=lambda sentence: sentence.start) - 1
        if first > last:
            return span
        return Span(min(span.start, self._sentences[first].start), max(span.end, self._sentences[last].end))

    def form(self, span: Span) -> Quote:
        """Direct, mixed or indirect, by the quotation marks of the report: on this a model need not be asked."""
        return form_of(self.text, span, self._quoted)


def _without_furniture(doc: Document) -> str:
    """The text with signs that nobody writes in the place of comments, menus and the like."""
    parts, at = [], 0
    for block in doc.blocks:
        if block.kind is BlockKind.FURNITURE:
            parts += [doc.text[at : block.span.start], "\0" * len(block.span)]
            at = block.span.end
    return "".join((*parts, doc.text[at:]))


def propose(claim: object, report: Report, piece: Piece, *, by: str) -> Proposal:
    """The claim, its words found in the piece.

    Raises: NotThere where its text, source, cue or a relay is not in the report.
    """
    told = claim if isinstance(claim, Mapping) else {}
    span = _content(told, report, piece)
    cue = _needed(told.get("cue"), report, piece.shown, span)
    return Proposal(
        span=span,
        attribution=_attribution(told, report, piece, span, cue, by),
        event=_label(told.get("event"), EventType),
        actors=_actors(told.get("actors"), report, piece, span),
        certainty=_label(told.get("certainty"), Certainty),
        polarity=_label(told.get("polarity"), Polarity),
        modality=_label(told.get("modality"), Modality),
        distance=_distance(told.get("distance"), report, piece, span),
    )


def _content(told: Mapping[str, object], report: Report, piece: Piece) -> Span:
    """Where the claim's own words stand: inside one paragraph, without the marks around them."""
    words = told.get("text")
    found = report.page.find(words, piece.span, piece.paragraph(_number(told))) if isinstance(words, str) else None
    if found is None or not report.in_a_paragraph(found):
        raise NotThere
    span = _bare(found, report.text)
    if not 0 < len(span) <= _LONGEST:
        raise NotThere
    return span


def _number(told: Mapping[str, object]) -> int | None:
    number = told.get("paragraph")
    return number if isinstance(number, int) else None


def _bare(span: Span, text: str) -> Span:
    """The span without quotation marks that have no partner inside it, or enclose all of it."""
    span = span.trimmed(text, _STOPS)
    words = span.of(text)
    inner = words[1:-1]
    opens, closes = words[:1] in tuple(_OPENING), words[-1:] in tuple(_CLOSING)
    if opens and not any(mark in inner for mark in _CLOSING):
        span = Span(span.start + 1, span.end)
    if closes and len(span) and not any(mark in inner for mark in _OPENING):
        span = Span(span.start, span.end - 1)
    return span.trimmed(text, _STOPS)


# Who answers for it ---------------------------------------------------------------------------------------------------


def _attribution(
    told: Mapping[str, object], report: Report, piece: Piece, span: Span, cue: Span | None, by: str
) -> Attribution:
    source = _source(told, report, piece, span, cue)
    return Attribution(
        content=span,
        quote=report.form(span) if source else Quote.NONE,
        source=source,
        cue=report.mention(cue) if cue else None,
        relays=_relays(told.get("via"), report, span),
        channel=_label(told.get("channel"), Channel),
        frame=report.frame(span),
        by=by,
    )


def _source(told: Mapping[str, object], report: Report, piece: Piece, span: Span, cue: Span | None) -> Source | None:
    """Who answers for it; an explicit unknown where there is a cue and nobody is named, None for the publisher."""
    found = _needed(told.get("source"), report, piece.shown, cue or span)
    if found is None:
        return Source(None, SourceKind.ANONYMOUS, None) if cue else None
    mention = report.mention(found)
    full = _full_name(told.get("source_name"), report, found)
    name = _name(full or mention.text) or _name(mention.text)
    if name is None or name.lower() in _PRONOUNS:
        return Source(None, _kind(told.get("source_kind")), mention, Resolution.PRONOUN)
    return Source(name, _kind(told.get("source_kind")), mention, _resolution(_name(mention.text), name))


def _full_name(words: object, report: Report, near: Span) -> str | None:
    """The fullest form of a name, as it stands anywhere in the report."""
    found = report.page.find(words, report.whole, near) if isinstance(words, str) else None
    return found.of(report.text) if found else None


def _resolution(mention: str | None, name: str) -> Resolution:
    if mention is None or mention == name:
        return Resolution.NAMED
    if mention.lower() in _PRONOUNS:
        return Resolution.PRONOUN
    return Resolution.SURNAME if set(mention.split()) <= set(name.split()) else Resolution.DESCRIPTION


def _relays(value: object, report: Report, span: Span) -> tuple[Hop, ...]:
    hops = []
    for each in value[:_MANY] if isinstance(value, list) else ():
        name, kind = (each.get("name"), each.get("kind")) if isinstance(each, Mapping) else (each, None)
        found = _needed(name, report, report.whole, span)  # a dateline or the headline may name it
        mention = report.mention(found) if found else None
        hops.append(Hop(_name(mention.text) if mention else None, _kind(kind), mention))
    return tuple(hops)


# What is said ---------------------------------------------------------------------------------------------------------


def _actors(value: object, report: Report, piece: Piece, span: Span) -> tuple[Actor, ...] | None:
    """Those of the actors whose names stand in the claim or near it."""
    if not isinstance(value, list):
        return None
    actors = []
    for each in value[:_MANY]:
        name, role = (each.get("name"), each.get("role")) if isinstance(each, Mapping) else (None, None)
        found = report.page.find(name, piece.shown, span) if isinstance(name, str) else None
        if found:
            mention = report.mention(found)
            actors.append(Actor(_name(mention.text) or mention.text, _label(role, Role) or Role.OTHER, mention))
    return tuple(dict.fromkeys(actors))


def _distance(value: object, report: Report, piece: Piece, span: Span) -> tuple[Mention, ...] | None:
    """Those of the marks of distance that stand in the report."""
    if not isinstance(value, list):
        return None
    found = (report.page.find(each, piece.shown, span) for each in value[:_MANY] if isinstance(each, str))
    return tuple(sorted({report.mention(each) for each in found if each}))


# Words and labels -----------------------------------------------------------------------------------------------------


def _needed(words: object, report: Report, within: Span, near: Span) -> Span | None:
    """Where words stand that must be there if they are given; None where none are given.

    Raises: NotThere.
    """
    if words is None or words == "":
        return None
    found = report.page.find(words, within, near, apart=True) if isinstance(words, str) else None
    if found is None:
        raise NotThere
    return found


def _name(words: str) -> str | None:
    """A name or description with single blanks, without the article before it and the marks around it, if any is left."""
    parts = words.strip(_LOOSE + _OPENING + _CLOSING).removesuffix("’s").removesuffix("'s").split()
    return " ".join(parts[1:] if len(parts) > 1 and parts[0].lower() in _ARTICLES else parts) or None


def _kind(value: object) -> SourceKind:
    """The role of somebody; who speaks in no role that we know is nobody in particular, and protected as such."""
    kind = _label(value, SourceKind)
    return SourceKind.ANONYMOUS if kind in (None, SourceKind.PUBLISHER) else kind


def _label(value: object, labels: type[L]) -> L | None:
    """The label, None for one that is not in the vocabulary."""
    word = value.strip().lower() if isinstance(value, str) else None
    return next((label for label in labels if label.value == word), None)
