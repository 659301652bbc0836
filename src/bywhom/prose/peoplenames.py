"""People's names made comparable: keys under which the transliterations of one name meet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from bywhom.prose.articles import ARTICLES

LONGEST = 120  # longer strings are no names; cutting them keeps the work linear

_MARKS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
    | dict.fromkeys("'’‘ʼʻ`´ʹʿʾ′.", "")
)
_WORD = re.compile(r"\w+")
# "Abdul Rahman", "Abdel-Rahman", "Abdurrahman": the servant, the article in whatever form, and a name of God are one name.
_SERVANT = re.compile(r"\babd(?:[uea](?:l|r|s|n|z|d)| al| el| ul)?[ -]?(?:al|el|ul|ar|er|ur)?[ -]?(?=\w{3})")
_PATRONYMIC = re.compile(r"\w+(?:ovich|evich|ovych|evych|iyovych|ovna|evna|ivna|yivna)$")
_SOUNDS = {
    "shch": "sch",
    "kh": "h",
    "gh": "h",
    "ph": "f",
    "ck": "k",
    "ou": "u",
    "oo": "u",
    "ee": "i",
    "ts": "c",
    "tz": "c",
}
_CLUSTER = re.compile("|".join(_SOUNDS))
_SINGLE = str.maketrans({"y": "i", "j": "i", "w": "v", "q": "k", "x": "ks", "g": "h"})
_SOFT = re.compile(r"i(?=[aeou])")
_DOUBLE = re.compile(r"(.)\1+")


def plain(text: str) -> str:
    """The text in lower case, without accents, apostrophes and points; hyphens stay."""
    text = text[:LONGEST]
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return text.lower().translate(_MARKS)


def words_of(name: str) -> tuple[str, ...]:
    """The words that identify a person: no articles, no initials, no patronymic between the names."""
    words = [w for w in _WORD.findall(_SERVANT.sub("abd", plain(name))) if len(w) > 1 and w not in ARTICLES]
    inner = (w for w in words[1:-1] if not _PATRONYMIC.match(w))
    return (words[0], *inner, words[-1]) if len(words) > 1 else tuple(words)


@lru_cache(maxsize=20_000)
def sounds(word: str) -> str:
    """One spelling for all transliterations of a word: Zelensky, Zelenskyy, Zelenskiy; Evgeny, Yevgeny; Igor, Ihor."""
    near = _CLUSTER.sub(lambda m: _SOUNDS[m.group()], plain(word)).translate(_SINGLE)
    return _DOUBLE.sub(r"\1", _SOFT.sub("", _DOUBLE.sub(r"\1", near)))


def person_key(name: str, variants: Mapping[str, str] | None = None) -> str:
    """The key of a person's name; `variants` leads the sounds of a given name to those of its usual form."""
    known = variants or {}
    return " ".join(known.get(sound, sound) for sound in map(sounds, words_of(name)))
