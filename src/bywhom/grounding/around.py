"""What the words around a name say: that it is a place, of what kind, inside which region, and what it does there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from bywhom.grounding.gazetteer import Entry, Gazetteer
from bywhom.prose.tokens import tokens
from bywhom.records import PlaceRelation, Span


@dataclass(frozen=True)
class ToponymTable:
    """data/lexicons/toponyms.yaml."""

    locatives: frozenset[str]
    weak_locatives: frozenset[str]
    place_verbs: frozenset[str]
    settlement_words: frozenset[str]
    region_words: frozenset[str]
    district_words: frozenset[str]
    quarter_words: frozenset[str]
    countryside_words: frozenset[str]
    around_words: dict[str, float]
    feature_words: frozenset[str]
    last_words: frozenset[str]
    directions: frozenset[str]
    near_words: frozenset[str]
    between_words: frozenset[str]
    titles: frozenset[str]
    speech_verbs: frozenset[str]
    saying_places: frozenset[str]
    meeting_words: frozenset[str]
    government_verbs: frozenset[str]
    office_nouns: frozenset[str]
    town_nouns: frozenset[str]
    motion_verbs: frozenset[str]
    comparison_words: frozenset[str]
    topic_words: frozenset[str]
    government_nouns: frozenset[str]
    origin_nouns: frozenset[str]
    role_nouns: frozenset[str]
    background_words: frozenset[str]
    leaving_words: frozenset[str]
    free_followers: frozenset[str]
    body_words: frozenset[str]
    institution_words: frozenset[str]
    no_places: tuple[str, ...]
    common_words: frozenset[str]
    personal_countries: frozenset[str]
    given_names: frozenset[str]
    alias_joints: tuple[str, ...]
    languages: tuple[str, ...]


class Unit(StrEnum):
    """The kind of place that the words around a name say it is."""

    SETTLEMENT = "settlement"
    REGION = "region"
    DISTRICT = "district"
    QUARTER = "quarter"  # part of a town


class Setting(StrEnum):
    """What a place's name does in its sentence."""

    EVENT = "event"  # things may happen there
    GOVERNMENT = "government"  # the name stands for those who rule from there
    ORIGIN = "origin"  # somebody is from there
    SPEECH = "speech"  # somebody speaks there
    MEETING = "meeting"  # people meet there: the place of the meeting, and of nothing that is said there
    BODY = "body"  # part of the name of a body or a unit, or a mere comparison
    DATELINE = "dateline"  # where the dispatch was written


class Word(NamedTuple):
    """One token, its possessive ending cut off. A tuple, since a report has a thousand: they are made in half the time."""

    start: int
    end: int
    text: str
    lower: str
    name_like: bool  # begins as a name does: a capital, or an article with a capital after its hyphen
    possessive: bool
    opens: bool  # the first word of a sentence, a quotation or a line
    is_word: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A block of text as words, and how far its capitals can be trusted."""

    words: tuple[Word, ...]
    capitals: bool  # written in capitals throughout: case says nothing
    headline: bool  # most words capitalised: case says little


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


EMPTY = Word(0, 0, "", "", name_like=False, possessive=False, opens=False, is_word=False)

_ARTICLE = re.compile(r"(?:al|el|ul|as|ash|at|ad|az|ar|an|es|ez|er|et)[-‐‑][A-Z]")
_POSSESSIVE = re.compile(r"[’'`]s?$")
_OPENING = frozenset('.!?:;…“"‘«(•*')
_SHORT_FORMS = frozenset(
    "st mt ft mr mrs ms dr gen lt col sen rep gov prof capt maj sgt adm jan feb aug sept oct nov dec".split()
)
_HEADLINE_SHARE = 0.7  # of the longer words capitalised
_CAPITALS_SHARE = 0.6  # of all words in capitals


def stretch(text: str, span: Span) -> Stretch:
    """The words of `text` inside `span`, and whether it is a headline or written in capitals."""
    words = words_of(text, span)
    letters = [w for w in words if w.is_word and w.text[0].isalpha()]
    long = [w for w in letters if len(w.text) > 3]
    return Stretch(
        words,
        capitals=len(letters) > 3 and sum(w.text.isupper() for w in letters) > _CAPITALS_SHARE * len(letters),
        headline=2 < len(long) < 40
        and words[-1].text not in {".", "!”", ".”"}
        and sum(w.name_like for w in long) > _HEADLINE_SHARE * len(long),
    )


def words_of(text: str, span: Span) -> tuple[Word, ...]:
    """The words and marks of `text` inside `span`, possessive endings cut off."""
    words: list[Word] = []
    opens = True
    end = span.start
    for token in tokens(text, span):
        start, said = token.start, token.text
        opens = opens or "\n" in text[end:start]
        end = token.end
        is_word = said[0].isalnum()
        ending = _POSSESSIVE.search(said) if is_word and len(said) > 2 else None
        bare = said[: ending.start()] if ending else said
        name_like = bare[0].isupper() or ("-" in bare and _ARTICLE.match(bare) is not None)
        words.append(Word(start, start + len(bare), bare, bare.lower(), name_like, ending is not None, opens, is_word))
        opens = said[-1] in _OPENING and not (said == "." and len(words) > 1 and words[-2].lower in _SHORT_FORMS)
    return tuple(words)


def around(words: Sequence[Word], i: int, count: int, table: ToponymTable) -> Around:
    """What stands before and after the name of `count` words at `i`."""
    at = _before_qualifier(words, i - 1)
    direction = ""
    while at >= 0 and (words[at].lower in table.directions or words[at].lower == "the"):
        if words[at].lower != "the" and direction != "rural":
            direction = words[at].lower
        at -= 1
    before, second, third = (words[n].lower if n >= 0 else "" for n in (at, at - 1, at - 2))
    after = words[i + count].lower if i + count < len(words) else ""
    return Around(at + 1, before, second, third, after, direction)


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
        named = at.first > 2 and words[at.first - 3].name_like  # "Teruel district of …" says nothing of "…"
        return (None if named else kind(table, at.second)), False
    if at.before in table.countryside_words - {"countryside"} or at.direction == "rural":
        return Unit.REGION, False
    return (Unit.SETTLEMENT if at.before in table.settlement_words else None), False


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
    while j < limit and (words[j].lower in _INNER or words[j].lower in table.directions or kind(table, words[j].lower)):
        j += 1
    if j >= limit or not words[j].name_like:
        return None
    return _container(words, j, joint, unit, gazetteer, table, countries)


def _container(
    words: Sequence[Word], j: int, joint: str, unit: Unit | None, gazetteer: Gazetteer, table: ToponymTable,
    countries: frozenset[str],
) -> Within | None:  # fmt: skip
    for count in range(min(4, run(words, j)), 0, -1):
        name = " ".join(w.text for w in words[j : j + count])
        entries = gazetteer.named(name) or _without_apostrophe(name, gazetteer)
        wider = [e for e in entries if e.kind in {"country", "region"}]
        held = next((e for e in wider if e.country in countries), next(iter(wider), None))
        if unit in {Unit.QUARTER, Unit.DISTRICT} and (town := _town(entries)):
            return Within(name, town, words[j].start)
        if held and joint == "," and _is_listed(words, j + count, held, entries):
            return None
        if held and (joint in {",", "(", "["} or _is_region(words, j + count, entries, table)):
            return Within(name, held, words[j].start)
        if entries:
            return None
    return None


def _without_apostrophe(name: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """The country, region or large town before the s of a text that lost its apostrophes: "in Oaxacas northern hills"."""
    entries = gazetteer.named(name[:-1]) if len(name) > 4 and name[-1] == "s" else ()
    return entries if any(e.kind != "settlement" or e.population >= 100_000 for e in entries) else ()


def _is_listed(words: Sequence[Word], after: int, held: Entry, entries: tuple[Entry, ...]) -> bool:
    """Whether a region's name is one of a list of towns, as its seat bears it too: "Teruel, Huesca, Caspe and …"."""
    seats = (e for e in entries if e.kind == "settlement" and e.country == held.country and e.population >= _SEAT)
    goes_on = after + 1 < len(words) and words[after].lower in {",", "and"} and words[after + 1].name_like
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


LONGEST_RUN = 12  # capitalised words side by side that are looked at as one name


def run(words: Sequence[Word], start: int) -> int:
    """How many capitalised words stand side by side from `start`, counted as far as a name can reach."""
    end, last = start, min(len(words), start + LONGEST_RUN) - 1
    while end < last and side_by_side(words, end):
        end += 1
    return end - start + 1


def side_by_side(words: Sequence[Word], i: int) -> bool:
    """Whether word `i` and the next are both capitalised, with nothing between them."""
    a, b = words[i], words[i + 1]
    return a.name_like and b.name_like and a.is_word and b.is_word and not a.possessive and b.start - a.end <= 1


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
    if (
        at.before in {"to", "from", "of", "on"}
        and at.second in table.motion_verbs | table.leaving_words | table.town_nouns
    ):
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


def relation(words: Sequence[Word], i: int, count: int, at: Around, table: ToponymTable) -> tuple[PlaceRelation, float]:
    """How the event lies to the place, and by how many kilometres that widens it."""
    away = _distance(words, i)
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


def _distance(words: Sequence[Word], i: int) -> float:
    """Kilometres of "15 km (north) of X", "80 kilometers from X"; 0 where there is none."""
    for j in range(i - 1, max(0, i - 7), -1):
        if words[j].lower in _UNITS and _NUMBER.fullmatch(words[j - 1].text):
            away = any(w.lower in {"from", "of", "off", "outside"} for w in words[j + 1 : i])
            return min(float(words[j - 1].text.replace(",", ".")) * _UNITS[words[j].lower], 500.0) if away else 0.0
        if words[j].text in {".", ";"}:
            break
    return 0.0


def setting_of(
    words: Sequence[Word], i: int, count: int, entries: tuple[Entry, ...], at: Around, unit: Unit | None,
    table: ToponymTable, *, headline: bool,
) -> Setting:  # fmt: skip
    """What the name does in its sentence."""
    if _is_origin(words, at, table):
        return Setting.ORIGIN
    if at.after in table.body_words or at.after in table.topic_words or at.before in table.comparison_words:
        return Setting.BODY
    if said := _said_there(words, at, table):
        return said
    if (unit and unit is not Unit.REGION) or _distance(words, i):
        return Setting.EVENT
    if any(e.claimed or e.kind == "country" for e in entries[:3]):
        return Setting.EVENT if _is_locative(at, table) else Setting.GOVERNMENT
    if any(e.capital for e in entries[:3]) and not unit:
        return Setting.EVENT if _is_town(words[i + count - 1], at, table, headline=headline) else Setting.GOVERNMENT
    return Setting.EVENT


def _is_origin(words: Sequence[Word], at: Around, table: ToponymTable) -> bool:
    if at.before in {"from", "of"} and at.second in table.origin_nouns:
        near = {w.lower for w in words[max(0, at.first - 12) : at.first]}
        return at.before == "of" or not near & table.leaving_words
    if at.before in {"born", "native"} or (at.before == "in" and at.second == "born"):
        return True
    if at.before == "of" and _is_seat_of_office(words, at, table):
        return True
    return at.before in {"in", "at", "of"} and _is_background(words, at, table)


def _is_seat_of_office(words: Sequence[Word], at: Around, table: ToponymTable) -> bool:
    """Whether somebody's office is named after it: "a former mayor of the town of X", "the bishop of X"."""
    for word in reversed(words[max(0, at.first - 6) : at.first - 1]):
        if word.lower in _OFFICES:
            return True
        if (
            word.lower not in _OFFICE_OF
            and word.lower not in table.settlement_words
            and word.lower not in table.region_words
        ):
            return False
    return False


_OFFICES = frozenset("mayor governor bishop archbishop prefect".split())
_OFFICE_OF = frozenset("of the".split())


def _is_background(words: Sequence[Word], at: Around, table: ToponymTable) -> bool:
    """Whether somebody's office or past is there: "a clerk of the port office in X", "cadets trained at a school in X"."""
    back: list[str] = []
    for word in reversed(words[max(0, at.first - 11) : at.first - 1]):
        if word.text in {".", ";", ":"}:
            break
        back.append(word.lower)
    if at.before != "of":
        for lower, word in zip(back, reversed(words[: at.first - 1]), strict=False):
            if lower in table.role_nouns:
                return not (lower in _HOUSES and _goes_there(words, at, lower, table))
            if not (word.name_like or lower in _OFFICE_LINKS):
                break
    return not table.background_words.isdisjoint(back) and "," not in back[:3]


_HOUSES = frozenset("embassy consulate ministry institute".split())


def _goes_there(words: Sequence[Word], at: Around, house: str, table: ToponymTable) -> bool:
    """Whether the house stands for a place: "threw stones at the Greek embassy in X", "attacked the embassy in X"."""
    back = [word.lower for word in words[max(0, at.first - 10) : at.first - 1]]
    before = back[: len(back) - 1 - back[::-1].index(house)][-4:] if house in back else []
    return any(lower in table.locatives or lower in table.place_verbs or lower in {"of", "against"} for lower in before)


_OFFICE_LINKS = frozenset("for of the and at 's regional local".split())


def _said_there(words: Sequence[Word], at: Around, table: ToponymTable) -> Setting | None:
    """Whether somebody speaks there or people meet: "told reporters in X", "speaking from a centre in X", "talks in X"."""
    if at.before not in {"in", "at", "from"}:
        return None
    if at.second in table.speech_verbs:
        return Setting.SPEECH
    for word in reversed(words[max(0, at.first - 6) : at.first - 1]):
        if word.lower in table.meeting_words:
            return Setting.MEETING
        if word.lower in table.saying_places:
            return Setting.SPEECH
        if not word.is_word or word.name_like or word.lower == "that":  # what follows "that" is what was said
            return None
    return None


def _is_locative(at: Around, table: ToponymTable) -> bool:
    if at.after == "capital":
        return False
    if at.before in table.locatives or at.direction or at.before in {"from", "to"} or at.before in table.place_verbs:
        return True
    return at.before == "of" and at.second in _PARTS


_PARTS = frozenset("all most parts much areas regions rest border borders territory".split())


def _is_town(last: Word, at: Around, table: ToponymTable, *, headline: bool) -> bool:
    """Whether a capital's name means the town, and not the government that sits there."""
    if last.possessive:  # "at Paris's foreign office"
        return at.after in table.feature_words or at.after in table.town_nouns or bool(at.direction)
    if (
        (at.before in table.locatives and at.before != "between")
        or at.before in table.place_verbs
        or at.before == "capital"
    ):
        return True
    if at.direction or (at.after in table.feature_words and at.after not in table.government_verbs):
        return True
    if at.before in {"of", "on", "for", "against"}:
        return at.second in table.town_nouns
    if at.before in {"to", "from"}:
        return at.second in table.motion_verbs | table.leaving_words | table.town_nouns
    return headline and at.after not in table.speech_verbs and at.after not in table.government_verbs
