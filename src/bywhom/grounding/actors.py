"""Who is who: sources, relays and actors of one report led to entities that are the same in every report.

Nothing resolved beats wrongly resolved: a description stays within its report, a surname that two people bear stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bywhom.grounding.actortables import ActorTables, Nation
from bywhom.grounding.bodies import Bodies
from bywhom.grounding.people import PUBLIC, People, Role, is_possessive
from bywhom.grounding.standins import PRONOUNS, StandIns, head_of
from bywhom.prose.articles import has_article
from bywhom.prose.peoplenames import person_key, plain
from bywhom.records import (
    Actor,
    Attribution,
    Claim,
    Document,
    Entity,
    EntityKind,
    Hop,
    Mention,
    Quantity,
    Source,
    SourceKind,
    entity_id,
    place_id,
)
from bywhom.records import Role as Part

_PRIVATE = frozenset([SourceKind.RELATIVE, SourceKind.WITNESS])
_PERSONAL = frozenset("he she him her".split())
_PARTICLES = frozenset("al el ul bin ibn abu um umm de da dos von van der den di du la le ash as at ad".split())
_CALENDAR = frozenset(
    "january february march april may june july august september october november december monday tuesday \
wednesday thursday friday saturday sunday".split()
)
_NUMBERS = frozenset(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty \
forty fifty sixty seventy eighty ninety hundred hundreds thousands dozens several many some".split()
)
_INDEFINITE = re.compile(
    r"(?:\b(?:a|an|another|some|several|many|other|one|two|three|four|five|six|seven|eight|nine|ten)|\d)\s*$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\d|(?:a|an|another|other|some|several|many|few|one|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|thousands|at|up|more|about|nearly)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\s(?:of\s)?(?:its|our|their)(?:\sown)?\s")  # behind a number: "12 of its soldiers"


@dataclass(frozen=True, slots=True)
class Cast:
    """The claims of one report, and who is in them."""

    claims: tuple[Claim, ...]
    entities: tuple[Entity, ...] = ()  # in the order of their ids


def resolve_actors(doc: Document, claims: Sequence[Claim], tables: ActorTables) -> Cast:
    """The claims with the ids of their sources, relays and actors and the sides of their actors, and the entities."""
    resolver = _Resolver(doc, claims, tables)
    told = [replace(claim, attribution=resolver.attribution(claim.attribution)) for claim in claims]
    done = tuple(resolver.with_actors(claim) for claim in told)  # after all sources: they say who is a person
    return Cast(done, resolver.entities(done))


class _Resolver:
    """Whom the names in one report mean, and what was made of them."""

    def __init__(self, doc: Document, claims: Sequence[Claim], tables: ActorTables) -> None:
        self.doc, self.tables = doc, tables
        self.bodies = Bodies(doc.text, tables)
        self.people = People(doc.text, tables)
        self.found: dict[str, Entity] = {}
        self.spellings: dict[str, set[str]] = {}
        self.persons: dict[str, Entity] = {}  # by key: those who speak in this report
        self.outlets: dict[str, Entity] = {}  # by plain name: those that speak or relay in this report
        self.standins = StandIns(doc.text, self._state_of, self._is_person_noun)
        self.places = {plain(claim.place.mention.text) for claim in claims if claim.place}
        self.voices = {source.name for source in _sources(claims)}
        self.kinds = self._kinds(claims)
        self.human = {
            source.name for source in _sources(claims) if source.mention and source.mention.text.lower() in _PERSONAL
        }

    # Sources and relays -----------------------------------------------------------------------------------------

    def attribution(self, said: Attribution) -> Attribution:
        """The attribution with the ids of its source and its relays."""
        source, relays = said.source, said.relays
        if source and source.name:
            source = replace(source, id=self._voice(source.name, source.kind, source.mention))
        return replace(said, source=source, relays=tuple(self._relay(hop) for hop in relays))

    def _relay(self, hop: Hop) -> Hop:
        return replace(hop, id=self._voice(hop.name, hop.kind, hop.mention)) if hop.name else hop

    def _voice(self, name: str, kind: SourceKind, mention: Mention | None) -> str | None:
        if self.bodies.is_pronoun(name):
            return None
        entity = (
            self.bodies.find(name)
            or self._outlet(name, kind)
            or self._state(name, kind)
            or self._named_voice(name, kind)
        )
        if entity and entity.kind is EntityKind.OUTLET:
            self.outlets.setdefault(plain(re.sub(r"^(?:the|The)\s+", "", name)), entity)
        if entity is None and not self._is_shared_surname(name):
            entity = self._described(name, kind, f"{self.doc.id}")
        return self._keep(entity, mention)

    def _state(self, name: str, kind: SourceKind) -> Entity | None:
        nation = self.bodies.nation(name) if kind is not SourceKind.MEDIA else None
        return self.bodies.government(nation) if nation else None

    def _outlet(self, name: str, kind: SourceKind) -> Entity | None:
        known = self.tables.outlet_names.get(plain(re.sub(r"^(?:the|The)\s+", "", name)))
        if known and (kind is SourceKind.MEDIA or " " in name):
            return _outlet(known)
        return None

    def _named_voice(self, name: str, kind: SourceKind) -> Entity | None:
        """The person, the outlet or the organisation that a proper name stands for."""
        words = _name_words(name)
        if words is None or self._is_described(name):
            return None
        body = any(plain(word) in self.tables.body_words for word in words) or len(words) > 5
        role = self.people.role_of(name)
        full = self.people.full_name(name) if len(words) == 1 else None
        role = role or (self.people.role_of(full) if full else None)
        human = role is not None or name in self.human or full in self.voices
        if body or (kind in (SourceKind.MEDIA, SourceKind.ORGANISATION, SourceKind.DOCUMENT) and not human):
            return self._body(" ".join(words), kind)
        if "and" in words:  # two who speak together
            return None
        if len(words) == 1 and not human:
            return None
        person = self._person(name, self._role(name, role))
        if person:
            self.persons.setdefault(self._key(name), person)
        return person

    def _is_described(self, name: str) -> bool:
        """Whether capitals make no name: "Interior Ministry" (of which state?), "Honduran Authorities", "DESERTERS"."""
        whole = plain(name)
        if tuple(whole.split()) in self.tables.organs or whole in self.tables.role_nouns:
            return True
        return whole.split()[-1] not in self.tables.body_words and self._role_in(name) is not None

    def _body(self, name: str, kind: SourceKind) -> Entity | None:
        """An outlet, a group or an organisation; none for courts and councils of which no state is named."""
        if kind in (SourceKind.OFFICIAL, SourceKind.MILITARY):
            return None
        if kind is SourceKind.MEDIA:
            return _outlet(name) if " and " not in name else None
        body = EntityKind.ARMED_GROUP if kind is SourceKind.COMBATANT else EntityKind.ORGANISATION
        return Entity(entity_id(body, name), name, body, role=kind)

    def _kinds(self, claims: Sequence[Claim]) -> dict[str, list[SourceKind]]:
        """In which roles attribution takes each speaker, by the key of the name."""
        found: dict[str, list[SourceKind]] = {}
        for source in _sources(claims):
            if source.name:
                found.setdefault(self._key(source.name), []).append(source.kind)
        return found

    def _key(self, name: str) -> str:
        full = self.people.full_name(name) if " " not in name else None
        return person_key(full or name, self.tables.given_names)

    def _role(self, name: str, role: Role | None) -> Role | None:
        """The role in which somebody speaks: a public one as the words around the name say, else as attribution took it.

        Attribution takes any name for an official where nothing tells; here such a person is private until shown otherwise.
        """
        kinds = [kind for kind in self.kinds.get(self._key(name), ()) if kind is not SourceKind.OFFICIAL]
        if role and (role.kind in PUBLIC or not kinds):
            return role
        return Role(min(kinds, key=lambda kind: (kind not in PUBLIC, kind.value))) if kinds else None

    # Actors -----------------------------------------------------------------------------------------------------

    def with_actors(self, claim: Claim) -> Claim:
        """The claim with the ids and the sides of its actors, pronouns led to whom they mean, and without those that mean nobody."""
        self.standins.hear(claim, self.found)
        found = (self._actor(actor, claim) for actor in claim.event.actors)
        actors = tuple(dict.fromkeys(actor for actor in found if actor))
        self.standins.see(actors, self.found)
        counted = tuple(replace(one, side=self._side_counted(one, actors, claim)) for one in claim.quantities)
        return replace(claim, event=replace(claim.event, actors=actors), quantities=counted)

    def _side_counted(self, one: Quantity, actors: Sequence[Actor], claim: Claim) -> str | None:
        """Whose those counted are: by the words for them, by the target that they are, or by the speaker whose own they are."""
        words = one.unit.split()
        own = self.bodies.side_of(" ".join(words[:-1] if one.fate and len(words) > 1 else words)) if words else None
        if own:
            return own
        overlapping = (
            a for a in actors if a.role is Part.TARGET and a.mention and a.mention.span.overlap(one.mention.span)
        )
        met = next(overlapping, None)
        if met and met.side:
            return met.side
        source = claim.attribution.source
        speaker = self.found.get(source.id or "") if source else None
        return speaker.side if speaker and _OWN.match(self.doc.text[one.mention.end : one.mention.end + 20]) else None

    def _actor(self, actor: Actor, claim: Claim) -> Actor | None:
        if self.bodies.is_pronoun(actor.name):
            return self.standins.meant(actor, claim, self.found)
        entity, state = self._acting(actor), self.bodies.nation(actor.name)
        if entity is None and actor.role is Part.AGENT:
            state = state or self._acting_state(actor, claim)
        if entity is None and state is None and plain(actor.name) in self.places:
            return None  # where it happens, not to whom
        if entity is None and state and actor.role is Part.AGENT:
            entity = self.bodies.government(state)
        side = entity.side if entity else (state.side or state.adjective) if state else self.bodies.side_of(actor.name)
        return replace(self._spelt_out(actor), id=self._keep(entity, actor.mention), side=side)

    def _acting_state(self, actor: Actor, claim: Claim) -> Nation | None:
        """The state that acts where its seat or its adjective stands for it: "Strelsau", "Ruritanian" air strikes."""
        here = claim.place is not None and plain(claim.place.mention.text) == plain(actor.name)
        return None if here else self.tables.seats.get(plain(actor.name)) or self._adjective(actor.name)

    def _adjective(self, name: str) -> Nation | None:
        """The nation whose adjective a name is."""
        nation = self.tables.nations.get(tuple(plain(name).split()))
        return nation if nation and nation.names and name[:1].isupper() else None

    def _spelt_out(self, actor: Actor) -> Actor:
        """The actor, by the name of the state where only its adjective is given: "Ruritania" for "Ruritanian"."""
        nation = self._adjective(actor.name)
        given = nation is None or plain(actor.name) not in {plain(word) for word in (nation.adjective, *nation.also)}
        return actor if given or nation is None else replace(actor, name=nation.names[0])

    def _state_of(self, speaker: Entity, actor: Actor) -> Actor | None:
        """The state whose side a speaker is on, in an actor's place; None for a side that is no state."""
        nation = self.tables.nations.get(tuple(plain(speaker.side or "").split()))
        if nation is None or not nation.names:
            return None
        state = self.bodies.government(nation)
        return replace(actor, name=nation.names[0], side=state.side, id=self._keep(state, None))

    def _acting(self, actor: Actor) -> Entity | None:
        if plain(actor.name) in self.places:
            return None
        known = self.bodies.find(actor.name)
        if known and not (
            known.kind is EntityKind.PERSON and " " not in actor.name and self._is_shared_surname(actor.name)
        ):
            return known
        outlet = self.outlets.get(plain(actor.name)) or self._outlet(actor.name, SourceKind.OFFICIAL)
        if outlet:
            return outlet
        return self._acting_person(actor.name) or self._acting_described(actor)

    def _acting_person(self, name: str) -> Entity | None:
        """The person that an actor's name names, where the report shows that it is a person's."""
        words = _name_words(name)
        if words is None or self.bodies.nation(name) or self._is_person_noun(name):
            return None
        given = self._without_titles(words)
        bare = " ".join(given)
        if not given or any(plain(word) in self.tables.body_words for word in given) or plain(bare) in self.places:
            return None
        speaker = self.persons.get(person_key(bare, self.tables.given_names))
        role = self.people.role_of(bare)
        if speaker:
            return speaker
        titled = len(given) < len(words) and (len(given) > 1 or not name.isupper())
        shown = role is not None or titled or plain(given[0]) in self.tables.given_names
        if len(given) == 1:
            full = self.people.full_name(bare)
            speaker = self.persons.get(person_key(full, self.tables.given_names)) if full else None
            return speaker or (self._person(bare, role) if shown else None)
        return self._person(bare, role) if shown else None

    def _without_titles(self, words: list[str]) -> list[str]:
        """The name behind titles, nations and possessors."""
        start = 0
        for at, word in enumerate(words[:-1]):
            bare = plain(word.rstrip("."))
            if bare in self.tables.titles or (bare,) in self.tables.nations or is_possessive(word):
                start = at + 1
        return words[start:]

    def _acting_described(self, actor: Actor) -> Entity | None:
        """Somebody described by a role: "the mayor", "two soldiers"; things are nobody."""
        role = self._role_in(actor.name)
        if role in (None, SourceKind.MEDIA) and not self._is_person_noun(actor.name):
            return None  # a station, a record
        if role is None or actor.mention is None:
            return None
        before = self.doc.text[max(0, actor.mention.start - 12) : actor.mention.start]
        anew = _INDEFINITE.search(before) or _COUNTED.match(actor.name)
        scope = f"{self.doc.id} {actor.mention.start}" if anew else self.doc.id
        return self._described(actor.name, role, scope)

    def _is_person_noun(self, name: str) -> bool:
        words = head_of(name)
        return bool(words) and plain(words[-1]) in self.tables.person_nouns

    def _role_in(self, name: str) -> SourceKind | None:
        """The role that the head of a description names."""
        words = [plain(word) for word in head_of(name)]
        for size in (3, 2, 1):
            role = self.tables.role_nouns.get(" ".join(words[-size:])) if len(words) >= size else None
            if role:
                return role
        return None

    # Entities ---------------------------------------------------------------------------------------------------

    def _person(self, name: str, role: Role | None) -> Entity | None:
        """A person by full name; by a surname that the report gives in full once, else in this report only."""
        words = name.split()
        if len(words) == 1:
            if self.people.has_several(name):
                return None
            full = self.people.full_name(name)
            if full:
                return self.bodies.find(full) or self._person(full, role or self.people.role_of(full))
        kind = role.kind if role else None
        local = len(words) == 1 or kind in _PRIVATE
        scope = self.doc.id if local else "public" if kind in PUBLIC else kind.value if kind else "unknown"
        key = entity_id(EntityKind.PERSON, person_key(name, self.tables.given_names), scope)
        side = role.side if role else None
        return Entity(key, name, EntityKind.PERSON, side, role=kind, local=local, protected=kind not in PUBLIC)

    def _described(self, name: str, kind: SourceKind, scope: str) -> Entity:
        bare = re.sub(r"^(?:the|a|an)\s+", "", " ".join(name.split()), flags=re.IGNORECASE)
        private = kind in _PRIVATE or kind is SourceKind.COMBATANT
        key = entity_id(EntityKind.DESCRIPTION, bare, scope)
        side = self.bodies.side_of(name)
        return Entity(key, bare, EntityKind.DESCRIPTION, side, role=kind, local=True, protected=private)

    def _is_shared_surname(self, name: str) -> bool:
        return " " not in name and name[:1].isupper() and self.people.has_several(name)

    def _keep(self, entity: Entity | None, mention: Mention | None) -> str | None:
        """The id of an entity, once it and the words for it are noted."""
        if entity is None:
            return None
        self.found.setdefault(entity.id, entity)
        if mention and not entity.local:
            words = " ".join(mention.text.split())
            if entity.kind is EntityKind.PERSON:
                words = " ".join(self._without_titles(words.split(",")[0].split()))
            if _is_alias(words, entity.name):
                self.spellings.setdefault(entity.id, set()).add(words)
        return entity.id

    def entities(self, claims: Iterable[Claim]) -> tuple[Entity, ...]:
        """Everybody found and every place, with all names the report gives them, in the order of their ids."""
        for claim in claims:
            place, key = claim.place, place_id(claim.place)
            if place and place.name and key:
                self._keep(Entity(key, place.name, EntityKind.PLACE, country=place.country), place.mention)
        return tuple(self._with_aliases(self.found[key]) for key in sorted(self.found))

    def _with_aliases(self, entity: Entity) -> Entity:
        met = sorted(self.spellings.get(entity.id, ()))
        return replace(entity, aliases=tuple(dict.fromkeys((*entity.aliases, *met)))) if met else entity


def _sources(claims: Iterable[Claim]) -> Iterable[Source]:
    return (claim.attribution.source for claim in claims if claim.attribution.source)


def _outlet(name: str) -> Entity:
    return Entity(entity_id(EntityKind.OUTLET, name), name, EntityKind.OUTLET, role=SourceKind.MEDIA)


def _name_words(name: str) -> list[str] | None:
    """The words of a proper name; None where one of them is an ordinary word or a day, or the first a number."""
    words = re.sub(r"^(?:the|The|THE)\s+", "", " ".join(name.split())).split()
    if not 0 < len(words) <= 9:
        return None
    small = _PARTICLES | {"of", "for", "and", "the"}
    proper = all(word[0].isupper() or plain(word) in small or has_article(word) for word in words)
    numbered = any(letter.isdigit() for word in words for letter in word)
    dated = any(plain(word) in _CALENDAR for word in words) or plain(words[0]) in _NUMBERS
    return words if proper and words[0][0].isupper() and not numbered and not dated else None


def _is_alias(words: str, name: str) -> bool:
    """Whether the words for an entity are another name of it and no pronoun or description."""
    bare = re.sub(r"^(?:the|The)\s+", "", words)
    return (
        bare != name
        and bare[:1].isupper()
        and len(bare) <= 60
        and plain(bare) not in PRONOUNS
        and not _COUNTED.match(bare)
    )
