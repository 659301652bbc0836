"""The tables of attribution, compiled once: word form -> what it may signal."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain

from bywhom.lexicons import load
from bywhom.prose.grammar import Grammar, finite_past
from bywhom.prose.inflection import Irregular, noun_forms, verb_forms
from bywhom.records import Channel, SourceKind


@dataclass(frozen=True, slots=True)
class CueTable:
    """data/lexicons/cues.yaml."""

    say: tuple[str, ...]
    needs_that: tuple[str, ...]
    takes_phrase: tuple[str, ...]
    act: tuple[str, ...]
    phrasal: tuple[str, ...]
    relay: tuple[str, ...]
    adverbs: tuple[str, ...]
    nouns: tuple[str, ...]
    impersonal: tuple[str, ...]
    prepositions: tuple[str, ...]
    surfacing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleTable:
    """data/lexicons/roles.yaml."""

    official: tuple[str, ...]
    military: tuple[str, ...]
    combatant: tuple[str, ...]
    relative: tuple[str, ...]
    witness: tuple[str, ...]
    expert: tuple[str, ...]
    media: tuple[str, ...]
    organisation: tuple[str, ...]
    document: tuple[str, ...]
    anonymous: tuple[str, ...]
    neutral: tuple[str, ...]
    outlet_endings: frozenset[str]
    body_words: frozenset[str]
    titles: frozenset[str]
    armed_groups: tuple[str, ...]
    bodies: tuple[str, ...]
    comes_back_to: dict[str, tuple[str, ...]]
    issued: frozenset[str]


@dataclass(frozen=True, slots=True)
class OutletTable:
    """data/lexicons/outlets.yaml: name -> other spellings."""

    agencies: dict[str, tuple[str, ...]]
    outlets: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Country:
    """One country as it speaks."""

    names: tuple[str, ...]
    seats: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GovernmentTable:
    """data/lexicons/governments.yaml: adjective -> country."""

    countries: dict[str, Country]


class Form(StrEnum):
    """Which form of a verb a word may be."""

    BASE = "base"
    THIRD = "third"
    PAST = "past"
    GERUND = "gerund"


@dataclass(frozen=True, slots=True)
class CueWord:
    """A verb form and what its verb may signal."""

    lemma: str
    forms: frozenset[Form]
    say: bool
    needs_that: bool
    takes_phrase: bool
    act: bool
    relay: bool


@dataclass(frozen=True)
class Lexicon:
    """Everything that attribution looks words up in."""

    cues: CueTable
    roles: RoleTable
    outlets: OutletTable
    governments: GovernmentTable
    channels: dict[Channel, tuple[str, ...]]
    grammar: Grammar
    irregular: Irregular

    @classmethod
    def load(cls) -> Lexicon:
        """The shipped tables."""
        return cls(
            load("lexicons/cues", CueTable),
            load("lexicons/roles", RoleTable),
            load("lexicons/outlets", OutletTable),
            load("lexicons/governments", GovernmentTable),
            load("lexicons/channels", dict[Channel, tuple[str, ...]]),
            load("lexicons/clause-grammar", Grammar),
            load("lexicons/irregular-verbs", Irregular),
        )

    def with_outlets(self, names: dict[str, str]) -> Lexicon:
        """The same tables, knowing the outlets that one report introduces."""
        if not names:
            return self
        local = copy(self)
        local.__dict__["outlet_names"] = {**names, **self.outlet_names}
        return local

    @cached_property
    def verbs(self) -> dict[str, CueWord]:
        """Verb form -> cue word."""
        table = self.cues
        groups = [set(g) for g in (table.say, table.needs_that, table.takes_phrase, table.act, table.relay)]
        found: dict[str, CueWord] = {}
        for lemma in dict.fromkeys(chain(table.say, table.needs_that, table.takes_phrase, table.act, table.relay)):
            forms = verb_forms(lemma, self.irregular)
            member = [lemma in group for group in groups]
            by_form: dict[str, set[Form]] = {}
            for kind, words in (
                (Form.BASE, forms.base),
                (Form.THIRD, forms.third),
                (Form.PAST, (*forms.past, *forms.participle)),
                (Form.GERUND, forms.gerund),
            ):
                for word in words:
                    by_form.setdefault(word, set()).add(kind)
            for word, kinds in by_form.items():
                found.setdefault(word, CueWord(lemma, frozenset(kinds), *member))
        return found

    @cached_property
    def phrasal(self) -> dict[str, tuple[str, str]]:
        """Verb form -> (particle, lemma) of a two-word cue."""
        pairs = (entry.split() for entry in self.cues.phrasal)
        return {
            form: (particle, f"{verb} {particle}")
            for verb, particle in pairs
            for form in chain(*_all(verb_forms(verb, self.irregular)))
            if particle != "upon"
        }

    @cached_property
    def nouns(self) -> frozenset[str]:
        return frozenset(chain(*(noun_forms(noun, self.irregular) for noun in self.cues.nouns)))

    @cached_property
    def surfacing(self) -> frozenset[str]:
        return frozenset(chain(*(chain(*_all(verb_forms(v, self.irregular))) for v in self.cues.surfacing)))

    @cached_property
    def role_kinds(self) -> dict[str, SourceKind | None]:
        """Role noun, singular or plural, lower case -> kind; None for heads that speak for somebody."""
        kinds: dict[str, SourceKind | None] = {}
        for kind in ("neutral", *(k.value for k in SourceKind if k is not SourceKind.PUBLISHER)):
            for entry in getattr(self.roles, kind):
                *before, last = entry.split()
                for form in (last, *noun_forms(last, self.irregular)):
                    kinds[" ".join((*before, form))] = None if kind == "neutral" else SourceKind(kind)
        return kinds

    @cached_property
    def plural_roles(self) -> frozenset[str]:
        """Role nouns that are plurals."""
        entries = chain(
            *(getattr(self.roles, k) for k in ("neutral", *(k.value for k in SourceKind if k != "publisher")))
        )
        plurals = {form for entry in entries for form in noun_forms(entry.split()[-1], self.irregular)[1:]}
        return frozenset(
            plurals | {"people", "men", "women", "wives", "families", "spies", "media", "authorities", "many", "some"}
        )

    @cached_property
    def outlet_names(self) -> dict[str, str]:
        """Any spelling of an outlet or agency -> its name."""
        both = {**self.outlets.agencies, **self.outlets.outlets}
        return {spelling: name for name, others in both.items() for spelling in (name, *others)}

    @cached_property
    def agency_names(self) -> frozenset[str]:
        return frozenset(chain(*((name, *others) for name, others in self.outlets.agencies.items())))

    @cached_property
    def body_names(self) -> dict[str, SourceKind]:
        """Names of bodies -> kind."""
        return {
            **dict.fromkeys(self.roles.bodies, SourceKind.ORGANISATION),
            **dict.fromkeys(self.roles.armed_groups, SourceKind.COMBATANT),
        }

    @cached_property
    def government_of(self) -> dict[str, str]:
        """Country or seat of government -> the government's name."""
        return {
            name: f"{adjective} government"
            for adjective, country in self.governments.countries.items()
            for name in (*country.names, *country.seats)
        }

    @cached_property
    def adjectives(self) -> frozenset[str]:
        """Adjectives of nationality."""
        return frozenset(chain(*((adj, *c.also) for adj, c in self.governments.countries.items())))

    @cached_property
    def finite(self) -> frozenset[str]:
        """Words that show a finite verb: auxiliaries, irregular pasts, forms of cue verbs."""
        grammar = self.grammar
        past = {w for w, cue in self.verbs.items() if Form.PAST in cue.forms}
        return (grammar.be | grammar.have | grammar.do | grammar.modal | finite_past(self.irregular) | past) - {
            "being", "been", "be", "having", "doing", "done",
        }  # fmt: skip

    @cached_property
    def channel_patterns(self) -> tuple[tuple[Channel, re.Pattern[str]], ...]:
        return tuple(
            (
                channel,
                re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})\b", re.IGNORECASE),
            )
            for channel, words in self.channels.items()
        )


def _all(forms: object) -> tuple[tuple[str, ...], ...]:
    return tuple(getattr(forms, name) for name in ("base", "third", "past", "participle", "gerund"))
