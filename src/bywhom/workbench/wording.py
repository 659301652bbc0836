"""A claim's fields in words, for the templates. What the command line says too is said in the same words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bywhom.cli.words import (
    DERIVATIONS,
    OWN_VOICE,
    RESOLUTIONS,
    UNKNOWN,
    appearances,
    certainty,
    confidence,
    place,
    place_in_full,
    put,
    quantity,
    time,
    time_in_full,
    who,
)
from bywhom.export.records import chain
from bywhom.ledger import LedgerClaim
from bywhom.records import Act, Hop, Independence, OriginGroup, Polarity, SourceKind, SubjectKind, Verdict

__all__ = [
    "DERIVATIONS",
    "OWN_VOICE",
    "RESOLUTIONS",
    "UNKNOWN",
    "Hand",
    "appearances",
    "certainty",
    "confidence",
    "counted",
    "did",
    "event",
    "grade_label",
    "hands",
    "hop_name",
    "independence",
    "origin_name",
    "place",
    "place_in_full",
    "put",
    "quantity",
    "short",
    "time",
    "time_in_full",
    "who",
]

KINDS = {
    SourceKind.OFFICIAL: "official",
    SourceKind.MILITARY: "military",
    SourceKind.COMBATANT: "combatant",
    SourceKind.RELATIVE: "relative",
    SourceKind.WITNESS: "witness",
    SourceKind.EXPERT: "expert",
    SourceKind.MEDIA: "medium",
    SourceKind.ORGANISATION: "organisation",
    SourceKind.DOCUMENT: "document",
    SourceKind.ANONYMOUS: "anonymous",
    SourceKind.PUBLISHER: "publisher",
}


@dataclass(frozen=True, slots=True)
class Hand:
    """One hand in a chain, as a line of results shows it."""

    name: str
    kind: str
    id: str | None
    known: bool
    is_origin: bool


def hands(found: LedgerClaim) -> Iterator[Hand]:
    """The chain from the publisher to the origin."""
    hops = chain(found)
    for place_in_chain, hop in enumerate(hops):
        yield Hand(hop_name(hop), KINDS[hop.kind], hop.id, hop.name is not None, place_in_chain == len(hops) - 1)


def hop_name(hop: Hop) -> str:
    """The name of a hand; an unknown one is said to be unknown."""
    if hop.name:
        return hop.name
    return "a publisher not named" if hop.kind is SourceKind.PUBLISHER else UNKNOWN


def event(found: LedgerClaim) -> str:
    """What is said to have happened, or not to have."""
    kind = found.claim.event.type.value
    return f"not: {kind}" if found.claim.polarity is Polarity.NEGATIVE else kind


def grade_label(found: LedgerClaim) -> str:
    """The grade read aloud."""
    if found.rejected:
        return "rejected by a reviewer"
    if found.grade is None:
        return "not graded yet"
    contested = ", contested" if found.grade.contested else ""
    return f"reliability {found.grade.reliability}, credibility {found.grade.credibility}{contested}"


def origin_name(group: OriginGroup) -> str:
    """Who stands at the end of the chain of an origin group."""
    return group.origin or "an origin that is not known"


def independence(group: OriginGroup) -> str:
    """Whether an origin group rests on other words than the graded claim."""
    told = {Independence.INDEPENDENT: "independent", Independence.UNKNOWN: "independence not known"}
    return told.get(group.independence, "same origin")


def did(one: Verdict, names: Mapping[str, str] | None = None) -> str:
    """What a verdict did, in words: "set place to “Kars”"; `names` are those of sources and reports, by id."""
    if one.act is Act.UNDO:
        return f"took back {one.undoes}"
    if one.subject.kind is SubjectKind.ENTITY and one.act is Act.SET:
        return _entity_did(one, names or {})
    if one.act is Act.CONFIRM:
        return f"confirmed the {one.field}"
    if one.act is Act.REJECT:
        return f"rejected the {one.field}"
    return f"set {one.field} to {put(one)}"


def _entity_did(one: Verdict, names: Mapping[str, str]) -> str:
    """What a verdict on a source did, in words."""
    if one.field == "same":
        other = next((each for each in one.subject.ids if each != one.value), "")
        return f"put {_called(other, names)} together with {_called(one.value or '', names)}"
    if one.field == "apart":
        own, report = one.subject.ids
        return (
            f"took {_called(own, names)} in the report {_called(report, names)} for {_called(one.value or '', names)}"
        )
    if one.field == "protected":
        return "a private person" if one.value == "yes" else "not private"
    return f"set {one.field} to {put(one)}"


def _called(own: str, names: Mapping[str, str]) -> str:
    return f"“{names.get(own, own)}”"


# What the digits of a grade mean, as Admiralty has them; our rules say when each is given (docs/export.md).
CREDIBILITY = {
    "1": "confirmed",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtfully true",
    "5": "improbable",
    "6": "cannot be judged",
}


def short(identity: str) -> str:
    """The digits of an id that people type."""
    return identity[:8]


def counted(count: int, noun: str) -> str:
    """The number with its noun: 1 report, 1,200 reports."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
