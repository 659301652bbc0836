"""The claims that a drawing is made of: the latest that a search finds."""

from __future__ import annotations

from bywhom.ledger import Ledger, LedgerClaim
from bywhom.ledger.query import ClaimQuery
from bywhom.workbench.desk import Desk

MOST = 2000


def latest(desk: Desk, search: ClaimQuery, most: int = MOST) -> tuple[list[LedgerClaim], bool]:
    """The latest claims that fit, at most so many, and whether these are all."""
    answer = desk.find(search, limit=most)
    return list(answer.claims), not answer.after


State = tuple[object, ...]


def state_of(ledger: Ledger) -> State:
    """What changes whenever the ledger is written to: what was drawn of one state may be shown again until then."""
    path = ledger.path
    files = [each for each in (path, path.with_name(path.name + "-wal")) if each.exists()]
    return (path, *((each.stat().st_mtime_ns, each.stat().st_size) for each in files))
