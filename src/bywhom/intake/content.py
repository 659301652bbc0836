"""The readable part of a wrapped report: its text, under its title."""

from __future__ import annotations

import html
from dataclasses import dataclass

from bywhom.intake.sniff import looks_like_html

_SAMPLE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Readable:
    """What there is to read, and how it is marked up."""

    text: str
    form: str  # text or html


def readable(title: str | None, body: str, *, marked: bool | None = None) -> Readable:
    """The body under its title: the title is part of the report, and often its boldest claim.

    A body that begins with the title is left as it is. Whether it is marked up is seen from it unless it is said.
    """
    form = "html" if (looks_like_html(body[:_SAMPLE]) if marked is None else marked) else "text"
    if not title or _begins_with(title, body):
        return Readable(body, form)
    if not body.strip():
        return Readable(title, "text")
    return Readable(f"<h1>{html.escape(title)}</h1>\n{body}" if form == "html" else f"{title}\n\n{body}", form)


def _begins_with(title: str, body: str) -> bool:
    start = " ".join(body[: 2 * len(title) + 200].split()).casefold()
    return start.startswith(" ".join(title.split()).casefold())
