"""Among all counterparts that a claim has in a report, which is the likeliest: a sentence is told again once, not ten times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import exp

from bywhom.linking.profile import Profile
from bywhom.linking.tables import LinkingTables

FLOOR = -4.0  # logit: below, nothing can become of a pair, and it is not kept


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims, and the logit that the comparators gave them."""

    a: Profile
    b: Profile
    logit: float


def stand(weighed: Iterable[Pair], tables: LinkingTables) -> Iterator[tuple[Profile, Profile, float]]:
    """The pairs with their likelihood, after each claim has ranked its counterparts of one report.

    Ranks look at two reports only, so a further report changes nothing for those that are there.
    """
    kept = {(pair.a.id, pair.b.id): pair for pair in weighed if pair.logit >= FLOOR}
    found = looks(kept.values())
    for identity in sorted(kept):
        pair = kept[identity]
        weights = tables.table.standing["one_report" if pair.a.report == pair.b.report else "two_reports"]
        total = weights["bias"] + sum(weights[name] * value for name, value in found[identity].items())
        yield pair.a, pair.b, likelihood(total)


def likelihood(logit: float) -> float:
    """A logit as a number between 0 and 1."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))


def looks(pairs: Iterable[Pair]) -> dict[tuple[str, str], dict[str, float]]:
    """What the second look weighs of each pair: its logit, and how the two rank among each other's counterparts."""
    known = list(pairs)
    ranks = _ranks(known)
    found = {}
    for pair in known:
        here, there = ranks[pair.a.id, pair.b.id], ranks[pair.b.id, pair.a.id]
        mutual = float(here == there == 0)
        found[pair.a.id, pair.b.id] = {
            "logit": pair.logit,
            "mutual": mutual,
            "first": float(here == 0 or there == 0),
            "rank": 1 / ((1 + here) * (1 + there)),
            "logit_mutual": pair.logit * mutual,
        }
    return found


def _ranks(pairs: Iterable[Pair]) -> dict[tuple[str, str], int]:
    """(claim, counterpart) -> how many counterparts in the same report are likelier."""
    counterparts: dict[tuple[str, str], list[tuple[float, str]]] = defaultdict(list)
    for pair in pairs:
        counterparts[pair.a.id, pair.b.report].append((-pair.logit, pair.b.id))
        counterparts[pair.b.id, pair.a.report].append((-pair.logit, pair.a.id))
    return {
        (claim, other): rank
        for (claim, _), others in counterparts.items()
        for rank, (_, other) in enumerate(sorted(others))
    }
