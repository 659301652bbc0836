"""Every word form of closed classes and every known verb form, and what it may be in a clause."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from bywhom.prose.grammar import Grammar, shipped_grammar
from bywhom.prose.inflection import irregular, verb_forms


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


AUXILIARIES = frozenset({Tag.BE, Tag.HAVE, Tag.DO, Tag.MODAL, Tag.GET})
NOBODY = frozenset({"no", "nobody", "neither", "none"})  # a subject that begins so is nobody: "no group has claimed it"
SKIPPED = frozenset({Tag.ADVERB, Tag.NEGATOR})  # what may stand between an auxiliary and its verb


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


def lexis(verbs: frozenset[str] = frozenset(), nouns: frozenset[str] = frozenset()) -> Lexis:
    """The shipped grammar with the forms of its verbs and of more `verbs`, of which some are `nouns` too."""
    return _lexis(shipped_grammar(), verbs, nouns)


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
        for form in sorted(set(forms.every)):
            if form not in index or form in forms.past:  # "found" is the past of `find` before it is `to found`
                index[form] = Reading(verb, form in forms.base, form in forms.third, form in forms.past,
                                      form in forms.participle, form in forms.gerund)  # fmt: skip
    return index
