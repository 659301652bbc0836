"""The closed classes of English that show how a sentence is built: data/lexicons/clause-grammar.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bywhom import lexicons
from bywhom.prose.inflection import Irregular, verb_forms


@dataclass(frozen=True, eq=False)
class Grammar:
    """The file data/lexicons/clause-grammar.yaml; the file says what each class holds and why."""

    be: frozenset[str]
    have: frozenset[str]
    do: frozenset[str]
    get: frozenset[str]
    modal: frozenset[str]
    negated: frozenset[str]
    tenses: dict[str, frozenset[str]]
    nominal: frozenset[str]
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
    event_gerunds: frozenset[str]
    no_past: frozenset[str]
    prefixes: frozenset[str]
    like_acronyms: frozenset[str]
    not_adverbs: frozenset[str]
    noun_leads: frozenset[str]
    bounds: frozenset[str]

    @cached_property
    def auxiliaries(self) -> frozenset[str]:
        """Words that stand before a verb and belong to it."""
        return self.be | self.have | self.do | self.modal | {"not", "n't", "to"}

    @cached_property
    def tense_of(self) -> dict[str, str]:
        """The tense that each finite auxiliary gives to its clause."""
        return {word: tense for tense, words in self.tenses.items() for word in words}


def shipped_grammar() -> Grammar:
    """The shipped table."""
    table: Grammar = lexicons.load("lexicons/clause-grammar", Grammar)
    return table


def finite_past(irregular: Irregular) -> frozenset[str]:
    """The past forms of irregular verbs: with words in -ed, the plainest sign of a clause."""
    return frozenset(form for verb in irregular.verbs for form in verb_forms(verb, irregular).past)
