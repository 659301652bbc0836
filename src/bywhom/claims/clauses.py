"""Contents cut into clauses, each around one event: where a claim begins and ends.

A cut is made where event, source, certainty, time or place may change: before a second clause with a subject of its own,
before a relative clause set off by a comma, before a participle that tells the toll. A tail that tells no event
("raising questions about …") is left out of the span.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bywhom.claims.events import EventTable, find_event, triggers_in
from bywhom.claims.syntax import Clause, Group, Shape, Tag, read_clause
from bywhom.records import EventType, Span

_TOLL = frozenset({EventType.CASUALTY, EventType.DESTROY, EventType.DETAIN, EventType.EXECUTE})
_JOINING = frozenset({"and", "but", "yet", "while", "whereas", "although", "though", "as", "after", "because"})
_SIDE = frozenset({"as", "after", "because", "although", "though"})  # cut only where both sides tell an event
_RELATIVE = frozenset({"which", "who", "where", "whose"})
_LEADING = frozenset({"after", "as", "when", "while", "although", "though", "because", "since", "before", "once"})
_BEFORE_TOLL = frozenset({Tag.NOUN, Tag.NUMBER, Tag.MARK, Tag.ADVERB, Tag.PRONOUN})
_COUNTS = frozenset({Tag.NUMBER, Tag.DETERMINER, Tag.NOUN, Tag.PRONOUN})
_MIN_WORDS = 3
_SUBJECT = 14  # words between a joining word and its verb, at most
_TRIM = "\"“”«»‘’'`,;:.—–-…()[] \t\r\n\u00a0"


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where one clause ends and the next begins, as positions in the list of words."""

    end: int
    start: int
    drop: bool = False  # the second part tells no event and is left out


def clauses(text: str, content: Span, *, table: EventTable) -> tuple[Span, ...]:
    """The clauses of a content, in order; they do not overlap and are trimmed of the marks around them."""
    clause = read_clause(text, content, table.lex)
    if not clause.words:
        return ()
    pieces: list[tuple[int, int]] = []
    start = 0
    for cut in _cuts(text, clause, table):
        if cut.end > start:
            pieces.append((start, cut.end))
        start = len(clause.words) if cut.drop else cut.start
    if start < len(clause.words):
        pieces.append((start, len(clause.words)))
    spans = (_span(text, clause, first, last) for first, last in pieces)
    return tuple(span for span in spans if len(span))


def _span(text: str, clause: Clause, first: int, last: int) -> Span:
    words = clause.words[first:last]
    whole = Span(words[0].start, words[-1].end)
    trimmed = whole.trimmed(text, _TRIM)
    return _with_brackets(text, trimmed, whole)


def _with_brackets(text: str, trimmed: Span, whole: Span) -> Span:
    """Keep the closing bracket or mark of a pair that opens inside the span."""
    end = trimmed.end
    for opening, closing in (("(", ")"), ("“", "”"), ("[", "]"), ("‘", "’")):
        inside = text[trimmed.start : end]
        if inside.count(opening) > inside.count(closing) and text[end : end + 1] == closing and end < whole.end:
            end += 1
    return Span(trimmed.start, end)


def _cuts(text: str, clause: Clause, table: EventTable) -> Iterator[_Cut]:
    last = 0
    for i in range(1, len(clause.words)):
        if i <= last:
            continue
        cut = (
            _toll_cut(text, clause, i, table)
            or _tail_cut(text, clause, i, table)
            or _lead_cut(text, clause, last, i)
            or _clause_cut(text, clause, last, i, table)
        )
        if cut is not None:
            yield cut
            last = cut.start


def _clause_cut(text: str, clause: Clause, start: int, i: int, table: EventTable) -> _Cut | None:
    """Before a joining word or relative with a finite verb of its own behind it."""
    low = clause.words[i].low
    comma = clause.words[i - 1].text in {",", ";", "—", "–"}
    if low in _RELATIVE and comma:
        return _relative_cut(text, clause, start, i, table)
    if clause.words[i].text == ";":
        return _Cut(i, i + 1)
    if low not in _JOINING or not _finite(clause, start, i):
        return None
    verb = _next_finite(clause, i + 1)
    if verb is None or not _own_subject(clause, i + 1, verb):
        return _shared_cut(text, clause, start, i, verb, table)
    if _size(clause, start, i) < _MIN_WORDS or _size(clause, i + 1, len(clause.words)) < _MIN_WORDS:
        return None
    if low == "and" and _one_toll(text, clause, start, i, table):
        return None
    if low in _SIDE and not (
        _tells(text, clause, start, i, table) and _tells(text, clause, i + 1, _stop(clause, verb), table)
    ):
        return None
    return _Cut(i - 1 if comma else i, i + 1)


def _one_toll(text: str, clause: Clause, start: int, i: int, table: EventTable) -> bool:
    """Whether both sides of an "and" are one toll: "nine were killed and ten were injured"."""
    verb = _next_finite(clause, i + 1)
    if verb is not None and verb.modal:
        return False
    sides = (_plain(clause, start, i), _plain(clause, i + 1, min(i + 12, len(clause.words))))
    return all(
        any(t.type is EventType.CASUALTY and t.is_verb for t in triggers_in(text, side, table=table)) for side in sides
    )


def _lead_cut(text: str, clause: Clause, start: int, i: int) -> _Cut | None:
    """At the comma behind a clause that opens with "after", "as", "when": both it and the main clause are told."""
    first = next((k for k in range(start, i) if clause.tags[k] is not Tag.ADVERB), i)
    if (
        clause.words[i].text != ","
        or first >= i
        or clause.words[first].low not in _LEADING
        or not _finite(clause, first, i)
    ):
        return None
    verb = _next_finite(clause, i + 1)
    if verb is None or not _own_subject(clause, i + 1, verb) or _size(clause, first, i) < 4:
        return None
    return _Cut(i, i + 1)


def _shared_cut(text: str, clause: Clause, start: int, i: int, verb: Group | None, table: EventTable) -> _Cut | None:
    """Before a second verb of the same subject with another event: "were abandoned and then locked up"."""
    if verb is None or clause.words[i].low not in {"and", "but"} or verb.first - i > 3:
        return None
    if clause.words[i].low == "but":
        return _Cut(i - 1 if clause.words[i - 1].text == "," else i, i + 1)
    first = {t.type for t in triggers_in(text, _plain(clause, start, i), table=table)}
    second = {t.type for t in triggers_in(text, _plain(clause, i + 1, _stop(clause, verb)), table=table)}
    return _Cut(i, i + 1) if first and second and not first & second and clause.words[i + 1].low == "then" else None


def _relative_cut(text: str, clause: Clause, start: int, i: int, table: EventTable) -> _Cut | None:
    """Before ", which …", if the relative clause tells something and does not only close a list."""
    verb = _next_finite(clause, i + 1)
    end = _closing_comma(clause, i)
    if (
        verb is None
        or end < len(clause.words)
        or _size(clause, i, len(clause.words)) < 4
        or not _finite(clause, start, i)
    ):
        return None
    if (
        find_event(text, _plain(clause, i, len(clause.words)), table=table).type is EventType.OTHER
        and clause.words[i].low != "which"
    ):
        return None
    return _Cut(i - 1, i)


def _toll_cut(text: str, clause: Clause, i: int, table: EventTable) -> _Cut | None:
    """Before "killing three": the toll is a claim of its own beside the act."""
    if not clause.words[i].low.endswith("ing") or clause.tags[i - 1] not in _BEFORE_TOLL or i + 1 >= len(clause.words):
        return None
    if clause.tags[i + 1] not in _COUNTS and clause.words[i + 1].low not in {
        "at",
        "dozens",
        "scores",
        "hundreds",
        "thousands",
        "over",
        "about",
        "nearly",
        "around",
    }:
        return None
    found = triggers_in(text, _plain(clause, i, min(i + 8, len(clause.words))), table=table)
    if not any(t.type in _TOLL and t.mention.start == clause.words[i].start for t in found):
        return None
    before = {t.type for t in triggers_in(text, _plain(clause, 0, i), table=table)}
    if not before - _TOLL or _size(clause, 0, i) < _MIN_WORDS:
        return None
    return _Cut(i - 1 if clause.words[i - 1].text == "," else i, i)


def _tail_cut(text: str, clause: Clause, i: int, table: EventTable) -> _Cut | None:
    """A participle behind a comma that goes on without an event: left out, if it is long."""
    group = clause.group_of(i)
    if group is not None and group.shape is Shape.GERUND and clause.words[i - 1].text == "," and _finite(clause, 0, i):
        head = {t.type for t in triggers_in(text, _plain(clause, 0, i), table=table)}
        tail = {t.type for t in triggers_in(text, _plain(clause, i, len(clause.words)), table=table)}
        if head and tail and not head & tail and _size(clause, i, len(clause.words)) > 4:
            return _Cut(i - 1, i)
    comma = clause.words[i - 1].text == "," or (
        clause.words[i - 1].low in {"further", "thus", "thereby"} and clause.words[i - 2].text == ","
    )
    if group is None or group.shape is not Shape.GERUND or not comma or not _finite(clause, 0, i):
        return None
    if 2 * _size(clause, i, len(clause.words)) < _size(clause, 0, i) or _tells(
        text, clause, i, len(clause.words), table
    ):
        return None
    return _Cut(i - 1, i, drop=True)


def _finite(clause: Clause, first: int, last: int) -> bool:
    return any(g.shape is Shape.FINITE and first <= g.head < last for g in clause.groups)


def _next_finite(clause: Clause, first: int) -> Group | None:
    """The finite verb of the clause that begins at `first`, before the next word that joins or sets off a clause."""
    for i in range(first, len(clause.words)):
        group = next((g for g in clause.groups if g.first == i and g.shape is Shape.FINITE), None)
        if group is not None:
            return group
        if clause.words[i].text in {";", ":"} or clause.words[i].low in {"that", "which", "who", "if", "when"}:
            return None
        if i > first and clause.tags[i] is Tag.CONJUNCTION and clause.words[i].low == "but":
            return None
    return None


def _own_subject(clause: Clause, first: int, verb: Group) -> bool:
    """Whether a noun or pronoun stands between the joining word and the verb, as its subject."""
    if first < verb.first and clause.tags[first] in {Tag.PREPOSITION, Tag.ADVERB}:  # "and, over time, the help will"
        comma = next((k for k in range(first, min(first + 6, verb.first)) if clause.words[k].text == ","), None)
        first = comma + 1 if comma is not None else first
    if first >= verb.first:
        return False
    tags = [clause.tags[k] for k in range(first, verb.first)]
    nominal = any(t in {Tag.NOUN, Tag.PRONOUN, Tag.NUMBER} or (t is Tag.DETERMINER) for t in tags)
    broken = any(t in {Tag.MARK, Tag.TO, Tag.VERB} for t in tags) or len(tags) > _SUBJECT
    return nominal and not broken and tags[0] is not Tag.PREPOSITION


def _stop(clause: Clause, verb: Group) -> int:
    return min(verb.head + 12, len(clause.words))


def _size(clause: Clause, first: int, last: int) -> int:
    return sum(clause.tags[k] is not Tag.MARK for k in range(first, last))


def _closing_comma(clause: Clause, i: int) -> int:
    """Where a relative clause is closed by a comma with the main verb behind it; the end where it is not."""
    for k in range(i + 1, len(clause.words)):
        if clause.words[k].text == "," and any(
            g.first <= k + 3 and g.first > k and g.shape is Shape.FINITE for g in clause.groups
        ):
            return k
    return len(clause.words)


def _tells(text: str, clause: Clause, first: int, last: int, table: EventTable) -> bool:
    return first < last and bool(triggers_in(text, _plain(clause, first, last), table=table))


def _plain(clause: Clause, first: int, last: int) -> Span:
    return Span(clause.words[first].start, clause.words[last - 1].end)
