"""Towns that a report describes instead of naming them: "the Greek capital", "the second city of the country"."""

from __future__ import annotations

from collections.abc import Sequence

from bywhom.grounding.around import Unit
from bywhom.grounding.gazetteer import CAPITAL, Entry, Gazetteer
from bywhom.grounding.stretches import EMPTY, Stretch, Word, joint
from bywhom.grounding.toponym import Search, Toponym, longest
from bywhom.records import Mention, Span


def described(stretch: Stretch, i: int, search: Search) -> tuple[Toponym | None, int]:
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


def _description(first: Word, last: Word, town: Entry, search: Search) -> Toponym:
    mention = Mention.at(Span(first.start, last.end), search.text)
    return Toponym(mention, town.name, (town,), Unit.SETTLEMENT, evidence=3, description=True)


def _ranked_town(country: str, rank: int, gazetteer: Gazetteer) -> Entry | None:
    """The country's capital or its town of that rank; "the second city" is the largest where that is not the capital."""
    town = gazetteer.town(country, rank)
    return gazetteer.town(country, 1) if rank == 2 and town is not None and town.capital else town


def _capital_of(stretch: Stretch, first: int, i: int, rank: int, search: Search) -> tuple[Toponym | None, int]:
    """The town that "the capital of Greece" or "the capital of the Somme department" stands for."""
    words = stretch.words
    at = i + 2 + (i + 2 < len(words) and words[i + 2].lower == "the")
    if at >= len(words) or not words[at].name_like:
        return None, 1
    for count in range(longest(words, at, search.table), 0, -1):
        owner = next(iter(search.gazetteer.named(joint(words, at, count))), None)
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
