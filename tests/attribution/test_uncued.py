"""What stands beside the statements of a sentence, and sentences that say nothing; the wars are invented."""

from __future__ import annotations

import pytest
from attribution_pages import line_of, read, told  # type: ignore[import-not-found]

from bywhom.attribution.uncued import _is_past


@pytest.mark.parametrize(
    ("sentence", "first", "apposition"),
    [
        ("The raid killed two porters, a claim the Lakeland army denied.", "The raid killed two porters", "army"),
        ("The blast injured at least nine, a figure the army denied.", "The blast injured at least nine", "army"),
        ("The shelling destroyed houses in Arvale, a report Osk denied.", "The shelling destroyed houses in Arvale", "Osk"),
    ],
)  # fmt: skip
def test_a_clause_with_a_regular_past_is_the_publishers(sentence: str, first: str, apposition: str) -> None:
    own, denied = read(sentence)
    assert own.content.of(sentence) == first
    assert own.source is None
    assert denied.source is not None
    assert (denied.source.name or "").endswith(apposition)


@pytest.mark.parametrize(
    ("words", "verbs"),
    [
        ("The raid killed two porters", ["killed"]),
        ("The raid killed 40 porters", ["killed"]),
        ("The raid killed around forty", ["killed"]),
        ("Osk ordered the garrison out", ["ordered"]),
        ("The shelling destroyed houses", ["destroyed"]),
        ("Three masked porters of the fort", []),
        ("The badly damaged houses of the fort", []),
        ("Several Lakeland trained militias of the fort", []),
        ("The raid, planned in May, at the fort", []),
    ],
)
def test_a_regular_past_is_known_by_its_neighbours(words: str, verbs: list[str]) -> None:
    line = line_of(words)
    assert [line.low(i) for i in range(1, len(line)) if _is_past(line, i)] == verbs


@pytest.mark.parametrize("bare", ["The Defense Ministry announced.", "The army said.", "Osk warned."])
def test_a_saying_without_words_is_no_claim(bare: str) -> None:
    assert told(bare) == []
    assert told(f"General Osk said the fort had fallen. {bare}") == [("the fort", "Osk")]


def test_a_deed_is_a_claim_even_if_the_same_verb_could_say_something() -> None:
    assert told("The mob protested.") == [("The mob", "mob")]
