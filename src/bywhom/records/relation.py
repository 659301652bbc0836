"""How two claims stand to each other, and on what grounds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
