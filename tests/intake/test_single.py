from __future__ import annotations

import gzip
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bywhom.intake import IntakeOptions, Limits
from bywhom.intake.single import is_blank

TEXT = "The redoubt fell at noon, the governor said.\r\n"


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("wire.txt", TEXT.encode("utf-8-sig"), "text"),
        ("wire.md", TEXT.encode(), "text"),
        ("wire", TEXT.encode("utf-16"), "text"),
        ("wire.txt", b"The redoubt\0 fell.", "text"),
        ("wire.html", b"<p>The redoubt fell.", "html"),
        ("wire.htm", b"<div>" * 10_000, "html"),
        ("wire.pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj", "pdf"),
    ],
)
def test_a_file_is_a_report_byte_for_byte(take_file: Callable[..., Any], name: str, data: bytes, form: str) -> None:
    (document,) = take_file(name, data).items
    assert (document.name, document.data, document.form) == ("wire", data, form)
    assert document.content is None
    assert document.collection.method == "file"
    assert document.collection.container is None


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file is empty."),
        (b" \r\n\t\n", "The file holds nothing but white space."),
        (b"\xef\xbb\xbf\n", "The file holds nothing but white space."),
        ("\n ".encode("utf-16"), "The file holds nothing but white space."),
        (random.Random(1).randbytes(3000), "It is binary data of no known kind, which is not read."),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 99, "It is a PNG picture, which is not read."),
        (b"x" * 101, "The file is larger than"),
    ],
)
def test_a_file_without_words_is_a_problem(take_file: Callable[..., Any], data: bytes, message: str) -> None:
    options = IntakeOptions(limits=replace(Limits(), text=100))
    (problem,) = take_file("wire.txt", data, options).items
    assert problem.message.startswith(message)
    assert problem.stage == "intake"
    assert problem.where.endswith("wire.txt")


def test_fifty_megabytes_of_one_line_are_one_problem(take_file: Callable[..., Any]) -> None:
    (problem,) = take_file("line.txt", b"x" * (50 << 20)).items
    assert problem.message == "The file is larger than 16 MiB, too large for one report."


def test_a_packed_file_is_a_report_of_what_it_holds(take_file: Callable[..., Any]) -> None:
    taken = take_file("wire.html.gz", gzip.compress(b"<p>The redoubt fell.</p>"))
    (document,), (container,) = taken.documents, taken.containers
    assert (document.name, document.form, document.data) == ("wire", "html", b"<p>The redoubt fell.</p>")
    assert document.collection.method == "gzip"
    assert document.collection.container == container.sha256


def test_a_packed_file_cut_short_gives_what_there_is(take_file: Callable[..., Any]) -> None:
    text = random.Random(1).randbytes(2000).hex().encode()
    taken = take_file("wire.txt.gz", gzip.compress(text)[:-500])
    assert text.startswith(taken.documents[0].data)
    assert taken.messages == ["The gzip file breaks off in the middle; 1 report came before that."]


def test_a_packed_file_that_is_damaged_is_not_read(take_file: Callable[..., Any]) -> None:
    packed = bytearray(gzip.compress(TEXT.encode() * 50))
    packed[-6] ^= 1
    taken = take_file("wire.txt.gz", bytes(packed))
    assert taken.documents == []
    assert taken.messages == ["The gzip file is damaged (incorrect data check); nothing was read of it."]


def test_a_gzip_bomb_stops_at_the_limit(take_file: Callable[..., Any]) -> None:
    options = IntakeOptions(limits=replace(Limits(), unpacked=1 << 20))
    bomb = gzip.compress(b"The redoubt fell. " * 1_000_000)
    assert "unpacks to more than is allowed" in take_file("bomb.txt.gz", bomb, options).messages[-1]


def test_gzip_in_gzip_in_gzip_ends_somewhere(take_file: Callable[..., Any]) -> None:
    data = TEXT.encode()
    for _ in range(10):
        data = gzip.compress(data)
    assert take_file("deep.gz", data).messages == ["It lies in too many containers, one inside the other."]


def test_blank_is_judged_by_all_of_the_bytes() -> None:
    assert is_blank(b" " * 10_000)
    assert not is_blank(b" " * 10_000 + b"x")
