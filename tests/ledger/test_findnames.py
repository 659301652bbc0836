"""Entities are kept added up: whatever reports come and go, the sums are what adding up anew would give."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, delete, insert

from bywhom.ledger import findnames, schema

# A report: for each entity in it how it is called there, and in which roles which of its claims mention it.
mentions = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["source", "relay", "place"])), max_size=4)
reports = st.lists(
    st.dictionaries(st.integers(0, 3), st.tuples(st.sampled_from("ab"), mentions), max_size=3), max_size=6
)
Told = dict[int, tuple[str, list[tuple[int, str]]]]


@contextmanager
def tables() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    schema.metadata.create_all(
        engine, [schema.documents, schema.claims, schema.entities, schema.mentions, schema.counted, schema.called]
    )
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def rows_of(number: int, told: Told) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    report = f"report {number}"
    known = [
        {
            "document_id": report, "id": f"one {who}", "name": name, "name_key": f"\n{name}\n", "kind": "person", "local": 0,
            "protected": int(name == "b"), "record": f"{who} {name}",
        }
        for who, (name, _) in told.items()
    ]  # fmt: skip
    said = [(f"one {who}", claim, role) for who, (_, some) in told.items() for claim, role in some]
    mentioned = [
        {
            "claim_id": f"{report} {claim}", "position": place, "document_id": report, "entity_id": who, "role": role,
            "start_at": None, "end_at": None, "text": None,
        }
        for place, (who, claim, role) in enumerate(said)
    ]  # fmt: skip
    return known, mentioned


def held(connection: Connection) -> tuple[list[Any], list[Any]]:
    counted = "SELECT id, kind, local, mentions, said, reports FROM counted ORDER BY id"
    called = "SELECT id, record, name, name_key, local, protected, reports FROM called ORDER BY id, record"
    return list(connection.exec_driver_sql(counted)), list(connection.exec_driver_sql(called))


@settings(deadline=None, max_examples=60)  # no timed assertions
@given(reports, st.sets(st.integers(0, 5)), st.integers(0, 6))
def test_what_is_kept_is_what_there_is(told: list[Told], gone: set[int], first: int) -> None:
    with tables() as connection:
        for batch in (list(enumerate(told))[:first], list(enumerate(told))[first:]):
            known, mentioned = [], []
            for number, one in batch:
                of_report = rows_of(number, one)
                known += of_report[0]
                mentioned += of_report[1]
            for table, rows in ((schema.entities, known), (schema.mentions, mentioned)):
                if rows:
                    connection.execute(insert(table), rows)
            findnames.put(connection, known, mentioned)
        out = [f"report {number}" for number in gone]
        findnames.take(connection, out)
        for table in (schema.mentions, schema.entities):
            connection.execute(delete(table).where(table.c.document_id.in_(out)))
        kept = held(connection)
        findnames.rebuild(connection)
        assert kept == held(connection)


def test_one_kind_of_row_is_kept_once() -> None:
    with tables() as connection:
        for number in range(3):
            findnames.put(connection, *rows_of(number, {0: ("a", [(0, "source"), (0, "place"), (1, "source")])}))
        assert held(connection) == (
            [("one 0", "person", 0, 9, 6, 3)],
            [("one 0", "0 a", "a", "\na\n", 0, 0, 3)],
        )
