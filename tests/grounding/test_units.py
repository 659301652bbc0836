"""Units in words, whatever the way of writing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.grounding.units import ordinal, parse_unit


@pytest.mark.parametrize(
    ("words", "name", "rest"),
    [
        ("7th Cavalry Regiment", "7th Cavalry Regiment", ""),
        ("the 3rd Separate Mountain Brigade", "3rd Mountain Brigade", ""),
        ("2nd Battalion of the 10th Mountain Division", "2nd Battalion, 10th Mountain Division", ""),
        ("1st Battalion, 5th Marines", "1st Battalion, 5th Marines", ""),
        ("Twenty-second Motorised Rifle Division", "22nd Motorized Rifle Division", ""),
        ("9th SS Panzer Division", "9th SS Panzer Division", ""),
        ("13th SS", "13th SS", ""),
        ("IX Corps", "9th Corps", ""),
        ("No. 4 Squadron", "4th Squadron", ""),
        ("41 Commando Battalion", "41st Commando Battalion", ""),
        ("Guadalupe Brigade", "Guadalupe Brigade", ""),
        ("8th Infantry Division of the Peruvian army", "8th Infantry Division", " of the Peruvian army"),
    ],
)
def test_a_unit_is_number_branch_and_size(words: str, name: str, rest: str) -> None:
    found = parse_unit(words)
    assert found is not None
    assert (found[0].name, found[1]) == (name, rest)


@pytest.mark.parametrize(
    "words",
    [
        "12 brigades",  # so many, and none in particular
        "first company to arrive",  # an ordinal in words is written with a capital
        "i army",
        "brigade",
        "23 soldiers",
        "7th of June",
        "the division",
    ],
)
def test_a_number_before_soldiers_is_no_unit(words: str) -> None:
    assert parse_unit(words) is None


def test_guards_are_another_unit_than_their_number() -> None:
    guards, plain = parse_unit("4th Guards Rifle Division"), parse_unit("4th Rifle Division")
    assert guards is not None
    assert plain is not None
    assert guards[0] != plain[0]


@given(st.integers(1, 9999))
def test_every_ordinal_is_read_back(number: int) -> None:
    found = parse_unit(f"{ordinal(number)} Infantry Regiment")
    assert found is not None
    assert found[0].number == number


@given(st.text(max_size=200))
def test_any_text_is_read_without_complaint(words: str) -> None:
    found = parse_unit(words)
    assert found is None or words.endswith(found[1])
