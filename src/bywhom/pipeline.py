"""The only file that knows the order of the rooms: from sources to reports, to claims, to the ledger."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha1, sha256
from pathlib import Path
from time import monotonic
from traceback import extract_tb
from typing import TypeVar

from bywhom import __version__
from bywhom.archive import Archive
from bywhom.attribution import Lexicon, NoTagger, Tagger, attribute
from bywhom.claims import ClaimTables, assemble
from bywhom.cleaning import READ, CleaningTables, clean
from bywhom.errors import BywhomError
from bywhom.grounding.actors import Cast, resolve_actors
from bywhom.grounding.actortables import ActorTables
from bywhom.grounding.gazetteer import IMPORT_AGAIN, Gazetteer
from bywhom.grounding.places import DocumentPlaces, place_of, resolve_document, toponym_table
from bywhom.grounding.quantities import QuantityRules, load_quantity_rules, quantities_in
from bywhom.grounding.times import DocumentTimes, resolve_times, time_of
from bywhom.grounding.timex import TimeRules, load_time_rules
from bywhom.grounding.toponyms import ToponymTable
from bywhom.intake import Container, IntakeOptions, Item, collect
from bywhom.ledger import Known, Ledger, Original, Recorded, Report, rows
from bywhom.lexicons import data_path, file_bytes
from bywhom.progress import Clock, Progress, Summary
from bywhom.records import Claim, Document, Entity, Extractor, Found, Problem, RawDocument
from bywhom.workers import Lost, ordered

log = logging.getLogger(__name__)
T = TypeVar("T")

# The order ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the flow, as `bywhom stages` shows it."""

    name: str
    function: str
    needs: str
    adds: str


STAGES = (
    Stage("intake", "intake.collect", "paths, URLs", "raw documents: bytes, name, how they were collected"),
    Stage("archive", "archive.Archive.put", "raw documents", "originals under their SHA-256"),
    Stage("cleaning", "cleaning.clean", "a raw document", "text, blocks, title, publisher, author, date, language"),
    Stage("attribution", "attribution.attribute", "text, blocks", "contents, cues, sources, chains, quotation forms"),
    Stage("claims", "claims.assemble", "attributions", "claims: certainty, polarity, modality, distance, event"),
    Stage("grounding", "pipeline.ground", "claims, the report's date", "places, times, quantities"),
    Stage("actors", "grounding.actors.resolve_actors", "claims", "entities: who the sources, relays and actors are"),
    Stage("ledger", "ledger.Ledger.record", "documents, claims, problems", "rows, and an entry in the custody log"),
)


@dataclass(frozen=True, slots=True, repr=False)  # its tables would fill a book
class Tools:
    """All tables that reading needs, loaded once in each process."""

    version: str
    cleaning: CleaningTables
    lexicon: Lexicon
    tagger: Tagger
    claims: ClaimTables
    gazetteer: Gazetteer
    toponyms: ToponymTable
    times: TimeRules
    quantities: QuantityRules
    actors: ActorTables
    languages: frozenset[str] = frozenset(READ)

    @classmethod
    def load(
        cls, version: str | None = None, actors: Sequence[Path] = (), gazetteers: Sequence[Path] = ()
    ) -> Tools:
        """The tables that ship with the package, and the user's own; `version` is what readings are signed with.

        The user's own are tables of `actors`, and `gazetteers` that `bywhom gazetteer import` took in.

        Raises: LexiconBroken, GazetteerMissing, ModelMissing.
        """
        return cls(
            version=version or reader_version(actors, gazetteers),
            cleaning=CleaningTables.load(),
            lexicon=Lexicon.load(),
            tagger=NoTagger(),
            claims=ClaimTables.load(),
            gazetteer=Gazetteer(extra=gazetteers),
            toponyms=toponym_table(),
            times=load_time_rules(),
            quantities=load_quantity_rules(),
            actors=ActorTables.load(actors),
        )

    @property
    def extractor(self) -> Extractor:
        """What each claim names as its reader."""
        return Extractor("bywhom", self.version)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one report."""

    document: Document | None
    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...]
    unread: str = ""  # why there are no claims, where the report could not be read
    entities: tuple[Entity, ...] = ()  # in the order of their ids


def read(raw: RawDocument, tools: Tools, clock: Clock | None = None) -> Reading:
    """Everything that is read of one report. The same report and tools give the same reading."""
    steps = _Steps(raw, clock or Clock())
    documents = steps.run("cleaning", lambda: clean(raw, tables=tools.cleaning))
    if not documents:
        return steps.reading(None, (), unread=steps.problems[0].message if steps.problems else "it holds no text")
    doc = documents[0]
    if doc.language not in (None, *tools.languages):
        return steps.reading(doc, (), unread=f"its language ({doc.language}) is not read yet")
    attributions = steps.run("attribution", lambda: attribute(doc, lexicon=tools.lexicon, tagger=tools.tagger))
    claims = steps.run("claims", lambda: assemble(doc, attributions, tables=tools.claims, extractor=tools.extractor))
    grounded = steps.run("grounding", lambda: ground(doc, claims, tools), otherwise=claims)
    (cast,) = steps.run(
        "actors", lambda: Found((resolve_actors(doc, grounded, tools.actors),)), otherwise=(Cast(grounded),)
    )
    return steps.reading(doc, cast.claims, cast.entities, unread=steps.fault if not claims else "")


def ground(doc: Document, claims: Sequence[Claim], tools: Tools) -> Found[Claim]:
    """The claims with their places, times and quantities."""
    if not claims:
        return Found()
    places = resolve_document(doc, gazetteer=tools.gazetteer, table=tools.toponyms)
    times = resolve_times(doc, tools.times)
    return Found(tuple(_ground(doc, claim, places, times, tools) for claim in claims))


def _ground(doc: Document, claim: Claim, places: DocumentPlaces, times: DocumentTimes, tools: Tools) -> Claim:
    said = claim.attribution
    sentence = said.frame or said.content
    return replace(
        claim,
        place=place_of(
            doc, claim.span, sentence, places, event=claim.event.type, cue=said.cue.span if said.cue else None
        ),
        time=time_of(doc, claim.span, sentence, said, times),
        quantities=quantities_in(doc.text, claim.span, table=tools.quantities),
    )


class _Steps:
    """The stages of one reading: what each took, what was wrong, and a fault of ours if there was one."""

    def __init__(self, raw: RawDocument, clock: Clock) -> None:
        self.raw, self.clock = raw, clock
        self.problems: list[Problem] = []
        self.fault = ""

    def run(self, stage: str, function: Callable[[], Found[T]], otherwise: tuple[T, ...] = ()) -> tuple[T, ...]:
        """What a stage found; `otherwise` where a fault of ours stopped it."""
        with self.clock.of(stage):
            found = guarded(stage, function)
        if isinstance(found, Problem):
            self.problems.append(found)
            self.fault = self.fault or found.message
            return otherwise
        self.problems.extend(found.problems)
        return found.items

    def reading(
        self,
        document: Document | None,
        claims: tuple[Claim, ...],
        entities: tuple[Entity, ...] = (),
        *,
        unread: str = "",
    ) -> Reading:
        """The reading, each of its problems naming the report."""
        document_id = sha256(self.raw.data).hexdigest() if self.problems else ""
        where = self.raw.collection.location
        problems = tuple(
            replace(problem, document_id=problem.document_id or document_id, where=problem.where or where)
            for problem in self.problems
        )
        return Reading(document, claims, problems, unread, entities)


def reader_version(actors: Sequence[Path] = (), gazetteers: Sequence[Path] = ()) -> str:
    """Version of the reader, with a digest of all code and tables that decide: who changes one of them reads anew.

    Raises: LexiconBroken where a file of `actors` cannot be read, GazetteerMissing where one of `gazetteers` cannot.
    """
    digest = sha256()
    package = data_path().parent
    for path in sorted(path for ending in ("py", "yaml", "tsv") for path in package.rglob(f"*.{ending}")):
        if path.relative_to(package).parts[0] not in _DOORS:
            digest.update(path.read_bytes())
    for own in actors:
        digest.update(file_bytes(own))
    for gazetteer in gazetteers:
        digest.update(_facts(gazetteer))
    return f"{__version__}+{digest.hexdigest()[:12]}"


def _facts(gazetteer: Path) -> bytes:
    """What a gazetteer says of itself, the digest of its dump among it."""
    return repr(sorted(Gazetteer(gazetteer, remedy=IMPORT_AGAIN).info().items())).encode()


_DOORS = ("cli", "export")
TOOL = f"bywhom {__version__}"


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads reports: `load` is called once in each process."""

    version: str
    load: Callable[[], ReadFunction]


ReadFunction = Callable[[RawDocument, Clock], Reading]


def our_reader(actors: Sequence[Path] = (), gazetteers: Sequence[Path] = ()) -> Reader:
    """The reader made of the rooms, with the user's own tables of actors and places.

    Raises: LexiconBroken and GazetteerMissing where a table cannot be read or does not fit: before a worker meets it.
    """
    version = reader_version(actors, gazetteers)
    if actors:
        ActorTables.load(actors)
    return Reader(f"bywhom {version}", partial(_load, version, tuple(actors), tuple(gazetteers)))


def _load(version: str, actors: Sequence[Path], gazetteers: Sequence[Path]) -> ReadFunction:
    tools = Tools.load(version, actors, gazetteers)
    return lambda raw, clock: read(raw, tools, clock)


# A run ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AddOptions:
    """What a caller may decide about a run."""

    intake: IntakeOptions = field(default_factory=IntakeOptions)
    timeout: float | None = 120.0  # seconds for one report
    again: bool = False  # read what this reader has read before


class Stopped(KeyboardInterrupt):
    """The user stopped the run; what was read is in the ledger, and the next run goes on from there."""

    def __init__(self, summary: Summary) -> None:
        super().__init__("stopped")
        self.summary = summary


def add(
    sources: Sequence[str],
    ledger: Ledger,
    *,
    options: AddOptions | None = None,
    jobs: int = 1,
    progress: Callable[[Progress], None] | None = None,
    reader: Reader | None = None,
) -> Summary:
    """Read everything from `sources` into the ledger; what this reader has read before is passed over.

    Raises: UsageError for a source that is not there, NoSpace, LedgerLocked, and Stopped where the user stops it.
    """
    options, reader = options or AddOptions(), reader or our_reader()
    items = collect(sources, options=_intake_options(options.intake, ledger))
    run = _Run(ledger, reader.version, again=options.again, progress=progress)
    prepare = partial(_prepared, reader, ledger.archive.folder)
    try:
        with closing(ordered(run.batches(items), prepare, jobs, options.timeout)) as answers:
            for answer in answers:
                run.take(answer)
        run.finish()
    except KeyboardInterrupt:
        run.flush()
        raise Stopped(run.summary()) from None
    return run.summary()


def _intake_options(options: IntakeOptions, ledger: Ledger) -> IntakeOptions:
    own = (ledger.path.with_name(ledger.path.name + end) for end in ("", "-wal", "-shm", "-journal"))
    return replace(options, skip=(*options.skip, *own, ledger.archive.folder), tool=TOOL)


@dataclass(frozen=True, slots=True)
class Job:
    """One report to be read; `report` is there already where only its location is new."""

    raw: RawDocument
    document_id: str
    again: bool = False
    report: Report | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a job: rows for the ledger, and where the time went."""

    report: Report
    seconds: dict[str, float]


def _prepared(reader: Reader, archive: Path) -> Callable[[Job], Answer]:
    """What a worker does with a job, with its tables loaded."""
    # Half of archiving is waiting for the disk: the original is on its way there while it is being read.
    aside = ThreadPoolExecutor(1, thread_name_prefix="bywhom-archive")
    return partial(_work, reader.load(), reader.version, Archive(archive), aside)


def _work(function: ReadFunction, version: str, archive: Archive, aside: Executor, job: Job) -> Answer:
    clock = Clock()
    stored = aside.submit(archive.put, job.raw.data)
    reading = guarded("ledger", lambda: _rows(function(job.raw, clock), version, archive, clock))
    if isinstance(reading, Problem):
        reading = _failed(job, reading, version)
    with clock.of("archive"):
        stored.result()  # nothing is entered in the ledger before its original is safe
    return Answer(_report(job, reading), clock.seconds)


def _rows(reading: Reading, version: str, archive: Archive, clock: Clock) -> rows.Reading:
    """The rows of a reading, once its text is in the archive."""
    document = reading.document
    if document:
        with clock.of("archive"):
            stored = archive.put(document.text.encode())
        if stored != document.text_id:
            raise ValueError(f"the text of {document.name} has the digest {stored}, not {document.text_id}")
    with clock.of("ledger"):
        return rows.reading(
            document,
            reading.claims,
            reading.problems,
            reader=version,
            unread=reading.unread,
            entities=reading.entities,
        )


def _failed(job: Job, problem: Problem, version: str | None) -> rows.Reading:
    """A report that could not be read; without a version the next run tries again."""
    problem = replace(problem, document_id=job.document_id, where=job.raw.collection.location)
    return rows.reading(None, (), (problem,), reader=version, unread=problem.message)


def _report(job: Job, reading: rows.Reading | None) -> Report:
    digest = sha1(job.raw.data, usedforsecurity=False).hexdigest()
    return rows.report(job.raw, job.document_id, digest, reading, again=job.again)


class _Run:
    """The state of one run, in the process that writes: what is on its way, what waits to be written, the counts."""

    def __init__(
        self, ledger: Ledger, version: str, *, again: bool, progress: Callable[[Progress], None] | None
    ) -> None:
        self.ledger, self.version, self.again, self.progress = ledger, version, again, progress
        self.clock = Clock()
        self.jobs: deque[Job] = deque()  # on their way, in order
        self.waiting = _Waiting()
        self.total = Recorded()
        self.done = self.known = self.unread = self.faults = self.size = 0
        self.started = monotonic()

    def batches(self, items: Iterator[Item]) -> Iterator[list[Job]]:
        """Batches of what has to be read; the rest is seen to on the way."""
        for raws in _grouped(self._raws(items)):
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
        return replace(job, report=_report(job, None))

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
        return Answer(_report(job, _failed(job, problem, None)), {})

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

    def summary(self) -> Summary:
        """What the run came to so far."""
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
            stages=tuple((stage.name, self.clock.seconds.get(stage.name, 0.0)) for stage in STAGES),
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


def _grouped(raws: Iterator[RawDocument]) -> Iterator[list[RawDocument]]:
    """Reports in groups for one look at the ledger and one trip to a worker: short texts share it, a book goes alone."""
    group: list[RawDocument] = []
    size = 0
    for raw in raws:
        group.append(raw)
        size += len(raw.data)
        if len(group) >= 16 or size >= 1 << 18:
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
