"""`bywhom claims`: who says what, on whose word."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import click

from bywhom.cli.options import ledger_option, nameless_option, opened, policy_option
from bywhom.cli.terminal import about_names, on_terminal, stderr_console, stdout_console

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

    from bywhom.ledger import Ledger, LedgerClaim


@click.command()
@click.option("--text", metavar="WORDS", help="Words of the claim, or of the names in it and of its outlet.")
@click.option("--source", metavar="NAME", help="Who answers for it.")
@click.option("--via", metavar="NAME", help="Through whose hands it came.")
@click.option("--outlet", metavar="NAME", help="Who published it, or how the report is called.")
@click.option("--event", metavar="TYPE", multiple=True, help="Type of event: refuse, surrender, detain, casualty …")
@click.option("--kind", metavar="KIND", multiple=True, help="Kind of source: official, military, witness, media …")
@click.option("--place", metavar="NAME", help="Where, as known or as worded.")
@click.option("--country", metavar="CODE", multiple=True, help="Where, by the two letters of ISO 3166-1: DE.")
@click.option("--box", metavar="S,W,N,E", help="Where, as a part of the map: south, west, north, east in degrees.")
@click.option("--date", metavar="DATE", help="When it happened: 2024, 2024-05 or 2024-05-27.")
@click.option("--since", metavar="DATE", help="It may have happened on or after this date.")
@click.option("--until", metavar="DATE", help="It may have happened on or before this date.")
@click.option("--certainty", metavar="DEGREE", multiple=True, help="How sure the source is: certain, probable …")
@click.option("--reliability", metavar="LETTER", multiple=True, help="The letter of the grade, A to F.")
@click.option("--credibility", metavar="DIGIT", multiple=True, help="The digit of the grade, 1 to 6.")
@click.option("--contested/--uncontested", default=None, help="Whether others say otherwise.")
@click.option("--reviewed/--unreviewed", default=None, help="Whether somebody has confirmed or rejected it.")
@click.option("--doubtful/--sure", default=None, help="Whether the program is none too sure of the source.")
@click.option("--document", metavar="DOCUMENT", help="In this report: its name, location or id.")
@click.option("--saved", metavar="NAME", help="What a search asks for that was kept in the workbench under this name.")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="At most so many.")
@click.option(
    "--json/--table", "as_json", default=None, help="JSON Lines, or a table. [default: a table on a terminal]"
)
@policy_option
@nameless_option
@ledger_option
def claims(
    *,
    date: str | None,
    saved: str | None,
    limit: int | None,
    as_json: bool | None,
    policy: str,
    without_names: bool,
    ledger: Path,
    **said: Said,
) -> None:
    """List claims: who says what, on whose word.

    On a terminal a table, a report at a time; into a pipe JSON Lines, one claim a line, as `bywhom export` writes them.
    Filters narrow each other down; of one that is given several times any value will do. Words and names are found in any
    script and transliteration, English words in all their forms: "…" finds words side by side, word* the beginnings of
    words, -word leaves claims with a word out. The workbench and the API find the same. JSON Lines mark what names private
    people, as `bywhom export` does.
    """
    said |= {"since": said.get("since") or date, "until": said.get("until") or date}
    with opened(ledger) as book:
        found = _found(book, saved, said, limit, policy)
        if as_json if as_json is not None else not on_terminal():
            from bywhom.export import Tally, protected, write_jsonl  # noqa: PLC0415

            tally = Tally()
            write_jsonl(protected(book, found, names=not without_names, tally=tally), sys.stdout.buffer)
            if tally.masked:
                click.echo(about_names(tally.masked, named=not without_names), err=True)
        else:
            _show_table(book, found)


Said = str | tuple[str, ...] | bool | None
_NAMES = {"text": "q", "document": "report"}  # of options, as an address calls them


def _found(
    book: Ledger, saved: str | None, said: dict[str, Said], limit: int | None, policy: str
) -> Iterator[LedgerClaim]:
    """The claims that are asked for, graded."""
    from bywhom.ledger.query import query_of  # noqa: PLC0415
    from bywhom.regrading import Policy, graded, letters  # noqa: PLC0415

    kept = parse_qsl(book.saved_search(saved).query) if saved else []
    query = query_of([*kept, *_pairs(said)])
    known = letters(book) if query.reliability else None
    return graded(book, book.claims(query, limit=limit, letters=known), policy=Policy(policy))


def _pairs(said: dict[str, Said]) -> Iterator[tuple[str, str]]:
    """What the options say, as it would stand in an address."""
    for name, value in said.items():
        if isinstance(value, bool):
            yield name, "yes" if value else "no"
        elif value:
            for one in (value,) if isinstance(value, str) else value:
                yield _NAMES.get(name, name), one


def _show_table(book: Ledger, found: Iterable[LedgerClaim]) -> None:
    console = stdout_console()
    count = 0
    for part in table_parts(found, console):
        console.print(part.shown)
        count += part.claims
    stderr_console().print(_closing(count, book.counts().claims), style="dim")


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
