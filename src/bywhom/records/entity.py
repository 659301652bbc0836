"""Who and where, beyond one sentence: what mentions in many claims come to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from bywhom.records.attribution import SourceKind
from bywhom.records.claim import Claim
from bywhom.records.place import Place
from bywhom.records.span import Mention


class EntityKind(StrEnum):
    """What an entity is."""

    PERSON = "person"
    DESCRIPTION = "description"  # somebody or something that one report describes and does not name
    UNIT = "unit"  # a part of an army: "35th Marine Brigade"
    ARMY = "army"  # armed forces of a state, and their branches
    ARMED_GROUP = "armed_group"
    GOVERNMENT = "government"
    MINISTRY = "ministry"
    AGENCY = "agency"  # a service of a state: police, intelligence, border guard
    ALLIANCE = "alliance"  # of states or of armed groups
    ORGANISATION = "organisation"
    OUTLET = "outlet"
    PLACE = "place"


class MentionRole(StrEnum):
    """What an entity does in a claim."""

    SOURCE = "source"
    RELAY = "relay"
    AGENT = "agent"
    TARGET = "target"
    OTHER = "other"
    PLACE = "place"  # where it is said to have happened


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity as one report knows it; the same entity has the same id in every report."""

    id: str
    name: str
    kind: EntityKind
    side: str | None = None  # whom it belongs to: a government's adjective ("Ukrainian"), or the name of a group
    country: str | None = None  # ISO 3166-1 alpha-2
    aliases: tuple[str, ...] = ()  # other names: those of the table, and those that this report uses
    role: SourceKind | None = None  # in which role it speaks or acts, where that is known
    local: bool = False  # known in this report only: a description is nobody else's
    protected: bool = False  # a private person, to be left out of what leaves the ledger


@dataclass(frozen=True, slots=True)
class EntityMention:
    """An entity in a claim, in the claim's own words where it has any."""

    entity_id: str
    claim_id: str
    document_id: str
    role: MentionRole
    mention: Mention | None


def entity_id(kind: EntityKind, name: str, scope: str = "") -> str:
    """A stable id of 16 hexadecimal digits for what an entity is called; `scope` keeps namesakes apart."""
    plain = " ".join(name.casefold().split())
    return sha256(f"{kind} {plain}\n{scope}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def place_id(place: Place | None) -> str | None:
    """The entity id of a place; None where the words could not be led to one."""
    if place is None or place.name is None:
        return None
    scope = str(place.geonameid) if place.geonameid else f"{place.country} {place.region}"
    return entity_id(EntityKind.PLACE, place.name, scope)


def mentions_of(claim: Claim) -> tuple[EntityMention, ...]:
    """Every entity in a claim: its source, its relays, who acts and who suffers, where."""
    return tuple(
        EntityMention(each, claim.id, claim.document_id, role, mention)
        for each, role, mention in _mentioned(claim)
        if each
    )


def _mentioned(claim: Claim) -> Iterator[tuple[str | None, MentionRole, Mention | None]]:
    said = claim.attribution
    if said.source:
        yield said.source.id, MentionRole.SOURCE, said.source.mention
    for hop in said.relays:
        yield hop.id, MentionRole.RELAY, hop.mention
    for actor in claim.event.actors:
        yield actor.id, MentionRole(actor.role.value), actor.mention
    if claim.place:
        yield place_id(claim.place), MentionRole.PLACE, claim.place.mention
