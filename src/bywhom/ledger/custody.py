"""The custody log: what was done to which original, each entry holding the digest of the one before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select

from bywhom.ledger.schema import custody

START = "0" * 64  # what the first entry holds as the digest before it


@dataclass(frozen=True, slots=True)
class Act:
    """Something done, before it has its place in the log."""

    at: str  # UTC, ISO 8601 with seconds
    act: str  # collect, read, link, verdict, release
    subject: str  # SHA-256 of the original, or empty
    details: str  # JSON


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log."""

    seq: int
    at: str
    act: str
    subject: str
    details: str
    previous: str
    digest: str

    @property
    def due(self) -> str:
        """The digest that this entry must have."""
        words = (self.seq, self.at, self.act, self.subject, self.details, self.previous)
        return sha256(msgspec.json.encode(words)).hexdigest()


def now() -> str:
    """The time in UTC, ISO 8601 with seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def last_digest(connection: Connection) -> str:
    """The digest of the last entry; empty where there is none."""
    return connection.scalar(select(custody.c.digest).order_by(custody.c.seq.desc()).limit(1)) or ""


def append(connection: Connection, acts: Iterable[Act]) -> None:
    """Write acts to the end of the log; the caller's transaction keeps other writers out."""
    tail = connection.execute(select(custody.c.seq, custody.c.digest).order_by(custody.c.seq.desc()).limit(1)).first()
    last, previous = (tail.seq, tail.digest) if tail else (0, START)
    rows = []
    for seq, act in enumerate(acts, last + 1):
        entry = Entry(seq, act.at, act.act, act.subject, act.details, previous, "")
        previous = entry.due
        rows.append(_row(entry, previous))
    if rows:
        connection.execute(insert(custody), rows)


def _row(entry: Entry, digest: str) -> dict[str, object]:
    return {
        "seq": entry.seq,
        "at": entry.at,
        "act": entry.act,
        "subject": entry.subject,
        "details": entry.details,
        "previous": entry.previous,
        "digest": digest,
    }


def canonical(details: Mapping[str, object]) -> str:
    """Details as JSON, always in the same words."""
    return msgspec.json.encode(details, order="sorted").decode()


def last_reading(connection: Connection, subject: str) -> dict[str, Any]:
    """What the log says of the newest reading of an original: count of claims, digest of all rows; empty if none."""
    chosen = select(custody.c.details).where(custody.c.subject == subject, custody.c.act == "read")
    details = connection.scalar(chosen.order_by(custody.c.seq.desc()).limit(1))
    return msgspec.json.decode(details, type=dict[str, Any]) if details else {}


def captures(connection: Connection, subject: str) -> dict[str, object]:
    """Location -> what the log says of the capture that an original came from; None where it says nothing."""
    chosen = select(custody.c.details).where(custody.c.act == "collect", custody.c.subject == subject)
    entered = (msgspec.json.decode(details) for details in connection.scalars(chosen))
    return {each["location"]: each.get("capture") for each in entered}


def locations(connection: Connection, subjects: Sequence[str]) -> set[tuple[str, str]]:
    """Where these originals were collected, as pairs of digest and location."""
    chosen = select(custody.c.subject, custody.c.details)
    rows = connection.execute(chosen.where(custody.c.subject.in_(subjects), custody.c.act == "collect"))
    return {(row.subject, msgspec.json.decode(row.details)["location"]) for row in rows}


def entries(connection: Connection) -> Iterator[Entry]:
    """The log from its first entry on."""
    for row in connection.execute(select(custody).order_by(custody.c.seq)):
        yield Entry(row.seq, row.at, row.act, row.subject, row.details, row.previous, row.digest)


def broken(log: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    """The entries at which the chain does not hold, each with the reason in words."""
    seq, previous = 0, START
    for entry in log:
        if entry.seq != seq + 1:
            yield entry, f"entry {seq + 1} is missing before entry {entry.seq}"
        elif entry.previous != previous:
            yield entry, f"entry {entry.seq} does not hold the digest of the entry before it"
        if entry.digest != entry.due:
            yield entry, f"entry {entry.seq} was changed: its digest does not fit its words"
        seq, previous = entry.seq, entry.digest
