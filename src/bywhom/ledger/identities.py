"""Who is one and the same, and who is not, as people have decided: laid over what was read, never written into it.

Two entities that are one go by the id and the name of one of them; of an entity that is several in truth, the mentions in one report go to
another. What was read keeps its ids in its rows, so that an undoing brings back what was there before.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, and_, case, or_, select, tuple_

from bywhom.ledger import verdicts
from bywhom.ledger.engine import chunks
from bywhom.ledger.folding import fold
from bywhom.ledger.schema import entities, in_force, mentions
from bywhom.ledger.schema import verdicts as acts
from bywhom.records import Act, Actor, Claim, EntityKind, Hop, Source, SubjectKind, entity_id

SAME, APART = "same", "apart"
T = TypeVar("T", Source, Hop, Actor)
Where = tuple[str, str]  # an entity as it was read, and a report


@dataclass(frozen=True)
class Identities:
    """What people decided about who is who."""

    same: dict[str, str] = field(default_factory=dict)  # an id -> the id under which it goes
    apart: dict[Where, str] = field(default_factory=dict)  # in this report it is that one
    new: dict[str, str] = field(default_factory=dict)  # ids that only people have given -> the name
    names: dict[str, str] = field(default_factory=dict)  # the name under which all that were put together go

    def __bool__(self) -> bool:
        return bool(self.same or self.apart)

    def of(self, read: str, document_id: str) -> str:
        """The id under which an entity of a report goes."""
        one = self.apart.get((read, document_id), read)
        return self.same.get(one, one)

    def everywhere(self, read: str) -> set[str]:
        """The ids under which an entity goes in one report or another."""
        moved = {target for (own, _), target in self.apart.items() if own == read}
        return {self.same.get(one, one) for one in (read, *moved)}

    def parts(self, now: str) -> set[str]:
        """The ids, as they were read, that may go under one."""
        plain = {now, *(one for one, root in self.same.items() if root == now)}
        return plain | {own for (own, _), target in self.apart.items() if self.same.get(target, target) == now}

    def is_decided(self, now: str) -> bool:
        """Whether people decided anything about who goes under an id."""
        return self.parts(now) != {now} or any(own == now for own, _ in self.apart)

    def concerned(self) -> set[str]:
        """Every id that was read and goes under another somewhere."""
        return {*self.same, *(own for own, _ in self.apart)}

    def claim(self, claim: Claim) -> Claim:
        """The claim, its source, relays and actors as the ones that they are."""
        if not self:
            return claim
        said, where = claim.attribution, claim.document_id
        source = self._known(said.source, where) if said.source else None
        relays = tuple(self._known(hop, where) for hop in said.relays)
        actors = tuple(self._known(actor, where) for actor in claim.event.actors)
        if (source, relays, actors) == (said.source, said.relays, claim.event.actors):
            return claim
        return replace(
            claim,
            attribution=replace(said, source=source, relays=relays),
            event=replace(claim.event, actors=actors),
        )

    def _known(self, one: T, where: str) -> T:
        now = self.of(one.id, where) if one.id else None
        return replace(one, id=now, name=self.names[now]) if now in self.names and now != one.id else one

    # In statements ----------------------------------------------------------------------------------------------

    def mentioned(self, now: Iterable[str]) -> ColumnElement[bool]:
        """Whether a mention is one of these."""
        wanted = set(now)
        parts = {part for one in wanted for part in self.parts(one)}
        here = [where for where in self.apart if where[0] in parts and self.of(*where) in wanted]
        elsewhere = [where for where in self.apart if where[0] in parts and self.of(*where) not in wanted]
        plain = [one for one in parts if self.same.get(one, one) in wanted]
        own = tuple_(mentions.c.entity_id, mentions.c.document_id)
        conditions = [and_(mentions.c.entity_id.in_(plain), own.not_in(elsewhere)) if elsewhere else mentions.c.entity_id.in_(plain)]  # fmt: skip
        return or_(*conditions, own.in_(here)) if here else conditions[0]

    def column(self) -> ColumnElement[str]:
        """The id under which a mention goes."""
        whens: list[tuple[Any, Any]] = [
            (and_(mentions.c.entity_id == own, mentions.c.document_id == where), self.of(own, where)) for own, where in self.apart
        ]  # fmt: skip
        whens += [(mentions.c.entity_id == own, root) for own, root in self.same.items()]
        return case(*whens, else_=mentions.c.entity_id) if whens else mentions.c.entity_id


def identities(connection: Connection) -> Identities:
    """What is in force about who is who."""
    decided = connection.execute(
        select(acts.c.seq, acts.c.subject, acts.c.field, acts.c.act, acts.c.value)
        .join(in_force, in_force.c.seq == acts.c.seq)
        .where(in_force.c.field.in_((SAME, APART)), acts.c.act == Act.SET.value)
        .order_by(acts.c.seq)
    ).all()
    if not decided:
        return Identities()
    same, apart, new = _joined(decided), dict[Where, str](), dict[str, str]()
    for row in decided:
        if row.field == APART:
            own, where = _apart_ids(row.subject)
            target = target_of(own, row.value or "")
            apart[own, where] = target
            if target != row.value:
                new[target] = row.value or ""
    roots = {same.get(one, one) for one in (*same, *apart.values())}
    names = {root: new[root] for root in roots if root in new} | names_read(connection, sorted(roots - set(new)))
    return Identities({one: root for one, root in same.items() if one != root}, apart, new, names)


def target_of(own: str, value: str) -> str:
    """The id of whom somebody is taken for: one that is there, or the one that a name makes beside the entity it was read as."""
    if len(value) == 16 and set(value) <= set("0123456789abcdef"):
        return value
    return entity_id(EntityKind.PERSON, value, own)


def _apart_ids(subject: str) -> Where:
    _, own, where = subject.split(" ")
    return own, where


def _joined(decided: Sequence[Any]) -> dict[str, str]:
    """Each id that was put together with another -> the id under which all go, in the order of the verdicts."""
    up: dict[str, str] = {}

    def root(one: str) -> str:
        while up.get(one, one) != one:
            one = up[one]
        return one

    for row in decided:
        if row.field == SAME:
            pair = row.subject.split(" ")[1:]
            kept = row.value if row.value in pair else pair[0]
            for one in pair:
                if root(one) != root(kept):
                    up[root(one)] = root(kept)
    return {one: root(one) for one in up}


def names_read(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """The usual name of each."""
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for chunk in chunks(ids):
        for row in connection.execute(select(entities.c.id, entities.c.name).where(entities.c.id.in_(chunk))):
            told[row.id][row.name] += 1
    return {one: min(names, key=lambda each: (each.isupper(), -names[each], each)) for one, names in told.items()}


def absorbed(connection: Connection) -> dict[str, frozenset[str]]:
    """The name under which several go whom people put together -> the names of those who gave up theirs for it."""
    known = identities(connection)
    found: dict[str, set[str]] = defaultdict(set)
    for chunk in chunks(sorted(known.same)):
        for row in connection.execute(
            select(entities.c.id, entities.c.name).where(entities.c.id.in_(chunk)).distinct()
        ):
            found[known.names.get(known.same[row.id], row.name)].add(row.name)
    return {name: frozenset(names - {name}) for name, names in found.items()}


# What a verdict bears upon --------------------------------------------------------------------------------------------


def renamed(connection: Connection, before: Identities, after: Identities) -> list[tuple[str, str]]:
    """Claims, and their reports, in which somebody goes by another id or name than before."""
    ids = {one for one in before.concerned() | after.concerned() if _called(before, one) != _called(after, one)}
    places = {one for one in {*before.apart, *after.apart} if _called(before, *one) != _called(after, *one)}
    found: set[tuple[str, str]] = set()
    own = tuple_(mentions.c.entity_id, mentions.c.document_id)
    for condition in (
        *(mentions.c.entity_id.in_(chunk) for chunk in chunks(sorted(ids))),
        *(own.in_(chunk) for chunk in chunks(sorted(places))),
    ):
        chosen = select(mentions.c.claim_id, mentions.c.document_id).where(condition).distinct()
        found.update((row.claim_id, row.document_id) for row in connection.execute(chosen))
    return sorted(found)


def _called(known: Identities, read: str, where: str = "") -> tuple[str, str]:
    now = known.of(read, where)
    return now, known.names.get(now, "")


def in_reports(connection: Connection, document_ids: Sequence[str]) -> list[str]:
    """Claims of these reports in which somebody goes by another name than was read."""
    known = identities(connection)
    found: list[str] = []
    if known:
        concerned = sorted(known.concerned())
        for chunk in chunks(document_ids):
            for some in chunks(concerned):
                here = mentions.c.document_id.in_(chunk) & mentions.c.entity_id.in_(some)
                found += connection.scalars(select(mentions.c.claim_id).where(here).distinct())
    return sorted(set(found))


def decided_of(connection: Connection, ids: Iterable[str]) -> tuple[Any, ...]:
    """Every act about any of these entities, those on pairs among them, the newest first."""
    wanted = set(ids)
    chosen = select(acts.c.seq, acts.c.subject).where(acts.c.subject.startswith(SubjectKind.ENTITY.value + " "))
    numbers = [row.seq for row in connection.execute(chosen) if wanted & set(row.subject.split(" ")[1:])]
    return verdicts.of_numbers(connection, sorted(numbers, reverse=True))


def same_name(known: Identities, name: str) -> list[str]:
    """The ids that people have given to somebody of this name."""
    wanted = fold(name)
    return sorted(one for one, given in known.new.items() if wanted and (wanted in fold(given) or one.startswith(name)))
