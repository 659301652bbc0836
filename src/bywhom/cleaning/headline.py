"""The headline of a plain text, and the places where it stands again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bywhom.cleaning.dateline import find_dateline, find_monitored
from bywhom.cleaning.furniture import is_sentence
from bywhom.cleaning.layout import Paragraph
from bywhom.cleaning.tables import CleaningTables
from bywhom.cleaning.wording import straight
from bywhom.records import BlockKind, Span

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_LONGEST = 260
_MOST_WORDS = 36
_FEWEST_REPEATED = 4


def mark_headline(text: str, parts: Sequence[Paragraph], tables: CleaningTables) -> tuple[Paragraph, ...]:
    """The paragraphs with the headline marked as title, and a second copy of it as heading."""
    first = next((i for i, part in enumerate(parts) if part.kind in (None, BlockKind.TITLE)), None)
    if first is None or parts[first].kind is BlockKind.TITLE:
        return _mark_again(text, list(parts), first)
    if not _reads_as_headline(text, parts, first, tables):
        return tuple(parts)
    title = replace(parts[first], kind=BlockKind.TITLE, reason="headline")
    marked = [*parts[:first], *_without_site(text, title), *parts[first + 1 :]]
    return _mark_again(text, marked, first)


def _without_site(text: str, title: Paragraph) -> list[Paragraph]:
    """The headline without what a site adds to the titles of its pages: "... | The Outlet", "... - Region - World - The Outlet".

    One dash is left alone: "... – Outlet" is how headlines name whose report they tell.
    """
    words = title.span.of(text)
    bar = re.search(r"\s\|\s(?=[^|]{2,40}$)", words)
    path = re.search(r"(?:\s[-–—]\s[A-Z][^-–—]{1,25}){2,4}$", words)
    added = bar or path
    if not added or len(words[: added.start()].split()) < _FEWEST_REPEATED:
        return [title]
    start = title.span.start + added.start()
    site = Span(start + (3 if bar else 0), title.span.end).trimmed(text)
    mark = [Paragraph(Span(start, site.start).trimmed(text), BlockKind.FURNITURE, "end mark")] if bar else []
    return [
        replace(title, span=Span(title.span.start, start).trimmed(text)),
        *mark,
        Paragraph(site, BlockKind.METADATA, "site name"),
    ]


def title_span(parts: Sequence[Paragraph]) -> Span | None:
    """Where the headline stands."""
    return next((part.span for part in parts if part.kind is BlockKind.TITLE), None)


def repeated_until(text: str, title: Span, start: int, end: int) -> int | None:
    """Where a copy of the headline that opens text[start:end] ends, if the report goes on after it.

    The copy may leave out what a site adds to its headlines ("... - World - The Outlet"). A first sentence that merely
    begins with the headline's words is none: it goes on in small letters.
    """
    here = _WORD.finditer(text, start, min(end, start + _LONGEST * 2))
    words = [(match[0].casefold(), match.end()) for match in here]
    for wanted in _versions(title.of(text)):
        copied = [word for word, _ in words[: len(wanted)]] == wanted
        if copied and len(wanted) >= _FEWEST_REPEATED:
            stop = words[len(wanted) - 1][1]
            stop += len(re.match(r"\s?[\"'”’)]*[.!?…]+[\"'”’)]*|[\"'”’)]*", text[stop : stop + 6])[0])  # type: ignore[index]
            if _starts_anew(text[stop : min(end, stop + 3)]):
                return stop
    return None


def _versions(title: str) -> list[list[str]]:
    """The headline's words, whole and without one, two, ... of the parts that a site adds after dashes or bars."""
    ends = [len(title), *(m.start() for m in reversed(list(re.finditer(r"\s[-–—|]\s", title))))]
    return [[word.casefold() for word in _WORD.findall(title[:end])] for end in ends]


def _starts_anew(rest: str) -> bool:
    rest = rest.lstrip(" \t|-–—:")
    return not rest or not rest[0].islower()


def _mark_again(text: str, parts: list[Paragraph], first: int | None) -> tuple[Paragraph, ...]:
    """Of the paragraphs after the headline, those that are the headline once more or a second wording of it."""
    if first is None:
        return tuple(parts)
    title = parts[first].span
    seen = 0
    for index in range(first + 1, min(first + 8, len(parts))):
        part = parts[index]
        if part.kind is None:
            if _is_again(text, title, part.span):
                parts[index] = replace(part, kind=BlockKind.HEADING, reason="the title again")
            seen += 1
        if seen >= 2:
            break
    return tuple(parts)


def _is_again(text: str, title: Span, span: Span) -> bool:
    if len(span) > _LONGEST:
        return False
    if repeated_until(text, title, span.start, span.end) == span.end:
        return True
    if is_sentence(span.of(text)) and span.of(text).endswith((".", ".”", '."')):
        return False
    own, other = (set(_WORD.findall(words.casefold())) for words in (title.of(text), span.of(text)))
    if len(other) < _FEWEST_REPEATED:
        return False
    # Straight below the headline, an unclosed line that shares much with it is its longer or shorter version.
    unclosed = span.of(text)[-1].isalnum() and len(other) < 1.6 * len(own)
    return len(own & other) >= (0.45 * min(len(own), len(other)) if unclosed else 0.6 * len(own | other))


def _reads_as_headline(text: str, parts: Sequence[Paragraph], index: int, tables: CleaningTables) -> bool:
    """Whether the first paragraph that could be the report's is its headline instead."""
    words = parts[index].span.of(text)
    report_follows = any(part.kind is None for part in parts[index + 1 :])
    if not report_follows or len(words) > _LONGEST or len(words.split()) > _MOST_WORDS:
        return False
    if words[0].islower() or _is_signed(text, parts[index].span, tables):
        return False
    if re.search(r"(?<!\.\.)[.,;:][\"'”’)]*$", words):
        return _stands_again(text, parts, index)
    return _follows_a_sentence(text, parts, index) and not _is_speech(words)


def _is_signed(text: str, span: Span, tables: CleaningTables) -> bool:
    """Whether a line is the date line of an agency, or the head that a monitoring service writes."""
    return (find_dateline(text, span, tables) or find_monitored(text, span, tables)) is not None


def _stands_again(text: str, parts: Sequence[Paragraph], index: int) -> bool:
    following = next((p for p in parts[index + 1 :] if p.kind is None), None)
    if following is None:
        return False
    title, again = parts[index].span, following.span
    # A date may stand before the copy.
    starts = [again.start, *(again.start + m.end() for m in re.finditer(r"\s(?=\S)", again.of(text)[:60]))]
    return any(repeated_until(text, title, start, again.end) for start in starts)


def _follows_a_sentence(text: str, parts: Sequence[Paragraph], index: int) -> bool:
    """Whether some later paragraph is a sentence: a list of short lines has no headline."""
    return any(part.kind is None and is_sentence(part.span.of(text)) for part in parts[index + 1 : index + 12])


def _is_speech(words: str) -> bool:
    plain = straight(words)
    return plain.startswith('"') and plain.endswith('"') and plain.count('"') == 2
