"""A source: everything it says and through whom, how its numbers changed, what is said of it, what rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bywhom import reviewing
from bywhom.errors import Overtaken
from bywhom.ledger import LedgerClaim, LedgerEntity
from bywhom.ledger.entities import revisions
from bywhom.ledger.finding import Page
from bywhom.ledger.query import ClaimQuery
from bywhom.records import EntityKind, Quantity, Verdict
from bywhom.regrading import name_key
from bywhom.workbench.deciding import given, just_entered, remembered, reviewer
from bywhom.workbench.desk import Desk
from bywhom.workbench.searches import address

PER_PAGE = 50
LISTED = 100
PARTS = {
    "says": "Says",
    "relays": "Passes on",
    "rests": "Rests on its word, in whatever report",
    "about": "Is said to do or suffer",
}
COMPARED = 2_000  # of so many claims, the latest, numbers are held against each other


@dataclass(frozen=True, slots=True)
class Part:
    """One side of a source, and where its page is."""

    name: str
    title: str
    count: int
    is_whole: bool
    is_here: bool
    link: str


@dataclass(frozen=True, slots=True)
class SourcePage:
    """All that the page of a source shows."""

    entity: LedgerEntity
    parts: tuple[Part, ...]
    claims: tuple[LedgerClaim, ...]
    older: str
    search: str  # the same claims as a search, for further filters
    changes: tuple[Change, ...] | None  # where it gave another number than before; None where nobody has asked
    compare: str  # where they are shown
    history: tuple[Verdict, ...] = ()  # what people decided about it
    undone: frozenset[int] = frozenset()
    by: str = ""
    seen: int = 0  # the last verdict that whoever reads the page has seen


@dataclass(frozen=True, slots=True)
class Change:
    """Two claims of one source on one event that give different numbers, the earlier first."""

    before: LedgerClaim
    after: LedgerClaim
    was: Quantity
    now: Quantity


def source(desk: Desk, request: Request) -> Response:
    """The page of one source."""
    entity = _entity(desk, request.path_params["source"])
    wanted = request.query_params.get("part", "")
    here = wanted if wanted in PARTS else "says"
    page = source_page(desk, entity, here, request.query_params.get("after", ""))
    if wanted == "changes":
        page = replace(page, changes=tuple(_changes(desk, entity)))
    history = desk.ledger.decided_of(entity.entity.id)
    page = replace(
        page,
        history=history,
        undone=desk.ledger.undone([one.seq for one in history]),
        by=reviewer(request),
        seen=desk.ledger.last_verdict(),
    )
    return desk.page(request, "source.html", page=page, entered=just_entered(request))


def protect(desk: Desk, request: Request, form: FormData) -> Response:
    """Decide whether this is a private person; where somebody was faster, say so, and nothing is entered."""
    own, said = request.path_params["source"], given(form)
    verdict = reviewing.on_protection(desk.ledger, own, said.value, by=said.by, reason=said.reason)
    try:
        entered = reviewing.review(desk.ledger, verdict, tools=desk.link_tools, since=said.seen)
    except Overtaken as error:
        raise HTTPException(409, f"{error} Nothing was entered: go back, reload the page, and decide again.") from error
    return remembered(RedirectResponse(f"/sources/{own}?entered={entered.seq}#decided", 303), entered.by)


def _changes(desk: Desk, entity: LedgerEntity) -> Iterator[Change]:
    """Where a source gave another number for the same event, place, day and thing counted than before; the latest first."""
    said = desk.find(ClaimQuery(says=entity.entity.id), limit=COMPARED).claims
    in_order = sorted(said, key=lambda each: (each.published or "9999", each.document, each.claim.span))
    known = {each.claim.id: each for each in in_order}
    for one in reversed(revisions(in_order)):
        yield Change(known[one.before], known[one.after], one.was, one.now)


def _entity(desk: Desk, name: str) -> LedgerEntity:
    found = [each for each in desk.ledger.named(name) if each.entity.id == name] or desk.ledger.named(name)
    if not found:
        raise HTTPException(404, f"Nobody in the ledger has the id or the name {name[:80]!r}.")
    return found[0]


def source_page(desk: Desk, entity: LedgerEntity, here: str, after: str) -> SourcePage:
    """What the page shows."""
    own = entity.entity.id
    searches = {
        "says": ClaimQuery(says=own),
        "relays": ClaimQuery(relays=own),
        "rests": ClaimQuery(rests=name_key(entity.entity.name)),
        "about": ClaimQuery(about=own),
    }
    pages = {name: _page(desk, each, after, is_here=name == here) for name, each in searches.items()}
    path = f"/sources/{own}"
    return SourcePage(
        entity=entity,
        parts=tuple(
            Part(name, title, pages[name].counted, pages[name].is_whole, name == here, f"{path}?part={name}")
            for name, title in PARTS.items()
        ),
        claims=tuple(desk.graded(pages[here].claims)),
        older=address(ClaimQuery(), path, part=here, after=pages[here].after) if pages[here].after else "",
        search=address(searches[here]),
        changes=None,
        compare=f"{path}?part=changes",
    )


def _page(desk: Desk, search: ClaimQuery, after: str, *, is_here: bool) -> Page:
    """A page of one side; of the sides that are not shown no more than their number."""
    return desk.find(search, after=after if is_here else "", limit=PER_PAGE if is_here else 1)


@dataclass(frozen=True, slots=True)
class SourceList:
    """A page of the list of sources."""

    entities: tuple[LedgerEntity, ...]
    text: str
    kind: str
    kinds: tuple[str, ...]


def sources(desk: Desk, request: Request) -> Response:
    """Who speaks and acts, those with most mentions first."""
    text, kind = request.query_params.get("q", "")[:200], request.query_params.get("kind", "")

    def listed() -> tuple[LedgerEntity, ...]:
        return tuple(desk.ledger.entities(kind or None, text or None, LISTED, local=bool(text)))

    found = desk.remembered(("sources", text, kind), listed)
    shown = SourceList(found, text, kind, tuple(kind.value for kind in EntityKind))
    return desk.page(request, "sources.html", listed=shown)
