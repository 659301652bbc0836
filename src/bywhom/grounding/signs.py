"""What speaks for and against each spot of a report as the place of one claim: signs, each a trait and its value.

What the signs weigh stands in data/weights/places.yaml; `bench/fit_places.py` sets it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from bywhom.grounding.located import Located
from bywhom.grounding.setting import Setting
from bywhom.grounding.spots import LOCAL, Around, around, is_guess, kind_of, rank
from bywhom.grounding.story import Key, Spot, Story, key_of, names_of, words_of
from bywhom.records import PlaceOutcome

__all__ = ["Sign", "around", "signs_of", "signs_of_none"]

Sign = tuple[str, str]
_YEAR = re.compile(r"(?:19|20)\d\d")


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
    yield "present", _yes(story.places.words.present.search(text) is not None)


def signs_of(at: Around, spot: Spot, mention: int, stands: str) -> Iterator[Sign]:
    """What speaks for a spot as the place of a claim."""
    story, named = at.story, at.story.located[mention]
    local, kind = stands in LOCAL, kind_of(named)
    near = "near" if local else "before" if "before" in stands else "behind"
    yield "stands", stands
    yield "stands, setting", f"{stands if local else 'far'}, {_setting(named)}"
    yield "stands, event", f"{stands}, {at.told}"
    yield "kind", kind
    yield "share", f"{_upto(story.shares.get(spot.key, 0.0), (0.0, 0.1, 0.25, 0.5, 0.75))}, {near}"
    yield "opens the story", f"{_yes(_opens(story, spot))}, {_nearness(local=local)}"
    yield "rules", _yes(is_guess(story, at.number, spot.key))
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
    since = rank(at, spot)
    words, names = _overlap(at, spot)
    yield "kind, most told of", f"{kind}, {_yes(_is_most(at.story, spot.key))}"
    yield "passed over", passed
    yield "passed over, kind", f"{passed}, {kind}"
    yield "rank", "none" if since is None else _upto(since, (0, 1, 2, 4))
    if at.pointing:
        yield "pointed at", f"{kind}, {'none' if since is None else _upto(since, (0, 1))}"
    yield "shared words", str(min(words, 4))
    yield "shared names", str(min(names, 2))
    yield "told again", f"{_yes(bool(at.again))}, {_yes(_is_told_there(at, spot))}"
    yield "general", _yes(at.general)
    yield "holder", _yes(mention in at.story.holders)


def _setting(named: Located) -> str:
    is_broad = named.toponym.setting is Setting.EVENT and not named.is_scene
    return "broad" if is_broad else named.toponym.setting.value


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
