"""In which language a report is written."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier  # type: ignore[import-untyped]

_SAMPLE = 2000
_FEWEST_LETTERS = 24
_SURE = 0.5
_SURE_IF_SHORT = 0.9
_SHORT = 120

_WORD = re.compile(r"[^\W\d_]+")
# Of the words of English reports a third are these, "the" alone one of fifteen; where the one share is above a fifth and the other above a
# hundredth, the identifier has never said anything but English, and need not be loaded: it takes as long as five reports.
_ENGLISH = frozenset(
    "a about after all also an and are as at be been but by for from had has have he his in into is it its not of on or said that the "
    "their they this to us was we were when which who with would you".split()
)
_MANY = 40


def identify_language(words: str) -> str | None:
    """The ISO 639-1 code of the language of `words`, None where they are too few to tell.

    Capitals are read as small letters: wire copy in capitals is as English as any.
    """
    sample = words[:_SAMPLE].lower()
    letters = sum(char.isalpha() for char in sample)
    if letters < _FEWEST_LETTERS:
        return None
    if _is_plainly_english(sample):
        return "en"
    code, sure = _identifier().classify(sample)
    return str(code) if sure >= (_SURE_IF_SHORT if letters < _SHORT else _SURE) else None


def _is_plainly_english(sample: str) -> bool:
    """Whether so many of these words, in small letters, are the commonest of English that no other language comes into question."""
    words = _WORD.findall(sample)
    common = sum(word in _ENGLISH for word in words)
    return len(words) >= _MANY and 5 * common >= len(words) and 100 * words.count("the") >= len(words)


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  most runs need it for no report

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
