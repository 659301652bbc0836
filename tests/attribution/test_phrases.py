"""Where the noun phrase beside a cue begins and ends."""

from __future__ import annotations

import pytest
from attribution_pages import line_of  # type: ignore[import-not-found]

from bywhom.attribution.phrases import phrase_after, phrase_before


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("The mayor", "The mayor"),
        ("In May, the mayor", "the mayor"),
        ("However, the mayor", "the mayor"),
        ("In an interview Osei", "Osei"),
        ("The mayor also", "The mayor"),
        ("The mayor on Friday", "The mayor"),
        ("The mayor had repeatedly", "The mayor"),
        ("The head of the council", "The head of the council"),
        ("Osei, the head of the council,", "Osei, the head of the council"),
        ("The head of the council, Jan Osei,", "The head of the council, Jan Osei"),
        ("Osei, who commands the fort,", "Osei"),
        ("Osei, who", "Osei"),
        ("The plan, unveiled by General Osei, who", "General Osei"),
        ("A man who had no training", "A man"),
        ("The names were listed by the Lenz guild which", "the Lenz guild"),
        ("The strikes come after Peru and the Chilean government", "Peru and the Chilean government"),
        ("The monitor which relies on a network of sources for its news", "The monitor"),
        ("The guard which operates in the hills", "The guard"),
        ("The mill which sources in the ministry", "sources in the ministry"),
        ("The Relief Committee (RC)", "The Relief Committee (RC)"),
        ("The fort fell and the mayor", "the mayor"),
        ("Anna Kolb and Jan Moro", "Anna Kolb and Jan Moro"),
        ("He", "He"),
        ("The toll has no easy figure Osei", "Osei"),  # a lost comma
        ("Clerks close to the governor", "Clerks close to the governor"),
    ],
)
def test_the_phrase_before_a_cue(before: str, expected: str) -> None:
    sentence = f"{before} said so."
    line = line_of(sentence)
    cue = line.lows.index("said")
    phrase = phrase_before(line, cue, 0)
    assert phrase is not None
    assert line.span(phrase.first, phrase.last).of(sentence) == expected


@pytest.mark.parametrize("before", ["His", ",", "Osei, ,", "“”", ""])
def test_no_phrase_before_a_cue(before: str) -> None:
    line = line_of(f"{before} said so.")
    assert phrase_before(line, line.lows.index("said"), 0) is None


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("the mayor of Arvale.", "the mayor of Arvale"),
        ("Captain Brandt, a gunner.", "Captain Brandt"),
        ("Captain Brandt on Friday.", "Captain Brandt"),
        ("residents who fled.", "residents"),
        ("doctors in Arvale and the mayor.", "doctors in Arvale"),
        ("him.", "him"),
    ],
)
def test_the_phrase_after_a_cue(after: str, expected: str) -> None:
    line = line_of(after)
    phrase = phrase_after(line, 0, len(line))
    assert phrase is not None
    assert line.span(phrase.first, phrase.last).of(after) == expected


def test_a_thousand_appositions_are_read_without_getting_lost_in_them() -> None:
    line = line_of("the clerk, the mayor, " * 1000 + "said so.")
    phrase = phrase_before(line, line.lows.index("said"), 0)
    assert phrase is None or phrase.last - phrase.first < 200
