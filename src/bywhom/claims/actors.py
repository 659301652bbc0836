"""Who did it to whom, by the syntax around a trigger.

Left of an active verb stands the agent, right of it the target; a passive is turned round and its "by" gives the agent. Around a
noun, "by" and the verb that carries it out give the agent, "on", "against" and "of" the target. Only who can act is named as an
actor, and as a target also what can be hit, taken or carried off: names, and nouns of people, bodies and things that the lexicon
knows. Of "a number of villagers" the villagers are meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bywhom.prose.lexis import AUXILIARIES, Tag
from bywhom.prose.syntax import Clause, Group
from bywhom.prose.verbs import Shape
from bywhom.records import Actor, Mention, Role, Span

_INSIDE = frozenset({Tag.NOUN, Tag.DETERMINER, Tag.NUMBER})
_TRANSPARENT = frozenset({Tag.ADVERB, Tag.MARK, Tag.RELATIVE, Tag.THAT})
_TOWARDS_TARGET = frozenset({"against", "on", "of", "at", "targeting"})
_REACH = 10  # words behind a trigger in which its "by" or "against" is looked for
_BOUNDS = frozenset("at least up to more than about around over nearly almost approximately as many".split())
_NO_HEADS = frozenset({"the", "a", "an", "'s", "least", "most", "more", "than"})
_ACTING = ("person", "trade", "civilian", "hurt", "force", "body")  # classes of data/lexicons/word-classes.yaml
_ACTED_UPON = (*_ACTING, "structure", "territory", "vehicle")
# Most nouns with these endings are people: "shepherd" has to be listed, "smuggler" and "separatist" need not be.
_PERSONAL_ENDING = re.compile(
    r"(?:[a-z]{3}(?:ists?|ians?|keepers?|ees)|[a-z]{4}(?:ers|ors)|[a-z]{2}(?:man|men|woman|women))$"
)
# Who or what that is, is not known here.
_UNNAMED = frozenset(
    "he she they we him her them us you it its there this these those which that what who nobody everyone".split()
)
_COMMON_ENDING = re.compile(r"(?:s|ing|ion|ment|ness|ity|ance|ence)$")
_OPENS = re.compile(r"(?:^|[.!?:\n\u201c\"]\s*)$")


@dataclass(frozen=True, slots=True)
class ActorWords:
    """Nouns that can be actors, in all their forms."""

    acting: frozenset[str]
    acted_upon: frozenset[str]
    parts: frozenset[str]  # "number of", "members of": who is meant stands behind
    others: frozenset[str]  # no people for all their endings: "papers", "sectors"

    @classmethod
    def of(cls, classes: Mapping[str, frozenset[str]]) -> ActorWords:
        """The words of the classes of data/lexicons/word-classes.yaml."""
        acting, acted_upon = (frozenset().union(*(classes[name] for name in names)) for names in (_ACTING, _ACTED_UPON))
        return cls(acting, acted_upon, classes["part"], classes["no_person"])


def find_actors(
    clause: Clause, text: str, head: int | None, subject_role: Role, words: ActorWords
) -> tuple[Actor, ...]:
    """The agent and the target of the verb at word `head`; of the main verb where it is None."""
    group = clause.group_of(head) if head is not None else _main(clause)
    if group is None:
        return ()
    subject, after = _subject(clause, text, group), _run_from(clause, text, group.head + 1)
    if group.passive:
        by = _behind(clause, text, group.head, frozenset({"by"}))
        return _named(clause, text, words, (by, Role.AGENT), (subject, Role.TARGET))
    return _named(clause, text, words, (subject, subject_role), (after, Role.TARGET))


def find_actors_of_noun(
    clause: Clause, text: str, first: int, last: int, light: frozenset[str], words: ActorWords
) -> tuple[Actor, ...]:
    """The agent and the target of an event that a noun names."""
    by = _behind(clause, text, last, frozenset({"by"}))
    agent = by or _owner(clause, text, first) or _carrier(clause, text, first, light)
    return _named(clause, text, words, (agent, Role.AGENT), (_behind(clause, text, last, _TOWARDS_TARGET), Role.TARGET))


def _named(clause: Clause, text: str, words: ActorWords, *found: tuple[Mention | None, Role]) -> tuple[Actor, ...]:
    meant = ((_whole(clause, text, mention, words), role) for mention, role in found if mention)
    return tuple(Actor(who.text, role, who) for who, role in meant if who and _can_be(text, who, role, words))


def _whole(clause: Clause, text: str, mention: Mention, words: ActorWords) -> Mention | None:
    """What a part is a part of: "villagers" of "a number of villagers"."""
    last = next((n for n, word in enumerate(clause.words) if word.end == mention.end), None)
    if last is None or clause.words[last].low not in words.parts or last + 2 >= len(clause.words):
        return mention
    return _run_from(clause, text, last + 2) if clause.words[last + 1].low == "of" else mention


def _can_be(text: str, mention: Mention, role: Role, words: ActorWords) -> bool:
    """Whether a noun phrase names somebody, or something that can be acted upon."""
    head = re.split(r"[\s-]", mention.text)[-1].lower()
    if head in _UNNAMED:
        return False
    if head in (words.acted_upon if role is Role.TARGET else words.acting):
        return True
    return _is_name(text, mention) or bool(_PERSONAL_ENDING.search(head) and head not in words.others)


def _is_name(text: str, mention: Mention) -> bool:
    """Whether a phrase ends like a name; a capital that opens a sentence shows nothing unless the word has it elsewhere."""
    *before, last = mention.text.split()
    if not last[0].isupper():
        return False
    if before or not _OPENS.search(text[max(0, mention.start - 4) : mention.start]):
        return True
    return not _COMMON_ENDING.search(last) or bool(re.search(rf"[a-z,] {re.escape(last)}\b", text))


def _main(clause: Clause) -> Group | None:
    finite = [g for g in clause.groups if g.shape is Shape.FINITE]
    return min(finite, key=lambda g: (g.depth, g.head), default=None)


def _carrier(clause: Clause, text: str, first: int, light: frozenset[str]) -> Mention | None:
    """The subject of a light verb whose object the noun is: "rebels launched an attack"."""
    before = [g for g in clause.groups if g.head < first and g.shape is not Shape.ADJECTIVE]
    if not before or before[-1].lemma not in light or before[-1].lemma == "be" or before[-1].passive:
        return None
    return _subject(clause, text, before[-1]) if first - before[-1].head <= _REACH else None


def _owner(clause: Clause, text: str, first: int) -> Mention | None:
    """The possessor right before the noun: "the army's offensive"."""
    if first >= 2 and clause.words[first - 1].low == "'s" and clause.tags[first - 2] is Tag.NOUN:
        return _phrase(clause, text, _run_start(clause, first - 2), first - 2)
    return None


def _subject(clause: Clause, text: str, group: Group) -> Mention | None:
    """The noun phrase before the verb; a relative pronoun hands on to what it stands for."""
    if group.shape is Shape.ADJECTIVE:
        return _run_from(clause, text, group.head + 1)
    n = group.first - 1
    while n >= 0 and clause.tags[n] in _TRANSPARENT:
        n -= 1
    if n < 0:
        return None
    if group.shape in (Shape.INFINITIVE, Shape.GERUND):
        return _subject_of_lead(clause, text, group, n)
    if clause.tags[n] is Tag.PRONOUN:
        return _word(clause, text, n)
    return _antecedent(clause, text, n)


def _subject_of_lead(clause: Clause, text: str, group: Group, n: int) -> Mention | None:
    """Infinitives and gerunds take the subject of the verb that leads to them, unless a noun stands right before."""
    if (
        clause.tags[n] is Tag.NOUN
        and clause.words[n].end == clause.words[group.first].start - 1
        and group.shape is Shape.GERUND
    ):
        return _antecedent(clause, text, n)
    leads = [g for g in clause.groups if g.head < group.head and g.shape is Shape.FINITE]
    return _subject(clause, text, leads[-1]) if leads else None


def _antecedent(clause: Clause, text: str, n: int) -> Mention | None:
    """The head noun phrase that ends at or before `n`: back over "of …", "in …", "held by …" and "who had fled to …"."""
    last, first = n, _run_start(clause, n)
    for _ in range(_REACH):
        further = _before_modifier(clause, first - 1)
        if further is None:
            break
        last, first = further, _run_start(clause, further)
    return _phrase(clause, text, first, last)


def _before_modifier(clause: Clause, at: int) -> int | None:
    """Where the noun phrase ends that a modifier ending at word `at` belongs to, if one does."""
    n = at
    if n >= 1 and clause.tags[n] is Tag.PREPOSITION:
        n -= 1
        if clause.tags[n] in _INSIDE:
            return n
    while n > 0 and clause.tags[n] in (Tag.ADVERB, Tag.PREPOSITION):
        n -= 1
    group = clause.group_of(n) if n > 0 else None
    if group is None or group.first < 1:
        return None
    before = group.first - 1
    if group.shape in (Shape.REDUCED, Shape.GERUND):
        return before if clause.tags[before] in _INSIDE else None
    if clause.tags[before] is not Tag.RELATIVE or before < 1:
        return None
    before -= 2 if clause.tags[before - 1] is Tag.MARK else 1
    return before if before >= 0 and clause.tags[before] in _INSIDE else None


def _run_start(clause: Clause, last: int) -> int:
    first = last
    while first > 0 and clause.tags[first - 1] in _INSIDE:
        first -= 1
    return first


def _behind(clause: Clause, text: str, at: int, prepositions: frozenset[str]) -> Mention | None:
    """The noun phrase after one of the prepositions, before the next verb or mark."""
    for n in range(at + 1, min(at + _REACH, len(clause.words) - 1)):
        if clause.words[n].low in prepositions:
            return _run_from(clause, text, n + 1)
        if clause.tags[n] in (Tag.VERB, Tag.RELATIVE, Tag.MARK) or clause.tags[n] in AUXILIARIES:
            return None
    return None


def _run_from(clause: Clause, text: str, n: int) -> Mention | None:
    while n + 1 < len(clause.words) and clause.words[n].low in _BOUNDS:  # "at least", "up to", "more than"
        n += 1
    last = n
    while last < len(clause.words) and clause.tags[last] in _INSIDE:
        last += 1
    if last == n and n < len(clause.words) and clause.tags[n] is Tag.PRONOUN:
        return _word(clause, text, n)
    return _phrase(clause, text, n, last - 1) if last > n else None


def _word(clause: Clause, text: str, n: int) -> Mention:
    return Mention.at(Span(clause.words[n].start, clause.words[n].end), text)


def _phrase(clause: Clause, text: str, first: int, last: int) -> Mention | None:
    """The words from first to last without a leading article or possessor's mark, and without a trailing one."""
    while first <= last and clause.words[first].low in _NO_HEADS:
        first += 1
    while last >= first and (clause.words[last].low == "'s" or clause.tags[last] is Tag.DETERMINER):
        last -= 1
    if first > last:
        return None
    return Mention.at(Span(clause.words[first].start, clause.words[last].end), text)
