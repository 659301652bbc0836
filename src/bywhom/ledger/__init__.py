"""Records to one SQLite file and back: what was read, from which originals, and what was done to them.

Each name is loaded when it is first used: who only makes rows needs no database.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bywhom.ledger.corrections import SetPlace, SetSource
    from bywhom.ledger.custody import Entry
    from bywhom.ledger.entities import LedgerEntity, Revision, Testimony
    from bywhom.ledger.keyindex import Indexed
    from bywhom.ledger.links import BY_REVIEWER, Links, Member, relation_value
    from bywhom.ledger.linkstore import Basis, ClaimPlace, JudgedItem, LinkCounts, LinkedPair
    from bywhom.ledger.queries import Counts, LedgerClaim, LedgerDocument
    from bywhom.ledger.query import Box, ClaimQuery
    from bywhom.ledger.recording import Known, Recorded
    from bywhom.ledger.rows import Original, Reading, Report
    from bywhom.ledger.situated import SituationQuery
    from bywhom.ledger.store import Ledger
    from bywhom.ledger.verdicts import RELINKS

__all__ = [
    "BY_REVIEWER",
    "RELINKS",
    "Basis",
    "Box",
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
    "SituationQuery",
    "Testimony",
    "relation_value",
]

_HOMES = {
    "BY_REVIEWER": "links",
    "Basis": "linkstore",
    "Box": "query",
    "ClaimPlace": "linkstore",
    "ClaimQuery": "query",
    "Counts": "queries",
    "Entry": "custody",
    "Indexed": "keyindex",
    "JudgedItem": "linkstore",
    "Known": "recording",
    "Ledger": "store",
    "LedgerClaim": "queries",
    "LedgerDocument": "queries",
    "LedgerEntity": "entities",
    "LinkCounts": "linkstore",
    "LinkedPair": "linkstore",
    "Links": "links",
    "Member": "links",
    "Original": "rows",
    "RELINKS": "verdicts",
    "Reading": "rows",
    "Recorded": "recording",
    "Report": "rows",
    "Revision": "entities",
    "SetPlace": "corrections",
    "SetSource": "corrections",
    "SituationQuery": "situated",
    "Testimony": "entities",
    "relation_value": "links",
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"bywhom.ledger.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'bywhom.ledger' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
