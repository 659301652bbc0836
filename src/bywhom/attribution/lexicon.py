"""The tables of attribution, compiled once: word form -> what it may signal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain

from bywhom import facts
from bywhom.attribution.tables import AccountTable, CueTable, PhraseTable, StanceTable, TranscriptTable
from bywhom.facts import GovernmentTable, OutletTable, RoleTable
from bywhom.lexicons import load
from bywhom.prose.grammar import Grammar, finite_past, shipped_grammar
from bywhom.prose.inflection import Irregular, VerbForms, irregular, noun_forms, verb_forms
from bywhom.prose.lexis import Lexis, lexis
from bywhom.prose.patterns import one_of
from bywhom.records import Channel, SourceKind, Stance

_ROLE_CLASSES = ("neutral", *(kind.value for kind in SourceKind if kind is not SourceKind.PUBLISHER))


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
    stances: StanceTable
    roles: RoleTable
    phrases: PhraseTable
    accounts: AccountTable
    outlets: OutletTable
    governments: GovernmentTable
    transcripts: TranscriptTable
    channels: dict[Channel, tuple[str, ...]]
    grammar: Grammar
    irregular: Irregular

    @classmethod
    def load(cls) -> Lexicon:
        """The shipped tables."""
        return cls(
            load("lexicons/cues", CueTable),
            load("lexicons/stances", StanceTable),
            facts.roles(),
            load("lexicons/phrases", PhraseTable),
            load("lexicons/accounts", AccountTable),
            facts.outlets(),
            facts.governments(),
            load("lexicons/transcripts", TranscriptTable),
            load("lexicons/channels", dict[Channel, tuple[str, ...]]),
            shipped_grammar(),
            irregular(),
        )

    def for_report(self, text: str, introduced: dict[str, str]) -> Lexicon:
        """The same tables, with the outlets that one report introduces, each outlet called as the report writes it."""
        self._compile()
        local = copy(self)  # keeps what is compiled; only the names of outlets differ
        local.__dict__["outlet_names"] = {**introduced, **self.outlet_names, **self._as_written(text)}
        return local

    def _compile(self) -> None:
        """Compile all that is made of the tables: once here, and not again for each report."""
        for name, made in vars(type(self)).items():
            if isinstance(made, cached_property):
                getattr(self, name)

    def _as_written(self, text: str) -> dict[str, str]:
        """Spelling -> the spelling that this text uses, for outlets that it calls by another name than the table's first."""
        found: dict[str, str] = {}
        text = text.replace(" - ", "-")  # wire copy puts blanks around the hyphen of a name
        for name, others in self._spelt_variously.items():
            if not _stands_in(name, text):
                written = max((other for other in others if _stands_in(other, text)), key=len, default=name)
                found.update(dict.fromkeys((name, *others), written))
        return found

    @cached_property
    def _spelt_variously(self) -> dict[str, tuple[str, ...]]:
        return {name: others for name, others in self.outlets.every().items() if others}

    # -- cues --------------------------------------------------------------------------------------------------------

    @cached_property
    def verbs(self) -> dict[str, CueWord]:
        """Verb form -> cue word; a form of two verbs belongs to the one that the table has first."""
        table = self.cues
        groups = (table.say, table.needs_that, table.takes_phrase, table.act, table.relay)
        found: dict[str, CueWord] = {}
        for lemma in dict.fromkeys(chain(*groups)):
            member = [lemma in group for group in groups]
            for word, kinds in _by_form(verb_forms(lemma, self.irregular)).items():
                found.setdefault(word, CueWord(lemma, frozenset(kinds), *member))
        return found

    @cached_property
    def phrasal(self) -> dict[str, tuple[str, str]]:
        """Verb form -> (particle, lemma) of a two-word cue."""
        pairs = (entry.split() for entry in self.cues.phrasal)
        return {
            form: (particle, f"{verb} {particle}")
            for verb, particle in pairs
            for form in verb_forms(verb, self.irregular).every
        }

    @cached_property
    def nouns(self) -> frozenset[str]:
        """Nouns that carry a content, singular and plural."""
        return frozenset(chain(*(noun_forms(noun, self.irregular) for noun in self.cues.nouns)))

    @cached_property
    def surfacing(self) -> frozenset[str]:
        """All forms of the verbs by which hearsay comes up."""
        return frozenset(chain(*(verb_forms(verb, self.irregular).every for verb in self.cues.surfacing)))

    @cached_property
    def tolled(self) -> frozenset[str]:
        """Finite forms of the verbs that bring a toll: "put", "gave", "raised"."""
        forms = (verb_forms(verb, self.irregular) for verb in self.cues.tolled)
        return frozenset(chain(*((*each.base, *each.third, *each.past) for each in forms)))

    @cached_property
    def voicing(self) -> frozenset[str]:
        """Finite forms of the verbs that bring out an act of speech: "voiced", "issues"."""
        forms = (verb_forms(verb, self.irregular) for verb in self.cues.voicing)
        return frozenset(chain(*((*each.base, *each.third, *each.past) for each in forms)))

    @cached_property
    def syntax(self) -> Lexis:
        """What clauses are read by: all verbs of the grammar."""
        return lexis()

    @cached_property
    def finite(self) -> frozenset[str]:
        """Words that show a finite verb: auxiliaries, irregular pasts, forms of cue verbs."""
        grammar = self.grammar
        past = {word for word, cue in self.verbs.items() if Form.PAST in cue.forms}
        verbs = grammar.be | grammar.have | grammar.do | grammar.modal | finite_past(self.irregular) | past
        return verbs - {"being", "been", "be", "having", "doing", "done"}

    # -- stances -----------------------------------------------------------------------------------------------------

    @cached_property
    def stance_verbs(self) -> dict[str, Stance]:
        """Verb form -> what it tells, if not a statement; with " to" where only that makes it one."""
        found: dict[str, Stance] = {}
        for stance, entries in ((Stance.ATTITUDE, self.stances.attitude), (Stance.PLAN, self.stances.plan)):
            for verb, _, to in (entry.partition(" ") for entry in entries):
                found |= {f"{form} {to}".strip(): stance for form in verb_forms(verb, self.irregular).every}
        return found

    @cached_property
    def stance_nouns(self) -> dict[str, Stance]:
        """Noun, singular or plural -> what it tells."""
        tables = ((Stance.ATTITUDE, self.stances.attitude_nouns), (Stance.PLAN, self.stances.plan_nouns))
        return {form: s for s, nouns in tables for noun in nouns for form in noun_forms(noun, self.irregular)}

    @cached_property
    def stance_with_object(self) -> frozenset[str]:
        """All forms of the verbs that tell an attitude with a mere object."""
        return frozenset(chain(*(verb_forms(verb, self.irregular).every for verb in self.stances.with_object)))

    @cached_property
    def stance_with_to(self) -> frozenset[str]:
        """All forms of the verbs that tell an attitude before "to"."""
        return frozenset(chain(*(verb_forms(verb, self.irregular).every for verb in self.stances.with_to)))

    @cached_property
    def stance_holders(self) -> frozenset[str]:
        """All forms of the verbs behind which a noun is what the clause tells."""
        forms = chain(*(verb_forms(verb, self.irregular).every for verb in self.stances.holding))
        return frozenset(forms) | self.grammar.have

    # -- roles -------------------------------------------------------------------------------------------------------

    @cached_property
    def role_kinds(self) -> dict[str, SourceKind | None]:
        """Role noun, singular or plural, lower case -> kind; None for heads that speak for somebody."""
        kinds: dict[str, SourceKind | None] = {}
        for name, entry in self._role_entries():
            *before, last = entry.split()
            for form in (last, *noun_forms(last, self.irregular)):
                kinds[" ".join((*before, form))] = None if name == "neutral" else SourceKind(name)
        return kinds

    @cached_property
    def plural_roles(self) -> frozenset[str]:
        """Role nouns that are plurals."""
        lasts = (entry.split()[-1] for _, entry in self._role_entries())
        return frozenset(chain(*(noun_forms(last, self.irregular)[1:] for last in lasts))) | self.phrases.plurals

    def _role_entries(self) -> Iterator[tuple[str, str]]:
        return ((name, entry) for name in _ROLE_CLASSES for entry in getattr(self.roles, name))

    # -- names -------------------------------------------------------------------------------------------------------

    @cached_property
    def outlet_names(self) -> dict[str, str]:
        """Any spelling of an outlet or agency -> its name."""
        return {spelling: name for name, others in self.outlets.every().items() for spelling in (name, *others)}

    @cached_property
    def body_words_low(self) -> frozenset[str]:
        """Words that end or open the names of bodies, lower case."""
        return frozenset(word.lower() for word in self.roles.body_words)

    @cached_property
    def agency_names(self) -> frozenset[str]:
        """Every spelling of an agency."""
        return frozenset(chain(*((name, *others) for name, others in self.outlets.agencies.items())))

    @cached_property
    def body_names(self) -> dict[str, SourceKind]:
        """Names of bodies -> kind."""
        offices = self.roles.offices.items()
        return {
            **{name: kind for kind, names in offices for name in names},
            **dict.fromkeys(self.roles.bodies, SourceKind.ORGANISATION),
            **dict.fromkeys(self.roles.armed_groups, SourceKind.COMBATANT),
        }

    @cached_property
    def source_words(self) -> dict[str, SourceKind]:
        """Word beside "source" -> the kind of whoever speaks."""
        return {word: kind for kind, words in self.roles.sources_are.items() for word in words}

    @cached_property
    def armed_groups(self) -> tuple[str, ...]:
        """Armed groups, the longest name first: "Nusra Front" lies inside "Al-Nusra Front"."""
        return tuple(sorted(self.roles.armed_groups, key=len, reverse=True))

    @cached_property
    def group_acronyms(self) -> tuple[str, ...]:
        """Armed groups called by letters, of which some papers write only the first as a capital: "Farc"."""
        return tuple(group for group in self.armed_groups if group.isupper() and group.isalpha() and len(group) > 3)

    @cached_property
    def shouted_groups(self) -> tuple[str, ...]:
        """The same in capitals."""
        return tuple(group.upper() for group in self.armed_groups)

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
    def nations(self) -> frozenset[str]:
        """Adjectives of nationality, lower case."""
        return frozenset(adjective.lower() for adjective in self.adjectives)

    # -- classes of words, put together for the rules that ask for them word by word -----------------------------------

    @cached_property
    def pronouns(self) -> frozenset[str]:
        """Pronouns that stand for a source."""
        table = self.phrases
        return table.person_pronouns | table.plural_pronouns | table.thing_pronouns | table.own_pronouns

    @cached_property
    def days(self) -> frozenset[str]:
        """Words that say when something was said."""
        return self.phrases.weekdays | self.phrases.times

    @cached_property
    def time_adjuncts(self) -> frozenset[str]:
        """Days and the words around them: "late on Friday", "last", "again"."""
        return self.days | {"on", "late", "early", "last", "this", "again"}

    @cached_property
    def never_names(self) -> frozenset[str]:
        """Words that are no part of a name, even with a capital."""
        g, table = self.grammar, self.phrases
        closed = g.subordinators | g.conjunctions | g.relatives | g.possessives | g.subject_pronouns | g.adverbs
        return closed | table.openers | table.months | table.weekdays

    @cached_property
    def never_opens_name(self) -> frozenset[str]:
        """Words that open a phrase with a capital and are no part of a name."""
        return self.phrases.determiners | self.grammar.prepositions | self.phrases.nameless

    @cached_property
    def plain_words(self) -> frozenset[str]:
        """Words that are no names in a text that is all capitals."""
        g = self.grammar
        says = {word for word, cue in self.verbs.items() if Form.THIRD in cue.forms} - self.roles_and_nouns
        return g.prepositions | g.adverbs | g.conjunctions | self.phrases.determiners | self.finite | says

    @cached_property
    def roles_and_nouns(self) -> frozenset[str]:
        """Words that may be nouns of saying or of those who say: "reports", "claims"."""
        return frozenset(self.role_kinds) | self.nouns

    @cached_property
    def channel_patterns(self) -> tuple[tuple[Channel, re.Pattern[str]], ...]:
        """Channel and the words that state it, the most specific first."""
        return tuple((channel, _any_of(words)) for channel, words in self.channels.items())

    @cached_property
    def came_from(self) -> re.Pattern[str]:
        """What tells whose word the lead was: "came … from", "was first reported by"."""
        verbs = "|".join(self.accounts.came)
        passive = rf"(?:was|were) (?:\w+ ){{0,2}}(?:{'|'.join(self.accounts.came_passive)})"
        return re.compile(rf"\b(?:{verbs}|{passive})\b[^.]{{0,40}}?\b(?:from|by|with)\s", re.IGNORECASE)


def _stands_in(name: str, text: str) -> bool:
    """Whether a name stands in a text as words of its own."""
    return name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{one_of(words)})\b", re.IGNORECASE)


def _by_form(forms: VerbForms) -> dict[str, set[Form]]:
    """Each written form with the forms it may be."""
    found: dict[str, set[Form]] = {}
    for kind, words in (
        (Form.BASE, forms.base),
        (Form.THIRD, forms.third),
        (Form.PAST, (*forms.past, *forms.participle)),
        (Form.GERUND, forms.gerund),
    ):
        for word in words:
            found.setdefault(word, set()).add(kind)
    return found
