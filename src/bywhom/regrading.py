"""Origin groups and their digits, kept in step with links and verdicts: what a change bears upon is graded anew, and no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from bywhom.grading import GradingTables, context, digit, groups, standing
from bywhom.grading import Member as Graded
from bywhom.ledger import Links, Member
from bywhom.records import Context, Digit, Plausibility, Polarity, Relation


def regrade(
    links: Links,
    touched: Iterable[str],
    tables: GradingTables,
    *,
    subjects: Iterable[tuple[str, Polarity]] = (),
    gone: Iterable[str] = (),
) -> None:
    """Group and grade anew whatever the links of these claims bear upon."""
    family, relations = links.family(touched)
    members = {member.claim: member for member in links.members(family)}
    inside = [one for one in relations if one.a in members and one.b in members]
    grouped = groups(members, inside, {one.claim: one.end_key for one in members.values()})
    moved = {claim: origin for claim, origin in grouped.items() if members[claim].origin != origin}
    links.regroup(moved)
    around = {end for one in relations for end in (one.a, one.b)}
    origins = set(grouped.values()) | {member.origin for member in links.members(around)}
    for about, polarity in sorted(set(subjects)):
        origins |= _swayed(links.subject_groups(about), polarity)
    was = {members[claim].origin for claim in moved} | set(gone)
    links.grade(_digits(links, origins, tables), was)


def _swayed(speaking: Mapping[str, set[Polarity]], polarity: Polarity) -> set[str]:
    """The groups for which one more or one less that says so on their subject makes a difference: all, or none."""
    return set(speaking) if sum(polarity in said for said in speaking.values()) <= 2 else set()


def _digits(links: Links, origins: Iterable[str], tables: GradingTables) -> dict[str, Digit]:
    """Origin group -> its digit."""
    mine = links.members_of(origins)
    relations = links.weighed(member.claim for member in mine)
    members = {each.claim: each for each in (*links.members(end for one in relations for end in (one.a, one.b)), *mine)}
    judged = links.plausibility(member.claim for member in mine)
    own, touching = _by_origin(mine, relations, members)
    return {
        origin: digit(
            standing(
                origin,
                _known(own[origin], touching[origin], members),
                touching[origin],
                context=_context(links, own[origin]),
            ),
            tables,
            max((judged[one.claim] for one in own[origin] if one.claim in judged), default=_NOT_JUDGED)[1],
        )
        for origin in sorted(own)
    }


_NOT_JUDGED = (0, Plausibility.UNKNOWN)


def _by_origin(
    mine: Sequence[Member], relations: Iterable[Relation], members: Mapping[str, Member]
) -> tuple[dict[str, list[Member]], dict[str, list[Relation]]]:
    """Origin group -> its claims, and the relations that touch one of them."""
    own, touching = defaultdict(list), defaultdict(list)
    for member in mine:
        own[member.origin].append(member)
    for one in relations:
        if one.a in members and one.b in members:
            for origin in {members[one.a].origin, members[one.b].origin}:
                touching[origin].append(one)
    return own, touching


def _known(own: Iterable[Member], relations: Iterable[Relation], members: Mapping[str, Member]) -> dict[str, Graded]:
    """The claims of a group and those at the other end of its relations, as grading knows them."""
    ends = (members[end] for one in relations for end in (one.a, one.b))
    return {
        each.claim: Graded(each.claim, each.origin, each.end_key, each.end_name, each.sourced)
        for each in chain(own, ends)
    }


def _context(links: Links, mine: Sequence[Member]) -> Context:
    """What other origins say on the subject of a group; its subject is that of the first claim that has one."""
    first = min((member for member in mine if member.subject), key=lambda member: member.claim, default=None)
    if first is None or first.subject is None:
        return Context.NONE
    speaking = links.subject_groups(first.subject)
    others = {polarity for other, said in speaking.items() if other != first.origin for polarity in said}
    return context(first.polarity, others)
