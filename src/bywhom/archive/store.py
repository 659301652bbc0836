"""Originals under their digests: written once, never changed."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bywhom.archive.scratch import ScratchFile, flush_folder, sweep
from bywhom.errors import ArchiveDamaged, LedgerError, NoSpace, UsageError, is_full
from bywhom.records import Problem

log = logging.getLogger(__name__)

_CHUNK = 1 << 20
_SCRATCH = ".writing"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_COME_BACK = "add the original with --again, or restore it from a copy"


class Archive:
    """A folder of objects, each under the SHA-256 of its bytes: ab/cdef…

    An object appears whole or not at all: it is written beside its place, flushed to the disk and then renamed.
    What a killed process left half-written is swept away when the archive is opened next.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self._scratch = self.folder / _SCRATCH
        sweep(self._scratch)

    def put(self, data: bytes) -> str:
        """The SHA-256 of `data`, which is in the archive from now on.

        Raises: NoSpace where the disk is full, LedgerError where the folder cannot be written to.
        """
        digest = hashlib.sha256(data).hexdigest()
        if not self._intact(digest, len(data)):
            self._store([data])
        return digest

    def put_file(self, path: Path) -> str:
        """The SHA-256 of a file, which is in the archive from now on; it may be larger than memory.

        Raises: what `put` raises, and OSError where the file itself cannot be read.
        """
        digest, size = _digest_of(path)
        if self._intact(digest, size):
            return digest
        with path.open("rb") as file:  # it may have changed by now; what is archived is what counts
            return self._store(iter(lambda: file.read(_CHUNK), b""))

    def get(self, digest: str) -> bytes:
        """The object of this digest, re-hashed on the way.

        Raises: ArchiveDamaged where it is missing or is no longer what it was.
        """
        try:
            data = self.path(digest).read_bytes()
        except OSError as error:
            raise ArchiveDamaged(self._missing(digest, error)) from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise ArchiveDamaged(f"{self.path(digest)} has changed since it was archived; {_COME_BACK}")
        return data

    def has(self, digest: str) -> bool:
        """Whether there is an object of this digest; `verify` says whether it is sound."""
        return bool(_DIGEST.fullmatch(digest)) and self.path(digest).is_file()

    def size(self, digest: str) -> int:
        """The length of an object in bytes.

        Raises: ArchiveDamaged where it is missing.
        """
        try:
            return self.path(digest).stat().st_size
        except OSError as error:
            raise ArchiveDamaged(self._missing(digest, error)) from error

    def sha1(self, digest: str) -> str:
        """The SHA-1 of an object, for those whose records are kept by it.

        Raises: ArchiveDamaged where it is missing.
        """
        try:
            return _digest_of(self.path(digest), lambda: hashlib.sha1(usedforsecurity=False))[0]
        except OSError as error:
            raise ArchiveDamaged(self._missing(digest, error)) from error

    def path(self, digest: str) -> Path:
        """Where the object of this digest lies.

        Raises: UsageError for what is no SHA-256 in lower-case hexadecimal digits.
        """
        if not _DIGEST.fullmatch(digest):
            raise UsageError(f"{digest[:80]!r} is not a SHA-256 digest; it takes 64 hexadecimal digits")
        return self.folder / digest[:2] / digest[2:]

    def digests(self) -> Iterator[str]:
        """The digests of all objects, sorted."""
        for path in self._files():
            digest = path.parent.name + path.name
            if _DIGEST.fullmatch(digest):
                yield digest

    def verify(self) -> Iterator[Problem]:
        """A problem for each object that is damaged, unreadable or misnamed; all others are sound."""
        for path in self._files():
            problem = self._checked(path)
            if problem:
                yield problem

    def _checked(self, path: Path) -> Problem | None:
        digest = path.parent.name + path.name
        if not _DIGEST.fullmatch(digest) or not path.is_file():
            return _problem("This is no object of the archive.", "Move it elsewhere.", path)
        try:
            found, _ = _digest_of(path)
        except OSError as error:
            return _problem(f"The object cannot be read ({error.strerror}).", "Restore it from a copy.", path, digest)
        if found == digest:
            return None
        message = f"The object has changed since it was archived: its digest is now {found}."
        return _problem(message, f"{_COME_BACK[0].upper()}{_COME_BACK[1:]}.", path, digest)

    def _files(self) -> Iterator[Path]:
        """Everything that lies where objects lie, sorted."""
        for folder in _listed(self.folder):
            if folder.name != _SCRATCH:
                yield from _listed(folder) if folder.is_dir() else [folder]

    def _intact(self, digest: str, size: int) -> bool:
        """Whether the archive has this object, sound: a damaged one is written anew when its original comes back."""
        path = self.path(digest)
        try:
            if path.stat().st_size == size and _digest_of(path)[0] == digest:
                return True
        except OSError:
            return False
        log.warning("%s was damaged and is written anew", path)
        return False

    def _store(self, pieces: Iterable[bytes]) -> str:
        """The digest of what was written."""
        digest = hashlib.sha256()
        with self._guarded():
            file = ScratchFile(self._scratch)
        try:
            for piece in pieces:
                digest.update(piece)
                with self._guarded():
                    file.write(piece)
            place = self.path(digest.hexdigest())
            with self._guarded():
                make_folder(place.parent)
                file.settle(place)
        finally:
            file.discard()
        return digest.hexdigest()

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        """Faults of the archive's own disk, as ours; faults of the files that are read pass through."""
        try:
            yield
        except OSError as error:
            if is_full(error):
                message = f"the disk that holds {self.folder} is full; free some space and repeat the command"
                raise NoSpace(message) from error
            raise LedgerError(f"the archive {self.folder} cannot be written to ({error.strerror or error})") from error

    def _missing(self, digest: str, error: OSError) -> str:
        if not self.folder.is_dir():
            return f"there is no archive {self.folder}; it belongs beside its ledger: put it back, or add the originals with --again"
        what = "is missing" if error.errno == errno.ENOENT else f"cannot be read ({error.strerror})"
        return f"{self.path(digest)} {what}; {_COME_BACK}"


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, and see to it that they outlive a power cut."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        flush_folder(folder.parent)


def _digest_of(path: Path, algorithm: Callable[[], hashlib._Hash] = hashlib.sha256) -> tuple[str, int]:
    """The digest and length of a file."""
    digest, size = algorithm(), 0
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except FileNotFoundError:
        return []


def _problem(message: str, remedy: str, path: Path, digest: str | None = None) -> Problem:
    return Problem("archive", message, remedy, str(path), digest)
