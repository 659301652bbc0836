"""Situations: what claims about one event or one lasting state of things come to together, and what stands against what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock, Thread
from time import monotonic

from markupsafe import Markup
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bywhom import pipeline, reviewing
from bywhom.errors import BywhomError, Overtaken, UsageError
from bywhom.ledger import LedgerClaim, SituationQuery
from bywhom.ledger.query import ClaimQuery
from bywhom.records import Quantity, Range, Situation, Verdict
from bywhom.workbench import wording
from bywhom.workbench.basemap import Area, basemap
from bywhom.workbench.deciding import Given, given, just_entered, overtaken_form, remembered, reviewer
from bywhom.workbench.desk import Desk
from bywhom.workbench.drawings.map import draw_map, framed
from bywhom.workbench.drawings.ranges import Told, draw_range, draw_sign, sign_of
from bywhom.workbench.drawings.timeline import Stretch, draw_steps
from bywhom.workbench.views import maps, origins
from bywhom.workbench.views.selection import State, state_of
from bywhom.workbench.views.timeline import days_of

WAITED_FOR = (
    20_000  # claims in a ledger: with more, nobody waits until all are put together, and a page says how far it is
)
PATIENCE_S = 2.0  # how long a page waits for those of a large ledger, once they are begun
LISTED = 200
OWN_VOICES = "the publishers"


@dataclass(frozen=True, slots=True)
class SituationList:
    """The list of situations; `working` where they are just put together, `stale` where those shown are of an earlier state."""

    found: tuple[Situation, ...]
    place: str
    since: str
    until: str
    count: int
    working: int = 0  # for so many seconds; 0: not at all
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One side's range of a number, with its sign in the drawing."""

    name: str
    sign: Markup
    low: float | None
    high: float | None
    claims: tuple[LedgerClaim, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """One number as each side tells it."""

    unit: str
    drawing: Markup
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One claim in the order of what happened."""

    day: str
    found: LedgerClaim


@dataclass(frozen=True, slots=True)
class Standing:
    """The claims of a situation on one footing, by origin."""

    kind: str  # agreed, contested, single
    title: str
    hint: str
    origins: tuple[origins.Origin, ...]


@dataclass(frozen=True, slots=True)
class SituationPage:
    """All that the page of a situation shows."""

    situation: Situation
    claims: tuple[LedgerClaim, ...]
    origins: int
    map: Markup
    places: tuple[maps.Located, ...]
    hatched: tuple[Area, ...]
    has_ground: bool
    timeline: Markup
    steps: tuple[Step, ...]
    numbers: tuple[Number, ...]
    standings: tuple[Standing, ...]
    graph: Markup


def listed(desk: Desk, request: Request) -> Response:
    """The list of situations."""
    place, since, until = (request.query_params.get(name, "").strip()[:200] for name in ("place", "since", "until"))
    return desk.page(request, "situations.html", page=situation_list(desk, place, since, until))


def situation_list(desk: Desk, place: str = "", since: str = "", until: str = "") -> SituationList:
    """The situations at a place and in a time."""
    asked = SituationQuery(place, since, until)
    asked.check()
    known = put_together(desk)
    found = [one for one in known.found if asked.fits(one)]
    found.sort(key=lambda one: (-len(one.claims), one.first or "", one.id))
    shown = tuple(found[:LISTED])
    return SituationList(shown, place, since, until, len(found), known.working, stale=known.is_stale)


@dataclass(frozen=True, slots=True)
class Together:
    """All situations as far as they are known."""

    found: tuple[Situation, ...]
    working: int = 0  # for so many seconds they have been put together; 0: they are
    is_stale: bool = False  # those that are here are of an earlier state of the ledger


@dataclass(slots=True)
class _Kept:
    """The situations that were put together last, and of which state of which ledger; and those that are being put together."""

    of: State = ()
    found: tuple[Situation, ...] = ()
    fault: BywhomError | None = None
    work: Thread | None = None
    since: float = 0.0


_kept, _one_at_a_time = _Kept(), Lock()


def put_together(desk: Desk) -> Together:
    """All situations of the ledger, put together once for each state of it: of a large ledger while the page tells how far it is.

    Raises: BywhomError where putting them together did.
    """
    with _one_at_a_time:
        if _kept.of == state_of(desk.ledger) and not _kept.work:
            return Together(_kept.found)
        if not _kept.work:
            _begin(desk)
        work = _kept.work
    is_large = desk.ledger.report_counts().claims > WAITED_FOR
    if work:
        work.join(PATIENCE_S if is_large else None)
    with _one_at_a_time:
        if _kept.fault:
            fault, _kept.fault = _kept.fault, None
            raise fault
        is_same_ledger = _kept.of[:1] == state_of(desk.ledger)[:1]
        if _kept.work:
            seconds = max(1, round(monotonic() - _kept.since))
            return Together(_kept.found if is_same_ledger else (), seconds, is_stale=is_same_ledger)
        return Together(_kept.found)


def _begin(desk: Desk) -> None:
    _kept.since = monotonic()
    _kept.work = Thread(target=_work, args=(desk, state_of(desk.ledger)), name="situations", daemon=True)
    _kept.work.start()


def _work(desk: Desk, state: State) -> None:
    found: tuple[Situation, ...] = ()
    fault: BywhomError | None = None
    try:
        found = pipeline.situations(desk.ledger, tools=desk.link_tools)
    except BywhomError as error:
        fault = error
    finally:
        with _one_at_a_time:
            if fault is None:
                _kept.of, _kept.found = state, found
            _kept.fault, _kept.work = fault, None


def all_of(desk: Desk) -> tuple[Situation, ...]:
    """All situations as far as they are known; a page that says so where they are just being put together for the first time."""
    known = put_together(desk)
    if known.working and not known.is_stale:
        raise HTTPException(503, _WORKING.format(seconds=known.working))
    return known.found


def page(desk: Desk, request: Request) -> Response:
    """The page of one situation."""
    shown = situation_page(desk, request.path_params["situation"])
    by, seen, entered = reviewer(request), desk.ledger.last_verdict(), just_entered(request)
    return desk.page(request, "situation.html", page=shown, by=by, seen=seen, entered=entered)


def decide(desk: Desk, request: Request, form: FormData) -> Response:
    """Put a situation together with another, or take claims out of it; where somebody was faster, show what they decided."""
    one, said = chosen(desk, request.path_params["situation"]), given(form)
    verdicts, where = _verdicts(desk, one, said, [str(each)[:64] for each in form.getlist("claim")])
    try:
        entered = reviewing.review_all(desk.ledger, verdicts, tools=desk.link_tools, since=said.seen)[-1]
    except Overtaken as error:
        about = one.place or "this situation"
        return overtaken_form(desk, request, form, str(error), about=about, leave=f"/situations/{one.id}")
    return remembered(RedirectResponse(f"{where}?entered={entered.seq}#who", 303), entered.by)


def _verdicts(desk: Desk, one: Situation, said: Given, taken: Sequence[str]) -> tuple[list[Verdict], str]:
    """What a form decides, and where the rest is then shown: one claim alone is no situation.

    Raises: UsageError where it cannot be.
    """
    out = [each for each in one.claims if each in taken]
    left = [each for each in one.claims if each not in taken]
    if said.action == "together":
        out = [chosen(desk, said.other.rstrip("/").rpartition("/")[2].partition("?")[0] or "-").claims[0]]
        if out[0] in one.claims:
            raise UsageError("that is this situation itself; give the id or the address of another")
    elif not out or not left:
        raise UsageError("tick the claims that belong elsewhere, and leave at least one")
    known = desk.claims([*out, left[0]])
    stays = known[left[0]]
    return [
        reviewing.on_situation(known[each], stays, together=said.action == "together", by=said.by, reason=said.reason)
        for each in out
        if each in known
    ], f"/claims/{stays.claim.id}" if said.action == "apart" and len(left) == 1 else f"/situations/{stays.claim.id}"


def chosen(desk: Desk, prefix: str) -> Situation:
    """The situation with an id, or the one that a claim belongs to; a page that says so where there is none."""
    known = all_of(desk)
    found = [one for one in known if one.id.startswith(prefix)]
    found = found or [one for one in known if any(claim.startswith(prefix) for claim in one.claims)]
    if len(found) != 1:
        raise HTTPException(404, f"No one situation has an id or a claim that begins with {prefix[:80]!r}.")
    return found[0]


_WORKING = "Situations are just being put together, for {seconds} s so far. Load this page again in a while."


def situation_page(desk: Desk, prefix: str) -> SituationPage:
    """What the page shows."""
    one = chosen(desk, prefix)
    by_id = desk.claims(one.claims)
    claims = [by_id[each] for each in one.claims if each in by_id]
    kept = [each for each in claims if not each.rejected]
    places = maps.gathered(kept)
    frame = framed(maps.bounds_of(places), height=360)
    world = basemap()
    return SituationPage(
        situation=one,
        claims=tuple(claims),
        origins=len(origins.origins(kept)),
        map=draw_map(frame, maps.spots(frame, places, ClaimQuery())) if places else Markup(""),
        places=tuple(places),
        hatched=tuple(world.seen(frame.view)[1]) if world else (),
        has_ground=world is not None,
        timeline=draw_steps(list(_stretches(one, by_id))),
        steps=tuple(Step(each.day or "–", by_id[each.claim]) for each in one.timeline if each.claim in by_id),
        numbers=tuple(_numbers(one, by_id)),
        standings=tuple(standings(kept)),
        graph=origins.drawn(kept),
    )


# Timeline and numbers -------------------------------------------------------------------------------------------------


def _stretches(one: Situation, by_id: Mapping[str, LedgerClaim]) -> Iterator[Stretch]:
    for moment in one.timeline:
        found = by_id.get(moment.claim)
        days = (found and days_of(found)) or (moment.day and _on(moment.day))
        if found and days:
            who = wording.who(found.claim)
            says = f"{moment.day}, {who}: {found.claim.text}"
            kind = "rejected" if found.rejected else "contested" if found.grade and found.grade.contested else ""
            mark = str(found.grade) if found.grade else ""
            yield Stretch(*days, 1, says, f"/claims/{found.claim.id}", f"{who}: {found.claim.text}", mark, kind)


def _on(day: str) -> tuple[int, int]:
    number = date.fromisoformat(day).toordinal()
    return number, number


def _numbers(one: Situation, by_id: Mapping[str, LedgerClaim]) -> Iterator[Number]:
    """Each number with its sides, and a drawing where more than one claim tells it."""
    by_unit: dict[str, list[Range]] = defaultdict(list)
    for each in one.ranges:
        by_unit[each.unit].append(each)
    days = {moment.claim: moment for moment in one.timeline}
    for unit, ranges in by_unit.items():
        names = [each.side or OWN_VOICES for each in ranges]
        told = [
            Told(each.side or OWN_VOICES, _on(moment.day)[0], quantity.low, quantity.high, _says(each, quantity), f"/claims/{claim}")
            for each in ranges
            for claim in each.claims
            if claim in by_id and (moment := days.get(claim)) and moment.day
            for quantity in _counted(each, moment.counted)
        ]  # fmt: skip
        sides = tuple(
            Side(
                name,
                draw_sign(sign_of(names, name)),
                each.low,
                each.high,
                tuple(by_id[c] for c in each.claims if c in by_id),
            )
            for name, each in zip(names, ranges, strict=True)
        )
        yield Number(unit, draw_range(unit, told, names) if len(told) > 1 else Markup(""), sides)


def _counted(each: Range, counted: Iterable[Quantity]) -> list[Quantity]:
    """The quantities of a claim that belong to a range: those within its bounds."""
    return [
        one
        for one in counted
        if all(_within(each, bound) for bound in (one.low, one.high)) and (one.low, one.high) != (None, None)
    ]


def _within(each: Range, bound: float | None) -> bool:
    return bound is None or ((each.low is None or bound >= each.low) and (each.high is None or bound <= each.high))


def _says(each: Range, quantity: Quantity) -> str:
    return f"{each.side or OWN_VOICES}: {wording.quantity(quantity)}"


# Agreed, contested, of one origin -------------------------------------------------------------------------------------

_FOOTINGS = (
    ("agreed", "Agreed", "Told by two origins or more that are independent, as far as the texts show, and contested by none."),
    ("contested", "Contested", "Some origin says otherwise."),
    ("single", "One origin", "Rests on one word, or on words whose independence is not known, however many reports repeat it."),
)  # fmt: skip


def standings(found: Sequence[LedgerClaim]) -> Iterator[Standing]:
    """Claims by the footing on which they stand, all three of them shown."""
    by_kind: dict[str, list[LedgerClaim]] = defaultdict(list)
    for each in found:
        by_kind[footing(each)].append(each)
    for kind, heading, hint in _FOOTINGS:
        yield Standing(kind, heading, hint, tuple(origins.origins(by_kind[kind])))


def footing(found: LedgerClaim) -> str:
    """On which of the three footings a claim stands."""
    if found.grade is None:
        return "single"
    if found.grade.contested:
        return "contested"
    return "agreed" if found.grade.digit.standing.independent else "single"
