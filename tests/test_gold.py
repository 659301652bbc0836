"""The gold annotation quotes its reports word for word, and uses only the words the ledger knows."""

from __future__ import annotations

import gzip
import runpy
from pathlib import Path
from typing import Any

import pytest
import yaml

from bywhom.records import Certainty, Channel, EventType, Polarity, Quote, SourceKind

ROOT = Path(__file__).parents[1]
REPORTS = ROOT / "reports" / "mutinies-1917"
GOLD = sorted((ROOT / "tests" / "gold").glob("*.yaml"))
VOCABULARY = {
    "quote": Quote,
    "source_kind": SourceKind,
    "certainty": Certainty,
    "polarity": Polarity,
    "event": EventType,
}


def gold(path: Path) -> tuple[str, dict[str, Any]]:
    """The report's text and its annotation."""
    text = (REPORTS / f"{path.stem}.txt").read_bytes().decode("utf-8")
    return text, yaml.safe_load(path.read_text(encoding="utf-8"))


def claims() -> list[Any]:
    """Every gold claim as a test case: the report's text and the claim."""
    found = []
    for path in GOLD:
        text, annotation = gold(path)
        found += [pytest.param(text, claim, id=f"{path.stem}-{claim['id']}") for claim in annotation["claims"]]
    return found


def test_at_least_five_reports_are_annotated() -> None:
    assert len(GOLD) >= 5


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_furniture_and_unscored_strings_stand_in_the_report(path: Path) -> None:
    text, annotation = gold(path)
    document = annotation["document"]
    strings = [*document["body_must_exclude"], *document["unscored"]]
    assert [string for string in strings if string not in text] == []
    assert document["title"] is None or document["title"] in text


@pytest.mark.parametrize(("text", "claim"), claims())
def test_a_gold_claim_stands_in_its_report_exactly_once(text: str, claim: dict[str, Any]) -> None:
    assert text.count(claim["text"]) == 1


@pytest.mark.parametrize(("text", "claim"), claims())
def test_the_evidence_of_a_gold_claim_is_verbatim(text: str, claim: dict[str, Any]) -> None:
    evidence = [claim["source_mention"], claim["cue"], *(quantity["text"] for quantity in claim["quantities"])]
    evidence += [claim["place"]["mention"]] if claim["place"] else []
    evidence += [claim["time"]["evidence"]] if claim["time"] else []
    assert [words for words in evidence if words is not None and words not in text] == []


@pytest.mark.parametrize(("text", "claim"), claims())
def test_a_gold_claim_uses_the_words_of_the_ledger(text: str, claim: dict[str, Any]) -> None:
    assert text
    for field, words in VOCABULARY.items():
        assert claim[field] in list(words), field
    assert claim["channel"] in [None, *Channel]
    assert (claim["source"] is None) == (claim["source_kind"] == "publisher")


def test_the_web_archive_is_what_its_script_writes() -> None:
    made = runpy.run_path(str(ROOT / "reports" / "make_warc.py"))["archive"]()
    stored = (REPORTS / "basel-page.warc.gz").read_bytes()
    assert gzip.decompress(stored) == gzip.decompress(made)
