"""Builds what linking works on: one claim and its report in a line."""

from __future__ import annotations

from bywhom.records import (
    Actor,
    Attribution,
    Certainty,
    Claim,
    Derived,
    Event,
    EventType,
    Hop,
    Mention,
    Modality,
    Place,
    PlaceOutcome,
    Polarity,
    Quantity,
    Quote,
    Role,
    Source,
    SourceKind,
    Span,
    Timespan,
    Told,
)

YPRES = ("Ypres", 50.85, 2.89)
VERDUN = ("Verdun", 49.16, 5.38)


def tell(
    text: str,
    source: str | None = None,
    *,
    kind: str = "official",
    via: tuple[str, ...] = (),
    report: str = "r1",
    start: int = 0,
    publisher: str | None = None,
    published: str | None = "1917-06-07",
    title: str | None = None,
    event: str = "attack",
    negative: bool = False,
    place: tuple[str, float, float] | None = YPRES,
    day: str | None = "1917-06-07",
    counts: tuple[tuple[float | None, float | None, str], ...] = (),
    quote: str = "indirect",
    agent: str | None = None,
    target: str | None = None,
    cue: str | None = None,
) -> Told:
    """A claim told by `source` (by the publisher where there is none) in `report`."""
    span, at = Span(start, start + len(text)), Mention(start, start, "")
    said = Source(source, SourceKind(kind), at) if source else None
    claim = Claim(
        id=f"{report}-{start:06}",
        document_id=report,
        span=span,
        text=text,
        attribution=Attribution(
            span,
            Quote(quote) if source else Quote.NONE,
            said,
            Mention(start, start, cue) if cue else None,
            tuple(Hop(name, SourceKind.MEDIA) for name in via),
        ),
        certainty=Certainty.CERTAIN,
        polarity=Polarity.NEGATIVE if negative else Polarity.POSITIVE,
        modality=Modality.ACTUAL,
        distanced=False,
        event=Event(EventType(event), None, _actors(agent, target)),
        place=_place(place),
        time=Timespan(day, at, Derived.STATED) if day else None,
        quantities=tuple(Quantity(at, low, high, unit=unit) for low, high, unit in counts),
    )
    return Told(claim, report, publisher, published, title)


def _actors(agent: str | None, target: str | None) -> tuple[Actor, ...]:
    named = ((agent, Role.AGENT), (target, Role.TARGET))
    return tuple(Actor(name, role) for name, role in named if name)


def _place(place: tuple[str, float, float] | None) -> Place | None:
    if place is None:
        return None
    name, lat, lon = place
    return Place(Mention(0, 0, name), PlaceOutcome.SETTLEMENT, name, "BE", lat=lat, lon=lon, radius_km=5.0)
