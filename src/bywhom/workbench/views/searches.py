"""Searches that people keep under a name: each has an address that can be sent."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote

from starlette.datastructures import FormData, QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bywhom.errors import UsageError
from bywhom.ledger.query import ClaimQuery
from bywhom.workbench.deciding import remembered, reviewer
from bywhom.workbench.desk import Desk
from bywhom.workbench.searches import address, search_of
from bywhom.workbench.textual import plain


def listed(desk: Desk, request: Request) -> Response:
    """All searches that are kept."""
    return desk.page(request, "searches.html", kept=desk.ledger.saved_searches(), by=reviewer(request))


def opened(desk: Desk, request: Request) -> Response:
    """The results of a search that is kept: its address leads to the search itself."""
    try:
        kept = desk.ledger.saved_search(request.path_params["name"])
    except UsageError as error:
        raise HTTPException(404, str(error)) from error
    return RedirectResponse(address(_search(kept.query)), 303)


def save(desk: Desk, request: Request, form: FormData) -> Response:  # noqa: ARG001  all acts take the same
    """Keep a search under a name."""
    name, query, by = (str(form.get(field, "")).strip() for field in ("name", "query", "by"))
    by = plain(by, 120)
    if not by:
        raise UsageError("a search that is kept needs the name of whoever keeps it")
    search = _search(query)  # what cannot be asked is not kept
    kept = desk.ledger.save_search(" ".join(name.split()), address(search, "").removeprefix("?"), by)
    return remembered(RedirectResponse(f"/searches#{quote(kept.name)}", 303), by)


def forget(desk: Desk, request: Request, form: FormData) -> Response:  # noqa: ARG001  all acts take the same
    """Keep a search no longer."""
    desk.ledger.forget_search(request.path_params["name"])
    return RedirectResponse("/searches", 303)


def _search(query: str) -> ClaimQuery:
    return search_of(QueryParams(parse_qsl(query)))
