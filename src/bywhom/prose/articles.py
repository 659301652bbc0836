"""The Arabic article with which many names begin in small letters: "al-Nahda", "el-Fasher"."""

from __future__ import annotations

import re

ARTICLES = frozenset("ad al an ar as ash at az el ul".split())
_BEFORE_NAME = re.compile(rf"^(?:{'|'.join(sorted(ARTICLES))})[-‐‑]")


def has_article(word: str) -> bool:
    """Whether a word begins with the article in one of the two forms that stand before nothing but names."""
    return word.startswith(("al-", "el-"))


def without_article(name: str) -> str:
    """A name as it is said without its article: "al-Homsi" is "Homsi" further on."""
    return _BEFORE_NAME.sub("", name)
