"""Contents cut into clauses, each around one event: where a claim begins and ends.

A cut is made where event, source, certainty, time or place may change: before a second clause with a subject of its own,
before a relative clause set off by a comma, before a participle that tells the toll. A tail that tells no event
("raising questions about …") is left out of the span.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bywhom.claims.events import EventTable, find_event, triggers_in
from bywhom.claims.joints import (
    BEFORE_PARTICIPLE,
    REACH,
    Content,
    CutTable,
    Joint,
    chance_of_cut,
    chance_of_opening,
    cut_table,
    joints,
    parts_tell,
)
from bywhom.prose.lexis import Tag
from bywhom.prose.syntax import Group
from bywhom.prose.verbs import Shape
from bywhom.records import EventType, Opening, Span

_TOLL = frozenset({EventType.CASUALTY, EventType.DESTROY, EventType.DETAIN, EventType.EXECUTE})
# Words of closed classes, by what a cut before or behind them takes.
_JOINING = frozenset({"and", "but", "yet", "while", "whereas", "although", "though", "as", "after", "because"})
_SIDE = frozenset({"as", "after", "because", "although", "though"})  # cut only where both sides tell an event
_RELATIVE = frozenset({"which", "who", "where", "whose"})
_LEADING = frozenset({"after", "as", "when", "while", "although", "though", "because", "since", "before", "once"})
_COUNTS = frozenset({Tag.NUMBER, Tag.DETERMINER, Tag.NOUN, Tag.PRONOUN})
_MIN_WORDS = 3
_HEAD, _END = re.compile(r"(\w+)\s"), re.compile(r"\s(\w+)\Z")
_BARE = frozenset({"and", "or"})  # at the head of a claim
_DANGLING = frozenset(
    {"and", "but", "or", "nor", "which", "after", "when", "while", "where", "whereas", "because", "although"}
)
# Marks, and every blank that Unicode knows: a form feed between paragraphs of wire copy is one too.
_TRIM = "\"“”«»‘’'`,;:.—–-…()[]" + "".join(chr(i) for i in range(0x3001) if chr(i).isspace())


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where one clause ends and the next begins, as positions in the list of words."""

    end: int
    start: int
    drop: bool = False  # the second part tells no event and is left out
    seen: bool = False  # made because a trained reader sees a claim begin here


@dataclass(frozen=True, slots=True)
class Part:
    """A clause of a content."""

    span: Span
    seen: bool = False  # whether it begins or ends where it does because a trained reader sees a claim begin there


def clauses(
    text: str,
    content: Span,
    *,
    table: EventTable,
    openings: Sequence[Opening] | None = None,
    cuts: CutTable | None = None,
) -> tuple[Part, ...]:
    """The clauses of a content, in order; they do not overlap and are trimmed of the marks around them.

    `openings` is where claims may begin as a trained reader sees it, in text order; None: none has looked.
    """
    read = Content.read(text, content, table, openings)
    parts: list[tuple[int, int, bool]] = []
    start, seen = 0, False
    for cut in _cuts(read, cuts or cut_table()):
        parts.append((start, cut.end, seen or cut.seen))
        start, seen = (len(read) if cut.drop else cut.start), cut.seen
    parts.append((start, len(read), seen))
    found = (Part(_trimmed(text, read.span(first, last)), seen) for first, last, seen in parts if first < last)
    return tuple(part for part in found if len(part.span))


def _trimmed(text: str, whole: Span) -> Span:
    """The span without the marks around it, but with the closing mark of a pair that opens inside."""
    trimmed = _unjoined(text, whole.trimmed(text, _TRIM))
    end = trimmed.end
    for opening, closing in (("(", ")"), ("“", "”"), ("[", "]"), ("‘", "’")):
        inside = text[trimmed.start : end]
        if inside.count(opening) > inside.count(closing) and text[end : end + 1] == closing and end < whole.end:
            end += 1
    return Span(trimmed.start, end)


def _unjoined(text: str, span: Span) -> Span:
    """The span without a word at its head or end that only joins it to what is not in it: "and the mill", "the mill, which"."""
    while True:
        first, last = _HEAD.match(text, span.start, span.end), _END.search(text, span.start, span.end)
        start = first.end() if first and first[1].lower() in _BARE else span.start
        end = last.start() if last and last[1].lower() in _DANGLING else span.end
        if (start, end) == (span.start, span.end) or start >= end:
            return span
        span = Span(start, end).trimmed(text, _TRIM)


def _cuts(read: Content, table: CutTable) -> Iterator[_Cut]:
    """The cuts of a content: by rule, unless the weights speak against it, and elsewhere where they speak for it."""
    weighed = {joint.at: joint for joint in joints(read)}
    last = 0
    for i in range(1, len(read)):
        if i <= last:
            continue
        cut = _toll_cut(read, i) or _tail_cut(read, i) or _semicolon_cut(read, i)
        if cut is None:
            by_rule, joint = _lead_cut(read, last, i) or _joint_cut(read, last, i), weighed.get(i)
            cut = _settled(read, by_rule, joint, last, table) if joint else by_rule
        if cut is not None:
            yield cut
            last = cut.start


def _settled(read: Content, by_rule: _Cut | None, joint: Joint, start: int, table: CutTable) -> _Cut | None:
    """The cut of a rule or of the weights at a joint, or none."""
    chance = chance_of_cut(read, joint, start, table)
    if by_rule is not None:
        return by_rule if chance >= table.undone else None
    bar = table.bars.get(joint.word, table.bar)
    if chance + chance_of_opening(read, joint, table) <= bar or not parts_tell(read, joint, start):
        return None
    return _Cut(_end_before(read, joint.at), joint.opens, seen=chance <= bar)


def _end_before(read: Content, i: int) -> int:
    """Where the words before `i` end, without the mark that sets `i` off."""
    return i - 1 if read.low(i - 1) in {",", ";", "—", "–"} else i


# -- participles --------------------------------------------------------------------------------------------------------


def _toll_cut(read: Content, i: int) -> _Cut | None:
    """Before "killing three": the toll is a claim of its own beside the act."""
    tags = read.clause.tags
    if not read.low(i).endswith("ing") or tags[i - 1] not in BEFORE_PARTICIPLE or i + 1 >= len(read):
        return None
    if tags[i + 1] not in _COUNTS and read.low(i + 1) not in read.table.lex.grammar.bounds:
        return None
    found = triggers_in(read.text, read.span(i, min(i + 8, len(read))), table=read.table)
    toll = any(t.type in _TOLL and t.mention.start == read.clause.words[i].start for t in found)
    if not toll or not read.types(0, i) - _TOLL or read.size(0, i) < _MIN_WORDS:
        return None
    return _Cut(i - 1 if read.low(i - 1) == "," else i, i)


def _tail_cut(read: Content, i: int) -> _Cut | None:
    """Before a participle behind a comma: cut if it tells another event, left out if it is long and tells none."""
    group = read.clause.group_of(i)
    if group is None or group.shape is not Shape.GERUND or not read.has_finite(0, i):
        return None
    plain_comma = read.low(i - 1) == ","
    if not plain_comma and not (read.low(i - 1) in {"further", "thus", "thereby"} and read.low(i - 2) == ","):
        return None
    head, tail = read.types(0, i), read.types(i, len(read))
    size = read.size(i, len(read))
    if plain_comma and head and tail and not head & tail and size > 4:
        return _Cut(i - 1, i)
    return _Cut(i - 1, i, drop=True) if not tail and 2 * size >= read.size(0, i) else None


# -- clauses ------------------------------------------------------------------------------------------------------------


def _lead_cut(read: Content, start: int, i: int) -> _Cut | None:
    """At the comma behind a clause that opens with "after", "as", "when": both it and the main clause are told."""
    if read.low(i) != ",":
        return None
    first = next((k for k in range(start, i) if read.clause.tags[k] is not Tag.ADVERB), i)
    if read.low(first) not in _LEADING or not read.has_finite(first, i) or read.size(first, i) < 4:
        return None
    verb = read.next_finite(i + 1)
    return _Cut(i, i + 1) if verb is not None and read.own_subject(i + 1, verb) else None


def _semicolon_cut(read: Content, i: int) -> _Cut | None:
    """At a semicolon: it parts clauses always."""
    return _Cut(i, i + 1) if read.low(i) == ";" else None


def _joint_cut(read: Content, start: int, i: int) -> _Cut | None:
    """Before a joining word or relative with a finite verb of its own behind it."""
    low = read.low(i)
    if low in _RELATIVE and read.low(i - 1) in {",", ";", "—", "–"}:
        return _relative_cut(read, start, i)
    if low not in _JOINING or not read.has_finite(start, i):
        return None
    verb = read.next_finite(i + 1)
    if verb is None:
        return None
    if not read.own_subject(i + 1, verb):
        return _shared_cut(read, start, i, verb)
    if read.size(start, i) < _MIN_WORDS or read.size(i + 1, len(read)) < _MIN_WORDS:
        return None
    if low == "and" and _one_toll(read, start, i, verb):
        return None
    if low in _SIDE and not (read.types(start, i) and read.types(i + 1, _event_end(read, verb))):
        return None
    return _Cut(_end_before(read, i), i + 1)


def _one_toll(read: Content, start: int, i: int, verb: Group) -> bool:
    """Whether both sides of an "and" are one toll: "nine were killed and ten were injured"."""
    sides = (read.span(start, i), read.span(i + 1, min(i + REACH, len(read))))
    found = (triggers_in(read.text, side, table=read.table) for side in sides)
    return not verb.modal and all(any(t.type is EventType.CASUALTY and t.is_verb for t in side) for side in found)


def _shared_cut(read: Content, start: int, i: int, verb: Group) -> _Cut | None:
    """Before a second verb of the same subject with another event: "were abandoned and then locked up"."""
    low = read.low(i)
    if low not in {"and", "but"} or verb.first - i > 3:
        return None
    if low == "but":
        return _Cut(i - 1 if read.low(i - 1) == "," else i, i + 1)
    if read.low(i + 1) != "then":
        return None
    first, second = read.types(start, i), read.types(i + 1, _event_end(read, verb))
    return _Cut(i, i + 1) if first and second and not first & second else None


def _relative_cut(read: Content, start: int, i: int) -> _Cut | None:
    """Before ", which …", if the relative clause tells something and does not only close a list."""
    end = len(read)
    closed = _is_closed(read, i)
    if closed or read.next_finite(i + 1) is None or read.size(i, end) < 4 or not read.has_finite(start, i):
        return None
    told = read.low(i) == "which" or find_event(read.text, read.span(i, end), table=read.table).type
    return _Cut(i - 1, i) if told is not EventType.OTHER else None


def _is_closed(read: Content, i: int) -> bool:
    """Whether a relative clause is closed by a comma with the main verb just behind it."""
    firsts = [group.first for group in read.clause.groups if group.shape is Shape.FINITE]
    commas = (k for k in range(i + 1, len(read)) if read.low(k) == ",")
    return any(any(k < first <= k + 3 for first in firsts) for k in commas)


def _event_end(read: Content, verb: Group) -> int:
    return min(verb.head + REACH, len(read))
