"""Who and what is in a ledger, kept added up with every report: a list of names, or all that is known of one, costs the same in any ledger.

A name that forty thousand reports mention has forty thousand rows in `entities`, most of them alike: `called` has each kind of row once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, text

from bywhom.ledger.engine import chunks, fetched, run_many
from bywhom.ledger.rows import Row
from bywhom.records import MentionRole

TABLE = """
CREATE TABLE counted (
  id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, local INTEGER NOT NULL, mentions INTEGER NOT NULL, said INTEGER NOT NULL,
  reports INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX counted_by_mentions ON counted (local, mentions);
CREATE INDEX counted_by_kind ON counted (kind, mentions);
CREATE TABLE called (
  id TEXT NOT NULL, record TEXT NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL, local INTEGER NOT NULL, protected INTEGER NOT NULL,
  reports INTEGER NOT NULL, PRIMARY KEY (id, record)) WITHOUT ROWID;
"""
_SOURCE = MentionRole.SOURCE.value
_COUNT = (
    "INSERT INTO counted (id, kind, local, mentions, said, reports) VALUES (:id, :kind, :local, :mentions, :said, :reports) "
    "ON CONFLICT (id) DO UPDATE SET mentions = counted.mentions + excluded.mentions, said = counted.said + excluded.said, "
    "reports = counted.reports + excluded.reports"
)
_CALL = (
    "INSERT INTO called (id, record, name, name_key, local, protected, reports) "
    "VALUES (:id, :record, :name, :name_key, :local, :protected, 1) "
    "ON CONFLICT (id, record) DO UPDATE SET reports = called.reports + 1"
)


def put(connection: Connection, entities: Sequence[Row], mentions: Sequence[Row]) -> None:
    """Add what some reports know of entities, and how often their claims mention them."""
    if entities:
        run_many(connection, _CALL, entities)
    if counts := _counts(entities, mentions):
        run_many(connection, _COUNT, counts)


def _counts(entities: Sequence[Row], mentions: Sequence[Row]) -> list[Row]:
    known = {row["id"]: row for row in entities}
    number: dict[str, int] = {}
    said: dict[str, set[str]] = {}
    reports: dict[str, set[str]] = {}
    for row in mentions:
        one = row["entity_id"]
        number[one] = number.get(one, 0) + 1
        reports.setdefault(one, set()).add(row["document_id"])
        if row["role"] == _SOURCE:
            said.setdefault(one, set()).add(row["claim_id"])
    return [
        {
            "id": one, "kind": known[one]["kind"], "local": known[one]["local"], "mentions": count,
            "said": len(said.get(one, ())), "reports": len(reports[one]),
        }
        for one, count in number.items()
        if one in known
    ]  # fmt: skip


_GONE = (
    "UPDATE counted SET mentions = mentions - :mentions, said = said - :said, reports = reports - :reports WHERE id = :id",
    "DELETE FROM counted WHERE id = :id AND mentions <= 0",
)
_CALLED_NO_MORE = (
    "UPDATE called SET reports = reports - :reports WHERE id = :id AND record = :record",
    "DELETE FROM called WHERE id = :id AND record = :record AND reports <= 0",
)


def take(connection: Connection, document_ids: Sequence[str]) -> None:
    """Take these reports out of the sums; their rows must still be there."""
    for chunk in chunks(document_ids):
        some = ", ".join("?" * len(chunk))
        counts = _added_up(f"WHERE document_id IN ({some})")
        gone = [_row(("id", "mentions", "said", "reports"), each) for each in fetched(connection, counts, chunk)]
        kinds = f"SELECT id, record, count(*) FROM entities WHERE document_id IN ({some}) GROUP BY id, record"  # noqa: S608  our own words
        called = [_row(("id", "record", "reports"), each) for each in fetched(connection, kinds, chunk)]
        for words, rows in ((_GONE, gone), (_CALLED_NO_MORE, called)):
            for each in words:
                if rows:
                    connection.execute(text(each), rows)


def _row(names: Sequence[str], values: Sequence[Any]) -> Row:
    return dict(zip(names, values, strict=True))


def _added_up(where: str = "") -> str:
    """The words of a statement that counts mentions, claims said and reports of each entity."""
    said = f"count(DISTINCT CASE WHEN role = '{_SOURCE}' THEN claim_id END)"
    return f"SELECT entity_id, count(*), {said}, count(DISTINCT document_id) FROM mentions {where} GROUP BY entity_id"  # noqa: S608


def rebuild(connection: Connection) -> None:
    """Add up everything anew: for a ledger that was filled before there were sums."""
    for table in ("counted", "called"):
        connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608  our own words
    connection.execute(
        text(
            "INSERT INTO called (id, record, name, name_key, local, protected, reports) "
            "SELECT id, record, min(name), min(name_key), min(local), min(protected), count(*) FROM entities GROUP BY id, record"
        )
    )
    connection.execute(text(_FILL.format(sums=_added_up())))


_FILL = (
    "WITH sums (id, mentions, said, reports) AS ({sums}), kinds AS (SELECT id, min(kind) AS kind, min(local) AS local FROM entities GROUP BY id) "
    "INSERT INTO counted (id, kind, local, mentions, said, reports) "
    "SELECT sums.id, kinds.kind, kinds.local, mentions, said, reports FROM sums JOIN kinds ON kinds.id = sums.id"
)
