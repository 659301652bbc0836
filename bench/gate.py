"""The quality gate: reads annotated reports with the program as installed and holds the scores against pinned floors.

    ./dev gate                      the table; fails where a figure lies below its floor
    ./dev gate --raise              writes better floors, where the program has become better
    ./dev gate --lower --why "…"    writes worse ones, or floors for changed gold, and keeps the reason in floors.json
    ./dev gate --verbose            names the claims missed, invented or misread

bench/floors.json holds the floors and, for each corpus, a fingerprint of its texts and annotations: scores on another
corpus are not comparable, so a changed corpus fails until it is pinned anew, with a reason. The corpora beside the
checkout are scored with the scorer that lies there; where there are none, that is said and the project's own gold decides.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import score

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FLOORS = ROOT / "bench" / "floors.json"

# What is pinned. Other figures follow from these, or are shown for reading only.
PINNED = (
    "claim F1",
    "headline",
    "headline filled",
    "whole-claim recall",
    "quote",
    "source filled",
    "source_kind",
    "via filled",
    "channel filled",
    "event",
    "place filled",
    "time filled",
    "quantities filled",
    "certainty+polarity",
    "distanced",
)
FAULTS = ("furniture", "offset_mismatch", "broken stages")  # never pinned: there must be none
BROKEN = "A fault in bywhom"  # how the problem of a stage that broke begins
PRECISION = 1000  # floors are cut, not rounded, to three decimals


class GateError(Exception):
    """The gate cannot judge; the message says what to do."""


@dataclass(frozen=True)
class Corpus:
    """Annotated reports: where their gold and their texts lie, and what their score is hoped to become."""

    name: str
    gold: Path
    texts: Path
    scorer: Path | None = None  # a program beside the checkout; None: bench/score.py
    goals: dict[str, float] = field(default_factory=dict)

    @property
    def files(self) -> list[Path]:
        """The texts that have an annotation."""
        stems = [path.stem for path in sorted(self.gold.glob("*.yaml")) if path.stem != "links"]
        return [self.texts / f"{stem}.txt" for stem in stems]

    def fingerprint(self) -> str:
        """A digest of every text and annotation."""
        digest = sha256()
        for text in self.files:
            for path in (text, self.gold / f"{text.stem}.yaml"):
                digest.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
        return digest.hexdigest()


GOALS = {
    "claim F1": 0.80,
    "source filled": 0.80,
    "via filled": 0.60,
    "quote": 0.85,
    "headline filled": 0.55,
    "whole-claim recall": 0.30,
}
SLACK = 0.10  # by how much other corpora may lie lower than the goals

CORPORA = (
    Corpus("own", ROOT / "tests/gold", ROOT / "reports/mutinies-1917", goals=GOALS),
    Corpus("acceptance", SHARED / "acceptance", SHARED / "seeds", SHARED / "bench/score_ledger.py", GOALS),
    Corpus(
        "development",
        SHARED / "development",
        SHARED / "development",
        SHARED / "bench/score_ledger.py",
        {name: goal - SLACK for name, goal in GOALS.items()},
    ),
)


# --- Scores -------------------------------------------------------------------------------------------------------------


def read_with_program(texts: Sequence[Path], folder: Path) -> tuple[Path, list[str]]:
    """The claims of the texts as the installed program exports them, a file of JSON lines, and the stages that broke."""
    ledger, rows = folder / "gate.db", folder / "claims.jsonl"
    program = [str(Path(sys.executable).with_name("bywhom"))]
    _run([*program, "add", "--quiet", "--ledger", str(ledger), *map(str, texts)])
    _run([*program, "export", "--ledger", str(ledger), "--output", str(rows)])
    problems = map(json.loads, _run([*program, "problems", "--ledger", str(ledger)]).splitlines())
    return rows, [f"{each['where']}: {each['message']}" for each in problems if each["message"].startswith(BROKEN)]


def _run(command: list[str]) -> str:
    """What the program wrote; problems found in a report (exit status 1) are no reason to stop.

    Raises: GateError with what it said.
    """
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        raise GateError(f"{' '.join(command[:2])} ended with {done.returncode}:\n{done.stderr.strip()[-2000:]}")
    return done.stdout


def judge(corpus: Corpus, rows: Path) -> score.Score:
    """The figures of one corpus, by its own scorer."""
    if corpus.scorer is None:
        return score.score(score.load_gold(corpus.gold, corpus.texts), score.load_predictions(rows))
    return _judge_elsewhere(corpus, rows, corpus.scorer)


def _judge_elsewhere(corpus: Corpus, rows: Path, scorer: Path) -> score.Score:
    """The figures as the scorer beside the checkout counts them, under our names."""
    spec = spec_from_file_location("scorer", scorer)
    if spec is None or spec.loader is None:
        raise GateError(f"{scorer} cannot be loaded")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    docs, _ = module.load_gold(corpus.gold, corpus.texts)
    claims = [json.loads(line) for line in rows.read_text(encoding="utf-8").split("\n") if line.strip()]
    return _in_our_words(module.score_claims(docs, claims))


def _in_our_words(found: dict[str, Any]) -> score.Score:
    """The other scorer's result with the names of bench/score.py."""
    figures = {
        "claim F1": found["claims"]["f1"],
        "claim precision": found["claims"]["precision"],
        "claim recall": found["claims"]["recall"],
        "whole-claim recall": found["whole_claim_recall"],
        "headline": found["headline"],
        "headline filled": found["headline_on_filled"],
    }
    for name, value in found["fields"].items():
        figures |= {name: value["accuracy"], f"{name} filled": value["on_filled"] or 0.0}
    figures |= {kind: float(len(found[kind])) for kind in ("furniture", "offset_mismatch")}
    return score.Score(figures, {kind: found[kind] for kind in ("missed", "spurious", "furniture", "offset_mismatch")})


# --- Floors -------------------------------------------------------------------------------------------------------------


@dataclass
class Floors:
    """What bench/floors.json says: per corpus a fingerprint and floors; and every time one was lowered, and why."""

    corpora: dict[str, dict[str, Any]]
    lowered: list[dict[str, Any]]

    @classmethod
    def load(cls, path: Path) -> Floors:
        """The floors of a file; none where there is no file yet."""
        if not path.exists():
            return cls({}, [])
        content = json.loads(path.read_text(encoding="utf-8"))
        return cls(content["corpora"], content["lowered"])

    def save(self, path: Path) -> None:
        """Writes the floors, one a line, so that a change shows line by line."""
        content = {"corpora": self.corpora, "lowered": self.lowered}
        path.write_text(json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")

    def of(self, corpus: str) -> dict[str, float]:
        """The floors of one corpus by figure."""
        floors: dict[str, float] = self.corpora.get(corpus, {}).get("floors", {})
        return floors

    def pins(self, corpus: Corpus) -> bool:
        """Whether the floors were made on this very corpus."""
        return bool(self.corpora.get(corpus.name, {}).get("fingerprint") == corpus.fingerprint())

    def pin(self, corpus: Corpus, floors: dict[str, float]) -> None:
        """Sets the floors of one corpus."""
        self.corpora[corpus.name] = {"fingerprint": corpus.fingerprint(), "floors": floors}


def cut(figure: float) -> float:
    """A figure with three decimals, never more than it is."""
    return math.floor(figure * PRECISION + 1e-6) / PRECISION


def below(figures: dict[str, float], floors: dict[str, float]) -> list[str]:
    """The figures that fell below their floors, and faults where there must be none."""
    fallen = [name for name, floor in floors.items() if cut(figures[name]) < floor]
    return fallen + [name for name in FAULTS if figures.get(name)]


def repin(floors: Floors, corpus: Corpus, figures: dict[str, float], *, lower: bool, why: str) -> None:
    """Moves the floors of one corpus to the figures: up only, unless `lower`, which is recorded with its reason."""
    now = {name: cut(figures[name]) for name in PINNED}
    if not floors.of(corpus.name):
        floors.pin(corpus, now)
        return
    if not lower:
        if floors.pins(corpus):
            floors.pin(corpus, {name: max(now[name], floors.of(corpus.name).get(name, 0.0)) for name in PINNED})
        return
    before = floors.of(corpus.name)
    moved = {name: [before.get(name), value] for name, value in now.items() if value < before.get(name, 0.0)}
    if moved or not floors.pins(corpus):
        today = datetime.now(UTC).date().isoformat()
        floors.lowered.append({"corpus": corpus.name, "date": today, "why": why, "from, to": moved})
        floors.pin(corpus, now)


# --- The gate -----------------------------------------------------------------------------------------------------------


def table(corpus: Corpus, result: score.Score, floors: dict[str, float]) -> str:
    """The figures of one corpus beside their floors and goals, to be read by people."""
    lines = [f"{corpus.name}: {len(corpus.files)} reports", f"  {'':<22}{'now':>7}{'floor':>8}{'goal':>7}"]
    for name in ("claim F1", "claim precision", "claim recall", *PINNED[1:]):
        now, floor, goal = cut(result.figures[name]), floors.get(name), corpus.goals.get(name)
        mark = "  below its floor" if floor is not None and now < floor else ""
        mark = mark or ("  goal not reached" if goal is not None and now < goal else "")
        lines.append(f"  {name:<22}{now:>7.3f}{_number(floor):>8}{_number(goal, 2):>7}{mark}")
    for name in FAULTS:
        found = int(result.figures[name])
        lines.append(f"  {name:<22}{found:>7}{0:>8}{0:>7}{'  there must be none' if found else ''}")
    return "\n".join(lines)


def _number(value: float | None, digits: int = 3) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def cases(corpus: Corpus, result: score.Score, rows: Path) -> str:
    """The claims behind the figures: missed, invented, and misread field by field."""
    lines = [f"  {kind}: {' '.join(found) or 'none'}" for kind, found in result.faults.items()]
    said = score.load_predictions(rows)
    for report in score.load_gold(corpus.gold, corpus.texts):
        for gold, claim in score.pair(report, [claim for claim in said if claim.document == report.name]):
            wrong = [name for name, value in score.compare(gold, claim).items() if value < 1 and "+" not in name]
            details = "; ".join(f"{name} {claim.value(name)!r} for {gold.value(name)!r}" for name in wrong)
            lines.append(f"  {report.name}/{gold.id} {details or 'right'}")
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the gate: 0 where every floor holds."""
    options = _options(argv)
    floors, passed = Floors.load(FLOORS), True
    try:
        for corpus in CORPORA:
            if options.corpus and corpus.name not in options.corpus:
                continue
            if not corpus.gold.is_dir() or (corpus.scorer and not corpus.scorer.is_file()):
                print(f"{corpus.name}: skipped, there is no {corpus.gold} beside this checkout\n")
                continue
            passed &= _gate(corpus, floors, options)
    except (GateError, score.BrokenGold) as error:
        print(error, file=sys.stderr)
        return 1
    if options.up or options.lower:
        floors.save(FLOORS)
    print("gate: every floor holds" if passed else "gate: not passed")
    return 0 if passed else 1


def _gate(corpus: Corpus, floors: Floors, options: argparse.Namespace) -> bool:
    """Scores one corpus, prints its table, moves its floors if asked; whether it passes."""
    with tempfile.TemporaryDirectory() as folder:
        rows, broken = (options.pred, []) if options.pred else read_with_program(corpus.files, Path(folder))
        result = judge(corpus, rows)
        result.faults["broken stages"] = broken
        result.figures["broken stages"] = float(len(broken))
        if options.up or options.lower:
            repin(floors, corpus, result.figures, lower=options.lower, why=options.why)
        print(table(corpus, result, floors.of(corpus.name)))
        if options.verbose:
            print(cases(corpus, result, rows))
    if not floors.pins(corpus):
        print(
            f"  No floors for this gold: its texts or annotations are not those that {FLOORS.name} was made on.\n"
            '  Pin it: ./dev gate --raise where it is new, ./dev gate --lower --why "…" where it has changed.'
        )
    print()
    return floors.pins(corpus) and not below(result.figures, floors.of(corpus.name))


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(prog="./dev gate", description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--corpus", action="append", help="only this corpus: own, acceptance or development")
    parser.add_argument("--raise", dest="up", action="store_true", help="write better floors")
    parser.add_argument("--lower", action="store_true", help="write worse floors too; needs --why")
    parser.add_argument("--why", default="", help="the reason, kept in floors.json")
    parser.add_argument("--verbose", action="store_true", help="name the claims behind the figures")
    parser.add_argument("--pred", type=Path, help="score this file of JSON lines instead of what the program reads")
    options = parser.parse_args(argv)
    if options.lower and not options.why.strip():
        parser.error("--lower needs --why: a floor is never lowered without a reason")
    return options


if __name__ == "__main__":
    sys.exit(main())
