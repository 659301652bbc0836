"""What a ledger asks of the archive beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from bywhom.records import Problem


class Objects(Protocol):
    """Bytes kept under their SHA-256, written once."""

    @property
    def folder(self) -> Path:
        """Where the objects lie."""

    def path(self, sha256: str) -> Path:
        """Where the object of this digest lies."""

    def put(self, data: bytes) -> str:
        """The SHA-256 of the bytes, which are then safely on disk."""

    def put_file(self, path: Path) -> str:
        """The same for a file that may be larger than memory."""

    def get(self, sha256: str) -> bytes:
        """The bytes; raises ArchiveDamaged where they are missing or do not have this digest."""

    def sha1(self, sha256: str) -> str:
        """The SHA-1 of an object; raises ArchiveDamaged where it is missing."""

    def has(self, sha256: str) -> bool:
        """Whether there is such an object."""

    def verify(self) -> Iterator[Problem]:
        """Every object whose bytes do not have its digest."""
