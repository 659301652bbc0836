"""The index of keys: under what each claim can be found, and whom a new claim is held against.

Whatever a ledger holds, a claim meets so many others and no more: of a key that very many share the nearest in time, and of all that
share a key those that share most of the telling ones.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from math import log2
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, text

from bywhom.ledger.days import bounds
from bywhom.ledger.engine import answers, chunks
from bywhom.ledger.schema import link_keys, linked
from bywhom.records import Told

# A key that more claims share than this leads to the nearest in time only.
BUCKET = 60
NEAREST = 24
# Of all that share a key with one claim, so many are compared with it: of those that come to anything, all but one in a hundred.
MOST = 48
_REPORT, _SPEAKER = "report:", "who:"


@dataclass(frozen=True, slots=True)
class Indexed:
    """A claim on its way into the index: what it is found under, and who stands at the end of its chain."""

    told: Told
    keys: tuple[str, ...]
    end_key: str
    end_name: str | None
    publisher_key: str
    subject: str | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """Whom new claims meet."""

    pairs: tuple[tuple[str, str], ...]  # to be compared: claims of two reports, the smaller id first
    others: tuple[
        str, ...
    ]  # claims of other reports that are no new ones: of those pairs, and what their speakers said besides


def enter(connection: Connection, new: Sequence[Indexed]) -> None:
    """Put claims into the index, each as an origin group of its own."""
    rows, keys = entries(new, connection.scalar(select(func.max(linked.c.number))) or 0)
    if rows:
        connection.execute(insert(linked), rows)
    if keys:
        connection.execute(insert(link_keys), keys)


def entries(new: Sequence[Indexed], last: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of `linked` and of `link_keys` for claims, numbered from after `last`."""
    rows, keys = [], []
    for number, one in enumerate(map(_asking, new), last + 1):
        digests = sorted(set(one.keys.values()))
        rows.append(_row(number, one, digests))
        keys += [{"key": key, "day": one.day, "number": number} for key in digests]
    return rows, keys


def drop(connection: Connection, old: Sequence[Row[Any]]) -> None:
    """Take the keys of these rows of `linked` out of the index."""
    gone = [{"key": key, "day": row.day, "number": row.number} for row in old for key in _unpacked(row.keys)]
    if gone:
        connection.execute(_DROP, gone)


_DROP = text("DELETE FROM link_keys WHERE key = :key AND day = :day AND number = :number")


def met(connection: Connection, new: Sequence[Indexed]) -> Meeting:
    """Whom these claims meet, which are in the index themselves; no more of each than `MOST`."""
    asking = [_asking(one) for one in new]
    asked = sorted({(key, one.day) for one in asking for key in one.keys.values()})
    answered = answers(connection, _NEAR, ({"key": key, "day": day, "most": BUCKET + 1} for key, day in asked))
    under = {one: _Under.of(rows, one[1]) for one, rows in zip(asked, answered, strict=True)}
    told = {one.id: _likeliest(one, under) for one in asking}
    spoken = {one.id: _besides(one, under) for one in asking}
    numbers = {number for found in (*told.values(), *spoken.values()) for number in found}
    return _meeting(asking, told, spoken, _known(connection, numbers))


@dataclass(frozen=True, slots=True)
class _Asking:
    """A claim, the keys that it may share with another report, as they are and as numbers, and its day."""

    indexed: Indexed
    keys: dict[str, int]
    day: int

    @property
    def id(self) -> str:
        return self.indexed.told.claim.id


def _asking(one: Indexed) -> _Asking:
    return _Asking(one, {key: _key(key) for key in one.keys if not key.startswith(_REPORT)}, _day(one.told))


def _meeting(
    new: Sequence[_Asking],
    told: Mapping[str, Iterable[int]],
    spoken: Mapping[str, Iterable[int]],
    known: Mapping[int, tuple[str, str]],
) -> Meeting:
    """The same by the ids of claims, without those of the same report."""
    pairs, others = set(), set()
    for one in new:
        claim, report = one.id, one.indexed.told.claim.document_id
        met = {known[number][0] for number in told[claim] if known[number][1] != report}
        pairs |= {(claim, other) if claim < other else (other, claim) for other in met}
        others |= met | {known[number][0] for number in spoken[claim] if known[number][1] != report}
    return Meeting(tuple(sorted(pairs)), tuple(sorted(others - {one.id for one in new})))


def _known(connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Number -> the claim and its report."""
    found: dict[int, tuple[str, str]] = {}
    columns = (linked.c.number, linked.c.claim_id, linked.c.document_id)
    for chunk in chunks(sorted(numbers)):
        for row in connection.execute(select(*columns).where(linked.c.number.in_(chunk))):
            found[row.number] = (row.claim_id, row.document_id)
    return found


# One statement for each key of a new claim: the most frequent one, so it is kept as plain as it can be.
_NEAR = text("""
SELECT number, day, after FROM (
  SELECT number, day, 1 AS after FROM link_keys WHERE key = :key AND day >= :day
  ORDER BY day, number LIMIT :most) AS later
UNION ALL SELECT number, day, after FROM (
  SELECT number, day, 0 AS after FROM link_keys WHERE key = :key AND day < :day
  ORDER BY day DESC, number DESC LIMIT :most) AS earlier
""")


@dataclass(frozen=True, slots=True)
class _Under:
    """Who is found under one key: number -> days apart; of many the nearest only."""

    found: Mapping[int, int]
    crowded: bool

    @property
    def weight(self) -> float:
        """What the key says: the fewer are found under it, the more."""
        return 0.1 if self.crowded else 1 / (1 + log2(len(self.found) or 1))

    @classmethod
    def of(cls, rows: Sequence[tuple[int, int, int]], day: int) -> _Under:
        """From rows of number, day, and whether that is the day asked for or a later one."""
        if len(rows) <= BUCKET:
            return cls({number: abs(there - day) for number, there, _ in rows}, crowded=False)
        sides = ([(abs(there - day), number) for number, there, after in rows if after == side] for side in (0, 1))
        return cls({number: apart for side in sides for apart, number in sorted(side)[:NEAREST]}, crowded=True)


def _likeliest(one: _Asking, under: Mapping[tuple[int, int], _Under]) -> list[int]:
    """Of all that share a key with a claim those that share most, a key counting the more the fewer have it; then the nearest."""
    weight, apart = defaultdict[int, float](float), dict[int, int]()
    for key, number in one.keys.items():
        here = under[number, one.day]
        if here.crowded and key.startswith(_SPEAKER):
            continue  # that somebody who is quoted everywhere said both is no reason to compare them
        says = here.weight
        for other in here.found:
            weight[other] += says
        apart.update(here.found)
    if len(weight) <= MOST:
        return list(weight)
    return sorted(weight, key=lambda other: (-weight[other], apart[other], other))[:MOST]


def _besides(one: _Asking, under: Mapping[tuple[int, int], _Under]) -> set[int]:
    """What such a speaker said nearest in time: it is linked to him, and not compared."""
    crowds = (under[number, one.day] for key, number in one.keys.items() if key.startswith(_SPEAKER))
    return {other for crowd in crowds if crowd.crowded for other in crowd.found}


def _key(key: str) -> int:
    """A key as a number of eight bytes: two keys that fall together bring one neighbour too many, and no more."""
    (number,) = struct.unpack(">q", blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest())
    return int(number)


def _packed(keys: Sequence[int]) -> bytes:
    return struct.pack(f">{len(keys)}q", *keys)


def _unpacked(keys: bytes) -> tuple[int, ...]:
    return struct.unpack(f">{len(keys) // 8}q", keys)


def _day(told: Told) -> int:
    """When the event began, else when it was published; 0 where neither is known."""
    times = (told.claim.time.value if told.claim.time else "", told.published or "")
    first = next((day for time in times if (day := bounds(time)[0])), None)
    return date.fromisoformat(first).toordinal() if first else 0


def _row(number: int, asking: _Asking, keys: Sequence[int]) -> dict[str, Any]:
    one, claim = asking.indexed, asking.indexed.told.claim
    return {
        "number": number,
        "claim_id": claim.id,
        "document_id": claim.document_id,
        "origin": claim.id,
        "end_key": one.end_key,
        "end_name": one.end_name,
        "sourced": int(claim.attribution.source is not None),
        "publisher_key": one.publisher_key,
        "polarity": claim.polarity.value,
        "subject": one.subject,
        "day": asking.day,
        "keys": _packed(keys),
    }
