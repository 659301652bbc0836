"""The gate: floors rise, never sink in silence, and hold only for the corpus that they were made on."""

from __future__ import annotations

import contextlib
import json
import random
import tempfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import gate
import pytest
import score
from gate import Corpus, Floors

GOLD = """
document: {unscored: [], body_must_exclude: [Advertisement]}
claims:
  - {id: c01, text: Liège fell, quote: none, event: seize, certainty: certain, polarity: positive, source_kind: publisher}
  - {id: c02, text: Namur held, quote: none, event: seize, certainty: certain, polarity: negative, source_kind: publisher}
"""
TEXT = "Liège fell. Namur held. Advertisement"


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    (tmp_path / "a.yaml").write_text(GOLD)
    (tmp_path / "a.txt").write_text(TEXT)
    return Corpus("own", tmp_path, tmp_path, goals={"claim F1": 0.9})


@pytest.fixture
def pinned(tmp_path: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The floors file of a gate for this corpus alone."""
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(gate, "CORPORA", (corpus,))
    return tmp_path / "floors.json"


def predict(tmp_path: Path, *claims: str) -> str:
    """A file of claims with these words, each as the gold has it but for what is not there."""
    (report,) = score.load_gold(tmp_path, tmp_path)
    known = {claim.text: claim for claim in report.claims}
    rows = [known.get(words, at(words)) for words in claims]
    path = tmp_path / f"{len(claims)}-{'-'.join(claims)}.jsonl"
    path.write_text("".join(json.dumps(asdict(row)) + "\n" for row in rows))
    return str(path)


def at(words: str) -> score.Reading:
    start = TEXT.index(words)
    return score.Reading(words, start, start + len(words), document="a")


def test_without_floors_the_gate_does_not_pass_and_says_how_to_pin(
    tmp_path: Path, pinned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gate.main(["--pred", predict(tmp_path, "Liège fell")]) == 1
    assert "--raise" in capsys.readouterr().out
    assert not pinned.exists()


def test_floors_are_pinned_and_then_held(tmp_path: Path, pinned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both, one = predict(tmp_path, "Liège fell", "Namur held"), predict(tmp_path, "Liège fell")
    assert gate.main(["--raise", "--pred", both]) == 0
    before = pinned.read_text()
    assert gate.main(["--pred", both]) == 0
    assert gate.main(["--pred", one]) == 1
    assert "claim F1                0.666   1.000   0.90  below its floor" in capsys.readouterr().out.replace(
        "667", "666"
    )
    assert pinned.read_text() == before


def test_raise_never_lowers(tmp_path: Path, pinned: Path) -> None:
    gate.main(["--raise", "--pred", predict(tmp_path, "Liège fell", "Namur held")])
    before = pinned.read_text()
    assert gate.main(["--raise", "--pred", predict(tmp_path, "Liège fell")]) == 1
    assert pinned.read_text() == before


def test_raise_keeps_what_got_better(tmp_path: Path, pinned: Path) -> None:
    gate.main(["--raise", "--pred", predict(tmp_path, "Liège fell")])
    gate.main(["--raise", "--pred", predict(tmp_path, "Liège fell", "Namur held")])
    assert Floors.load(pinned).of("own")["claim F1"] == 1.0


@pytest.mark.parametrize("argv", [["--lower"], ["--lower", "--why", "  "]])
def test_a_floor_is_not_lowered_without_a_reason(argv: list[str], pinned: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        gate.main(argv)
    assert stopped.value.code == 2
    assert not pinned.exists()


def test_a_floor_that_was_lowered_keeps_its_reason(tmp_path: Path, pinned: Path) -> None:
    gate.main(["--raise", "--pred", predict(tmp_path, "Liège fell", "Namur held")])
    assert gate.main(["--lower", "--why", "clauses are longer now", "--pred", predict(tmp_path, "Liège fell")]) == 0
    floors = Floors.load(pinned)
    assert floors.of("own")["claim F1"] == 0.666
    (lowered,) = floors.lowered
    assert lowered["why"] == "clauses are longer now"
    assert lowered["from, to"]["claim F1"] == [1.0, 0.666]


@pytest.mark.parametrize("name", ["a.txt", "a.yaml"])
def test_a_changed_corpus_is_not_judged_by_old_floors(tmp_path: Path, pinned: Path, name: str) -> None:
    both = predict(tmp_path, "Liège fell", "Namur held")
    gate.main(["--raise", "--pred", both])
    before = pinned.read_text()
    (tmp_path / name).write_text((tmp_path / name).read_text() + "\n")
    assert gate.main(["--pred", both]) == 1
    assert gate.main(["--raise", "--pred", both]) == 1
    assert pinned.read_text() == before
    assert gate.main(["--lower", "--why", "the gold was mended", "--pred", both]) == 0
    assert gate.main(["--pred", both]) == 0
    assert Floors.load(pinned).lowered[0]["why"] == "the gold was mended"


@pytest.mark.parametrize("words", ["Advertisement", "Namur held. Adv"])
def test_furniture_never_passes_not_even_pinned(tmp_path: Path, pinned: Path, words: str) -> None:
    rows = predict(tmp_path, "Liège fell", words)
    assert gate.main(["--raise", "--pred", rows]) == 1
    assert pinned.exists()


def test_a_claim_whose_text_is_elsewhere_never_passes(tmp_path: Path, pinned: Path) -> None:
    rows = tmp_path / "moved.jsonl"
    rows.write_text(json.dumps(asdict(replace(at("Liège fell"), start=1, end=11))) + "\n")
    assert gate.main(["--raise", "--pred", str(rows)]) == 1
    assert pinned.exists()


def test_a_stage_that_broke_never_passes(
    tmp_path: Path, pinned: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = {
        "add": "",
        "export": "",
        "problems": '{"where": "a.txt", "message": "A fault in bywhom stopped this stage (KeyError)."}\n'
        '{"where": "b.txt", "message": "not text"}\n',
    }
    (tmp_path / "claims.jsonl").write_text("")
    monkeypatch.setattr(gate, "_run", lambda command: said[command[1]])
    monkeypatch.setattr(tempfile, "TemporaryDirectory", lambda: contextlib.nullcontext(str(tmp_path)))
    assert gate.main(["--raise", "--verbose"]) == 1
    shown = capsys.readouterr().out
    assert "broken stages: a.txt: A fault in bywhom stopped this stage (KeyError)." in shown
    assert "b.txt" not in shown
    assert pinned.exists()


def test_a_corpus_that_is_not_there_is_skipped_aloud(
    tmp_path: Path, pinned: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    away = Corpus("elsewhere", tmp_path / "none", tmp_path / "none", tmp_path / "none.py")
    monkeypatch.setattr(gate, "CORPORA", (corpus, away))
    assert gate.main(["--raise", "--pred", predict(tmp_path, "Liège fell")]) == 0
    assert "elsewhere: skipped" in capsys.readouterr().out
    assert list(Floors.load(pinned).corpora) == ["own"]


def test_the_claims_behind_the_figures_are_named(
    tmp_path: Path, pinned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gate.main(["--verbose", "--pred", predict(tmp_path, "Liège fell", "Advert")]) == 1
    shown = capsys.readouterr().out
    assert not pinned.exists()
    assert "missed: a/c02" in shown
    assert "furniture: a:24-30" in shown
    assert "a/c01 right" in shown


def test_figures_are_cut_so_that_a_floor_is_never_above_what_was_reached() -> None:
    assert gate.cut(2 / 3) == 0.666
    assert gate.cut(0.7) == 0.7
    assert gate.below({"claim F1": 2 / 3, "furniture": 0, "offset_mismatch": 0}, {"claim F1": 0.666}) == []


# --- The pinned floors themselves -------------------------------------------------------------------------------------


def test_our_own_gold_is_pinned_as_it_is() -> None:
    own = gate.CORPORA[0]
    assert own.scorer is None
    assert Floors.load(gate.FLOORS).pins(own)
    assert set(Floors.load(gate.FLOORS).of("own")) == set(gate.PINNED)


def test_every_lowering_has_a_reason() -> None:
    assert all(lowered["why"].strip() for lowered in Floors.load(gate.FLOORS).lowered)


@pytest.mark.parametrize("corpus", gate.CORPORA[1:], ids=lambda corpus: corpus.name)
def test_our_scorer_and_the_one_beside_the_checkout_agree(tmp_path: Path, corpus: Corpus) -> None:
    """On the gold itself, and on gold with errors in it."""
    if corpus.scorer is None or not corpus.scorer.is_file():
        pytest.skip(f"there is no {corpus.name} corpus beside this checkout")
    reports = score.load_gold(corpus.gold, corpus.texts)
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(json.dumps(asdict(claim)) + "\n" for claim in damaged(reports)))
    theirs, ours = gate.judge(corpus, rows).figures, score.score(reports, score.load_predictions(rows)).figures
    assert {name: ours[name] for name in theirs} == pytest.approx(theirs)
    assert 0.5 < ours["headline"] < 0.99


def damaged(reports: tuple[score.Report, ...]) -> list[score.Reading]:
    """The gold claims with some left out, some moved, and some fields of one put into another."""
    draw = random.Random(1914)
    claims = [claim for report in reports for claim in report.claims]
    texts = {report.name: report.text for report in reports}
    found = []
    for claim in claims:
        other = draw.choice(claims)
        mixed: dict[str, Any] = {
            name: other.value(name) for name in draw.sample(["source", "via", "event", "place", "time"], 2)
        }
        start = max(0, claim.start + draw.randint(-20, 20))
        moved = replace(claim, start=start, end=claim.end, text=texts[claim.document][start : claim.end], **mixed)
        found += draw.choice([[], [claim], [claim], [moved]])
    return found
