"""What the programs that set small tables of weights share: how texts are read and parted, logistic regression, the table below its comment.

`python bench/fit_….py CORPUS_FOLDER [--penalty NUMBER] [--write FILE]`: each says in its head what it fits, and on what. Texts that are
kept (annotated.is_kept) are only measured. A figure on the others is "crosswise" where every part of the texts is judged by weights
that were set on the other parts.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import score

from bywhom.reading import Tools, in_mixed_case, read, without_marks
from bywhom.records import Claim, Collection, Document, RawDocument

Numbers = npt.NDArray[np.float64]
Value = tuple[str, str]  # a trait, and what is to be seen of it
Weights = dict[Value, float]
T = TypeVar("T")

PARTS = 5
STEPS = 50
FINE = 1e-9  # a step this small is the last
LOOSE = 1e-6  # the penalty on the base: none, but for a matrix that can be solved
_NOT_PLAIN = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})


# --- Texts and claims ------------------------------------------------------------------------------------------------


def raw_of(report: score.Report) -> RawDocument:
    """An annotated text as it would come in."""
    return RawDocument(report.name, report.text.encode(), "text", Collection(report.name, "file", "", ""))


def read_by_rule(report: score.Report, tools: Tools) -> tuple[Document, Sequence[Claim]] | None:
    """The text as rules see it, and the claims that the whole program reads in it; None where it reads none."""
    reading = read(raw_of(report), tools)
    if reading.document is None or not reading.claims:
        return None
    return in_mixed_case(without_marks(reading.document)), reading.claims


def paired(report: score.Report, claims: Sequence[Claim]) -> Iterator[tuple[score.Reading, score.Reading, int]]:
    """The annotated claims that the program reads too: as annotated, as read, and the number of the claim."""
    for gold, found in score.pair(report, [_said(report, claim, i) for i, claim in enumerate(claims)]):
        yield gold, found, int(found.id)


def _said(report: score.Report, claim: Claim, number: int) -> score.Reading:
    source = claim.attribution.source
    return score.Reading(
        text=claim.text,
        start=claim.span.start,
        end=claim.span.end,
        id=str(number),
        document=report.name,
        source=source.name if source else None,
    )


def part_of(report: score.Report) -> int:
    """The part of the texts that one belongs to: by other digits of its digest than those that decide what is kept."""
    return int(sha256(report.text.encode()).hexdigest()[8:16], 16) % PARTS


def frequent(shown: Iterable[Iterable[T]], least: int) -> list[T]:
    """What is shown so often, in its order."""
    counts = Counter(value for values in shown for value in values)
    return sorted(value for value, count in counts.items() if count >= least)  # type: ignore[type-var]


# --- Logistic regression ---------------------------------------------------------------------------------------------


def logistic(matrix: Numbers, wanted: Numbers, penalty: float, *, on_base: float = LOOSE) -> tuple[float, Numbers]:
    """The base, and the weight of each column, under a quadratic penalty on the weights, by Newton's method."""
    whole = np.column_stack([np.ones(len(matrix)), matrix])
    weights, held = np.zeros(whole.shape[1]), np.diag([on_base, *[penalty] * matrix.shape[1]])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-whole @ weights))
        slope = whole.T @ (likely - wanted) + held @ weights
        step = np.linalg.solve((whole * (likely * (1 - likely))[:, None]).T @ whole + held, slope)
        weights = weights - step
        if np.abs(step).max() < FINE:
            break
    return float(weights[0]), weights[1:]


@dataclass(frozen=True)
class Row:
    """One case: what is to be seen of it, and whether it holds."""

    kept: bool
    seen: tuple[Value, ...]
    holds: bool


def fitted(told: Sequence[Row], penalty: float, *, rare: int, small: float) -> tuple[float, Weights]:
    """The base and the weights of values, those that fewer cases show left out, and those nearer to nought, which are few."""
    values = frequent((row.seen for row in told), rare)
    wanted = np.array([float(row.holds) for row in told])
    _, weights = logistic(matrix_of(told, values), wanted, penalty)
    values = [value for value, weight in zip(values, weights, strict=True) if abs(weight) >= small]
    base, weights = logistic(matrix_of(told, values), wanted, penalty)
    return base, dict(zip(values, map(float, weights), strict=True))


def matrix_of(told: Sequence[Row], values: Sequence[Value]) -> Numbers:
    """A row for each case, a column for each value."""
    columns = {value: i for i, value in enumerate(values)}
    matrix = np.zeros((len(told), len(values)))
    for i, row in enumerate(told):
        matrix[i, [columns[value] for value in row.seen if value in columns]] = 1
    return matrix


def odds(row: Row, base: float, weights: Weights) -> float:
    """The log-odds that a case holds."""
    return base + sum(weights.get(value, 0.0) for value in row.seen)


# --- Tables and calls ------------------------------------------------------------------------------------------------


def nested(weights: Weights) -> Iterator[str]:
    """The lines of a table: trait -> its value -> the weight."""
    trait = ""
    for (of, value), weight in sorted(weights.items()):
        if of != trait:
            trait = of
            yield f"  {key(of)}:"
        yield f"    {key(value)}: {weight:.2f}"


def key(words: str) -> str:
    """Words as a key of YAML, in quotation marks where they would be taken for something else."""
    return words if re.fullmatch(r"[^\W\d_](?:[\w ]*\w)?", words) and words not in _NOT_PLAIN else f'"{words}"'


def write(path: Path, lines: Sequence[str]) -> None:
    """Lines in the place of those that a table has from the same key on: its comment and what is set by hand stand above, and stay."""
    first = lines[0].partition(":")[0]
    head, _, _ = f"\n{path.read_text(encoding='utf-8')}".partition(f"\n{first}:")
    path.write_text("\n".join([*filter(None, [head.strip()]), *lines, ""]), encoding="utf-8")


def call_of(doc: str | None, *, penalty: float) -> argparse.ArgumentParser:
    """What all of them are called with."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, help="the folder of the annotated texts")
    parser.add_argument("--penalty", type=float, default=penalty)
    parser.add_argument("--write", type=Path, help="the table; its comment and what is set by hand stay")
    return parser
