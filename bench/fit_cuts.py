"""Fits the weights of data/cuts.yaml on annotated texts: where two claims meet inside one content.

    python bench/fit_cuts.py CORPUS_FOLDER [--penalty 4] [--write FILE]

Logistic regression with a quadratic penalty over every joint of every content in which an annotated claim lies: two claims meet there
where one begins just behind it and another stands before it in the same content. Texts that are kept (annotated.is_kept) are only
measured. Weights near nought are left out, and the rest fitted again.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import score
from annotated import is_kept, reports

from bywhom.attribution import attribute
from bywhom.claims.joints import Content, Joint, joints, traits
from bywhom.cleaning import clean
from bywhom.reading import Tools, in_mixed_case, without_marks
from bywhom.records import Collection, RawDocument, Span

Numbers = npt.NDArray[np.float64]
RARE = 8  # joints that show a value: a rarer one has no weight
SMALL = 0.12  # a weight nearer to nought than this is left out
STEPS = 25
INSIDE = 0.6  # of an annotated claim lies in the content
LEFT_OUT = 0.4  # of a content lies in what the annotation leaves out


@dataclass(frozen=True)
class Row:
    """One joint: what is to be seen there, and whether two claims meet."""

    kept: bool
    seen: tuple[tuple[str, str], ...]
    meets: bool


def rows(corpus: Path) -> Iterator[Row]:
    """The joints of the annotated texts."""
    tools = Tools.load()
    for report in reports(corpus):
        raw = RawDocument(report.name, report.text.encode(), "text", Collection(report.name, "file", "", ""))
        for doc in map(in_mixed_case, map(without_marks, clean(raw, tables=tools.cleaning).items)):
            for attribution in attribute(doc, lexicon=tools.lexicon).items:
                yield from _rows(report, doc.text, attribution.content, tools)


def _rows(report: score.Report, text: str, content: Span, tools: Tools) -> Iterator[Row]:
    claims = [c for c in report.claims if _shared(content, c.start, c.end) > INSIDE * (c.end - c.start)]
    left_out = sum(_shared(content, start, end) for start, end in report.unscored)
    if not claims or left_out > LEFT_OUT * len(content):
        return
    read, start = Content.read(text, content, tools.claims.events), 0
    for joint in joints(read):
        if joint.at <= start:
            continue
        seen = ((trait, value) for trait, values in traits(read, joint, start).items() for value in values)
        meets = _meets(read, joint, start, claims)
        yield Row(is_kept(report), tuple(seen), meets)
        start = joint.opens if meets else start


def _meets(read: Content, joint: Joint, start: int, claims: Sequence[score.Reading]) -> bool:
    """Whether one claim begins just behind a joint, and another stands before it."""
    words = read.clause.words
    first, last = words[joint.at].start - 1, words[min(joint.at + 2, len(words) - 1)].start
    begins = any(first <= claim.start <= last for claim in claims)
    before = Span(words[start].start, words[joint.at].start)
    return begins and any(c.start < first - 3 and _shared(before, c.start, c.end) for c in claims)


def _shared(span: Span, start: int, end: int) -> int:
    return span.overlap(Span(start, end))


def fitted(
    told: Sequence[Row], values: Sequence[tuple[str, str]], penalty: float
) -> tuple[float, dict[tuple[str, str], float]]:
    """The base and the weight of each value, by Newton's method."""
    matrix = matrix_of(told, values)
    wanted = np.array([float(row.meets) for row in told])
    weights = np.zeros(matrix.shape[1])
    holds = np.eye(matrix.shape[1]) * penalty
    holds[-1, -1] = 0
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (wanted - likely) - holds @ weights
        bend = (matrix * (likely * (1 - likely))[:, None]).T @ matrix + holds
        weights = weights + np.linalg.solve(bend, slope)
    return float(weights[-1]), dict(zip(values, map(float, weights), strict=False))


def matrix_of(told: Sequence[Row], values: Sequence[tuple[str, str]]) -> Numbers:
    """A row for each joint, a column for each value, and one for the base."""
    columns = {value: i for i, value in enumerate(values)}
    matrix = np.zeros((len(told), len(values) + 1))
    matrix[:, -1] = 1
    for i, row in enumerate(told):
        matrix[i, [columns[value] for value in row.seen if value in columns]] = 1
    return matrix


def told_apart(told: Sequence[Row], base: float, weights: dict[tuple[str, str], float]) -> str:
    """How many of the cuts made are right, and how many of the right ones made."""
    made = [base + sum(weights.get(value, 0.0) for value in row.seen) > 0 for row in told]
    right = sum(cut and row.meets for cut, row in zip(made, told, strict=True))
    return f"precision {right / max(1, sum(made)):.3f}, recall {right / sum(row.meets for row in told):.3f} of {len(told)} joints"


def table_of(base: float, weights: dict[tuple[str, str], float]) -> str:
    """The weights as YAML."""
    lines = [f"base: {base:.2f}", "weights:"]
    for trait in dict.fromkeys(trait for trait, _ in weights):
        lines.append(f"  {trait}:")
        lines += [f"    {_key(value)}: {weight:.2f}" for (of, value), weight in sorted(weights.items()) if of == trait]
    return "\n".join(lines) + "\n"


def _key(value: str) -> str:
    return f'"{value}"' if value in {"yes", "no"} or "," in value else value


def main() -> None:
    """Fit, print how well it tells cuts apart, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--penalty", type=float, default=4.0)
    parser.add_argument("--write", type=Path, default=None)
    args = parser.parse_args()
    told = list(rows(args.corpus))
    ours = [row for row in told if not row.kept]
    counts = Counter(value for row in ours for value in row.seen)
    values = sorted(value for value, count in counts.items() if count >= RARE)
    base, weights = fitted(ours, values, args.penalty)
    base, weights = fitted(ours, [value for value in values if abs(weights[value]) >= SMALL], args.penalty)
    sys.stdout.write(f"fitted: {told_apart(ours, base, weights)}\n")
    sys.stdout.write(f"kept: {told_apart([row for row in told if row.kept], base, weights)}\n{len(weights)} weights\n")
    if args.write:
        head = "".join(
            line for line in args.write.read_text(encoding="utf-8").splitlines(keepends=True) if line.startswith("#")
        )
        args.write.write_text(head + table_of(base, weights), encoding="utf-8")


if __name__ == "__main__":
    main()
