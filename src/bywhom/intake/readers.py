"""Which reader takes which kind of file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

from bywhom.intake.bundle import read_zip
from bywhom.intake.feed import read_feed
from bywhom.intake.jsonfile import read_json
from bywhom.intake.jsonl import read_jsonl
from bywhom.intake.mail import read_mail
from bywhom.intake.options import MIB, TOO_LARGE, IntakeOptions
from bywhom.intake.origin import Origin, counted
from bywhom.intake.single import read_single
from bywhom.intake.sniff import Kind, foreign, kind_of, unpacked_head
from bywhom.intake.streams import Gunzip, buffered, head_of, read_at_most, spooled
from bywhom.intake.warc import read_warc
from bywhom.records import Problem, RawDocument

_AGAIN = "Fetch or copy it again."

Items = Iterator[RawDocument | Problem]


def read_stream(stream: io.BufferedReader, origin: Origin, options: IntakeOptions) -> Items:
    """The reports in a stream that stands at its beginning, and what is wrong with it."""
    head = head_of(stream)
    kind = kind_of(head, origin.ending)
    if origin.depth > options.limits.depth:
        yield origin.problem("It lies in too many containers, one inside the other.", "Unpack them first.")
    elif kind is Kind.EMPTY:
        yield origin.problem("The file is empty.")
    elif kind is Kind.FOREIGN:
        yield _foreign_problem(head, origin)
    elif kind is Kind.MAIL:
        yield from read_mail(stream, origin, options, read_stream)
    elif kind in {Kind.TEXT, Kind.HTML, Kind.PDF}:
        yield from read_single(stream, origin, kind, options.limits)
    else:
        yield from _parts(stream, origin, kind, options)


def _parts(stream: io.BufferedReader, origin: Origin, kind: Kind, options: IntakeOptions) -> Items:
    archive = origin.ending == ".warc" or unpacked_head(head_of(stream)).startswith(b"WARC/")
    if kind is Kind.GZIP and not archive:
        yield from _read_gzip(stream, origin, options)
    elif kind in {Kind.GZIP, Kind.WARC}:
        yield from _seekable(stream, origin, Kind.WARC, options)
    elif kind is Kind.ZIP:
        yield from _seekable(stream, origin, kind, options)
    elif kind is Kind.JSONL:
        yield from read_jsonl(stream, origin, options)
    elif kind is Kind.JSON:
        yield from read_json(stream, origin, options)
    else:
        yield from _read_feed(stream, origin, options)


def _seekable(stream: io.BufferedReader, origin: Origin, kind: Kind, options: IntakeOptions) -> Items:
    """A container in which we have to go back and forth; inside another one it is set down on disk first."""
    if not stream.seekable():
        with spooled(stream) as path, path.open("rb") as file:
            yield from _seekable(file, origin, kind, options)
    elif kind is Kind.WARC:
        yield from read_warc(stream, origin, options)
    else:
        yield from read_zip(stream, origin, options, read_stream)


def _read_gzip(stream: io.BufferedReader, origin: Origin, options: IntakeOptions) -> Items:
    unpacked = Gunzip(stream, options.limits.unpacked)
    method = "gzip" if origin.method == "file" else origin.method
    inner = replace(origin, method=method, depth=origin.depth + 1)
    count = 0
    for item in read_stream(buffered(unpacked), inner, options):
        # A report taken out of a damaged file may say what nobody wrote. Reports before the damage was noticed cannot
        # be called back; the problem says so.
        if not (unpacked.damaged and isinstance(item, RawDocument)):
            count += isinstance(item, RawDocument)
            yield item
    if unpacked.damaged:
        doubt = f"what was read of it ({counted(count, 'report')}) may be wrong" if count else "nothing was read of it"
        yield origin.problem(f"The gzip file {unpacked.fault}; {doubt}.", _AGAIN)
    elif unpacked.fault:
        yield origin.problem(f"The gzip file {unpacked.fault}; {counted(count, 'report')} came before that.", _AGAIN)


def _read_feed(stream: io.BufferedReader, origin: Origin, options: IntakeOptions) -> Items:
    limit = options.limits.feed
    data = read_at_most(stream, limit)
    if data is None:
        yield origin.problem(f"The feed is larger than {limit // MIB} MiB.", TOO_LARGE)
    else:
        yield from read_feed(data, origin, options.limits)


def _foreign_problem(head: bytes, origin: Origin) -> Problem:
    what = foreign(head, origin.ending)
    name, remedy = (what.name, what.remedy) if what else ("a format", "")
    return origin.problem(f"It is {name}, which is not read.", remedy)
