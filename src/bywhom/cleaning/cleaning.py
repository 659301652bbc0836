"""A raw report to a document that can be read: the one function of this room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from bywhom.cleaning import metadata
from bywhom.cleaning.dateline import signed_dateline
from bywhom.cleaning.extraction import Fault, Page, extract
from bywhom.cleaning.furniture import is_sentence, mark_furniture
from bywhom.cleaning.glued import cut_glued, cut_labels
from bywhom.cleaning.headline import mark_headline
from bywhom.cleaning.language import identify_language
from bywhom.cleaning.layout import Paragraph
from bywhom.cleaning.mail import mark_mail, passed_on_line
from bywhom.cleaning.strays import mark_strays
from bywhom.cleaning.tables import CleaningTables
from bywhom.cleaning.wording import wordings
from bywhom.records import (
    Block,
    BlockKind,
    Dateline,
    Document,
    Found,
    Problem,
    RawDocument,
    Span,
    Stated,
    as_written,
)

# Languages that the rooms after this one can read.
READ = ("en",)


def clean(raw: RawDocument, *, tables: CleaningTables) -> Found[Document]:
    """One document with its blocks and metadata, or none, and what was wrong on the way."""
    page = extract(raw, tables)
    document_id = sha256(raw.data).hexdigest()
    if isinstance(page, Fault):
        return Found(problems=(_problem(page, raw, document_id),))
    parts, dateline = mark(page, tables)
    fields = (*page.fields, *metadata.declared_fields(raw.declared, raw.collection.location))
    plain = page.plain
    doc = Document(
        id=document_id,
        name=raw.name,
        text=page.text,
        text_id=sha256(page.text.encode("utf-8")).hexdigest(),
        form=raw.form,
        extractor=page.extractor,
        blocks=tuple(Block(p.span, p.kind or BlockKind.BODY, p.reason) for p in _covering(page.text, parts)),
        language=_language(page, parts) or page.language or raw.declared.language,
        title=_on_one_line(metadata.find_title(plain, parts, fields, tables)),
        publisher=metadata.find_publisher(plain, parts, fields, tables),
        author=metadata.find_author(plain, parts, fields, tables),
        published=metadata.find_published(plain, parts, fields, dateline, tables),
        url=metadata.find_url(fields),
        dateline=dateline,
    )
    doc = doc if plain == page.text else as_written(doc, page.text)
    faults = (*page.faults, *_unread(doc))
    return Found((doc,), tuple(_problem(fault, raw, document_id) for fault in faults))


def mark(page: Page, tables: CleaningTables) -> tuple[tuple[Paragraph, ...], Dateline | None]:
    """Every paragraph of the page with what it is for, and the agency date line."""
    words, text = wordings(tables), page.plain
    parts = mark_mail(text, page.paragraphs) if page.unmarked is not None else page.paragraphs
    parts = cut_labels(text, parts)
    parts = mark_furniture(text, parts, words, tables.dates)
    parts = mark_headline(text, parts, tables)
    parts = mark_strays(text, parts)
    parts, dateline = cut_glued(text, parts, words, tables)
    parts = _mark_headings(text, parts)
    return parts, dateline or passed_on_line(text, parts) or _signature(text, parts, tables)


def _covering(text: str, parts: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs, and between them the marks that are none of their words: "#" of a heading, ">" of quoted mail."""
    at = 0
    for part in (*parts, Paragraph(Span(len(text), len(text)))):
        marks = Span(at, max(at, part.span.start)).trimmed(text)
        if len(marks):
            yield Paragraph(marks, BlockKind.FURNITURE, "marks of the markup")
        if len(part.span):
            yield part
        at = max(at, part.span.end)


def _on_one_line(title: Stated | None) -> Stated | None:
    """A title without the blanks that marks leave behind."""
    return replace(title, value=" ".join(title.value.split())) if title else None


def _signature(text: str, parts: Sequence[Paragraph], tables: CleaningTables) -> Dateline | None:
    """The date line that other metadata makes: "Havas Sunday 3 June 1917" above the report, "--Havas" below it."""
    first = next((i for i, part in enumerate(parts) if part.kind is None), 0)
    heads = [p for p in parts[:first] if p.kind is BlockKind.METADATA and p.reason in ("line of metadata", "date line")]
    signed = [*heads, *(part for part in reversed(parts) if part.reason == "agency")]  # at the end signs who wrote it
    return next((line for part in signed if (line := signed_dateline(text, part.span, tables))), None)


def _mark_headings(text: str, parts: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs with short unclosed lines between two of the report marked as headings."""
    body = [index for index, part in enumerate(parts) if part.kind is None]
    closed = [is_sentence(parts[index].span.of(text)) for index in body]
    if sum(closed) < 2 or sum(closed) < 0.6 * len(body):
        return tuple(parts)  # a text of short lines: a list, a poem, a chat
    marked = list(parts)
    for place, index in enumerate(body):
        before, after = any(closed[:place]), any(closed[place + 1 :])
        if not before and after and not closed[place] and _is_label(parts[index].span.of(text)):
            marked[index] = Paragraph(parts[index].span, BlockKind.FURNITURE, "line above the report")
        if before and after and not closed[place] and _is_heading(parts[index].span.of(text)):
            marked[index] = Paragraph(parts[index].span, BlockKind.HEADING, "heading")
    return tuple(marked)


def _is_label(words: str) -> bool:
    """Whether a line above the report is the name of a section or a button: a word or three, closed by nothing."""
    return len(words.split()) <= 3 and words[-1].isalnum()


def _is_heading(words: str) -> bool:
    """Whether a line reads as a heading: short, and closed by nothing or a question mark."""
    if len(words.split()) > 9 or words[0] in "\"'“‘«([-–—" or words[0].islower():
        return False
    return words[-1].isalnum() or words[-1] in "?’')”"


def _language(page: Page, parts: Sequence[Paragraph]) -> str | None:
    body = [part.span for part in parts if part.kind in (None, BlockKind.TITLE)][:40]
    return identify_language("\n".join(page.plain[span.start : min(span.end, span.start + 4000)] for span in body))


def _unread(doc: Document) -> tuple[Fault, ...]:
    if doc.language is None or doc.language in READ:
        return ()
    return (
        Fault(
            f"the language {doc.language!r} is not yet read; the report is archived and listed as unread",
            "add a translation, if there is one",
        ),
    )


def _problem(fault: Fault, raw: RawDocument, document_id: str) -> Problem:
    message, remedy = _sentence(fault.message), _sentence(fault.remedy)
    return Problem("cleaning", message, remedy, where=raw.collection.location, document_id=document_id)


def _sentence(words: str) -> str:
    """Words as a sentence, as the problems of all rooms are told."""
    closed = not words or words.rstrip(')"').endswith((".", "!", "?"))
    return words[:1].upper() + words[1:] + ("" if closed else ".")
