"""`bywhom reports`: everything that is in the ledger, also what holds no claim or could not be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest


def listed(answer: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.out.splitlines()]


def test_every_report_is_listed_read_or_not(bywhom: Any, sample: Any) -> None:
    answer = bywhom("reports")
    assert (answer.status, answer.err) == (0, "")
    found = {each["document"]: each for each in listed(answer)}
    assert [name.partition("\x1b")[0] for name in found] == ["fortress", "hostile", "ukr"]
    assert (found["fortress"]["id"], found["fortress"]["claims"], found["fortress"]["state"]) == (
        sample.document_id,
        3,
        "read",
    )
    assert (found["ukr"]["state"], found["ukr"]["why"]) == ("unread", "it is in Ukrainian (uk)")
    assert found["fortress"]["collected"][0]["location"] == "reports/fortress.txt"


@pytest.mark.parametrize(
    ("args", "names"),
    [
        (("--text", "GARRISON przemysl"), ["fortress"]),
        (("--text", "nothing like it"), []),
        (("--unread",), ["ukr"]),
        (("--limit", "1"), ["fortress"]),
    ],
)
def test_the_list_narrows_down(bywhom: Any, args: tuple[str, ...], names: list[str]) -> None:
    assert [each["document"] for each in listed(bywhom("reports", *args))] == names


def test_a_person_reads_a_table(bywhom: Any, sample: Any) -> None:
    answer = bywhom("reports", "--table")
    words = " ".join(answer.out.split())
    assert f"{sample.document_id[:8]} fortress – 1915-03-24 3" in words
    assert "ukr – undated not read it is in Ukrainian (uk)" in words
    assert "3 of 3 reports, 1 not read (bywhom problems says why)." in answer.err
    assert not set(answer.out) & set("\x1b\x07\x9b\u202e")


def test_the_id_that_is_shown_opens_the_report(bywhom: Any) -> None:
    for each in listed(bywhom("reports")):
        assert bywhom("show", each["id"][:8]).status == 0


def test_nothing_to_list_is_said(bywhom: Any, tmp_path: Path) -> None:
    assert "No report fits; the ledger holds 3." in bywhom("reports", "--table", "--text", "zzz").err
    (tmp_path / "none").mkdir()
    new = str(tmp_path / "new.db")
    assert bywhom("add", str(tmp_path / "none"), "--ledger", new).status == 0
    assert "The ledger holds no reports yet: bywhom add PATH" in bywhom("reports", "--table", "--ledger", new).err
