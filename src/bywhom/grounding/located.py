"""The places that a report names, each resolved as far as the report allows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bywhom import lexicons
from bywhom.grounding.aliases import stated_aliases
from bywhom.grounding.around import Unit
from bywhom.grounding.gazetteer import Entry, Gazetteer
from bywhom.grounding.placing import PlacingPatterns, placing_patterns
from bywhom.grounding.ranking import Reading, resolve
from bywhom.grounding.setting import Setting
from bywhom.grounding.toponym import Toponym
from bywhom.grounding.toponyms import find_toponyms
from bywhom.grounding.toponymtable import ToponymTable
from bywhom.prose.sentences import sentences
from bywhom.records import BlockKind, Document, Place, PlaceOutcome, PlaceRelation, Span

SETTLEMENT_KM = 10.0  # a town and what reports call it
DISTRICT_KM = 40.0  # a district known only by its seat
PLAIN = 2  # evidence of a name that is a place's, whether or not it is known which
REFERENCE_KM = 60.0  # a place named only to say that something lies so far from it is no scene
SCENE_KM = 700.0  # wider areas (oceans, continents) are no place of an event
_READ = frozenset({BlockKind.TITLE, BlockKind.BODY, BlockKind.HEADING})


@dataclass(frozen=True, slots=True)
class Located:
    """One mention of a place, and what it came to."""

    toponym: Toponym
    place: Place

    @property
    def start(self) -> int:
        return self.toponym.mention.start

    @property
    def is_scene(self) -> bool:
        """Whether events may lie there: more exact than a country, and no government, origin or body."""
        return self.toponym.setting is Setting.EVENT and self._is_narrow()

    @property
    def is_meeting(self) -> bool:
        """Whether people meet there."""
        return self.toponym.setting is Setting.MEETING and self._is_narrow()

    def _is_narrow(self) -> bool:
        if self.toponym.widen_km >= REFERENCE_KM and self.toponym.relation is PlaceRelation.NEAR:
            return False
        wide = self.place.radius_km is not None and self.place.radius_km > SCENE_KM
        if self.place.lat is None and self.toponym.evidence < PLAIN and self.toponym.unit is None:
            return False  # most likely no place at all
        return self.place.outcome is not PlaceOutcome.COUNTRY and not wide


@dataclass(frozen=True, slots=True)
class DocumentPlaces:
    """The places that one report names, in text order; adjectives of nationality are none."""

    located: tuple[Located, ...]
    sentences: tuple[Span, ...]  # of title, headings and body, in text order
    words: PlacingPatterns

    def inside(self, span: Span) -> Iterator[Located]:
        """The mentions inside `span`."""
        return iter(self.located[self._first_from(span.start) : self._first_from(span.end)])

    def before(self, position: int, most: int) -> tuple[Located, ...]:
        """The last mentions before a position, so many at most."""
        end = self._first_from(position)
        return self.located[max(0, end - most) : end]

    def _first_from(self, position: int) -> int:
        return bisect_left(self.located, position, key=lambda at: at.start)

    def sentence_at(self, position: int) -> int:
        """The number of the sentence that holds `position`, or of the last before it."""
        return max(0, bisect_right(self.sentences, position, key=lambda sentence: sentence.start) - 1)


def toponym_table() -> ToponymTable:
    """The shipped words around place names."""
    table: ToponymTable = lexicons.load("lexicons/toponyms", ToponymTable)
    return table


def resolve_document(doc: Document, *, gazetteer: Gazetteer, table: ToponymTable) -> DocumentPlaces:
    """The places that the title and body of `doc` name, each resolved as far as the report allows."""
    spans = [block.span for block in doc.blocks if block.kind in _READ]
    dateline = doc.dateline.span if doc.dateline else None
    toponyms = find_toponyms(doc.text, spans, gazetteer, table, dateline)
    readings = _in_towns(toponyms, resolve(toponyms, gazetteer, stated_aliases(doc.text, spans, table)))
    located = (
        Located(toponym, as_place(toponym, reading, gazetteer))
        for toponym, reading in zip(toponyms, readings, strict=True)
        if not toponym.adjective
    )
    cut = (sentence for span in spans for sentence in sentences(doc.text, span))
    return DocumentPlaces(tuple(located), tuple(cut), placing_patterns(table.claims))


def _in_towns(toponyms: Sequence[Toponym], readings: Sequence[Reading]) -> list[Reading]:
    """`readings`, streets, quarters and districts that no gazetteer knows being shown at the town told of last before them."""
    town: Entry | None = None
    found: list[Reading] = []
    for toponym, reading in zip(toponyms, readings, strict=True):
        part = reading.entry is None and not reading.ambiguous and toponym.unit in {Unit.QUARTER, Unit.DISTRICT}
        found.append(_part_of(town, reading) if part and town else reading)
        if reading.entry and reading.entry.kind == "settlement" and toponym.setting is Setting.EVENT:
            town = reading.entry
    return found


def _part_of(town: Entry, reading: Reading) -> Reading:
    return Reading(town, reading.others, f"a part of {town.name}, of which the report tells", spread_km=25.0)


def as_place(toponym: Toponym, reading: Reading, gazetteer: Gazetteer) -> Place:
    """The record of one mention."""
    alternatives = tuple(e.candidate(_region_name(e, gazetteer)) for e in reading.others)
    entry = reading.entry
    if entry is None:
        outcome = PlaceOutcome.AMBIGUOUS if reading.ambiguous else PlaceOutcome.UNRESOLVED
        return Place(
            toponym.mention, outcome, None,
            reading.region.country if reading.region else None, reading.region.name if reading.region else None,
            relation=toponym.relation, alternatives=alternatives, why=reading.why,
        )  # fmt: skip
    return Place(
        toponym.mention, _outcome(entry, toponym), _name(entry, toponym), entry.country, _region_name(entry, gazetteer),
        entry.lat, entry.lon, entry.geonameid, _radius(entry, toponym, reading), toponym.relation, alternatives,
        reading.why + _caveat(entry),
    )  # fmt: skip


def _caveat(entry: Entry) -> str:
    if entry.kind == "settlement" and entry.radius_km:
        return " (a village, shown at the middle of its community)"
    return " (a claimed entity)" if entry.claimed else ""


def _outcome(entry: Entry, toponym: Toponym) -> PlaceOutcome:
    if entry.kind == "country":
        return PlaceOutcome.COUNTRY
    if entry.kind == "settlement" and toponym.unit not in {Unit.DISTRICT, Unit.REGION}:
        return PlaceOutcome.SETTLEMENT
    return PlaceOutcome.REGION


def _name(entry: Entry, toponym: Toponym) -> str:
    return f"{entry.name} District" if entry.kind == "settlement" and toponym.unit is Unit.DISTRICT else entry.name


def _radius(entry: Entry, toponym: Toponym, reading: Reading) -> float:
    radius = entry.radius_km or (DISTRICT_KM if toponym.unit in {Unit.DISTRICT, Unit.REGION} else SETTLEMENT_KM)
    return round(max(radius, reading.spread_km) + toponym.widen_km, 1)


def _region_name(entry: Entry, gazetteer: Gazetteer) -> str | None:
    region = gazetteer.region(entry.region)
    return region.name if region else None
