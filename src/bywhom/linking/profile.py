"""What is compared of a claim, worked out once: its words, names, counts, days and speaker."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from math import log

from bywhom.linking.speakers import Speaker, speaker_of
from bywhom.linking.tables import LinkingTables
from bywhom.linking.words import folded, runs, stem
from bywhom.records import Actor, Claim, Place, PlaceOutcome, Quantity, Role, Told

Days = tuple[int, int]  # first and last day, as ordinals
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_CAPITAL = re.compile(r"(?<![.!?“\"‘'] )(?<!^)\b[A-Z][\w’'-]+")
_NEGATORS = frozenset(["not", "no", "never", "none", "nobody", "nothing", "without", "neither", "nor", "cannot", "didnt", "dont",
                        "doesnt", "isnt", "arent", "wasnt", "werent", "wont", "havent", "hasnt", "hadnt"])  # fmt: skip
_PART_BEFORE = re.compile(
    r"\b((including|(?:killed|dead|wounded|injured|victims|casualties) included|among|them|of whom|the)\s|most of (the|them|those)\b[\w\s]{0,12}\W{1,3}|among [\w\s]{1,20}\b(was|were) )$",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(
    r"\s(of (the|them|those|whom|its|his|her|their))\b|(\s\w+){1,3} (were|was) among ", re.IGNORECASE
)
_MORE_BEFORE = re.compile(r"\b(another|other|further|additional)\s$", re.IGNORECASE)
_MORE_AFTER = re.compile(r"\s(more|others?|further|additional)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Count:
    """A quantity, what befell the counted, and who they are."""

    quantity: Quantity
    state: str  # "killed"; empty where the words name none
    counted: str  # "person", "civilian", or the stem of another noun
    part: (
        bool  # words say that it counts some of a larger number, or further ones: "15 of the wounded", "another three"
    )

    @property
    def low(self) -> float:
        return self.quantity.low if self.quantity.low is not None else 0.0

    @property
    def high(self) -> float:
        return self.quantity.high if self.quantity.high is not None else float("inf")


@dataclass(frozen=True, slots=True)
class Profile:
    """One claim, ready to be compared."""

    told: Told
    words: dict[str, float]  # stem or concept -> weight
    total: float  # of all weights
    title: dict[str, float]  # the same for the title of the report
    shingles: frozenset[tuple[str, ...]]
    length: int  # words in all
    wording: str  # folded: equal for copies
    names: frozenset[str]
    counts: tuple[Count, ...]
    agents: frozenset[str]
    targets: frozenset[str]
    nations: frozenset[str]
    families: frozenset[str]
    point: tuple[float, float, float] | None  # latitude, longitude, radius in kilometres
    days: Days | None
    published: Days | None
    speaker: Speaker
    negated: bool  # a word of negation stands in it
    among: dict[str, float]  # word -> how much it sets this claim apart from the other claims of its report
    further: bool  # words say that it is one more of its kind, or a sum of several
    means: frozenset[str]  # by what was attacked: from the air, by shells, by a bomb

    @property
    def id(self) -> str:
        return self.told.claim.id

    @property
    def report(self) -> str:
        return self.told.claim.document_id

    @property
    def order(self) -> tuple[int, str]:
        """Where it stands in time: the same whatever order reports come in."""
        days = self.days or self.published
        return (days[0] if days else 0, self.id)


def profile(told: Told, tables: LinkingTables) -> Profile:
    """What linking compares of a claim."""
    claim = told.claim
    spoken = folded(claim.text)
    names = _names(claim.text)
    words = _weighted(spoken, names, _where(claim.place), tables)
    kind = claim.event.type.value
    return Profile(
        told=told,
        words=words,
        total=sum(words.values()),
        title=_weighted(folded(told.title), frozenset(), frozenset(), tables) if told.title else {},
        shingles=runs(spoken, 3),
        length=len(spoken),
        wording=" ".join(spoken),
        names=names,
        counts=tuple(count for one in claim.quantities if (count := _count(one, claim, tables))),
        agents=_actors(claim.event.actors, Role.AGENT, tables),
        targets=_actors(claim.event.actors, Role.TARGET, tables),
        nations=frozenset(tables.nation_words[word] for word in spoken if word in tables.nation_words),
        families=tables.families.get(kind, frozenset([kind])),
        point=_point(claim.place),
        days=days_of(claim.time.value) if claim.time else None,
        published=days_of(told.published) if told.published else None,
        speaker=speaker_of(told, tables),
        negated=not _NEGATORS.isdisjoint(spoken),
        among={},
        further=not tables.further.isdisjoint(spoken)
        or spoken[:1] in (["other"], ["others"], ["also"])
        or "in addition" in " ".join(spoken),
        means=frozenset(tables.means[root] for word in spoken if (root := stem(word)) in tables.means),
    )


def among(profiles: Iterable[Profile]) -> list[Profile]:
    """The profiles in their order, each with how rare its words are among the claims of its report that are given."""
    by_report: dict[str, list[Profile]] = defaultdict(list)
    kept = list(profiles)
    for one in kept:
        by_report[one.report].append(one)
    counted = {report: Counter(word for one in group for word in one.words) for report, group in by_report.items()}
    return [_set_apart(one, counted[one.report], len(by_report[one.report])) for one in kept]


def _set_apart(one: Profile, counted: Counter[str], claims: int) -> Profile:
    return replace(one, among={word: log((claims + 1) / counted[word]) for word in one.words})


def _names(text: str) -> frozenset[str]:
    """The capitalised words that open no sentence; none in a text that is all capitals."""
    if text.isupper():
        return frozenset()
    return frozenset(stem(word) for found in _CAPITAL.findall(text) for word in folded(found))


def _where(place: Place | None) -> frozenset[str]:
    """The words that name the place: it is compared as a place, so as words they say little."""
    if place is None:
        return frozenset()
    named = (place.mention.text, place.name, place.region)
    return frozenset(stem(word) for name in named if name for word in folded(name))


def _weighted(
    spoken: list[str], names: frozenset[str], where: frozenset[str], tables: LinkingTables
) -> dict[str, float]:
    weights: dict[str, float] = {}
    for word in spoken:
        if word in tables.function_words:
            continue
        root = stem(word)
        concept = tables.concepts.get(root, root)
        common = root in where
        weights[concept] = tables.thresholds.common if common else _weight(concept, root, word, names, tables)
    return weights


def _weight(concept: str, root: str, word: str, names: frozenset[str], tables: LinkingTables) -> float:
    if concept in tables.common or root in tables.common or word in tables.nation_words:
        return tables.thresholds.common
    return 2.0 if root in names else 1.0


def _actors(actors: tuple[Actor, ...], role: Role, tables: LinkingTables) -> frozenset[str]:
    found = [stem(word) for actor in actors if actor.role is role for word in folded(actor.name)]
    return frozenset(tables.concepts.get(word, word) for word in found if word not in tables.function_words)


def _point(place: Place | None) -> tuple[float, float, float] | None:
    """A country is no place of an event: its middle says nothing."""
    if place is None or place.lat is None or place.lon is None or place.outcome is PlaceOutcome.COUNTRY:
        return None
    return place.lat, place.lon, place.radius_km or 10.0


def _count(quantity: Quantity, claim: Claim, tables: LinkingTables) -> Count | None:
    """What a quantity counts; None for measures and for numbers that count nothing."""
    unit = folded(quantity.unit)
    if not unit or any(word in tables.measures for word in unit):
        return None
    state = next((tables.states[word] for word in unit if word in tables.states), "")
    who = next((tables.counted[word] for word in unit if word in tables.counted), "")
    rest = [word for word in unit if word not in tables.states and word not in tables.nation_words]
    if not who and not state and not rest:
        return None
    return Count(
        quantity, state, who or (stem(rest[-1]) if rest else tables.everybody), _part(quantity, claim, state, tables)
    )


def _part(quantity: Quantity, claim: Claim, state: str, tables: LinkingTables) -> bool:
    """Whether the words around a number make it a part or an addition.

    "Three killed and nine others wounded" adds nobody to the wounded: the others are others than the dead.
    """
    before, after = _around(claim, quantity)
    if _of_a_whole(claim, quantity):
        return True
    added = _MORE_BEFORE.search(before) or _MORE_AFTER.match(after)
    return bool(added) and not _after_another_state(quantity, claim, state, tables)


def _of_a_whole(claim: Claim, quantity: Quantity) -> bool:
    """Whether the words around a number name the larger one that it is a part of."""
    before, after = _around(claim, quantity)
    return bool(_PART_BEFORE.search(before) or _PART_AFTER.match(after))


def _around(claim: Claim, quantity: Quantity) -> tuple[str, str]:
    """The words before and after a number in its claim."""
    at = _place_in(claim, quantity)
    return claim.text[max(0, at - 32) : at], claim.text[at + len(quantity.mention.text) :][:40]


def _place_in(claim: Claim, quantity: Quantity) -> int:
    """Where the words of a number begin in the text of its claim."""
    at = quantity.mention.start - claim.span.start
    if claim.text[at : at + len(quantity.mention.text)] == quantity.mention.text:
        return at
    return max(0, claim.text.find(quantity.mention.text))


def _after_another_state(quantity: Quantity, claim: Claim, state: str, tables: LinkingTables) -> bool:
    """Whether a claim has told, before this number, how many in all something else befell, and of this nothing."""
    at = _place_in(claim, quantity)
    before = [one for one in claim.quantities if _place_in(claim, one) < at]
    if any(_of_a_whole(claim, one) for one in before):
        return False
    states = {tables.states[word] for one in before for word in folded(one.unit) if word in tables.states}
    return bool(state) and bool(states) and state not in states


def days_of(value: str) -> Days | None:
    """First and last day of an ISO 8601 value of any precision; None where a digit is not known."""
    first, slash, last = value.partition("/")
    if not slash:
        return _days_of_one(first)
    start, end = _days_of_one(first), _days_of_one(last)
    return (start[0], end[1]) if start and end and start[0] <= end[1] else None


def _days_of_one(value: str) -> Days | None:
    match = _DAY.match(value)
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    try:
        first = date(year, month or 1, day or 1)
        end = date(year, month or 12, day or monthrange(year, month or 12)[1])
    except ValueError:  # the thirty-first of June, the thirteenth month
        return None
    return first.toordinal(), end.toordinal()
