"""Attributions -> claims: clauses, events, and how sure, how far, yes or no."""

from bywhom.claims.adopt import adopt
from bywhom.claims.assemble import ClaimTables, assemble, with_polarity
from bywhom.claims.choosing import with_likely

__all__ = ["ClaimTables", "adopt", "assemble", "with_likely", "with_polarity"]
