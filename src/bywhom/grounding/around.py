"""What the words around a name say: that it is a place, of what kind, inside which region, how far from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bywhom.grounding.gazetteer import Entry, Gazetteer
from bywhom.grounding.stretches import Word, joint, run
from bywhom.grounding.toponymtable import ToponymTable
from bywhom.records import PlaceRelation


class Unit(StrEnum):
    """The kind of place that the words around a name say it is."""

    SETTLEMENT = "settlement"
    REGION = "region"
    DISTRICT = "district"
    QUARTER = "quarter"  # part of a town


@dataclass(frozen=True, slots=True)
class Around:
    """The words on either side of a name; articles and directions before it are passed over."""

    first: int  # index of the first word passed over
    before: str
    second: str  # the one before that
    third: str
    after: str
    direction: str


@dataclass(frozen=True, slots=True)
class Within:
    """What is stated right after a name to hold it: a region, or the town whose quarter it is."""

    name: str
    entry: Entry
    start: int  # where its name begins


def around(words: Sequence[Word], i: int, count: int, table: ToponymTable) -> Around:
    """What stands before and after the name of `count` words at `i`."""
    at = _before_qualifier(words, i - 1)
    direction = ""
    while at >= 0 and (
        words[at].lower in table.directions or words[at].lower == "the" or WHO_HOLDS.search(words[at].lower)
    ):
        if words[at].lower != "the" and direction != "rural":
            direction = words[at].lower
        at -= 1
    before, second, third = (words[n].lower if n >= 0 else "" for n in (at, at - 1, at - 2))
    after = words[i + count].lower if i + count < len(words) else ""
    return Around(at + 1, before, second, third, after, direction)


# Who holds a place or what befell it stands between preposition and name: "in Carlist-held X", "in war-torn X".
WHO_HOLDS = re.compile(r"-(?:held|controlled|occupied|run|ruled|besieged|torn|ravaged|hit|stricken|populated)$")
_QUALIFIERS = frozenset("so-called self-proclaimed self-styled self-declared unrecognised unrecognized".split())
_QUOTES = frozenset("\"'“‘«„")


def _before_qualifier(words: Sequence[Word], at: int) -> int:
    """The index before a reservation that stands at `at`: 'the so-called "X"', "the self-proclaimed X"."""
    end = at - (at >= 0 and words[at].text in _QUOTES)
    return end - 1 if end >= 0 and words[end].lower in _QUALIFIERS else at


def kind(table: ToponymTable, word: str) -> Unit | None:
    """The kind of place that a word is for; plurals count."""
    for form in (word, word.removesuffix("s")):
        if form in table.region_words or form in table.countryside_words:
            return Unit.REGION
        if form in table.district_words:
            return Unit.DISTRICT
        if form in table.settlement_words:
            return Unit.SETTLEMENT
        if form in table.quarter_words:
            return Unit.QUARTER
    return None


_QUARTERS_AFTER = frozenset("neighbourhood neighborhood quarter district borough street square".split())
_BARE_QUARTERS = _QUARTERS_AFTER - {"district"}
PARTS_OF_TOWNS = frozenset("neighbourhood neighborhood quarter".split())


def unit_of(words: Sequence[Word], i: int, count: int, at: Around, table: ToponymTable) -> tuple[Unit | None, bool]:
    """The kind that a word after ("X province") or before ("the province of X") gives; whether it stands after."""
    if not words[i + count - 1].possessive:
        after = kind(table, at.after)
        if after is Unit.QUARTER and at.after not in _BARE_QUARTERS:
            after = None
        if after is None and at.after in {"and", ","}:
            after = _shared_unit(words, i + count, table)
        if after is not None:
            return after, True
    if at.before == "of":
        # "Teruel district of …" says nothing of "…"
        named = at.first > 2 and words[at.first - 3].name_like and words[at.first - 3].lower not in _ARTICLES
        return (None if named else kind(table, at.second)), False
    if at.before in table.countryside_words - {"countryside"} or at.direction == "rural":
        return Unit.REGION, False
    return (Unit.SETTLEMENT if at.before in table.settlement_words else None), False


_ARTICLES = frozenset("the a an".split())


def _shared_unit(words: Sequence[Word], at: int, table: ToponymTable) -> Unit | None:
    """The plural that a list of names shares: "the Somme and Aisne departments"."""
    for word in words[at : at + 7]:
        unit = kind(table, word.lower) if word.lower.endswith("s") else None
        if unit in {Unit.REGION, Unit.DISTRICT}:
            return unit
        if not (word.name_like or word.lower in {"and", ",", "the"}):
            return None
    return None


_JOINERS = frozenset([",", "(", "[", "in", "of"])
_INNER = frozenset("in the a an of city town village".split())


def within(
    words: Sequence[Word], at: int, unit: Unit | None, gazetteer: Gazetteer, table: ToponymTable,
    countries: frozenset[str] = frozenset(),
) -> Within | None:  # fmt: skip
    """What is stated right after a name: "X, Y", "X (Y)", "X, a city in the Y region", "X in Y province", "X street in Y".

    Of regions that share a name, the one in `countries` is meant: those that the report tells of.
    """
    limit = min(len(words), at + 10)
    at += unit is not None and at < limit and kind(table, words[at].lower) is not None
    if at >= limit or words[at].lower not in _JOINERS:
        return None
    joint = words[at].lower
    j = at + 1
    while j < limit and (
        words[j].lower in _INNER or _directs(words, j, gazetteer, table) or kind(table, words[j].lower)
    ):
        j += 1
    if j >= limit or not words[j].name_like:
        return None
    return _container(words, j, joint, unit, gazetteer, table, countries)


def _directs(words: Sequence[Word], j: int, gazetteer: Gazetteer, table: ToponymTable) -> bool:
    """Whether a direction stands before a region's name and is no part of it: "in northern Aragon", not "in North Ossetia".

    "South Lebanon" is said of more than the governorate that is called so.
    """
    if words[j].lower not in table.directions:
        return False
    if not words[j].name_like or run(words, j) == 1:
        return True
    whole, rest = gazetteer.named(joint(words, j, 2)), gazetteer.named(words[j + 1].text)
    return any(e.kind == "country" for e in rest) or not any(e.kind == "region" for e in whole)


def _container(
    words: Sequence[Word], j: int, joint: str, unit: Unit | None, gazetteer: Gazetteer, table: ToponymTable,
    countries: frozenset[str],
) -> Within | None:  # fmt: skip
    for count in range(min(4, run(words, j)), 0, -1):
        name = " ".join(w.text for w in words[j : j + count])
        entries = gazetteer.named(name) or _without_apostrophe(name, gazetteer)
        wider = [e for e in entries if e.kind in {"country", "region"}]
        held = next((e for e in wider if e.country in countries), next(iter(wider), None))
        if (
            unit in {Unit.QUARTER, Unit.DISTRICT}
            and not _said_region(words, j, count, table)
            and (town := _town(entries))
        ):
            return Within(name, town, words[j].start)
        if held and joint == "," and _is_listed(words, j + count, held, entries):
            return None
        if held and (joint in {",", "(", "["} or _is_region(words, j + count, entries, table)):
            return Within(name, held, words[j].start)
        if entries:
            return None
    return None


def _said_region(words: Sequence[Word], j: int, count: int, table: ToponymTable) -> bool:
    """Whether the name at `j` is said to be a region's: "the province of X", "X province"."""
    before = words[j - 2].lower if words[j - 1].lower == "of" else ""
    after = words[j + count].lower if j + count < len(words) else ""
    return Unit.REGION in {kind(table, before), kind(table, after)}


def _without_apostrophe(name: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """The country, region or large town before the s of a text that lost its apostrophes: "in Oaxacas northern hills"."""
    entries = gazetteer.named(name[:-1]) if len(name) > 4 and name[-1] == "s" else ()
    return entries if any(e.kind != "settlement" or e.population >= 100_000 for e in entries) else ()


def _is_listed(words: Sequence[Word], after: int, held: Entry, entries: tuple[Entry, ...]) -> bool:
    """Whether a region's name is one of a list of towns, as its seat bears it too: "Teruel, Huesca, Caspe and …"."""
    seats = (e for e in entries if e.kind == "settlement" and e.country == held.country and e.population >= _SEAT)
    end = after + (after < len(words) and words[after].text == ",")
    end += end < len(words) and words[end].lower == "and"
    goes_on = after < end < len(words) and words[end].name_like
    return held.kind == "region" and goes_on and next(seats, None) is not None


_SEAT = 20_000  # inhabitants


def _town(entries: tuple[Entry, ...]) -> Entry | None:
    return next((e for e in entries if e.kind == "settlement" and e.population >= 50_000), None)


def _is_region(words: Sequence[Word], after: int, entries: tuple[Entry, ...], table: ToponymTable) -> bool:
    """Whether a name that follows "in" or "of" is sure to be a country's or region's."""
    if entries[0].kind == "country" or all(e.kind == "region" for e in entries):
        return True
    units = {Unit.REGION, Unit.DISTRICT}
    follows = after < len(words) and kind(table, words[after].lower) in units
    return follows or kind(table, words[after - 1].lower) in units


def evidence(at: Around, unit: Unit | None, holder: Within | None, table: ToponymTable) -> int:
    """How strongly the words around a name say that it is a place: 0 to 3."""
    if unit in {Unit.SETTLEMENT, Unit.REGION} or holder:
        return 3
    if at.before in table.locatives or unit or at.after in table.around_words:
        return 2
    if at.before in table.place_verbs or at.before in table.around_words or at.direction:
        return 2
    if at.before.endswith(("in", "near")) and len(at.before) > 7 and at.before not in _IN_WORDS:
        return 1  # words run together: "villagein"
    if at.before in {"to", "from", "of", "on"} and at.second in table.bound_words:
        return 2
    return 1 if at.before in table.weak_locatives or at.after in table.feature_words else 0


_IN_WORDS = frozenset("certain captain mountain curtain bargain maintain contain remain explain obtain britain".split())
_UNITS = {
    "km": 1.0,
    "kilometers": 1.0,
    "kilometres": 1.0,
    "kilometer": 1.0,
    "kilometre": 1.0,
    "miles": 1.6,
    "mile": 1.6,
}
_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,3})?")


def relation_of(
    words: Sequence[Word], i: int, count: int, at: Around, table: ToponymTable
) -> tuple[PlaceRelation, float]:
    """How the event lies to the place, and by how many kilometres that widens it."""
    away = stated_km(words, i)
    if away:
        return PlaceRelation.NEAR, away
    if at.before in table.between_words:
        return PlaceRelation.BETWEEN, 30.0
    if at.before == "from":
        return PlaceRelation.FROM, 0.0
    if at.before in table.near_words:
        return PlaceRelation.NEAR, 20.0
    if at.before == "of" and at.second == "border":
        return PlaceRelation.NEAR, 30.0
    if at.before == "of" and at.second in table.directions:
        return PlaceRelation.NEAR, 30.0
    if at.before == "of" and at.second in table.around_words:
        return PlaceRelation.NEAR, table.around_words[at.second]
    if at.after in table.around_words and not words[i + count - 1].possessive:
        return PlaceRelation.NEAR, table.around_words[at.after]
    return PlaceRelation.IN, 0.0


def stated_km(words: Sequence[Word], i: int) -> float:
    """Kilometres of "15 km (north) of X", "80 kilometers from X"; 0 where there is none."""
    for j in range(i - 1, max(0, i - 7), -1):
        if words[j].lower in _UNITS and _NUMBER.fullmatch(words[j - 1].text):
            away = any(w.lower in {"from", "of", "off", "outside"} for w in words[j + 1 : i])
            return min(float(words[j - 1].text.replace(",", ".")) * _UNITS[words[j].lower], 500.0) if away else 0.0
        if words[j].text in {".", ";"}:
            break
    return 0.0


def apposed(words: Sequence[Word], at: int, table: ToponymTable) -> bool:
    """Whether "(a city in …", ", a village near …" follows."""
    if at + 2 >= len(words) or words[at].text not in {",", "(", "["} or words[at + 1].lower not in {"a", "an", "the"}:
        return False
    return any(w.lower in table.settlement_words for w in words[at + 2 : at + 5])
