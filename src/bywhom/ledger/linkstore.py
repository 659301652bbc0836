"""The half of a ledger that keeps links, digits and verdicts: what the doors ask of it, and how linking writes to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, or_, select

from bywhom.ledger import verdicts
from bywhom.ledger.custody import now
from bywhom.ledger.engine import chunks, reading, writing
from bywhom.ledger.folding import fold
from bywhom.ledger.identities import absorbed
from bywhom.ledger.links import Links, Member, relations_of, resized, sizes, standings_of
from bywhom.ledger.schema import anchors, claims, documents, in_force, linked, relations, standings, to_link
from bywhom.ledger.schema import verdicts as acts
from bywhom.records import Act, Digit, Relation, RelationType, SubjectKind, Told, Verdict

_PAGE = 500


@dataclass(frozen=True, slots=True)
class JudgedItem:
    """One thing said that a reviewer judged to have proved right or wrong."""

    seq: int
    claim: str
    origin: str
    end_key: str
    publisher_key: str
    valid: bool


@dataclass(frozen=True, slots=True)
class Basis:
    """What the grade of a claim rests on, as kept: the pipeline makes the grade of it."""

    member: Member
    digit: Digit
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class ClaimPlace:
    """Where a claim stands."""

    claim: str
    document: str  # the report's name, as shown
    document_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LinkedPair:
    """A relation, and where its two claims stand."""

    relation: Relation
    a: ClaimPlace
    b: ClaimPlace


@dataclass(frozen=True, slots=True)
class LinkCounts:
    """How far linking has come, and what it came to."""

    linked: int  # claims
    waiting: int  # reports
    relations: int
    groups: int
    contested: int  # groups
    verdicts: int


class LinkStore:
    """Links, digits and verdicts of one ledger."""

    path: Path
    _engine: Engine

    # Writing ----------------------------------------------------------------------------------------------------

    @contextmanager
    def linking(self) -> Iterator[Links]:
        """A transaction in which links are made or verdicts given: kept whole, or not at all."""
        with writing(self._engine, self.path) as connection:
            yield Links(connection, now())

    # Asking -----------------------------------------------------------------------------------------------------

    def linker(self) -> str | None:
        """The version that made the links; None where nothing has been linked."""
        with reading(self._engine, self.path) as connection:
            return Links(connection).linker()

    def link_counts(self) -> LinkCounts:
        """How far linking has come, and what it came to."""
        with reading(self._engine, self.path) as connection:
            numbers = (
                select(func.count()).select_from(linked),
                select(func.count()).select_from(to_link),
                select(func.count()).select_from(relations),
                select(func.count()).select_from(standings),
                select(func.count()).select_from(standings).where(standings.c.contested == 1),
                select(func.count()).select_from(acts),
            )
            return LinkCounts(*(connection.scalar(one) or 0 for one in numbers))

    def relations(self, claim_id: str | None = None) -> Iterator[Relation]:
        """The relations of one claim, or of all, as people have corrected them, sorted, with their evidence."""
        with reading(self._engine, self.path) as connection:
            if claim_id is not None:
                yield from relations_of(connection, [claim_id], evidence=True)
                return
            yield from _all_relations(connection)

    def bases(self, ids: Sequence[str]) -> dict[str, Basis]:
        """Claim -> what its grade rests on; claims that are not linked yet, or rejected, are not in the answer."""
        with reading(self._engine, self.path) as connection:
            members = Links(connection).members(ids)
            digits = standings_of(connection, (member.origin for member in members))
            shown = {one.id for each in digits.values() for one in each.standing.groups}
            size = sizes(connection, shown)
            judged = verdicts.for_claims(connection, ids)
        return {
            member.claim: Basis(member, resized(digits[member.origin], size), judged.get(member.claim, ()))
            for member in members
            if member.origin in digits
        }

    def judged_items(self) -> list[JudgedItem]:
        """Everything that reviewers judged valid or invalid, one judgement for each thing said, the oldest first."""
        chosen = (
            select(acts.c.seq, acts.c.value, linked)
            .join(in_force, in_force.c.seq == acts.c.seq)
            .join(anchors, anchors.c.seq == acts.c.seq)
            .join(linked, linked.c.claim_id == anchors.c.now)
            .where(in_force.c.field == "valid", acts.c.act == Act.SET.value)
            .order_by(acts.c.seq)
        )
        with reading(self._engine, self.path) as connection:
            newest = {row.origin: row for row in connection.execute(chosen)}
        items = (
            JudgedItem(row.seq, row.claim_id, row.origin, row.end_key, row.publisher_key, row.value == "yes")
            for row in newest.values()
        )
        return sorted(items, key=lambda item: item.seq)

    def letters_set(self, keys: Sequence[str]) -> dict[str, Verdict]:
        """Key of a source's name -> the letter that a reviewer gave it."""
        with reading(self._engine, self.path) as connection:
            return {key: each for key, each in verdicts.for_sources(connection, keys).items() if each.act is Act.SET}

    def absorbed(self) -> dict[str, frozenset[str]]:
        """The name under which several go whom people put together -> the names of those who gave up theirs for it."""
        with reading(self._engine, self.path) as connection:
            return absorbed(connection)

    def related(self) -> Iterator[LinkedPair]:
        """All relations with where their claims stand, sorted by claim ids."""
        with reading(self._engine, self.path) as connection:
            for page in _pages(_all_relations(connection)):
                places = _places(connection, {end for one in page for end in (one.a, one.b)})
                yield from (
                    LinkedPair(one, places[one.a], places[one.b]) for one in page if one.a in places and one.b in places
                )

    def told_by_reports(self) -> Iterator[list[Told]]:
        """Every claim as linking sees it, some reports at a time: corrected, rejected ones left out, with what is known of its report."""
        with reading(self._engine, self.path) as connection:
            links = Links(connection)
            ids = connection.scalars(select(documents.c.id).where(documents.c.claims > 0).order_by(documents.c.id))
            for chunk in chunks(list(ids)):
                yield links.told(chunk)

    def told_of(self, ids: Sequence[str]) -> list[Told]:
        """These claims as linking sees them; what is rejected, or no more there, left out."""
        with reading(self._engine, self.path) as connection:
            return Links(connection).told_claims(ids)

    def ties(self, more: Iterable[tuple[str, str]] = ()) -> Iterator[tuple[str, str]]:
        """The pairs of claims that tell of one matter, as people have corrected them, and `more` pairs, in no order that means anything.

        Neither claim is one that was rejected or that no reading cuts out any more.
        """
        with reading(self._engine, self.path) as connection:
            gone = _gone(connection)
            yield from (pair for pair in chain(_ties(connection), more) if gone.isdisjoint(pair))

    def group(self, origin: str) -> list[str]:
        """The claims that rest on one word, by the id of their group."""
        with reading(self._engine, self.path) as connection:
            return sorted(member.claim for member in Links(connection).members_of([origin]))

    def answering(self, origins: Iterable[str]) -> list[tuple[Member, tuple[Verdict, ...]]]:
        """The claims of these origin groups, with who answers for each and the verdicts on it."""
        with reading(self._engine, self.path) as connection:
            members = Links(connection).members_of(origins)
            judged = verdicts.for_claims(connection, [member.claim for member in members])
            return [(member, judged.get(member.claim, ())) for member in members]

    def told_group(self, origin: str, most: int) -> list[Told]:
        """The first so many claims of an origin group, as linking sees them."""
        with reading(self._engine, self.path) as connection:
            links = Links(connection)
            return links.told_claims(sorted(member.claim for member in links.members_of([origin]))[:most])

    def verdict_history(
        self,
        *,
        claim: str | None = None,
        seq: int | None = None,
        limit: int | None = None,
        before: int | None = None,
    ) -> tuple[Verdict, ...]:
        """Every act, undone ones and undoings included, the newest first; `before` a number, for the next page."""
        with reading(self._engine, self.path) as connection:
            return verdicts.history(connection, claim=claim, seq=seq, limit=limit, before=before)

    def undone(self, numbers: Sequence[int]) -> frozenset[int]:
        """Which of these verdicts have been taken back."""
        with reading(self._engine, self.path) as connection:
            return verdicts.undone(connection, numbers)

    def last_verdict(self) -> int:
        """The number of the last verdict; 0 where there is none."""
        with reading(self._engine, self.path) as connection:
            return connection.scalar(select(func.max(acts.c.seq))) or 0

    def in_force(self, kind: SubjectKind) -> tuple[Verdict, ...]:
        """All verdicts in force on subjects of one kind, the oldest first: those on entities, for whoever reads them."""
        with reading(self._engine, self.path) as connection:
            return verdicts.of_kind(connection, kind)

    def pairs_judged(self, kind: SubjectKind) -> list[tuple[str, str, Verdict]]:
        """The verdicts in force on two claims, each with the claims as they are now."""
        with reading(self._engine, self.path) as connection:
            return verdicts.on_pairs(connection, kind)

    def unreviewed(self, limit: int | None = None) -> list[str]:
        """Claims that nobody has confirmed or rejected, one of each origin group: contested ones first."""
        seen = (
            select(anchors.c.now)
            .join(in_force, in_force.c.seq == anchors.c.seq)
            .where(in_force.c.field == "reading", anchors.c.now.is_not(None))
        )
        chosen = (
            select(standings.c.origin)
            .where(standings.c.origin.not_in(seen))
            .order_by(standings.c.contested.desc(), standings.c.origin)
            .limit(limit)
        )
        with reading(self._engine, self.path) as connection:
            return list(connection.scalars(chosen))

    def resting_on(self, name: str, key: str) -> Iterator[str]:
        """Claims whose chain names a source, a relay or a publisher so, and those that rest on the word of one of these.

        `name` is found inside longer names, folded; `key` is the name as origins are compared.
        """
        with reading(self._engine, self.path) as connection:
            named = set(connection.scalars(_naming(fold(name), key)))
            origins = {member.origin for member in Links(connection).members(named)}
            rest = {member.claim for member in Links(connection).members_of(origins)}
            yield from _in_order(connection, named | rest)


def _pages(found: Iterable[Relation]) -> Iterator[list[Relation]]:
    rest = iter(found)
    while page := list(islice(rest, _PAGE // 2)):
        yield page


def _places(connection: Connection, ids: Iterable[str]) -> dict[str, ClaimPlace]:
    found: dict[str, ClaimPlace] = {}
    columns = (claims.c.id, documents.c.name, claims.c.document_id, claims.c.start_at, claims.c.end_at)
    for chunk in chunks(sorted(ids)):
        chosen = select(*columns).join_from(claims, documents).where(claims.c.id.in_(chunk))
        found |= {
            row.id: ClaimPlace(row.id, row.name, row.document_id, row.start_at, row.end_at)
            for row in connection.execute(chosen)
        }
    return found


def _all_relations(connection: Connection) -> Iterator[Relation]:
    """Page by page by the smaller id, so that a ledger of any size is written in little memory."""
    changed = {end for a, b, _ in verdicts.on_pairs(connection, SubjectKind.LINK) for end in (a, b)}
    rows = select(relations.c.a).distinct().order_by(relations.c.a)
    starts = sorted(changed | set(connection.scalars(rows)))
    for chunk in chunks(starts):
        wanted = set(chunk)
        for one in relations_of(connection, chunk, evidence=True):
            if one.a in wanted:
                yield one


def _ties(connection: Connection) -> Iterator[tuple[str, str]]:
    judged = {frozenset((a, b)) for a, b, _ in verdicts.on_pairs(connection, SubjectKind.LINK)}
    chosen = select(relations.c.a, relations.c.b).where(relations.c.type != RelationType.SAME_SOURCE.value)
    for a, b in connection.execute(chosen, execution_options={"yield_per": _PAGE}):
        if frozenset((a, b)) not in judged:
            yield a, b
    for one in relations_of(connection, {end for pair in judged for end in pair}):
        if frozenset((one.a, one.b)) in judged and one.type is not RelationType.SAME_SOURCE:
            yield one.a, one.b


def _gone(connection: Connection) -> frozenset[str]:
    """The claims that people rejected, and those of reports that wait to be linked anew: whatever has links and is no claim."""
    rejected = (
        select(anchors.c.now)
        .join(acts, acts.c.seq == anchors.c.seq)
        .join(in_force, in_force.c.seq == acts.c.seq)
        .where(in_force.c.field == "reading", acts.c.act == Act.REJECT.value, anchors.c.now.is_not(None))
    )
    waiting = select(linked.c.claim_id).join(to_link, to_link.c.document_id == linked.c.document_id)
    lost = waiting.where(linked.c.claim_id.not_in(select(claims.c.id)))
    return frozenset(connection.scalars(rejected)) | frozenset(connection.scalars(lost))


def _naming(name: str, key: str) -> Select[Any]:
    conditions = [claims.c.source_key.contains(name, autoescape=True), claims.c.via_key.contains(name, autoescape=True)]
    chosen = select(claims.c.id).outerjoin(linked, linked.c.claim_id == claims.c.id)
    return chosen.where(or_(*conditions, linked.c.end_key == key, linked.c.publisher_key == key))


def _in_order(connection: Connection, ids: Iterable[str]) -> Iterator[str]:
    found: list[Any] = []
    for chunk in chunks(sorted(ids)):
        chosen = select(claims.c.id, claims.c.document_id, claims.c.start_at).where(claims.c.id.in_(chunk))
        found += connection.execute(chosen).all()
    yield from (row.id for row in sorted(found, key=lambda row: (row.document_id, row.start_at, row.id)))
