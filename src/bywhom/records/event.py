"""What is said to have happened, and who did it to whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bywhom.records.span import Mention, Span


class EventType(StrEnum):
    """The event at stake; data/ontology/ defines each."""

    REFUSE = "refuse"
    SURRENDER = "surrender"
    DESERT = "desert"
    WITHDRAW = "withdraw"
    DETAIN = "detain"
    MISTREAT = "mistreat"
    EXECUTE = "execute"
    ATTACK = "attack"
    CASUALTY = "casualty"
    DESTROY = "destroy"
    SEIZE = "seize"
    ENCIRCLE = "encircle"
    BREAKOUT = "breakout"
    MOBILISE = "mobilise"
    PROTEST = "protest"
    AID = "aid"
    APPEAL = "appeal"
    FLEE = "flee"
    SABOTAGE = "sabotage"
    OTHER = "other"


class Role(StrEnum):
    """What an actor does in an event."""

    AGENT = "agent"
    TARGET = "target"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody in an event, as worded."""

    name: str
    role: Role
    mention: Mention | None = None
    side: str | None = None  # a government's adjective ("Ukrainian"), or the name of a group
    id: str | None = None  # of its entity


@dataclass(frozen=True, slots=True)
class Likely:
    """How much in a clause speaks for one type of event, in log-odds, and the words that speak for it most."""

    type: EventType
    score: float
    words: Span | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A type of event, and the words that gave it."""

    type: EventType
    trigger: Mention | None = None  # None where no word of the clause names an event: type OTHER
    actors: tuple[Actor, ...] = ()
    faint: bool = False  # the trigger stands low in its clause, so that another reader may well know better
    likely: tuple[Likely, ...] = ()  # while it is being read: what speaks for each type; empty: nobody has looked
