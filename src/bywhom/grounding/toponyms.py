"""Finds the names of places in a report, and what the words around each say about it.

A name counts as a place by the words around it: a gazetteer of half a million spellings holds every English word and every
surname somewhere. What the names stand for is decided later, in ranking.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

from bywhom.grounding.gazetteer import Entry, Gazetteer
from bywhom.grounding.names import fold
from bywhom.prose.tokens import tokens
from bywhom.records import Mention, PlaceRelation, Span


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
    directions: frozenset[str]
    near_words: frozenset[str]
    between_words: frozenset[str]
    titles: frozenset[str]
    speech_verbs: frozenset[str]
    government_verbs: frozenset[str]
    government_prepositions: frozenset[str]
    government_nouns: frozenset[str]
    office_nouns: frozenset[str]
    town_nouns: frozenset[str]
    motion_verbs: frozenset[str]
    government_objects: frozenset[str]
    comparison_words: frozenset[str]
    support_nouns: frozenset[str]
    origin_nouns: frozenset[str]
    leaving_words: frozenset[str]
    free_followers: frozenset[str]
    body_words: frozenset[str]
    common_words: frozenset[str]
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
    BODY = "body"  # part of the name of a body, a unit, a treaty
    DATELINE = "dateline"  # where the dispatch was written


@dataclass(frozen=True, slots=True)
class Word:
    """One token, its possessive ending cut off."""

    start: int
    end: int
    text: str
    lower: str
    name_like: bool  # begins as a name does: a capital, or an article with a capital after its hyphen
    possessive: bool
    opens: bool  # the first word of a sentence, a quotation or a line
    is_word: bool


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name of a place in a text, before it is known which place."""

    mention: Mention
    name: str  # without its kind word: "Homs" for "Homs province"
    entries: tuple[Entry, ...]  # all that bear the name
    unit: Unit | None = None
    within: str | None = None  # the region or country stated with it
    setting: Setting = Setting.EVENT
    relation: PlaceRelation = PlaceRelation.IN
    widen_km: float = 0.0
    sure: bool = False  # the words around show a place even where no gazetteer knows it
    adjective: bool = False


@dataclass(slots=True)
class _Scan:
    """One stretch of text while it is searched."""

    words: list[Word]
    gazetteer: Gazetteer
    table: ToponymTable
    capitals: bool  # written in capitals throughout: case says nothing
    headline: bool  # most words capitalised: case says little
    people: frozenset[str] = frozenset()
    seen: Counter[str] = field(default_factory=Counter)


LONGEST = 5  # words of a name
_CONNECTORS = frozenset("of the de del la el los las du des le sur upon al and da do di y ibn bin abu um umm".split())
_ARTICLE = re.compile(r"(?:al|el|ul|as|ash|at|ad|az|ar|an|es|ez|er|et)[-‐‑][A-Z]")
_POSSESSIVE = re.compile(r"[’'`]s?$")
_SENTENCE_END = frozenset('.!?:;…“"‘«(•*')
_CAPITALS_FROM = 0.7  # of the words: a stretch with more is a headline
_LARGE = 100_000  # inhabitants: larger places are named without introduction
_TOWN = 15_000


def find_toponyms(
    text: str, spans: Sequence[Span], gazetteer: Gazetteer, table: ToponymTable, dateline: Span | None = None
) -> tuple[Toponym, ...]:
    """The place names of `text` inside `spans`, in order, adjectives of nationality among them."""
    scans = [_scan(text, span, gazetteer, table) for span in spans]
    people = frozenset(name for scan in scans for name in _people(scan))
    found: list[Toponym] = []
    for scan in scans:
        scan.people = people
        found += _search(text, scan)
    found = _steady(found)
    if dateline:
        found = [_settled(t, Setting.DATELINE) if dateline.covers(t.mention.span) else t for t in found]
    return tuple(found)


def words_of(text: str, span: Span) -> list[Word]:
    """The words and marks of `text` inside `span`, possessive endings cut off."""
    words: list[Word] = []
    opens = True
    end = span.start
    for token in tokens(text, span):
        opens = opens or "\n" in text[end : token.start]
        end = token.end
        ending = _POSSESSIVE.search(token.text) if token.is_word and len(token.text) > 2 else None
        bare = token.text[: ending.start()] if ending else token.text
        words.append(
            Word(
                token.start, token.start + len(bare), bare, bare.lower(), _name_like(bare),
                bool(ending), opens, token.is_word,
            )  # fmt: skip
        )
        opens = token.text[-1] in _SENTENCE_END and not (token.text == "." and _abbreviates(words))
    return words


def _name_like(word: str) -> bool:
    return word[0].isupper() or bool(_ARTICLE.match(word))


def _abbreviates(words: Sequence[Word]) -> bool:
    """Whether the full stop that ends `words` belongs to a short form: "St.", "Gen."."""
    return len(words) > 1 and words[-2].lower in _SHORT_FORMS


_SHORT_FORMS = frozenset("st mt ft mr mrs ms dr gen lt col sen rep gov prof capt maj sgt adm jan feb aug sept oct nov dec".split())


def _scan(text: str, span: Span, gazetteer: Gazetteer, table: ToponymTable) -> _Scan:
    words = words_of(text, span)
    letters = [w for w in words if w.is_word and w.text[0].isalpha()]
    capitals = sum(w.text.isupper() for w in letters) > 0.6 * len(letters) and len(letters) > 3
    long = [w for w in letters if len(w.text) > 3]
    headline = len(long) > 2 and sum(w.name_like for w in long) > _CAPITALS_FROM * len(long) and len(letters) < 40
    return _Scan(words, gazetteer, table, capitals, headline)


def _people(scan: _Scan) -> Iterator[str]:
    """The parts of personal names, so that a surname alone is known for what it is further on."""
    if scan.capitals or scan.headline:
        return
    for i, word in enumerate(scan.words):
        run = _run(scan.words, i) if word.name_like and (i == 0 or not _joined(scan.words, i - 1)) else 0
        if run and _is_person(scan, i, run):
            yield from (w.lower for w in scan.words[i : i + run])


def _run(words: Sequence[Word], start: int) -> int:
    """How many capitalised words follow one another from `start`."""
    end = start
    while end + 1 < len(words) and _joined(words, end):
        end += 1
    return end - start + 1


def _joined(words: Sequence[Word], i: int) -> bool:
    """Whether word `i` and the next are both capitalised and stand side by side."""
    a, b = words[i], words[i + 1]
    return a.name_like and b.name_like and b.start - a.end <= 1 and not a.possessive and a.is_word and b.is_word


def _is_person(scan: _Scan, start: int, run: int) -> bool:
    words, table = scan.words, scan.table
    first, after = words[start], words[start + run] if start + run < len(words) else None
    before = words[start - 1].lower if start else ""
    if start > 1 and before == ".":
        before = words[start - 2].lower
    titled = before in table.titles or first.lower in table.titles
    if run == 1:
        return titled and before in table.titles
    known = first.lower in table.given_names and not scan.gazetteer.named(_joint(words, start, run))
    speaks = after is not None and after.lower in table.speech_verbs
    return titled or known or (speaks and not scan.gazetteer.named(_joint(words, start, run)))


def _joint(words: Sequence[Word], start: int, count: int) -> str:
    return " ".join(w.text for w in words[start : start + count])


def _search(text: str, scan: _Scan) -> list[Toponym]:
    found: list[Toponym] = []
    i = 0
    while i < len(scan.words):
        toponym, used = _at(text, scan, i)
        if toponym:
            found.append(toponym)
        i += max(1, used)
    return found


def _at(text: str, scan: _Scan, i: int) -> tuple[Toponym | None, int]:
    """The toponym that begins at word `i`, if any, and how many words to go on by."""
    word = scan.words[i]
    if not word.name_like or not word.is_word:
        return None, 1
    for count in range(_longest(scan, i), 0, -1):
        name = text[word.start : scan.words[i + count - 1].end]
        entries = _entries(scan, i, count, name)
        if count == 1 and _is_adjective(scan, i, entries):
            return _adjective(text, word), 1
        if entries:
            return _accepted(text, scan, i, count, name, entries)
    return _unknown(text, scan, i)


def _is_adjective(scan: _Scan, i: int, entries: tuple[Entry, ...]) -> bool:
    """Whether a word is one of nationality and no larger place's name."""
    if scan.gazetteer.adjective(scan.words[i].text) is None:
        return False
    return not any(e.kind != "settlement" or e.population >= _LARGE for e in entries)


def _longest(scan: _Scan, i: int) -> int:
    """How many words a name that begins at `i` can have."""
    words = scan.words
    count = 1
    end = i
    while count < LONGEST and end + 1 < len(words):
        following = words[end + 1]
        gap = following.start - words[end].end
        if gap > 1 + 2 * words[end].possessive or not (following.name_like or following.lower in _CONNECTORS or _dot(words, end)):
            break
        end += 1
        count = end - i + 1
    while count > 1 and not words[i + count - 1].name_like:
        count -= 1
    return count


def _dot(words: Sequence[Word], end: int) -> bool:
    return words[end + 1].text == "." and words[end].lower in _SHORT_FORMS


def _entries(scan: _Scan, i: int, count: int, name: str) -> tuple[Entry, ...]:
    entries = scan.gazetteer.named(name)
    last = scan.words[i + count - 1]
    if not entries and len(name) > 4 and name.endswith("s") and not last.possessive:
        entries = _lost_apostrophe(scan, name[:-1])
    if count == 1 and name == "us":
        return ()
    return entries


def _lost_apostrophe(scan: _Scan, name: str) -> tuple[Entry, ...]:
    """Reports lose apostrophes ("Syrias capital"): a country, region or large town may stand before the s."""
    entries = scan.gazetteer.named(name)
    return entries if any(e.kind in {"country", "region"} or e.population >= _LARGE for e in entries) else ()


def _adjective(text: str, word: Word) -> Toponym:
    mention = Mention.at(Span(word.start, word.end), text)
    return Toponym(mention, mention.text, (), setting=Setting.BODY, adjective=True)


@dataclass(frozen=True, slots=True)
class _Around:
    """The words on either side of a name, quotation marks and articles passed over."""

    before: str
    before_word: Word | None
    second: str  # the one before that
    after: str
    after_word: Word | None
    direction: str
    start: int  # index of the first word, directions and articles included


def _around(scan: _Scan, i: int, count: int) -> _Around:
    words = scan.words
    at = i - 1
    direction = ""
    while at >= 0 and (words[at].lower in scan.table.directions or words[at].lower in {"the", "city", "then"}):
        if words[at].lower in scan.table.directions:
            direction = words[at].lower
        if words[at].lower == "city" and at and words[at - 1].lower not in {"the", *scan.table.directions}:
            break
        at -= 1
    before = words[at] if at >= 0 else None
    after = words[i + count] if i + count < len(words) else None
    return _Around(
        before.lower if before else "", before, words[at - 1].lower if at > 0 else "",
        after.lower if after else "", after, direction, at + 1,
    )  # fmt: skip


def _accepted(
    text: str, scan: _Scan, i: int, count: int, name: str, entries: tuple[Entry, ...]
) -> tuple[Toponym | None, int]:
    around = _around(scan, i, count)
    unit, of_unit = _unit(scan, i, count, around)
    within, _ = _within(scan, i + count)
    evidence = _evidence(scan, around, unit, within)
    if not _is_place(scan, i, count, entries, around, evidence):
        return None, 1 if count == 1 else count
    end = scan.words[i + count - 1].end
    if of_unit and scan.words[i + count].name_like and not scan.capitals:
        end = scan.words[i + count].end
    relation, widen = _relation(scan, i, count, around)
    toponym = Toponym(
        Mention.at(Span(scan.words[i].start, end), text), name, entries, unit, within,
        _setting(scan, i, count, entries, around, unit), relation, widen, sure=evidence > 1,
    )  # fmt: skip
    return toponym, count


def _unit(scan: _Scan, i: int, count: int, around: _Around) -> tuple[Unit | None, bool]:
    """The kind that a word after ("X province") or before ("the province of X") gives; whether it stands after."""
    after = _kind(scan.table, around.after) if not scan.words[i + count - 1].possessive else None
    if after and not (after is Unit.QUARTER and around.after not in {"neighbourhood", "neighborhood", "quarter", "district", "borough"}):
        return after, True
    if around.before == "of":
        named = around.start > 2 and scan.words[around.start - 3].name_like  # "Svatove district of …" says nothing of "…"
        return None if named else _kind(scan.table, around.second), False
    if around.before in scan.table.countryside_words and around.before != "countryside":
        return Unit.REGION, False
    return _kind(scan.table, around.before) if around.before in scan.table.settlement_words else None, False


def _kind(table: ToponymTable, word: str) -> Unit | None:
    if word in table.region_words or word in table.countryside_words:
        return Unit.REGION
    if word in table.district_words:
        return Unit.DISTRICT
    if word in table.settlement_words:
        return Unit.SETTLEMENT
    return Unit.QUARTER if word in table.quarter_words else None


_JOINERS = frozenset([",", "(", "["])
_INNER = frozenset("in the a an of eastern western northern southern central".split())


def _within(scan: _Scan, at: int) -> tuple[str | None, int]:
    """The region stated right after a name: "X, Y", "X (Y)", "X, a city in the Y region", "X in Y province"."""
    words = scan.words
    limit = min(len(words), at + 9)
    joined = at < limit and (words[at].text in _JOINERS or words[at].lower == "in")
    j = at + 1 if joined else limit
    while j < limit and (words[j].lower in _INNER or words[j].lower in scan.table.directions or _kind(scan.table, words[j].lower)):
        j += 1
    if j >= limit or not words[j].name_like or words[j].possessive:
        return None, 0
    for count in range(_longest(scan, j), 0, -1):
        name = _joint(words, j, count)
        entries = scan.gazetteer.named(name)
        if any(e.kind in {"country", "region"} for e in entries):
            if words[at].lower == "in" and not _is_unit(scan, words[j + count - 1], j + count, entries):
                return None, 0
            return name, j + count - at
    return None, 0


def _is_unit(scan: _Scan, last: Word, at: int, entries: tuple[Entry, ...]) -> bool:
    """Whether a name that follows "in" is sure to be a country's or region's."""
    units = {Unit.REGION, Unit.DISTRICT}
    return (
        entries[0].kind == "country"
        or all(e.kind == "region" for e in entries)
        or _kind(scan.table, last.lower) in units
        or (at < len(scan.words) and _kind(scan.table, scan.words[at].lower) in units)
    )


def _evidence(scan: _Scan, around: _Around, unit: Unit | None, within: str | None) -> int:
    """How strongly the words around a name say that it is a place: 0 to 3."""
    table = scan.table
    if unit in {Unit.SETTLEMENT, Unit.REGION} or within:
        return 3
    if around.before in table.locatives or unit or around.after in table.around_words:
        return 2
    if around.before in table.place_verbs or around.before in table.around_words or around.direction:
        return 2
    return 1 if around.before in table.weak_locatives or around.after in table.feature_words else 0


def _is_place(
    scan: _Scan, i: int, count: int, entries: tuple[Entry, ...], around: _Around, evidence: int
) -> bool:
    words, table = scan.words, scan.table
    word = words[i]
    broad = any(e.kind in {"country", "area"} or (e.kind == "region" and e.region != "US.GA") for e in entries)
    largest = max(e.population for e in entries)
    if count == 1 and len(word.text) < 3 and not (broad and word.text.isupper()):
        return False
    if count == 1 and not scan.capitals and word.text.isupper() and word.text.isalpha() and len(word.text) < 6 and not word.opens:
        return any(e.kind in {"country", "area"} or e.claimed or (e.kind == "region" and len(word.text) < 4) for e in entries)
    if around.after in table.body_words and not scan.headline and not scan.capitals and evidence < 3:
        return broad and around.after_word is not None and not around.after_word.name_like
    if scan.capitals:
        return _is_place_in_capitals(scan, word, count, broad, largest, evidence)
    if count == 1 and (word.lower in table.common_words or word.lower in table.given_names) and evidence < 3:
        known = any(e.kind == "country" or e.population >= _LARGE for e in entries)
        return known and evidence == 2 and not _numbered_after(scan, i)
    if count == 1 and word.lower in table.titles and evidence < 3:
        return False
    nation = any(e.kind in {"country", "area"} for e in entries)
    if not scan.headline and not nation and _inside_name(scan, i, count, around):
        return False
    if not scan.headline and broad and _inside_person(scan, i, count, around):
        return False
    if count == 1 and word.lower in scan.people and evidence < 2 and not any(e.kind == "country" for e in entries):
        return False
    if _numbered(scan, i, count, evidence):
        return False
    if broad or evidence >= 2 or (count > 1 and largest >= _TOWN):
        return True
    if word.opens:
        return largest >= _LARGE
    return largest >= (_TOWN if evidence else _LARGE)


def _is_place_in_capitals(scan: _Scan, word: Word, count: int, broad: bool, largest: int, evidence: int) -> bool:
    if word.lower in scan.table.common_words or word.lower in scan.table.given_names or word.lower in _CONNECTORS:
        return evidence >= 3
    if count == 1 and (word.lower in scan.table.titles or len(word.text) < 4) and not (broad and len(word.text) > 3):
        return False
    return broad or (evidence >= 2 and largest >= 1_000) or (evidence == 1 and largest >= _LARGE) or evidence >= 3


def _inside_name(scan: _Scan, i: int, count: int, around: _Around) -> bool:
    """Whether a name that could be a town's is part of a longer name: "Paris Hilton", "Boston Globe"."""
    words, table = scan.words, scan.table
    before = words[i - 1] if i else None
    after = around.after_word
    if before and before.lower in table.titles and not before.text.islower():
        return True
    if after and after.name_like and after.is_word and after.start - words[i + count - 1].end <= 1:
        if not words[i + count - 1].possessive and not _free(scan, i + count):
            return True
    if before and before.name_like and before.is_word and words[i].start - before.end <= 1 and not before.possessive:
        return not (before.opens or _may_precede(scan, before))
    return False


def _inside_person(scan: _Scan, i: int, count: int, around: _Around) -> bool:
    """Whether a country's or region's name is a person's: "Jordan Smith", "Chad Ochocinco", "Michael Jordan"."""
    words = scan.words
    if words[i].lower in scan.people and count == 1:
        before = words[i - 1].lower if i else ""
        return before not in scan.table.locatives and before not in scan.table.weak_locatives
    before = words[i - 1].lower if i else ""
    return before in scan.table.given_names and not words[i - 1].opens


def _free(scan: _Scan, at: int) -> bool:
    """Whether the capitalised word at `at` begins something new after a place's name."""
    word = scan.words[at]
    table = scan.table
    if word.lower in table.free_followers or word.lower in table.titles or _kind(table, word.lower):
        return word.lower not in table.body_words
    if word.lower in table.around_words or word.lower in table.feature_words:
        return True
    return bool(scan.gazetteer.adjective(word.text)) or any(
        e.kind in {"country", "region"} for e in scan.gazetteer.named(word.text)
    )


def _may_precede(scan: _Scan, before: Word) -> bool:
    table = scan.table
    return (
        before.lower in table.directions
        or before.lower in table.settlement_words
        or before.lower in table.locatives
        or before.lower in table.weak_locatives
        or before.lower in {"the", "in", "saint", "old", "new"}
        or scan.gazetteer.adjective(before.text) is not None
    )


def _numbered(scan: _Scan, i: int, count: int, evidence: int) -> bool:
    """Whether a number makes the name a product's or a unit's: "Leopard 2", "35th Kharkiv brigade"."""
    words = scan.words
    after = words[i + count] if i + count < len(words) else None
    before = words[i - 1].text if i else ""
    if re.fullmatch(r"\d+(?:st|nd|rd|th)", before):
        return True
    return bool(after and after.text.isdigit() and len(after.text) < 3 and evidence == 0)


def _numbered_after(scan: _Scan, i: int) -> bool:
    return i + 1 < len(scan.words) and scan.words[i + 1].text[0].isdigit()


def _relation(scan: _Scan, i: int, count: int, around: _Around) -> tuple[PlaceRelation, float]:
    """How the event lies to the place, and by how many kilometres that widens it."""
    table, words = scan.table, scan.words
    distance = _distance(words, i)
    if distance:
        return PlaceRelation.NEAR, distance
    if around.before in table.between_words:
        return PlaceRelation.BETWEEN, 30.0
    if around.before in {"from"}:
        return PlaceRelation.FROM, 0.0
    if around.before in table.near_words:
        return PlaceRelation.NEAR, 20.0
    if around.before == "of" and around.second in table.around_words:
        return PlaceRelation.NEAR, table.around_words[around.second]
    if around.before == "of" and around.second == "border":
        return PlaceRelation.NEAR, 30.0
    if around.after in table.around_words and not words[i + count - 1].possessive:
        return PlaceRelation.NEAR, table.around_words[around.after]
    return PlaceRelation.IN, 0.0


_UNITS = {"km": 1.0, "kilometers": 1.0, "kilometres": 1.0, "kilometer": 1.0, "kilometre": 1.0, "miles": 1.6, "mile": 1.6}


def _distance(words: Sequence[Word], i: int) -> float:
    """Kilometres of "15 km (north) of X", "80 kilometers from X"; 0 where there is none."""
    for j in range(i - 1, max(-1, i - 7), -1):
        if words[j].lower in _UNITS and j and re.fullmatch(r"\d+(?:[.,]\d+)?", words[j - 1].text):
            if any(w.lower in {"from", "of", "off", "outside"} for w in words[j + 1 : i]):
                return min(float(words[j - 1].text.replace(",", ".")) * _UNITS[words[j].lower], 500.0)
        if words[j].text in {".", ";"}:
            break
    return 0.0


def _setting(
    scan: _Scan, i: int, count: int, entries: tuple[Entry, ...], around: _Around, unit: Unit | None
) -> Setting:
    table = scan.table
    if _is_origin(scan, around):
        return Setting.ORIGIN
    if around.after in table.body_words or around.before in table.comparison_words:
        return Setting.BODY
    if unit and unit is not Unit.REGION:
        return Setting.EVENT
    if any(e.claimed for e in entries) or all(e.kind == "country" for e in entries[:1]):
        return Setting.EVENT if _is_locative(scan, around) else Setting.GOVERNMENT
    if any(e.capital for e in entries[:3]) and not unit:
        return Setting.EVENT if _is_town(scan, i, count, around) else Setting.GOVERNMENT
    return Setting.EVENT


def _is_locative(scan: _Scan, around: _Around) -> bool:
    table = scan.table
    return around.before in table.locatives or bool(around.direction) or around.before in {"from", "to"}


def _is_town(scan: _Scan, i: int, count: int, around: _Around) -> bool:
    """Whether a capital's name means the town, and not the government that sits there."""
    table, last = scan.table, scan.words[i + count - 1]
    if (around.before in table.locatives and around.before != "between") or around.before in table.place_verbs:
        return True
    if last.possessive:
        return around.after in table.feature_words or around.after in table.town_nouns or bool(around.direction)
    if around.direction or (around.after in table.feature_words and around.after not in table.government_verbs):
        return True
    if around.before in {"of", "on", "for", "against"}:
        return around.second in table.town_nouns
    if around.before in {"to", "from"}:
        return around.second in table.motion_verbs or around.second in table.leaving_words or around.second in table.town_nouns
    return scan.headline and around.after not in table.speech_verbs and around.after not in table.government_verbs


def _is_origin(scan: _Scan, around: _Around) -> bool:
    table, words = scan.table, scan.words
    if around.before in {"from", "of"} and around.second in table.origin_nouns:
        near = {w.lower for w in words[max(0, around.start - 12) : around.start]}
        return around.before == "of" or not near & table.leaving_words
    return around.before in {"born", "native"} or (around.before == "in" and around.second == "born")


def _unknown(text: str, scan: _Scan, i: int) -> tuple[Toponym | None, int]:
    """A name that no gazetteer holds, where the words around it say plainly that it is a place."""
    words = scan.words
    if scan.capitals or scan.headline or words[i].lower in scan.table.common_words or words[i].lower in scan.table.titles:
        return None, 1
    count = max(1, min(_run(words, i), 3))
    around = _around(scan, i, count)
    unit, of_unit = _unit(scan, i, count, around)
    if of_unit and count > 1 and words[i + count - 1].lower in scan.table.region_words:
        return None, count
    apposed = _apposed(scan, i + count)
    within, _ = _within(scan, i + count)
    if not (apposed or unit in {Unit.SETTLEMENT, Unit.QUARTER, Unit.DISTRICT} or _area(scan, around)):
        return None, 1
    if words[i].lower in scan.people or words[i].lower in scan.table.given_names or words[i].text.isupper():
        return None, count
    name = _joint(words, i, count)
    relation, widen = _relation(scan, i, count, around)
    mention = Mention.at(Span(words[i].start, words[i + count - 1].end), text)
    return Toponym(mention, name, (), unit, within, Setting.EVENT, relation, widen, sure=True), count


def _area(scan: _Scan, around: _Around) -> bool:
    return around.after in {"area", "direction", "countryside"} and around.before in scan.table.locatives


def _apposed(scan: _Scan, at: int) -> bool:
    """Whether "(a city in …", ", a village near …" follows."""
    words = scan.words
    if at + 2 >= len(words) or words[at].text not in _JOINERS or words[at + 1].lower not in {"a", "an", "the"}:
        return False
    return any(w.lower in scan.table.settlement_words for w in words[at + 2 : at + 5])


def _steady(found: list[Toponym]) -> list[Toponym]:
    """`found`, unknown names being kept only where they are sure at least once."""
    known = {fold(t.name) for t in found if t.sure or t.entries}
    return [t for t in found if t.entries or t.adjective or fold(t.name) in known]


def _settled(toponym: Toponym, setting: Setting) -> Toponym:
    return replace(toponym, setting=setting)


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
        rf"(?P<a>{_NAME})(?:,? \(|, | )"
        rf"(?:(?:{joints}) [“\"‘']?(?P<b>{_NAME})|[“\"‘']?(?P<c>{_NAME})[”\"’']? in (?:{spoken}))"
    )


def toponyms_at(
    text: str, given: Sequence[Span], gazetteer: Gazetteer, table: ToponymTable
) -> tuple[Toponym, ...]:
    """The toponyms at spans that somebody else found: what the words around say, without asking whether they are places."""
    scan = _scan(text, Span(0, len(text)), gazetteer, table)
    starts = {word.start: i for i, word in enumerate(scan.words)}
    return tuple(_given(text, scan, span, starts.get(span.start)) for span in given)


def _given(text: str, scan: _Scan, span: Span, at: int | None) -> Toponym:
    mention = Mention.at(span, text)
    name = mention.text.strip()
    entries = scan.gazetteer.named(name)
    if at is None:
        return Toponym(mention, name, entries, sure=True)
    if not any(e.kind != "settlement" or e.population >= _LARGE for e in entries) and scan.gazetteer.adjective(name):
        return Toponym(mention, name, (), setting=Setting.BODY, adjective=True)
    count = max(1, sum(1 for w in scan.words[at : at + 12] if w.start < span.end))
    around = _around(scan, at, count)
    within, _ = _within(scan, at + count)
    return Toponym(mention, name, entries, _unit(scan, at, count, around)[0], within, sure=True)
