"""The spots of a report that may be the place of one claim: those in it, around it, and told of most."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from bywhom.grounding.located import Located
from bywhom.grounding.places import PLACED, SCENES
from bywhom.grounding.setting import Setting
from bywhom.grounding.story import Key, Spot, Story, key_of
from bywhom.records import Claim, EventType, PlaceOutcome, Span

RECENT = 8  # spots before a claim that are looked at, the last ones; all of the claim and its sentence are
AHEAD = 3  # and behind it
WIDE_KM = 100.0
VAST_KM = 700.0
LOCAL = frozenset({"in claim", "in cue", "before claim", "behind claim"})


@dataclass(frozen=True, slots=True)
class Around:
    """One claim, and the places that stand in it and around it."""

    story: Story
    number: int
    claim: Claim
    sentence: int
    span: Span  # of the sentence
    told: str  # what kind of event it tells of
    inside: frozenset[int]
    beside: frozenset[int]  # in its sentence
    own: bool  # a scene stands inside
    shared: bool  # a scene stands beside
    ranks: dict[Key, int]  # of the spots told of before: 0 the last
    ahead: frozenset[Key]  # the next ones behind
    where: str  # how near the nearest scene is
    again: str  # the event told of before that it speaks of
    pointing: bool
    general: bool
    overlaps: dict[int, tuple[int, int]] = field(
        default_factory=dict
    )  # sentence -> words and names shared with the claim

    @property
    def cue(self) -> Span | None:
        """The words that attribute the claim."""
        cue = self.claim.attribution.cue
        return cue.span if cue else None


def around(story: Story, number: int) -> Around:
    """Claim `number` of a story, and what stands around it."""
    claim = story.claims[number]
    sentence = story.places.sentence_at(claim.span.start)
    span = story.sentence(sentence) if story.places.sentences else claim.span
    cue = claim.attribution.cue
    inside = frozenset(i for i in story.between(claim.span) if not (cue and cue.start <= story.starts[i] < cue.end))
    beside = frozenset(story.between(span)) - inside
    text, words = claim.span.of(story.doc.text), story.places.words
    before, behind = story.scenes_before(span.start), story.scenes_from(span.end)
    own, shared = _any_scene(story, inside), _any_scene(story, beside)
    again = words.again.search(text)
    return Around(
        story,
        number,
        claim,
        sentence,
        span,
        told=_kind_of_event(claim.event.type),
        inside=inside,
        beside=beside,
        own=own,
        shared=shared,
        ranks=_ranks(story, before),
        ahead=_ahead_of(story, behind),
        where=_where(story, sentence, before, behind, own=own, shared=shared),
        again=again[1].lower()[:5] if again else "",
        pointing=words.pointing.search(span.of(story.doc.text)) is not None,
        general=words.general.search(text) is not None,
    )


def spots_around(at: Around) -> Iterator[tuple[Spot, int, str]]:
    """The spots that may be the place of a claim: each with the mention that counts, and where this stands.

    Where the rules find a name that is in no gazetteer in the sentence, that name or nothing is the place: no spot told of elsewhere.
    """
    reach = _reach(at)
    for spot in _spots_near(at):
        mention, stands = _mention(at, spot)
        if reach is not None and stands not in reach:
            continue
        if (
            stands in LOCAL
            or is_guess(at.story, at.number, spot.key)
            or _is_within_reach(at, spot.key, at.story.located[mention], stands)
        ):
            yield spot, mention, stands


def _spots_near(at: Around) -> list[Spot]:
    """The spots that may be worth weighing, in text order: however many a report has, a few dozen at most."""
    story, guess = at.story, at.story.guesses[at.number]
    first = story.between(at.span).start
    close = takewhile(lambda i: at.sentence - story.sentence_of[i] <= _CLOSEST, range(first - 1, -1, -1))
    keys = {key_of(story.located[i]) for i in (*at.inside, *at.beside, *close)}
    keys |= {*at.ranks, *at.ahead, *story.main}
    if guess is not None:
        keys.add(key_of(guess))
    return sorted((story.spot_of[key] for key in keys), key=lambda spot: spot.mentions[0])


_CLOSEST = 3  # sentences


def _reach(at: Around) -> frozenset[str] | None:
    """Where alone a spot may stand: in the claim, where the rules find one there; in its sentence, where theirs has no point."""
    guess = at.story.guesses[at.number]
    if guess is None:
        return None
    if any(at.story.located[i] is guess for i in at.inside):
        return _OWN
    beside = any(at.story.located[i] is guess for i in at.beside)
    return LOCAL if beside and guess.place.lat is None else None


_OWN = frozenset({"in claim"})


def kind_of(named: Located) -> str:
    """How wide a place is, in a word."""
    place = named.place
    if place.lat is None:
        return "unknown"
    if place.outcome is PlaceOutcome.COUNTRY:
        return "country"
    if (place.radius_km or 0.0) > VAST_KM:
        return "vast"
    if place.outcome is PlaceOutcome.SETTLEMENT:
        return "town"
    return "wide" if (place.radius_km or 0.0) >= WIDE_KM else "region"


def _kind_of_event(event: EventType) -> str:
    return "scene" if event in SCENES else "placed" if event in PLACED else event.value


def _any_scene(story: Story, mentions: frozenset[int]) -> bool:
    return any(story.located[i].is_scene for i in mentions)


def _ranks(story: Story, before: Sequence[int]) -> dict[Key, int]:
    """The last spots told of, each with its number, 0 the last of all."""
    found: dict[Key, int] = {}
    for i in reversed(before):
        if i not in story.holders:
            found.setdefault(key_of(story.located[i]), len(found))
        if len(found) == RECENT:
            break
    return found


def _ahead_of(story: Story, behind: Sequence[int]) -> frozenset[Key]:
    """The spots that are told of next."""
    found: set[Key] = set()
    for i in behind:
        found.add(key_of(story.located[i]))
        if len(found) == AHEAD:
            break
    return frozenset(found)


def _where(
    story: Story, sentence: int, before: Sequence[int], behind: Sequence[int], *, own: bool, shared: bool
) -> str:
    if own or shared:
        return "claim" if own else "sentence"
    if before:
        return "before" if sentence - story.sentence_of[before[-1]] <= _SHORTLY else "long before"
    return "behind" if behind else "nowhere"


_SHORTLY = 3


def _mention(at: Around, spot: Spot) -> tuple[int, str]:
    """The mention of a spot that counts for a claim, and where it stands: nearest, scenes first."""
    story = at.story
    if inside := _among(spot, at.inside):
        return _scene_first(story, inside), "in claim"
    if beside := _among(spot, at.beside):
        i = _scene_first(story, beside)
        start = story.starts[i]
        in_cue = at.cue is not None and at.cue.start <= start < at.cue.end
        return i, "in cue" if in_cue else "before claim" if start < at.claim.span.start else "behind claim"
    first = story.between(at.span).start
    last = _last_before(story.scenes_at.get(spot.key, ()), first)
    last = _last_before(spot.mentions, first) if last is None else last
    if last is not None:
        return last, _away(at.sentence - story.sentence_of[last]) + " before"
    first = (story.scenes_at.get(spot.key) or spot.mentions)[0]
    return first, _ahead(story.sentence_of[first] - at.sentence) + " behind"


def _among(spot: Spot, mentions: frozenset[int]) -> list[int]:
    return sorted(mentions & spot.all) if mentions else []


def _last_before(mentions: Sequence[int], first: int) -> int | None:
    """The last of some mentions that stands before number `first`."""
    n = bisect_left(mentions, first)
    return mentions[n - 1] if n else None


def _scene_first(story: Story, mentions: Sequence[int]) -> int:
    return next((i for i in mentions if story.located[i].is_scene), mentions[0])


def rank(at: Around, spot: Spot) -> int | None:
    """How many spots have been told of since this one, `RECENT` for more; None where it has not been told of before."""
    if spot.key in at.ranks:
        return at.ranks[spot.key]
    scenes = at.story.scenes_at.get(spot.key, ())
    told = takewhile(lambda i: at.story.starts[i] < at.span.start, scenes)
    return RECENT if any(i not in at.story.holders for i in told) else None


def _is_within_reach(at: Around, key: Key, named: Located, stands: str) -> bool:
    """Whether a spot elsewhere in the report is worth weighing: told of lately, next or most, and as a scene."""
    if kind_of(named) in {"country", "vast"} or (named.toponym.setting in _NO_SCENES and stands != "1 before"):
        return False
    if key in at.story.main or key in at.ahead or at.ranks.get(key, RECENT) < RECENT:
        return True
    return key not in at.story.shares and stands in _CLOSE


_NO_SCENES = frozenset({Setting.GOVERNMENT, Setting.BODY, Setting.ORIGIN})

_CLOSE = frozenset({"1 before", "2 before", "3 before"})


def _away(sentences: int) -> str:
    return next((word for most, word in _AWAY if sentences <= most), "over 8")


_AWAY = ((1, "1"), (2, "2"), (3, "3"), (5, "4-5"), (8, "6-8"))


def _ahead(sentences: int) -> str:
    return next((word for most, word in _AHEAD if sentences <= most), "over 4")


_AHEAD = ((1, "1"), (2, "2"), (4, "3-4"))


def is_guess(story: Story, number: int, key: Key) -> bool:
    guess = story.guesses[number]
    return guess is not None and key_of(guess) == key
