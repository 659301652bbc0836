from __future__ import annotations

import gzip
import io
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bywhom.intake import IntakeOptions, Limits
from bywhom.intake.warc import Damage, Record, records

RANDOM = random.Random(1854)


def page(number: int) -> bytes:
    """A page that packs badly, as real ones do."""
    words = " ".join(RANDOM.choice(("redoubt", "trench", "mortar", "sortie")) + str(RANDOM.random()) for _ in range(90))
    return f"<html><p>Page {number}: {words}</p></html>".encode()


PAGES = [page(number) for number in range(6)]


@pytest.fixture
def wires(warc_record: Callable[..., bytes]) -> list[bytes]:
    return [warc_record(f"http://courier.example/{number}", body) for number, body in enumerate(PAGES)]


def addresses(numbers: list[int]) -> list[str]:
    return [f"http://courier.example/{number}" for number in numbers]


PACKINGS: dict[str, Callable[[list[bytes]], bytes]] = {
    "pages.warc": b"".join,
    "pages.warc.gz": lambda wires: b"".join(gzip.compress(wire) for wire in wires),
    "one-member.warc.gz": lambda wires: gzip.compress(b"".join(wires)),
}


@pytest.mark.parametrize("name", PACKINGS)
def test_pages_of_an_archive(take_file: Callable[..., Any], wires: list[bytes], name: str) -> None:
    taken = take_file(name, PACKINGS[name](wires))
    assert taken.names == addresses([0, 1, 2, 3, 4, 5])
    assert [document.data for document in taken.documents] == PAGES
    assert {document.form for document in taken.documents} == {"html"}
    assert {document.declared.charset for document in taken.documents} == {"utf-8"}
    assert {document.collection.container for document in taken.documents} == {taken.containers[0].sha256}
    assert len({document.collection.location for document in taken.documents}) == 6
    assert taken.problems == []


def test_what_the_archive_says_of_its_copy_is_kept(
    take_file: Callable[..., Any], warc_record: Callable[..., bytes]
) -> None:
    told = b"WARC/1.1\r\nWARC-Date: 1917-06-12T19:05:00Z\r\nWARC-Record-ID: <urn:uuid:3>\r\n"
    page = told + warc_record("https://example.org/fort", b"<p>The fort fell.</p>").removeprefix(b"WARC/1.0\r\n")
    note = warc_record(
        "",
        b"software: Crawler/3\r\noperator: The Archive\r\n",
        kind="warcinfo",
        headers="Content-Type: application/warc-fields",
    )
    capture = take_file("pages.warc", note + page).documents[0].collection.capture
    assert (capture.captured_at, capture.record_id) == ("1917-06-12T19:05:00Z", "<urn:uuid:3>")
    assert (capture.target, capture.collector) == ("https://example.org/fort", "The Archive, Crawler/3")
    bare = take_file("bare.warc", warc_record("https://example.org/fort", b"<p>The fort fell.</p>"))
    assert bare.documents[0].collection.capture.captured_at is None
    assert take_file("fort.txt", "The fort fell.").documents[0].collection.capture is None


def test_the_location_is_where_the_member_begins(take_file: Callable[..., Any], wires: list[bytes]) -> None:
    taken = take_file("pages.warc.gz", PACKINGS["pages.warc.gz"](wires))
    start = len(gzip.compress(wires[0]))
    assert taken.documents[1].collection.location.endswith(f"pages.warc.gz#offset={start}")


def test_only_what_can_be_read_is_taken(take_file: Callable[..., Any], warc_record: Callable[..., bytes]) -> None:
    feed = b"<rss><channel><title>C</title><item><title>Fallen</title><link>http://c.example/9</link></item></channel></rss>"
    kinds = [
        warc_record("http://c.example/page", b"<p>Held.</p>"),
        warc_record("http://c.example/gone", b"<p>Gone</p>", status="404 Not Found"),
        warc_record("http://c.example/moved", b"", status="301 Moved"),
        warc_record("http://c.example/picture", b"\x89PNG\r\n\x1a\n", headers="Content-Type: image/png"),
        warc_record("http://c.example/drawing", b"<svg><p>not a page</p></svg>", headers="Content-Type: image/svg+xml"),
        warc_record("http://c.example/style", b"p { color: red }", headers="Content-Type: text/css"),
        warc_record("http://c.example/robots.txt", b"User-agent: *", headers="Content-Type: text/plain"),
        warc_record("http://c.example/text", b"The redoubt fell.", headers="Content-Type: text/plain"),
        warc_record("http://c.example/bare", b"It fell, he said.", headers="Content-Type: text/html"),
        warc_record("http://c.example/paper", b"%PDF-1.4 ...", headers="Content-Type: application/pdf"),
        warc_record("http://c.example/feed", feed, headers="Content-Type: application/rss+xml"),
        warc_record("http://c.example/wet", b"Text of a page.", headers="Content-Type: text/plain", kind="conversion"),
        warc_record("http://c.example/request", b"GET /", headers="Content-Type: text/plain", kind="request"),
        warc_record("<http://c.example/angled>", b"<p>Held.</p>"),
    ]
    taken = take_file("mixed.warc", b"".join(kinds))
    assert [(document.name.rpartition("/")[2], document.form) for document in taken.documents] == [
        ("page", "html"),
        ("text", "text"),
        ("bare", "html"),
        ("paper", "pdf"),
        ("9", "text"),
        ("wet", "text"),
        ("angled", "html"),
    ]
    assert taken.documents[4].collection.location.count("&entry=1") == 1
    assert taken.problems == []


def test_encoded_payloads_are_decoded(take_file: Callable[..., Any], warc_record: Callable[..., bytes]) -> None:
    packed = warc_record("http://c.example/1", gzip.compress(PAGES[0]), headers="Content-Encoding: gzip")
    cut = warc_record("http://c.example/2", gzip.compress(PAGES[1])[:-300], headers="Content-Encoding: gzip")
    taken = take_file("packed.warc.gz", gzip.compress(packed) + gzip.compress(cut))
    assert taken.documents[0].data == PAGES[0]
    assert PAGES[1].startswith(taken.documents[1].data)
    assert taken.messages == ["The payload breaks off in the middle inside its gzip encoding."]


def test_a_damaged_member_costs_itself_only(take_file: Callable[..., Any], wires: list[bytes]) -> None:
    members = [gzip.compress(wire) for wire in wires]
    broken = bytearray(members[2])
    broken[400:440] = bytes(byte ^ 0xFF for byte in broken[400:440])
    members[2] = bytes(broken)
    taken = take_file("damaged.warc.gz", b"".join(members))
    assert taken.names == addresses([0, 1, 3, 4, 5])
    (problem,) = taken.problems
    assert problem.where.endswith(f"#offset={len(members[0]) + len(members[1])}")
    assert "is damaged" in problem.message


def test_one_flipped_bit_makes_no_report_of_what_nobody_wrote(
    take_file: Callable[..., Any], wires: list[bytes]
) -> None:
    member = gzip.compress(wires[0])
    for at in range(13, len(member) - 8, 53):
        flipped = bytearray(member)
        flipped[at] ^= 0x10
        taken = take_file("flipped.warc.gz", bytes(flipped) + gzip.compress(wires[1]))
        assert [document.data for document in taken.documents if document.data != PAGES[1]] == []
        assert taken.documents
        assert taken.problems


@pytest.mark.parametrize("kept", [0.1, 0.45, 0.55, 0.75, 0.99])
@pytest.mark.parametrize("name", PACKINGS)
def test_a_cut_archive_says_so_and_keeps_what_there_is(
    take_file: Callable[..., Any], wires: list[bytes], name: str, kept: float
) -> None:
    whole = PACKINGS[name](wires)
    taken = take_file(name, whole[: int(len(whole) * kept)])
    assert taken.names == addresses(list(range(len(taken.documents))))
    assert [doc.data for doc in taken.documents[:-1]] == PAGES[: max(0, len(taken.documents) - 1)]
    if taken.documents:
        assert PAGES[len(taken.documents) - 1].startswith(taken.documents[-1].data)
    assert any("missing" in message or "breaks off" in message for message in taken.messages)


@pytest.mark.parametrize("between", [b"garbage, not a record\n" * 20, b"\0" * 600, random.Random(1).randbytes(5000)])
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_garbage_between_records_is_stepped_over(
    take_file: Callable[..., Any], wires: list[bytes], pack: Callable[[bytes], bytes], between: bytes
) -> None:
    taken = take_file("joined.warc", pack(wires[0]) + between + pack(wires[1]) + pack(wires[2]))
    assert taken.names == addresses([0, 1, 2])
    assert len(taken.problems) == 1


def test_a_length_too_great_swallows_no_other_record(
    take_file: Callable[..., Any], wires: list[bytes], warc_record: Callable[..., bytes]
) -> None:
    liar = warc_record("http://courier.example/liar", PAGES[0], announced=10**9)
    taken = take_file("liar.warc", wires[1] + liar + wires[2] + wires[3])
    assert taken.names == [*addresses([1]), "http://courier.example/liar", *addresses([2, 3])]
    assert taken.documents[1].data == PAGES[0]
    assert "cut short" in taken.messages[0]


@pytest.mark.parametrize("announced", [-5, 10])
def test_a_length_too_small_or_below_nothing_is_damage(
    take_file: Callable[..., Any], wires: list[bytes], warc_record: Callable[..., bytes], announced: int
) -> None:
    liar = warc_record("http://courier.example/liar", PAGES[0], announced=announced)
    taken = take_file("liar.warc", liar + wires[1])
    assert taken.names == addresses([1])
    assert len(taken.problems) == 1


def test_an_archive_without_pages_says_so(take_file: Callable[..., Any], warc_record: Callable[..., bytes]) -> None:
    taken = take_file(
        "notes.warc", warc_record("", b"software: x", headers="Content-Type: text/plain", kind="warcinfo")
    )
    assert taken.messages == ["The web archive holds no page, text, PDF or feed that could be read."]


def test_a_record_too_large_is_cut_and_reported(take_file: Callable[..., Any], wires: list[bytes]) -> None:
    options = IntakeOptions(limits=replace(Limits(), pdf=300))
    taken = take_file("large.warc", b"".join(wires[:2]), options)
    assert taken.messages == ["The record is larger than is read."] * 2
    assert taken.names == addresses([0, 1])


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=400), packed=st.booleans())
def test_any_bytes_are_walked_to_their_end(data: bytes, packed: bool) -> None:
    block = b"WARC/1.0\r\nContent-Length: 3\r\nWARC-Type: response\r\n\r\nabc\r\n\r\n"
    whole = (gzip.compress(block) if packed else block) + data
    found = list(records(io.BufferedReader(io.BytesIO(whole)), Limits()))
    assert isinstance(found[0], Record)
    assert found[0].block == b"abc"
    assert all(isinstance(item, Record | Damage) for item in found)
