"""From the corpora to a model file, in one command.

    python -m training DATA_FOLDER WORK_FOLDER [MODEL.onnx] [--texts N]

DATA_FOLDER holds polnear/ and conflict-news/. Stopped, it goes on where it was when it is called again. MODEL.onnx is
WORK_FOLDER/reader.onnx unless it is named. `--texts 8` takes eight texts of each corpus, to see in minutes that all steps work.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

# A run from nothing, and one that goes on from it with a fresh, lower rate: the best found for PolNeAR, and what ships.
BOTH = "--batch 8 --repeat 2 --vary 0.4 --freeze-words --slowing 1.0 --threads 1"
FIRST = "--epochs 8 --seed 5 --sizes 224,256,192,240,208"
SECOND = "--epochs 2.5 --seed 6 --sizes 248,200,232 --rate 1.5e-4"
EXPORT = "--cues 0 --contents 0.4 --version 2.1"


def steps(data: Path, work: Path, model: Path, texts: int | None = None) -> list[tuple[Path, list[str]]]:
    """What each step makes, and its command."""
    corpora = ["--polnear", str(data / "polnear"), "--conflict", str(data / "conflict-news")]
    shared = ["training.train", *corpora, *BOTH.split(), *(["--texts", str(texts)] if texts else [])]
    one, two = work / "first", work / "second"
    return [
        (one / "reader.pt", [*shared, *FIRST.split(), "--out", str(one)]),
        (two / "reader.pt", [*shared, *SECOND.split(), "--start", str(one / "state.pt"), "--out", str(two)]),
        (model, ["training.export", str(two / "reader.pt"), str(model), *EXPORT.split()]),
    ]


def main(data: Path, work: Path, model: Path, texts: int | None) -> None:
    """Do what has not been done."""
    work.mkdir(parents=True, exist_ok=True)
    for made, command in steps(data, work, model, texts):
        if not made.exists():
            print("python -m " + " ".join(command), flush=True)
            subprocess.run([sys.executable, "-m", *command], check=True)


if __name__ == "__main__":
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("data", type=Path)
    given.add_argument("work", type=Path)
    given.add_argument("model", type=Path, nargs="?")
    given.add_argument("--texts", type=int)
    options = given.parse_args()
    main(options.data, options.work, options.model or options.work / "reader.onnx", options.texts)
