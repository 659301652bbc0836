"""Linking ledgers of growing size: seconds against claims, the cost of one more report, and a plot of both.

    python bench/linking.py [--most 100000] [--plot linking.svg]

The ledgers are made up: incidents at places and on days, each told by several outlets, some in their own words and some as copies.
The density is that of a long war: a town has several incidents a week, so that blocking keys fill as they do in life.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bywhom.linking import LinkingTables, keys, relate, relate_new
from bywhom.records import (
    Attribution,
    Certainty,
    Claim,
    Derived,
    Event,
    EventType,
    Mention,
    Modality,
    Place,
    PlaceOutcome,
    Polarity,
    Quantity,
    Quote,
    Source,
    SourceKind,
    Span,
    Timespan,
    Told,
)

VERBS = {
    EventType.ATTACK: "shelled",
    EventType.SEIZE: "captured",
    EventType.DETAIN: "detained men in",
    EventType.DESTROY: "burned down",
}
THINGS = "bridge mill station market barracks school hospital depot church ferry quarry granary townhall bakery tannery".split()
SOURCES = "mayor prefect consul stationmaster abbot surgeon notary miller ferryman schoolmaster".split()
CLAIMS_OF_REPORT = 12


def main() -> None:
    """Print one line per size, and the ratio of each doubling."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--most", type=int, default=100_000)
    ask.add_argument("--plot", type=Path, help="write the plot here, as SVG")
    options = ask.parse_args()
    tables, points, before = LinkingTables.load(), [], 0.0
    for size in (options.most // 8, options.most // 4, options.most // 2, options.most):
        items = list(ledger(size))
        started = time.process_time()
        found = relate(items, tables=tables).items
        seconds = time.process_time() - started
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        times = f", {seconds / before:.2f} times the half (target 2.3)" if before else ""
        print(f"{size:8} claims  {seconds:7.1f} s{times}  {len(found):8} relations  {memory:.0f} MB", flush=True)
        points.append((size, seconds))
        before = seconds
    print(f"one more report: {one_more(items, tables)}")
    if options.plot:
        options.plot.write_text(plot(points), encoding="utf-8")


def one_more(items: list[Told], tables: LinkingTables, reports: int = 200) -> str:
    """What linking one report costs once its neighbours are at hand: the middle and the slowest of a hundred."""
    index: dict[str, list[Told]] = defaultdict(list)
    for item in items:
        for key in keys(item, tables=tables):
            index[key].append(item)
    seconds = []
    for number in range(reports):
        new = list(report(random.Random(f"new {number}"), f"new-{number}", len(items)))  # noqa: S311 (disorder that can be repeated)
        near = {
            other.claim.id: other for item in new for key in keys(item, tables=tables) for other in index[key][:200]
        }
        started = time.process_time()
        relate_new(new, list(near.values()), tables=tables)
        seconds.append(time.process_time() - started)
    seconds.sort()
    return f"median {1000 * seconds[len(seconds) // 2]:.0f} ms, p99 {1000 * seconds[int(len(seconds) * 0.99)]:.0f} ms"


def ledger(size: int) -> Iterator[Told]:
    """So many made-up claims, in reports."""
    for number in range(size // CLAIMS_OF_REPORT):
        yield from report(random.Random(number), f"report-{number}", size)  # noqa: S311 (disorder that can be repeated)


def report(rng: random.Random, name: str, size: int) -> Iterator[Told]:
    """One report on one incident or two; the number of incidents grows with the ledger."""
    incidents = max(4, size // 40)
    start, outlet = 0, f"Gazette {rng.randrange(40)}"
    for number in range(CLAIMS_OF_REPORT):
        told = claim(rng, name, start, rng.randrange(incidents), number, outlet, max(20, size // 100))
        start = told.claim.span.end + 1
        yield told


def claim(rng: random.Random, name: str, start: int, incident: int, number: int, outlet: str, people: int) -> Told:
    """One claim on one incident: what happened, or how many suffered."""
    about = random.Random(f"incident {incident}")  # noqa: S311 (disorder that can be repeated)
    kind = about.choice(sorted(VERBS))
    town, lat, lon = f"Ville{about.randrange(400)}", about.uniform(45, 55), about.uniform(0, 12)
    day = date.fromordinal(date(1914, 8, 1).toordinal() + about.randrange(1500)).isoformat()
    thing, dead = about.choice(THINGS), about.randrange(2, 60)
    who, source = f"Column {about.randrange(90)}", f"{rng.choice(SOURCES)} Martin{rng.randrange(people)}"
    if number % 3 == 0:
        kind, text = EventType.CASUALTY, f"{dead} people were killed at the {thing} of {town}"
    else:
        text = f"{who} {VERBS[kind]} the {thing} of {town} at dawn" + rng.choice(
            ("", ", house by house", ", said witnesses")
        )
    span, at = Span(start, start + len(text)), Mention(start, start + len(town), town)
    quantity = (Quantity(Mention(start, start + len(str(dead)), str(dead)), dead, dead, unit="people killed"),)
    said = (
        Attribution(span, Quote.INDIRECT, Source(source, SourceKind.OFFICIAL, at))
        if rng.random() < 0.7
        else Attribution(span, Quote.NONE)
    )
    made = Claim(
        f"{name}.{number:02}", name, span, text, said, Certainty.CERTAIN, Polarity.POSITIVE, Modality.ACTUAL, distanced=False, event=Event(kind),
        place=Place(at, PlaceOutcome.SETTLEMENT, town, "FR", lat=lat, lon=lon, radius_km=5.0), time=Timespan(day, at, Derived.STATED),
        quantities=quantity if kind is EventType.CASUALTY else (),
    )  # fmt: skip
    return Told(made, name, outlet, day, f"{thing} of {town}")


def plot(points: list[tuple[int, float]]) -> str:
    """Seconds against claims, beside the straight line through the first point."""
    most, longest = points[-1][0], max(points[-1][1], points[0][1] * points[-1][0] / points[0][0]) * 1.1

    def x(size: float) -> float:
        return 60 + 500 * size / most

    def y(seconds: float) -> float:
        return 320 - 290 * seconds / longest

    line = " ".join(f"{x(size):.0f},{y(seconds):.0f}" for size, seconds in points)
    marks = "".join(
        f'<circle cx="{x(s):.0f}" cy="{y(t):.0f}" r="4"/><text x="{x(s):.0f}" y="{y(t) - 10:.0f}">{t:.0f} s</text>'
        for s, t in points
    )
    ticks = "".join(f'<text x="{x(size):.0f}" y="340">{size:,}</text>' for size, _ in points)
    straight = f'<line x1="{x(0):.0f}" y1="{y(0):.0f}" x2="{x(most):.0f}" y2="{y(points[0][1] * most / points[0][0]):.0f}" stroke="#bbb"/>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="360" font-family="sans-serif" font-size="11" text-anchor="middle">'
        f'<rect width="600" height="360" fill="#fff"/>{straight}<polyline points="{line}" fill="none" stroke="#246"/>{marks}{ticks}'
        '<text x="310" y="356">claims; grey: in proportion</text></svg>\n'
    )


if __name__ == "__main__":
    main()
