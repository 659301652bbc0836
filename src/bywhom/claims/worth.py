"""Whether a clause is a claim at all, or rhetoric, comment, a frame."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from bywhom.claims.events import EventTable
from bywhom.claims.syntax import Clause, Shape, read_clause
from bywhom.lexicons import load
from bywhom.records import Attribution, Event, EventType, Span

_MIN_WORDS = 4  # fewer words without an event are a fragment: "Russian captivity"
_OPEN_QUESTION = frozenset({"whether", "if"})


@dataclass(frozen=True, slots=True)
class CommentTable:
    """data/lexicons/comment.yaml."""

    suspense: tuple[str, ...]
    turns: tuple[str, ...]
    musing: tuple[str, ...]


@lru_cache(maxsize=1)
def comment_pattern() -> re.Pattern[str]:
    """The shipped ways of commenting, as one pattern."""
    table = load("lexicons/comment", CommentTable)
    phrases = sorted(chain(table.suspense, table.turns, table.musing), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)


def is_claim(
    text: str, span: Span, attribution: Attribution, event: Event, *, table: EventTable, comments: re.Pattern[str]
) -> bool:
    """Whether a clause says of something that it happened, happens, will or may happen."""
    words = span.of(text)
    if words.rstrip().endswith("?") or text[span.end : span.end + 1] == "?":
        return False
    clause = read_clause(text, span, table.lex)
    size = sum(w.text[0].isalnum() for w in clause.words)
    if size < 2:
        return False
    own_voice = attribution.source is None
    if own_voice and (comments.search(words) or clause.words[0].low in _OPEN_QUESTION):
        return False
    if event.type is not EventType.OTHER:
        return True
    if own_voice and _supposes(clause):
        return False
    return size >= _MIN_WORDS and _has_verb(clause)


def _has_verb(clause: Clause) -> bool:
    past = any(w.low.endswith("ed") and w.low == w.text for w in clause.words)
    return past or any(g.shape is Shape.FINITE for g in clause.groups)


def _supposes(clause: Clause) -> bool:
    """A main verb under "could", "would", "may": what might follow from the news is comment."""
    main = next((g for g in clause.groups if g.shape is Shape.FINITE), None)
    return main is not None and main.modal in {"could", "would", "may", "might"}
