"""Which line is the headline."""

from __future__ import annotations

import pytest
from cleaning_pages import body, page, told  # type: ignore[import-not-found]

LEAD = "The garrison of the fort laid down its arms on Tuesday, a staff officer said."
MORE = "Two companies had refused to leave their trenches, according to the officer."


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Fort lays down its arms", "Fort lays down its arms"),
        ("‘Not a shot’: Fort lays down its arms!", "‘Not a shot’: Fort lays down its arms!"),
        ("Did the fort lay down its arms?", "Did the fort lay down its arms?"),
        ("Fort lays down its arms – The Herald", "Fort lays down its arms – The Herald"),
        ("Fort lays down its arms | The Herald", "Fort lays down its arms"),
        ("Fort lays down its arms - War - The Herald", "Fort lays down its arms"),
        ("Tue. June 5th, 1917\n\nFort lays down its arms", "Fort lays down its arms"),
        ("Fort lays down its arms.\n\nFort lays down its arms.", "Fort lays down its arms."),
        ("The fort has laid down its arms, the ministry said.", None),
        ("“We laid down our arms because nobody told us to fight”", None),
        ("PARIS (Havas) - Fort lays down its arms", None),
    ],
)
def test_the_headline_is_found(head: str, title: str | None) -> None:
    doc = page(f"{head}\n\n{LEAD}\n\n{MORE}")
    assert (doc.title.value if doc.title else None) == title
    assert body(doc)[-2:] == [LEAD, MORE]


def test_the_headline_once_more_is_no_second_claim() -> None:
    doc = page(f"Fort lays down its arms\n\n Fort Lays Down Its Arms\n\n{LEAD}\n\n{MORE}")
    assert told(doc)[:2] == [("title", "Fort lays down its arms"), ("heading", "Fort Lays Down Its Arms")]


def test_a_single_line_is_a_report_without_a_headline() -> None:
    assert told(page("Explosions heard in the harbour")) == [("body", "Explosions heard in the harbour")]
