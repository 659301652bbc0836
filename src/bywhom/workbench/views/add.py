"""Add: drop files, or paste an address or a text; how far it has come, and what could not be read."""

from __future__ import annotations

import io
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bywhom.workbench.adding import Batch, stored, web_address
from bywhom.workbench.deciding import remembered, reviewer
from bywhom.workbench.desk import Desk
from bywhom.workbench.textual import plain

MOST_FILES = 500


@dataclass(frozen=True, slots=True)
class AddPage:
    """What the page shows."""

    batches: tuple[Batch, ...]
    by: str
    most: int  # MiB
    waits: bool  # whether the page should look again soon


def page(desk: Desk, request: Request) -> Response:
    """The forms, and the batches that were added since the desk was opened."""
    batches = tuple(desk.adding.batches())
    shown = AddPage(batches, reviewer(request), desk.settings.upload >> 20, any(not each.is_over for each in batches))
    return desk.page(request, "add.html", page=shown)


def batch(desk: Desk, request: Request) -> Response:
    """How far one batch has come."""
    found = desk.adding.batch(int(request.path_params["batch"]))
    if found is None:
        raise HTTPException(404, "That batch was added before the desk was opened; its reports are among all others.")
    return desk.page(request, "batch.html", batch=found)


def add(desk: Desk, request: Request, form: FormData) -> Response:  # noqa: ARG001  all acts take the same
    """Take what is given, and begin to read it."""
    by = plain(str(form.get("by", "")), 120)
    sources, names = _given(desk, form)
    added = desk.adding.add(sources, names, by)
    return remembered(RedirectResponse(f"/add/{added.number}", 303), by)


def _given(desk: Desk, form: FormData) -> tuple[list[str], list[str]]:
    """Paths and addresses to read, and what people call them."""
    addresses = [web_address(line) for line in str(form.get("url", "")).split()]
    files = [file for file in form.getlist("files") if isinstance(file, UploadFile) and file.filename]
    text = str(form.get("text", ""))
    sources, names = list(addresses), list(addresses)
    if files or text.strip():
        folder = desk.adding.folder()
        for file in files:
            sources.append(str(stored(folder, file.filename or "", file.file)))
            names.append(file.filename or "")
        if text.strip():
            name = str(form.get("name", "")).strip() or "pasted"
            sources.append(str(stored(folder, f"{name}.txt", io.BytesIO(text.encode("utf-8", "replace")))))
            names.append(name)
    return sources, names
