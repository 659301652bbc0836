from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.intake.http import Body, Response, body_of, parse_response

PAGE = b"<p>The redoubt fell at noon.</p>" * 20


def chunked(data: bytes, size: int) -> bytes:
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x;note=1\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def test_a_response_is_taken_apart() -> None:
    block = (
        b'HTTP/1.1 200 OK\r\nContent-Type: Text/HTML;\r\n charset="KOI8-R"\r\nX-A: 1\r\nx-a: 2\r\nnonsense\r\n\r\nbody'
    )
    response = parse_response(block)
    assert response is not None
    assert (response.status, response.media_type, response.charset) == (200, "text/html", "koi8-r")
    assert response.headers["x-a"] == "1"
    assert response.body == b"body"


@pytest.mark.parametrize("block", [b"", b"HTTP/1.1 200 OK", b"<html>\r\n\r\n", b"HTTP/x 200\r\n\r\n"])
def test_what_is_no_response_is_none(block: bytes) -> None:
    assert parse_response(block) is None


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, PAGE),
        ({"content-encoding": "identity"}, PAGE),
        ({"content-encoding": "gzip"}, gzip.compress(PAGE)),
        ({"content-encoding": "gzip"}, PAGE),  # kept unpacked by the archive
        ({"content-encoding": "deflate"}, zlib.compress(PAGE)),
        ({"content-encoding": "deflate"}, bare_deflate(PAGE)),
        ({"content-encoding": "br"}, brotli.compress(PAGE)),
        ({"content-encoding": "deflate, gzip"}, gzip.compress(zlib.compress(PAGE))),
        ({"transfer-encoding": "chunked"}, chunked(PAGE, 100)),
        ({"transfer-encoding": "chunked"}, PAGE),  # kept joined by the archive
        ({"transfer-encoding": "chunked", "content-encoding": "gzip"}, chunked(gzip.compress(PAGE), 7)),
    ],
)
def test_encodings_are_undone(headers: dict[str, str], body: bytes) -> None:
    assert body_of(Response(200, headers, body), 10_000) == Body(PAGE)


@pytest.mark.parametrize(
    ("headers", "body", "fault"),
    [
        ({"content-encoding": "gzip"}, gzip.compress(PAGE)[:-12], "breaks off in the middle inside its gzip encoding"),
        ({"content-encoding": "deflate"}, zlib.compress(PAGE)[:-9], "breaks off, or is too large, inside its deflate"),
        ({"content-encoding": "br"}, brotli.compress(PAGE)[:-3], "breaks off, or is too large, inside its br encoding"),
        ({"content-encoding": "br"}, b"\xff" * 40, "is damaged inside its br encoding"),
        ({"content-encoding": "deflate"}, b"\xff" * 40, "is damaged inside its deflate encoding"),
        ({"content-encoding": "zstd"}, b"\x28\xb5\x2f\xfd", "is encoded as 'zstd', which is not read"),
        ({"transfer-encoding": "chunked"}, chunked(PAGE, 100)[:250], "breaks off inside a chunk"),
        ({"transfer-encoding": "chunked"}, chunked(PAGE, 100)[:-5], "breaks off between two chunks"),
    ],
)
def test_what_cannot_be_undone_is_given_as_far_as_it_goes(headers: dict[str, str], body: bytes, fault: str) -> None:
    found = body_of(Response(200, headers, body), 10_000)
    assert fault in found.fault
    assert PAGE.startswith(found.data)


@pytest.mark.parametrize(
    ("coding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("br", brotli.compress)]
)
def test_bombs_stop_at_the_limit(coding: str, pack: object) -> None:
    bomb = pack(b"\0" * 12_000_000)  # type: ignore[operator]
    found = body_of(Response(200, {"content-encoding": coding}, bomb), 1_000_000)
    assert found.fault
    assert len(found.data) < 4_000_000


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "chunked"]))
def test_any_body_is_survived(body: bytes, coding: str) -> None:
    body_of(Response(200, {"content-encoding": coding, "transfer-encoding": coding}, body), 1000)
