"""Places of annotated claims: how many are right, and how many are wrong rather than blank.

    python bench/where.py --gold FOLDER [--texts FOLDER] --scorer score_ledger.py [--whole] [--without NAME ...] [--errors]

Claims are the gold's own, so that the rules of places are measured alone; with --whole they are those that the program reads,
matched with the gold's as the scorer matches them; then the share of grounding in the time of reading is printed too, and how
long the gazetteer takes to look a name up that it has not looked up before. Wrong is a place with a point that the gold has elsewhere, more than 25 km
or the gold's radius away; needless is a place where the gold has none.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from types import ModuleType
from typing import Any

from times import module_at

from bywhom.cleaning import clean
from bywhom.grounding.gazetteer import Gazetteer
from bywhom.grounding.places import located_of, resolve_document
from bywhom.jobs import Reading
from bywhom.progress import Clock
from bywhom.prose.sentences import sentences
from bywhom.reading import Tools, in_mixed_case, read
from bywhom.records import Collection, Document, EventType, Modality, Place, RawDocument, Span

Row = dict[str, Any]
EXPECTED = 0.4  # of two spans' union: what the scorer takes for the same claim


@dataclass(frozen=True, slots=True)
class Judged:
    """One claim of the gold with the place that was read for it."""

    name: str
    claim: Row
    place: Place | None
    right: bool

    @property
    def filled(self) -> bool:
        return bool(self.claim.get("place"))

    @property
    def kind(self) -> str:
        """What is wrong, in a word."""
        pointed = self.place is not None and self.place.lat is not None
        if self.right:
            return "right"
        if not self.filled:
            return "needless"
        return "wrong" if pointed else "blank"


def main() -> None:
    """Print the figures, and with --errors every claim that is not right."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--gold", type=Path, required=True)
    ask.add_argument("--texts", type=Path)
    ask.add_argument("--scorer", type=Path, required=True)
    ask.add_argument("--whole", action="store_true")
    ask.add_argument("--without", nargs="*", default=[])
    ask.add_argument("--only", nargs="*", default=[])
    ask.add_argument("--errors", action="store_true")
    options = ask.parse_args()
    scorer, clock, tools = module_at(options.scorer), Clock(), Tools.load("bench")
    texts = options.texts or options.gold
    docs, _ = scorer.load_gold(options.gold, texts)
    judged: list[Judged] = []
    for name, gold in docs.items():
        if name not in options.without and (not options.only or name in options.only):
            raw = _raw(texts / f"{name}.txt")
            placed = _whole(read(raw, tools, clock), gold, scorer) if options.whole else _own(raw, gold, tools)
            judged += [_judge(name, claim, place, scorer) for claim, place in placed]
    if options.errors:
        for one in judged:
            _tell(one)
    print(_figures(judged))
    if options.whole:
        print(_cost(clock))
        print(_lookups([gold["text"] for gold in docs.values()], tools.gazetteer))


def _raw(path: Path) -> RawDocument:
    collection = Collection(str(path), "file", "2000-01-01T00:00:00Z", "bench")
    return RawDocument(path.stem, path.read_bytes(), "text", collection)


def _own(raw: RawDocument, gold: Row, tools: Tools) -> Iterator[tuple[Row, Place | None]]:
    """The gold's claims with the places that the rules give them, their events and cues being known."""
    doc = in_mixed_case(clean(raw, tables=tools.cleaning).items[0])
    places = resolve_document(doc, gazetteer=tools.gazetteer, table=tools.toponyms)
    for claim in gold["claims"]:
        span = Span(*claim["span"])
        sentence = _sentence(doc, span)
        start = doc.text.find(claim.get("cue") or "\0", sentence.start, sentence.end)
        cue = Span(start, start + len(claim["cue"])) if start >= 0 else None
        event, modality = EventType(claim["event"]), Modality(claim.get("modality") or "actual")
        here = located_of(doc, span, sentence, places, event=event, modality=modality, cue=cue)
        yield claim, here.place if here else None


def _sentence(doc: Document, span: Span) -> Span:
    parts = [found for block in doc.blocks for found in sentences(doc.text, block.span) if found.overlap(span)] or [
        span
    ]
    return Span(min(parts[0].start, span.start), max(parts[-1].end, span.end))


def _whole(reading: Reading, gold: Row, scorer: ModuleType) -> Iterator[tuple[Row, Place | None]]:
    """The gold's claims that were found, with the places read for them: the nearest pairs first, each claim once."""
    pairs = sorted(
        (-scorer.iou(want["span"], (got.span.start, got.span.end)), i, j)
        for i, want in enumerate(gold["claims"])
        for j, got in enumerate(reading.claims)
    )
    taken: dict[int, int] = {}
    for away, i, j in pairs:
        if -away >= EXPECTED and i not in taken and j not in taken.values():
            taken[i] = j
    for i, j in sorted(taken.items()):
        yield gold["claims"][i], reading.claims[j].place


def _judge(name: str, claim: Row, place: Place | None, scorer: ModuleType) -> Judged:
    return Judged(name, claim, place, bool(scorer.same_place(claim.get("place"), asdict(place) if place else None)))


def _tell(one: Judged) -> None:
    if one.kind != "right":
        print(f"{one.name}/{one.claim['id']} {one.kind} {one.claim['event']} {one.claim['text'][:160]!r}")
        print(f"    gold {one.claim.get('place')}")
        if one.place:
            print(
                f"    read {one.place.mention.text!r} {one.place.name} {one.place.lat} {one.place.lon} | {one.place.why}"
            )


def _figures(judged: list[Judged]) -> str:
    filled = [one for one in judged if one.filled]
    kinds = {kind: sum(one.kind == kind for one in judged) for kind in ("wrong", "blank", "needless")}
    shares = ", ".join(f"{kind} {count} ({_share(count, len(judged))})" for kind, count in kinds.items())
    right, of_filled = sum(one.right for one in judged), sum(one.right for one in filled)
    return f"place: all {_share(right, len(judged))} ({len(judged)}), on filled {_share(of_filled, len(filled))} ({len(filled)}), {shares}"


def _share(count: float, of: float) -> str:
    return f"{count / of:.3f}" if of else "-"


def _cost(clock: Clock) -> str:
    reading = {stage: clock.seconds.get(stage, 0.0) for stage in ("cleaning", "attribution", "claims", "grounding")}
    return f"grounding takes {_share(reading['grounding'], sum(reading.values()))} of the time of reading (a third is the most)"


def _lookups(texts: list[str], gazetteer: Gazetteer) -> str:
    names = sorted({name for text in texts for name in re.findall(r"\b[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?", text)})
    fresh = Gazetteer(gazetteer.path, gazetteer.extra)
    took = sorted(_milliseconds(look, name) for name in names for look in (fresh.named, fresh.alike))
    return f"{len(took)} look-ups: half in {took[len(took) // 2]:.2f} ms, 99 of 100 in {took[len(took) * 99 // 100]:.2f} ms (2 ms are the most)"


def _milliseconds(look: Callable[[str], object], name: str) -> float:
    start = perf_counter()
    look(name)
    return 1000 * (perf_counter() - start)


if __name__ == "__main__":
    main()
