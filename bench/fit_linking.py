"""Fits the weights of data/linking.yaml on annotated reports, and prints them; thresholds are set by hand.

    python bench/fit_linking.py [--shared ../shared]

Two claims are one matter where the annotation links them as one origin, corroboration or contradiction. Logistic regression with
a quadratic penalty, once for pairs of one report and once for pairs of two. The weights on ranks (`standing`) are not fitted here yet.
The system's own claims and the gold's are fitted together; the reports of relations.HELD_OUT are left out.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from relations import HELD_OUT, _gold, _scorer, annotated, gold_items

from bywhom.linking import LinkingTables
from bywhom.linking.evidence import TABLE, weigh
from bywhom.linking.profile import Profile, profile
from bywhom.records import Told

MATTER = ("same_origin", "corroborates", "contradicts")
FEATURES = [one.__name__ for one in TABLE if one.__name__ != "polarity"]  # a denial is on the same matter
Named = tuple[str | None, Profile]


def main() -> None:
    """Print one line of weights for pairs of one report, and one for pairs of two."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    shared = ask.parse_args().shared
    scorer = _scorer(shared / "bench/score_ledger.py")
    docs, links = _gold(scorer, shared)
    wanted = {tuple(sorted((one["a"], one["b"]))) for one in links if one["relation"] in MATTER}
    wanted |= scorer.closure({(one["a"], one["b"]) for one in links if one["relation"] == "same_origin"})
    tables = LinkingTables.load()
    groups = [
        _named(gold_items(shared), lambda item: item.claim.id, tables),
        _named(annotated(shared), lambda item: _same_claim(item, docs, scorer), tables),
    ]
    for name, one_report in (("one_report", True), ("two_reports", False)):
        rows = [row for group in groups for row in _rows(group, wanted, tables, one_report=one_report)]
        weights = fit(np.array([row[0] for row in rows]), np.array([row[1] for row in rows], dtype=float))
        shown = ", ".join(
            f"{key}: {value:.2f}" for key, value in zip(["bias", *FEATURES], weights, strict=True) if abs(value) >= 0.01
        )
        print(f"  {name}: {{{shown}}}  # {len(rows)} pairs, {sum(row[1] for row in rows)} on one matter")


def _named(items: Sequence[Told], name: Callable[[Told], str | None], tables: LinkingTables) -> list[Named]:
    return [(name(item), profile(item, tables)) for item in items if item.document not in HELD_OUT]


def _same_claim(item: Told, docs: dict[str, Any], scorer: Any) -> str | None:  # noqa: ANN401 (a module loaded by path)
    """The gold claim that a claim of the system stands for."""
    span = (item.claim.span.start, item.claim.span.end)
    best, name = max(((scorer.iou(c["span"], span), c["id"]) for c in docs[item.document]["claims"]), default=(0.0, ""))
    return f"{item.document}/{name}" if best >= scorer.IOU else None


def _rows(
    group: list[Named], wanted: set[tuple[str, ...]], tables: LinkingTables, *, one_report: bool
) -> Iterator[tuple[list[float], bool]]:
    for (name, a), (other, b) in combinations(group, 2):
        if (
            (a.report == b.report) is one_report
            and (one_report or a.words.keys() & b.words.keys())
            and (name is None or name != other)
        ):
            scores = {one.feature: one.score for one in weigh(a, b, tables).evidence}
            yield [scores[feature] for feature in FEATURES], tuple(sorted((name or "", other or ""))) in wanted


def fit(x: Any, y: Any, penalty: float = 3.0) -> list[float]:  # noqa: ANN401 (arrays)
    """Bias and weights of a logistic regression, by Newton's method."""
    with_bias = np.column_stack([np.ones(len(x)), x])
    weights, ridge = np.zeros(with_bias.shape[1]), np.diag([1e-6, *[penalty] * x.shape[1]])
    for _ in range(50):
        p = 1 / (1 + np.exp(-with_bias @ weights))
        step = np.linalg.solve(
            (with_bias * (p * (1 - p))[:, None]).T @ with_bias + ridge, with_bias.T @ (p - y) + ridge @ weights
        )
        weights = weights - step
        if np.abs(step).max() < 1e-6:
            break
    return [float(one) for one in weights]


if __name__ == "__main__":
    main()
