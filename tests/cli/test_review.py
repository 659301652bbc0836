"""Every act of a reviewer on the reports that come with the project: done, told, outliving new readings, and taken back."""

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

SHIPPED = str(Path(__file__).parents[2] / "reports" / "mutinies-1917")
Call = Callable[..., tuple[int, str, str]]
WHY = ("--reason", "heard both")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mutinies")
    with Ledger.open(folder / "ledger.db") as ledger:
        add([SHIPPED], ledger, options=AddOptions(link=True))
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


def lines(call: Call, *words: str) -> list[dict[str, Any]]:
    status, out, err = call(*words)
    assert status == 0, err
    return [json.loads(line) for line in out.splitlines()]


def found(call: Call, report: str, words: str) -> dict[str, Any]:
    """The first claim of a report with these words, as exported."""
    return next(one for one in lines(call, "export") if one["document"] == report and words in one["text"])


def state(call: Call) -> list[list[dict[str, Any]]]:
    claims = [{key: value for key, value in one.items() if key != "extractor"} for one in lines(call, "export")]
    return [claims, lines(call, "export", "--format", "relations"), lines(call, "situations")]


def relations_between(call: Call, a: dict[str, Any], b: dict[str, Any]) -> list[str]:
    places = [(one["document"], one["start"]) for one in (a, b)]
    return [
        one["relation"]
        for one in lines(call, "export", "--format", "relations")
        if sorted((end["document"], end["start"]) for end in (one["a"], one["b"])) == sorted(places)
    ]


def test_every_act_is_done_outlives_new_readings_and_is_taken_back(call: Call) -> None:
    before = state(call)
    drunk, sober = found(call, "railwayman", "were drunk"), found(call, "railwayman", "were sober")
    packet, courier = (found(call, name, "taken away in trucks") for name in ("morning-packet", "rhine-courier"))
    revolt, position = (
        found(call, "ministry-denial", words) for words in ("20,000 men", "No division has left its positions")
    )
    acts: list[tuple[str, ...]] = [
        (drunk["id"], "--confirm"),
        (sober["id"], "--reject"),
        (packet["id"], "--set", "source=Sister Vera (witness)", "--set", "place=Verdun@49.16,5.38", "--set", "time=1917-05-31"),
        (revolt["id"], "--set", "credibility=5", "--set", "plausibility=illogical", "--set", "valid=no"),
        ("--source", "Émile Vasseur", "--set", "reliability=C"),
        (packet["id"], "--link", courier["id"], "--set", "relation=corroborates/independent"),
        (revolt["id"], "--link", position["id"], "--set", "relation=contradicts"),
        (revolt["id"], "--together", drunk["id"]),
        ("--who", "Marcel Tissier", "--same", "Lucien Arbaud"),
        ("--who", "Helvetia Telegraph", "--in", "rhine-courier", "--is", "Helvetia Post"),
    ]  # fmt: skip
    for act in acts:
        status, out, err = call("review", *act, *WHY)
        assert (status, out.splitlines() != []) == (0, True), (act, err)
    after = state(call)
    assert after != before
    check_done(call, packet, courier, revolt, position, sober)
    assert call("add", SHIPPED, "--again", "--link")[0] <= 1
    assert call("link", "--anew")[0] == 0
    assert state(call) == after
    numbers = [one["number"] for one in lines(call, "review", "--history", "--limit", "100")]
    assert numbers == sorted(numbers, reverse=True)
    for number in numbers:
        assert call("review", "--undo", str(number), "--reason", "was a trial")[0] == 0
    assert state(call) == before
    told = lines(call, "review", "--history", "--limit", "100")
    assert [one["undone"] for one in told] == [one["act"] != "undo" for one in told]
    assert call("verify")[0] == 0


def check_done(call: Call, packet: Any, courier: Any, revolt: Any, position: Any, sober: Any) -> None:
    put = found(call, "morning-packet", "taken away in trucks")
    assert (put["source"], put["place"]["lat"], put["time"]["value"]) == ("Sister Vera", 49.16, "1917-05-31")
    assert found(call, "ministry-denial", "20,000 men")["grade"]["credibility"] == 5
    assert found(call, "ministry-denial", "The families")["grade"]["reliability"] == "C"
    assert found(call, "railwayman", "were sober")["grade"] is None
    assert relations_between(call, packet, courier) == ["corroborates"]
    assert relations_between(call, revolt, position) == ["contradicts"]
    assert any({revolt["id"], found(call, "railwayman", "were drunk")["id"]} <= set(one["claims"]) for one in lines(call, "situations"))  # fmt: skip
    names = {one["name"] for one in lines(call, "entities", "--protected")}
    assert {"Marcel Tissier", "Helvetia Post"} <= names
    assert "Lucien Arbaud" not in names
    assert sober["id"] not in {one["id"] for one in lines(call, "review", "--limit", "500")}


def test_what_rests_on_a_discredited_source_is_listed_with_those_who_repeat_it(call: Call) -> None:
    listed = lines(call, "rests-on", "Helvetia Telegraph")
    assert {"morning-packet", "rhine-courier", "missy-aux-bois"} <= {one["document"] for one in listed}
    assert found(call, "railwayman", "were drunk")["id"] not in {one["id"] for one in listed}


def test_what_a_verdict_is_about_is_no_verdict(call: Call) -> None:
    one, other = (found(call, "railwayman", words)["id"] for words in ("were drunk", "were sober"))
    cases = [
        ((one, "--link", other), "--link says what a verdict is about, not what it is; add --confirm, --reject"),
        (("--source", "Pétain"), "add --set reliability=LETTER"),
        (("--who", "Pétain"), "add --same NAME"),
        ((one, "--link", other, "--set", "relation=same_origin", "--reject"), "two verdicts"),
        ((one, "--together", other, "--confirm"), "two verdicts"),
        ((one, "--set", "time=June"), "'June' is no time; write it as 1917-06-05"),
        ((one, "--set", "time=1917-06-31"), "is no time"),
        ((one, "--set", "time=1917-06-05/1917-06-02"), "is no time"),
        (("--who", "Pétain", "--in", "nurse"), "add --same NAME, or --in REPORT --is NAME"),
        (("--who", "Napoleon", "--same", "Pétain"), "nobody in the ledger is called 'Napoleon'"),
        (("--same", "Pétain"), "--who NAME --same NAME"),
    ]
    for words, said in cases:
        status, out, err = call("review", *words, *WHY)
        assert (status, out, err.count("\n")) == (2, "", 1), (words, err)
        assert said in err
    assert lines(call, "review", "--history") == []


def test_a_blank_and_a_time_of_any_precision_can_be_put(call: Call) -> None:
    claim = found(call, "railwayman", "were drunk")["id"]
    for value in ("1917-06", "1917", "1917-06-07T23:30", "1917-06-05/1917-06-09", "1917-06/..", "XXXX-06-07"):
        assert call("review", claim, "--set", f"time={value}", *WHY)[0] == 0
        assert found(call, "railwayman", "were drunk")["time"]["value"] == value
    assert call("review", claim, "--set", "time=", *WHY)[0] == 0
    assert found(call, "railwayman", "were drunk")["time"] is None


def test_the_history_on_a_terminal_names_the_number_and_the_claim(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = found(call, "railwayman", "were drunk")["id"]
    assert call("review", claim, "--reject", *WHY)[0] == 0
    assert call("review", "--undo", "1", *WHY)[0] == 0
    monkeypatch.setattr("bywhom.cli.review.on_terminal", lambda: True)
    status, out, err = call("review", "--history")
    assert status == 0
    assert "verdict 2  undid 1" in out
    assert "verdict 1  reading rejected  by Ana" in out
    assert "(taken back)" in out
    assert claim[:8] in out
    assert "bywhom review --undo NUMBER" in err
