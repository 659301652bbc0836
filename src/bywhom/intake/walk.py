"""From what the user named to the files themselves: folders, globs, links."""

from __future__ import annotations

import errno
import glob
import itertools
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bywhom.errors import UsageError
from bywhom.intake.origin import printable
from bywhom.records import Problem

STDIN = "-"
_SCHEMES = ("http://", "https://")
_REASONS = {
    errno.EACCES: ("You may not read it.", "Give yourself the right to read it, or leave it out."),
    errno.EPERM: ("You may not read it.", "Give yourself the right to read it, or leave it out."),
    errno.ENOENT: ("It is no longer there, or is a link that leads nowhere.", "Look where it went, and add it again."),
    errno.ELOOP: ("It is a link that leads back to itself.", "Remove the link."),
    errno.EIO: ("The disk cannot read it.", "Restore it from a copy."),
}


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A regular file, or a pipe that the user named."""

    path: Path
    location: str
    piped: bool = False


@dataclass(frozen=True, slots=True)
class FoundURL:
    """An address that the user named."""

    url: str


@dataclass(frozen=True, slots=True)
class FoundStdin:
    """Standard input."""


Found = FoundFile | FoundURL | FoundStdin


def checked(sources: Sequence[str]) -> tuple[str, ...]:
    """The sources, each of which can at least be looked for.

    Raises: UsageError, before anything is read, for a path that is not there and a pattern that fits nothing.
    """
    for source in sources:
        if not source:
            raise UsageError("one of the sources is empty; name a file, a folder, a pattern, a URL or -")
        if not _is_there(source):
            raise UsageError(_not_there(source))
    return tuple(str(source) for source in sources)


def walk(sources: Sequence[str], skip: Sequence[Path] = ()) -> Iterator[Found | Problem]:
    """Every file of the sources, folders in sorted order, hidden files left out."""
    passed_over = frozenset(itertools.chain.from_iterable(_marks(path) for path in skip))
    for source in sources:
        if source == STDIN:
            yield FoundStdin()
        elif source.lower().startswith(_SCHEMES):
            yield FoundURL(source)
        else:
            for path in _expanded(source):
                yield from _Walk(passed_over).below(path)


def reason(error: OSError) -> tuple[str, str]:
    """What went wrong with a file, and what to do, in words."""
    known = _REASONS.get(error.errno or 0)
    return known or (f"It cannot be read ({error.strerror or error}).", "")


def unreadable(location: str, error: OSError) -> Problem:
    """The problem with a file or folder that the system does not give."""
    message, remedy = reason(error)
    return Problem("intake", message, remedy, location)


Identity = tuple[int, int]  # device and inode: what a file or folder is, by whatever name
Mark = Identity | str


@dataclass
class _Walk:
    """One walk below one path. It keeps its own stack: folders can lie deeper than Python recurses."""

    passed_over: frozenset[Mark]
    above: list[tuple[Identity, Iterator[Path]]] = field(default_factory=list)
    seen: set[Identity] = field(default_factory=set)

    def below(self, path: Path) -> Iterator[Found | Problem]:
        """The file at this path, or all files below it, depth first."""
        yield from self._visit(path, named=True)
        while self.above:
            inner = next(self.above[-1][1], None)
            if inner is None:
                self.above.pop()
            else:
                yield from self._visit(inner)

    def _visit(self, path: Path, *, named: bool = False) -> Iterator[Found | Problem]:
        try:
            status = path.stat()
            if self.passed_over.intersection((_identity(status), str(path.absolute()))):
                return
            if stat.S_ISDIR(status.st_mode):
                yield from self._enter(path, _identity(status))
                return
        except OSError as error:
            yield unreadable(printable(path), error)
            return
        if stat.S_ISREG(status.st_mode):
            yield FoundFile(path, printable(path))
        elif named and stat.S_ISFIFO(status.st_mode):
            yield FoundFile(path, printable(path), piped=True)
        else:
            yield Problem("intake", "It is a device, a socket or a pipe, not a file.", "Leave it out.", printable(path))

    def _enter(self, path: Path, identity: Identity) -> Iterator[Problem]:
        """Go on inside this folder, unless the walk has been there."""
        if any(identity == outer for outer, _ in self.above):
            message = "The link leads back to a folder above it; it was not followed."
            yield Problem("intake", message, "Remove the link, if it serves no other purpose.", printable(path))
        if identity not in self.seen:
            inside = sorted(inner for inner in path.iterdir() if not inner.name.startswith("."))
            self.seen.add(identity)
            self.above.append((identity, iter(inside)))


def _marks(path: Path) -> Iterator[Mark]:
    """What a path is known by: its full name, for it may come into being later, and what lies there now."""
    yield str(path.absolute())
    with suppress(OSError):
        yield _identity(path.stat())


def _identity(status: os.stat_result) -> Identity:
    return status.st_dev, status.st_ino


def _expanded(source: str) -> list[Path]:
    """The paths that a source stands for: a file may have * in its name."""
    if os.path.lexists(source):
        return [Path(source)]
    return sorted(Path(path) for path in glob.glob(source, recursive=True))  # noqa: PTH207  Path.glob takes no /…


def _is_there(source: str) -> bool:
    if source == STDIN or source.lower().startswith(_SCHEMES) or os.path.lexists(source):
        return True
    return glob.has_magic(source) and any(True for _ in glob.iglob(source, recursive=True))  # noqa: PTH207  the same


def _not_there(source: str) -> str:
    shown = printable(source)
    if glob.has_magic(source):
        return f"no file fits {shown!r}; check the pattern, and quote it so that the shell leaves it alone"
    if "://" in source:
        return f"{shown!r} is not an address that can be fetched; http and https can"
    return f"there is no file or folder {shown!r}; check the spelling"
