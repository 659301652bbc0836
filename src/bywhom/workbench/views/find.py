"""Find: one box, filters, and claims with who says so on whose word in one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from bywhom.ledger import LedgerClaim
from bywhom.ledger.finding import Facet, Page
from bywhom.ledger.query import ClaimQuery
from bywhom.records import Reliability
from bywhom.workbench.deciding import reviewer
from bywhom.workbench.desk import Desk
from bywhom.workbench.searches import Chip, address, chips, has, is_empty, pairs, search_of, toggled
from bywhom.workbench.wording import CREDIBILITY

PER_PAGE = 50
_FIELDS = frozenset(["q", "source", "via", "outlet", "place", "since", "until", "reliability"])


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: how many claims have it, and where a click leads."""

    value: str  # as it is shown
    count: int
    chosen: bool
    link: str


@dataclass(frozen=True, slots=True)
class Filter:
    """One facet as the page shows it."""

    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """A page of Find."""

    search: ClaimQuery
    claims: Sequence[LedgerClaim]
    page: Page
    filters: tuple[Filter, ...]
    chips: tuple[Chip, ...]
    letters: tuple[str, ...]  # of reliability
    hidden: tuple[tuple[str, str], ...]  # conditions without a field of their own, which the form must carry on
    older: str
    newest: str
    empty_ledger: bool
    keep: str = ""  # the search as it would be kept; empty where nothing is asked for
    by: str = ""


def find(desk: Desk, request: Request) -> Response:
    """The page of results; with `HX-Request` only its changing part."""
    search = search_of(request.query_params)
    results = replace(found(desk, search, request.query_params.get("after", "")), by=reviewer(request))
    part = request.headers.get("HX-Request") == "true" and request.headers.get("HX-Target") == "results"
    return desk.page(request, "results.html" if part else "find.html", results=results)


def found(desk: Desk, search: ClaimQuery, after: str = "") -> Results:
    """What the page shows."""
    page = desk.find(search, after=after, limit=PER_PAGE)
    return Results(
        search=search,
        claims=desk.graded(page.claims),
        page=page,
        filters=tuple(_filters(search, page.facets)),
        chips=tuple(chips(search)),
        letters=tuple(Reliability),
        hidden=tuple(pair for pair in pairs(search) if pair[0] not in _FIELDS),
        older=address(search, after=page.after) if page.after else "",
        newest=address(search) if after else "",
        keep=address(search, "").removeprefix("?"),
        empty_ledger=is_empty(search) and not page.claims and not after,
    )


_TITLES = {
    "events": "What",
    "kinds": "Kind of source",
    "certainties": "How sure the source is",
    "credibility": "Credibility",
    "contested": "Contested",
    "reviewed": "Reviewed",
    "source": "Source",
    "outlet": "Outlet",
    "countries": "Country",
}


_LABELS = {("credibility", digit): f"{digit} {name}" for digit, name in CREDIBILITY.items()}


def _filters(search: ClaimQuery, facets: Sequence[Facet]) -> Iterator[Filter]:
    for facet in facets:
        choices = tuple(
            Choice(
                _LABELS.get((facet.field, value), value),
                count,
                has(search, facet.field, value),
                address(toggled(search, facet.field, value)),
            )
            for value, count in facet.values
        )
        if choices:
            yield Filter(_TITLES[facet.field], choices)
