"""Entities over all reports: who is there, what each says and through whose hands, and how its numbers changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, case, func, or_, select

from bywhom.errors import UsageError
from bywhom.ledger import verdicts
from bywhom.ledger.engine import chunks
from bywhom.ledger.folding import fold
from bywhom.ledger.identities import Identities, identities, same_name
from bywhom.ledger.queries import LedgerClaim, is_digest_prefix, starts_with
from bywhom.ledger.rows import entity_of, sounds_of
from bywhom.ledger.schema import called, claims, counted, documents, entities, mentions
from bywhom.records import Claim, Entity, EntityKind, MentionRole, Quantity

T = TypeVar("T")
_TELLING = 3  # letters or sounds from which a part of a name is looked for
_LOOKED_AT = 900  # names that are held against one that nobody has
_LIKE = 0.7  # share of letters in common from which a name is offered
_OFFERED = 3
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
    known = identities(connection)
    chosen = select(counted.c.id)
    if kind:
        chosen = chosen.where(counted.c.kind == _kind(kind))
    if text:
        called_so = select(called.c.id).where(called.c.name_key.contains(fold(text), autoescape=True))
        chosen = chosen.where(counted.c.id.in_(called_so))
    if not local:
        chosen = chosen.where(counted.c.local == 0)
    read = list(connection.scalars(chosen.order_by(counted.c.mentions.desc(), counted.c.id).limit(limit)))
    for chunk in chunks(sorted(known.concerned()) if limit else ()):  # put together, they may come before others
        read += connection.scalars(chosen.where(counted.c.id.in_(chunk)))
    for page in _pages(_counted_of(connection, known, read, same_name(known, text or ""))[:limit]):
        yield from _summed(connection, known, page)


def _counted_of(
    connection: Connection, known: Identities, read: Iterable[str], more: Sequence[str] = ()
) -> Sequence[LedgerCount]:
    """How much there is of each of those read, under the ids by which they go, those with most mentions first."""
    now = {one for each in set(read) for one in known.everywhere(each)} | set(more)
    decided = {one for one in now if known.is_decided(one)}
    found = list(_kept(connection, sorted(now - decided)))
    for chunk in chunks(sorted(decided)):
        rows = connection.execute(_counts(known).where(known.mentioned(chunk)))
        found += [LedgerCount(row.id, row.mentions, row.said, row.reports) for row in rows if row.id in now]
    return sorted(found, key=lambda one: (-one.mentions, one.id))


@dataclass(frozen=True, slots=True)
class LedgerCount:
    """How much there is of one entity in the whole ledger."""

    id: str
    mentions: int
    said: int
    reports: int


def _kept(connection: Connection, ids: Sequence[str]) -> Iterator[LedgerCount]:
    """How much there is of each, as it is kept added up: where nobody has decided who it is."""
    for chunk in chunks(ids):
        columns = (counted.c.id, counted.c.mentions, counted.c.said, counted.c.reports)
        yield from (LedgerCount(*row) for row in connection.execute(select(*columns).where(counted.c.id.in_(chunk))))


def _kind(kind: EntityKind | str) -> str:
    if kind.lower() in list(EntityKind):
        return kind.lower()
    raise UsageError(f"kind {kind!r} is not one of: {', '.join(EntityKind)}")


def _counts(known: Identities) -> Select[str, int, int, int]:
    said = func.count(func.distinct(case((mentions.c.role == MentionRole.SOURCE.value, mentions.c.claim_id))))
    number, who = func.count(), known.column()
    return (
        select(
            who.label("id"),
            number.label("mentions"),
            said.label("said"),
            func.count(func.distinct(mentions.c.document_id)).label("reports"),
        )
        .group_by(who)
        .order_by(number.desc(), who)
    )


def _summed(connection: Connection, known: Identities, page: Sequence[LedgerCount]) -> Iterator[LedgerEntity]:
    parts = {row.id: known.parts(row.id) for row in page}
    read = sorted({part for some in parts.values() for part in some})
    told = _told(connection, known, read)
    judged = verdicts.protection(connection, read)
    for row in page:
        entity = _named(over_all(told[row.id]), row.id, known)
        said = _protected(judged, row.id, parts[row.id])
        if said is not None:
            entity = replace(entity, protected=said)
        yield LedgerEntity(entity, row.mentions, row.said, row.reports, said)


def _told(connection: Connection, known: Identities, ids: Sequence[str]) -> dict[str, Counter[Entity]]:
    """What reports know of each, under the ids by which they go, and how many reports know just that."""
    several = {own for own, _ in known.apart}  # who is somebody else in some reports is read report by report
    told: dict[str, Counter[Entity]] = {}
    for chunk in chunks([each for each in ids if each not in several]):
        for row in connection.execute(
            select(called.c.id, called.c.record, called.c.reports).where(called.c.id.in_(chunk))
        ):
            told.setdefault(known.of(row.id, ""), Counter())[entity_of(row.record)] += row.reports
    for chunk in chunks([each for each in ids if each in several]):
        chosen = select(entities.c.document_id, entities.c.id, entities.c.record).where(entities.c.id.in_(chunk))
        for row in connection.execute(chosen):
            told.setdefault(known.of(row.id, row.document_id), Counter())[entity_of(row.record)] += 1
    return told


def _named(entity: Entity, own: str, known: Identities) -> Entity:
    """The entity under the id and the name by which people decided that it goes."""
    name = known.names.get(own, entity.name)
    others = {*entity.aliases, entity.name} - {name} if own not in known.new else set[str]()
    return replace(entity, id=own, name=name, aliases=tuple(sorted(others)))


def _protected(judged: Mapping[str, bool], own: str, parts: Iterable[str]) -> bool | None:
    """What people decided on its protection; of several that are one, one that is private makes all of them so."""
    if own in judged:
        return judged[own]
    said = [judged[part] for part in parts if part in judged]
    return any(said) if said else None


def private_in(connection: Connection, document_ids: Sequence[str]) -> dict[str, list[LedgerEntity]]:
    """Report -> the private people in it, each with every name that the report has for it; and all that is no person."""
    known, here = identities(connection), dict[tuple[str, str], Entity]()
    for chunk in chunks(document_ids):
        columns = (entities.c.document_id, entities.c.id, entities.c.record)
        for row in connection.execute(select(*columns).where(entities.c.document_id.in_(chunk))):
            here[row.document_id, row.id] = entity_of(row.record)
    parts = {now: known.parts(now) for now in {known.of(own, where) for where, own in here}}
    read = sorted({part for some in parts.values() for part in some})
    judged, private = verdicts.protection(connection, read), _private(connection, read)
    called = _called(connection, document_ids)
    found: dict[str, list[LedgerEntity]] = {}
    for (where, own), entity in sorted(here.items()):
        now = known.of(own, where)
        said = _protected(judged, now, parts[now])
        if private & parts[now] if said is None else said:
            names = {entity.name, *entity.aliases, *_short_names(entity, called.get((where, own), ()))}
            if now in known.names:
                names.add(known.names[now])
            aliases = tuple(sorted(names - {entity.name}))
            one = replace(entity, id=now, aliases=aliases, protected=True)
            found.setdefault(where, []).append(LedgerEntity(one, 0, 0, 0, said))
        elif entity.kind not in (EntityKind.PERSON, EntityKind.DESCRIPTION):
            found.setdefault(where, []).append(LedgerEntity(replace(entity, protected=False), 0, 0, 0, said))
    return found


def _private(connection: Connection, ids: Sequence[str]) -> frozenset[str]:
    """Those that some report knows as private people."""
    found: set[str] = set()
    for chunk in chunks(ids):
        found |= set(connection.scalars(select(called.c.id).where(called.c.id.in_(chunk), called.c.protected == 1)))
    return frozenset(found)


def _called(connection: Connection, document_ids: Sequence[str]) -> dict[tuple[str, str], set[str]]:
    """The words with which each report mentions each entity."""
    found: dict[tuple[str, str], set[str]] = {}
    for chunk in chunks(document_ids):
        columns = (mentions.c.document_id, mentions.c.entity_id, mentions.c.text)
        chosen = select(*columns).where(mentions.c.document_id.in_(chunk), mentions.c.text.is_not(None)).distinct()
        for row in connection.execute(chosen):
            found.setdefault((row.document_id, row.entity_id), set()).add(row.text)
    return found


def _short_names(entity: Entity, called: Iterable[str]) -> Iterator[str]:
    """The mentions that are a part of the name: a short one, such as "Ali", is only known for a name where the report uses it as one."""
    words = {word for name in (entity.name, *entity.aliases) for word in fold(name).split()}
    yield from (each for each in called if each[:1].isupper() and set(fold(each).split()) <= words)


def over_all(reports: Iterable[Entity]) -> Entity:
    """One entity as all reports together know it: the usual name; what they do not agree on is left blank."""
    reports = reports if isinstance(reports, Counter) else Counter(reports)
    names: Counter[str] = Counter()
    for each, count in reports.items():
        names[each.name] += count
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
    known = identities(connection)
    more = same_name(known, name)
    for way in _ways(name):
        found = _counted_of(connection, known, connection.scalars(way), more)
        if found:
            return [each for page in _pages(found) for each in _summed(connection, known, page)]
    return []


def _ways(name: str) -> Iterator[Select[Any]]:
    ids = select(called.c.id).distinct()
    if is_digest_prefix(name):
        yield ids.where(starts_with(called.c.id, name))
    folded, heard = fold(name), sounds_of(name)
    keys = [key for key in (folded, heard) if len(key) >= _TELLING or key == folded != ""]
    for before, after in (("\n", "\n"), (" ", "\n")):
        for key in keys:
            yield ids.where(called.c.name_key.contains(f"{before}{key}{after}", autoescape=True))
    if len(folded) >= _TELLING:  # how a word of a name begins
        yield ids.where(or_(*(called.c.name_key.contains(f"{before}{folded}", autoescape=True) for before in "\n ")))


def near_names(connection: Connection, name: str) -> tuple[str, ...]:
    """Names in the ledger that look like one that nobody has, the likest first; none of private people."""
    folded = fold(name)
    if not folded:
        return ()
    begins = or_(*(called.c.name_key.contains(f"{before}{folded[0]}", autoescape=True) for before in "\n "))
    private = select(called.c.id).where(called.c.protected == 1)
    chosen = select(called.c.id, called.c.name).where(begins, called.c.local == 0, called.c.id.not_in(private))
    rows = connection.execute(chosen.distinct().order_by(called.c.name).limit(_LOOKED_AT)).all()
    judged = verdicts.protection(connection, [row.id for row in rows])
    likest: dict[str, tuple[float, str]] = {}  # entity -> its likest name
    for row in rows:
        found = (-_likeness(folded, fold(row.name)), row.name)
        if not judged.get(row.id) and -found[0] >= _LIKE:
            likest[row.id] = min(found, likest.get(row.id, found))
    return tuple(name for _, name in sorted(likest.values())[:_OFFERED])


def _likeness(one: str, other: str) -> float:
    """The share of letters that a name has in common with another, or with one of its words."""
    return max(SequenceMatcher(None, one, part).ratio() for part in (other, *other.split()))


def select_claims_with(known: Identities, entity_id: str, roles: Iterable[MentionRole]) -> Select[str, str, str]:
    """The claims in which an entity has one of the roles, in the order of publication, of events, of the text."""
    has = select(mentions.c.claim_id).where(
        known.mentioned([entity_id]), mentions.c.role.in_([role.value for role in roles])
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
