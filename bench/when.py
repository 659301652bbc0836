"""Times and quantities of annotated claims, read from the gold's own spans and sources: what these two rules alone can do.

    python bench/when.py --gold FOLDER [--texts FOLDER] --scorer score_ledger.py [--only NAME ...] [--errors]

The gold has one YAML file per text, with claims (text, source, via, time, quantities) and the strings that are furniture.
The scorer is a module with load_gold, same_time, same_quantity and set_f1.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml
from times import module_at

from bywhom.grounding.quantities import load_quantity_rules, quantities_in
from bywhom.grounding.times import DocumentTimes, find_times, load_time_rules, own_time, resolve_times, story_day
from bywhom.prose.sentences import sentences
from bywhom.records import (
    Attribution,
    Block,
    BlockKind,
    Document,
    EventType,
    Hop,
    Modality,
    Quantity,
    Quote,
    Source,
    SourceKind,
    Span,
    Stated,
    Timespan,
)

Row = dict[str, Any]


def main() -> None:
    """Print the share of right times and quantities, over all claims and over those where the gold has any."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--gold", type=Path, required=True)
    ask.add_argument("--texts", type=Path)
    ask.add_argument("--scorer", type=Path, required=True)
    ask.add_argument("--only", nargs="*", default=[])
    ask.add_argument("--errors", action="store_true")
    options = ask.parse_args()
    scorer = module_at(options.scorer)
    docs, _ = scorer.load_gold(options.gold, options.texts or options.gold)
    marks: dict[str, list[tuple[bool, float]]] = {"time": [], "quantities": []}
    for name, gold in docs.items():
        if not options.only or name in options.only:
            published = yaml.safe_load((options.gold / f"{name}.yaml").read_text())["document"]["published"]
            for field, claim, score, mine in scored(name, gold, published, scorer):
                marks[field].append((bool(claim.get(field)), score))
                if options.errors and score < 1:
                    print(
                        f"{name}/{claim['id']} {field} {claim.get(field)}\n    read {mine} in {claim['text'][:120]!r}"
                    )
    for field, seen in marks.items():
        filled = [score for has, score in seen if has]
        print(
            f"{field}: all {_mean([score for _, score in seen])} ({len(seen)}), on filled {_mean(filled)} ({len(filled)})"
        )


def _mean(scores: list[float]) -> str:
    return f"{sum(scores) / len(scores):.3f}" if scores else "-"


def scored(name: str, gold: Row, published: object, scorer: ModuleType) -> Iterator[tuple[str, Row, float, object]]:
    """Field, gold claim, score and what was read, for each claim of one text."""
    doc = document(name, gold, str(published) if published else None)
    times = resolve_times(doc, load_time_rules())
    for claim in gold["claims"]:
        when = claim_time(doc, claim, times)
        yield "time", claim, float(scorer.same_time(claim.get("time"), {"value": when.value} if when else None)), when
        counted = quantities_in(doc.text, Span(*claim["span"]), table=load_quantity_rules())
        score = scorer.set_f1(claim.get("quantities"), [_bounds(one) for one in counted], scorer.same_quantity)
        yield "quantities", claim, score, counted


def _bounds(one: Quantity) -> Row:
    return {"low": one.low, "high": one.high}


def document(name: str, gold: Row, published: str | None) -> Document:
    """The text as a document whose paragraphs are body, but for the furniture that the gold names."""
    text = gold["text"]
    stated = _own_date(text, published) if published else None
    blocks = tuple(Block(span, BlockKind.BODY) for span in _bodies(text, gold["body_must_exclude"]))
    return Document("0" * 64, name, text, "0" * 64, "text", "bench", blocks, published=stated)


def _own_date(text: str, published: str) -> Stated:
    """The date of the report with the first words that write it."""
    head = find_times(text, Span(0, min(500, len(text))), anchor=published, table=load_time_rules())
    mention = next((one.mention for one in head if (one.value or "")[:10] == published and not one.relative), None)
    return Stated(published, mention.text if mention else "gold", mention)


def _bodies(text: str, furniture: list[tuple[int, int]]) -> Iterator[Span]:
    for line in re.finditer(r"[^\n]+", text):
        position = line.start()
        for start, end in [
            *sorted(part for part in furniture if part[0] < line.end() and line.start() < part[1]),
            (line.end(), 0),
        ]:
            if position < start:
                yield Span(position, start)
            position = max(position, end)


def claim_time(doc: Document, claim: Row, times: DocumentTimes) -> Timespan | None:
    """The time read for one gold claim, told by the gold's source."""
    span = Span(*claim["span"])
    parts = [found for block in doc.blocks for found in sentences(doc.text, block.span) if found.overlap(span)] or [
        span
    ]
    sentence = Span(min(parts[0].start, span.start), max(parts[-1].end, span.end))
    source = Source(claim["source"], SourceKind(claim["source_kind"]), None) if claim["source"] else None
    relays = tuple(Hop(relay, SourceKind.MEDIA) for relay in claim.get("via") or ())
    said = Attribution(span, Quote(claim["quote"]), source, relays=relays)
    event, modality = EventType(claim["event"]), Modality(claim.get("modality") or "actual")
    told = own_time(doc, span, sentence, said, times, modality=modality)
    return told.time if told.decided else story_day(span, sentence, times, event=event)


if __name__ == "__main__":
    main()
