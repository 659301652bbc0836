"""What more annotated texts would bring: the claim heads learnt from ever more of them, and their figures on the held-out ones.

    python -m training.curve DATA_FOLDER WORK_FOLDER [--counts 32,65,130,261]

Every run takes the same number of steps, starts from the same encoder and sees annotated texts of conflict news alone: what is
compared is the number of texts. Stopped, it goes on where it was. Three quarters of an hour on one core; the table is printed and
written to WORK_FOLDER/curve.md.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

SETTINGS = "--no-attribution --batch 8 --epochs 6 --seed 5 --vary 0.4 --freeze-words --slowing 1.0 --threads 1"
FIGURE = re.compile(r"(claim F1|event|quote|certainty|source filled|relay F1) (\d\.\d{3})")


def learnt(data: Path, work: Path, count: int, all_texts: int) -> dict[str, float]:
    """The figures after learning from so many texts, each shown so often that all runs are equally long."""
    folder = work / str(count)
    if not (folder / "reader.pt").exists():
        corpora = ["--polnear", str(data / "polnear"), "--conflict", str(data / "conflict-news"), "--out", str(folder)]
        often = ["--annotated", str(count), "--repeat", str(max(1, round(all_texts / count)))]
        command = [sys.executable, "-m", "training.train", *corpora, *SETTINGS.split(), *often]
        subprocess.run(command, check=True)
    told = (folder / "progress.txt").read_text(encoding="utf-8").splitlines()
    last = next(line for line in reversed(told) if "claims:" in line)
    return {name: float(value) for name, value in FIGURE.findall(last)}


def table(figures: dict[int, dict[str, float]]) -> str:
    """A row for each number of texts."""
    names = list(next(iter(figures.values())))
    head = [f"| annotated texts | {' | '.join(names)} |", "|---" * (1 + len(names)) + "|"]
    rows = [f"| {count} | {' | '.join(f'{found[name]:.3f}' for name in names)} |" for count, found in figures.items()]
    return "\n".join([*head, *rows]) + "\n"


def main(data: Path, work: Path, counts: Sequence[int]) -> None:
    """Learn from few texts first."""
    work.mkdir(parents=True, exist_ok=True)
    figures: dict[int, dict[str, float]] = {}
    for count in sorted(counts):
        figures[count] = learnt(data, work, count, max(counts))
        (work / "curve.md").write_text(table(figures), encoding="utf-8")
    sys.stdout.write(table(figures))


if __name__ == "__main__":
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("data", type=Path)
    given.add_argument("work", type=Path)
    given.add_argument("--counts", default="32,65,130,261")
    options = given.parse_args()
    main(options.data, options.work, [int(count) for count in options.counts.split(",")])
