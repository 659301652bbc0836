"""`bywhom verify`, `problems` and `stages`: is everything as it was, what went wrong, and how a report is read."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bywhom.cli.options import ledger_option, opened
from bywhom.cli.terminal import clean, counted, on_terminal, stderr_console, stdout_console

if TYPE_CHECKING:
    from bywhom.records import Problem


@click.command()
@ledger_option
def verify(*, ledger: Path) -> int:
    """Check that nothing in the ledger has changed.

    Hashes every archived original and text again, reads every claim's words again at their place, and follows the
    custody log from its first entry. What fails is named. Exit status: 0 all is as it was written, 1 something is not.
    """
    with opened(ledger) as book:
        counts = book.counts()
        failed = _list(book.verify())
    checked = f"{counted(counts.documents, 'report')}, {counted(counts.claims, 'claim')}"
    verdict = f"{counted(failed, 'fault')} found" if failed else "all as it was written"
    stderr_console().print(f"{checked}, {counts.custody:,} entries of the custody log checked: {verdict}.")
    return int(failed > 0)


@click.command()
@click.option("--document", metavar="DOCUMENT", help="Of this report: its name, location or id.")
@ledger_option
def problems(*, document: str | None, ledger: Path) -> int:
    """List what could not be read, and what to do.

    Problems of reports and of collecting, then the reports that are archived but not read: those in a language that is
    not read yet, for example. Into a pipe JSON Lines. Exit status: 0 no problems, 1 problems.
    """
    from bywhom.records import Problem  # noqa: PLC0415

    with opened(ledger) as book:
        report = book.document(document) if document else None
        listed = _list(book.problems(document_id=report.id if report else None))
        unread = (
            Problem("cleaning", f"not read: {each.why}", "", each.name, each.id)
            for each in book.documents(state="unread")
            if report is None or each.id == report.id
        )
        waiting = _list(unread)
    stderr_console().print(f"{counted(listed, 'problem')}, {counted(waiting, 'report')} not read.")
    return int(listed > 0)


def _list(problems: Iterable[Problem]) -> int:
    """Print problems as people or programs read them; how many there were."""
    show = _show if on_terminal() else _write
    count = 0
    for problem in problems:
        show(problem)
        count += 1
    return count


def _show(problem: Problem) -> None:
    from rich.text import Text  # noqa: PLC0415

    where = problem.where or (problem.document_id or "")[:12]
    line = Text(clean(where), style="bold").append(f"  {problem.stage}", style="not bold dim")
    line.append(f"\n  {clean(problem.message)}", style="not bold not dim")
    if problem.remedy:
        line.append(f"\n  {clean(problem.remedy)}", style="not bold green")
    stdout_console().print(line)


def _write(problem: Problem) -> None:
    import msgspec  # noqa: PLC0415

    sys.stdout.buffer.write(msgspec.json.encode(problem) + b"\n")


@click.command()
@ledger_option
def stages(*, ledger: Path) -> None:  # noqa: ARG001  every command takes --ledger
    """List the steps of reading a report.

    Each with what it needs and what it adds, in the order in which the pipeline calls them.
    """
    from rich.text import Text  # noqa: PLC0415

    from bywhom.pipeline import STAGES  # noqa: PLC0415

    console = stdout_console()
    for number, stage in enumerate(STAGES, 1):
        line = Text(f"{number}  {stage.name:<12}", style="bold").append(f"{stage.function}\n", style="not bold dim")
        line.append(f"   {'needs':<12}{stage.needs}\n   {'adds':<12}{stage.adds}", style="not bold not dim")
        console.print(line)
