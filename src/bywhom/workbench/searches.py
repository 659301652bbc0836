"""A search as an address, and back: every view can be sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from bywhom.ledger.query import FLAGS, ClaimQuery, pairs, query_of, sides

__all__ = ["Chip", "address", "chips", "has", "is_empty", "pairs", "search_of", "toggled"]


def search_of(params: QueryParams) -> ClaimQuery:
    """The search that an address asks for.

    Raises: UsageError for a value that cannot be.
    """
    return query_of(params.multi_items())


def address(search: ClaimQuery, path: str = "/", **more: str) -> str:
    """The address of a search."""
    query = urlencode(pairs(search) + [(name, value) for name, value in more.items() if value])
    return f"{path}?{query}" if query else path


def is_empty(search: ClaimQuery) -> bool:
    return search == ClaimQuery()


# Facets: what a click on a value leads to ----------------------------------------------------------------------------


def toggled(search: ClaimQuery, field: str, value: str) -> ClaimQuery:
    """The search with a value of a field put in, or taken out where it was in."""
    was, put = getattr(search, field), _value(field, value)
    if isinstance(was, tuple):
        put = tuple(sorted(set(was) ^ {put}))
    elif was == put:
        put = None if field in FLAGS else ""
    return replace(search, **{field: put})


def _value(field: str, value: str) -> Any:  # noqa: ANN401  a value of any field
    if field in FLAGS:
        return value == "yes"
    return int(value) if field == "credibility" else value


def has(search: ClaimQuery, field: str, value: str) -> bool:
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


def chips(search: ClaimQuery, path: str = "/") -> Iterable[Chip]:
    """The conditions of a search but its words, each with the way out of it."""
    for field in ClaimQuery.__dataclass_fields__:
        now = getattr(search, field)
        if field == "words" or now in ("", (), None):
            continue
        if field == "box":
            yield Chip(
                "on the map", ", ".join(f"{side:g}°" for side in sides(now)), address(replace(search, box=None), path)
            )
        elif isinstance(now, tuple):
            for value in now:
                yield Chip(_LABELS.get(field, field), str(value), address(toggled(search, field, str(value)), path))
        else:
            value = {True: "yes", False: "no"}.get(now, now) if isinstance(now, bool) else now
            yield Chip(_LABELS.get(field, field), value, address(toggled(search, field, value), path))
