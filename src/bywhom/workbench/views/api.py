"""The JSON API: the queries of `Ledger` under addresses, described by an OpenAPI document made from the same table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bywhom import __version__
from bywhom.errors import UsageError
from bywhom.export.protecting import Tally, people, protected, unnamed
from bywhom.export.records import Record, record
from bywhom.ledger import LedgerDocument, LedgerEntity
from bywhom.ledger.finding import Facet, Page
from bywhom.ledger.query import ClaimQuery
from bywhom.records import Certainty, EventType, Relation, Reliability, SourceKind, Verdict
from bywhom.regrading import name_key
from bywhom.workbench.desk import Desk
from bywhom.workbench.searches import address, search_of

MOST = 200  # items on one page
View = Callable[[Desk, Request], Response]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a query, as the description names it."""

    name: str
    means: str
    choices: tuple[str, ...] = ()
    many: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """One address of the API: what it answers, and how."""

    path: str
    view: View
    means: str
    parameters: tuple[Parameter, ...] = ()
    answers: tuple[str, ...] = ()  # the keys of the answer


def answer(value: object) -> Response:
    """The value as JSON, lone surrogates of hostile texts replaced."""
    return Response(msgspec.json.encode(_sound(value)), media_type="application/json")


def _sound(value: object) -> object:
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: _sound(each) for key, each in value.items()}
    return [_sound(each) for each in value] if isinstance(value, (list, tuple)) else value


def _limit(request: Request) -> int:
    given = request.query_params.get("limit", "50")
    if not given.isdecimal() or not 1 <= int(given[:9]) <= MOST:
        raise UsageError(f"limit={given[:40]!r} is no number from 1 to {MOST}")
    return int(given)


# Claims ---------------------------------------------------------------------------------------------------------------


def claims(desk: Desk, request: Request) -> Response:
    search, after, limit = search_of(request.query_params), request.query_params.get("after", ""), _limit(request)
    names = _names(desk, request, "claims")
    page, tally = desk.find(search, after=after, limit=limit), Tally()
    more = {"names": "yes", "by": request.query_params.get("by", "")} if names else {}
    further = address(search, "/api/claims", limit=str(limit), after=page.after, **more) if page.after else None
    found = list(protected(desk.ledger, desk.graded(page.claims), names=names, tally=tally))
    return answer(
        {
            "claims": [record(each) for each in found],
            "masked": 0 if names else tally.masked,
            "next": further,
            "counted": page.counted,
            "counted_all": page.is_whole,
            "facets": {facet.field: _counts(desk, page, facet, names=names) for facet in page.facets},
        }
    )


def _counts(desk: Desk, page: Page, facet: Facet, *, names: bool) -> dict[str, int]:
    """The values of a facet; sources that are private people are counted together."""
    if names or facet.field != "source":
        return dict(facet.values)
    spoken = {
        each.claim.id: each.claim.document_id for each in desk.ledger.claims_by_id([one for _, one in page.speakers])
    }
    hidden = people(desk.ledger, spoken.values())
    reports = {name: hidden.get(spoken.get(claim, "")) for name, claim in page.speakers}
    found: dict[str, int] = {}
    for value, count in facet.values:
        there = reports.get(value)
        shown = "[names withheld]" if there and there.names(value) != value else value
        found[shown] = found.get(shown, 0) + count
    return found


def claim(desk: Desk, request: Request) -> Response:
    names = _names(desk, request, "claim")
    (found,) = protected(desk.ledger, [desk.claim(request.path_params["claim"])], names=names)
    relations, history = desk.ledger.relations(found.claim.id), desk.ledger.verdict_history(claim=found.claim.id)
    if not names:
        relations = _nameless(desk, relations)
        history = tuple(unnamed(desk.ledger, history, [found.claim.document_id]))
    return answer(
        {
            "claim": record(found),
            "relations": [_relation(each) for each in relations],
            "history": [_verdict(each) for each in history],
        }
    )


def _nameless(desk: Desk, relations: Iterable[Relation]) -> Iterator[Relation]:
    for one in relations:
        reports = desk.ledger.reports_of([one.a, one.b]).values()
        yield from unnamed(desk.ledger, [one], reports)


def _relation(one: Relation) -> Record:
    return {
        "a": one.a,
        "b": one.b,
        "relation": one.type.value,
        "independence": one.independence.value,
        "rule": one.rule,
        "why": [each.reason for each in one.evidence],
    }


def _verdict(one: Verdict) -> Record:
    return {
        "number": one.seq, "at": one.at, "by": one.by, "about": list(one.subject.ids), "kind": one.subject.kind.value,
        "field": one.field, "act": one.act.value, "value": one.value, "reason": one.reason, "undoes": one.undoes,
    }  # fmt: skip


def verdicts(desk: Desk, request: Request) -> Response:
    before, limit = request.query_params.get("before", ""), _limit(request)
    if before and not (before.isdecimal() and len(before) < 10):
        raise UsageError(f"before={before[:40]!r} is no number of a verdict")
    found = desk.ledger.verdict_history(limit=limit, before=int(before) if before else None)
    further = f"/api/verdicts?limit={limit}&before={found[-1].seq}" if len(found) == limit else None
    return answer({"verdicts": [_verdict(each) for each in found], "next": further})


# Reports and sources --------------------------------------------------------------------------------------------------


def reports(desk: Desk, request: Request) -> Response:
    limit, after = _limit(request), request.query_params.get("after", "")
    found = desk.ledger.documents_page(after=after, limit=limit)
    last = f"{found[-1].name}\n{found[-1].id}" if len(found) == limit else ""
    further = address(ClaimQuery(), "/api/reports", limit=str(limit), after=last) if last else None
    return answer({"reports": [_report(each) for each in found], "next": further})


def report(desk: Desk, request: Request) -> Response:
    names = _names(desk, request, "report")
    found = desk.report(request.path_params["report"])
    doc = found.document
    hidden = None if names else people(desk.ledger, [found.id]).get(found.id)
    text = doc and (hidden.names.blotted(doc.text) if hidden else doc.text)
    if not names:
        (found,) = unnamed(desk.ledger, [replace(found, document=None)], [found.id])
    blocks = (
        [{"start": b.span.start, "end": b.span.end, "kind": b.kind.value, "reason": b.reason} for b in doc.blocks]
        if doc
        else []
    )
    problems = [
        {"stage": p.stage, "message": p.message, "remedy": p.remedy} for p in desk.ledger.problems(document_id=found.id)
    ]
    return answer({"report": _report(found), "text": text, "blocks": blocks, "problems": problems})


def _report(one: LedgerDocument) -> Record:
    return {
        "id": one.id, "names": list(one.names), "title": one.title, "publisher": one.publisher, "author": one.author,
        "published": one.published.value if one.published else None, "url": one.url, "language": one.language, "state": one.state,
        "why": one.why, "size": one.size, "sha1": one.sha1, "text_id": one.text_id, "extractor": one.extractor, "reader": one.reader,
        "claims": one.claims,
        "collected": [{"location": c.location, "at": c.collected_at, "method": c.method, "tool": c.tool, "container": c.container, "captured": c.capture and c.capture.captured_at} for c in one.collections],
    }  # fmt: skip


def sources(desk: Desk, request: Request) -> Response:
    kind, text = request.query_params.get("kind") or None, request.query_params.get("q", "")[:200] or None
    names = _names(desk, request, "sources")
    found = desk.ledger.entities(kind, text, _limit(request), local=bool(text))
    return answer({"sources": [_source(each, names=names) for each in found]})


def source(desk: Desk, request: Request) -> Response:
    wanted = request.path_params["source"]
    found = [each for each in desk.ledger.named(wanted) if each.entity.id == wanted]
    if not found:
        raise HTTPException(404, f"nobody in the ledger has the id {wanted[:80]!r}")
    search = f"/api/claims?says={wanted}"
    return answer(
        {
            "source": _source(found[0], names=_names(desk, request, "source")),
            "says": search,
            "relays": f"/api/claims?relays={wanted}",
            "rests": address(ClaimQuery(rests=name_key(found[0].entity.name)), "/api/claims"),
            "about": f"/api/claims?about={wanted}",
        }
    )


def _names(desk: Desk, request: Request, what: str) -> bool:
    """Whether private people are to be named; who asked for it goes into the custody log.

    Raises: UsageError where nobody says who it is.
    """
    given = request.query_params.get("names", "")
    if given not in ("", "yes", "no"):
        raise UsageError(f"names {given[:40]!r} is neither yes nor no")
    if given == "yes":
        desk.ledger.release(request.query_params.get("by", ""), f"api: {what}")
    return given == "yes"


def _source(one: LedgerEntity, *, names: bool) -> Record:
    who = one.entity
    hidden = who.protected and not names
    return {
        "id": who.id, "name": None if hidden else who.name, "kind": who.kind.value, "side": who.side, "country": who.country,
        "aliases": [] if hidden else list(who.aliases),
        "role": who.role.value if who.role else None, "protected": who.protected, "mentions": one.mentions, "said": one.said,
        "reports": one.reports,
    }  # fmt: skip


def searches(desk: Desk, request: Request) -> Response:  # noqa: ARG001  all views take the same
    kept = desk.ledger.saved_searches()
    return answer(
        {
            "searches": [
                {"name": each.name, "by": each.by, "at": each.at, "claims": f"/api/claims?{each.query}"}
                for each in kept
            ]
        }
    )


# The description ------------------------------------------------------------------------------------------------------

_LIMIT = Parameter("limit", f"so many items, at most {MOST}")
_NAMES = Parameter(
    "names", "whether private people are named; no, unless it says yes, and `by` says who asks", ("yes", "no")
)
_BY = Parameter("by", "who asks for names of private people; the custody log keeps it")
_SEARCH = (
    Parameter("q", "words in the claim or in the names of its source, relays, outlet and place; “…”, word*, -word"),
    Parameter("source", "in the name of whoever answers for it"),
    Parameter("via", "in the name of a relay"),
    Parameter("outlet", "in the name of the publisher or of the report"),
    Parameter("place", "in the place as worded, as known, or its region"),
    Parameter("event", "what is said to have happened", tuple(EventType), many=True),
    Parameter("kind", "the role in which the source speaks", tuple(SourceKind), many=True),
    Parameter("certainty", "how sure the source is", tuple(Certainty), many=True),
    Parameter("country", "ISO 3166-1 alpha-2", many=True),
    Parameter("since", "ISO 8601 of any precision: the event may lie on or after it"),
    Parameter("until", "ISO 8601 of any precision: the event may lie on or before it"),
    Parameter("credibility", "the digit of the grade", tuple("123456"), many=True),
    Parameter("reliability", "the letter of the grade", tuple(Reliability), many=True),
    Parameter("contested", "whether others say otherwise", ("yes", "no")),
    Parameter("reviewed", "whether somebody confirmed or rejected it", ("yes", "no")),
    Parameter("doubtful", "whether the program is none too sure of the source", ("yes", "no")),
    Parameter("box", "a part of the map: SOUTH,WEST,NORTH,EAST in degrees"),
    Parameter("says", "id of a source: what it answers for"),
    Parameter("relays", "id of a source: what others say through its hands"),
    Parameter("about", "id of a source: what is said of it"),
    Parameter("report", "id of a report"),
    Parameter("rests", "key of a source, from its own answer: what rests on its word, in whatever report"),
    _NAMES,
    _BY,
    _LIMIT,
    Parameter("after", "where the page before ended: take the whole address from `next`"),
)
OPERATIONS = (
    Operation("/api/claims", claims, "Claims that fit, the latest first, and how many there are of each kind; each claim as `bywhom export` writes it, without the names of private people.", _SEARCH, ("claims", "masked", "next", "counted", "counted_all", "facets")),
    Operation("/api/claims/{claim}", claim, "One claim, what it is to others, and what people decided about it.", (_NAMES, _BY), ("claim", "relations", "history")),
    Operation("/api/reports", reports, "Reports in the order of their names.", (_LIMIT, Parameter("after", "where the page before ended")), ("reports", "next")),
    Operation("/api/reports/{report}", report, "One report with its text, its blocks and its problems.", (_NAMES, _BY), ("report", "text", "blocks", "problems")),
    Operation("/api/sources", sources, "Who speaks and acts, those with most mentions first.", (Parameter("q", "part of a name, in any transliteration"), Parameter("kind", "what it is"), _NAMES, _BY, _LIMIT), ("sources",)),
    Operation("/api/sources/{source}", source, "One source, and where to ask for what it says.", (_NAMES, _BY), ("source", "says", "relays", "rests", "about")),
    Operation("/api/verdicts", verdicts, "What people decided, the newest first.", (_LIMIT, Parameter("before", "number of a verdict")), ("verdicts", "next")),
    Operation("/api/searches", searches, "Searches that people keep.", (), ("searches",)),
)  # fmt: skip


def described(desk: Desk, request: Request) -> Response:  # noqa: ARG001  all views take the same
    """The OpenAPI document."""
    return answer(openapi())


def manual(desk: Desk, request: Request) -> Response:
    """The same for people."""
    return desk.page(request, "api.html", operations=OPERATIONS)


def openapi() -> Record:
    """The description of the API, OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "bywhom",
            "version": __version__,
            "description": "Who says so, on whose word, through whose hands. Where the desk asks for a token, send it as `Authorization: Bearer TOKEN`.",
        },
        "paths": {each.path: {"get": _described(each)} for each in OPERATIONS},
        "components": {"schemas": {"Problem": _PROBLEM}},
    }


_PROBLEM = {
    "type": "object",
    "properties": {"status": {"type": "integer"}, "title": {"type": "string"}, "detail": {"type": "string"}},
    "required": ["status", "title", "detail"],
}


def _described(one: Operation) -> Record:
    names = [part[1:-1] for part in one.path.split("/") if part.startswith("{")]
    in_path: list[Record] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names
    ]
    problem = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    schema = {"type": "object", "required": list(one.answers), "properties": {key: {} for key in one.answers}}
    return {
        "summary": one.means,
        "parameters": in_path + [_parameter(each) for each in one.parameters],
        "responses": {
            "200": {"description": one.means, "content": {"application/json": {"schema": schema}}},
            "default": {"description": "Why it cannot be answered, and what to do.", "content": problem},
        },
    }


def _parameter(one: Parameter) -> Record:
    value: Record = {"type": "string"} | ({"enum": list(one.choices)} if one.choices else {})
    schema: Record = {"type": "array", "items": value} if one.many else value
    return {"name": one.name, "in": "query", "description": one.means, "schema": schema}
