"""Quantities of two claims: which of them answer one question, and whether their bounds meet."""

from __future__ import annotations

from bywhom.linking.profile import Count, Profile
from bywhom.linking.tables import LinkingTables


def comparable(a: Profile, b: Profile, tables: LinkingTables) -> tuple[tuple[Count, Count], ...]:
    """The pairs of quantities that count the same thing."""
    return tuple((one, other) for one in a.counts for other in b.counts if _same_thing(one, other, tables))


def parts(a: Profile, b: Profile, tables: LinkingTables) -> tuple[tuple[Count, Count], ...]:
    """The pairs in which `a` counts some of those whom `b` counts, and no more of them: three children of nine people."""
    return tuple(
        (one, other)
        for one in a.counts
        for other in b.counts
        if one.state == other.state
        and one.state
        and other.counted == tables.everybody != one.counted
        and one.low <= other.high
        and (one.quantity.low, one.quantity.high) != (other.quantity.low, other.quantity.high)
    )


def _same_thing(a: Count, b: Count, tables: LinkingTables) -> bool:
    """One state of one group: all people on both sides, or the same group; the civilians of one side are told as people."""
    if a.state != b.state:
        return False
    if a.counted == b.counted:
        return True
    if not a.state:
        return False
    return {a.counted, b.counted} == {tables.everybody, "civilian"}


def disagreement(a: Count, b: Count, tables: LinkingTables) -> bool:
    """Whether the bounds of two quantities do not meet, even allowing for "about"."""
    slack = tables.thresholds.numbers_apart if a.quantity.approximate or b.quantity.approximate else 0.0
    return a.low > b.high * (1 + slack) or b.low > a.high * (1 + slack)
