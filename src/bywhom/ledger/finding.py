"""Finding claims: what can be asked, page by page, and how many there are of each kind."""

from __future__ import annotations

from dataclasses import dataclass

from bywhom.ledger.queries import LedgerClaim


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the map, degrees of WGS 84; one that crosses the antimeridian has its west east of its east."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True, slots=True)
class Search:
    """Which claims: all that are given must hold; of several values of one kind any will do.

    Words are found whatever their case, accents, script and transliteration; "…" finds words side by side, a star the
    beginnings of words, and a minus leaves claims with a word out.
    """

    words: str = ""  # in the claim, or in the names of its source, relays, outlet and place
    source: str = ""  # in the name of whoever answers for it
    via: str = ""  # in the name of a relay
    outlet: str = ""  # in the name of the publisher or of the report
    place: str = ""  # in the place as worded, as known, or its region
    events: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()  # of source
    certainties: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    since: str = ""  # ISO 8601, reduced precision allowed: the event may lie on or after it
    until: str = ""
    credibility: tuple[int, ...] = ()
    reliability: tuple[str, ...] = ()
    contested: bool | None = None
    reviewed: bool | None = None
    box: Box | None = None
    says: str = ""  # entity id: what it answers for
    relays: str = ""  # entity id: what others say through its hands
    about: str = ""  # entity id: what is said of it
    report: str = ""  # document id


@dataclass(frozen=True, slots=True)
class Facet:
    """How many claims there are of each value of one field, the most frequent first."""

    field: str  # of Search
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the claims that fit, the latest first, and how many there are of each kind."""

    claims: tuple[LedgerClaim, ...]
    after: str  # where the next page begins; empty on the last
    counted: int  # how many claims fit, as far as they were counted
    is_whole: bool  # whether all were counted; else there are more, and facets are those of the latest
    facets: tuple[Facet, ...]
