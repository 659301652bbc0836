"""How well texts are read that no rule was written on: the corpus of training/annotations against the whole program.

    python bench/annotated.py CORPUS_FOLDER        the folder with ukraine-web.jsonl.gz and the others

These are annotations of other people than the acceptance and development sets, by the same rules. Rules of attribution written on
the day they came were read off some thirty of the texts; the rest were only counted.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import score

ANNOTATIONS = Path(__file__).parents[1] / "training" / "annotations"
SHOWN = ("claim F1", "claim precision", "claim recall", "headline", "headline filled", "whole-claim recall", "quote", "source filled",
         "source_kind", "via filled", "event", "place filled", "time filled", "quantities filled", "certainty+polarity", "distanced",
         "furniture")  # fmt: skip


def reports(corpus: Path) -> list[score.Report]:
    """The annotated texts, named by their corpus file and their place in it."""
    found = []
    for path in sorted(ANNOTATIONS.glob("*.jsonl")):
        with gzip.open(corpus / f"{path.stem}.jsonl.gz", "rt", encoding="utf-8") as lines:
            texts = {str(row["id"]): row["text"] for row in map(json.loads, lines)}
        rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
        found += [_report(f"{path.stem}-{i:03}", row, texts[str(row["id"])]) for i, row in enumerate(rows)]
    return found


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
        folder = Path(name)
        (folder / "texts").mkdir()
        for report in told:
            (folder / "texts" / f"{report.name}.txt").write_bytes(report.text.encode())
        program = [sys.executable, "-m", "bywhom"]
        ledger = ["--ledger", str(folder / "ledger.db")]
        subprocess.run([*program, "add", str(folder / "texts"), "--quiet", *ledger], check=False)
        subprocess.run(
            [*program, "export", "--format", "jsonl", "--output", str(folder / "claims.jsonl"), *ledger], check=True
        )
        return score.load_predictions(folder / "claims.jsonl")


def main() -> None:
    """Print the figures."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    told = reports(Path(sys.argv[1]))
    found = score.score(told, said(told)).figures
    print(f"{len(told)} texts, {sum(len(report.claims) for report in told)} claims")
    for name in SHOWN:
        print(f"  {name:<20} {found[name]:.3f}")


if __name__ == "__main__":
    main()
