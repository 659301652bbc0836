"""Place names made comparable: folded spellings, and keys under which transliterations of one name meet.

Standard library only, so that the build of the gazetteer can load this file by its path.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST_NAME = 120  # longer strings are no place names; cutting them keeps folding linear in the document


class _Letters(dict[int, str | int]):
    """What each letter of a decomposed name becomes; accents and other combining marks vanish."""

    def __missing__(self, code: int) -> str | int:
        """Asked once for each letter that a run meets."""
        self[code] = "" if unicodedata.combining(chr(code)) else code
        return self[code]


# Letters that Unicode does not decompose, and the apostrophes that stand for soft signs, hamza and ayn.
_LETTERS = _Letters(
    (ord(letter), plain)
    for letters, plain in (
        *zip("ßøłđðþæœıħ", ("ss", "o", "l", "d", "d", "th", "ae", "oe", "i", "h"), strict=True),
        ("'’‘ʼʻ`´ʹʺʿʾ′.,", ""),
        ("-‐‑–_/", " "),
    )
    for letter in letters
)


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """`name` in lower case, without accents, apostrophes, points and hyphens: the form that exact look-up compares."""
    name = name[:LONGEST_NAME]
    lower = name.lower() if name.isascii() else unicodedata.normalize("NFKD", name.casefold())
    return " ".join(lower.translate(_LETTERS).split())


# One class per sound, whatever alphabet and system of transliteration wrote it: g and h meet, as do i, y and j.
_CYRILLIC = str.maketrans(
    dict(zip("абвгґдеєёжзиіїйклмнопрстуфхцчшщыэюяўјљњћђџ", "abvhhdeeeZziiiiklmnoprstufhCQXWieuauilnQdZ", strict=True))
    | dict.fromkeys("ъьʼ’'", "")
)
_CLUSTERS = re.compile("shch|sch|sh|ch|zh|ts|tz|kh|ck")
_CLASS = {"shch": "W", "sch": "W", "sh": "X", "ch": "Q", "zh": "Z", "ts": "C", "tz": "C", "kh": "h", "ck": "k"}
_SINGLE = str.maketrans({"g": "h", "w": "v", "y": "i", "j": "i", "q": "k", "x": "h"})
_IOTATION = re.compile(r"i(?=[aeou])")
_DOUBLES = re.compile(r"(.)\1+")
_ENDINGS = (
    (re.compile(r"(?:i|o|e)?(?:ivka|ovka|evka)$"), "VK"),
    (re.compile(r"(?:i|o|e)v[eoa]?$"), "V"),
    (re.compile(r"n(?:oe|oi|e|i|a)$"), "N"),
    (re.compile(r"(?:k|X|Q)(?:ii|i|oi|ai|e|a|oe|ei)$"), "K"),
    (re.compile(r"(?<=..)(?:ii|oi|oe|ee|i|e)$"), ""),
)


@lru_cache(maxsize=20_000)
def key(name: str) -> str:
    """The key under which Ukrainian, Russian and Latin spellings of one Slavic name meet (Zaporizhzhia, Zaporizhia)."""
    return folded_key(fold(name))


def folded_key(folded: str) -> str:
    """The key of a name that is folded already."""
    return " ".join(map(_word_key, folded.split()))


@lru_cache(maxsize=50_000)
def _word_key(word: str) -> str:
    plain = word.translate(_CYRILLIC) if not word.isascii() else word
    sounds = _CLUSTERS.sub(lambda m: _CLASS[m.group()], plain).translate(_SINGLE)
    sounds = _DOUBLES.sub(r"\1", _IOTATION.sub("", _DOUBLES.sub(r"\1", sounds)))
    for ending, short in _ENDINGS:
        shortened, found = ending.subn(short, sounds)
        if found:
            return shortened
    return sounds


# The romanisation of Ukraine's passports and maps (2010): й and the iotated vowels differ at the beginning of a word.
_UKRAINIAN = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщюяьыёэъ",
        "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch iu ia  y io e ".split(" "),
        strict=True,
    )
)
_INITIAL = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}


def romanised(name: str) -> str:
    """A Ukrainian name in Latin letters, as Ukraine's own maps write it; other letters stay as they are."""
    plain = re.sub("['’ʼ]", "", name.lower()).replace("зг", "zgh")
    letters = (
        _INITIAL[c] if c in _INITIAL and not (at and plain[at - 1].isalpha()) else _UKRAINIAN.get(c, c)
        for at, c in enumerate(plain)
    )
    return re.sub(r"(?:^|(?<=[\s-]))\w", lambda first: first.group().upper(), "".join(letters))


# The Arabic article with its assimilated forms, as a word of its own once hyphens are folded away.
_ARTICLES = frozenset("al el ul as es ash esh at et ath ad ed adh az ez ar er an en".split())
_ARABIC = re.compile("gh|kh|sh|th|dh|ou|oo|ee|aa|ch")
_ARABIC_CLASS = {
    "gh": "G",
    "kh": "X",
    "sh": "S",
    "th": "t",
    "dh": "d",
    "ou": "u",
    "oo": "u",
    "ee": "i",
    "aa": "a",
    "ch": "S",
}
_VOWELS = re.compile("[aeiouy]+")


@lru_cache(maxsize=20_000)
def skeleton(name: str) -> str:
    """The consonants of an Arabic name without its articles ("Khan Shaykhun", "Khan Sheikhoun"); "" if too few remain."""
    return folded_skeleton(fold(name))


def folded_skeleton(folded: str) -> str:
    """The consonants of an Arabic name that is folded already."""
    bones = " ".join(_bones(w) for w in folded.split() if w not in _ARTICLES and w.isascii())
    return bones if len(bones.replace(" ", "")) >= 3 else ""


def bare(name: str) -> str:
    """`name` folded, without its Arabic articles."""
    return " ".join(word for word in fold(name).split() if word not in _ARTICLES)


def _bones(word: str) -> str:
    sounds = _ARABIC.sub(lambda m: _ARABIC_CLASS[m.group()], word).replace("q", "k").replace("z", "s")
    first = "A" if _VOWELS.match(sounds) else ""
    return _DOUBLES.sub(r"\1", first + _VOWELS.sub("", sounds).removesuffix("h"))
