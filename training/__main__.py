"""From the corpora to a model file, in one command.

    python -m training DATA_FOLDER WORK_FOLDER [MODEL.onnx] [--texts N] [--witness]

DATA_FOLDER holds polnear/ and conflict-news/. Stopped, it goes on where it was when it is called again. MODEL.onnx is
WORK_FOLDER/reader.onnx unless it is named. `--texts 8` takes eight texts of each corpus, to see in minutes that all steps work.
`--witness` makes another reader besides, WORK_FOLDER/witness.onnx, that knows the first round of annotation alone: the texts of the
second have been seen neither by it nor by those who wrote the rules, so they tell whom to believe where the two differ
(bench/fit_weighing.py).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

# A run from nothing on the first round of annotated texts, and two that go on from it with fresh, lower rates: on both rounds, and on
# those and the invented reports. What ships lies between these two.
BOTH = "--batch 8 --repeat 2 --vary 0.4 --freeze-words --slowing 1.0 --threads 1"
FIRST = "--epochs 8 --rounds 1 --seed 5 --sizes 224,256,192,240,208"
SECOND = "--epochs 2.5 --rounds 2 --seed 6 --sizes 248,200,232 --rate 1.5e-4"
THIRD = "--epochs 2.5 --rounds 3 --seed 8 --sizes 216,248,184 --rate 1.5e-4 --processes 2"
SHARE = 0.7  # of the third run in what ships
EXPORT = "--cues 0 --contents 0.4 --version 4"


Step = tuple[Path, list[str]]  # what it makes, and its command


def steps(data: Path, work: Path, model: Path, texts: int | None = None) -> list[Step]:
    """What leads to the reader."""
    return [
        _taught(work / "first", data, texts, FIRST.split()),
        _taught(work / "second", data, texts, [*SECOND.split(), *_going_on(work / "first")]),
        _taught(work / "third", data, texts, [*THIRD.split(), *_going_on(work / "second")]),
        _mixed(work / "second", work / "third", work / "mixed"),
        _exported(work / "mixed", model),
    ]


def witness(data: Path, work: Path, texts: int | None = None) -> list[Step]:
    """What leads from its first run to the reader that knows one round alone."""
    return [
        _taught(work / "witness", data, texts, [*SECOND.split(), *_going_on(work / "first"), "--rounds", "1"]),
        _exported(work / "witness", work / "witness.onnx"),
    ]


def _going_on(folder: Path) -> list[str]:
    return ["--start", str(folder / "state.pt")]


def _taught(folder: Path, data: Path, texts: int | None, settings: list[str]) -> Step:
    corpora = ["--polnear", str(data / "polnear"), "--conflict", str(data / "conflict-news")]
    few = ["--texts", str(texts)] if texts else []
    return folder / "reader.pt", ["training.train", *corpora, *BOTH.split(), *few, *settings, "--out", str(folder)]


def _mixed(earlier: Path, later: Path, folder: Path) -> Step:
    made = folder / "reader.pt"
    return made, ["training.mixed", str(earlier / "reader.pt"), str(later / "reader.pt"), str(SHARE), str(made)]


def _exported(folder: Path, model: Path) -> Step:
    return model, ["training.export", str(folder / "reader.pt"), str(model), *EXPORT.split()]


def main(todo: list[Step]) -> None:
    """Do what has not been done."""
    for made, command in todo:
        made.parent.mkdir(parents=True, exist_ok=True)
        if not made.exists():
            print("python -m " + " ".join(command), flush=True)
            subprocess.run([sys.executable, "-m", *command], check=True)


if __name__ == "__main__":
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("data", type=Path)
    given.add_argument("work", type=Path)
    given.add_argument("model", type=Path, nargs="?")
    given.add_argument("--texts", type=int)
    given.add_argument("--witness", action="store_true")
    said = given.parse_args()
    more = witness(said.data, said.work, said.texts) if said.witness else []
    main([*steps(said.data, said.work, said.model or said.work / "reader.onnx", said.texts), *more])
