"""What a statement of a party about itself does for it: a table of sides, events and roles."""

from __future__ import annotations

import pytest

from bywhom.grading import GradingTables, interest
from bywhom.records import (
    Actor,
    Attribution,
    Certainty,
    Claim,
    Event,
    EventType,
    Modality,
    Polarity,
    Quote,
    Role,
    Source,
    SourceKind,
    Span,
)

TABLES = GradingTables.load()
AGENT, TARGET = Role.AGENT, Role.TARGET


def said(
    source: str | None,
    kind: SourceKind,
    event: EventType,
    *actors: tuple[str, Role],
    quote: Quote = Quote.INDIRECT,
    polarity: Polarity = Polarity.POSITIVE,
    modality: Modality = Modality.ACTUAL,
) -> Claim:
    who = Source(source, kind, None) if source else None
    attribution = Attribution(Span(0, 20), quote, who)
    told = Event(event, actors=tuple(Actor(name, role) for name, role in actors))
    certainty, distanced = Certainty.CERTAIN, False
    return Claim("c", "d", Span(0, 20), "x" * 20, attribution, certainty, polarity, modality, distanced, told)


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (said("Greek General Staff", SourceKind.MILITARY, EventType.SEIZE, ("Greek troops", AGENT)), "self-serving"),
        (said("Greek General Staff", SourceKind.MILITARY, EventType.SEIZE, ("Turkish troops", AGENT)), "neutral"),
        (
            said("Greek General Staff", SourceKind.MILITARY, EventType.WITHDRAW, ("Greek troops", AGENT)),
            "against-interest",
        ),
        (said("Athens", SourceKind.OFFICIAL, EventType.CASUALTY, ("Greeks", TARGET)), "against-interest"),
        (said("Athens", SourceKind.OFFICIAL, EventType.MISTREAT, ("Greek prisoners", TARGET)), "self-serving"),
        (
            said(
                "Athens", SourceKind.OFFICIAL, EventType.EXECUTE, ("Greek soldiers", AGENT), polarity=Polarity.NEGATIVE
            ),
            "self-serving",
        ),
        (
            said("Athens", SourceKind.OFFICIAL, EventType.DETAIN, ("Greek police", AGENT), ("villagers", TARGET)),
            "against-interest",
        ),
        (
            said("Athens", SourceKind.OFFICIAL, EventType.DETAIN, ("Greek police", AGENT), ("a spy", TARGET)),
            "self-serving",
        ),
        (
            said("Captain Metaxas", SourceKind.MILITARY, EventType.FLEE, ("we", AGENT), quote=Quote.DIRECT),
            "against-interest",
        ),
        (said("Captain Metaxas", SourceKind.MILITARY, EventType.FLEE, ("we", AGENT)), "neutral"),
        (said("Captain Metaxas", SourceKind.MILITARY, EventType.SEIZE, ("Metaxas", AGENT)), "self-serving"),
        (said("a Greek widow", SourceKind.RELATIVE, EventType.SEIZE, ("Greek troops", AGENT)), "neutral"),
        (
            said("Athens", SourceKind.OFFICIAL, EventType.SEIZE, ("Greek troops", AGENT), modality=Modality.FUTURE),
            "neutral",
        ),
        (said("Athens", SourceKind.OFFICIAL, EventType.APPEAL, ("Greek troops", AGENT)), "neutral"),
        (said(None, SourceKind.PUBLISHER, EventType.SEIZE, ("Greek troops", AGENT)), "neutral"),
    ],
)
def test_interest(claim: Claim, expected: str) -> None:
    assert interest(claim, TABLES) == expected
