"""Whom a pronoun means: the speaker, or who was named last and fits it; nobody where two fit or none does."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bywhom.prose.peoplenames import plain
from bywhom.records import Actor, Claim, Entity, EntityKind, Role, Source, SourceKind

SINGLE = frozenset("i me my".split())
SPEAKER = frozenset("i me my we us our".split())
PERSONAL = frozenset("he him his she her".split())
BODILY = frozenset("it its".split())
PLURAL = frozenset("they them their".split())
_POINTING = SPEAKER | PERSONAL | BODILY | PLURAL
PRONOUNS = _POINTING | frozenset("you who himself herself themselves".split())
_FOR_A_STATE = frozenset([SourceKind.OFFICIAL, SourceKind.MILITARY])
_REACH = 400  # characters back to who is meant
_BODIES = frozenset(EntityKind) - {EntityKind.PERSON, EntityKind.DESCRIPTION, EntityKind.PLACE}
_NO_PLURAL = re.compile(r"(?:ss|us|is)$")
_MANY = frozenset("people police men women children troops personnel staff crew youths".split())
_HEAD_END = re.compile(r" (?:of|in|at|from|near|who|that|with|for|on|to) |, ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody whom the report has named: where, and what pronouns fit."""

    at: int
    actor: Actor
    fits: frozenset[str]
    leads: bool  # as the subject or the speaker: who is spoken of further


@dataclass(slots=True)
class StandIns:
    """Who was named so far in one report."""

    text: str
    state: Callable[[Entity, Actor], Actor | None]  # the state that somebody speaks for, as an actor
    is_person: Callable[[str], bool]  # whether a description is of a person
    met: list[Met] = field(default_factory=list)

    def meant(self, actor: Actor, claim: Claim, entities: dict[str, Entity]) -> Actor | None:
        """The actor whom a pronoun in a claim stands for, in the pronoun's role and at its words."""
        word = plain(actor.name)
        if actor.mention is None:
            return None
        said = claim.attribution
        if word in SINGLE:
            return _as_actor(said.source, actor) if said.source and said.source.name else None
        if word in SPEAKER:
            return self._own_side(said.source, actor, entities)
        found = self._nearest(word, actor.mention.start)
        return Actor(found.name, actor.role, actor.mention, found.side, found.id) if found else None

    def _own_side(self, source: Source | None, actor: Actor, entities: dict[str, Entity]) -> Actor | None:
        """Who "we" are: the body that speaks, or the state that somebody speaks for."""
        entity = entities.get(source.id or "") if source else None
        if source is None or entity is None:
            return None
        if entity.kind in _BODIES:
            return _as_actor(source, actor)
        return self.state(entity, actor) if entity.role in _FOR_A_STATE and entity.side else None

    def _nearest(self, word: str, at: int) -> Actor | None:
        """Who leads last before a pronoun, where the pronoun fits and no paragraph ends between."""
        before = [met for met in self.met if at - _REACH <= met.at < at and met.leads]
        met = max(before, key=lambda each: each.at, default=None)
        if met is None or word not in met.fits or "\n\n" in self.text[met.at : at]:
            return None
        return met.actor

    def hear(self, claim: Claim, entities: dict[str, Entity]) -> None:
        """Remember who speaks in a claim."""
        source = claim.attribution.source
        if source and source.name and source.mention and plain(source.mention.text) not in _POINTING:
            self._remember(Actor(source.name, Role.AGENT, source.mention, None, source.id), entities, leads=True)

    def see(self, actors: tuple[Actor, ...], entities: dict[str, Entity]) -> None:
        """Remember who acts and who suffers in a claim."""
        for actor in actors:
            if actor.mention and plain(actor.mention.text) not in _POINTING:
                self._remember(actor, entities, leads=actor.role is Role.AGENT)

    def _remember(self, actor: Actor, entities: dict[str, Entity], *, leads: bool) -> None:
        if actor.mention:
            fits = _fits(actor, entities.get(actor.id or ""), is_person=self.is_person(actor.name))
            self.met.append(Met(actor.mention.start, actor, fits, leads))


def _fits(actor: Actor, entity: Entity | None, *, is_person: bool) -> frozenset[str]:
    """The pronouns that can stand for somebody."""
    if entity and entity.kind is EntityKind.PERSON:
        return PERSONAL
    if entity and entity.kind is EntityKind.OUTLET:
        return BODILY
    if entity and entity.kind in _BODIES:
        return BODILY | PLURAL
    head = next(reversed(head_of(actor.name)), "")
    described = entity is not None and entity.kind is EntityKind.DESCRIPTION
    plural = head.endswith("s") and (described or head.islower()) and not _NO_PLURAL.search(head)
    if plural or head.lower() in _MANY:
        return PLURAL
    return PERSONAL if described and is_person else frozenset()


def head_of(description: str) -> list[str]:
    """The words of a description up to the first that leads on: "two soldiers" of "two soldiers from the hills"."""
    return _HEAD_END.split(f"{description} ")[0].split()


def _as_actor(source: Source, actor: Actor) -> Actor:
    return Actor(source.name or actor.name, actor.role, actor.mention, None, source.id)
