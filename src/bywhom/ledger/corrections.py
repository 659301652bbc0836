"""A claim as people have corrected it: what was read stays in its row, and a verdict is laid over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import msgspec

from bywhom.errors import UsageError
from bywhom.ledger.days import is_time
from bywhom.records import (
    Act,
    Certainty,
    Claim,
    EventType,
    Mention,
    Place,
    PlaceOutcome,
    Polarity,
    Quote,
    Resolution,
    Source,
    SourceKind,
    Span,
    Timespan,
    Verdict,
)
from bywhom.records.time import Derived


class SetWords(msgspec.Struct, frozen=True):
    """Words of the report, as a person marked them."""

    start: int
    end: int
    text: str  # verbatim: whoever enters the verdict has held it against the report


class SetSource(msgspec.Struct, frozen=True):
    """Who answers for a claim, as a person says."""

    name: str
    kind: SourceKind | None = None  # None: as it was read
    mention: SetWords | None = None  # the words for it; None: as they were read


class SetPlace(msgspec.Struct, frozen=True):
    """Where, as a person says."""

    name: str
    country: str | None = None
    region: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    radius_km: float | None = None


def corrected(claim: Claim, verdicts: Iterable[Verdict]) -> Claim | None:
    """The claim with what people put in the place of what was read, the oldest first; None where they rejected it."""
    rejected = False
    for verdict in verdicts:
        if verdict.field == "reading":
            rejected = verdict.act is Act.REJECT
        elif verdict.act is not Act.CONFIRM and verdict.field in _PUT:
            claim = _PUT[verdict.field](claim, None if verdict.act is Act.REJECT else verdict.value)
    return None if rejected else claim


def checked(field: str, value: str | None) -> None:
    """Nothing, where a value can be put into a field.

    Raises: UsageError.
    """
    if field == "time" and value is not None and not is_time(value):
        raise UsageError(
            f"{value[:80]!r} is no time; write it as 1917-06-05, 1917-06 or 1917, a span as 1917-06-05/1917-06-09, "
            "and XXXX-06-05 where the year is not known"
        )
    shapes = {"source": SetSource, "place": SetPlace, "span": SetWords}
    if value is None or field not in shapes:
        return
    try:
        msgspec.json.decode(value, type=shapes[field])
    except msgspec.MsgspecError as error:
        raise UsageError(f"{value!r} is no {field} ({error}); give for example a name") from error


def _source(claim: Claim, value: str | None) -> Claim:
    said = claim.attribution
    if value is None:  # nobody answers for it: the publisher's own voice
        return replace(claim, attribution=replace(said, source=None, quote=Quote.NONE, confidence=None))
    put = msgspec.json.decode(value, type=SetSource)
    was = said.source
    kind = put.kind or (was.kind if was else SourceKind.ANONYMOUS)
    words = (
        Mention(put.mention.start, put.mention.end, put.mention.text) if put.mention else was.mention if was else None
    )
    source = Source(put.name, kind, words, was.resolution if was and not put.mention else Resolution.NAMED)
    return replace(claim, attribution=replace(said, source=source, confidence=None))


def _span(claim: Claim, value: str | None) -> Claim:
    if value is None:
        return claim
    put = msgspec.json.decode(value, type=SetWords)
    span = Span(put.start, put.end)
    return replace(claim, span=span, text=put.text, attribution=replace(claim.attribution, content=span))


def _place(claim: Claim, value: str | None) -> Claim:
    if value is None:
        return replace(claim, place=None)
    put = msgspec.json.decode(value, type=SetPlace)
    was = claim.place
    point = put.lat is not None and put.lon is not None
    place = Place(
        mention=was.mention if was else _whole(claim),
        outcome=PlaceOutcome.SETTLEMENT if point else PlaceOutcome.UNRESOLVED,
        name=put.name,
        country=put.country,
        region=put.region,
        lat=put.lat if point else None,
        lon=put.lon if point else None,
        geonameid=put.geonameid,
        radius_km=put.radius_km,
        why="set by a reviewer",
    )
    return replace(claim, place=replace(place, relation=was.relation) if was else place)


def _time(claim: Claim, value: str | None) -> Claim:
    if value is None:
        return replace(claim, time=None)
    return replace(claim, time=Timespan(value, claim.time.evidence if claim.time else _whole(claim), Derived.STATED))


def _event(claim: Claim, value: str | None) -> Claim:
    return replace(claim, event=replace(claim.event, type=EventType(value or "other")))


def _polarity(claim: Claim, value: str | None) -> Claim:
    return replace(claim, polarity=Polarity(value)) if value else claim


def _certainty(claim: Claim, value: str | None) -> Claim:
    return replace(claim, certainty=Certainty(value)) if value else claim


def _whole(claim: Claim) -> Mention:
    """The claim's own words, where no word in particular stands for what a person put there."""
    return Mention(claim.span.start, claim.span.end, claim.text)


_PUT: dict[str, Callable[[Claim, str | None], Claim]] = {
    "span": _span,
    "source": _source,
    "place": _place,
    "time": _time,
    "event": _event,
    "polarity": _polarity,
    "certainty": _certainty,
}
