"""Finds the names of places in a report.

A name counts as a place by the words around it (around.py): a gazetteer of half a million spellings holds every English word
and every surname somewhere. What the names stand for is decided later, in ranking.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, takewhile

from bywhom.grounding import around as near
from bywhom.grounding.around import EMPTY, Around, Setting, Stretch, ToponymTable, Unit, Within, Word
from bywhom.grounding.gazetteer import CAPITAL, Entry, Gazetteer, km_between
from bywhom.grounding.names import fold
from bywhom.records import Mention, PlaceRelation, Span

__all__ = ["Setting", "Toponym", "ToponymTable", "Unit", "find_toponyms", "stated_aliases", "toponyms_at"]


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name of a place in a text, before it is known which place."""

    mention: Mention
    name: str  # without its kind word: "Homs" for "Homs province"
    entries: tuple[Entry, ...]  # all that bear the name
    unit: Unit | None = None
    within: Within | None = None
    setting: Setting = Setting.EVENT
    relation: PlaceRelation = PlaceRelation.IN
    widen_km: float = 0.0
    evidence: int = 0
    direction: str = ""  # "eastern": only a part of it is meant
    adjective: bool = False
    description: bool = False  # "the Greek capital": the entry is what is described


@dataclass(frozen=True, slots=True)
class _Search:
    """What one report is searched with."""

    text: str
    gazetteer: Gazetteer
    table: ToponymTable
    people: frozenset[str]  # the parts of its personal names
    aliases: frozenset[str]  # folded: names that the text gives to places known by another
    countries: frozenset[str]  # named, or spoken of by their people


LONGEST = 5  # words of a name
INSIDE = -9  # part of a longer name, a person's perhaps: it is no place, and alone it needs to be shown as one
UNSHOWN = -1  # evidence of a name that nothing shows to be a place; less with each hint that is too weak alone
_CONNECTORS = frozenset("of the de del la el los las du des le sur upon al and da do di y ibn bin abu um umm".split())
_SHORT_FORMS = frozenset("st mt ft".split())
_WITH_ARTICLE = 2  # words
_NAME_WORDS = 3  # after a title or a first name
_LARGE = 100_000  # inhabitants: larger places are named without introduction
_TOWN = 15_000
_CITY = 300_000
_BESIDE_KM = 60.0  # between two places named side by side


def find_toponyms(
    text: str, spans: Sequence[Span], gazetteer: Gazetteer, table: ToponymTable, dateline: Span | None = None
) -> tuple[Toponym, ...]:
    """The place names of `text` inside `spans`, in order, adjectives of nationality among them."""
    stretches = [near.stretch(text, span) for span in spans]
    people = frozenset(name for stretch in stretches for name in _people(stretch, gazetteer, table))
    others = _other_names(text, spans, gazetteer, table)
    search = _Search(text, gazetteer, table, people, others, _countries(stretches, gazetteer))
    found = [toponym for stretch in stretches for toponym in _toponyms(stretch, search)]
    found = _in_lists(text, _confirmed(found))
    if dateline:
        found = [replace(t, setting=Setting.DATELINE) if dateline.covers(t.mention.span) else t for t in found]
    return tuple(found)


def _in_lists(text: str, found: list[Toponym]) -> list[Toponym]:
    """`found`, capitals in a list of towns being towns: "Madrid, Seville and Murcia"."""
    for n, (a, b) in enumerate(pairwise(found)):
        if not _LISTING.fullmatch(text, found[n].mention.end, b.mention.start):
            continue
        if a.setting is Setting.GOVERNMENT and b.setting is Setting.EVENT and _is_plain_town(b) and _is_seat(a):
            found[n] = replace(a, setting=Setting.EVENT)
        elif found[n].setting in _SHARED and b.setting is Setting.EVENT and not b.adjective:
            found[n + 1] = replace(b, setting=found[n].setting)
    return found


_SHARED = frozenset({Setting.ORIGIN, Setting.SPEECH, Setting.MEETING})  # "held in X and Y", "fighters from X and Y"


def _is_plain_town(toponym: Toponym) -> bool:
    return bool(toponym.entries) and toponym.entries[0].kind == "settlement" and not toponym.entries[0].capital


def _is_seat(toponym: Toponym) -> bool:
    return any(e.capital for e in toponym.entries[:3]) and toponym.unit is None


def _countries(stretches: Iterable[Stretch], gazetteer: Gazetteer) -> frozenset[str]:
    """The countries that the text names, or whose people it names."""
    names = sorted({name for stretch in stretches for name in _names(stretch)})
    owners = (gazetteer.adjective(name) or _points_to(gazetteer.named(name)) for name in names)
    return frozenset(owner.country for owner in owners if owner is not None and owner.country)


def _names(stretch: Stretch) -> Iterator[str]:
    """The capitalised words of a stretch, alone and with the one or two that stand beside them ("El Salvador")."""
    for i, word in enumerate(stretch.words):
        if word.name_like:
            yield from (_joint(stretch.words, i, count) for count in range(1, min(3, near.run(stretch.words, i)) + 1))


def _points_to(entries: tuple[Entry, ...]) -> Entry | None:
    """The country of the name, or the city so large that it shows which country a report is about."""
    return next((e for e in entries if e.kind == "country" or e.population >= _CITY), None)


def _other_names(text: str, spans: Sequence[Span], gazetteer: Gazetteer, table: ToponymTable) -> frozenset[str]:
    pairs = stated_aliases(text, spans, table)
    return frozenset(
        fold(name)
        for a, b in pairs
        for name, other in ((a, b), (b, a))
        if gazetteer.named(other) and not gazetteer.named(name)
    )


def _confirmed(found: Sequence[Toponym]) -> list[Toponym]:
    """`found` without the names that nothing shows to be places: neither their surroundings nor their being said again."""
    times = Counter(fold(t.name) for t in found)
    shown = {fold(t.name) for t in found if t.evidence > 0 or t.evidence < UNSHOWN} - {
        fold(t.name) for t in found if t.evidence == INSIDE
    }
    return [
        t
        for t in found
        if t.evidence >= 0 or (times[fold(t.name)] > 1 and fold(t.name) in shown and t.evidence != INSIDE)
    ]


def _people(stretch: Stretch, gazetteer: Gazetteer, table: ToponymTable) -> Iterator[str]:
    """The parts of personal names, so that a surname alone is known for what it is further on."""
    words = stretch.words
    if stretch.capitals:
        yield from _people_in_capitals(words, table)
    if stretch.capitals or stretch.headline:
        return
    i = 0
    while i < len(words):
        length = near.run(words, i) if words[i].name_like else 1
        if words[i].name_like and _is_person(words, i, length, gazetteer, table):
            yield from (w.lower for w in words[i : i + length])
        i += length


def _people_in_capitals(words: Sequence[Word], table: ToponymTable) -> Iterator[str]:
    """The words that follow a title or a first name in a text of capitals, as far as they can be a name's."""
    for i, word in enumerate(words):
        if word.lower in table.titles or word.lower in table.given_names:
            follow = words[i + 1 + (i + 1 < len(words) and words[i + 1].text == ".") :][:_NAME_WORDS]
            yield from (w.lower for w in takewhile(lambda w: _can_be_named(w, table), follow))


def _can_be_named(word: Word, table: ToponymTable) -> bool:
    no_name = table.common_words | table.locatives | table.weak_locatives | table.free_followers | table.speech_verbs
    return word.is_word and word.lower not in no_name and word.lower not in table.place_verbs


def _is_person(words: Sequence[Word], start: int, length: int, gazetteer: Gazetteer, table: ToponymTable) -> bool:
    first = words[start]
    before = words[start - 1].lower if start else ""
    if before == "." and start > 1:
        before = words[start - 2].lower
    if length == 1:
        return before in table.titles
    if before in table.titles or first.lower in table.titles:
        return True
    after = words[start + length].lower if start + length < len(words) else ""
    speaks = after in table.speech_verbs or first.lower in table.given_names
    return speaks and not gazetteer.named(_joint(words, start, length))


def _joint(words: Sequence[Word], start: int, count: int) -> str:
    return " ".join(w.text for w in words[start : start + count])


def _toponyms(stretch: Stretch, search: _Search) -> Iterator[Toponym]:
    i = 0
    last: Toponym | None = None
    while i < len(stretch.words):
        given = _given_weight(search.text, stretch.words[i], last)
        toponym, used = _at(stretch, i, search, given=given)
        if toponym is not None:
            if given == HELD and last and last.within and last.within.entry in toponym.entries:
                toponym = replace(toponym, entries=(last.within.entry,))
            yield toponym
            last = toponym
        i += used


HELD = 4  # evidence of a name that was just read as the region of the name before it
_LISTING = re.compile(r",? (?:and|or|&) (?:the )?|, ")
_OWNED = re.compile(r"(?:['’]s?)? ")  # "Spain's Teruel", "Spains Teruel"


def _given_weight(text: str, word: Word, last: Toponym | None) -> int:
    """The evidence that the toponym before gives to a name: as its region, or as the next of a list."""
    if last is None:
        return 0
    if last.within is not None and last.within.start == word.start:
        return HELD
    if _OWNED.fullmatch(text, last.mention.end, word.start) and _broad(last.entries) and last.unit is None:
        return 1 if text[last.mention.end] in "'’" or _lost_apostrophe(last) else 0
    listed = last.evidence > 0 and _LISTING.fullmatch(text, last.mention.end, word.start)
    return min(2, last.evidence) if listed else 0


def _lost_apostrophe(toponym: Toponym) -> bool:
    """Whether the name is another's with an s: "Spains"."""
    name = fold(toponym.name)
    return len(name) > _SHORTEST_OWNER and name[-1] == "s" and all(fold(e.name) != name for e in toponym.entries)


_SHORTEST_OWNER = 4  # letters


def _at(stretch: Stretch, i: int, search: _Search, *, given: int) -> tuple[Toponym | None, int]:
    """The toponym that begins at word `i`, if any, and how many words to go on by.

    `given` is the evidence that the toponym before it gives.
    """
    word = stretch.words[i]
    if not word.is_word:
        return None, 1
    skip = _no_place(stretch.words, i, search.table.no_places)
    if skip:
        return None, skip
    described, used = _described(stretch, i, search)
    if described is not None or not word.name_like:
        return described, used
    if _goes_on(stretch.words, i) and not _known_run(stretch.words, i, search.gazetteer):
        return _unknown(stretch, i, search)
    for count in range(_longest(stretch.words, i, search.table), 0, -1):
        name = search.text[word.start : stretch.words[i + count - 1].end]
        entries = _entries(stretch, i, count, name, search)
        if count == 1 and _is_nationality(word.text, entries, search.gazetteer):
            return _adjective(word, search.text), 1
        if count > 1 and not stretch.words[i + count - 1].name_like and not stretch.capitals:
            entries = tuple(e for e in entries if e.kind != "settlement")  # "the coast" ends areas, not towns
        if entries:
            return _weighed(stretch, i, count, name, entries, search, given=given)
    return _unknown(stretch, i, search)


def _goes_on(words: Sequence[Word], i: int) -> bool:
    """Whether the name goes on with an Arabic article: "Khan al-…" is more than "Khan"."""
    following = words[i + 1] if i + 1 < len(words) else EMPTY
    return following.name_like and following.text[0].islower() and near.side_by_side(words, i)


def _known_run(words: Sequence[Word], i: int, gazetteer: Gazetteer) -> bool:
    """Whether the capitalised words from `i`, or the first of them with the article, are a known name."""
    return any(gazetteer.named(_joint(words, i, count)) for count in range(near.run(words, i), 1, -1))


def _no_place(words: Sequence[Word], i: int, phrases: tuple[str, ...]) -> int:
    """How many words from `i` are a name that only looks like a place's ("White House")."""
    for phrase in _by_first(phrases).get(words[i].lower, ()):
        if all(i + n < len(words) and words[i + n].lower == part for n, part in enumerate(phrase)):
            return len(phrase)
    return 0


@lru_cache(maxsize=4)
def _by_first(phrases: tuple[str, ...]) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        parts = phrase.lower().split()
        found.setdefault(parts[0], []).append(parts)
    return found


def _longest(words: Sequence[Word], i: int, table: ToponymTable) -> int:
    """How many words a name that begins at `i` can have; a small word such as "coast" may be its last."""
    end = i
    while end + 1 < len(words) and end + 1 - i < LONGEST:
        following = words[end + 1]
        gap = following.start - words[end].end
        fits = following.name_like or following.lower in _CONNECTORS or following.lower in table.last_words
        dot = following.text == "." and (words[end].lower in _SHORT_FORMS or len(words[end].text) == 1)
        if gap > 1 + 2 * words[end].possessive or not (fits or dot):
            break
        end += 1
    while end > i and not (words[end].name_like or words[end].lower in table.last_words):
        end -= 1
    return end - i + 1


def _entries(stretch: Stretch, i: int, count: int, name: str, search: _Search) -> tuple[Entry, ...]:
    if name == "us":
        return ()
    entries = search.gazetteer.named(name)
    if i and stretch.words[i - 1].lower == "the":
        entries = tuple(e for e in search.gazetteer.named("the " + name) if e.kind == "area") or entries
    if not entries and len(name) > 4 and name[-1] == "s" and not stretch.words[i + count - 1].possessive:
        # Reports lose apostrophes ("Serbias capital"): a country, region or large town may stand before the s.
        entries = search.gazetteer.named(name[:-1])
        return entries if any(e.kind != "settlement" or e.population >= _LARGE for e in entries) else ()
    return entries


def _is_nationality(word: str, entries: tuple[Entry, ...], gazetteer: Gazetteer) -> bool:
    """Whether a word is one of nationality and no larger place's name."""
    if any(e.kind != "settlement" or e.population >= _LARGE for e in entries):
        return False
    return gazetteer.adjective(word) is not None


def _adjective(word: Word, text: str) -> Toponym:
    mention = Mention.at(Span(word.start, word.end), text)
    return Toponym(mention, mention.text, (), setting=Setting.BODY, adjective=True)


def _weighed(
    stretch: Stretch, i: int, count: int, name: str, entries: tuple[Entry, ...], search: _Search, *, given: int
) -> tuple[Toponym | None, int]:
    """The toponym that `count` words at `i` are, or none where the words around say otherwise."""
    words, table = stretch.words, search.table
    at = near.around(words, i, count, table)
    unit, after = near.unit_of(words, i, count, at, table)
    if unit is None and _apposed(words, i + count, table):
        unit = Unit.SETTLEMENT
    if unit is Unit.SETTLEMENT and entries[0].kind == "country":
        unit, after = None, False
    if unit is Unit.QUARTER and after and _is_part_of(words, i, count, at, entries, search):
        unit, after = None, False
    holder = near.within(words, i + count, unit, search.gazetteer, table, search.countries)
    weight = max(given, near.evidence(at, unit, holder, table))
    shown = _shown(stretch, i, count, entries, at, weight, search)
    if shown is None:
        return None, count
    end = (
        words[i + count].end
        if after and words[i + count].name_like and not stretch.capitals
        else words[i + count - 1].end
    )
    relation, widen = near.relation(words, i, count, at, table)
    setting = near.setting_of(words, i, count, entries, at, unit, table, headline=stretch.headline)
    if _names_institution(words, i + count, table) and not after and not _is_building(words, i + count, at, table):
        setting = Setting.BODY
    mention = Mention.at(Span(words[i].start, end), search.text)
    return Toponym(mention, name, entries, unit, holder, setting, relation, widen, shown, at.direction), count


def _is_part_of(
    words: Sequence[Word], i: int, count: int, at: Around, entries: tuple[Entry, ...], search: _Search
) -> bool:
    """Whether a city told of is named with some part of it: "in a Berlin neighbourhood", not "the Gràcia neighbourhood of X"."""
    after = words[i + count + 1].lower if i + count + 1 < len(words) else ""
    if at.after not in near.PARTS_OF_TOWNS or after in {"of", "in"} or (i and words[i - 1].lower == "the"):
        return False
    return any(e.kind == "settlement" and e.population >= _LARGE and e.country in search.countries for e in entries)


def _is_building(words: Sequence[Word], after: int, at: Around, table: ToponymTable) -> bool:
    """Whether something happens at the house of a body, not by it: "near Bremen General Hospital"."""
    name = words[after : after + near.run(words, after)][:4]
    return at.before in table.locatives and any(w.lower in table.feature_words for w in name)


def _names_institution(words: Sequence[Word], after: int, table: ToponymTable) -> bool:
    """Whether the name goes on as a body's: "Boston Police Department"."""
    following = words[after : after + 3]
    return (
        bool(following)
        and following[0].name_like
        and any(w.lower in table.institution_words for w in following[: near.run(words, after)])
    )


def _shown(
    stretch: Stretch, i: int, count: int, entries: tuple[Entry, ...], at: Around, weight: int, search: _Search
) -> int | None:
    """How well the name is shown to be a place's; None for never, below 0 where being said again must show it."""
    word, table = stretch.words[i], search.table
    alone = i + (count == _WITH_ARTICLE and word.lower == "the")
    single = alone == i + count - 1 and weight < HELD  # one word, its article not counted
    if single and not _may_be(stretch, stretch.words[alone], alone, entries, at, weight, search):
        return None
    if stretch.capitals:
        return weight if _in_capitals(word, count, entries, weight, search) else None
    if not stretch.headline and (weight < 3 or _runs_on(stretch.words, i, count, search)):
        if at.after in table.body_words:
            return weight if _broad(entries) and not stretch.words[i + count].name_like else None
        if _inside_name(stretch.words, i, count, entries, search):
            return INSIDE
    if not stretch.headline and weight and any(e.country in search.countries for e in entries):
        return weight
    if _is_namesake(stretch, i, count, weight, search):
        return UNSHOWN - weight
    return weight if _known_enough(word, count, entries, weight, headline=stretch.headline) else UNSHOWN - weight


def _is_namesake(stretch: Stretch, i: int, count: int, weight: int, search: _Search) -> bool:
    """Whether a place of no country told of only lent its name: "the Waterloo Road", "Leipzig Street"."""
    after = stretch.words[i + count] if i + count < len(stretch.words) else EMPTY
    named = after.name_like and after.lower in search.table.feature_words and not stretch.headline
    return named and weight < 2 and bool(search.countries)


def _broad(entries: tuple[Entry, ...]) -> bool:
    return any(e.kind in {"country", "area", "region"} for e in entries)


def _nation(entries: tuple[Entry, ...]) -> bool:
    return any(e.kind in {"country", "area"} for e in entries)


def _known_enough(word: Word, count: int, entries: tuple[Entry, ...], weight: int, *, headline: bool) -> bool:
    """Whether a place is so large, or so plainly introduced, that its name alone may stand."""
    largest = max(e.population for e in entries)
    if _broad(entries) or (count > 1 and largest >= _TOWN):
        return True
    if headline:
        return largest >= _LARGE or weight > 2
    if weight >= 2:
        return True
    if word.opens or not weight:
        return largest >= _LARGE
    return largest >= _TOWN


def _may_be(
    stretch: Stretch, word: Word, i: int, entries: tuple[Entry, ...], at: Around, weight: int, search: _Search
) -> bool:
    """Whether a single word can be a place at all here: no acronym, English word, first name, title or person."""
    table = search.table
    if (
        not stretch.capitals
        and word.text.isupper()
        and len(word.text) < 6
        and not (word.opens and _is_dateline(stretch.words, i))
    ):
        return _nation(entries) or any(e.claimed or (e.kind == "region" and len(word.text) < 4) for e in entries)
    if len(word.text) < 3 and not (_nation(entries) and word.text.isupper()):
        return False
    if word.lower in table.directions:
        return False
    if word.lower in table.common_words or word.lower in table.given_names or _is_owner(word, table):
        if stretch.capitals or _is_office(stretch.words, i):
            return False
        known = any(e.kind == "country" or e.population >= _LARGE for e in entries)
        following = stretch.words[i + 1] if i + 1 < len(stretch.words) else EMPTY
        return weight > 2 or (known and weight == 2 and not following.text[:1].isdigit())
    if word.lower in table.titles and weight < 3:
        return False
    if stretch.capitals and at.before in table.given_names and weight < HELD:
        return False
    if word.lower in search.people and at.before not in table.locatives | table.weak_locatives:
        return False
    return not _numbered(stretch.words, i, weight)


def _is_owner(word: Word, table: ToponymTable) -> bool:
    """Whether a name lost its apostrophe: "Napoleons troops"."""
    return word.lower[-1] == "s" and word.lower[:-1] in table.given_names


def _is_office(words: Sequence[Word], i: int) -> bool:
    """Whether "of" or "in" follows, as after an English word that is no name: "the Bank of France", "the War in Spain"."""
    return i + 1 < len(words) and words[i + 1].lower in {"of", "in"}


def _is_dateline(words: Sequence[Word], i: int) -> bool:
    """Whether a name in capitals stands as a dateline does, before a mark or another such word, and is no acronym."""
    after = words[i + 1] if i + 1 < len(words) else EMPTY
    return not after.is_word or after.text.isupper()


def _numbered(words: Sequence[Word], i: int, weight: int) -> bool:
    """Whether a number makes the name a product's or a unit's: "Lancaster 3", "15th Lancaster brigade"."""
    after = words[i + 1].text if i + 1 < len(words) else ""
    if i and re.fullmatch(r"\d+(?:st|nd|rd|th)", words[i - 1].text):
        return True
    return after.isdigit() and len(after) < 3 and weight == 0


def _in_capitals(word: Word, count: int, entries: tuple[Entry, ...], weight: int, search: _Search) -> bool:
    """Whether a name in a text of capitals is a place's: case says nothing, so size and prepositions must."""
    if count == 1 and (word.lower in search.table.titles or word.lower in _CONNECTORS or len(word.text) < 4):
        return False
    if word.lower in {"the", "a", "an"}:
        return False
    largest = max(e.population for e in entries)
    told_of = any(e.country in search.countries for e in entries)  # a word or surname may be a far place's name
    return (
        _nation(entries)
        or (_broad(entries) and (weight > 0 or told_of))
        or (weight >= 2 and (largest >= _LARGE or (largest >= 1_000 and (told_of or not search.countries))))
        or (weight == 1 and largest >= _LARGE)
        or (weight > 2 and (told_of or not search.countries))
    )


def _inside_name(words: Sequence[Word], i: int, count: int, entries: tuple[Entry, ...], search: _Search) -> bool:
    """Whether the name is part of a longer one: "Paris Hilton", "Boston Globe", "Michael Jordan"."""
    table = search.table
    before = words[i - 1] if i else EMPTY
    if before.lower in table.given_names and before.name_like and (not before.opens or _nation(entries)):
        return True
    if _nation(entries) and words[i].lower not in table.personal_countries:
        return False
    if before.lower in table.titles and before.name_like:
        return True
    if _runs_on(words, i, count, search):
        return True
    joined = before.name_like and before.is_word and words[i].start - before.end <= 1 and not before.possessive
    return joined and not before.opens and not _may_precede(before, search) and not _follows(words, i, entries, search)


def _follows(words: Sequence[Word], i: int, entries: tuple[Entry, ...], search: _Search) -> bool:
    """Whether a place not far from one of `entries` is named right before word `i`."""
    return any(
        near.run(words, i - back) > back and _is_named_beside(words, i, back, entries, search)
        for back in range(1, min(3, i) + 1)
    )


def _is_named_beside(words: Sequence[Word], i: int, back: int, entries: tuple[Entry, ...], search: _Search) -> bool:
    named = search.gazetteer.named(_joint(words, i - back, back))
    return any(
        0 < km_between(a, b) < _BESIDE_KM
        for a in named
        if a.kind == "settlement" and a.country in search.countries
        for b in entries
        if b.kind == "settlement" and b.country == a.country
    )


def _runs_on(words: Sequence[Word], i: int, count: int, search: _Search) -> bool:
    """Whether a capitalised word follows that continues the name."""
    after, last = (words[i + count] if i + count < len(words) else EMPTY), words[i + count - 1]
    beside = after.name_like and after.is_word and after.start - last.end <= 1 and not last.possessive
    if not beside or _free(after, search) or _names_institution(words, i + count, search.table):
        return False
    return not _beside(search.gazetteer.named(_joint(words, i, count)), words, i + count, search)


def _beside(entries: tuple[Entry, ...], words: Sequence[Word], at: int, search: _Search) -> bool:
    """Whether a place not far from one of `entries` is named at word `at`: a list that lost its commas."""
    close = [e for e in entries if e.kind == "settlement" and e.country in search.countries]
    if not close:
        return False
    beside = (
        other
        for count in range(min(3, near.run(words, at)), 0, -1)
        for other in search.gazetteer.named(_joint(words, at, count))
        if other.kind == "settlement" and other.country in search.countries
    )
    return any(0 < km_between(a, b) < _BESIDE_KM for b in beside for a in close)


def _free(word: Word, search: _Search) -> bool:
    """Whether a capitalised word after a place's name begins something new."""
    table = search.table
    if word.lower in table.body_words:
        return False
    if word.lower in table.free_followers or word.lower in table.titles or near.kind(table, word.lower):
        return True
    if word.lower in table.around_words or word.lower in table.feature_words:
        return True
    return search.gazetteer.adjective(word.text) is not None or any(
        e.kind in {"country", "region"}
        for e in (*search.gazetteer.named(word.text), *search.gazetteer.named(word.text.removesuffix("s")))
    )


def _may_precede(before: Word, search: _Search) -> bool:
    """Whether a capitalised word can stand before a place's name without being part of a longer name."""
    table, word = search.table, before.lower
    known = word in table.directions or word in table.settlement_words or word in table.locatives
    if known or word in table.weak_locatives or word == "the" or search.gazetteer.adjective(before.text) is not None:
        return True
    return word.endswith("s") and _nation(search.gazetteer.named(before.text.removesuffix("s")))  # "in Spains Teruel"


def _unknown(stretch: Stretch, i: int, search: _Search) -> tuple[Toponym | None, int]:
    """A name that no gazetteer holds, where the words around it say plainly that it is a place."""
    words, table = stretch.words, search.table
    word = words[i]
    no_name = table.common_words | table.titles | table.locatives
    if stretch.capitals or stretch.headline or word.lower in no_name or _QUALITY.search(word.lower):
        return None, 1
    count = min(near.run(words, i), 3)
    at = near.around(words, i, count, table)
    unit, after = near.unit_of(words, i, count, at, table)
    holder = near.within(words, i + count, unit, search.gazetteer, table, search.countries)
    name = _joint(words, i, count)
    alias = fold(name) in search.aliases
    if near.evidence(at, unit, holder, table) >= 2 and not alias:
        alias = any(e.country in search.countries for e in search.gazetteer.alike(name))
    if not alias and not _plainly_place(words, i, count, unit, at, table, after=after):
        return None, 1
    if word.lower in search.people or word.lower in table.given_names or word.text.isupper():
        return None, count
    if unit is None and at.after == "area":
        unit = Unit.QUARTER
    relation, widen = near.relation(words, i, count, at, table)
    mention = Mention.at(Span(word.start, words[i + count - 1].end), search.text)
    return Toponym(mention, name, (), unit, holder, Setting.EVENT, relation, widen, 3), count


def _plainly_place(
    words: Sequence[Word], i: int, count: int, unit: Unit | None, at: Around, table: ToponymTable, *, after: bool
) -> bool:
    if _apposed(words, i + count, table):
        return True
    if at.after in {"area", "direction", "countryside"} and at.before in table.locatives:
        return True
    last = words[i + count - 1]
    if last.lower in table.body_words or last.lower in table.institution_words:
        return False
    if at.before in _BESIDE or (at.before in table.locatives and count == 1 and _JOINED.fullmatch(last.text)):
        return True
    article = i > 0 and words[i - 1].lower in {"the", "a", "an"}
    described = unit is Unit.SETTLEMENT and (
        article if after else at.before != "of" and at.second != "the"
    )  # "the Tuareg city"
    return unit in {Unit.SETTLEMENT, Unit.QUARTER, Unit.DISTRICT} and not described


_QUALITY = re.compile(
    r"-(?:held|controlled|run|led|backed|owned|born|dominated|majority|populated|ruled|occupied|era)$"
)
_BESIDE = frozenset({"near", "outside"})  # only places have surroundings
_JOINED = re.compile(r"[^\W\d_]+(?:-[a-zà-ÿ]{1,4})+-[^\W\d_]+")  # "Stratford-upon-Avon", "Châlons-sur-Marne"


def _apposed(words: Sequence[Word], at: int, table: ToponymTable) -> bool:
    """Whether "(a city in …", ", a village near …" follows."""
    if at + 2 >= len(words) or words[at].text not in {",", "(", "["} or words[at + 1].lower not in {"a", "an", "the"}:
        return False
    return any(w.lower in table.settlement_words for w in words[at + 2 : at + 5])


def _described(stretch: Stretch, i: int, search: _Search) -> tuple[Toponym | None, int]:
    """The town that "the Greek capital", "Chad's capital", "the third-largest city in the country" stands for."""
    words = stretch.words
    if words[i].lower not in {"capital", "city"} or (words[i].name_like and not stretch.capitals):
        return None, 1
    rank, first = _rank(words, i)
    following = words[i + 1] if i + 1 < len(words) else EMPTY
    if rank and following.lower == "of":
        return _capital_of(stretch, first, i, rank, search)
    nation = _owner(words, first, i, search.gazetteer) if rank else None
    if nation is None or nation.country is None or (following.name_like and not stretch.capitals):
        return None, 1  # none, or the name itself follows
    town = _ranked_town(nation.country, rank, search.gazetteer)
    return (_description(words[max(0, first - 1)], words[i], town, search), 1) if town else (None, 1)


def _description(first: Word, last: Word, town: Entry, search: _Search) -> Toponym:
    mention = Mention.at(Span(first.start, last.end), search.text)
    return Toponym(mention, town.name, (town,), Unit.SETTLEMENT, evidence=3, description=True)


def _ranked_town(country: str, rank: int, gazetteer: Gazetteer) -> Entry | None:
    """The country's capital or its town of that rank; "the second city" is the largest where that is not the capital."""
    town = gazetteer.town(country, rank)
    return gazetteer.town(country, 1) if rank == 2 and town is not None and town.capital else town


def _capital_of(stretch: Stretch, first: int, i: int, rank: int, search: _Search) -> tuple[Toponym | None, int]:
    """The town that "the capital of Greece" or "the capital of the Somme department" stands for."""
    words = stretch.words
    at = i + 2 + (i + 2 < len(words) and words[i + 2].lower == "the")
    if at >= len(words) or not words[at].name_like:
        return None, 1
    for count in range(_longest(words, at, search.table), 0, -1):
        owner = next(iter(search.gazetteer.named(_joint(words, at, count))), None)
        town = _seat_of(owner, rank, search.gazetteer) if owner else None
        if town:
            return _description(words[first], words[at + count - 1], town, search), at + count - i
    return None, 1


def _seat_of(owner: Entry, rank: int, gazetteer: Gazetteer) -> Entry | None:
    if owner.kind == "country" and owner.country:
        return _ranked_town(owner.country, rank, gazetteer)
    return gazetteer.largest(owner.region) if owner.kind == "region" and owner.region and rank == CAPITAL else None


def _owner(words: Sequence[Word], first: int, last: int, gazetteer: Gazetteer) -> Entry | None:
    """The country that a description speaks of: named before it, or "the country" named last."""
    owner = words[first - 1] if first else EMPTY
    if owner.name_like:
        return gazetteer.adjective(owner.text) or _country(owner, gazetteer)
    if [w.lower for w in words[last + 1 : last + 4]] == ["in", "the", "country"]:
        named = (_country(word, gazetteer) for word in reversed(words[:first]) if word.name_like)
        return next((nation for nation in named if nation), None)
    return None


def _country(word: Word, gazetteer: Gazetteer) -> Entry | None:
    entries = gazetteer.named(word.text) or gazetteer.named(word.text.removesuffix("s"))
    return next((e for e in entries if e.kind == "country"), None)


_ORDINALS = {"largest": 1, "biggest": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}


def _rank(words: Sequence[Word], i: int) -> tuple[int, int]:
    """Of a description that ends at `i`: 0-based from the capital, the town's rank by size (99 the capital); its first word."""
    if words[i].lower == "capital":
        return CAPITAL, i
    previous = words[i - 1].lower if i else ""
    ordinal = previous.split("-")[0]
    if ordinal in _ORDINALS and ("-largest" in previous or "-biggest" in previous or ordinal == previous):
        return _ORDINALS[ordinal], i - 1
    return 0, i


def toponyms_at(text: str, given: Sequence[Span], gazetteer: Gazetteer, table: ToponymTable) -> tuple[Toponym, ...]:
    """The toponyms at spans that somebody else found: what the words around say, without asking whether they are places."""
    words = near.words_of(text, Span(0, len(text)))
    starts = {word.start: i for i, word in enumerate(words)}
    return tuple(_given(text, words, span, starts.get(span.start), gazetteer, table) for span in given)


def _given(
    text: str, words: Sequence[Word], span: Span, i: int | None, gazetteer: Gazetteer, table: ToponymTable
) -> Toponym:
    mention = Mention.at(span, text)
    name = mention.text.strip()
    entries = gazetteer.named(name)
    if _is_nationality(name, entries, gazetteer):
        return Toponym(mention, name, (), setting=Setting.BODY, adjective=True)
    if i is None:
        return Toponym(mention, name, entries, evidence=HELD)
    count = max(1, sum(w.start < span.end for w in words[i : i + 12]))
    at = near.around(words, i, count, table)
    unit, _ = near.unit_of(words, i, count, at, table)
    holder = near.within(words, i + count, unit, gazetteer, table)
    return Toponym(mention, name, entries, unit, holder, evidence=HELD)


def stated_aliases(text: str, spans: Iterable[Span], table: ToponymTable) -> tuple[tuple[str, str], ...]:
    """Pairs of names that the text says are one place's: "X, also known as Y", "X (Y in Russian)"."""
    pattern = _alias_pattern(table.alias_joints, table.languages)
    pairs: list[tuple[str, str]] = []
    for span in spans:
        pairs += ((m["a"], m["b"] or m["c"]) for m in pattern.finditer(text, span.start, span.end))
    return tuple(pairs)


_NAME = r"[A-Z\u0400-\u042f][\w’'-]*(?:[ -][A-Z\u0400-\u042f][\w’'-]*){0,2}"


@lru_cache(maxsize=4)
def _alias_pattern(alias_joints: tuple[str, ...], languages: tuple[str, ...]) -> re.Pattern[str]:
    joints = "|".join(sorted(map(re.escape, alias_joints), key=len, reverse=True))
    spoken = "|".join(languages)
    return re.compile(
        rf"(?<!\w)(?P<a>{_NAME})(?:,? \(|, | )"
        rf"(?:(?:{joints}) [“\"‘']?(?P<b>{_NAME})|[“\"‘']?(?P<c>{_NAME})[”\"’']? in (?:{spoken}))"
    )
