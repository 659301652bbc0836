"""Files that are one report each."""

from __future__ import annotations

import io
from collections.abc import Iterator

from bywhom.intake.options import MIB, TOO_LARGE, Limits
from bywhom.intake.origin import Origin
from bywhom.intake.sniff import Kind
from bywhom.intake.streams import read_at_most
from bywhom.records import Problem, RawDocument

_BLANK = b" \t\r\n\f\v\0"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read_single(
    stream: io.BufferedReader, origin: Origin, kind: Kind, limits: Limits
) -> Iterator[RawDocument | Problem]:
    """The file as one report of the form that its kind gives."""
    limit = limits.pdf if kind is Kind.PDF else limits.text
    data = read_at_most(stream, limit)
    if data is None:
        yield origin.problem(
            f"The file is larger than {limit // MIB} MiB, too large for one report.",
            TOO_LARGE,
        )
    elif is_blank(data):
        yield origin.problem("The file holds nothing but white space.")
    else:
        yield origin.document(origin.declared.url or origin.stem, data, kind.value)


def is_blank(data: bytes) -> bool:
    """Whether there is nothing to read in the bytes, whatever their encoding."""
    for mark in _MARKS:
        data = data.removeprefix(mark)
    return not data[:4096].strip(_BLANK) and not data.strip(_BLANK)
