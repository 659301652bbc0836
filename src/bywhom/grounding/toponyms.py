"""Finds the names of places in a report.

A name counts as a place by the words around it (around.py, shown.py): a gazetteer of half a million spellings holds every English
word and every surname somewhere. What the names stand for is decided later, in ranking.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from bywhom.grounding.aliases import stated_aliases
from bywhom.grounding.around import (
    PARTS_OF_TOWNS,
    Around,
    Unit,
    apposed,
    around,
    evidence,
    relation_of,
    unit_of,
    within,
)
from bywhom.grounding.described import described
from bywhom.grounding.gazetteer import Entry, Gazetteer
from bywhom.grounding.names import fold
from bywhom.grounding.personal import people_of
from bywhom.grounding.setting import Setting, setting_of
from bywhom.grounding.shown import heads_dispatch, names_institution, shown
from bywhom.grounding.stretches import EMPTY, Stretch, Word, joint, run, side_by_side, stretch_of, words_of
from bywhom.grounding.toponym import HELD, INSIDE, LARGE, UNSHOWN, Search, Toponym, is_broad, longest
from bywhom.grounding.toponymtable import ToponymTable
from bywhom.grounding.unknown import unknown
from bywhom.records import Mention, Span

__all__ = ["Toponym", "ToponymTable", "find_toponyms", "toponyms_at"]


def find_toponyms(
    text: str, spans: Sequence[Span], gazetteer: Gazetteer, table: ToponymTable, dateline: Span | None = None
) -> tuple[Toponym, ...]:
    """The place names of `text` inside `spans`, in order, adjectives of nationality among them."""
    stretches = [stretch_of(text, span) for span in spans]
    people = frozenset(name for stretch in stretches for name in people_of(stretch, gazetteer, table))
    others = _other_names(text, spans, gazetteer, table)
    search = Search(text, gazetteer, table, people, others, _countries(stretches, gazetteer, table), _is_bare(text))
    found = _again(stretches, [[*_toponyms(stretch, search)] for stretch in stretches], search)
    found = _in_lists(text, _confirmed(found))
    if dateline:
        found = [replace(t, setting=Setting.DATELINE) if dateline.covers(t.mention.span) else t for t in found]
    return tuple(found)


def _again(stretches: Sequence[Stretch], found: Sequence[list[Toponym]], search: Search) -> list[Toponym]:
    """All that was found, stretches that say an unknown place's name again searched anew: "the village of X", then "in X"."""
    unknown = {t.name: fold(t.name) for each in found for t in each if not t.entries and not t.adjective}
    knowing = replace(search, unknown=frozenset(unknown.values()))
    every: list[Toponym] = []
    for stretch, here in zip(stretches, found, strict=True):
        said = search.text[stretch.words[0].start : stretch.words[-1].end] if unknown and stretch.words else ""
        is_more = any(said.count(name) > sum(t.name == name for t in here) for name in unknown)
        every += _toponyms(stretch, knowing) if is_more else here
    return every


def _is_bare(text: str) -> bool:
    """Whether a text is long enough to have commas, and has none."""
    return len(text) > _LONG and "," not in text


_LONG = 600  # characters


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


def _countries(stretches: Iterable[Stretch], gazetteer: Gazetteer, table: ToponymTable) -> frozenset[str]:
    """The countries that the text names, or whose people it names."""
    names = sorted({name for stretch in stretches for name in _names(stretch, table)})
    owners = (gazetteer.adjective(name) or _points_to(gazetteer.named(name)) for name in names)
    return frozenset(owner.country for owner in owners if owner is not None and owner.country)


def _names(stretch: Stretch, table: ToponymTable) -> Iterator[str]:
    """The capitalised words of a stretch, alone and with the one or two that stand beside them ("El Salvador").

    Houses are left out: a "Verdun barracks" says nothing of the country it stands in.
    """
    words = stretch.words
    for i, word in enumerate(words):
        if word.name_like:
            counts = range(1, min(3, run(words, i)) + 1)
            behind = ((n, words[i + n].lower if i + n < len(words) else "") for n in counts)
            yield from (joint(words, i, n) for n, low in behind if low not in table.house_words)


_CITY = 300_000


def _points_to(entries: tuple[Entry, ...]) -> Entry | None:
    """The country of the name, or the city or region so large that it shows which country a report is about.

    None where two countries have one so large: "Bolívar" is a state of Venezuela and a department of Colombia.
    """
    large = [e for e in entries if e.kind == "country" or e.population >= _CITY]
    best = next(iter(large), None)
    return best if best is None or best.kind == "country" or all(e.country == best.country for e in large) else None


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


def _toponyms(stretch: Stretch, search: Search) -> Iterator[Toponym]:
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


_WHOLE_NAME = 3  # words that an unknown name may have
_LISTING = re.compile(r",? (?:and|or|&) (?:the )?|, ")
_OWNED = re.compile(r"(?:['’]s?)? ")  # "Spain's Teruel", "Spains Teruel"


def _given_weight(text: str, word: Word, last: Toponym | None) -> int:
    """The evidence that the toponym before gives to a name: as its region, or as the next of a list."""
    if last is None:
        return 0
    if last.within is not None and last.within.start == word.start:
        return HELD
    if _OWNED.fullmatch(text, last.mention.end, word.start) and is_broad(last.entries) and last.unit is None:
        return 1 if text[last.mention.end] in "'’" or _lost_apostrophe(last) else 0
    listed = last.evidence > 0 and _LISTING.fullmatch(text, last.mention.end, word.start)
    return min(2, last.evidence) if listed else 0


def _lost_apostrophe(toponym: Toponym) -> bool:
    """Whether the name is another's with an s: "Spains"."""
    name = fold(toponym.name)
    return len(name) > _SHORTEST_OWNER and name[-1] == "s" and all(fold(e.name) != name for e in toponym.entries)


_SHORTEST_OWNER = 4  # letters


def _at(stretch: Stretch, i: int, search: Search, *, given: int) -> tuple[Toponym | None, int]:
    """The toponym that begins at word `i`, if any, and how many words to go on by.

    `given` is the evidence that the toponym before it gives.
    """
    word = stretch.words[i]
    if not word.is_word:
        return None, 1
    skip = _no_place(stretch.words, i, search.table.no_places)
    if skip:
        return None, skip
    based = _based(word, search)
    if based is not None:
        return based, 1
    meant, used = described(stretch, i, search)
    if meant is not None or not word.name_like:
        return meant, used
    if _goes_on(stretch.words, i) and not _known_run(stretch.words, i, search.gazetteer):
        return unknown(stretch, i, search)
    for count in range(longest(stretch.words, i, search.table), 0, -1):
        name = search.text[word.start : stretch.words[i + count - 1].end]
        entries = _entries(stretch, i, count, name, search)
        if count == 1 and _is_nationality(word.text, entries, search.gazetteer):
            return _adjective(word, search.text), 1
        if count > 1 and not stretch.words[i + count - 1].name_like and not stretch.capitals:
            entries = tuple(e for e in entries if e.kind != "settlement")  # "the coast" ends areas, not towns
        if entries:
            found, used = _weighed(stretch, i, count, name, entries, search, given=given)
            whole = _beyond(stretch, i, count, found, search)
            return (found, used) if whole is None else (whole, run(stretch.words, i))
    return unknown(stretch, i, search)


def _beyond(stretch: Stretch, i: int, count: int, found: Toponym | None, search: Search) -> Toponym | None:
    """The unknown place whose name only begins as a known one: "the town of Ain Xorlan", where there is an Ain."""
    longer = run(stretch.words, i)
    if count >= longer or longer > _WHOLE_NAME or (found is not None and found.evidence != INSIDE):
        return None
    whole, used = unknown(stretch, i, search)
    return whole if used == longer else None


_COMPOUND = re.compile(r"([^\W\d_][\w’'.]+)-(?:based|area|born|registered|headquartered|bound|wide)")


def _based(word: Word, search: Search) -> Toponym | None:
    """The place in a word that says where somebody sits: "the Lisbon-based agency"; no scene."""
    compound = _COMPOUND.fullmatch(word.text) if word.name_like else None
    if compound is None or compound[1].lower() in search.table.common_words:
        return None
    entries = search.gazetteer.named(compound[1])
    if not any(e.kind != "settlement" or e.population >= LARGE or e.country in search.countries for e in entries):
        return None
    mention = Mention.at(Span(word.start, word.start + len(compound[1])), search.text)
    return Toponym(mention, compound[1], entries, setting=Setting.BODY, evidence=1)


def _goes_on(words: Sequence[Word], i: int) -> bool:
    """Whether the name goes on with an Arabic article: "Khan al-…" is more than "Khan"."""
    following = words[i + 1] if i + 1 < len(words) else EMPTY
    return following.name_like and following.text[0].islower() and side_by_side(words, i)


def _known_run(words: Sequence[Word], i: int, gazetteer: Gazetteer) -> bool:
    """Whether the capitalised words from `i`, or the first of them with the article, are a known name."""
    return any(gazetteer.named(joint(words, i, count)) for count in range(run(words, i), 1, -1))


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


def _entries(stretch: Stretch, i: int, count: int, name: str, search: Search) -> tuple[Entry, ...]:
    if name == "us":
        return ()
    entries = search.gazetteer.named(name)
    if i and stretch.words[i - 1].lower == "the":
        entries = tuple(e for e in search.gazetteer.named("the " + name) if e.kind == "area") or entries
    if not entries and len(name) > 4 and name[-1] == "s" and not stretch.words[i + count - 1].possessive:
        # Reports lose apostrophes ("Serbias capital"): a country, region or large town may stand before the s.
        entries = search.gazetteer.named(name[:-1])
        return entries if any(e.kind != "settlement" or e.population >= LARGE for e in entries) else ()
    return entries


def _is_nationality(word: str, entries: tuple[Entry, ...], gazetteer: Gazetteer) -> bool:
    """Whether a word is one of nationality and no larger place's name."""
    if any(e.kind != "settlement" or e.population >= LARGE for e in entries):
        return False
    return gazetteer.adjective(word) is not None


def _adjective(word: Word, text: str) -> Toponym:
    mention = Mention.at(Span(word.start, word.end), text)
    return Toponym(mention, mention.text, (), setting=Setting.BODY, adjective=True)


def _weighed(
    stretch: Stretch, i: int, count: int, name: str, entries: tuple[Entry, ...], search: Search, *, given: int
) -> tuple[Toponym | None, int]:
    """The toponym that `count` words at `i` are, or none where the words around say otherwise."""
    words, table = stretch.words, search.table
    at = around(words, i, count, table)
    unit, after = unit_of(words, i, count, at, table)
    if unit is None and apposed(words, i + count, table):
        unit = Unit.SETTLEMENT
    if unit is Unit.SETTLEMENT and entries[0].kind == "country":
        unit, after = None, False
    if unit is Unit.QUARTER and (
        _is_part_of(words, i, count, at, entries, search) if after else _is_large(entries, search)
    ):
        unit, after = None, False
    holder = within(words, i + count, unit, search.gazetteer, table, search.countries)
    weight = max(given, evidence(at, unit, holder, table))
    heads = not stretch.capitals and heads_dispatch(words, i, count)
    weight = max(weight, 2) if heads else weight
    plainly = shown(stretch, i, count, entries, at, weight, search)
    if plainly is None:
        return None, count
    end = (
        words[i + count].end
        if after and words[i + count].name_like and not stretch.capitals
        else words[i + count - 1].end
    )
    relation, widen = relation_of(words, i, count, at, table)
    setting = setting_of(words, i, count, entries, at, unit, table, headline=stretch.headline)
    setting = Setting.DATELINE if heads else setting
    if names_institution(words, i + count, table) and not after and not _is_building(words, i + count, at, table):
        setting = Setting.BODY
    mention = Mention.at(Span(words[i].start, end), search.text)
    return Toponym(mention, name, entries, unit, holder, setting, relation, widen, plainly, at.direction), count


def _is_part_of(
    words: Sequence[Word], i: int, count: int, at: Around, entries: tuple[Entry, ...], search: Search
) -> bool:
    """Whether a city told of is named with some part of it: "in a Berlin neighbourhood", not "the Gràcia neighbourhood of X"."""
    after = words[i + count + 1].lower if i + count + 1 < len(words) else ""
    if at.after not in PARTS_OF_TOWNS or after in {"of", "in"} or (i and words[i - 1].lower == "the"):
        return False
    return _is_large(entries, search)


def _is_large(entries: tuple[Entry, ...], search: Search) -> bool:
    """Whether a city told of is meant: "a neighbourhood of Berlin" names no neighbourhood."""
    return any(e.kind == "settlement" and e.population >= LARGE and e.country in search.countries for e in entries)


def _is_building(words: Sequence[Word], after: int, at: Around, table: ToponymTable) -> bool:
    """Whether something happens at the house of a body, not by it: "near Bremen General Hospital"."""
    name = words[after : after + run(words, after)][:4]
    return at.before in table.locatives and any(w.lower in table.feature_words for w in name)


def toponyms_at(text: str, given: Sequence[Span], gazetteer: Gazetteer, table: ToponymTable) -> tuple[Toponym, ...]:
    """The toponyms at spans that somebody else found: what the words around say, without asking whether they are places."""
    words = words_of(text, Span(0, len(text)))
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
    at = around(words, i, count, table)
    unit, _ = unit_of(words, i, count, at, table)
    holder = within(words, i + count, unit, gazetteer, table)
    return Toponym(mention, name, entries, unit, holder, evidence=HELD)
