"""Which names are shown to be places, and which only look like one."""

from __future__ import annotations

import pytest

from bywhom.grounding.gazetteer import Gazetteer
from bywhom.grounding.located import toponym_table
from bywhom.grounding.setting import Setting
from bywhom.grounding.toponym import Toponym
from bywhom.grounding.toponyms import find_toponyms
from bywhom.records import Span

GAZETTEER = Gazetteer()
TABLE = toponym_table()


def found(text: str) -> list[Toponym]:
    return [t for t in find_toponyms(text, [Span(0, len(text))], GAZETTEER, TABLE) if not t.adjective]


@pytest.mark.parametrize(
    "text",
    [
        "Jordan Smith and Florence Marsh were arrested.",  # persons
        "A meeting between Marsh and the envoy lasted an hour. General Olin Marsh smiled.",
        "Two Toyota pick-up trucks were found.",  # makes
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
        "I’ll go when they’ve gone.",  # no Illinois
        "The Police Department and the City Council met.",  # English words that are towns
        "The truce between Hamas and its rivals held.",  # a word that is a town's other name
    ],
)
def test_what_only_looks_like_a_place_is_none(text: str) -> None:
    assert found(text) == []


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


def test_text_in_capitals() -> None:
    text = "THE REBELS SAID THAT TWO SOLDIERS DIED NEAR SAN MIGUEL, EL SALVADOR, AND THREE OF THEM WERE TAKEN IN REAL COMBAT."
    assert [t.name for t in found(text)] == ["SAN MIGUEL", "EL SALVADOR"]


def test_a_house_called_after_a_far_place_is_not_there() -> None:
    text = "Greek doctors in Volos wept. At the Verdun hospital two more died. Greece mourned."
    assert "Verdun" not in [t.name for t in found(text)]
    assert "Volos" in [t.name for t in found(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Syria mourned. Nearby the ISs fighters fell back.", "ISs"),  # an acronym that lost its apostrophe
        ("The Red Cross in Lebanon (Croix Sor) said so.", "Sor"),  # a name in brackets is a name throughout
    ],
)
def test_no_place_in_a_name(text: str, name: str) -> None:
    assert name not in [t.name for t in found(text)]


def test_a_county_is_one_in_the_name_of_a_body_too() -> None:
    assert [t.name for t in found("The Kanawha County Health Board met.")] == ["Kanawha County"]


def test_a_small_town_heads_a_dispatch_in_capitals() -> None:
    held = {t.name: t.setting for t in found("Two women died. CALAHORRA, Spain — The town mourned.")}
    assert held["CALAHORRA"] is Setting.DATELINE


def test_in_a_text_that_lost_its_commas_a_town_told_of_is_one_name_of_a_list() -> None:
    told = "Greece mourned. The raid went on in Volos Xorlan and Yorlan. " + "The guns fell silent at noon. " * 25
    assert "Volos" in [t.name for t in found(told)]
    assert "Volos" not in [t.name for t in found(told.replace("mourned.", "mourned, and wept."))]
