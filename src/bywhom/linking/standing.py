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
    ranks = _ranks(kept.values())
    for identity in sorted(kept):
        pair = kept[identity]
        here, there = ranks[pair.a.id, pair.b.id], ranks[pair.b.id, pair.a.id]
        weights = tables.table.standing["one_report" if pair.a.report == pair.b.report else "two_reports"]
        mutual = float(here == there == 0)
        total = (
            weights["bias"]
            + (weights["logit"] + weights["logit_mutual"] * mutual) * pair.logit
            + weights["mutual"] * mutual
            + weights["first"] * (here == 0 or there == 0)
            + weights["rank"] / ((1 + here) * (1 + there))
        )
        yield pair.a, pair.b, 1 / (1 + exp(-max(-30.0, min(30.0, total))))


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
