"""Does the ledger still say what was written, and do its words still stand where it says they stand?"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from bywhom.ledger import custody
from bywhom.ledger.objects import Objects
from bywhom.records import Problem


def verify(connection: Connection, archive: Objects) -> Iterator[Problem]:
    """Everything that is not as it was written, each naming the thing."""
    yield from archive.verify()
    for _entry, reason in custody.broken(custody.entries(connection)):
        yield Problem("ledger", f"custody log: {reason}")
