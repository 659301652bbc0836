"""Reports that are added at the desk: read one batch after the other, while people go on working."""

from __future__ import annotations

import logging
import re
import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from bywhom import pipeline
from bywhom.errors import BywhomError, LedgerError, NoSpace, UsageError, is_full
from bywhom.grounding.gazetteer_import import imported
from bywhom.ledger import Ledger
from bywhom.ledger.custody import now
from bywhom.progress import Progress, Summary
from bywhom.running import AddOptions
from bywhom.workbench.settings import Settings

log = logging.getLogger(__name__)
WAITING = 20  # batches that may wait at once
KEPT = 100  # batches that are remembered
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Batch:
    """Reports added at once, and how far they have come."""

    number: int
    names: tuple[str, ...]  # as people gave them
    by: str
    at: str
    state: str = "waiting"  # reading, done, failed
    progress: Progress | None = None
    summary: Summary | None = None
    fault: str = ""  # why it failed, and what to do

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "failed")


Read = Callable[[Sequence[str], Ledger, Callable[[Progress], None]], Summary]


class Adding:
    """The batches of one desk, read one after the other in a thread of their own."""

    def __init__(self, ledger: Ledger, settings: Settings, read: Read | None = None) -> None:
        self._ledger = ledger
        self._read = read or _reading(settings)
        self._folder = ledger.path.with_name(ledger.path.name + ".added")
        self._lock = threading.Lock()
        self._batches: OrderedDict[int, Batch] = OrderedDict()
        self._last = 0
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="bywhom-add")

    def batches(self) -> list[Batch]:
        """All that are remembered, the latest first."""
        with self._lock:
            return list(reversed(self._batches.values()))

    def batch(self, number: int) -> Batch | None:
        with self._lock:
            return self._batches.get(number)

    def folder(self) -> Path:
        """A new folder for the files of one batch: they stay, for the ledger names them as the place they came from."""
        with self._lock:
            self._last += 1
            number = self._last
        stamp = re.sub(r"\W", "", now())
        folder = self._folder / f"{stamp}-{number}"
        with spoken(folder):
            folder.mkdir(parents=True)
        return folder

    def add(self, sources: Sequence[str], names: Sequence[str], by: str) -> Batch:
        """The batch, on its way.

        Raises: UsageError where nothing is given, or too much waits.
        """
        if not sources:
            raise UsageError("there is nothing to add: choose files, or paste an address or a text")
        with self._lock:
            if sum(not each.is_over for each in self._batches.values()) >= WAITING:
                raise UsageError(f"{WAITING} batches are waiting already; come back when they are read")
            self._last += 1
            batch = Batch(self._last, tuple(names), by, now())
            self._batches[batch.number] = batch
            while len(self._batches) > KEPT:
                self._batches.popitem(last=False)
        self._reader.submit(self._run, batch.number, tuple(sources))
        return batch

    def close(self) -> None:
        """Begin no more batches; the one that is being read is finished."""
        self._reader.shutdown(wait=True, cancel_futures=True)

    def _run(self, number: int, sources: tuple[str, ...]) -> None:
        self._change(number, state="reading")
        try:
            summary = self._read(sources, self._ledger, lambda far: self._change(number, progress=far))
        except BywhomError as error:
            self._change(number, state="failed", fault=str(error))
        except BaseException as error:
            log.exception("batch %s failed", number)
            self._change(
                number, state="failed", fault=f"a fault of ours ({type(error).__name__}); the terminal says more"
            )
            raise
        else:
            self._change(number, state="done", summary=summary)

    def _change(self, number: int, **changes: object) -> None:
        with self._lock:
            if number in self._batches:
                self._batches[number] = replace(self._batches[number], **changes)  # type: ignore[arg-type]


def _reading(settings: Settings) -> Read:
    """Reads, links and grades, with the user's own tables of actors and places."""

    def read(sources: Sequence[str], ledger: Ledger, progress: Callable[[Progress], None]) -> Summary:
        places = imported(settings.gazetteer) if settings.gazetteer else ()
        reader = pipeline.our_reader(settings.actors, places)
        return pipeline.add(sources, ledger, options=AddOptions(link=True), progress=progress, reader=reader)

    return read


# What people give -----------------------------------------------------------------------------------------------------


def web_address(written: str) -> str:
    """An address that may be fetched: whether it leads to a public machine is checked when it is resolved.

    Raises: UsageError for anything else, such as a path on this machine.
    """
    try:
        parts = urlsplit(written)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or len(written) > 4000 or len(written.split()) != 1:
        raise UsageError(f"{written[:120]!r} is no address of the web; it begins with https:// or http://")
    return written


def file_name(written: str) -> str:
    """A name that a file may have here: of a path its last part, nothing hidden, nothing odd, not too long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", written))[-1]
    plain = re.sub(r"[^\w .()+,=@-]", "_", last).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    return (f"{stem[:100]}{dot}{ending[:16]}" if dot else plain[:100]) or "report.txt"


def stored(folder: Path, name: str, data: BinaryIO) -> Path:
    """The file, written into a folder under a name that is free.

    Raises: NoSpace where the disk is full, LedgerError where it cannot be written.
    """
    path = folder / file_name(name)
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{number} {file_name(name)}"
    with spoken(path), path.open("xb") as file:
        while piece := data.read(_PIECE):
            file.write(piece)
    return path


@contextmanager
def spoken(path: Path) -> Iterator[None]:
    """Errors of the disk become errors of ours."""
    try:
        yield
    except OSError as error:
        if is_full(error):
            raise NoSpace(f"the disk of {path.parent} is full; make room, then add the files again") from error
        raise LedgerError(
            f"{path} cannot be written ({error.strerror}); check the folder and its permissions"
        ) from error
