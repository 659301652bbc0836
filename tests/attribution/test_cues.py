"""Which words signal that somebody says something, and which only look so."""

from __future__ import annotations

import pytest
from attribution_pages import line_of  # type: ignore[import-not-found]

from bywhom.attribution.cues import find_cues


def cues_in(sentence: str) -> list[tuple[str, str]]:
    line = line_of(sentence)
    return [(line.span(cue.first, cue.last).of(sentence), cue.kind.value) for cue in find_cues(line)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The mayor said the mill was burnt.", [("said", "say")]),
        ("The mayor says on Friday that the mill was burnt.", [("says", "say")]),
        ("The mayor told the Herald that the mill was burnt.", [("told", "say")]),
        ("The governor urged the rebels to go.", [("urged", "act")]),
        ("The council called on the rebels to go.", [("called on", "act")]),
        ("The council called Monday on the rebels to go.", [("called Monday on", "act")]),
        ("The council called upon the rebels to go.", [("called upon", "act")]),
        ("As per the council, the fort fell.", [("per", "according")]),
        ("The army was accused of burning the mill.", [("accused", "impersonal")]),
        ("The council raised its toll to nine.", [("raised", "act")]),
        ("The council slammed the raid.", [("slammed", "act")]),
        ("The council voiced deep concern over the raid.", [("voiced", "act")]),
        ("The council held the army responsible for the famine.", [("held", "act")]),
        ("The Guard claimed responsibility for the blast.", [("claimed responsibility", "act")]),
        ("Osei spoke, adding that the fort had fallen.", [("adding", "gerund")]),
        ("In a statement saying the fort had fallen, Osei resigned.", [("saying", "gerund")]),
        ("According to Osei, the fort had fallen.", [("According to", "according")]),
        ("In the words of Osei, the fort was a ruin.", [("In the words of", "according")]),
        ("The Herald wept, citing a clerk.", [("citing", "relay")]),
        ("The raid was confirmed by the ministry.", [("confirmed", "passive")]),
        ("Osei was quoted as saying that the fort had fallen.", [("quoted as saying", "passive")]),
        (
            "Osei was quoted by the Herald as saying that the fort fell.",
            [("quoted by", "passive"), ("saying", "gerund")],
        ),
        ("It was reported that the garrison mutinied.", [("reported", "impersonal")]),
        ("The garrison is believed to have mutinied.", [("believed", "impersonal")]),
        ("Reports that the garrison mutinied came in.", [("Reports", "noun")]),
        ("There were rumours of a mutiny.", [("rumours", "noun")]),
    ],
)
def test_a_cue_is_found(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert cues_in(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The raid claimed nine lives.",  # a toll
        "The raid claimed at least nine.",
        "A shell hit the market, claiming eight and injuring ten.",
        "Peru is concluding its own operations.",  # a deed
        "The council raised the flag.",  # no act of speech
        "The wounded were taken away amid fears of a siege.",  # nouns, by what stands beside them
        "There is nothing Peruvian states would like more.",
        "Spy documents leaked to the court were read.",
        "The alleged victims were porters.",  # an adjective
        "The minister refused to say when the siege would end.",  # not said
        "READ MORE: the siege of Arvale.",  # a link
        "The United States sent ships.",  # a name
        "He maintained order in the town.",  # "maintained" says nothing without "that"
        "He observed the truce.",
        "He continued to the river.",
        "The army offered bread.",  # an offer without "to"
        "The reports of the clerk were burnt.",  # papers
        "The convoy was found by a patrol.",  # nobody speaks
        "The king's demands were met.",
    ],
)
def test_no_cue_is_found(sentence: str) -> None:
    assert [cue for cue in cues_in(sentence) if cue[1] != "noun"] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Wives protested against the order.",
        "A shell slammed into the mill.",
        "He ate two eggs per day.",
        "She gave bread to nine.",
    ],
)
def test_a_deed_is_no_saying(sentence: str) -> None:
    assert cues_in(sentence) == []


def test_words_inside_a_quotation_are_not_read_as_cues() -> None:
    assert cues_in("“Osei said so and the mayor denied it,” the clerk wrote.") == [("wrote", "say")]


def test_capitals_in_a_text_of_capitals_are_no_names() -> None:
    assert cues_in("THE MAYOR SAID THAT THE BRIDGE WAS CUT.") == [("SAID", "say")]
