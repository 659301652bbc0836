"""Lists of words as parts of regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable

ANY_BLANK = r"\s{1,3}"


def one_of(words: Iterable[str], blank: str = r"\ ") -> str:
    """An alternation of words as they stand, the longest first; `blank` is what may stand between those of a phrase."""
    return "|".join(re.escape(word).replace(r"\ ", blank) for word in sorted(words, key=lambda w: (-len(w), w)))
