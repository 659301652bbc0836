"""Comparators of what is told: the event, who, where, when and how many.

Every comparator returns a score from -1 (speaks against) to 1 (speaks for), 0 where it cannot tell. Its docstring is the
sentence shown to the reader.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from bywhom.linking.counts import clash, comparable, disagreement
from bywhom.linking.profile import Days, Profile
from bywhom.linking.tables import LinkingTables
from bywhom.linking.wordings import listed
from bywhom.records import Evidence, Polarity

EARTH_KM = 6371.0
SAME_DAY = 0.9  # score of two times from which they are one day
UNTYPED = 0.8  # of an event of no type: two such claims are as seldom one matter as two of one type


def event(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """Both tell the same type of event, or types that tell one occurrence."""
    one, other = a.told.claim.event.type.value, b.told.claim.event.type.value
    if one == other:
        return Evidence("event", UNTYPED if one == "other" else 1.0, "the same type of event", one, other)
    if "other" in (one, other):
        return Evidence("event", 0.0, "the type of one is not known", one, other)
    related = bool(a.families & b.families)
    reason = "types that may tell one occurrence" if related else "types of different occurrences"
    return Evidence("event", 0.2 if related else -1.0, reason, one, other)


def agents(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """Who is said to have done it."""
    return _roles("agents", a.agents, b.agents)


def targets(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """To whom it is said to have been done."""
    return _roles("targets", a.targets, b.targets)


def place(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:
    """The distance of the two places, held against how exactly each is known."""
    if a.point is None or b.point is None:
        return _unlocated(a, b)
    apart = kilometres(a.point, b.point)
    reach = a.point[2] + b.point[2]
    shown = (_place_name(a), _place_name(b))
    if apart <= max(a.point[2], b.point[2], 5.0):
        return Evidence("place", 1.0, f"{apart:.0f} km apart, within the radius", *shown)
    if apart <= reach + 10:
        return Evidence("place", 0.4, f"{apart:.0f} km apart, the radii meet", *shown)
    far = apart > reach + tables.thresholds.far_km
    return Evidence("place", -1.0 if far else -0.4, f"{apart:.0f} km apart, beyond both radii", *shown)


def time(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:
    """Whether both times of the event can be one, as exact as each is told."""
    if a.days and b.days:
        gap = _gap(a.days, b.days)
        if _two_sums(a.days, b.days):
            return Evidence("time", -1.0, "two long spans that end at different times", *_times(a, b))
        if gap <= 0:
            exact = max(_length(a.days), _length(b.days)) <= 2
            return Evidence("time", 1.0 if exact else 0.4, "the spans meet", *_times(a, b))
        score = -0.2 if gap <= 1 else -0.6 if gap <= tables.thresholds.days_apart else -1.0
        return Evidence("time", score, f"{gap} days apart", *_times(a, b))
    return _undated(a, b, tables)


def counts(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:
    """Whether both count the same thing, and their bounds meet."""
    pairs = comparable(a, b, tables)
    if not pairs:
        return Evidence("counts", 0.0, "nothing that both count", "", "")
    apart = clash(a, b, tables)
    met = next((pair for pair in pairs if not disagreement(*pair, tables)), None)
    if not (apart or met):
        return Evidence("counts", 0.0, "one counts some of those whom the other counts", "", "")
    one, other = apart or met or pairs[0]
    score, reason = (-1.0, "the bounds do not meet") if apart else (1.0, "the bounds meet")
    return Evidence("counts", score, reason, one.quantity.mention.text, other.quantity.mention.text)


def polarity(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """Whether both say that it did not happen: of one kind of thing, little is denied twice."""
    one, other = a.told.claim.polarity, b.told.claim.polarity
    both = one is other is Polarity.NEGATIVE
    return Evidence("polarity", float(both), "both deny" if both else "not both deny", one.value, other.value)


def negated(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """A word of negation stands in one of the two only."""
    only = a.negated != b.negated
    return Evidence("negated", -float(only), "one says not" if only else "alike", str(a.negated), str(b.negated))


def toll(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:
    """Both count those whom one thing befell, the bounds meet, and neither place nor day speaks against one scene."""
    counted = [pair for pair in comparable(a, b, tables) if pair[0].state and not disagreement(*pair, tables)]
    met = counted and not clash(a, b, tables) and place(a, b, tables).score >= 0 and time(a, b, tables).score >= 0
    scene = bool(met) and (a.report == b.report or time(a, b, tables).score >= SAME_DAY)
    return Evidence(
        "toll", float(scene), "one toll of one scene" if scene else "no such toll", _numbers(a), _numbers(b)
    )


def numbers(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """The same number stands in both, whatever it counts, or a number in one of the two only."""
    one, other = ({(q.low, q.high) for q in claim.told.claim.quantities} for claim in (a, b))
    shown = (_numbers(a), _numbers(b))
    if one & other:
        return Evidence("numbers", 1.0, "the same number", *shown)
    if bool(one) is not bool(other):
        return Evidence("numbers", -1.0, "only one of them counts", *shown)
    return Evidence("numbers", -0.5 if one else 0.0, "other numbers" if one else "no numbers", *shown)


def one_more(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """One of the two says that it tells a further case of its kind, or a sum of several."""
    only = a.further != b.further
    return Evidence("one_more", -float(only), "a further case" if only else "alike", "", "")


def modality(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """Whether both speak of what has happened, of what is to come, or of what might be."""
    one, other = a.told.claim.modality.value, b.told.claim.modality.value
    return Evidence("modality", 0.0 if one == other else -1.0, "where the event stands in time", one, other)


def kilometres(a: tuple[float, float, float], b: tuple[float, float, float]) -> float:
    """The great-circle distance of two points given in degrees."""
    north, other = radians(a[0]), radians(b[0])
    across = sin((other - north) / 2) ** 2 + cos(north) * cos(other) * sin(radians(b[1] - a[1]) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(across)))


def _roles(feature: str, a: frozenset[str], b: frozenset[str]) -> Evidence:
    if not a or not b:
        return Evidence(feature, 0.0, "not told in both", *listed(a, b))
    shared = a & b
    score = len(shared) / min(len(a), len(b)) if shared else -0.5
    return Evidence(feature, score, "in common" if shared else "nothing in common", *listed(a, b))


def _unlocated(a: Profile, b: Profile) -> Evidence:
    one, other = (claim.told.claim.place for claim in (a, b))
    named = one and other and one.mention.text.casefold() == other.mention.text.casefold()
    return Evidence(
        "place",
        0.5 if named else 0.0,
        "the same words for it" if named else "not known for both",
        *(_place_name(p) for p in (a, b)),
    )


def _undated(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:
    """Where a time is missing, reports that lie far apart hardly tell one event; a late account of an early event may."""
    one, other = a.days or a.published, b.days or b.published
    if a.report == b.report or one is None or other is None:
        return Evidence("time", 0.0, "not told in both", *_times(a, b))
    gap = _gap(one, other)
    if gap <= 2:
        return Evidence("time", 0.3, "told at one time", *_times(a, b))
    return Evidence(
        "time", -0.6 if gap > tables.thresholds.stale_days else -0.2, f"told {gap} days apart", *_times(a, b)
    )


def _two_sums(a: Days, b: Days) -> bool:
    """Whether both are long spans up to different days: what is counted since the outbreak of a war grows."""
    return min(_length(a), _length(b)) > 60 and abs(a[1] - b[1]) > 30


def _gap(a: Days, b: Days) -> int:
    """Days between two spans; 0 or less where they meet."""
    return max(a[0], b[0]) - min(a[1], b[1])


def _length(days: Days) -> int:
    return days[1] - days[0] + 1


def _times(a: Profile, b: Profile) -> tuple[str, str]:
    return _time_of(a), _time_of(b)


def _time_of(one: Profile) -> str:
    if one.told.claim.time:
        return one.told.claim.time.value
    return f"published {one.told.published}" if one.told.published else ""


def _place_name(one: Profile) -> str:
    found = one.told.claim.place
    return (found.name or found.mention.text) if found else ""


def _numbers(one: Profile) -> str:
    return ", ".join(quantity.mention.text for quantity in one.told.claim.quantities)
