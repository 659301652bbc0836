"""Records to one SQLite file and back: what was read, from which originals, and what was done to them."""

from bywhom.ledger.corrections import SetPlace, SetSource
from bywhom.ledger.custody import Entry
from bywhom.ledger.entities import LedgerEntity, Revision, Testimony
from bywhom.ledger.links import BY_REVIEWER, Indexed, Links, Member, relation_value
from bywhom.ledger.linkstore import Basis, ClaimPlace, JudgedItem, LinkCounts, LinkedPair
from bywhom.ledger.queries import ClaimQuery, Counts, LedgerClaim, LedgerDocument
from bywhom.ledger.recording import Known, Recorded
from bywhom.ledger.rows import Original, Reading, Report
from bywhom.ledger.store import Ledger
from bywhom.ledger.verdicts import RELINKS

__all__ = [
    "BY_REVIEWER",
    "RELINKS",
    "Basis",
    "ClaimPlace",
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
    "LinkedPair",
    "Links",
    "Member",
    "Original",
    "Reading",
    "Recorded",
    "Report",
    "Revision",
    "SetPlace",
    "SetSource",
    "Testimony",
    "relation_value",
]
