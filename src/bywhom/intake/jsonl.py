"""JSON Lines: one article a line, read one line at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from bywhom.intake.jsontext import Refused, decoded, keyed_twice, parse
from bywhom.intake.options import MIB, TOO_LARGE, IntakeOptions
from bywhom.intake.origin import Origin
from bywhom.intake.rows import row_items
from bywhom.intake.sniff import bom_of
from bywhom.intake.streams import head_of
from bywhom.records import Problem, RawDocument

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class _Line:
    """One line without its break; data is None where it is too long to be held."""

    number: int
    data: bytes | None


def read_jsonl(stream: io.BufferedReader, origin: Origin, options: IntakeOptions) -> Iterator[RawDocument | Problem]:
    """The article of each line, or the problem with it. The document's bytes are those of the line."""
    encoding = _wide(head_of(stream))
    if encoding:
        yield origin.problem(f"The file is {encoding}, in which lines cannot be told.", "Convert it to UTF-8.")
        return
    for line in _lines(stream, options.limits.text):
        at = origin.part(f"line={line.number}", "jsonl")
        if line.data is None:
            yield at.problem(
                f"Line {line.number} is longer than {options.limits.text // MIB} MiB, too long for one report.",
                TOO_LARGE,
            )
        elif line.data.strip(b" \t\r\0"):
            yield from _line_items(line.data, line.number, at, options)


def _wide(head: bytes) -> str | None:
    """The encoding in several bytes a character in which the rows are written; a mark before what is no row is garbage."""
    encoding = bom_of(head)
    if encoding in {None, "utf-8"}:
        return None
    begins = head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    return encoding if begins.startswith(("{", "[")) else None


def _line_items(data: bytes, number: int, at: Origin, options: IntakeOptions) -> Iterator[RawDocument | Problem]:
    text, replaced = decoded(data)
    row = parse(text)
    if isinstance(row, Refused):
        yield at.problem(f"Line {number} {row.reason}.", "Correct the line and add the file again.")
        return
    if replaced:
        yield at.problem(f"Line {number} is not UTF-8: {replaced} characters were replaced by U+FFFD.")
    if keyed_twice(row):
        yield at.problem(f"Line {number} names a key twice; the last one was read.")
    yield from row_items(row, data, at, number, options.fields)


def _lines(stream: io.BufferedReader, limit: int) -> Iterator[_Line]:
    """Each line with its number from 1; memory is bounded by the limit."""
    number = 0
    while piece := stream.readline(limit + 2):
        number += 1
        if number == 1 and piece.startswith(_BOM):
            piece = piece[len(_BOM) :]
        whole = piece.endswith(b"\n") or len(piece) < limit + 2
        if not whole:
            _skip_line(stream)
        data = piece.rstrip(b"\r\n")
        yield _Line(number, data if whole and len(data) <= limit else None)


def _skip_line(stream: io.BufferedReader) -> None:
    while (piece := stream.readline(MIB)) and not piece.endswith(b"\n"):
        pass
