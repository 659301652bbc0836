"""Sources in, raw documents out, one at a time."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from bywhom.intake.fetch import NotFetched, fetch
from bywhom.intake.http import body_of
from bywhom.intake.options import IntakeOptions
from bywhom.intake.origin import Container, Origin, printable
from bywhom.intake.readers import read_stream
from bywhom.intake.sniff import HEAD, kind_of
from bywhom.intake.streams import buffered, digest_of, head_of, spooled
from bywhom.intake.walk import Found, FoundFile, FoundStdin, FoundURL, checked, unreadable, walk
from bywhom.records import Problem, RawDocument

Item = RawDocument | Container | Problem


def collect(
    sources: Sequence[str], *, options: IntakeOptions | None = None, now: Callable[[], str] | None = None
) -> Iterator[Item]:
    """Raw documents, containers before their parts, and problems, in the order of the sources.

    Nothing is held but the report at hand, so the sources may be of any size.
    Raises: UsageError at once for a source that is not there; NoSpace where the temporary folder is full.
    """
    return _items(checked(sources), options or IntakeOptions(), now or _utc_now)


def _items(sources: tuple[str, ...], options: IntakeOptions, now: Callable[[], str]) -> Iterator[Item]:
    for found in walk(sources, options.skip):
        if isinstance(found, Problem):
            yield found
        else:
            yield from _found_items(found, options, now())


def _found_items(found: Found, options: IntakeOptions, moment: str) -> Iterator[Item]:
    match found:
        case FoundURL(url):
            yield from _fetched_items(url, options, moment)
        case FoundStdin():
            origin = Origin("-", "stdin", "stdin", moment, options.tool)
            yield from _piped_items(sys.stdin.buffer, origin, options)
        case FoundFile(path, location, piped):
            origin = Origin(location, Path(location).name, "file", moment, options.tool)
            try:
                yield from _pipe_items(path, origin, options) if piped else _file_items(path, origin, options)
            except OSError as error:
                yield unreadable(location, error)


def _file_items(path: Path, origin: Origin, options: IntakeOptions) -> Iterator[Item]:
    """What one file holds; a container is hashed first, so that its parts can name it."""
    with path.open("rb", buffering=0) as raw, buffered(raw) as stream:
        before = _stamp(raw)
        if kind_of(head_of(stream), origin.ending).holds_parts:
            digest, size = digest_of(stream)
            stream.seek(0)
            yield Container(digest, size, origin.collection, path=path)
            origin = replace(origin, container=digest)
        yield from read_stream(stream, origin, options)
        if _stamp(raw) != before:
            yield origin.problem("The file changed while it was being read.", "Add it again once it rests.")


def _stamp(file: BinaryIO | io.FileIO) -> tuple[int, int]:
    status = os.fstat(file.fileno())
    return status.st_size, status.st_mtime_ns


def _pipe_items(path: Path, origin: Origin, options: IntakeOptions) -> Iterator[Item]:
    with path.open("rb") as pipe:
        yield from _piped_items(pipe, origin, options)


def _piped_items(pipe: BinaryIO, origin: Origin, options: IntakeOptions) -> Iterator[Item]:
    """What comes through a pipe, set down in a temporary file first: it cannot be read twice."""
    with spooled(pipe) as path:
        yield from _file_items(path, origin, options)


def _fetched_items(url: str, options: IntakeOptions, moment: str) -> Iterator[Item]:
    """What lies at an address: a page, a feed, a file."""
    fetched = fetch(url, options.fetching, agent=options.tool)
    if isinstance(fetched, NotFetched):
        yield Problem("intake", fetched.message, fetched.remedy, printable(url))
        return
    origin = Origin(printable(url), _file_name(fetched.url), "url", moment, options.tool)
    response = fetched.response
    body = body_of(response, options.fetching.size)
    if body.fault:
        yield origin.problem(f"The page {body.fault}.", "Fetch it again.")
    origin = origin.declaring(url=fetched.url, media_type=response.media_type or None, charset=response.charset)
    head = body.data[:HEAD]
    if kind_of(head, origin.ending).holds_parts:
        digest = sha256(body.data).hexdigest()
        yield Container(digest, len(body.data), origin.collection, data=body.data)
        origin = replace(origin, container=digest)
    yield from read_stream(buffered(io.BytesIO(body.data)), origin, options)


def _file_name(url: str) -> str:
    """The last part of an address's path, else its host."""
    parts = urlsplit(url)
    return unquote(PurePosixPath(parts.path).name) or parts.netloc


def _utc_now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
