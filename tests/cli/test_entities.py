"""`bywhom entities` and `bywhom who`: from reports to all that one of them says."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bywhom import pipeline
from bywhom.cli.entities import _table
from bywhom.ledger import Ledger

REPORTS = {
    "first": "LIMA, 3 June 1880 (Reuters) -- Admiral Yevgeny Dolinsky said that 40 sailors were killed near Callao on 2 June 1880.\n",
    "second": "LIMA, 9 June 1880 -- Admiral Evgeny Dolinskyi said that 60 sailors were killed near Callao on 2 June 1880.\n\n"
    "Pedro Quispe, a baker, said that the Chilean navy shelled the market.\n",
    "third": "LIMA, 10 June 1880 -- Colonel Pedro Dolinsky said that the Chilean fleet had left.\n",
}


@pytest.fixture(scope="module")
def ledger_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("entities")
    for name, text in REPORTS.items():
        (folder / f"{name}.txt").write_text(text)
    with Ledger.open(folder / "callao.db") as ledger:
        pipeline.add([str(folder / f"{name}.txt") for name in REPORTS], ledger)
    return folder / "callao.db"


@pytest.fixture
def call(bywhom: Any, ledger_path: Path) -> Any:
    return lambda *args: bywhom(*args, "--ledger", str(ledger_path))


def test_entities_are_listed_with_what_they_said(call: Any) -> None:
    listed = {each["name"]: each for each in map(json.loads, call("entities", "--json").out.splitlines())}
    admiral = next(each for name, each in listed.items() if name and "vgeny" in name)
    assert (admiral["kind"], admiral["said"], admiral["reports"], admiral["protected"]) == ("person", 2, 2, False)
    assert listed["Chilean navy"]["side"] == "Chilean"
    assert [each["mentions"] for each in listed.values()] == sorted(
        (each["mentions"] for each in listed.values()), reverse=True
    )


def test_a_private_person_is_listed_without_a_name(call: Any) -> None:
    hidden = [json.loads(line) for line in call("entities", "--kind", "person").out.splitlines()]
    private = [each for each in hidden if each["protected"]]
    assert [(each["name"], each["aliases"]) for each in private] == [(None, [])]
    assert "Quispe" not in call("entities", "--table", "--all").out
    assert "(a private person: witness)" in call("entities", "--table", "--all").out
    assert "Pedro Quispe" in call("entities", "--table", "--all", "--protected").out


def test_who_is_found_in_another_spelling_and_a_changed_number_is_marked(call: Any) -> None:
    answer = call("who", "Evgeni Dolinskiy", "--table")
    assert answer.status == 0, answer.err
    assert "1880-06-03" in answer.out
    assert answer.out.index("1880-06-03") < answer.out.index("1880-06-09")
    assert "changed its numbers" in answer.out
    assert "“40”" in answer.out.partition("changed its numbers")[2]


def test_who_in_a_pipe_writes_claims_as_the_export_does(call: Any) -> None:
    lines = [json.loads(line) for line in call("who", "Yevgeny Dolinsky").out.splitlines()]
    assert {line["as"] for line in lines} == {"source"}
    assert {line["source_id"] for line in lines} == {lines[0]["entity"]}
    navy = [json.loads(line) for line in call("who", "Chilean navy").out.splitlines()]
    assert [each["as"] for each in navy] == ["actor"]
    assert {"name": "Chilean navy", "id": navy[0]["entity"], "role": "agent", "side": "Chilean"} in navy[0]["actors"]


def test_the_limit_counts_in_a_pipe_as_in_a_table(call: Any) -> None:
    assert len(call("who", "Yevgeny Dolinsky").out.splitlines()) == 2
    assert len(call("who", "Yevgeny Dolinsky", "--limit", "1").out.splitlines()) == 1
    assert "and 1 more" in call("who", "Yevgeny Dolinsky", "--limit", "1", "--table").out


@pytest.mark.parametrize("args", [("entities",), ("who", "Yevgeny Dolinsky")])
def test_lines_are_written_as_those_of_the_export(call: Any, args: tuple[str, ...]) -> None:
    line = call(*args).out.splitlines()[0]
    assert line == json.dumps(json.loads(line), ensure_ascii=False, separators=(",", ":"))


def test_an_id_is_never_folded() -> None:
    table = _table()
    table.add_row("2fed46fc93369238", "The Callao Evening Messenger", "outlet", "–", "24", "10", "5")
    console = Console(width=50, file=io.StringIO())
    console.print(table)
    assert "2fed46fc93369238" in console.file.getvalue()  # type: ignore[attr-defined]


def test_several_are_listed(call: Any) -> None:
    answer = call("who", "Dolinsky")
    assert answer.status == 2
    assert "2 are called 'Dolinsky': give the id of one." in answer.err
    assert "Pedro Dolinsky" in answer.err


def test_no_name_is_asked_for(call: Any) -> None:
    answer = call("who", " ")
    assert (answer.status, answer.out) == (2, "")
    assert "Give a name" in answer.err


def test_nobody_is_told(call: Any) -> None:
    answer = call("who", "Grau")
    assert (answer.status, answer.out) == (2, "")
    assert "Nobody in the ledger is called 'Grau'. `bywhom entities` lists who is there." in answer.err


def test_nobody_is_told_with_the_names_that_look_like_it(call: Any) -> None:
    names = [each["name"] for each in map(json.loads, call("entities").out.splitlines()) if each["name"]]
    name = max(names, key=len)
    answer = call("who", f"{name[:-2]}xx")
    assert (answer.status, answer.out) == (2, "")
    assert f"Did you mean “{name}”" in answer.err


@pytest.mark.parametrize("name", ["zzz", "s", "a", "ss"])
def test_a_word_that_no_name_has_names_nobody(call: Any, name: str) -> None:
    answer = call("who", name)
    assert (answer.status, answer.out) == (2, "")
    assert f"Nobody in the ledger is called {name!r}." in answer.err


def test_private_people_are_passed_over_unless_asked_for(call: Any) -> None:
    answer = call("who", "Pedro Quispe")
    assert (answer.status, answer.out) == (2, "")
    assert "'Pedro Quispe' names 1 private person only; --protected shows it." in answer.err
    assert call("who", "Pedro Quispe", "--protected").status == 0


def test_a_ledger_without_entities_says_why(bywhom: Any) -> None:
    answer = bywhom("entities", "--table")
    assert answer.status == 0
    assert "Nobody fits." in answer.err


def test_a_kind_that_is_none(call: Any) -> None:
    answer = call("entities", "--kind", "general")
    assert answer.status == 2
    assert "kind 'general' is not one of" in answer.err


def test_a_table_of_the_users_own(bywhom: Any, tmp_path: Path) -> None:
    (tmp_path / "wire.txt").write_text("The Strelsau Fencibles fled on 3 June 1880, the mayor said.\n")
    (tmp_path / "own.yaml").write_text("actors:\n  - {name: Strelsau Fencibles, kind: unit, side: Ruritanian}\n")
    ledger = str(tmp_path / "own.db")
    answer = bywhom(
        "add", str(tmp_path / "wire.txt"), "--actors", str(tmp_path / "own.yaml"), "--ledger", ledger, "--jobs", "1"
    )
    assert answer.status == 0, answer.err
    listed = [json.loads(line) for line in bywhom("entities", "--kind", "unit", "--ledger", ledger).out.splitlines()]
    assert [(each["name"], each["side"]) for each in listed] == [("Strelsau Fencibles", "Ruritanian")]
    (tmp_path / "own.yaml").write_text("actors:\n  - {name: Strelsau Fencibles, sides: x}\n")
    answer = bywhom("add", str(tmp_path / "wire.txt"), "--actors", str(tmp_path / "own.yaml"), "--ledger", ledger)
    assert answer.status == 2
    assert "own.yaml, line 2: 'sides' is not one of" in answer.err
