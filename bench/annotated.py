"""How well texts are read that no rule was written on: the corpus of training/annotations against the whole program.

    python bench/annotated.py CORPUS_FOLDER            the folder with ukraine-web.jsonl.gz and the others
    python bench/annotated.py CORPUS_FOLDER second     how far two readers agree: the second's claims against the first's
    python bench/annotated.py invented                 reports of other wars, written to teach the reader; those it was not taught
    python bench/annotated.py invented second          how far two annotators of some of these agree
    python bench/annotated.py held-out SHARED_FOLDER   the third of the development texts that no rule was read off

These are annotations of other people than the acceptance and development sets, by the same rules. About one text in six, by its
digest, is kept: no rule is read off it and no reader trained on it, so its figures are the ones to trust.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import tempfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import score
from relations import HELD_OUT

sys.path.append(str(Path(__file__).parents[1]))  # the scripts of training/ read the reports that they are taught
from training.invented import FOLDER as INVENTED
from training.invented import rows

ANNOTATIONS = Path(__file__).parents[1] / "training" / "annotations"
SHOWN = ("claim F1", "claim precision", "claim recall", "headline", "headline filled", "whole-claim recall", "quote", "source filled",
         "source_kind", "via filled", "event", "place filled", "time filled", "quantities filled", "certainty+polarity", "distanced",
         "furniture")  # fmt: skip
# What invented reports do not mark: coordinates, days, numbers, and what of a page is none of the report.
UNMARKED = frozenset({"headline", "headline filled", "place filled", "time filled", "quantities filled", "furniture"})


def reports(corpus: Path, annotations: Path = ANNOTATIONS) -> list[score.Report]:
    """The annotated texts, named by their corpus file and their id in it."""
    found = []
    for path in sorted(annotations.glob("*.jsonl")):
        with gzip.open(corpus / f"{path.stem}.jsonl.gz", "rt", encoding="utf-8") as lines:
            texts = {str(row["id"]): row["text"] for row in map(json.loads, lines)}
        rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
        found += [_report(f"{path.stem}-{row['id']}", row, texts[str(row["id"])]) for row in rows]
    return found


def invented(folder: Path) -> list[score.Report]:
    """The invented reports of a folder; what they mark no claims in (headlines, rhetoric) is not scored, nor are place and time."""
    named = ((f"{folder.name}-{row['name']}", row) for path in sorted(folder.glob("*.txt")) for row in rows(path))
    return [_invented(name, row["text"], row["claims"]) for name, row in named]


def _invented(name: str, text: str, found: list[dict[str, Any]]) -> score.Report:
    told = tuple(
        _claim(name, number, {**claim, "place": None, "time": None}, text) for number, claim in enumerate(found)
    )
    lines = ((match.start(), match.end()) for match in re.finditer(r"[^\n]+", text))
    silent = (line for line in lines if not any(line[0] < one.end and one.start < line[1] for one in told))
    return score.Report(name, text, told, (), tuple(silent))


def labels(annotations: Path = ANNOTATIONS) -> dict[str, dict[str, Any]]:
    """What stands in the annotation of each text, by its name: the round in which it was annotated, and all labels of its claims."""
    lines = (
        (path, line)
        for path in sorted(annotations.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    rows = ((path, json.loads(line)) for path, line in lines)
    return {f"{path.stem}-{row['id']}": {"round": 1, **row} for path, row in rows}


def is_kept(report: score.Report) -> bool:
    """Whether a text is kept from rules and training."""
    return int(sha256(report.text.encode()).hexdigest()[:8], 16) % 6 == 0


def _report(name: str, row: dict[str, Any], text: str) -> score.Report:
    claims = tuple(_claim(name, number, claim, text) for number, claim in enumerate(row["claims"]))
    return score.Report(name, text, claims, _spans(row["furniture"]), _spans(row["unscored"]))


def _claim(name: str, number: int, claim: dict[str, Any], text: str) -> score.Reading:
    filled = {key: value for key, value in claim.items() if value is not None}
    words = {"id": str(number), "document": name, "text": text[claim["start"] : claim["end"]]}
    return msgspec.convert({**filled, **words}, score.Reading)


def _spans(pairs: list[list[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in pairs)


def said(told: list[score.Report]) -> tuple[score.Reading, ...]:
    """What the program reads of the texts."""
    with tempfile.TemporaryDirectory() as name:
        return score.load_predictions(exported(told, Path(name)))


def exported(told: list[score.Report], folder: Path) -> Path:
    """The file with all claims that the program reads of the texts; what else it needs stands beside it in the folder."""
    (folder / "texts").mkdir()
    for report in told:
        (folder / "texts" / f"{report.name}.txt").write_bytes(report.text.encode())
    program = [sys.executable, "-m", "bywhom"]
    ledger = ["--ledger", str(folder / "ledger.db")]
    subprocess.run([*program, "add", str(folder / "texts"), "--quiet", *ledger], check=False)
    claims = folder / "claims.jsonl"
    subprocess.run([*program, "export", "--output", str(claims), *ledger], check=True)
    return claims


def agreement(corpus: Path) -> None:
    """Print how far the second reader of some texts agrees with the first."""
    second = reports(corpus, ANNOTATIONS / "second")
    names = {report.name for report in second}
    first = [report for report in reports(corpus) if report.name in names]
    show(first, tuple(claim for report in second for claim in report.claims))


def agreement_on_invented() -> None:
    """Print how far the second annotator of some invented reports, who saw their plain text alone, agrees with the first."""
    first = {report.text: report for report in invented(INVENTED)}
    second = invented(INVENTED / "second")
    claims = (replace(claim, document=first[report.text].name) for report in second for claim in report.claims)
    show([first[report.text] for report in second], tuple(claims), without=UNMARKED)


def show(told: list[score.Report], found: tuple[score.Reading, ...], without: frozenset[str] = frozenset()) -> None:
    """Print the figures of some texts, without those that their annotation cannot tell."""
    names = {report.name for report in told}
    figures = score.score(told, tuple(each for each in found if each.document in names)).figures
    print(f"{len(told)} texts, {sum(len(report.claims) for report in told)} claims")
    for name in (each for each in SHOWN if each not in without):
        print(f"  {name:<20} {figures[name]:.3f}")


def main() -> None:
    """Print the figures."""
    match sys.argv[1:]:
        case ["invented"]:
            taught, others = (invented(folder) for folder in (INVENTED, INVENTED / "later"))
            told = [*filter(is_kept, taught), *others]
            show(told, said(told), without=UNMARKED)
        case ["invented", "second"]:
            agreement_on_invented()
        case ["held-out", shared]:
            folder = Path(shared) / "development"
            told = [report for report in score.load_gold(folder, folder) if report.name in HELD_OUT]
            show(told, said(told))
        case [corpus, "second"]:
            agreement(Path(corpus))
        case [corpus]:
            told = reports(Path(corpus))
            found = said(told)
            show(told, found)
            print("of them kept:")
            show([report for report in told if is_kept(report)], found)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
