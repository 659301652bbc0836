"""Whether the words around a name, its size and the rest of the report show that it is a place's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bywhom.grounding.around import WHO_HOLDS, Around, Unit, kind
from bywhom.grounding.gazetteer import Entry, km_between
from bywhom.grounding.names import fold
from bywhom.grounding.stretches import EMPTY, Stretch, Word, joint, run
from bywhom.grounding.toponym import CONNECTORS, HELD, INSIDE, LARGE, UNSHOWN, Search, is_broad, is_nation
from bywhom.grounding.toponymtable import ToponymTable

_WITH_ARTICLE = 2  # words
_TOWN = 15_000
_BESIDE_KM = 60.0  # between two places named side by side


def shown(
    stretch: Stretch, i: int, count: int, entries: tuple[Entry, ...], at: Around, weight: int, search: Search
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
            return weight if is_broad(entries) and not stretch.words[i + count].name_like else None
        if _inside_name(stretch.words, i, count, entries, search):
            return INSIDE
    if count > 1 and not stretch.headline and _says_kind(stretch.words[i + count - 1], table):
        return max(weight, 1)
    if not stretch.headline and weight and any(e.country in search.countries for e in entries):
        return weight
    if _is_house(stretch, i + count, weight, table) and search.countries:
        return INSIDE
    if _is_namesake(stretch, i, count, weight, search):
        return UNSHOWN - weight
    return weight if _known_enough(word, count, entries, weight, headline=stretch.headline) else UNSHOWN - weight


def _says_kind(last: Word, table: ToponymTable) -> bool:
    """Whether a name ends with its kind, as nobody's does: "Kent County Health Board"."""
    return kind(table, last.lower) in {Unit.REGION, Unit.DISTRICT}


def _is_house(stretch: Stretch, after: int, weight: int, table: ToponymTable) -> bool:
    """Whether a house follows that may be called after a far place: "the Verdun barracks"."""
    return after < len(stretch.words) and stretch.words[after].lower in table.house_words and weight < HELD


def _is_namesake(stretch: Stretch, i: int, count: int, weight: int, search: Search) -> bool:
    """Whether a place of no country told of only lent its name: "the Waterloo Road", "Leipzig Street"."""
    after = stretch.words[i + count] if i + count < len(stretch.words) else EMPTY
    named = after.name_like and after.lower in search.table.feature_words and not stretch.headline
    return named and weight < 2 and bool(search.countries)


def _known_enough(word: Word, count: int, entries: tuple[Entry, ...], weight: int, *, headline: bool) -> bool:
    """Whether a place is so large, or so plainly introduced, that its name alone may stand."""
    largest = max(e.population for e in entries)
    if is_broad(entries) or (count > 1 and largest >= _TOWN):
        return True
    if headline:
        return largest >= LARGE or weight > 2
    if weight >= 2:
        return True
    if word.opens or not weight:
        return largest >= LARGE
    return largest >= _TOWN


def _may_be(
    stretch: Stretch, word: Word, i: int, entries: tuple[Entry, ...], at: Around, weight: int, search: Search
) -> bool:
    """Whether a single word can be a place at all here: no acronym, English word, first name, title or person."""
    table = search.table
    if (
        not stretch.capitals
        and word.text.isupper()
        and len(word.text) < 6
        and not (word.opens and _is_dateline(stretch.words, i))
    ):
        return is_nation(entries) or any(e.claimed or (e.kind == "region" and len(word.text) < 4) for e in entries)
    if _NO_NAMES.fullmatch(word.text):
        return False
    if len(word.text) < 3 and not (is_nation(entries) and word.text.isupper()):
        return False
    if word.lower in table.directions:
        return False
    if word.lower in table.common_words or word.lower in table.given_names or _is_owner(word, table):
        if stretch.capitals or _is_office(stretch.words, i) or _in_office(stretch.words, i, table):
            return False
        own = fold(word.text)
        known = any(e.kind == "country" or (e.population >= LARGE and fold(e.name) == own) for e in entries)
        following = stretch.words[i + 1] if i + 1 < len(stretch.words) else EMPTY
        return weight > 2 or (known and weight == 2 and not following.text[:1].isdigit())
    if word.lower in table.titles and weight < 3:
        return False
    if stretch.capitals and at.before in table.given_names and weight < HELD:
        return False
    if word.lower in search.people and not _is_somewhere(at, table):
        return False
    return not _numbered(stretch.words, i, weight)


def _is_somewhere(at: Around, table: ToponymTable) -> bool:
    """Whether a name that a person of the report bears is a place's here: "in Perle", not "between Perle and his visitor"."""
    leads = at.before in table.locatives or at.before in table.weak_locatives
    return leads and at.before not in table.between_words and at.before not in _WITH_PEOPLE


_WITH_PEOPLE = frozenset({"by", "with", "against", "for"})

# "NGOs", or a body's, its apostrophe lost ("ISs fighters"); "I'll", which is no Illinois.
_NO_NAMES = re.compile(r"[A-Z]{2,}s|\w+[’'](?:ll|ve|re|m|d)")


def _is_owner(word: Word, table: ToponymTable) -> bool:
    """Whether a name lost its apostrophe: "Napoleons troops"."""
    return word.lower[-1] == "s" and word.lower[:-1] in table.given_names


def _is_office(words: Sequence[Word], i: int) -> bool:
    """Whether "of" or "in" follows, as after an English word that is no name: "the Bank of France", "the War in Spain"."""
    return i + 1 < len(words) and words[i + 1].lower in {"of", "in"}


def _in_office(words: Sequence[Word], i: int, table: ToponymTable) -> bool:
    """Whether an English word is part of an office's name: "Police Department", "City Council"."""
    before, after = words[i - 1] if i else EMPTY, words[i + 1] if i + 1 < len(words) else EMPTY
    named = after.name_like and kind(table, after.lower) is not None
    return named or (before.name_like and before.lower in table.settlement_words)


def heads_dispatch(words: Sequence[Word], i: int, count: int) -> bool:
    """Whether a name in capitals stands before a dash as the head of a dispatch: "TERUEL, Aragon — The army …"."""
    name = words[i : i + count]
    if not words[i].opens or not all(word.text.isupper() for word in name) or len(words[i].text) < _LEAST_OF_HEADS:
        return False
    after = i + count
    if after + 1 < len(words) and words[after].text == "," and words[after + 1].name_like:
        after += 1 + run(words, after + 1)
        after += after < len(words) and words[after].text == "."
    return after < len(words) and words[after].text in _DASHES


_LEAST_OF_HEADS = 4  # letters
_DASHES = frozenset(["—", "–", "--", "-"])


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


def _in_capitals(word: Word, count: int, entries: tuple[Entry, ...], weight: int, search: Search) -> bool:
    """Whether a name in a text of capitals is a place's: case says nothing, so size and prepositions must."""
    if count == 1 and (word.lower in search.table.titles or word.lower in CONNECTORS or len(word.text) < 4):
        return False
    if word.lower in {"the", "a", "an"}:
        return False
    largest = max(e.population for e in entries)
    told_of = any(e.country in search.countries for e in entries)  # a word or surname may be a far place's name
    return (
        is_nation(entries)
        or (is_broad(entries) and (weight > 0 or told_of))
        or (weight >= 2 and (largest >= LARGE or (largest >= 1_000 and (told_of or not search.countries))))
        or (weight == 1 and largest >= LARGE)
        or (weight > 2 and (told_of or not search.countries))
    )


def _inside_name(words: Sequence[Word], i: int, count: int, entries: tuple[Entry, ...], search: Search) -> bool:
    """Whether the name is part of a longer one: "Paris Hilton", "Boston Globe", "Michael Jordan"."""
    table = search.table
    before = words[i - 1] if i else EMPTY
    if before.lower in table.given_names and before.name_like and (not before.opens or is_nation(entries)):
        return True
    if is_nation(entries) and words[i].lower not in table.personal_countries:
        return False
    if before.lower in table.titles and before.name_like:
        return True
    if count > 1 and _says_kind(words[i + count - 1], table):
        return False
    if _runs_on(words, i, count, search):
        return True
    joined = before.name_like and before.is_word and words[i].start - before.end <= 1 and not before.possessive
    opens = before.opens and not (i > 1 and words[i - 2].text in {"(", "["})  # "(Croix Rouge)" is a name throughout
    return joined and not opens and not _may_precede(before, search) and not _follows(words, i, entries, search)


def _follows(words: Sequence[Word], i: int, entries: tuple[Entry, ...], search: Search) -> bool:
    """Whether a place not far from one of `entries` is named right before word `i`."""
    return any(
        run(words, i - back) > back and _is_named_beside(words, i, back, entries, search)
        for back in range(1, min(3, i) + 1)
    )


def _is_named_beside(words: Sequence[Word], i: int, back: int, entries: tuple[Entry, ...], search: Search) -> bool:
    named = search.gazetteer.named(joint(words, i - back, back))
    return any(
        0 < km_between(a, b) < _BESIDE_KM
        for a in named
        if a.kind == "settlement" and a.country in search.countries
        for b in entries
        if b.kind == "settlement" and b.country == a.country
    )


def _runs_on(words: Sequence[Word], i: int, count: int, search: Search) -> bool:
    """Whether a capitalised word follows that continues the name."""
    after, last = (words[i + count] if i + count < len(words) else EMPTY), words[i + count - 1]
    beside = after.name_like and after.is_word and after.start - last.end <= 1 and not last.possessive
    if not beside or _free(after, search) or names_institution(words, i + count, search.table):
        return False
    entries = search.gazetteer.named(joint(words, i, count))
    if search.bare and _ends_here(words, i, count, entries, search):
        return False
    return not _beside(entries, words, i + count, search)


def _ends_here(words: Sequence[Word], i: int, count: int, entries: tuple[Entry, ...], search: Search) -> bool:
    """Whether in a text without commas a town told of is one name, and what follows another: "in Volos Xorlan and Yorlan"."""
    after = i + run(words, i)
    said = kind(search.table, words[after].lower) if after < len(words) else None
    if said and len(words[i].text) < _LEAST_OF_LISTED and count == 1:
        return False  # "Tal Xorlan town" is one
    return any(e.kind == "settlement" and e.country in search.countries for e in entries)


_LEAST_OF_LISTED = 5  # letters: shorter words begin many names


def _beside(entries: tuple[Entry, ...], words: Sequence[Word], at: int, search: Search) -> bool:
    """Whether a place not far from one of `entries` is named at word `at`: a list that lost its commas."""
    close = [e for e in entries if e.kind == "settlement" and e.country in search.countries]
    if not close:
        return False
    beside = (
        other
        for count in range(min(3, run(words, at)), 0, -1)
        for other in search.gazetteer.named(joint(words, at, count))
        if other.kind == "settlement" and other.country in search.countries
    )
    return any(0 < km_between(a, b) < _BESIDE_KM for b in beside for a in close)


def _free(word: Word, search: Search) -> bool:
    """Whether a capitalised word after a place's name begins something new."""
    table = search.table
    if word.lower in table.body_words:
        return False
    if word.lower in table.free_followers or word.lower in table.titles or kind(table, word.lower):
        return True
    if word.lower in table.around_words or word.lower in table.feature_words:
        return True
    return search.gazetteer.adjective(word.text) is not None or any(
        e.kind in {"country", "region"}
        for e in (*search.gazetteer.named(word.text), *search.gazetteer.named(word.text.removesuffix("s")))
    )


def _may_precede(before: Word, search: Search) -> bool:
    """Whether a capitalised word can stand before a place's name without being part of a longer name."""
    table, word = search.table, before.lower
    known = word in table.directions or word in table.settlement_words or word in table.locatives
    if WHO_HOLDS.search(word):  # "in Carlist-held Bilbao"
        return True
    if known or word in table.weak_locatives or word == "the" or search.gazetteer.adjective(before.text) is not None:
        return True
    return word.endswith("s") and is_nation(search.gazetteer.named(before.text.removesuffix("s")))  # "in Spains Teruel"


def names_institution(words: Sequence[Word], after: int, table: ToponymTable) -> bool:
    """Whether the name goes on as a body's: "Boston Police Department"."""
    following = words[after : after + 3]
    return (
        bool(following)
        and following[0].name_like
        and any(w.lower in table.institution_words for w in following[: run(words, after)])
    )
