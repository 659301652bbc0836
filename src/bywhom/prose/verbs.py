"""Which open words of a clause are verbs, and how each stands: by its form and by its neighbours alone."""

from __future__ import annotations

import re
from enum import Enum

from bywhom.prose.lexis import AUXILIARIES, SKIPPED, Lexis, Reading, Tag
from bywhom.prose.words import Word

_DEMONYM = re.compile(r"(?:[a-z]{2}(?:ian|ean|ish|ese|can|aeli|aqi|emeni|uslim|hite|unni)|arab|kurdish)$")
_QUOTES = frozenset("\"'“”‘’«»„")
_NOMINAL = frozenset({Tag.NOUN, Tag.NUMBER, Tag.DETERMINER})
_SHORTEST_GUESS = 6  # letters of an unknown word in -ed that is taken for a past


class Shape(Enum):
    """How a verb stands in its clause."""

    FINITE = 0
    INFINITIVE = 1
    GERUND = 2
    REDUCED = 3  # a participle after its noun: "soldiers captured near the river"
    ADJECTIVE = 4  # a participle before its noun: "captured soldiers"


class VerbFinder:
    """Which open words of a clause are verbs, and how each stands."""

    def __init__(self, words: tuple[Word, ...], tags: list[Tag], lex: Lexis) -> None:
        self.words, self.tags, self.lex = words, tags, lex
        self.shapes: dict[int, Shape] = {}

    def read(self) -> dict[int, Shape]:
        """The positions of main verbs with their shapes; their tags are set to VERB on the way."""
        for i, word in enumerate(self.words):
            reading = self._reading(i, word) if self.tags[i] is Tag.NOUN else None
            shape = (self._joined(i, reading) if word.joined else self._shape(i, reading)) if reading else None
            if shape is not None:
                self.shapes[i] = shape
                if shape is not Shape.ADJECTIVE:
                    self.tags[i] = Tag.VERB
        self._bare_auxiliaries()
        if Shape.FINITE not in self.shapes.values():
            self._lean()
        return self.shapes

    def _reading(self, i: int, word: Word) -> Reading | None:
        """The word as a verb; unknown ones too: right behind a modal, and in "-ed" unless it looks like a name."""
        known = self.lex.verbs.get(word.low)
        if known is None and i and self.tags[i - 1] is Tag.MODAL and word.low.isalpha():
            return Reading(word.low, base=True, third=False, past=False, participle=False, gerund=False)
        if (
            known is not None
            or not word.low.endswith("ed")
            or len(word.low) < _SHORTEST_GUESS
            or word.low in self.lex.grammar.no_past
        ):
            return known
        capital = word.text[0].isupper() and not word.text.isupper()
        return (
            None
            if capital
            else Reading(word.low[:-2], base=False, third=False, past=True, participle=True, gerund=False)
        )

    def _lean(self) -> None:
        """In a clause without a finite verb, the first homograph that leans to the verb and agrees with its subject."""
        for i in range(1, len(self.words)):
            open_word = self.tags[i] is Tag.NOUN and i not in self.shapes
            reading = self.lex.verbs.get(self.words[i].low) if open_word else None
            if reading and self.tags[i - 1] is Tag.NOUN and self._agrees(i, reading) and self._may_lean(i, reading):
                self.shapes[i], self.tags[i] = Shape.FINITE, Tag.VERB
                return

    def _may_lean(self, i: int, reading: Reading) -> bool:
        """Whether the word leans to the verb by itself, or by the plain noun behind it: "warlords recruit boys"."""
        behind = self.words[i + 1] if self._after(i) is Tag.NOUN and i + 1 < len(self.words) else None
        object_behind = behind is not None and behind.low not in self.lex.verbs and self.words[i].text.islower()
        return reading.lemma in self.lex.grammar.lean_verbs or (object_behind and reading.base)

    def _joined(self, i: int, reading: Reading) -> Shape | None:
        """Behind a hyphen stand participles ("rebel-held") and the verbs of "re-", "counter-", "mass-"."""
        if self.words[i - 1].low in self.lex.grammar.prefixes:
            return self._shape(i, reading)
        if reading.participle and (not reading.base or self._after(i) is Tag.NOUN):
            return Shape.ADJECTIVE
        return None

    def _bare_auxiliaries(self) -> None:
        """Forms of be, have, do and get with no verb behind them are verbs of their own: "there were clashes"."""
        for i, tag in enumerate(self.tags):
            if tag in AUXILIARIES and tag is not Tag.MODAL and not self._leads_to_verb(i):
                before = self._before(i)
                low = self.words[i].low
                if low in ("being", "having", "getting", "doing"):
                    self.shapes[i] = Shape.GERUND
                elif before is not None and self.tags[before] is Tag.TO:
                    self.shapes[i] = Shape.INFINITIVE
                else:
                    self.shapes[i] = Shape.FINITE

    def _leads_to_verb(self, i: int) -> bool:
        for j in range(i + 1, min(i + 6, len(self.tags))):
            tag = self.tags[j]
            if tag is Tag.VERB:
                return self.shapes.get(j) is not Shape.ADJECTIVE
            if tag in AUXILIARIES:
                return True
            if tag not in SKIPPED:
                return False
        return False

    def _before(self, i: int) -> int | None:
        """The nearest word to the left that is no adverb or negator."""
        j = i - 1 - (1 if self.words[i].joined else 0)
        while j >= 0 and (self.words[j].low in _QUOTES or (self.tags[j] in SKIPPED and self.words[j].low != "no")):
            j -= 1
        return j if j >= 0 else None

    def _after(self, i: int) -> Tag | None:
        j = i + 1
        while j < len(self.tags) and self.words[j].low in _QUOTES:
            j += 1
        return self.tags[j] if j < len(self.tags) else None

    def _next_is_verb_form(self, i: int) -> bool:
        """Whether the next word can only be a verb: an auxiliary, or a past form."""
        j = i + 1
        while j < len(self.tags) and self.tags[j] in SKIPPED:
            j += 1
        if j >= len(self.tags):
            return False
        if self.tags[j] in AUXILIARIES:
            return True
        reading = self.lex.verbs.get(self.words[j].low) if self.tags[j] is Tag.NOUN else None
        third = reading is not None and reading.third and reading.lemma not in self.lex.homographs
        return bool(reading and (reading.past or third) and not reading.base)

    def _shape(self, i: int, reading: Reading) -> Shape | None:
        before = self._before(i)
        tag = self.tags[before] if before is not None else None
        adverb_between = before is not None and before < i - 1
        if tag is Tag.NEGATOR:  # "no attack"; "not" was skipped
            return None
        if tag is Tag.TO and reading.base:
            return self._after_to(before, reading)
        if tag in (Tag.MODAL, Tag.DO) and reading.base:
            return Shape.FINITE
        if tag is Tag.HAVE and (reading.participle or reading.past):
            return Shape.FINITE
        if tag in (Tag.BE, Tag.GET) and (reading.participle or reading.gerund):
            return self._after_be(before)
        if reading.gerund:
            return self._gerund(i, tag)
        if (reading.past or reading.participle) and not reading.base:
            return self._past(i, tag, reading)
        return self._present(i, tag, reading, adverb_between)

    def _after_to(self, before: int | None, reading: Reading) -> Shape | None:
        """Infinitives, but not "in response to attacks"."""
        lead = self.words[before - 1].low if before else ""
        if reading.lemma in self.lex.homographs and lead in self.lex.grammar.noun_leads:
            return None
        return Shape.INFINITIVE

    def _after_be(self, before: int | None) -> Shape:
        """Passives and progressives are as finite as the auxiliary before them."""
        j = before
        while j is not None and j > 0 and self.tags[j] in AUXILIARIES | SKIPPED:
            j -= 1
        if j is not None and self.tags[j] is Tag.TO:
            return Shape.INFINITIVE
        only = before is not None and self.words[before].low in ("being", "be", "been", "getting")
        if only and j is not None and before is not None and before - j == 1 and self.tags[j] not in AUXILIARIES:
            return Shape.GERUND
        return Shape.FINITE

    def _gerund(self, i: int, tag: Tag | None) -> Shape | None:
        after = self._after(i)
        bound = i + 1 < len(self.words) and self.words[i + 1].low in self.lex.grammar.bounds
        opens_object = bound or after in (Tag.DETERMINER, Tag.PRONOUN, Tag.NUMBER, Tag.THAT, Tag.TO)
        if tag is Tag.DETERMINER:
            return None
        if tag in (Tag.NOUN, Tag.VERB, Tag.NUMBER, Tag.SUBORDINATOR) and (
            self._next_is_verb_form(i) or after in (Tag.MARK, None, Tag.CONJUNCTION)
        ):
            return None if self._noun_like(i) else Shape.GERUND
        if tag in (Tag.NOUN, Tag.NUMBER) and not opens_object and self._noun_like(i):
            return None
        if tag in (Tag.PREPOSITION, None) and self._noun_like(i) and not opens_object and after is not Tag.NOUN:
            return None
        return Shape.GERUND

    def _noun_like(self, i: int) -> bool:
        """Gerunds that are names of events more often than verbs: "shelling", "fighting", "bombing"."""
        return self.words[i].low in self.lex.grammar.event_gerunds

    def _past(self, i: int, tag: Tag | None, reading: Reading) -> Shape | None:
        after = self._after(i)
        if (
            tag in (Tag.DETERMINER, Tag.PREPOSITION)
            or (tag is Tag.NUMBER and after is Tag.NOUN)
            or self._after_demonym(i)
        ):
            return Shape.ADJECTIVE
        if tag is Tag.CONJUNCTION and after is Tag.NOUN and self._finite_follows(i):
            return Shape.ADJECTIVE  # "troops and allied fighters entered"
        if tag is Tag.SUBORDINATOR and reading.participle:
            return Shape.REDUCED  # "if captured", "when asked"
        if tag is Tag.MARK and after is Tag.NOUN and not self._subject_before(i):
            return Shape.ADJECTIVE
        by = i + 1 < len(self.words) and self.words[i + 1].low == "by"
        if reading.participle and (by or not reading.past):
            return Shape.REDUCED
        if tag in (Tag.PRONOUN, Tag.RELATIVE, Tag.THAT):
            return Shape.FINITE
        if (
            reading.participle
            and tag in _NOMINAL
            and not self._opens_object(i)
            and (self._finite_follows(i) or self._finite_before(i))
        ):
            return Shape.REDUCED
        if tag is None:
            return Shape.REDUCED if reading.participle else Shape.FINITE
        return Shape.FINITE

    def _after_demonym(self, i: int) -> bool:
        """Whether the word stands between a singular adjective of a nation and a noun: "Swiss armed men"."""
        return bool(
            i
            and self._after(i) is Tag.NOUN
            and _DEMONYM.search(self.words[i - 1].low)
            and self.words[i - 1].text[0].isupper()
        )

    def _finite_before(self, i: int) -> bool:
        """Whether a finite verb stands before this one with nothing between that opens a clause; verbs of saying open one."""
        for j in range(i - 1, -1, -1):
            if self.tags[j] in (Tag.MARK, Tag.CONJUNCTION, Tag.RELATIVE, Tag.THAT, Tag.SUBORDINATOR):
                return False
            if self.shapes.get(j) is Shape.FINITE:
                reading = self.lex.verbs.get(self.words[j].low)
                return reading is None or reading.lemma not in self.lex.grammar.speech
        return False

    def _subject_before(self, i: int) -> bool:
        return any(tag in (Tag.NOUN, Tag.PRONOUN) for tag in self.tags[:i])

    def _opens_object(self, i: int) -> bool:
        after = self._after(i)
        return after in (Tag.DETERMINER, Tag.PRONOUN, Tag.NUMBER, Tag.THAT) or (
            after is Tag.NOUN and i + 1 < len(self.words) and self.words[i + 1].low not in self.lex.verbs
        )

    def _finite_follows(self, i: int) -> bool:
        """Whether another finite verb follows before a mark or a word that opens a clause of its own."""
        for j in range(i + 1, len(self.tags)):
            tag = self.tags[j]
            if tag in (Tag.MARK, Tag.CONJUNCTION, Tag.RELATIVE, Tag.THAT, Tag.SUBORDINATOR):
                return False
            if tag in AUXILIARIES and self.words[j].low not in ("be", "been", "being", "having"):
                return True
            reading = self.lex.verbs.get(self.words[j].low) if tag is Tag.NOUN else None
            if reading and reading.past and not reading.base and self.tags[j - 1] in (Tag.NOUN, Tag.NUMBER):
                return True
        return False

    def _present(self, i: int, tag: Tag | None, reading: Reading, adverb_between: bool) -> Shape | None:
        if tag in (Tag.DETERMINER, Tag.PREPOSITION, Tag.BE, Tag.HAVE):
            return None
        homograph = reading.lemma in self.lex.homographs or self.words[i].low in self.lex.homographs
        if tag is Tag.THAT and homograph and not self._opens_object(i) and self._finite_follows(i):
            return None  # "that border posts were closed"
        if tag in (Tag.PRONOUN, Tag.RELATIVE, Tag.THAT):
            return Shape.FINITE
        if not homograph:
            return Shape.FINITE if tag is not None or reading.base else None
        if self._next_is_verb_form(i) or tag is None or tag is Tag.VERB:
            return Shape.FINITE if tag is None and self._opens_object(i) and reading.base else None
        if tag in (Tag.NOUN, Tag.CONJUNCTION, Tag.MARK):
            return self._after_noun(i, tag, reading, adverb_between)
        return None

    def _agrees(self, i: int, reading: Reading) -> bool:
        """Whether the noun before fits the verb in number."""
        before = self.words[i - 1].low
        plural = before.endswith("s") or before in ("people", "men", "women", "police", "children")
        return plural or reading.past if reading.base or reading.past else not plural

    def _after_noun(self, i: int, tag: Tag, reading: Reading, adverb_between: bool) -> Shape | None:
        """A verb only where number agrees and an object is opened: "militants attack the", "army attacks the"."""
        if adverb_between and tag is Tag.NOUN:
            return Shape.FINITE
        after = self._after(i)
        named = after is Tag.NOUN and self.words[i].text.islower() and self.words[i + 1].text[0].isupper()
        if self._finite_before(i):
            return None
        speaks = after is Tag.THAT and reading.lemma in self.lex.grammar.speech
        closed = (
            named
            or speaks
            or after in (Tag.DETERMINER, Tag.PRONOUN, Tag.TO)
            or (after is Tag.NUMBER and tag is Tag.NOUN)
        )
        if tag is Tag.NOUN:
            return (
                Shape.FINITE
                if self._agrees(i, reading) and (closed or reading.past) and not self._finite_follows(i)
                else None
            )
        return Shape.FINITE if closed and reading.past and self._subject_before(i) else None
