"""`bywhom export`: the ledger for other programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from bywhom.cli.options import ledger_option, opened
from bywhom.cli.terminal import counted

if TYPE_CHECKING:
    from bywhom.ledger import LedgerClaim

Writer = Callable[[Iterable["LedgerClaim"], BinaryIO], int]


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True, help="The form."
)
@click.option(
    "--output", metavar="FILE", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path), default="-",
    help="A file, put in its place once it is whole. [default: standard output]",
)  # fmt: skip
@ledger_option
def export(*, form: str, output: Path, ledger: Path) -> None:
    """Write the ledger as JSON Lines or CSV.

    JSON Lines carry the whole record, one claim a line. CSV is flattened for spreadsheets.
    docs/export.md says what every key means, and what CSV cannot carry.
    """
    write = _writer(form)
    with opened(ledger) as book:
        if str(output) == "-":
            write(book.claims(), sys.stdout.buffer)
            return
        from bywhom.export import replacing  # noqa: PLC0415

        with replacing(output) as file:
            count = write(book.claims(), file)
    click.echo(f"{counted(count, 'claim')} written to {output}", err=True)


def _writer(form: str) -> Writer:
    from bywhom.export import write_csv, write_jsonl  # noqa: PLC0415

    return write_csv if form == "csv" else write_jsonl
