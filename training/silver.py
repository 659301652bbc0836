"""Claims that the rules read in texts that nobody annotated: to teach the network the common ground before the annotations.

    python -m training.silver CORPUS_FOLDER OUT.jsonl      every text of CORPUS_FOLDER/*.jsonl.gz that is not held out

The rows have the form of training/annotations, and the text besides: they are for training on this machine, not for keeping.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from training.corpora import held_out, read_lines

Row = dict[str, Any]


def texts(corpus: Path) -> dict[str, str]:
    """Name -> text, without those by which choices are made."""
    found = {}
    for path in sorted(corpus.glob("*.jsonl.gz")):
        for number, row in enumerate(read_lines(path)):
            if not held_out({"sha256": sha256(row["text"].encode()).hexdigest()}):
                found[f"{path.name.removesuffix('.jsonl.gz')}-{number:04}"] = row["text"]
    return found


def read(told: dict[str, str]) -> Iterator[Row]:
    """What the program exports of the texts, claim by claim."""
    with tempfile.TemporaryDirectory() as name:
        folder, program = Path(name), [sys.executable, "-m", "bywhom"]
        (folder / "texts").mkdir()
        for key, text in told.items():
            (folder / "texts" / f"{key}.txt").write_bytes(text.encode())
        ledger = ["--ledger", str(folder / "ledger.db")]
        subprocess.run([*program, "add", str(folder / "texts"), "--quiet", *ledger], check=False)
        export = [*program, "export", "--format", "jsonl", "--output", str(folder / "claims.jsonl"), *ledger]
        subprocess.run(export, check=True)
        yield from read_lines(folder / "claims.jsonl")


def claim_of(row: Row) -> Row:
    """A claim of the export as an annotator would have written it."""
    mention = row["chain"][-1]["mention"] if row["source"] is not None and row["chain"] else None
    kept = ("start", "end", "source", "event", "quote", "certainty", "polarity", "modality", "distanced", "source_kind",
            "channel")  # fmt: skip
    return {
        **{key: row.get(key) for key in kept},
        "source_mention": [mention["start"], mention["end"]] if mention else None,
    }


def main(corpus: Path, out: Path) -> None:
    """Write one row for each text that has claims."""
    told = texts(corpus)
    claims: dict[str, list[Row]] = {}
    for row in read(told):
        claims.setdefault(row["document"], []).append(claim_of(row))
    rows = ({"name": key, "text": told[key], "claims": claims[key]} for key in sorted(claims))
    out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    print(f"{len(claims)} texts, {sum(map(len, claims.values()))} claims")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
