"""The comparator table: what speaks for and against two claims being one proposition, each feature with its reason.

The comparators themselves stand in wordings.py, circumstances.py and tellings.py. A feature has one weight for what speaks for
(its name) and one for what speaks against (its name with "_against"); both are in data/linking.yaml, fitted by bench/fit_linking.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from bywhom.linking.circumstances import (
    agents,
    counts,
    event,
    modality,
    negated,
    numbers,
    one_more,
    place,
    polarity,
    targets,
    time,
    toll,
)
from bywhom.linking.profile import Profile
from bywhom.linking.tables import LinkingTables
from bywhom.linking.tellings import certainty, nearness, one_voice, opening, relayed, retelling, summary, unsourced
from bywhom.linking.wordings import (
    beginnings,
    containment,
    copied,
    names,
    peculiar,
    rare_words,
    singular,
    titles,
    wording,
)
from bywhom.records import Evidence

NOTABLE = 0.1  # of the logit: less is not worth keeping
Comparator = Callable[[Profile, Profile, LinkingTables], Evidence]

TABLE: tuple[Comparator, ...] = (
    event, wording, containment, rare_words, singular, peculiar, beginnings, names, titles, agents, targets, place, time, counts,
    toll, numbers, one_more, polarity, negated, modality, certainty, copied, nearness, one_voice, retelling, summary, opening, unsourced,
    relayed,
)  # fmt: skip


_DIFFERING = frozenset(["counts", "numbers", "negated", "one_more"])
_RULING = frozenset(["time", "place"])  # at -1 these rule out two reports, whatever else speaks for them


@dataclass(frozen=True, slots=True)
class Weighed:
    """The evidence on two claims, and its weighted sum: the logit of their being one matter."""

    evidence: tuple[Evidence, ...]
    total: float
    weights: dict[str, float]

    @property
    def telling(self) -> tuple[Evidence, ...]:
        """The evidence that weighs: what a relation keeps."""
        return tuple(one for one in self.evidence if abs(part(one.feature, one.score, self.weights)) >= NOTABLE)

    def of(self, feature: str) -> Evidence:
        """The evidence of one feature."""
        return next(one for one in self.evidence if one.feature == feature)


def weigh(a: Profile, b: Profile, tables: LinkingTables) -> Weighed:
    """All comparators on two claims, and their weighted sum."""
    found = tuple(comparator(a, b, tables) for comparator in TABLE)
    weights = _weights(a, b, tables)
    return Weighed(found, weights["bias"] + sum(part(one.feature, one.score, weights) for one in found), weights)


def matter(weighed: Weighed) -> float:
    """The weighted sum without what two claims that contradict each other differ in."""
    return weighed.total - sum(
        part(one.feature, one.score, weighed.weights)
        for one in weighed.evidence
        if one.feature in _DIFFERING and one.score < 0
    )


def logit(a: Profile, b: Profile, tables: LinkingTables, floor: float) -> float | None:
    """The weighted sum alone; none as soon as place or time rule out two reports, or nothing left can lift it to the floor."""
    two = a.report != b.report
    total, plan = _plan(tables, "two_reports" if two else "one_report")
    for step in plan:
        score = step.comparator(a, b, tables).score
        if two and score <= -1.0 and step.ruling:
            return None
        total += (step.speaks_for if score > 0 else step.against) * score
        if total + step.left < floor:
            return None
    return total


@dataclass(frozen=True, slots=True)
class _Step:
    """One comparator on the way to a sum."""

    comparator: Comparator
    ruling: bool
    speaks_for: float
    against: float
    left: float  # the most that all later steps can add


@lru_cache(maxsize=16)
def _plan(tables: LinkingTables, kind: str) -> tuple[float, tuple[_Step, ...]]:
    """The bias, and the comparators that weigh anything: those that rule out first, then those that can move most."""
    weights = tables.table.weights[kind]
    named = {one.__name__: one for one in TABLE}
    weighing = [name for name in named if name in _RULING or _reach(name, weights)]
    order = sorted(weighing, key=lambda name: (name not in _RULING, -_reach(name, weights), name))
    plan, left = [], 0.0
    for name in reversed(order):
        plan.append(
            _Step(named[name], name in _RULING, weights.get(name, 0.0), weights.get(f"{name}_against", 0.0), left)
        )
        left += _most(name, weights)
    return weights["bias"], tuple(reversed(plan))


def part(feature: str, score: float, weights: dict[str, float]) -> float:
    """What one feature adds to the logit."""
    return weights.get(feature if score > 0 else f"{feature}_against", 0.0) * score


def _most(feature: str, weights: dict[str, float]) -> float:
    """The most that a feature can add."""
    return max(0.0, weights.get(feature, 0.0), -weights.get(f"{feature}_against", 0.0))


def _reach(feature: str, weights: dict[str, float]) -> float:
    """How far a feature can move the logit."""
    return abs(weights.get(feature, 0.0)) + abs(weights.get(f"{feature}_against", 0.0))


def _weights(a: Profile, b: Profile, tables: LinkingTables) -> dict[str, float]:
    return tables.table.weights["one_report" if a.report == b.report else "two_reports"]
