"""Where words that a model gave back stand in the report: nothing that does not stand there gets any further."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property

from bywhom.records import Span

_LONGEST = 2000  # code points: nobody's words are looked for that are longer
_QUOTES = dict.fromkeys("“”„‟«»″＂", '"') | dict.fromkeys("‘’‚‛′`´ʼ", "'")
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_FOLDS = str.maketrans(_QUOTES | _DASHES | {"…": "..."})
_UNSEEN = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_ENDS = " \t\r\n.,;:\"'"


class Page:
    """A text in which words are looked for, as they are and with blanks, quotation marks and dashes made alike."""

    def __init__(self, text: str) -> None:
        self.text = text

    def find(self, words: str, within: Span, near: Span, *, apart: bool = False) -> Span | None:
        """Where the words stand within a stretch, nearest to another; None where they do not.

        They are taken as they are first, then folded, then without the marks at their ends. `apart`: rather outside
        `near` than inside it, as a cue stands beside its content.
        """
        if not 0 < len(words) <= _LONGEST or not any(sign.isalnum() for sign in words):
            return None
        exact = _nearest(_found(self.text, words.strip(), within), near, apart=apart)
        return exact or self._find_folded(fold(words).strip(), within, near, apart=apart)

    def _find_folded(self, words: str, within: Span, near: Span, *, apart: bool) -> Span | None:
        folded, at = self._folded
        stretch = Span(bisect_left(at, within.start), bisect_left(at, within.end))
        for form in dict.fromkeys((words, words.strip(_ENDS))):
            spans = (Span(at[s.start], at[s.end - 1] + 1) for s in _found(folded, form, stretch))
            if found := _nearest(spans, near, apart=apart):
                return found
        return None

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        """The folded text, and for each of its signs the place in the text where it comes from."""
        signs: list[str] = []
        at: list[int] = []
        blank = False
        for place, sign in enumerate(self.text):
            if sign in _UNSEEN or (blank and sign.isspace()):
                continue
            blank = sign.isspace()
            for each in " " if blank else sign.translate(_FOLDS):
                signs.append(each)
                at.append(place)
        return "".join(signs), at


def fold(words: str) -> str:
    """Words with single blanks, plain quotation marks and dashes, and nothing that cannot be seen."""
    seen = "".join(sign for sign in words if sign not in _UNSEEN)
    return " ".join(seen.translate(_FOLDS).split())


def _found(text: str, words: str, within: Span) -> Iterator[Span]:
    """Every place where the words stand as whole words."""
    if any(sign.isalnum() for sign in words) and text.find(words, within.start, within.end) >= 0:
        # No loop over all places: in a text of one letter they are everywhere.
        before = r"(?<!\w)" if _is_word(words[0]) else ""
        after = r"(?!\w)" if _is_word(words[-1]) else ""
        for match in re.compile(f"{before}{re.escape(words)}{after}").finditer(text, within.start, within.end):
            yield Span(*match.span())


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _nearest(spans: Iterable[Span], near: Span, *, apart: bool) -> Span | None:
    """The nearest, the first of two that are equally near."""
    return min(spans, key=lambda span: (apart and bool(span.overlap(near)), _gap(span, near), span), default=None)


def _gap(a: Span, b: Span) -> int:
    return max(0, a.start - b.end, b.start - a.end)
