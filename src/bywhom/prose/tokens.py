"""English text cut into words and marks, each at its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bywhom.records import Span

# A title keeps its point. Words keep inner apostrophes, hyphens and the points of initials ("U.S."); numbers keep separators ("1,200", "3.5").
_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}"
    r"|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Sgt|Cpl|Adm|Brig|Prof|Sen|Rep|Gov|Rev|Hon|St)\."
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?\b"
    r"|[^\W\d_]+(?:[’'\-‐‑][^\W_]+)*"
    r"|\w+"
    r"|\.{2,}|…|[^\w\s]"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark."""

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
    return tuple(Token(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text, start, end))
