"""Tables of facts that several rooms look up, each for a purpose of its own: who governs where, who publishes, who is called what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bywhom.lexicons import load
from bywhom.records import SourceKind


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

    def words(self) -> Iterator[tuple[str, str]]:
        """Every word or words that stand for a country, and its adjective: adjectives, names, seats."""
        for adjective, country in self.countries.items():
            for name in (adjective, *country.names, *country.also, *country.seats):
                yield name, adjective


@dataclass(frozen=True, slots=True)
class OutletTable:
    """data/lexicons/outlets.yaml: name -> other spellings."""

    agencies: dict[str, tuple[str, ...]]
    outlets: dict[str, tuple[str, ...]]

    def every(self) -> dict[str, tuple[str, ...]]:
        """Agencies and others together."""
        return {**self.agencies, **self.outlets}


@dataclass(frozen=True, slots=True)
class RoleTable:
    """data/lexicons/roles.yaml: what people and bodies are called, by the role in which they speak."""

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
    outlet_openings: frozenset[str]
    body_words: frozenset[str]
    titles: frozenset[str]
    armed_groups: tuple[str, ...]
    offices: dict[SourceKind, tuple[str, ...]]
    bodies: tuple[str, ...]
    unions: tuple[str, ...]
    comes_back_to: dict[str, tuple[str, ...]]
    issued: frozenset[str]
    drawn_up: frozenset[str]
    ranks: frozenset[str]
    outrank: tuple[str, ...]
    presides: frozenset[str]
    state_bodies: frozenset[str]
    state_words: frozenset[str]
    learning: frozenset[str]
    chambers: frozenset[str]
    wards: frozenset[str]
    sources_are: dict[SourceKind, tuple[str, ...]]
    broad: frozenset[str]
    past: frozenset[str]
    bodies_are: dict[SourceKind, tuple[str, ...]]


def governments() -> GovernmentTable:
    """The shipped table of countries.

    Raises: LexiconBroken.
    """
    return load("lexicons/governments", GovernmentTable)


def outlets() -> OutletTable:
    """The shipped table of outlets.

    Raises: LexiconBroken.
    """
    return load("lexicons/outlets", OutletTable)


def roles() -> RoleTable:
    """The shipped table of roles.

    Raises: LexiconBroken.
    """
    return load("lexicons/roles", RoleTable)
