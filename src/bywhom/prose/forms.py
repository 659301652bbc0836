"""In which form words stand on the page: quoted, told in other words, or both."""

from __future__ import annotations

from collections.abc import Iterable

from bywhom.prose.quotations import Quotation, QuotationIndex
from bywhom.prose.tokens import tokens
from bywhom.records import Quote, Span

_A_NAME = 6  # words: what is longer in quotation marks is no title of a book
_SHOUTED = 3  # letters: a longer word in capitals tells that capitals make no name here


def form_of(text: str, span: Span, marks: QuotationIndex, *, besides: Iterable[Span] = ()) -> Quote:
    """Direct, mixed or indirect, by how much of the span stands inside quotation marks.

    `besides`: what does not count, being nobody's content: the words that say who speaks.
    """
    inside = marks.touching(span)
    if not any(_is_said(quotation, text) for quotation in inside):
        return Quote.INDIRECT
    left_out = tuple(besides)
    words = [w for w in tokens(text, span) if w.is_word and not any(s.start <= w.start < s.end for s in left_out)]
    outside = sum(not any(q.outer.start <= w.start < q.outer.end for q in inside) for w in words)
    return Quote.DIRECT if outside <= 1 < len(words) else Quote.MIXED


def _is_said(quotation: Quotation, text: str) -> bool:
    """Whether quoted words are words said, and not a name or title in quotation marks."""
    words = [w for w in tokens(text, quotation.inner) if w.is_word]
    shouted = any(w.text.isupper() and len(w.text) > _SHOUTED for w in words)
    return len(words) > _A_NAME or shouted or any(not w.is_capital for w in words)
