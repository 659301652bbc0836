"""`bywhom verify`, `problems`, `stages`, `doctor`."""

from __future__ import annotations

import json
import sqlite3
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from bywhom.cli import check, doctor
from bywhom.pipeline import STAGES
from bywhom.records import Problem
from bywhom.tagging.modelfile import ModelFile


def test_a_sound_ledger_is_verified(bywhom: Any) -> None:
    answer = bywhom("verify")
    assert (answer.status, answer.out) == (0, "")
    assert "all as it was written" in answer.err


def test_a_changed_original_is_named(bywhom: Any, sample: Any) -> None:
    original = next(path for path in sample.path.with_name("sample.db.archive").rglob("*") if path.is_file())
    original.chmod(0o644)
    original.write_bytes(b"something else")
    answer = bywhom("verify")
    assert answer.status == 1
    named = {json.loads(line)["stage"] for line in answer.out.splitlines()}
    assert "archive" in named
    assert "faults found" in answer.err


def test_a_changed_claim_is_named(bywhom: Any, sample: Any) -> None:
    with sqlite3.connect(sample.path) as connection:
        connection.execute("UPDATE claims SET record = replace(record, 'broken out', 'given in')")
    connection.close()
    assert bywhom("verify").status == 1


def test_problems_are_listed(bywhom: Any) -> None:
    answer = bywhom("problems")
    assert answer.status == 1
    listed = [json.loads(line) for line in answer.out.splitlines()]
    assert [(each["where"], each["message"]) for each in listed] == [("reports/empty.txt", "it is empty")]
    assert "1 problem, 1 report not read" in answer.err


def test_problems_are_laid_out_as_asked(bywhom: Any) -> None:
    table = bywhom("problems", "--table")
    assert (table.status, table.out) == (
        1,
        "     1  it is empty  (intake)\n        Leave it out.\n        reports/empty.txt\n",
    )
    assert bywhom("problems", "--json").out == bywhom("problems").out


def test_what_went_wrong_in_the_same_way_is_told_once(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    faults = [Problem("cleaning", "it is in French", "Wait.", f"a{number}.txt") for number in range(5)]
    monkeypatch.setattr(check, "on_terminal", lambda: True)
    assert check._list([*faults, Problem("intake", "it is \x1b[31mempty", "", "b.txt")]) == 6
    assert capsys.readouterr().out.split("\n") == [
        "     5  it is in French  (cleaning)",
        "        Wait.",
        "        a0.txt, a1.txt, a2.txt and 2 more",
        "     1  it is empty  (intake)",
        "        b.txt",
        "",
    ]


def test_problems_of_one_report(bywhom: Any) -> None:
    answer = bywhom("problems", "--document", "fortress")
    assert (answer.status, answer.out) == (0, "")


def test_the_stages_are_those_of_the_pipeline(bywhom: Any) -> None:
    out = bywhom("stages").out
    names = [line for line in out.splitlines() if line[:2].strip().isdigit()]
    assert [line[4:].split()[0] for line in names] == [stage.name for stage in STAGES]  # in one column
    assert all(stage.name in out and stage.adds in out for stage in STAGES)


def test_a_sound_installation_is_well(bywhom: Any) -> None:
    answer = bywhom("doctor")
    assert answer.status == 0, answer.out
    assert "MEND" not in answer.out
    for name in ("python", "libraries", "data", "gazetteer", "sqlite", "disk", "ledger"):
        assert name in answer.out


def test_the_doctor_finds_a_reader_that_cannot_be_run(
    bywhom: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its file is the one that was measured, and the program that runs it does not know it."""
    file = tmp_path / "reader.onnx"
    file.write_bytes(b"a network of another make")
    monkeypatch.setattr(ModelFile, "named", lambda _name: ModelFile(file, "1", sha256(file.read_bytes()).hexdigest()))
    told = bywhom("doctor").out
    assert "MEND  reader" in told
    assert "cannot be loaded" in " ".join(told.split())


def test_the_doctor_names_a_remedy(bywhom: Any, tmp_path: Path) -> None:
    other = tmp_path / "notes.db"
    other.write_text("this is a shopping list, and long enough to be no database at all " * 20)
    answer = bywhom("doctor", "--ledger", str(other))
    assert answer.status == 1
    assert "MEND" in answer.out
    assert "is not a ledger" in " ".join(answer.out.split())


@pytest.mark.parametrize(
    ("requirements", "names"),
    [
        (["rich>=13.9", "py3langid >=0.3", "sqlalchemy[asyncio]>=2"], ["rich", "py3langid", "sqlalchemy"]),
        (["torch>2; extra == 'train'"], []),
        ([], []),
    ],
)
def test_names_are_read_out_of_requirements(requirements: list[str], names: list[str]) -> None:
    assert doctor._names(requirements) == names
