"""Zip files: what lies in them, file by file."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import IO

from bywhom.intake.options import GIB, IntakeOptions
from bywhom.intake.origin import Origin, printable
from bywhom.intake.sniff import Foreign
from bywhom.intake.streams import Forward, buffered
from bywhom.records import Problem, RawDocument

Reader = Callable[[io.BufferedReader, Origin, IntakeOptions], Iterator[RawDocument | Problem]]

_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    OSError,
)  # fmt: skip
_ENCRYPTED = 0x1
_NAME = 500
_SAVE = "Save it as text, HTML or PDF."


def read_zip(
    stream: io.BufferedReader, origin: Origin, options: IntakeOptions, read: Reader
) -> Iterator[RawDocument | Problem]:
    """What `read` makes of each file in a zip file, in its own order; hidden files are left out."""
    try:
        bundle = zipfile.ZipFile(stream)
    except _BROKEN as error:
        yield origin.problem(f"The zip file cannot be read ({_words(error)}).", "Fetch or copy it again.")
        return
    with bundle:
        problem = _refused(bundle, origin, options)
        if problem:
            yield problem
            return
        for info in bundle.infolist():
            if not info.filename.endswith("/") and not _is_hidden(info.filename):
                yield from _member_items(bundle, info, origin, options, read)


def _member_items(
    bundle: zipfile.ZipFile, info: zipfile.ZipInfo, origin: Origin, options: IntakeOptions, read: Reader
) -> Iterator[RawDocument | Problem]:
    name = printable(info.filename[:_NAME])
    at = origin.part(f"member={name}", "zip")
    at = replace(at, file=PurePosixPath(name).name or "unnamed", depth=origin.depth + 1)
    if info.flag_bits & _ENCRYPTED:
        yield at.problem("The file is locked with a password.", "Unpack the zip file, and add the folder.")
        return
    try:
        with _opened(bundle, info) as member:
            yield from read(buffered(Forward(member)), at, options)
    except _Damaged as damage:
        yield at.problem(f"The file is damaged inside its zip file ({damage}).", "Fetch or copy it again.")


class _Damaged(Exception):
    """A file in a zip file cannot be unpacked."""


@dataclass(frozen=True, slots=True)
class _Member:
    """A file in a zip file; zipfile has a dozen ways to say that it is damaged, and this one."""

    stream: IO[bytes]

    def read(self, size: int) -> bytes:
        try:
            return self.stream.read(size)
        except _BROKEN as error:
            raise _Damaged(_words(error)) from error


@contextmanager
def _opened(bundle: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[_Member]:
    try:
        stream = bundle.open(info)
    except _BROKEN as error:
        raise _Damaged(_words(error)) from error
    with stream:
        yield _Member(stream)


def _refused(bundle: zipfile.ZipFile, origin: Origin, options: IntakeOptions) -> Problem | None:
    """Why the zip file is not read: it is a document of another kind, or a trap."""
    names = set(bundle.namelist())
    what = None
    if "[Content_Types].xml" in names:
        what = Foreign("an Office document", _SAVE)
    elif "mimetype" in names:
        what = Foreign("an OpenDocument or EPUB file", _SAVE)
    if what:
        return origin.problem(f"It is {what.name}, which is not read.", what.remedy)
    size = sum(info.file_size for info in bundle.infolist())
    if size > options.limits.unpacked:
        return origin.problem(
            f"The zip file unpacks to {size // GIB} GiB, more than is allowed.", "Unpack it yourself."
        )
    return None


def _words(error: Exception) -> str:
    return printable(str(error)[:120])


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(name).parts)
