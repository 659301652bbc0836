"""Reports of wars that never were, written to teach the reader: text and claims in one plain file.

    python -m training.invented [FILE ...]     says what is wrong in them and counts what they hold

A file of `invented/` holds reports, each begun by a line `== DATE | kind of writing`. In the text, the words of a claim stand in
braces with a number, `{1|gunmen burnt the ferry}`. Below the text, one line for each claim says what it is:

    1 | destroy | military | direct telegram | Waziri = Captain Idris Waziri | said | Radio Dosso; Le Soir | Kpalo | on Tuesday

number, event, kind of source, whatever differs from "indirect, certain, positive, actual, not distanced, no channel", the words
of the source next to the claim and (after "=") its name in full, cue, relays (the outermost first), and the words that tell place
and time. "-" is nothing; a source of "-" is the publisher's own voice. All words but names are words of the text. Words that
stand in the text more than once are those nearest to the claim; source and cue are looked for outside of it first.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from bywhom.tagging.labels import FIELDS

FOLDER = Path(__file__).parent / "annotations" / "invented"
COLUMNS = 9
DEFAULTS = {"quote": "indirect", "certainty": "certain", "polarity": "positive", "modality": "actual"}
CHANNELS = tuple(name for name in FIELDS["channel"] if name != "none")
Row = dict[str, Any]

_REPORT = re.compile(r"^== *(.*)\n", re.MULTILINE)
_LABELS = re.compile(r"^\d+ \|.*$", re.MULTILINE)
_MARK = re.compile(r"\{(\d+)\|([^{}]*)\}")


class Unreadable(ValueError):
    """What is wrong with a report, in words."""


@dataclass(frozen=True)
class Marked:
    """A text without its braces, and where each of its claims stands."""

    text: str
    spans: dict[str, tuple[int, int]]


def invented_rows(folder: Path = FOLDER) -> list[Row]:
    """The reports of all files, in the form that `corpora.annotated_rows` gives."""
    return [row for path in sorted(folder.glob("*.txt")) for row in rows(path)]


def rows(path: Path) -> list[Row]:
    """The reports of one file; raises `Unreadable` with the name of the first that is not as it should be."""
    return [_row(f"{path.stem}-{number:03}", *report) for number, report in enumerate(reports(path))]


def reports(path: Path) -> Iterator[tuple[str, str]]:
    """Heading and body of each report of a file."""
    parts = _REPORT.split(path.read_text(encoding="utf-8"))
    yield from zip(parts[1::2], parts[2::2], strict=True)


def _row(name: str, heading: str, body: str) -> Row:
    try:
        return read(name, heading, body)
    except Unreadable as wrong:
        raise Unreadable(f"{name}: {wrong}") from wrong


def read(name: str, heading: str, body: str) -> Row:
    """One report with its claims as offsets and labels."""
    labels = _LABELS.findall(body)
    marked = _without_marks(_LABELS.sub("", body).strip() + "\n")
    told = {line.partition(" |")[0]: line for line in labels}
    if set(told) != set(marked.spans) or len(told) != len(labels):
        raise Unreadable(f"claims marked {sorted(marked.spans)}, told {[each.partition(' |')[0] for each in labels]}")
    return {
        "id": name,
        "name": name,
        "round": 3,
        "text": marked.text,
        "sha256": sha256(marked.text.encode()).hexdigest(),
        "published": heading.partition("|")[0].strip() or None,
        "claims": [_claim(line, marked, marked.spans[number]) for number, line in told.items()],
    }


def _without_marks(text: str) -> Marked:
    spans: dict[str, tuple[int, int]] = {}
    parts, at, last = [], 0, 0
    for mark in _MARK.finditer(text):
        before = text[last : mark.start()]
        at += len(before)
        if mark[1] in spans or not mark[2].strip():
            raise Unreadable(f"claim {mark[1]} is marked twice, or marks nothing")
        spans[mark[1]] = (at, at + len(mark[2]))
        parts += [before, mark[2]]
        at, last = at + len(mark[2]), mark.end()
    plain = "".join([*parts, text[last:]])
    if "{" in plain or "}" in plain:
        raise Unreadable("a brace that is no mark: marks do not lie in each other")
    return Marked(plain, spans)


def _claim(line: str, marked: Marked, span: tuple[int, int]) -> Row:
    cells = [None if cell.strip() == "-" else cell.strip() for cell in line.split("|")]
    if len(cells) != COLUMNS:
        raise Unreadable(f"{len(cells)} cells instead of {COLUMNS}: {line}")
    number, event, kind, others, source, cue, via, place, time = cells
    mention, name = _source(source)
    if (name is None) != (kind == "publisher"):
        raise Unreadable(f"claim {number}: the publisher is who has no source, and nobody else is")
    return {
        "start": span[0],
        "end": span[1],
        "event": _one_of("event", event),
        "source_kind": _one_of("source_kind", kind),
        **_others((others or "").split()),
        "source": name,
        "source_mention": _nearest(marked.text, mention, span, outside=True),
        "cue": _nearest(marked.text, cue, span, outside=True),
        "via": [each.strip() for each in (via or "").split(";") if each.strip()],
        "place": {"mention": _nearest(marked.text, place, span)} if place else None,
        "time": {"evidence": _nearest(marked.text, time, span)} if time else None,
    }


def _source(cell: str | None) -> tuple[str | None, str | None]:
    mention, _, name = (cell or "").partition("=")
    return mention.strip() or None, name.strip() or mention.strip() or None


def _others(words: list[str]) -> Row:
    """The labels that are seldom other than usual."""
    found: Row = {**DEFAULTS, "channel": None, "distanced": "distanced" in words}
    for word in words:
        field = next((f for f in (*DEFAULTS, "channel") if word in FIELDS[f]), None)
        if field is None and word != "distanced":
            raise Unreadable(f"no quote form, certainty, polarity, modality or channel: {word}")
        if field is not None:
            found[field] = word
    return found


def _one_of(field: str, value: str | None) -> str:
    if value not in FIELDS[field]:
        raise Unreadable(f"no {field}: {value}. There are: {', '.join(FIELDS[field])}")
    return value


def _nearest(text: str, words: str | None, claim: tuple[int, int], *, outside: bool = False) -> list[int] | None:
    """Where the words stand in the text nearest to a claim; `outside`: in it only if they stand nowhere else."""
    if words is None:
        return None
    found = [(start, start + len(words)) for start in _places(text, words)]
    if not found:
        raise Unreadable(f"not in the text: {words}")
    others = [each for each in found if each[1] <= claim[0] or claim[1] <= each[0]]
    there = others if outside and others else found
    start, end = min(there, key=lambda each: max(claim[0] - each[1], each[0] - claim[1]))
    return [start, end]


def _places(text: str, words: str) -> list[int]:
    """Where whole words begin: "he" does not stand in "they"."""
    before, after = (r"(?<!\w)" * words[0].isalnum(), r"(?!\w)" * words[-1].isalnum())
    return [found.start() for found in re.finditer(before + re.escape(words) + after, text)]


def main(paths: list[Path]) -> None:
    """Print what is wrong in each report, and what all hold."""
    texts = claims = wrong = 0
    for path in paths:
        for number, report in enumerate(reports(path)):
            try:
                claims += len(_row(f"{path.stem}-{number:03}", *report)["claims"])
                texts += 1
            except Unreadable as reason:
                wrong += 1
                print(reason)
    print(f"{texts} reports with {claims} claims; {wrong} not as they should be")


if __name__ == "__main__":
    main([Path(each) for each in sys.argv[1:]] or sorted(FOLDER.glob("*.txt")))
