"""The subject of a sentence whose verb stands far behind it."""

from __future__ import annotations

import pytest
from attribution_pages import line_of  # type: ignore[import-not-found]

from bywhom.attribution.statements import find_statements


def sources(sentence: str) -> list[str]:
    line = line_of(sentence)
    return [line.span(s.source.first, s.source.last).of(sentence) for s in find_statements(line) if s.source]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        (
            "Clergymen from the Catholic, Lutheran, and Baptist churches have claimed that they are watched.",
            "Clergymen from the Catholic, Lutheran, and Baptist churches",
        ),
        ("Osei in an interview on the Peruvian television network said the fort fell.",
         "Osei in an interview on the Peruvian television network"),
        ("The Arvale Guild and experts watching the use of gas in Peru said that shells fell.",
         "The Arvale Guild and experts watching the use of gas in Peru"),
        ("The chief of a relief team visiting Peru says he wants to look into the claims.",
         "The chief of a relief team visiting Peru"),
    ],
)  # fmt: skip
def test_the_subject_is_all_that_stands_before_the_first_verb(sentence: str, source: str) -> None:
    assert sources(sentence)[0] == source


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("However, the mayor said that the mill was burnt.", "the mayor"),  # an opener is no subject
        ("Finally, he stressed that the mill was burnt.", "he"),
        ("Speaking of friends in Peru, he said that the mill was burnt.", "he"),
        ("After talks between Osei and Kolb, the mayor said that the mill was burnt.", "the mayor"),
        ("The army attacked the mill and the rebels said that men fled.", "the rebels"),  # a clause goes before
        ("The mill was burnt, a clerk at the gate said.", "a clerk at the gate"),  # what goes before is said
    ],
)
def test_what_is_no_part_of_the_subject_is_left_out(sentence: str, source: str) -> None:
    assert sources(sentence)[0] == source
