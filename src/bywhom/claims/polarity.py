"""Whether the event is said to have happened: negation, where it reaches the event."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bywhom import lexicons
from bywhom.claims.events import event_table
from bywhom.claims.phrases import find, first_of, lemmas
from bywhom.prose.lexis import Lexis, Tag
from bywhom.prose.syntax import Clause, Group, read_clause
from bywhom.prose.verbs import Shape
from bywhom.prose.words import words_of
from bywhom.records import Event, EventType, Mention, Polarity, Span

_MARKS = frozenset(",;:()–—")
_CLOSE = 7  # words that may stand between "absence of" and the trigger it negates


@dataclass(frozen=True, slots=True)
class PolarityTable:
    """data/lexicons/polarity.yaml."""

    denial: frozenset[str]
    denial_of_words: frozenset[str]
    words_denied: frozenset[str]
    not_denial_before: frozenset[str]
    absence: tuple[str, ...]
    reaching: frozenset[str]
    not_known: frozenset[str]
    attempts: frozenset[str]
    withheld: frozenset[str]
    held: tuple[str, ...]
    not_negation_before: frozenset[str]
    raising: frozenset[str]
    unmoved: frozenset[str]
    lacking: frozenset[EventType]


@lru_cache(maxsize=1)
def polarity_table() -> PolarityTable:
    """The shipped table."""
    table: PolarityTable = lexicons.load("lexicons/polarity", PolarityTable)
    return table


def polarity_of(
    text: str, span: Span, *, event: Event, table: PolarityTable, cue: Mention | None = None, lex: Lexis | None = None
) -> Polarity:
    """NEGATIVE where the event at stake is said not to have happened, POSITIVE otherwise."""
    lex = lex or event_table().lex
    clause = read_clause(text, span, lex)
    at = _trigger_position(clause, event.trigger)
    if _denied(text, clause, at, cue, table, lex):
        return Polarity.NEGATIVE
    if event.type in table.lacking:
        return (
            Polarity.NEGATIVE
            if at is not None and _group_negated(clause, at, table) and _verbal(clause, at)
            else Polarity.POSITIVE
        )
    negative = _negated(clause, at, event, table, lex)
    return Polarity.NEGATIVE if negative else Polarity.POSITIVE


def _trigger_position(clause: Clause, trigger: Mention | None) -> int | None:
    """The main verb inside the trigger, or its first word."""
    if trigger is None:
        return None
    inside = [i for i, word in enumerate(clause.words) if trigger.start <= word.start < trigger.end]
    return next((i for i in inside if clause.group_of(i)), inside[0] if inside else None)


def _verbal(clause: Clause, at: int) -> bool:
    return clause.group_of(at) is not None


def _denied(text: str, clause: Clause, at: int | None, cue: Mention | None, table: PolarityTable, lex: Lexis) -> bool:
    """Whether the source denies the content, by its cue or by the main verb of the clause."""
    if cue is not None and lemmas(words_of(text, cue.span), lex) & table.denial:
        return True
    return any(_denies(clause, group, at, table) for group in clause.groups if group.depth == 0)


def _denies(clause: Clause, group: Group, at: int | None, table: PolarityTable) -> bool:
    """Whether the group denies what it governs."""
    if group.lemma not in table.denial or group.shape is Shape.ADJECTIVE or group.negated or group.passive:
        return False
    follows = {word.low for word in clause.words[group.head + 1 : group.head + 5]}
    if group.lemma in table.denial_of_words:
        return bool(follows & table.words_denied)
    return group.head != at and not follows & table.not_denial_before


def _negated(clause: Clause, at: int | None, event: Event, table: PolarityTable, lex: Lexis) -> bool:
    if event.type is EventType.AID and _withheld(clause, table):
        return True
    if event.type is EventType.WITHDRAW and first_of(clause.words, table.held):
        return True
    if at is None:
        return _main_negated(clause, table, lex)
    return (
        _group_negated(clause, at, table)
        or _led_by_negation(clause, at, table)
        or _noun_negated(clause, at)
        or _absent(clause, at, table)
        or _no_subject(clause, at)
    )


def _withheld(clause: Clause, table: PolarityTable) -> bool:
    return any(word.low in table.withheld for word in clause.words)


def _is_negation(clause: Clause, group: Group, table: PolarityTable) -> bool:
    """Whether the group is negated and not by "not only"."""
    if not group.negated:
        return False
    inside = [word.low for word in clause.words[group.first : group.head + 4]]
    return not table.not_negation_before.intersection(inside)


def _group_negated(clause: Clause, at: int, table: PolarityTable) -> bool:
    """Whether the verb at the trigger is negated itself."""
    group = clause.group_of(at)
    return group is not None and _is_negation(clause, group, table)


def _led_by_negation(clause: Clause, at: int, table: PolarityTable) -> bool:
    """Whether a negated verb of expecting or allowing leads to the trigger."""
    leads = [g for g in clause.groups if g.head < at and g.shape is not Shape.ADJECTIVE]
    if not leads:
        return False
    lead = leads[-1]
    return lead.lemma in table.raising and _is_negation(clause, lead, table) and at - lead.head <= _CLOSE


def _noun_negated(clause: Clause, at: int) -> bool:
    """Whether "no" determines the noun phrase of the trigger: "no incident", "no signs"."""
    n = at - 1
    while n >= 0 and clause.tags[n] in (Tag.NOUN, Tag.ADVERB, Tag.DETERMINER, Tag.CONJUNCTION, Tag.NEGATOR):
        if clause.words[n].low == "no" and clause.words[n + 1].low not in (
            "longer",
            "doubt",
            "matter",
            "less",
            "fewer",
        ):
            return True
        n -= 1
    return False


def _absent(clause: Clause, at: int, table: PolarityTable) -> bool:
    """Whether a word of absence stands shortly before the trigger, with no other finite verb between."""
    group = clause.group_of(at)
    finite = group is not None and group.shape is Shape.FINITE
    for first, last in find(clause.words, table.absence):
        phrase = " ".join(word.low for word in clause.words[first : last + 1])
        near = last < at <= last + _CLOSE + 2 and not _cut_off(clause, last, at)
        if near and (phrase in table.reaching or not finite):
            return True
        if first <= at <= last and at != first:
            return True
    return False


def _cut_off(clause: Clause, left: int, right: int) -> bool:
    """Whether a finite verb or a mark stands between."""
    marks = any(clause.words[n].low in _MARKS for n in range(left + 1, right))
    return marks or any(left < g.head < right and g.shape is Shape.FINITE for g in clause.groups)


def _no_subject(clause: Clause, at: int) -> bool:
    """Whether the subject of the trigger's clause is none: "no orders have been issued to leave"."""
    if not clause.words or clause.words[0].low not in ("no", "nobody", "none", "neither", "nothing"):
        return False
    if len(clause.words) > 1 and clause.words[1].low in ("longer", "doubt", "less", "fewer", "matter"):
        return False
    return not any(clause.tags[n] is Tag.MARK and clause.words[n].low in ",;:" for n in range(at))


def _main_negated(clause: Clause, table: PolarityTable, lex: Lexis) -> bool:
    """Where no word names the event, the negation of the main verb is that of the claim."""
    main = [g for g in clause.groups if g.shape is Shape.FINITE and g.depth == 0 and g.lemma not in lex.grammar.speech]
    if not main:
        return False
    if clause.words[0].low == "no" and clause.words[1].low not in ("longer", "doubt", "matter"):
        return True
    head = main[0]
    after = [word.low for word in clause.words[head.head + 1 : head.head + 4]]
    if head.lemma == "be" and table.not_known.intersection(after):
        return False
    if head.lemma == "be" and after[:1] == ["no"]:
        return True
    return head.lemma not in table.unmoved and _is_negation(clause, head, table)
