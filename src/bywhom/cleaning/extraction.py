"""The bytes of one report to text in paragraphs, by the form it came in."""

from __future__ import annotations

from dataclasses import dataclass

import bywhom
from bywhom.cleaning.decoding import decode, without_lone_surrogates
from bywhom.cleaning.layout import Paragraph, paragraphs
from bywhom.cleaning.metadata import Field
from bywhom.cleaning.tables import CleaningTables
from bywhom.records import RawDocument


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong on the way to the text, and what the user can do."""

    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Text in paragraphs, and what the form of the file says about it."""

    text: str
    extractor: str
    paragraphs: tuple[Paragraph, ...] = ()
    fields: tuple[Field, ...] = ()
    language: str | None = None  # as the markup declares it
    faults: tuple[Fault, ...] = ()


def extract(raw: RawDocument, tables: CleaningTables) -> Page | Fault:
    """The text of one report; a fault where its bytes hold none."""
    if raw.form == "text":
        return extract_text(raw)
    return Fault(f"the form {raw.form!r} cannot be read", "convert it to text, HTML or PDF")


def content_of(raw: RawDocument) -> str | bytes:
    """The part of the original to read: the original itself, or what its wrapper (a JSON line, a feed) holds."""
    content: str | bytes | None = getattr(raw, "content", None)
    return raw.data if content is None else content


def extract_text(raw: RawDocument) -> Page | Fault:
    """Plain text exactly as it lies on disk."""
    content = content_of(raw)
    decoded = without_lone_surrogates(content) if isinstance(content, str) else decode(content, raw.declared.charset)
    if decoded.text is None:
        return Fault(decoded.faults[0], "if it is a report, save it as text, HTML or PDF and add it again")
    if not decoded.text.strip("\ufeff\x00 \t\r\n"):
        return Fault("the file is empty", "nothing was read from it; check how it was saved")
    faults = tuple(Fault(fault, "save the file as UTF-8 if words look wrong") for fault in decoded.faults)
    return Page(decoded.text, f"text {bywhom.__version__}", paragraphs(decoded.text), faults=faults)
