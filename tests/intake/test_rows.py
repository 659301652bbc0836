from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bywhom.intake import Fields
from bywhom.intake.origin import Origin
from bywhom.intake.rows import row_items
from bywhom.records import Problem, RawDocument


def read(origin: Origin, row: Any) -> RawDocument | Problem:
    (item,) = row_items(row, b"{}", replace(origin, file="dump.json"), 3, Fields())
    return item


@pytest.mark.parametrize(
    ("row", "content"),
    [
        ({"text": "It fell."}, "It fell."),
        ({"body": "It fell.", "html": "<p>It fell.</p>"}, "It fell."),
        ({"text": "", "maintext": "It fell."}, "It fell."),
        ({"text": ["It fell.", "", "He said so."]}, "It fell.\n\nHe said so."),
        ({"content": {"rendered": "It fell."}}, "It fell."),
        ({"text": 5, "body": "It fell."}, "It fell."),
    ],
)
def test_the_text_is_found_under_many_keys(origin: Origin, row: dict[str, Any], content: str) -> None:
    item = read(origin, row)
    assert isinstance(item, RawDocument)
    assert item.content == content


@pytest.mark.parametrize(
    ("row", "field", "value"),
    [
        ({"source": {"id": None, "name": "Courier"}}, "publisher", "Courier"),
        ({"authors": ["A. Smith", {"name": "B. Jones"}, None]}, "author", "A. Smith, B. Jones"),
        ({"title": "Two\n lines"}, "title", "Two lines"),
        ({"title": "Red\x1b[31m\0ink"}, "title", "Red [31m ink"),
        ({"title": ["Parts"], "headline": "Other"}, "title", "Parts"),
        ({"date": "25 October 1854"}, "published", "25 October 1854"),
        ({"date": -3636194400}, "published", "1854-10-10T10:00:00+00:00"),
        ({"timestamp": 1542000000000}, "published", "2018-11-12T05:20:00+00:00"),
        ({"date": 1e300}, "published", None),
        ({"date": float("nan")}, "published", None),
        ({"date": True}, "published", None),
        ({"url": "javascript:steal()"}, "url", None),
        ({"url": "HTTPS://courier.example/7"}, "url", "HTTPS://courier.example/7"),
    ],
)
def test_what_a_row_declares(origin: Origin, row: dict[str, Any], field: str, value: str | None) -> None:
    item = read(origin, {"text": "It fell.", **row})
    assert isinstance(item, RawDocument)
    assert getattr(item.declared, field) == value


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"id": 7, "url": "http://courier.example/7"}, "http://courier.example/7"),
        ({"id": 7}, "dump#7"),
        ({}, "dump#3"),
    ],
)
def test_a_row_is_named_by_address_id_or_number(origin: Origin, row: dict[str, Any], name: str) -> None:
    item = read(origin, {"text": "It fell.", **row})
    assert isinstance(item, RawDocument)
    assert item.name == name


def test_the_container_speaks_for_itself_only(origin: Origin) -> None:
    item = read(
        origin.declaring(media_type="application/json", charset="utf-8", url="http://api.example/"), {"text": "a"}
    )
    assert isinstance(item, RawDocument)
    assert (item.declared.media_type, item.declared.charset, item.declared.url) == (None, None, None)
