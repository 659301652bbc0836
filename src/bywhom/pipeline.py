"""From sources to reports, to claims, to the ledger, to links and grades.

How one report goes through the rooms is told in reading.py; how a run over many goes on while workers die, in running.py;
how digits follow links, in regrading.py.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from bywhom.grading import CIRCLE, GradingTables, chain_end, publisher_end, subject
from bywhom.grounding.actortables import ActorTables
from bywhom.intake import IntakeOptions, collect
from bywhom.jobs import Job, Reader, ReadFunction, Reading, guarded, prepared
from bywhom.ledger import Indexed, Ledger, Links
from bywhom.linking import LinkingTables, by_themselves, grouped, in_time, keys, relate_new, scenes, situation
from bywhom.progress import Linked, Progress, Summary
from bywhom.records import (
    Act,
    Problem,
    Relation,
    Situation,
    SubjectKind,
    Told,
)
from bywhom.regrading import graded, regrade
from bywhom.running import AddOptions, Run, Stopped
from bywhom.versions import TOOL, asking_digest, linker_version, reader_version
from bywhom.workers import Lost, Workers, ordered

if TYPE_CHECKING:
    from bywhom.asking import Asking, Endpoint, Limits
    from bywhom.tagging.trial import Trial

__all__ = [
    "STAGES",
    "AddOptions",
    "LinkTools",
    "Linked",
    "Progress",
    "Reader",
    "Reading",
    "Stage",
    "Stopped",
    "add",
    "answers_beside",
    "asking_reader",
    "graded",
    "link",
    "our_reader",
    "situations",
]

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
    Stage(
        "asking",
        "asking.Asker.ask",
        "text, blocks; --reader llm only",
        "what a language model proposes, found in the text",
    ),
    Stage("attribution", "attribution.attribute", "text, blocks", "contents, cues, sources, chains, quotation forms"),
    Stage(
        "tagging",
        "reading.weigh",
        "text, blocks; claims",
        "what a trained reader sees in the text; where it is surer than the rules, it decides",
    ),
    Stage("claims", "claims.assemble", "attributions", "claims: certainty, polarity, modality, distance, event"),
    Stage("grounding", "reading.ground", "claims, the report's date", "places, times, quantities"),
    Stage("actors", "grounding.actors.resolve_actors", "claims", "entities: who the sources, relays and actors are"),
    Stage("ledger", "ledger.Ledger.record", "documents, claims, problems", "rows, and an entry in the custody log"),
    Stage(
        "linking", "linking.relate_new", "claims, their neighbours", "relations: who else says so, who says otherwise"
    ),
    Stage(
        "grading", "regrading.regrade", "relations, verdicts", "origin groups and their digits, each with its reason"
    ),
)


def our_reader(actors: Sequence[Path] = (), gazetteers: Sequence[Path] = ()) -> Reader:
    """The reader made of the rooms, with the user's own tables of actors and places.

    Raises: LexiconBroken and GazetteerMissing where a table cannot be read or does not fit: before a worker meets it.
    """
    return _reader(actors, gazetteers, None)


def _reader(actors: Sequence[Path], gazetteers: Sequence[Path], asking: Asking | None) -> Reader:
    from bywhom.tagging.trial import Trial  # noqa: PLC0415  NumPy comes with it

    trial = Trial()
    version = reader_version(actors, gazetteers, alone=bool(trial.fault))
    if actors:
        ActorTables.load(actors)
    load = partial(_load, version, tuple(actors), tuple(gazetteers), trial, asking)
    if asking:
        return Reader(f"bywhom {version}; {asking.signature}", load, group=1, alone=trial.fault)
    return Reader(f"bywhom {version}", load, alone=trial.fault)


def _load(
    version: str, actors: Sequence[Path], gazetteers: Sequence[Path], trial: Trial, asking: Asking | None
) -> ReadFunction:
    # The rooms take as long to import as a hundred texts to read: where workers read, this process can do without.
    from bywhom.reading import Tools, read  # noqa: PLC0415

    tools = Tools.load(version, actors, gazetteers, trial)
    if asking:
        from bywhom.asking import Asker  # noqa: PLC0415

        tools = replace(tools, asker=Asker(asking))
    return lambda raw, clock: read(raw, tools, clock)


def asking_reader(
    endpoint: Endpoint,
    answers: Path,
    *,
    limits: Limits | None = None,
    actors: Sequence[Path] = (),
    gazetteers: Sequence[Path] = (),
) -> Reader:
    """The reader that asks a language model behind an endpoint, and grounds what it finds as ever.

    The texts of reports go to the endpoint. Its answers are kept in the folder `answers`, and asked for only once. A report
    for which it has no answer is read without it, with a problem, and asked about again by the next add.

    Raises: UsageError where the key is not to be had; what `our_reader` raises.
    """
    from bywhom.asking import Asking, Limits  # noqa: PLC0415

    endpoint.key()
    limits = limits or Limits()
    asking = Asking(endpoint, answers, TOOL, asking_digest(limits.sizes), limits)
    return _reader(actors, gazetteers, asking)


def answers_beside(ledger: Path) -> Path:
    """Where the answers for the reports of a ledger are kept."""
    return ledger.with_name(ledger.name + ".answers")


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
    run = Run(ledger, reader, again=options.again, progress=progress)
    prepare = partial(prepared, reader, ledger.archive.folder)
    linked = Linked()
    try:
        pays = partial(_pays, options.pays if reader.group > 1 else 0)
        with closing(ordered(run.batches(items), prepare, jobs, options.timeout, pays)) as answers:
            for answer in answers:
                run.take(answer)
        run.finish()
        if options.link:
            with run.clock.of("linking"):
                linked = link(ledger, jobs=jobs)
    except KeyboardInterrupt:
        run.flush()
        raise Stopped(_summary(run, linked)) from None
    return _summary(run, linked)


def _pays(least: int, batches: Sequence[Sequence[Job]]) -> bool:
    """Whether there are so many bytes to read that processes of their own are worth their start."""
    return sum(len(job.raw.data) for batch in batches for job in batch) >= least


def _summary(run: Run, linked: Linked) -> Summary:
    return replace(run.summary([stage.name for stage in STAGES]), linked=linked)


def _intake_options(options: IntakeOptions, ledger: Ledger) -> IntakeOptions:
    own = (ledger.path.with_name(ledger.path.name + end) for end in ("", "-wal", "-shm", "-journal"))
    own_folders = (ledger.archive.folder, answers_beside(ledger.path))
    return replace(options, skip=(*options.skip, *own, *own_folders), tool=TOOL)


# Links and grades -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class LinkTools:
    """All tables that linking and grading need."""

    version: str
    linking: LinkingTables
    grading: GradingTables

    @classmethod
    def load(cls) -> LinkTools:
        """The tables that ship with the package.

        Raises: LexiconBroken.
        """
        return cls(linker_version(), LinkingTables.load(), GradingTables.load())


BATCH = 2000  # claims that are linked in one transaction: some seconds
BLOCK = 500  # claims that are held against their neighbours at once, by one worker


@dataclass(frozen=True, slots=True)
class Block:
    """The claims of some reports, and those of the ledger that may speak of the same."""

    new: tuple[Told, ...]
    neighbours: tuple[Told, ...]
    pairs: tuple[tuple[str, str], ...]  # of two reports, to be compared


class NotRelatedError(Exception):
    """A block at which linking failed; the problem says how."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


Relate = Callable[[Iterable[Block]], Iterator[Sequence[Relation]]]


def link(
    ledger: Ledger,
    *,
    anew: bool = False,
    jobs: int = 1,
    tools: LinkTools | None = None,
    progress: Callable[[Linked], None] | None = None,
) -> Linked:
    """Link and grade whatever waits for it; everything, where another version linked it or `anew` asks for it.

    A run that is stopped has linked its last whole batch, and the next one goes on. Verdicts are not touched, and are
    laid over what is found. With several jobs claims are compared in processes of their own, to the same result.
    """
    tools = tools or LinkTools.load()
    with ledger.linking() as links:
        anew = anew or links.linker() != tools.version
        if anew:
            links.start_anew(tools.version)
    total = Linked(anew=anew)
    with _relating(tools, jobs) as relate:
        while (found := _next_batch(ledger, tools, relate)) is not None:
            total = total + found
            if progress:
                progress(total)
    return total


def _next_batch(ledger: Ledger, tools: LinkTools, relate: Relate) -> Linked | None:
    """What became of the next reports that wait; a report at which we fail is passed over, with a problem."""
    most = BATCH
    while True:
        found = guarded("linking", partial(_batch, ledger, tools, most, relate))
        if not isinstance(found, Problem):
            return found
        if most == 1:
            with ledger.linking() as links:
                links.give_up(found, tools.version)
            return Linked(problems=1)
        most = max(1, most // 8)


def _batch(ledger: Ledger, tools: LinkTools, most: int, relate: Relate) -> Linked | Problem | None:
    try:
        with ledger.linking() as links:
            documents = links.waiting(most)
            return link_reports(links, documents, tools, relate) if documents else None
    except NotRelatedError as failed:
        return failed.problem


def link_reports(links: Links, documents: Sequence[str], tools: LinkTools, relate: Relate | None = None) -> Linked:
    """Link and grade these reports, in the place of whatever links they had."""
    relate = relate or partial(_here, tools.linking)
    gone = links.forget(documents)
    links.reanchor(documents)
    _open_circles(links, gone.touched, tools)
    new = _indexed(links, documents, tools)
    met = Counter[str]()
    found = [one for each in relate(_blocks(links, new, met)) for one in each]
    links.relate(found)
    touched = {each.told.claim.id for each in new} | gone.touched
    subjects = {(each.subject, each.told.claim.polarity) for each in new if each.subject} | gone.subjects
    regrade(links, touched, tools.grading, subjects=subjects, gone=gone.origins)
    links.done(documents, tools.version, _drawn(found, new))
    return Linked(len(documents), len(new), met.total(), len(found))


def _open_circles(links: Links, touched: Iterable[str], tools: LinkTools) -> None:
    """Forget the circles that these claims stood in: one of them may be open now. Grading finds those that are not."""
    found = links.by_rule(CIRCLE, touched)
    if found:
        told = links.told_claims(sorted({end for one in found for end in (one.a, one.b)}))
        links.recast(by_themselves(found, told, tables=tools.linking))


def _blocks(links: Links, new: Sequence[Indexed], met: Counter[str]) -> Iterator[Block]:
    """Whole reports with their neighbours, those of earlier blocks among them: where blocks end depends on nothing but `new`.

    `met` counts the pairs.
    """
    for block in _parts(new):
        links.index(block)
        neighbours, pairs = links.met(block)
        met["pairs"] += len(pairs)
        yield Block(tuple(each.told for each in block), tuple(neighbours), pairs)


def _parts(new: Sequence[Indexed]) -> Iterator[list[Indexed]]:
    """The claims in parts of about the size of a block, in the order in which they were published; no report is cut."""
    by_report: dict[str, list[Indexed]] = {}
    for each in sorted(new, key=lambda one: (one.told.published or "", one.told.claim.document_id, one.told.claim.id)):
        by_report.setdefault(each.told.claim.document_id, []).append(each)
    part: list[Indexed] = []
    for report in by_report.values():
        if part and len(part) + len(report) > BLOCK:
            yield part
            part = []
        part += report
    if part:
        yield part


def _here(tables: LinkingTables, blocks: Iterable[Block]) -> Iterator[Sequence[Relation]]:
    """The relations of each block, found in this process."""
    for block in blocks:
        yield _related(block, tables)


def _related(block: Block, tables: LinkingTables) -> Sequence[Relation]:
    return relate_new(block.new, block.neighbours, tables=tables, pairs=block.pairs).items


@contextmanager
def _relating(tools: LinkTools, jobs: int) -> Iterator[Relate]:
    """What gives the relations of blocks, in their order: here, or by so many workers."""
    if jobs == 1:
        yield partial(_here, tools.linking)
        return
    with Workers(partial(_relater, tools.linking), jobs, None) as workers:
        yield partial(_elsewhere, workers, tools.linking, jobs)


def _relater(tables: LinkingTables) -> Callable[[Block], Sequence[Relation] | Problem]:
    return lambda block: guarded("linking", lambda: _related(block, tables))


def _elsewhere(
    workers: Workers[Block, Sequence[Relation] | Problem], tables: LinkingTables, jobs: int, blocks: Iterable[Block]
) -> Iterator[Sequence[Relation]]:
    """The relations of each block, found by workers; a single block is done here, sooner than a worker starts."""
    rest = iter(blocks)
    first = list(islice(rest, 2))
    if len(first) < 2:
        yield from _here(tables, first)
        return
    waiting = deque[Any]()
    for block in chain(first, rest):
        waiting.append(workers.submit([block]))
        if len(waiting) > 2 * jobs:
            yield _answered(waiting.popleft().result())
    while waiting:
        yield _answered(waiting.popleft().result())


def _answered(answers: Sequence[Sequence[Relation] | Problem | Lost]) -> Sequence[Relation]:
    """The relations of a block. Raises: NotRelatedError where there are none to be had."""
    (answer,) = answers
    if isinstance(answer, Problem):
        raise NotRelatedError(answer)
    if isinstance(answer, Lost):
        problem = Problem("linking", f"Linking was cut short: {answer.reason}.", "Link again with --jobs 1.")
        raise NotRelatedError(problem)
    return answer


def _indexed(links: Links, documents: Sequence[str], tools: LinkTools) -> list[Indexed]:
    """The claims of reports with what they are found under, and who stands at the end of their chains."""
    told = links.told(documents)
    pinned = links.pinned([each.claim.id for each in told])
    return [_index_of(each, tools, pinned=each.claim.id in pinned) for each in told]


def _index_of(told: Told, tools: LinkTools, *, pinned: bool) -> Indexed:
    end, publisher = chain_end(told, tools.grading, pinned=pinned), publisher_end(told, tools.grading)
    return Indexed(told, keys(told, tables=tools.linking), end.key, end.name, publisher.key, subject(told))


def _drawn(found: Iterable[Relation], new: Sequence[Indexed]) -> Mapping[str, int]:
    """Report -> how many relations its claims have."""
    report = {each.told.claim.id: each.told.claim.document_id for each in new}
    return Counter(one for each in found for one in {report.get(each.a), report.get(each.b)} if one)


# Situations -----------------------------------------------------------------------------------------------------------


GROUPS = 200  # situations whose claims are held at once


def situations(ledger: Ledger, *, tools: LinkTools | None = None) -> tuple[Situation, ...]:
    """What the claims of a ledger come to: one event or one lasting state of things each, as people have put them together.

    A claim that a person took out of a situation stands with none but others that were taken out.
    """
    tools = tools or LinkTools.load()
    together, apart = _judged_situations(ledger)
    scenes_of = partial(scenes, tables=tools.linking)
    near = (tie for told in ledger.told_by_reports() for tie in scenes_of(told))
    ties = (tie for tie in chain(ledger.ties(together), near) if len(apart.intersection(tie)) != 1)
    rest = grouped(ties)
    found: list[Situation] = []
    while groups := list(islice(rest, GROUPS)):
        found += _told_situations(ledger, groups, tools)
    return tuple(sorted(found, key=in_time))


def _told_situations(ledger: Ledger, groups: Sequence[Sequence[str]], tools: LinkTools) -> Iterator[Situation]:
    told = {each.claim.id: each for each in ledger.told_of([one for group in groups for one in group])}
    for group in groups:
        there = [told[one] for one in group if one in told]
        if len(there) > 1:
            yield situation(there, tables=tools.linking)


def _judged_situations(ledger: Ledger) -> tuple[list[tuple[str, str]], frozenset[str]]:
    """The pairs that people put together, and the claims that they took out of their situation."""
    together, apart = [], set()
    for a, b, verdict in ledger.pairs_judged(SubjectKind.SITUATION):
        if verdict.act is Act.CONFIRM:
            together.append((a, b))
        else:
            apart.add(b if verdict.value == "1" else a)
    return together, frozenset(apart)
