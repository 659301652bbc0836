"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from bywhom.errors import NoSpace, UsageError, is_full


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of `path` once all is written; until then, and after a fault, `path` is as it was.

    Raises: UsageError where the folder cannot be written to, NoSpace where the disk is full.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise _ours(error, path) from error
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_usual_mode())
        Path(name).replace(path)
    except OSError as error:
        raise _ours(error, path) from error
    finally:
        with suppress(FileNotFoundError):
            Path(name).unlink()


def _usual_mode() -> int:
    """The mode a new file would have: a temporary file is made for its owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _ours(error: OSError, path: Path) -> NoSpace | UsageError:
    if is_full(error):
        return NoSpace(f"the disk of {path} is full; make room, or name another file with --output")
    return UsageError(f"{path} cannot be written ({error.strerror}); name another file with --output")
