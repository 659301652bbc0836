"""Event, certainty, polarity and distance, given the clause and its cue: how well the words of a claim are read.

    python bench/fields.py --gold FOLDER [--texts FOLDER] [--only NAME …] [--without NAME …] [--errors]

FOLDER holds one YAML file per report with its claims (text, event, certainty, polarity, distanced, cue) and, beside it or in the
folder of --texts, the report itself. Nothing is looked for: spans and cues are those of the annotation, so that the figures tell what this
room can do, and the gate what is left of it once spans are found.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bywhom.claims.certainty import certainty_of, certainty_table
from bywhom.claims.distance import distance_marks, distance_table, passage_hedges
from bywhom.claims.events import event_table, find_event
from bywhom.claims.polarity import polarity_of, polarity_table
from bywhom.prose.sentences import sentences
from bywhom.records import Event, Mention, Span

Gold = dict[str, Any]
FIELDS = ("event", "certainty", "polarity", "certainty+polarity", "distanced")


@dataclass(frozen=True, slots=True)
class Case:
    """One annotated claim at its place."""

    name: str
    text: str
    span: Span
    cue: Mention | None
    gold: Gold


def main() -> None:
    """Print the share read right, field by field, and the commonest confusions of event types."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--gold", type=Path, required=True)
    ask.add_argument("--texts", type=Path)
    ask.add_argument("--only", nargs="*", default=[])
    ask.add_argument("--without", nargs="*", default=[])
    ask.add_argument("--errors", action="store_true", help="print each field read wrong")
    options = ask.parse_args()
    found = [
        case
        for case in cases(options.gold, options.texts or options.gold)
        if _chosen(case, options.only, options.without)
    ]
    event_table()  # loaded once, not a cost of reading
    started = time.process_time()
    read = [(case, *read_case(case)) for case in found]
    seconds = time.process_time() - started
    for line in report(read, errors=options.errors):
        print(line)
    print(f"{1000 * seconds / max(1, len(found)):.2f} ms per claim, all fields")


def cases(gold: Path, texts: Path) -> Iterator[Case]:
    """Every annotated claim of a folder."""
    for file in sorted(gold.glob("*.yaml")):
        if file.stem == "links":
            continue
        text = (texts / f"{file.stem}.txt").read_bytes().decode("utf-8")
        for claim in yaml.safe_load(file.read_text(encoding="utf-8"))["claims"]:
            start = claim.get("start", text.find(claim["text"]))
            span = Span(start, start + len(claim["text"]))
            yield Case(f"{file.stem}/{claim['id']}", text, span, _cue(text, span, claim.get("cue")), claim)


def _chosen(case: Case, only: list[str], without: list[str]) -> bool:
    stem = case.name.split("/")[0]
    return (not only or stem in only) and stem not in without


def _cue(text: str, span: Span, cue: str | None) -> Mention | None:
    """The occurrence of the cue's words nearest to the claim: the annotation gives words only."""
    places = [m.start() for m in re.finditer(re.escape(cue), text)] if cue else []
    if not cue or not places:
        return None
    at = min(places, key=lambda p: 0 if span.start <= p <= span.end else min(abs(p - span.start), abs(p - span.end)))
    return Mention(at, at + len(cue), cue)


def read_case(case: Case) -> tuple[Event, dict[str, object]]:
    """The event and the values we read for one claim."""
    lex = event_table().lex
    event = find_event(case.text, case.span, table=event_table(), cue=case.cue)
    certainty = certainty_of(
        case.text, case.span, cue=case.cue, frame=None, table=certainty_table(), event=event, lex=lex
    )
    polarity = polarity_of(case.text, case.span, event=event, table=polarity_table(), cue=case.cue, lex=lex)
    sentence, paragraph = _around(case.text, case.span)
    # In the publisher's own voice a mark elsewhere in the sentence belongs to somebody else's clause.
    scope = sentence if case.cue else case.span
    marks = distance_marks(case.text, scope, cue=case.cue, table=distance_table(), lex=lex)
    hedges = passage_hedges(case.text, paragraph, table=distance_table())
    values: dict[str, object] = {
        "event": event.type.value,
        "certainty": certainty.value,
        "polarity": polarity.value,
        "distanced": bool(marks or hedges),
    }
    return event, values


def _around(text: str, span: Span) -> tuple[Span, Span]:
    """The sentences that a span touches, as one, and its paragraph."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    paragraph = Span(start, len(text) if end < 0 else end)
    touched = [s for s in sentences(text, paragraph) if s.overlap(span)]
    sentence = Span(touched[0].start, touched[-1].end) if touched else span
    return sentence, paragraph


def report(read: list[tuple[Case, Event, dict[str, object]]], *, errors: bool) -> Iterator[str]:
    """The lines of the report."""
    right: Counter[str] = Counter()
    confused: Counter[tuple[str, object]] = Counter()
    named = [values["event"] == case.gold["event"] for case, _, values in read if case.gold["event"] != "other"]
    for case, event, values in read:
        wrong = [f for f in values if values[f] != case.gold[f]]
        right.update(f for f in values if f not in wrong)
        right["certainty+polarity"] += not {"certainty", "polarity"}.intersection(wrong)
        if "event" in wrong:
            confused[case.gold["event"], values["event"]] += 1
        if errors:
            trigger = event.trigger.text if event.trigger else "-"
            yield from (
                f"{case.name} {f}: {case.gold[f]} read as {values[f]} [{trigger}] {case.span.of(case.text)!r}"
                for f in wrong
            )
    size = max(1, len(read))
    yield f"{len(read)} claims; " + ", ".join(f"{f} {right[f] / size:.3f}" for f in FIELDS)
    yield f"event where it is not other: {sum(named) / max(1, len(named)):.3f} of {len(named)}"
    yield "confused: " + ", ".join(f"{g} as {p} {n}" for (g, p), n in confused.most_common(12))


if __name__ == "__main__":
    main()
