"""Questions to a ledger, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, Table, func, select, tuple_

from bywhom.ledger.schema import appearances, claims, custody, documents, problems
from bywhom.records import Anchor, Claim, Collection, Document, Grade, OriginGroup, Stated, Verdict


@dataclass(frozen=True, slots=True)
class LedgerClaim:
    """A claim, and the report it stands in."""

    claim: Claim  # as people have corrected it
    document: str  # the name shown: the least of `names`
    names: tuple[str, ...]  # of every copy of the report
    text_id: str
    publisher: str | None
    published: str | None
    url: str | None
    verdicts: tuple[Verdict, ...] = ()  # those in force on it, the oldest first
    rejected: bool = False  # by a person: it is no claim, or misread
    grade: Grade | None = None  # once it is linked, and where somebody asked for it
    protected: bool | None = None  # it names a private person, or did before that was left out; None: nobody asked

    @property
    def groups(self) -> tuple[OriginGroup, ...]:
        """The origin groups that its grade rests on; none where it has no grade, or nobody asked for it."""
        return self.grade.digit.standing.groups if self.grade else ()

    @property
    def anchor(self) -> Anchor:
        """What a verdict on it holds on to."""
        span = self.claim.span
        return Anchor(self.claim.id, self.claim.document_id, self.text_id, span.start, span.end, self.claim.text)


@dataclass(frozen=True, slots=True)
class LedgerDocument:
    """A report as the ledger knows it: where it came from, and whether it could be read."""

    id: str
    sha1: str
    size: int
    name: str  # the least of `names`
    names: tuple[str, ...]
    form: str
    state: str  # read, unread
    why: str  # why it is unread
    reader: str | None
    text_id: str | None
    extractor: str | None
    language: str | None
    title: str | None
    publisher: str | None
    author: str | None
    published: Stated | None
    url: str | None
    claims: int
    collections: tuple[Collection, ...]
    document: Document | None = None  # in the answer to document(), not in listings: it holds the text


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a ledger holds."""

    documents: int
    unread: int
    claims: int
    attributed: int  # claims with a source that is not the publisher
    problems: int
    custody: int


@dataclass(frozen=True, slots=True)
class ReportCounts:
    """How many reports a ledger holds, and how many claims were found in them."""

    documents: int
    unread: int
    claims: int


def listing_claims(fitting: tuple[str, Sequence[Any]] | None, limit: int | None) -> tuple[str, list[Any]]:
    """The claims whose ids a statement gives, or all, in the order of their document's name, then of the text."""
    words, values = fitting or ("", ())
    which = f" WHERE claims.id IN ({words})" if words else ""
    order = "documents.name, documents.id, claims.start_at, claims.end_at, claims.id"
    chosen = f"claims JOIN documents ON documents.id = claims.document_id{which} ORDER BY {order} LIMIT ?"
    words = f"SELECT claims.record, claims.document_id, claims.id FROM {chosen}"  # noqa: S608  our own words
    return words, [*values, -1 if limit is None else limit]


def select_claims(document_id: str) -> Select[str, str, str]:
    """The claims of one report in the order of its text."""
    order = (claims.c.start_at, claims.c.end_at, claims.c.id)
    chosen = select(claims.c.record, claims.c.document_id, claims.c.id).where(claims.c.document_id == document_id)
    return chosen.order_by(*order)


def matching_documents(name: str) -> tuple[Select[str], ...]:
    """The ways a report can be named, the most exact first; each finds ids."""
    ways = [
        select(appearances.c.document_id).where(appearances.c.name == name).distinct(),
        select(appearances.c.document_id).where(appearances.c.location == name).distinct(),
    ]
    if is_digest_prefix(name):
        ways.append(select(documents.c.id).where(starts_with(documents.c.id, name)))
    return tuple(ways)


def is_digest_prefix(text: str) -> bool:
    return 4 <= len(text) <= 64 and set(text) <= set("0123456789abcdef")


def starts_with(column: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    """Whether a digest begins so; a range, because that uses the index in every database."""
    return column.between(prefix, prefix + "g")


def counting_reports() -> Select[Any]:
    """How many reports are in each state, and how many claims in them."""
    return select(
        documents.c.state, func.count().label("reports"), func.sum(documents.c.claims).label("claims")
    ).group_by(documents.c.state)


def counting() -> Select[int, int, int, int, int, int]:
    """The numbers of `Counts`, in its order."""
    return select(
        _number(documents),
        _number(documents, documents.c.state == "unread"),
        _number(claims),
        _number(claims, claims.c.source_kind != "publisher"),
        _number(problems),
        _number(custody),
    )


def _number(table: Table, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(table).where(*conditions).scalar_subquery()


def select_claims_by_id(prefix: str) -> Select[str, str, str]:
    """Claims whose id begins so."""
    return (
        select(claims.c.record, claims.c.document_id, claims.c.id)
        .where(starts_with(claims.c.id, prefix))
        .order_by(claims.c.id)
    )


def select_claims_of(ids: Sequence[str]) -> Select[str, str, str]:
    """Claims of these ids, in no order."""
    return select(claims.c.record, claims.c.document_id, claims.c.id).where(claims.c.id.in_(ids))


def select_documents(state: str | None = None, after: tuple[str, str] | None = None) -> Select[Any]:
    """Documents in the order of their names, those after a name and an id."""
    chosen = select(documents).order_by(documents.c.name, documents.c.id)
    if after is not None:
        chosen = chosen.where(tuple_(documents.c.name, documents.c.id) > tuple_(*after))
    return chosen if state is None else chosen.where(documents.c.state == state)


def select_lone_problems() -> Select[Any]:
    """Problems with what never became a report."""
    chosen = select(problems).where(problems.c.document_id.is_(None))
    return chosen.order_by(problems.c.location, problems.c.stage, problems.c.id)


def select_problems(document_id: str | None = None) -> Select[Any]:
    """Problems in the order of their locations, then of the text."""
    order = (problems.c.location, problems.c.stage, problems.c.start_at, problems.c.message, problems.c.id)
    chosen = select(problems).order_by(*order)
    return chosen if document_id is None else chosen.where(problems.c.document_id == document_id)
