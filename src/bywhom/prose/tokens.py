"""English text cut into words and marks, each at its place."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from bywhom.records import Span

# The first line is a short cut for the third-last: most words are plain, and tried first they are found in half the time.
# A title keeps its point. Words keep inner apostrophes, hyphens and the points of initials ("U.S."); numbers keep separators ("1,200", "3.5").
_TOKEN = re.compile(
    r"[a-z]++(?![^\W_]|[’'\-‐‑])"
    r"|(?:[A-Z]\.){2,}"
    r"|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Sgt|Cpl|Adm|Brig|Prof|Sen|Rep|Gov|Rev|Hon|St)\."
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?\b"
    r"|[^\W\d_]+(?:[’'\-‐‑][^\W_]+)*"
    r"|\w+"
    r"|\.{2,}|…|[^\w\s]"
)


class Token(NamedTuple):
    """One word or mark. A tuple, because a report makes thousands: a frozen dataclass takes three times as long to make."""

    start: int
    end: int
    text: str

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


def tokens(text: str, span: Span | None = None) -> tuple[Token, ...]:
    """The words and marks of `text` inside `span` (all of it by default), with offsets into `text`."""
    start, end = (span.start, span.end) if span else (0, len(text))
    return (_kept if end - start <= _SHORT else _cut)(text, start, end)


def _cut(text: str, start: int, end: int) -> tuple[Token, ...]:
    return tuple([Token(*m.span(), m.group()) for m in _TOKEN.finditer(text, start, end)])


# Several rooms ask for the words of the same sentence; long texts are not held back for that.
_SHORT = 4000
_kept = lru_cache(maxsize=512)(_cut)
