"""`bywhom add`: reports in, and in the end what came of it and what to do next."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bywhom.cli.options import MOST_JOBS, actors_option, cores, gazetteer_folder, ledger_option, ledger_words
from bywhom.cli.terminal import clean, counted, shorten, stderr_console
from bywhom.errors import UsageError

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from bywhom.asking import Endpoint
    from bywhom.jobs import Reader
    from bywhom.pipeline import AddOptions
    from bywhom.progress import Progress, Summary

WORTH_IT = 128 * 1024  # bytes of reports, some five seconds of reading, from which on several processes save time
PATIENCE = {"rules": 120.0, "llm": 600.0}  # seconds for one report, unless the user says otherwise


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help=f"So many processes. [default: one a core, up to {MOST_JOBS}, where there is enough to read]",
)
@click.option("--field", "fields", multiple=True, metavar="NAME=KEY", help="For JSON Lines: which key holds what.")
@actors_option("Your own table of armies, groups, bodies and people, over ours.")
@click.option(
    "--reader",
    type=click.Choice(["rules", "llm"]),
    default="rules",
    show_default=True,
    help="llm: ask a language model at --endpoint. The texts leave this machine, for wherever that is.",
)
@click.option("--endpoint", metavar="URL", help="For --reader llm: an address that takes chat completions.")
@click.option("--model", metavar="NAME", help="For --reader llm: the model to name there.")
@click.option("--key-env", metavar="VAR", help="For --reader llm: the environment variable that holds the key.")
@click.option("--again", is_flag=True, help="Read anew what was read before.")
@click.option(
    "--timeout", metavar="SECONDS", type=click.FloatRange(min=0),
    help="Give up on a report after so long; 0: never. [default: 120, with --reader llm 600]",
)  # fmt: skip
@click.option("--link", is_flag=True, help="Link and grade too, as bywhom link does.")
@click.option("--timings", is_flag=True, help="Say at the end what each stage cost.")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no summary.")
@ledger_option
def add(
    *,
    paths: tuple[str, ...],
    jobs: int | None,
    fields: tuple[str, ...],
    actors: tuple[Path, ...],
    reader: str,
    endpoint: str | None,
    model: str | None,
    key_env: str | None,
    again: bool,
    timeout: float | None,
    link: bool,
    timings: bool,
    quiet: bool,
    ledger: Path,
) -> int:
    """Read reports into the ledger.

    PATH is a file, a folder, a pattern, a URL, or - for standard input. Read are text and Markdown, HTML, JSON Lines,
    web archives (WARC), RSS and Atom feeds, Telegram Desktop exports (result.json), mails (.eml) and PDF with text,
    each also compressed. What was read before is passed over, so a run that was stopped goes on where it was.

    JSON Lines: --field text=article.body says which key holds the text; other fields are title, date, publisher, author,
    url, language and id. Without it the usual names are tried.

    --actors names a YAML file in the form of bywhom's own (docs/actors.md). Who changes it reads everything anew.

    --reader llm sends the text of every report to the endpoint that you name, a local server or a service: do so only
    with texts that may leave this machine. What the model answers is taken only where its words stand in the report.
    Answers are kept beside the ledger (bywhom.db.answers) and asked for once. A report without an answer is read
    without the model, and the next add asks again. The key is read from the variable that --key-env names, and kept
    nowhere. --jobs says how many requests are under way at once.

    Exit status: 0 done, 1 problems found (bywhom problems lists them), 2 wrong usage, 130 stopped by Ctrl-C.
    """
    from bywhom import pipeline  # noqa: PLC0415
    from bywhom.grounding.gazetteer_import import imported  # noqa: PLC0415
    from bywhom.intake.walk import checked  # noqa: PLC0415
    from bywhom.ledger import Ledger  # noqa: PLC0415

    seconds = (PATIENCE[reader] if timeout is None else timeout) or None
    options = replace(_options(fields, again=again, timeout=seconds), link=link, pays=0 if jobs else WORTH_IT)
    asked = _asked(reader, endpoint, model, key_env)
    tables = (actors, imported(gazetteer_folder()))
    reads = _asking(asked, ledger, seconds, *tables) if asked else pipeline.our_reader(*tables)
    checked(paths)  # before a ledger is made: a slip of the pen shall leave none behind
    _say_what_is_missing(reads)
    with Ledger.open(ledger) as book, _reporting(quiet=quiet) as report:
        try:
            summary = pipeline.add(
                paths, book, options=options, jobs=jobs or min(cores(), MOST_JOBS), progress=report, reader=reads
            )
            status = int(summary.problems > 0)
        except pipeline.Stopped as stopped:
            summary, status = stopped.summary, 130
    _conclude(summary, ledger, stopped=status == 130, linked=link, timings=timings, quiet=quiet)
    return status


def _say_what_is_missing(reader: Reader) -> None:
    """Says that the rules read alone, where they do."""
    if reader.alone:
        click.echo(f"Reading with rules alone: {clean(reader.alone)}", err=True)


def _asked(reader: str, endpoint: str | None, model: str | None, key_env: str | None) -> Endpoint | None:
    """Whom to ask; None where the rules read.

    Raises: UsageError where something is missing, or given to no end.
    """
    if reader == "rules":
        given = {"--endpoint": endpoint, "--model": model, "--key-env": key_env}
        idle = next((name for name, value in given.items() if value is not None), None)
        if idle:
            raise UsageError(f"{idle} is for --reader llm; add that, or leave it out")
        return None
    if endpoint is None or model is None:
        raise UsageError(f"--reader llm needs {'--endpoint URL' if endpoint is None else '--model NAME'}")
    from bywhom.asking import Endpoint  # noqa: PLC0415

    return Endpoint(endpoint, model, key_env)


def _asking(
    endpoint: Endpoint, ledger: Path, seconds: float | None, actors: Sequence[Path], gazetteers: Sequence[Path]
) -> Reader:
    """The reader that asks; it gives up on a report in time to read it without the model."""
    from bywhom import pipeline  # noqa: PLC0415
    from bywhom.asking import Limits  # noqa: PLC0415

    limits = Limits(seconds=seconds * 0.9 if seconds else None)
    answers = pipeline.answers_beside(ledger)
    return pipeline.asking_reader(endpoint, answers, limits=limits, actors=actors, gazetteers=gazetteers)


def _options(fields: tuple[str, ...], *, again: bool, timeout: float | None) -> AddOptions:
    """What the pipeline is told.

    Raises: UsageError for a field that is not NAME=KEY or that does not exist.
    """
    from bywhom.intake.options import Fields, IntakeOptions  # noqa: PLC0415
    from bywhom.pipeline import AddOptions  # noqa: PLC0415

    given = {}
    for field in fields:
        name, equals, key = field.partition("=")
        if not (name and equals and key):
            raise UsageError(f"--field {field!r} is not NAME=KEY; write for example --field text=article.body")
        given[name] = key
    return AddOptions(intake=IntakeOptions(fields=Fields().using(given)), timeout=timeout, again=again)


# Progress ------------------------------------------------------------------------------------------------------------


@contextmanager
def _reporting(*, quiet: bool) -> Iterator[Callable[[Progress], None] | None]:
    """What to call as the run goes on: a moving line on a terminal, nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    with _bar() as bar:
        task = bar.add_task("", total=None, counts="", name="")
        yield lambda run: bar.update(task, completed=run.reports, counts=_counts(run), name=_name(run))


def _bar() -> Bar:
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415
    from rich.progress import Progress as Bar  # noqa: PLC0415

    columns = (
        SpinnerColumn(),
        BarColumn(bar_width=16),  # it swings: how many reports a source holds shows only when it has been read
        TextColumn("{task.fields[counts]}", markup=False),
        TimeElapsedColumn(),
        TextColumn("{task.fields[name]}", markup=False, style="dim"),
    )
    return Bar(*columns, console=stderr_console(), transient=True)


def _counts(run: Progress) -> str:
    return ", ".join((counted(run.reports, "report"), counted(run.claims, "claim"), counted(run.problems, "problem")))


def _name(run: Progress) -> str:
    return shorten(clean(run.name), 32)


# The end -------------------------------------------------------------------------------------------------------------


def _conclude(summary: Summary, ledger: Path, *, stopped: bool, linked: bool, timings: bool, quiet: bool) -> None:
    """Say what came of the run, and what to do next."""
    console = stderr_console(quiet=quiet)
    if stopped:
        console.print("Stopped. What was read is kept; the same command goes on from there.")
    if summary.reports or summary.problems or not stopped:
        console.print(_came_of(summary, ledger), soft_wrap=True)
    for line in _next(summary, ledger_words(ledger), linked=linked):
        console.print(line, soft_wrap=True)
    if timings:
        for stage, seconds in summary.stages:
            stderr_console().print(f"{stage:>12} {seconds:8.2f} s")


def _came_of(summary: Summary, ledger: Path) -> str:
    parts = (
        (summary.new, "new"),
        (summary.reread, "read again"),
        (summary.known, "known already"),
        (summary.unread, "not read"),
    )
    if not summary.reports and not summary.problems:
        return "Nothing to read there: no text, HTML, JSON Lines, web archive, feed, messenger export, mail or PDF."
    how = ", ".join(f"{count:,} {word}" for count, word in parts if count) or "none could be read"
    reports, claims = counted(summary.reports, "report"), counted(summary.claims, "claim")
    faults, seconds = counted(summary.problems, "problem"), f"{summary.seconds:.1f} s"
    links = f"{counted(summary.linked.relations, 'relation')} found, " if summary.linked.relations else ""
    return f"{reports} ({how}): {claims} written to {ledger}, {links}{faults}, {seconds}"


def _next(summary: Summary, where: str, *, linked: bool) -> list[str]:
    """The commands that go on from here, and what each is for; `where` names the ledger, if it has to be named."""
    steps = list(_steps(summary, where, linked=linked))
    width = max((len(command) for command, _ in steps), default=0)
    return [f"  {command:<{width}} {purpose}" for command, purpose in steps]


def _steps(summary: Summary, where: str, *, linked: bool) -> Iterator[tuple[str, str]]:
    if summary.problems or summary.unread:
        yield f"bywhom problems{where}", "what could not be read, and what to do"
    if summary.reports:
        yield f"bywhom claims{where}", "who says what"
        if not linked:
            yield f"bywhom link{where}", "find out who else says so, and grade"
        yield f"bywhom trace CLAIM{where}", "on whose word, through whose hands, who else says so"
