"""Quantities of two claims: which of them answer one question, and whether their bounds meet."""

from __future__ import annotations

import re

from bywhom.linking.profile import Count, Profile
from bywhom.linking.tables import LinkingTables


def comparable(a: Profile, b: Profile, tables: LinkingTables) -> tuple[tuple[Count, Count], ...]:
    """The pairs of quantities that count the same thing; parts and additions answer questions of their own."""
    one, other = ([count for count in claim.counts if not count.part] for claim in (a, b))
    alike = tuple((x, y) for x in one for y in other if x.state == y.state and x.counted == y.counted)
    return alike or tuple((x, y) for x in one for y in other if _civilians_as_people(x, y, tables))


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


def _civilians_as_people(a: Count, b: Count, tables: LinkingTables) -> bool:
    """Whether one report's civilians are the other's people, where neither tells both."""
    return bool(a.state) and a.state == b.state and {a.counted, b.counted} == {tables.everybody, "civilian"}


def _civilians_among(a: Count, b: Count, tables: LinkingTables) -> bool:
    """Whether one counts civilians, the other everybody, and there are no more civilians than people."""
    if not _civilians_as_people(a, b, tables):
        return False
    civilians, everybody = (a, b) if a.counted == "civilian" else (b, a)
    return civilians.low <= everybody.high


def clash(a: Profile, b: Profile, tables: LinkingTables) -> tuple[Count, Count] | None:
    """Two quantities that count the same thing and do not meet, where no other pair of that thing does."""
    alike = comparable(a, b, tables)
    met = {(x.state, x.counted) for x, y in alike if not disagreement(x, y, tables)}
    apart = (
        (x, y)
        for x, y in alike
        if disagreement(x, y, tables) and (x.state, x.counted) not in met and not _civilians_among(x, y, tables)
    )
    return next(((x, y) for x, y in apart if not (_tells(b, x) or _tells(a, y))), None)


def tolls_apart(a: Profile, b: Profile, tables: LinkingTables) -> bool:
    """Whether one thing befell numbers of people of whom none in one claim can be one in the other.

    Parts and further ones are held against each other too: no two numbers contradict each other by that, but "killing one and
    wounding fourteen others" does not say what "one killed, thirteen others wounded" says.
    """
    apart: dict[str, bool] = {}
    for x in a.counts:
        for y in b.counts:
            if _one_state(x, y):
                state = x.state or y.state
                apart[state] = apart.get(state, True) and disagreement(x, y, tables)
    return any(apart.values())


def _one_state(a: Count, b: Count) -> bool:
    """Whether one thing befell both; where one does not say what, the same people have to be counted."""
    if not a.state or not b.state:
        return bool(a.state or b.state) and a.counted == b.counted
    return a.state == b.state


def _tells(one: Profile, count: Count) -> bool:
    """Whether a claim tells this very number too: "31 killed, 10 of them in a bus" is no answer to "10 killed in a bus"."""
    bounds = (count.quantity.low, count.quantity.high)
    return any((quantity.low, quantity.high) == bounds for quantity in one.told.claim.quantities)


def disagreement(a: Count, b: Count, tables: LinkingTables) -> bool:
    """Whether the bounds of two quantities do not meet, even allowing for "about"."""
    slack = tables.thresholds.numbers_apart if _loose(a) or _loose(b) else 0.0
    return a.low > b.high * (1 + slack) or b.low > a.high * (1 + slack)


_LOOSE = re.compile(r"\b(tens|dozens|scores|hundreds|thousands)\b", re.IGNORECASE)


def _loose(one: Count) -> bool:
    """Whether a number is a round one, by a word or by itself."""
    return one.quantity.approximate or bool(_LOOSE.search(one.quantity.mention.text))
