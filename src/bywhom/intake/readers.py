"""Which reader takes which kind of file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

from bywhom.intake.jsonl import read_jsonl
from bywhom.intake.options import IntakeOptions
from bywhom.intake.origin import Origin
from bywhom.intake.single import read_single
from bywhom.intake.sniff import Kind, foreign, kind_of
from bywhom.intake.streams import Gunzip, buffered, head_of
from bywhom.records import Problem, RawDocument


def read_stream(stream: io.BufferedReader, origin: Origin, options: IntakeOptions) -> Iterator[RawDocument | Problem]:
    """The reports in a stream that stands at its beginning, and what is wrong with it."""
    head = head_of(stream)
    kind = kind_of(head, origin.ending)
    if origin.depth > options.limits.depth:
        yield origin.problem("It lies in too many containers, one inside the other.", "Unpack them first.")
        return
    match kind:
        case Kind.EMPTY:
            yield origin.problem("The file is empty.")
        case Kind.FOREIGN:
            yield _foreign_problem(head, origin)
        case Kind.TEXT | Kind.HTML | Kind.PDF:
            yield from read_single(stream, origin, kind, options.limits)
        case Kind.JSONL:
            yield from read_jsonl(stream, origin, options)
        case Kind.GZIP:
            yield from _read_gzip(stream, origin, options)


def _read_gzip(stream: io.BufferedReader, origin: Origin, options: IntakeOptions) -> Iterator[RawDocument | Problem]:
    unpacked = Gunzip(stream, options.limits.unpacked)
    method = "gzip" if origin.method == "file" else origin.method
    yield from read_stream(buffered(unpacked), replace(origin, method=method, depth=origin.depth + 1), options)
    if unpacked.fault:
        yield origin.problem(
            f"The gzip file {unpacked.fault}; what came before that was read.", "Fetch or copy it again."
        )


def _foreign_problem(head: bytes, origin: Origin) -> Problem:
    what = foreign(head, origin.ending)
    return origin.problem(f"It is {what.name}, which is not read.", what.remedy) if what else origin.problem("?")
