"""Where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bywhom.records.span import Mention


class PlaceOutcome(StrEnum):
    """How far a mention of a place could be led."""

    SETTLEMENT = "settlement"
    REGION = "region"
    COUNTRY = "country"
    AMBIGUOUS = "ambiguous"  # candidates are listed; no point is given
    UNRESOLVED = "unresolved"  # not in the gazetteer, or garbled; suggestions may be listed


class PlaceRelation(StrEnum):
    """How the event lies to the place named."""

    IN = "in"
    NEAR = "near"
    BETWEEN = "between"
    FROM = "from"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a place name that was weighed."""

    name: str
    country: str | None
    lat: float
    lon: float
    geonameid: int | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place as worded and, only where it is certain enough, as known.

    Degrees are WGS 84; the radius is kilometres around the point within which the place lies.
    """

    mention: Mention
    outcome: PlaceOutcome
    name: str | None = None  # None where the mention cannot be resolved, as are lat and lon
    country: str | None = None  # ISO 3166-1 alpha-2
    region: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    radius_km: float | None = None
    relation: PlaceRelation = PlaceRelation.IN
    alternatives: tuple[Candidate, ...] = ()
    why: str = ""  # how it was reached, in words
