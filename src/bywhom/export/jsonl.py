"""JSON Lines: the record itself, one claim a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import msgspec

from bywhom.export.records import record
from bywhom.ledger import LedgerClaim


def line(found: LedgerClaim) -> bytes:
    """One claim as a line of JSON in UTF-8, with its line end."""
    return msgspec.json.encode(record(found)) + b"\n"


def write_jsonl(claims: Iterable[LedgerClaim], file: BinaryIO) -> int:
    """Write every claim as a line; how many there were."""
    count = 0
    for found in claims:
        file.write(line(found))
        count += 1
    return count
