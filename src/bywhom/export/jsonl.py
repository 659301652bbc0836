"""JSON Lines: the record itself, one claim a line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import BinaryIO

import msgspec

from bywhom.export.records import Record, record
from bywhom.ledger import LedgerClaim

# Written as \\uXXXX, which means the same: a terminal would obey the C1 controls and the marks that reorder text, and some
# programs end a line at U+2028. JSON itself asks for the C0 controls alone.
_ESCAPED = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def line(found: LedgerClaim) -> bytes:
    """One claim as a line of JSON in UTF-8, with its line end."""
    return as_line(record(found))


def as_line(one: Record) -> bytes:
    """A record as a line of JSON in UTF-8, with its line end."""
    text = msgspec.json.encode(one).decode()
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode() + b"\n"


def write_jsonl(claims: Iterable[LedgerClaim], file: BinaryIO) -> int:
    """Write every claim as a line; how many there were."""
    count = 0
    for found in claims:
        file.write(line(found))
        count += 1
    return count
