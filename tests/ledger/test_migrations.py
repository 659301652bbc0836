"""A ledger grows by numbered steps, and says so where it cannot."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, inspect

from bywhom.errors import LedgerTooNew, NotALedger
from bywhom.ledger import Ledger, schema
from bywhom.ledger.migrations import MIGRATIONS, Migration


def shape(engine: Engine) -> dict[str, Any]:
    """Tables, columns, keys and indexes, in the words of the database."""
    looked = inspect(engine)
    found = {}
    for table in looked.get_table_names():
        if table.startswith("search_"):  # the indexes for words and for the map are SQLite's own making
            continue
        columns = {column["name"]: (str(column["type"]), column["nullable"]) for column in looked.get_columns(table)}
        keys = tuple(looked.get_pk_constraint(table)["constrained_columns"])
        foreign = sorted(
            (tuple(key["constrained_columns"]), key["referred_table"]) for key in looked.get_foreign_keys(table)
        )
        indexes = sorted((index["name"], tuple(index["column_names"])) for index in looked.get_indexes(table))
        found[table] = (columns, keys, foreign, indexes)
    return found


def test_the_steps_arrive_at_the_schema(tmp_path: Path) -> None:
    Ledger.open(tmp_path / "ledger.db").close()
    grown, drawn = create_engine(f"sqlite:///{tmp_path}/ledger.db"), create_engine("sqlite://")
    schema.metadata.create_all(drawn)
    assert shape(grown) == shape(drawn)
    grown.dispose()
    drawn.dispose()


def test_steps_are_numbered_from_one_without_a_gap() -> None:
    assert [each.number for each in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


def test_each_step_is_taken_once_and_written_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ledger.db"
    Ledger.open(path).close()
    taken = []
    later = Migration(len(MIGRATIONS) + 1, "a later step", lambda connection: taken.append(connection.dialect.name))
    monkeypatch.setattr("bywhom.ledger.migrations.MIGRATIONS", (*MIGRATIONS, later))
    for _ in range(2):
        Ledger.open(path).close()
    assert taken == ["sqlite"]
    with closing(sqlite3.connect(path)) as raw:
        assert [row[0] for row in raw.execute("SELECT name FROM migrations ORDER BY number")] == [
            *(each.name for each in MIGRATIONS),
            "a later step",
        ]


def test_a_step_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ledger.db"
    Ledger.open(path).close()

    def half(connection: Any) -> None:
        connection.exec_driver_sql("CREATE TABLE half (a TEXT)")
        raise ZeroDivisionError

    monkeypatch.setattr(
        "bywhom.ledger.migrations.MIGRATIONS", (*MIGRATIONS, Migration(len(MIGRATIONS) + 1, "half a step", half))
    )
    with pytest.raises(ZeroDivisionError):
        Ledger.open(path)
    with closing(sqlite3.connect(path)) as raw:
        assert not raw.execute("SELECT name FROM sqlite_master WHERE name = 'half'").fetchall()


def test_a_ledger_of_a_later_version(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    Ledger.open(path).close()
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("INSERT INTO migrations VALUES (99, 'from tomorrow', '2031-01-01T00:00:00Z')")
    with pytest.raises(
        LedgerTooNew,
        match=rf"later version of bywhom \(step 99; this one knows {len(MIGRATIONS)}\); install that version",
    ):
        Ledger.open(path)


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE songs (title TEXT)",
        "CREATE TABLE meta (key TEXT, val TEXT); CREATE TABLE migrations (id INTEGER)",
        """
        CREATE TABLE meta (name TEXT, value TEXT); CREATE TABLE migrations (number INTEGER);
        INSERT INTO meta VALUES ('format', 'another program')
        """,
    ],
)
def test_a_database_of_another_program_stays_as_it_is(tmp_path: Path, script: str) -> None:
    path = tmp_path / "songs.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(script)
        before = list(raw.iterdump())
    with pytest.raises(NotALedger, match=r"songs.db is a database of another program; name another file"):
        Ledger.open(path)
    with closing(sqlite3.connect(path)) as raw:
        assert list(raw.iterdump()) == before


@pytest.mark.parametrize(
    "content", [b"A report, and no database.", b"\x00" * 5000, b"PK\x03\x04" + bytes(200), b"\xff" * 64]
)
def test_a_file_that_is_no_database_stays_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(content)
    with pytest.raises(NotALedger, match=r"report.txt is not a ledger"):
        Ledger.open(path)
    assert path.read_bytes() == content


def test_an_empty_file_becomes_a_ledger(tmp_path: Path) -> None:
    """What a run leaves that was killed before its first write."""
    path = tmp_path / "ledger.db"
    path.touch()
    with Ledger.open(path) as ledger:
        assert ledger.counts().documents == 0


def test_the_reports_of_an_older_ledger_wait_to_be_linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ledger.db"
    with monkeypatch.context() as past:
        past.setattr("bywhom.ledger.migrations.MIGRATIONS", MIGRATIONS[:1])
        Ledger.open(path).close()
    with closing(sqlite3.connect(path)) as raw, raw:
        for name, claims in (("with", 3), ("without", 0)):
            raw.execute(
                "INSERT INTO documents (id, sha1, size, name, appearance, form, state, why, claims) "
                "VALUES (?, '', 0, '', '', 'text', 'read', '', ?)",
                (name, claims),
            )
    Ledger.open(path).close()
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT document_id FROM to_link").fetchall() == [("with",)]
