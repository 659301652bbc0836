"""The export record: what every format is made from."""

from __future__ import annotations

from bywhom.ledger import LedgerClaim, LedgerDocument
from bywhom.records import (
    Actor,
    Capture,
    Claim,
    Collection,
    Grade,
    Hop,
    Mention,
    OriginGroup,
    Place,
    Quantity,
    SourceKind,
    Timespan,
    Verdict,
)

Record = dict[str, object]


def record(found: LedgerClaim) -> Record:
    """One claim as the ledger record, its keys always in this order."""
    claim = found.claim
    return {
        "id": claim.id,
        "document": found.document,
        "document_id": claim.document_id,
        "text_id": found.text_id,
        "publisher": found.publisher,
        "published": found.published,
        "url": found.url,
        "text": claim.text,
        "start": claim.span.start,
        "end": claim.span.end,
        **_by_whom(found),
        "certainty": claim.certainty.value,
        "polarity": claim.polarity.value,
        "modality": claim.modality.value,
        "distanced": claim.distanced,
        "event": claim.event.type.value,
        "actors": [_actor(actor) for actor in claim.event.actors],
        "place": _place(claim.place),
        "time": _time(claim.time),
        "quantities": [_quantity(quantity) for quantity in claim.quantities],
        "grade": grade_record(found.grade) if found.grade else None,
        "rejected": found.rejected,
        "protected": found.protected,
        "verdicts": [_verdict(verdict) for verdict in found.verdicts],
        "extractor": _extractor(claim),
    }


def report_record(found: LedgerDocument) -> Record:
    """One report as the ledger knows it, its keys always in this order."""
    return {
        "id": found.id,
        "document": found.name,
        "names": list(found.names),
        "title": found.title,
        "publisher": found.publisher,
        "author": found.author,
        "published": found.published.value if found.published else None,
        "url": found.url,
        "language": found.language,
        "state": found.state,
        "why": found.why,
        "claims": found.claims,
        "collected": [_collection(each) for each in found.collections],
    }


def _collection(one: Collection) -> Record:
    return {
        "location": one.location,
        "at": one.collected_at,
        "method": one.method,
        "tool": one.tool,
        "container": one.container,
        "capture": _capture(one.capture) if one.capture else None,
    }


def _capture(one: Capture) -> Record:
    """What an archive says of its own copy."""
    return {"at": one.captured_at, "record": one.record_id, "target": one.target, "by": one.collector}


def grade_record(grade: Grade) -> Record:
    """A grade with everything that gave it; forty copies of one word are one origin with forty appearances."""
    standing = grade.digit.standing
    return {
        "reliability": grade.reliability.value,
        "credibility": grade.credibility,
        "contested": grade.contested,
        "rule": grade.rule,
        "why": grade.why,
        "reliability_rule": grade.source.rule,
        "publisher_reliability": grade.publisher.value.value,
        "interest": grade.interest.value,
        "flags": list(grade.flags),
        "origin": _group(standing.own),
        "for": [_group(one) for one in standing.agreeing],
        "against": [_group(one) for one in standing.opposed],
        "set_by": {"reliability": grade.source.by, "credibility": grade.digit.by},
    }


def _group(one: OriginGroup) -> Record:
    return {
        "id": one.id,
        "name": one.origin,
        "independence": one.independence.value,
        "appearances": one.claims,
    }


def _verdict(one: Verdict) -> Record:
    return {
        "number": one.seq,
        "field": one.field,
        "act": one.act.value,
        "value": one.value,
        "by": one.by,
        "at": one.at,
        "reason": one.reason,
    }


def chain(found: LedgerClaim) -> tuple[Hop, ...]:
    """All hands from the publisher to the origin; a publisher that the report does not name is an unknown one."""
    return (Hop(found.publisher, SourceKind.PUBLISHER), *found.claim.attribution.chain)


def _by_whom(found: LedgerClaim) -> Record:
    attribution = found.claim.attribution
    source = attribution.source
    return {
        "quote": attribution.quote.value,
        "source": source.name if source else None,
        "source_kind": (source.kind if source else SourceKind.PUBLISHER).value,
        "source_id": source.id if source else None,
        "source_confidence": attribution.confidence,
        "cue": attribution.cue.text if attribution.cue else None,
        "stance": attribution.stance.value,
        "via": [hop.name for hop in attribution.relays if hop.name is not None],
        "chain": [_hop(hop) for hop in chain(found)],
        "channel": attribution.channel.value if attribution.channel else None,
    }


def _hop(hop: Hop) -> Record:
    return {"name": hop.name, "kind": hop.kind.value, "mention": _mention(hop.mention), "cue": _mention(hop.cue)}


def _mention(mention: Mention | None) -> Record | None:
    if mention is None:
        return None
    return {"start": mention.start, "end": mention.end, "text": mention.text}


def _actor(actor: Actor) -> Record:
    return {"name": actor.name, "id": actor.id, "role": actor.role.value, "side": actor.side}


def _place(place: Place | None) -> Record | None:
    if place is None:
        return None
    return {
        "mention": place.mention.text,
        "name": place.name,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "geonameid": place.geonameid,
        "radius_km": _plain(place.radius_km),
        "relation": place.relation.value,
        "outcome": place.outcome.value,
        "alternatives": [
            {
                "name": other.name,
                "country": other.country,
                "lat": other.lat,
                "lon": other.lon,
                "geonameid": other.geonameid,
            }
            for other in place.alternatives
        ],
        "why": place.why,
    }


def _time(time: Timespan | None) -> Record | None:
    if time is None:
        return None
    return {"value": time.value, "evidence": time.evidence.text, "derived": time.derived.value}


def _quantity(quantity: Quantity) -> Record:
    return {
        "text": quantity.mention.text,
        "low": _plain(quantity.low),
        "high": _plain(quantity.high),
        "approximate": quantity.approximate,
        "unit": quantity.unit,
        "fate": quantity.fate or None,
        "side": quantity.side,
    }


def _plain(number: float | None) -> float | int | None:
    """A whole number without its point: people are counted as 25, not as 25.0."""
    return int(number) if number is not None and float(number).is_integer() else number


def _extractor(claim: Claim) -> Record:
    extractor = claim.extractor
    return {"name": extractor.name, "version": extractor.version, "model_digest": extractor.model_digest}
