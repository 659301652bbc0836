"""What is refused, and what is called for in vain: the event is what did not come of it."""

from __future__ import annotations

from bywhom.claims.triggers import Trigger
from bywhom.prose.syntax import Clause
from bywhom.records import EventType

# What is called for in vain: "rejected an ultimatum to surrender". An order is another matter, of one's own side.
SPURNING = frozenset(
    "refuse reject ignore spurn defy decline dismiss rebuff turn shun scorn disregard resist oppose".split()
)
BIDS = frozenset(
    "ultimatum ultimatums demand demands call calls appeal appeals offer offers request requests plea pleas pressure "
    "invitation deadline proposal proposals".split()
)
_CLOSE = 3  # words between "refuse" and what is refused
_REFUSED = frozenset({EventType.SURRENDER, EventType.DETAIN, EventType.FLEE, EventType.WITHDRAW})


def refused(best: Trigger, found: list[Trigger], clause: Clause) -> Trigger:
    """What is refused, where it is more than an order of one's own side: "refuse to surrender" is surrender, negated."""
    if best.type is not EventType.REFUSE and not _is_spurned(best, clause):
        return best
    after = range(best.first + 1, min(best.first + _CLOSE + 1, len(clause.words)))
    start = next((n for n in after if clause.words[n].low in BIDS), best.first)
    close = (t for t in found if 0 < t.first - start <= _CLOSE and t.type in _REFUSED)
    return next(close, best)


def _is_spurned(best: Trigger, clause: Clause) -> bool:
    """Whether the trigger is a call that somebody does not heed: "rejected a demand"."""
    if best.type is not EventType.APPEAL or best.is_verb:
        return False
    verb = next((g for g in reversed(clause.groups) if g.head < best.first), None)
    return verb is not None and verb.lemma in SPURNING and best.first - verb.head <= _CLOSE
