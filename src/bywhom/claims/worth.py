"""Whether a clause is a claim at all, or rhetoric, comment, a frame."""

from __future__ import annotations

from bywhom.claims.events import EventTable
from bywhom.claims.syntax import Shape, read_clause
from bywhom.records import Attribution, Event, EventType, Span


def is_claim(text: str, span: Span, attribution: Attribution, event: Event, table: EventTable) -> bool:
    """Whether a clause says of something that it happened, happens, will or may happen."""
    words = span.of(text)
    if words.rstrip().endswith("?") or text[span.end : span.end + 1] == "?":
        return False
    clause = read_clause(text, span, table.lex)
    size = sum(w.text[0].isalnum() for w in clause.words)
    if size < 2:
        return False
    if event.type is not EventType.OTHER:
        return True
    past = any(w.low.endswith("ed") and w.low == w.text for w in clause.words)
    return (past or any(g.shape is Shape.FINITE for g in clause.groups)) and size >= 4
