"""One report to be read, and the rows that come of it: what a worker process does.

It does not know how a report is read (`Reader.load` gives the function that does), nor does it open the ledger.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha1
from pathlib import Path
from traceback import extract_tb
from typing import TypeVar

from bywhom.archive import Archive
from bywhom.errors import BywhomError
from bywhom.ledger import rows
from bywhom.progress import Clock
from bywhom.records import Claim, Document, Entity, Problem, RawDocument

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one report."""

    document: Document | None
    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...]
    unread: str = ""  # why there are no claims, where the report could not be read
    entities: tuple[Entity, ...] = ()  # in the order of their ids
    provisional: bool = False  # another reader had to stand in: the next add tries again


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads reports: `load` is called once in each process."""

    version: str
    load: Callable[[], ReadFunction]
    group: int = 4  # reports that go to a process at a time, at most: one where each takes long
    alone: str = ""  # why the trained reader has no part in it, in a line; empty where it has


ReadFunction = Callable[[RawDocument, Clock], Reading]


@dataclass(frozen=True, slots=True)
class Job:
    """One report to be read; `report` is there already where only its location is new."""

    raw: RawDocument
    document_id: str
    again: bool = False
    report: rows.Report | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a job: rows for the ledger, and where the time went."""

    report: rows.Report
    seconds: dict[str, float]


def prepared(reader: Reader, archive: Path) -> Callable[[Job], Answer]:
    """What a worker does with a job, with its tables loaded."""
    # Half of archiving is waiting for the disk: the original is on its way there while it is being read.
    aside = ThreadPoolExecutor(1, thread_name_prefix="bywhom-archive")
    return partial(_work, reader.load(), reader.version, Archive(archive), aside)


def _work(function: ReadFunction, version: str, archive: Archive, aside: Executor, job: Job) -> Answer:
    clock = Clock()
    stored = aside.submit(archive.put, job.raw.data)
    reading = guarded("ledger", lambda: _rows(function(job.raw, clock), version, archive, aside, clock))
    if isinstance(reading, Problem):
        reading = failed(job, reading, version)
    with clock.of("archive"):
        stored.result()  # nothing is entered in the ledger before its original is safe
    return Answer(report_of(job, reading), clock.seconds)


def _rows(reading: Reading, version: str, archive: Archive, aside: Executor, clock: Clock) -> rows.Reading:
    """The rows of a reading, once its text is in the archive."""
    document = reading.document
    stored = aside.submit(archive.put, document.text.encode()) if document else None
    with clock.of("ledger"):
        found = rows.reading(
            document,
            reading.claims,
            reading.problems,
            reader=None if reading.provisional else version,
            unread=reading.unread,
            entities=reading.entities,
        )
    if document and stored:
        with clock.of("archive"):
            digest = stored.result()
        if digest != document.text_id:
            raise ValueError(f"the text of {document.name} has the digest {digest}, not {document.text_id}")
    return found


def failed(job: Job, problem: Problem, version: str | None) -> rows.Reading:
    """A report that could not be read; without a version the next run tries again."""
    problem = replace(problem, document_id=job.document_id, where=job.raw.collection.location)
    return rows.reading(None, (), (problem,), reader=version, unread=problem.message)


def report_of(job: Job, reading: rows.Reading | None) -> rows.Report:
    digest = sha1(job.raw.data, usedforsecurity=False).hexdigest()
    return rows.report(job.raw, job.document_id, digest, reading, again=job.again)


def guarded(stage: str, work: Callable[[], T]) -> T | Problem:
    """What the work gives, or the problem that a fault of ours met in this report; the run goes on.

    The one place where any exception is caught: one report must not cost a run of a million.
    """
    try:
        return work()
    except BywhomError:
        raise
    except Exception as error:
        log.debug("a fault in stage %s", stage, exc_info=True)
        message = f"A fault in bywhom stopped the stage {stage} ({_fault(error)})."
        return Problem(stage, message, "Please report it, with the text if you may share it.")


def _fault(error: Exception) -> str:
    """The error and the line of ours that met it: "KeyError: 'x' at claims/clauses.py:88"."""
    frames = [frame for frame in extract_tb(error.__traceback__) if "bywhom" in frame.filename]
    at = f" at {'/'.join(Path(frames[-1].filename).parts[-2:])}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}: {str(error)[:200]}{at}"
