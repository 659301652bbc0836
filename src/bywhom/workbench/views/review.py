"""Review: one claim after the other, verdicts with reasons, taken back by further ones; nobody's is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bywhom import reviewing
from bywhom.errors import Overtaken, UsageError
from bywhom.ledger.finding import Hits
from bywhom.ledger.query import ClaimQuery
from bywhom.records import Verdict
from bywhom.workbench.deciding import Deciding, Given, entered, given, just_entered, remembered, reviewer
from bywhom.workbench.desk import Desk
from bywhom.workbench.searches import Chip, address, chips, search_of
from bywhom.workbench.views.claim import ClaimPage, claim_page

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the queue: the claim that is next, and what comes of it."""

    page: ClaimPage | None
    deciding: Deciding | None
    waiting: int
    is_whole: bool
    skip: str
    chips: tuple[Chip, ...]
    first: str  # what comes first: contested, doubtful, or nothing in particular


def queue(desk: Desk, request: Request) -> Response:
    """The claim that is next: of what the address asks for, what nobody has confirmed or rejected, contested ones first, then doubtful ones."""
    asked = search_of(request.query_params)
    search = replace(asked, reviewed=False)
    after = request.query_params.get("after", "")
    found, first = _next(desk, search, after)
    here = address(asked, "/review", after=after)
    page = claim_page(desk, found.ids[0]) if found.ids else None
    shown = Queue(
        page=page,
        deciding=Deciding(reviewer(request), desk.ledger.last_verdict(), here) if page else None,
        waiting=found.counted,
        is_whole=found.is_whole,
        skip=address(asked, "/review", after=found.after) if found.after else "",
        chips=tuple(chips(asked, "/review")),
        first=first,
    )
    return desk.page(request, "review.html", queue=shown, entered=just_entered(request))


def _next(desk: Desk, search: ClaimQuery, after: str) -> tuple[Hits, str]:
    """The next claim, and what it comes first for."""
    for flag in ("contested", "doubtful"):
        if getattr(search, flag) is None:
            narrowed: ClaimQuery = replace(search, **{flag: True})  # type: ignore[arg-type]
            first = desk.ledger.hits(narrowed, after=after, limit=1, letters=desk.letters(search))
            if first.ids:
                return first, flag
    return desk.ledger.hits(search, after=after, limit=1, letters=desk.letters(search)), ""


def decide(desk: Desk, request: Request, form: FormData) -> Response:
    """Enter a verdict on a claim, then go on; where somebody was faster, show what they decided and ask again."""
    found = desk.ledger.claim(request.path_params["claim"])
    said = given(form)
    try:
        verdict = entered(desk, found, said)
    except Overtaken:
        return _overtaken(desk, request, found.claim.id, said, _next_address(form, found.claim.id))
    except UsageError as error:
        return remembered(
            _again(desk, request, found.claim.id, said, str(error), _next_address(form, found.claim.id)), said.by
        )
    return remembered(RedirectResponse(_told(_next_address(form, found.claim.id), verdict), 303), verdict.by)


def _next_address(form: FormData, claim: str) -> str:
    """Where a form wants to go: a page of ours and no other."""
    wanted = form.get("next", "")
    if (
        isinstance(wanted, str)
        and wanted.startswith("/")
        and not wanted.startswith(("//", "/\\"))
        and len(wanted) < 4000
    ):
        return "".join(wanted.split())
    return f"/claims/{claim}"


def _told(where: str, verdict: Verdict) -> str:
    path, _, anchor = where.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{urlencode({'entered': verdict.seq})}" + (
        f"#{anchor}" if anchor else ""
    )


def _overtaken(desk: Desk, request: Request, claim: str, said: Given, following: str) -> Response:
    page = claim_page(desk, claim)
    since = tuple(one for one in page.history if one.seq > said.seen)
    last = desk.ledger.last_verdict()
    return desk.page(request, "overtaken.html", 409, page=page, since=since, said=said, following=following, last=last)


def _again(desk: Desk, request: Request, claim: str, said: Given, fault: str, following: str) -> Response:
    page = claim_page(desk, claim)
    made = Deciding(said.by, said.seen, following)
    return desk.page(request, "claim.html", 400, page=page, deciding=made, entered=0, fault=fault, said=said)


def take_back(desk: Desk, request: Request, form: FormData) -> Response:
    """Undo a verdict by another one."""
    said, seq = given(form), int(request.path_params["seq"])
    verdict = reviewing.undo(desk.ledger, seq, said.by, said.reason or "taken back", tools=desk.link_tools)
    return remembered(RedirectResponse(_told(_next_address(form, ""), verdict), 303), verdict.by)


@dataclass(frozen=True, slots=True)
class History:
    """A page of all verdicts, the newest first."""

    verdicts: tuple[Verdict, ...]
    undone: frozenset[int]
    names: Mapping[str, str]  # of sources and reports that were decided about
    by: str
    older: str


def history(desk: Desk, request: Request) -> Response:
    """All verdicts, the newest first."""
    before = request.query_params.get("before", "")
    last = int(before) if before.isdecimal() and len(before) < 10 else None
    found = desk.ledger.verdict_history(limit=PER_PAGE, before=last)
    older = f"/history?before={found[-1].seq}" if len(found) == PER_PAGE else ""
    undone, names = desk.ledger.undone([one.seq for one in found]), desk.ledger.names_in(found)
    shown = History(found, undone, names, reviewer(request), older)
    return desk.page(request, "history.html", shown=shown, entered=just_entered(request))
