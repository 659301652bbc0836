"""Fits the weights of data/weights/confidence.yaml, and draws how well the confidence of a source can be taken at its word.

    python bench/fit_confidence.py SHARED_FOLDER [--penalty 3] [--write FILE] [--plot FILE.svg]

Learns from claims that the trained reader never saw: the annotated texts that are kept (annotated.is_kept), the acceptance and the
development set. Figures and drawing are of five parts, by text, each judged with weights learnt from the other four.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import score
from annotated import is_kept, reports
from fitting import PARTS, Numbers, call_of, logistic, paired, part_of, raw_of, write

from bywhom.attribution import attribute
from bywhom.claims import assemble
from bywhom.cleaning import clean
from bywhom.reading import Tools, in_mixed_case, without_marks
from bywhom.records import Document
from bywhom.tagging.confidence import signs
from bywhom.tagging.sight import TrainedReader
from bywhom.tagging.weighing import chance_of, weigh

BINS = 10
ON_BASE = 0.01  # the penalty on the base
SMALL = 0.05  # a weight nearer to nought than this is left out
SIDE, MARGIN = 360, 48  # of the drawing


@dataclass(frozen=True)
class Row:
    """One claim: the signs for its source, and whether it is the annotated one."""

    part: int
    signs: dict[str, float]
    right: bool


def rows(shared: Path) -> Iterator[Row]:
    """The claims that have an annotated one."""
    tools = Tools.load()
    if tools.tagger is None:
        raise SystemExit("the trained reader is missing: `bywhom doctor` says what to do")
    for report in _reports(shared):
        for doc in clean(raw_of(report), tables=tools.cleaning).items:
            if doc.language in (None, *tools.languages):
                yield from _rows(report, doc, tools, tools.tagger)


def _reports(shared: Path) -> Iterator[score.Report]:
    yield from filter(is_kept, reports(shared / "data" / "conflict-news"))
    yield from score.load_gold(shared / "acceptance", shared / "seeds")
    yield from score.load_gold(shared / "development", shared / "development")


def _rows(report: score.Report, doc: Document, tools: Tools, tagger: TrainedReader) -> Iterator[Row]:
    eased, sight = in_mixed_case(without_marks(doc)), tagger.see(doc)
    said = attribute(eased, lexicon=tools.lexicon).items
    before = assemble(
        eased, said, tables=tools.claims, extractor=tools.extractor, openings=tuple(sight.openings())
    ).items
    after = weigh(eased, before, said, sight, table=tools.weighing, fields=tools.fields, trust=tools.trust).items
    for gold, found, number in paired(report, after):
        old, claim = before[number], after[number]
        judged = sight.judged(claim.span)
        if judged is not None:
            overruled = old.attribution.source != claim.attribution.source
            seen = signs(claim.attribution, chance_of(claim.attribution.source, judged), overruled=overruled)
            yield Row(part_of(report), dict(seen), score.compare(gold, found)["source"] == 1.0)


def fitted(told: Sequence[Row], names: Sequence[str], penalty: float) -> tuple[float, Numbers]:
    """The base, and the weight of each sign."""
    return logistic(_matrix(told, names), np.array([row.right for row in told], np.float64), penalty, on_base=ON_BASE)


def _matrix(told: Sequence[Row], names: Sequence[str]) -> Numbers:
    return np.array([[row.signs.get(name, 0.0) for name in names] for row in told], np.float64)


def judged_apart(told: Sequence[Row], names: Sequence[str], penalty: float) -> Numbers:
    """The confidence of each claim, with weights from the other parts."""
    found = np.zeros(len(told))
    for part in range(PARTS):
        mine = np.array([row.part == part for row in told])
        base, weights = fitted([row for row in told if row.part != part], names, penalty)
        found[mine] = 1 / (1 + np.exp(-base - _matrix(told, names)[mine] @ weights))
    return found


@dataclass(frozen=True)
class Bin:
    """Claims of about the same confidence."""

    confidence: float
    right: float
    claims: int


def bins(chances: Numbers, right: Numbers) -> list[Bin]:
    """From the least confidence to the greatest."""
    at = np.minimum((chances * BINS).astype(int), BINS - 1)
    here = [at == i for i in range(BINS)]
    return [Bin(float(chances[i].mean()), float(right[i].mean()), int(i.sum())) for i in here if i.any()]


def summary(chances: Numbers, right: Numbers) -> str:
    """The figures, and a line for each bin."""
    apart = sum(one.claims * abs(one.confidence - one.right) for one in bins(chances, right)) / len(right)
    least = np.argsort(chances)[: len(right) // 5]
    lines = [
        f"{one.confidence:.2f}  {one.right:.2f} right of {one.claims:4}  {'#' * round(30 * one.right)}"
        for one in bins(chances, right)
    ]
    return "\n".join([
        f"{len(right)} claims, {right.mean():.3f} with the right source",
        *lines,
        f"mean distance of confidence and truth: {apart:.3f}",
        f"the fifth with the least confidence holds {(1 - right[least]).sum() / (1 - right).sum():.2f} of the wrong sources",
        f"a wrong source has less confidence than a right one in {_order(chances, right):.2f} of pairs",
    ])  # fmt: skip


def _order(chances: Numbers, right: Numbers) -> float:
    wrong, good = chances[right == 0], chances[right == 1]
    return float((good[:, None] > wrong).mean() + (good[:, None] == wrong).mean() / 2)


def drawing(found: Sequence[Bin]) -> str:
    """Confidence against truth, the area of a dot by the number of claims."""
    most = max(one.claims for one in found)
    size = SIDE + 2 * MARGIN
    axis = [
        f'<path d="M{MARGIN} {MARGIN}V{MARGIN + SIDE}H{MARGIN + SIDE}" fill="none" stroke="#333"/>',
        f'<path d="M{MARGIN} {MARGIN + SIDE}L{MARGIN + SIDE} {MARGIN}" stroke="#999" stroke-dasharray="4 4"/>',
        f'<text x="{MARGIN + SIDE / 2}" y="{size - 12}" text-anchor="middle">confidence of the source</text>',
        f'<text x="14" y="{MARGIN + SIDE / 2}" text-anchor="middle" transform="rotate(-90 14 {MARGIN + SIDE / 2})">share that is right</text>',
    ]
    ticks = [f'<text x="{_x(v)}" y="{MARGIN + SIDE + 16}" text-anchor="middle">{v}</text><text x="{MARGIN - 6}" y="{_y(v) + 4}" text-anchor="end">{v}</text>'
             for v in (0, 0.5, 1)]  # fmt: skip
    dots = [f'<circle cx="{_x(one.confidence)}" cy="{_y(one.right)}" r="{3 + 15 * (one.claims / most) ** 0.5:.1f}" fill="#2a5d84" fill-opacity=".7"/>'
            for one in found]  # fmt: skip
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" font-family="sans-serif" font-size="12">'
    return "\n".join([head, *axis, *ticks, *dots, "</svg>\n"])


def _x(value: float) -> float:
    return round(MARGIN + SIDE * value, 1)


def _y(value: float) -> float:
    return round(MARGIN + SIDE * (1 - value), 1)


def lines_of(names: Sequence[str], base: float, weights: Numbers) -> list[str]:
    """The weights as YAML."""
    pairs = sorted(zip(names, weights, strict=True))
    shown = (f"  {name}: {weight:.2f}" for name, weight in pairs if abs(weight) >= SMALL)
    return [f"base: {base:.2f}", "weights:", *shown]


def main() -> None:
    """Fit, print, draw, and write the table."""
    parser = call_of(__doc__, penalty=3.0)
    parser.add_argument("--plot", type=Path)
    args = parser.parse_args()
    told = list(rows(args.corpus))
    names = sorted({name for row in told for name in row.signs})
    chances, right = judged_apart(told, names, args.penalty), np.array([row.right for row in told], np.float64)
    sys.stdout.write(summary(chances, right) + "\n")
    if args.plot:
        args.plot.write_text(drawing(bins(chances, right)), encoding="utf-8")
    if args.write:
        write(args.write, lines_of(names, *fitted(told, names, args.penalty)))


if __name__ == "__main__":
    main()
