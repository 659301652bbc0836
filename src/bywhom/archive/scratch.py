"""Files on their way into the archive.

A writer holds a lock on its scratch file until the file has its place. Who can take that lock therefore knows that the
writer is dead, and may sweep its file away, even while other processes write.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: an open file cannot be removed there, which serves as well
    fcntl = None  # type: ignore[assignment]

_READ_ONLY = 0o444


class ScratchFile:
    """A new file that is nobody's yet."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path, self._descriptor = _locked_file(folder)

    def write(self, data: bytes) -> None:
        """Append all of `data`: the system may take less at a time."""
        view = memoryview(data)
        while view:
            view = view[os.write(self._descriptor, view) :]

    def settle(self, place: Path) -> None:
        """Give the file its place, whole and for good."""
        os.fsync(self._descriptor)
        self.path.chmod(_READ_ONLY)
        self.path.replace(place)
        flush_folder(place.parent)

    def discard(self) -> None:
        """Close the file, and remove it if it never got its place."""
        with contextlib.suppress(OSError):
            self.path.unlink()
        os.close(self._descriptor)


def sweep(folder: Path) -> None:
    """Remove the files that no living process writes."""
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        # A folder that cannot be written to is no reason not to read the archive.
        with contextlib.suppress(OSError):
            _remove_if_dead(path)


def flush_folder(folder: Path) -> None:
    """See to it that the folder's entries outlive a power cut, where the system lets us."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_if_dead(path: Path) -> None:
    with path.open("rb") as file:
        if fcntl is not None:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink()


def _locked_file(folder: Path) -> tuple[Path, int]:
    """A new file with our lock on it; another try where a sweeper came in between."""
    while True:
        descriptor, name = tempfile.mkstemp(dir=folder)
        _lock(descriptor)
        if os.fstat(descriptor).st_nlink:
            return Path(name), descriptor
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    # Some network file systems have no locks: nothing is swept there.
    with contextlib.suppress(OSError):
        if fcntl is not None:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
