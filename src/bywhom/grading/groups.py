"""Claims grouped by the word they rest on: what grading counts instead of reports.

A group is closed over same_origin: claims that rest on one word, and those that show no second. A claim without a source that
is tied to two voices who are independent of each other stays by itself: it must not make one of two. A claim that only
may rest on another's word is no support for it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bywhom.grading.tables import GradingTables
from bywhom.records import Claim, EventType, Modality, Polarity, Quantity, SourceKind
from bywhom.records.grade import Context, OriginGroup, Standing
from bywhom.records.relation import Independence, Relation, RelationType, Told

_WORD = re.compile(r"\w+")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
CELL_DEGREES = 0.5
WINDOW_DAYS = 8


@dataclass(frozen=True, slots=True)
class End:
    """Who stands at the end of a chain."""

    key: str  # the same for the same name; empty where nobody can be told from others
    name: str | None
    nobody: bool  # anonymous or collective


def chain_end(told: Told, tables: GradingTables, *, pinned: bool = False) -> End:
    """Who answers for a claim in the end: its source, else the last hand it came through, else its publisher.

    `pinned`: a reviewer named the source, be it by a pseudonym; then it is somebody in particular.
    """
    said = told.claim.attribution
    if said.chain:
        last = said.chain[-1]
        if pinned and last.name:
            return End(name_key(last.name), last.name, nobody=False)
        return _end(last.name, last.kind, tables)
    return _end(told.publisher, SourceKind.PUBLISHER, tables)


def publisher_end(told: Told, tables: GradingTables) -> End:
    """Who published it."""
    return _end(told.publisher, SourceKind.PUBLISHER, tables)


def _end(name: str | None, kind: SourceKind, tables: GradingTables) -> End:
    key = name_key(name or "")
    if not key or kind is SourceKind.ANONYMOUS or (kind not in _NAMED and is_collective(name or "", tables)):
        return End("", name, nobody=True)
    return End(key, name, nobody=False)


_NAMED = frozenset([SourceKind.PUBLISHER, SourceKind.MEDIA, SourceKind.DOCUMENT])


def name_key(name: str) -> str:
    """A name without case, accents and a leading article: what is the same here is the same source."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    words = _WORD.findall("".join(letter for letter in letters if not unicodedata.combining(letter)))
    return " ".join(words[1:] if words[:1] in (["the"], ["a"], ["an"]) else words)


def is_collective(name: str, tables: GradingTables) -> bool:
    """Whether a name is nobody in particular: "Ukrainian officials", "residents of the upper town", "a cook"."""
    words = _WORD.findall(name)
    stop = next((at for at, word in enumerate(words) if word.casefold() in tables.table.prepositions), len(words))
    head = (words[:stop] or words)[-1].casefold()
    naming = words[1:] if words[0].casefold() in tables.determiners else words
    return head in tables.collective or not any(word[:1].isupper() for word in naming)


# Grouping ------------------------------------------------------------------------------------------------------------


def groups(claims: Iterable[str], relations: Iterable[Relation], ends: Mapping[str, str]) -> dict[str, str]:
    """Claim -> its group, by the least claim id in it. `ends` holds the keys of chain ends.

    The relations must hold all that touch the claims' families; their order, and that of the claims, changes nothing.
    """
    relations = list(relations)
    sure, loose = _Sets(claims), _Sets(claims)
    for one in relations:
        if is_one_word(one, ends):
            sure.join(one.a, one.b)
        if one.type is RelationType.SAME_ORIGIN:
            loose.join(one.a, one.b)
    for a, b in list(sure.pairs()):
        loose.join(a, b)
    torn = _torn(relations, sure, loose)
    return {one: (sure if loose.of(one) in torn else loose).of(one) for one in sorted(sure.members())}


def is_one_word(one: Relation, ends: Mapping[str, str]) -> bool:
    """Whether two claims surely rest on one word: said to, or both end with one speaker and say the same."""
    if one.type is RelationType.SAME_ORIGIN:
        return one.independence is Independence.DEPENDENT
    end = ends.get(one.a, "")
    return one.type is RelationType.CORROBORATES and bool(end) and end == ends.get(one.b)


def _torn(relations: Iterable[Relation], sure: _Sets, loose: _Sets) -> frozenset[str]:
    """The loose groups that hold two words: inside them somebody corroborates or contradicts somebody else."""
    found = set()
    for one in relations:
        if one.type in _APART and sure.of(one.a) != sure.of(one.b) and loose.of(one.a) == loose.of(one.b):
            found.add(loose.of(one.a))
    return frozenset(found)


_APART = frozenset([RelationType.CORROBORATES, RelationType.CONTRADICTS])


class _Sets:
    """Disjoint sets of claims, each named by its least member whatever the order of joining."""

    def __init__(self, claims: Iterable[str]) -> None:
        self._up = {one: one for one in claims}

    def members(self) -> Iterator[str]:
        return iter(self._up)

    def pairs(self) -> Iterator[tuple[str, str]]:
        return ((one, self.of(one)) for one in self._up)

    def of(self, one: str) -> str:
        root = self._up.setdefault(one, one)
        while root != self._up[root]:
            root = self._up[root]
        while self._up[one] != root:
            self._up[one], one = root, self._up[one]
        return root

    def join(self, a: str, b: str) -> None:
        least, other = sorted((self.of(a), self.of(b)))
        self._up[other] = least


# Circles -------------------------------------------------------------------------------------------------------------

CIRCLE = "origin_not_found"  # as linking calls it where two show it by themselves
Node = tuple[str, str]  # a group of claims that tell one matter, and an outlet


def circled(cited: Mapping[str, Node], relations: Iterable[Relation]) -> list[Relation]:
    """The relations of outlets that cite one another in a circle, by what they come to: none of them is an origin.

    `cited`: claim -> the keys of its publisher and of its source. Of three or more no two show it by themselves. A copy stays a
    copy; who was taken for independent is not.
    """
    relations = [one for one in relations if one.type in (RelationType.SAME_ORIGIN, RelationType.CORROBORATES)]
    inside = _round(_outlets(cited, relations))
    found = [one for one in relations if one.a in inside and one.b in inside]
    return [replace(one, independence=_at_most_unknown(one), rule=CIRCLE) for one in found if one.rule != CIRCLE]


def _at_most_unknown(one: Relation) -> Independence:
    return Independence.UNKNOWN if one.independence is Independence.INDEPENDENT else one.independence


def _outlets(cited: Mapping[str, Node], relations: Iterable[Relation]) -> dict[str, tuple[Node, Node]]:
    """Claim -> who published it and whom that one cites, for those who cite another publisher of the same matter."""
    publishers = {publisher for publisher, _ in cited.values() if publisher}
    citing = {claim: each for claim, each in cited.items() if each[0] and each[0] != each[1] and each[1] in publishers}
    matters = _Sets(citing)
    for one in relations:
        if one.a in citing and one.b in citing:
            matters.join(one.a, one.b)
    return {claim: ((matters.of(claim), a), (matters.of(claim), b)) for claim, (a, b) in citing.items()}


def _round(cites: Mapping[str, tuple[Node, Node]]) -> frozenset[str]:
    """The claims that are left once all are taken out whose outlet nobody left cites, or that cite nobody left: each once."""
    published, cited = (Counter(each[end] for each in cites.values()) for end in (0, 1))
    of_outlet, citing = defaultdict[Node, list[str]](list), defaultdict[Node, list[str]](list)
    for claim, (outlet, other) in cites.items():
        of_outlet[outlet].append(claim)
        citing[other].append(claim)
    left, waiting = set(cites), deque(cites)
    while waiting:
        claim = waiting.popleft()
        outlet, other = cites[claim]
        if claim not in left or (published[other] and cited[outlet]):
            continue
        left.discard(claim)
        published[outlet] -= 1
        cited[other] -= 1
        waiting.extend(() if published[outlet] else citing[outlet])
        waiting.extend(() if cited[other] else of_outlet[other])
    return frozenset(left)


# Standing ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Member:
    """What grading must know of a claim: its group, and who stands at the end of its chain."""

    claim: str
    group: str
    end: str = ""  # key of a name; empty where nobody can be told from others
    name: str | None = None
    sourced: bool = True  # False: the publisher's own voice, which may rest on anybody's word


def standing(
    group: str,
    members: Mapping[str, Member],
    relations: Iterable[Relation],
    *,
    sizes: Mapping[str, int] | None = None,
    context: Context = Context.NONE,
    elements: Sequence[str] = (),
    backs: Mapping[str, Sequence[str]] | None = None,
) -> Standing:
    """What stands for and against one group: `relations` are those of its claims, `members` knows both ends of each."""
    sizes, backs = sizes or {}, backs or {}
    mine = [member for member in members.values() if member.group == group]
    own = frozenset(member.end for member in mine if member.end)
    found: dict[str, _Side] = {}
    relations = list(relations)
    for one in relations:
        other = _other(one, group, members)
        if other is None or (other.end and other.end in own):
            continue
        side = found.setdefault(other.end or other.group, _Side(other))
        side.note(one, other)
    for tied in () if any(member.sourced for member in mine) else _ties(group, members, relations):
        found.setdefault(tied.end or tied.group, _Side(tied)).tied = True
    shown = [side.shown(sizes, backs) for _, side in sorted(found.items())]
    agreeing = tuple(one for side, one in shown if side == "for")
    opposed = tuple(one for side, one in shown if side == "against")
    return Standing(_own(group, mine, sizes), agreeing, opposed, context, tuple(elements))


def _other(one: Relation, group: str, members: Mapping[str, Member]) -> Member | None:
    """The member of another group that a relation is about; None where it says nothing for or against."""
    if one.type not in _APART or (one.type is RelationType.CONTRADICTS and one.independence is Independence.DEPENDENT):
        return None  # who contradicts himself revises his word
    a, b = members[one.a], members[one.b]
    if a.group == b.group or group not in (a.group, b.group):
        return None
    return b if a.group == group else a


def _ties(group: str, members: Mapping[str, Member], relations: Iterable[Relation]) -> Iterator[Member]:
    """Those whose word a group without a known source may rest on, where they are several: each may be another."""
    for one in relations:
        if one.type is RelationType.SAME_ORIGIN and one.independence is Independence.UNKNOWN:
            a, b = members[one.a], members[one.b]
            if a.group != b.group and group in (a.group, b.group):
                yield b if a.group == group else a


class _Side:
    """What one other origin is to the group that is graded."""

    def __init__(self, first: Member) -> None:
        self.names = {first.name} - {None}
        self.ids = {first.group}
        self.independent = self.against = self.agrees = self.tied = False

    def note(self, one: Relation, other: Member) -> None:
        self.names |= {other.name} - {None}
        self.ids.add(other.group)
        self.against = self.against or one.type is RelationType.CONTRADICTS
        self.agrees = self.agrees or one.type is RelationType.CORROBORATES
        self.independent = self.independent or (
            one.type is RelationType.CORROBORATES and one.independence is Independence.INDEPENDENT
        )

    def shown(self, sizes: Mapping[str, int], backs: Mapping[str, Sequence[str]]) -> tuple[str, OriginGroup]:
        independence = Independence.INDEPENDENT if self.independent else Independence.UNKNOWN
        told = sorted({element for one in self.ids for element in backs.get(one, ())})
        name = min((name for name in self.names if name), default=None)
        group = OriginGroup(min(self.ids), name, independence, sum(sizes.get(one, 1) for one in self.ids), tuple(told))
        return ("against" if self.against else "for"), group


def _own(group: str, mine: Sequence[Member], sizes: Mapping[str, int]) -> OriginGroup:
    """The graded group, named after its source; after its publisher only where no claim of it has a source."""
    names = sorted((not member.sourced, member.name) for member in mine if member.name and member.end)
    name = names[0][1] if names else None
    return OriginGroup(group, name, Independence.DEPENDENT, sizes.get(group, max(1, len(mine))))


# Subject and elements ------------------------------------------------------------------------------------------------


def subject(told: Told) -> str | None:
    """What a claim is about, coarsely: type of event, half a degree, eight days. None where that says too little."""
    claim = told.claim
    place, kind = claim.place, claim.event.type
    day = _day(claim.time.value if claim.time else told.published or "")
    if kind is EventType.OTHER or claim.modality is not Modality.ACTUAL or day is None:
        return None
    if place is None or place.lat is None or place.lon is None or (place.radius_km or 0) > 60:
        return None
    return f"{kind.value} {place.lat // CELL_DEGREES:.0f} {place.lon // CELL_DEGREES:.0f} {day // WINDOW_DAYS}"


def _day(value: str) -> int | None:
    match = _DAY.match(value)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).toordinal() if match else None
    except ValueError:  # the thirty-first of June
        return None


def context(polarity: Polarity, others: Iterable[Polarity]) -> Context:
    """How what other origins say on the subject fits, by whether they say that such a thing happened."""
    found = {other is polarity for other in others}
    if not found:
        return Context.NONE
    if found == {True, False}:
        return Context.PARTLY
    return Context.FULLY if found == {True} else Context.AT_ODDS


def elements(claim: Claim) -> tuple[str, ...]:
    """What a claim states: each has to be told by two origins under HR-2."""
    parts = {
        "actors": bool(claim.event.actors),
        "event": claim.event.type is not EventType.OTHER,
        "place": claim.place is not None and claim.place.name is not None,
        "quantities": bool(claim.quantities),
        "time": claim.time is not None,
    }
    return tuple(name for name, there in parts.items() if there)


def backed(claim: Claim, other: Claim) -> tuple[str, ...]:
    """The elements of a claim that another, which agrees with it, tells too."""
    return tuple(name for name in elements(claim) if _tells(name, claim, other))


def _tells(element: str, claim: Claim, other: Claim) -> bool:
    if element == "event":
        return claim.event.type is other.event.type
    if element == "actors":
        return bool(_actor_words(claim) & _actor_words(other))
    if element == "place":
        return _place_name(claim) == _place_name(other)
    if element == "time":
        return bool(other.time and claim.time and _overlap(claim.time.value, other.time.value))
    return any(_meet(one, each) for one in claim.quantities for each in other.quantities)


def _actor_words(claim: Claim) -> frozenset[str]:
    words = (word for actor in claim.event.actors for word in name_key(actor.name).split())
    return frozenset(word for word in words if len(word) > 3)


def _place_name(claim: Claim) -> str | None:
    return claim.place.name if claim.place else None


def _overlap(a: str, b: str) -> bool:
    """Whether two ISO 8601 values of any precision share a day: as strings, a shorter one begins all of its days."""
    (low, high), (other_low, other_high) = _bounds(a), _bounds(b)
    return low <= other_high and other_low <= high


def _bounds(value: str) -> tuple[str, str]:
    first, _, last = value.partition("/")
    return first, (last or first) + "~"


def _meet(a: Quantity, b: Quantity) -> bool:
    low, high = max(_low(a), _low(b)), min(_high(a), _high(b))
    return low <= high


def _low(one: Quantity) -> float:
    return one.low if one.low is not None else float("-inf")


def _high(one: Quantity) -> float:
    return one.high if one.high is not None else float("inf")
