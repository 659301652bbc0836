"""What can be asked for: one object for the command line, Python, the API and the pages, and its form in an address. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bywhom.errors import UsageError
from bywhom.records import Certainty, EventType, Reliability, SourceKind

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the map, degrees of WGS 84; one that crosses the antimeridian has its west east of its east."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True, slots=True)
class ClaimQuery:
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
    doubtful: bool | None = None  # whether the program is none too sure of the source
    box: Box | None = None
    says: str = ""  # entity id: what it answers for
    relays: str = ""  # entity id: what others say through its hands
    about: str = ""  # entity id: what is said of it
    report: str = ""  # its name, location or id, or the beginning of the id
    rests: str = ""  # key of a name, as origins are compared: what rests on its word, in whatever report


# In an address --------------------------------------------------------------------------------------------------------

TEXTS = {
    "q": "words",
    "source": "source",
    "via": "via",
    "outlet": "outlet",
    "place": "place",
    "since": "since",
    "until": "until",
    "says": "says",
    "relays": "relays",
    "about": "about",
    "report": "report",
    "rests": "rests",
}
_CHOICES: dict[str, tuple[str, type[StrEnum]]] = {
    "event": ("events", EventType),
    "kind": ("kinds", SourceKind),
    "certainty": ("certainties", Certainty),
    "reliability": ("reliability", Reliability),
}
FLAGS = ("contested", "reviewed", "doubtful")
_LONGEST = 500  # characters of one value


def query_of(given: Iterable[tuple[str, str]]) -> ClaimQuery:
    """The query that names and values ask for, as they stand in an address; what no query knows is passed over.

    Raises: UsageError for a value that cannot be.
    """
    said: dict[str, list[str]] = {}
    for name, value in given:
        said.setdefault(name, []).append(value)
    texts: dict[str, Any] = {field: _last(said, name).strip()[:_LONGEST] for name, field in TEXTS.items()}
    chosen: dict[str, Any] = {field: _cased(_some(said, name), kind) for name, (field, kind) in _CHOICES.items()}
    query = ClaimQuery(
        **texts,
        **chosen,
        countries=tuple(sorted({value.upper() for value in _some(said, "country")})),
        credibility=tuple(sorted(map(_digit, _some(said, "credibility")))),
        contested=_flag("contested", _last(said, "contested")),
        reviewed=_flag("reviewed", _last(said, "reviewed")),
        doubtful=_flag("doubtful", _last(said, "doubtful")),
        box=_box(_last(said, "box")),
    )
    check(query)
    return query


def _cased(values: Sequence[str], kind: type[StrEnum]) -> tuple[str, ...]:
    """Values in the letters that they are known by: "Refuse" is refuse."""
    known = {str(each).lower(): str(each) for each in kind}
    return tuple(sorted({known.get(value.lower(), value) for value in values}))


def check(query: ClaimQuery) -> None:
    """Nothing, where all values of a query can be.

    Raises: UsageError.
    """
    for name, (field, kind) in _CHOICES.items():
        given: Sequence[str] = getattr(query, field)
        values = (given,) if isinstance(given, str) else given
        if wrong := [value for value in values if value not in list(kind)]:
            raise UsageError(f"{name} {wrong[0][:80]!r} is not one of: {', '.join(kind)}")
        if isinstance(given, str):
            raise UsageError(f"{field}={given[:80]!r}: give several, or one and a comma: {field}=({given[:80]!r},)")
    if wrong_country := [value for value in query.countries if not (len(value) == 2 and value.isalpha())]:
        raise UsageError(f"country {wrong_country[0][:80]!r} is no code of two letters, such as DE (ISO 3166-1)")
    if wrong_digit := [value for value in query.credibility if value not in range(1, 7)]:
        raise UsageError(f"credibility {str(wrong_digit[0])[:80]!r} is not a digit from 1 to 6")


def _last(said: Mapping[str, Sequence[str]], name: str) -> str:
    return said[name][-1] if name in said else ""


def _some(said: Mapping[str, Sequence[str]], name: str) -> tuple[str, ...]:
    return tuple(sorted({value for value in said.get(name, ()) if value}))


def _digit(value: str) -> int:
    if len(value) != 1 or value not in "123456":
        raise UsageError(f"credibility {value[:80]!r} is not a digit from 1 to 6")
    return int(value)


def _flag(name: str, value: str) -> bool | None:
    if value not in ("", "yes", "no"):
        raise UsageError(f"{name} {value[:80]!r} is neither yes nor no")
    return None if value == "" else value == "yes"


def _box(value: str) -> Box | None:
    if not value:
        return None
    try:
        south, west, north, east = (float(part) for part in value.split(","))
    except ValueError:
        raise UsageError(f"box {value[:80]!r} is not four numbers: SOUTH,WEST,NORTH,EAST in degrees") from None
    if not (-90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180):
        raise UsageError(f"box {value[:80]!r} is no part of the map: SOUTH,WEST,NORTH,EAST in degrees")
    return Box(south, west, north, east)


def pairs(query: ClaimQuery) -> Pairs:
    """What stands in the address of a query: `query_of` makes the same query of it."""
    found: Pairs = [(name, getattr(query, field)) for name, field in TEXTS.items() if getattr(query, field)]
    for name, (field, _) in _CHOICES.items():
        found += [(name, value) for value in getattr(query, field)]
    found += [("country", value) for value in query.countries]
    found += [("credibility", str(value)) for value in query.credibility]
    found += [(name, "yes" if getattr(query, name) else "no") for name in FLAGS if getattr(query, name) is not None]
    if query.box:
        found.append(("box", ",".join(f"{side:g}" for side in sides(query.box))))
    return found


def sides(box: Box) -> tuple[float, float, float, float]:
    """South, west, north, east."""
    return box.south, box.west, box.north, box.east
