"""Entities over all reports: who is there, what each says and through whose hands, and how its numbers changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from bywhom.errors import UsageError
from bywhom.ledger import verdicts
from bywhom.ledger.folding import fold
from bywhom.ledger.queries import LedgerClaim, is_digest_prefix, starts_with
from bywhom.ledger.rows import entity_of, sounds_of
from bywhom.ledger.schema import claims, documents, entities, mentions
from bywhom.records import Claim, Entity, EntityKind, MentionRole, Quantity

T = TypeVar("T")
_PAGE = 400  # ids in one statement; SQLite takes at most 999 values


@dataclass(frozen=True, slots=True)
class LedgerEntity:
    """An entity over all reports, and how much there is of it."""

    entity: Entity
    mentions: int
    said: int  # claims that it answers for
    reports: int
    judged: bool | None = None  # what a person decided on its protection; None: nobody did


@dataclass(frozen=True, slots=True)
class Revision:
    """Two claims of one entity about one event that give different numbers, the earlier first."""

    before: str  # claim id
    after: str
    was: Quantity
    now: Quantity


@dataclass(frozen=True, slots=True)
class Testimony:
    """All that a ledger holds of one entity; claims in the order in which they were published."""

    entity: LedgerEntity
    said: tuple[LedgerClaim, ...]
    relayed: tuple[LedgerClaim, ...]  # what others say through its hands
    about: tuple[LedgerClaim, ...]  # what it is said to do or to suffer
    revisions: tuple[Revision, ...]


def list_entities(
    connection: Connection, kind: EntityKind | str | None, text: str | None, *, local: bool, limit: int | None
) -> Iterator[LedgerEntity]:
    """The entities that fit, those with most mentions first."""
    conditions = []
    if kind:
        conditions.append(entities.c.kind == _kind(kind))
    if text:
        conditions.append(entities.c.name_key.contains(fold(text), autoescape=True))
    if not local:
        conditions.append(entities.c.local == 0)
    if limit is None or text:
        chosen = select(entities.c.id).where(*conditions).distinct()
        counted = connection.execute(_counts().where(mentions.c.entity_id.in_(chosen)).limit(limit)).all()
    else:
        foremost = list(islice(_foremost(connection, conditions), limit))
        counted = connection.execute(_counts().where(mentions.c.entity_id.in_(foremost))).all() if foremost else []
    for page in _pages(counted):
        yield from _summed(connection, page)


def _foremost(connection: Connection, conditions: Sequence[ColumnElement[bool]]) -> Iterator[str]:
    """The ids that fit, those with most mentions first: read off an index, so that a list of some costs little in any ledger."""
    ranked = (
        select(mentions.c.entity_id).group_by(mentions.c.entity_id).order_by(func.count().desc(), mentions.c.entity_id)
    )
    for page in connection.execute(ranked).scalars().partitions(_PAGE):
        fitting = set(connection.scalars(select(entities.c.id).where(entities.c.id.in_(page), *conditions)))
        yield from (each for each in page if each in fitting)


def _kind(kind: EntityKind | str) -> str:
    if kind in list(EntityKind):
        return str(kind)
    raise UsageError(f"kind {kind!r} is not one of: {', '.join(EntityKind)}")


def _counts() -> Select[Any]:
    said = func.count(func.distinct(case((mentions.c.role == MentionRole.SOURCE.value, mentions.c.claim_id))))
    number = func.count()
    return (
        select(
            mentions.c.entity_id.label("id"),
            number.label("mentions"),
            said.label("said"),
            func.count(func.distinct(mentions.c.document_id)).label("reports"),
        )
        .group_by(mentions.c.entity_id)
        .order_by(number.desc(), mentions.c.entity_id)
    )


def _summed(connection: Connection, page: Sequence[Any]) -> Iterator[LedgerEntity]:
    known: dict[str, list[Entity]] = {}
    chosen = select(entities.c.id, entities.c.record).where(entities.c.id.in_([row.id for row in page]))
    for row in connection.execute(chosen):
        known.setdefault(row.id, []).append(entity_of(row.record))
    judged = verdicts.protection(connection, [row.id for row in page])
    for row in page:
        entity, said = over_all(known[row.id]), judged.get(row.id)
        if said is not None:
            entity = replace(entity, protected=said)
        yield LedgerEntity(entity, row.mentions, row.said, row.reports, said)


def over_all(reports: Sequence[Entity]) -> Entity:
    """One entity as all reports together know it: the usual name; what they do not agree on is left blank."""
    names = Counter(each.name for each in reports)
    name = min(names, key=lambda each: (each.isupper(), -names[each], each))
    others = {alias for each in reports for alias in (each.name, *each.aliases)} - {name}
    return replace(
        min(reports, key=repr),
        name=name,
        side=_agreed(each.side for each in reports),
        country=_agreed(each.country for each in reports),
        role=_agreed(each.role for each in reports),
        aliases=tuple(sorted(others)),
        protected=any(each.protected for each in reports),
    )


def _agreed(values: Iterable[T | None]) -> T | None:
    found = {value for value in values if value is not None}
    return found.pop() if len(found) == 1 else None


def named(connection: Connection, name: str) -> list[LedgerEntity]:
    """Whom a name or an id may mean, those with most mentions first: the most exact way of reading it that finds any."""
    for way in _ways(name):
        found = connection.execute(_counts().where(mentions.c.entity_id.in_(way))).all()
        if found:
            return [each for page in _pages(found) for each in _summed(connection, page)]
    return []


def _ways(name: str) -> Iterator[Select[Any]]:
    ids = select(entities.c.id).distinct()
    if is_digest_prefix(name):
        yield ids.where(starts_with(entities.c.id, name))
    folded, heard = fold(name), sounds_of(name)
    for before, after in (("\n", "\n"), (" ", "\n"), ("", "")):
        for key in filter(None, (folded, heard)):
            yield ids.where(entities.c.name_key.contains(f"{before}{key}{after}", autoescape=True))


def select_claims_with(entity_id: str, roles: Iterable[MentionRole]) -> Select[str, str, str]:
    """The claims in which an entity has one of the roles, in the order of publication, of events, of the text."""
    has = select(mentions.c.claim_id).where(
        mentions.c.entity_id == entity_id, mentions.c.role.in_([role.value for role in roles])
    )
    when = (func.coalesce(documents.c.published, "9999"), func.coalesce(claims.c.first_day, "9999"))
    return (
        select(claims.c.record, claims.c.document_id, claims.c.id)
        .join_from(claims, documents)
        .where(claims.c.id.in_(has))
        .order_by(*when, documents.c.name, claims.c.start_at, claims.c.id)
    )


def revisions(said: Sequence[LedgerClaim]) -> tuple[Revision, ...]:
    """Where one entity gives another number for the same event, place, day and thing counted than it gave before.

    Every claim is held against the last one before it that counts the same. Nothing is where the day or the place is
    not known, or within one report: two numbers in one breath count two things.
    """
    found = []
    last: dict[tuple[str, ...], tuple[Claim, Quantity]] = {}
    for each in said:
        for key, quantity in _counted(each.claim):
            before = last.get(key)
            elsewhere = before and before[0].document_id != each.claim.document_id
            if before and elsewhere and (before[1].low, before[1].high) != (quantity.low, quantity.high):
                found.append(Revision(before[0].id, each.claim.id, before[1], quantity))
            last[key] = each.claim, quantity
    return tuple(found)


def _counted(claim: Claim) -> Iterator[tuple[tuple[str, ...], Quantity]]:
    """What a claim counts, each with what makes it comparable; nothing where it counts one thing twice."""
    place, time = claim.place, claim.time
    if place is None or place.name is None or time is None:
        return
    keys = [fold(quantity.unit) for quantity in claim.quantities]
    for unit, quantity in zip(keys, claim.quantities, strict=True):
        if unit and keys.count(unit) == 1:
            yield (claim.event.type.value, fold(place.name), place.country or "", time.value, unit), quantity


def _pages(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), _PAGE):
        yield rows[start : start + _PAGE]
