"""Who a claim rests on, as far as names can be compared: one speaker or two, one side or two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bywhom.linking.tables import LinkingTables
from bywhom.linking.words import folded
from bywhom.records import SourceKind, Told

Name = frozenset[str]
# Roles that speak for a government where a country's adjective stands beside them.
_GOVERNING = frozenset([SourceKind.OFFICIAL, SourceKind.MILITARY])


@dataclass(frozen=True, slots=True)
class Speaker:
    """The end of a claim's chain, and the hands before it."""

    name: Name  # what identifies; empty for the publisher's own voice and for explicit unknowns
    kind: SourceKind
    described: bool  # a description and no name: "officials", "a resident"
    many: bool  # nobody in particular: "witnesses", "reports"
    side: str | None  # the government it is an organ of, by its adjective
    body: str | None  # the body that speaks through this person or name
    relays: tuple[Name, ...]
    publisher: Name
    family: str | None  # of the publisher
    own_family: str | None  # of an outlet that speaks itself
    eyewitness: bool  # an outlet's own reporter or photographer: tells what was seen
    bodies: frozenset[str]  # all that stand in its name: "the United Nations children's agency (UNICEF)" is two
    relay_bodies: frozenset[str]  # the bodies that the claim came through

    @property
    def unsourced(self) -> bool:
        """Whether the report names nobody: its own finding, or words whose source got lost."""
        return self.kind is SourceKind.PUBLISHER

    @property
    def unknown(self) -> bool:
        """Whether nobody can tell who it is."""
        return not self.name or self.kind is SourceKind.ANONYMOUS


def speaker_of(told: Told, tables: LinkingTables) -> Speaker:
    """Who answers for a claim, made comparable."""
    attribution, publisher = told.claim.attribution, told.publisher
    source = attribution.source
    kind = source.kind if source else SourceKind.PUBLISHER
    named = source.name if source else None
    if source is None and attribution.relays:  # the copy of an agency: signed, though no sentence is attributed
        named, kind = attribution.relays[-1].name, SourceKind.MEDIA
    words = folded(named) if named else []
    name = identifying(_without_lead(named, words, tables), tables)
    many = _many(words, tables)
    kind = SourceKind.MEDIA if _outlet(told, name, tables) else kind
    return Speaker(
        name=name,
        kind=kind,
        described=many or _described(named, name, tables),
        many=many,
        side=_side(words, kind, tables),
        body=_body(frozenset(words), tables),
        relays=tuple(identifying(folded(hop.name), tables) for hop in attribution.relays if hop.name),
        publisher=identifying(folded(publisher), tables) if publisher else frozenset(),
        family=tables.publishers.get(tuple(folded(publisher))) if publisher else None,
        own_family=tables.publishers.get(tuple(words)),
        eyewitness=kind is SourceKind.MEDIA and not tables.eyewitnesses.isdisjoint(words),
        bodies=frozenset(body for one, body in tables.bodies.items() if one <= frozenset(words)),
        relay_bodies=_bodies((folded(hop.name) for hop in attribution.relays if hop.name), tables),
    )


_NAMELESS = frozenset(["source", "sources"])
_BEFORE_PLACE = frozenset(["of", "in", "at", "from", "near", "on", "around", "across", "inside"])


def _many(words: list[str], tables: LinkingTables) -> bool:
    """Whether a name is of nobody in particular: its head is a plural, "opponents of the government"."""
    if not words:
        return False
    head = next((number for number, word in enumerate(words) if word in _BEFORE_PLACE and number), len(words))
    plural = words[head - 1] in tables.collectives or words[-1] in tables.collectives
    return plural or words[0] in ("many", "some", "several")


def _without_lead(named: str | None, words: list[str], tables: LinkingTables) -> list[str]:
    """The words of a name without small ones before it that neither describe nor address: a clause ran into it."""
    written = (named or "").split()
    if len(written) != len(words) or not any(word[:1].isupper() for word in written):
        return words
    first = next(number for number, word in enumerate(written) if word[:1].isupper())
    known = tables.generic | tables.collectives | tables.titles | tables.eyewitnesses
    return words if any(word in known for word in words[:first]) else words[first:]


def _outlet(told: Told, name: Name, tables: LinkingTables) -> bool:
    """Whether a name is that of an outlet, or of the one that publishes the report, whatever kind was read."""
    publisher = identifying(folded(told.publisher), tables) if told.publisher else frozenset()
    return bool(name) and (name == publisher or name in tables.outlet_identities)


def _described(named: str | None, name: Name, tables: LinkingTables) -> bool:
    """Whether a name only describes: all its words do, it has no capital, as every name has, or it is a source at some place."""
    if named and (named.islower() or not _NAMELESS.isdisjoint(folded(named))):
        return True
    return all(word in tables.generic or word in tables.governments.countries for word in name)


def identifying(words: list[str], tables: LinkingTables) -> Name:
    """What identifies somebody in a name: the outlet it spells, else its words without titles, nations by adjective."""
    outlet = tables.outlet_names.get(tuple(words)) or tables.outlet_names.get(
        tuple(words[1:]) if words[:1] == ["the"] else ()
    )
    if outlet:
        return frozenset(outlet)
    bare = [word for word in words if word not in tables.function_words] or words
    kept = [word for word in bare if word not in tables.titles] or bare
    return frozenset(tables.nation_words.get(word, word) for word in kept)


def _body(words: frozenset[str], tables: LinkingTables) -> str | None:
    """The body whose name, or whose head's or spokesman's, stands in a name."""
    return next((body for name, body in tables.bodies.items() if name <= words), None)


def _bodies(names: Iterable[list[str]], tables: LinkingTables) -> frozenset[str]:
    """The bodies that stand in some names."""
    return frozenset(body for words in names if (body := _body(frozenset(words), tables)))


def mentions(said: frozenset[str], body: str, tables: LinkingTables) -> bool:
    """Whether words name a body, or who speaks for it: "a war monitor" does, "monitor" alone is said of much else."""
    return any(found == body and name <= said and _telling(name, tables) for name, found in tables.bodies.items())


def _telling(name: Name, tables: LinkingTables) -> bool:
    """Whether a name, among other words, can be nothing else: "IS" and "monitor" can."""
    return len(name) > 1 or not name <= tables.generic | tables.function_words


def _side(words: list[str], kind: SourceKind, tables: LinkingTables) -> str | None:
    """The government that a speaker is an organ of, where its name shows it."""
    nation = next((tables.nation_words[word] for word in words if word in tables.nation_words), None)
    if nation is None:
        nation = next(
            (found for name, found in tables.nations.items() if " " in name and name in " ".join(words)), None
        )
    if nation is None or not (kind in _GOVERNING or any(word in tables.table.state_organs for word in words)):
        return None
    return nation


def same_speaker(a: Speaker, b: Speaker, *, one_report: bool, tables: LinkingTables) -> bool:
    """Whether two claims end with one speaker, going by names."""
    if a.unsourced or b.unsourced or not a.name or not b.name:
        return False
    if not a.bodies.isdisjoint(b.bodies):
        return True
    if _initials(a.name, b.name):
        return True
    if not (a.name <= b.name or b.name <= a.name):
        return False
    if one_report:
        return True
    return _names_somebody(a, b, tables)


def _names_somebody(a: Speaker, b: Speaker, tables: LinkingTables) -> bool:
    """Whether what two names share names one speaker everywhere, not just inside one report."""
    if a.many or b.many:
        return False
    shared = a.name & b.name
    if any(word not in tables.generic and word not in tables.governments.countries for word in shared):
        return True
    nations = [word for word in shared if word in tables.governments.countries]
    institutions = shared - set(nations)
    return bool(nations) and bool(institutions) and a.name == b.name


def _initials(a: Name, b: Name) -> bool:
    """Whether one name is the other's initials; their order is lost, so all letters have to be there."""
    short, long = (a, b) if len(a) == 1 else (b, a)
    if len(short) != 1 or len(long) < 3:
        return False
    return sorted(next(iter(short))) == sorted(word[0] for word in long)


def one_side(a: Speaker, b: Speaker) -> bool:
    """Whether both speak for one government."""
    return a.side is not None and a.side == b.side


def cites(a: Speaker, b: Speaker) -> bool:
    """Whether a's word came through b, or a's report tells what b's publisher published.

    What an outlet's own reporter or photographer saw is no relay of what others told the outlet.
    """
    if a.eyewitness or b.eyewitness:
        return False
    if b.body is not None and b.body in a.relay_bodies:
        return True
    # What two told one publisher is no relay of one by the other; only the publisher's own voice may rest on either.
    desk = frozenset() if a.publisher == b.publisher and not b.unsourced else b.publisher
    ends = [name for name in (b.name, desk) if name and not (b.described and name == b.name)]
    return any(_same_name(relay, end) for relay in a.relays for end in ends) or _rests_with(a, desk)


def _rests_with(a: Speaker, publisher: Name) -> bool:
    """Whether a's source is a publisher: whoever bears its whole name, whatever kind of source it was read as."""
    if not a.name or not publisher:
        return False
    return a.name == publisher or (a.kind is SourceKind.MEDIA and _same_name(a.name, publisher))


def _same_name(a: Name, b: Name) -> bool:
    return bool(a) and (a <= b or b <= a)


def circular(a: Speaker, b: Speaker) -> bool:
    """Whether each rests on the other's publisher: nobody in the circle is an origin."""
    if not a.publisher or not b.publisher or a.publisher == b.publisher:
        return False
    return rests_on(a, b.publisher) and rests_on(b, a.publisher)


def rests_on(speaker: Speaker, publisher: Name) -> bool:
    """Whether a claim ends with a publisher, or with nobody after it came through that publisher."""
    if speaker.name == publisher:
        return True
    return speaker.unknown and publisher in speaker.relays
