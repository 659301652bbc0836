"""Where: the place of each claim, from the places that its report names.

Named in the clause, else in its sentence, else where the story stands. A story's place is carried on from sentence to sentence
only for events that happen somewhere, and not past a country that is another one's.
"""

from __future__ import annotations

from collections import Counter

from bywhom.grounding.gazetteer import distance_km
from bywhom.grounding.located import DocumentPlaces, Located, resolve_document, toponym_table
from bywhom.grounding.toponyms import Setting
from bywhom.prose.sentences import sentences
from bywhom.records import Document, EventType, Place, PlaceOutcome, Span

__all__ = ["DocumentPlaces", "Located", "place_of", "resolve_document", "toponym_table"]

CARRIED_SENTENCES = 5  # how far a place is carried where the report tells of several; measured on annotated reports
FOCUS_SHARE = 0.6  # of all scenes: a report with so many at one place is about that place
FOCUS_KM = 40.0

# Events that happen somewhere. Aid, appeals and protests are told of without a place as often as with one.
_PLACED = frozenset(
    {
        EventType.ATTACK, EventType.CASUALTY, EventType.BREAKOUT, EventType.ENCIRCLE, EventType.SURRENDER, EventType.REFUSE,
        EventType.DETAIN, EventType.EXECUTE, EventType.WITHDRAW, EventType.DESTROY, EventType.SABOTAGE, EventType.FLEE,
        EventType.MISTREAT, EventType.DESERT, EventType.SEIZE,
    }
)  # fmt: skip


def place_of(
    doc: Document,
    claim: Span,
    sentence: Span,
    places: DocumentPlaces,
    *,
    event: EventType | None = None,
    cue: Span | None = None,
) -> Place | None:
    """The place of one claim, or None where the report gives none.

    `sentence` is the sentence that holds the claim. `event` is its type, where it is known: it decides how far the story's
    place is carried. `cue` is the attribution that frames the claim: a place inside it is where it was said.
    """
    here = _first(places, claim, cue) or _first(places, sentence, cue)
    if here is not None:
        return here.place
    running = _running(doc, claim, sentence, places, event)
    return running.place if running else None


def _first(places: DocumentPlaces, span: Span, cue: Span | None) -> Located | None:
    """The first scene inside `span`; a region only where no town inside it is named."""
    scenes = [at for at in places.inside(span) if at.is_scene and not (cue and cue.start <= at.start < cue.end)]
    return scenes[0] if scenes else None


def _running(
    doc: Document, claim: Span, sentence: Span, places: DocumentPlaces, event: EventType | None
) -> Located | None:
    last = _last_scene(places, sentence.start)
    if last is None or _elsewhere(places, claim, last):
        return None
    if event is not None and event not in _PLACED and not _near(doc, last, claim, 1):
        return None
    if _near(doc, last, claim, CARRIED_SENTENCES) or _is_focus(places, last):
        return last
    return None


def _last_scene(places: DocumentPlaces, before: int) -> Located | None:
    """The scene that the story stands at: of the last sentence with one, the first that is no wider than the others."""
    scenes = [at for at in places.located if at.start < before and at.is_scene]
    return scenes[-1] if scenes else None


def _elsewhere(places: DocumentPlaces, claim: Span, scene: Located) -> bool:
    """Whether the claim names another country as where it happens."""
    named = [
        at.place.country
        for at in places.inside(claim)
        if at.place.outcome is PlaceOutcome.COUNTRY and at.toponym.setting is Setting.EVENT
    ]
    return bool(named) and scene.place.country not in named


def _near(doc: Document, scene: Located, claim: Span, most: int) -> bool:
    """Whether no more than `most` sentences begin between the scene and the claim."""
    if claim.start - scene.start > most * 600:
        return False
    between = Span(scene.start, claim.start)
    return len(sentences(doc.text, between)) <= most + 1


def _is_focus(places: DocumentPlaces, scene: Located) -> bool:
    """Whether most of the report's scenes lie at one place, and this is it."""
    scenes = [at for at in places.located if at.is_scene]
    near = Counter(_together(at, scene) for at in scenes)
    return near[True] >= FOCUS_SHARE * len(scenes)


def _together(a: Located, b: Located) -> bool:
    if a.place.lat is None or a.place.lon is None or b.place.lat is None or b.place.lon is None:
        return a.toponym.name == b.toponym.name
    return distance_km(a.place.lat, a.place.lon, b.place.lat, b.place.lon) <= FOCUS_KM
