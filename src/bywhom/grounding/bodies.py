"""Bodies by name: those of the tables, the organs of any state ("Ruritania's army"), and units."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bywhom.grounding.actortables import ActorTables, Known, Nation, Words
from bywhom.grounding.standins import PRONOUNS
from bywhom.grounding.units import Unit, parse_unit
from bywhom.prose.peoplenames import person_key, plain
from bywhom.records import Entity, EntityKind, SourceKind, entity_id

_TOKEN = re.compile(r"[\w.’'ʼ-]+|&")
_POSSESSIVE = re.compile(r"[’'ʼ]s?$")
_ACRONYM = re.compile(r"\(([A-Z][A-Za-z.&-]{1,9})\)")
_LONGEST = 14  # words; a longer phrase is no name of a body
_GROUPS = (("forces",), ("group",), ("militia",), ("movement",), ("terrorist", "group"), ("armed", "group"))
_SERVING = frozenset([SourceKind.COMBATANT, SourceKind.MILITARY, SourceKind.OFFICIAL])
_NO_NAMES = PRONOUNS | frozenset("is one all some many both others".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name cut into words: as written, and made comparable; possessive marks cut off and noted."""

    raw: tuple[str, ...]
    words: Words
    owned: tuple[bool, ...]

    @classmethod
    def of(cls, name: str) -> Phrase:
        """The words of a name without a leading article."""
        raw = tuple(_TOKEN.findall(name))[: _LONGEST + 1]
        if raw and raw[0].lower() in ("the", "a", "an"):
            raw = raw[1:]
        words = tuple(plain(_POSSESSIVE.sub("", word)) for word in raw)
        return cls(raw, words, tuple(bool(_POSSESSIVE.search(word)) for word in raw))

    def __bool__(self) -> bool:
        return 0 < len(self.words) <= _LONGEST


@dataclass(slots=True)
class Bodies:
    """The bodies that one report names."""

    text: str
    tables: ActorTables
    _found: dict[str, Entity | None] = field(default_factory=dict)
    _about: dict[str, bool] = field(default_factory=dict)
    _acronyms: dict[str, str] | None = None
    _loud: bool | None = None

    def find(self, name: str) -> Entity | None:
        """The body or well-known person of this name; None where the tables know none, or several."""
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def _find(self, name: str) -> Entity | None:
        known = self._known(name)
        if known:
            return known_entity(known, self.tables)
        phrase = Phrase.of(name)
        if not phrase:
            return None
        found = self._organ(phrase) or self._unit(name, phrase) or self._group(phrase) or self._owned(phrase)
        long = self.acronyms.get(name)
        return found or (self._find(long) if long and long != name else None)

    def is_pronoun(self, name: str) -> bool:
        """Whether a name is a pronoun: "who", and "WHO" in a text that is all capitals."""
        if plain(name) not in _NO_NAMES:
            return False
        if self._loud is None:
            self._loud = _shouts(self.text)
        return not (name.isupper() and len(name) > 1) or self._loud

    def nation(self, name: str) -> Nation | None:
        """The state that a name is the name of: "Ruritania", not "Ruritanian"."""
        words = Phrase.of(name).words
        return self.tables.nations.get(words) if words in self.tables.nation_names and self._is_name(name) else None

    def government(self, nation: Nation) -> Entity:
        """The government of a state, which acts where the state does."""
        return self._organ_of(nation, "government")

    def side_of(self, name: str) -> str | None:
        """The side of people described as somebody's soldiers or officials; None for civilians, rebels and all others."""
        phrase = Phrase.of(name)
        led = self._nation_first(_without_number(phrase))
        if led:
            return (led[0].side or led[0].adjective) if _head(led[1]) in self.tables.serving else None
        for size in (4, 3, 2, 1):
            known = self._known(" ".join(phrase.raw[:size])) if len(phrase.raw) > size else None
            if known and known.side and known.kind is not EntityKind.PERSON:
                return (
                    known.side if self.tables.role_nouns.get(" ".join(_head(phrase.words[size:]))) in _SERVING else None
                )
        return None

    # The tables -------------------------------------------------------------------------------------------------

    def _known(self, name: str) -> Known | None:
        bare = re.sub(r"^(?:the|The|THE)\s+", "", " ".join(name.split())).strip(" “”\"'’")
        if not any(letter.isupper() for letter in bare) or self.is_pronoun(bare):
            return None
        fits = [each for each in self.tables.known.get(plain(bare), ()) if self._may_be(each, bare)]
        return fits[0] if len({(each.name, each.kind) for each in fits}) == 1 else None

    def _may_be(self, known: Known, name: str) -> bool:
        """Whether a name may mean this entry: acronyms in capitals, and only in reports about the entry's country."""
        short = plain(name) in self.tables.acronyms
        if short and sum(letter.isupper() for letter in name) < 2 and name not in (known.name, *known.aliases):
            return False
        surname = known.kind is EntityKind.PERSON and " " not in name
        return not (short or surname) or self._is_about(known, name)

    def _is_about(self, known: Known, name: str) -> bool:
        """Whether the report is about the entry's country, or names the entry in full."""
        country = known.country
        if country is None or (known.name != name and known.name in self.text):
            return True
        if country not in self._about:
            self._about[country] = any(_stands_in(sign, self.text) for sign in self.tables.signs.get(country, ()))
        return self._about[country]

    @property
    def acronyms(self) -> dict[str, str]:
        """Acronym -> the name that the report puts before it: "Long Name (LN)"."""
        if self._acronyms is None:
            self._acronyms = {}
            for match in _ACRONYM.finditer(self.text):
                words = re.findall(r"[\w’'-]+", self.text[max(0, match.start() - 120) : match.start()])[-8:]
                long = _spelt_out(words, match[1])
                if long:
                    self._acronyms.setdefault(match[1], long)
        return self._acronyms

    # Organs of states -------------------------------------------------------------------------------------------

    def _organ(self, phrase: Phrase) -> Entity | None:
        """The organ in "Ruritanian army", "Ruritania's armed forces", "Ministry of War of Ruritania"."""
        led = self._nation_first(phrase)
        if led:
            nation, rest = led
            organ = self.tables.organs.get(rest)
            return self._organ_of(nation, organ) if organ else None
        for at in range(len(phrase.words) - 1, 0, -1):
            organ = self.tables.organs.get(phrase.words[:at]) if phrase.words[at] == "of" else None
            owner = self._owner(_rest(phrase, at + 1)) if organ else None
            if organ and owner:
                return self._organ_of(owner, organ)
        return None

    def _owner(self, phrase: Phrase) -> Nation | None:
        """The nation that stands after "of": its name, or an organ of it."""
        if phrase.words in self.tables.nation_names:
            return self.tables.nations[phrase.words]
        led = self._nation_first(phrase)
        return led[0] if led and led[1] in self.tables.organs else None

    def _nation_first(self, phrase: Phrase) -> tuple[Nation, Words] | None:
        """The nation near the beginning of a phrase, and what follows it; words that change nothing are passed over."""
        start = 0
        while start < len(phrase.words) and phrase.words[start] in self.tables.fillers:
            start += 1
        for end in range(min(start + 6, len(phrase.words)), start, -1):
            nation = self.tables.nations.get(phrase.words[start:end])
            if nation and self._is_name(" ".join(phrase.raw[start:end])):
                return nation, self._without_fillers(phrase.words[end:])
        return None

    def _without_fillers(self, words: Words) -> Words:
        """The words behind those that change nothing, unless these belong to the organ ("federal army")."""
        while len(words) > 1 and words[0] in self.tables.fillers and words not in self.tables.organs:
            words = words[1:]
        return words

    def _is_name(self, words: str) -> bool:
        """Whether words are written as a name: "US", not "us"."""
        return words[:1].isupper() and (len(plain(words)) > 3 or words.replace(".", "").isupper())

    def _organ_of(self, nation: Nation, organ: str) -> Entity:
        own = self.tables.organ_of.get((nation.adjective, organ)) or self.tables.organ_of.get(
            (nation.country or "", organ)
        )
        if own:
            return known_entity(own, self.tables)
        table = self.tables.organ_table[organ]
        name = table.name.format(adjective=nation.adjective)
        return Entity(entity_id(table.kind, name), name, table.kind, nation.side or nation.adjective, nation.country)

    # Units and groups -------------------------------------------------------------------------------------------

    def _unit(self, name: str, phrase: Phrase) -> Entity | None:
        led = self._nation_first(phrase)
        found = parse_unit(" ".join(phrase.raw)) or (parse_unit(_after_nation(phrase, led[1])) if led else None)
        if found is None:
            return None
        unit, rest = found
        if unit.named and (Phrase.of(unit.named).words in self.tables.nations or name.isupper()):
            return None  # "Ruritanian brigade": some brigade
        nation = self._nation_behind(rest) if rest.strip() else (led[0] if led else self._nation_elsewhere(name))
        if rest.strip() and nation is None:
            return None
        return unit_entity(unit, nation)

    def _nation_behind(self, rest: str) -> Nation | None:
        match = re.match(r"\s+of\s+(.+)$", rest)
        return self._owner(Phrase.of(match[1])) if match else None

    def _nation_elsewhere(self, name: str) -> Nation | None:
        """The nation that the report puts before this unit somewhere; None where it puts several."""
        bare = re.sub(r"^(?:the|The)\s+", "", name)
        before = re.findall(rf"([\w.’'-]+)\s+{re.escape(bare)}\b", self.text)
        nations = {
            nation.adjective: nation for word in before if (nation := self.tables.nations.get(Phrase.of(word).words))
        }
        return next(iter(nations.values())) if len(nations) == 1 else None

    def _group(self, phrase: Phrase) -> Entity | None:
        """The group of the table that is called Red Hand for "Red Hand forces"."""
        for tail in _GROUPS:
            if phrase.words[-len(tail) :] == tail and len(phrase.words) > len(tail):
                known = self._known(" ".join(phrase.raw[: -len(tail)]))
                if known and known.kind in (EntityKind.ARMED_GROUP, EntityKind.ALLIANCE):
                    return known_entity(known, self.tables)
        return None

    def _owned(self, phrase: Phrase) -> Entity | None:
        """The body of the tables in "the emir's notorious Red Hand": what stands behind a possessor, capitals only."""
        if not any(phrase.owned):
            return None
        last = max(at for at, owned in enumerate(phrase.owned) if owned)
        tail = [word for word in phrase.raw[last + 1 :] if word[0].isupper()]
        known = self._known(" ".join(tail)) if len(tail) > 1 and phrase.raw[-1][0].isupper() else None
        return known_entity(known, self.tables) if known else None


def known_entity(known: Known, tables: ActorTables) -> Entity:
    """The entity of an entry of the tables."""
    if known.kind is EntityKind.PERSON:
        key = entity_id(EntityKind.PERSON, person_key(known.name, tables.given_names), "public")
        return Entity(key, known.name, known.kind, known.side, known.country, known.aliases, SourceKind.OFFICIAL)
    key = entity_id(known.kind, known.name)
    return Entity(key, known.name, known.kind, known.side, known.country, known.aliases)


def unit_entity(unit: Unit, nation: Nation | None) -> Entity:
    """The entity of a unit: units of one name on different sides are different units."""
    side = (nation.side or nation.adjective) if nation else None
    key = entity_id(EntityKind.UNIT, unit.name, side or "")
    return Entity(key, unit.name, EntityKind.UNIT, side, nation.country if nation else None)


def _head(words: Words) -> Words:
    """The words up to the first that leads on: "soldiers" of "soldiers in the hills"."""
    ends = (at for at, word in enumerate(words) if word in _LEADS_ON)
    return words[: next(ends, len(words))]


_LEADS_ON = frozenset("of in at from near who that with on for".split())


def _after_nation(phrase: Phrase, rest: Words) -> str:
    return " ".join(phrase.raw[len(phrase.words) - len(rest) :])


def _rest(phrase: Phrase, at: int) -> Phrase:
    if phrase.words[at : at + 1] == ("the",):
        at += 1
    return Phrase(phrase.raw[at:], phrase.words[at:], phrase.owned[at:])


_NUMERAL = re.compile(r"[\d,.]+$|(?:one|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|thousands|several|some|many|"
                      r"few|more|than|about|at|least|up|to|nearly|almost|over|around|dozen|hundred|thousand|another|other|of|captured|wounded|"
                      r"surviving|young|senior|countless|mobilized|mobilised|former|any|all|most|both|his|her|their|its|multiple|additional|dead|killed|injured)$")  # fmt: skip


def _without_number(phrase: Phrase) -> Phrase:
    """The phrase without the number and the state of the people it counts: "two captured Ruritanian soldiers"."""
    at = 0
    while at < len(phrase.words) - 1 and _NUMERAL.match(phrase.words[at]):
        at += 1
    return _rest(phrase, at)


def _shouts(text: str) -> bool:
    """Whether a text is in capitals throughout, as wires of old are."""
    sample = text[:1000]
    return sum(letter.isupper() for letter in sample) > sum(letter.islower() for letter in sample)


def _stands_in(word: str, text: str) -> bool:
    """Whether a word stands in a text by itself: "Mali" does not in "Somalia"."""
    return word in text and bool(re.search(rf"\b{re.escape(word)}\b", text))


def _spelt_out(words: list[str], acronym: str) -> str | None:
    """The last words whose initials the acronym is, small words between them passed over."""
    letters = [letter for letter in acronym if letter.isupper()]
    for start in range(len(words) - 1, -1, -1):
        initials = [word[0] for word in words[start:] if word[0].isupper()]
        if initials == letters and words[start][0].isupper():
            return " ".join(words[start:])
    return None
