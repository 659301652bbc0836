"""The words of one sentence, or of a part of one, as the rules of this room ask for them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bywhom.attribution.lexicon import Lexicon
from bywhom.prose.articles import has_article
from bywhom.prose.syntax import read_clause
from bywhom.prose.tokens import Token
from bywhom.prose.verbs import Shape
from bywhom.records import Mention, Span

_OPENING = frozenset({"“", '"', "«"})
_CLOSING = frozenset({"”", '"', "»"})


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Words in a row. Positions count its words; asking beyond either end is allowed and answers with nothing."""

    words: tuple[Token, ...]
    lows: tuple[str, ...]  # the words in lower case
    quoted: tuple[bool, ...]  # whether a word stands inside a quotation that is not being read
    text: str  # of the whole document
    lex: Lexicon

    @classmethod
    def of(cls, words: Sequence[Token], text: str, lex: Lexicon, quoted: Sequence[bool] = ()) -> Line:
        """The line of these words of a document's text."""
        inside = tuple(quoted) or (False,) * len(words)
        return cls(tuple(words), tuple(w.lower for w in words), inside, text, lex)

    def __len__(self) -> int:
        return len(self.words)

    def part(self, first: int, last: int) -> Line:
        """The words [first, last) as a line of their own."""
        return Line(self.words[first:last], self.lows[first:last], self.quoted[first:last], self.text, self.lex)

    def aloud(self) -> Line:
        """The same words, read as if none stood inside a quotation."""
        return Line(self.words, self.lows, (False,) * len(self.words), self.text, self.lex)

    def low(self, i: int) -> str:
        """Word `i` in lower case."""
        return self.lows[i] if 0 <= i < len(self.lows) else ""

    def mark(self, i: int) -> str:
        """Word or mark `i` as written."""
        return self.words[i].text if 0 <= i < len(self.words) else ""

    def is_word(self, i: int) -> bool:
        """Whether there is a word at `i`, not a mark."""
        return 0 <= i < len(self.words) and self.words[i].is_word

    def is_capital(self, i: int) -> bool:
        """Whether word `i` begins with a capital letter."""
        return 0 <= i < len(self.words) and self.words[i].is_capital

    def may_be_named(self, i: int) -> bool:
        """Whether word `i` is written as names are: with a capital letter, or an Arabic article."""
        return self.is_capital(i) or has_article(self.low(i))

    def is_role(self, i: int) -> bool:
        """Whether word `i` is a role noun: "governor", "residents"."""
        return self.low(i) in self.lex.role_kinds

    def is_finite(self, i: int) -> bool:
        """Whether word `i` shows a finite verb."""
        return self.low(i) in self.lex.finite

    def has_finite(self, first: int, last: int) -> bool:
        """Whether a word that shows a finite verb stands in [first, last)."""
        return any(low in self.lex.finite for low in self.lows[first:last])

    def has_clause(self, first: int, last: int) -> bool:
        """Whether [first, last) is a clause, with a finite verb of its own: "the rebels hold the mill", not "men who fled"."""
        if not self.has_words(first, last):
            return False
        span = Span(self.words[first].start, self.words[last - 1].end)
        groups = read_clause(self.text, span, self.lex.syntax).groups
        return any(group.shape is Shape.FINITE and group.depth == 0 for group in groups)

    def has_words(self, first: int, last: int) -> bool:
        """Whether there is a word in [first, last), not only marks."""
        return any(word.is_word for word in self.words[first:last])

    def holds(self, first: int, last: int, words: Collection[str]) -> bool:
        """Whether one of these words, in lower case, stands in [first, last)."""
        return any(low in words for low in self.lows[max(0, first) : max(0, last)])

    def find(self, first: int, last: int, words: Collection[str]) -> int | None:
        """Where in [first, last) the first of these words or marks stands."""
        return next((i for i in range(first, min(last, len(self.words))) if self.lows[i] in words), None)

    def rfind(self, first: int, last: int, words: Collection[str]) -> int | None:
        """Where in [first, last) the last of these words or marks stands."""
        return next((i for i in range(last - 1, max(first, 0) - 1, -1) if self.lows[i] in words), None)

    def opens_quotation(self, i: int) -> bool:
        """Whether a mark at `i` may open a quotation."""
        return self.mark(i) in _OPENING

    def closes_quotation(self, i: int) -> bool:
        """Whether a mark at `i` may close a quotation."""
        return self.mark(i) in _CLOSING

    def span(self, first: int, last: int) -> Span:
        """Where the words [first, last) stand in the text."""
        return Span(self.words[first].start, self.words[last - 1].end)

    def mention(self, first: int, last: int) -> Mention:
        """The words [first, last) as a mention."""
        return Mention.at(self.span(first, last), self.text)

    def between(self, start: int, end: int) -> Line:
        """The words that stand inside these characters of the text."""
        inside = [i for i, word in enumerate(self.words) if start <= word.start and word.end <= end]
        return self.part(inside[0], inside[-1] + 1) if inside else self.part(0, 0)


def plain(word: str) -> str:
    """The word without a possessive ending."""
    return word.removesuffix("'s").removesuffix("’s")
