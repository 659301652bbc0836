"""Grades, relations, situations and verdicts on the command line, on five invented reports of one bombardment."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bywhom.cli.main import cli, guarded
from bywhom.ledger import Ledger
from bywhom.pipeline import AddOptions, add

REPORTS = {
    "courier": "On 12 May 1864 Colonel Brandt said that shells had killed 14 villagers in Dybbøl.\n",
    "herald": "Nurse Ingrid Holm told the Herald that 14 villagers were killed by shells in Dybbøl on 12 May 1864.\n",
    "reprint": "On 12 May 1864 Colonel Brandt said that shells had killed 14 villagers in Dybbøl.\n\nReprinted.\n",
    "gazette": "General Wrangel said that shells had killed 40 villagers in Dybbøl on 12 May 1864.\n",
    "other": "The harbour master said on 3 June 1864 that no ship had left Sønderborg.\n",
}
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dybbol")
    box = folder / "box"
    box.mkdir()
    for name, text in REPORTS.items():
        (box / f"{name}.txt").write_text(text, encoding="utf-8")
    with Ledger.open(folder / "ledger.db") as ledger:
        add([str(box)], ledger, options=AddOptions(link=True))
    return folder


@pytest.fixture
def call(filled: Path, tmp_path: Path) -> Call:
    """Call a command on a copy of the ledger, in this process."""
    path = tmp_path / "ledger.db"
    path.write_bytes((filled / "ledger.db").read_bytes())
    (tmp_path / "ledger.db.archive").symlink_to(filled / "ledger.db.archive")

    def run(*args: str, **env: str) -> tuple[int, str, str]:
        runner = CliRunner(env={"BYWHOM_LEDGER": str(path), "COLUMNS": "110", "BYWHOM_REVIEWER": "Ana", **env})
        with runner.isolation() as (out, err, _):
            status = guarded(lambda: cli.main(args=list(args), prog_name="bywhom", standalone_mode=False))
            return status, out.getvalue().decode(), err.getvalue().decode()

    return run


def exported(call: Call, *args: str) -> dict[str, Any]:
    """Report -> its claim about the villagers, as exported."""
    lines = [json.loads(line) for line in call("export", *args)[1].splitlines()]
    return {line["document"]: line for line in lines if "villagers" in line["text"] or line["document"] == "other"}


def test_the_exported_grade_tells_what_it_rests_on(call: Call) -> None:
    found = exported(call)
    grade = found["herald"]["grade"]
    assert (grade["reliability"], grade["credibility"], grade["contested"], grade["rule"]) == ("F", 3, True, "D2")
    assert [(one["name"], one["independence"], one["appearances"]) for one in grade["for"]] == [
        ("Brandt", "independent", 2)
    ]
    assert [one["appearances"] for one in grade["against"]] == [1]
    assert "1 other origin, independent of this one, says the same, and 1 other origin says otherwise" in grade["why"]
    assert found["courier"]["grade"]["origin"] == found["reprint"]["grade"]["origin"]


def test_hr_2_asks_for_more_than_one_other_origin(call: Call) -> None:
    first = exported(call)
    assert call("review", first["gazette"]["id"], "--reject", "--reason", "a misprint")[0] == 0
    assert exported(call)["herald"]["grade"]["credibility"] == 1
    grade = exported(call, "--policy", "HR-2")["herald"]["grade"]
    assert grade["credibility"] == 2
    assert "0 of 3 reliable origins" in grade["why"]


def test_hr_2_counts_whom_a_person_finds_reliable(call: Call) -> None:
    first = exported(call)
    assert call("review", first["gazette"]["id"], "--reject", "--reason", "a misprint")[0] == 0
    assert "Brandt (F, no basis)" in exported(call, "--policy", "HR-2")["herald"]["grade"]["why"]
    set_b = ("--set", "reliability=B", "--reason", "known for years")
    assert call("review", first["courier"]["id"], *set_b)[0] == 0
    why = exported(call, "--policy", "HR-2")["herald"]["grade"]["why"]
    assert "1 of 3 reliable origins" in why
    assert "Brandt (" not in why
    assert exported(call)["herald"]["grade"]["credibility"] == 1


def test_relations_are_exported_with_their_places_and_reasons(call: Call) -> None:
    lines = [json.loads(line) for line in call("export", "--format", "relations")[1].splitlines()]
    found = {(line["a"]["document"], line["b"]["document"], line["relation"], line["independence"]) for line in lines}
    pairs = {frozenset(one[:2]): one[2:] for one in found}
    assert pairs[frozenset(("courier", "herald"))] == ("corroborates", "independent")
    assert pairs[frozenset(("courier", "reprint"))] == ("same_origin", "dependent")
    assert pairs[frozenset(("herald", "gazette"))][0] == "contradicts"
    for line in lines:
        for end in (line["a"], line["b"]):
            assert REPORTS[end["document"]][end["start"] : end["end"]].strip()
        assert line["why"].startswith(line["rule"].replace("_", " "))
        assert line["evidence"]


def test_trace_shows_for_and_against_by_origin(call: Call) -> None:
    found = exported(call)
    out = " ".join(call("trace", found["herald"]["id"][:8])[1].split())
    for words in (
        "how good it is: F3",
        "Reliability has no basis yet",
        "by rule R1, D2",
        "who else says so",
        "Brandt · independent · 2 appearances",
        "who says otherwise",
        "Wrangel",
    ):
        assert words in out, words
    assert "2 appearances in the ledger, counted once" in " ".join(call("trace", found["reprint"]["id"])[1].split())


def test_the_table_shows_grades(call: Call) -> None:
    lines = call("claims", "--table", "--document", "herald")[1].splitlines()
    assert any(line.startswith("F3") for line in lines)
    assert any(line.startswith("contested") for line in lines)


def test_situations_and_how_one_developed(call: Call) -> None:
    (line,) = call("situations")[1].splitlines()
    found = json.loads(line)
    assert len(found["claims"]) == 4
    assert call("situations", "--until", "1863")[1] == ""
    assert "14 villagers" in " ".join(call("situations", "--table")[1].split())
    assert call("situations", "--place", "dybb*")[1] == line + "\n"
    out = " ".join(call("situation", found["id"][:6])[1].split())
    for words in ("4 claims of 3 origins", "1864-05-12", "Brandt", "contested:", "14 ", "40 "):
        assert words in out, words
    assert call("situation", found["claims"][0], "--json")[1] == line + "\n"
    status, _, said = call("situation", "zzzz")
    assert (status, said.count("\n")) == (2, 1)


def test_what_rests_on_a_source_through_any_chain(call: Call) -> None:
    found = [json.loads(line)["document"] for line in call("rests-on", "Brandt")[1].splitlines()]
    assert sorted(found) == ["courier", "reprint"]
    status, out, err = call("rests-on", "Nobody Else")
    assert (status, out) == (2, "")
    assert "nothing in the ledger rests on 'Nobody Else'" in err
    status, out, err = call("rests-on", " ")
    assert (status, out) == (2, "")
    assert "whose word?" in err


def test_reviews_are_told_listed_and_taken_back(call: Call) -> None:
    claim = exported(call)["herald"]["id"]
    status, out, hint = call("review", claim[:8], "--set", "source=Sister Vera (relative)", "--reason", "she signs it")
    assert (status, out) == (0, out)
    assert out.startswith("verdict 1  source set to “Sister Vera”  by Ana, ")
    assert "bywhom review --undo 1" in hint
    again = exported(call)["herald"]
    assert (again["source"], again["source_kind"]) == ("Sister Vera", "relative")
    assert [(one["number"], one["field"], one["by"], one["reason"]) for one in again["verdicts"]] == [
        (1, "source", "Ana", "she signs it")
    ]
    assert "source set to “Sister Vera” by Ana" in " ".join(call("trace", claim)[1].split())
    assert call("review", "--undo", "1", "--reason", "no", "--by", "Ben")[0] == 0
    assert exported(call)["herald"]["source"] != "Sister Vera"
    history = [json.loads(line) for line in call("review", "--history")[1].splitlines()]
    assert [(one["seq"], one["act"], one["by"]) for one in history] == [(2, "undo", "Ben"), (1, "set", "Ana")]
    assert call("verify")[0] == 0


def test_what_a_person_put_is_not_taken_for_what_was_read(call: Call) -> None:
    claim = exported(call)["herald"]["id"]
    read = " ".join(call("trace", claim)[1].split())
    assert "put by" not in read
    put = ("--set", "source=Sister Vera (relative)", "--set", "place=Dybbøl mill@54.91,9.75")
    assert call("review", claim, *put, "--reason", "she signs it")[0] == 0
    traced, shown = (" ".join(call(*words)[1].split()) for words in (("trace", claim), ("show", "herald")))
    assert "(put by Ana (verdict 1); the words are those that were read)" in traced
    assert "(put by Ana (verdict 2))" in traced
    assert "source put by Ana (verdict 1), place put by Ana (verdict 2)" in shown


def test_a_rejected_claim_says_so_first(call: Call) -> None:
    claim = exported(call)["herald"]["id"]
    assert call("review", claim, "--set", "source=Sister Vera (relative)", "--reason", "she signs it")[0] == 0
    assert call("review", claim, "--reject", "--reason", "a headline", "--by", "Ben")[0] == 0
    traced, shown = (" ".join(call(*words)[1].split()) for words in (("trace", claim), ("show", "herald")))
    assert traced.startswith(
        f"claim {claim} rejected by Ben (verdict 2): it takes part in no grade and no relation a publisher"
    )
    assert "put by" not in traced
    assert "rejected by Ben (verdict 2)" in shown


def test_several_fields_at_once_and_blanks(call: Call) -> None:
    claim = exported(call)["herald"]["id"]
    puts = ("place=Dybbøl mill@54.91,9.75", "time=1864-05-13", "valid=yes", "credibility=5", "plausibility=reasonable")
    assert call("review", claim, *(word for put in puts for word in ("--set", put)), "--reason", "the diary")[0] == 0
    found = exported(call)["herald"]
    assert (found["place"]["name"], found["place"]["lat"], found["time"]["value"]) == (
        "Dybbøl mill",
        54.91,
        "1864-05-13",
    )
    assert (found["grade"]["credibility"], found["grade"]["set_by"]["credibility"]) == (5, "Ana")
    assert call("review", claim, "--set", "place=", "--reason", "not said where")[0] == 0
    assert exported(call)["herald"]["place"] is None


def test_links_and_letters(call: Call) -> None:
    found = exported(call)
    ids = found["courier"]["id"], found["herald"]["id"]
    assert call("review", ids[0], "--link", ids[1], "--reject", "--reason", "two bombardments")[0] == 0
    assert exported(call)["herald"]["grade"]["credibility"] == 4
    assert (
        call("review", ids[0], "--link", ids[1], "--set", "relation=same_origin", "--reason", "she heard him")[0] == 0
    )
    assert exported(call)["herald"]["grade"]["origin"]["appearances"] == 3
    assert call("review", ids[0], "--set", "reliability=B", "--reason", "known for years")[0] == 0
    again = exported(call)
    assert again["courier"]["grade"]["reliability"] == again["reprint"]["grade"]["reliability"] == "B"
    assert call("review", "--source", "Brandt", "--set", "reliability=C", "--reason", "not so well")[0] == 0
    assert exported(call)["reprint"]["grade"]["reliability"] == "C"
    together = call("review", found["other"]["id"], "--together", ids[0], "--reason", "one siege")
    assert together[0] == 0
    (line,) = call("situations")[1].splitlines()
    assert found["other"]["id"] in json.loads(line)["claims"]


def test_what_nobody_has_reviewed_is_listed_contested_first(call: Call) -> None:
    before = [json.loads(line) for line in call("review")[1].splitlines()]
    assert [one["grade"]["contested"] for one in before] == sorted(
        (one["grade"]["contested"] for one in before), reverse=True
    )
    first = before[0]["id"]
    assert call("review", first, "--confirm", "--reason", "seen")[0] == 0
    after = [json.loads(line)["id"] for line in call("review")[1].splitlines()]
    assert first not in after
    assert len(after) == len(before) - 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--confirm",), "needs a reason"),
        (("--confirm", "--reject", "--reason", "x"), "not both"),
        (("--set", "credibility", "--reason", "x"), "not FIELD=VALUE"),
        (("--set", "credibility=9", "--reason", "x"), "one of: 1, 2, 3"),
        (("--set", "weather=fine", "--reason", "x"), "nothing to decide about a claim"),
        (("--set", "place=Xyzzyville", "--reason", "x"), "the gazetteer has no place"),
        (("--set", "source=Vera (nurse)", "--reason", "x"), "is no source"),
        (("--set", "place=Dybbøl@north", "--reason", "x"), "is no point"),
    ],
)
def test_a_verdict_that_says_too_little_is_one_line(call: Call, words: tuple[str, ...], said: str) -> None:
    claim = exported(call)["herald"]["id"]
    status, out, err = call("review", claim, *words)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert call("review", "--history")[1] == ""


def test_linking_waits_where_it_is_told_to(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text(REPORTS["courier"], encoding="utf-8")
    ledger = str(tmp_path / "ledger.db")
    runner = CliRunner()
    assert runner.invoke(cli, ["add", str(path), "--ledger", ledger], standalone_mode=False).exception is None
    line = runner.invoke(cli, ["claims", "--ledger", ledger], standalone_mode=False).stdout
    assert json.loads(line)["grade"] is None
    said = runner.invoke(cli, ["link", "--ledger", ledger], standalone_mode=False).stderr
    assert "1 claim of 1 report linked" in said
    line = runner.invoke(cli, ["claims", "--ledger", ledger], standalone_mode=False).stdout
    assert json.loads(line)["grade"]["credibility"] == 6
    assert "made anew" in runner.invoke(cli, ["link", "--anew", "--ledger", ledger], standalone_mode=False).stderr


def test_the_help_of_review_shows_each_example_on_its_line(call: Call) -> None:
    shown = call("review", "--help")[1].splitlines()
    assert any(line.strip().startswith("bywhom review CLAIM --reject") for line in shown)
