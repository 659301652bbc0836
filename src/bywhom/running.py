"""One run over many reports: batches to workers, answers to the ledger, whatever is killed on the way.

pipeline.py starts it; what a worker does with a report is told in jobs.py.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from time import monotonic

from bywhom.intake import Container, IntakeOptions, Item
from bywhom.jobs import Answer, Job, Reader, failed, guarded, report_of
from bywhom.ledger import Known, Ledger, Original, Recorded, Report, rows
from bywhom.progress import Clock, Progress, Summary
from bywhom.records import Problem, RawDocument
from bywhom.workers import Lost


@dataclass(frozen=True, slots=True)
class AddOptions:
    """What a caller may decide about a run."""

    intake: IntakeOptions = field(default_factory=IntakeOptions)
    timeout: float | None = 120.0  # seconds for one report
    again: bool = False  # read what this reader has read before
    link: bool = False  # link and grade what was read, once all is read
    pays: int = 0  # bytes of reports from which on several processes are worth their start


class Stopped(KeyboardInterrupt):
    """The user stopped the run; what was read is in the ledger, and the next run goes on from there."""

    def __init__(self, summary: Summary) -> None:
        super().__init__("stopped")
        self.summary = summary


class Run:
    """The state of one run, in the process that writes: what is on its way, what waits to be written, the counts."""

    def __init__(
        self, ledger: Ledger, reader: Reader, *, again: bool, progress: Callable[[Progress], None] | None
    ) -> None:
        self.ledger, self.version, self.again, self.progress = ledger, reader.version, again, progress
        self.group = reader.group
        self.clock = Clock()
        self.jobs: deque[Job] = deque()  # on their way, in order
        self.waiting = _Waiting()
        self.total = Recorded()
        self.done = self.known = self.unread = self.faults = self.size = 0
        self.started = monotonic()

    def batches(self, items: Iterator[Item]) -> Iterator[list[Job]]:
        """Batches of what has to be read; the rest is seen to on the way."""
        for raws in _grouped(self._raws(items), self.group):
            there = self.ledger.known([sha256(raw.data).hexdigest() for raw in raws])
            jobs = [job for raw in raws if (job := self._job(raw, there))]
            self.jobs.extend(jobs)
            self._pass_on()
            yield [job for job in jobs if job.report is None]

    def _raws(self, items: Iterator[Item]) -> Iterator[RawDocument]:
        """The reports among what was collected; containers are archived, problems noted."""
        for item in _timed(items, self.clock):
            match item:
                case RawDocument():
                    yield item
                case Problem():
                    self.faults += 1
                    self.waiting.problems.append(item)
                case Container():
                    self._archive(item)
            self._flush_if_due()

    def _archive(self, container: Container) -> None:
        archive = self.ledger.archive
        with self.clock.of("archive"):
            if container.path:
                archive.put_file(container.path)
            else:
                archive.put(container.data or b"")
        self.waiting.containers.append(Original(container.sha256, container.collection))

    def _job(self, raw: RawDocument, there: dict[str, Known]) -> Job | None:
        """The work that a report makes; none where this reader has read it, from this very location."""
        self.size += len(raw.data)
        document_id = sha256(raw.data).hexdigest()
        known = there.get(document_id)
        if known is None or self.again or known.reader != self.version or rows.key_of(raw) < known.key:
            return Job(raw, document_id, again=self.again)
        self.known += 1
        if rows.key_of(raw)[1] in known.locations:
            self.done += 1
            return None
        job = Job(raw, document_id)
        return replace(job, report=report_of(job, None))

    def take(self, answer: Answer | Lost) -> None:
        """Note what came of the job that is next in order."""
        job = self.jobs.popleft()
        if isinstance(answer, Lost):
            answer = self._lost(job, answer)
        self.clock.add(answer.seconds)
        self._keep(answer.report)
        self._pass_on()

    def _lost(self, job: Job, lost: Lost) -> Answer:
        self.ledger.archive.put(job.raw.data)
        problem = Problem("pipeline", f"The report could not be read: {lost.reason}.", _LOST_REMEDY)
        return Answer(report_of(job, failed(job, problem, None)), {})

    def _pass_on(self) -> None:
        """See to the jobs next in order that have their report already."""
        while self.jobs and (report := self.jobs[0].report):
            self.jobs.popleft()
            self._keep(report)

    def _keep(self, report: Report) -> None:
        self.done += 1
        self.waiting.add(report)
        if report.reading:
            self.unread += report.reading.document["state"] == "unread"
            self.faults += len(report.reading.problems)
        self._flush_if_due()
        if self.progress:
            self.progress(self._progress(report.key[0]))

    def _progress(self, name: str) -> Progress:
        return Progress(self.done, self.known, self.total.claims + self.waiting.claims, self.faults, name)

    def _flush_if_due(self) -> None:
        if self.waiting.is_due():
            self.flush()

    def flush(self) -> None:
        """Write what waits, in one transaction."""
        waiting = self.waiting
        with self.clock.of("ledger"):
            recorded = self.ledger.record(waiting.reports, waiting.problems, waiting.containers)
        self.waiting = _Waiting()
        self.total = self.total + recorded

    def finish(self) -> None:
        """Write the rest."""
        self._pass_on()
        self.flush()

    def summary(self, stages: Sequence[str]) -> Summary:
        """What the run came to so far, its time told by stage."""
        return Summary(
            reports=self.done,
            new=self.total.documents,
            reread=self.total.reread,
            known=self.done - self.total.documents - self.total.reread,
            unread=self.unread,
            claims=self.total.claims,
            problems=self.faults,
            size=self.size,
            seconds=monotonic() - self.started,
            stages=tuple((stage, self.clock.seconds.get(stage, 0.0)) for stage in stages),
        )


class _Waiting:
    """What is to be written with the next transaction."""

    def __init__(self) -> None:
        self.reports: list[Report] = []
        self.ids: set[str] = set()
        self.problems: list[Problem] = []
        self.containers: list[Original] = []
        self.claims = 0
        self.since = monotonic()

    def add(self, report: Report) -> None:
        if report.reading and report.document_id not in self.ids:
            self.ids.add(report.document_id)
            self.claims += len(report.reading.claims)
        self.reports.append(report)

    def is_due(self) -> bool:
        """Whether so much waits, or so long, that a killed run would lose more than it should."""
        held = len(self.reports) + len(self.problems) + len(self.containers)
        return bool(held) and (held >= 50 or self.claims >= 5000 or monotonic() - self.since > 1)


def _grouped(raws: Iterator[RawDocument], most: int) -> Iterator[list[RawDocument]]:
    """Reports in groups for one look at the ledger and one trip to a worker: short texts share it, a book goes alone."""
    group: list[RawDocument] = []
    size = 0
    for raw in raws:
        group.append(raw)
        size += len(raw.data)
        if len(group) >= most or size >= 1 << 18:
            yield group
            group, size = [], 0
    if group:
        yield group


def _timed(items: Iterator[Item], clock: Clock) -> Iterator[Item]:
    """The items, their time counted; where the collector itself breaks down, a problem and the end."""
    while True:
        with clock.of("intake"):
            item = guarded("intake", lambda: next(items, None))
        if item is None:
            return
        yield item


_LOST_REMEDY = "The next run tries again; --timeout gives it more time, and fewer --jobs give it more memory."
