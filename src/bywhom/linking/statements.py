"""One speaker in several statements: they are tied together, so that one voice is not counted twice."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bywhom.linking.profile import Profile
from bywhom.linking.speakers import same_speaker
from bywhom.linking.tables import LinkingTables
from bywhom.linking.tellings import one_voice
from bywhom.records import Independence, Relation, RelationType


def statements(profiles: Sequence[Profile], tables: LinkingTables, fresh: frozenset[str] | None) -> Iterator[Relation]:
    """Pairs of statements by one speaker: each with the first that other reports have of him, and with the first of its own.

    Of somebody quoted everywhere, only those that lie near each other in time.
    """
    heads = _heads(profiles)
    firsts = {one.id for one in _firsts(heads)}
    for members in _by_name(heads, tables).values():
        for a, b in _near([one for one in members if one.id in firsts], members, tables):
            if (fresh is None or a.id in fresh or b.id in fresh) and _one_voice(a, b, tables):
                yield _relation(a, b, tables)


def _heads(profiles: Sequence[Profile]) -> list[Profile]:
    """The first claim of each statement: what one attribution of a report covers."""
    first: dict[tuple[object, ...], Profile] = {}
    for one in sorted(profiles, key=lambda one: (one.report, one.told.claim.span, one.id)):
        attribution = one.told.claim.attribution
        if attribution.source is None or not one.speaker.name or one.speaker.many:
            continue
        first.setdefault((one.report, one.speaker.name, attribution.content), one)
    return sorted(first.values(), key=lambda one: one.order)


def _firsts(heads: Sequence[Profile]) -> list[Profile]:
    """What a report has first of a speaker on one channel, through the same hands."""
    first: dict[tuple[object, ...], Profile] = {}
    for one in sorted(heads, key=lambda one: (one.report, one.told.claim.span, one.id)):
        hands = tuple(sorted(" ".join(sorted(name)) for name in one.speaker.relays))
        first.setdefault((one.report, one.speaker.name, one.told.claim.attribution.channel, hands), one)
    return list(first.values())


def _near(
    firsts: Sequence[Profile], members: Sequence[Profile], tables: LinkingTables
) -> Iterator[tuple[Profile, Profile]]:
    """Each first statement with every other one, or with as many before and after it as are near; no pair twice."""
    reach = tables.thresholds.statements if len(members) > tables.thresholds.bucket else len(members)
    times, first = [one.order for one in members], {one.id for one in firsts}
    for a in firsts:
        at = bisect_left(times, a.order)
        for b in members[max(0, at - reach) : at + 1 + reach]:
            if b.id not in first or a.order < b.order:
                yield a, b


def _by_name(heads: Sequence[Profile], tables: LinkingTables) -> dict[str, list[Profile]]:
    """Heads under each word that names; under all words of an institution, whose words name nobody one by one."""
    found: dict[str, list[Profile]] = defaultdict(list)
    for one in heads:
        words = [w for w in one.speaker.name if w not in tables.generic and w not in tables.governments.countries]
        for word in sorted(words) or [" ".join(sorted(one.speaker.name))]:
            found[word].append(one)
    return found


def _one_voice(a: Profile, b: Profile, tables: LinkingTables) -> bool:
    return same_speaker(a.speaker, b.speaker, one_report=a.report == b.report, tables=tables)


def _relation(a: Profile, b: Profile, tables: LinkingTables) -> Relation:
    first, second = sorted((a, b), key=lambda one: one.id)
    evidence = (one_voice(first, second, tables),)
    return Relation(first.id, second.id, RelationType.SAME_SOURCE, Independence.DEPENDENT, "one_speaker", evidence)
