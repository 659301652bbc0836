"""The frozen records that flow through everything. No input or output here, and no import of ours but records."""

from bywhom.records.attribution import (
    Attribution,
    Channel,
    Hop,
    Quote,
    Resolution,
    Source,
    SourceKind,
)
from bywhom.records.claim import Certainty, Claim, Extractor, Modality, Polarity, claim_id
from bywhom.records.document import (
    Block,
    BlockKind,
    Collection,
    Dateline,
    Declared,
    Document,
    RawDocument,
    Stated,
)
from bywhom.records.entity import Entity, EntityKind, EntityMention, MentionRole, entity_id, mentions_of, place_id
from bywhom.records.event import Actor, Event, EventType, Role
from bywhom.records.place import Candidate, Place, PlaceOutcome, PlaceRelation
from bywhom.records.problem import Found, Problem
from bywhom.records.quantity import Quantity
from bywhom.records.relation import (
    DIRECTED,
    Evidence,
    Independence,
    Moment,
    Range,
    Relation,
    RelationType,
    Situation,
    Told,
)
from bywhom.records.span import Mention, Span
from bywhom.records.time import Derived, Timespan

__all__ = [
    "DIRECTED",
    "Actor",
    "Attribution",
    "Block",
    "BlockKind",
    "Candidate",
    "Certainty",
    "Channel",
    "Claim",
    "Collection",
    "Dateline",
    "Declared",
    "Derived",
    "Document",
    "Entity",
    "EntityKind",
    "EntityMention",
    "Event",
    "EventType",
    "Evidence",
    "Extractor",
    "Found",
    "Hop",
    "Independence",
    "Mention",
    "MentionRole",
    "Modality",
    "Moment",
    "Place",
    "PlaceOutcome",
    "PlaceRelation",
    "Polarity",
    "Problem",
    "Quantity",
    "Quote",
    "Range",
    "RawDocument",
    "Relation",
    "RelationType",
    "Resolution",
    "Role",
    "Situation",
    "Source",
    "SourceKind",
    "Span",
    "Stated",
    "Timespan",
    "Told",
    "claim_id",
    "entity_id",
    "mentions_of",
    "place_id",
]
