"""Records to one SQLite file and back: what was read, from which originals, and what was done to them."""

from bywhom.ledger.custody import Entry
from bywhom.ledger.entities import LedgerEntity, Revision, Testimony
from bywhom.ledger.links import Indexed, Links, Member
from bywhom.ledger.linkstore import Basis, JudgedItem, LinkCounts
from bywhom.ledger.queries import ClaimQuery, Counts, LedgerClaim, LedgerDocument
from bywhom.ledger.recording import Known, Recorded
from bywhom.ledger.rows import Original, Reading, Report
from bywhom.ledger.store import Ledger

__all__ = [
    "Basis",
    "ClaimQuery",
    "Counts",
    "Entry",
    "Indexed",
    "JudgedItem",
    "Known",
    "Ledger",
    "LedgerClaim",
    "LedgerDocument",
    "LedgerEntity",
    "LinkCounts",
    "Links",
    "Member",
    "Original",
    "Reading",
    "Recorded",
    "Report",
    "Revision",
    "Testimony",
]
