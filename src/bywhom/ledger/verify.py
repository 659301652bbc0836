"""Does the ledger still say what was written, and do its words still stand where it says they stand?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, select

from bywhom.errors import ArchiveDamaged, UsageError
from bywhom.ledger import custody
from bywhom.ledger.engine import damage
from bywhom.ledger.objects import Objects
from bywhom.ledger.rows import claim_of, claim_row, document_of, entity_of, entity_row, mention_rows, reading_digest
from bywhom.ledger.schema import appearances, blocks, claims, documents, entities, mentions, verdicts
from bywhom.ledger.schema import custody as log
from bywhom.ledger.verdicts import digest as verdict_digest
from bywhom.records import Claim, Document, Mention, Problem, Span, claim_id

_RESTORE = "Restore the ledger from a copy, or add the report again with --again."

# The columns of a claim that say what its record says. Folded names and day bounds are left out: how they are made
# may change from one version to the next.
_SAID = (
    "id document_id start_at end_at text quote source source_kind certainty polarity modality distanced event "
    "place country lat lon time"
).split()
_MENTIONED = "claim_id position document_id entity_id role start_at end_at text".split()


def verify(connection: Connection, archive: Objects) -> Iterator[Problem]:
    """Everything that is not as it was written, each naming the thing; nothing where all is well."""
    for line in damage(connection):
        yield Problem("ledger", f"the database file is damaged: {line}", "Restore it from a copy.")
    unsound: set[str] = set()
    for problem in archive.verify():
        unsound.add(problem.document_id or "")
        yield problem
    yield from _custody(connection, archive)
    yield from _verdicts(connection)
    for row in connection.execution_options(yield_per=200).execute(select(documents).order_by(documents.c.name)):
        yield from _Check(connection, archive, row, frozenset(unsound)).problems()


# The custody log ------------------------------------------------------------------------------------------------------


def _custody(connection: Connection, archive: Objects) -> Iterator[Problem]:
    for entry, reason in custody.broken(custody.entries(connection)):
        yield Problem("ledger", f"custody log: {reason}", _RESTORE, document_id=entry.subject or None)
    for subject in connection.scalars(select(log.c.subject).where(log.c.act == "collect").distinct()):
        if not archive.has(subject):
            yield Problem("archive", f"the original {subject} is missing", "Add it again.", document_id=subject)
    yield from _without_document(connection)


def _verdicts(connection: Connection) -> Iterator[Problem]:
    """Whether every verdict says what the custody log says was entered."""
    chosen = select(log.c.details).where(log.c.act == "verdict").order_by(log.c.seq)
    entered = (msgspec.json.decode(details) for details in connection.scalars(chosen))
    due = {each["seq"]: each["digest"] for each in entered}
    for row in connection.execute(select(verdicts).order_by(verdicts.c.seq)):
        if due.pop(row.seq, None) != verdict_digest(dict(row._mapping)):  # noqa: SLF001  public despite its name
            yield Problem("ledger", f"verdict {row.seq} is not what {row.reviewer} entered", _RESTORE)
    for seq in due:
        yield Problem("ledger", f"verdict {seq} was entered, and is no longer there", _RESTORE)


def _without_document(connection: Connection) -> Iterator[Problem]:
    ids = select(documents.c.id)
    lost = select(log.c.subject).where(log.c.act == "read", log.c.subject.not_in(ids)).distinct()
    for subject in connection.scalars(lost):
        yield Problem(
            "ledger", f"the report {subject} was read, and is no longer listed", _RESTORE, document_id=subject
        )
    strays = connection.scalar(select(func.count()).select_from(claims).where(claims.c.document_id.not_in(ids)))
    if strays:
        yield Problem("ledger", f"{strays} claims belong to no report", _RESTORE)


# One report -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Check:
    """The check of one report, from its original to the words of its claims."""

    connection: Connection
    archive: Objects
    row: Row[Any]
    unsound: frozenset[str]  # objects that the archive has complained about

    def problems(self) -> Iterator[Problem]:
        yield from self._original()
        yield from self._collected()
        found = self.connection.execute(select(claims).where(claims.c.document_id == self.row.id)).all()
        yield from self._log(found)
        text = None
        if self.row.text_id:
            try:
                text = self.archive.get(self.row.text_id).decode()
            except (ArchiveDamaged, UsageError, UnicodeDecodeError) as error:
                yield self._fault(f"its text cannot be had: {error}")
        if text is not None:
            yield from self._document(text)
            yield from self._claims(found, text)
            yield from self._mentions(found, text)

    def _original(self) -> Iterator[Problem]:
        if self.row.id in self.unsound or not self.archive.has(self.row.id):
            return  # said already
        found = self.archive.sha1(self.row.id)
        if found != self.row.sha1:
            yield self._fault(f"the SHA-1 of its original is {found}, and the ledger says {self.row.sha1}")

    def _collected(self) -> Iterator[Problem]:
        chosen = select(appearances.c.location, appearances.c.capture).where(appearances.c.document_id == self.row.id)
        told = {row.location: msgspec.json.decode(row.capture or "null") for row in self.connection.execute(chosen)}
        entered = custody.captures(self.connection, self.row.id)
        listed, logged = set(told), set(entered)
        for location in sorted(listed - logged):
            yield self._fault(f"the custody log does not know that it was collected from {location}")
        for location in sorted(logged - listed):
            yield self._fault(f"it was collected from {location}, which is no longer listed")
        for location in sorted(listed & logged):
            if told[location] != entered[location]:
                yield self._fault(f"what is said of its capture at {location} is not what the custody log says")

    def _log(self, found: Sequence[Row[Any]]) -> Iterator[Problem]:
        """Whether the rows are those that the custody log says were written."""
        read = custody.last_reading(self.connection, self.row.id)
        if not len(found) == self.row.claims == read.get("claims"):
            yield self._fault(f"{read.get('claims')} claims were written, and {len(found)} are there")
        elif self._digest(found) != read.get("digest"):
            yield self._fault("the document, its blocks, claims or entities were changed after they were written")

    def _digest(self, found: Sequence[Row[Any]]) -> str:
        kept = (row.record for row in self._entities())
        return reading_digest(self.row.record, self._blocks(), (row.record for row in found), kept)

    def _entities(self) -> Sequence[Row[Any]]:
        return self.connection.execute(select(entities).where(entities.c.document_id == self.row.id)).all()

    def _mentions(self, found: Sequence[Row[Any]], text: str) -> Iterator[Problem]:
        """Whether the mentions are those that the claims make, stand where they say, and name entities that are there."""
        rows = self._entities()
        listed = self.connection.execute(select(mentions).where(mentions.c.document_id == self.row.id)).all()
        if not rows and not listed:
            return  # read before entities were kept; where they were taken away, the custody log has told
        yield from self._changed_entities(rows)
        for row in listed:
            if row.text is not None and text[row.start_at : row.end_at].replace("\0", "\ufffd") != row.text:
                yield self._fault(f"the words of a mention at {row.start_at}-{row.end_at} are not {row.text!r}")
        if _due_mentions(found) != {tuple(row._mapping[column] for column in _MENTIONED) for row in listed}:  # noqa: SLF001
            yield self._fault("the mentions of entities are not those of its claims")
        unknown = {row.entity_id for row in listed} - {row.id for row in rows}
        if unknown:
            yield self._fault(f"its claims mention entities that are not there: {', '.join(sorted(unknown))}")

    def _changed_entities(self, rows: Sequence[Row[Any]]) -> Iterator[Problem]:
        for row in rows:
            try:
                due = entity_row(self.row.id, entity_of(row.record))
            except (msgspec.DecodeError, ValueError) as error:
                yield self._fault(f"the entity {row.id} cannot be read: {error}")
                continue
            if any(getattr(row, column) != due[column] for column in ("id", "name", "kind", "local", "protected")):
                yield self._fault(f"the entity {row.id} is not what its record says")

    def _blocks(self) -> list[dict[str, Any]]:
        chosen = select(blocks).where(blocks.c.document_id == self.row.id).order_by(blocks.c.position)
        return [dict(row._mapping) for row in self.connection.execute(chosen)]  # noqa: SLF001  public despite its name

    def _document(self, text: str) -> Iterator[Problem]:
        chosen = select(blocks).where(blocks.c.document_id == self.row.id).order_by(blocks.c.position)
        try:
            document = document_of(self.row, text, self.connection.execute(chosen))
        except (msgspec.DecodeError, ValueError) as error:
            yield self._fault(f"its record cannot be read: {error}")
            return
        for reason in _misplaced(document, text):
            yield self._fault(reason)
        yield from self._overlaps(document)

    def _overlaps(self, document: Document) -> Iterator[Problem]:
        reached = 0
        for block in document.blocks:
            if block.span.start < reached:
                yield self._fault(f"its blocks overlap at character {block.span.start}")
            reached = block.span.end

    def _claims(self, found: Sequence[Row[Any]], text: str) -> Iterator[Problem]:
        for row in found:
            try:
                claim = claim_of(row.record)
            except (msgspec.DecodeError, ValueError) as error:
                yield self._fault(f"claim {row.id} cannot be read: {error}")
                continue
            for reason in (*_misquoted(claim, text), *_misplaced(claim, text), *_at_odds(claim, row)):
                yield self._fault(f"claim {row.id}: {reason}", claim.span)

    def _fault(self, reason: str, span: Span | None = None) -> Problem:
        return Problem("ledger", f"{self.row.name}: {reason}", _RESTORE, self.row.name, self.row.id, span)


def _due_mentions(found: Sequence[Row[Any]]) -> set[tuple[Any, ...]]:
    """The mentions that the claims make, those that cannot be read left out: they have been told of."""
    due: set[tuple[Any, ...]] = set()
    for row in found:
        with suppress(msgspec.DecodeError, ValueError):
            due.update(tuple(each.values()) for each in mention_rows(claim_of(row.record)))
    return due


# Words and places -----------------------------------------------------------------------------------------------------


def _misquoted(claim: Claim, text: str) -> Iterator[str]:
    words = claim.span.of(text)
    if words != claim.text:
        yield f"the words at {claim.span.start}-{claim.span.end} are {words!r}, not {claim.text!r}"
    source = claim.attribution.source
    due = claim_id(claim.document_id, claim.span, source.mention if source else None)
    if claim.id != due:
        yield f"its id should be {due}"


def _at_odds(claim: Claim, row: Row[Any]) -> Iterator[str]:
    due = claim_row(claim)
    for column in _SAID:
        found = getattr(row, column)
        if found != due[column]:
            yield f"the column {column} says {found!r}, its record {due[column]!r}"


def _misplaced(record: object, text: str) -> Iterator[str]:
    """What is wrong with the mentions and spans anywhere in a record."""
    if isinstance(record, Mention):
        if text[record.start : record.end] != record.text:
            yield f"the words at {record.start}-{record.end} are not {record.text!r}"
    elif isinstance(record, Span):
        if record.end > len(text):
            yield f"the span {record.start}-{record.end} ends after the text, which has {len(text)} characters"
    elif is_dataclass(record):
        for part in fields(record):
            yield from _misplaced(getattr(record, part.name), text)
    elif isinstance(record, tuple):
        for part in record:
            yield from _misplaced(part, text)
