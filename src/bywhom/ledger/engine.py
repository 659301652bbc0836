"""The connection to the database: the one file that knows which database it is."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Engine, Table, TextClause, create_engine, event, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError, DBAPIError

from bywhom.errors import LedgerError, LedgerLocked, NoSpace, NotALedger

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

T = TypeVar("T")

# Another `add` writes in transactions of about a second; a minute of waiting means that somebody holds the file.
PATIENCE_S = 60.0
_WRITES = {"bywhom_writes": True}


def connect(path: Path) -> Engine:
    """An engine on the SQLite file `path`: write-ahead log, foreign keys on, explicit transactions.

    What we may not write is opened for reading alone: a ledger on a stick, in an archive, in a colleague's folder.
    """
    reads_only = path.is_file() and not _may_write(path)
    address = _for_reading(path) if reads_only else URL.create("sqlite", database=str(path))
    engine = create_engine(address, connect_args={"timeout": PATIENCE_S})
    event.listen(engine, "connect", _prepare_reading if reads_only else _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _may_write(path: Path) -> bool:
    """Whether we may change the file, and put its log beside it."""
    return os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK)


def _for_reading(path: Path) -> URL:
    # Without a log beside it nobody writes the file, and SQLite need not put its own files there to read it.
    log = path.with_name(path.name + "-wal")
    at_rest = {} if log.exists() and log.stat().st_size else {"immutable": "1"}
    return URL.create("sqlite", database=path.resolve().as_uri(), query={"uri": "true", "mode": "ro", **at_rest})


def _prepare_reading(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by _begin alone
    _use_write_ahead_log(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    # The switch to WAL does not wait for a lock as statements do, and two programs may make it at the same moment.
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if _code(error) != "SQLITE_BUSY" or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _begin(connection: Connection) -> None:
    # A writer takes its lock at once: a transaction that reads first and writes later can be refused half-way.
    writes = connection.get_execution_options().get("bywhom_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine, path: Path) -> Iterator[Connection]:
    """A connection that sees one state of the ledger throughout."""
    with translated(path), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, path: Path) -> Iterator[Connection]:
    """A connection whose work is kept whole or not at all."""
    with translated(path), engine.connect().execution_options(**_WRITES) as connection, connection.begin():
        yield connection


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in parts that fit into one statement: SQLite takes at most 999 in one."""
    for start in range(0, len(values), _MOST_VALUES):
        yield values[start : start + _MOST_VALUES]


_MOST_VALUES = 500


def answers(
    connection: Connection, statement: TextClause, parameters: Iterable[dict[str, Any]]
) -> Iterator[Sequence[Any]]:
    """What a small statement answers to each of many parameters: for the one place where it is asked a million times."""
    compiled = statement.compile(dialect=connection.dialect)
    words, order = str(compiled), compiled.positiontup
    cursor = connection.connection.cursor()
    try:
        for one in parameters:
            cursor.execute(words, [one[name] for name in order] if order is not None else one)
            yield cursor.fetchall()
    finally:
        cursor.close()


def fetched(connection: Connection, words: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """All rows of a statement, plain: for the few that answer with thousands of rows while somebody waits."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(words, values)
        return list(cursor.fetchall())
    finally:
        cursor.close()


def insert_many(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all have the same columns: for the few tables into which every report puts many."""
    if rows:
        columns = list(rows[0])
        values = ", ".join(f":{column}" for column in columns)
        run_many(connection, f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({values})", rows)  # noqa: S608  our names


def run_many(connection: Connection, words: str, rows: Sequence[dict[str, Any]]) -> None:
    """Run a statement with the named values of each row; SQLite takes them as they are, at half the cost."""
    if connection.dialect.name != "sqlite":
        connection.execute(text(words), rows)
        return
    cursor = connection.connection.cursor()
    try:
        cursor.executemany(words, rows)
    finally:
        cursor.close()


def insert_new(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert the rows whose primary key is not there yet."""
    if rows:
        connection.execute(_insert(connection)(table).on_conflict_do_nothing(), rows)


def _insert(connection: Connection) -> Callable[[Table], sqlite.Insert | postgresql.Insert]:
    if connection.dialect.name == "sqlite":
        return sqlite.insert
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415  slow to import, and most ledgers are files

    return postgresql.insert


def forbid_changes(connection: Connection, table: str) -> None:
    """Make the rows of a table impossible to change or delete."""
    for act in ("UPDATE", "DELETE"):
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def damage(connection: Connection) -> Iterator[str]:
    """What the database says is wrong with its own file."""
    for (line,) in connection.exec_driver_sql("PRAGMA quick_check"):
        if line != "ok":
            yield str(line)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Errors of the database become errors of ours, naming the ledger and what to do."""
    try:
        yield
    except DBAPIError as error:
        raise _ours(error, path) from error
    except sqlite3.Error as error:
        raise _ours(DatabaseError("", None, error), path) from error


def _ours(error: DBAPIError, path: Path) -> LedgerError:
    code = _code(error.orig)
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return LedgerLocked(
            f"{path} is held by another program, for more than {PATIENCE_S:.0f} s; wait for it to end, or close it"
        )
    if code.startswith("SQLITE_FULL"):
        return NoSpace(f"the disk of {path} is full; make room, then run the same command again: it goes on")
    if code.startswith("SQLITE_NOTADB"):
        return NotALedger(f"{path} is not a ledger; name another file with --ledger")
    if code.startswith("SQLITE_CORRUPT"):
        return LedgerError(f"{path} is damaged ({error.orig}); restore a copy, or add the reports to a new ledger")
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return LedgerError(_closed_to_us(path, str(error.orig)))
    return LedgerError(f"{path}: the database says: {error.orig}")


def _closed_to_us(path: Path, said: str) -> str:
    """Why a ledger cannot be written, or not even read, and what to do."""
    if path.is_file() and not _may_write(path):
        if "readonly" in said:
            return f"{path} can only be read: the file or its folder is write-protected; copy it and {path}.archive elsewhere"
        return (
            f"{path} cannot be read where it lies ({said}): its log is not folded in; copy it with {path}-wal elsewhere"
        )
    return f"{path} cannot be opened for writing ({said}); check the folder and its permissions"


def _code(error: BaseException | None) -> str:
    return str(getattr(error, "sqlite_errorname", ""))
