"""Fits the weights of data/weights/events.yaml on annotated texts: what in a clause speaks for each type of event.

    python bench/fit_events.py CORPUS_FOLDER [--penalty 40] [--write FILE]

A conditional logit over every claim that the program reads and the annotation has too: what points at a type has one weight whatever
the type is, so that types which the texts hardly have gain as well; words and the like have one for each of the types that the texts
teach (`taught` of data/weighing.yaml). Texts that are kept (annotated.is_kept) are only measured; the rest is measured in five parts,
each by weights set on the other four. Weights near nought are left out. The trained reader takes no part: it has seen these texts.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import score
from annotated import is_kept, reports
from fitting import PARTS, call_of, key, paired, part_of, raw_of, write

from bywhom.attribution import attribute
from bywhom.claims import assemble
from bywhom.claims.choosing import Trait, looked_at
from bywhom.cleaning import clean
from bywhom.reading import Tools, in_mixed_case, without_marks
from bywhom.records import Claim, EventType

Numbers = npt.NDArray[np.float32]
TYPES = tuple(EventType)
COLUMNS = {kind: i for i, kind in enumerate(TYPES)}
RARE, FEW = 6, 5  # a word that fewer claims or fewer texts show has no weight
SMALL = 0.05
STEPS = 200
LOOSE = 0.5  # the penalty on the few weights that all types share


@dataclass(frozen=True)
class Row:
    """One claim: what is seen, what the rules say, and what it is."""

    report: str
    part: int
    kept: bool
    traits: frozenset[Trait]
    pointing: tuple[tuple[str, EventType], ...]
    rules: EventType
    meant: EventType


@dataclass(frozen=True)
class Fitted:
    """Columns and their weights."""

    traits: tuple[Trait, ...]
    names: tuple[str, ...]
    weights: Numbers  # trait x type, the last row the base
    shared: Numbers

    def scores(self, rows: Sequence[Row]) -> Numbers:
        return matrix_of(rows, self.traits) @ self.weights + pointed(rows, self.names) @ self.shared


def rows(corpus: Path) -> Iterator[Row]:
    """The claims that the program reads in the annotated texts, and what they are."""
    tools = Tools.load()
    for report in reports(corpus):
        text, claims = _read(report, tools)
        meant = {number: EventType(gold.event) for gold, _, number in paired(report, claims) if gold.event}
        looked = looked_at(text, claims, events=tools.claims.events)
        for i, kind in sorted(meant.items()):
            seen = looked[i]
            yield Row(
                report.name, part_of(report), is_kept(report), seen.traits, seen.pointing, claims[i].event.type, kind
            )


def _read(report: score.Report, tools: Tools) -> tuple[str, Sequence[Claim]]:
    for doc in clean(raw_of(report), tables=tools.cleaning).items:
        eased = in_mixed_case(without_marks(doc))
        openings = tuple(tools.tagger.see(doc).openings()) if tools.tagger else None
        said = attribute(eased, lexicon=tools.lexicon).items
        found = assemble(eased, said, tables=tools.claims, extractor=tools.extractor, openings=openings).items
        return eased.text, found
    return report.text, ()


def columns_of(told: Sequence[Row]) -> tuple[tuple[Trait, ...], tuple[str, ...]]:
    """The traits that are frequent enough, and the names of what points at a type."""
    counts = Counter(trait for row in told for trait in row.traits)
    texts = Counter(trait for _, trait in {(row.report, trait) for row in told for trait in row.traits})
    traits = (trait for trait, count in counts.items() if count >= RARE and texts[trait] >= FEW)
    return tuple(sorted(traits)), tuple(sorted({name for row in told for name, _ in row.pointing}))


def matrix_of(told: Sequence[Row], traits: Sequence[Trait]) -> Numbers:
    """A row for each claim, a column for each trait."""
    at = {trait: i for i, trait in enumerate(traits)}
    matrix = np.zeros((len(told), len(traits)), np.float32)
    for i, row in enumerate(told):
        matrix[i, [at[trait] for trait in row.traits if trait in at]] = 1
    return matrix


def pointed(told: Sequence[Row], names: Sequence[str]) -> Numbers:
    """For each claim and type, what points at it."""
    at = {name: i for i, name in enumerate(names)}
    found = np.zeros((len(told), len(TYPES), len(names)), np.float32)
    for i, row in enumerate(told):
        for name, kind in row.pointing:
            if name in at:
                found[i, COLUMNS[kind], at[name]] += 1
    return found


def fitted(told: Sequence[Row], taught: frozenset[EventType], penalty: float) -> Fitted:
    """Weights by accelerated steps down the slope."""
    traits, names = columns_of(told)
    matrix, points = matrix_of(told, traits), pointed(told, names)
    wanted = np.zeros((len(told), len(TYPES)), np.float32)
    wanted[np.arange(len(told)), [COLUMNS[row.meant] for row in told]] = 1
    open_to = np.array([kind in taught for kind in TYPES], np.float32)
    step = np.float32(1 / (0.5 * (_steepest(matrix) + _steepest(points.reshape(-1, len(names)))) + penalty))
    weights: Numbers = np.zeros((len(traits), len(TYPES)), np.float32)
    shared: Numbers = np.zeros(len(names), np.float32)
    old, old_shared = weights, shared
    pace = 1.0
    for _ in range(STEPS):
        off = _likely(matrix @ weights + points @ shared) - wanted
        slope = (matrix.T @ off) * open_to + np.float32(penalty) * weights
        new: Numbers = np.asarray(weights - step * slope, np.float32)
        new_shared: Numbers = shared - step * (np.tensordot(off, points, 2) + LOOSE * shared)
        faster = (1 + math.sqrt(1 + 4 * pace * pace)) / 2
        swing = np.float32((pace - 1) / faster)
        weights, shared = new + swing * (new - old), new_shared + swing * (new_shared - old_shared)
        old, old_shared, pace = new, new_shared, faster
    return Fitted(traits, names, np.where(np.abs(old) < SMALL, 0, old).astype(np.float32), old_shared)


def _likely(scores: Numbers) -> Numbers:
    raised = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(raised / raised.sum(1, keepdims=True), np.float32)


def _steepest(matrix: Numbers) -> float:
    """The largest eigenvalue of the matrix by itself: how long a step may be."""
    along: Numbers = np.ones(matrix.shape[1], np.float32)
    size = 1.0
    for _ in range(20):
        along = matrix.T @ (matrix @ along)
        size = float(np.linalg.norm(along))
        along = (along / size).astype(np.float32)
    return size


def across(told: Sequence[Row], taught: frozenset[EventType], penalty: float) -> float:
    """How many are right in each part by weights set on the others."""
    right = 0.0
    for part in range(PARTS):
        there = [row for row in told if row.part == part]
        fit = fitted([row for row in told if row.part != part], taught, penalty)
        right += share_right(there, fit) * len(there)
    return right / len(told)


def share_right(told: Sequence[Row], fit: Fitted) -> float:
    best = fit.scores(told).argmax(1)
    return float(np.mean([TYPES[at] is row.meant for at, row in zip(best, told, strict=True)]))


def lines_of(fit: Fitted) -> list[str]:
    """The weights as YAML."""
    lines = ["shared:", *(f"  {key(n)}: {w:.2f}" for n, w in zip(fit.names, fit.shared, strict=True)), "weights:"]
    kind = ""
    for (of, value), row in zip(fit.traits, fit.weights, strict=True):
        held = ", ".join(f"{t.value}: {w:.2f}" for t, w in zip(TYPES, row, strict=True) if w)
        if not held:
            continue
        if of != kind:
            kind = of
            lines.append(f"  {of}:")
        lines.append(f"    {key(value)}: {{{held}}}")
    return lines


def main() -> None:
    """Fit, print how often the likeliest type is the right one, and write the table."""
    args = call_of(__doc__, penalty=40.0).parse_args()
    told, taught = list(rows(args.corpus)), Tools.load().weighing.taught
    ours, kept = [row for row in told if not row.kept], [row for row in told if row.kept]
    fit = fitted(ours, taught, args.penalty)
    for name, those in (("fitted", ours), ("kept", kept)):
        rules = np.mean([row.rules is row.meant for row in those])
        sys.stdout.write(f"{name}: rules {rules:.3f}, weights {share_right(those, fit):.3f} of {len(those)} claims\n")
    sys.stdout.write(
        f"in five parts: {across(ours, taught, args.penalty):.3f}\n{np.count_nonzero(fit.weights)} weights\n"
    )
    if args.write:
        write(args.write, lines_of(fit))


if __name__ == "__main__":
    main()
