"""How high words that signal an event stand in their clause: the highest decides what the clause tells.

The main verb stands highest, then what a light main verb brings with it ("launched an attack"), the subject, the object, the
subordinate clause, and last the background ("after the attack").
"""

from __future__ import annotations

from bywhom.claims.ontology import EventTable
from bywhom.prose.lexis import AUXILIARIES, Tag
from bywhom.prose.syntax import Clause, Group
from bywhom.prose.verbs import Shape

_LEADING = frozenset(
    "result engage participate culminate end succeed respond lead resort turn".split()
)  # "resulted in"
_PARTICLES = frozenset({"out", "up", "off", "down"})
_SAYING = frozenset(
    "say tell report add announce state claim warn confirm deny note allege declare insist stress".split()
)
_OPENS = 2  # words that may stand before a participle that opens its clause
_OPENING = frozenset('“‘«„"')
NOUN_PHRASE = frozenset({Tag.NOUN, Tag.DETERMINER, Tag.NUMBER, Tag.ADVERB, Tag.NEGATOR})

# How high a trigger stands, by its place in the clause. Fitted on nothing but order: main before light object before subject.
_MAIN, _LIGHT, _SUBJECT, _OBJECT = 100.0, 90.0, 58.0, 55.0
PARTICIPLE, _NOMINAL, _BACKGROUND, _MODIFIER = 40.0, 38.0, 14.0, 10.0
PURPOSE = 66.0
LEAST = 31.0  # below stand faint words in prepositional phrases: on the development texts 4 of 5 were wrong
FIRM = 56.0  # below stand modifiers and what hangs on prepositions: there a trained reader is right more often
# Words of OTHER mostly keep other triggers from misreading; they decide only where nothing else stands high.
OTHER_COST = 14.0


def subject_of_light(clause: Clause, last: int, table: EventTable) -> bool:
    """Whether a light verb follows right behind, or behind "in …": "the war in the south flared up"."""
    following = next((g for g in clause.groups if g.first > last and g.shape is Shape.FINITE), None)
    return following is not None and following.lemma in table.lex.grammar.light and following.lemma != "be"


def verb_rank(clause: Clause, group: Group, table: EventTable) -> float:
    """How high a verb stands."""
    if group.shape is Shape.ADJECTIVE:
        return _MODIFIER if any(g.shape is Shape.FINITE for g in clause.groups) else _MODIFIER + 14
    earlier = [g for g in clause.groups if g.head < group.head and g.shape is Shape.FINITE]
    if group.shape is Shape.FINITE:
        rank = _MAIN - 45 * min(group.depth, 2) - (20 if group.depth and _in_background(clause, group, table) else 0)
        return rank - 4 * sum(g.depth == group.depth and g.lemma not in table.lex.grammar.speech for g in earlier)
    if group.shape is Shape.INFINITIVE:
        return _infinitive_rank(clause, group, table)
    if any(g.shape is Shape.FINITE for g in clause.groups):
        lead = clause.group_of(group.first - 2) if group.first >= 2 else None
        return verb_rank(clause, lead, table) - 10 if lead is not None and lead.lemma in _LEADING else PARTICIPLE
    if group.first > _OPENS:
        return _SUBJECT if group.shape is Shape.GERUND else _SUBJECT - 6
    return _MAIN - 5 if group.shape is Shape.GERUND or not _noun_before(clause, group) else _SUBJECT - 6


def _noun_before(clause: Clause, group: Group) -> bool:
    """Whether a noun, and so a subject, stands before the verb."""
    return any(tag is Tag.NOUN for tag in clause.tags[: group.first])


def _in_background(clause: Clause, group: Group, table: EventTable) -> bool:
    """Whether the verb's clause opens with "after", "since" or another word that tells the background."""
    for n in range(group.first - 1, -1, -1):
        if clause.tags[n] is Tag.SUBORDINATOR:
            return clause.words[n].low in table.lex.grammar.background
    return False


def _infinitive_rank(clause: Clause, group: Group, table: EventTable) -> float:
    """An infinitive stands as high as the verb that leads to it: "began to", "was forced to"."""
    before = [g for g in clause.groups if g.head < group.head and g.shape is not Shape.ADJECTIVE]
    if not before:
        return _MAIN - 6
    lead = before[-1]
    if lead.lemma in table.lex.grammar.catenative or lead.lemma in ("be", "have"):
        base = verb_rank(clause, lead, table)
        return base - 3
    return PARTICIPLE


def noun_rank(clause: Clause, first: int, last: int, table: EventTable) -> float:
    """How high a noun stands: by the preposition, subordinator or verb that its noun phrase hangs on."""
    if clause.tags[first] is Tag.PREPOSITION:
        return _prepositional_rank(clause, first, table)
    lead = _lead_of(clause, first, table)
    if lead >= 0 and clause.tags[lead] is Tag.PREPOSITION:
        return _prepositional_rank(clause, lead, table)
    if lead >= 0 and clause.tags[lead] is Tag.SUBORDINATOR:
        return _BACKGROUND if clause.words[lead].low in table.lex.grammar.background else _NOMINAL
    if lead >= 0 and (clause.tags[lead] is Tag.VERB or clause.tags[lead] in AUXILIARIES):
        return _object_rank(clause, lead, table)
    return _subject_rank(clause, last, table)


def _lead_of(clause: Clause, first: int, table: EventTable) -> int:
    """The word that the noun phrase hangs on, light nouns passed over: in "from a series of raids", the "from"."""
    lead = _phrase_start(clause, first) - 1
    while (
        lead >= 1
        and clause.tags[lead] is Tag.PREPOSITION
        and clause.words[lead].low in ("of", "in", "at", "for", "on")
        and (clause.words[lead - 1].low in table.lex.grammar.light_nouns)
    ):
        lead = _phrase_start(clause, lead - 1) - 1
    return lead


def _phrase_start(clause: Clause, i: int) -> int:
    """Where the noun phrase begins that holds word `i`."""
    n = i
    while n > 0 and _in_noun_phrase(clause, n - 1):
        n -= 1
    return n


def _in_noun_phrase(clause: Clause, i: int) -> bool:
    """Whether the word can stand inside a noun phrase; an opening quotation mark can."""
    if clause.words[i].low in _OPENING:
        return True
    return clause.tags[i] in NOUN_PHRASE and not _is_main_verb(clause, i)


def _is_main_verb(clause: Clause, i: int) -> bool:
    group = clause.group_of(i)
    return group is not None and group.shape is not Shape.ADJECTIVE


def _prepositional_rank(clause: Clause, lead: int, table: EventTable) -> float:
    if clause.words[lead].low in table.lex.grammar.background:
        return _BACKGROUND
    group = clause.group_of(lead - 1)
    if group is not None and clause.words[lead].low in _PARTICLES and group.lemma in table.lex.grammar.light:
        return _object_rank(clause, lead - 1, table)  # "carried out a raid"
    if group is not None and group.shape is not Shape.ADJECTIVE:
        rank = verb_rank(clause, group, table)
        return rank - 14 if group.lemma in _LEADING and rank > _OBJECT else min(_OBJECT, rank) - 8
    if not any(g.shape is Shape.FINITE for g in clause.groups):
        return _NOMINAL + 10
    return _NOMINAL - 12


def _object_rank(clause: Clause, lead: int, table: EventTable) -> float:
    group = clause.group_of(lead)
    if group is None:
        return _NOMINAL
    base = verb_rank(clause, group, table)
    if group.lemma in table.lex.grammar.light:
        return base - 10
    return base - 45 if base > 60 else base - 20


def _subject_rank(clause: Clause, last: int, table: EventTable) -> float:
    following = next((g for g in clause.groups if g.first > last and g.shape is Shape.FINITE), None)
    if following is None:
        stranded = any(g.shape is Shape.FINITE and g.head < last for g in clause.groups)
        return _MODIFIER + 10 if stranded else _NOMINAL + 15
    if following.lemma in _SAYING and any(g.shape is Shape.FINITE and g.head > following.head for g in clause.groups):
        return _MODIFIER  # part of a speaker's name: "the war monitor said …"
    if following.lemma in table.lex.grammar.light:
        return min(_LIGHT, verb_rank(clause, following, table) - 10)
    return _SUBJECT - 20 * min(1, following.depth)
