"""What kind of file this is: judged by its first bytes, with the name's ending as a hint."""

from __future__ import annotations

import codecs
import json
import re
import zlib
from dataclasses import dataclass
from enum import StrEnum

HEAD = 64 * 1024  # how many first bytes are looked at
_OPENING = 8192  # within these the outermost tag has to come, and binary data to show
_SAMPLE = 1024


class Kind(StrEnum):
    """What a file can be."""

    EMPTY = "empty"
    TEXT = "text"
    HTML = "html"
    PDF = "pdf"
    JSONL = "jsonl"
    JSON = "json"
    FEED = "feed"
    WARC = "warc"
    GZIP = "gzip"
    ZIP = "zip"
    MAIL = "mail"
    FOREIGN = "foreign"  # known or unknown, and not read

    @property
    def holds_parts(self) -> bool:
        """Whether reports are taken out of it, so that it has to be archived beside them."""
        return self in {Kind.JSONL, Kind.JSON, Kind.FEED, Kind.WARC, Kind.GZIP, Kind.ZIP}


@dataclass(frozen=True, slots=True)
class Foreign:
    """A format that is not read."""

    name: str
    remedy: str


_UNPACK = "Unpack it first."
_NOT_TEXT = "Transcribe it, and add the transcript as a text file."
_SAVE = "Save it as text, HTML or PDF."
_ROWS = "Convert it to JSON Lines, one object with a text field per line."
_MAGIC: tuple[tuple[bytes, Foreign], ...] = (
    (b"\x89PNG", Foreign("a PNG picture", _NOT_TEXT)),
    (b"\xff\xd8\xff", Foreign("a JPEG picture", _NOT_TEXT)),
    (b"GIF8", Foreign("a GIF picture", _NOT_TEXT)),
    (b"II*\0", Foreign("a TIFF picture", _NOT_TEXT)),
    (b"MM\0*", Foreign("a TIFF picture", _NOT_TEXT)),
    (b"RIFF", Foreign("a WebP picture, a sound or a film", _NOT_TEXT)),
    (b"ID3", Foreign("an MP3 sound", _NOT_TEXT)),
    (b"OggS", Foreign("an Ogg sound or film", _NOT_TEXT)),
    (b"\x1aE\xdf\xa3", Foreign("a Matroska or WebM film", _NOT_TEXT)),
    (b"\xd0\xcf\x11\xe0", Foreign("an old Office document", _SAVE)),
    (b"{\\rtf", Foreign("a Rich Text document", _SAVE)),
    (b"BZh", Foreign("a bzip2 file", _UNPACK)),
    (b"\xfd7zXZ\0", Foreign("an xz file", _UNPACK)),
    (b"\x28\xb5\x2f\xfd", Foreign("a Zstandard file", _UNPACK)),
    (b"7z\xbc\xaf", Foreign("a 7-Zip file", _UNPACK)),
    (b"Rar!", Foreign("a RAR file", _UNPACK)),
    (b"SQLite format 3\0", Foreign("an SQLite database", _ROWS)),
    (b"PAR1", Foreign("a Parquet table", _ROWS)),
    (b"\x7fELF", Foreign("a program", "")),
)
_ROW_ENDINGS = {".csv", ".tsv"}
_TEXT_ENDINGS = {".txt", ".text", ".md", ".markdown"}
_HTML_ENDINGS = {".html", ".htm", ".xhtml"}
_JSONL_ENDINGS = {".jsonl", ".ndjson", ".jsonlines"}

_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<(?:head|title|meta|body|div|article|section|main|table|h[1-6]|p|br)[\s/>]", re.IGNORECASE)
_CLOSING = re.compile(r"</(?:p|div|body|article)>", re.IGNORECASE)
_MARKUP = re.compile(r"\s*<[!?a-zA-Z]")
_JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[{"\]])')
_MHTML = re.compile(r"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_MAIL_NAME = re.compile(r"^([A-Za-z][\w-]{1,40}):", re.MULTILINE)
_MAIL_HEAD = re.compile(r"(?:[A-Za-z][\w-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
_MAIL_TELLS = {"received", "message-id", "mime-version", "return-path", "content-type", "delivered-to"}
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def kind_of(head: bytes, ending: str) -> Kind:
    """The kind of a file that begins with `head` (up to HEAD bytes) and whose name ends in `ending`."""
    if not head:
        return Kind.EMPTY
    packed = _packed_kind(head)
    if packed:
        return packed
    if ending == ".warc":
        return Kind.WARC  # damaged at its beginning
    if foreign(head, ending):
        return Kind.FOREIGN
    if _is_mail(head, ending):
        return Kind.MAIL
    return _readable_kind(_as_text(head), ending)


def foreign(head: bytes, ending: str) -> Foreign | None:
    """What a file that is not read seems to be, None for one that may be read."""
    for magic, what in _MAGIC:
        if head.startswith(magic):
            return what
    if head[4:8] == b"ftyp":
        return Foreign("an MP4 film", _NOT_TEXT)
    if ending in _ROW_ENDINGS:
        return Foreign(f"a table ({ending})", _ROWS)
    if head.startswith((b"From: ", b"MIME-Version: ")) and _MHTML.search(_as_text(head[:4096])):
        return Foreign("a page saved as MHTML", "Save it as HTML.")
    if _is_other_xml(head):
        return Foreign("an XML file that is neither a feed nor a page", _SAVE)
    if _is_binary(head):
        return Foreign("binary data of no known kind", _SAVE)
    return None


def unpacked_head(head: bytes) -> bytes:
    """The first few bytes inside a gzip file: no more, so that damage further on does not hide them."""
    try:
        return zlib.decompressobj(31).decompress(head, 16)
    except zlib.error:
        return b""


def bom_of(data: bytes) -> str | None:
    """The encoding that a byte order mark at the beginning names."""
    return next((name for bom, name in _BOMS if data.startswith(bom)), None)


def looks_like_html(text: str) -> bool:
    """Whether a text is marked up: it begins with a tag, or carries closing tags of paragraphs."""
    return bool((_MARKUP.match(text) and _TAG.search(text)) or _CLOSING.search(text))


def _packed_kind(head: bytes) -> Kind | None:
    if head.startswith(b"\x1f\x8b"):
        return Kind.GZIP
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind.ZIP
    if head.startswith(b"WARC/"):
        return Kind.WARC
    return Kind.PDF if b"%PDF-" in head[:1024] else None


def _readable_kind(text: str, ending: str) -> Kind:
    if ending in _JSONL_ENDINGS:
        return Kind.JSONL
    if _MARKUP.match(text):
        return _markup_kind(text, ending)
    if _JSON.match(text) or ending == ".json":
        return _json_kind(text, ending)
    return Kind.HTML if ending in _HTML_ENDINGS else Kind.TEXT


def _markup_kind(text: str, ending: str) -> Kind:
    page, feed = _PAGE.search(text[:_OPENING]), _FEED.search(text[:_OPENING])
    if feed and not (page and page.start() < feed.start()):
        return Kind.FEED
    if page or ending in _HTML_ENDINGS:
        return Kind.HTML
    if ending in _TEXT_ENDINGS:
        return Kind.TEXT
    return Kind.HTML if _TAG.search(text) else Kind.TEXT


def _json_kind(text: str, ending: str) -> Kind:
    """JSONL where the first line is an object by itself, whatever follows: a damaged row does not make it another form."""
    first, newline, rest = text.strip("\ufeff \t\r\n").partition("\n")
    if not newline:
        return Kind.JSON if ending == ".json" or first.startswith("[") else Kind.JSONL
    return Kind.JSONL if _is_row(first) and rest.strip() else Kind.JSON


def _is_row(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _is_mail(head: bytes, ending: str) -> bool:
    """Whether it begins with the head of a mail as mail programs save it; a few lines of one pasted into a text are none."""
    found = _MAIL_HEAD.match(_as_text(head))
    if not found:
        return False
    names = {name.lower() for name in _MAIL_NAME.findall(found[0])}
    return "from" in names and (ending == ".eml" or len(names & _MAIL_TELLS) > 1)


def _as_text(head: bytes) -> str:
    """The head as characters, good enough to see tags and brackets in."""
    encoding = bom_of(head) or _wide(head) or "latin-1"
    return head.decode(encoding, "replace").lstrip("\ufeff")


def _is_other_xml(head: bytes) -> bool:
    text = _as_text(head[:_OPENING])
    return text.lstrip().startswith("<?xml") and not (_PAGE.search(text) or _FEED.search(text))


def _is_binary(head: bytes) -> bool:
    """Whether the bytes can hardly be text: control characters are rare in any encoding of it.

    A few NULs do not make a text binary (a damaged disk leaves such files); a third of them does, unless they are the
    upper halves of UTF-16.
    """
    if bom_of(head) or _wide(head):
        return False
    head = head[:_OPENING]
    controls = len(_CONTROL.findall(head))
    return controls > len(head) * 0.03 or head.count(0) > len(head) * 0.3


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is the same few values."""
    head = head[:_SAMPLE]
    if len(head) < 8:
        return None
    for name, high, low in (("utf-16-le", head[1::2], head[0::2]), ("utf-16-be", head[0::2], head[1::2])):
        if len(set(high)) <= 4 < len(set(low)) and high.count(0) >= len(high) // 10:
            return name
    return None
