"""Judged pairs to fit on: in the texts of training/annotations, which two claims of one report say the same, or contradict each other.

`bench/judged/matter.jsonl` names for each text, by offsets, the pairs that are the same proposition, those that contradict each other, and those
that nobody can be sure of; all other pairs of the text were read and are on different matters. Judged by the rules of the acceptance set.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from linked import claim_of, raw

from bywhom.records import Claim, Modality, RawDocument, Told

ANNOTATIONS = Path(__file__).parent.parent / "training/annotations"
JUDGED = Path(__file__).parent / "judged/matter.jsonl"
Spans = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class JudgedText:
    """The claims of one text, and what was judged of their pairs."""

    items: tuple[Told, ...]
    same: frozenset[Spans]
    contradicts: frozenset[Spans]
    unsure: frozenset[Spans]
    report: RawDocument


def judged_texts(shared: Path) -> Iterator[JudgedText]:
    """All texts whose pairs were judged, in the order of the file."""
    rows = [json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines()]
    corpora = {row["corpus"] for row in rows}
    texts = {name: _texts(shared / f"data/conflict-news/{name}.jsonl.gz") for name in sorted(corpora)}
    annotated = {name: _rows(ANNOTATIONS / f"{name}.jsonl") for name in sorted(corpora)}
    for row in rows:
        text, claims = texts[row["corpus"]][row["id"]], annotated[row["corpus"]][row["id"]]
        items = tuple(_told(row["id"], claim, claims, text) for claim in claims["claims"])
        same, contradicts, unsure = (_pairs(row[key]) for key in ("same", "contradicts", "unsure"))
        report = raw(row["id"], text["text"], publisher=text["publisher"], published=text["published"])
        yield JudgedText(items, same, contradicts, unsure, report)


def _pairs(found: list[list[list[int]]]) -> frozenset[Spans]:
    return frozenset(((a[0], a[1]), (b[0], b[1])) for a, b in found)


def _texts(path: Path) -> dict[str, dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return {str(row["id"]): row for row in map(json.loads, lines)}


def _rows(path: Path) -> dict[str, dict[str, Any]]:
    return {str(row["id"]): row for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())}


def _told(name: str, claim: dict[str, Any], row: dict[str, Any], text: dict[str, Any]) -> Told:
    """An annotated claim, its labels and offsets made words again."""
    words: str = text["text"]

    def said(at: list[int] | None) -> str | None:
        return words[at[0] : at[1]] if at else None

    place, time = claim["place"], claim["time"]
    full = {
        **claim,
        "id": f"{claim['start']}-{claim['end']}",
        "text": words[claim["start"] : claim["end"]],
        "source_mention": said(claim["source_mention"]),
        "cue": said(claim["cue"]),
        "place": {**place, "mention": said(place["mention"])} if place else None,
        "time": {**time, "evidence": said(time["evidence"])} if time else None,
        "quantities": [{**one, "text": said(one["at"]) or ""} for one in claim["quantities"]],
    }
    made: Claim = replace(claim_of(name, full, words), modality=Modality(claim["modality"]))
    return Told(made, name, text["publisher"], row["published"], None)
