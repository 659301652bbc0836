"""Triggers: the words or phrases of a clause that signal an event, each with how high it stands there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from bywhom.claims.ontology import NAME, EventTable, Sense
from bywhom.claims.standing import (
    LEAST,
    NOUN_PHRASE,
    OTHER_COST,
    PARTICIPLE,
    PURPOSE,
    noun_rank,
    subject_of_light,
    verb_rank,
)
from bywhom.prose.lexis import AUXILIARIES, Tag
from bywhom.prose.syntax import Clause, read_clause
from bywhom.prose.verbs import Shape
from bywhom.records import EventType, Mention, Role, Span

_REACH = 9  # words to either side of a trigger in which its subject and object are looked for
_GAP = 2  # words that may stand inside a phrasal verb: "blew the bridge up"
_UNDOING = frozenset({"de", "anti", "non", "post", "pre", "ex", "pro"})  # "de-escalation" is no escalation
_MARKS_THAT_CLOSE = frozenset({";", ":", "(", ")", "–", "—", "?", "!"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words in a clause that signal an event."""

    mention: Mention
    type: EventType
    weight: int
    is_verb: bool
    negated: bool
    rank: float  # how high it stands in the clause: the highest decides
    first: int = 0  # positions in the clause's words
    last: int = 0
    subject_role: Role = Role.AGENT


def triggers_in(text: str, span: Span, *, table: EventTable) -> tuple[Trigger, ...]:
    """Every event that words of the span signal, in text order."""
    return triggers_of(read_clause(text, span, table.lex), text, table)


@lru_cache(maxsize=128)  # cuts, event and choice ask for the same clause one after the other
def triggers_of(clause: Clause, text: str, table: EventTable) -> tuple[Trigger, ...]:
    """Every event that words of the clause signal, in text order."""
    found: list[Trigger] = []
    i = 0
    while i < len(clause.words):
        hit = _match(clause, i, table)
        if hit is None:
            i += 1
            continue
        sense, last = hit
        found.append(_trigger(clause, text, i, last, sense, table))
        i = last + 1 if sense.kind != "verb" or last - i == len(sense.phrase) - 1 else i + 1
    return tuple(_raised(found, clause))


def _raised(found: list[Trigger], clause: Clause) -> list[Trigger]:
    """The triggers; infinitives of purpose raised where the main verb names no event: "flew in to rescue"."""
    if any(t.is_verb and t.rank >= PURPOSE for t in found):
        return found
    return [replace(t, rank=t.rank - PARTICIPLE + PURPOSE) if _is_infinitive(clause, t) else t for t in found]


def _is_infinitive(clause: Clause, trigger: Trigger) -> bool:
    group = clause.group_of(trigger.first)
    return group is not None and group.shape is Shape.INFINITIVE and trigger.rank < PURPOSE and group.depth == 0


def _match(clause: Clause, i: int, table: EventTable) -> tuple[Sense, int] | None:
    """The best sense of the phrase that begins at word `i`, and the position of its last word."""
    if clause.words[i].joined and clause.words[i - 1].low in _UNDOING:
        return None
    hits = []
    for sense in table.senses.get(clause.words[i].low, ()):
        last = _phrase_end(clause, i, sense)
        if last is not None and _fits(clause, i, last, sense):
            hits.append((len(sense.phrase), sense.weight + len(sense.needs), sense, last))
    if not hits:
        return None
    best = max(hits, key=lambda hit: hit[:2])
    return best[2], best[3]


def _phrase_end(clause: Clause, i: int, sense: Sense) -> int | None:
    """Where the phrase ends if it begins at word `i`."""
    at = i
    for n, part in enumerate(sense.phrase[1:], 1):
        gap = _GAP if sense.kind == "verb" and n == len(sense.phrase) - 1 and len(part) > 1 else 0
        for j in range(at + 1, min(at + 2 + gap, len(clause.words))):
            if clause.words[j].low == part:
                at = j
                break
            if clause.words[j].low in _MARKS_THAT_CLOSE or clause.words[j].low in {",", ".", "to"}:
                return None  # only an object stands inside: "moved to relatives in the hills" is no "move in"
        else:
            return None
    return at


def _fits(clause: Clause, first: int, last: int, sense: Sense) -> bool:
    verbal = clause.tags[first] is Tag.VERB or clause.tags[first] in AUXILIARIES
    if sense.kind == "verb" and not (verbal or _adjectival(clause, first) or _nominal_gerund(clause, first, last)):
        return False
    if sense.kind == "noun" and clause.tags[last] is Tag.VERB:
        return False
    return all(_present(clause, first, last, where, words) for where, words in sense.needs) and not any(
        _present(clause, first, last, where, words) for where, words in sense.vetoes
    )


def _nominal_gerund(clause: Clause, first: int, last: int) -> bool:
    """Whether a gerund is used as a noun with its object behind it: "the targeting of clinics"."""
    return (
        clause.words[first].low.endswith("ing") and last + 1 < len(clause.words) and clause.words[last + 1].low == "of"
    )


def _adjectival(clause: Clause, i: int) -> bool:
    group = clause.group_of(i)
    return group is not None and group.shape is Shape.ADJECTIVE


def _present(clause: Clause, first: int, last: int, where: str, words: frozenset[str]) -> bool:
    """Whether one of the words stands where the condition looks for it."""
    if where == "near":
        return any(word.low in words for n, word in enumerate(clause.words) if not first <= n <= last) or any(
            " " in phrase and _holds(clause, phrase) for phrase in words
        )
    if where == "after":
        return last + 1 < len(clause.words) and clause.words[last + 1].low in words
    if where == "before":
        return first > 0 and clause.words[first - 1].low in words
    reach = _argument(clause, first, last, where)
    return any(clause.words[n].low in words for n in reach) or (NAME in words and _has_name(clause, reach, where))


def _has_name(clause: Clause, reach: range, where: str) -> bool:
    """Whether the noun phrase next to the verb holds a word written like a name; capitals alone tell nothing."""
    inward = reach if reach.start > 0 and where == "object" else reversed(reach)
    for n in inward:
        if clause.tags[n] not in NOUN_PHRASE:
            return False
        if clause.words[n].text[0].isupper() and not clause.words[n].text.isupper() and clause.tags[n] is Tag.NOUN:
            return True
    return False


def _holds(clause: Clause, phrase: str) -> bool:
    parts = phrase.split()
    lows = [word.low for word in clause.words]
    return any(lows[n : n + len(parts)] == parts for n in range(len(lows) - len(parts) + 1))


def _argument(clause: Clause, first: int, last: int, where: str) -> range:
    """The words in which the subject or object of a verb can lie; a passive is turned round."""
    group = clause.group_of(first)
    left = where == "subject"
    if group is not None and group.passive:
        left = not left
    if left:
        start = group.first if group else first
        if group is not None and group.shape is Shape.ADJECTIVE:
            return range(last + 1, min(last + 4, len(clause.words)))
        return range(_left_edge(clause, start), start)
    return range(last + 1, _right_edge(clause, last))


def _left_edge(clause: Clause, start: int) -> int:
    n = start
    while n > 0 and start - n < _REACH + 4 and clause.words[n - 1].low not in _MARKS_THAT_CLOSE:
        n -= 1
    return n


def _right_edge(clause: Clause, last: int) -> int:
    n = last + 1
    while n < len(clause.words) and n - last <= _REACH:
        opens = clause.tags[n] in (Tag.SUBORDINATOR, Tag.RELATIVE) and clause.words[n].low != "than"  # "more than 120"
        if opens or clause.words[n].low in _MARKS_THAT_CLOSE:
            break
        if clause.tags[n] is Tag.VERB and n > last + 1 and clause.tags[n - 1] in (Tag.MARK, Tag.CONJUNCTION):
            break
        n += 1
    return n


def _trigger(clause: Clause, text: str, first: int, last: int, sense: Sense, table: EventTable) -> Trigger:
    mention = Mention.at(Span(clause.words[first].start, clause.words[last].end), text)
    head = last if sense.kind == "verb" and clause.group_of(first) is None else first  # "were abandoned": the last word
    group = clause.group_of(head)
    rank = (
        verb_rank(clause, group, table)
        if group is not None and sense.kind != "noun"
        else noun_rank(clause, first, last, table)
    )
    negated = group.negated if group is not None else False
    rank += 4 * sense.weight - (OTHER_COST if sense.type is EventType.OTHER else 0)
    if sense.weight == 0 and not subject_of_light(clause, last, table):
        rank = min(rank, LEAST - 1)
    first = head if group is not None else first
    return Trigger(mention, sense.type, sense.weight, group is not None, negated, rank, first, last, sense.subject_role)
