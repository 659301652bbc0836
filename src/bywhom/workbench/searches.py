"""A search as an address, and back: every view can be sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from bywhom.errors import UsageError
from bywhom.ledger.finding import Box, Search
from bywhom.records import Certainty, EventType, Reliability, SourceKind

Pairs = list[tuple[str, str]]
_TEXTS = {
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
_FLAGS = ("contested", "reviewed")


def search_of(params: QueryParams) -> Search:
    """The search that an address asks for.

    Raises: UsageError for a value that cannot be.
    """
    texts: dict[str, Any] = {field: params.get(name, "").strip()[:500] for name, field in _TEXTS.items()}
    chosen: dict[str, Any] = {
        field: _chosen(name, params.getlist(name), kind) for name, (field, kind) in _CHOICES.items()
    }
    return Search(
        **texts,
        **chosen,
        countries=tuple(sorted({value.upper()[:2] for value in params.getlist("country") if value})),
        credibility=tuple(sorted({_digit(value) for value in params.getlist("credibility") if value})),
        contested=_flag("contested", params.get("contested", "")),
        reviewed=_flag("reviewed", params.get("reviewed", "")),
        box=_box(params.get("box", "")),
    )


def _chosen(name: str, values: Sequence[str], kind: type[StrEnum]) -> tuple[str, ...]:
    wanted = sorted({value for value in values if value})
    if wrong := [value for value in wanted if value not in list(kind)]:
        raise UsageError(f"{name} {wrong[0][:80]!r} is not one of: {', '.join(kind)}")
    return tuple(wanted)


def _digit(value: str) -> int:
    if value not in "123456" or len(value) != 1:
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


def pairs(search: Search) -> Pairs:
    """What stands in the address of a search."""
    found: Pairs = [(name, getattr(search, field)) for name, field in _TEXTS.items() if getattr(search, field)]
    for name, (field, _) in _CHOICES.items():
        found += [(name, value) for value in getattr(search, field)]
    found += [("country", value) for value in search.countries]
    found += [("credibility", str(value)) for value in search.credibility]
    found += [(name, "yes" if getattr(search, name) else "no") for name in _FLAGS if getattr(search, name) is not None]
    if search.box:
        found.append(("box", ",".join(f"{side:g}" for side in _sides(search.box))))
    return found


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.south, box.west, box.north, box.east


def address(search: Search, path: str = "/", **more: str) -> str:
    """The address of a search."""
    query = urlencode(pairs(search) + [(name, value) for name, value in more.items() if value])
    return f"{path}?{query}" if query else path


def is_empty(search: Search) -> bool:
    return search == Search()


# Facets: what a click on a value leads to ----------------------------------------------------------------------------


def toggled(search: Search, field: str, value: str) -> Search:
    """The search with a value of a field put in, or taken out where it was in."""
    was, put = getattr(search, field), _value(field, value)
    if isinstance(was, tuple):
        put = tuple(sorted(set(was) ^ {put}))
    elif was == put:
        put = None if field in _FLAGS else ""
    return replace(search, **{field: put})


def _value(field: str, value: str) -> Any:  # noqa: ANN401  a value of any field
    if field in _FLAGS:
        return value == "yes"
    return int(value) if field == "credibility" else value


def has(search: Search, field: str, value: str) -> bool:
    """Whether a search asks for a value."""
    now = getattr(search, field)
    if isinstance(now, tuple):
        return value in map(str, now)
    if isinstance(now, bool):
        return now is (value == "yes")
    return bool(now == value and value)


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition of a search, and the address without it."""

    label: str
    value: str
    without: str


_LABELS = {
    "events": "event", "kinds": "kind of source", "certainties": "certainty", "countries": "country",
    "says": "said by", "relays": "through the hands of", "about": "about", "rests": "rests on the word of", "report": "in report", "words": "words",
}  # fmt: skip


def chips(search: Search, path: str = "/") -> Iterable[Chip]:
    """The conditions of a search but its words, each with the way out of it."""
    for field in Search.__dataclass_fields__:
        now = getattr(search, field)
        if field == "words" or now in ("", (), None):
            continue
        if field == "box":
            yield Chip(
                "on the map", ", ".join(f"{side:g}°" for side in _sides(now)), address(replace(search, box=None), path)
            )
        elif isinstance(now, tuple):
            for value in now:
                yield Chip(_LABELS.get(field, field), str(value), address(toggled(search, field, str(value)), path))
        else:
            value = {True: "yes", False: "no"}.get(now, now) if isinstance(now, bool) else now
            yield Chip(_LABELS.get(field, field), value, address(toggled(search, field, value), path))
