from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bywhom.intake import Fields, IntakeOptions, Limits
from bywhom.intake.jsonl import read_jsonl
from bywhom.intake.origin import Origin
from bywhom.records import Problem, RawDocument

ROW = {
    "id": 7,
    "headline": "Garrison refuses terms",
    "text": "The governor said the garrison would not yield.",
    "published": "25 October 1854",
    "outlet": "The Courier",
    "authors": ["A. Smith", "B. Jones"],
    "url": "https://courier.example/7",
    "lang": "en",
}


def lines(*rows: object) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def read(data: bytes, options: IntakeOptions | None = None) -> list[RawDocument | Problem]:
    origin = Origin("w.jsonl", "w.jsonl", "file", "1854-10-25T10:00:00+00:00", "bywhom test")
    return list(read_jsonl(io.BufferedReader(io.BytesIO(data)), origin, options or IntakeOptions()))


def test_a_row_is_a_report_with_all_that_it_declares(take_file: Callable[..., Any]) -> None:
    data = lines(ROW)
    taken = take_file("wires.jsonl", data)
    (document,), (container,) = taken.documents, taken.containers
    assert document.name == "https://courier.example/7"
    assert document.data == data.encode().rstrip(b"\n")
    assert document.content == "Garrison refuses terms\n\nThe governor said the garrison would not yield."
    assert document.form == "text"
    assert document.declared.title == "Garrison refuses terms"
    assert document.declared.publisher == "The Courier"
    assert document.declared.author == "A. Smith, B. Jones"
    assert document.declared.published == "25 October 1854"
    assert document.declared.language == "en"
    assert document.collection.location.endswith("wires.jsonl#line=1")
    assert document.collection.method == "jsonl"
    assert document.collection.container == container.sha256
    assert taken.items[0] is container


def test_rows_without_address_are_named_by_their_id_or_number(take_file: Callable[..., Any]) -> None:
    taken = take_file("wires.jsonl.gz", gzip.compress(lines({"id": "x9", "text": "a"}, {"text": "b"}).encode()))
    assert taken.names == ["wires#x9", "wires#2"]


def test_a_bad_row_is_named_and_the_rest_goes_on(take_file: Callable[..., Any]) -> None:
    deep = '{"text": ' + "[" * 100_000
    rows = ["not json", deep, '{"words": "here"}', '{"text": "  "}', '"a"', "null", "[1]", '{"text": 5}', ""]
    taken = take_file("wires.jsonl", "\n".join(rows) + "\n" + lines({"text": "The last is read."}))
    assert taken.texts == ["The last is read."]
    assert [problem.where.rpartition("#")[2] for problem in taken.problems] == [f"line={n}" for n in range(1, 9)]
    assert taken.messages == [
        "Line 1 is not JSON (expecting value at character 1).",
        "Line 2 is nested too deeply.",
        "The row has no text: its keys are words.",
        "The row's text is empty (looked in text, body, content, maintext, fulltext, article, html).",
        "The row is a JSON string, not an object.",
        "The row is a JSON null, not an object.",
        "The row is a JSON array, not an object.",
        "The row's text is empty (looked in text, body, content, maintext, fulltext, article, html).",
    ]


def test_a_row_without_text_names_the_option_that_says_where_it_is(take_file: Callable[..., Any]) -> None:
    (problem,) = take_file("wires.jsonl", '{"words": "here"}\n').problems
    assert problem.remedy.startswith("Say which key holds the text: --field text=KEY (looked for text, body,")


def test_the_user_says_which_key_holds_the_text(take_file: Callable[..., Any]) -> None:
    options = IntakeOptions(fields=Fields().using({"text": "report.words", "date": "day"}))
    row = {"text": "an index card", "report": {"words": "The redoubt fell."}, "day": "1854-10-25"}
    (document,) = take_file("wires.jsonl", lines(row), options).documents
    assert document.content == "The redoubt fell."
    assert document.declared.published == "1854-10-25"


def test_markup_in_a_row_is_seen(take_file: Callable[..., Any]) -> None:
    taken = take_file("w.jsonl", lines({"title": "A & B", "html": "Fell.<br>Again."}, {"text": "<p>Fell.</p>"}))
    assert [document.form for document in taken.documents] == ["html", "html"]
    assert taken.texts[0] == "<h1>A &amp; B</h1>\nFell.<br>Again."


def test_hostile_characters_are_replaced_where_nothing_can_hold_them(take_file: Callable[..., Any]) -> None:
    data = b'{"text": "a\\ud800b\\u0000c", "title": "\\udfff"}\n{"text": "caf\xe9"}\n{"text": "x", "text": "y", "n": NaN}\n'
    taken = take_file("w.jsonl", data)
    assert taken.texts == ["\ufffd\n\na\ufffdb\0c", "caf\ufffd", "y"]
    assert taken.messages == [
        "Line 2 is not UTF-8: 1 characters were replaced by U+FFFD.",
        "Line 3 names a key twice; the last one was read.",
    ]
    assert b"".join(document.data + b"\n" for document in taken.documents) == data


def test_line_breaks_of_every_system_give_the_same_document() -> None:
    row = b'{"text": "The redoubt fell."}'
    variants = [row, row + b"\n", row + b"\r\n", b"\xef\xbb\xbf" + row + b"\n\n"]
    found = [[item.data for item in read(data) if isinstance(item, RawDocument)] for data in variants]
    assert found == [[row]] * 4


def test_rows_in_two_bytes_a_character_are_one_problem(take_file: Callable[..., Any]) -> None:
    taken = take_file("w.jsonl", lines(ROW, ROW).encode("utf-16"))
    assert taken.messages == ["The file is utf-16-le, in which lines cannot be told."]


def test_a_mark_of_two_bytes_before_no_row_hides_no_sound_row(take_file: Callable[..., Any]) -> None:
    taken = take_file("w.jsonl", b"\xfe\xff\n" + b'{"text": "The redoubt fell."}\n')
    assert taken.texts == ["The redoubt fell."]


def test_a_line_too_long_is_passed_over_without_being_held() -> None:
    options = IntakeOptions(limits=replace(Limits(), text=1000))
    data = b'{"text": "' + b"x" * 5_000_000 + b'"}\n' + b'{"text": "short"}\n' + b'{"text": "' + b"y" * 2000
    items = read(data, options)
    assert [getattr(item, "content", None) for item in items] == [None, "short", None]
    assert "Line 1 is longer than" in items[0].message  # type: ignore[union-attr]


@pytest.mark.parametrize("excess", [-1, 0, 1, 2])
def test_the_limit_counts_the_line_and_not_its_break(excess: int) -> None:
    row = b'{"text": "The redoubt fell."}'
    options = IntakeOptions(limits=replace(Limits(), text=len(row) - excess))
    for line_break in (b"", b"\n", b"\r\n"):
        assert isinstance(read(row + line_break, options)[0], RawDocument) == (excess <= 0)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=80).filter(lambda line: b"\n" not in line), max_size=8))
def test_garbage_hides_no_sound_row(garbage: list[bytes]) -> None:
    sound = b'{"text": "The redoubt fell."}'
    items = read(b"".join(line + b"\n" + sound + b"\n" for line in garbage))
    assert [item.content for item in items if isinstance(item, RawDocument)].count("The redoubt fell.") >= len(garbage)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(["text", "title", "date", "url", "id", "author"]), st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)))  # fmt: skip
def test_any_row_is_a_report_or_a_problem(row: dict[str, object]) -> None:
    (item,) = read(json.dumps(row).encode())
    if isinstance(item, RawDocument):
        assert isinstance(item.content, str)
        item.content.encode()  # can be written down
