"""What the database cannot do is said in our words, with what to do; two programs may write at the same time."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bywhom.errors import LedgerError, LedgerLocked, NoSpace
from bywhom.ledger import ClaimQuery, Ledger, engine


def test_a_ledger_that_another_program_holds(ledger: Ledger, make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PATIENCE_S", 0.05)
    with closing(sqlite3.connect(ledger.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with Ledger.open(ledger.path) as second:  # opening and asking go on
            assert second.counts().documents == 0
            with pytest.raises(LedgerLocked, match=r"ledger.db is held by another program.*wait for it to end"):
                second.record([make.report()])
        other.execute("ROLLBACK")
    assert ledger.record([make.report()]).documents == 1


def test_a_full_disk_leaves_nothing_half_written(ledger: Ledger, make: Any) -> None:
    ledger.record([make.report()])
    before = [list(ledger.claims()), list(ledger.custody())]
    big = [make.report(str(n), f"Report {n}. " + "word " * 2000) for n in range(40)]
    for size in (1, 3, 6, 9):  # the disk fills up at another moment each time
        with closing(sqlite3.connect(ledger.path)) as raw:
            pages = raw.execute("PRAGMA page_count").fetchone()[0]
        with Ledger.open(ledger.path) as tight:
            limit_pages(tight, pages + size)
            with pytest.raises(NoSpace, match=r"the disk of .*ledger.db is full; make room, then run the same command"):
                tight.record(big)
    assert [list(ledger.claims()), list(ledger.custody())] == before
    assert ledger.record(big).documents == 40


def limit_pages(ledger: Ledger, pages: int) -> None:
    """Make the database stop growing, as on a full disk."""
    event.listen(ledger._engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count = {pages}"))
    ledger._engine.dispose()


def test_a_damaged_file(ledger: Ledger, make: Any) -> None:
    ledger.record([make.report(str(n), f"Report {n}.") for n in range(60)])
    ledger.close()
    data = bytearray(ledger.path.read_bytes())
    data[8192:] = b"\xa5" * (len(data) - 8192)
    ledger.path.write_bytes(data)
    with pytest.raises(LedgerError, match=r"is damaged .*restore a copy"), Ledger.open(ledger.path) as broken:
        list(broken.claims(ClaimQuery()))


def test_a_ledger_that_may_not_be_written_can_be_read(
    ledger: Ledger, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.record([make.report()])
    found = list(ledger.claims())
    ledger.close()
    monkeypatch.setattr(engine, "_may_write", lambda _: False)
    before = sorted(ledger.path.parent.iterdir())
    with Ledger.open(ledger.path) as shut:
        assert list(shut.claims()) == found
        assert list(shut.verify()) == []
        with pytest.raises(
            LedgerError, match=r"ledger.db can only be read: .*; copy it and .*ledger.db.archive elsewhere"
        ):
            shut.record([make.report("odesa", "Odesa.")])
    assert sorted(ledger.path.parent.iterdir()) == before  # nothing was put beside it


def test_a_ledger_that_somebody_else_is_writing_can_be_read(
    ledger: Ledger, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.record([make.report()])  # in the log still
    monkeypatch.setattr(engine, "_may_write", lambda _: False)
    with Ledger.open(ledger.path) as shut:
        assert shut.counts().claims == 2
        monkeypatch.setattr(engine, "_may_write", lambda _: True)
        ledger.record([make.report("odesa", "Odesa.")])
        assert shut.counts().documents == 2


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").mkdir()
    with pytest.raises(LedgerError, match="cannot be opened for writing"):
        Ledger.open(tmp_path / "ledger.db")


WRITER = """
import sys
from pathlib import Path
from hashlib import sha1, sha256
from pathlib import Path
from bywhom.ledger import Ledger, rows
from bywhom.records import Collection, RawDocument

path, who = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
for n in range(8):
    with Ledger.open(path) as ledger:
        data = f"{who} {n}".encode()
        raw = RawDocument(f"{who}-{n:02}", data, "text", Collection(f"{who}/{n}", "file", "2024-05-01T10:00:00Z", "t"))
        reading = rows.reading(None, (), (), reader="r", unread="a test")
        ledger.record([rows.report(raw, sha256(data).hexdigest(), sha1(data).hexdigest(), reading)])
"""


def test_two_programs_make_and_fill_one_ledger(tmp_path: Path) -> None:
    path = tmp_path / "shared.db"
    command = [sys.executable, "-c", WRITER, str(path)]
    both = [
        subprocess.Popen(
            [*command, who], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for who in ("north", "south")
    ]
    for program in both:
        assert program.stdout
        assert program.stdout.readline() == "ready\n"
    for program in both:  # off together: the making of the ledger is part of the race
        assert program.stdin
        program.stdin.write("go\n")
        program.stdin.flush()
    for program in both:
        _, errors = program.communicate(timeout=60)
        assert program.returncode == 0, errors
    with Ledger.open(path, create=False) as ledger:
        assert ledger.counts().documents == 16
        log = list(ledger.custody())
        assert [entry.seq for entry in log] == list(range(1, 33))
        assert all(entry.digest == entry.due for entry in log)
        assert [entry.previous for entry in log[1:]] == [entry.digest for entry in log[:-1]]
