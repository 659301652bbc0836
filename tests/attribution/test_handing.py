"""Whose words somebody else handed on."""

from __future__ import annotations

import pytest
from attribution_pages import by, read  # type: ignore[import-not-found]


def _chain(*paragraphs: str) -> tuple[str, list[str | None]]:
    """The source of the last content, and its relays."""
    last = read(*paragraphs)[-1]
    return by(last), [hop.name for hop in last.relays]


@pytest.mark.parametrize(
    ("sentence", "source", "relays"),
    [
        ("Major Reyes, quoted by the Harbour Post, said the bridge was cut.", "Reyes", ["Harbour Post"]),
        ("The bridge was cut, Major Reyes, quoted by the Harbour Post, said.", "Reyes", ["Harbour Post"]),
        ("The bridge was cut, Major Reyes said, as quoted by Reuters.", "Reyes", ["Reuters"]),
        ("The bridge was cut, Major Reyes was quoted by the Harbour Post as saying.", "Reyes", ["Harbour Post"]),
        ("According to Major Reyes, quoted by the Harbour Post, the bridge was cut.", "Reyes", ["Harbour Post"]),
        ("The bridge was cut, according to sailors interviewed by the Harbour Post.", "sailors", ["Harbour Post"]),
        ("Sailors interviewed by the Harbour Post said the bridge was cut.", "Sailors", ["Harbour Post"]),
        ("Sailors quoted by the Arvale Observatory said the bridge was cut.", "Sailors", ["Arvale Observatory"]),
    ],
)
def test_who_quotes_somebody_is_a_relay(sentence: str, source: str, relays: list[str]) -> None:
    assert _chain(sentence) == (source, relays)


@pytest.mark.parametrize(
    ("sentence", "source", "relays"),
    [
        ("The Harbour Post reported that Captain Brandt said the fort had fallen.", "Brandt", ["Harbour Post"]),
        (
            "Foreign Minister Nils Osei told Reuters that his brother had said the fort was lost.",
            "brother of Nils Osei",
            ["Reuters", "Nils Osei"],
        ),
        ("A doctor, citing a nurse, told Reuters that nine had died.", "nurse", ["Reuters", "doctor"]),
        ("The Harbour Post reported on Monday, citing a clerk, that men fled.", "clerk", ["Harbour Post"]),
        ("Forty men fled, according to a report in the Harbour Post, which cited a clerk.", "clerk", ["Harbour Post"]),
        ("In a statement to the Harbour Post, a clerk said that men fled.", "clerk", ["Harbour Post"]),
        # What somebody else thinks or finds is told by who tells of it.
        ("The governor said that the army hoped the war would end.", "governor", []),
        ("The governor said that the survey showed the town was empty.", "governor", []),
        ("The governor said he believed the fort had fallen.", "governor", []),
    ],
)
def test_who_tells_what_another_said_is_a_relay(sentence: str, source: str, relays: list[str]) -> None:
    assert _chain(sentence) == (source, relays)
    assert len(read(sentence)) == 1


@pytest.mark.parametrize(
    ("sentence", "source", "relays"),
    [
        ("Another freed miner Jan Moro said that nobody had been paid.", "Jan Moro", ["Harbour Post"]),
        ("Another miner, who gave no name, said that nobody had been paid.", "Another miner", ["Harbour Post"]),
        ("A second miner said that nobody had been paid.", "second miner", ["Harbour Post"]),
        ("The minister Jan Moro said that everybody had been paid.", "Jan Moro", []),  # nobody told the paper
    ],
)
def test_an_outlet_that_goes_on_gathering_voices_is_a_relay_of_the_next(
    sentence: str, source: str, relays: list[str]
) -> None:
    assert _chain("Anna Kolb, a miner, told the Harbour Post that the pit was closed.", sentence) == (source, relays)
