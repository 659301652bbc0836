from __future__ import annotations

import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.intake.sniff import Kind, foreign, kind_of, looks_like_html, unpacked_head

CYRILLIC = "Гарнизон Севастополя отверг предложение о сдаче, сообщает газета."
NOISE = random.Random(1854).randbytes(4096)


@pytest.mark.parametrize(
    ("head", "ending", "kind"),
    [
        (b"", ".txt", Kind.EMPTY),
        (b"The redoubt fell at noon.", ".txt", Kind.TEXT),
        (b"The redoubt fell at noon.", "", Kind.TEXT),
        (b"# Dispatch\n\nThe redoubt fell.", ".md", Kind.TEXT),
        (b"<div align=center>\n\n# Dispatch", ".md", Kind.TEXT),
        (b"[Picture: the harbour]\n\nThe redoubt fell.", ".txt", Kind.TEXT),
        (b"The redoubt\0 fell at noon.", ".txt", Kind.TEXT),  # a damaged disk
        (CYRILLIC.encode("koi8-r"), ".txt", Kind.TEXT),
        (CYRILLIC.encode("utf-16"), ".txt", Kind.TEXT),
        (CYRILLIC.encode("utf-16-le"), ".txt", Kind.TEXT),
        (CYRILLIC.encode("utf-16-be"), ".txt", Kind.TEXT),
        ("The redoubt fell at noon.".encode("utf-16-le"), ".txt", Kind.TEXT),
        (b"<!DOCTYPE html><title>Fallen</title>", ".txt", Kind.HTML),
        (b"\xef\xbb\xbf\n<html lang=en>", "", Kind.HTML),
        (b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC ''><html>", ".xml", Kind.HTML),
        (b"<p>The redoubt fell.</p>", ".html", Kind.HTML),
        (b"The redoubt fell.", ".html", Kind.HTML),
        (b"<!-- saved --><div>The redoubt fell.</div>", "", Kind.HTML),
        (b"<html><body><feed>", ".html", Kind.HTML),
        (b"<?xml version='1.0'?><rss version='2.0'>", ".xml", Kind.FEED),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "", Kind.FEED),
        (b"<?xml version='1.0'?><rdf:RDF xmlns=''>", ".rdf", Kind.FEED),
        ("<?xml version='1.0'?><rss>".encode("utf-16"), ".xml", Kind.FEED),
        (b"<?xml version='1.0'?><urlset>", ".xml", Kind.FOREIGN),
        (b'{"text": "a"}\n{"text": "b"}\n', ".json", Kind.JSONL),
        (b'{"text": "a"}\n{"text": "b"}\n', ".txt", Kind.JSONL),
        (b'{"text": "a"}\ncut off here\n{"text": "b"}\n', "", Kind.JSONL),  # one bad row, as it comes on standard input
        (b'{"text": "a"}', ".jsonl", Kind.JSONL),
        (b"no json at all", ".jsonl", Kind.JSONL),  # each line is a problem of its own then
        (b'{"text": "a"}', ".json", Kind.JSON),
        (b'{\n "name": "Chat",\n "messages": [', ".json", Kind.JSON),
        (b'[\n {"text": "a"}]', "", Kind.JSON),
        (b"{" * 60_000, ".json", Kind.JSON),
        (b'{"a":' * 60_000 + b"\n{", "", Kind.JSON),
        (b"WARC/1.0\r\nWARC-Type: warcinfo", ".warc", Kind.WARC),
        (b"damaged at its beginning", ".warc", Kind.WARC),
        (b"\n\n%PDF-1.4", ".pdf", Kind.PDF),
        (gzip.compress(b"x"), ".txt", Kind.GZIP),
        (b"PK\x03\x04", "", Kind.ZIP),
        (b"\x89PNG\r\n", ".txt", Kind.FOREIGN),
        (b"\0\0\0\x18ftypmp42", "", Kind.FOREIGN),
        (b"town,dead\nBalaklava,3\n", ".csv", Kind.FOREIGN),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related;", ".mht", Kind.FOREIGN),
        (b"\0" * 4096, ".txt", Kind.FOREIGN),  # what a crash leaves of a file
        (NOISE, ".txt", Kind.FOREIGN),
        (NOISE, "", Kind.FOREIGN),
    ],
)
def test_files_are_known_by_their_first_bytes(head: bytes, ending: str, kind: Kind) -> None:
    assert kind_of(head, ending) is kind


def test_what_is_not_read_comes_with_a_remedy() -> None:
    picture = foreign(b"\xff\xd8\xff\xe0", ".jpg")
    assert picture is not None
    assert picture.name == "a JPEG picture"
    assert "transcript" in picture.remedy


@given(st.binary(max_size=2000), st.sampled_from(["", ".txt", ".json", ".html", ".jsonl", ".xml"]))
def test_any_bytes_are_of_some_kind(head: bytes, ending: str) -> None:
    assert isinstance(kind_of(head, ending), Kind)


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1), st.sampled_from(["utf-8", "utf-16"]))
def test_text_is_never_taken_for_binary(text: str, encoding: str) -> None:
    assert kind_of(text.encode(encoding), ".txt") is not Kind.FOREIGN or text.startswith(("From: ", "{\\rtf"))


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("<p>The redoubt fell.", True),
        ("The redoubt fell.</p><p>Again.</p>", True),
        ("The redoubt fell. <unclear> Again.", False),
        ("5 < 6 and 7 > 3", False),
    ],
)
def test_markup_is_told_from_text(text: str, marked: bool) -> None:
    assert looks_like_html(text) is marked


def test_the_head_of_a_gzip_bomb_stays_small() -> None:
    assert len(unpacked_head(gzip.compress(b"\0" * 10_000_000))) == 16
    assert unpacked_head(b"\x1f\x8b nonsense") == b""
