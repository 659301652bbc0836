"""Makers of the files that intake has to cope with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from bywhom.intake import Container, IntakeOptions, Item, collect
from bywhom.intake.origin import Origin
from bywhom.records import Problem, RawDocument

MOMENT = "1854-10-25T10:00:00+00:00"


class Taken:
    """What came of a collection, sorted by kind."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = list(items)
        self.documents = [item for item in self.items if isinstance(item, RawDocument)]
        self.containers = [item for item in self.items if isinstance(item, Container)]
        self.problems = [item for item in self.items if isinstance(item, Problem)]

    @property
    def names(self) -> list[str]:
        return [document.name for document in self.documents]

    @property
    def texts(self) -> list[str | bytes]:
        return [doc.data if doc.content is None else doc.content for doc in self.documents]

    @property
    def messages(self) -> list[str]:
        return [problem.message for problem in self.problems]


@pytest.fixture
def take() -> Callable[..., Taken]:
    def take_sources(*sources: Path | str, options: IntakeOptions | None = None) -> Taken:
        return Taken(collect([str(source) for source in sources], options=options, now=lambda: MOMENT))

    return take_sources


@pytest.fixture
def take_file(tmp_path: Path, take: Callable[..., Taken]) -> Callable[..., Taken]:
    def take_bytes(name: str, data: bytes | str, options: IntakeOptions | None = None) -> Taken:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return take(path, options=options)

    return take_bytes


@pytest.fixture
def taken() -> type[Taken]:
    return Taken


@pytest.fixture
def origin() -> Origin:
    return Origin("wires/alma.txt", "alma.txt", "file", MOMENT, "bywhom test")


@pytest.fixture
def warc_record() -> Callable[..., bytes]:
    def make(
        url: str, body: bytes, *, headers: str = "Content-Type: text/html; charset=utf-8", status: str = "200 OK",
        kind: str = "response", announced: int | None = None,
    ) -> bytes:  # fmt: skip
        http = f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() if kind == "response" else b""
        media_type = "application/http; msgtype=response" if kind == "response" else headers.partition(": ")[2]
        block = http + body
        lines = [
            "WARC/1.0",
            f"WARC-Type: {kind}",
            f"WARC-Target-URI: {url}",
            f"Content-Type: {media_type}",
            f"Content-Length: {len(block) if announced is None else announced}",
        ]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"

    return make
