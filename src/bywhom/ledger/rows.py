"""Records to rows, and back. Pure: made where a report is read, so that the one writer has little left to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec

from bywhom.ledger.days import bounds
from bywhom.ledger.findrows import Head, found_row
from bywhom.ledger.folding import UNWRITABLE, fold
from bywhom.prose.peoplenames import sounds, words_of
from bywhom.records import (
    Block,
    BlockKind,
    Capture,
    Claim,
    Collection,
    Document,
    Entity,
    Problem,
    RawDocument,
    Span,
    mentions_of,
)

if TYPE_CHECKING:
    import sqlalchemy  # half a second, and the workers that make rows have no other use for it

Row = dict[str, Any]  # one row as SQLAlchemy takes it: column name to value
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader made of one original, as rows."""

    reader: str | None  # None: nothing could be read, and the next add tries again
    document: Row
    blocks: tuple[Row, ...]
    claims: tuple[Row, ...]
    problems: tuple[Row, ...]
    digest: str  # of all that was read, for the custody log
    entities: tuple[Row, ...] = ()
    mentions: tuple[Row, ...] = ()
    found: tuple[Row, ...] = ()  # what claims are found by


@dataclass(frozen=True, slots=True)
class Report:
    """One original at one location; `reading` is None where only the location is new."""

    document_id: str
    key: Key
    appearance: Row
    sha1: str
    size: int
    reading: Reading | None = None
    again: bool = False  # write the reading though this reader has read the original before


@dataclass(frozen=True, slots=True)
class Original:
    """An archived original that reports were taken out of, and how it came to us."""

    sha256: str
    collection: Collection


def key_of(raw: RawDocument) -> Key:
    """What orders the appearances of one original: it is read as the least of them says, whatever came first."""
    return writable(raw.name), writable(raw.collection.location), raw.form, _json(raw.declared)


def report(
    raw: RawDocument, document_id: str, sha1: str, reading: Reading | None = None, *, again: bool = False
) -> Report:
    """The rows of one original at one location."""
    return Report(document_id, key_of(raw), _appearance(raw, document_id), sha1, len(raw.data), reading, again)


def reading(
    document: Document | None,
    claims: Sequence[Claim],
    problems: Iterable[Problem],
    *,
    reader: str | None,
    unread: str = "",
    entities: Sequence[Entity] = (),
) -> Reading:
    """The rows of a reading; `unread` says in words why there is none.

    Raises: ValueError for claims that no ledger can hold: twice the same id, another document's, a lone surrogate.
    """
    if len({claim.id for claim in claims}) < len(claims):
        raise ValueError("two claims have the same id")
    if any(document is None or claim.document_id != document.id for claim in claims):
        raise ValueError("a claim names another document than the one it was read from")
    claim_rows = tuple(claim_row(claim) for claim in claims)
    entity_rows = tuple(entity_row(document.id, entity) for entity in entities) if document else ()
    block_rows = tuple(_block_rows(document)) if document else ()
    about = {"state": "unread" if unread else "read", "why": unread, "reader": reader, "claims": len(claim_rows)}
    document_row = {**_document_row(document), **about}
    return Reading(
        reader=reader,
        document=document_row,
        blocks=block_rows,
        claims=claim_rows,
        problems=tuple(problem_row(problem, of_reading=True) for problem in problems),
        digest=reading_digest(
            document_row["record"],
            block_rows,
            (row["record"] for row in claim_rows),
            (row["record"] for row in entity_rows),
        ),
        entities=entity_rows,
        mentions=tuple(row for claim in claims for row in mention_rows(claim)) if entities else (),
        found=_found_rows(document, claims) if document else (),
    )


def _found_rows(document: Document, claims: Sequence[Claim]) -> tuple[Row, ...]:
    head = Head(document.name, *(each.value if each else None for each in (document.publisher, document.published)))
    in_order = sorted(claims, key=lambda claim: (claim.span, claim.id))
    return tuple(found_row(claim, head, place) for place, claim in enumerate(in_order))


def reading_digest(
    document: str | None, blocks: Iterable[Row], claims: Iterable[str], entities: Iterable[str] = ()
) -> str:
    """The digest of all that was read of one original: the document, its blocks, claims and entities in any order."""
    digest = sha256((document or "").encode())
    for block in blocks:
        digest.update("\n{start_at}-{end_at} {kind} {reason}".format_map(block).encode())
    for claim in sorted(claims):
        digest.update(b"\n" + claim.encode())
    for entity in sorted(entities):  # nothing where there are none: readings of older versions keep their digest
        digest.update(b"\n" + entity.encode())
    return digest.hexdigest()


def writable(text: str) -> str:
    """The text with each lone surrogate (a byte of a file name that is no UTF-8) spelled out as an escape."""
    return text.encode("utf-8", "backslashreplace").decode()


def problem_row(problem: Problem, *, of_reading: bool = False) -> Row:
    """A problem as a row; the same problem has the same id whenever it is met."""
    words = [problem.stage, problem.message, problem.where, problem.document_id or "", problem.remedy]
    span = problem.span or None
    digest = sha256(writable(f"{words} {span}").encode()).hexdigest()
    return {
        "id": digest[:24],
        "stage": problem.stage,
        "message": _column(problem.message),
        "remedy": _column(problem.remedy),
        "location": _column(problem.where),
        "document_id": problem.document_id,
        "start_at": span.start if span else None,
        "end_at": span.end if span else None,
        "of_reading": int(of_reading),
    }


def problem_of(row: sqlalchemy.Row[Any]) -> Problem:
    span = None if row.start_at is None else Span(row.start_at, row.end_at)
    return Problem(row.stage, row.message, row.remedy, row.location, row.document_id, span)


def claim_of(record: str) -> Claim:
    """The claim as it was, equal in every field."""
    return msgspec.json.decode(record, type=Claim)


def document_of(row: sqlalchemy.Row[Any], text: str, blocks: Iterable[sqlalchemy.Row[Any]]) -> Document:
    """The document as it was, with its text from the archive and its blocks from their rows."""
    bare = msgspec.json.decode(row.record, type=Document)
    return replace(
        bare,
        name=row.name,
        text=text,
        blocks=tuple(Block(Span(row.start_at, row.end_at), BlockKind(row.kind), row.reason) for row in blocks),
    )


def collection_of(row: sqlalchemy.Row[Any]) -> Collection:
    capture = msgspec.json.decode(row.capture, type=Capture) if row.capture else None
    return Collection(row.location, row.method, row.collected_at, row.tool, row.container, capture)


def _json(record: object) -> str:
    return msgspec.json.encode(record).decode()


def _column(text: str | None) -> str | None:
    return None if text is None else writable(text).translate(UNWRITABLE)


def _appearance(raw: RawDocument, document_id: str) -> Row:
    came = raw.collection
    return {
        "document_id": document_id,
        "location": _column(came.location),
        "name": _column(raw.name),
        "method": came.method,
        "collected_at": came.collected_at,
        "tool": came.tool,
        "container": came.container,
        "form": raw.form,
        "declared": _json(raw.declared),
        "capture": _json(came.capture) if came.capture else None,
    }


def _document_row(document: Document | None) -> Row:
    """The columns that come from reading; the ledger adds those that come from the original."""
    if document is None:
        return dict.fromkeys(_READ_COLUMNS)
    published = document.published
    return {
        "text_id": document.text_id,
        "extractor": document.extractor,
        "language": document.language,
        "title": _column(document.title.value) if document.title else None,
        "publisher": _column(document.publisher.value) if document.publisher else None,
        "author": _column(document.author.value) if document.author else None,
        "published": _column(published.value) if published else None,
        "published_evidence": _column(published.evidence) if published else None,
        "url": _column(document.url),
        "record": _json(replace(document, text="", blocks=())),
    }


_READ_COLUMNS = "text_id extractor language title publisher author published published_evidence url record".split()


def _block_rows(document: Document) -> Iterable[Row]:
    for position, block in enumerate(document.blocks):
        yield {
            "document_id": document.id,
            "position": position,
            "start_at": block.span.start,
            "end_at": block.span.end,
            "kind": block.kind.value,
            "reason": _column(block.reason),
        }


def claim_row(claim: Claim) -> Row:
    """The claim as a row."""
    said = {
        "id": claim.id,
        "document_id": claim.document_id,
        "start_at": claim.span.start,
        "end_at": claim.span.end,
        "text": claim.text,
        "text_key": fold(claim.text),
        "certainty": claim.certainty.value,
        "polarity": claim.polarity.value,
        "modality": claim.modality.value,
        "distanced": int(claim.distanced),
        "event": claim.event.type.value,
        **_source_columns(claim),
        **_place_columns(claim),
        **_time_columns(claim),
    }
    written = {column: _column(value) if isinstance(value, str) else value for column, value in said.items()}
    return {**written, "record": _json(claim)}


def entity_row(document_id: str, entity: Entity) -> Row:
    """What one report says of an entity, as a row."""
    return {
        "document_id": document_id,
        "id": entity.id,
        "name": _column(entity.name),
        "name_key": _column(name_lines((entity.name, *entity.aliases))),
        "kind": entity.kind.value,
        "local": int(entity.local),
        "protected": int(entity.protected),
        "record": _json(entity),
    }


def name_lines(names: Iterable[str]) -> str:
    """Each name folded and each name's sounds, between line ends: what a name is looked for in."""
    lines = dict.fromkeys(line for name in names for line in (fold(name), sounds_of(name)) if line)
    return "\n" + "\n".join(lines) + "\n"


def sounds_of(name: str) -> str:
    """The sounds of a name's words: what its transliterations share."""
    return " ".join(map(sounds, words_of(name)))


def entity_of(record: str) -> Entity:
    """The entity as one report knows it, equal in every field."""
    return msgspec.json.decode(record, type=Entity)


def mention_rows(claim: Claim) -> Iterable[Row]:
    """A row for every mention of an entity in the claim."""
    for position, found in enumerate(mentions_of(claim)):
        words = found.mention
        yield {
            "claim_id": claim.id,
            "position": position,
            "document_id": claim.document_id,
            "entity_id": found.entity_id,
            "role": found.role.value,
            "start_at": words.start if words else None,
            "end_at": words.end if words else None,
            "text": _column(words.text) if words else None,
        }


def _source_columns(claim: Claim) -> Row:
    attribution, source = claim.attribution, claim.attribution.source
    relays = (hop.name for hop in attribution.relays if hop.name)
    return {
        "quote": attribution.quote.value,
        "source": source.name if source else None,
        "source_kind": source.kind.value if source else "publisher",
        "source_key": _names(source.name, source.mention.text if source.mention else None) if source else "",
        "via_key": _names(*relays),
    }


def _place_columns(claim: Claim) -> Row:
    place = claim.place
    if place is None:
        return {"place": None, "place_key": "", "country": None, "lat": None, "lon": None}
    return {
        "place": place.name or place.mention.text,
        "place_key": _names(place.mention.text, place.name, place.region),
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
    }


def _time_columns(claim: Claim) -> Row:
    value = claim.time.value if claim.time else None
    first, last = bounds(value) if value else (None, None)
    return {"time": value, "first_day": first, "last_day": last}


def _names(*names: str | None) -> str:
    return "\n".join(fold(name) for name in names if name)
