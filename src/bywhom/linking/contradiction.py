"""What two claims on one matter disagree about: how many, whether, and who."""

from __future__ import annotations

from bywhom.linking.counts import comparable, disagreement
from bywhom.linking.profile import Profile
from bywhom.linking.tables import LinkingTables


def disagree(a: Profile, b: Profile, tables: LinkingTables) -> str:
    """The rule by which two claims on one matter cannot both be true; empty where they can."""
    if any(disagreement(one, other, tables) for one, other in comparable(a, b, tables)):
        return "counts_disagree"
    if a.told.claim.polarity is not b.told.claim.polarity:
        return "polarity_opposed"
    if perpetrators_differ(a, b, tables):
        return "perpetrators_differ"
    return ""


def perpetrators_differ(a: Profile, b: Profile, tables: LinkingTables) -> bool:
    """Whether each names a nation that the other does not, and one of them says who did it."""
    only_a, only_b = _blamed(a, tables) - a_place_names(a, tables), _blamed(b, tables) - a_place_names(b, tables)
    if not only_a - b.nations or not only_b - a.nations:
        return False
    return bool((a.words.keys() | b.words.keys()) & tables.perpetration)


def a_place_names(one: Profile, tables: LinkingTables) -> frozenset[str]:
    """Nations that are named as where it happened, or as the target."""
    return frozenset(nation for word in one.targets if (nation := tables.nation_words.get(word)))


def _blamed(one: Profile, tables: LinkingTables) -> frozenset[str]:
    return frozenset(nation for word in one.agents if (nation := tables.nation_words.get(word)))
