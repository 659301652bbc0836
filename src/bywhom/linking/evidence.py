"""The comparator table: what speaks for and against two claims being one proposition, each feature with its reason.

Every comparator returns a score from -1 (speaks against) to 1 (speaks for), 0 where it cannot tell. Its docstring is the
sentence shown to the reader. The weights are in data/linking.yaml, fitted by bench/fit_linking.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import asin, cos, exp, radians, sin, sqrt

from bywhom.linking.counts import clash, comparable, disagreement
from bywhom.linking.profile import Days, Profile
from bywhom.linking.speakers import same_speaker
from bywhom.linking.tables import LinkingTables
from bywhom.records import Evidence, Quote, Resolution

Comparator = Callable[[Profile, Profile, LinkingTables], Evidence]
EARTH_KM = 6371.0


def event(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """Both tell the same type of event, or types that tell one occurrence."""
    one, other = a.told.claim.event.type.value, b.told.claim.event.type.value
    if one == other:
        return Evidence("event", 0.3 if one == "other" else 1.0, "the same type of event", one, other)
    if "other" in (one, other):
        return Evidence("event", 0.0, "the type of one is not known", one, other)
    related = bool(a.families & b.families)
    reason = "types that may tell one occurrence" if related else "types of different occurrences"
    return Evidence("event", 0.5 if related else -1.0, reason, one, other)


def wording(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """The words that both have in common, rare ones counting more."""
    shared = _shared(a, b)
    score = min(1.0, 2 * shared / (a.total + b.total)) if a.total and b.total else 0.0
    common = sorted(a.words.keys() & b.words.keys(), key=lambda word: (-a.words[word], word))
    return Evidence(
        "wording", score, f"in common: {', '.join(common[:6]) or 'nothing'}", str(len(a.words)), str(len(b.words))
    )


def containment(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """How much of the shorter claim the longer one says too."""
    least = min(a.total, b.total)
    score = min(1.0, _shared(a, b) / least) if least >= 1 else 0.0
    return Evidence("containment", score, "share of the shorter claim", f"{a.total:.1f}", f"{b.total:.1f}")


def rare_words(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """Words that are not everywhere in reports of war stand in both."""
    found = sorted(word for word, weight in a.words.items() if weight >= 1 and word in b.words)
    weight = sum(a.words[word] for word in found)
    return Evidence("rare_words", min(1.0, weight / 5), f"in common: {', '.join(found[:6]) or 'none'}", "", "")


def names(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """Names that stand in both, or only in one of them."""
    shared = a.names & b.names
    if shared:
        return Evidence(
            "names", min(1.0, len(shared) / 3), f"in common: {', '.join(sorted(shared))}", *_listed(a.names, b.names)
        )
    score = -0.5 if a.names and b.names else 0.0
    return Evidence("names", score, "no name in common", *_listed(a.names, b.names))


def titles(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """Whether the titles of two reports announce one story."""
    shown = (a.told.title or "", b.told.title or "")
    if a.report == b.report or not a.title or not b.title:
        return Evidence("titles", 0.0, "one report, or no titles", *shown)
    shared = sum(max(weight, b.title[word]) for word, weight in a.title.items() if word in b.title)
    score = 2 * shared / (sum(a.title.values()) + sum(b.title.values()))
    return Evidence("titles", min(1.0, score), "words that both titles share", *shown)


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
    one, other = apart or next((pair for pair in pairs if not disagreement(*pair, tables)), pairs[0])
    score, reason = (-1.0, "the bounds do not meet") if apart else (1.0, "the bounds meet")
    return Evidence("counts", score, reason, one.quantity.mention.text, other.quantity.mention.text)


def polarity(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """Whether both say that it happened, or both that it did not."""
    one, other = a.told.claim.polarity.value, b.told.claim.polarity.value
    return Evidence("polarity", 0.0 if one == other else -1.0, "said to have happened, or not", one, other)


def modality(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """Whether both speak of what has happened, of what is to come, or of what might be."""
    one, other = a.told.claim.modality.value, b.told.claim.modality.value
    return Evidence("modality", 0.0 if one == other else -1.0, "where the event stands in time", one, other)


def copied(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """Runs of three words in common, out of the shorter claim's."""
    score = likeness(a, b)
    return Evidence("copied", score, f"{score:.0%} of the three-word runs in common", str(a.length), str(b.length))


def nearness(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """How near the two stand to each other in one report."""
    if a.report != b.report:
        return Evidence("nearness", 0.0, "two reports", "", "")
    apart = _apart(a, b)
    return Evidence("nearness", exp(-apart / 600), f"{apart} characters between them", "", "")


def one_voice(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:
    """Whether one speaker answers for both."""
    same = same_speaker(a.speaker, b.speaker, one_report=a.report == b.report, tables=tables)
    shown = (" ".join(sorted(a.speaker.name)), " ".join(sorted(b.speaker.name)))
    return Evidence("one_voice", float(same), "one speaker" if same else "two speakers, or not known", *shown)


def retelling(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:
    """One speaker, told in the report's words and then in his own."""
    forms = {a.told.claim.attribution.quote, b.told.claim.attribution.quote}
    mixed = Quote.DIRECT in forms and len(forms) == 2 and Quote.NONE not in forms
    told = mixed and a.report == b.report and one_voice(a, b, tables).score > 0
    return Evidence(
        "retelling",
        float(told),
        "paraphrase and quotation" if told else "no paraphrase with its quotation",
        *_forms(a, b),
    )


def summary(a: Profile, b: Profile, tables: LinkingTables) -> Evidence:  # noqa: ARG001
    """A lead without a source tells first what the report tells in full below."""
    first, second = sorted((a, b), key=lambda one: one.told.claim.span.start)
    lead = first.told.claim.span.start < 700 and a.report == b.report
    led = lead and (first.speaker.unsourced or _is_lead(first)) and not second.speaker.unsourced
    return Evidence("summary", float(led), "the lead of the same report" if led else "no lead", *_forms(a, b))


TABLE: tuple[Comparator, ...] = (
    event, wording, containment, rare_words, names, titles, agents, targets, place, time, counts, polarity, modality, copied,
    nearness, one_voice, retelling, summary,
)  # fmt: skip


# What rules most pairs out stands first.
_TELLING_FIRST = (time, place, event, rare_words, containment, *(
    one for one in TABLE if one not in (time, place, event, rare_words, containment)
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weighed:
    """The evidence on two claims, and its weighted sum: the logit of their being one matter."""

    evidence: tuple[Evidence, ...]
    total: float

    @property
    def telling(self) -> tuple[Evidence, ...]:
        """The evidence that speaks for or against: what a relation keeps."""
        return tuple(one for one in self.evidence if one.score)

    def of(self, feature: str) -> Evidence:
        """The evidence of one feature."""
        return next(one for one in self.evidence if one.feature == feature)


def weigh(a: Profile, b: Profile, tables: LinkingTables) -> Weighed:
    """All comparators on two claims, and their weighted sum."""
    found = tuple(comparator(a, b, tables) for comparator in TABLE)
    weights = _weights(a, b, tables)
    return Weighed(found, weights["bias"] + sum(weights.get(one.feature, 0.0) * one.score for one in found))


def logit(a: Profile, b: Profile, tables: LinkingTables, floor: float) -> float | None:
    """The weighted sum alone; none as soon as place or time rule the pair out, or nothing left can lift it to the floor."""
    weights = _weights(a, b, tables)
    total, left = weights["bias"], sum(weight for name, weight in weights.items() if weight > 0 and name != "bias")
    for comparator in _TELLING_FIRST:
        weight = weights.get(comparator.__name__, 0.0)
        score = comparator(a, b, tables).score
        if score <= -1.0 and comparator in (place, time):
            return None
        total, left = total + weight * score, left - max(0.0, weight)
        if total + left < floor:
            return None
    return total


def _weights(a: Profile, b: Profile, tables: LinkingTables) -> dict[str, float]:
    return tables.table.weights["one_report" if a.report == b.report else "two_reports"]


def likeness(a: Profile, b: Profile) -> float:
    """Share of the shorter claim's three-word runs that the other has too."""
    least = min(len(a.shingles), len(b.shingles))
    return len(a.shingles & b.shingles) / least if least else 0.0


def kilometres(a: tuple[float, float, float], b: tuple[float, float, float]) -> float:
    """The great-circle distance of two points given in degrees."""
    north, other = radians(a[0]), radians(b[0])
    across = sin((other - north) / 2) ** 2 + cos(north) * cos(other) * sin(radians(b[1] - a[1]) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(across)))


def _shared(a: Profile, b: Profile) -> float:
    short, long = (a.words, b.words) if len(a.words) <= len(b.words) else (b.words, a.words)
    return sum(max(weight, long[word]) for word, weight in short.items() if word in long)


def _roles(feature: str, a: frozenset[str], b: frozenset[str]) -> Evidence:
    if not a or not b:
        return Evidence(feature, 0.0, "not told in both", *_listed(a, b))
    shared = a & b
    score = len(shared) / min(len(a), len(b)) if shared else -0.5
    return Evidence(feature, score, "in common" if shared else "nothing in common", *_listed(a, b))


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


def _apart(a: Profile, b: Profile) -> int:
    first, second = sorted((a.told.claim.span, b.told.claim.span))
    return max(0, second.start - first.end)


def _is_lead(one: Profile) -> bool:
    source = one.told.claim.attribution.source
    return source is not None and source.resolution in (Resolution.LEAD, Resolution.HEADLINE)


def _listed(a: frozenset[str], b: frozenset[str]) -> tuple[str, str]:
    return " ".join(sorted(a)), " ".join(sorted(b))


def _times(a: Profile, b: Profile) -> tuple[str, str]:
    return _time_of(a), _time_of(b)


def _time_of(one: Profile) -> str:
    if one.told.claim.time:
        return one.told.claim.time.value
    return f"published {one.told.published}" if one.told.published else ""


def _place_name(one: Profile) -> str:
    found = one.told.claim.place
    return (found.name or found.mention.text) if found else ""


def _forms(a: Profile, b: Profile) -> tuple[str, str]:
    return a.told.claim.attribution.quote.value, b.told.claim.attribution.quote.value
