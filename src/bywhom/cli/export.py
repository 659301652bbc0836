"""`bywhom export`: the ledger for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from bywhom.cli.options import ledger_option, opened, policy_option
from bywhom.cli.terminal import counted

if TYPE_CHECKING:
    from bywhom.ledger import Ledger


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "relations"]),
    default="jsonl",
    show_default=True,
    help="The form.",
)
@click.option(
    "--output", metavar="FILE", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path), default="-",
    help="A file, put in its place once it is whole. [default: standard output]",
)  # fmt: skip
@policy_option
@ledger_option
def export(*, form: str, output: Path, policy: str, ledger: Path) -> None:
    """Write the ledger as JSON Lines or CSV, or its relations.

    JSON Lines carry the whole record, one claim a line. CSV is flattened for spreadsheets. Relations are JSON Lines too: what
    one claim is to another, whether they are independent, and why.
    docs/export.md says what every key means, and what CSV cannot carry.
    """
    with opened(ledger) as book:
        if str(output) == "-":
            _write(form, book, sys.stdout.buffer, policy)
            return
        from bywhom.export import replacing  # noqa: PLC0415

        with replacing(output) as file:
            count = _write(form, book, file, policy)
    click.echo(f"{counted(count, 'relation' if form == 'relations' else 'claim')} written to {output}", err=True)


def _write(form: str, book: Ledger, file: BinaryIO, policy: str) -> int:
    from bywhom.export import write_csv, write_jsonl, write_relations  # noqa: PLC0415
    from bywhom.regrading import Policy, graded  # noqa: PLC0415

    if form == "relations":
        return write_relations(book.related(), file)
    return (write_csv if form == "csv" else write_jsonl)(graded(book, book.claims(), policy=Policy(policy)), file)
