"""Annotated texts as examples: windows of words with the labels that their corpus has."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from bywhom.cleaning import CleaningTables, clean
from bywhom.records import BlockKind, Collection, RawDocument, Span
from bywhom.tagging.labels import CLAIM_TAGS, FIELDS, ROLES
from bywhom.tagging.windows import SIZE, Window, windows
from bywhom.tagging.wordpieces import Vocabulary

ANNOTATIONS = Path(__file__).parent / "annotations"
UNLABELLED = -100
ROUNDS = 3  # of annotation, invented reports being the third
ROLE = {name: number for number, name in enumerate(ROLES)}
Row = dict[str, Any]


@dataclass(frozen=True)
class Claim:
    """A claim in words of its window: [begin, end)."""

    begin: int
    end: int
    labels: tuple[int, ...]  # one for each of FIELDS
    source: tuple[int, int]  # first and last word of the mention plus 1; (0, 0): no source; UNLABELLED: not here
    name: tuple[int, int]  # the same for the words that name the source in full, wherever in the window
    relays: tuple[tuple[int, int], ...] | None  # the same for its relays; None where they are not labelled
    told: tuple[int, int]  # where the mentions of its place and of its time begin, as above
    weight: float = 1.0


@dataclass
class Example:
    """A window with what is known of it; what its corpus does not label is None."""

    pieces: list[tuple[int, ...]]  # of each word
    features: np.ndarray  # of each word
    lengths: np.ndarray  # in letters; 0 for what is no word
    roles: np.ndarray | None = None
    cue_of: np.ndarray | None = None
    source_of: np.ndarray | None = None
    tags: np.ndarray | None = None
    claims: list[Claim] = field(default_factory=list)
    weight: float = 1.0  # of the tags


def read_lines(path: Path) -> list[Row]:
    """The rows of a JSON Lines file, gzipped or not."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in content.decode().split("\n") if line.strip()]


def vocabulary_of(folder: Path) -> tuple[list[str], list[int]]:
    """The pieces that are kept of an encoder's vocabulary, and their numbers in it: none that English text never needs."""
    lines = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    kept = [(piece, number) for number, piece in enumerate(lines) if piece and _kept(piece)]
    return [piece for piece, _ in kept], [number for _, number in kept]


def _kept(piece: str) -> bool:
    latin, cyrillic, marks = range(0x250), range(0x400, 0x500), range(0x2000, 0x20D0)
    return not piece.startswith("[unused") and all(
        ord(c) in latin or ord(c) in cyrillic or ord(c) in marks for c in piece
    )


def paragraphs_of_lines(text: str) -> Iterator[Span]:
    """The lines of a text that hold something."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(at, at + len(line))
        at += len(line) + 1


def body_of(text: str, tables: CleaningTables) -> list[Span]:
    """The paragraphs that the program would read of a text file."""
    collection = Collection("text.txt", "file", "", "")
    (doc,) = clean(RawDocument("text", text.encode(), "text", collection), tables=tables).items
    return [block.span for block in doc.blocks if block.kind is BlockKind.BODY]


def _blank(window: Window, text: str) -> Example:
    lengths = [w.end - w.start if text[w.start].isalpha() else 0 for w in window.words]
    features = [window.features[head] for head in window.heads]
    return Example([w.pieces for w in window.words], np.array(features), np.array(lengths))


class Finder:
    """Where characters of the text are among a window's words."""

    def __init__(self, window: Window) -> None:
        self.starts = np.array([word.start for word in window.words])
        self.ends = np.array([word.end for word in window.words])

    def words(self, start: int, end: int) -> range:
        """The words that [start, end) touches."""
        return range(int(np.searchsorted(self.ends, start, "right")), int(np.searchsorted(self.starts, end, "left")))


# Attributions ---------------------------------------------------------------------------------------------------------


def attribution_examples(rows: Iterable[Row], vocabulary: Vocabulary, size: int = SIZE) -> list[Example]:
    """The windows of texts in which source, cue and content are marked."""
    return [
        _attributed(window, row)
        for row in rows
        for window in windows(row["text"], paragraphs_of_lines(row["text"]), vocabulary, size)
    ]


def _attributed(window: Window, row: Row) -> Example:
    example, finder, size = _blank(window, row["text"]), Finder(window), len(window.words)
    roles, cue_of, source_of = np.zeros(size, np.int64), np.full(size, UNLABELLED), np.full(size, UNLABELLED)
    for said in row["attributions"]:
        heads: dict[str, int] = {}
        for role in ("content", "source", "cue"):
            for start, end in said[role]:
                words = finder.words(start, end)
                if words:
                    roles[words.start : words.stop] = ROLE[f"I-{role}"]
                    roles[words.start] = ROLE[f"B-{role}"]
                    heads.setdefault(role, words.start + 1)
        contents = [finder.words(*segment) for segment in said["content"]]
        for words in filter(None, contents):
            cue_of[words.start : words.stop] = heads.get("cue", 0)
        if "cue" in heads:
            source_of[heads["cue"] - 1] = heads.get("source", 0)
        source = _mention(finder, said["source"][0] if said["source"] else None)
        unknown = (UNLABELLED,) * len(FIELDS)
        nowhere = (UNLABELLED, UNLABELLED)
        example.claims += [
            Claim(w.start, w.stop, unknown, source, nowhere, None, nowhere, 0.5) for w in contents if len(w) > 2
        ]
    example.roles, example.cue_of, example.source_of = _closed(roles), cue_of, source_of
    return example


def _closed(roles: np.ndarray) -> np.ndarray:
    """The tags with every run begun: one that another has cut in two goes on with a beginning."""
    for at, tag in enumerate(roles):
        name = ROLES[tag]
        before = ROLES[roles[at - 1]] if at else "O"
        if name[0] == "I" and before[2:] != name[2:]:
            roles[at] = ROLE["B-" + name[2:]]
    return roles


def _mention(finder: Finder, span: Sequence[int] | None) -> tuple[int, int]:
    if span is None:
        return (0, 0)
    words = finder.words(*span)
    return (words.start + 1, words.stop) if words else (UNLABELLED, UNLABELLED)


# Claims ---------------------------------------------------------------------------------------------------------------


def annotated_rows(corpus: Path, folder: Path = ANNOTATIONS) -> list[Row]:
    """The annotations of claims, each with its text from the corpora that they were made on, and a `name`."""
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        texts = {str(row["id"]): row["text"] for row in read_lines(corpus / f"{path.stem}.jsonl.gz")}
        for number, row in enumerate(read_lines(path)):
            text = texts[str(row["id"])]
            if sha256(text.encode()).hexdigest() != row["sha256"]:
                raise SystemExit(f"{path.name}: {row['id']}: another text than the one annotated")
            found.append({"round": 1, **row, "text": text, "name": f"{path.stem}-{number:03}"})
    return found


def held_out(row: Row) -> bool:
    """Whether a text is kept for choosing: about one in six, by its digest, whatever else is annotated."""
    return int(row["sha256"][:8], 16) % 6 == 0


def claim_examples(rows: Iterable[Row], vocabulary: Vocabulary, size: int = SIZE, weight: float = 1.0) -> list[Example]:
    """The windows of texts in which claims are marked."""
    tables = CleaningTables.load()
    return [
        _claimed(window, row, weight)
        for row in rows
        for window in windows(row["text"], body_of(row["text"], tables), vocabulary, size)
    ]


def _claimed(window: Window, row: Row, weight: float) -> Example:
    example, finder = _blank(window, row["text"]), Finder(window)
    tags = np.zeros(len(window.words), np.int64)
    first, last = window.words[0].start, window.words[-1].end
    for claim in sorted(row["claims"], key=lambda c: (c["start"], -c["end"])):
        inside = min(claim["end"], last) - max(claim["start"], first)
        words = finder.words(claim["start"], claim["end"])
        if not words or 2 * inside < claim["end"] - claim["start"]:
            continue
        tags[words.start : words.stop] = CLAIM_TAGS.index("I-claim")
        tags[words.start] = CLAIM_TAGS.index("B-claim")
        names = _Names(finder, row["text"], claim)
        told = _told(finder, claim["place"], "mention"), _told(finder, claim["time"], "evidence")
        where = _source(finder, claim), names.source(), names.relays(), told
        example.claims.append(Claim(words.start, words.stop, _labels(claim), *where, weight))
    example.tags, example.weight = tags, weight
    return example


def _source(finder: Finder, claim: Row) -> tuple[int, int]:
    if claim["source"] is not None and claim["source_mention"] is None:
        return (UNLABELLED, UNLABELLED)
    return _mention(finder, claim["source_mention"] if claim["source"] is not None else None)


def _told(finder: Finder, found: Row | None, words: str) -> int:
    """Where the mention of a place or a time begins; 0 where the claim has none."""
    if found is None:
        return 0
    return UNLABELLED if found[words] is None else _mention(finder, found[words])[0]


class _Names:
    """Where in the window names stand that a claim is labelled with."""

    def __init__(self, finder: Finder, text: str, claim: Row) -> None:
        self._finder, self._text, self._claim = finder, text.lower(), claim
        self._near = (claim.get("source_mention") or [claim["start"]])[0]
        self._first, self._last = int(finder.starts[0]), int(finder.ends[-1])

    def source(self) -> tuple[int, int]:
        """The source's name in full; UNLABELLED where it stands only in other words, or outside the window."""
        name = self._claim["source"]
        return (0, 0) if name is None else self._of(name)

    def relays(self) -> tuple[tuple[int, int], ...] | None:
        """The names of all relays; None where one of them is not here."""
        if self._claim.get("via") is None:
            return None
        found = tuple(map(self._of, self._claim["via"]))
        return None if (UNLABELLED, UNLABELLED) in found else found

    def _of(self, name: str) -> tuple[int, int]:
        """The mention of a name that is nearest, those before the words of the source first."""
        found = [m.span() for m in re.finditer(re.escape(name.lower()), self._text[: self._last])]
        here = [span for span in found if span[0] >= self._first]
        if not here:
            return (UNLABELLED, UNLABELLED)
        return _mention(self._finder, min(here, key=lambda at: (at[0] > self._near, abs(at[0] - self._near))))


def _labels(claim: Row) -> tuple[int, ...]:
    return tuple(_number(name, claim.get(name)) for name in FIELDS)


def _number(name: str, value: object) -> int:
    if name == "distanced":
        value = "yes" if value else "no"
    if name == "channel" and value is None:
        value = "none"
    return FIELDS[name].index(value) if value in FIELDS[name] else UNLABELLED
