"""How a clause is built, as far as words of closed classes and verb forms show it: no parser, no model.

A clause becomes words with tags, and groups of verbs: "were not reportedly forced" is one group with head "forced", passive,
negated. Depth tells main clauses (0) from subordinate and relative ones. The price of doing without a parser is that a word
like "attack" is taken for a verb or a noun by its neighbours alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bywhom.prose.grammar import Grammar
from bywhom.prose.lexis import AUXILIARIES, SKIPPED, Lexis, Tag
from bywhom.prose.verbs import Shape, VerbFinder
from bywhom.prose.words import Word, words_of
from bywhom.records import Span

_LONGEST = 400  # words read of a span: no clause is longer, and looking left and right must stay cheap
_BREAKS = frozenset(",;:–—()")
_CONTRACTED_BE = frozenset({"it", "he", "she", "there", "that", "what", "who", "here", "where"})


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


@lru_cache(maxsize=128)  # six readers ask for the same clause one after the other
def read_clause(text: str, span: Span, lex: Lexis) -> Clause:
    """The words of a span with their tags, and its groups of verbs with their depth."""
    words = words_of(text, span)[:_LONGEST]
    mixed = any(word.text.islower() for word in words)
    tags = [
        Tag.NOUN if mixed and _acronym(word, lex.grammar) else _closed_tag(words, i, lex)
        for i, word in enumerate(words)
    ]
    shapes = VerbFinder(words, tags, lex).read()
    _settle_to(tags)
    depths = _depths(words, tags, shapes, lex.grammar)
    groups = tuple(_group(words, tags, shapes, depths, lex, head) for head in sorted(shapes))
    return Clause(span, words, tuple(tags), groups, {group.head: group for group in groups})


def _settle_to(tags: list[Tag]) -> None:
    """Every "to" that no verb follows is a preposition."""
    for i, tag in enumerate(tags):
        if tag is Tag.TO:
            after = next((t for t in tags[i + 1 :] if t not in SKIPPED and t is not Tag.MARK), None)
            if after is not Tag.VERB and after not in AUXILIARIES:
                tags[i] = Tag.PREPOSITION


def _acronym(word: Word, grammar: Grammar) -> bool:
    """Whether a word in capitals, in a text that is not, only looks like "is", "us" or "who"."""
    return word.low in grammar.like_acronyms and word.text.isupper()


def _closed_tag(words: tuple[Word, ...], i: int, lex: Lexis) -> Tag:
    """The tag of a word of a closed class; open words stay NOUN until their neighbours have spoken."""
    low = words[i].low
    if low == "'s" and i and words[i - 1].low in _CONTRACTED_BE:
        return Tag.BE
    if low == "one" and i and words[i - 1].low == "no":
        return Tag.PRONOUN
    if low == "given" and i and lex.tags.get(words[i - 1].low) in AUXILIARIES:
        return Tag.NOUN  # "had given", "were given": no preposition
    known = lex.tags.get(low)
    if known is not None:
        return known
    if not low[0].isalnum():
        return Tag.MARK
    if low[0].isdigit():
        return Tag.NUMBER
    if low in lex.grammar.negated:
        return Tag.MODAL
    adverb = low.endswith("ly") and low not in lex.verbs and low not in lex.grammar.not_adverbs
    return Tag.ADVERB if adverb else Tag.NOUN


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
    first = head if shapes[head] is Shape.ADJECTIVE else _group_start(tags, shapes, head)
    low, before = words[head].low, range(head - 1, first - 1, -1)
    governor = next((tags[j] for j in before if tags[j] in AUXILIARIES), None)
    passive = governor in (Tag.BE, Tag.GET) and _is_participle(low, lex)
    lows = [words[j].low for j in before]
    negated = any(one in lex.grammar.negated or one in ("not", "never", "n't") for one in lows)
    if first < head and tags[first] is Tag.TO and first and words[first - 1].low == "not":
        negated = True
    if tags[head] in AUXILIARIES:
        following = {word.low for word in words[head + 1 : head + 3]}
        negated = negated or low in lex.grammar.negated or bool(following & {"not", "never"})
    return Group(
        first,
        head,
        _lemma(low, lex),
        shapes[head],
        passive or shapes[head] in (Shape.REDUCED, Shape.ADJECTIVE),
        next((words[j].low for j in reversed(before) if tags[j] is Tag.MODAL), ""),
        negated,
        depths[head],
    )


def _group_start(tags: list[Tag], shapes: dict[int, Shape], head: int) -> int:
    """Where the auxiliaries of the verb at `head` begin; an inverted subject may stand among them."""
    first = head
    for j in range(head - 1, -1, -1):
        inverted = tags[j] is Tag.PRONOUN and j > 0 and tags[j - 1] in AUXILIARIES
        if j in shapes or not (tags[j] in AUXILIARIES or tags[j] in SKIPPED or tags[j] is Tag.TO or inverted):
            break
        first = j
        if tags[j] is Tag.TO:
            break
    return first


def _is_participle(low: str, lex: Lexis) -> bool:
    reading = lex.verbs.get(low)
    return bool(reading and reading.participle and not reading.gerund)


def _lemma(low: str, lex: Lexis) -> str:
    grammar = lex.grammar
    for forms, lemma in ((grammar.be, "be"), (grammar.have, "have"), (grammar.do, "do"), (grammar.get, "get")):
        if low in forms:
            return lemma
    reading = lex.verbs.get(low)
    return reading.lemma if reading else low
