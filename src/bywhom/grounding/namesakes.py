"""The places that each name of a report may mean: of its kind, in the region stated, by its own name or another one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bywhom.grounding.around import Unit
from bywhom.grounding.gazetteer import Entry, Gazetteer, km_between
from bywhom.grounding.names import fold
from bywhom.grounding.toponym import Toponym

WELL_KNOWN = 100_000  # inhabitants: known from afar
SEAT = 50_000  # inhabitants: of towns that large, regions bear the name
TRANSLITERATED = "another transliteration"

Key = tuple[str, Unit | None, int]


@dataclass(slots=True)
class Case:
    """All mentions of one name with one kind word and one stated region: they mean one place."""

    toponym: Toponym
    stated: Entry | None
    candidates: tuple[Entry, ...]
    how: str
    evidence: int = 0  # of its plainest mention
    best: Entry | None = None
    ranked: list[tuple[float, Entry]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.toponym.name


def alias_groups(aliases: Iterable[tuple[str, str]], gazetteer: Gazetteer) -> dict[str, str]:
    """Folded name -> the name under which the gazetteer knows the place; unknown on both sides is left out."""
    groups: dict[str, str] = {}
    for a, b in aliases:
        known_a, known_b = gazetteer.named(a), gazetteer.named(b)
        if known_a or known_b:
            groups[fold(b)] = groups[fold(a)] = a if known_a else b
    return groups


def cases_of(toponyms: Sequence[Toponym], gazetteer: Gazetteer, same: dict[str, str]) -> dict[Key, Case]:
    """The cases that the names of a report make; `same` is what the report gives as other names of one place."""
    cases: dict[Key, Case] = {}
    for toponym in toponyms:
        at = _key(toponym)
        if not toponym.adjective:
            if at not in cases:
                cases[at] = _case(toponym, gazetteer, same.get(at[0]))
            cases[at].evidence = max(cases[at].evidence, toponym.evidence)
    return _inherit(cases)


def _key(toponym: Toponym) -> Key:
    unit = toponym.unit if toponym.unit in {Unit.REGION, Unit.DISTRICT, Unit.QUARTER} else None
    return fold(toponym.name), unit, toponym.within.entry.id if toponym.within else 0


def _inherit(cases: dict[Key, Case]) -> dict[Key, Case]:
    """A name said once with its region or kind keeps it where it is said bare: the bare case is dropped."""
    stated: dict[str, list[Key]] = defaultdict(list)
    for (name, unit, holder), case in cases.items():
        if holder or (unit is Unit.QUARTER and not any(e.population >= WELL_KNOWN for e in case.candidates)):
            stated[name].append((name, unit, holder))
    return {at: case for at, case in cases.items() if at[2] or at[1] or len(stated.get(at[0], ())) != 1}


def key_of_case(toponym: Toponym, cases: dict[Key, Case]) -> Key:
    """Under which key the case of a mention stands."""
    at = _key(toponym)
    return at if at in cases else next(key for key in cases if key[0] == at[0])


def _case(toponym: Toponym, gazetteer: Gazetteer, alias: str | None) -> Case:
    stated = toponym.within.entry if toponym.within else None
    if any(e.kind in {"country", "area"} for e in toponym.entries):
        stated = None  # "Iceland, Norway and …" is a list
    found, how = toponym.entries, "exact name"
    if alias is not None and fold(alias) != fold(toponym.name):
        shared = set(gazetteer.named(alias))
        found = tuple(e for e in toponym.entries if e in shared) or gazetteer.named(alias)
        how = f"the text gives {alias} as another name"
    found = (*found, *_seats(found, toponym, gazetteer))
    fitting = _fitting(found, toponym.unit, stated)
    if not fitting and stated is not None and stated.kind == "region" and any(e.kind == "region" for e in found):
        stated, fitting = None, _fitting(found, toponym.unit, None)  # "Aragon, Navarre and …" is one too
    return Case(toponym, stated, fitting, how)


def _seats(found: tuple[Entry, ...], toponym: Toponym, gazetteer: Gazetteer) -> Iterator[Entry]:
    """The towns of which only the regions named after them are known in this spelling: bare, the name means the town."""
    regions = {e.region for e in found}
    if toponym.unit is not Unit.REGION and found and all(e.kind == "region" and not e.claimed for e in found):
        yield from (e for e in gazetteer.alike(toponym.name) if e.kind == "settlement" and e.region in regions)


def widen(cases: Iterable[Case], nationalities: Counter[str], gazetteer: Gazetteer) -> None:
    """Add other transliterations, in the countries that the report is about, where the exact name is of no use there."""
    every = list(cases)
    countries = set(nationalities) | {
        e.country
        for case in every
        for e in (*case.candidates[:1], *((case.stated,) if case.stated else ()))
        if e.kind in {"country", "region", "area"} or e.population >= WELL_KNOWN
    }
    for case in every:
        if any(e.country in countries or e.kind != "settlement" or _is_known_as(e, case) for e in case.candidates):
            continue
        alike = _fitting(gazetteer.alike(case.name), case.toponym.unit, case.stated)
        near = tuple(e for e in alike if e.country in countries)
        if near:
            case.candidates, case.how = near, TRANSLITERATED


def _is_known_as(entry: Entry, case: Case) -> bool:
    """Whether a large town bears the name as its own, not as one of its other names."""
    return entry.population >= WELL_KNOWN and fold(entry.name) == fold(case.name)


def _fitting(entries: tuple[Entry, ...], unit: Unit | None, stated: Entry | None) -> tuple[Entry, ...]:
    """The entries of the kind that is named, inside the region that is stated."""
    kinds = _of_kind(entries, unit)
    if stated is None or stated.kind == "settlement":
        return kinds
    return tuple(e for e in kinds if _inside(e, stated))


def _of_kind(entries: tuple[Entry, ...], unit: Unit | None) -> tuple[Entry, ...]:
    if unit is Unit.REGION:
        return tuple(e for e in entries if e.kind in {"region", "area", "country"}) or entries
    if unit is Unit.DISTRICT:
        return tuple(e for e in entries if e.kind == "district") or tuple(e for e in entries if e.kind == "settlement")
    if unit in {Unit.SETTLEMENT, Unit.QUARTER}:
        return tuple(e for e in entries if e.kind == "settlement") or tuple(e for e in entries if e.kind == "area")
    return _without_own_region(entries)


def _without_own_region(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """`entries` less the regions named after a town among them, and the towns named as their own country.

    Bare "Poltava" is the town and not its oblast, bare "Kuwait" the country and not its capital.
    """
    towns = [e for e in entries if e.kind == "settlement"]
    nations = {e.country for e in entries if e.kind == "country"}
    return tuple(
        e for e in entries
        if not (e.kind == "settlement" and e.country in nations)
        and (e.kind != "region" or e.claimed or not any(_is_seat(town, e) for town in towns))
    )  # fmt: skip


def _is_seat(town: Entry, region: Entry) -> bool:
    near = town.region == region.region or km_between(town, region) < (region.radius_km or 0)
    large = town.population >= min(0.15 * region.population, SEAT) > 0
    return near and town.country == region.country and (town.capital or large)


def _inside(entry: Entry, stated: Entry) -> bool:
    if stated.kind == "country" or stated.region is None:
        return entry.country == stated.country
    return entry.region == stated.region or (
        entry.kind == "area" and km_between(entry, stated) < (stated.radius_km or 0)
    )
