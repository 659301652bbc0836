"""Every address of the workbench, in one list. A view takes the desk and the request; those that change something take a form.

A view is an ordinary function and is run in a thread, so it may ask the ledger as it likes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bywhom.workbench.desk import Desk
from bywhom.workbench.safety import FORM_FIELD, checked
from bywhom.workbench.views import (
    add,
    api,
    claim,
    dossier,
    find,
    maps,
    origins,
    report,
    review,
    searches,
    situations,
    source,
    timeline,
)

View = Callable[[Desk, Request], Response]
Act = Callable[[Desk, Request, FormData], Response]


def routes(static: Path) -> list[BaseRoute]:
    """All routes; files of `static` are the only ones given out."""
    return [
        Route("/", reads(find.find), name="find"),
        Route("/claims/{claim}", reads(claim.claim), name="claim"),
        Route("/map", reads(maps.page), name="map"),
        Route("/map/points", reads(maps.points), name="points"),
        Route("/dossier", reads(dossier.page), name="dossier"),
        Route("/dossier/file", reads(dossier.file), name="dossier file"),
        Route("/timeline", reads(timeline.page), name="timeline"),
        Route("/origins", reads(origins.page), name="origins"),
        Route("/situations", reads(situations.listed), name="situations"),
        Route("/situations/{situation}", reads(situations.page), name="situation"),
        Route("/situations/{situation}/verdicts", writes(situations.decide), methods=["POST"], name="decide situation"),
        Route("/claims/{claim}/verdicts", writes(review.decide), methods=["POST"], name="decide"),
        Route("/review", reads(review.queue), name="review"),
        Route("/add", reads(add.page), name="add"),
        Route("/add", writes(add.add, files=add.MOST_FILES), methods=["POST"], name="adding"),
        Route("/add/{batch:int}", reads(add.batch), name="batch"),
        Route("/searches", reads(searches.listed), name="searches"),
        Route("/searches", writes(searches.save), methods=["POST"], name="save"),
        Route("/searches/{name}", reads(searches.opened), name="saved"),
        Route("/searches/{name}/forget", writes(searches.forget), methods=["POST"], name="forget"),
        Route("/history", reads(review.history), name="history"),
        Route("/verdicts/{seq:int}/undo", writes(review.take_back), methods=["POST"], name="undo"),
        Route("/reports", reads(report.reports), name="reports"),
        Route("/reports/{report}", reads(report.report), name="report"),
        Route("/sources", reads(source.sources), name="sources"),
        Route("/sources/{source}", reads(source.source), name="source"),
        Route("/sources/{source}/verdicts", writes(source.decide), methods=["POST"], name="decide source"),
        Route("/api", reads(api.manual), name="api"),
        Route("/api/openapi.json", reads(api.described), name="openapi"),
        *(Route(one.path, reads(one.view), name=one.path) for one in api.OPERATIONS),
        Mount("/static", StaticFiles(directory=static), name="static"),
    ]


def reads(view: View) -> Callable[[Request], Response]:
    """A page that changes nothing."""

    def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        desk.there()
        return view(desk, request)

    return endpoint


def writes(act: Act, *, files: int = 0) -> Callable[[Request], object]:
    """What a form does, once its token has been checked; it may carry so many files."""

    async def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        desk.there()
        async with request.form(max_files=files, max_fields=200, max_part_size=desk.settings.form) as form:
            checked(request, form.get(FORM_FIELD))
            return await run_in_threadpool(act, desk, request, form)

    return endpoint
