"""Dossier: chosen claims, or a situation, as one printable page with their words, chains, digests, the method, and what was
left out.

Whatever leaves the ledger here leaves it without the names of private people, unless the one who makes it asks for them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bywhom.errors import ArchiveDamaged, UsageError
from bywhom.export.records import chain
from bywhom.export.withholding import Withheld, withheld
from bywhom.ledger import LedgerClaim, LedgerDocument, LedgerEntity
from bywhom.ledger.custody import now
from bywhom.ledger.folding import fold
from bywhom.ledger.query import ClaimQuery
from bywhom.records import Collection, EntityKind, OriginGroup, Situation, Span
from bywhom.workbench import wording
from bywhom.workbench.desk import Desk
from bywhom.workbench.drawings.chain import Step, steps
from bywhom.workbench.drawings.map import draw_map, framed
from bywhom.workbench.drawings.timeline import Stretch, draw_steps
from bywhom.workbench.marks import around
from bywhom.workbench.searches import is_empty, pairs, search_of
from bywhom.workbench.textual import cut, shown, unhidden
from bywhom.workbench.views import maps, situations
from bywhom.workbench.views.selection import latest
from bywhom.workbench.views.timeline import days_of

MOST = 100  # claims in one dossier
STATIC = Path(__file__).parents[1] / "static"
_TEXTS = {"title": 200, "author": 200, "question": 2000, "note": 4000}


@dataclass(frozen=True, slots=True)
class Order:
    """What a dossier is asked for."""

    claims: tuple[str, ...]
    situation: str
    search: ClaimQuery
    title: str
    author: str
    question: str
    note: str
    names: bool  # name private people too

    @property
    def is_empty(self) -> bool:
        return not self.claims and not self.situation and is_empty(self.search)

    @property
    def conditions(self) -> list[tuple[str, str]]:
        return pairs(self.search)

    def address(self, path: str = "/dossier") -> str:
        """The address of this dossier."""
        texts = [(name, getattr(self, name)) for name in _TEXTS if getattr(self, name)]
        chosen = [("situation", self.situation)] if self.situation else []
        rest = chosen + [("claim", each) for each in self.claims] + texts + ([("names", "yes")] if self.names else [])
        return f"{path}?{urlencode(pairs(self.search) + rest)}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim as the dossier shows it."""

    number: int
    found: LedgerClaim
    words: Markup
    chain: str
    hands: tuple[Step, ...]
    why: tuple[str, ...]
    agreeing: tuple[str, ...]
    opposed: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    verdicts: tuple[tuple[str, str, str], ...]
    report: int


@dataclass(frozen=True, slots=True)
class Cited:
    """One report that the dossier cites."""

    number: int
    name: str
    about: str
    url: str
    id: str
    sha1: str
    size: int
    text_id: str
    collected: tuple[str, ...]
    reader: str
    fault: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that a dossier shows."""

    order: Order
    title: str
    made_at: str
    situation: Situation | None
    entries: tuple[Entry, ...]
    reports: tuple[Cited, ...]
    footings: tuple[tuple[str, str, tuple[int, ...]], ...]
    numbers: tuple[tuple[str, str, float | None, float | None], ...]
    timeline: Markup
    map: Markup
    left_out: tuple[str, ...]
    claims_in_ledger: int
    reports_in_ledger: int
    linker: str
    last_digest: str


def page(desk: Desk, request: Request) -> Response:
    """The dossier with the form that changes it."""
    order = order_of(request)
    made = dossier(desk, order) if not order.is_empty else None
    return desk.page(request, "dossier.html", order=order, made=made)


def file(desk: Desk, request: Request) -> Response:
    """The dossier as one file that stands by itself."""
    order = order_of(request)
    if order.is_empty:
        raise UsageError("a dossier needs claims: choose some, a situation, or a search")
    style = Markup((STATIC / "dossier.css").read_text(encoding="utf-8"))  # noqa: S704  our own file
    template = desk.templates.get_template("dossier_file.html")
    made = dossier(desk, order)
    words = template.render(made=made, style=style, form_token="", path="")
    name = re.sub(r"[^a-z0-9]+", "-", made.title.lower()).strip("-")[:60] or "dossier"
    headers = {"Content-Disposition": f'attachment; filename="{name}.html"'}
    return HTMLResponse(words.encode("utf-8", "replace"), headers=headers)


def order_of(request: Request) -> Order:
    """What the address asks for.

    Raises: UsageError for a search that cannot be.
    """
    params = request.query_params
    texts = {name: unhidden(params.get(name, "")).strip()[:most] for name, most in _TEXTS.items()}
    return Order(
        claims=tuple(dict.fromkeys(each[:64] for each in params.getlist("claim") if each))[:MOST],
        situation=params.get("situation", "")[:64],
        search=search_of(params),
        names=params.get("names") == "yes",
        **texts,
    )


def dossier(desk: Desk, order: Order) -> Dossier:
    """What the dossier shows."""
    situation = situations.chosen(desk, order.situation) if order.situation else None
    found, more = _claims(desk, order, situation)
    kept = [each for each in found if not each.rejected]
    documents = _documents(desk, kept)
    hide = Withheld({}, 0) if order.names else withheld(_people(desk, kept, documents))
    numbers = {each: number for number, each in enumerate(documents, 1)}
    entries = tuple(
        _entry(number, each, documents[each.claim.document_id][0], numbers[each.claim.document_id], hide)
        for number, each in enumerate(kept, 1)
    )
    counts = desk.ledger.report_counts()
    return Dossier(
        order=order,
        title=order.title or _title(situation, order),
        made_at=now(),
        situation=situation,
        entries=entries,
        reports=tuple(_cited(numbers[each], *documents[each], hide) for each in documents),
        footings=tuple(_footings(kept)),
        numbers=tuple(
            (hide(each.unit), hide(each.side) or situations.OWN_VOICES, each.low, each.high)
            for each in (situation.ranges if situation else ())
        ),
        timeline=_unlinked(draw_steps(list(_stretches(kept, hide)))),
        map=_map(kept),
        left_out=tuple(_left_out(order, found, more, hide, kept)),
        claims_in_ledger=counts.claims,
        reports_in_ledger=counts.documents,
        linker=desk.ledger.linker() or "not linked",
        last_digest=desk.ledger.last_entry(),
    )


def _title(situation: Situation | None, order: Order) -> str:
    if situation:
        days = situation.first if situation.first == situation.last else f"{situation.first} to {situation.last}"
        return f"{situation.place or 'A situation'}, {days if situation.first else 'no day known'}"
    return order.search.words or "Chosen claims"


def _claims(desk: Desk, order: Order, situation: Situation | None) -> tuple[list[LedgerClaim], bool]:
    """The claims asked for, graded, in the order in which they were, and whether there are more."""
    if order.claims:
        by_id = desk.claims([desk.claim(each).claim.id for each in order.claims])
        return list(by_id.values()), False
    if situation:
        by_id = desk.claims(situation.claims[:MOST])
        return [by_id[each] for each in situation.claims[:MOST] if each in by_id], len(situation.claims) > MOST
    found, is_whole = latest(desk, order.search, MOST)
    return desk.graded(found), not is_whole


Documents = Mapping[str, tuple[LedgerDocument | None, LedgerClaim, str]]


def _documents(desk: Desk, kept: Iterable[LedgerClaim]) -> Documents:
    """Each cited report with its text, or with why it cannot be shown."""
    found: dict[str, tuple[LedgerDocument | None, LedgerClaim, str]] = {}
    for each in kept:
        if each.claim.document_id not in found:
            try:
                found[each.claim.document_id] = desk.report(each.claim.document_id), each, ""
            except ArchiveDamaged as error:
                found[each.claim.document_id] = None, each, str(error)
            except HTTPException as error:
                found[each.claim.document_id] = None, each, str(error.detail)
    return found


def _people(desk: Desk, kept: Iterable[LedgerClaim], cited: Iterable[str]) -> list[LedgerEntity]:
    """Whom nothing may name that the dossier shows, and all in its reports that is no person.

    A sentence may name others than those whose claim it is, and what is said for and against a claim comes from reports that are not cited.
    """
    origins = desk.ledger.reports_of([group.id for each in kept for group in each.groups])
    known: dict[str, LedgerEntity] = {}
    for some in desk.ledger.protected_in(sorted({*cited, *origins.values()})).values():
        places = {fold(name) for one in some if one.entity.kind is EntityKind.PLACE for name in _names(one)}
        for one in some:
            if one.entity.protected and one.judged is None and all(fold(name) in places for name in _names(one)):
                continue  # the report knows it as a town, too: read as a person by mistake
            known[one.entity.id] = _joined(known[one.entity.id], one) if one.entity.id in known else one
    return [known[each] for each in sorted(known)]


def _names(one: LedgerEntity) -> tuple[str, ...]:
    return one.entity.name, *one.entity.aliases


def _joined(a: LedgerEntity, b: LedgerEntity) -> LedgerEntity:
    """One entity under the names of two reports."""
    names = {b.entity.name, *a.entity.aliases, *b.entity.aliases} - {a.entity.name}
    return replace(a, entity=replace(a.entity, aliases=tuple(sorted(names))))


# Entries --------------------------------------------------------------------------------------------------------------


def _entry(number: int, found: LedgerClaim, report: LedgerDocument | None, cited: int, hide: Withheld) -> Entry:
    grade = found.grade
    standing = grade.digit.standing if grade else None
    return Entry(
        number=number,
        found=found,
        words=_words(found, report, hide),
        chain=hide(" ← ".join(wording.hop_name(hop) for hop in chain(found))),
        hands=tuple(_hand(each, hide) for each in steps(found, report.document if report else None)),
        why=(hide(grade.source.why), hide(grade.digit.why)) if grade else (),
        agreeing=tuple(_group(each, hide) for each in standing.agreeing[:20]) if standing else (),
        opposed=tuple(_group(each, hide) for each in standing.opposed[:20]) if standing else (),
        facts=tuple((name, hide(said)) for name, said in _facts(found)),
        verdicts=tuple((hide(wording.did(one)), f"{one.by}, {one.at}", hide(one.reason)) for one in found.verdicts),
        report=cited,
    )


def _words(found: LedgerClaim, report: LedgerDocument | None, hide: Withheld) -> Markup:
    """The claim in its sentence, exactly as the report has it but for the names that are withheld."""
    if report is None or report.document is None:
        return Markup("<mark>{}</mark>").format(shown(hide(found.claim.text)))
    doc, span = report.document, found.claim.span
    within = around(found.claim, doc)
    whole = Span(min(within.start, span.start), max(within.end, span.end))
    parts = [
        Markup("<mark>{}</mark>").format(shown(words)) if span.covers(piece) else shown(words)
        for piece, words in hide.pieces(doc.text, whole, [span.start, span.end])
    ]
    return Markup("").join(parts)


def _hand(step: Step, hide: Withheld) -> Step:
    mention = replace(step.mention, text=hide(step.mention.text)) if step.mention else None
    return replace(step, name=hide(step.name), mention=mention, before="", after="")


def _group(each: OriginGroup, hide: Withheld) -> str:
    return f"{hide(wording.origin_name(each))}, {wording.independence(each)}, {wording.appearances(each.claims)}"


def _facts(found: LedgerClaim) -> Iterator[tuple[str, str]]:
    claim = found.claim
    yield "event", wording.event(found)
    for actor in claim.event.actors:
        yield actor.role.value, actor.name or "not named"
    if claim.place:
        yield "place", wording.place_in_full(claim.place)
    if claim.time:
        yield "time", wording.time_in_full(claim.time)
    for quantity in claim.quantities:
        yield "number", wording.quantity(quantity)
    yield "certainty", wording.certainty(claim)


def _stretches(kept: Iterable[LedgerClaim], hide: Withheld) -> Iterator[Stretch]:
    dated = [(days_of(each), number, each) for number, each in enumerate(kept, 1)]
    for days, number, each in sorted(((d, n, e) for d, n, e in dated if d), key=lambda one: (one[0][0], one[1])):
        name = f"{number}. {hide(wording.who(each.claim))}: {hide(each.claim.text)}"
        yield Stretch(*days, 1, name, "", name, str(each.grade) if each.grade else "")


def _map(kept: Iterable[LedgerClaim]) -> Markup:
    places = maps.gathered(kept)
    frame = framed(maps.bounds_of(places), height=400)
    return _unlinked(draw_map(frame, maps.spots(frame, places, ClaimQuery()))) if places else Markup("")


def _footings(kept: Sequence[LedgerClaim]) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    for standing in situations.standings(kept):
        ids = {each.claim.id for origin in standing.origins for each in origin.claims}
        numbers = tuple(number for number, each in enumerate(kept, 1) if each.claim.id in ids)
        yield standing.title, standing.hint, numbers


def _unlinked(drawing: Markup) -> Markup:
    """A drawing without links: a page by itself leads nowhere."""
    plain = re.sub(r'<a href="[^"]*"', "<g", str(drawing)).replace("</a>", "</g>")
    return Markup(plain)  # noqa: S704  it was markup, and only our own elements were changed


# Reports --------------------------------------------------------------------------------------------------------------


def _cited(number: int, report: LedgerDocument | None, found: LedgerClaim, fault: str, hide: Withheld) -> Cited:
    about = " · ".join(
        filter(
            None,
            (
                found.publisher or "a publisher not named",
                report.title if report else None,
                found.published or "undated",
            ),
        )
    )
    return Cited(
        number=number,
        name=hide(found.document),
        about=hide(about),
        url=hide(found.url),
        id=found.claim.document_id,
        sha1=report.sha1 if report else "",
        size=report.size if report else 0,
        text_id=found.text_id,
        collected=tuple(hide(_collected(one)) for one in report.collections[:5]) if report else (),
        reader=(report.reader or "") if report else "",
        fault=fault,
    )


def _collected(one: Collection) -> str:
    """How a report came in; of a place on a disk only the name, since the folders are nobody else's business."""
    where = one.location if "://" in one.location else Path(one.location).name
    capture = f", captured {one.capture.captured_at}" if one.capture and one.capture.captured_at else ""
    return f"{cut(where, 300)}, {one.collected_at}, {one.method}, {one.tool}{capture}"


def _left_out(
    order: Order, found: Sequence[LedgerClaim], more: bool, hide: Withheld, kept: Sequence[LedgerClaim]
) -> Iterator[str]:
    if order.names:
        yield "Private people are named: whoever made this dossier asked for it."
    elif hide.people:
        yield (
            f"The names of {wording.counted(hide.people, 'private person')}: relatives, witnesses, victims and others whom bywhom knows "
            "as such in the cited reports. The quotations may still name people whom it does not know: read them before you hand this on."
        )
    else:
        yield "No names: bywhom knows of no private people in the cited reports. It may have missed some; read before you hand this on."
    rejected = Counter(each.rejected for each in found)[True]
    if rejected:
        yield f"{wording.counted(rejected, 'claim')} that a reviewer rejected."
    if more:
        yield f"All claims but the first {MOST}: more fit what was asked for."
    ungraded = sum(each.grade is None for each in kept)
    if ungraded:
        yield f"Grades of {wording.counted(ungraded, 'claim')}: not linked yet."
    yield "The full texts of the reports: they are in the archive, under the digests given."
