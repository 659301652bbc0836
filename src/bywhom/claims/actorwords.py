"""The words by which a clause shows who acts and to whom it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bywhom.records import EventType

_ACTING = ("person", "trade", "civilian", "hurt", "force", "body")  # classes of data/lexicons/word-classes.yaml
_ACTED_UPON = (*_ACTING, "structure", "territory", "vehicle")


@dataclass(frozen=True, slots=True)
class DeedWords:
    """data/lexicons/deeds.yaml; the file says what each list is for."""

    standing_in: frozenset[str]
    owning: frozenset[str]
    unnamed: frozenset[str]
    towards: dict[EventType, frozenset[str]]
    towards_target: frozenset[str]
    verb_towards: dict[EventType, frozenset[str]]
    object_acts: frozenset[str]
    carrying: frozenset[str]
    not_carrying: frozenset[str]
    blaming: frozenset[str]
    weapons_before: frozenset[str]
    no_modifier: frozenset[str]
    tolls: frozenset[str]
    places: frozenset[str]
    held: frozenset[str]
    counting: frozenset[str]
    nowhere: frozenset[str]


@dataclass(frozen=True, slots=True)
class ActorWords:
    """Nouns that can be actors, in all their forms, and the words of what they do."""

    acting: frozenset[str]
    acted_upon: frozenset[str]
    parts: frozenset[str]  # "number of", "members of": who is meant stands behind
    others: frozenset[str]  # no people for all their endings: "papers", "sectors"
    weapons: frozenset[str]
    deeds: DeedWords

    @classmethod
    def of(cls, classes: Mapping[str, frozenset[str]], deeds: DeedWords) -> ActorWords:
        """The words of the classes of data/lexicons/word-classes.yaml, and of what is done."""
        acting, acted_upon = (frozenset().union(*(classes[name] for name in names)) for names in (_ACTING, _ACTED_UPON))
        return cls(acting, acted_upon, classes["part"], classes["no_person"], classes["weapon"], deeds)
