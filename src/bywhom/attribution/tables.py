"""The tables of attribution as they stand in data/lexicons/."""

from __future__ import annotations

from dataclasses import dataclass

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
    adverbs: frozenset[str]
    nouns: tuple[str, ...]
    impersonal: tuple[str, ...]
    surfacing: tuple[str, ...]
    denials: frozenset[str]
    whole: frozenset[str]
    voicing: tuple[str, ...]
    voiced: frozenset[str]
    tells: frozenset[str]
    deeds: frozenset[str]
    tolls: frozenset[str]
    said_by: frozenset[str]
    speaks_on: frozenset[str]
    speaks_of: frozenset[str]
    also_nouns: frozenset[str]
    evidence: frozenset[str]
    perceives: frozenset[str]
    only_with_words: frozenset[str]
    needs_infinitive: frozenset[str]
    attributive: frozenset[str]
    doubting: frozenset[str]
    hearsay: frozenset[str]
    hearsay_adjectives: frozenset[str]
    unnamed: dict[str, str]
    means: frozenset[str]
    before_gerund: frozenset[str]
    tolled: tuple[str, ...]
    toll_nouns: frozenset[str]
    deed_before: dict[str, frozenset[str]]
    quoted_by: frozenset[str]
    passing_on: frozenset[str]
    audience: frozenset[str]
    silenced: frozenset[str]
    met: frozenset[str]
    called_false: frozenset[str]
    announces: frozenset[str]
    counts: frozenset[str]
    called: frozenset[str]


@dataclass(frozen=True, slots=True)
class StanceTable:
    """data/lexicons/stances.yaml."""

    attitude: tuple[str, ...]
    plan: tuple[str, ...]
    attitude_nouns: tuple[str, ...]
    plan_nouns: tuple[str, ...]
    noun_opens: frozenset[str]
    holding: tuple[str, ...]
    with_object: tuple[str, ...]
    with_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhraseTable:
    """data/lexicons/phrases.yaml."""

    determiners: frozenset[str]
    person_pronouns: frozenset[str]
    plural_pronouns: frozenset[str]
    thing_pronouns: frozenset[str]
    own_pronouns: frozenset[str]
    particles: frozenset[str]
    partitives: frozenset[str]
    openers: frozenset[str]
    nameless: frozenset[str]
    months: frozenset[str]
    weekdays: frozenset[str]
    times: frozenset[str]
    core_ends: frozenset[str]
    given_out: frozenset[str]
    runs: frozenset[str]
    served: frozenset[str]
    whole: dict[str, SourceKind]
    not_whole: tuple[str, ...]
    works_for: frozenset[str]
    not_persons: frozenset[str]
    unsure_endings: frozenset[str]
    plurals: frozenset[str]
    empty: frozenset[str]
    listeners: frozenset[str]
    units: frozenset[str]
    floating: frozenset[str]
    mid_adverbs: frozenset[str]
    before_infinitive: frozenset[str]
    sexes: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class AccountTable:
    """data/lexicons/accounts.yaml."""

    outlets: frozenset[str]
    press: frozenset[str]
    introduces: frozenset[str]
    inside_names: frozenset[str]
    speaking_to: frozenset[str]
    handed: frozenset[str]
    taken_by: frozenset[str]
    brings_outlet: frozenset[str]
    unnamed_media: frozenset[str]
    goes_on: frozenset[str]
    one_more: frozenset[str]
    scenes: tuple[str, ...]
    conceding: frozenset[str]
    own_voice: frozenset[str]
    checked: frozenset[str]
    to_check: frozenset[str]
    lead_nouns: frozenset[str]
    gives: frozenset[str]
    differing: frozenset[str]
    versions: frozenset[str]
    otherwise: frozenset[str]
    came: tuple[str, ...]
    came_passive: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TranscriptTable:
    """data/lexicons/transcripts.yaml."""

    spoken: tuple[str, ...]
    written: tuple[str, ...]
    either: tuple[str, ...]
    reported: tuple[str, ...]
    channels: dict[str, Channel]
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    notes: frozenset[str]
    askers: frozenset[str]
    stations: frozenset[str]
    hidden: frozenset[str]

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form by which a header may open."""
        return (*self.spoken, *self.written, *self.either, *self.reported)
