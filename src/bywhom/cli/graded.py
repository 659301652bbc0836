"""A claim's grade and its relations in words: for and against, by origin, never by the number of reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bywhom.cli.terminal import clean, grid, shorten

if TYPE_CHECKING:
    from rich.console import RenderableType

    from bywhom.ledger import Ledger, LedgerClaim
    from bywhom.records import Grade, OriginGroup, Relation

SHOWN = 8  # relations of one kind that are listed
Section = tuple[str, Iterable["RenderableType"]]
OTHERS = {
    "refines": ("is more exact than", "is less exact than"),
    "supersedes": ("is the later word, after", "was changed later by"),
    "part_of_total": ("is part of what is counted by", "counts all of whom a part is counted by"),
    "same_source": ("the same speaker also says", "the same speaker also says"),
}


def graded_sections(found: LedgerClaim, book: Ledger) -> Iterator[Section]:
    """How good it is, what stands for it and against it, and what people decided."""
    if found.grade:
        standing = found.grade.digit.standing
        yield f"how good it is: {found.grade}", [grid(_grade(found.grade))]
        yield from _side("who else says so", standing.agreeing, book)
        yield from _side("who says otherwise", standing.opposed, book)
        others = [grid(rows)] if (rows := list(_others(found, book))) else []
        if others:
            yield "other links", others
    elif not found.rejected:
        yield "how good it is", [grid([("grade", "not linked yet: bywhom link")])]
    if found.verdicts:
        yield "what people decided", [grid(_verdicts(found))]


def _grade(grade: Grade) -> Iterator[tuple[str, str]]:
    from bywhom.cli.words import appearances  # noqa: PLC0415

    yield "reliability", f"{grade.reliability}  {clean(grade.source.why)}"
    yield "credibility", f"{grade.credibility}  {clean(grade.digit.why)}"
    yield "by rule", f"{grade.source.rule}, {grade.rule}"
    yield "publisher", f"{grade.publisher.value}  {clean(grade.publisher.why)}"
    if grade.interest != "neutral":
        yield "interest", f"{grade.interest}: the source tells of its own side; no part of the grade"
    if grade.flags:
        yield "flags", f"{', '.join(grade.flags)}; no part of the grade"
    own = grade.digit.standing.own
    if own.claims > 1:
        yield "this origin", f"{appearances(own.claims)} in the ledger, counted once"


def _side(heading: str, groups: Iterable[OriginGroup], book: Ledger) -> Iterator[Section]:
    rows = [(_short(group.id), _group(group, book)) for group in groups]
    if rows:
        yield heading, [grid(rows)]


def _group(group: OriginGroup, book: Ledger) -> str:
    from bywhom.cli import words  # noqa: PLC0415

    example = book.claim(group.id)
    return f"{words.origin(group)}\n{shorten(words.what(example.claim), 120)}  ({clean(example.document)})"


def _others(found: LedgerClaim, book: Ledger) -> Iterator[tuple[str, str]]:
    """Links that are neither for nor against: more exact, later, a part, the same speaker."""
    shown: dict[str, int] = {}
    for one in book.relations(found.claim.id):
        if one.type.value not in OTHERS:
            continue
        shown[one.type.value] = shown.get(one.type.value, 0) + 1
        if shown[one.type.value] <= SHOWN:
            yield _other(one, found, book)
    for kind, count in shown.items():
        if count > SHOWN:
            yield "", f"and {count - SHOWN:,} more: {OTHERS[kind][0]}"


def _other(one: Relation, found: LedgerClaim, book: Ledger) -> tuple[str, str]:
    from bywhom.cli import words  # noqa: PLC0415

    is_first = one.a == found.claim.id
    other = book.claim(one.b if is_first else one.a)
    how = OTHERS[one.type.value][0 if is_first else 1]
    return words.short(other.claim), f"{how}  {shorten(words.what(other.claim), 100)}  ({clean(other.document)})"


def _verdicts(found: LedgerClaim) -> Iterator[tuple[str, str]]:
    from bywhom.cli.words import verdict  # noqa: PLC0415

    for each in found.verdicts:
        number, _, said = verdict(each).partition("  ")
        yield number, said


def _short(claim_id: str) -> str:
    from bywhom.cli.words import SHORT_ID  # noqa: PLC0415

    return claim_id[:SHORT_ID]
