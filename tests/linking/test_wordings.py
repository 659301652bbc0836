"""Comparators of wording, above all how much a word in common sets two claims apart from the rest of their report."""

from __future__ import annotations

import pytest
from telling import tell  # type: ignore[import-not-found]

from bywhom.linking import LinkingTables
from bywhom.linking.profile import Profile, among, profile
from bywhom.linking.wordings import beginnings, peculiar, singular
from bywhom.records import Told

MUTINY = (
    tell("the dragoons at Soissons refused to saddle", start=0),
    tell("the dragoons at Soissons were paid", start=100),
    tell("the dragoons at Soissons sang", start=200),
    tell("at Soissons they would not saddle their horses", start=300),
)


def profiles(items: tuple[Told, ...], tables: LinkingTables) -> list[Profile]:
    return among(profile(item, tables) for item in items)


def test_a_word_that_only_two_claims_have_says_more_than_one_that_all_have(tables: LinkingTables) -> None:
    refused, paid, _, saddle = profiles(MUTINY, tables)
    assert singular(refused, saddle, tables).score > singular(refused, paid, tables).score
    assert peculiar(refused, saddle, tables).reason == "saddl"


def test_what_is_rare_in_a_report_says_nothing_of_two_reports(tables: LinkingTables) -> None:
    one, other = profiles((MUTINY[0], tell("they would not saddle", report="r2")), tables)
    assert singular(one, other, tables).score == peculiar(one, other, tables).score == 0


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("captives starve", "starvation in captivity", True), ("captives starve", "trenches flooded", False)],
)
def test_words_that_begin_alike(one: str, other: str, *, alike: bool, tables: LinkingTables) -> None:
    a, b = profiles((tell(one), tell(other, start=200)), tables)
    assert (beginnings(a, b, tables).score > 0) is alike
