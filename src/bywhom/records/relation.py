"""How two claims stand to each other, and on what grounds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bywhom.records.claim import Claim
from bywhom.records.quantity import Quantity


class RelationType(StrEnum):
    """What one claim is to another."""

    SAME_ORIGIN = "same_origin"  # same proposition, one ultimate source: one relays or copies the other
    SAME_SOURCE = "same_source"  # the same speaker with another proposition
    CORROBORATES = "corroborates"  # same proposition, origins independent as far as the texts show
    CONTRADICTS = "contradicts"  # same event, incompatible value or polarity
    REFINES = "refines"  # compatible and more exact: `a` refines `b`
    SUPERSEDES = "supersedes"  # the same origin changes its figure: `a` is the later word
    PART_OF_TOTAL = "part_of_total"  # `a` counts a part of what `b` counts


class Independence(StrEnum):
    """Whether two claims rest on different words; not knowing is an answer."""

    INDEPENDENT = "independent"
    DEPENDENT = "dependent"
    UNKNOWN = "unknown"


DIRECTED = frozenset({RelationType.REFINES, RelationType.SUPERSEDES, RelationType.PART_OF_TOTAL})


@dataclass(frozen=True, slots=True)
class Evidence:
    """One feature that was weighed: its score, the reason in words, and the two values."""

    feature: str
    score: float
    reason: str
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between two claims; symmetric types are stored once, the smaller id first."""

    a: str  # claim id
    b: str
    type: RelationType
    independence: Independence
    rule: str  # the name of the rule that decided
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A claim, and what linking must know of the report that tells it."""

    claim: Claim
    document: str  # the report's name, as shown
    publisher: str | None = None
    published: str | None = None  # ISO 8601, as exact as the report states it; None where it bears no date
    title: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """What one side says of one quantity: the least and the most of all its bounds; None where nobody gives a bound."""

    unit: str  # what is counted: "killed", "wounded", "tank"
    side: str | None  # a government's adjective or a speaker's name; None: the publishers' own voices
    low: float | None
    high: float | None
    claims: tuple[str, ...]  # the claims that count, in the order of the timeline


@dataclass(frozen=True, slots=True)
class Moment:
    """One step of how a situation developed."""

    day: str | None  # ISO 8601: of the event, else of publication
    claim: str
    counted: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class Situation:
    """Claims about one event or one lasting situation, and what they come to together."""

    id: str  # digest of the least claim id: the same claims are the same situation
    claims: tuple[str, ...]  # in the order of the timeline
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    first: str | None = None  # ISO 8601 days
    last: str | None = None
    lasting: bool = False  # more than a week, or an event that lasts by nature (detention, encirclement)
    ranges: tuple[Range, ...] = ()
    timeline: tuple[Moment, ...] = ()
