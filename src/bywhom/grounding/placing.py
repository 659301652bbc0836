"""The words of a claim that bear on where it happened, beside the places it names: `claims` of data/lexicons/toponyms.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bywhom.prose.patterns import one_of


@dataclass(frozen=True, slots=True)
class PlacingWords:
    """The part `claims` of data/lexicons/toponyms.yaml; the file says what each list is for."""

    general: tuple[str, ...]
    taking_up: tuple[str, ...]
    taken_up: tuple[str, ...]
    present: tuple[str, ...]
    pointing: tuple[str, ...]  # patterns, as the following are
    whole: tuple[str, ...]
    past: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacingPatterns:
    """The words of `PlacingWords` as patterns."""

    general: re.Pattern[str]
    again: re.Pattern[str]  # its group is the event that the report has told of before
    present: re.Pattern[str]
    pointing: re.Pattern[str]
    whole: re.Pattern[str]
    past: re.Pattern[str]


@lru_cache(maxsize=4)
def placing_patterns(words: PlacingWords) -> PlacingPatterns:
    """The patterns of these words, compiled once."""
    return PlacingPatterns(
        general=re.compile(rf"\b(?:{one_of(words.general)}|\d{{5,}})\b", re.IGNORECASE),
        again=re.compile(
            rf"\b(?:{one_of(words.taking_up)}) (?:[\w-]+ ){{0,2}}?({one_of(words.taken_up)})\b", re.IGNORECASE
        ),
        present=re.compile(rf"\b(?:{one_of(words.present)})\b"),
        pointing=re.compile("|".join(words.pointing), re.IGNORECASE),
        whole=re.compile("|".join(words.whole), re.IGNORECASE),
        past=re.compile("|".join(words.past), re.IGNORECASE),
    )
