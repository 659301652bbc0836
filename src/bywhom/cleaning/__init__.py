"""Raw bytes in; text in blocks, each with what it is for, and who published it when, out. Start with cleaning.py."""

from bywhom.cleaning.cleaning import READ, clean
from bywhom.cleaning.tables import CleaningTables

__all__ = ["READ", "CleaningTables", "clean"]
