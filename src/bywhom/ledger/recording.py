"""Writing reports: what is new is added, what a newer reader read replaces what an older one read, the rest stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from bywhom.ledger import custody
from bywhom.ledger.custody import Act
from bywhom.ledger.engine import insert_new
from bywhom.ledger.rows import Key, Reading, Report, Row
from bywhom.ledger.schema import appearances, blocks, claims, documents, problems

Pair = tuple[Report, Reading]  # a report, and its reading, which is to stand


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger has of one document."""

    reader: str | None
    key: Key  # of the appearance that it was read as
    locations: frozenset[str]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a batch changed."""

    documents: int = 0  # new to the ledger
    reread: int = 0  # read again: by a newer reader, or as a copy with a lesser name says
    appearances: int = 0  # new locations, those of new documents included
    claims: int = 0  # written


def known(connection: Connection, ids: Sequence[str]) -> dict[str, Known]:
    """What the ledger has of these documents; those it has not are not in the answer."""
    ids = list(dict.fromkeys(ids))
    places: dict[str, set[str]] = {}
    came = select(appearances.c.document_id, appearances.c.location).where(appearances.c.document_id.in_(ids))
    for row in connection.execute(came):
        places.setdefault(row.document_id, set()).add(row.location)
    chosen = select(documents.c.id, documents.c.reader, documents.c.appearance).where(documents.c.id.in_(ids))
    return {
        row.id: Known(row.reader, _key(row.appearance), frozenset(places.get(row.id, ())))
        for row in connection.execute(chosen)
    }


def record(connection: Connection, reports: Sequence[Report], at: str) -> Recorded:
    """Write a batch of reports; the caller's transaction keeps it whole."""
    before = known(connection, [report.document_id for report in reports])
    read = _to_write(reports, before)
    again = [pair for pair in read if pair[0].document_id in before]
    new = [pair for pair in read if pair[0].document_id not in before]
    arrivals = _arrivals(reports, before)
    _forget(connection, [report.document_id for report, _ in again])
    _write_documents(connection, new, again)
    insert_new(connection, appearances, [report.appearance for report in arrivals])
    _write_parts(connection, [reading for _, reading in read])
    custody.append(connection, _acts(reports, arrivals, {id(report): reading for report, reading in read}, at))
    return Recorded(len(new), len(again), len(arrivals), sum(len(reading.claims) for _, reading in read))


def _to_write(reports: Sequence[Report], before: dict[str, Known]) -> list[Pair]:
    """The readings that are to stand: one of each original, and none where a better one stands already."""
    best: dict[str, Pair] = {}
    for report in reports:
        if report.reading is None:
            continue
        rival = best.get(report.document_id)
        if rival is None or _rank(report, report.reading) < _rank(*rival):
            best[report.document_id] = report, report.reading
    return [pair for each, pair in best.items() if _is_news(*pair, before.get(each))]


def _rank(report: Report, reading: Reading) -> tuple[bool, Key]:
    """What orders readings of one original: those that failed last, then by appearance."""
    return reading.reader is None, report.key


def _is_news(report: Report, reading: Reading, there: Known | None) -> bool:
    if there is None:
        return True
    if reading.reader is None:  # a failure never takes the place of a reading
        return there.reader is None and report.key < there.key
    return there.reader != reading.reader or report.key < there.key or report.again


def _arrivals(reports: Sequence[Report], before: dict[str, Known]) -> list[Report]:
    """The reports that came from a location not yet known for their original."""
    seen = {(each, place) for each, there in before.items() for place in there.locations}
    arrivals = []
    for report in reports:
        at = report.document_id, report.appearance["location"]
        if at not in seen:
            seen.add(at)
            arrivals.append(report)
    return arrivals


def _forget(connection: Connection, ids: list[str]) -> None:
    if not ids:
        return
    connection.execute(delete(claims).where(claims.c.document_id.in_(ids)))
    connection.execute(delete(blocks).where(blocks.c.document_id.in_(ids)))
    connection.execute(delete(problems).where(problems.c.document_id.in_(ids), problems.c.of_reading == 1))


def _write_documents(connection: Connection, new: list[Pair], again: list[Pair]) -> None:
    if new:
        connection.execute(insert(documents), [_document_row(*pair) for pair in new])
    for report, reading in again:
        row = _document_row(report, reading)
        connection.execute(update(documents).where(documents.c.id == report.document_id).values(row))


def _document_row(report: Report, reading: Reading) -> Row:
    return {
        "id": report.document_id,
        "sha1": report.sha1,
        "size": report.size,
        "name": report.appearance["name"],
        "appearance": msgspec.json.encode(report.key).decode(),
        "form": report.appearance["form"],
        **reading.document,
    }


def _write_parts(connection: Connection, readings: list[Reading]) -> None:
    for table, rows in (
        (blocks, [row for reading in readings for row in reading.blocks]),
        (claims, [row for reading in readings for row in reading.claims]),
    ):
        if rows:
            connection.execute(insert(table), rows)
    insert_new(connection, problems, [row for reading in readings for row in reading.problems])


def _acts(reports: Sequence[Report], arrivals: list[Report], read: dict[int, Reading], at: str) -> Iterator[Act]:
    """Each original's arrivals and its reading, in the order of the batch."""
    arrived = {id(report) for report in arrivals}
    for report in reports:
        if id(report) in arrived:
            yield _collected(report)
        if id(report) in read:
            yield _read(report, read[id(report)], at)


def _collected(report: Report) -> Act:
    row = report.appearance
    details = {name: row[name] for name in ("location", "method", "tool", "container")} | {"sha1": report.sha1}
    return Act(row["collected_at"], "collect", report.document_id, _canonical(details))


def _read(report: Report, reading: Reading, at: str) -> Act:
    details = {
        "reader": reading.reader,
        "extractor": reading.document["extractor"],
        "text": reading.document["text_id"],
        "claims": len(reading.claims),
        "claims_digest": reading.digest,
        "unread": reading.document["why"],
    }
    return Act(at, "read", report.document_id, _canonical(details))


def _canonical(details: dict[str, object]) -> str:
    return msgspec.json.encode(details, order="sorted").decode()


def _key(text: str) -> Key:
    return cast("Key", msgspec.json.decode(text, type=Key))
