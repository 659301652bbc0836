"""A claim: its words in their report, the chain, what stands for it and against it, its grade, its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from bywhom.errors import ArchiveDamaged
from bywhom.ledger import LedgerClaim, LedgerDocument
from bywhom.records import OriginGroup, Relation, Verdict
from bywhom.workbench.deciding import Deciding, just_entered, reviewer
from bywhom.workbench.desk import Desk
from bywhom.workbench.drawings.chain import Step, draw_chain, steps
from bywhom.workbench.marks import around, claim_marks
from bywhom.workbench.textual import marked, shown

MOST_GROUPS = 40  # origins listed on one side
MOST_OTHERS = 12  # links of one kind that are neither for nor against
OTHERS = {
    "refines": ("More exact than", "Less exact than"),
    "supersedes": ("The later word, after", "Changed later by"),
    "part_of_total": ("A part of what is counted by", "The total of which a part is counted by"),
    "same_source": ("The same speaker also says", "The same speaker also says"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """One origin on one side, however many reports repeat it."""

    group: OriginGroup
    example: LedgerClaim | None


@dataclass(frozen=True, slots=True)
class Other:
    """A link that is neither for nor against."""

    how: str
    claim: LedgerClaim
    reason: str


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """All that the page of a claim shows."""

    found: LedgerClaim
    report: LedgerDocument | None
    fault: str  # why the report cannot be shown
    words: Markup
    steps: tuple[Step, ...]
    drawing: Markup
    agreeing: tuple[Group, ...]
    opposed: tuple[Group, ...]
    unlisted: int  # origins that are not listed
    others: tuple[Other, ...]
    history: tuple[Verdict, ...]
    undone: frozenset[int]


def claim(desk: Desk, request: Request) -> Response:
    """The page of one claim."""
    page = claim_page(desk, request.path_params["claim"])
    here = Deciding(reviewer(request), desk.ledger.last_verdict(), f"/claims/{page.found.claim.id}#history")
    return desk.page(
        request, "claim.html", page=page, deciding=here, entered=just_entered(request), fault="", said=None
    )


def claim_page(desk: Desk, prefix: str) -> ClaimPage:
    """What the page shows."""
    found = desk.claim(prefix)
    report, fault = _report(desk, found)
    chain = tuple(steps(found, report.document if report else None))
    agreeing, opposed, unlisted = _sides(desk, found)
    history = desk.ledger.verdict_history(claim=found.claim.id)
    return ClaimPage(
        found=found,
        report=report,
        fault=fault,
        words=_words(found, report),
        steps=chain,
        drawing=draw_chain(chain),
        agreeing=agreeing,
        opposed=opposed,
        unlisted=unlisted,
        others=tuple(_others(desk, found)),
        history=history,
        undone=desk.ledger.undone([one.seq for one in history]),
    )


def _report(desk: Desk, found: LedgerClaim) -> tuple[LedgerDocument | None, str]:
    """The report with its text; where the archive is damaged, why it cannot be shown: the claim still can."""
    try:
        return desk.report(found.claim.document_id), ""
    except ArchiveDamaged as error:
        return None, str(error)


def _words(found: LedgerClaim, report: LedgerDocument | None) -> Markup:
    if report is None or report.document is None:
        return shown(found.claim.text)
    doc = report.document
    return marked(doc.text, around(found.claim, doc), claim_marks(found.claim))


def _sides(desk: Desk, found: LedgerClaim) -> tuple[tuple[Group, ...], tuple[Group, ...], int]:
    """What stands for and against, by origin, and how many origins are left out of the two lists."""
    if found.grade is None:
        return (), (), 0
    standing = found.grade.digit.standing
    sides = standing.agreeing[:MOST_GROUPS], standing.opposed[:MOST_GROUPS]
    examples = desk.claims([group.id for side in sides for group in side])
    agreeing, opposed = (tuple(Group(group, examples.get(group.id)) for group in side) for side in sides)
    return agreeing, opposed, len(standing.agreeing) + len(standing.opposed) - len(agreeing) - len(opposed)


def _others(desk: Desk, found: LedgerClaim) -> Iterator[Other]:
    chosen: dict[str, list[tuple[str, Relation]]] = {}
    for one in desk.ledger.relations(found.claim.id):
        if one.type.value in OTHERS:
            how = OTHERS[one.type.value][0 if one.a == found.claim.id else 1]
            chosen.setdefault(how, []).append((one.b if one.a == found.claim.id else one.a, one))
    kept = [(how, end, one) for how, pairs in chosen.items() for end, one in pairs[:MOST_OTHERS]]
    ends: Mapping[str, LedgerClaim] = desk.claims([end for _, end, _ in kept])
    for how, end, one in kept:
        if end in ends:
            yield Other(how, ends[end], "; ".join(each.reason for each in one.evidence[:2]))
