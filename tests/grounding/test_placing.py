"""Words of a claim that bear on where it happened."""

from __future__ import annotations

import pytest

from bywhom.grounding.places import toponym_table
from bywhom.grounding.placing import placing_patterns

WORDS = placing_patterns(toponym_table().claims)


@pytest.mark.parametrize(
    ("claim", "general"),
    [
        ("nine gunners have died since then", True),
        ("the mills are regularly shelled", True),
        ("SOME 12000 MEN WERE HELD", True),
        ("nine gunners died at noon", False),
        ("the anyway empty mill burnt", False),  # "any" is a word of its own
    ],
)
def test_what_goes_on_beyond_one_place_and_day(claim: str, general: bool) -> None:
    assert bool(WORDS.general.search(claim)) is general


@pytest.mark.parametrize(
    ("claim", "event"),
    [
        ("The second night raid left a crater", "raid"),
        ("nobody claimed such an ambush", "ambush"),
        ("these explosions woke the town", "explosions"),
        ("a raid left a crater", None),  # told of for the first time
        ("the mayor left", None),
    ],
)
def test_an_event_told_of_before(claim: str, event: str | None) -> None:
    found = WORDS.again.search(claim)
    assert (found[1] if found else None) == event


@pytest.mark.parametrize(
    ("claim", "shown"),
    [
        ("the garrison left the besieged town", {"pointing"}),
        ("nine gunners died there", {"pointing"}),
        ("there were nine guns", set()),
        ("nine thousand have fled since the war began", {"whole", "past"}),
        ("trains stood still across the whole country", {"whole"}),
        ("the mole was raided in 1912", {"past"}),
        ("the mole was raided at noon", set()),
    ],
)
def test_what_carries_a_place_to_a_claim_and_what_keeps_it_off(claim: str, shown: set[str]) -> None:
    patterns = {"pointing": WORDS.pointing, "whole": WORDS.whole, "past": WORDS.past}
    assert {name for name, pattern in patterns.items() if pattern.search(claim)} == shown


def test_what_lasts() -> None:
    assert WORDS.present.search("the fort is old")
    assert not WORDS.present.search("IS fighters fell back")  # a name, not the verb
