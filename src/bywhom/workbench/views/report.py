"""Reports: the archived text beside the claims found in it, what was left out greyed, where it came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from bywhom.ledger import LedgerClaim, LedgerDocument
from bywhom.ledger.queries import ReportCounts
from bywhom.records import Block, BlockKind, Document, Problem, Span
from bywhom.workbench.desk import Desk
from bywhom.workbench.marks import report_marks
from bywhom.workbench.textual import Mark, marked

PART = 60_000  # characters of a text on one page
PER_PAGE = 100
READ = frozenset([BlockKind.TITLE, BlockKind.BODY])


@dataclass(frozen=True, slots=True)
class Stretch:
    """A block of the text as the page shows it."""

    kind: str
    reason: str
    is_read: bool
    words: Markup


@dataclass(frozen=True, slots=True)
class Part:
    """Where a part of a long text begins, and what it is called."""

    start: int
    number: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class ReportPage:
    """All that the page of a report shows."""

    report: LedgerDocument
    stretches: tuple[Stretch, ...]
    claims: tuple[LedgerClaim, ...]
    first: int  # number of the first claim on this page
    parts: tuple[Part, ...]
    problems: tuple[Problem, ...]


def report(desk: Desk, request: Request) -> Response:
    """The page of one report."""
    found = desk.report(request.path_params["report"])
    start = _start(request.query_params.get("from", ""), request.query_params.get("claim", ""), found, desk)
    return desk.page(request, "report.html", page=report_page(desk, found, start))


def _start(given: str, claim: str, found: LedgerDocument, desk: Desk) -> int:
    """Where to begin: at the part that is asked for, or at the one that holds a claim."""
    if claim:
        at = desk.claim(claim).claim
        return at.span.start if at.document_id == found.id else 0
    return int(given) if given.isdecimal() and len(given) < 12 else 0


def report_page(desk: Desk, found: LedgerDocument, start: int = 0) -> ReportPage:
    """What the page shows: of a long text the part around a place."""
    doc = found.document
    claims = list(desk.ledger.claims_of(found.id))
    marks = list(report_marks(claims))
    problems = tuple(desk.ledger.problems(document_id=found.id))
    if doc is None:
        return ReportPage(found, (), (), 1, (), problems)
    within = _within(doc, start)
    numbers = [number for number, each in enumerate(claims) if within.start <= each.claim.span.start < within.end]
    here = desk.graded(claims[number] for number in numbers)
    return ReportPage(
        report=found,
        stretches=tuple(_stretches(doc, within, marks)),
        claims=tuple(here),
        first=numbers[0] + 1 if numbers else 1,
        parts=tuple(_parts(doc, within)),
        problems=problems,
    )


def _within(doc: Document, start: int) -> Span:
    """The part of the text that holds a place: parts are of one length, whatever stands at their borders."""
    first = min(start, max(0, len(doc.text) - 1)) // PART * PART
    return Span(first, min(len(doc.text), first + PART))


def _parts(doc: Document, within: Span) -> Iterator[Part]:
    if len(doc.text) > PART:
        for number, start in enumerate(range(0, len(doc.text), PART), 1):
            yield Part(start, number, start == within.start)


def _stretches(doc: Document, within: Span, marks: Sequence[Mark]) -> Iterator[Stretch]:
    for block in doc.blocks:
        start, end = max(block.span.start, within.start), min(block.span.end, within.end)
        if start < end:
            yield _stretch(doc, block, Span(start, end), marks)


def _stretch(doc: Document, block: Block, span: Span, marks: Sequence[Mark]) -> Stretch:
    return Stretch(block.kind.value, block.reason, block.kind in READ, marked(doc.text, span, marks))


# All of them ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReportList:
    """A page of the list of reports."""

    reports: tuple[LedgerDocument, ...]
    counts: ReportCounts
    problems: tuple[Problem, ...]
    after: str
    only: str


def reports(desk: Desk, request: Request) -> Response:
    """The list of reports, page by page, in the order of their names."""
    only, after = request.query_params.get("only", ""), request.query_params.get("after", "")
    state = "unread" if only == "unread" else None
    found = desk.ledger.documents_page(after=after, limit=PER_PAGE, state=state)
    problems = tuple(desk.ledger.problems_without_report(PER_PAGE)) if not after else ()
    listed = ReportList(
        tuple(found),
        desk.ledger.report_counts(),
        problems,
        f"{found[-1].name}\n{found[-1].id}" if len(found) == PER_PAGE else "",
        only,
    )
    return desk.page(request, "reports.html", listed=listed)
