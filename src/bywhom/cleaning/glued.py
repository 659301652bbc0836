"""Furniture and metadata glued to a paragraph of the report, cut off so that the report begins at its first sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bywhom.cleaning.dateline import find_bare_town, find_dateline, find_inner_dateline, find_monitored
from bywhom.cleaning.flattened import SENTENCE_END, Cut, flat_cuts, head_caption, link_end, repeated_captions
from bywhom.cleaning.headline import repeated_until, title_span
from bywhom.cleaning.layout import Paragraph
from bywhom.cleaning.tables import CleaningTables
from bywhom.cleaning.wording import Wording, Wordings, straight
from bywhom.records import BlockKind, Dateline, Span

_LOOK = 900
# Paragraphs longer than this are no page's paragraphs; only their two ends are looked at.
_LONGEST = 60_000
_PREFACE = 180
_MOST_CUTS = 12  # at one head or tail; more is a list, not a report
_HEADS = 3  # so many of the report's first paragraphs may have something glued before them
_LABEL = re.compile(
    r"(?<!\w)(?:Date|Source|Sources|Tags?|Author|Authors|Published|Publisher|Updated|Posted|Categor(?:y|ies)|Topics?|Keywords?"
    r"|URL|Link|Language|Section|Title|DATE|SOURCE|TAGS|AUTHOR)\s?:\s"
)
_JOINT = re.compile(r"([A-Z]?[a-z’']{2,}[?!]?)([A-Z][a-z]+)(?=['’,]|$)")
_SMALL_WORDS = frozenset("a an and against as at by for from in is of on or over the to under with without".split())


def cut_labels(text: str, parts: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The first paragraphs without a tail of labelled metadata: "HEADLINE Date: ... Source: ... Tags: ..."."""
    return tuple(
        piece
        for index, part in enumerate(parts)
        for piece in (_without_labels(text, part) if index < _HEADS else (part,))
    )


def cut_glued(
    text: str, parts: Sequence[Paragraph], words: Wordings, tables: CleaningTables
) -> tuple[tuple[Paragraph, ...], Dateline | None]:
    """The paragraphs parted where something is glued to the report, and the agency date line if there is one."""
    body = [index for index, part in enumerate(parts) if part.kind is None]
    heads, last = set(body[:_HEADS]), body[-1] if body else -1
    title = title_span(parts)
    dateline: Dateline | None = None
    pieces: list[Paragraph] = []
    for index, part in enumerate(parts):
        if part.kind is not None:
            pieces.append(part)
            continue
        cuts = _heads(text, part, title, words) if index in heads else []
        start = Span(cuts[-1].span.end if cuts else part.span.start, part.span.end).trimmed(text).start
        cuts += _glued_heading(text, part)
        if index in heads and dateline is None:
            dateline = _dateline(text, part, cuts, tables)
            cuts += [_as_cut(dateline)] if dateline else []
        cuts += _insides(text, part, words, start, index == last)
        cuts += _tails(text, part, words) if index == last else []
        pieces += _parted(text, part, cuts)
    return tuple(pieces), dateline


def _without_labels(text: str, part: Paragraph) -> tuple[Paragraph, ...]:
    labels = list(_LABEL.finditer(text, part.span.start, min(part.span.end, part.span.start + 2000)))
    if part.kind is not None or len(labels) < 2 or labels[0].start() == part.span.start:
        return (part,)
    if part.span.end - labels[0].start() > 900:
        return (part,)
    head = Span(part.span.start, labels[0].start()).trimmed(text)
    tail = Paragraph(Span(labels[0].start(), part.span.end), BlockKind.METADATA, "line of metadata")
    return (Paragraph(head), tail)


# ---- at the head ----------------------------------------------------------------------------------------------------


def _heads(text: str, part: Paragraph, title: Span | None, words: Wordings) -> list[Cut]:
    """What stands before the first sentence: dates, counters, the headline once more, the author's name."""
    cuts: list[Cut] = []
    at = part.span.start
    while len(cuts) < _MOST_CUTS and (cut := _head_at(text, at, part.span.end, title, words, cuts)):
        cuts.append(cut)
        at = cut.span.end
        while at < part.span.end and (text[at].isspace() or text[at] in "|,;:–—-•·"):
            at += 1
    return cuts


def _head_at(text: str, at: int, end: int, title: Span | None, words: Wordings, before: list[Cut]) -> Cut | None:
    if at >= end:
        return None
    again = repeated_until(text, title, at, end) if title else None
    if again:
        return Cut(Span(at, again), BlockKind.HEADING, "the title again")
    plain = straight(text[at : min(end, at + _LOOK)])
    after_title = bool(before) and before[-1].reason == "the title again"
    for rule in (*words.heads, *(words.heads_after_title if after_title else ())):
        match = rule.pattern.match(plain)
        if match and match.end() and _report_follows(plain[match.end() :]):
            return Cut(Span(at, at + match.end()).trimmed(text), rule.kind, rule.name)
    if before:
        links = _related(text, Span(at, end), title, plain, words)
        caption = head_caption(plain, words.flat) if before[-1].kind is not BlockKind.HEADING else None
        return links or (replace(caption, span=Span(at, at + caption.span.end)) if caption else None)
    return _preface(text, at, end, title) if title else None


def _related(text: str, rest: Span, title: Span | None, plain: str, words: Wordings) -> Cut | None:
    """The headlines of other stories behind a row of buttons: "Views 458 Related ...", up to the headline or a sentence."""
    label = re.match(r"Related (?=[A-Z\d])", plain)
    if not label:
        return None
    copies = (rest.start + m.end() for m in re.finditer(r"\s(?=\S)", plain[: _PREFACE * 2]))
    again = next((copy for copy in copies if title and repeated_until(text, title, copy, rest.end)), None)
    shown = link_end(plain[label.end() :], words.flat)
    stop = again or (rest.start + label.end() + shown if shown else None)
    return Cut(Span(rest.start, stop).trimmed(text), BlockKind.FURNITURE, "link to another story") if stop else None


def _preface(text: str, at: int, end: int, title: Span) -> Cut | None:
    """What stands before a copy of the headline, if it is no sentence: "Posted on 3 June by Anna Keller THE HEADLINE"."""
    for word in re.finditer(r"\s(?=\S)", text[at : min(end, at + _PREFACE)]):
        start = at + word.end()
        if re.search(r"[.!?]\s", text[at:start]):
            return None
        if repeated_until(text, title, start, end):
            reason = "by-line" if re.search(r"\bby\s+[A-Z]", text[at:start]) else "line of metadata"
            return Cut(Span(at, start).trimmed(text), BlockKind.METADATA, reason)
    return None


def _report_follows(rest: str) -> bool:
    """Whether the words after a date can begin a report: "5 May 1917, troops ..." goes on as a sentence."""
    if not rest.strip():
        return True
    words = rest.lstrip(" |:;-\u2022\u00b7")
    parted = len(words) < len(rest)
    return words[:1].isupper() or words[:1] == "(" or (parted and words[:1] in tuple("\"'[0123456789"))


def _dateline(text: str, part: Paragraph, cuts: list[Cut], tables: CleaningTables) -> Dateline | None:
    start = cuts[-1].span.end if cuts else part.span.start
    rest = Span(start, part.span.end).trimmed(text)
    bare = find_bare_town(text, rest, tables) if cuts else None
    signed = find_dateline(text, rest, tables) or find_monitored(text, rest, tables)
    return signed or bare or find_inner_dateline(text, rest, tables)


def _as_cut(dateline: Dateline) -> Cut:
    return Cut(dateline.span, BlockKind.METADATA, "agency date line")


def _glued_heading(text: str, part: Paragraph) -> list[Cut]:
    """A heading whose line break is lost: "Critical VoicesThe ministry ...", words in capitals up to a joint inside a word.

    The joint is one only where what follows it is a word of the text by itself: YouTube and MacArthur have none.
    """
    for count, match in enumerate(
        re.finditer(r"\S+", text[part.span.start : min(part.span.end, part.span.start + 120)])
    ):
        joint = _JOINT.match(match[0])
        # Mac, Van and You are heads of names; so a heading's last word is longer, and its only word longer yet.
        telling = joint and len(joint[1]) >= (4 if count else 6)
        if joint and telling and re.search(rf"(?<![\w’']){joint[2]}(?!\w)", text[:_LONGEST]):
            end = part.span.start + match.start() + joint.end(1)
            return [Cut(Span(part.span.start, end), BlockKind.HEADING, "heading glued to its paragraph")]
        if count > 8 or not (match[0][0].isupper() or (count and match[0] in _SMALL_WORDS)):
            break
    return []


# ---- inside and at the tail -----------------------------------------------------------------------------------------


def _insides(text: str, part: Paragraph, words: Wordings, start: int, last: bool) -> list[Cut]:
    """What stands between the sentences from `start` on."""
    if len(part.span) > _LONGEST:
        return []
    plain = straight(text[start : part.span.end])
    cuts = [
        Cut(Span(start + match.start(), start + match.end()).trimmed(text), rule.kind, rule.name)
        for rule in words.insides
        for match in rule.pattern.finditer(plain)
    ]
    flat = [*flat_cuts(plain, words.flat, last=last), *repeated_captions(plain, words.credit)]
    return cuts + [replace(cut, span=Span(start + cut.span.start, start + cut.span.end)) for cut in flat]


def _tails(text: str, part: Paragraph, words: Wordings) -> list[Cut]:
    """What stands after the last sentence, taken off rule by rule until none fits."""
    cuts: list[Cut] = []
    end = part.span.end
    while len(cuts) < _MOST_CUTS and (cut := _tail_before(text, part.span.start, end, words)):
        cuts.append(cut)
        end = Span(part.span.start, cut.span.start).trimmed(text).end
    return cuts


def _tail_before(text: str, start: int, end: int, words: Wordings) -> Cut | None:
    low = max(start, end - _LOOK)
    plain = straight(text[low:end])
    for boundary in SENTENCE_END.finditer(plain):
        rest = plain[boundary.end() :]
        rule = _whole_rule(rest, words.tails) if rest else None
        if rule:
            return Cut(Span(low + boundary.end(), end), rule.kind, rule.name)
    return None


def _whole_rule(plain: str, rules: Sequence[Wording]) -> Wording | None:
    return next((rule for rule in rules if rule.pattern.fullmatch(plain)), None)


# ---- putting together -----------------------------------------------------------------------------------------------


def _parted(text: str, part: Paragraph, cuts: list[Cut]) -> list[Paragraph]:
    """The paragraph as its cuts and, between them, what is left of it."""
    pieces: list[Paragraph] = []
    at = part.span.start
    for cut in sorted(cuts, key=lambda cut: (cut.span.start, -cut.span.end)):
        if cut.span.start < at or not len(cut.span):
            continue
        pieces += _rest(text, at, cut.span.start)
        pieces.append(Paragraph(cut.span, cut.kind, cut.reason))
        at = cut.span.end
    return [*pieces, *_rest(text, at, part.span.end)]


def _rest(text: str, start: int, end: int) -> list[Paragraph]:
    span = Span(start, end).trimmed(text)
    if not len(span):
        return []
    if not any(char.isalnum() for char in span.of(text)):
        return [Paragraph(span, BlockKind.FURNITURE, "end mark")]
    return [Paragraph(span)]
