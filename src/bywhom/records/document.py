"""A report: as it came in, and as it can be read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bywhom.records.span import Mention, Span


@dataclass(frozen=True, slots=True)
class Capture:
    """How an archive got its copy before it came to us, in the archive's own word."""

    captured_at: str | None = None  # as worded there; in web archives UTC, ISO 8601
    record_id: str | None = None
    target: str | None = None  # the address that was captured
    collector: str | None = None  # who or what captured it


@dataclass(frozen=True, slots=True)
class Collection:
    """How one original came to us: the first link of the chain of custody."""

    location: str  # path or URL as given by the user, with the part of a container: "feed.xml#entry=3"
    method: str  # file, stdin, jsonl, warc, feed, telegram, url
    collected_at: str  # UTC, ISO 8601 with seconds; never part of any digest of content
    tool: str  # "bywhom 0.1.0"
    container: str | None = None  # SHA-256 of the archive, feed or export it was taken from
    capture: Capture | None = None  # None: nobody is known to have had it before


@dataclass(frozen=True, slots=True)
class Declared:
    """What the container says about a report: claims of the collector's, outranked by nothing but the report itself."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None  # as worded in the container
    url: str | None = None
    language: str | None = None
    media_type: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One report as bytes, before anything is read out of it."""

    name: str  # file name without its ending, URL, or container name and part
    data: bytes  # the original: what is archived, and whose SHA-256 is the document's id
    form: str  # text, html, pdf: of `content` where there is one, else of `data`
    collection: Collection
    declared: Declared = Declared()
    content: str | bytes | None = None  # the readable part, where `data` wraps it (a JSON row, a feed entry, a message)


class BlockKind(StrEnum):
    """What a stretch of a page is for."""

    TITLE = "title"
    BODY = "body"  # the report itself: the only kind that claims are read from, with TITLE
    HEADING = "heading"  # a heading between paragraphs
    METADATA = "metadata"  # date lines, bylines, tags, source lines
    CAPTION = "caption"  # picture captions and photo credits
    FURNITURE = "furniture"  # comments, menus, share links, appeals for donations, related posts


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the document's text, a paragraph as a rule, and what it is for."""

    span: Span
    kind: BlockKind
    reason: str = ""  # the rule that decided, in words, where it is not BODY


@dataclass(frozen=True, slots=True)
class Stated:
    """A value with the words that state it."""

    value: str  # dates: ISO 8601 with reduced precision ("2024-05"); names: as written
    evidence: str  # the words, verbatim, or the name of the field that declares it
    mention: Mention | None = None  # where in the text, if it stands in the text


@dataclass(frozen=True, slots=True)
class Dateline:
    """What opens a dispatch before its first sentence: "PARIS, 3 JUN 17 (Havas) --"."""

    span: Span  # of the whole date line, its dash included: the report begins after it
    place: Mention | None = None
    agencies: tuple[Mention, ...] = ()  # whose copy this is: relays of the whole body
    date: Stated | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A report that can be read: its text, and what each stretch of it is for.

    `text` is the decoded file, unchanged, where the original is plain text; otherwise the extracted text, which is
    archived as an object of its own. Blocks do not overlap and stand in text order; what no block covers is white space.
    """

    id: str  # SHA-256 of the original bytes
    name: str
    text: str
    text_id: str  # SHA-256 of `text` in UTF-8
    form: str
    extractor: str  # name and version of what made `text` from the bytes
    blocks: tuple[Block, ...]
    language: str | None = None  # ISO 639-1, None where it cannot be told
    title: Stated | None = None
    publisher: Stated | None = None
    author: Stated | None = None
    published: Stated | None = None  # None where the report bears no date: never the date of collection
    url: str | None = None
    dateline: Dateline | None = None
