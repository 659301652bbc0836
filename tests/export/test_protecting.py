"""What leaves a ledger names no private person, whatever the form; offsets hold; who wants the names says who it is."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bywhom import pipeline, reviewing
from bywhom.cli.main import cli
from bywhom.errors import UsageError
from bywhom.export import Tally, nameless, protected, record, write_csv, write_jsonl, write_relations
from bywhom.export.protecting import without_names
from bywhom.ledger import ClaimQuery, Ledger
from bywhom.records import Range, Situation
from bywhom.running import AddOptions

REPORTS = {
    "courier.txt": "12 June 1855\n\nThe redoubt near Kars was shelled on Tuesday, said Anahit Terzian, a mother of two. General Williams said that "
    "Terzian was detained by the guards near Kars.\n",
    "herald.txt": "14 June 1855\n\nGeneral Williams said that 25 men were killed near Kars on Tuesday.\n",
}
NAMES = ("Anahit", "Terzian")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    for name, text in REPORTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Ledger.open(tmp_path / "p.db") as ledger:
        pipeline.add([str(tmp_path / name) for name in REPORTS], ledger, options=AddOptions(link=True))
        who = next(each for each in ledger.entities() if each.entity.name == "Anahit Terzian")
        if not who.entity.protected:
            verdict = reviewing.on_protection(ledger, who.entity.id, "yes", by="Ada", reason="she fears for her sons")
            reviewing.review(ledger, verdict)
        yield ledger


def rows(ledger: Ledger, *, names: bool = False) -> list[dict[str, Any]]:
    return [record(each) for each in protected(ledger, pipeline.graded(ledger, ledger.claims()), names=names)]


def test_no_form_names_a_private_person(ledger: Ledger) -> None:
    told = json.dumps(rows(ledger, names=True))
    assert all(name in told for name in NAMES)
    for write in (write_jsonl, write_csv):
        file = io.BytesIO()
        write(protected(ledger, pipeline.graded(ledger, ledger.claims())), file)
        assert not [name for name in NAMES if name in file.getvalue().decode("utf-8-sig")]
        assert "Williams" in file.getvalue().decode("utf-8-sig")  # a general has a public role
    file = io.BytesIO()
    write_relations(without_names(ledger, ledger.related()), file)
    assert not [name for name in NAMES if name in file.getvalue().decode()]


def test_offsets_hold_and_nothing_else_is_changed(ledger: Ledger) -> None:
    for masked, whole in zip(rows(ledger), rows(ledger, names=True), strict=True):
        text = ledger.document(whole["document_id"]).document
        assert text
        assert whole["text"] == text.text[whole["start"] : whole["end"]]
        assert len(masked["text"]) == len(whole["text"]) == whole["end"] - whole["start"]
        for hidden, shown in zip(masked["text"], whole["text"], strict=True):
            assert hidden in (shown, "█")
        assert masked["protected"] == whole["protected"] == (masked != whole)
        same = ("id", "start", "end", "event", "certainty", "source_kind", "document_id", "place", "time")
        assert {key: masked[key] for key in same} == {key: whole[key] for key in same}
        assert (masked["source"] is None) == (
            whole["source"] is None
        )  # masked, and still not the publisher's own voice


def test_an_id_that_gives_a_name_away_is_left_out(ledger: Ledger) -> None:
    who = next(each.entity.id for each in ledger.entities() if each.entity.name == "Anahit Terzian")
    assert who in json.dumps(rows(ledger, names=True))
    assert who not in json.dumps(rows(ledger))


def test_the_rows_that_lack_a_name_are_counted(ledger: Ledger) -> None:
    tally = Tally()
    found = list(protected(ledger, ledger.claims(), tally=tally))
    assert (tally.rows, tally.masked) == (len(found), sum(bool(each.protected) for each in found))
    assert 0 < tally.masked < tally.rows


def test_what_a_person_decided_counts(ledger: Ledger) -> None:
    who = next(each.entity.id for each in ledger.entities() if each.entity.name == "Anahit Terzian")
    reviewing.review(ledger, reviewing.on_protection(ledger, who, "no", by="Ada", reason="she speaks for the town"))
    assert "Anahit Terzian" in json.dumps(rows(ledger))


# --- The command line -------------------------------------------------------------------------------------------------


def bywhom(ledger: Ledger, *words: str) -> Result:
    return CliRunner().invoke(cli, [*words, "--ledger", str(ledger.path)])


@pytest.mark.parametrize(
    "words", [("export",), ("export", "--format", "csv"), ("export", "--format", "relations"), ("claims", "--json")]
)
def test_names_are_left_out_of_what_is_handed_on(ledger: Ledger, words: tuple[str, ...]) -> None:
    answer = bywhom(ledger, *words, "--without-names")
    assert answer.exit_code == 0
    assert not [name for name in NAMES if name in answer.stdout]
    assert "relations" in words or "the names of private people are left out" in answer.stderr
    named = bywhom(ledger, *words)
    assert "relations" in words or all(name in named.stdout for name in NAMES)
    assert "relations" in words or "may name private people, marked as protected; --without-names" in named.stderr


def test_other_lists_name_nobody_either(ledger: Ledger) -> None:
    general = next(each.entity.id for each in ledger.entities() if "Williams" in each.entity.name and each.said)
    for words in (("who", general), ("rests-on", "Williams"), ("review",)):
        answer = bywhom(ledger, *words)
        assert answer.stdout.startswith("{"), words
        assert not [name for name in NAMES if name in answer.stdout], words


def test_situations_name_nobody(ledger: Ledger) -> None:
    own = next(each.claim.id for each in ledger.claims(ClaimQuery(report="courier")))
    whole = Situation("0" * 16, (own,), "Kars", ranges=(Range("men", "Anahit Terzian", 3.0, 4.0, (own,)),))
    (left,) = nameless(ledger, [whole])
    assert "Terzian" not in str(left)
    assert (left.claims, left.place, left.ranges[0].low) == (whole.claims, "Kars", 3.0)


def test_nobody_takes_names_out_without_his_own(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match="somebody's name"):
        ledger.release(" ", "export")
