"""`bywhom reports`: what is in the ledger, read or not, with and without claims."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bywhom.cli.options import ledger_option, opened
from bywhom.cli.terminal import clean, counted, on_terminal, shorten, stderr_console, stdout_console

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from bywhom.ledger import LedgerDocument

SHORT_ID = 8  # digits of a report's id that are shown; `show` asks for more where they fit several
TITLE = 90  # characters of a title, or of why a report is not read


@click.command()
@click.option("--text", metavar="WORDS", help="Every one of these words stands in its name, title or publisher.")
@click.option("--unread", is_flag=True, help="Only those that could not be read.")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="At most so many.")
@click.option(
    "--json/--table", "as_json", default=None, help="JSON Lines, or a table. [default: a table on a terminal]"
)
@ledger_option
def reports(*, text: str | None, unread: bool, limit: int | None, as_json: bool | None, ledger: Path) -> None:
    """List the reports in the ledger.

    Each with its publisher, its date and how many claims were found in it, those too that hold none or could not be read.
    The order is that of their names. Case and accents do not count.
    """
    with opened(ledger) as book:
        found = islice(_fitting(book.documents(state="unread" if unread else None), text or ""), limit)
        if as_json if as_json is not None else not on_terminal():
            _write(found)
            return
        shown = list(found)
        held = book.report_counts()
    if shown:
        stdout_console().print(_table(shown))
    stderr_console().print(_closing(len(shown), held.documents, held.unread), style="dim")


def _fitting(found: Iterable[LedgerDocument], text: str) -> Iterator[LedgerDocument]:
    from bywhom.ledger.folding import fold  # noqa: PLC0415

    words = fold(text).split()
    for each in found:
        told = fold(" ".join(filter(None, (*each.names, each.title, each.publisher))))
        if all(word in told for word in words):
            yield each


def _write(found: Iterable[LedgerDocument]) -> None:
    from bywhom.export import as_line, report_record  # noqa: PLC0415

    for each in found:
        sys.stdout.buffer.write(as_line(report_record(each)))


def _table(found: Iterable[LedgerDocument]) -> Table:
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("id", style="cyan", no_wrap=True)
    table.add_column("report", overflow="fold")
    table.add_column("publisher", overflow="fold")
    table.add_column("published", no_wrap=True)
    table.add_column("claims", justify="right", no_wrap=True)
    for each in found:
        published = each.published.value if each.published else "undated"
        claims = "not read" if each.state == "unread" else f"{each.claims:,}"
        table.add_row(each.id[:SHORT_ID], _name(each), clean(each.publisher or "–"), clean(published), claims)
    return table


def _name(found: LedgerDocument) -> Text:
    """The name of the report, below it its title, or why it was not read."""
    from rich.text import Text  # noqa: PLC0415

    copies = f" and {len(found.names) - 1} more" if len(found.names) > 1 else ""
    below = found.why if found.state == "unread" else found.title
    name = Text(clean(found.name) + copies)
    return name.append(f"\n{shorten(clean(below), TITLE)}", style="dim") if below else name


def _closing(shown: int, held: int, unread: int) -> str:
    if not held:
        return "The ledger holds no reports yet: bywhom add PATH"
    if not shown:
        return f"No report fits; the ledger holds {held:,}."
    why = f", {unread:,} not read (bywhom problems says why)" if unread else ""
    return f"\n{shown:,} of {counted(held, 'report')}{why}.\nNext: bywhom show REPORT, bywhom claims --document REPORT"
