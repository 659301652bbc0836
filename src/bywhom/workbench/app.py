"""The application: one ledger, its routes, its guard, and a page for whatever goes wrong."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp

from bywhom.errors import BywhomError, LedgerError, LedgerLocked, NoSpace, UsageError
from bywhom.ledger import Ledger
from bywhom.workbench.desk import Desk, LedgerGone
from bywhom.workbench.routes import routes
from bywhom.workbench.safety import Guard
from bywhom.workbench.settings import Settings
from bywhom.workbench.templating import environment
from bywhom.workbench.views import maps

log = logging.getLogger(__name__)
_STATUS: tuple[tuple[type[BywhomError], int], ...] = (
    (UsageError, 400),
    (NoSpace, 507),
    (LedgerLocked, 503),
    (LedgerGone, 503),
    (LedgerError, 500),
    (BywhomError, 500),
)


class Workbench(Starlette):
    """An application whose guard stands outside of everything, the page for a fault of ours included."""

    guard: Callable[[ASGIApp], ASGIApp]

    def build_middleware_stack(self) -> ASGIApp:
        """The whole application; Starlette would let its own page for faults out past any middleware."""
        return self.guard(super().build_middleware_stack())


def create_app(ledger: Ledger, settings: Settings | None = None) -> Starlette:
    """The workbench on a ledger, which the caller opens and closes."""
    settings, secret = settings or Settings(), secrets.token_bytes(32)
    maps.prepare()
    desk = Desk(ledger, settings, environment(), secret)
    app = Workbench(
        routes=routes(Path(__file__).parent / "static"),
        exception_handlers={HTTPException: _refused, BywhomError: _stopped, Exception: _broken},
    )
    app.guard = partial(Guard, settings=settings, secret=secret)
    app.state.desk = desk
    return app


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  Starlette gives handlers their own exception
    heading = HTTPStatus(error.status_code).phrase if error.status_code in set(HTTPStatus) else "Not possible"
    said = error.detail if error.detail != heading else _USUAL.get(error.status_code, "")
    return _answer(request, error.status_code, _HEADINGS.get(error.status_code, heading), said)


_HEADINGS = {404: "There is no such page", 405: "This page takes no such request", 409: "Somebody was faster"}
_USUAL = {404: "The address may be cut off, or what it named is no longer in the ledger."}


def _stopped(request: Request, error: Exception) -> Response:
    """What is wrong with the ledger or the call, in the words of the error: they name the thing and the remedy."""
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    headings = {
        400: "That cannot be done as asked",
        503: "The ledger cannot be reached just now",
        507: "The disk is full",
    }
    return _answer(request, status, headings.get(status, "The ledger cannot be used"), str(error))


def _broken(request: Request, error: Exception) -> Response:
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    said = "This is a fault of ours. Nothing was changed. The terminal in which `bywhom serve` runs says more."
    return _answer(request, 500, "Something broke", said)


def _answer(request: Request, status: int, heading: str, said: str) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"status": status, "title": heading, "detail": said}, status)
    desk: Desk = request.app.state.desk
    return desk.page(request, "error.html", status, heading=heading, said=said)
