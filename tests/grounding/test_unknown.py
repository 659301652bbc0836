"""Names that no gazetteer holds, and that are places all the same."""

from __future__ import annotations

import pytest

from bywhom.grounding.gazetteer import Gazetteer
from bywhom.grounding.located import toponym_table
from bywhom.grounding.toponyms import find_toponyms
from bywhom.records import Span

GAZETTEER = Gazetteer()
TABLE = toponym_table()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The battalion dug in near the village of Xorlanthe.", "Xorlanthe"),
        ("The villages of Xorlanthe and Yorlan fell.", "Xorlanthe"),
        # the name only begins as a known one
        ("Syria mourned. They stormed the town of Ain Xorlan on Monday.", "Ain Xorlan"),
    ],
)
def test_a_village_is_named(text: str, name: str) -> None:
    found = next(t for t in find_toponyms(text, [Span(0, len(text))], GAZETTEER, TABLE) if t.name == name)
    assert found.entries == ()


def test_a_people_is_no_village() -> None:
    text = "They entered the Xorlan village."
    assert find_toponyms(text, [Span(0, len(text))], GAZETTEER, TABLE) == ()


def test_a_name_once_said_to_be_a_village_is_a_place_where_it_stands_again() -> None:
    text = "The village of Xorlanthe burnt.\nFighting went on in Xorlanthe. Xorlanthe was calm, said Yorlan."
    found = find_toponyms(text, [Span(0, 31), Span(32, len(text))], GAZETTEER, TABLE)
    assert [t.mention.start for t in found] == [15, text.index("in Xorlanthe") + 3]
    alone = "Fighting went on in Xorlanthe."
    assert not find_toponyms(alone, [Span(0, len(alone))], GAZETTEER, TABLE)
