"""Feeds, RSS and Atom: each entry a report.

feedparser gets clean UTF-8 in a stream: a string it would take for a file name or an address, and one stray byte would
turn a whole feed into mojibake.
"""

from __future__ import annotations

import codecs
import html
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import feedparser  # type: ignore[import-untyped]
from charset_normalizer import from_bytes

from bywhom.intake.content import readable
from bywhom.intake.jsontext import canonical, one_line, writable
from bywhom.intake.options import Limits
from bywhom.intake.origin import Origin
from bywhom.intake.sniff import bom_of
from bywhom.records import Problem, RawDocument

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,10}));")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TAG = re.compile(r"<[^>]{0,2000}>")
# Encodings that XML is written in; Python knows stranger ones, and some of them take quadratic time.
_ENCODINGS = re.compile(
    r"utf-?(8|16|32)|us-?ascii|iso|latin|windows|cp\d|koi8|mac|gb|big5|euc|shift|sjis|tis", re.IGNORECASE
)
# What feedparser has been seen to raise on hostile input, beyond the faults that it reports.
_GIVES_UP = (ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError)


@dataclass(frozen=True, slots=True)
class _Decoded:
    """A feed as text."""

    text: str
    replaced: int = 0  # bytes that fit the encoding nowhere


def read_feed(data: bytes, origin: Origin, limits: Limits) -> Iterator[RawDocument | Problem]:
    """Each entry of a feed. The document's bytes are the entry's fields as canonical JSON."""
    decoded = _decode(data, origin.declared.charset)
    if decoded.replaced:
        yield origin.problem(
            f"The feed has {decoded.replaced} bytes that fit its encoding nowhere; they became U+FFFD."
        )
    try:
        parsed = feedparser.parse(
            io.BytesIO(_cleaned(decoded.text)), resolve_relative_uris=False, response_headers=_UTF8
        )
    except _GIVES_UP as error:
        yield origin.problem(f"The feed cannot be read ({type(error).__name__}: {error}).", "Fetch it again.")
        return
    if not parsed.entries:
        yield origin.problem("The feed has no entries, or is no feed.", "Look at it in a browser, and fetch it again.")
    elif parsed.bozo:
        reason = str(parsed.get("bozo_exception", "")).strip()[:120]
        yield origin.problem(f"The feed is not well formed ({reason}); {len(parsed.entries)} entries were read.")
    for number, entry in enumerate(parsed.entries, 1):
        yield _entry_item(_fields(entry), number, parsed.feed, origin, limits)


_UTF8 = {"content-type": "application/xml; charset=utf-8"}


def _entry_item(
    fields: Mapping[str, str], number: int, feed: Mapping[str, Any], origin: Origin, limits: Limits
) -> RawDocument | Problem:
    url = next(
        (value for key in ("link", "id") if (value := fields.get(key, "")).startswith(("http:", "https:"))), None
    )
    at = origin.part(f"entry={number}", "feed").declaring(
        title=fields.get("title"),
        publisher=fields.get("source") or _line(feed.get("title")) or None,
        author=fields.get("author"),
        published=fields.get("published") or fields.get("updated"),
        language=fields.get("language") or _line(feed.get("language")) or None,
        url=url,
        media_type=None,
        charset=None,
    )
    content = readable(fields.get("title"), fields.get("body", ""))
    if not content.text.strip():
        return at.problem(f"Entry {number} of the feed has neither title nor text.")
    if len(content.text) > limits.text:
        return at.problem(f"Entry {number} of the feed has {len(content.text)} characters, too many for one report.")
    return at.document(url or f"{origin.stem}#{number}", canonical(dict(fields)), content.form, content.text)


def _fields(entry: dict[str, Any]) -> dict[str, str]:
    """What an entry says, as plain strings; what it leaves out is left out."""
    source = entry.get("source") or {}
    found = {
        "id": _line(entry.get("id")),
        "link": _line(entry.get("link")),
        "title": _line(
            html.unescape(_TAG.sub("", entry.get("title", ""))) if _is_marked(entry) else entry.get("title")
        ),
        "author": _line(entry.get("author")),
        "published": _line(entry.get("published")),
        "updated": _line(dict.get(entry, "updated")),  # its own get lends the date of publication, with a warning
        "language": _line((entry.get("title_detail") or {}).get("language")),
        "source": _line(source.get("title")),
        "body": _body(entry),
    }
    return {name: value for name, value in found.items() if value}


def _body(entry: Mapping[str, Any]) -> str:
    """The longest of an entry's contents and its summary."""
    contents = [content.get("value") or "" for content in entry.get("content") or ()]
    return writable(max([*contents, entry.get("summary") or ""], key=len))


def _is_marked(entry: Mapping[str, Any]) -> bool:
    return "html" in ((entry.get("title_detail") or {}).get("type") or "")


def _line(value: object) -> str:
    """A value on one line, empty where there is none."""
    return one_line(value) if isinstance(value, str) else ""


def _cleaned(text: str) -> bytes:
    """UTF-8 that an XML parser takes: without characters that XML forbids, written or referred to."""
    text = _DECLARATION.sub("", text.lstrip("\ufeff"), count=1)
    return writable(_REFERENCE.sub(_checked_reference, _CONTROL.sub("\ufffd", text))).encode()


def _checked_reference(reference: re.Match[str]) -> str:
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    allowed = (
        number in {9, 10, 13} or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number < 0x110000
    )
    return reference[0] if allowed else "\ufffd"


def _decode(data: bytes, declared: str | None) -> _Decoded:
    """The feed's text: as UTF-8 if it is that, whatever it declares; then as declared; then as it looks."""
    encoding = bom_of(data)
    if encoding is None:
        try:
            return _Decoded(data.decode("utf-8"))
        except UnicodeDecodeError:
            encoding = _known(_declared_encoding(data) or declared)
    decoded = _replacing(data, encoding)
    if decoded.replaced * 2 <= sum(byte > 127 for byte in data[:1_000_000]):
        return decoded
    guess = from_bytes(data[:100_000]).best()
    return _replacing(data, guess.encoding) if guess else decoded


def _replacing(data: bytes, encoding: str) -> _Decoded:
    text = data.decode(encoding, "replace")
    return _Decoded(text, text.count("\ufffd") - data.count(b"\xef\xbf\xbd"))


def _declared_encoding(data: bytes) -> str | None:
    found = _ENCODING.search(data[:1024])
    return found.group(1).decode("ascii") if found else None


def _known(encoding: str | None) -> str:
    """The encoding if it is one that text is written in, else UTF-8."""
    if encoding is None or not _ENCODINGS.match(encoding):
        return "utf-8"
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "utf-8"
