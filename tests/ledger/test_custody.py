"""The custody log: a chain in which nothing can be changed, left out or put in without being seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, delete, text, update
from sqlalchemy.exc import IntegrityError

from bywhom.ledger import Ledger, custody, schema
from bywhom.ledger.custody import START, Act, Entry, append, broken, entries
from bywhom.ledger.engine import connect, writing

ACTS = [
    Act("2024-05-01T10:00:00Z", "collect", "a" * 64, '{"location":"box/a.txt"}'),
    Act("2024-05-01T10:00:01Z", "read", "a" * 64, '{"claims":2}'),
    Act("2024-05-01T10:00:02Z", "collect", "b" * 64, "{}"),
]


def log_of(acts: Any) -> list[Entry]:
    engine = create_engine("sqlite://")
    schema.metadata.create_all(engine)
    with engine.begin() as connection:
        for act in acts:  # one at a time: each has to find the end of the log
            append(connection, [act])
        found = list(entries(connection))
    engine.dispose()
    return found


LOG = log_of(ACTS)


def test_each_entry_holds_the_digest_of_the_one_before() -> None:
    assert [entry.seq for entry in LOG] == [1, 2, 3]
    assert [entry.previous for entry in LOG] == [START, LOG[0].digest, LOG[1].digest]
    assert not list(broken(LOG))


def test_the_log_does_not_depend_on_how_acts_were_grouped() -> None:
    engine = create_engine("sqlite://")
    schema.metadata.create_all(engine)
    with engine.begin() as connection:
        append(connection, ACTS)
        assert list(entries(connection)) == LOG
    engine.dispose()


@pytest.mark.parametrize(
    ("name", "log", "at"),
    [
        ("an entry changed", [LOG[0], replace(LOG[1], details='{"claims":3}'), LOG[2]], 2),
        ("its time changed", [replace(LOG[0], at="2023-05-01T10:00:00Z"), *LOG[1:]], 1),
        ("an entry left out", [LOG[0], LOG[2]], 3),
        ("the first left out", LOG[1:], 2),
        ("two entries exchanged", [LOG[1], LOG[0], LOG[2]], 2),
        ("an entry twice", [LOG[0], LOG[0], *LOG[1:]], 1),
    ],
)
def test_what_was_done_to_the_log_is_seen(name: str, log: Any, at: int) -> None:
    assert at in [entry.seq for entry, _ in broken(log)], name


def test_a_forged_entry_with_its_digest_made_anew_breaks_the_next() -> None:
    forged = replace(LOG[1], details='{"claims":3}')
    forged = replace(forged, digest=forged.due)
    assert [entry.seq for entry, _ in broken([LOG[0], forged, LOG[2]])] == [3]


@given(
    st.integers(0, 2), st.sampled_from(["at", "act", "subject", "details", "previous", "digest"]), st.text(max_size=4)
)
def test_no_word_of_any_entry_can_be_changed(number: int, column: str, word: str) -> None:
    changed = replace(LOG[number], **{column: getattr(LOG[number], column) + "x" + word})
    assert list(broken([*LOG[:number], changed, *LOG[number + 1 :]]))


@pytest.mark.parametrize("statement", [update(schema.custody).values(act="x"), delete(schema.custody)])
def test_the_database_refuses_to_change_the_log(ledger: Ledger, make: Any, statement: Any) -> None:
    ledger.record([make.report()])
    engine = connect(ledger.path)
    with pytest.raises(IntegrityError, match="append-only"), engine.begin() as connection:
        connection.execute(statement)
    engine.dispose()


def test_details_are_written_in_one_way() -> None:
    assert custody.canonical({"b": 1, "a": None}) == '{"a":null,"b":1}'


def test_the_trigger_is_what_refuses(ledger: Ledger, make: Any) -> None:
    ledger.record([make.report()])
    engine = connect(ledger.path)
    with writing(engine, ledger.path) as connection:
        connection.execute(text("DROP TRIGGER custody_no_update"))
        connection.execute(update(schema.custody).values(act="x"))
    engine.dispose()
    assert list(broken(ledger.custody()))
