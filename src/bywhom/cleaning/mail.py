"""The heads of mails in plain text, and the lines by which a messenger says whose message it passes on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bywhom.cleaning.layout import Paragraph
from bywhom.records import BlockKind, Dateline, Mention, Span

HEADER, SUBJECT, SENDER, PASSED_ON = "mail header", "mail subject", "mail sender", "message passed on by"

_NAMES = (
    r"(?:From|To|Cc|CC|Bcc|Date|Sent|Subject|Reply-To|Return-Path|Received|Delivered-To|Message-I[Dd]|In-Reply-To|References"
    r"|MIME-Version|Importance|Attachments?|User-Agent|Authentication-Results|(?:Thread|List|DKIM|ARC|Content|X)-[\w-]+)"
)
_LINE = rf"[ \t]*{_NAMES}[ \t]?:[^\n]*(?:\n[ \t]{{1,8}}\S[^\n]*)*"
_HEAD = re.compile(rf"^(?:{_LINE}(?:\n|\Z)){{2,80}}", re.MULTILINE)
_FIELD = re.compile(rf"^[ \t]*(?P<name>{_NAMES})[ \t]?:[ \t]*(?P<value>[^\n]*)", re.MULTILINE)
_AGAIN = re.compile(r"(?:(?:re|fw|fwd|aw|wg|tr)\s?:\s*)+", re.IGNORECASE)
_SENDER = re.compile(r"[\"']?(?P<name>[^\"'<>\[\]\n]+?)[\"']?\s*(?:<|\[mailto:|$)")
_PASSED_LINE = re.compile(
    r"(?:\[(?:Forwarded|Reposted|Fwd)(?: message)? from:? (?P<boxed>[^\[\]\n]{2,120})\]"
    r"|(?:Forwarded|Reposted|Fwd)(?: message)? from: ?(?P<named>[^\n]{2,120}?)"
    r"|(?:Forwarded|Reposted) from (?P<bare>[A-Z@][^\s.]*(?: [^\s.]+){0,5}))[ \t\r]*(?=\n|\Z)"
)
_SIGNATURE = re.compile(r"^--[ \t\r]*\n", re.MULTILINE)
_LONGEST_SIGNATURE = 600


def without_heads(text: str) -> str:
    """The text with blanks in the places of the heads of mails: their short lines would hide how the rest is broken."""
    return _HEAD.sub(lambda head: re.sub(r"[^\n]", " ", head[0]) if _is_head(head[0]) else head[0], text)


def mark_mail(text: str, parts: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs with the heads of mails, a mail's signature and lines of forwarding cut out and marked."""
    heads = [head for head in _HEAD.finditer(text) if _is_head(head[0])]
    cuts = [piece for head in heads for piece in _head_pieces(text, Span(*head.span()), first=head is heads[0])]
    cuts += [piece for part in parts for piece in _passed_on(text, part)]
    if heads:
        cuts += _signature(text, heads[-1].end())
    return _carved(text, parts, sorted(cuts, key=lambda cut: cut.span)) if cuts else tuple(parts)


def passed_on_line(text: str, parts: Sequence[Paragraph]) -> Dateline | None:
    """Whose words are passed on, where it is said: a relay of the whole body, as the agency of a date line is."""
    named = next((part.span for part in parts if part.reason == PASSED_ON), None)
    return Dateline(named, agencies=(Mention.at(named, text),)) if named else None


def _is_head(words: str) -> bool:
    names = {match["name"] for match in _FIELD.finditer(words)}
    return "From" in names and len(names) > 1


def _head_pieces(text: str, head: Span, *, first: bool) -> Iterator[Paragraph]:
    """The head of a mail in pieces: who sent it, what it is about, the rest.

    The first one at the head of a text tells its author and its title; a further one, whose mail is passed on.
    """
    outermost = first and not text[: head.start].strip()
    inner: list[Paragraph] = []
    for field in _FIELD.finditer(text, head.start, head.end):
        value = Span(field.start("value"), field.end("value")).trimmed(text)
        if not len(value):
            continue
        if field["name"] == "From":
            reason = SENDER if outermost else PASSED_ON
            inner.append(Paragraph(_name_in(text, value), BlockKind.METADATA, reason))
        elif field["name"] == "Subject" and first:
            again = _AGAIN.match(text, value.start, value.end)
            inner.append(Paragraph(Span(again.end() if again else value.start, value.end), BlockKind.TITLE, SUBJECT))
    yield from _around(text, head, [each for each in inner if len(each.span)])


def _name_in(text: str, value: Span) -> Span:
    """The sender's name without the address; the address where there is no name."""
    match = _SENDER.match(text, value.start, value.end)
    return Span(*match.span("name")).trimmed(text) if match else value


def _around(text: str, whole: Span, inner: Sequence[Paragraph], reason: str = HEADER) -> Iterator[Paragraph]:
    """Pieces inside a stretch, and what of it lies around them as metadata."""
    at = whole.start
    for piece in (*inner, None):
        rest = Span(at, piece.span.start if piece else whole.end).trimmed(text)
        if len(rest):
            yield Paragraph(rest, BlockKind.METADATA, reason)
        if piece:
            yield piece
            at = piece.span.end


def _passed_on(text: str, part: Paragraph) -> Iterator[Paragraph]:
    """The line of forwarding at the head of a paragraph, the name in it by itself."""
    match = _PASSED_LINE.match(text, part.span.start, part.span.end)
    if match and part.kind is None and match.lastgroup:
        name = Paragraph(Span(*match.span(match.lastgroup)).trimmed(text), BlockKind.METADATA, PASSED_ON)
        yield from _around(text, Span(*match.span()).trimmed(text), [name], "message passed on")


def _signature(text: str, after: int) -> Iterator[Paragraph]:
    """What stands below the two dashes that part a mail from its sender's address."""
    match = _SIGNATURE.search(text, after)
    below = Span(match.start(), len(text)).trimmed(text) if match else None
    if below and 2 < len(below) <= _LONGEST_SIGNATURE:
        yield Paragraph(below, BlockKind.FURNITURE, "mail signature")


def _carved(text: str, parts: Sequence[Paragraph], cuts: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs without what is cut out of them, and the cuts, in the order of the text."""
    carved: list[Paragraph] = list(cuts)
    for part in parts:
        at = part.span.start
        for cut in cuts:
            if cut.span.overlap(part.span):
                carved += _left(text, part, at, min(cut.span.start, part.span.end))
                at = max(at, cut.span.end)
        carved += _left(text, part, at, part.span.end)
    return tuple(sorted(carved, key=lambda paragraph: paragraph.span))


def _left(text: str, part: Paragraph, start: int, end: int) -> list[Paragraph]:
    span = Span(start, max(start, end)).trimmed(text)
    return [Paragraph(span, part.kind, part.reason)] if len(span) else []
