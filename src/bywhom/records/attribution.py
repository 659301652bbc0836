"""Who says it, on whose word, through whose hands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bywhom.records.span import Mention, Span


class Quote(StrEnum):
    """The form of a content on the page."""

    DIRECT = "direct"  # wholly inside quotation marks
    INDIRECT = "indirect"
    MIXED = "mixed"  # indirect, with quoted words inside
    NONE = "none"  # the publisher's own voice


class Stance(StrEnum):
    """What is reported of somebody: that it is so, or that he feels, thinks or wants it, or means to do it."""

    STATEMENT = "statement"
    ATTITUDE = "attitude"  # "feared that", "desired peace"
    PLAN = "plan"  # "vowed to", "agreed to"


class SourceKind(StrEnum):
    """The role in which a source speaks."""

    OFFICIAL = "official"
    MILITARY = "military"
    COMBATANT = "combatant"
    RELATIVE = "relative"
    WITNESS = "witness"
    EXPERT = "expert"
    MEDIA = "media"
    ORGANISATION = "organisation"
    DOCUMENT = "document"
    ANONYMOUS = "anonymous"
    PUBLISHER = "publisher"


class Channel(StrEnum):
    """The means by which a source spoke, only where the text states it."""

    TELEGRAM = "telegram"
    INTERVIEW = "interview"
    PRESS = "press"
    BROADCAST = "broadcast"
    VIDEO = "video"
    SOCIAL = "social"
    DOCUMENT = "document"


class Resolution(StrEnum):
    """How a mention was led to its source."""

    NAMED = "named"  # the mention is the name
    SURNAME = "surname"  # part of a fuller name elsewhere in the text
    PRONOUN = "pronoun"
    DESCRIPTION = "description"  # "the governor"
    CARRIED = "carried"  # no cue: the open source goes on
    LEAD = "lead"  # the next sentences name whose words the lead told
    HEADLINE = "headline"  # "… – Outlet"


@dataclass(frozen=True, slots=True)
class Source:
    """Who answers for a content."""

    name: str | None  # canonical name or description; None: an explicit unknown
    kind: SourceKind
    mention: Mention | None  # the words nearest to the content that stand for the source
    resolution: Resolution = Resolution.NAMED
    id: str | None = None  # of its entity


@dataclass(frozen=True, slots=True)
class Hop:
    """One pair of hands between publisher and origin."""

    name: str | None  # None: an unknown hop, said so and never skipped
    kind: SourceKind
    mention: Mention | None = None
    cue: Mention | None = None
    id: str | None = None  # of its entity


@dataclass(frozen=True, slots=True)
class Attribution:
    """A content and who answers for it; source None is the publisher's own voice."""

    content: Span
    quote: Quote
    source: Source | None = None
    cue: Mention | None = None
    relays: tuple[Hop, ...] = ()  # nearest the publisher first, the source not among them
    channel: Channel | None = None
    distance: tuple[Mention, ...] = ()  # the publisher's marks of distance that cover this content
    frame: Span | None = None  # the whole sentence or clause, attribution included
    by: str = "rules"  # what found it: rules, or the reader's name
    stance: Stance = Stance.STATEMENT
    confidence: float | None = None  # 0 to 1: that the source is the right one; None: no trained reader has looked

    @property
    def chain(self) -> tuple[Hop, ...]:
        """From the hop nearest the publisher to the origin."""
        if self.source is None:
            return self.relays
        source = self.source
        return (*self.relays, Hop(source.name, source.kind, source.mention, self.cue, source.id))
