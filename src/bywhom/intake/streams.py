"""Streams of bytes: unpacked as they are read, bounded, and silent about no damage."""

from __future__ import annotations

import io
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, BinaryIO, Protocol

from bywhom.errors import NoSpace, is_full
from bywhom.intake.sniff import HEAD

_GZIP = b"\x1f\x8b"
_FEED = 16 * 1024  # packed bytes taken at a time


class Gunzip(io.RawIOBase):
    """The unpacked bytes of a gzip stream, of one member or of all.

    A fault ends the stream early instead of raising, after all that could be unpacked. Where the stream is merely cut
    short, all that came is right; where it is damaged, bytes before the place where zlib noticed may be wrong.
    """

    def __init__(self, packed: BinaryIO, limit: int, *, single: bool = False) -> None:
        super().__init__()
        self.fault = ""
        self.damaged = False
        self.taken = 0  # packed bytes used so far
        self._packed = packed
        self._limit = limit
        self._single = single
        self._member = zlib.decompressobj(31)
        self._waiting = b""
        self._salvaged = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        """How many bytes were put into the buffer; it is filled to the brim unless the stream ends."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        filled = 0
        while filled < len(view) and (self._salvaged or not self._ended):
            piece = self._piece(min(len(view) - filled, self._limit + 1))
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
        return filled

    def _piece(self, room: int) -> bytes:
        if self._salvaged:
            piece, self._salvaged = self._salvaged[:room], self._salvaged[room:]
            return self._within_limit(piece)
        if self._member.eof:
            self._next_member()
            return b""
        packed = self._waiting or self._packed.read(_FEED)
        before = self._member.copy()
        try:
            piece = self._member.decompress(packed, room)
        except zlib.error as error:
            self.damaged = True
            self._end(f"is damaged ({str(error).rpartition(': ')[2]})")
            self._salvaged = _salvage(before, packed)
            return b""
        # At the end of a member zlib may repeat in unconsumed_tail what stands in unused_data.
        rest = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        self._waiting = b"" if self._member.eof else rest
        self.taken += len(packed) - len(rest)
        if not packed and not piece and not self._member.eof:
            self._end("breaks off in the middle")
        return self._within_limit(piece)

    def _within_limit(self, piece: bytes) -> bytes:
        self._limit -= len(piece)
        if self._limit < 0:
            self._end("unpacks to more than is allowed")
            return piece[: self._limit]
        return piece

    def _next_member(self) -> None:
        """Go on to the next member; zeros after the last one are padding."""
        if self._single:
            return self._end("")
        rest = self._member.unused_data
        while not rest.lstrip(b"\0"):
            rest = self._packed.read(_FEED)
            if not rest:
                return self._end("")
        rest = rest.lstrip(b"\0")
        if len(rest) < len(_GZIP):
            rest += self._packed.read(_FEED)
        if not rest.startswith(_GZIP):
            return self._end("is followed by something else")
        self._member, self._waiting = zlib.decompressobj(31), rest
        return None

    def _end(self, fault: str) -> None:
        self.fault = fault
        self._ended = True


def _salvage(member: zlib._Decompress, packed: bytes) -> bytes:
    """What can be unpacked before the damaged byte: zlib throws away the good with the bad."""
    saved = bytearray()
    with suppress(zlib.error):
        for at in range(len(packed)):
            saved += member.decompress(packed[at : at + 1])
    return bytes(saved)


class Readable(Protocol):
    """Anything that gives bytes."""

    def read(self, size: int, /) -> bytes: ...


class Forward(io.RawIOBase):
    """A stream that only goes forward: zip members can go back, but unpack all over again to do so."""

    def __init__(self, stream: Readable) -> None:
        super().__init__()
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        piece = self._stream.read(len(view))
        view[: len(piece)] = piece
        return len(piece)


def buffered(raw: io.RawIOBase | IO[bytes]) -> io.BufferedReader:
    """A reader that can show the first HEAD bytes without using them up."""
    return io.BufferedReader(raw, HEAD)  # type: ignore[arg-type]


def head_of(stream: io.BufferedReader) -> bytes:
    """The first bytes of a fresh stream, which stays where it is."""
    return stream.peek(HEAD)[:HEAD]


def digest_of(stream: BinaryIO) -> tuple[str, int]:
    """SHA-256 and length of all that is left in a stream."""
    digest, size = sha256(), 0
    while piece := stream.read(1 << 20):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


def read_at_most(stream: BinaryIO, limit: int) -> bytes | None:
    """All that is left in a stream, None if that is more than `limit` bytes."""
    data = stream.read(limit + 1)
    return None if len(data) > limit else data


@contextmanager
def spooled(stream: BinaryIO) -> Iterator[Path]:
    """Where the rest of a stream lies for the time being, as a file that can be read back and forth.

    Raises: NoSpace when the temporary folder cannot hold it.
    """
    with tempfile.NamedTemporaryFile(prefix="bywhom-") as file:
        try:
            shutil.copyfileobj(stream, file, 1 << 20)
            file.flush()
        except OSError as error:
            if is_full(error):
                raise NoSpace(
                    f"{tempfile.gettempdir()} is full; free some space there or set TMPDIR to another folder"
                ) from error
            raise
        yield Path(file.name)
