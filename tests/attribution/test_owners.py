"""People named only by whose they are, led to the owner's name."""

from __future__ import annotations

import pytest
from attribution_pages import by, read  # type: ignore[import-not-found]

TOLD = (
    ('Anna Kolb told the Harbour Post: "My husband said that the fort had fallen."', "husband of Anna Kolb"),
    ('The wife of a miner told the Harbour Post: "My husband said that the fort had fallen."', "miner"),
    ("Jan Moro was arrested in May. His brother said that the fort had fallen.", "brother of Jan Moro"),
    ("Anna Kolb, a nurse, fled. Her neighbours said that the fort had fallen.", "neighbours of Anna Kolb"),
    ('The river froze. "My husband said that the fort had fallen," she said.', "husband"),
    ('"My brother, a sailor, told me that the fort had fallen," Anna Kolb said.', "brother, a sailor"),
    ("Jan Moro fled. His brother Piotr Moro said that the fort had fallen.", "Piotr Moro"),
    ("Jan Moro was arrested. His figures showed that the fort had fallen.", "His figures"),
)


@pytest.mark.parametrize(("text", "name"), TOLD, ids=[name for _, name in TOLD])
def test_nobody_is_named_my_husband(text: str, name: str) -> None:
    assert [by(each) for each in read(text) if each.content.of(text) == "the fort had fallen"] == [name]
