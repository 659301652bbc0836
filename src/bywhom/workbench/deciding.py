"""What people decide at the desk: forms into verdicts, each entered only where nobody was faster."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from bywhom.errors import UsageError
from bywhom.ledger import LedgerClaim
from bywhom.records import (
    Act,
    Certainty,
    EventType,
    Independence,
    Plausibility,
    Polarity,
    RelationType,
    Reliability,
    Verdict,
)
from bywhom.reviewing import on_claim, on_link, on_situation, review
from bywhom.workbench.desk import Desk
from bywhom.workbench.textual import plain

REVIEWER = "bywhom_reviewer"  # the cookie that holds the name of whoever reviews in this browser
# What can be set of a claim: field, what it means, and its choices; without choices it is written.
FIELDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("source", "Who says so: a name, and in brackets what it is", ()),
    ("span", "The words of the claim: mark them in the text, or write their characters, 120-168", ()),
    ("event", "What is said to have happened", tuple(EventType)),
    ("place", "Where: Dybbøl, DK – or a name with its point: Dybbøl@54.91,9.75", ()),
    ("time", "When: 1864-04-18, 1864-04 or 1864", ()),
    ("polarity", "Whether it is said to have happened", tuple(Polarity)),
    ("certainty", "How sure the source is", tuple(Certainty)),
    ("credibility", "Credibility, 1 to 6", tuple("123456")),
    ("reliability", "Reliability of all that this source says", tuple(Reliability)),
    ("plausibility", "Plausibility, taken by itself", tuple(Plausibility)),
    ("valid", "Did it prove right?", ("yes", "no")),
)
RELATIONS = tuple(RelationType)
INDEPENDENCES = tuple(Independence)


@dataclass(frozen=True, slots=True)
class Deciding:
    """What the forms of a claim need."""

    by: str
    seen: int
    next: str  # where to go from here
    fields: tuple[tuple[str, str, tuple[str, ...]], ...] = FIELDS
    relations: tuple[str, ...] = RELATIONS
    independences: tuple[str, ...] = INDEPENDENCES


@dataclass(frozen=True, slots=True)
class Given:
    """What a form says."""

    action: str  # confirm, reject, set, link, unlink, merge, together, apart
    field: str
    value: str
    other: str  # id of another claim
    by: str
    reason: str
    seen: int  # the last verdict that the reviewer has seen


def given(form: FormData) -> Given:
    """What a form says.

    Raises: UsageError where it lacks what it must have.
    """
    said = {name: _text(form, name) for name in ("action", "field", "other", "by", "reason")}
    link = _text(form, "value_link") if said["action"] == "link" else ""
    seen = _text(form, "seen")
    said |= {name: plain(said[name], 1000) for name in ("by", "reason")}
    return Given(**said, value=link or _text(form, "value"), seen=int(seen) if seen.isdecimal() else 0)


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value.strip()[:4000] if isinstance(value, str) else ""


def verdict_of(desk: Desk, found: LedgerClaim, said: Given) -> Verdict:
    """The verdict that a form gives on a claim.

    Raises: UsageError where it cannot be.
    """
    ledger, by, reason = desk.ledger, said.by, said.reason
    acts = {"confirm": Act.CONFIRM, "reject": Act.REJECT}
    if said.action in acts:
        return on_claim(ledger, found, "reading", "", act=acts[said.action], by=by, reason=reason)
    if said.action == "set":
        if said.field not in {name for name, _, _ in FIELDS}:
            raise UsageError("choose what to set, and write or choose what it shall be")
        return on_claim(ledger, found, said.field, said.value, act=Act.SET, by=by, reason=reason)
    other = _other(desk, said.other)
    if said.action in ("together", "apart"):
        return on_situation(found, other, together=said.action == "together", by=by, reason=reason)
    links = {"link": (Act.SET, said.value), "unlink": (Act.REJECT, ""), "keep": (Act.CONFIRM, "")}
    links |= {"merge": (Act.SET, "same_origin/dependent")}
    if said.action not in links:
        raise UsageError(f"{said.action[:40]!r} is nothing that can be decided")
    act, written = links[said.action]
    return on_link(ledger, found, other, written, act=act, by=by, reason=reason)


def _other(desk: Desk, written: str) -> LedgerClaim:
    """The other claim, from its id or from the address of its page."""
    identity = written.rstrip("/").rpartition("/")[2].partition("?")[0].partition("#")[0]
    if not identity:
        raise UsageError("say which other claim: its id, or the address of its page")
    return desk.ledger.claim(identity)


def entered(desk: Desk, found: LedgerClaim, said: Given) -> Verdict:
    """The verdict, once it is in the ledger.

    Raises: UsageError where it cannot be, Overtaken where somebody decided about the same after what the reviewer saw.
    """
    verdict = verdict_of(desk, found, said)
    return review(desk.ledger, verdict, tools=desk.link_tools, since=said.seen)


def overtaken_form(desk: Desk, request: Request, form: FormData, fault: str, *, about: str, leave: str) -> Response:
    """What was decided in the meantime, and the same form once more, with all that stood in it."""
    fields = [(name, str(value)[:2000]) for name, value in form.multi_items() if name not in ("form_token", "seen")]
    last = desk.ledger.last_verdict()
    return desk.page(
        request, "overtaken_form.html", 409, fields=fields, last=last, fault=fault, about=about, leave=leave
    )


def reviewer(request: Request) -> str:
    """The name under which somebody reviews in this browser; empty where nobody has given one."""
    return plain(unquote(request.cookies.get(REVIEWER, ""), errors="replace"), 120)


def remembered(answer: Response, by: str) -> Response:
    """The answer, with the name of whoever decided for the next form."""
    answer.set_cookie(REVIEWER, quote(by[:120]), max_age=365 * 86400, httponly=True, samesite="strict")
    return answer


def just_entered(request: Request) -> int:
    """The number of the verdict that was entered just before this page; 0 for none."""
    number = request.query_params.get("entered", "")
    return int(number) if number.isdecimal() and len(number) < 10 else 0
