"""How a clause is built, as far as words of closed classes and verb forms show it: no parser, no model.

A clause becomes words with tags, and groups of verbs: "were not reportedly forced" is one group with head "forced", passive,
negated. Depth tells main clauses (0) from subordinate and relative ones. The price of doing without a parser is that a word
like "attack" is taken for a verb or a noun by its neighbours alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from bywhom import lexicons
from bywhom.prose.inflection import irregular, verb_forms
from bywhom.prose.tokens import Token, tokens
from bywhom.records import Span

_LONGEST = 400  # words read of a span: no clause is longer, and looking left and right must stay cheap
_HYPHEN = re.compile(r"[-‐‑]")
_BREAKS = frozenset(",;:–—()")
_QUOTES = frozenset("\"'“”‘’«»„")
_CLITIC = re.compile(r"^(.+?)('(?:s|re|ve|ll|d|m)|')$")
_DEMONYM = re.compile(r"(?:[a-z]{2}(?:ian|ean|ish|ese|can|aeli|aqi|emeni|uslim|hite|unni)|arab|kurdish)$")
_CONTRACTED_BE = frozenset({"it", "he", "she", "there", "that", "what", "who", "here", "where"})


class Tag(Enum):
    """What a word is in its clause."""

    NOUN = 0  # also adjectives and all unknown words
    VERB = 1
    BE = 2
    HAVE = 3
    DO = 4
    GET = 5
    MODAL = 6
    TO = 7
    NEGATOR = 8
    DETERMINER = 9
    NUMBER = 10
    PRONOUN = 11
    RELATIVE = 12
    SUBORDINATOR = 13
    PREPOSITION = 14
    CONJUNCTION = 15
    ADVERB = 16
    MARK = 17
    THAT = 18


class Shape(Enum):
    """How a verb stands in its clause."""

    FINITE = 0
    INFINITIVE = 1
    GERUND = 2
    REDUCED = 3  # a participle after its noun: "soldiers captured near the river"
    ADJECTIVE = 4  # a participle before its noun: "captured soldiers"


AUXILIARIES = frozenset({Tag.BE, Tag.HAVE, Tag.DO, Tag.MODAL, Tag.GET})
_SKIPPED = frozenset({Tag.ADVERB, Tag.NEGATOR})
_NOMINAL = frozenset({Tag.NOUN, Tag.NUMBER, Tag.DETERMINER})


@dataclass(frozen=True, slots=True)
class Grammar:
    """The closed classes: data/lexicons/clause-grammar.yaml."""

    be: frozenset[str]
    have: frozenset[str]
    do: frozenset[str]
    get: frozenset[str]
    modal: frozenset[str]
    negated: frozenset[str]
    negators: frozenset[str]
    determiners: frozenset[str]
    counts: frozenset[str]
    possessives: frozenset[str]
    subject_pronouns: frozenset[str]
    object_pronouns: frozenset[str]
    relatives: frozenset[str]
    subordinators: frozenset[str]
    prepositions: frozenset[str]
    background: frozenset[str]
    conjunctions: frozenset[str]
    adverbs: frozenset[str]
    catenative: frozenset[str]
    light: frozenset[str]
    speech: frozenset[str]
    common: frozenset[str]
    homographs: frozenset[str]
    lean_verbs: frozenset[str]
    light_nouns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A written form read as a verb."""

    lemma: str
    base: bool
    third: bool
    past: bool
    participle: bool
    gerund: bool


@dataclass(frozen=True, slots=True, eq=False)
class Lexis:
    """The grammar together with every verb form that is known."""

    grammar: Grammar
    verbs: dict[str, Reading]
    tags: dict[str, Tag]  # words whose tag never depends on their neighbours
    homographs: frozenset[str]  # verbs that are nouns as well


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark of a clause; hyphenated words and clitics are cut off."""

    start: int
    end: int
    text: str  # as written
    low: str  # lower case, straight apostrophe
    joined: bool = False  # the part of a hyphenated word behind the hyphen


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with its auxiliaries: positions in the list of words."""

    first: int
    head: int
    lemma: str
    shape: Shape
    passive: bool
    modal: str
    negated: bool
    depth: int  # 0: main clause


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """A stretch of text read for its structure."""

    span: Span
    words: tuple[Word, ...]
    tags: tuple[Tag, ...]
    groups: tuple[Group, ...]
    heads: dict[int, Group]

    def group_of(self, head: int) -> Group | None:
        """The group whose main verb stands at position `head`."""
        return self.heads.get(head)


def lexis(verbs: frozenset[str] = frozenset(), nouns: frozenset[str] = frozenset()) -> Lexis:
    """The shipped grammar with the forms of its verbs and of more `verbs`, of which some are `nouns` too."""
    return _lexis(lexicons.load("lexicons/clause-grammar", Grammar), verbs, nouns)


@lru_cache(maxsize=4)
def _lexis(grammar: Grammar, verbs: frozenset[str], nouns: frozenset[str]) -> Lexis:
    return Lexis(grammar, _verb_index(grammar, verbs), _closed(grammar), grammar.homographs | (verbs & nouns))


def _closed(grammar: Grammar) -> dict[str, Tag]:
    order = (  # later entries win: "that" is a pronoun, a determiner and a conjunction
        (grammar.adverbs, Tag.ADVERB), (grammar.counts, Tag.NUMBER), (grammar.determiners | grammar.possessives, Tag.DETERMINER),
        (grammar.prepositions, Tag.PREPOSITION), (grammar.object_pronouns - grammar.possessives, Tag.PRONOUN),
        (grammar.subject_pronouns, Tag.PRONOUN), (grammar.subordinators, Tag.SUBORDINATOR),
        (grammar.relatives, Tag.RELATIVE), (grammar.conjunctions, Tag.CONJUNCTION), (grammar.negators, Tag.NEGATOR),
        (grammar.modal, Tag.MODAL), (grammar.do, Tag.DO), (grammar.have, Tag.HAVE), (grammar.get, Tag.GET),
        (grammar.be, Tag.BE), (frozenset({"to"}), Tag.TO), (frozenset({"that"}), Tag.THAT), (frozenset({"'s"}), Tag.DETERMINER), (frozenset({"how", "why"}), Tag.RELATIVE),
    )  # fmt: skip
    return {word: tag for words, tag in order for word in sorted(words)}


def _verb_index(grammar: Grammar, extra: frozenset[str]) -> dict[str, Reading]:
    known = grammar.common | grammar.light | grammar.catenative | grammar.speech | extra
    index: dict[str, Reading] = {}
    for verb in sorted(known - {"be", "have", "do"}):
        forms = verb_forms(verb, irregular())
        for form in sorted({*forms.base, *forms.third, *forms.past, *forms.participle, *forms.gerund}):
            if form not in index or form in forms.past:  # "found" is the past of `find` before it is `to found`
                index[form] = Reading(verb, form in forms.base, form in forms.third, form in forms.past,
                                      form in forms.participle, form in forms.gerund)  # fmt: skip
    return index


def words_of(text: str, span: Span) -> tuple[Word, ...]:
    """The words and marks inside a span; hyphens, possessives and clitics are cut."""
    found: list[Word] = []
    hyphen = -1  # where the last lone hyphen ended: "U.S.-backed" comes as three tokens
    for token in tokens(text, span):
        adjacent = bool(found) and found[-1].end == token.start
        if token.is_word:
            found.extend(_parts(token, joined=token.start == hyphen))
        elif adjacent and token.text in ("-", "‐", "‑"):
            hyphen = token.end
        else:
            found.append(_mark(token, adjacent and found[-1].low.endswith("s"), text[span.start : token.start]))
    return tuple(found)


def _mark(token: Token, after_s: bool, before: str) -> Word:
    """A mark; the apostrophe of a plural possessor reads as "'s"."""
    if after_s and token.text in "'’" and not before.count("‘") and before.count("'") % 2 == 0:
        return Word(token.start, token.end, token.text, "'s")
    return Word(token.start, token.end, token.text, token.text)


def _parts(token: Token, *, joined: bool) -> Iterator[Word]:
    at = token.start
    for part in _HYPHEN.split(token.text):
        if part:
            yield from _cut(at, part, joined=joined or at > token.start)
        at += len(part) + 1


def _cut(start: int, part: str, *, joined: bool) -> list[Word]:
    low = part.lower().replace("’", "'")
    match = _CLITIC.match(low)
    if match is None:
        return [Word(start, start + len(part), part, low, joined)]
    stem = len(match[1])
    return [
        Word(start, start + stem, part[:stem], low[:stem], joined),
        Word(start + stem, start + len(part), part[stem:], low[stem:]),
    ]


@lru_cache(maxsize=128)  # six readers ask for the same clause one after the other
def read_clause(text: str, span: Span, lex: Lexis) -> Clause:
    """The words of a span with their tags, and its groups of verbs with their depth."""
    words = words_of(text, span)[:_LONGEST]
    mixed = any(word.text.islower() for word in words)
    tags = [Tag.NOUN if mixed and _acronym(word) else _closed_tag(words, i, lex) for i, word in enumerate(words)]
    shapes = _Verbs(words, tags, lex).read()
    _settle_to(tags)
    depths = _depths(words, tags, shapes, lex.grammar)
    groups = tuple(_group(words, tags, shapes, depths, lex, head) for head in sorted(shapes))
    return Clause(span, words, tuple(tags), groups, {group.head: group for group in groups})


def _settle_to(tags: list[Tag]) -> None:
    """Every "to" that no verb follows is a preposition."""
    for i, tag in enumerate(tags):
        if tag is Tag.TO:
            after = next((t for t in tags[i + 1 :] if t not in _SKIPPED and t is not Tag.MARK), None)
            if after is not Tag.VERB and after not in AUXILIARIES:
                tags[i] = Tag.PREPOSITION


def _acronym(word: Word) -> bool:
    """Whether a word in capitals, in a text that is not, only looks like "is", "us" or "who"."""
    return word.low in _LIKE_ACRONYMS and word.text.isupper()


def _closed_tag(words: tuple[Word, ...], i: int, lex: Lexis) -> Tag:
    """The tag of a word of a closed class; open words stay NOUN until their neighbours have spoken."""
    low = words[i].low
    if low == "'s" and i and words[i - 1].low in _CONTRACTED_BE:
        return Tag.BE
    if low == "one" and i and words[i - 1].low == "no":
        return Tag.PRONOUN
    known = lex.tags.get(low)
    if known is not None:
        return known
    if not low[0].isalnum():
        return Tag.MARK
    if low[0].isdigit():
        return Tag.NUMBER
    if low in lex.grammar.negated:
        return Tag.MODAL
    adverb = low.endswith("ly") and low not in lex.verbs and low not in ("family", "assembly", "july", "italy", "only")
    return Tag.ADVERB if adverb else Tag.NOUN


class _Verbs:
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
        if known is not None or not word.low.endswith("ed") or len(word.low) < _SHORTEST_GUESS or word.low in _NO_PAST:
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
        if self.words[i - 1].low in _PREFIXES:
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
            if tag not in _SKIPPED:
                return False
        return False

    def _before(self, i: int) -> int | None:
        """The nearest word to the left that is no adverb or negator."""
        j = i - 1 - (1 if self.words[i].joined else 0)
        while j >= 0 and (self.words[j].low in _QUOTES or (self.tags[j] in _SKIPPED and self.words[j].low != "no")):
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
        while j < len(self.tags) and self.tags[j] in _SKIPPED:
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
        if reading.lemma in self.lex.homographs and lead in (
            "due",
            "response",
            "according",
            "prior",
            "reply",
            "thanks",
            "close",
            "victim",
        ):
            return None
        return Shape.INFINITIVE

    def _after_be(self, before: int | None) -> Shape:
        """Passives and progressives are as finite as the auxiliary before them."""
        j = before
        while j is not None and j > 0 and self.tags[j] in AUXILIARIES | _SKIPPED:
            j -= 1
        if j is not None and self.tags[j] is Tag.TO:
            return Shape.INFINITIVE
        only = before is not None and self.words[before].low in ("being", "be", "been", "getting")
        if only and j is not None and before is not None and before - j == 1 and self.tags[j] not in AUXILIARIES:
            return Shape.GERUND
        return Shape.FINITE

    def _gerund(self, i: int, tag: Tag | None) -> Shape | None:
        after = self._after(i)
        bound = i + 1 < len(self.words) and self.words[i + 1].low in _BOUNDS
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
        return self.words[i].low in _EVENT_GERUNDS

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


_SHORTEST_GUESS = 6
_NO_PAST = frozenset(
    "ahmed beloved hundred indeed kindred mohamed mohammed muhammad naked rugged sacred wicked wretched".split()
)
_BOUNDS = frozenset(
    {"about", "around", "at", "nearly", "over", "up"}
)  # "killing around forty", "wounding at least two"
_LIKE_ACRONYMS = frozenset({"is", "us", "who", "it", "am", "may"})
_PREFIXES = frozenset(
    {
        "re",
        "counter",
        "mass",
        "over",
        "out",
        "co",
        "carpet",
        "ill",
        "press",
        "dive",
        "fire",
        "gang",
        "un",
        "cross",
        "court",
        "air",
        "force",
        "hand",
    }
)

_EVENT_GERUNDS = frozenset(
    "beating bombing burning cleansing clearing fighting firing hearing hijacking hostage-taking jamming kidnapping killing landing "
    "looting lynching meeting mining offering opening operating planning pounding recruiting rioting shelling shooting sighting "
    "stabbing strafing suffering training understanding uprising warning wounding backing funding building housing beheading".split()
)


def _depths(words: tuple[Word, ...], tags: list[Tag], shapes: dict[int, Shape], grammar: Grammar) -> list[int]:
    """How deep each word lies in subordinate and relative clauses."""
    depths: list[int] = []
    depth, finite_here, outer_finite, spoke = 0, False, False, False
    for i, tag in enumerate(tags):
        relative = tag is Tag.RELATIVE or (tag is Tag.THAT and i > 1 and tags[i - 1] is Tag.NOUN and not spoke)
        if relative or (tag is Tag.SUBORDINATOR and _opens_clause(i, tags, shapes)):
            depth, outer_finite, finite_here = depth + 1, finite_here, False
        elif tag is Tag.MARK and words[i].low in _BREAKS and depth:
            depth, finite_here = 0, outer_finite
        if i in shapes and shapes[i] is Shape.FINITE:
            if depth and finite_here and not outer_finite and not _coordinated(i, tags, shapes):
                depth = 0
            finite_here = True
            spoke = words[i].low not in grammar.be
        depths.append(depth)
    return _lifted(depths, shapes)


def _lifted(depths: list[int], shapes: dict[int, Shape]) -> list[int]:
    """Depths counted from the shallowest finite verb: a span cut out of its sentence is a main clause to itself."""
    least = min((depths[i] for i, shape in shapes.items() if shape is Shape.FINITE), default=0)
    return [max(0, depth - least) for depth in depths]


def _opens_clause(i: int, tags: list[Tag], shapes: dict[int, Shape]) -> bool:
    """Whether a subordinator has a finite verb before the next mark; otherwise it is a preposition."""
    for j in range(i + 1, len(tags)):
        if tags[j] is Tag.MARK:
            return False
        if shapes.get(j) is Shape.FINITE:
            return True
    return False


def _coordinated(i: int, tags: list[Tag], shapes: dict[int, Shape]) -> bool:
    """Whether a conjunction stands between this verb and the one before it."""
    j = i - 1
    while j >= 0 and not (j in shapes and shapes[j] is Shape.FINITE):
        if tags[j] is Tag.CONJUNCTION:
            return True
        j -= 1
    return False


def _group(
    words: tuple[Word, ...], tags: list[Tag], shapes: dict[int, Shape], depths: list[int], lex: Lexis, head: int
) -> Group:
    """The verb at `head` with the auxiliaries to its left."""
    first, passive, modal, negated, governed = head, False, "", False, False
    j = head - 1
    while j >= 0 and (
        tags[j] in AUXILIARIES
        or tags[j] in _SKIPPED
        or tags[j] is Tag.TO
        or (tags[j] is Tag.PRONOUN and j and tags[j - 1] in AUXILIARIES)
    ):
        if shapes[head] is Shape.ADJECTIVE or j in shapes:
            break
        low = words[j].low
        if tags[j] in AUXILIARIES and not governed:
            governed = True
            passive = tags[j] in (Tag.BE, Tag.GET) and _is_participle(words[head].low, lex)
        if tags[j] is Tag.MODAL:
            modal = low
        negated = negated or low in lex.grammar.negated or low in ("not", "never", "n't")
        first = j
        if tags[j] is Tag.TO:
            negated = negated or (j > 0 and words[j - 1].low == "not")
            break
        j -= 1
    if shapes[head] in (Shape.REDUCED, Shape.ADJECTIVE):
        passive = True
    if tags[head] in AUXILIARIES:
        following = [word.low for word in words[head + 1 : head + 3]]
        negated = negated or words[head].low in lex.grammar.negated or bool({"not", "never"}.intersection(following))
    return Group(first, head, _lemma(words[head].low, lex), shapes[head], passive, modal, negated, depths[head])


def _is_participle(low: str, lex: Lexis) -> bool:
    reading = lex.verbs.get(low)
    return bool(reading and reading.participle and not reading.gerund)


def _lemma(low: str, lex: Lexis) -> str:
    if low in lex.grammar.be:
        return "be"
    if low in lex.grammar.have:
        return "have"
    if low in lex.grammar.do:
        return "do"
    if low in lex.grammar.get:
        return "get"
    reading = lex.verbs.get(low)
    return reading.lemma if reading else low
