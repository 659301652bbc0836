"""The event at stake in a clause: its type, the words that signal it, and who did it to whom.

Every word or phrase of data/ontology/ found in the clause is a trigger. The one that stands highest in the clause decides: the
main verb, what a light main verb brings with it ("launched an attack"), the subject, the object, then the background.
"""

from __future__ import annotations

from bywhom.claims.actors import Deed, find_actors
from bywhom.claims.ontology import EventTable, event_table
from bywhom.claims.refusals import refused
from bywhom.claims.standing import FIRM, LEAST
from bywhom.claims.triggers import Trigger, triggers_in, triggers_of
from bywhom.prose.syntax import read_clause
from bywhom.records import Event, EventType, Mention, Span

__all__ = [
    "EventTable",
    "event_table",
    "find_event",
    "is_frame",
    "triggers_in",
]  # what events are read with, for the rest of the room


def find_event(
    text: str,
    span: Span,
    *,
    table: EventTable,
    sentence: Span | None = None,
    cue: Mention | None = None,
) -> Event:
    """The event at stake in a clause: the highest trigger, or OTHER where none is high enough.

    Who acts and who suffers is looked for in the rest of the `sentence` too.
    """
    clause = read_clause(text, span, table.lex)
    found = [t for t in triggers_of(clause, text, table) if not is_frame(t, cue)]
    best = max(found, key=lambda t: (t.rank, -t.first), default=None)
    if best is None or best.rank < LEAST:
        return Event(EventType.OTHER, None, find_actors(clause, text, (), table.actors, table.lex))
    best = refused(best, found, clause)
    deeds = tuple(_deed(each) for each in (best, *(t for t in found if t is not best)))
    actors = find_actors(clause, text, deeds, table.actors, table.lex, sentence)
    return Event(best.type, best.mention, actors, faint=best.rank < FIRM)


def _deed(trigger: Trigger) -> Deed:
    return Deed(trigger.first, trigger.last, trigger.is_verb, trigger.type, trigger.subject_role)


def is_frame(trigger: Trigger, cue: Mention | None) -> bool:
    """Whether the trigger is only the cue of the attribution; a call or demand is cue and event at once."""
    if cue is None or trigger.type is EventType.APPEAL:
        return False
    return cue.start <= trigger.mention.start < cue.end
