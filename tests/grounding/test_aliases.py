"""Names that a report says are one place."""

from __future__ import annotations

import pytest

from bywhom.grounding.aliases import stated_aliases
from bywhom.grounding.located import toponym_table
from bywhom.records import Span

TABLE = toponym_table()


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
