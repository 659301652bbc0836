"""What only its company gives away, and what keeps the same company and is the report."""

from __future__ import annotations

import pytest
from cleaning_pages import body, page, told  # type: ignore[import-not-found]

from bywhom.cleaning.strays import is_title_case

TITLE = "Fort lays down arms"
LEAD = "The garrison of the fort laid down its arms on Tuesday, a staff officer said."
MORE = "Two companies had refused to leave their trenches, according to the officer."
LAST = "Villagers counted forty wagons of wounded on the road to the south."
CAPTIONS = [
    "The commander of the fort told the council that bread would last for ten days",
    "A sapper of the third company takes part in the clearing of the eastern ditch",
    "Gunners load a siege mortar during an exercise behind the lines in the spring",
]


def report(*lines: str) -> str:
    return "\n\n".join((TITLE, *lines))


def test_three_unclosed_paragraphs_in_a_row_are_captions() -> None:
    before, after = [LEAD, MORE, "The guns fell silent at noon."], ["Nobody cheered.", "The gate stood open.", LAST]
    doc = page(report(*before, *CAPTIONS, *after))
    assert [kind for kind, words in told(doc) if words in CAPTIONS] == ["caption"] * 3
    assert body(doc) == [*before, *after]


@pytest.mark.parametrize(
    "lines",
    [
        (LEAD, MORE, CAPTIONS[0], CAPTIONS[1], "Nobody cheered.", "The gate stood open.", LAST),  # two may be slips
        (
            LEAD,
            MORE,
            *(f"- {each}" for each in CAPTIONS),
            "Nobody cheered.",
            "The gate stood open.",
            "It rained.",
            LAST,
        ),
        (LEAD, *CAPTIONS, LAST),  # nobody closes paragraphs here
    ],
)
def test_unclosed_paragraphs_may_be_the_report(lines: tuple[str, ...]) -> None:
    assert body(page(report(*lines))) == list(lines)


def test_a_headline_of_another_story_stands_alone_below_the_lead() -> None:
    other = "King Warns Army That Siege Will Last Until Winter"
    doc = page(report(LEAD, other, MORE, LAST))
    assert ("furniture", other) in told(doc)
    assert body(doc) == [LEAD, MORE, LAST]


@pytest.mark.parametrize(
    ("words", "so"),
    [
        ("King Warns Army That Siege Will Last Until Winter", True),
        ("NATO Warns Russia That Siege Will Last Until Winter", True),
        ("King Warns Army That Siege Will Last Until Winter.", False),
        ("KING WARNS ARMY THAT SIEGE WILL LAST UNTIL WINTER", False),
        ("King Warns army that siege will last until winter", False),
        ("King Warns Army", False),
    ],
)
def test_title_case(words: str, *, so: bool) -> None:
    assert is_title_case(words) is so


def test_teasers_follow_the_last_invitation() -> None:
    teaser = "The siege goes on. According to the staff, new mortars are being brought up from the coast"
    doc = page(report(LEAD, MORE, LAST, "Follow us on Telegram channel The Herald!", teaser))
    assert body(doc) == [LEAD, MORE, LAST]
    closed = page(report(LEAD, MORE, "Follow us on Telegram channel The Herald!", LAST))
    assert body(closed) == [LEAD, MORE, LAST]


def test_a_list_of_questions_leads_to_other_pages() -> None:
    questions = [
        "- Why did the fort fall?",
        "- Who commands the army?",
        "- What is the treaty of Ghent? The words told",
    ]
    doc = page(report(LEAD, MORE, "All you need to know about the siege", *questions, LAST))
    assert body(doc) == [LEAD, MORE, LAST]
    assert body(page(report(LEAD, MORE, *questions[:2], LAST))) == [LEAD, MORE, *questions[:2], LAST]


def test_a_quotation_set_apart_is_told_once() -> None:
    told_once = "“We had no bread left and no powder,” the gunner said."
    doc = page(report(LEAD, told_once, "“We had no bread left and no powder”", MORE, LAST))
    assert body(doc) == [LEAD, told_once, MORE, LAST]
    alone = page(report(LEAD, "“We had no bread left and no powder”", MORE, LAST))
    assert len(body(alone)) == 4


def test_an_excerpt_ends_where_the_rest_is_to_be_had() -> None:
    comment = "I do not believe a word of it, the garrison was brave and stood to the last man."
    assert body(page(report(LEAD, MORE, "Read the rest at The Herald", comment))) == [LEAD, MORE]
