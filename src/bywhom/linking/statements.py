"""One speaker in several reports: one pair for each two of his statements, so that one voice is not counted twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bywhom.linking.profile import Profile
from bywhom.linking.speakers import same_speaker
from bywhom.linking.tables import LinkingTables
from bywhom.linking.tellings import one_voice
from bywhom.records import Independence, Relation, RelationType, Resolution

# What names the speaker anew opens a statement; what goes on with him is part of it.
_OPENS = frozenset([Resolution.NAMED, Resolution.SURNAME, Resolution.LEAD, Resolution.HEADLINE])


def statements(profiles: Sequence[Profile], tables: LinkingTables, fresh: frozenset[str] | None) -> Iterator[Relation]:
    """Pairs of statements by one speaker; of somebody quoted everywhere, those that lie near each other in time."""
    for members in _by_name(_heads(profiles), tables).values():
        reach = tables.thresholds.statements if len(members) > tables.thresholds.bucket else len(members)
        for at, a in enumerate(members):
            for b in members[at + 1 : at + 1 + reach]:
                if (fresh is None or a.id in fresh or b.id in fresh) and _one_voice(a, b, tables):
                    yield _relation(a, b, tables)


def _heads(profiles: Sequence[Profile]) -> list[Profile]:
    """The first claim of each statement: one speaker, one channel, through the same hands, in one report."""
    first: dict[tuple[object, ...], Profile] = {}
    for one in sorted(profiles, key=lambda one: (one.report, one.told.claim.span, one.id)):
        source = one.told.claim.attribution.source
        if source is None or not one.speaker.name or one.speaker.many:
            continue
        channel = one.told.claim.attribution.channel
        hands = tuple(sorted(" ".join(sorted(name)) for name in one.speaker.relays))
        first.setdefault((one.report, one.speaker.name, channel, hands), one)
    return sorted(first.values(), key=lambda one: one.order)


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
