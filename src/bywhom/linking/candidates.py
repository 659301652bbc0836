"""Which claims may speak of the same thing: keys that a ledger can index, and the pairs that share one.

Keys are made of one claim alone, so a new report touches only those who share a key with it. A key that too many claims
share compares each with its neighbours in time only: the work grows with the claims, not with their square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import combinations

from rensa import RMinHash  # type: ignore[import-untyped]

from bywhom.linking.copies import Copies
from bywhom.linking.profile import Days, Profile
from bywhom.linking.tables import LinkingTables

CHUNK = 12_000  # characters of one report whose claims are all compared
CELL = 0.5  # degrees
WINDOW = 8  # days
BANDS, ROWS = (
    8,
    4,
)  # of the MinHash: two wordings that share two thirds of their runs meet with 0.83, four fifths with 0.99
SEED = 17


def keys_of(one: Profile, tables: LinkingTables) -> tuple[str, ...]:
    """What a claim may be found under, sorted: two claims that share none are never compared."""
    found = [*_report(one), *_wording(one, tables), *_speaker(one, tables)]
    whens = _whens(one.days) or _whens(one.published)
    for when in whens:
        found += (f"what:{family}:{cell}:{when}" for family in sorted(one.families) for cell in _cells(one))
        found += (f"count:{count.state}:{count.low:g}:{when}" for count in one.counts if count.state)
    words = _rare(one)
    told = words[:4] if whens else words  # nothing but words can bring an undated claim to others
    found += (f"words:{a}+{b}" for a, b in combinations(told, 2))
    found += (f"word:{word}:{when}" for word in words for when in whens)
    return tuple(sorted(set(found)))


def _report(one: Profile) -> Iterator[str]:
    """Two stretches of the report, half a stretch apart, so that neighbours always share one."""
    start = one.told.claim.span.start
    yield f"report:{one.report[:24]}:{start // CHUNK}"
    yield f"report:{one.report[:24]}:{(start + CHUNK // 2) // CHUNK}h"


def _wording(one: Profile, tables: LinkingTables) -> Iterator[str]:
    """Identical wording, and bands of a MinHash over runs of three words: alike wording shares one."""
    if one.length < tables.thresholds.copy_words:
        return
    yield f"text:{_digest(one.wording)}"
    hashed = RMinHash(num_perm=BANDS * ROWS, seed=SEED)
    hashed.update([" ".join(run) for run in sorted(one.shingles)])
    digest = hashed.digest()
    for band in range(BANDS):
        rows = digest[band * ROWS : (band + 1) * ROWS]
        yield f"near:{band}:{_digest(' '.join(map(str, rows)))}"


def _speaker(one: Profile, tables: LinkingTables) -> Iterator[str]:
    """The words that name a speaker everywhere; an institution by all its words."""
    speaker = one.speaker
    if speaker.unsourced or speaker.many:
        return
    words = [
        word for word in sorted(speaker.name) if word not in tables.generic and word not in tables.governments.countries
    ]
    if words:
        yield from (f"who:{word}" for word in words)
    elif len(speaker.name) > 1:
        yield f"who:{'+'.join(sorted(speaker.name))}"


def _cells(one: Profile) -> tuple[str, ...]:
    """The place on two grids, half a cell apart, so that neighbours always share one; a region has none."""
    if one.point is None or one.point[2] > 60:
        return ()
    lat, lon = one.point[0] / CELL, one.point[1] / CELL
    return (f"{lat // 1:.0f},{lon // 1:.0f}", f"{(lat + 0.5) // 1:.0f},{(lon + 0.5) // 1:.0f}h")


def _whens(days: Days | None) -> tuple[str, ...]:
    """The day on two calendars of windows, half a window apart; none for spans that are longer than a window."""
    if days is None or days[1] - days[0] > WINDOW:
        return ()
    middle = (days[0] + days[1]) // 2
    return (f"{middle // WINDOW}", f"{(middle + WINDOW // 2) // WINDOW}h")


def _rare(one: Profile) -> list[str]:
    """The words most likely to single a claim out: names first, then long words."""
    found = [word for word, weight in one.words.items() if weight >= 1 and len(word) > 2]
    return sorted(found, key=lambda word: (-one.words[word], -len(word), word))[:6]


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def sharing(
    profiles: Sequence[Profile], tables: LinkingTables, fresh: frozenset[str] | None = None
) -> Iterator[tuple[Profile, Profile]]:
    """The pairs that share a key, each at least once; with `fresh`, only those with at least one of these claims."""
    keys = [keys_of(one, tables) for one in profiles]
    new = frozenset(at for at, one in enumerate(profiles) if fresh is None or one.id in fresh)
    buckets = _buckets(profiles, keys, new)
    limit = tables.thresholds.bucket
    small = [frozenset(key for key in mine if key in buckets and len(buckets[key]) <= limit) for mine in keys]
    for key in sorted(buckets):
        members = buckets[key]
        if key.startswith("who:") and len(members) > limit:
            continue  # one speaker on everything: his statements are linked by `statements`
        for a, b in _within(key, members, small, new, tables):
            yield profiles[a], profiles[b]


def named(
    copies: Copies, tables: LinkingTables, fresh: frozenset[str], pairs: Iterable[tuple[str, str]]
) -> Iterator[tuple[Profile, Profile]]:
    """These pairs, by ids, as far as both are there, and those that share a key in the report of a new claim.

    In the place of a copy that is not compared stands the first appearance of its wording.
    """
    by_id = {one.id: one for one in copies.compared}
    for a, b in sorted(_represented(copies, pairs)):
        one, other = by_id.get(a), by_id.get(b)
        if one and other and one.report != other.report and not fresh.isdisjoint((a, b)):
            yield one, other
    reports: dict[str, list[Profile]] = defaultdict(list)
    for each in copies.compared:
        if each.id in fresh:
            reports[each.report].append(each)
    for claims in reports.values():
        stretches = {each.told.claim.span.start // CHUNK for each in claims}
        short = len(claims) <= tables.thresholds.bucket and len(stretches) == 1
        yield from combinations(claims, 2) if short else sharing(claims, tables)


def _represented(copies: Copies, pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """The pairs with first appearances in the place of copies, the smaller id first."""
    first = {copy.id: one.id for one, copy in copies.copied}
    ends = ((first.get(a, a), first.get(b, b)) for a, b in pairs)
    return {(a, b) if a < b else (b, a) for a, b in ends if a != b}


def _buckets(profiles: Sequence[Profile], keys: Sequence[tuple[str, ...]], new: frozenset[int]) -> dict[str, list[int]]:
    """Key -> those who share it, in the order of time; keys of one claim, and those of no new one, left out."""
    wanted = {key for at in new for key in keys[at]}
    buckets: dict[str, list[int]] = defaultdict(list)
    for at in sorted(range(len(profiles)), key=lambda one: profiles[one].order):
        for key in keys[at]:
            if key in wanted:
                buckets[key].append(at)
    return {key: members for key, members in buckets.items() if len(members) > 1}


def _within(
    key: str, members: Sequence[int], small: Sequence[frozenset[str]], new: frozenset[int], tables: LinkingTables
) -> Iterator[tuple[int, int]]:
    """The pairs to be compared for one key: all, or neighbours in time where there are too many; none of two old claims."""
    few = len(members) <= tables.thresholds.bucket
    reach = len(members) if few else tables.thresholds.neighbours
    for at, a in enumerate(members):
        for b in members[at + 1 : at + 1 + reach]:
            if a not in new and b not in new:
                continue
            shared = small[a] & small[b]
            if (min(shared) == key) if few else not shared:
                yield a, b
