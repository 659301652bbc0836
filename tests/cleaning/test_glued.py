"""What is glued to the report is cut off, and not a word of the report with it."""

from __future__ import annotations

import pytest
from cleaning_pages import body, page, told  # type: ignore[import-not-found]

TITLE = "Fort at Namur lays down its arms"
FIRST = "The garrison laid down its arms on Tuesday a staff officer said."
REST = "Two companies had refused to leave their trenches he added."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Date of publication 3 June 1917 ", ""),
        ("Published June 3 1917 ", ""),
        ("Sun Jun 3 1917 ", ""),
        ("03.06.1917(updated 0915 03.06.1917) Get short URL 57 ", ""),
        ("03.06.1917Get short URL 0 0 12 ", ""),
        ("Havas Sunday 3 June 1917 ", ""),
        (f"{TITLE} ", ""),
        (f"Sun Jun 3 1917 {TITLE}. ", ""),
        (f"June 3 1917 {TITLE}. Anna Keller. ", ""),
        (f"Posted on June 3 1917 by Anna Keller {TITLE} ", ""),
        (f"Print this page Sunday 3 June 1917 16:45 {TITLE}. ", ""),
        (f"3 June 1917 {TITLE} AFP ", ""),
        ("PARIS, 3 JUN 17 (HAVAS) -- [TEXT] ", ""),
        ("BRUSSELS (Havas) - ", ""),
        ("LIÈGE — ", ""),
        ("", " Read Also"),
        ("", " Twitter"),
        ("", " 20"),
        ("", " --Reuters"),
        ("", " Hana Novak / Petr Dusek"),
        ("", " Source: Ministry of War"),
        ("", " Reporting by Anna Keller; Editing by Jean Dumont"),
        ("", " © 1917 Havas"),
        ("", " Terms of Use Privacy Policy Cookie Policy"),
        ("", " This article is an edited translation from our French edition."),
        ("", " Follow us on Telegram."),
        ("", " Subscribe to our Youtube channel for all the latest from the front."),
        ("", " Dont miss out We wont spam you and we respect your privacy.".replace("wont", "won't")),
        ("Send https://example.org/aB3 ", ""),
    ],
)
def test_the_report_begins_and_ends_where_it_does(before: str, after: str) -> None:
    doc = page(f"{TITLE}\n\n{before}{FIRST} {REST}{after}")
    assert body(doc) == [f"{FIRST} {REST}"]
    assert ("title", TITLE) in told(doc)


@pytest.mark.parametrize(
    "lead",
    [
        "June 3 was the day on which the fort fell to the enemy without a shot.",
        "June 3, 1917, was the day on which the fort fell to the enemy.",
        "3 June 1917 saw the fort fall to the enemy without a shot.",
        f"{TITLE} on Tuesday after three days without water.",
        "Havas reported on Sunday that the fort had fallen without a shot.",
        "LIÈGE-based monitors said that the fort had fallen without a shot.",
        "The fort — old, damp and half empty — fell to the enemy.",
        "Leman: we will hold the fort as long as we have bread, he said.",
    ],
)
def test_a_sentence_that_opens_like_metadata_is_kept(lead: str) -> None:
    assert body(page(f"{TITLE}\n\n{lead} {REST}")) == [f"{lead} {REST}"]


@pytest.mark.parametrize(
    ("heading", "first"),
    [
        ("Critical Voices", "The garrison had been without bread for three days."),
        ("Accusations Against the Ministry", "Leman’s men had been without bread for three days."),
        ("What Now?", "The garrison had been without bread for three days."),
    ],
)
def test_a_heading_glued_to_its_paragraph_is_cut_off(heading: str, first: str) -> None:
    doc = page(f"{TITLE}\n\n{FIRST} The general, Leman, agreed.\n\n{heading}{first}\n\n{REST}")
    assert ("heading", heading) in told(doc)
    assert first in body(doc)


@pytest.mark.parametrize(
    "opening", ["YouTube took", "MacArthur ordered that they take", "General MacMahon and Mahon took"]
)
def test_a_name_with_a_capital_inside_is_no_heading(opening: str) -> None:
    sentence = f"{opening} the film of the fort down on Friday."
    assert body(page(f"{TITLE}\n\n{FIRST}\n\n{sentence}\n\n{REST}")) == [FIRST, sentence, REST]


def test_labels_behind_the_headline_are_metadata() -> None:
    labels = "Date: Unknown Source: https://www.example.org/fort Tags: war, mutiny"
    doc = page(f"{TITLE} {labels}\n{FIRST}\n{REST}")
    assert told(doc)[:2] == [("title", TITLE), ("metadata", labels)]
    assert doc.published is None
    assert doc.publisher is not None
    assert doc.publisher.value == "example.org"


@pytest.mark.parametrize(
    ("tags", "next_sentence"),
    [
        ("Tags Namur mutiny army", "The garrison laid down its arms for good the ministry said."),
        ("Tags Namur mutiny army bread", "Forty wagons of wounded left the town."),
        ("Tags Namur siege Belgium", "At least forty wagons of wounded left the town."),
    ],
)
def test_tags_end_where_the_next_sentence_begins(tags: str, next_sentence: str) -> None:
    assert told(page(f"{FIRST} {tags} {next_sentence}")) == [
        ("body", FIRST),
        ("metadata", tags),
        ("body", next_sentence),
    ]


def test_an_embedded_post_loses_its_link_and_author_only() -> None:
    doc = page(
        f"{TITLE}\n\n{FIRST} White flag over the fort pic.twitter.com/AbC12 — Anna Keller (@akeller) June 3, 2017 {REST}"
    )
    assert body(doc) == [f"{FIRST} White flag over the fort", REST]


def test_repeated_picture_credits_are_captions() -> None:
    caption = "Reuters Anna Keller Smoke over Namur"
    doc = page(f"{TITLE}\n\n{FIRST} {caption} {REST} {caption}")
    assert body(doc) == [FIRST, REST]


def test_a_photographers_credit_takes_its_caption_along() -> None:
    caption = "The marshal speaks at a meeting of the council in Namur on June 2 1917. REUTERS/Anna Keller"
    assert body(page(f"{TITLE}\n\n{FIRST} {caption} {REST}")) == [FIRST, REST]
    caption = "A man leads his mule past the burning mill as the guns fall silent (Reuters photo)"
    assert body(page(f"{TITLE}\n\n{FIRST} {caption} {REST}")) == [FIRST, REST]


@pytest.mark.parametrize(
    "remark", ["[PASSAGE OMITTED]", "[30-SECOND BREAK IN RECEPTION]", "[SENTENCE AS HEARD]", "[as received]"]
)
def test_a_monitors_remark_is_none_of_the_speakers_words(remark: str) -> None:
    doc = page(f"{TITLE}\n\n{FIRST} {remark} {REST}")
    assert body(doc) == [FIRST, REST]
    assert ("metadata", remark) in told(doc)
