"""A name of a place as it was found, and what a report is searched with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bywhom.grounding.around import Unit, Within
from bywhom.grounding.gazetteer import Entry, Gazetteer
from bywhom.grounding.setting import Setting
from bywhom.grounding.stretches import Word
from bywhom.grounding.toponymtable import ToponymTable
from bywhom.records import Mention, PlaceRelation


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
class Search:
    """What one report is searched with."""

    text: str
    gazetteer: Gazetteer
    table: ToponymTable
    people: frozenset[str]  # the parts of its personal names
    aliases: frozenset[str]  # folded: names that the text gives to places known by another
    countries: frozenset[str]  # named, or spoken of by their people
    bare: bool = False  # the text lost its commas: names of a list stand side by side
    unknown: frozenset[str] = frozenset()  # folded: names of no gazetteer that the text plainly says are places


HELD = 4  # evidence of a name that was just read as the region of the name before it
INSIDE = -9  # part of a longer name, a person's perhaps: it is no place, and alone it needs to be shown as one
UNSHOWN = -1  # evidence of a name that nothing shows to be a place; less with each hint that is too weak alone
LARGE = 100_000  # inhabitants: larger places are named without introduction


def is_broad(entries: tuple[Entry, ...]) -> bool:
    return any(e.kind in {"country", "area", "region"} for e in entries)


def is_nation(entries: tuple[Entry, ...]) -> bool:
    return any(e.kind in {"country", "area"} for e in entries)


LONGEST = 5  # words of a name
CONNECTORS = frozenset("of the de del la el los las du des le sur upon al and da do di y ibn bin abu um umm".split())
_SHORT_FORMS = frozenset("st mt ft".split())


def longest(words: Sequence[Word], i: int, table: ToponymTable) -> int:
    """How many words a name that begins at `i` can have; a small word such as "coast" may be its last."""
    end = i
    while end + 1 < len(words) and end + 1 - i < LONGEST:
        following = words[end + 1]
        gap = following.start - words[end].end
        fits = following.name_like or following.lower in CONNECTORS or following.lower in table.last_words
        dot = following.text == "." and (words[end].lower in _SHORT_FORMS or len(words[end].text) == 1)
        if gap > 1 + 2 * words[end].possessive or not (fits or dot):
            break
        end += 1
    while end > i and not (words[end].name_like or words[end].lower in table.last_words):
        end -= 1
    return end - i + 1
