"""Who did it to whom, by the syntax around a trigger."""

from __future__ import annotations

from bywhom.claims.syntax import AUXILIARIES, Clause, Group, Shape, Tag
from bywhom.records import Actor, Mention, Role, Span

_INSIDE = (Tag.NOUN, Tag.DETERMINER, Tag.NUMBER)


def find_actors(clause: Clause, text: str, head: int | None, subject_role: Role) -> tuple[Actor, ...]:
    """The agent and the target of the verb at word `head`; of the main verb where it is None."""
    group = clause.group_of(head) if head is not None else _main(clause)
    if group is None:
        return ()
    subject, object_ = _subject(clause, text, group), _object(clause, text, group)
    by = _by_phrase(clause, text, group)
    if group.passive:
        found = [(by, Role.AGENT), (subject, Role.TARGET)]
    else:
        found = [(subject, subject_role), (object_, Role.TARGET)]
    return tuple(Actor(mention.text, role, mention) for mention, role in found if mention is not None)


def _main(clause: Clause) -> Group | None:
    finite = [g for g in clause.groups if g.shape is Shape.FINITE]
    return min(finite, key=lambda g: (g.depth, g.head), default=None)


def _subject(clause: Clause, text: str, group: Group) -> Mention | None:
    """The noun phrase before the verb; a relative pronoun hands on to what it stands for."""
    n = group.first - 1
    while n >= 0 and clause.tags[n] in (Tag.ADVERB, Tag.MARK, Tag.RELATIVE, Tag.THAT):
        n -= 1
    if n < 0:
        return None
    if clause.tags[n] is Tag.PRONOUN:
        return Mention.at(Span(clause.words[n].start, clause.words[n].end), text)
    return _phrase(clause, text, *_back_over_modifiers(clause, n))


def _back_over_modifiers(clause: Clause, n: int) -> tuple[int, int]:
    """First and last word of the noun phrase that ends at or before `n`, without "of …" and "in …" behind its head."""
    last = n
    first = _run_start(clause, last)
    while first >= 2 and clause.tags[first - 1] is Tag.PREPOSITION and clause.tags[first - 2] in _INSIDE:
        last = first - 2
        first = _run_start(clause, last)
    return first, last


def _run_start(clause: Clause, last: int) -> int:
    first = last
    while first > 0 and clause.tags[first - 1] in _INSIDE:
        first -= 1
    return first


def _object(clause: Clause, text: str, group: Group) -> Mention | None:
    return _run_from(clause, text, group.head + 1)


def _by_phrase(clause: Clause, text: str, group: Group) -> Mention | None:
    for n in range(group.head + 1, min(group.head + 10, len(clause.words) - 1)):
        if clause.words[n].low == "by":
            return _run_from(clause, text, n + 1)
        if clause.tags[n] is Tag.VERB or clause.tags[n] in AUXILIARIES:
            return None
    return None


def _run_from(clause: Clause, text: str, n: int) -> Mention | None:
    last = n
    while last < len(clause.words) and clause.tags[last] in _INSIDE:
        last += 1
    if last == n and n < len(clause.words) and clause.tags[n] is Tag.PRONOUN:
        last = n + 1
    return _phrase(clause, text, n, last - 1) if last > n else None


def _phrase(clause: Clause, text: str, first: int, last: int) -> Mention | None:
    """The words from first to last without a leading article."""
    while first <= last and clause.words[first].low in ("the", "a", "an", "'s"):
        first += 1
    if first > last or clause.tags[last] not in (Tag.NOUN, Tag.NUMBER, Tag.PRONOUN, Tag.DETERMINER):
        return None
    return Mention.at(Span(clause.words[first].start, clause.words[last].end), text)
