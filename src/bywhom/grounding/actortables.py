"""The tables of data/actors/: who is known by which names, on whose side, and what organs every state has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bywhom import facts
from bywhom.facts import Country, RoleTable
from bywhom.lexicons import data_path, load, load_file
from bywhom.prose.inflection import Irregular, noun_forms
from bywhom.prose.peoplenames import plain, sounds
from bywhom.records import EntityKind, SourceKind

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """One actor of the table."""

    name: str
    kind: EntityKind = EntityKind.PERSON
    side: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-2
    aliases: tuple[str, ...] = ()
    organ: str | None = None  # it is this organ of its country: "Israeli army" is the "Israel Defense Forces"
    nation: str | None = None  # the adjective of `nations` whose organ it is, where that is no country


@dataclass(frozen=True, slots=True)
class Organ:
    """What any state has: its name beside the state's adjective, and the words for it."""

    kind: EntityKind
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nation:
    """A state, past or present, as its adjective and names stand beside an organ."""

    adjective: str
    names: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    side: str | None = None  # whose side its forces are on, where that is not its own
    country: str | None = None


@dataclass(frozen=True, slots=True)
class ActorFile:
    """One file of data/actors/, or one of a user's own: any of these sections."""

    actors: tuple[Known, ...] = ()
    people: tuple[Known, ...] = ()
    nations: tuple[Nation, ...] = ()
    organs: dict[str, Organ] = field(default_factory=dict)
    given_names: tuple[tuple[str, ...], ...] = ()
    fillers: frozenset[str] = frozenset()
    serving: frozenset[str] = frozenset()
    ranks: dict[str, SourceKind] = field(default_factory=dict)
    no_people: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CountryNames:
    """What is needed here of a row of gazetteer/countries.yaml."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CountryFile:
    """data/gazetteer/countries.yaml."""

    countries: tuple[CountryNames, ...]


@dataclass(frozen=True)
class ActorTables:
    """Everything that actors are looked up in."""

    files: tuple[ActorFile, ...]  # ours in the order of their names, then the user's: a later one outranks
    countries: tuple[CountryNames, ...]
    governments: Mapping[str, Country]
    outlets: Mapping[str, tuple[str, ...]]
    roles: RoleTable
    irregular: Irregular

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> ActorTables:
        """The shipped tables, with the user's own files over them.

        Raises: LexiconBroken, naming the file and the line.
        """
        shipped = sorted(path.stem for path in data_path("actors").glob("*.yaml"))
        return cls(
            (*(load(f"actors/{name}", ActorFile) for name in shipped), *(load_file(path, ActorFile) for path in extra)),
            load("gazetteer/countries", CountryFile).countries,
            facts.governments().countries,
            facts.outlets().every(),
            facts.roles(),
            load("lexicons/irregular-verbs", Irregular),
        )

    # Names ------------------------------------------------------------------------------------------------------

    @cached_property
    def known(self) -> dict[str, tuple[Known, ...]]:
        """Plain name or alias -> whom it may mean; a user's file outranks ours where both have a name."""
        found: dict[str, tuple[Known, ...]] = {}
        for file in self.files:
            own: dict[str, tuple[Known, ...]] = {}
            for each in (*file.actors, *file.people):
                for name in dict.fromkeys((each.name, *each.aliases)):
                    own[plain(name)] = (*own.get(plain(name), ()), each)
            mine = file is self.files[-1]
            for name, entries in own.items():
                found[name] = entries if mine else (*found.get(name, ()), *entries)
        return found

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """Aliases that are words in lower case ("who", "is", "fan"): they count in capitals only."""
        names = (name for file in self.files for each in file.actors for name in (each.name, *each.aliases))
        return frozenset(plain(name) for name in names if name.isupper() and len(plain(name)) <= 5 and " " not in name)

    @cached_property
    def outlet_names(self) -> dict[str, str]:
        """Plain spelling of an outlet -> its name."""
        return {plain(each): name for name, others in self.outlets.items() for each in (*others, name)}

    @cached_property
    def given_names(self) -> dict[str, str]:
        """Sounds of a given name -> sounds of its usual form."""
        groups = (group for file in self.files for group in file.given_names)
        return {sounds(name): sounds(group[0]) for group in groups for name in group}

    # Nations ----------------------------------------------------------------------------------------------------

    @cached_property
    def nations(self) -> dict[Words, Nation]:
        """The words of an adjective or a name -> the nation."""
        return {tuple(plain(word).split()): nation for nation in self._all_nations for word in _words_for(nation)}

    @cached_property
    def _all_nations(self) -> tuple[Nation, ...]:
        own = [nation for file in self.files for nation in file.nations]
        return (*self._states(), *own)

    def _states(self) -> Iterable[Nation]:
        codes = {plain(name): row for row in self.countries for name in (row.name, *row.aliases)}
        listed = set()
        for adjective, state in self.governments.items():
            row = next((codes[plain(name)] for name in state.names if plain(name) in codes), None)
            listed.add(row.code if row else "")
            also = (*state.also, *(row.adjectives if row else ()))
            names = (*state.names, *((row.name, *row.aliases) if row else ()))
            yield Nation(adjective, names, also, country=row.code if row else None)
        for row in self.countries:
            if row.adjectives and row.code not in listed:
                yield Nation(row.adjectives[0], (row.name, *row.aliases), row.adjectives[1:], country=row.code)

    @cached_property
    def nation_names(self) -> frozenset[Words]:
        """The words of names of states, as distinct from adjectives."""
        return frozenset(tuple(plain(name).split()) for nation in self._all_nations for name in nation.names)

    @cached_property
    def seats(self) -> dict[str, Nation]:
        """Plain name of a seat of government -> the nation that acts where the seat is said to."""
        found = {tuple(plain(adjective).split()): state for adjective, state in self.governments.items()}
        return {
            plain(seat): self.nations[words]
            for words, state in found.items()
            if words in self.nations
            for seat in state.seats
        }

    @cached_property
    def signs(self) -> dict[str, tuple[str, ...]]:
        """Country code -> words whose presence shows that a report is about it."""
        found: dict[str, tuple[str, ...]] = {}
        for nation in self._all_nations:
            if nation.country:
                found[nation.country] = (*found.get(nation.country, ()), *_words_for(nation))
        return found

    # Organs -----------------------------------------------------------------------------------------------------

    @cached_property
    def organs(self) -> dict[Words, str]:
        """The words for an organ -> the organ."""
        return {
            tuple(word.replace("'", "").split()): name
            for file in self.files
            for name, organ in file.organs.items()
            for word in organ.words
        }

    @cached_property
    def organ_table(self) -> dict[str, Organ]:
        return {name: organ for file in self.files for name, organ in file.organs.items()}

    @cached_property
    def organ_of(self) -> dict[tuple[str, str], Known]:
        """Country code or adjective, and organ -> the body that has a name of its own."""
        return {
            (each.nation or each.country or "", each.organ): each
            for file in self.files
            for each in file.actors
            if each.organ
        }

    @cached_property
    def fillers(self) -> frozenset[str]:
        return frozenset(word.replace("'", "") for file in self.files for word in file.fillers)

    @cached_property
    def serving(self) -> frozenset[Words]:
        return frozenset(tuple(phrase.split()) for file in self.files for phrase in file.serving)

    # Roles ------------------------------------------------------------------------------------------------------

    @cached_property
    def role_nouns(self) -> dict[str, SourceKind]:
        """Role noun, singular or plural -> in which role somebody so called speaks; whoever speaks for a body is official."""
        found: dict[str, SourceKind] = {}
        for kind in (
            "neutral",
            "organisation",
            "media",
            "expert",
            "witness",
            "relative",
            "combatant",
            "military",
            "official",
        ):
            role = SourceKind.OFFICIAL if kind == "neutral" else SourceKind(kind)
            for entry in getattr(self.roles, kind):
                *before, last = entry.split()
                for form in (last, *noun_forms(last, self.irregular)):
                    found[" ".join((*before, form))] = role
        return {**found, **{rank: role for file in self.files for rank, role in file.ranks.items()}}

    @cached_property
    def person_nouns(self) -> dict[str, SourceKind]:
        """The role nouns that are a person's: "governor", not "government"."""
        bodies = self.body_words | {word for file in self.files for word in file.no_people}
        return {noun: role for noun, role in self.role_nouns.items() if noun.split()[-1] not in bodies}

    @cached_property
    def body_words(self) -> frozenset[str]:
        return frozenset(word.lower() for word in (*self.roles.body_words, *self.roles.outlet_endings))

    @cached_property
    def titles(self) -> frozenset[str]:
        """Words that may stand before a name and do not belong to it."""
        return frozenset(word.lower() for word in self.roles.titles) | {
            form for noun in self.person_nouns for form in noun.split()
        }


def _words_for(nation: Nation) -> tuple[str, ...]:
    plurals = (f"{word}s" for word in (nation.adjective, *nation.also) if word.endswith(("an", "i")))
    return tuple(dict.fromkeys((nation.adjective, *nation.also, *nation.names, *plurals)))
