"""From the corpora to the file that ships, in one command.

    python -m training DATA_FOLDER WORK_FOLDER [MODEL.onnx]

DATA_FOLDER holds polnear/ and conflict-news/. Stopped, it goes on where it was when it is called again. MODEL.onnx is
WORK_FOLDER/reader.onnx unless it is named.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def steps(data: Path, work: Path, model: Path) -> list[tuple[Path, list[str]]]:
    """What each step makes, and its command."""
    corpora = ["--polnear", str(data / "polnear"), "--conflict", str(data / "conflict-news")]
    shared = [*corpora, "--processes", "2", "--batch", "4", "--repeat", "3"]
    silver, run = work / "silver.jsonl", work / "run"
    options = ["--silver", str(silver), "--silver-share", "0.12", "--epochs", "5", "--out", str(run)]
    return [
        (silver, ["training.silver", str(data / "conflict-news"), str(silver)]),
        (run / "reader.pt", ["training.train", *shared, *options]),
        (model, ["training.export", str(run / "reader.pt"), str(model)]),
    ]


def main(data: Path, work: Path, model: Path) -> None:
    """Do what has not been done."""
    work.mkdir(parents=True, exist_ok=True)
    for made, command in steps(data, work, model):
        if not made.exists():
            print("python -m " + " ".join(command), flush=True)
            subprocess.run([sys.executable, "-m", *command], check=True)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    folder = Path(sys.argv[2])
    main(Path(sys.argv[1]), folder, Path(sys.argv[3]) if len(sys.argv) == 4 else folder / "reader.onnx")
