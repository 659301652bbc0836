"""A source: everything it says and through whom, how its numbers changed, what is said of it, what rests on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bywhom import reviewing
from bywhom.errors import Overtaken, UsageError
from bywhom.ledger import LedgerClaim, LedgerDocument, LedgerEntity
from bywhom.ledger.entities import revisions
from bywhom.ledger.finding import Page
from bywhom.ledger.query import ClaimQuery
from bywhom.records import EntityKind, Quantity, Verdict
from bywhom.regrading import name_key
from bywhom.workbench.deciding import Given, given, just_entered, overtaken_form, remembered, reviewer
from bywhom.workbench.desk import Desk
from bywhom.workbench.searches import address

PER_PAGE = 50
LISTED = 100
ALIKE = 12
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
    names: Mapping[str, str] = field(default_factory=dict)  # of whom was decided about, by their ids
    who: Who | None = None  # where somebody asks whether it is one or several


@dataclass(frozen=True, slots=True)
class Who:
    """What is needed to put a source together with another, or to part it."""

    alike: tuple[LedgerEntity, ...]  # who may be the same
    reports: tuple[tuple[LedgerDocument, int], ...]  # that mention it, and how often
    report: str  # the one that somebody comes from


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
    if wanted in ("changes", "who"):
        page = replace(page, parts=tuple(replace(part, is_here=False) for part in page.parts))
    if wanted == "changes":
        page = replace(page, changes=tuple(_changes(desk, entity)))
    if wanted == "who":
        page = replace(page, who=_who(desk, entity, request.query_params.get("report", "")))
    history = desk.ledger.decided_of(entity.entity.id)
    page = replace(
        page,
        history=history,
        undone=desk.ledger.undone([one.seq for one in history]),
        names=desk.ledger.names_in(history),
        by=reviewer(request),
        seen=desk.ledger.last_verdict(),
    )
    return desk.page(request, "source.html", page=page, entered=just_entered(request))


def decide(desk: Desk, request: Request, form: FormData) -> Response:
    """Enter what somebody decides about a source; where another was faster, show what they decided and ask again."""
    own, said = request.path_params["source"], given(form)
    verdicts = _verdicts(desk, own, said, form)
    try:
        entered = reviewing.review_all(desk.ledger, verdicts, tools=desk.link_tools, since=said.seen)[-1]
    except Overtaken as error:
        name = _entity(desk, own).entity.name
        return overtaken_form(desk, request, form, str(error), about=name, leave=f"/sources/{own}#decided")
    there = desk.ledger.named(own)[:1]  # where two were put together, the one that goes on
    part = "" if said.action == "protect" else "part=who&"
    where = f"/sources/{there[0].entity.id if there else own}?{part}entered={entered.seq}#decided"
    return remembered(RedirectResponse(where, 303), entered.by)


def _verdicts(desk: Desk, own: str, said: Given, form: FormData) -> list[Verdict]:
    """What a form decides: one verdict, or one for each report that is ticked.

    Raises: UsageError where it cannot be.
    """
    ledger, signed = desk.ledger, {"by": said.by, "reason": said.reason}
    if said.action == "same":
        other = _other(desk, own, str(form.get("other_name", "")).strip()[:200] or said.other)
        return [reviewing.on_same(ledger, own, other, keep=other if said.value == "other" else own, **signed)]
    if said.action == "apart":
        reports = [str(each)[:64] for each in form.getlist("report")]
        if not reports:
            raise UsageError("tick the reports in which it is somebody else")
        return [reviewing.on_apart(ledger, own, each, said.value, **signed) for each in reports]
    return [reviewing.on_protection(ledger, own, said.value, **signed)]


def _other(desk: Desk, own: str, written: str) -> str:
    """The id of another source, from its id, the address of its page, or its name where only one is called so."""
    name = written.rstrip("/").rpartition("/")[2].partition("?")[0].partition("#")[0].strip()
    found = [each for each in desk.ledger.named(name) if each.entity.id != own] if name else []
    exact = [each for each in found if each.entity.id == name] or found
    if len(exact) != 1:
        said = (
            f"{len(exact)} are called {name[:80]!r}: give the id of one"
            if exact
            else f"nobody else is called {name[:80]!r}"
        )
        raise UsageError(f"{said}; ids stand on the page of a source, and in its address")
    return exact[0].entity.id


def _who(desk: Desk, entity: LedgerEntity, report: str) -> Who:
    """Who may be the same, by name, and in which reports it may be somebody else."""
    name = entity.entity.name
    near = [
        one
        for word in (name, name.rsplit(maxsplit=1)[-1] if name.split() else "")
        if word
        for one in desk.ledger.named(word)
    ]
    alike = {one.entity.id: one for one in near if one.entity.kind is not EntityKind.PLACE}
    alike.pop(entity.entity.id, None)
    reports = desk.ledger.reports_with(entity.entity.id, PER_PAGE)
    here = [one for one in reports if one[0].id == report]
    return Who(tuple(alike.values())[:ALIKE], (*here, *(one for one in reports if one[0].id != report)), report)


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
