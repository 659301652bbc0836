"""Judged pairs to fit on: in the texts of training/annotations, which two claims say the same, or contradict each other.

`bench/judged/matter.jsonl` names for each text, by offsets, the pairs that are the same proposition, those that contradict each other, and those
that nobody can be sure of; all other pairs of the text were read and are on different matters. `bench/judged/across.jsonl` does so for pairs of
two texts, in groups of reports on one place and time. Judged by the rules of the acceptance set, without sight of any rule or score.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from linked import claim_of, raw

from bywhom.records import Claim, Modality, RawDocument, Told

ANNOTATIONS = Path(__file__).parent.parent / "training/annotations"
JUDGED = Path(__file__).parent / "judged"
End = tuple[str, int, int]  # text, first character, one behind the last
Pairs = frozenset[tuple[End, End]]
Key = tuple[str, str]  # corpus, text


@dataclass(frozen=True)
class Judged:
    """The claims of one text or of several, and what was judged of their pairs."""

    items: tuple[Told, ...]
    same: Pairs
    contradicts: Pairs
    unsure: Pairs
    reports: tuple[RawDocument, ...]
    kept: frozenset[str]  # names of the texts that nothing is fitted on


def judged_texts(shared: Path) -> Iterator[Judged]:
    """All texts whose pairs were judged, in the order of the file."""
    rows = _rows(JUDGED / "matter.jsonl")
    texts = _Texts(shared, {row["corpus"] for row in rows})
    for row in rows:
        judged = {kind: _pairs(_named(row["id"], row[kind])) for kind in _KINDS}
        yield _judged([(row["corpus"], row["id"])], judged, texts)


def judged_groups(shared: Path) -> Iterator[Judged]:
    """All groups of texts whose pairs across texts were judged, in the order of the file."""
    rows = _rows(JUDGED / "across.jsonl")
    texts = _Texts(shared, {corpus for row in rows for corpus, _ in row["texts"]})
    for row in rows:
        judged = {kind: _pairs((end[1:] for end in ends) for ends in row[kind]) for kind in _KINDS}
        yield _judged([(corpus, name) for corpus, name in row["texts"]], judged, texts)


_KINDS = ("same", "contradicts", "unsure")


class _Texts:
    """The annotated texts of some corpora, with their claims."""

    def __init__(self, shared: Path, corpora: Iterable[str]) -> None:
        self._texts: dict[Key, dict[str, Any]] = {}
        self._annotated: dict[Key, dict[str, Any]] = {}
        for corpus in sorted(corpora):
            with gzip.open(shared / f"data/conflict-news/{corpus}.jsonl.gz", "rt", encoding="utf-8") as lines:
                self._texts |= {(corpus, str(row["id"])): row for row in map(json.loads, lines)}
            rows = _rows(ANNOTATIONS / f"{corpus}.jsonl")
            self._annotated |= {(corpus, str(row["id"])): row for row in rows}

    def items(self, key: Key) -> list[Told]:
        """The annotated claims of a text."""
        text, row = self._texts[key], self._annotated[key]
        return [_told(key[1], claim, row, text) for claim in row["claims"]]

    def kept(self, key: Key) -> bool:
        """Whether a text is one of the sixth that only measure: by the digest of its words, or of its name."""
        named = sha256(key[1].encode()).hexdigest()
        return any(int(digest[:8], 16) % 6 == 0 for digest in (named, self._annotated[key]["sha256"]))

    def report(self, key: Key) -> RawDocument:
        text = self._texts[key]
        return raw(key[1], text["text"], publisher=text["publisher"], published=text["published"])


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _judged(keys: list[Key], judged: dict[str, Pairs], texts: _Texts) -> Judged:
    items = tuple(item for key in keys for item in texts.items(key))
    same, contradicts, unsure = (judged[kind] for kind in _KINDS)
    kept = frozenset(key[1] for key in keys if texts.kept(key))
    return Judged(items, same, contradicts, unsure, tuple(texts.report(key) for key in keys), kept)


def _named(text: str, found: list[list[list[int]]]) -> Iterator[list[tuple[str, int, int]]]:
    yield from ([(text, start, end) for start, end in ends] for ends in found)


def _pairs(found: Iterable[Iterable[Any]]) -> Pairs:
    both = (tuple((str(name), int(start), int(end)) for name, start, end in ends) for ends in found)
    return frozenset((min(pair), max(pair)) for pair in both)


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
