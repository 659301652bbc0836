"""Which names are places, and what each does in its sentence: a table for a linguist to argue with."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bywhom.grounding.around import Setting, Unit
from bywhom.grounding.gazetteer import Gazetteer
from bywhom.grounding.located import toponym_table
from bywhom.grounding.toponyms import Toponym, find_toponyms, stated_aliases
from bywhom.records import PlaceRelation, Span

GAZETTEER = Gazetteer()
TABLE = toponym_table()


def found(text: str) -> list[Toponym]:
    return [t for t in find_toponyms(text, [Span(0, len(text))], GAZETTEER, TABLE) if not t.adjective]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Shells fell on the station in Vukovar at dawn.", ["Vukovar"]),
        ("The column reached Tuzla and then Zenica.", ["Tuzla", "Zenica"]),
        ("Fighting spread across Tigray and the Amhara region.", ["Tigray", "Amhara region"]),
        ("They crossed into El Salvador near Chalatenango.", ["El Salvador", "Chalatenango"]),
        ("A convoy left Port-au-Prince for Cap-Haïtien.", ["Port-au-Prince", "Cap-Haïtien"]),
        ("Refugees on the shore of the Bay of Biscay waited.", ["Bay of Biscay"]),
        ("The front ran along the Dalmatian coast near Zadar’s harbour.", ["Zadar"]),
        # no gazetteer knows it, the words around do
        ("The battalion dug in near the village of Xorlanthe.", ["Xorlanthe"]),
        ("Qoroventsk (a town in the Poltava region) was empty.", ["Qoroventsk", "Poltava"]),
        # a lost apostrophe
        ("In Ethiopias north the mill burned.", ["Ethiopias"]),
    ],
)
def test_places_are_found(text: str, names: list[str]) -> None:
    assert [t.name for t in found(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "Jordan Smith and Florence Marsh were arrested.",  # persons
        "General Alexandria said nothing. Mr Lincoln agreed.",
        "The Baltimore Sun and the Boston Globe reported it.",  # papers
        "The 15th Lancaster Brigade withdrew.",  # units
        "A Lancaster 3 was shot down.",  # products
        "The trenches were a Sedan-style trap.",  # comparisons in a compound
        "Reading the order, Same as before, they laughed.",  # words that are towns
        "The Serbian and the French officers met.",  # adjectives
        "He told us that most of us would go.",  # "Us" is a village
        "On Monday in March the Parliament met.",
        "It was a Druze town, and then a Tuareg village.",  # peoples
        "The Department of Justice and El País wrote to them.",
        "PARIS told its readers that they were free.",  # an acronym, for all that the text says
        "NATO and UNICEF sent nothing.",
    ],
)
def test_what_only_looks_like_a_place_is_none(text: str) -> None:
    assert found(text) == []


def test_a_surname_is_known_further_on() -> None:
    text = "Corporal Henri Lille refused. Lille was tried in Lille."
    assert [t.mention.start for t in found(text)] == [text.rindex("Lille")]


@pytest.mark.parametrize(
    ("text", "name", "setting"),
    [
        ("Madrid said it had sent no troops.", "Madrid", Setting.GOVERNMENT),
        ("The blockade imposed by London held.", "London", Setting.GOVERNMENT),
        ("Rome’s forces advanced.", "Rome", Setting.GOVERNMENT),
        ("The shells fell on a market in Madrid.", "Madrid", Setting.EVENT),
        ("The siege of Madrid went on.", "Madrid", Setting.EVENT),
        ("They bombed Madrid.", "Madrid", Setting.EVENT),
        ("He served at Madrid’s foreign office.", "Madrid", Setting.GOVERNMENT),
        ("A source in Toulouse told us so.", "Toulouse", Setting.ORIGIN),
        ("The leadership in Toulouse wavered.", "Toulouse", Setting.ORIGIN),
        ("Deserters from Toulouse were shot.", "Toulouse", Setting.EVENT),
        ("Conscripts from Toulouse were shot.", "Toulouse", Setting.ORIGIN),
        ("The residents of Toulouse fled.", "Toulouse", Setting.ORIGIN),
        ("The withdrawal of soldiers from Toulouse began.", "Toulouse", Setting.EVENT),
        ("It would be another Madrid.", "Madrid", Setting.BODY),
        ("The minister told reporters in Lyon that all was calm.", "Lyon", Setting.SPEECH),
        ("Somaliland rejected the plan.", "Somaliland", Setting.GOVERNMENT),
        ("A bomb went off in Somaliland.", "Somaliland", Setting.EVENT),
    ],
)
def test_setting(text: str, name: str, setting: Setting) -> None:
    assert [(t.name, t.setting) for t in found(text) if t.name == name] == [(name, setting)]


@pytest.mark.parametrize(
    ("text", "unit", "within"),
    [
        ("Clashes in Homs province went on.", Unit.REGION, None),
        ("Clashes in the province of Teruel went on.", Unit.REGION, None),
        ("Clashes in the Teruel district went on.", Unit.DISTRICT, None),
        ("A raid on the village of Belchite was repelled.", Unit.SETTLEMENT, None),
        ("A raid on Belchite, Aragon, was repelled.", None, "Aragon"),
        ("A raid on Belchite (Spain) was repelled.", None, "Spain"),
        (
            "A raid on Belchite, Zaragoza, and Huesca was repelled.",
            None,
            None,
        ),  # a list, though Zaragoza is a province too
        ("A raid on Belchite, a town in the Aragon region, was repelled.", Unit.SETTLEMENT, "Aragon"),
        ("Fire in the Gràcia neighbourhood of Barcelona.", Unit.QUARTER, "Barcelona"),
    ],
)
def test_unit_and_region_stated(text: str, unit: Unit | None, within: str | None) -> None:
    first = found(text)[0]
    assert (first.unit, first.within.name if first.within else None) == (unit, within)


@pytest.mark.parametrize(
    ("text", "relation", "at_least", "at_most"),
    [
        ("They fought in Teruel.", PlaceRelation.IN, 0, 0),
        ("They fought near Teruel.", PlaceRelation.NEAR, 10, 30),
        ("They fought 15 km north of Teruel.", PlaceRelation.NEAR, 15, 15),
        ("They fought 40 miles from Teruel.", PlaceRelation.NEAR, 64, 64),
        ("They fought between Teruel and Cuenca.", PlaceRelation.BETWEEN, 20, 40),
        ("They fought on the outskirts of Teruel.", PlaceRelation.NEAR, 10, 20),
        ("They retreated from Teruel.", PlaceRelation.FROM, 0, 0),
    ],
)
def test_relation_widens(text: str, relation: PlaceRelation, at_least: float, at_most: float) -> None:
    first = found(text)[0]
    assert first.relation is relation
    assert at_least <= first.widen_km <= at_most


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("A riot broke out in the Greek capital on Friday.", "Athens"),
        ("A riot broke out in Chad’s capital on Friday.", "N'Djamena"),
        ("In Kenya they marched on the third-largest city in the country.", "Mombasa"),
    ],
)
def test_descriptions_of_towns(text: str, town: str) -> None:
    assert town in [t.name for t in found(text) if t.description]


def test_text_in_capitals() -> None:
    text = "THE REBELS SAID THAT TWO SOLDIERS DIED NEAR SAN MIGUEL, EL SALVADOR, AND THREE OF THEM WERE TAKEN IN REAL COMBAT."
    assert [t.name for t in found(text)] == ["SAN MIGUEL", "EL SALVADOR"]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Stari Grad, also known as Cittavecchia, fell.", ("Stari Grad", "Cittavecchia")),
        ("Kolozsvár (known as Cluj in Romanian) was taken.", ("Kolozsvár", "Cluj")),
        ("Lwów (Lemberg in German) was taken.", ("Lwów", "Lemberg")),
        ("Danzig (now Gdańsk) was taken.", ("Danzig", "Gdańsk")),
    ],
)
def test_aliases_stated(text: str, pair: tuple[str, str]) -> None:
    assert stated_aliases(text, [Span(0, len(text))], TABLE) == (pair,)


def test_a_person_s_by_name_is_no_pair_of_places() -> None:
    text = "The general, known for his temper, left."
    assert stated_aliases(text, [Span(0, len(text))], TABLE) == ()


words = st.sampled_from(
    "in near Teruel the village of Madrid said General U.S. , . ( ) “ ’s al-Raqqah КИЇВ 15 km PARIS and\n".split(" ")
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(words, max_size=30).map(" ".join)))
def test_mentions_are_words_of_the_text_in_order(text: str) -> None:
    everything = find_toponyms(text, [Span(0, len(text))], GAZETTEER, TABLE)
    assert all(text[t.mention.start : t.mention.end] == t.mention.text for t in everything)
    starts = [t.mention.start for t in everything]
    assert starts == sorted(starts)


def test_a_name_of_ten_thousand_letters_is_read_past() -> None:
    assert [t.name for t in found("In " + "Ab" * 5000 + " and in Teruel they fought.")] == ["Teruel"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # a list, or a possessive, of a text that lost its marks
        ("Spain mourned. Bombs fell on Sabadell Terrassa that day.", ["Spain", "Sabadell", "Terrassa"]),
        ("They fled from Spains Teruel in snow.", ["Spains", "Teruel"]),
        # words that only say who holds a town
        ("They stormed a Carlist-held town in Spain.", ["Spain"]),
    ],
)
def test_names_beside_each_other(text: str, names: list[str]) -> None:
    assert [t.name for t in found(text) if not t.adjective] == names


def test_places_of_one_list_are_there_for_one_purpose() -> None:
    held = {t.name: t.setting for t in found("Talks were held in Seville and Murcia.")}
    assert held["Seville"] is held["Murcia"] is Setting.MEETING
