"""Noun phrases of a clause by tags alone: where one begins and ends, what is listed beside it, and what it is said to be.

"Rebels, gunmen of the Red Hand and two allied militias" are three phrases; "the governor, a former baker, fled" has its subject before
the commas. Brackets and quotation marks inside a phrase are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bywhom.prose.lexis import Tag
from bywhom.prose.syntax import Clause, Group
from bywhom.prose.verbs import Shape
from bywhom.records import Mention, Span

_INSIDE = frozenset({Tag.NOUN, Tag.DETERMINER, Tag.NUMBER})
_BOUNDS = frozenset(
    "at least up to more than about around over nearly almost approximately as many some only another all of".split()
)
_NO_HEADS = frozenset({"the", "a", "an", "some", "'s", "least", "most", "more", "than"})
_QUOTES = frozenset("\"“”‘’«»„'")
_CLOSING = {")": "(", "]": "[", "–": "–", "—": "—", "-": "-"}
_OPENING = {"(": ")", "[": "]"}
_LINKS = frozenset({"and", "or", "&", "plus"})
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october "
    "november december yesterday today tonight tomorrow week weekend month year night morning afternoon evening day hours days weeks "
    "months years meanwhile recently".split()
)
_BELONGS = frozenset({"of", "from"})
_BELONGING = frozenset({"affiliated", "belonging", "loyal", "linked", "allied", "related"})
_NAMES_OF = frozenset({"of", "for"})
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_LONGEST = 12  # words of one phrase, of a bracket, of a modifier
_APPOSED = 30  # words between two commas that say who somebody is
_MOST = 6  # phrases of one list


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: the positions of its first and its last word, and of the word it is about."""

    first: int
    last: int
    head: int


@dataclass(frozen=True, slots=True)
class PhraseReader:
    """The noun phrases of one clause."""

    clause: Clause
    text: str

    # To the right ----------------------------------------------------------------------------------------------------

    def ahead(self, n: int) -> tuple[Phrase, ...]:
        """The phrase that begins at word `n` and those listed after it; none where no noun phrase begins there."""
        first = self.one_ahead(n)
        if first is None:
            return ()
        found, waiting, at = [first], list[Phrase](), self._past_bracket(first.last + 1)
        while len(found) + len(waiting) < _MOST:
            link = self._link(at)
            following = self.one_ahead(link) if link else None
            if link is None or following is None or self._opens_clause(following):
                break
            waiting.append(following)
            if self._low(link - 1) in _LINKS or self._low(link - 1) == "as":
                found, waiting = [*found, *waiting], []
            at = self._past_bracket(following.last + 1)
        return tuple(found)

    def one_ahead(self, n: int) -> Phrase | None:
        """The phrase that begins at word `n`, without what is listed after it."""
        n = self._past_bounds(n)
        at, last, nouns = n, -1, 0
        while at < len(self.clause.words) and at - n < _LONGEST:
            tag, low = self.clause.tags[at], self._low(at)
            if low in _QUOTES or (tag is Tag.ADVERB and self._tag(at + 1) is Tag.NOUN):
                at += 1
                continue
            if tag not in _INSIDE or not self._goes_on(at, nouns):
                break
            nouns += tag is Tag.NOUN
            last, at = at, at + 1
            if self._low(at) in _OPENING and self._tag(self._past_bracket(at)) is Tag.NOUN and not self._verb(at):
                at = self._past_bracket(at)
        if last < n:
            return None
        return self._extended(Phrase(n, last, last))

    def _goes_on(self, at: int, nouns: int) -> bool:
        """Whether a phrase that has so many nouns can hold the word; an article, a number or a day opens another."""
        tag, low = self.clause.tags[at], self._low(at)
        if not nouns or low == "'s":
            return True
        if tag is Tag.DETERMINER:
            return self._low(at - 1) == "'s"
        if self._counts(at):
            return self._low(at)[0].isdigit() and self._is_capital(at - 1) and self._tag(at + 1) is not Tag.NOUN
        return low not in TIMES

    def _past_bounds(self, n: int) -> int:
        """Past "at least", "up to" and opening quotation marks."""
        while n + 1 < len(self.clause.words) and (self._low(n) in _BOUNDS or self._low(n) in _QUOTES):
            n += 1
        return n

    def _past_bracket(self, n: int) -> int:
        """The first word after a bracket that opens at word `n`; `n` where none does."""
        closing = _OPENING.get(self._low(n))
        for at in range(n + 1, min(n + _LONGEST, len(self.clause.words))) if closing else ():
            if self._low(at) == closing:
                return at + 1
        return n

    def _extended(self, phrase: Phrase) -> Phrase:
        """The phrase with the name it goes on with: "Army of the Lake", "fighters from the Red Hand"."""
        at = phrase.last + 1
        if self._low(at) in _BELONGING and self._low(at + 1) in ("to", "with"):
            at += 1
        elif self._low(at) not in _BELONGS | _NAMES_OF:
            return phrase
        if self._low(at) == "for" and not self._is_capital(phrase.last):
            return phrase
        name = self.one_ahead(at + 1) if self._capital_behind(at + 1) else None
        return Phrase(phrase.first, name.last, phrase.head) if name else phrase

    def _capital_behind(self, n: int) -> bool:
        return self._is_capital(n + 1 if self._tag(n) is Tag.DETERMINER else n)

    def _link(self, at: int) -> int | None:
        """The position behind "and", a comma, or "as well as"; None where nothing is listed further."""
        low = self._low(at)
        if low == "," and self._low(at + 1) in _LINKS:
            return at + 2
        if low in _LINKS or low == ",":
            return at + 1
        return at + 3 if low == "as" and self._low(at + 1) == "well" and self._low(at + 2) == "as" else None

    def _opens_clause(self, phrase: Phrase) -> bool:
        """Whether a phrase behind "and" is the subject of a verb of its own: a verb stands before the list, and one behind it."""
        finite = [group for group in self.clause.groups if group.shape is Shape.FINITE]
        behind = any(phrase.last < group.first <= phrase.last + 2 for group in finite)
        return behind and any(group.head < phrase.first for group in finite)

    # To the left -----------------------------------------------------------------------------------------------------

    def behind(self, n: int) -> Iterator[tuple[tuple[Phrase, ...], str]]:
        """What may be the subject that ends at or before word `n`, the outermost last: lists, and the words that modify them.

        With each goes the word by which it hangs on what stands before it: "by" in "attacks by rebels".
        """
        phrase = self._one_behind(self._past_relative(self._past_apposition(n)))
        for _ in range(_LONGEST):
            found = self._listed(phrase)
            further = self._before_modifier(found[0].first - 1)
            yield found, self._low(found[0].first - 1) if further is not None else ""
            if further is None:
                return
            phrase = self._one_behind(self._past_apposition(further))

    def _one_behind(self, last: int) -> Phrase:
        """The phrase whose last word is `last`."""
        while last > 0 and self._low(last) in _QUOTES:
            last -= 1
        first, numbered = last, self._counts(last)
        while first > 0 and last - first < _LONGEST:
            tag, low = self.clause.tags[first - 1], self._low(first - 1)
            if low in _CLOSING and _CLOSING[low] in "([":
                opened = self._opened(first - 1)
                if opened is None or self._tag(opened - 1) is not Tag.NOUN:
                    break
                first = opened
                continue
            joined = tag in _INSIDE or (low in _QUOTES and self._tag(first - 2) in _INSIDE)
            if not joined or low in TIMES or (numbered and tag is Tag.NOUN):
                break
            first -= 1
            numbered = numbered or self._counts(first)
            if tag is Tag.DETERMINER and low != "'s":
                break
        return Phrase(first, last, last)

    def _listed(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """The phrase and those listed before it: "rebels, gunmen and thieves"."""
        found = [phrase]
        while len(found) < _MOST:
            at = found[0].first - 1
            linked = self._low(at) in _LINKS
            at -= linked
            comma = self._low(at) == "," and (linked or len(found) > 1)
            at -= comma
            if not (linked or comma) or at < 0 or self.clause.tags[at] not in _INSIDE:
                break
            before = self._one_behind(at)
            if self._is_object(before):
                break
            found.insert(0, before)
        return tuple(found)

    def _is_object(self, phrase: Phrase) -> bool:
        """Whether a verb stands before the phrase in its clause: what it lists is nobody's subject."""
        for n in range(phrase.first - 1, -1, -1):
            group = self.clause.group_of(n)
            if group and group.shape not in (Shape.REDUCED, Shape.ADJECTIVE):
                return True
            if self.clause.tags[n] in (Tag.MARK, Tag.RELATIVE, Tag.SUBORDINATOR, Tag.THAT):
                return False
        return False

    def _past_apposition(self, n: int) -> int:
        """Past brackets, dashes and what stands between two commas and says who somebody is."""
        for _ in range(3):
            low = self._low(n)
            opened = self._opened(n) if low in _CLOSING else self._apposed(n) if low == "," else None
            if opened is None or opened < 1:
                break
            n = opened - 1
        while n > 0 and self.clause.tags[n] in (Tag.MARK, Tag.ADVERB):
            n -= 1
        return n

    def _past_relative(self, n: int) -> int:
        """Past a clause that ends in a verb and says of whom one speaks: "soldiers who had refused to attack"."""
        if not self._verb(n):
            return n
        for at in range(n - 1, max(0, n - _LONGEST), -1):
            if self._tag(at) in (Tag.RELATIVE, Tag.THAT) and self._tag(at - 1) in _INSIDE:
                return at - 1
            if self._tag(at) in (Tag.MARK, Tag.CONJUNCTION, Tag.SUBORDINATOR):
                break
        return n

    def _opened(self, n: int) -> int | None:
        opening = _CLOSING[self._low(n)]
        return next((at for at in range(n - 1, max(-1, n - _APPOSED), -1) if self._low(at) == opening), None)

    def _apposed(self, n: int) -> int | None:
        """The comma before which the subject ends, where all between it and the comma at `n` is about the subject."""
        for at in range(n - 1, max(0, n - _APPOSED), -1):
            if self._low(at) == "," and self._tag(at - 1) in _INSIDE and self._says_who(at + 1, n):
                return at
        return None

    def _says_who(self, first: int, last: int) -> bool:
        if self._tag(first) in (Tag.CONJUNCTION, Tag.SUBORDINATOR, Tag.PRONOUN):
            return False
        relative = self._tag(first) is Tag.RELATIVE or self._tag(first + 1) is Tag.RELATIVE
        finite = any(first <= g.head < last and g.shape is Shape.FINITE and not g.depth for g in self.clause.groups)
        opens = self._tag(first) is Tag.DETERMINER or self._verb(first) or not self._is_capital(first)
        return relative or (opens and not finite)

    def _before_modifier(self, at: int) -> int | None:
        """Where the phrase ends that a modifier ending at word `at` belongs to, if one does."""
        n = at
        if n >= 1 and self.clause.tags[n] is Tag.PREPOSITION:
            n -= 1
            while self._low(n) in TIMES and self._tag(n - 1) is Tag.PREPOSITION and n > 2:
                n -= 2  # "on Monday": what it hangs on stands before
            if self.clause.tags[n] in _INSIDE:
                return n if self._low(n) not in TIMES else None
        while n > 0 and self.clause.tags[n] in (Tag.ADVERB, Tag.PREPOSITION):
            n -= 1
        group = self.clause.group_of(n) if n > 0 else None
        return self._before_group(group) if group else None

    def _before_group(self, group: Group) -> int | None:
        before = group.first - 1
        if before < 0:
            return None
        if group.shape in (Shape.REDUCED, Shape.GERUND):
            return before if self.clause.tags[before] in _INSIDE else None
        if self.clause.tags[before] is not Tag.RELATIVE or before < 1:
            return None
        before -= 2 if self.clause.tags[before - 1] is Tag.MARK else 1
        return before if before >= 0 and self.clause.tags[before] in _INSIDE else None

    # Words -----------------------------------------------------------------------------------------------------------

    def mention(self, phrase: Phrase) -> Mention | None:
        """The words of a phrase without a leading article or possessor's mark, and without a trailing one."""
        first, last = phrase.first, phrase.last
        while first <= last and (self._low(first) in _NO_HEADS or self._low(first) in _QUOTES):
            first += 1
        while last >= first and (self._low(last) == "'s" or self.clause.tags[last] is Tag.DETERMINER):
            last -= 1
        if first > last:
            return None
        return Mention.at(Span(self.clause.words[first].start, self.clause.words[last].end), self.text)

    def word(self, n: int) -> Mention:
        """One word as a mention."""
        return Mention.at(Span(self.clause.words[n].start, self.clause.words[n].end), self.text)

    def lows(self, phrase: Phrase) -> Iterator[str]:
        """The words of a phrase in small letters."""
        return (self._low(n) for n in range(phrase.first, phrase.last + 1))

    def _counts(self, n: int) -> bool:
        """Whether a word is a number and no ordinal: "36 regiments", not "36th Regiment"."""
        return self._tag(n) is Tag.NUMBER and not _ORDINAL.fullmatch(self._low(n))

    def _low(self, n: int) -> str:
        return self.clause.words[n].low if 0 <= n < len(self.clause.words) else ""

    def _tag(self, n: int) -> Tag | None:
        return self.clause.tags[n] if 0 <= n < len(self.clause.words) else None

    def _verb(self, n: int) -> bool:
        return self._tag(n) is Tag.VERB

    def _is_capital(self, n: int) -> bool:
        return bool(re.match(r"[A-ZÀ-ÞĀ-Ž]", self.clause.words[n].text)) if 0 <= n < len(self.clause.words) else False
