"""Annotations of conflict claims: from YAML with words to offsets and labels, and back to words for reading and training.

    python training/annotate.py pack YAML_FOLDER TEXT_FOLDER INDEX.json           writes training/annotations/*.jsonl
    python training/annotate.py pack YAML_FOLDER TEXT_FOLDER INDEX.json second    the same for texts read twice, into second/
    python training/annotate.py check CORPUS_FOLDER                               every offset against the corpus texts

The texts are not ours to ship. A row names the corpus file and the id of its text, with the text's SHA-256, and says where in it
each claim, source mention, cue, place, time and quantity stands. Rules: training/annotations/README.md.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "annotations"
LABELS = (
    "quote",
    "source",
    "source_aliases",
    "source_kind",
    "via",
    "channel",
    "certainty",
    "polarity",
    "distanced",
    "event",
    "modality",
)
Row = dict[str, Any]


def pack(gold: Path, texts: Path, index: Path, target: Path = FOLDER) -> None:
    """Write one JSON Lines file for each corpus file, its texts in the order of the index."""
    target.mkdir(exist_ok=True)
    rows: dict[str, list[Row]] = {}
    for entry in json.loads(index.read_text(encoding="utf-8")):
        path = gold / f"{entry['name']}.yaml"
        if path.exists():
            text = (texts / f"{entry['name']}.txt").read_bytes().decode()
            rows.setdefault(entry["file"], []).append(
                packed(yaml.safe_load(path.read_text(encoding="utf-8")), text, entry)
            )
    for name, packed_rows in sorted(rows.items()):
        lines = (json.dumps(row, ensure_ascii=False, sort_keys=True) for row in packed_rows)
        (target / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def packed(annotated: Row, text: str, entry: Row) -> Row:
    """One text's annotation as offsets and labels."""
    document = annotated["document"]
    return {
        "id": entry["id"],
        "round": entry.get("round", 1),
        "sha256": sha256(text.encode()).hexdigest(),
        "published": _plain(document.get("published")),
        "unscored": [_span(text, words) for words in document.get("unscored") or []],
        "furniture": [_span(text, words) for words in document.get("body_must_exclude") or []],
        "claims": [_claim(claim, text) for claim in annotated["claims"]],
    }


def _claim(claim: Row, text: str) -> Row:
    start = claim.get("start", text.find(claim["text"]))
    near = start + len(claim["text"]) // 2
    place, time = claim.get("place"), claim.get("time")
    return {
        "start": start,
        "end": start + len(claim["text"]),
        **{label: claim.get(label) for label in LABELS},
        "source_mention": _nearest(text, claim.get("source_mention"), near),
        "cue": _nearest(text, claim.get("cue"), near),
        "actors": claim.get("actors") or [],
        "place": {
            **{k: v for k, v in place.items() if k != "note"},
            "mention": _nearest(text, place.get("mention"), near),
        }
        if place
        else None,
        "time": {"value": _plain(time.get("value")), "evidence": _nearest(text, time.get("evidence"), near)}
        if time
        else None,
        "quantities": [
            {"low": q.get("low"), "high": q.get("high"), "unit": q.get("unit"), "at": _nearest(text, q["text"], near)}
            for q in claim.get("quantities") or []
        ],
    }


def _plain(value: object) -> str | None:
    return None if value is None else str(value)


def _span(text: str, words: str) -> list[int]:
    start = text.index(words)
    return [start, start + len(words)]


def _nearest(text: str, words: str | None, near: int) -> list[int] | None:
    """Where the words stand nearest to a position; None where they do not stand in the text as written."""
    starts = list(_occurrences(text, words)) if words else []
    if not starts or words is None:
        return None
    start = min(starts, key=lambda at: (abs(at + len(words) // 2 - near), at))
    return [start, start + len(words)]


def _occurrences(text: str, words: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def check(corpus: Path) -> int:
    """Print what does not fit the corpus; how many faults there are."""
    faults = 0
    for path in sorted(FOLDER.rglob("*.jsonl")):
        with gzip.open(corpus / f"{path.stem}.jsonl.gz", "rt", encoding="utf-8") as lines:
            texts = {str(row["id"]): row["text"] for row in map(json.loads, lines)}
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for row in rows:
            text = texts.get(str(row["id"]), "")
            if sha256(text.encode()).hexdigest() != row["sha256"]:
                faults += 1
                print(f"{path.name}: {row['id']}: another text than the one annotated")
            elif any(not 0 <= c["start"] < c["end"] <= len(text) for c in row["claims"]):
                faults += 1
                print(f"{path.name}: {row['id']}: a claim outside its text")
        print(f"{path.name}: {len(rows)} texts, {sum(len(row['claims']) for row in rows)} claims")
    return faults


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["pack", gold, texts, index]:
            pack(Path(gold), Path(texts), Path(index))
        case ["pack", gold, texts, index, "second"]:
            pack(Path(gold), Path(texts), Path(index), FOLDER / "second")
        case ["check", corpus]:
            sys.exit(1 if check(Path(corpus)) else 0)
        case _:
            sys.exit(__doc__)
