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
from bywhom.records.grade import (
    Context,
    Digit,
    Grade,
    Interest,
    Letter,
    OriginGroup,
    Plausibility,
    Reliability,
    Standing,
)
from bywhom.records.place import Candidate, Place, PlaceOutcome, PlaceRelation
from bywhom.records.problem import Found, Problem
from bywhom.records.proposal import Proposal
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
from bywhom.records.tagged import Opening, Tagged
from bywhom.records.time import Derived, Timespan
from bywhom.records.verdict import Act, Anchor, Subject, SubjectKind, Verdict
from bywhom.records.written import as_written

__all__ = [
    "DIRECTED",
    "Act",
    "Actor",
    "Anchor",
    "Attribution",
    "Block",
    "BlockKind",
    "Candidate",
    "Certainty",
    "Channel",
    "Claim",
    "Collection",
    "Context",
    "Dateline",
    "Declared",
    "Derived",
    "Digit",
    "Document",
    "Entity",
    "EntityKind",
    "EntityMention",
    "Event",
    "EventType",
    "Evidence",
    "Extractor",
    "Found",
    "Grade",
    "Hop",
    "Independence",
    "Interest",
    "Letter",
    "Mention",
    "MentionRole",
    "Modality",
    "Moment",
    "OriginGroup",
    "Opening",
    "Place",
    "PlaceOutcome",
    "PlaceRelation",
    "Plausibility",
    "Polarity",
    "Problem",
    "Proposal",
    "Quantity",
    "Quote",
    "Range",
    "RawDocument",
    "Relation",
    "RelationType",
    "Reliability",
    "Resolution",
    "Role",
    "Situation",
    "Source",
    "SourceKind",
    "Span",
    "Standing",
    "Stated",
    "Subject",
    "SubjectKind",
    "Tagged",
    "Timespan",
    "Told",
    "Verdict",
    "as_written",
    "claim_id",
    "entity_id",
    "mentions_of",
    "place_id",
]
