"""`bywhom add`: the whole job, what it says at the end, and how it ends."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from bywhom.cli.add import _came_of, _conclude, _next
from bywhom.progress import Summary
from bywhom.tagging.modelfile import ModelFile

NOTHING = Summary(0, 0, 0, 0, 0, 0, 0, 0, seconds=1.25)
REPORT = "The ferryman said on 3 May 1911 that the rebels had burned two bridges near Torreón.\n"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "ferry.txt").write_text(REPORT, encoding="utf-8")
    (folder / "again.txt").write_text(REPORT.replace("ferryman", "miller"), encoding="utf-8")
    return folder


def test_reports_are_read_and_the_next_step_is_named(bywhom: Any, reports: Path, tmp_path: Path) -> None:
    answer = bywhom("add", str(reports), "--ledger", str(tmp_path / "new.db"), "--jobs", "1")
    assert (answer.status, answer.out) == (0, "")
    assert "2 reports (2 new)" in answer.err
    assert f"bywhom claims --ledger {tmp_path / 'new.db'}" in answer.err


def test_what_was_read_before_is_passed_over(bywhom: Any, reports: Path) -> None:
    bywhom("add", str(reports), "--jobs", "1")
    answer = bywhom("add", str(reports), "--jobs", "1")
    assert "2 reports (2 known already): 0 claims" in answer.err


def test_quiet_says_nothing(bywhom: Any, reports: Path) -> None:
    answer = bywhom("add", str(reports), "--quiet", "--jobs", "1")
    assert (answer.status, answer.out, answer.err) == (0, "", "")


HALF = b"the first half of a network"


@pytest.mark.parametrize(
    ("content", "digest", "words"),
    [
        (None, "0" * 64, "is missing"),
        (HALF, "0" * 64, "has 27 bytes"),
        (HALF, sha256(HALF).hexdigest(), "cannot be loaded"),  # whole, as measured, and no network
    ],
    ids=["missing", "cut", "cannot be run"],
)
def test_without_the_trained_reader_one_line_says_so_and_so_does_every_row(
    bywhom: Any,
    reports: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes | None,
    digest: str,
    words: str,
) -> None:
    file = tmp_path / "reader.onnx"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setattr(ModelFile, "named", lambda _name: ModelFile(file, "1", digest))
    answer = bywhom("add", str(reports), "--jobs", "1")
    (told,) = (line for line in answer.err.splitlines() if "rules alone" in line)
    assert answer.status == 0
    assert words in told
    assert "install bywhom again" in told
    exported = [json.loads(row) for row in bywhom("export").out.splitlines()]
    told_of = [row["extractor"] for row in exported if "two bridges" in row["text"]]
    assert [(by["name"], by["version"].endswith(".rules")) for by in told_of] == [("bywhom, rules alone", True)] * 2
    monkeypatch.undo()
    assert "read again" in bywhom("add", str(reports), "--jobs", "1").err  # mended, it is not passed over


def test_a_problem_gives_status_1_and_says_where_to_look(bywhom: Any, reports: Path) -> None:
    (reports / "cut.jsonl").write_text('{"text": "unfinished\n', encoding="utf-8")
    answer = bywhom("add", str(reports), "--jobs", "1")
    assert answer.status == 1
    assert "1 problem" in answer.err
    assert "bywhom problems" in answer.err


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["nowhere.txt"], "nowhere.txt"),
        (["x.jsonl", "--field", "text"], "--field 'text' is not NAME=KEY"),
        (["x.jsonl", "--field", "colour=red"], "there is no field 'colour'"),
        (["x.txt", "--reader", "llm"], "--reader llm needs --endpoint URL"),
        (["x.txt", "--reader", "llm", "--endpoint", "http://localhost/v1"], "--reader llm needs --model NAME"),
        (["x.txt", "--reader", "llm", "--endpoint", "localhost", "--model", "m"], "'localhost' is no address"),
        (["x.txt", "--endpoint", "http://localhost/v1"], "--endpoint is for --reader llm"),
        (["x.txt", "--key-env", "KEY"], "--key-env is for --reader llm"),
        (
            ["x.txt", "--reader", "llm", "--endpoint", "http://h/v1", "--model", "m", "--key-env", "NO_SUCH_KEY"],
            "NO_SUCH_KEY: there is no such variable",
        ),
    ],
)
def test_a_wrong_call_is_one_line(bywhom: Any, args: list[str], message: str) -> None:
    answer = bywhom("add", *args)
    assert answer.status == 2
    assert message in answer.err
    assert answer.err.count("\n") == 1


def test_a_path_that_is_not_there_leaves_no_ledger_behind(bywhom: Any, tmp_path: Path) -> None:
    answer = bywhom("add", str(tmp_path / "nowhere"), "--ledger", str(tmp_path / "new.db"))
    assert answer.status == 2
    assert not (tmp_path / "new.db").exists()


def test_fields_say_which_key_holds_the_text(bywhom: Any, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"a": {"words": "The envoy denied that a truce was signed."}, "nr": 7}\n', encoding="utf-8")
    assert bywhom("add", str(rows), "--field", "text=a.words", "--field", "id=nr", "--jobs", "1").status == 0


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({}, "Nothing to read there"),
        ({"problems": 2}, "0 reports (none could be read): 0 claims written to a.db, 2 problems"),
        ({"reports": 1, "new": 1, "claims": 7}, "1 report (1 new): 7 claims written to a.db, 0 problems"),
        (
            {"reports": 1200, "new": 1100, "known": 90, "unread": 10, "claims": 30500, "problems": 1},
            "1,200 reports (1,100 new, 90 known already, 10 not read): 30,500 claims written to a.db, 1 problem",
        ),
    ],
)
def test_the_summary_counts_in_words(counts: dict[str, Any], words: str) -> None:
    assert _came_of(replace(NOTHING, **counts), Path("a.db")).startswith(words)


def test_a_run_that_was_stopped_at_once_does_not_say_that_there_was_nothing_to_read(capsys: Any) -> None:
    _conclude(NOTHING, Path("a.db"), stopped=True, linked=False, timings=False, quiet=False)
    said = capsys.readouterr().err
    assert said.startswith("Stopped.")
    assert "Nothing to read" not in said


@pytest.mark.parametrize(
    ("where", "linked", "lines"),
    [
        (
            "",
            True,
            [
                "  bywhom problems    what could not be read, and what to do",
                "  bywhom claims      who says what",
                "  bywhom trace CLAIM on whose word, through whose hands, who else says so",
            ],
        ),
        (
            " --ledger x.db",
            False,
            [
                "  bywhom problems --ledger x.db    what could not be read, and what to do",
                "  bywhom claims --ledger x.db      who says what",
                "  bywhom link --ledger x.db        find out who else says so, and grade",
                "  bywhom trace CLAIM --ledger x.db on whose word, through whose hands, who else says so",
            ],
        ),
    ],
)
def test_the_next_steps_stand_in_columns(where: str, linked: bool, lines: list[str]) -> None:
    assert _next(replace(NOTHING, reports=2, new=2, problems=1), where, linked=linked) == lines
