"""The bytes of one report to text in paragraphs, by the form it came in."""

from __future__ import annotations

from dataclasses import dataclass

from bywhom.cleaning.declarations import page_fields, page_language
from bywhom.cleaning.decoding import Decoded, decode, without_lone_surrogates
from bywhom.cleaning.layout import Paragraph, paragraphs
from bywhom.cleaning.mail import without_heads
from bywhom.cleaning.metadata import Field
from bywhom.cleaning.tables import CleaningTables
from bywhom.prose.unmarked import unmarked
from bywhom.records import RawDocument

TEXT_EXTRACTOR = "bywhom-text 1"


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
    unmarked: str | None = None  # the text with blanks in the places of its marks; None where it has none

    @property
    def plain(self) -> str:
        """What the rules look at: the text, its marks left out, as long as the text itself."""
        return self.text if self.unmarked is None else self.unmarked


def extract(raw: RawDocument, tables: CleaningTables) -> Page | Fault:
    """The text of one report; a fault where its bytes hold none."""
    if raw.form == "text":
        return _extract_text(raw)
    if raw.form == "html":
        return _extract_html(raw, tables)
    if raw.form == "pdf":
        return _extract_pdf(raw)
    return Fault(f"the form {raw.form!r} cannot be read", "convert it to text, HTML or PDF")


def _extract_text(raw: RawDocument) -> Page | Fault:
    """Plain text exactly as it lies on disk."""
    decoded = _decoded(raw, raw.declared.charset)
    if decoded.text is None:
        return Fault(decoded.faults[0], "if it is a report, save it as text, HTML or PDF and add it again")
    if not decoded.text.strip("\ufeff\x00 \t\r\n"):
        return Fault("there are no words in it", "nothing was read from it; check how it was saved")
    plain = unmarked(decoded.text)
    return Page(decoded.text, TEXT_EXTRACTOR, paragraphs(without_heads(plain)), faults=_faults(decoded), unmarked=plain)


def _extract_html(raw: RawDocument, tables: CleaningTables) -> Page | Fault:
    """The visible text of a page, paragraphs parted by blank lines."""
    from bywhom.cleaning import markup  # noqa: PLC0415  trafilatura takes half a second to import: for pages alone

    content = _content(raw)
    own = markup.declared_charset(content) if isinstance(content, bytes) else None
    decoded = _decoded(raw, raw.declared.charset or own)
    if decoded.text is None:
        return Fault(decoded.faults[0], "save the page again, or add another copy")
    page = markup.read_markup(decoded.text, tables)
    if page.root is None or not page.text:
        return Fault("the page shows no text", "if a script writes it, save the page from a browser and add that")
    fields = page_fields(page.root, tables.markup)
    paragraphs_ = markup.with_title(page, fields)
    return Page(
        page.text,
        markup.extractor_name(),
        paragraphs_,
        fields,
        page_language(page.root),
        _faults(decoded) + tuple(Fault(fault) for fault in page.faults),
    )


def _extract_pdf(raw: RawDocument) -> Page | Fault:
    from bywhom.cleaning import pdf  # noqa: PLC0415  as above

    content = _content(raw)
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    try:
        text, found = pdf.read_pdf(data)
    except pdf.PdfUnreadable as error:
        return Fault(*error.args)
    return Page(text, pdf.extractor_name(), found)


def _content(raw: RawDocument) -> str | bytes:
    """The part of the original to read: the original itself, or what its wrapper (a JSON row, a feed) holds."""
    return raw.data if raw.content is None else raw.content


def _decoded(raw: RawDocument, charset: str | None) -> Decoded:
    content = _content(raw)
    return without_lone_surrogates(content) if isinstance(content, str) else decode(content, charset)


def _faults(decoded: Decoded) -> tuple[Fault, ...]:
    return tuple(Fault(fault, "save it as UTF-8 if words look wrong") for fault in decoded.faults)
