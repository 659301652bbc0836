"""`bywhom export`: the ledger for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from bywhom.cli.options import ledger_option, nameless_option, opened, policy_option
from bywhom.cli.terminal import about_names, counted

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
@nameless_option
@ledger_option
def export(*, form: str, output: Path, policy: str, without_names: bool, ledger: Path) -> None:
    """Write the ledger as JSON Lines or CSV, or its relations.

    JSON Lines carry the whole record, one claim a line. CSV is flattened for spreadsheets. Relations are JSON Lines too: what
    one claim is to another, whether they are independent, and why.
    docs/export.md says what every key means, and what CSV cannot carry.

    Rows whose words name relatives, witnesses, captives or other private people are marked as protected. --without-names
    takes these names out, in quotations by a sign for each letter: write so what you hand on.
    """
    with opened(ledger) as book:
        if str(output) == "-":
            _write(form, book, sys.stdout.buffer, policy, names=not without_names)
            return
        from bywhom.export import replacing  # noqa: PLC0415

        with replacing(output) as file:
            count = _write(form, book, file, policy, names=not without_names)
    click.echo(f"{counted(count, 'relation' if form == 'relations' else 'claim')} written to {output}", err=True)


def _write(form: str, book: Ledger, file: BinaryIO, policy: str, *, names: bool) -> int:
    from bywhom.export import Tally, protected, without_names, write_csv, write_jsonl, write_relations  # noqa: PLC0415
    from bywhom.regrading import Policy, graded  # noqa: PLC0415

    if form == "relations":
        pairs = book.related()
        return write_relations(pairs if names else without_names(book, pairs), file)
    tally = Tally()
    found = protected(book, graded(book, book.claims(), policy=Policy(policy)), names=names, tally=tally)
    count = (write_csv if form == "csv" else write_jsonl)(found, file)
    if tally.masked:
        click.echo(about_names(tally.masked, named=names), err=True)
    return count
