"""Subjects behind a participle, where commas were lost; and other names whose marks were lost with them."""

from __future__ import annotations

import pytest
from attribution_pages import by, read  # type: ignore[import-not-found]

SAID = "said the fort had fallen."
OPENED = (
    ("Speaking on Sunday US Secretary of State John Doe", "John Doe"),
    ("Speaking in Lima on Sunday Colonel Jan Moro", "Jan Moro"),
    ("Speaking in Lima Colonel Jan Moro", "Jan Moro"),
    ("Speaking to reporters Interior Minister Jan Moro", "Jan Moro"),
    ("Speaking after meeting Peruvian envoys General Jan Moro", "Jan Moro"),
    ("Speaking after the meeting the governor", "governor"),
    ("Writing in the Harbour Post Anna Kolb", "Anna Kolb"),
    ("Writing in the Harbour Post on Monday former general Jan Moro", "Jan Moro"),
    ("On Monday Jane Roe The Herald's correspondent in east Lenz", "Jane Roe"),
    ("Jane Roe The Herald's correspondent in Lenz", "Jane Roe"),
)


@pytest.mark.parametrize(("subject", "name"), OPENED, ids=[subject for subject, _ in OPENED])
def test_a_name_begins_behind_what_a_participle_says(subject: str, name: str) -> None:
    (found,) = read(f"{subject} {SAID}")
    assert (by(found), found.content.of(f"{subject} {SAID}")) == (name, "the fort had fallen")


def test_an_office_of_state_is_no_part_of_a_name() -> None:
    assert by(read(f"Secretary of State Anna Kolb {SAID}")[0]) == "Anna Kolb"


INVERTED = (
    ("Two walls fell in said al-Brenner It is a market.", "al-Brenner", ["Two walls fell in", "It is a market"]),
    ("Three shells hit the mill said Kolb The men fled.", "Kolb", ["Three shells hit the mill", "The men fled"]),
    ("The bridge was hit said the mayor We had to flee.", "mayor", ["The bridge was hit", "We had to flee"]),
)


@pytest.mark.parametrize(("text", "name", "contents"), INVERTED, ids=[name for _, name, _ in INVERTED])
def test_a_saying_without_marks_stands_in_no_content(text: str, name: str, contents: list[str]) -> None:
    assert [(by(each), each.content.of(text)) for each in read(text)] == [(name, content) for content in contents]
