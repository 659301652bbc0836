"""Text as searches compare it."""

from __future__ import annotations

import unicodedata

_APOSTROPHES = str.maketrans("’‘ʼʹ`´", "''''''")
UNWRITABLE = str.maketrans({0: "\ufffd"})  # PostgreSQL takes no NUL, and SQLite's LIKE stops at one


def fold(text: str) -> str:
    """The text as searches compare it: without case, accents, kinds of apostrophe and runs of white space."""
    if text.isascii():
        return " ".join(text.replace("`", "'").lower().translate(UNWRITABLE).split())
    plain = _plain(_plain(text.translate(_APOSTROPHES)))  # some letters show their accents only once their case is gone
    return " ".join(plain.translate(UNWRITABLE).split())


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
