"""The part of a ledger in which things are found: searches, and those that people keep."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, delete, insert, select

from bywhom.errors import UsageError
from bywhom.ledger.custody import now
from bywhom.ledger.engine import reading, writing
from bywhom.ledger.finding import Hits, Letters, Timed, find, timed
from bywhom.ledger.findpoints import Points, points
from bywhom.ledger.query import Box, ClaimQuery
from bywhom.ledger.schema import searches

MOST_SAVED = 500


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that somebody kept under a name."""

    name: str
    query: str  # as it stands in an address
    by: str
    at: str


class FindStore:
    """Searches of one ledger."""

    path: Path
    _engine: Engine

    def hits(self, search: ClaimQuery, *, after: str = "", limit: int = 50, letters: Letters | None = None) -> Hits:
        """The ids of claims that fit, the latest first, and how many there are of each kind.

        Raises: UsageError for dates and cursors that cannot be.
        """
        with reading(self._engine, self.path) as connection:
            return find(connection, search, after=after, limit=limit, letters=letters)

    def timed(self, search: ClaimQuery, *, most: int, letters: Letters | None = None) -> tuple[list[Timed], bool]:
        """When the latest claims that fit were, at most so many, and whether these are all: less than a claim, and at once."""
        with reading(self._engine, self.path) as connection:
            return timed(connection, search, most, letters)

    def points(
        self, search: ClaimQuery, view: Box | None, cell: float, *, most: int = 1500, letters: Letters | None = None
    ) -> Points:
        """The claims that fit, inside a part of the map, in cells of so many degrees; 0 gathers only what has the same point."""
        with reading(self._engine, self.path) as connection:
            return points(connection, search, view, cell, most=most, letters=letters)

    def saved_searches(self) -> list[SavedSearch]:
        """The searches that people kept, in the order of their names."""
        with reading(self._engine, self.path) as connection:
            rows = connection.execute(select(searches).order_by(searches.c.name)).all()
            return [SavedSearch(row.name, row.query, row.by, row.at) for row in rows]

    def saved_search(self, name: str) -> SavedSearch:
        """The search of this name.

        Raises: UsageError where there is none.
        """
        for each in self.saved_searches():
            if each.name == name:
                return each
        raise UsageError(f"no search is kept under the name {name[:80]!r}")

    def save_search(self, name: str, query: str, by: str) -> SavedSearch:
        """The search, kept under a name; one of the same name makes room for it.

        Raises: UsageError for a name that cannot stand in an address, and where very many are kept.
        """
        if not re.fullmatch(r"\w[\w -]{0,58}\w|\w", name):
            raise UsageError(f"{name[:80]!r} is no name for a search: letters, digits, spaces and hyphens, at most 60")
        kept = SavedSearch(name, query[:4000], by, now())
        with writing(self._engine, self.path) as connection:
            connection.execute(delete(searches).where(searches.c.name == name))
            if len(connection.execute(select(searches.c.name)).all()) >= MOST_SAVED:
                raise UsageError(f"{MOST_SAVED} searches are kept already; take some away")
            connection.execute(insert(searches), {"name": name, "query": kept.query, "by": by, "at": kept.at})
        return kept

    def forget_search(self, name: str) -> None:
        """Keep the search of this name no longer."""
        with writing(self._engine, self.path) as connection:
            connection.execute(delete(searches).where(searches.c.name == name))
