from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bywhom.intake import IntakeOptions, Limits
from bywhom.intake.origin import Origin
from bywhom.intake.readers import read_stream


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as bundle:
        for name, data in members.items():
            bundle.writestr(name, data)
    return file.getvalue()


def test_the_files_of_a_zip_file(take_file: Callable[..., Any], warc_record: Callable[..., bytes]) -> None:
    data = zipped(
        {
            "wires/alma.txt": b"The river was crossed.",
            "wires/": b"",
            "__MACOSX/._alma.txt": b"x",
            ".hidden.txt": b"x",
            "rows.jsonl": b'{"text": "Row one."}\n{"text": "Row two."}\n',
            "pages.warc.gz": gzip.compress(warc_record("http://c.example/1", b"<p>Held.</p>")),
            "empty.txt": b"",
        }
    )
    taken = take_file("bundle.zip", data)
    assert taken.names == ["alma", "rows#1", "rows#2", "http://c.example/1"]
    locations = [document.collection.location.partition(".zip")[2] for document in taken.documents]
    assert locations == [
        "#member=wires/alma.txt",
        "#member=rows.jsonl&line=1",
        "#member=rows.jsonl&line=2",
        "#member=pages.warc.gz&offset=0",
    ]
    assert {document.collection.container for document in taken.documents} == {taken.containers[0].sha256}
    assert len(taken.containers) == 1
    assert taken.messages == ["The file is empty."]


def test_a_damaged_member_costs_itself_only(take_file: Callable[..., Any]) -> None:
    noise = random.Random(1).randbytes(4000).hex().encode()
    data = bytearray(zipped({"a.txt": noise, "b.txt": b"The redoubt fell."}))
    data[1000:1040] = bytes(byte ^ 0xFF for byte in data[1000:1040])
    taken = take_file("damaged.zip", bytes(data))
    assert taken.names == ["b"]
    assert taken.problems[0].where.endswith("#member=a.txt")
    assert "is damaged inside its zip file" in taken.messages[0]


def test_a_file_without_name_is_read(take_file: Callable[..., Any]) -> None:
    data = zipped({"a.txt": b"The redoubt fell."}).replace(b"a.txt", b"\0.txt")
    assert take_file("nameless.zip", data).names == ["unnamed"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damage_of_every_packing_is_noticed(take_file: Callable[..., Any], method: int) -> None:
    data = bytearray(zipped({"a.txt": b"The redoubt fell at noon. " * 40}, method))
    data[45] ^= 0xFF
    taken = take_file("damaged.zip", bytes(data))
    assert taken.documents == []
    assert "is damaged inside its zip file" in taken.messages[0]


def test_a_cut_zip_file_is_one_problem(take_file: Callable[..., Any]) -> None:
    data = zipped({"a.txt": b"The redoubt fell."})
    (message,) = take_file("cut.zip", data[:-30]).messages
    assert message.startswith("The zip file cannot be read (File is not a zip file)")


def test_a_locked_member_is_one_problem(take_file: Callable[..., Any]) -> None:
    data = bytearray(zipped({"a.txt": b"The redoubt fell."}))
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    assert take_file("locked.zip", bytes(data)).messages == ["The file is locked with a password."]


@pytest.mark.parametrize(
    ("member", "what"), [("[Content_Types].xml", "an Office document"), ("mimetype", "an OpenDocument or EPUB file")]
)
def test_office_documents_are_not_taken_for_bundles(take_file: Callable[..., Any], member: str, what: str) -> None:
    taken = take_file("report.docx", zipped({member: b"x", "word/document.xml": b"<p>"}))
    assert taken.messages == [f"It is {what}, which is not read."]
    assert "PDF" in taken.problems[0].remedy


def test_a_zip_bomb_is_not_unpacked(take_file: Callable[..., Any]) -> None:
    options = IntakeOptions(limits=replace(Limits(), unpacked=1 << 20))
    (message,) = take_file("bomb.zip", zipped({"a.txt": b"\0" * 2_000_000}), options).messages
    assert "more than is allowed" in message


def test_zip_in_zip_in_zip_ends_somewhere(take_file: Callable[..., Any]) -> None:
    data = json.dumps({"text": "Deep."}).encode()
    for _ in range(8):
        data = zipped({"inner.zip": data})
    assert take_file("deep.zip", data).messages == ["It lies in too many containers, one inside the other."]


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 300), st.binary(min_size=1, max_size=20))
def test_damage_anywhere_is_survived(at: int, noise: bytes) -> None:
    data = bytearray(zipped({"a.txt": b"The redoubt fell.", "b.jsonl": b'{"text": "a"}'}))
    data[at : at + len(noise)] = noise
    origin = Origin("z.zip", "z.zip", "file", "1854-10-25T10:00:00+00:00", "bywhom test")
    list(read_stream(io.BufferedReader(io.BytesIO(bytes(data))), origin, IntakeOptions()))
