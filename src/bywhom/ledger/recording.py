"""Writing reports: what is new is added, what a newer reader read replaces what an older one read, the rest stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from operator import add
from typing import cast

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from bywhom.ledger import custody, findindex, findnames
from bywhom.ledger.custody import Act
from bywhom.ledger.engine import insert_many, insert_new
from bywhom.ledger.rows import Key, Original, Reading, Report, Row
from bywhom.ledger.schema import appearances, blocks, claims, documents, entities, mentions, problems, to_link

Pair = tuple[Report, Reading]  # a report, and its reading, which is to stand


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger has of one document."""

    reader: str | None
    name: str
    key: Key  # of the appearance that it was read as
    locations: frozenset[str]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a batch changed."""

    documents: int = 0  # new to the ledger
    reread: int = 0  # read again: by a newer reader, or as a copy with a lesser name says
    appearances: int = 0  # new locations, those of new documents included
    claims: int = 0  # written

    def __add__(self, other: Recorded) -> Recorded:
        return Recorded(*map(add, astuple(self), astuple(other)))


def known(connection: Connection, ids: Sequence[str]) -> dict[str, Known]:
    """What the ledger has of these documents; those it has not are not in the answer."""
    ids = list(dict.fromkeys(ids))
    places: dict[str, set[str]] = {}
    came = select(appearances.c.document_id, appearances.c.location).where(appearances.c.document_id.in_(ids))
    for row in connection.execute(came):
        places.setdefault(row.document_id, set()).add(row.location)
    chosen = select(documents.c.id, documents.c.reader, documents.c.name, documents.c.appearance).where(
        documents.c.id.in_(ids)
    )
    return {
        row.id: Known(row.reader, row.name, _key(row.appearance), frozenset(places.get(row.id, ())))
        for row in connection.execute(chosen)
    }


def record(connection: Connection, reports: Sequence[Report], at: str) -> Recorded:
    """Write a batch of reports; the caller's transaction keeps it whole."""
    before = known(connection, [report.document_id for report in reports])
    read = _to_write(reports, before)
    again = [report.document_id for report, _ in read if report.document_id in before]
    arrivals = _arrivals(reports, before)
    _forget(connection, again)
    _write_documents(connection, read, before)
    insert_new(connection, appearances, [report.appearance for report in arrivals])
    _write_parts(connection, [reading for _, reading in read])
    findindex.refresh_judged(connection, again)
    findindex.refresh_known(connection, [report.document_id for report, _ in read])
    insert_new(connection, to_link, [{"document_id": each} for each in _to_link(read, before)])
    insert_new(connection, problems, _failures(reports))
    custody.append(connection, _acts(reports, arrivals, {id(report): reading for report, reading in read}, at))
    return Recorded(len(read) - len(again), len(again), len(arrivals), sum(len(reading.claims) for _, reading in read))


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
    return there.reader != reading.reader or report.key < there.key or (report.again and report.key == there.key)


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


def _to_link(read: list[Pair], before: dict[str, Known]) -> list[str]:
    """The reports whose links are to be made: those with claims, and those that may have had some."""
    return [report.document_id for report, reading in read if reading.claims or report.document_id in before]


def _forget(connection: Connection, ids: list[str]) -> None:
    if not ids:
        return
    findindex.drop(connection, ids)
    findnames.take(connection, ids)
    connection.execute(delete(mentions).where(mentions.c.document_id.in_(ids)))
    connection.execute(delete(entities).where(entities.c.document_id.in_(ids)))
    connection.execute(delete(claims).where(claims.c.document_id.in_(ids)))
    connection.execute(delete(blocks).where(blocks.c.document_id.in_(ids)))
    connection.execute(delete(problems).where(problems.c.document_id.in_(ids), problems.c.of_reading == 1))


def _write_documents(connection: Connection, read: list[Pair], before: dict[str, Known]) -> None:
    new = [_document_row(*pair, None) for pair in read if pair[0].document_id not in before]
    if new:
        connection.execute(insert(documents), new)
    for report, reading in read:
        if there := before.get(report.document_id):
            row = _document_row(report, reading, there)
            connection.execute(update(documents).where(documents.c.id == report.document_id).values(row))


def _document_row(report: Report, reading: Reading, there: Known | None) -> Row:
    name = report.appearance["name"]
    return {
        "id": report.document_id,
        "sha1": report.sha1,
        "size": report.size,
        "name": min(name, there.name) if there else name,
        "appearance": msgspec.json.encode(report.key).decode(),
        "form": report.appearance["form"],
        **reading.document,
    }


def _failures(reports: Sequence[Report]) -> list[Row]:
    """The problems of readings that failed: they are kept even where an older reading stands."""
    failed = (report.reading for report in reports if report.reading and report.reading.reader is None)
    return [row for reading in failed for row in reading.problems]


def _write_parts(connection: Connection, readings: list[Reading]) -> None:
    for table, rows in (
        (blocks, [row for reading in readings for row in reading.blocks]),
        (claims, [row for reading in readings for row in reading.claims]),
        (entities, [row for reading in readings for row in reading.entities]),
        (mentions, [row for reading in readings for row in reading.mentions]),
    ):
        insert_many(connection, table, rows)
    findnames.put(
        connection, [r for one in readings for r in one.entities], [r for one in readings for r in one.mentions]
    )
    findindex.add(connection, [row for reading in readings for row in reading.found])
    insert_new(connection, problems, [row for reading in readings for row in reading.problems])


def record_containers(connection: Connection, originals: Sequence[Original]) -> None:
    """Enter originals that hold reports into the custody log, once for each location."""
    entered = custody.locations(connection, [original.sha256 for original in originals])
    custody.append(connection, [_container(each) for each in originals if _place(each) not in entered])


def _place(original: Original) -> tuple[str, str]:
    return original.sha256, original.collection.location


def _container(original: Original) -> Act:
    came = original.collection
    details = {"location": came.location, "method": came.method, "tool": came.tool, "container": came.container}
    return Act(came.collected_at, "collect", original.sha256, custody.canonical(details))


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
    if row["capture"]:
        details["capture"] = msgspec.json.decode(row["capture"])
    return Act(row["collected_at"], "collect", report.document_id, custody.canonical(details))


def _read(report: Report, reading: Reading, at: str) -> Act:
    details = {
        "reader": reading.reader,
        "extractor": reading.document["extractor"],
        "text": reading.document["text_id"],
        "claims": len(reading.claims),
        "digest": reading.digest,
        "unread": reading.document["why"],
    }
    return Act(at, "read", report.document_id, custody.canonical(details))


def _key(text: str) -> Key:
    return cast("Key", msgspec.json.decode(text, type=Key))
