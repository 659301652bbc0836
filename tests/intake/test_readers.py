from __future__ import annotations

import gzip
import io
import json
from dataclasses import replace

import pytest

from bywhom.intake import IntakeOptions, Limits
from bywhom.intake.origin import Origin
from bywhom.intake.readers import read_stream
from bywhom.intake.streams import Forward, buffered
from bywhom.records import RawDocument

WARC = b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: 8\r\n\r\nIt fell.\r\n\r\n"


@pytest.mark.parametrize(
    ("file", "data", "method"),
    [
        ("a.txt", b"It fell.", "file"),
        ("a.html", b"<p>It fell.</p>", "file"),
        ("a.txt.gz", gzip.compress(b"It fell."), "gzip"),
        ("a.jsonl", b'{"text": "It fell."}', "jsonl"),
        ("a.json", json.dumps([{"text": "It fell."}]).encode(), "json"),
        ("a.xml", b"<rss><channel><item><title>It fell.</title></item></channel></rss>", "feed"),
        ("a.warc", WARC, "warc"),
        ("a.warc.gz", gzip.compress(WARC), "warc"),
        ("a.gz", gzip.compress(WARC), "warc"),
    ],
)
@pytest.mark.parametrize("seekable", [True, False])
def test_each_kind_finds_its_reader(origin: Origin, file: str, data: bytes, method: str, seekable: bool) -> None:
    raw = io.BytesIO(data)
    stream = buffered(raw if seekable else Forward(raw))
    (item,) = read_stream(stream, replace(origin, file=file), IntakeOptions())
    assert isinstance(item, RawDocument)
    assert item.collection.method == method
    assert b"It fell." in item.data


def test_a_feed_too_large_to_be_held_is_one_problem(origin: Origin) -> None:
    options = IntakeOptions(limits=replace(Limits(), feed=20))
    (problem,) = read_stream(io.BufferedReader(io.BytesIO(b"<rss>" + b"<item/>" * 9)), origin, options)
    assert not isinstance(problem, RawDocument)
    assert problem.message.startswith("The feed is larger than")
