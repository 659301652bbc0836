"""Web archives (WARC 0.x and 1.x, plain or gzip): pages, texts, PDFs and feeds out of their records.

Archives come broken: cut short by a full disk, with flipped bits after years on tape, joined with other files. So members
and records are read here one by one, each with its place in the file, and after a damage the next place where one begins
is looked for. (fastwarc ends a cut file without a word, and a damaged one with an exception that does not say where.)
"""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from bywhom.intake.feed import read_feed
from bywhom.intake.http import Body, Response, body_of, headers_of, parse_response
from bywhom.intake.jsontext import one_line
from bywhom.intake.options import IntakeOptions, Limits
from bywhom.intake.origin import Origin
from bywhom.intake.single import is_blank, read_single
from bywhom.intake.sniff import HEAD, Kind, kind_of, unpacked_head
from bywhom.intake.streams import Gunzip, buffered
from bywhom.records import Capture, Problem, RawDocument

_GZIP = b"\x1f\x8b\x08"
_GZIP_START = re.compile(rb"\x1f\x8b\x08")
_RECORD_START = re.compile(rb"WARC/[01]\.\d+\r?\n")
_SWALLOWED = re.compile(rb"\r?\n\r?\n(?=WARC/[01]\.\d+\r?\n)")
_LINE = 64 * 1024
_HEADER_LINES = 1000
_KEPT = frozenset({"response", "resource", "conversion"})
_INFO = 64 * 1024  # bytes of an archive's note on itself that are read
_TEXTS = frozenset({"", "text/plain", "text/markdown", "application/octet-stream"})


@dataclass(frozen=True, slots=True)
class Record:
    """One record of an archive."""

    offset: str  # where its gzip member begins in the file, with its number where a member holds several
    headers: dict[str, str]  # names in lower case
    block: bytes  # empty for records of no interest
    missing: int = 0  # bytes announced and not there
    cut: bool = False  # the block is larger than is read

    @property
    def type(self) -> str:
        return self.headers.get("warc-type", "").lower()

    @property
    def url(self) -> str:
        """The address that was archived; some writers put it in angle brackets."""
        return one_line(self.headers.get("warc-target-uri", "").strip("<> "))


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of an archive that could not be read."""

    offset: str
    reason: str


def read_warc(stream: io.BufferedReader, origin: Origin, options: IntakeOptions) -> Iterator[RawDocument | Problem]:
    """The reports of all records, in the order of the file. The document's bytes are the payload, decoded."""
    found = False
    collector: str | None = None
    for record in records(stream, options.limits):
        at = origin.part(f"offset={record.offset}", "warc")
        if isinstance(record, Damage):
            yield at.problem(f"The web archive {record.reason}; reading went on at the next record.")
            continue
        if record.type == "warcinfo":
            collector = _collector_in(record) or collector
        at = replace(at, capture=_capture_of(record, collector))
        for item in _record_items(record, at, options):
            found = True
            yield item
    if not found:
        yield origin.problem("The web archive holds no page, text, PDF or feed that could be read.")


def _collector_in(record: Record) -> str | None:
    """Who made the archive, and with what, as its first record says."""
    fields = headers_of(b"\n" + record.block)
    told = (one_line(fields.get(name, "")) for name in ("operator", "software"))
    return ", ".join(filter(None, told))[:300] or None


def _capture_of(record: Record, collector: str | None) -> Capture:
    """When and from where a record was captured, as it says itself."""
    said = {name: one_line(record.headers.get(name, ""))[:300] or None for name in ("warc-date", "warc-record-id")}
    return Capture(said["warc-date"], said["warc-record-id"], record.url or None, collector)


def records(stream: io.BufferedReader, limits: Limits) -> Iterator[Record | Damage]:
    """Every record of a seekable stream, and the damages between them."""
    stream.seek(0)
    packed = stream.peek(2)[:2] == _GZIP[:2]
    start: int | None = 0
    while start is not None:
        start = yield from _member(stream, start, limits) if packed else _stretch(stream, start, limits)


def _member(stream: io.BufferedReader, start: int, limits: Limits) -> Generator[Record | Damage, None, int | None]:
    """The records of one gzip member; returns where the next one begins."""
    stream.seek(start)
    unpacked = Gunzip(stream, limits.unpacked, single=True)
    held: list[Record | Damage] = []  # the last record and what follows it, until all bytes have proved sound
    for record in _records_of(buffered(unpacked), start, limits):
        if isinstance(record, Record):
            yield from held
            held.clear()
        held.append(record)
    if not unpacked.fault:
        yield from held
        return (yield from _after_member(stream, start + unpacked.taken))
    following = _next_member(stream, start + 1)
    # A flipped bit can make a member run on over those that follow it, up to the end of the file.
    if not unpacked.damaged and following is None:
        yield from held
    yield Damage(str(start), f"{unpacked.fault} in the gzip member at byte {start}")
    return following


def _records_of(tape: io.BufferedReader, start: int, limits: Limits) -> Iterator[Record | Damage]:
    """The records of an unpacked member, which is read to its end."""
    for number in itertools.count():
        line = _first_line(tape)
        if not line:
            return
        record = _read_record(tape, line, f"{start}.{number}" if number else str(start), limits.pdf)
        yield record
        if isinstance(record, Damage):
            break
    while tape.read(HEAD):
        pass


def _after_member(stream: io.BufferedReader, end: int) -> Generator[Damage, None, int | None]:
    stream.seek(end)
    head = stream.read(len(_GZIP))
    if not head:
        return None
    if head == _GZIP:
        return end
    following = _next_member(stream, end)
    if following is not None or not is_blank(head):
        yield Damage(str(end), f"has something else than a gzip member at byte {end}")
    return following


def _stretch(stream: io.BufferedReader, start: int, limits: Limits) -> Generator[Record | Damage, None, int | None]:
    """The records of a plain archive up to a damage; returns where the next one begins."""
    stream.seek(start)
    while line := _first_line(stream):
        at = stream.tell() - len(line)
        record = _read_record(stream, line, str(at), limits.pdf)
        yield record
        if isinstance(record, Damage) or record.missing:
            return _next_start(stream, at + 1, _RECORD_START)
    return None


def _first_line(tape: BinaryIO) -> bytes:
    """The next line that is not blank, empty at the end."""
    while (line := tape.readline(_LINE)) in {b"\r\n", b"\n"}:
        pass
    return line


def _read_record(tape: BinaryIO, line: bytes, offset: str, limit: int) -> Record | Damage:
    """The record that begins with this line."""
    if not line.startswith(b"WARC/"):
        return Damage(offset, "has no record where one should begin")
    headers = headers_of(line + _header_lines(tape))
    length = headers.get("content-length", "")
    if not re.fullmatch(r"\d{1,15}", length):
        return Damage(offset, f"has a record whose length is {length[:40]!r}")
    kind = headers.get("warc-type", "").lower()
    wanted = kind in _KEPT
    limit = limit if wanted else _INFO
    block = tape.read(min(int(length), limit)) if wanted or kind == "warcinfo" else b""
    missing = _skip(tape, int(length) - len(block))
    if missing:
        block = _SWALLOWED.split(block, maxsplit=1)[0]  # a length too great takes in the records that follow
    return Record(offset, headers, block, missing, cut=wanted and int(length) > limit)


def _header_lines(tape: BinaryIO) -> bytes:
    lines = []
    for _ in range(_HEADER_LINES):
        line = tape.readline(_LINE)
        lines.append(line)
        if line in {b"\r\n", b"\n", b""}:
            break
    return b"".join(lines)


def _skip(tape: BinaryIO, size: int) -> int:
    """How many of `size` bytes were not there to be skipped."""
    while size > 0:
        piece = tape.read(min(size, 1 << 20))
        if not piece:
            break
        size -= len(piece)
    return size


def _next_member(stream: BinaryIO, after: int) -> int | None:
    """The first place from `after` on where a gzip member begins that holds a record."""
    start = _next_start(stream, after, _GZIP_START)
    while start is not None:
        stream.seek(start)
        if unpacked_head(stream.read(HEAD)).startswith(b"WARC/"):
            return start
        start = _next_start(stream, start + 1, _GZIP_START)
    return None


def _next_start(stream: BinaryIO, after: int, start: re.Pattern[bytes]) -> int | None:
    """The first place from `after` on where a member or record seems to begin."""
    overlap = 64
    at = max(0, after - 1)
    while True:
        stream.seek(at)
        window = stream.read(1 << 20)
        found = start.search(window, after - at if at < after else 0)
        if found:
            return at + found.start()
        if len(window) <= overlap:
            return None
        at += len(window) - overlap


def _record_items(record: Record, at: Origin, options: IntakeOptions) -> Iterator[RawDocument | Problem]:
    """The report in a record, or nothing for pictures, styles, redirects and the archive's own notes."""
    response = _response_of(record)
    if response is None or response.status != 200 or record.url.endswith(("/robots.txt", "/sitemap.xml")):
        return
    body = body_of(response, options.limits.pdf)
    kind = _kind_of(body, response)
    if kind is None and not body.fault:
        return
    at = at.declaring(url=record.url or None, media_type=response.media_type or None, charset=response.charset)
    if record.missing or record.cut or body.fault:
        yield at.problem(_fault_of(record, body), "What there is was read.")
    if kind is Kind.FEED:
        yield from read_feed(body.data, at, options.limits)
    elif kind is not None:
        yield from read_single(buffered(io.BytesIO(body.data)), at, kind, options.limits)


def _response_of(record: Record) -> Response | None:
    """The HTTP response in a record; a bare resource or a converted text counts as one."""
    if record.type == "response" and "http" in record.headers.get("content-type", "http"):
        return parse_response(record.block)
    if record.type not in _KEPT:
        return None
    return Response(200, {"content-type": record.headers.get("content-type", "")}, record.block)


def _kind_of(body: Body, response: Response) -> Kind | None:
    """What to read a payload as, None for what is not read."""
    if is_blank(body.data):
        return None
    kind, media_type = kind_of(body.data[:HEAD], ""), response.media_type
    if kind in {Kind.HTML, Kind.PDF, Kind.FEED} and not media_type.startswith(("image/", "text/css")):
        return kind
    if kind is Kind.TEXT and "html" in media_type:
        return Kind.HTML
    return Kind.TEXT if kind is Kind.TEXT and media_type in _TEXTS else None


def _fault_of(record: Record, body: Body) -> str:
    if record.missing:
        announced = record.headers.get("content-length", "?")
        return f"The record is cut short: {record.missing} of {announced} bytes are missing."
    if record.cut:
        return "The record is larger than is read."
    return f"The payload {body.fault}."
