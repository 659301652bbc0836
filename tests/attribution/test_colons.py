"""Who speaks before a colon, without a verb of saying."""

from __future__ import annotations

import pytest
from attribution_pages import by, read  # type: ignore[import-not-found]


@pytest.mark.parametrize(
    ("sentence", "source", "relays"),
    [
        ("Mayor: two killed in a blast at the market of Osk.", "Mayor", []),
        ("The mayor of Osk: the bridge is down.", "mayor of Osk", []),
        ("12:05 Health ministry in its evening bulletin: nine dead were brought in.", "Health ministry", []),
        ("— Captain Brandt of the coast brigade: the mill was taken by our men.", "Brandt", []),
        ("The Free Dockers (41k subscribers): the garrison laid down its arms.", "Free Dockers", []),
        ("The union's spokesman on his own channel: our men hold both exits.", "union's spokesman", []),
        ("@oskfront, reposting a note attributed to a clerk in Osk: the men were told to go.", "clerk", ["@oskfront"]),
        ("Reuters, citing a port official: the crane was blown up.", "port official", ["Reuters"]),
    ],
)
def test_a_name_and_a_colon_say_who_speaks(sentence: str, source: str, relays: list[str]) -> None:
    (found,) = read(sentence)
    assert source in by(found)
    assert [hop.name for hop in found.relays] == relays


def test_whoever_speaks_before_a_colon_goes_on_in_the_paragraph() -> None:
    first, second = read("The mayor of Osk: the bridge is down. Nobody was hurt.")
    assert by(first) == by(second) == "mayor of Osk"


@pytest.mark.parametrize(
    "sentence",
    [
        "Osk war: the rebels fled the coast.",  # a topic
        "Army offensive: the rebels fled the coast.",
        "Killed reporter: two men were arrested on Monday.",
        "Source: Arvale National News Agency.",  # a credit
        "The mill held three things: rope, oil and flour.",  # a list
        "The mayor on Monday went to the port: nothing was left.",  # a sentence
    ],
)
def test_a_title_a_list_and_a_sentence_of_its_own_name_nobody(sentence: str) -> None:
    assert all(found.source is None for found in read(sentence))
