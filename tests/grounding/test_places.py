"""The place of a claim: in the clause, in the sentence, where the story stands, or nowhere."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bywhom.grounding.gazetteer import Gazetteer
from bywhom.grounding.places import located_of, resolve_document, toponym_table
from bywhom.records import Block, BlockKind, Document, EventType, Modality, Place, PlaceOutcome, PlaceRelation, Span

GAZETTEER = Gazetteer()
TABLE = toponym_table()


def document(text: str) -> Document:
    digest = sha256(text.encode("utf-8", "replace")).hexdigest()
    blocks, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(Span(start, start + len(line)), BlockKind.BODY))
        start += len(line) + 1
    return Document(digest, "report", text, digest, "text", "test", tuple(blocks), "en")


def place(text: str, claim: str, event: EventType = EventType.ATTACK) -> Place | None:
    doc = document(text)
    places = resolve_document(doc, gazetteer=GAZETTEER, table=TABLE)
    start = text.index(claim)
    span = Span(start, start + len(claim))
    here = located_of(doc, span, span, places, event=event)
    return here.place if here else None


def somewhere(text: str, claim: str, event: EventType = EventType.ATTACK) -> Place:
    found = place(text, claim, event)
    assert found is not None
    return found


STORY = (
    "Shells hit the station in Vukovar on Monday. Eleven people died, doctors said. The wounded were carried to a cellar.\n"
    "In Zagreb the government met. A convoy was stopped near Osijek in Slavonia."
)


@pytest.mark.parametrize(
    ("claim", "event", "name"),
    [
        ("Shells hit the station in Vukovar", EventType.ATTACK, "Vukovar"),
        ("Eleven people died", EventType.CASUALTY, "Vukovar"),
        ("The wounded were carried to a cellar", EventType.CASUALTY, "Vukovar"),
        ("A convoy was stopped near Osijek", EventType.ATTACK, "Osijek"),
    ],
)
def test_running_place(claim: str, event: EventType, name: str) -> None:
    assert somewhere(STORY, claim, event).name == name


def test_the_region_that_holds_a_town_does_not_become_the_scene() -> None:
    text = "They were left near Huesca in Aragon. Their officers fled. They had no bread."
    assert somewhere(text, "Their officers fled", EventType.FLEE).name == "Huesca"


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("The war in Ethiopia has cost lives.", "The war in Ethiopia has cost lives"),  # a country alone
        ("Madrid said that the army would not yield.", "Madrid said that the army would not yield"),  # a government
        (
            "Conscripts from Toulouse refused to march.",
            "Conscripts from Toulouse refused to march",
        ),  # where they come from
        ("Soldiers refused to march.", "Soldiers refused to march"),
    ],
)
def test_no_place(text: str, claim: str) -> None:
    assert place(text, claim) is None


def test_a_total_for_a_country_does_not_take_the_place_of_the_story() -> None:
    text = "A bomb killed six in Mopti. More than 9,000 have been killed in Mali since the war began."
    assert place(text, "More than 9,000 have been killed in Mali", EventType.CASUALTY) is None


def test_aid_is_not_given_at_the_scene_of_the_last_battle() -> None:
    text = "A bomb killed six in Mopti. Nobody slept. Nobody ate. The bank promised four million in aid."
    assert place(text, "The bank promised four million in aid", EventType.AID) is None


def test_words_that_point_back_carry_the_place() -> None:
    text = "A bomb killed six in Mopti. Nobody slept. The bank closed its office in the town."
    assert somewhere(text, "The bank closed its office in the town", EventType.OTHER).name == "Mopti"


@pytest.mark.parametrize(
    "lies", ["20 km north of Barcelona", "west of the Spanish capital Madrid", "not far from Barcelona"]
)
def test_what_only_says_where_a_town_lies_is_not_where_the_story_stands(lies: str) -> None:
    text = f"Shells hit Huesca, {lies}. Nobody slept. Eleven people died."
    assert somewhere(text, "Eleven people died", EventType.CASUALTY).name == "Huesca"


def test_the_city_is_the_last_town_and_not_the_region_named_since() -> None:
    text = "Shells hit Huesca. Many fled from the rest of Aragon. Eleven people died in the city."
    assert somewhere(text, "Eleven people died", EventType.CASUALTY).name == "Huesca"


def test_the_province_is_the_last_region_and_not_the_town_named_since() -> None:
    text = "Aragon burned, and the region of Aragon was shelled. Clashes in Madrid grew. They bombed the province 26 times."
    assert somewhere(text, "They bombed the province 26 times").name == "Aragon"


def test_a_name_that_heads_a_sentence_without_its_colon_gives_way_to_the_place_in_it() -> None:
    text = "Greece burned. Larissa An army unit shelled the town of Volos on Monday."
    assert somewhere(text, "Larissa An army unit shelled the town of Volos").name == "Volos"


def test_the_region_of_somebodys_home_is_not_where_the_home_is() -> None:
    text = "Three residents of Huesca in Aragon province were shot."
    assert place(text, "Three residents of Huesca in Aragon province were shot", EventType.CASUALTY) is None


def test_a_city_one_of_whose_parts_is_told_of_is_the_scene() -> None:
    text = "Spain mourned. Bombs fell on a neighbourhood of Valencia."
    assert somewhere(text, "Bombs fell on a neighbourhood of Valencia").name == "Valencia"


def test_the_town_in_a_region_is_the_one_named_before() -> None:
    text = "Shells hit Huesca. A film shows the town in the Aragon region burning."
    assert somewhere(text, "A film shows the town in the Aragon region burning").name == "Huesca"


def test_a_town_goes_before_an_area_as_wide_as_a_country() -> None:
    text = "A party of raiders from the Sahel attacked Mopti."
    assert (
        somewhere(
            "Raiders who came over the Sahel attacked Mopti.", "Raiders who came over the Sahel attacked Mopti"
        ).name
        == "Mopti"
    )
    assert somewhere(text, "A party of raiders from the Sahel attacked Mopti").name == "Mopti"


@pytest.mark.parametrize(
    "claim",
    [
        "The war has killed 300,000 people",
        "9,000 have died since the uprising",
        "The army lost 400 men in 1936",
        "More than 9,000 died in the three-year-old rebellion",
        "Tens of thousands fled across the war-weary country",
    ],
)
def test_a_whole_war_has_no_place(claim: str) -> None:
    assert place(f"A bomb killed six in Mopti. {claim}.", claim, EventType.CASUALTY) is None


def test_a_lead_takes_the_place_that_follows_it() -> None:
    text = "Six people died in a blast on Friday. The bomb went off at a market in Mopti."
    assert somewhere(text, "Six people died in a blast", EventType.CASUALTY).name == "Mopti"


def test_near_keeps_its_meaning_and_widens_the_radius() -> None:
    at = somewhere("The patrol was ambushed 30 km north of Gao.", "The patrol was ambushed 30 km north of Gao")
    there = somewhere("The patrol was ambushed in Gao.", "The patrol was ambushed in Gao")
    assert at.relation is PlaceRelation.NEAR
    assert there.relation is PlaceRelation.IN
    assert (at.radius_km or 0) == (there.radius_km or 0) + 30


def test_an_unknown_village_has_no_point_but_its_region() -> None:
    at = somewhere(
        "They were held in the village of Xorlanthe, Poltava Oblast.", "They were held in the village of Xorlanthe"
    )
    assert at.outcome is PlaceOutcome.UNRESOLVED
    assert (at.name, at.lat, at.lon) == (None, None, None)
    assert (at.country, at.region) == ("UA", "Poltava Oblast")


def test_a_claimed_power_is_shown_as_claimed() -> None:
    at = somewhere("A bomb went off in Somaliland on Friday.", "A bomb went off in Somaliland")
    assert at.outcome is PlaceOutcome.REGION
    assert "claimed" in at.why


def test_a_quarter_is_shown_at_its_town() -> None:
    at = somewhere("A bus burned in the Gràcia neighbourhood of Barcelona.", "A bus burned in the Gràcia neighbourhood")
    assert at.name == "Barcelona"
    assert at.mention.text == "Gràcia"


def test_a_district_known_only_by_its_seat() -> None:
    at = somewhere("The bridge in Alcañiz district was blown up.", "The bridge in Alcañiz district was blown up")
    assert at.outcome is PlaceOutcome.REGION
    assert at.name == "Alcañiz District"
    assert (at.radius_km or 0) >= 40


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*STORY.split(), "\n", "“", "(", "Homs", "ТЕРУЕЛЬ", "تعز", "in"]), max_size=40).map(
        " ".join
    )
)
def test_reading_twice_changes_nothing_and_points_come_in_pairs(text: str) -> None:
    doc = document(text)
    first = resolve_document(doc, gazetteer=GAZETTEER, table=TABLE)
    assert first == resolve_document(doc, gazetteer=Gazetteer(), table=TABLE)
    for at in first.located:
        assert doc.text[at.place.mention.start : at.place.mention.end] == at.place.mention.text
        assert (at.place.lat is None) == (at.place.lon is None) == (at.place.name is None)


def test_a_bare_name_is_the_town_even_where_only_its_region_is_spelled_so() -> None:
    at = somewhere("Shells fell in Deir Azzor on Friday.", "Shells fell in Deir Azzor")
    assert (at.name, at.outcome) == ("Deir ez-Zor", PlaceOutcome.SETTLEMENT)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A depot burned in the capital of Greece.", "Athens"),
        ("A depot burned in Greece's second city.", "Thessaloníki"),
        ("Raiders burned Madrid, Seville and Murcia.", "Madrid"),
        ("A depot burned 17 km from Madrid.", "Madrid"),
        ("Protesters threw stones at the Greek embassy in Madrid.", "Madrid"),
        ("A mortar bomb fell near Bremen General Hospital.", "Bremen"),
    ],
)
def test_towns_however_they_are_named(text: str, name: str) -> None:
    assert somewhere(text, text).name == name


@pytest.mark.parametrize(
    "text",
    [
        "Western states sent ships.",
        "Napoleons troops burned the bridge.",
        "The Bank of France was burned.",
        "The former mayor of the town of Teruel was shot.",
        "Colonel Teruel shot the prisoners, Teruel said.",
    ],
)
def test_no_place_of_an_event(text: str) -> None:
    assert place(text, text) is None


def test_where_people_meet_is_the_place_of_the_meeting_alone() -> None:
    text = "The two generals will meet for talks in Vienna. The prisoners had been beaten."
    assert somewhere(text, "The two generals will meet for talks in Vienna", EventType.OTHER).name == "Vienna"
    assert place(text, "The prisoners had been beaten", EventType.MISTREAT) is None


def test_what_is_to_come_is_not_where_the_story_stands() -> None:
    text = "Shells hit the station in Vukovar on Monday. More shells will fall."
    doc = document(text)
    places = resolve_document(doc, gazetteer=GAZETTEER, table=TABLE)
    span = Span(text.index("More"), len(text))
    assert located_of(doc, span, span, places, event=EventType.ATTACK) is not None
    assert located_of(doc, span, span, places, event=EventType.ATTACK, modality=Modality.FUTURE) is None


def test_the_river_has_the_article() -> None:
    assert somewhere("A bridge over the Dnipro fell.", "A bridge over the Dnipro fell").name == "Dnipro River"
    assert somewhere("A bridge in Dnipro fell.", "A bridge in Dnipro fell").name == "Dnipro"
