"""The timeline: when what claims tell of is said to have happened, as exactly as they say, for the same search as everywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from bywhom.ledger import LedgerClaim
from bywhom.ledger.days import bounds
from bywhom.ledger.finding import Timed
from bywhom.ledger.findrows import FOREVER
from bywhom.ledger.query import ClaimQuery
from bywhom.workbench import wording
from bywhom.workbench.desk import Desk
from bywhom.workbench.drawings.timeline import Stretch, draw_days
from bywhom.workbench.searches import Chip, address, chips, pairs, search_of

MOST = 2000  # claims, the latest, that are drawn
LINES = 400  # of the table
LISTED = 4  # claims of one stretch that the table shows
QUOTED = 160  # claims that the table shows in all


@dataclass(frozen=True, slots=True)
class Row:
    """One stretch of time as the table shows it."""

    when: str
    count: int
    claims: tuple[LedgerClaim, ...]
    link: str


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """All that the page of the timeline shows."""

    search: ClaimQuery
    chips: tuple[Chip, ...]
    hidden: tuple[tuple[str, str], ...]
    drawing: Markup
    rows: tuple[Row, ...]
    unlisted: int  # stretches
    looked_at: int
    is_whole: bool
    without_day: int


def page(desk: Desk, request: Request) -> Response:
    """The page of the timeline."""
    return desk.page(request, "timeline.html", page=timeline_page(desk, search_of(request.query_params)))


def timeline_page(desk: Desk, search: ClaimQuery) -> TimelinePage:
    """What the page shows."""
    found, is_whole = desk.ledger.timed(search, most=MOST, letters=desk.letters(search))
    dated = by_days(found)
    rows = _rows(desk, dated, search)
    return TimelinePage(
        search=search,
        chips=tuple(chips(search, "/timeline")),
        hidden=tuple(pair for pair in pairs(search) if pair[0] != "q"),
        drawing=draw_days([_stretch(days, row) for days, row in zip(dated, rows, strict=True)]),
        rows=tuple(rows[:LINES]),
        unlisted=max(0, len(rows) - LINES),
        looked_at=len(found),
        is_whole=is_whole,
        without_day=len(found) - sum(row.count for row in rows),
    )


Days = tuple[int, int | None]


def by_days(found: Iterable[Timed]) -> dict[Days, list[str]]:
    """The ids of claims by the stretch of time that they tell of, in its order; those without a known day are left out."""
    dated: dict[Days, list[str]] = defaultdict(list)
    for each in found:
        if each.last:
            dated[each.first or each.last, each.last if each.last < FOREVER else None].append(each.claim)
    return dict(sorted(dated.items(), key=lambda one: (one[0][0], one[0][1] or 0)))


def _rows(desk: Desk, dated: Mapping[Days, Sequence[str]], search: ClaimQuery) -> list[Row]:
    """All stretches; what is said of them as far as there is room, evenly over the first of them."""
    each = max(1, min(LISTED, QUOTED // max(1, len(dated))))
    wanted = {days: some[:each] for days, some in islice(dated.items(), QUOTED // each)}
    known = {one.claim.id: one for one in desk.ledger.claims_by_id([one for some in wanted.values() for one in some])}
    return [
        _row(days, len(some), [known[one] for one in wanted.get(days, ()) if one in known], search)
        for days, some in dated.items()
    ]


def days_of(found: LedgerClaim) -> Days | None:
    """First and last day of what a claim tells of, as ordinals; None where they are not known."""
    if found.claim.time is None:
        return None
    first, last = bounds(found.claim.time.value)
    if first is None:
        return (_ordinal(last), _ordinal(last)) if last else None
    return _ordinal(first), _ordinal(last) if last else None


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _row(days: Days, count: int, some: Sequence[LedgerClaim], search: ClaimQuery) -> Row:
    first = date.fromordinal(days[0]).isoformat()
    last = date.fromordinal(days[1]).isoformat() if days[1] else ""
    link = address(replace(search, since=first, until=last))
    return Row(said_days(days), count, tuple(some), link)


def said_days(days: Days) -> str:
    """A stretch of time in words."""
    first, last = date.fromordinal(days[0]), date.fromordinal(days[1]) if days[1] else None
    if last is None:
        return f"since {first.isoformat()}"
    if first == last:
        return first.isoformat()
    is_whole_month = first.day == 1 and (last.month != first.month or last.year != first.year or last.day >= 28)
    if is_whole_month and date.fromordinal(last.toordinal() + 1).day == 1:
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%Y-%m}, no day given"
        if (first.month, last.month, first.year) == (1, 12, last.year):
            return f"{first:%Y}, no month given"
    return f"{first.isoformat()} to {last.isoformat()}"


def _stretch(days: Days, row: Row) -> Stretch:
    return Stretch(*days, row.count, f"{row.when}: {wording.counted(row.count, 'claim')}", row.link)
