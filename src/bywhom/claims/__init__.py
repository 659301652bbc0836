"""Attributions -> claims: clauses, events, and how sure, how far, yes or no."""

from bywhom.claims.adopt import adopt
from bywhom.claims.assemble import ClaimTables, assemble

__all__ = ["ClaimTables", "adopt", "assemble"]
