"""What speaks for and against each spot of a report as the place of one claim: signs, each a trait and its value.

What the signs weigh stands in data/weights/places.yaml; `bench/fit_places.py` sets it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from bywhom.grounding.located import Located
from bywhom.grounding.places import PLACED, POINTING, SCENES
from bywhom.grounding.setting import Setting
from bywhom.grounding.story import Key, Spot, Story, key_of, names_of, words_of
from bywhom.records import Claim, EventType, PlaceOutcome, Span

Sign = tuple[str, str]
RECENT = 8  # spots before a claim that are looked at, the last ones; all of the claim and its sentence are
AHEAD = 3  # and behind it
WIDE_KM = 100.0
VAST_KM = 700.0
_LOCAL = frozenset({"in claim", "in cue", "before claim", "behind claim"})

# What goes on beyond one place and day: totals, habits, whole countries.
_GENERAL = re.compile(
    r"\b(?:since then|so far|(?:over|in|during) the (?:past|last)|in recent (?:weeks|months|years|days)|regularly|repeatedly|often"
    r"|routinely|continu\w+ to|a total of|\d{5,}|million|country|nation|nationwide|always|never|history|every|any)\b",
    re.IGNORECASE,
)
# An event that the report has told of before: "the attack", "these strikes".
_EVENT_AGAIN = re.compile(
    r"\b(?:the|this|that|these|those|both|such an?|another) (?:[\w-]+ ){0,2}?(attacks?|strikes?|airstrikes?|blasts?|explosions?"
    r"|bombings?|incidents?|raids?|offensives?|clash(?:es)?|battles?|crash|massacres?|operations?|shelling|assaults?|ambush|fighting"
    r"|killings?|bombs?|explosives?|victims?|dead|wounded|injured|bod(?:y|ies)|buildings?|hospital|site|scene|protests?|meeting|siege"
    r"|plane|murders?|kidnapping|shooting|gunmen|attackers?)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_PRESENT = re.compile(r"\b(?:is|are|has|have)\b")


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
    overlaps: dict[int, tuple[int, int]]  # sentence -> words and names that it shares with the claim

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
    text = claim.span.of(story.doc.text)
    before, behind = story.scenes_before(span.start), story.scenes_from(span.end)
    own, shared = _any_scene(story, inside), _any_scene(story, beside)
    again = _EVENT_AGAIN.search(text)
    return Around(
        story, number, claim, sentence, span, _kind_of_event(claim.event.type), inside, beside, own, shared,
        _ranks(story, before), _ahead_of(story, behind),
        _where(story, sentence, before, behind, own=own, shared=shared),
        again[1].lower()[:5] if again else "",
        POINTING.search(span.of(story.doc.text)) is not None, _GENERAL.search(text) is not None, {},
    )  # fmt: skip


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
            stands in _LOCAL
            or _is_guess(at.story, at.number, spot.key)
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
    return _LOCAL if beside and guess.place.lat is None else None


_OWN = frozenset({"in claim"})


def signs_of_none(at: Around) -> Iterator[Sign]:
    """What speaks for no place at all."""
    story, claim = at.story, at.claim
    text, sentence = claim.span.of(story.doc.text), at.span.of(story.doc.text)
    yield "event", claim.event.type.value
    yield "nearest scene", at.where
    yield "nation named", f"{_yes(_is_national(at))}, {_yes(at.where in {'claim', 'sentence'})}"
    yield "spots", _upto(len(story.shares), (0, 1, 2, 3, 5, 8))
    yield "points back", _yes(at.pointing)
    yield "general", f"{_yes(at.general)}, {'named' if at.own or at.shared else 'not named'}"
    yield "words", _upto(len(text.split()), (4, 8, 14, 25))
    yield "placed claims", _upto(story.placed, (0.1, 0.3, 0.5, 0.7, 0.9))
    yield "event again", f"{_yes(bool(at.again))}, {at.told}"
    yield "year", _yes(_YEAR.search(sentence) is not None)
    yield "quotation marks", _yes('"' in sentence or "“" in sentence)
    yield "present", _yes(_PRESENT.search(text) is not None)


def signs_of(at: Around, spot: Spot, mention: int, stands: str) -> Iterator[Sign]:
    """What speaks for a spot as the place of a claim."""
    story, named = at.story, at.story.located[mention]
    local, kind = stands in _LOCAL, kind_of(named)
    near = "near" if local else "before" if "before" in stands else "behind"
    yield "stands", stands
    yield "stands, setting", f"{stands if local else 'far'}, {_setting(named)}"
    yield "stands, event", f"{stands}, {at.told}"
    yield "kind", kind
    yield "share", f"{_upto(story.shares.get(spot.key, 0.0), (0.0, 0.1, 0.25, 0.5, 0.75))}, {near}"
    yield "opens the story", f"{_yes(_opens(story, spot))}, {_nearness(local=local)}"
    yield "rules", _yes(_is_guess(story, at.number, spot.key))
    yield "claims", f"{_upto(story.votes.get(spot.key, 0.0), (0.0, 0.1, 0.3, 0.6, 0.9))}, {_nearness(local=local)}"
    yield "claim before", _claim_before(at, spot.key, local=local)
    yield from _near_signs(at, mention, stands) if local else _far_signs(at, spot, mention)


def _near_signs(at: Around, mention: int, stands: str) -> Iterator[Sign]:
    named = at.story.located[mention]
    kind, toponym = kind_of(named), named.toponym
    yield "kind, event", f"{kind}, {at.told}"
    yield "holds the one before", f"{_yes(mention in at.story.holders)}, {stands}"
    yield "shown, kind", f"{min(3, max(-1, toponym.evidence))}, {kind}"
    yield "stands, modality", f"{stands}, {at.claim.modality.value}"
    yield "said kind", toponym.unit.value if toponym.unit else "none"
    yield "direction", _yes(bool(toponym.direction))


def _far_signs(at: Around, spot: Spot, mention: int) -> Iterator[Sign]:
    kind = kind_of(at.story.located[mention])
    passed = "claim" if at.own else "sentence" if at.shared else "none"
    rank = _rank(at, spot)
    words, names = _overlap(at, spot)
    yield "kind, most told of", f"{kind}, {_yes(_is_most(at.story, spot.key))}"
    yield "passed over", passed
    yield "passed over, kind", f"{passed}, {kind}"
    yield "rank", "none" if rank is None else _upto(rank, (0, 1, 2, 4))
    if at.pointing:
        yield "pointed at", f"{kind}, {'none' if rank is None else _upto(rank, (0, 1))}"
    yield "shared words", str(min(words, 4))
    yield "shared names", str(min(names, 2))
    yield "told again", f"{_yes(bool(at.again))}, {_yes(_is_told_there(at, spot))}"
    yield "general", _yes(at.general)
    yield "holder", _yes(mention in at.story.holders)


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


def _setting(named: Located) -> str:
    is_broad = named.toponym.setting is Setting.EVENT and not named.is_scene
    return "broad" if is_broad else named.toponym.setting.value


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


def _rank(at: Around, spot: Spot) -> int | None:
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


def _upto(number: float, bounds: Sequence[float]) -> str:
    """The first bound that a number does not pass, as a word."""
    return next((f"to {bound:g}" for bound in bounds if number <= bound), f"over {bounds[-1]:g}")


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _nearness(*, local: bool) -> str:
    return "near" if local else "far"


def _is_most(story: Story, key: Key) -> bool:
    """Whether half of the scenes or more lie at a spot."""
    return story.shares.get(key, 0.0) >= _MOST


_MOST = 0.5


def _opens(story: Story, spot: Spot) -> bool:
    return bool(story.scenes) and key_of(story.located[story.scenes[0]]) == spot.key


def _is_guess(story: Story, number: int, key: Key) -> bool:
    guess = story.guesses[number]
    return guess is not None and key_of(guess) == key


def _claim_before(at: Around, key: Key, *, local: bool) -> str:
    """What the rules gave to the claim before, and how far back that stands."""
    if at.number == 0:
        return "none"
    before = at.story.claims[at.number - 1]
    guess = at.story.guesses[at.number - 1]
    said = "blank" if guess is None else "same" if key_of(guess) == key else "other"
    away = abs(at.sentence - at.story.places.sentence_at(before.span.start))
    return f"{said}, {_upto(away, (0, 1, 3))}, {_nearness(local=local)}"


def _is_national(at: Around) -> bool:
    named = (at.story.located[i] for i in at.inside)
    return any(
        n.place.outcome is PlaceOutcome.COUNTRY and n.toponym.setting is Setting.EVENT and not n.toponym.direction
        for n in named
    )


def _elsewhere(at: Around, spot: Spot) -> Iterator[int]:
    """The sentences, not the claim's own, that tell of a spot as a scene."""
    nearest = bisect_left(spot.mentions, at.story.between(at.span).start)
    for i in spot.mentions[max(0, nearest - _LOOKED_AT) : nearest + _LOOKED_AT]:
        if at.story.sentence_of[i] != at.sentence and at.story.located[i].toponym.setting is Setting.EVENT:
            yield at.story.sentence_of[i]


_LOOKED_AT = 20  # mentions of a spot, before a claim and behind it


def _overlap(at: Around, spot: Spot) -> tuple[int, int]:
    """How many rarer words, and how many names, a claim shares with a sentence that tells of a spot, at most."""
    shared = [_shared(at, number) for number in _elsewhere(at, spot)]
    return max((words for words, _ in shared), default=0), max((names for _, names in shared), default=0)


def _shared(at: Around, number: int) -> tuple[int, int]:
    if number not in at.overlaps:
        text = at.claim.span.of(at.story.doc.text)
        words = words_of(text) & at.story.words(number)
        names = (names_of(" " + text) & at.story.names(number)) - at.story.place_names
        at.overlaps[number] = len(words), len(names)
    return at.overlaps[number]


def _is_told_there(at: Around, spot: Spot) -> bool:
    """Whether a sentence that tells of a spot has the event of which the claim speaks again."""
    return bool(at.again) and any(
        word.startswith(at.again) for number in _elsewhere(at, spot) for word in at.story.words(number)
    )
