"""Fits the weights of data/weights/places.yaml on annotated texts: which place of a report is the place of a claim.

    python bench/fit_places.py CORPUS_FOLDER [--penalty 8] [--lead -1.1] [--write FILE]

A choice among all spots of a report, and none, for each claim that the program reads and an annotator has too: conditional logistic
regression with a quadratic penalty. A spot is right where the scorer says so; where the annotated place is in no gazetteer, or the
report's spots lie all elsewhere, a blank and every unknown name are right. Figures are of texts that had no part in the weights
(five parts, by the digest of the text), and of those that are kept (annotated.is_kept), which never have one. Weights near nought
are left out, and the rest fitted again.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import score
from annotated import is_kept, reports
from fitting import PARTS, Numbers, call_of, frequent, nested, paired, part_of, read_by_rule, write

from bywhom.grounding.choosing import options, story_of
from bywhom.grounding.places import resolve_document
from bywhom.grounding.signs import around, signs_of_none
from bywhom.grounding.story import Story
from bywhom.reading import Tools
from bywhom.records import Place

Column = tuple[str, str, str]  # "none" or "spot", trait, value
RARE = 10  # options that show a sign: a rarer one has no weight
SMALL = 0.15  # a weight nearer to nought than this is left out
STEPS = 200  # at most
MEMORY = 10
FINE = 1e-6  # relative gain at which the search ends


@dataclass(frozen=True)
class Case:
    """One claim: what there is to choose from, none first, which of it is right, and what the rules chose."""

    part: int
    kept: bool
    seen: tuple[tuple[Column, ...], ...]
    right: tuple[bool, ...]
    kinds: tuple[str, ...]  # what each choice would be: right, blank, needless, other
    rules: str


def cases(corpus: Path) -> Iterator[Case]:
    """The claims of the annotated texts that the program reads too."""
    tools = Tools.load()
    for report in reports(corpus):
        found = read_by_rule(report, tools)
        if found:
            doc, claims = found
            places = resolve_document(doc, gazetteer=tools.gazetteer, table=tools.toponyms)
            story = story_of(doc, claims, places)
            for gold, _, number in paired(report, claims):
                yield _case(report, gold, story, number)


def _case(report: score.Report, gold: score.Reading, story: Story, number: int) -> Case:
    at = around(story, number)
    every = list(options(at))
    signs = [signs_of_none(at), *(option.signs for option in every)]
    found = [None, *(option.named.place for option in every)]
    kinds = tuple(kind(gold.place, place) for place in found)
    hits = tuple(k == "right" for k in kinds)
    if gold.place is not None and (gold.place.lat is None or not any(hits)):
        hits = tuple(place is None or place.lat is None for place in found)
    seen = tuple(
        tuple(("spot" if i else "none", trait, value) for trait, value in each) for i, each in enumerate(signs)
    )
    guess = story.guesses[number]
    return Case(part_of(report), is_kept(report), seen, hits, kinds, kind(gold.place, guess.place if guess else None))


def kind(gold: score.Place | None, place: Place | None) -> str:
    """What a choice is, in a word, as the scorer has it."""
    said = (
        score.Place(**{k: v for k, v in asdict(place).items() if k in {"lat", "lon", "radius_km"}}) if place else None
    )
    if score.places_agree(gold, said):
        return "right"
    return "needless" if gold is None else "blank" if said is None or said.lat is None else "other"


class Matrix:
    """Cases as sparse rows: one for each option, a column for each sign."""

    def __init__(self, told: Sequence[Case], columns: Sequence[Column]) -> None:
        number = {column: i for i, column in enumerate(columns)}
        options_ = [each for case in told for each in case.seen]
        cells = [(row, number[c]) for row, signs in enumerate(options_) for c in signs if c in number]
        pairs = np.array(cells, dtype=np.int64).reshape(-1, 2)
        self.rows, self.columns = pairs[:, 0], pairs[:, 1]
        self.sizes = np.array([len(case.seen) for case in told])
        self.starts = np.cumsum(self.sizes) - self.sizes
        self.right = np.array([float(hit) for case in told for hit in case.right])
        self.width = len(columns)

    def sums(self, weights: Numbers) -> Numbers:
        """What the signs of each option weigh."""
        return np.asarray(np.bincount(self.rows, weights[self.columns], minlength=len(self.right)), dtype=np.float64)

    def loss(self, weights: Numbers, penalty: float) -> tuple[float, Numbers]:
        """How unlikely the right choices are, and the slope of that."""
        sums = self.sums(weights)
        likely = np.exp(sums - np.repeat(np.maximum.reduceat(sums, self.starts), self.sizes))
        whole = np.add.reduceat(likely, self.starts)
        hits = np.maximum(np.add.reduceat(likely * self.right, self.starts), 1e-12)
        slope = likely / np.repeat(whole, self.sizes) - likely * self.right / np.repeat(hits, self.sizes)
        down = np.bincount(self.columns, slope[self.rows], minlength=self.width) + penalty * weights
        return float(np.sum(np.log(whole) - np.log(hits)) + penalty / 2 * weights @ weights), down


def fitted(told: Sequence[Case], penalty: float) -> dict[Column, float]:
    """The weight of each sign; those near nought left out."""
    columns = frequent((signs for case in told for signs in case.seen), RARE)
    weights = lowest(Matrix(told, columns), penalty)
    columns = [c for c, weight in zip(columns, weights, strict=True) if abs(weight) >= SMALL]
    return dict(zip(columns, map(float, lowest(Matrix(told, columns), penalty)), strict=True))


def lowest(matrix: Matrix, penalty: float) -> Numbers:
    """The weights of the least loss, by a quasi-Newton search (L-BFGS)."""
    weights: Numbers = np.zeros(matrix.width)
    loss, slope = matrix.loss(weights, penalty)
    past: list[tuple[Numbers, Numbers]] = []
    for _ in range(STEPS):
        step = _direction(slope, past)
        size, moved, lower, next_slope = 1.0, weights, loss, slope
        while size > FINE:
            moved = weights - size * step
            lower, next_slope = matrix.loss(moved, penalty)
            if lower <= loss - FINE * size * float(slope @ step):
                break
            size /= 2
        if loss - lower < FINE * abs(loss):
            break
        past = [*past, (moved - weights, next_slope - slope)][-MEMORY:]
        weights, loss, slope = moved, lower, next_slope
    return weights


def _direction(slope: Numbers, past: Sequence[tuple[Numbers, Numbers]]) -> Numbers:
    """Where to go from a slope, as the last steps have it."""
    way: Numbers = slope.copy()
    parts: list[float] = []
    for moved, bent in reversed(past):
        parts.append(float(moved @ way) / float(bent @ moved))
        way -= parts[-1] * bent
    way *= float(past[-1][0] @ past[-1][1]) / float(past[-1][1] @ past[-1][1]) if past else 1 / np.abs(slope).max()
    for (moved, bent), part in zip(past, reversed(parts), strict=True):
        way += moved * (part - float(bent @ way) / float(bent @ moved))
    return way


def chosen(told: Sequence[Case], weights: dict[Column, float], lead: float) -> Counter[str]:
    """What the choices are, counted."""
    found: Counter[str] = Counter()
    for case in told:
        sums = [sum(weights.get(column, 0.0) for column in signs) for signs in case.seen]
        sums[0] += lead
        pick = int(np.argmax(sums))
        found[_word(case, case.kinds[pick])] += 1
    return found


def _word(case: Case, kind_: str) -> str:
    """A right blank is told from a right place: the annotators had none."""
    return "none" if kind_ == "right" and case.kinds[0] == "right" else kind_


def by_rules(told: Sequence[Case]) -> Counter[str]:
    """The same for the rules alone."""
    return Counter(_word(case, case.rules) for case in told)


def figures(found: Counter[str]) -> str:
    """The counts as shares of right ones."""
    filled = found["right"] + found["blank"] + found["other"]
    right = (found["right"] + found["none"]) / max(1, found.total())
    wrong = ", ".join(f"{word} {found[word]}" for word in ("blank", "needless", "other"))
    return f"right {right:.3f} of {found.total()}, of those with a place {found['right'] / max(1, filled):.3f}; {wrong}"


def crossed(told: Sequence[Case], penalty: float, leads: Sequence[float]) -> dict[float, Counter[str]]:
    """What is chosen in each fifth of the texts with the weights of the others, for several leads."""
    found: dict[float, Counter[str]] = {lead: Counter() for lead in leads}
    for part in range(PARTS):
        weights = fitted([case for case in told if case.part != part], penalty)
        for lead in leads:
            found[lead] += chosen([case for case in told if case.part == part], weights, lead)
    return found


def lines_of(weights: dict[Column, float], lead: float) -> list[str]:
    """The weights as YAML."""
    lines = [f"lead: {lead:.2f}"]
    for side in ("none", "spot"):
        lines.append(f"{side}:")
        lines += nested({(trait, value): weight for (of, trait, value), weight in weights.items() if of == side})
    return lines


def main() -> None:
    """Fit, print how well it chooses, and write the table."""
    parser = call_of(__doc__, penalty=8.0)
    parser.add_argument("--lead", type=float, default=-1.1)
    args = parser.parse_args()
    told = list(cases(args.corpus))
    ours, kept = ([case for case in told if case.kept is is_so] for is_so in (False, True))
    weights = fitted(ours, args.penalty)
    leads = sorted({-1.0, -0.75, -0.5, -0.25, 0.0, args.lead})
    sys.stdout.write(f"{len(weights)} weights\nby rule: {figures(by_rules(ours))}\n")
    for lead, found in crossed(ours, args.penalty, leads).items():
        sys.stdout.write(f"crossed, lead {lead:+.2f}: {figures(found)}\n")
    sys.stdout.write(f"kept, by rule: {figures(by_rules(kept))}\n")
    for lead in leads:
        sys.stdout.write(f"kept, lead {lead:+.2f}: {figures(chosen(kept, weights, lead))}\n")
    if args.write:
        write(args.write, lines_of(weights, args.lead))


if __name__ == "__main__":
    main()
