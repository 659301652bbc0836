"""Where: the place of each claim, from the places that its report names.

Named in the clause, else in its sentence, else where the story stands. A story's place is carried on from sentence to sentence
only for events that happen somewhere, and not past a country that is another one's.
"""

from __future__ import annotations

import re

from bywhom.grounding.around import Unit
from bywhom.grounding.gazetteer import distance_km
from bywhom.grounding.located import DISTRICT_KM, DocumentPlaces, Located, resolve_document, toponym_table
from bywhom.grounding.placing import PlacingPatterns
from bywhom.grounding.setting import Setting
from bywhom.records import Document, EventType, Modality, PlaceOutcome, Span

__all__ = ["DocumentPlaces", "Located", "located_of", "resolve_document", "toponym_table"]

CARRIED = 5  # sentences that a town is carried where the report tells of several places; measured on annotated reports
CARRIED_SCENE = 7  # and where the claim tells of fighting and its victims
CARRIED_WIDE = 4  # and a region or sea, which says less about the next event
WIDE_KM = 100.0
VAST_KM = 300.0  # the reach of a country: whoever names a town besides means the town
FOCUS_SHARE = 0.5  # of all scenes: a report with so many at one place is about that place
FOCUS_KM = 40.0
FOCUS_SCENES = 3
LOOKED_BACK = 200  # mentions of places in which the last scene is looked for
LEAD = 2  # sentences by which a title or lead may go before the place where it happened

LEAD_OF_SCENES = 4  # and where it tells of fighting and its victims

_DESCRIBED = re.compile(
    r"\b(?:the|this) (?:[\w-]+ )?(?:town|city|village|settlement),? in (?:the )?(?:\w+ )?$", re.IGNORECASE
)
# Between a town and a place that only says where it lies: ", 20 km south-west of Y", "near Y", ", not far from Y".
_REFERENCE = re.compile(
    r"[\s,(]*(?:(?:a|the) (?:[\w-]+ ){1,3})?(?:(?:just|about|some|around|located|lying|roughly) )*"
    r"(?:[\d.,]+ ?(?:km|kilomet\w+|miles?)\s)?(?:to the )?"
    r"(?:(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west) of|from|near|outside|close to|not far from)"
    r"\s(?:the )?(?:[\w-]+ (?:capital|city|town|border)?\s?(?:of )?)?",
    re.IGNORECASE,
)

# Events that happen somewhere. Aid, appeals and protests are told of without a place as often as with one.
PLACED = frozenset(EventType) - {
    EventType.AID,
    EventType.APPEAL,
    EventType.PROTEST,
    EventType.MOBILISE,
    EventType.OTHER,
}
# Fighting and its victims: told of where they are, seldom in general.
SCENES = frozenset(
    {
        EventType.ATTACK,
        EventType.CASUALTY,
        EventType.DESTROY,
        EventType.SEIZE,
        EventType.ENCIRCLE,
        EventType.MISTREAT,
        EventType.EXECUTE,
        EventType.BREAKOUT,
    }
)
# Between the name of a wider place and that of a narrower one in it: "in X province, around the town of Y".
_NARROWING = re.compile(
    r"[\s,]*(?:(?:region|province|oblast|district|countryside|governorate|area)[\s,]*)?"
    r"(?:(?:near|in|around|at|outside|off)\s+)?(?:the\s+)?(?:\w+\s+)?(?:(?:city|town|village|port|island)\s+of\s+)?",
    re.IGNORECASE,
)


def located_of(
    doc: Document,
    claim: Span,
    sentence: Span,
    places: DocumentPlaces,
    *,
    event: EventType | None = None,
    modality: Modality = Modality.ACTUAL,
    cue: Span | None = None,
) -> Located | None:
    """The mention that names the place of one claim, by rule, or None where the report gives none.

    `sentence` is the frame of the claim. `event` is its type, where it is known, and `modality` where it stands in time: they
    decide how far the story's place is carried. `cue` is the attribution that frames the claim: a place inside it is where it was said.
    """
    around = places.sentences[places.sentence_at(claim.start)] if places.sentences else sentence
    here = _first(doc, places, claim, cue) or _meeting(places, claim, cue)
    if here is None and not _is_national(places, claim) and not _is_general(claim.of(doc.text), places.words):
        here = _first(doc, places, around, cue) or _running(doc, claim, around, places, event, modality)
    return here


def _first(doc: Document, places: DocumentPlaces, span: Span, cue: Span | None) -> Located | None:
    """The first scene inside `span`, or the narrower one that its name leads to."""
    scenes = [at for at in places.inside(span) if at.is_scene and not (cue and cue.start <= at.start < cue.end)]
    scenes = [at for at in scenes if not _holds_origin(doc, places, at)]
    if len(scenes) > 1 and _is_heading(doc, scenes[0]):
        del scenes[0]
    if not scenes:
        return None
    best = _narrowed(doc, scenes) if (scenes[0].place.radius_km or 0) < VAST_KM else _narrowest(scenes)
    return _described(doc, places, best) or _held(doc, best, scenes) or best


def _holds_origin(doc: Document, places: DocumentPlaces, region: Located) -> bool:
    """Whether a region only says where the home of somebody lies: "residents of X in Y countryside"."""
    before = next((at for at in reversed(places.located) if at.start < region.start), None)
    return before is not None and before.toponym.setting is Setting.ORIGIN and is_holder(doc, before, region)


def _is_heading(doc: Document, scene: Located) -> bool:
    """Whether a name heads the sentence whose colon got lost: "Teruel The garrison fell back on …"."""
    return scene.toponym.evidence <= 0 and _HEADED.match(doc.text, scene.toponym.mention.end) is not None


_HEADED = re.compile(r" (?:A|An|The|In|On|At|Meanwhile)\b")


def _held(doc: Document, best: Located, scenes: list[Located]) -> Located | None:
    """The first town inside `best`, where this is a region: "in X province shells fell on the town of Y"."""
    if best.place.outcome is not PlaceOutcome.REGION or best.toponym.unit in {Unit.DISTRICT, Unit.QUARTER}:
        return None
    wide = (best.place.radius_km or 0) > DISTRICT_KM
    town = next((at for at in scenes if at.place.outcome is PlaceOutcome.SETTLEMENT and _holds(best, at)), None)
    listed = _BESIDES.match(doc.text, best.toponym.mention.end)
    return town if wide and not listed else None


_BESIDES = re.compile(r"(?: province| region| oblast)?,? (?:and|or) ", re.IGNORECASE)


def _meeting(places: DocumentPlaces, claim: Span, cue: Span | None) -> Located | None:
    """Where the people of a claim meet: "will meet for talks in X"."""
    return next(
        (at for at in places.inside(claim) if at.is_meeting and not (cue and cue.start <= at.start < cue.end)), None
    )


def _narrowest(scenes: list[Located]) -> Located:
    """The first scene that is less wide than a country, else the first of all."""
    return next((at for at in scenes if (at.place.radius_km or 0) < VAST_KM), scenes[0])


def _described(doc: Document, places: DocumentPlaces, region: Located) -> Located | None:
    """The town that "the town in the X region" speaks of: the last one named before that lies there."""
    if region.place.outcome is not PlaceOutcome.REGION:
        return None
    if not _DESCRIBED.search(doc.text, max(0, region.start - 60), region.start):
        return None
    towns = [at for at in places.located if at.start < region.start and at.is_scene and _holds(region, at)]
    return next((at for at in reversed(towns) if at.place.outcome is PlaceOutcome.SETTLEMENT), None)


def _narrowed(doc: Document, scenes: list[Located]) -> Located:
    best = scenes[0]
    for scene in scenes[1:]:
        between = doc.text[best.toponym.mention.end : scene.start]
        if not _holds(best, scene) or not _NARROWING.fullmatch(between):
            break
        best = scene
    return best


def _holds(wider: Located, narrower: Located) -> bool:
    """Whether one place is wider than another and holds it."""
    a, b = wider.place, narrower.place
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None or a.radius_km is None:
        return False
    return (b.radius_km or 0) < a.radius_km and distance_km(a.lat, a.lon, b.lat, b.lon) <= a.radius_km


def _running(
    doc: Document, claim: Span, around: Span, places: DocumentPlaces, event: EventType | None, modality: Modality
) -> Located | None:
    """Where the story stands at the claim, if it can be carried so far."""
    pointing = places.words.pointing.search(around.of(doc.text))
    if not pointing and not _goes_on(places, claim, event, modality):
        return None
    placed = event is None or event in PLACED
    last = _last_scene(doc, places, around.start, kind=pointing.group() if pointing else "")
    if last is None:
        return _ahead(places, claim, event)
    return last if _reaches(places, claim, last, event, pointed=pointing is not None, placed=placed) else None


def _goes_on(places: DocumentPlaces, claim: Span, event: EventType | None, modality: Modality) -> bool:
    """Whether a claim goes on with the story: it tells what happened, and names no country of its own unless it tells of fighting."""
    return modality is Modality.ACTUAL and (event is None or event in SCENES or not _names_country(places, claim))


def _reaches(
    places: DocumentPlaces, claim: Span, last: Located, event: EventType | None, *, pointed: bool, placed: bool
) -> bool:
    """Whether a scene is carried as far as a claim."""
    away = places.sentence_at(claim.start) - places.sentence_at(last.start)
    wide = (last.place.radius_km or 0) >= WIDE_KM
    if last.place.lat is None and not pointed:
        return away <= 1
    if _is_focus(places, last) and (placed or (event is EventType.OTHER and away <= CARRIED)):
        return True
    far = CARRIED_WIDE if wide else CARRIED_SCENE if event in SCENES else CARRIED
    return away <= (far if placed or pointed else 1 - wide)


def _ahead(places: DocumentPlaces, claim: Span, event: EventType | None) -> Located | None:
    """The first scene of all, for a claim that comes shortly before it."""
    first = next((at for at in places.located if at.start >= claim.end and at.is_scene), None)
    lead = LEAD_OF_SCENES if event in SCENES else LEAD
    if first is None or places.sentence_at(claim.start) > lead or not (event is None or event in PLACED):
        return None
    return first if places.sentence_at(first.start) - places.sentence_at(claim.start) <= lead else None


_TOWN = re.compile(r"town|city|village", re.IGNORECASE)
_REGION = re.compile(r"province|governorate|oblast", re.IGNORECASE)


def _last_scene(doc: Document, places: DocumentPlaces, before: int, *, kind: str) -> Located | None:
    """The scene at which the story stands: the last one named, not counting the regions that only say where it lies.

    Where the claim speaks of "the town", "the city" or "the province", the last of these.
    """
    scenes = [at for at in places.before(before, LOOKED_BACK) if at.is_scene and not _is_past(doc, places, at)]
    kept = [b for a, b in zip([None, *scenes], scenes, strict=False) if a is None or not is_holder(doc, a, b)]
    wanted = PlaceOutcome.SETTLEMENT if _TOWN.search(kind) else PlaceOutcome.REGION if _REGION.search(kind) else None
    meant = [at for at in (scenes if wanted is PlaceOutcome.REGION else kept) if at.place.outcome is wanted]
    return meant[-1] if meant else _first_of_list(doc, kept) if kept else None


def _first_of_list(doc: Document, scenes: list[Located]) -> Located:
    """The last of `scenes`, or the first of the list that it ends: of several places the first counts."""
    n = len(scenes) - 1
    while n and _LISTED.fullmatch(doc.text, scenes[n - 1].toponym.mention.end, scenes[n].start):
        n -= 1
    return scenes[n]


_LISTED = re.compile(r"(?:,|,? (?:and|or|&|as well as)) (?:in |at )?(?:the )?")


def _is_past(doc: Document, places: DocumentPlaces, scene: Located) -> bool:
    """Whether a scene belongs to what went before the story: "since last year", "in 1995"."""
    return places.words.past.search(places.sentences[places.sentence_at(scene.start)].of(doc.text)) is not None


def is_holder(doc: Document, scene: Located, region: Located) -> bool:
    """Whether `region` only says where the scene before it lies: "near X in Y province", "X, Y", "X, west of Y"."""
    within = scene.toponym.within
    gap = region.start - scene.toponym.mention.end
    between = doc.text[scene.toponym.mention.end : max(scene.toponym.mention.end, region.start)]
    if gap > 40 or "." in between:
        return False
    if scene.place.outcome is PlaceOutcome.SETTLEMENT and _REFERENCE.fullmatch(between):
        return True
    return (within is not None and within.entry.name == region.place.name) or _holds(region, scene)


def _is_general(claim: str, words: PlacingPatterns) -> bool:
    """Whether a claim speaks of a whole war or of earlier years, and not of what the story tells."""
    return words.whole.search(claim) is not None or words.past.search(claim) is not None


def _is_national(places: DocumentPlaces, claim: Span) -> bool:
    """Whether the claim names a whole country as where it happens: "70,000 people have died in …"."""
    return any(
        at.place.outcome is PlaceOutcome.COUNTRY and at.toponym.setting is Setting.EVENT and not at.toponym.direction
        for at in places.inside(claim)
    )


def _names_country(places: DocumentPlaces, claim: Span) -> bool:
    return any(at.place.outcome is PlaceOutcome.COUNTRY for at in places.inside(claim))


def _is_focus(places: DocumentPlaces, scene: Located) -> bool:
    """Whether most of the report's scenes lie at one place, and this is it."""
    scenes = [at for at in places.located if at.is_scene]
    return len(scenes) >= FOCUS_SCENES and sum(_together(at, scene) for at in scenes) >= FOCUS_SHARE * len(scenes)


def _together(a: Located, b: Located) -> bool:
    if a.place.lat is None or a.place.lon is None or b.place.lat is None or b.place.lon is None:
        return a.toponym.name == b.toponym.name
    return distance_km(a.place.lat, a.place.lon, b.place.lat, b.place.lon) <= FOCUS_KM
