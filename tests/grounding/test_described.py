"""Towns that are described and not named."""

from __future__ import annotations

import pytest

from bywhom.grounding.gazetteer import Gazetteer
from bywhom.grounding.located import toponym_table
from bywhom.grounding.toponym import Toponym
from bywhom.grounding.toponyms import find_toponyms
from bywhom.records import Span

GAZETTEER = Gazetteer()
TABLE = toponym_table()


def found(text: str) -> list[Toponym]:
    return [t for t in find_toponyms(text, [Span(0, len(text))], GAZETTEER, TABLE) if not t.adjective]


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
