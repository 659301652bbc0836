"""Records to one SQLite file and back: what was read, from which originals, and what was done to them."""

from bywhom.ledger.custody import Entry
from bywhom.ledger.entities import LedgerEntity, Revision, Testimony
from bywhom.ledger.queries import ClaimQuery, Counts, LedgerClaim, LedgerDocument
from bywhom.ledger.recording import Known, Recorded
from bywhom.ledger.rows import Original, Reading, Report
from bywhom.ledger.store import Ledger

__all__ = [
    "ClaimQuery",
    "Counts",
    "Entry",
    "Known",
    "Ledger",
    "LedgerClaim",
    "LedgerDocument",
    "LedgerEntity",
    "Original",
    "Reading",
    "Recorded",
    "Report",
    "Revision",
    "Testimony",
]
