"""Fits the weights of data/weights/days.yaml on annotated texts: whether the day of the story is the day of a claim.

    python bench/fit_days.py CORPUS_FOLDER [--penalty 3] [--write FILE]

Logistic regression with a quadratic penalty over every claim that is paired with an annotated one and would be given the day of the
story. Texts that are kept (annotated.is_kept) are only measured; on the others the figures are of claims whose text took no part in
the fit. Weights near nought are left out, and the rest fitted again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import score
from annotated import is_kept, reports
from fitting import PARTS, Row, Weights, call_of, fitted, nested, odds, paired, part_of, read_by_rule, write

from bywhom.grounding.carriedtimes import carried_table, traits
from bywhom.grounding.times import begins_sentence, own_time, resolve_times, story_day
from bywhom.reading import Tools
from bywhom.records import Claim, Document

RARE = 10  # claims that show a value: a rarer one has no weight
SMALL = 0.05  # a weight nearer to nought than this is left out


@dataclass(frozen=True)
class Case:
    """One claim that would be given the day of the story."""

    row: Row  # what is to be seen of it, and whether the day is right
    part: int
    undated: bool  # the annotation gives no time


def cases(corpus: Path) -> Iterator[Case]:
    """The claims of the annotated texts that the day of the story could be carried to."""
    tools = Tools.load()
    for report in reports(corpus):
        found = read_by_rule(report, tools)
        if found:
            yield from _cases(report, *found, tools)


def _cases(report: score.Report, doc: Document, claims: Sequence[Claim], tools: Tools) -> Iterator[Case]:
    times = resolve_times(doc, tools.times)
    for gold, _, number in paired(report, claims):
        claim = claims[number]
        attribution = claim.attribution
        sentence = attribution.frame or attribution.content
        if own_time(doc, claim.span, sentence, attribution, times, modality=claim.modality).decided:
            continue
        day = story_day(claim.span, sentence, times, event=claim.event.type)
        if day is None:
            continue
        seen = traits(claim, doc.text, begins_sentence(claim.span, times), tools.times)
        right = score.times_agree(gold.time, score.Time(day.value))
        yield Case(Row(is_kept(report), tuple(seen.items()), right), part_of(report), gold.time is None)


def fit(told: Sequence[Case], penalty: float) -> tuple[float, Weights]:
    """The base and the weights."""
    return fitted([case.row for case in told], penalty, rare=RARE, small=SMALL)


def left_out(case: Case, base: float, weights: Weights, bar: float) -> bool:
    """Whether the day is left out by these weights."""
    return odds(case.row, base, weights) < bar


def verdict(told: Sequence[Case], out: Sequence[bool]) -> str:
    """What leaving out makes better and worse: a day that is wrong where the annotation has none, and one that is right."""
    gone = [case for case, gone in zip(told, out, strict=True) if gone]
    better, worse = sum(case.undated for case in gone), sum(case.row.holds for case in gone)
    return f"{len(told)} claims, {len(gone)} left blank: {better} now rightly blank, {worse} were right"


def crossed(told: Sequence[Case], penalty: float, bar: float) -> list[bool]:
    """For each claim whether its day is left out by weights fitted on other texts."""
    fits = [fit([case for case in told if case.part != part], penalty) for part in range(PARTS)]
    return [left_out(case, *fits[case.part], bar) for case in told]


def main() -> None:
    """Fit, print what the weights do on texts that they were not fitted on, and write the table."""
    args = call_of(__doc__, penalty=3.0).parse_args()
    bar = carried_table().bar
    told = list(cases(args.corpus))
    ours, kept = ([case for case in told if case.row.kept is which] for which in (False, True))
    base, weights = fit(ours, args.penalty)
    sys.stdout.write(f"others, crosswise: {verdict(ours, crossed(ours, args.penalty, bar))}\n")
    sys.stdout.write(f"kept: {verdict(kept, [left_out(case, base, weights, bar) for case in kept])}\n")
    sys.stdout.write(f"{len(weights)} weights\n")
    if args.write:
        write(args.write, [f"base: {base:.2f}", "weights:", *nested(weights)])


if __name__ == "__main__":
    main()
