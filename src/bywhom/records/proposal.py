"""A claim as another reader than the rules proposes it, before the rules fill in what it leaves open."""

from __future__ import annotations

from dataclasses import dataclass

from bywhom.records.attribution import Attribution
from bywhom.records.claim import Certainty, Modality, Polarity
from bywhom.records.event import Actor, EventType
from bywhom.records.span import Mention, Span


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words that make a claim, and who answers for them; None wherever the reader did not say, or not in our words."""

    span: Span
    attribution: Attribution
    event: EventType | None = None
    actors: tuple[Actor, ...] | None = None
    certainty: Certainty | None = None
    polarity: Polarity | None = None
    modality: Modality | None = None
    distance: tuple[Mention, ...] | None = None
