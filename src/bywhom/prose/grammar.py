"""The closed classes of English that show how a sentence is built."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bywhom.prose.inflection import Irregular, verb_forms


@dataclass(frozen=True)
class Grammar:
    """The file data/lexicons/clause-grammar.yaml, as far as attribution needs it."""

    be: frozenset[str]
    have: frozenset[str]
    do: frozenset[str]
    modal: frozenset[str]
    possessives: frozenset[str]
    subject_pronouns: frozenset[str]
    relatives: frozenset[str]
    subordinators: frozenset[str]
    prepositions: frozenset[str]
    conjunctions: frozenset[str]
    adverbs: frozenset[str]

    @cached_property
    def auxiliaries(self) -> frozenset[str]:
        """Words that stand before a verb and belong to it."""
        return self.be | self.have | self.do | self.modal | {"not", "n't", "to"}


def finite_past(irregular: Irregular) -> frozenset[str]:
    """The past forms of irregular verbs: with words in -ed, the plainest sign of a clause."""
    return frozenset(form for verb in irregular.verbs for form in verb_forms(verb, irregular).past)
