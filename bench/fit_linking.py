"""Fits the weights of data/linking.yaml on judged pairs, and prints them with how well they tell pairs they were not fitted on.

    python bench/fit_linking.py [--shared ../shared] [--penalty 3]

Two claims are one matter where the annotation links them as one origin or corroboration, or where they were judged the same
(matter.py). Contradictions are left out: they are one matter, but told apart by what they disagree about. Logistic regression with a
quadratic penalty, once for pairs of one report and once for pairs of two; a feature has one weight for what speaks for, one for what
speaks against. The annotated claims and the system's own are fitted together; the reports of relations.HELD_OUT, the
judged texts that are kept (matter.Judged.kept) and the acceptance set are only measured. The weights on ranks (`standing`) are fitted on top.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from fitting import Numbers, logistic
from linked import told
from matter import End, judged_groups, judged_texts
from matter import Judged as JudgedTexts
from relations import HELD_OUT, _gold, _scorer, annotated, gold_items

from bywhom.linking import LinkingTables
from bywhom.linking.evidence import TABLE, weigh
from bywhom.linking.profile import Profile, among, profile
from bywhom.linking.standing import Pair, looks
from bywhom.records import Span, Told

FEATURES = [one.__name__ for one in TABLE]
COLUMNS = [*FEATURES, *(f"{name}_against" for name in FEATURES)]
FOLDS = 8
SAME_CLAIM = 0.4  # overlap from which a claim of the system stands for an annotated one, as in the scorer
Pairs = set[tuple[str, ...]]


@dataclass(frozen=True)
class Row:
    """One pair of claims: what the comparators say, and what was judged."""

    part: str  # fitted, held out, acceptance
    group: str  # the reports: pairs of one group are never on both sides of a fold
    scores: list[float]
    same: bool
    a: Profile
    b: Profile


@dataclass(frozen=True)
class Judged:
    """Claims with their names in the annotation, and which pairs of names are one matter or not to be counted."""

    named: list[tuple[str | None, Profile]]
    same: Pairs
    skipped: Pairs
    kept: frozenset[str] = frozenset()  # reports that only measure


def main() -> None:
    """Print one line of weights for pairs of one report, and one for pairs of two."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument("--penalty", type=float, default=3.0)
    options = ask.parse_args()
    tables = LinkingTables.load()
    texts = [*judged_texts(options.shared), *judged_groups(options.shared)]
    groups = [*annotated_groups(options.shared, tables), *groups_of_judged(texts, tables)]
    for name, one_report in (("one_report", True), ("two_reports", False)):
        found = [row for group in groups for row in rows(group, tables, one_report=one_report)]
        weights = fit_on([row for row in found if row.part == "fitted"], options.penalty)
        shown = ", ".join(
            f"{key}: {value:.2f}" for key, value in zip(["bias", *COLUMNS], weights, strict=True) if abs(value) >= 0.05
        )
        print(f"  {name}: {{{shown}}}")
        report(found, weights, options.penalty)
        print(f"  standing {name}: {standing(found, weights)}")


def annotated_groups(shared: Path, tables: LinkingTables) -> Iterator[Judged]:
    """The annotated texts, with the gold's claims and with the system's."""
    scorer = _scorer(shared / "bench/score_ledger.py")
    docs, links = _gold(scorer, shared)
    kinds: dict[str, Pairs] = defaultdict(set)
    for one in links:
        kinds[one["relation"]].add(tuple(sorted((one["a"], one["b"]))))
    same = kinds["corroborates"] | set(scorer.closure(kinds["same_origin"]))
    for items, name in ((gold_items(shared), _own_name), (annotated(shared), None)):
        profiles = among(profile(item, tables) for item in items)
        named = [(name(one.told) if name else _same_claim(one.told, docs, scorer), one) for one in profiles]
        yield Judged(named, same, kinds["contradicts"] - same)


def _own_name(item: Told) -> str:
    return item.claim.id


def _same_claim(item: Told, docs: dict[str, Any], scorer: Any) -> str | None:  # noqa: ANN401 (a module loaded by path)
    """The gold claim that a claim of the system stands for."""
    span = (item.claim.span.start, item.claim.span.end)
    best, name = max(((scorer.iou(c["span"], span), c["id"]) for c in docs[item.document]["claims"]), default=(0.0, ""))
    return f"{item.document}/{name}" if best >= scorer.IOU else None


def groups_of_judged(texts: Sequence[JudgedTexts], tables: LinkingTables) -> Iterator[Judged]:
    """The judged texts, with the annotated claims and with the system's."""
    reports = {report.name: report for text in texts for report in text.reports}
    own: dict[str, list[Told]] = defaultdict(list)
    for item in told(reports.values()):
        own[item.document].append(item)
    for text in texts:
        yield _judged(text, text.items, tables)
        yield _judged(text, [item for report in text.reports for item in own[report.name]], tables)


def _judged(text: JudgedTexts, items: Sequence[Told], tables: LinkingTables) -> Judged:
    profiles = among(profile(item, tables) for item in items)
    spans: dict[str, list[Span]] = defaultdict(list)
    for item in text.items:
        spans[item.document].append(item.claim.span)
    named = [(_annotated(one.told.claim.span, spans[one.told.document], one.told.document), one) for one in profiles]
    return Judged(named, _closed(_names(text.same)), _names(text.contradicts | text.unsure), text.kept)


def _names(pairs: Iterable[tuple[End, End]]) -> Pairs:
    return {tuple(sorted(f"{name}/{start}-{end}" for name, start, end in pair)) for pair in pairs}


def _annotated(span: Span, spans: Sequence[Span], report: str) -> str | None:
    """The annotated claim that a claim stands for."""
    best, found = max((_overlap(span, one), one) for one in spans)
    return f"{report}/{found.start}-{found.end}" if best >= SAME_CLAIM else None


def _overlap(a: Span, b: Span) -> float:
    """Intersection over union of two spans."""
    shared = max(0, min(a.end, b.end) - max(a.start, b.start))
    return shared / (a.end - a.start + b.end - b.start - shared)


def _closed(pairs: Pairs) -> Pairs:
    """The transitive closure: what is the same as the same is the same."""
    group: dict[str, set[str]] = {}
    for a, b in pairs:
        new = group.get(a, {a}) | group.get(b, {b})
        group.update((one, new) for one in new)
    return {(a, b) for members in group.values() for a in members for b in members if a < b}


def rows(group: Judged, tables: LinkingTables, *, one_report: bool) -> Iterator[Row]:
    """The pairs of a group that can be compared."""
    for (name, a), (other, b) in combinations(group.named, 2):
        if (a.report == b.report) is not one_report or name is None or other is None or name == other:
            continue  # a claim that the annotation lacks may well be a headline that says what another says
        key = tuple(sorted((name, other)))
        if key in group.skipped or not (one_report or a.words.keys() & b.words.keys()):
            continue
        scores = {one.feature: one.score for one in weigh(a, b, tables).evidence}
        for_, against = ([sign(scores[name], 0.0) for name in FEATURES] for sign in (max, min))
        yield Row(
            _part(a, b, group.kept),
            "+".join(sorted({a.told.document, b.told.document})),
            [*for_, *against],
            key in group.same,
            a,
            b,
        )


def _part(a: Profile, b: Profile, kept: frozenset[str]) -> str:
    reports = {a.told.document, b.told.document}
    if any(one.startswith("seed-") for one in reports):
        return "acceptance"
    return "held out" if reports & (HELD_OUT | kept) else "fitted"


def standing(found: Sequence[Row], weights: Sequence[float]) -> str:
    """The weights of the second look, fitted on the logits of the first."""
    pairs = [Pair(row.a, row.b, logit) for row, (logit, _) in zip(found, scored(found, weights), strict=True)]
    judged = {(row.a.id, row.b.id): row.same for row in found if row.part == "fitted"}
    kept = [(look, judged[key]) for key, look in looks(pairs).items() if key in judged]
    x, y = np.array([list(look.values()) for look, _ in kept]), np.array([float(same) for _, same in kept])
    names = ["bias", *kept[0][0]]
    return "{" + ", ".join(f"{name}: {value:.2f}" for name, value in zip(names, fit(x, y, 1.0), strict=True)) + "}"


def fit_on(found: Sequence[Row], penalty: float) -> list[float]:
    """Bias and weights, none of which is negative: what speaks for a match must not be made to speak against it."""
    x, y = np.array([row.scores for row in found]), np.array([row.same for row in found], dtype=float)
    used = [at for at in range(x.shape[1]) if x[:, at].any()]
    while True:
        bias, *weights = fit(x[:, used], y, penalty)
        kept = [at for at, weight in zip(used, weights, strict=True) if weight > 0]
        if len(kept) == len(used):
            known = dict(zip(used, weights, strict=True))
            return [bias, *(known.get(at, 0.0) for at in range(x.shape[1]))]
        used = kept


def fit(x: Numbers, y: Numbers, penalty: float) -> list[float]:
    """Bias and weights."""
    bias, weights = logistic(x, y, penalty)
    return [bias, *map(float, weights)]


def report(found: Sequence[Row], weights: Sequence[float], penalty: float) -> None:
    """Precision at three recalls, on pairs that the weights were not fitted on."""
    fitted = [row for row in found if row.part == "fitted"]
    folds = {group: at % FOLDS for at, group in enumerate(sorted({row.group for row in fitted}))}
    apart: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        others = fit_on([row for row in fitted if folds[row.group] != fold], penalty)
        apart += scored([row for row in fitted if folds[row.group] == fold], others)
    for part, pairs in (
        ("fitted, in turn", apart),
        *((name, scored([row for row in found if row.part == name], weights)) for name in ("held out", "acceptance")),
    ):
        print(f"  # {part}: {sum(same for _, same in pairs)} of {len(pairs)} pairs one matter; {_curve(pairs)}")


def scored(found: Sequence[Row], weights: Sequence[float]) -> list[tuple[float, bool]]:
    return [(weights[0] + float(np.dot(row.scores, weights[1:])), row.same) for row in found]


def _curve(pairs: list[tuple[float, bool]]) -> str:
    ranked = sorted(pairs, reverse=True)
    hits = np.cumsum([same for _, same in ranked])
    shown = []
    for recall in (0.3, 0.5, 0.7):
        at = int(np.argmax(hits >= recall * hits[-1])) if ranked else 0
        shown.append(f"recall {recall} at precision {hits[at] / (at + 1):.2f} (logit {ranked[at][0]:.2f})")
    return ", ".join(shown)


if __name__ == "__main__":
    main()
