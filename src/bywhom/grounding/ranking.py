"""Chooses among the places that bear one name: what is stated first, then the rest of the report, then size.

Order and weights follow our measurements on news corpora: the weights hardly matter, what is known and what is stated do.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from bywhom.grounding.around import Unit
from bywhom.grounding.gazetteer import Entry, Gazetteer, km_between
from bywhom.grounding.names import fold
from bywhom.grounding.namesakes import TRANSLITERATED, WELL_KNOWN, Case, Key, alias_groups, cases_of, key_of_case, widen
from bywhom.grounding.setting import Setting
from bywhom.grounding.toponym import Toponym

SAME_PLACE_KM = 10.0  # namesakes nearer than this are one place under two entries
ONE_REGION_KM = 60.0  # namesakes inside the stated region, none farther than this from the best: shown as one
MARGIN = 0.35  # by which the best reading must lead, in the units of `_score`
NEIGHBOURS_KM = 150.0  # small towns no farther apart speak for each other
NEARBY_KM = 400.0  # beyond the borders of a country told of
SURROUNDINGS_KM = 50.0  # of a large town: villages in them are told of with it
VILLAGE = 10_000  # a place no larger shares its name with others more often than not
OWN_NAME = 1.0  # for a place called so, against one that has the name among its others
METROPOLIS = 1_000_000  # inhabitants: its name is its own, whatever village is called after it
POPULOUS = 5_000_000  # inhabitants: a region that is named without its country
SMALL_COUNTRY_KM = 150.0  # its towns lie near all of it
FAR_KM = 100.0  # a guess farther than this from all other places of a report is a namesake
MANY_NAMESAKES = 8
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """What one name came to."""

    entry: Entry | None  # None: ambiguous, or unknown
    others: tuple[Entry, ...] = ()  # what else was weighed, or what is spelled alike
    why: str = ""
    region: Entry | None = None  # the region or country stated with the name, where no entry lies in it
    spread_km: float = 0.0  # the entry stands for namesakes, or for a part of it, that lie so far around
    ambiguous: bool = False


@dataclass(slots=True)
class _Context:
    """What the rest of the report speaks for."""

    countries: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    regions: Counter[str] = field(default_factory=Counter)
    points: list[tuple[str, Entry]] = field(default_factory=list)


def resolve(
    toponyms: Sequence[Toponym], gazetteer: Gazetteer, aliases: Iterable[tuple[str, str]] = ()
) -> tuple[Reading, ...]:
    """What each of `toponyms` came to, in the same order; all mentions of a name in one report mean one place."""
    same = alias_groups(aliases, gazetteer)
    nationalities = _nationalities(toponyms, gazetteer)
    cases = cases_of(toponyms, gazetteer, same)
    widen(cases.values(), nationalities, gazetteer)
    for _ in range(_ROUNDS):
        context = _context(cases.values(), nationalities)
        for case in cases.values():
            _rank(case, context)
    told = _told_regions(cases.values())
    countries = _told_countries(cases, nationalities)
    readings = {at: _near(_reading(case, told, gazetteer), case, countries, gazetteer) for at, case in cases.items()}
    mostly = _mostly(readings.values())
    readings = {at: _beside(reading, at, cases[at], readings, mostly) for at, reading in readings.items()}
    return tuple(
        Reading(None, why="an adjective") if t.adjective else readings[key_of_case(t, cases)] for t in toponyms
    )


def _nationalities(toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> Counter[str]:
    owners = (gazetteer.adjective(t.name) for t in toponyms if t.adjective)
    return Counter(owner.country for owner in owners if owner is not None and owner.country)


def _context(cases: Iterable[Case], nationalities: Counter[str]) -> _Context:
    context = _Context()
    for country, times in sorted(nationalities.items()):
        context.countries[country] += 0.5 * min(times, 4)
    for case in cases:
        sure = case.best or (case.candidates[0] if _alone(case.candidates) else None)
        if case.stated and case.stated.country:
            context.countries[case.stated.country] += 1
        if case.stated and case.stated.region:
            context.regions[case.stated.region] += 1
        if sure is not None:
            _add(context, case.name, sure)
    return context


def _alone(candidates: Sequence[Entry]) -> bool:
    return bool(candidates) and all(e.country == candidates[0].country for e in candidates)


def _add(context: _Context, name: str, entry: Entry) -> None:
    if entry.country:
        context.countries[entry.country] += 1
    if entry.region:
        context.regions[entry.region] += 1
    if entry.kind != "country" or (entry.radius_km or 0) < SMALL_COUNTRY_KM:
        context.points.append((name, entry))


_PRIOR = {"country": 2.0, "area": 2.0, "region": 1.0, "district": -0.5, "settlement": 0.0}


def _rank(case: Case, context: _Context) -> None:
    scored = [(_score(entry, case, context), entry) for entry in case.candidates]
    case.ranked = sorted(scored, key=lambda pair: (-pair[0], pair[1].id))
    case.best = case.ranked[0][1] if case.ranked else None


def _score(entry: Entry, case: Case, context: _Context) -> float:
    score = 6.0 if entry.kind in {"country", "area"} else math.log10(entry.population + 10)
    score += _PRIOR[entry.kind] + (OWN_NAME if _is_own_name(entry, case) else 0.0)
    score += 2.0 if entry.capital else 0.0
    own = case.best
    score += _share(context.countries, entry.country, own.country if own else None)
    if entry.region and context.regions[entry.region] > (1 if own and own.region == entry.region else 0):
        score += 1.5
    near = (km_between(entry, other) for name, other in context.points if name != case.name)
    return score + 1.5 * math.exp(-min(near, default=math.inf) / 100)


def _is_own_name(entry: Entry, case: Case) -> bool:
    """Whether a place is called so itself; where the kind of a region is said, so is one that has it in its name."""
    own, said = fold(entry.name), fold(case.name)
    return own == said or (case.toponym.unit is Unit.REGION and own.startswith(said + " "))


def _share(countries: dict[str, float], country: str | None, own: str | None) -> float:
    """How far the rest of the report is about `country`: 0 to 2.5."""
    if country is None:
        return 0.0
    mine = countries.get(country, 0.0) - (1 if country == own else 0)
    total = sum(countries.values()) - (1 if own else 0)
    return (1.0 + 1.5 * mine / total) if mine > 0 and total > 0 else 0.0


def _told_regions(cases: Iterable[Case]) -> tuple[Entry, ...]:
    """The first-level regions that the report names as such, as scenes of what it tells; then its large towns, if any.

    Of capitals all count: whoever names the government names the town whose quarters may be told of.
    """
    known = [(case.best, case.toponym.setting is Setting.EVENT) for case in cases if case.best is not None]
    regions = [e for e, is_scene in known if e.kind == "region" and is_scene]
    large = [(e, is_scene) for e, is_scene in known if e.kind == "settlement" and e.population >= WELL_KNOWN]
    towns = [e for e, is_scene in large if is_scene or e.capital]
    return (*regions, *towns) if regions else ()


def _told_countries(cases: Mapping[Key, Case], nationalities: Counter[str]) -> dict[str, set[str]]:
    """The countries that the report tells of, by name, by their people, by a region or a large town; and the names of these."""
    told: dict[str, set[str]] = defaultdict(set)
    for country in nationalities:
        told[country].add("")
    for (name, _, _), case in cases.items():
        for entry in (case.best, case.stated):
            if entry is not None and entry.country and (entry.kind != "settlement" or entry.population >= WELL_KNOWN):
                told[entry.country].add("" if entry is case.stated or entry.kind == "country" else name)
    for name, country in _neighbours(cases):
        told[country].add(name)
    return told


def _neighbours(cases: Mapping[Key, Case]) -> Iterator[tuple[str, str]]:
    """The small towns that lie near another one of the report, each with its country: two do not meet by chance."""
    towns = [
        (name, case.best)
        for (name, _, _), case in cases.items()
        if case.best is not None and case.best.kind == "settlement" and case.evidence > 0
    ]
    cells: dict[tuple[int, int], list[tuple[str, Entry]]] = defaultdict(list)
    for name, town in towns:
        cells[_cell(town)].append((name, town))
    for name, town in towns:
        x, y = _cell(town)
        around = chain.from_iterable(cells.get((i, j), ()) for i in (x - 1, x, x + 1) for j in (y - 1, y, y + 1))
        if town.country and any(name != other and km_between(town, beside) < NEIGHBOURS_KM for other, beside in around):
            yield name, town.country


def _cell(town: Entry) -> tuple[int, int]:
    """A square of two degrees: only towns of the same and the next ones are compared, however many a report names."""
    return int(town.lat // 2), int(town.lon // 2)


def _borders(place: Entry, countries: Iterable[str], gazetteer: Gazetteer) -> bool:
    """Whether a place lies not far from a country that is told of."""
    nations = (gazetteer.country(code) for code in countries)
    return any(n is not None and km_between(place, n) < (n.radius_km or 0) + NEARBY_KM for n in nations)


def _near(reading: Reading, case: Case, countries: Mapping[str, set[str]], gazetteer: Gazetteer) -> Reading:
    """The reading, unless it is a small place far from all that the report tells of: a namesake, or no place at all."""
    best = reading.entry
    if best is None or not countries or best.kind not in {"settlement", "region"} or best.claimed:
        return reading
    if countries.get(best.country or "", set()) - {fold(case.name)} or not any(
        names - {fold(case.name)} for names in countries.values()
    ):
        return reading
    if case.stated is not None or case.toponym.description or _stands_alone(best, case):
        return reading
    if _is_only(best, case) and case.evidence > 1 and _borders(best, countries, gazetteer):
        return reading
    return Reading(None, (best, *reading.others), "known only in countries of which the report does not tell")


def _beside(reading: Reading, at: Key, case: Case, readings: Mapping[Key, Reading], mostly: str | None) -> Reading:
    """The reading, unless it is a guess that lies far from every other place of the report.

    Guesses are other transliterations, and small places of a name that very many bear, outside the country mostly told of.
    """
    best = reading.entry
    if best is None or best.kind != "settlement" or best.population >= WELL_KNOWN or case.stated is not None:
        return reading
    rare = len(case.candidates) < MANY_NAMESAKES or best.country == mostly
    if case.how != TRANSLITERATED and rare:
        return reading
    others = [r.entry for key, r in readings.items() if key[0] != at[0] and r.entry and r.entry.kind != "country"]
    if not others or any(km_between(best, other) < FAR_KM for other in others):
        return reading
    return Reading(None, (best, *reading.others), "a namesake, most likely: far from all that the report tells of")


def _mostly(readings: Iterable[Reading]) -> str | None:
    """The country in which most places of the report lie."""
    countries = Counter(r.entry.country for r in readings if r.entry is not None and r.entry.country)
    return countries.most_common(1)[0][0] if countries else None


def _stands_alone(best: Entry, case: Case) -> bool:
    """Whether a place is known by its name alone, or is so plainly introduced that it must be meant."""
    if best.kind == "region":
        return case.toponym.evidence > 1 or case.toponym.unit is not None or best.population >= POPULOUS
    long_name = " " in fold(case.name)  # no word or surname is spelled so by chance
    return best.population >= WELL_KNOWN or (long_name and _is_only(best, case))


def _is_only(place: Entry, case: Case) -> bool:
    """Whether no other place is called so; others may have the name among their other names."""
    return [entry for _, entry in case.ranked if fold(entry.name) == fold(case.name)] == [place]


def _reading(case: Case, told: Sequence[Entry], gazetteer: Gazetteer) -> Reading:
    if _is_part(case, told):
        return _quarter(case)
    if not case.ranked:
        return _unknown(case, case.stated, gazetteer)
    every = _metropolis_first(case, case.ranked)
    best = every[0][1]
    here = _told_here(case, best, told)
    ranked = [(score, e) for score, e in every if not here or any(_reaches(region, e) for region in here)]
    if not ranked:
        return _stray(best, tuple(e for _, e in case.ranked[1:5]), told)
    best_score, best = ranked[0]
    rivals = [(score, e) for score, e in ranked[1:] if not _one_place(best, e)]
    others = tuple(e for _, e in rivals[:4])
    backed = any(_one_place(best, e) for _, e in ranked[1:])  # a town and its region bear the name
    if rivals and best_score - rivals[0][0] < (0 if backed else MARGIN):
        return _close_race(case, best, rivals, others)
    reason = (
        f"the one in {_names(told)}, of which the report tells"
        if len(ranked) < len(case.ranked)
        else _reason(case, rivals)
    )
    return Reading(best, others, f"{case.how}; {reason}")


def _is_part(case: Case, told: Sequence[Entry]) -> bool:
    """Whether a part of a town is meant that is shown at its town: not a quarter that is known itself, near what is told of."""
    if case.stated is not None:
        return case.toponym.unit is Unit.QUARTER or case.stated.kind == "settlement"
    known = any(e.population < VILLAGE and any(_reaches(region, e) for region in told) for _, e in case.ranked)
    return case.toponym.unit is Unit.QUARTER and not known


def _metropolis_first(case: Case, ranked: list[tuple[float, Entry]]) -> list[tuple[float, Entry]]:
    """`ranked`, a village that has the name of a metropolis among its others standing behind it."""
    best = ranked[0][1]
    if (
        case.stated is not None
        or best.kind != "settlement"
        or best.population > VILLAGE
        or fold(best.name) == fold(case.name)
    ):
        return ranked
    large = [(ranked[0][0] + MARGIN, e) for _, e in ranked if e.population >= METROPOLIS and e.kind == "settlement"]
    return large[:1] or ranked


def _quarter(case: Case) -> Reading:
    """A part of a town is shown at the town, where the town is stated."""
    if case.stated is None:
        town = next((e for e in case.candidates if e.population >= WELL_KNOWN), None)
        if town is not None and case.toponym.direction:  # "a southern Berlin neighbourhood" lies in it
            return Reading(town, (), f"a part of {town.name}", spread_km=15.0)
        return Reading(None, (), "a part of a town that is not stated")
    return Reading(case.stated, (), f"a part of {case.stated.name}, as stated", spread_km=15.0)


def _told_here(case: Case, best: Entry, told: Sequence[Entry]) -> tuple[Entry, ...]:
    """The regions told of that a village must lie in: elsewhere it is a namesake, most likely, of the one meant."""
    if case.stated is not None or best.kind != "settlement" or best.population > VILLAGE or case.toponym.description:
        return ()
    return tuple(region for region in told if region.country == best.country)


def _reaches(region: Entry, place: Entry) -> bool:
    if region.kind == "settlement":
        return km_between(region, place) < SURROUNDINGS_KM
    if region.region is not None:
        return region.region == place.region
    return region.claimed and km_between(region, place) < (region.radius_km or 0)


def _stray(best: Entry, others: tuple[Entry, ...], told: Sequence[Entry]) -> Reading:
    why = f"a village of the name is known only outside {_names(told)}, of which the report tells"
    return Reading(None, (best, *others), why, region=told[0] if len({r.region for r in told}) == 1 else None)


def _names(told: Sequence[Entry]) -> str:
    return ", ".join(dict.fromkeys(region.name for region in told))


def _one_place(a: Entry, b: Entry) -> bool:
    return km_between(a, b) <= SAME_PLACE_KM or (b.kind in {"district", "region"} and b.region == a.region)


def _reason(case: Case, rivals: Sequence[tuple[float, Entry]]) -> str:
    if case.stated is not None:
        return f"in {case.stated.name}, as stated"
    return f"chosen among {len(rivals) + 1} by context and size" if rivals else "the only one of the name"


def _close_race(case: Case, best: Entry, rivals: Sequence[tuple[float, Entry]], others: tuple[Entry, ...]) -> Reading:
    """Ambiguous, unless the region is stated and all its namesakes lie close enough to be shown as one."""
    everyone = [best, *(e for _, e in rivals)]
    if case.stated is not None and case.stated.kind == "region":
        spread = max(km_between(best, e) for e in everyone)
        if spread <= ONE_REGION_KM:
            why = f"{len(everyone)} of the name in {case.stated.name}, all within {spread:.0f} km"
            return Reading(best, others, why, spread_km=spread)
    why = f"{len(everyone)} places of the name and nothing that decides"
    return Reading(None, (best, *others), why, ambiguous=True)


def _unknown(case: Case, stated: Entry | None, gazetteer: Gazetteer) -> Reading:
    if stated is None:
        return Reading(None, (), "not in the gazetteer")
    suggestions = gazetteer.suggest(case.name, region=stated.region, country=None)
    return Reading(None, suggestions, f"no place of the name in {stated.name} in the gazetteer", region=stated)
