"""Fits the weights of data/carried.yaml on annotated texts: whether the day of the story is the day of a claim.

    python bench/fit_carried.py CORPUS_FOLDER [--penalty 3] [--write FILE]

Logistic regression with a quadratic penalty over every claim that is paired with an annotated one and would be given the day of the
story. Texts that are kept (annotated.is_kept) are only measured; on the others the figures are of claims whose text took no part in
the fit. Weights near nought are left out, and the rest fitted again.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import score
from annotated import is_kept, reports
from fit_cuts import Row, fitted

from bywhom.grounding.carriedtimes import carried_table, traits
from bywhom.grounding.times import begins_sentence, own_time, resolve_times, story_day
from bywhom.reading import Tools, in_mixed_case, read, without_marks
from bywhom.records import Claim, Collection, Document, RawDocument

FOLDS = 6
RARE = 10  # claims that show a value: a rarer one has no weight
SMALL = 0.05  # a weight nearer to nought than this is left out
Weights = dict[tuple[str, str], float]


@dataclass(frozen=True)
class Case:
    """One claim that would be given the day of the story."""

    row: Row  # what is to be seen of it, and whether the day is right
    fold: int
    undated: bool  # the annotation gives no time


def cases(corpus: Path) -> Iterator[Case]:
    """The claims of the annotated texts that the day of the story could be carried to."""
    tools = Tools.load()
    for report in reports(corpus):
        raw = RawDocument(report.name, report.text.encode(), "text", Collection(report.name, "file", "", ""))
        reading = read(raw, tools)
        if reading.document is not None:
            yield from _cases(report, in_mixed_case(without_marks(reading.document)), reading.claims, tools)


def _cases(report: score.Report, doc: Document, claims: Sequence[Claim], tools: Tools) -> Iterator[Case]:
    times = resolve_times(doc, tools.times)
    fold = int(sha256(report.name.encode()).hexdigest()[:8], 16) % FOLDS
    said = [score.Reading(c.text, c.span.start, c.span.end, str(i), report.name) for i, c in enumerate(claims)]
    for gold, found in score.pair(report, said):
        claim = claims[int(found.id)]
        attribution = claim.attribution
        sentence = attribution.frame or attribution.content
        if own_time(doc, claim.span, sentence, attribution, times, modality=claim.modality).decided:
            continue
        day = story_day(claim.span, sentence, times, event=claim.event.type)
        if day is None:
            continue
        seen = traits(claim, doc.text, begins_sentence(claim.span, times), tools.times)
        right = score.times_agree(gold.time, score.Time(day.value))
        yield Case(Row(is_kept(report), tuple(seen.items()), right), fold, gold.time is None)


def fit(told: Sequence[Row], penalty: float) -> tuple[float, Weights]:
    """The base and the weights, without rare values and weights near nought."""
    counts = Counter(value for row in told for value in row.seen)
    values = sorted(value for value, count in counts.items() if count >= RARE)
    _, weights = fitted(told, values, penalty)
    return fitted(told, [value for value in values if abs(weights[value]) >= SMALL], penalty)


def left_out(case: Case, base: float, weights: Weights, bar: float) -> bool:
    """Whether the day is left out by these weights."""
    return base + sum(weights.get(value, 0.0) for value in case.row.seen) < bar


def verdict(told: Sequence[Case], out: Sequence[bool]) -> str:
    """What leaving out makes better and worse: a day that is wrong where the annotation has none, and one that is right."""
    gone = [case for case, gone in zip(told, out, strict=True) if gone]
    better, worse = sum(case.undated for case in gone), sum(case.row.meets for case in gone)
    return f"{len(told)} claims, {len(gone)} left blank: {better} now rightly blank, {worse} were right"


def crossed(told: Sequence[Case], penalty: float, bar: float) -> list[bool]:
    """For each claim whether its day is left out by weights fitted on other texts."""
    fits = [fit([case.row for case in told if case.fold != fold], penalty) for fold in range(FOLDS)]
    return [left_out(case, *fits[case.fold], bar) for case in told]


def table_of(base: float, weights: Weights, bar: float) -> str:
    """The weights as YAML."""
    lines = [f"bar: {bar}", f"base: {base:.2f}", "weights:"]
    for trait in dict.fromkeys(trait for trait, _ in sorted(weights)):
        lines.append(f"  {trait}:")
        lines += [f"    {_key(value)}: {weight:.2f}" for (of, value), weight in sorted(weights.items()) if of == trait]
    return "\n".join(lines) + "\n"


def _key(value: str) -> str:
    return f'"{value}"' if value in {"yes", "no"} or "," in value else str(value)


def main() -> None:
    """Fit, print what the weights do on texts that they were not fitted on, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--penalty", type=float, default=3.0)
    parser.add_argument("--write", type=Path, default=None)
    args = parser.parse_args()
    bar = carried_table().bar
    told = list(cases(args.corpus))
    ours, kept = ([case for case in told if case.row.kept is which] for which in (False, True))
    base, weights = fit([case.row for case in ours], args.penalty)
    sys.stdout.write(f"others, crosswise: {verdict(ours, crossed(ours, args.penalty, bar))}\n")
    sys.stdout.write(f"kept: {verdict(kept, [left_out(case, base, weights, bar) for case in kept])}\n")
    sys.stdout.write(f"{len(weights)} weights\n")
    if args.write:
        head = "".join(
            line for line in args.write.read_text(encoding="utf-8").splitlines(keepends=True) if line.startswith("#")
        )
        args.write.write_text(head + table_of(base, weights, bar), encoding="utf-8")


if __name__ == "__main__":
    main()
