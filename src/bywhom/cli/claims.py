"""`bywhom claims`: who says what, on whose word."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bywhom.cli.options import ledger_option, opened, policy_option
from bywhom.cli.terminal import on_terminal, stderr_console, stdout_console

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

    from bywhom.ledger import ClaimQuery, LedgerClaim


@click.command()
@click.option("--text", metavar="WORDS", help="Every one of these words stands in the claim.")
@click.option("--source", metavar="NAME", help="Who answers for it; part of the name will do.")
@click.option("--via", metavar="NAME", help="Through whose hands it came.")
@click.option("--event", metavar="TYPE", help="Type of event: refuse, surrender, detain, casualty …")
@click.option("--place", metavar="NAME", help="Where, as known or as worded.")
@click.option("--date", metavar="DATE", help="When it happened: 2024, 2024-05 or 2024-05-27.")
@click.option("--since", metavar="DATE", help="It may have happened on or after this date.")
@click.option("--until", metavar="DATE", help="It may have happened on or before this date.")
@click.option("--certainty", metavar="DEGREE", help="How sure the source is: certain, probable, possible, unknown.")
@click.option("--document", metavar="DOCUMENT", help="In this report: its name, location or id.")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="At most so many.")
@click.option(
    "--json/--table", "as_json", default=None, help="JSON Lines, or a table. [default: a table on a terminal]"
)
@policy_option
@ledger_option
def claims(
    *,
    text: str | None,
    source: str | None,
    via: str | None,
    event: str | None,
    place: str | None,
    date: str | None,
    since: str | None,
    until: str | None,
    certainty: str | None,
    document: str | None,
    limit: int | None,
    as_json: bool | None,
    policy: str,
    ledger: Path,
) -> None:
    """List claims: who says what, on whose word.

    On a terminal a table, a report at a time; into a pipe JSON Lines, one claim a line, as `bywhom export` writes them.
    Filters narrow each other down. Case, accents and kinds of apostrophe do not count.
    """
    from bywhom.ledger import ClaimQuery  # noqa: PLC0415

    query = ClaimQuery(
        text=text,
        source=source,
        via=via,
        event=event,
        place=place,
        since=since or date,
        until=until or date,
        certainty=certainty,
        document=document,
        limit=limit,
    )
    if as_json if as_json is not None else not on_terminal():
        _write_lines(ledger, query, policy)
    else:
        _show_table(ledger, query, policy)


def _write_lines(path: Path, query: ClaimQuery, policy: str) -> None:
    from bywhom.export import write_jsonl  # noqa: PLC0415
    from bywhom.regrading import Policy, graded  # noqa: PLC0415

    with opened(path) as ledger:
        write_jsonl(graded(ledger, ledger.claims(query), policy=Policy(policy)), sys.stdout.buffer)


def _show_table(path: Path, query: ClaimQuery, policy: str) -> None:
    from bywhom.regrading import Policy, graded  # noqa: PLC0415

    console = stdout_console()
    with opened(path) as ledger:
        count = 0
        for part in table_parts(graded(ledger, ledger.claims(query), policy=Policy(policy)), console):
            console.print(part.shown)
            count += part.claims
        stderr_console().print(_closing(count, ledger.counts().claims), style="dim")


def _closing(shown: int, held: int) -> str:
    if not held:
        return "The ledger holds no claims yet: bywhom add PATH"
    if not shown:
        return f"No claim fits; the ledger holds {held:,}."
    return (
        f"\n{shown:,} of {held:,} claims. “…”: the source’s own words. not: said not to have happened. distanced: the "
        "report keeps its distance. ?: the place could not be resolved. XXXX: the year is not said. F and 6: no basis yet, "
        "which says nothing against anybody; `bywhom trace` tells what a grade rests on.\n"
        "Next: bywhom trace CLAIM, bywhom show REPORT"
    )


# The table -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the listing that can be printed at once, and how many claims it shows."""

    shown: RenderableType
    claims: int


@dataclass(frozen=True, slots=True)
class Widths:
    """How many characters each column has."""

    claim: int
    who: int
    what: int
    event: int
    where: int


GAP = 2
CLAIM = 9  # as wide as "contested"


def widths(total: int) -> Widths:
    """The columns of a terminal `total` characters wide: the words of the claim take what the others leave."""
    total = max(60, min(total, 170))
    who, event, where = (total * 21 // 100, max(11, total * 13 // 100), total * 17 // 100)
    return Widths(CLAIM, who, total - CLAIM - who - event - where - 4 * GAP, event, where)


def table_parts(found: Iterable[LedgerClaim], console: Console) -> Iterator[Part]:
    """The headings, then a table for each report: so a listing of any length starts at once."""
    from rich.padding import Padding  # noqa: PLC0415

    size = widths(console.width)
    for number, (_, group) in enumerate(groupby(found, key=lambda each: each.claim.document_id)):
        rows = list(group)
        if not number:
            yield Part(_table(size, headed=True), 0)
        table = _table(size)
        for each in rows:
            table.add_row(*_cells(each))
        yield Part(Padding(_title(rows[0]), (1, 0, 0, 0)), 0)
        yield Part(table, len(rows))


def _title(found: LedgerClaim) -> Text:
    from rich.text import Text  # noqa: PLC0415

    from bywhom.cli.words import report_line  # noqa: PLC0415

    return Text(report_line(found), style="bold underline", overflow="ellipsis", no_wrap=True)


def _table(size: Widths, *, headed: bool = False) -> Table:
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=None, show_header=headed, header_style="dim", pad_edge=False, padding=(0, GAP, 0, 0))
    for heading, width in (
        ("claim\ngrade", size.claim),
        ("who says\nvia", size.who),
        ("what\n ", size.what),
        ("event\ncertainty", size.event),
        ("where\nwhen", size.where),
    ):
        table.add_column(heading, width=width, overflow="fold")
    return table


def _cells(found: LedgerClaim) -> tuple[Text, ...]:
    from rich.text import Text  # noqa: PLC0415

    from bywhom.cli import words  # noqa: PLC0415

    claim = found.claim
    return (
        Text(words.short(claim), style="cyan").append(f"\n{words.grade(found)}".rstrip(), style="not bold dim"),
        _who(found),
        Text(words.what(claim)),
        _lines(words.event(claim), words.certainty(claim)),
        _lines(words.place(claim.place) or "–", words.time(claim.time) or "–"),
    )


def _who(found: LedgerClaim) -> Text:
    from rich.text import Text  # noqa: PLC0415

    from bywhom.cli import words  # noqa: PLC0415

    claim = found.claim
    if claim.attribution.source is None:
        return Text(words.who(claim), style="dim italic")
    text = Text(words.who(claim), style="bold")
    relays = words.via(claim.attribution)
    channel = claim.attribution.channel
    below = " · ".join(filter(None, (f"via {relays}" if relays else "", channel.value if channel else "")))
    return text.append(f"\n{below}" if below else "", style="not bold dim")


def _lines(first: str, second: str) -> Text:
    from rich.text import Text  # noqa: PLC0415

    return Text(first).append(f"\n{second}", style="dim")
