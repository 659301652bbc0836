"""Claims in, relations out: every pair of candidates is weighed once, and the first rule that fits names their relation."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from bywhom.linking.candidates import keys_of, named, sharing
from bywhom.linking.contradiction import Disagreement, details, disagree, one_scene, one_story, other_means
from bywhom.linking.copies import Copies, fold_copies
from bywhom.linking.counts import clash, comparable, parts, tolls_apart
from bywhom.linking.evidence import Weighed, logit, matter, weigh
from bywhom.linking.origin import Origin, near_identical, origin
from bywhom.linking.profile import Profile, among, profile
from bywhom.linking.standing import FLOOR, Pair, stand
from bywhom.linking.standing import likelihood as one_matter
from bywhom.linking.statements import statements
from bywhom.linking.tables import LinkingTables
from bywhom.linking.words import folded, stem
from bywhom.records import EventType, Found, Independence, Relation, RelationType, Told


def keys(item: Told, *, tables: LinkingTables) -> tuple[str, ...]:
    """What a claim is to be indexed under: whoever shares none of these is no neighbour of it."""
    return keys_of(_profile(item, tables), tables)


def relate(items: Sequence[Told], *, tables: LinkingTables) -> Found[Relation]:
    """All relations among the claims, sorted; the order of the claims changes nothing."""
    profiles = _profiles(items, tables)
    copies = fold_copies(profiles, tables)
    return _related(profiles, copies, sharing(copies.compared, tables), None, tables)


def relate_new(
    new: Sequence[Told],
    neighbours: Sequence[Told],
    *,
    tables: LinkingTables,
    pairs: Collection[tuple[str, str]] | None = None,
) -> Found[Relation]:
    """The relations of new claims among themselves and with those of the ledger that share a key with one of them.

    `pairs`, by ids, are those of two reports that are to be compared: from an index of keys. None: they are looked for here.
    """
    fresh = frozenset(item.claim.id for item in new)
    profiles = _profiles([*new, *(item for item in neighbours if item.claim.id not in fresh)], tables)
    copies = fold_copies(profiles, tables)
    candidates = sharing(copies.compared, tables, fresh) if pairs is None else named(copies, tables, fresh, pairs)
    return _related(profiles, copies, candidates, fresh, tables)


def by_themselves(found: Iterable[Relation], told: Iterable[Told], *, tables: LinkingTables) -> list[Relation]:
    """The relations with the origin that their two claims show by themselves, in whatever circle of outlets they stood."""
    known = {item.claim.id: _profile(item, tables) for item in told}
    whose = [(one, origin(known[one.a], known[one.b], tables)) for one in found if {one.a, one.b} <= known.keys()]
    return [replace(one, independence=each.independence, rule=each.rule) for one, each in whose]


def _profiles(items: Iterable[Told], tables: LinkingTables) -> list[Profile]:
    return among(_profile(item, tables) for item in {item.claim.id: item for item in items}.values())


# A claim is compared in block after block while its neighbours come in; these many take some 50 MB.
_profile = lru_cache(maxsize=6000)(profile)


def _related(
    profiles: Sequence[Profile],
    copies: Copies,
    candidates: Iterable[tuple[Profile, Profile]],
    fresh: frozenset[str] | None,
    tables: LinkingTables,
) -> Found[Relation]:
    by_id = {one.id: one for one in profiles}
    found: dict[_Identity, Relation] = {}
    for one in chain(_copied(copies, fresh), _compared(candidates, tables)):
        found.setdefault(_identity(one), one)
    kept = _nearest_source_only(found, by_id)
    linked = {(one.a, one.b) for one in kept.values() if one.type is RelationType.SAME_ORIGIN}
    for one in statements(copies.compared, tables, fresh):
        if (one.a, one.b) not in linked:
            kept.setdefault(_identity(one), one)
    return Found(tuple(kept[one] for one in sorted(kept)))


WORDS = 3  # fewer say nothing that could be compared
FAR = 2.5  # times as many: two counts from below
GROWN = 1.02  # the same for reports that lie weeks apart
SOME_DAY = 0.4  # score of two times that may be one day
SAME_WORDING = 0.5  # from which one speaker's two numbers answer one question
_Identity = tuple[str, str, str]


def _identity(one: Relation) -> _Identity:
    return (one.a, one.b, one.type.value)


def _compared(candidates: Iterable[tuple[Profile, Profile]], tables: LinkingTables) -> Iterator[Relation]:
    """The relations of all candidates: weighed one by one, then held against the other counterparts of the same claims."""
    for a, b, likelihood in stand(_weighed(candidates, tables), tables):
        yield from decide(a, b, likelihood, tables)


def _weighed(candidates: Iterable[tuple[Profile, Profile]], tables: LinkingTables) -> Iterator[Pair]:
    """The pairs that place and time do not rule out, with what the comparators make of them."""
    for a, b in candidates:
        if min(a.length, b.length) >= WORDS and _two_sayings(a, b):
            first, second = (a, b) if a.id < b.id else (b, a)
            found = logit(first, second, tables, FLOOR)
            if found is not None:
                yield Pair(first, second, found)


def _two_sayings(a: Profile, b: Profile) -> bool:
    """Whether two claims can be held against each other: one inside the other is a part of it; two reports need a word in common."""
    if a.report != b.report:
        return not a.words.keys().isdisjoint(b.words)
    one, other = a.told.claim.span, b.told.claim.span
    return one.end <= other.start or other.end <= one.start


def _copied(copies: Copies, fresh: frozenset[str] | None) -> Iterator[Relation]:
    """Copies beyond those that are compared: linked to the first appearance, and to nothing else."""
    for first, one in copies.copied:
        if fresh is None or one.id in fresh or first.id in fresh:
            a, b = sorted((first.id, one.id))
            yield Relation(a, b, RelationType.SAME_ORIGIN, Independence.DEPENDENT, "copy")


def decide(a: Profile, b: Profile, likelihood: float, tables: LinkingTables) -> Iterator[Relation]:
    """The relations of two claims, none where too little speaks for one matter."""
    alike = near_identical(a, b, tables)
    likelihood = 1.0 if alike else likelihood
    clash = disagree(a, b, tables)
    if not clash and likelihood < _least_of_all(tables):
        return
    weighed, whose = weigh(a, b, tables), origin(a, b, tables)
    rule = _rule(a, b, clash, likelihood, weighed) if clash else ""
    if rule:
        yield from _disagreement(a, b, rule, whose, weighed)
    if alike or (not rule and compatible(a, b, tables)):
        yield from _agreement(a, b, likelihood, whose, weighed, tables)


def _least_of_all(tables: LinkingTables) -> float:
    """The likelihood below which no two claims agree."""
    thresholds = tables.thresholds
    return min(thresholds.same_report, thresholds.across_reports, thresholds.one_scene)


def _rule(a: Profile, b: Profile, clash: Disagreement, likelihood: float, weighed: Weighed) -> str:
    """The rule by which two claims contradict each other; none where too little speaks for one matter."""
    most = max(likelihood, one_matter(matter(weighed)))
    if most < clash.least or (clash.rule == "counts_disagree" and not pinned(a, b, weighed)):
        return ""
    return clash.rule


_AT_ODDS = frozenset(["counts_disagree", "denied"])


def _disagreement(a: Profile, b: Profile, rule: str, whose: Origin, weighed: Weighed) -> Iterator[Relation]:
    """A contradiction; where one speaker changes his figure from one day to a later one, a revision."""
    if rule == "counts_disagree" and a.report != b.report and (whose.rule == "one_speaker" or two_versions(a, b)):
        if weighed.of("wording").score < SAME_WORDING:
            return  # one speaker counts many things on one day
        later, earlier = _later(a, b)
        if later and earlier:
            yield Relation(
                later.id, earlier.id, RelationType.SUPERSEDES, whose.independence, "later_figure", weighed.telling
            )
            return
    if rule in _AT_ODDS and whose.rule == "one_relays_the_other":
        return  # who hands on a voice neither denies it nor counts against it
    yield Relation(a.id, b.id, RelationType.CONTRADICTS, whose.independence, rule, weighed.telling)


def two_versions(a: Profile, b: Profile) -> bool:
    """Whether one publisher brought two reports under one title: the later one is the earlier one, revised."""
    publisher = a.speaker.publisher
    return bool(publisher) and publisher == b.speaker.publisher and bool(a.title) and a.title == b.title


def _later(a: Profile, b: Profile) -> tuple[Profile | None, Profile | None]:
    """The later and the earlier of two reports; nothing where their dates do not tell."""
    if a.published is None or b.published is None or a.published == b.published:
        return None, None
    return (a, b) if a.published > b.published else (b, a)


def _agreement(
    a: Profile, b: Profile, likelihood: float, whose: Origin, weighed: Weighed, tables: LinkingTables
) -> Iterator[Relation]:
    thresholds = tables.thresholds
    scene = one_toll(a, b, weighed)
    least = thresholds.same_report if a.report == b.report else thresholds.across_reports
    if likelihood < (thresholds.one_scene if scene else least):
        return
    if likelihood < 1.0 and other_means(a, b):
        return
    if likelihood < 1.0 and tolls_apart(a, b, tables):
        yield from _parts(a, b, whose, weighed, tables)
        return
    if whose.one:
        yield Relation(a.id, b.id, RelationType.SAME_ORIGIN, whose.independence, whose.rule, weighed.telling)
    elif (
        (scene or likelihood >= thresholds.corroborates)
        and in_detail(a, b, weighed)
        and not (reacts(a, b, tables) or two_events(a, b, weighed))
    ):
        yield Relation(a.id, b.id, RelationType.CORROBORATES, whose.independence, whose.rule, weighed.telling)
    else:
        return
    yield from _exactness(a, b, whose, weighed, tables)


def compatible(a: Profile, b: Profile, tables: LinkingTables) -> bool:
    """Whether nothing that both tell is told differently."""
    return a.told.claim.polarity is b.told.claim.polarity and not clash(a, b, tables) and not far_apart(a, b, tables)


def far_apart(a: Profile, b: Profile, tables: LinkingTables) -> bool:
    """Whether both count one thing from below, and so differently that hardly one count is meant: 18 and hundreds of dead.

    Sums of a war go on growing: of two reports that lie weeks apart, each has its own.
    """
    stale = _weeks_apart(a, b, tables)
    most = GROWN if stale else FAR
    return any(
        max(x.low, y.low) > most * min(x.low, y.low)
        for x, y in comparable(a, b, tables)
        if x.quantity.high is None or y.quantity.high is None
    )


def _weeks_apart(a: Profile, b: Profile, tables: LinkingTables) -> bool:
    if a.published is None or b.published is None or a.report == b.report:
        return False
    return abs(a.published[0] - b.published[0]) > tables.thresholds.stale_days


def one_toll(a: Profile, b: Profile, weighed: Weighed) -> bool:
    """Whether both count whom one thing befell at one small place on one day, in one story, and the bounds meet."""
    told = weighed.of("toll").score > 0 and not (two_events(a, b, weighed) or a.further or b.further)
    return told and one_scene(a, b) and one_story(a, b)


def two_events(a: Profile, b: Profile, weighed: Weighed) -> bool:
    """Whether place, means or words say that two like events are told, however alike they are."""
    another = a.report == b.report and weighed.of("one_more").score < 0
    return another or weighed.of("place").score < 0 or other_means(a, b)


def reacts(a: Profile, b: Profile, tables: LinkingTables) -> bool:
    """Whether one of the two only reacts to the event: who condemns an attack is no second voice for it.

    Two who appeal each say what they want themselves.
    """
    if a.told.claim.event.type is b.told.claim.event.type is EventType.APPEAL:
        return True
    return any(
        not one.words.keys().isdisjoint(tables.reacting) or _cued(one, tables) or _presupposes(one) for one in (a, b)
    )


_PRESUPPOSED = re.compile(
    r"\b(the|this|that|for|of|to)\s(\S+\s){0,2}(murder|killing|assassination|massacre|slaughter|execution|death)s? of\b",
    re.IGNORECASE,
)

# Without its subject: what is left of a clause that says which attack is meant.
_RELATIVE = re.compile(r"(has |had |have )?(killed|wounded|injured)\b")


def _presupposes(one: Profile) -> bool:
    """Whether a claim names the deed as known, "for the murder of", "[an attack that] killed", and tells something else of it."""
    text = one.told.claim.text
    return bool(_PRESUPPOSED.search(text) or _RELATIVE.match(text))


def _cued(one: Profile, tables: LinkingTables) -> bool:
    cue = one.told.claim.attribution.cue
    return cue is not None and any(stem(word) in tables.reacting for word in folded(cue.text))


def pinned(a: Profile, b: Profile, weighed: Weighed) -> bool:
    """Whether day and place are one as far as told: numbers of two days or two towns do not contradict each other."""
    placed = weighed.of("place").score >= 0.9 or (a.report == b.report and weighed.of("wording").score >= 0.5)
    if not placed or weighed.of("time").score < SOME_DAY:
        return False
    return weighed.of("wording").score >= 0.3 or (one_scene(a, b) and one_story(a, b))


def in_detail(a: Profile, b: Profile, weighed: Weighed) -> bool:
    """Whether two claims agree in something that not every claim about one place and day has: numbers, or rare words."""
    counted = weighed.of("counts").score > 0
    contained = weighed.of("containment").score
    if a.report == b.report:
        return details(a, b) >= (1 if counted and weighed.of("place").score > 0 else 2)
    if weighed.of("time").score < 0.9:
        return False  # two reports of one war share much, but not the day
    if counted:
        return details(a, b) >= 1 and (one_story(a, b) or contained >= 0.5)
    return details(a, b) >= 3 and contained >= 0.6


def _exactness(a: Profile, b: Profile, whose: Origin, weighed: Weighed, tables: LinkingTables) -> Iterator[Relation]:
    """Beside agreement: which of the two is more exact, and which counts a part of the other."""
    yield from _parts(a, b, whose, weighed, tables)
    for one, other in ((a, b), (b, a)):
        if refines(one, other, tables):
            yield Relation(one.id, other.id, RelationType.REFINES, whose.independence, "more_exact", weighed.telling)


def _parts(a: Profile, b: Profile, whose: Origin, weighed: Weighed, tables: LinkingTables) -> Iterator[Relation]:
    """Which of two claims on one matter counts some of those whom the other counts."""
    for one, other in ((a, b), (b, a)):
        if parts(one, other, tables):
            yield Relation(
                one.id,
                other.id,
                RelationType.PART_OF_TOTAL,
                whose.independence,
                "part_of_those_counted",
                weighed.telling,
            )


def refines(one: Profile, other: Profile, tables: LinkingTables) -> bool:
    """Whether the bounds, the place or the day of one lie within those of the other, and nothing is the other way round."""
    signs = {_closer_counts(one, other, tables), _closer_place(one, other), _closer_time(one, other)} - {0}
    return signs == {1}


def _closer_counts(one: Profile, other: Profile, tables: LinkingTables) -> int:
    """1 where the bounds of one are the closer ones, -1 where the other's are, 0 where none are."""
    signs = {_sign((y.high - y.low) - (x.high - x.low)) for x, y in comparable(one, other, tables)} - {0}
    return signs.pop() if len(signs) == 1 else 0


def _closer_place(one: Profile, other: Profile) -> int:
    if one.point is None or other.point is None:
        return 0
    return 1 if one.point[2] * 2 < other.point[2] else -1 if other.point[2] * 2 < one.point[2] else 0


def _closer_time(one: Profile, other: Profile) -> int:
    if one.days is None or other.days is None:
        return 0
    return _sign((other.days[1] - other.days[0]) - (one.days[1] - one.days[0]))


def _sign(number: float) -> int:
    """-1, 0 or 1; 0 for what is not a number, as the difference of two open ends."""
    return int(number > 0) - int(number < 0)


def _nearest_source_only(found: dict[_Identity, Relation], by_id: dict[str, Profile]) -> dict[_Identity, Relation]:
    """Without the ties of an unsourced claim to any but the likeliest named voice of its report: it must not join two."""
    best: dict[str, tuple[float, str]] = {}
    ties = [one for one in found.values() if _tie(one, by_id)]
    for one in ties:
        unsourced, voice = _tie(one, by_id) or ("", "")
        best[unsourced] = min(best.get(unsourced, (1.0, "~")), (-_strength(one), voice))
    dropped = {
        _identity(one)
        for one in ties
        if best[(_tie(one, by_id) or ("", ""))[0]][1] != (_tie(one, by_id) or ("", ""))[1]
    }
    return {identity: one for identity, one in found.items() if identity not in dropped}


def _tie(one: Relation, by_id: dict[str, Profile]) -> tuple[str, str] | None:
    """The unsourced claim and the named voice that a relation inside one report ties together."""
    a, b = by_id[one.a], by_id[one.b]
    if one.type is not RelationType.SAME_ORIGIN or a.report != b.report or a.speaker.unsourced == b.speaker.unsourced:
        return None
    bare, named = (a, b) if a.speaker.unsourced else (b, a)
    return bare.id, " ".join(sorted(named.speaker.name))


def _strength(one: Relation) -> float:
    """How much speaks for a relation: the scores of wording, which tell two near candidates apart best."""
    return sum(
        e.score for e in one.evidence if e.feature in ("wording", "beginnings", "singular", "peculiar", "counts")
    )
