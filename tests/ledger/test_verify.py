"""Whoever changes, removes or adds one thing in a ledger or its archive is found out, and the thing is named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from bywhom.ledger import Ledger, custody
from bywhom.records import Attribution, Hop, Mention, Quote, Source, SourceKind, Span

OTHER = "Odesa. Nothing is claimed here."


@pytest.fixture
def filled(ledger: Ledger, make: Any) -> Ledger:
    """A ledger with a report and its copy, and another report without claims."""
    ledger.record([make.report(), make.report("kars-copy"), make.report("odesa", OTHER)])
    assert list(ledger.verify()) == []
    return ledger


def tampered(ledger: Ledger, script: str, *values: object) -> list[str]:
    """What verify says once somebody has done this to the database."""
    ledger.close()
    with closing(sqlite3.connect(ledger.path)) as raw, raw:
        for trigger in ("custody_no_update", "custody_no_delete"):
            raw.execute(f"DROP TRIGGER {trigger}")
        raw.execute("PRAGMA foreign_keys = OFF")
        assert raw.execute(script, values).rowcount > 0
    with Ledger.open(ledger.path) as again:
        return [problem.message for problem in again.verify()]


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (
            "UPDATE claims SET event = 'flee' WHERE event = 'attack'",
            "the column event says 'flee', its record 'attack'",
        ),
        ("UPDATE claims SET source = 'nobody' WHERE source IS NOT NULL", "the column source says 'nobody'"),
        ("UPDATE claims SET lat = 0 WHERE lat IS NOT NULL", "the column lat says 0.0, its record 40.6"),
        ("UPDATE claims SET record = replace(record, 'certain', 'possible')", "changed after they were written"),
        ("UPDATE claims SET record = replace(record, 'redoubt', 'bastion')", "not 'battery fired on the bastion'"),
        ("UPDATE claims SET record = '{}'", "cannot be read"),
        ("UPDATE claims SET record = 'no json'", "cannot be read"),
        ("UPDATE claims SET id = 'x' || id", "the column id says"),
        ("DELETE FROM claims WHERE event = 'attack'", "kars: 2 claims were written, and 1 are there"),
        ("DELETE FROM claims", "kars: 2 claims were written, and 0 are there"),
        ("UPDATE claims SET document_id = 'nobody'", "2 claims belong to no report"),
        ("UPDATE documents SET claims = 9 WHERE claims = 2", "2 claims were written, and 2 are there"),
        ("UPDATE documents SET record = replace(record, '1855-06', '1856-06')", "changed after they were written"),
        ("UPDATE documents SET record = '{}'", "kars: its record cannot be read"),
        ("UPDATE documents SET sha1 = 'abc'", "and the ledger says abc"),
        ("UPDATE documents SET text_id = 'abc'", "kars: its text cannot be had"),
        ("DELETE FROM documents WHERE name = 'odesa'", "was read, and is no longer listed"),
        ("UPDATE blocks SET kind = 'body'", "changed after they were written"),
        ("UPDATE blocks SET start_at = 3 WHERE position = 1", "its blocks overlap at character 3"),
        ("UPDATE blocks SET end_at = 9999 WHERE position = 1", "the span 54-9999 ends after the text"),
        ("DELETE FROM blocks", "changed after they were written"),
        (
            "DELETE FROM appearances WHERE name = 'kars-copy'",
            "was collected from box/kars-copy.txt, which is no longer listed",
        ),
        (
            "UPDATE appearances SET location = 'x' WHERE name = 'kars-copy'",
            "does not know that it was collected from x",
        ),
        (
            "UPDATE appearances SET capture = '{\"captured_at\": \"1999\"}' WHERE name = 'kars-copy'",
            "what is said of its capture at box/kars-copy.txt is not what the custody log says",
        ),
        ("UPDATE custody SET at = '2001-01-01T00:00:00Z' WHERE seq = 2", "entry 2 was changed"),
        ("DELETE FROM custody WHERE seq = 2", "entry 2 is missing before entry 3"),
        ("DELETE FROM custody WHERE seq > 3", "does not know that it was collected from box/odesa.txt"),
    ],
)
def test_what_was_done_to_the_database_is_named(filled: Ledger, script: str, said: str) -> None:
    assert any(said in message for message in tampered(filled, script))


def test_an_entry_put_into_the_log(filled: Ledger) -> None:
    entry = custody.Entry(6, "2024-05-01T10:00:00Z", "collect", "f" * 64, '{"location":"forged"}', custody.START, "")
    row = (6, entry.at, entry.act, entry.subject, entry.details, entry.previous, entry.due)
    said = tampered(filled, "INSERT INTO custody VALUES (?, ?, ?, ?, ?, ?, ?)", *row)
    assert "custody log: entry 6 does not hold the digest of the entry before it" in said
    assert f"the original {'f' * 64} is missing" in said


# The archive ----------------------------------------------------------------------------------------------------------


def original(ledger: Ledger, name: str = "kars") -> Path:
    return ledger.archive.path(ledger.document(name).id)


def test_a_changed_original_is_named(filled: Ledger) -> None:
    path = original(filled)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"redoubt", b"bastion"))
    said = list(filled.verify())
    assert said[0].where == str(path)
    assert "changed since it was archived" in said[0].message
    assert any(
        "its text cannot be had" in problem.message for problem in said
    )  # of a plain text, it is the same object


def test_a_missing_original_is_named(filled: Ledger) -> None:
    path, digest = original(filled), filled.document("kars").id
    path.unlink()
    assert f"the original {digest} is missing" in [problem.message for problem in filled.verify()]


def test_what_nobody_asked_for_in_the_archive_is_no_fault(filled: Ledger) -> None:
    """A run that was killed leaves originals of reports that it had no time to enter."""
    filled.archive.put(b"a report that was archived and not yet read")
    assert not list(filled.verify())


# What a reader may do wrong -------------------------------------------------------------------------------------------


def misread(ledger: Ledger, make: Any, claim: Any) -> str:
    ledger.record([make.report(claims=(claim,))])
    return " ".join(problem.message for problem in ledger.verify())


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"source": Source("Ömer", SourceKind.MILITARY, Mention(3, 7, "Ömer"))}, "the words at 3-7 are not 'Ömer'"),
        ({"cue": Mention(0, 4, "said")}, "the words at 0-4 are not 'said'"),
        ({"relays": (Hop("x", SourceKind.MEDIA, None, Mention(0, 1, "x")),)}, "the words at 0-1 are not 'x'"),
        ({"distance": (Mention(9000, 9001, "x"),)}, "the words at 9000-9001 are not 'x'"),
        ({"frame": Span(0, 9000)}, "the span 0-9000 ends after the text"),
    ],
)
def test_words_that_stand_elsewhere_are_named(ledger: Ledger, make: Any, part: Any, said: str) -> None:
    doc = make.document()
    content = make.mention(doc, "It rained.").span
    assert said in misread(
        ledger, make, make.claim(doc, "It rained.", attribution=Attribution(content, Quote.NONE, **part))
    )


def test_a_claim_whose_id_is_not_that_of_its_words(ledger: Ledger, make: Any) -> None:
    doc = make.document()
    claim = replace(make.claims(doc)[0], id="0" * 24)
    assert f"its id should be {make.claims(doc)[0].id}" in misread(ledger, make, claim)


def test_every_report_of_a_folder_is_checked_not_only_the_first(ledger: Ledger, make: Any) -> None:
    for number in range(5):
        ledger.record([make.report(str(number), f"Report {number}. Nothing is claimed here.")])
    ledger.archive.path(sha256(b"Report 3. Nothing is claimed here.").hexdigest()).unlink()
    assert {problem.where for problem in ledger.verify() if problem.stage == "ledger"} == {"3"}
