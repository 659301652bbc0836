"""The templates: everything escaped, nothing undefined passed over."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bywhom import __version__
from bywhom.workbench import wording
from bywhom.workbench.basemap import BUILT
from bywhom.workbench.marks import LABELS
from bywhom.workbench.searches import address
from bywhom.workbench.textual import plain, shown

# The pages in the bar at the top.
NAV = (
    ("/", "Find"),
    ("/map", "Map"),
    ("/situations", "Situations"),
    ("/review", "Review"),
    ("/add", "Add"),
    ("/reports", "Reports"),
    ("/sources", "Sources"),
)
# The views of one search, under the same conditions.
VIEWS = (("list", "/"), ("map", "/map"), ("timeline", "/timeline"), ("origins", "/origins"), ("dossier", "/dossier"))


@cache
def environment() -> Environment:
    """The templates of the package, with the words that they use, ready to be filled in."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"shown": shown, "plain": plain, "in_path": in_path, "weblink": weblink, "number": number}
    made.globals |= {"words": wording, "version": __version__, "nav": NAV, "mark_labels": tuple(LABELS.items())}
    made.globals |= {"views": VIEWS, "same_search": address, "script": _script()}
    for name in made.list_templates():
        made.get_template(name)  # nobody's first page waits for it
    return made


def _script() -> str:
    """Where the script is; empty where the build could not make it."""
    return "/static/built/desk.js" if (BUILT / "desk.js").exists() else ""


def in_path(text: str) -> str:
    """The text as one part of an address."""
    return quote(text, safe="")


def weblink(address: str | None) -> str | None:
    """An address of the web that may be linked to; None for any other, such as javascript:."""
    if not address or len(address) > 2000:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname and not parts.username else None


def number(count: float) -> str:
    """A number with its thousands apart: 1,200."""
    return f"{count:,.15g}"
