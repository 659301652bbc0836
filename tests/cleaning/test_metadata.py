"""Who published a report and when, where the page gives several answers."""

from __future__ import annotations

import pytest
from cleaning_pages import TABLES, found_in, page  # type: ignore[import-not-found]

from bywhom.cleaning.metadata import publisher_host
from bywhom.records import Declared

LEAD = "The garrison of the fort laid down its arms on Tuesday, a staff officer said."
MORE = "Two companies had refused to leave their trenches, according to the officer."


@pytest.mark.parametrize(
    ("above", "below", "published"),
    [
        ("", "", None),
        ("", "3 June 1917", "1917-06-03"),
        ("", "By Anna Keller June3,1917", "1917-06-03"),
        # The clock of the page and the by-line disagree: the by-line is the article's.
        ("Tue. June 5th, 1917", "By Anna Keller June3,1917", "1917-06-03"),
        ("Tue. June 5th, 1917", "", "1917-06-05"),
        ("", "Updated: 5 June 1917\n\nPublished: 3 June 1917", "1917-06-03"),
        ("", "Date: Unknown", None),
        ("", "Published June 1917", "1917-06"),
        ("", "03/06/1917", "1917"),
        ("", "Last updated 5 June 1917", "1917-06-05"),
    ],
)
def test_the_date_that_is_believed(above: str, below: str, published: str | None) -> None:
    text = "\n\n".join(part for part in (above, "Fort lays down its arms", below, LEAD, MORE) if part)
    doc = page(text)
    assert (doc.published.value if doc.published else None) == published
    if doc.published:
        assert doc.published.mention is not None
        assert doc.published.mention.text in doc.published.evidence


def test_a_date_in_the_report_is_not_the_date_of_publication() -> None:
    assert page(f"Fort falls at last\n\n{LEAD}\n\nOn 3 June 1917 the fort fell.\n\n3 June 1917").published is None


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("By Anna Keller of The Herald", "The Herald"),
        ("Source: https://www.herald.example/fort", "herald.example"),
        ("Most read in The Herald", "The Herald"),
        ("Most read in Football", None),
        ("Got a story for The Herald newsroom?", "The Herald"),
        ("READ MORE ON THE WAR IN THE WEST", None),
        ("© 1917 The Herald. All rights reserved.", "The Herald"),
        ("© 1917 AFP. All rights reserved.", None),
        ("Follow The Herald on Facebook", "The Herald"),
        (
            "About the author\n\nAnna Keller is a Herald war reporter based in Liège. She joined Herald in 1912.",
            "Herald",
        ),
        (
            "About the author\n\nAnna Keller is a Belgian war reporter based in Liège. She joined the paper in 1912.",
            None,
        ),
    ],
)
def test_the_publisher_is_who_the_page_says(line: str, publisher: str | None) -> None:
    doc = page(f"Fort falls – Le Matin\n\n{LEAD}\n\n{MORE}\n\n{line}")
    assert (doc.publisher.value if doc.publisher else None) == publisher


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.example.org/1917/06/fort", "example.org"),
        ("https://t.me/s/herald/12", "t.me/herald"),
        ("https://medium.com/@keller/fort", "medium.com/keller"),
        ("http://192.168.0.1/x", None),
        ("https://[bad", None),
        ("not an address", None),
    ],
)
def test_a_host_is_a_publisher_of_last_resort(url: str, host: str | None) -> None:
    assert publisher_host(url, TABLES) == host


def test_the_address_dates_and_names_a_page_that_does_neither() -> None:
    declared = Declared(url="https://www.herald.example/1917/06/03/fort.html")
    doc = page(f"{LEAD}\n\n{MORE}", declared=declared)
    assert doc.published is not None
    assert doc.published.value == "1917-06-03"
    assert doc.publisher is not None
    assert doc.publisher.value == "herald.example"
    assert doc.url == declared.url


def test_a_file_path_is_no_address() -> None:
    (doc,) = found_in(f"{LEAD}\n\n{MORE}", location="/srv/1917/06/03/fort.txt").items
    assert doc.published is None
    assert doc.url is None


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Anna Keller, Liège. Published 3 June 1917, 17:40", "Anna Keller"),
        ("By Anna Keller, Namur", "Anna Keller"),
        ("By Anna Keller, Jean Dumont", "Anna Keller, Jean Dumont"),
        ("By J. R. Keller and Jean Dumont", "J. R. Keller and Jean Dumont"),
        ("By Anna Keller. Updated 3 June 1917", "Anna Keller"),
    ],
)
def test_the_author_ends_where_the_name_does(line: str, author: str) -> None:
    doc = page(f"Fort lays down arms\n\n{line}\n\nThe garrison laid down its arms on Tuesday, a staff officer said.\n")
    assert doc.author is not None
    assert doc.author.value == author
