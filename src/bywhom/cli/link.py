"""`bywhom link`: who else says so, and is it really someone else; `bywhom rests-on`: what falls with a source."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bywhom.cli.options import MOST_JOBS, cores, ledger_option, opened
from bywhom.cli.terminal import counted, did_you_mean, on_terminal, stderr_console, stdout_console
from bywhom.errors import UsageError

if TYPE_CHECKING:
    from bywhom.ledger import Ledger, LedgerClaim
    from bywhom.progress import Linked


@click.command()
@click.option("--anew", is_flag=True, help="Drop all links and make them again. Verdicts stay.")
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help=f"So many processes. [default: one a core, up to {MOST_JOBS}]",
)
@click.option("--quiet", "-q", is_flag=True, help="No progress and no summary.")
@ledger_option
def link(*, anew: bool, jobs: int | None, quiet: bool, ledger: Path) -> int:
    """Link claims and grade them.

    Links what has not been linked yet, and all of a ledger that another version linked; `bywhom add --link` does it at
    once. Relations are decided from origins: whose word a claim rests on, as the reports tell. What people decided is
    laid over what is found. Relations are proposals: judged by hand, nine of ten claims of one origin are,
    but of contradictions some six in ten hold, and of corroborations fewer (bench/judged), so look at both claims before
    you rest on one.

    Exit status: 0 done, 1 a report could not be linked (bywhom problems).
    """
    from bywhom import pipeline  # noqa: PLC0415

    with opened(ledger) as book, _reporting(book, quiet=quiet) as report:
        done = pipeline.link(book, anew=anew, jobs=jobs or min(cores(), MOST_JOBS), progress=report)
        if not quiet:
            stderr_console().print(_summary(done, book), soft_wrap=True)
    return int(done.problems > 0)


@contextmanager
def _reporting(book: Ledger, *, quiet: bool) -> Iterator[Callable[[Linked], None] | None]:
    """What to call after each batch: a moving line on a terminal, nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    with stderr_console().status("linking …") as status:
        yield lambda done: status.update(f"{counted(done.claims, 'claim')} linked, {_waiting(book)} to go")


def _waiting(book: Ledger) -> str:
    return counted(book.link_counts().waiting, "report")


def _summary(done: Linked, book: Ledger) -> str:
    counts = book.link_counts()
    how = "made anew by this version: " if done.anew else ""
    linked = f"{how}{counted(done.claims, 'claim')} of {counted(done.reports, 'report')} linked"
    held = (
        f"{counted(counts.relations, 'relation')}, {counted(counts.groups, 'origin')}, {counts.contested:,} contested"
    )
    return f"{linked}; the ledger holds {held}."


@click.command("rests-on")
@click.argument("name")
@click.option(
    "--json/--table", "as_json", default=None, help="JSON Lines, or a table. [default: a table on a terminal]"
)
@ledger_option
def rests_on(*, name: str, as_json: bool | None, ledger: Path) -> None:
    """List every claim that rests on a source.

    NAME is a source, a relay or a publisher; part of a source's name will do. Listed are the claims that name it anywhere
    in their chain, those that it published in its own voice, and those that repeat one of these without saying so: for the
    day on which NAME is discredited.
    """
    from bywhom.regrading import graded, name_key  # noqa: PLC0415

    if not name.strip():
        raise UsageError("whose word? give the name of a source, a relay or a publisher; `bywhom entities` lists them")
    with opened(ledger) as book:
        found = graded(book, _claims(book, name, name_key(name)))
        first = next(found, None)
        if first is None:
            near = did_you_mean(book.near_names(name))
            raise UsageError(
                f"nothing in the ledger rests on {name!r}: no source, relay or publisher is called so. {near}"
            )
        found = chain((first,), found)
        if as_json if as_json is not None else not on_terminal():
            _write_lines(book, found)
            return
        _show(found, name)


def _claims(book: Ledger, name: str, key: str) -> Iterator[LedgerClaim]:
    for each in book.resting_on(name, key):
        yield book.claim(each)


def _write_lines(book: Ledger, found: Iterator[LedgerClaim]) -> None:
    from bywhom.export import protected, write_jsonl  # noqa: PLC0415

    write_jsonl(protected(book, found), sys.stdout.buffer)


def _show(found: Iterator[LedgerClaim], name: str) -> None:
    from bywhom.cli.claims import table_parts  # noqa: PLC0415
    from bywhom.cli.terminal import clean  # noqa: PLC0415

    console, count = stdout_console(), 0
    for part in table_parts(found, console):
        console.print(part.shown)
        count += part.claims
    stderr_console().print(f"\n{counted(count, 'claim')} resting on {clean(name)}.", style="dim")
