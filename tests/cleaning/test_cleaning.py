"""What holds for every document that cleaning makes, whatever the bytes."""

from __future__ import annotations

from hashlib import sha256

import pytest
from cleaning_pages import found_in  # type: ignore[import-not-found]
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bywhom.records import BlockKind, Declared, Document

# Pieces that page furniture, date lines and prose are made of, so that rules meet each other.
PIECES = st.sampled_from(
    [
        "The garrison left the fort on Monday, a witness told the paper.",
        "Mutiny at the front",
        "Leave a Reply",
        "3 comments",
        "READ MORE: The king's flight",
        "By Anna Keller",
        "Anna Keller By Anna Keller May 3, 1917",
        "Sun. May 6th, 1917",
        "PARIS, 3 JUN 17 (HAVAS) -- [TEXT] ",
        "Tags Verdun army",
        "Date: Unknown Source: https://www.example.org/x Tags: war",
        "pic.twitter.com/abc — Anna Keller (@akeller) May 3, 2017 ",
        "Get short URL 12 ",
        "© 1917 The Paper. All rights reserved.",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "\ufeff",
        "\x00",
        "\u200f",
        "\ud800",
        "\u2028",
        "\x1c",
        "(Photo: A. Keller)",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=12).map("".join), st.text(max_size=200))


def check(doc: Document) -> None:
    """The promises that the other rooms rely on."""
    doc.text.encode("utf-8")
    assert doc.text_id == sha256(doc.text.encode("utf-8")).hexdigest()
    end = 0
    for block in doc.blocks:
        words = block.span.of(doc.text)
        assert words, "a block covers something"
        assert words == words.strip(), "a block is trimmed"
        assert not doc.text[end : block.span.start].strip(), "what no block covers is white space"
        assert end <= block.span.start, "blocks stand in order and do not overlap"
        assert block.reason or block.kind is BlockKind.BODY
        end = block.span.end
    assert end <= len(doc.text)
    assert not doc.text[end:].strip()
    for stated in (doc.title, doc.author, doc.published, doc.publisher):
        if stated and stated.mention:
            assert stated.mention.span.of(doc.text) == stated.mention.text


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TEXTS)
def test_blocks_cover_the_text(text: str) -> None:
    for doc in found_in(text).items:
        check(doc)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_same_input_same_output(text: str) -> None:
    assert found_in(text) == found_in(text)


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=200), st.sampled_from(["text", "html", "pdf"]), st.sampled_from([None, "utf-8", "koi8-r", "hex"])
)
def test_no_bytes_raise(data: bytes, form: str, charset: str | None) -> None:
    found = found_in(data, form, Declared(charset=charset))
    assert found.items or found.problems
    for doc in found.items:
        check(doc)


TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div class='comments'>",
        "</div>",
        "<h1>",
        "</h1>",
        "<br>",
        "<table><tr><td>",
        "<script>",
        "<!--",
        "&#xD800;",
        "&amp;",
        "<",
        ">",
        "<a href=x>",
        "</a>",
        "<pre>",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(PIECES, TAGS), max_size=15).map("".join))
def test_no_markup_breaks_the_blocks(html: str) -> None:
    for doc in found_in(html, "html").items:
        check(doc)


def test_text_is_the_file_as_it_lies_on_disk() -> None:
    data = "\ufeffMutiny at the front\r\n\r\nThe 54th Division refused to march, an officer said.\x00\r\n".encode()
    (doc,) = found_in(data).items
    assert doc.text.encode() == data
    assert doc.id == sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("data", "form", "message"),
    [
        (b"", "text", "no words"),
        (b" \r\n\t ", "text", "no words"),
        (b"%PDF-1.7 ...", "text", "a PDF"),
        (bytes(range(256)) * 20, "text", "binary"),
        (b"", "html", "no text"),
        (b"<html><script>write()</script></html>", "html", "no text"),
        (b"no pdf", "pdf", "damaged"),
        (b"x", "spreadsheet", "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_a_problem(data: bytes, form: str, message: str) -> None:
    found = found_in(data, form)
    assert not found.items
    (problem,) = found.problems
    assert message in problem.message
    assert problem.stage == "cleaning"
    assert problem.document_id == sha256(data).hexdigest()
    assert problem.remedy


def test_a_language_not_yet_read_is_kept_and_named() -> None:
    text = "Солдаты отказались идти в атаку, сообщил офицер штаба.\n\nВ городе слышны выстрелы, говорят жители."
    found = found_in(text)
    (doc,) = found.items
    assert doc.language == "ru"
    assert found.problems[0].message.startswith("The language 'ru' is not yet read")
    assert found.problems[0].message.endswith("listed as unread.")


def test_the_container_speaks_where_the_page_is_silent() -> None:
    text = "The garrison left the fort on Monday, a witness told the paper.\n\nNo shot was fired, she said."
    (doc,) = found_in(text, declared=Declared(published="Mon, 04 Jun 1917 08:00:00 GMT", publisher="The Paper")).items
    assert doc.published is not None
    assert (doc.published.value, doc.published.evidence) == ("1917-06-04", "container: Mon, 04 Jun 1917 08:00:00 GMT")
    assert doc.publisher is not None
    assert doc.publisher.value == "The Paper"


def test_a_short_unclosed_line_between_paragraphs_is_a_heading() -> None:
    long = "The garrison left the fort on Monday, a witness told the paper."
    (doc,) = found_in(f"{long}\n\nNo orders\n\n{long}\n\nWho gave the order?\n\n{long}").items
    kinds = [block.kind for block in doc.blocks]
    assert kinds == [BlockKind.BODY, BlockKind.HEADING, BlockKind.BODY, BlockKind.HEADING, BlockKind.BODY]
