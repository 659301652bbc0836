"""`bywhom verify`, `problems` and `stages`: is everything as it was, what went wrong, and how a report is read."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
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
    said = f"{checked}, {counts.custody:,} entries of the custody log checked: {verdict}."
    stderr_console().print(said, soft_wrap=True)
    return int(failed > 0)


@click.command()
@click.option("--document", metavar="DOCUMENT", help="Of this report: its name, location or id.")
@click.option(
    "--json/--table", "as_json", default=None, help="JSON Lines, or a table. [default: a table on a terminal]"
)
@ledger_option
def problems(*, document: str | None, as_json: bool | None, ledger: Path) -> int:
    """List what could not be read, and what to do.

    On a terminal what went wrong in the same way is told once, with the first places; into a pipe JSON Lines, one problem
    a line. Exit status: 0 no problems, 1 problems.
    """
    with opened(ledger) as book:
        report = book.document(document) if document else None
        listed = _list(book.problems(document_id=report.id if report else None), as_json=as_json)
        unread = book.counts().unread
    said = "" if report else f", {counted(unread, 'report')} not read"
    stderr_console().print(f"{counted(listed, 'problem')}{said}.", soft_wrap=True)
    return int(listed > 0)


# Listing -------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Group:
    """Problems that went wrong in the same way."""

    count: int = 0
    places: list[str] = field(default_factory=list)


def _list(problems: Iterable[Problem], *, as_json: bool | None = None) -> int:
    """Print problems as people or programs read them; how many there were."""
    for_programs = as_json if as_json is not None else not on_terminal()
    return _write(problems) if for_programs else _show(problems)


def _write(problems: Iterable[Problem]) -> int:
    import msgspec  # noqa: PLC0415

    count = 0
    for problem in problems:
        sys.stdout.buffer.write(msgspec.json.encode(problem) + b"\n")
        count += 1
    return count


def _show(problems: Iterable[Problem]) -> int:
    from rich.text import Text  # noqa: PLC0415

    console = stdout_console()
    groups = grouped(problems)
    for (stage, message, remedy), group in groups.items():
        line = Text(f"{group.count:>6,}  ", style="bold").append(clean(message), style="not bold")
        line.append(f"  ({stage})", style="not bold dim")
        for words, style in ((clean(remedy), "green"), (_places(group), "dim")):
            line.append(f"\n        {words}" if words else "", style=f"not bold {style}")
        console.print(line, soft_wrap=True)
    return sum(group.count for group in groups.values())


SHOWN_PLACES = 3


def grouped(problems: Iterable[Problem]) -> dict[tuple[str, str, str], Group]:
    """Problems by stage, message and remedy, each with its number and its first places."""
    groups: dict[tuple[str, str, str], Group] = {}
    for problem in problems:
        group = groups.setdefault((problem.stage, problem.message, problem.remedy), Group())
        group.count += 1
        if len(group.places) < SHOWN_PLACES:
            group.places.append(clean(problem.where or (problem.document_id or "")[:12]))
    return groups


def _places(group: Group) -> str:
    more = group.count - len(group.places)
    return ", ".join(filter(None, group.places)) + (f" and {more:,} more" if more else "")


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
        line = Text(f"{number:>2}  {stage.name:<12}", style="bold").append(f"{stage.function}\n", style="not bold dim")
        line.append(f"    {'needs':<12}{stage.needs}\n    {'adds':<12}{stage.adds}", style="not bold not dim")
        console.print(line)
