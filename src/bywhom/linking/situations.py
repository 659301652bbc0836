"""Situations: the claims about one event or one lasting state of things, and what they come to together.

A pure function over claims and relations. Claims that are one matter (same origin, corroborated, contradicted, refined,
revised, part of a total) are one situation; so are claims of one report that stand at one place, on one day, in one family of
events. Same-source relations join nothing: one speaker speaks of many things.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from itertools import chain

from bywhom.linking.circumstances import kilometres
from bywhom.linking.profile import Count, Profile, profile
from bywhom.linking.tables import LinkingTables
from bywhom.linking.words import folded, stem
from bywhom.records import Moment, PlaceOutcome, Range, Relation, RelationType, Situation, Told

# How the kinds of people of data/linking.yaml are told of.
_MANY = {
    "person": "people",
    "child": "children",
    "woman": "women",
    "civilian": "civilians",
    "soldier": "soldiers",
    "policeman": "policemen",
}
ONE_REPORT = 1500  # characters: beyond, one place and one day in one report may be two events


def situations(items: Sequence[Told], relations: Iterable[Relation], *, tables: LinkingTables) -> tuple[Situation, ...]:
    """The situations that two claims or more tell of, sorted by day and id; the order of the input changes nothing."""
    told = {item.claim.id: item for item in items}
    related = ((one.a, one.b) for one in relations if is_tie(one) and one.a in told and one.b in told)
    groups = grouped(chain(related, scenes(items, tables=tables)))
    found = (situation([told[one] for one in group], tables=tables) for group in groups)
    return tuple(sorted(found, key=in_time))


def in_time(one: Situation) -> tuple[str, str]:
    """Where a situation stands among others."""
    return one.first or "", one.id


def is_tie(one: Relation) -> bool:
    """Whether two claims tell of one situation: one speaker speaks of many things."""
    return one.type is not RelationType.SAME_SOURCE


def grouped(ties: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
    """The claims that are connected, each group sorted. What is held grows with the claims that have a tie, and with nothing else."""
    roots: dict[str, str] = {}

    def root(one: str) -> str:
        while (up := roots.setdefault(one, one)) != one:
            roots[one] = roots[up]
            one = roots[up]
        return one

    for a, b in ties:
        low, high = sorted((root(a), root(b)))
        roots[high] = low
    groups: dict[str, list[str]] = defaultdict(list)
    for one in sorted(roots):
        groups[root(one)].append(one)
    yield from groups.values()


def scenes(items: Iterable[Told], *, tables: LinkingTables) -> Iterator[tuple[str, str]]:
    """The claims that are one situation because they stand close together in a report; all claims of a report come together."""
    yield from _neighbours(profile(item, tables) for item in items)


def situation(items: Iterable[Told], *, tables: LinkingTables) -> Situation:
    """What connected claims come to."""
    return _situation(sorted((profile(item, tables) for item in items), key=_moment), tables)


def _neighbours(profiles: Iterable[Profile]) -> Iterator[tuple[str, str]]:
    """Claims of one report that follow each other closely and tell one family of events at one place on one day."""
    by_report: dict[str, list[Profile]] = defaultdict(list)
    for one in profiles:
        if one.point and one.days and one.days[1] - one.days[0] <= 1 and one.point[2] <= 60:
            by_report[one.report].append(one)
    for members in by_report.values():
        members.sort(key=lambda one: (one.told.claim.span, one.id))
        for at, a in enumerate(members):
            yield from ((a.id, b.id) for b in members[at + 1 : at + 6] if _one_scene(a, b))


def _one_scene(a: Profile, b: Profile) -> bool:
    near = b.told.claim.span.start - a.told.claim.span.end <= ONE_REPORT
    return bool(
        near
        and a.families & b.families
        and a.days == b.days
        and a.point
        and b.point
        and kilometres(a.point, b.point) <= max(5.0, min(a.point[2], b.point[2]))
    )


def _situation(claims: list[Profile], tables: LinkingTables) -> Situation:
    place = _place(claims)
    days = [one.days for one in claims if one.days] or [one.published for one in claims if one.published]
    first, last = (min(d[0] for d in days), max(d[1] for d in days)) if days else (None, None)
    found = place.told.claim.place if place else None
    return Situation(
        id=sha256(min(one.id for one in claims).encode()).hexdigest()[:16],
        claims=tuple(one.id for one in claims),
        place=(found.name or found.mention.text) if found else None,
        lat=found.lat if found else None,
        lon=found.lon if found else None,
        radius_km=found.radius_km if found else None,
        first=_iso(first),
        last=_iso(last),
        lasting=_lasting(claims, first, last, tables),
        ranges=_ranges(claims),
        timeline=tuple(_step(one) for one in claims),
    )


def _lasting(claims: list[Profile], first: int | None, last: int | None, tables: LinkingTables) -> bool:
    types = [one.told.claim.event.type.value for one in claims]
    by_nature = sum(kind in tables.table.lasting for kind in types) * 2 > len(types)
    return by_nature or (first is not None and last is not None and last - first > 7)


def _place(claims: list[Profile]) -> Profile | None:
    """The claim whose place stands for all: of the names told most often, the most exact."""
    located = [one for one in claims if one.point and one.told.claim.place]
    told: dict[str | None, int] = defaultdict(int)
    for one in located:
        told[_name(one)] += 1
    exact = [one for one in located if _outcome(one) is PlaceOutcome.SETTLEMENT] or located
    return min(exact, key=lambda one: (-told[_name(one)], one.point[2] if one.point else 0.0, one.id), default=None)


def _name(one: Profile) -> str | None:
    return one.told.claim.place.name if one.told.claim.place else None


def _outcome(one: Profile) -> PlaceOutcome | None:
    return one.told.claim.place.outcome if one.told.claim.place else None


def _ranges(claims: list[Profile]) -> tuple[Range, ...]:
    """For each thing counted and each side: the least and the most that was said."""
    said: dict[tuple[str, str], list[tuple[Profile, float | None, float | None]]] = defaultdict(list)
    units: dict[tuple[str, str], str] = {}  # the words of the first who counts the same
    for one in claims:
        for count in one.counts:
            unit = units.setdefault((count.counted, count.state), _unit(count))
            said[(unit, _side(one) or "")].append((one, count.quantity.low, count.quantity.high))
    return tuple(_range(unit, side, bounds) for (unit, side), bounds in sorted(said.items(), key=lambda item: item[0]))


def _unit(count: Count) -> str:
    """What is counted, in the plural: "people killed", "tanks destroyed"."""
    worded = (word for word in folded(count.quantity.unit) if stem(word) == count.counted)
    many = _MANY.get(count.counted) or next(worded, count.counted)
    return " ".join(filter(None, (many, count.state)))


def _range(unit: str, side: str, said: list[tuple[Profile, float | None, float | None]]) -> Range:
    numbers = [number for _, low, high in said for number in (low, high) if number is not None]
    open_above = any(high is None for _, _, high in said)
    return Range(
        unit=unit,
        side=side or None,
        low=min(numbers, default=None),
        high=None if open_above and not any(high is not None for _, _, high in said) else max(numbers, default=None),
        claims=tuple(dict.fromkeys(one.id for one, _, _ in said)),
    )


def _side(one: Profile) -> str | None:
    """The government a speaker is an organ of, else his name; nothing for the publisher's own voice."""
    source = one.told.claim.attribution.source
    return one.speaker.side or (source.name if source else None)


def _moment(one: Profile) -> tuple[int, int, str]:
    """What happened first, then what was told first."""
    days = one.days or one.published
    return (days[0] if days else 0, one.published[0] if one.published else 0, one.id)


def _step(one: Profile) -> Moment:
    days = one.days or one.published
    return Moment(_iso(days[0] if days else None), one.id, tuple(count.quantity for count in one.counts))


def _iso(day: int | None) -> str | None:
    return date.fromordinal(day).isoformat() if day else None
