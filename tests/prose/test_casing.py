"""Copy in capitals gets small letters in the same places: names stand out again, and no character moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.prose.casing import CasingTable, is_in_capitals, recased
from bywhom.records import Span

TABLE = CasingTable.load()


def eased(text: str) -> str:
    return recased(text, [Span(0, len(text))], TABLE)


@pytest.mark.parametrize(
    "written",
    [
        "The mayor of Valdorra said on 3 March that rebels had burned two bridges near the river.",
        "Colonel Iribarne told the reporters that the garrison of Puerto Seco would not surrender.",
        # known pairs are names, though their words are not
        "The foreign minister of the United States rejected the plan, the White House said on Monday.",
        # a word in brackets that is none becomes an acronym wherever it stands
        "The Popular Army of Tarsa (EPT) has denied it. The EPT added that its men had fled.",
        # a name of several parts
        "The priest of Ville-sur-Orvanne said that nobody had fired.",
        # initials are no ends of sentences
        "A U.S. embassy official in Guatemala City said he would not attend the meeting.",
    ],
)
def test_mixed_text_comes_back_from_its_capitals(written: str) -> None:
    assert eased(written.upper()) == written


def test_what_an_editor_put_in_stays() -> None:
    assert eased("[TEXT] THE CAPTAIN SAID THAT THE ROAD HAD BEEN CUT [AS RECEIVED].").startswith("[TEXT] The captain")


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("REBELS ENTERED THE TOWN AT DAWN AND LEFT AT NOON", True),
        ("REBELS ENTERED THE TOWN AT DAWN AND LEFT AT NOON, the wire says of them, but it says little", False),
        ("NATO", False),  # too little to tell
        ("Повстанцы вошли в город", False),
        ("", False),
    ],
)
def test_capitals_throughout(text: str, capitals: bool) -> None:
    assert is_in_capitals(text) == capitals


@given(st.text(max_size=300))
def test_every_character_keeps_its_place(text: str) -> None:
    found = eased(text.upper())
    assert len(found) == len(text.upper())
    assert all(a == b or a.lower() == b for a, b in zip(text.upper(), found, strict=True))


@given(st.text(max_size=300))
def test_mixed_text_is_left_alone(text: str) -> None:
    assert is_in_capitals(text) or eased(text) == text
