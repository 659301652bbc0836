"""Grades of a ledger's claims: digits kept in step with links and verdicts, and whole grades made of what is kept.

A digit belongs to an origin group and is kept; what a change bears upon is graded anew, and no more. A letter belongs to a source
and is worked out when it is asked for, since one judgement may change it for thousands of claims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice

from bywhom.grading import (
    GradingTables,
    Judged,
    Policy,
    backed,
    circled,
    context,
    digit,
    elements,
    flags,
    groups,
    interest,
    letter,
    name_key,
    overruled_digit,
    overruled_letter,
    publisher_end,
    standing,
)
from bywhom.grading import Member as Graded
from bywhom.ledger import BY_REVIEWER, Basis, JudgedItem, Ledger, LedgerClaim, Links, Member
from bywhom.records import (
    Act,
    Context,
    Digit,
    Grade,
    Letter,
    OriginGroup,
    Plausibility,
    Polarity,
    Relation,
    Reliability,
    SubjectKind,
    Told,
    Verdict,
)

__all__ = ["Grader", "Policy", "graded", "letters", "name_key", "regrade"]


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
    inside = _with_circles(links, [one for one in relations if one.a in members and one.b in members], members)
    grouped = groups(members, inside, {one.claim: one.end_key for one in members.values()})
    moved = {claim: origin for claim, origin in grouped.items() if members[claim].origin != origin}
    links.regroup(moved)
    around = {end for one in relations for end in (one.a, one.b)}
    origins = set(grouped.values()) | {member.origin for member in links.members(around)}
    told = set(subjects)
    speaking = links.speaking(about for about, _ in told)
    for about, polarity in told:
        origins |= _swayed(speaking.get(about, {}), polarity)
    was = {members[claim].origin for claim in moved} | set(gone)
    links.grade(_digits(links, origins, tables), was)


def _with_circles(links: Links, relations: Sequence[Relation], members: Mapping[str, Member]) -> list[Relation]:
    """The relations, those of outlets that cite one another in a circle as such: what any two of them say is no origin."""
    cited = {one.claim: (one.publisher_key, one.end_key) for one in members.values() if one.sourced}
    found = circled(cited, [one for one in relations if one.rule != BY_REVIEWER])
    links.recast(found)
    known = {(one.a, one.b, one.type): one for one in found}
    return [known.get((one.a, one.b, one.type), one) for one in relations]


def _swayed(speaking: Mapping[str, set[Polarity]], polarity: Polarity) -> set[str]:
    """The groups for which one more or one less that says so on their subject makes a difference: all, or none."""
    return set(speaking) if sum(polarity in said for said in speaking.values()) <= 2 else set()


def _digits(links: Links, origins: Iterable[str], tables: GradingTables) -> dict[str, Digit]:
    """Origin group -> its digit."""
    mine = links.members_of(origins)
    ids = [member.claim for member in mine]
    found, parted = links.weighed(ids), links.parted(ids)
    ends = {end for pair in (*((one.a, one.b) for one in found), *parted) for end in pair}
    members = {each.claim: each for each in (*links.members(ends), *mine)}
    relations = _kept(found, parted, members)
    judged = links.plausibility(ids)
    own, touching = _by_origin(mine, relations, members)
    contexts = _contexts(links, own)
    return {
        origin: digit(
            standing(
                origin,
                _known(own[origin], touching[origin], members),
                touching[origin],
                context=contexts[origin],
            ),
            tables,
            max((judged[one.claim] for one in own[origin] if one.claim in judged), default=_NOT_JUDGED)[1],
        )
        for origin in sorted(own)
    }


def _kept(
    relations: Iterable[Relation], parted: Iterable[tuple[str, str]], members: Mapping[str, Member]
) -> list[Relation]:
    """The relations without those between origins that a person has parted: what is said of one copy holds for all."""
    apart = {_origins(a, b, members) for a, b in parted}
    return [one for one in relations if one.rule == BY_REVIEWER or _origins(one.a, one.b, members) not in apart]


def _origins(a: str, b: str, members: Mapping[str, Member]) -> frozenset[str]:
    return frozenset(members[one].origin if one in members else one for one in (a, b))


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


def _contexts(links: Links, own: Mapping[str, Sequence[Member]]) -> dict[str, Context]:
    """What other origins say on the subject of each group; its subject is that of the first claim that has one."""
    first = {origin: _with_subject(mine) for origin, mine in own.items()}
    speaking = links.speaking(one.subject for one in first.values() if one and one.subject)
    return {origin: _context(one, speaking) if one else Context.NONE for origin, one in first.items()}


def _with_subject(mine: Sequence[Member]) -> Member | None:
    return min((member for member in mine if member.subject), key=lambda member: member.claim, default=None)


def _context(one: Member, speaking: Mapping[str, Mapping[str, set[Polarity]]]) -> Context:
    said = speaking.get(one.subject or "", {})
    others = {polarity for origin, each in said.items() if origin != one.origin for polarity in each}
    return context(one.polarity, others)


# Whole grades ---------------------------------------------------------------------------------------------------------

PAGE = 250


def graded(
    ledger: Ledger,
    found: Iterable[LedgerClaim],
    *,
    tables: GradingTables | None = None,
    policy: Policy = Policy.STANDARD,
) -> Iterator[LedgerClaim]:
    """The claims with their grades; those that are not linked yet, or that a person rejected, have none."""
    grader = Grader(ledger, tables or GradingTables.load(), policy)
    rest = iter(found)
    while page := list(islice(rest, PAGE)):
        yield from grader.graded(page)


def letters(ledger: Ledger, tables: GradingTables | None = None) -> dict[str, frozenset[str]]:
    """Letter -> the keys of the sources that have it; a source that is in none has F."""
    tables = tables or GradingTables.load()
    by_end, _ = _records(ledger.judged_items())
    found: dict[str, set[str]] = defaultdict(set)
    made = {key: letter(Judged(key, record), tables).value for key, record in by_end.items()}
    wholes = _wholes(ledger)
    set_by_hand = {
        key: Reliability(verdict.value or "F")
        for verdict in ledger.in_force(SubjectKind.SOURCE)
        if verdict.act is Act.SET
        for key in _meant(verdict.subject.ids[0], wholes)
    }
    for key, value in (made | set_by_hand).items():
        if value is not Reliability.F:
            found[value.value].add(key)
    return {value: frozenset(keys) for value, keys in sorted(found.items())}


class Grader:
    """What makes grades of what a ledger keeps. It sees the judgements that were there when it was made."""

    def __init__(self, ledger: Ledger, tables: GradingTables, policy: Policy = Policy.STANDARD) -> None:
        self._ledger, self._tables, self._policy = ledger, tables, policy
        self._by_end, self._by_publisher = _records(ledger.judged_items())
        self._wholes = _wholes(ledger)

    def graded(self, page: Sequence[LedgerClaim]) -> list[LedgerClaim]:
        """The same claims with their grades."""
        bases = self._ledger.bases([each.claim.id for each in page if not each.rejected])
        keys = {key for basis in bases.values() for key in (basis.member.end_key, basis.member.publisher_key) if key}
        given = self._given(keys)
        if self._policy is Policy.HR2:
            bases = self._with_letters(bases)
        return [
            replace(each, grade=self._grade(each, bases[each.claim.id], given)) if each.claim.id in bases else each
            for each in page
        ]

    def _with_letters(self, bases: Mapping[str, Basis]) -> dict[str, Basis]:
        """The same with the letters of the origins that bear each other out: what HR-2 asks for beyond their number."""
        stands = [basis.digit.standing for basis in bases.values() if basis.digit.standing.independent]
        known = self._letters_of({one.id for stand in stands for one in (stand.own, *stand.independent)})
        return {claim: replace(basis, digit=_lettered(basis.digit, known)) for claim, basis in bases.items()}

    def _letters_of(self, origins: Iterable[str]) -> dict[str, Reliability]:
        """Origin group -> the best letter of those who answer for it: a worse one who says the same takes nothing away.

        Whoever printed it without naming its source answers only where no claim of the group names one.
        """
        found: dict[str, list[tuple[bool, str]]] = defaultdict(list)
        members = self._ledger.answering(origins)
        given = self._given({member.end_key for member, _ in members if member.end_key})
        for member, judged in members:
            own = _set(judged, "reliability")
            value = own.value if own else self._letter(member.end_key, member.end_name, self._by_end, given).value
            found[member.origin].append((not member.sourced, value or Reliability.F.value))
        best = {origin: [value for unnamed, value in each if unnamed == min(each)[0]] for origin, each in found.items()}
        return {origin: Reliability(min(values)) for origin, values in best.items()}

    def _given(self, keys: Iterable[str]) -> dict[str, Verdict]:
        """Key of a name -> the last letter that a person gave it, or a name that was put together with it."""
        names = {key: (key, *self._wholes.get(key, ())) for key in keys}
        given = self._ledger.letters_set(sorted({one for each in names.values() for one in each}))
        found = {key: [given[one] for one in each if one in given] for key, each in names.items()}
        return {key: max(each, key=lambda verdict: verdict.seq) for key, each in found.items() if each}

    def _grade(self, found: LedgerClaim, basis: Basis, given: Mapping[str, Verdict]) -> Grade:
        publisher = publisher_end(Told(found.claim, found.document, found.publisher), self._tables)
        return Grade(
            claim=found.claim.id,
            source=self._source(basis, given),
            publisher=self._letter(publisher.key, publisher.name, self._by_publisher, given),
            digit=self._digit(found, basis),
            interest=interest(found.claim, self._tables),
            flags=flags(found.claim),
        )

    def _source(self, basis: Basis, given: Mapping[str, Verdict]) -> Letter:
        own = _set(basis.verdicts, "reliability")
        made = self._letter(basis.member.end_key, basis.member.end_name, self._by_end, given)
        return overruled_letter(made, Reliability(own.value or "F"), own.by, own.reason) if own else made

    def _letter(
        self, key: str, name: str | None, records: Mapping[str, tuple[bool, ...]], given: Mapping[str, Verdict]
    ) -> Letter:
        made = letter(Judged(name or None, records.get(key, ()), nobody=not key), self._tables)
        verdict = given.get(key) if key else None
        return (
            overruled_letter(made, Reliability(verdict.value or "F"), verdict.by, verdict.reason) if verdict else made
        )

    def _digit(self, found: LedgerClaim, basis: Basis) -> Digit:
        made = basis.digit
        if self._policy is Policy.HR2:
            made = self._under_hr2(found, made)
        verdict = _set(basis.verdicts, "credibility")
        return overruled_digit(made, int(verdict.value or 0), verdict.by, verdict.reason) if verdict else made

    def _under_hr2(self, found: LedgerClaim, made: Digit) -> Digit:
        """The digit where every element has to be told twice: what the agreeing origins tell is read from their claims."""
        agreeing = tuple(self._backing(found, one) for one in made.standing.agreeing)
        stand = replace(made.standing, agreeing=agreeing, elements=elements(found.claim))
        return digit(stand, self._tables, made.plausibility, self._policy)

    def _backing(self, found: LedgerClaim, one: OriginGroup) -> OriginGroup:
        told = self._ledger.told_group(one.id, PAGE)
        return replace(one, backs=tuple(sorted({each for other in told for each in backed(found.claim, other.claim)})))


def _wholes(ledger: Ledger) -> dict[str, frozenset[str]]:
    """Key of the name under which several go -> the keys of the names that were given up for it."""
    return {name_key(name): frozenset(map(name_key, names)) for name, names in ledger.absorbed().items()}


def _meant(key: str, wholes: Mapping[str, frozenset[str]]) -> list[str]:
    """The keys for which a letter counts that was set on one name."""
    return [key, *(whole for whole, names in wholes.items() if key in names)]


def _lettered(made: Digit, known: Mapping[str, Reliability]) -> Digit:
    """The digit with the letters of its origins, as far as they are known."""
    stand = made.standing
    agreeing = tuple(replace(one, reliability=known.get(one.id)) for one in stand.agreeing)
    own = replace(stand.own, reliability=known.get(stand.own.id))
    return replace(made, standing=replace(stand, own=own, agreeing=agreeing))


def _set(verdicts: Iterable[Verdict], field: str) -> Verdict | None:
    """The last verdict that puts something into a field."""
    found = [verdict for verdict in verdicts if verdict.field == field and verdict.act is Act.SET and verdict.value]
    return found[-1] if found else None


def _records(items: Iterable[JudgedItem]) -> tuple[dict[str, tuple[bool, ...]], dict[str, tuple[bool, ...]]]:
    """What was judged of each source, and of what each publisher printed, the oldest first."""
    by_end: dict[str, list[bool]] = defaultdict(list)
    by_publisher: dict[str, list[bool]] = defaultdict(list)
    for item in items:
        by_end[item.end_key].append(item.valid)
        by_publisher[item.publisher_key].append(item.valid)
    return _frozen(by_end), _frozen(by_publisher)


def _frozen(records: Mapping[str, list[bool]]) -> dict[str, tuple[bool, ...]]:
    return {key: tuple(record) for key, record in records.items() if key}
