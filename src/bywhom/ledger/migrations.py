"""The steps that bring a ledger to the present form, numbered. A step that has been released is never changed.

schema.py describes where the last step arrives; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, inspect, select

from bywhom.errors import LedgerTooNew, NotALedger
from bywhom.ledger import findcells, findnames, schema
from bywhom.ledger.engine import forbid_changes, reading, writing
from bywhom.ledger.findindex import fill

FORMAT = "bywhom ledger"


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: its number, what it does in words, and the function that does it."""

    number: int
    name: str
    apply: Callable[[Connection], None]


def _001_first_tables(connection: Connection) -> None:
    for statement in _FIRST_TABLES.split(";"):
        if statement.strip():
            connection.exec_driver_sql(statement)
    forbid_changes(connection, "custody")
    connection.execute(insert(schema.meta), {"name": "format", "value": FORMAT})


# Types and clauses that SQLite and PostgreSQL read alike.
_FIRST_TABLES = """
CREATE TABLE meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE migrations (number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL);
CREATE TABLE documents (
  id TEXT NOT NULL PRIMARY KEY, sha1 TEXT NOT NULL, size INTEGER NOT NULL, name TEXT NOT NULL,
  appearance TEXT NOT NULL, form TEXT NOT NULL, state TEXT NOT NULL, why TEXT NOT NULL, reader TEXT, text_id TEXT,
  extractor TEXT, language TEXT, title TEXT, publisher TEXT, author TEXT, published TEXT, published_evidence TEXT,
  url TEXT, claims INTEGER NOT NULL, record TEXT);
CREATE INDEX documents_by_name ON documents (name, id);
CREATE TABLE appearances (
  document_id TEXT NOT NULL REFERENCES documents (id), location TEXT NOT NULL, name TEXT NOT NULL,
  method TEXT NOT NULL, collected_at TEXT NOT NULL, tool TEXT NOT NULL, container TEXT, form TEXT NOT NULL,
  declared TEXT NOT NULL, PRIMARY KEY (document_id, location));
CREATE INDEX appearances_by_name ON appearances (name);
CREATE INDEX appearances_by_location ON appearances (location);
CREATE TABLE blocks (
  document_id TEXT NOT NULL REFERENCES documents (id), position INTEGER NOT NULL, start_at INTEGER NOT NULL,
  end_at INTEGER NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (document_id, position));
CREATE TABLE claims (
  id TEXT NOT NULL PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id), start_at INTEGER NOT NULL,
  end_at INTEGER NOT NULL, text TEXT NOT NULL, text_key TEXT NOT NULL, quote TEXT NOT NULL, source TEXT,
  source_key TEXT NOT NULL, source_kind TEXT NOT NULL, via_key TEXT NOT NULL, certainty TEXT NOT NULL,
  polarity TEXT NOT NULL, modality TEXT NOT NULL, distanced INTEGER NOT NULL, event TEXT NOT NULL, place TEXT,
  place_key TEXT NOT NULL, country TEXT, lat DOUBLE PRECISION, lon DOUBLE PRECISION, time TEXT, first_day TEXT,
  last_day TEXT, record TEXT NOT NULL);
CREATE INDEX claims_by_document ON claims (document_id, start_at, end_at, id);
CREATE INDEX claims_by_event ON claims (event);
CREATE INDEX claims_by_day ON claims (first_day);
CREATE TABLE problems (
  id TEXT NOT NULL PRIMARY KEY, stage TEXT NOT NULL, message TEXT NOT NULL, remedy TEXT NOT NULL,
  location TEXT NOT NULL, document_id TEXT, start_at INTEGER, end_at INTEGER, of_reading INTEGER NOT NULL);
CREATE INDEX problems_by_document ON problems (document_id);
CREATE INDEX problems_by_location ON problems (location);
CREATE TABLE custody (
  seq INTEGER NOT NULL PRIMARY KEY, at TEXT NOT NULL, act TEXT NOT NULL, subject TEXT NOT NULL,
  details TEXT NOT NULL, previous TEXT NOT NULL, digest TEXT NOT NULL);
CREATE INDEX custody_by_subject ON custody (subject, act);
"""


def _002_links_and_verdicts(connection: Connection) -> None:
    for statement in _LINKS_AND_VERDICTS.split(";"):
        if statement.strip():
            connection.exec_driver_sql(_in_dialect(statement, connection))
    forbid_changes(connection, "verdicts")
    connection.exec_driver_sql("INSERT INTO to_link SELECT id FROM documents WHERE claims > 0")


def _in_dialect(statement: str, connection: Connection) -> str:
    """The statement as SQLite reads it, or PostgreSQL: they have other names for bytes, and for a table that is an index."""
    if connection.dialect.name == "sqlite":
        return statement
    return (
        statement.replace("BLOB", "BYTEA")
        .replace("WITHOUT ROWID", "")
        .replace("INTEGER NOT NULL PRIMARY", "SERIAL PRIMARY")
    )


_LINKS_AND_VERDICTS = """
CREATE TABLE to_link (document_id TEXT NOT NULL PRIMARY KEY);
CREATE TABLE linked (
  number INTEGER NOT NULL PRIMARY KEY, claim_id TEXT NOT NULL, document_id TEXT NOT NULL, origin TEXT NOT NULL,
  end_key TEXT NOT NULL, end_name TEXT, sourced INTEGER NOT NULL, publisher_key TEXT NOT NULL, polarity TEXT NOT NULL,
  subject TEXT, day INTEGER NOT NULL, keys BLOB NOT NULL);
CREATE UNIQUE INDEX linked_by_claim ON linked (claim_id);
CREATE INDEX linked_by_document ON linked (document_id);
CREATE INDEX linked_by_origin ON linked (origin);
CREATE INDEX linked_by_end ON linked (end_key);
CREATE INDEX linked_by_subject ON linked (subject);
CREATE TABLE link_keys (
  key BIGINT NOT NULL, day INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (key, day, number)) WITHOUT ROWID;
CREATE TABLE relations (
  a TEXT NOT NULL, b TEXT NOT NULL, type TEXT NOT NULL, independence TEXT NOT NULL, rule TEXT NOT NULL,
  evidence TEXT NOT NULL, PRIMARY KEY (a, b, type));
CREATE INDEX relations_by_b ON relations (b);
CREATE TABLE standings (
  origin TEXT NOT NULL PRIMARY KEY, digit INTEGER NOT NULL, rule TEXT NOT NULL, contested INTEGER NOT NULL,
  record TEXT NOT NULL);
CREATE INDEX standings_by_digit ON standings (digit, contested);
CREATE TABLE verdicts (
  seq INTEGER NOT NULL PRIMARY KEY, at TEXT NOT NULL, reviewer TEXT NOT NULL, subject TEXT NOT NULL, field TEXT NOT NULL,
  act TEXT NOT NULL, value TEXT, reason TEXT NOT NULL, undoes INTEGER);
CREATE INDEX verdicts_by_subject ON verdicts (subject, field);
CREATE TABLE anchors (
  seq INTEGER NOT NULL REFERENCES verdicts (seq), position INTEGER NOT NULL, claim_id TEXT NOT NULL,
  document_id TEXT NOT NULL, text_id TEXT NOT NULL, start_at INTEGER NOT NULL, end_at INTEGER NOT NULL, text TEXT NOT NULL,
  now TEXT, PRIMARY KEY (seq, position));
CREATE INDEX anchors_by_claim ON anchors (now);
CREATE INDEX anchors_by_document ON anchors (document_id);
CREATE TABLE in_force (
  subject TEXT NOT NULL, field TEXT NOT NULL, seq INTEGER NOT NULL REFERENCES verdicts (seq),
  PRIMARY KEY (subject, field));
CREATE INDEX in_force_by_seq ON in_force (seq);
CREATE INDEX in_force_by_field ON in_force (field);
"""


def _003_entities(connection: Connection) -> None:
    for statement in _ENTITIES.split(";"):
        if statement.strip():
            connection.exec_driver_sql(statement)


_ENTITIES = """
CREATE TABLE entities (
  document_id TEXT NOT NULL REFERENCES documents (id), id TEXT NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL,
  kind TEXT NOT NULL, local INTEGER NOT NULL, protected INTEGER NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (document_id, id));
CREATE INDEX entities_by_id ON entities (id);
CREATE TABLE mentions (
  claim_id TEXT NOT NULL REFERENCES claims (id), position INTEGER NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents (id), entity_id TEXT NOT NULL, role TEXT NOT NULL,
  start_at INTEGER, end_at INTEGER, text TEXT, PRIMARY KEY (claim_id, position));
CREATE INDEX mentions_by_entity ON mentions (entity_id, role);
CREATE INDEX mentions_by_document ON mentions (document_id);
"""


def _004_finding(connection: Connection) -> None:
    for statement in (_FINDING + findcells.TABLE).split(";"):  # what is found now is put into cells, too
        if statement.strip():
            connection.exec_driver_sql(statement)
    fill(connection)


_FINDING = """
CREATE TABLE found (
  id INTEGER NOT NULL PRIMARY KEY, claim_id TEXT NOT NULL, document_id TEXT NOT NULL, first_day INTEGER NOT NULL,
  last_day INTEGER NOT NULL, event TEXT NOT NULL, kind TEXT NOT NULL, certainty TEXT NOT NULL, country TEXT NOT NULL,
  source TEXT NOT NULL, outlet TEXT NOT NULL, lat DOUBLE PRECISION, lon DOUBLE PRECISION, radius_km DOUBLE PRECISION,
  digit INTEGER NOT NULL, contested INTEGER NOT NULL, reviewed INTEGER NOT NULL);
CREATE UNIQUE INDEX found_by_claim ON found (claim_id);
CREATE INDEX found_by_document ON found (document_id);
CREATE INDEX found_by_digit ON found (digit, id);
CREATE INDEX found_contested ON found (id) WHERE contested = 1;
CREATE INDEX found_reviewed ON found (id) WHERE reviewed = 1;
CREATE INDEX found_long ON found (id, last_day) WHERE last_day - first_day > 366;
CREATE INDEX documents_by_state ON documents (state, claims);
CREATE VIRTUAL TABLE search_text USING fts5 (
  words, source, via, outlet, place, marks, tokenize = "porter unicode61 remove_diacritics 2 tokenchars '_'");
CREATE VIRTUAL TABLE search_map USING rtree (id, south, north, west, east);
CREATE TABLE searches (
  name TEXT NOT NULL PRIMARY KEY, query TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL);
"""


def _005_cells_of_the_map(connection: Connection) -> None:
    for statement in findcells.TABLE.split(";"):
        if statement.strip():
            connection.exec_driver_sql(statement)
    findcells.rebuild(connection)


def _006_captures(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE appearances ADD COLUMN capture TEXT")


def _007_sums_of_entities(connection: Connection) -> None:
    for statement in findnames.TABLE.split(";"):
        if statement.strip():
            connection.exec_driver_sql(_in_dialect(statement, connection))
    findnames.rebuild(connection)


MIGRATIONS = (
    Migration(1, "first tables", _001_first_tables),
    Migration(2, "links and verdicts", _002_links_and_verdicts),
    Migration(3, "entities", _003_entities),
    Migration(4, "finding", _004_finding),
    Migration(5, "cells of the map", _005_cells_of_the_map),
    Migration(6, "captures", _006_captures),
    Migration(7, "sums of entities", _007_sums_of_entities),
)


def migrate(engine: Engine, path: Path, at: str) -> None:
    """Bring the ledger to the present form; nothing happens where it is there already.

    Raises: NotALedger for another program's database, LedgerTooNew for a ledger of a later version.
    """
    with reading(engine, path) as connection:
        if _missing(connection, path) == ():
            return
    with writing(engine, path) as connection:  # asked again: another program may have been faster
        for migration in _missing(connection, path):
            migration.apply(connection)
            row = {"number": migration.number, "name": migration.name, "applied_at": at}
            connection.execute(insert(schema.migrations), row)


def _missing(connection: Connection, path: Path) -> tuple[Migration, ...]:
    applied = _applied(connection, path)
    known = {migration.number for migration in MIGRATIONS}
    if applied - known:
        raise LedgerTooNew(
            f"{path} was written by a later version of bywhom (step {max(applied)}; this one knows {max(known)}); "
            "install that version, or name another file with --ledger"
        )
    return tuple(migration for migration in MIGRATIONS if migration.number not in applied)


def _applied(connection: Connection, path: Path) -> set[int]:
    tables = inspect(connection).get_table_names()
    if not tables:
        return set()
    if not {"meta", "migrations"} <= set(tables) or not _is_ours(connection):
        raise NotALedger(f"{path} is a database of another program; name another file with --ledger")
    return set(connection.scalars(select(schema.migrations.c.number)))


def _is_ours(connection: Connection) -> bool:
    columns = {column["name"] for column in inspect(connection).get_columns("meta")}
    wanted = select(schema.meta.c.value).where(schema.meta.c.name == "format")
    return {"name", "value"} <= columns and connection.scalar(wanted) == FORMAT
