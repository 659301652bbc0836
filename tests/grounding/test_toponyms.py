"""Which names are found in a text, and where."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


def test_places_of_one_list_are_there_for_one_purpose() -> None:
    held = {t.name: t.setting for t in found("Talks were held in Seville and Murcia.")}
    assert held["Seville"] is held["Murcia"] is Setting.MEETING


def test_where_an_agency_sits_is_named_and_no_scene() -> None:
    held = {t.name: t.setting for t in found("Georgia mourned. The Tbilisi-based agency said so.")}
    assert held["Tbilisi"] is Setting.BODY
