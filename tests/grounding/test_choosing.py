"""The place of a claim is weighed: what speaks for each spot of a report, and for none."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bywhom.grounding.choosing import PlaceTable, options, place_table, places_of, story_of, weight
from bywhom.grounding.gazetteer import Gazetteer
from bywhom.grounding.heard import Heard
from bywhom.grounding.places import located_of, resolve_document, toponym_table
from bywhom.grounding.signs import around, signs_of_none
from bywhom.grounding.story import Story, key_of, names_of, words_of
from bywhom.records import (
    Attribution,
    Bearings,
    Block,
    BlockKind,
    Certainty,
    Claim,
    Document,
    Event,
    EventType,
    Leads,
    Modality,
    Place,
    Polarity,
    Quote,
    Span,
)

GAZETTEER = Gazetteer()
TABLE = toponym_table()
BY_RULE = PlaceTable(0.0, {}, {"rules": {"yes": 1.0, "no": -1.0}})  # nothing counts but what the rules say
REPORT = (
    "Shells hit the station in Vukovar on Monday. Eleven people died, doctors said. In Zagreb the government met.\n"
    "The attack on the station left a crater. A convoy was stopped near Osijek. Prices rose by a tenth since the summer."
)


def document(text: str) -> Document:
    digest = sha256(text.encode("utf-8", "replace")).hexdigest()
    blocks, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(Span(start, start + len(line)), BlockKind.BODY))
        start += len(line) + 1
    return Document(digest, "report", text, digest, "text", "test", tuple(blocks), "en")


def claim(text: str, words: str, event: EventType = EventType.ATTACK) -> Claim:
    start = text.index(words)
    span = Span(start, start + len(words))
    said = Attribution(span, Quote.NONE)
    return Claim(
        words, "report", span, words, said, Certainty.CERTAIN, Polarity.POSITIVE, Modality.ACTUAL, False, Event(event)
    )


def claims(text: str) -> list[Claim]:
    """One claim for each sentence."""
    return [claim(text, words) for line in text.split("\n") for words in line.rstrip(".").split(". ") if words.strip()]


def story(text: str) -> Story:
    doc = document(text)
    return story_of(doc, claims(text), resolve_document(doc, gazetteer=GAZETTEER, table=TABLE))


def chosen(text: str, table: PlaceTable | None = None) -> list[str | None]:
    doc = document(text)
    found = places_of(doc, claims(text), resolve_document(doc, gazetteer=GAZETTEER, table=TABLE), table)
    return [place.mention.text if place else None for place in found]


def by_rule(text: str) -> list[Place | None]:
    doc = document(text)
    places = resolve_document(doc, gazetteer=GAZETTEER, table=TABLE)
    found = (located_of(doc, c.span, c.span, places, event=EventType.ATTACK) for c in claims(text))
    return [here.place if here else None for here in found]


def test_where_nothing_else_weighs_the_rules_decide() -> None:
    assert chosen(REPORT, BY_RULE) == [place.mention.text if place else None for place in by_rule(REPORT)]


def test_a_lead_makes_blanks() -> None:
    assert set(chosen(REPORT, PlaceTable(2.0, {}, BY_RULE.spot))) == {None}


def test_the_shipped_weights_place_a_plain_story() -> None:
    assert chosen(REPORT)[:2] == ["Vukovar", "Vukovar"]
    assert chosen(REPORT)[4] == "Osijek"


@pytest.mark.parametrize(
    ("none", "at", "found"),
    [
        (0.05, {"Vukovar": 0.9}, "Vukovar"),
        (0.05, {"Vukovar": 0.3, "Osijek": 0.6}, "Osijek"),
        (0.9, {"Vukovar": 0.05}, None),  # it sees none
        (0.05, {}, None),  # it sees one elsewhere, where no place is known
        (0.05, {"crater": 0.9}, None),
    ],
)
def test_where_nothing_else_weighs_the_words_that_a_reader_sees_decide(
    none: float, at: Mapping[str, float], found: str | None
) -> None:
    doc, told = document(REPORT), claims(REPORT)
    words = {Span(REPORT.index(word), REPORT.index(word) + len(word)): chance for word, chance in at.items()}
    seen = Bearings(Leads(none, words), Leads(1.0, {}))
    places = resolve_document(doc, gazetteer=GAZETTEER, table=TABLE)
    table = PlaceTable(0.0, {}, {}, Heard(said=1.0, least=0.01, lead=0.0))
    where = places_of(doc, told, places, table, [seen] * len(told))[1]
    assert (where.mention.text if where else None) == found


def test_what_a_sign_is_worth_is_added_up() -> None:
    signs = [("rank", "to 0"), ("general", "no"), ("rank", "over 4")]
    assert weight(signs, {"rank": {"to 0": 0.5, "over 4": -2.0}, "kind": {"no": 9.0}}) == -1.5


@pytest.mark.parametrize(
    ("sentence", "spot", "sign"),
    [
        (0, "Vukovar", ("stands", "in claim")),
        (0, "Vukovar", ("rules", "yes")),
        (1, "Vukovar", ("stands", "1 before")),
        (1, "Vukovar", ("rank", "to 0")),
        (3, "Vukovar", ("stands", "3 before")),
        (3, "Vukovar", ("shared words", "1")),  # the station
        (3, "Vukovar", ("told again", "yes, no")),
        (3, "Osijek", ("stands", "1 behind")),
        (3, "Osijek", ("shared words", "0")),
        (5, "Osijek", ("passed over", "none")),
        (5, "Vukovar", ("opens the story", "yes, far")),
    ],
)
def test_signs_of_a_spot(sentence: int, spot: str, sign: tuple[str, str]) -> None:
    told = {option.named.toponym.name: option.signs for option in options(around(story(REPORT), sentence))}
    assert sign in told[spot]


def test_a_claim_that_names_its_scene_is_placed_in_it_or_nowhere() -> None:
    assert {option.named.toponym.name for option in options(around(story(REPORT), 4))} == {"Osijek"}


def test_an_unknown_name_beside_a_claim_leaves_no_spot_told_of_elsewhere() -> None:
    text = "Shells hit the station in Vukovar. In the village of Xorlanovec the barns burnt."
    assert chosen(text, PlaceTable(-9.0, {}, {})) == ["Vukovar", "Xorlanovec"]


@pytest.mark.parametrize(
    ("sentence", "sign"),
    [
        (0, ("nearest scene", "claim")),
        (1, ("nearest scene", "before")),
        (5, ("general", "no, not named")),
        (3, ("event again", "yes, scene")),
        (0, ("spots", "to 3")),
    ],
)
def test_signs_of_none(sentence: int, sign: tuple[str, str]) -> None:
    assert sign in set(signs_of_none(around(story(REPORT), sentence)))


def test_every_trait_of_the_shipped_table_is_one_that_can_be_seen() -> None:
    told = story(REPORT + " The village was held. In Zagreb they met again, but Osijek was spared.")
    every = [around(told, number) for number in range(len(told.claims))]
    none = {trait for at in every for trait, _ in signs_of_none(at)}
    spot = {trait for at in every for option in options(at) for trait, _ in option.signs}
    assert set(place_table().none) <= none
    assert set(place_table().spot) <= spot


def test_spots_are_places_not_spellings() -> None:
    told = story("Shells hit Gdansk. A school in Danzig burnt. A shop in Xorlan village burnt.")
    assert next(len(spot.mentions) for spot in told.spots) == 2


def test_words_and_names_of_a_sentence() -> None:
    assert words_of("The stations burnt") == {"statio", "burnt"}
    assert names_of("Men of the Arditi stood by") == {"arditi"}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["in Vukovar", "near Osijek", "Xorlan", "the attack", "Paris said", "died", "."]), max_size=20
    )
)
def test_a_place_is_one_that_the_report_names_and_the_same_every_time(parts: list[str]) -> None:
    text = " ".join(["They", *parts]) + "."
    doc = document(text)
    told = [claim(text, text.rstrip("."))]
    places = resolve_document(doc, gazetteer=GAZETTEER, table=TABLE)
    found = places_of(doc, told, places)
    assert found == places_of(doc, told, places)
    assert all(place is None or place in [at.place for at in places.located] for place in found)
    assert {key_of(at) for at in places.located} == {spot.key for spot in story_of(doc, told, places).spots}
