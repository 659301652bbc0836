"""The body of an HTTP response: out of its transfer and content encodings."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass

import brotli

from bywhom.intake.streams import Gunzip

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_STEP = 1 << 20
_HEADERS_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Response:
    """A response as it came over the wire."""

    status: int
    headers: dict[str, str]  # names in lower case; the first of several counts
    body: bytes

    @property
    def media_type(self) -> str:
        """Such as text/html; empty where none is given."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The declared encoding of the characters."""
        found = _CHARSET.search(self.headers.get("content-type", ""))
        return found.group(1).lower() if found else None


@dataclass(frozen=True, slots=True)
class Body:
    """What the sender meant to send, and what is wrong with it."""

    data: bytes
    fault: str = ""


def parse_response(block: bytes) -> Response | None:
    """The response that a block of bytes holds, None where it holds none."""
    status = _STATUS.match(block)
    end = _HEADERS_END.search(block)
    if not status or not end:
        return None
    return Response(int(status.group(1)), headers_of(block[: end.start()]), block[end.end() :])


def headers_of(lines: bytes) -> dict[str, str]:
    """Header lines as names (in lower case) and values; folded lines are joined."""
    headers: dict[str, str] = {}
    unfolded = re.sub(rb"\r?\n[ \t]+", b" ", lines)
    for line in unfolded.splitlines()[1:]:
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return headers


def body_of(response: Response, limit: int) -> Body:
    """The body as its reader sees it; what cannot be decoded is given as far as it goes."""
    data, fault = response.body, ""
    if "chunked" in response.headers.get("transfer-encoding", "").lower():
        data, fault = _joined_chunks(data)
    for coding in reversed(response.headers.get("content-encoding", "").lower().split(",")):
        decoded = _decoded(data, coding.strip(), limit)
        data, fault = decoded.data, fault or decoded.fault
    return Body(data, fault)


def _decoded(data: bytes, coding: str, limit: int) -> Body:
    if coding in {"", "identity"} or not data:
        return Body(data)
    if coding in {"gzip", "x-gzip"}:
        return _gunzipped(data, limit) if data.startswith(b"\x1f\x8b") else Body(data)  # some archives keep it unpacked
    if coding == "deflate":
        return _inflated(data, limit)
    if coding == "br":
        return _unbrotlied(data, limit)
    return Body(b"", f"is encoded as {coding!r}, which is not read")


def _gunzipped(data: bytes, limit: int) -> Body:
    stream = Gunzip(io.BytesIO(data), limit)
    unpacked = stream.read(limit + 1) or b""
    return Body(unpacked, stream.fault and f"{stream.fault} inside its gzip encoding")


def _inflated(data: bytes, limit: int) -> Body:
    """Deflate comes with the zlib wrapper, as the standard says, or without, as some servers do."""
    for wrapper in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        member = zlib.decompressobj(wrapper)
        try:
            unpacked = member.decompress(data, limit)
        except zlib.error:
            continue
        return Body(unpacked, "" if member.eof else "breaks off, or is too large, inside its deflate encoding")
    return Body(b"", "is damaged inside its deflate encoding")


def _unbrotlied(data: bytes, limit: int) -> Body:
    member, unpacked = brotli.Decompressor(), bytearray()
    try:
        unpacked += member.process(data, output_buffer_limit=_STEP)
        while not member.is_finished() and len(unpacked) <= limit:
            piece = member.process(b"", output_buffer_limit=_STEP)
            if not piece:
                break
            unpacked += piece
    except brotli.error:
        return Body(bytes(unpacked), "is damaged inside its br encoding")
    return Body(bytes(unpacked), "" if member.is_finished() else "breaks off, or is too large, inside its br encoding")


def _joined_chunks(data: bytes) -> tuple[bytes, str]:
    """The body without the marks between its chunks. Some archives say chunked and keep it joined: so be it."""
    pieces: list[bytes] = []
    at = 0
    while True:
        line = data.find(b"\n", at, at + 1024)
        try:
            size = int(data[at:line].partition(b";")[0], 16) if line >= 0 else -1
        except ValueError:
            size = -1
        if size < 0:
            return (data, "") if not pieces else (b"".join(pieces), "breaks off between two chunks")
        if size == 0:
            return b"".join(pieces), ""
        piece = data[line + 1 : line + 1 + size]
        pieces.append(piece)
        if len(piece) < size:
            return b"".join(pieces), "breaks off inside a chunk"
        at = line + 1 + size
        at += 2 if data[at : at + 2] == b"\r\n" else 1
