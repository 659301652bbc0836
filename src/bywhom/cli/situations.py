"""`bywhom situations`, `bywhom situation`: what claims come to together, and how it developed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bywhom.cli.options import ledger_option, opened
from bywhom.cli.terminal import clean, counted, on_terminal, shorten, stderr_console, stdout_console
from bywhom.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from bywhom.ledger import Ledger, LedgerClaim
    from bywhom.records import Range, Situation

WORDS = 90  # characters of the first claim in the list
SHORT = 8  # digits of a situation's id that are shown
_json_option = click.option(
    "--json/--table", "as_json", default=None, help="JSON Lines, or a table. [default: a table on a terminal]"
)


@click.command()
@click.option("--place", metavar="NAME", help="Where.")
@click.option("--since", metavar="DATE", help="Not over before this day: 1999-03-24.")
@click.option("--until", metavar="DATE", help="Begun by this day.")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="At most so many.")
@_json_option
@ledger_option
def situations(
    *, place: str | None, since: str | None, until: str | None, limit: int | None, as_json: bool | None, ledger: Path
) -> None:
    """List what claims come to: events, sieges, camps.

    A situation is what claims about one event or one lasting state of things come to together. Each is listed with its place, its span of time, how many claims tell of it, and the range of each number. The order is that of time.
    """
    from bywhom import pipeline  # noqa: PLC0415
    from bywhom.ledger import SituationQuery  # noqa: PLC0415

    asked = SituationQuery(place or "", since or "", until or "")
    asked.check()
    with opened(ledger) as book:
        found = [each for each in pipeline.situations(book) if asked.fits(each)][:limit]
        if as_json if as_json is not None else not on_terminal():
            _write(book, found)
            return
        _show(((each, book.claim(each.timeline[0].claim).claim.text) for each in found), stdout_console())
    stderr_console().print(f"\n{counted(len(found), 'situation')}. Next: bywhom situation SITUATION", style="dim")


@click.command()
@click.argument("situation_id", metavar="SITUATION")
@click.option("--json", "as_json", is_flag=True, help="The situation as one line of JSON.")
@ledger_option
def situation(*, situation_id: str, as_json: bool, ledger: Path) -> None:
    """Show how one situation developed, and what each side says.

    SITUATION is the beginning of an id of `bywhom situations`, or of the id of any claim that belongs to it. Numbers are
    shown as the range that each side tells; the timeline has every claim with its grade.
    """
    from bywhom import pipeline  # noqa: PLC0415

    with opened(ledger) as book:
        found = _chosen(pipeline.situations(book), situation_id)
        if as_json:
            _write(book, [found])
            return
        claims = list(pipeline.graded(book, (book.claim(each) for each in found.claims)))
        _show_one(found, claims, stdout_console())


def _chosen(all_of_them: Iterable[Situation], prefix: str) -> Situation:
    """The one situation that is meant.

    Raises: UsageError where there is none, or several.
    """
    listed = list(all_of_them)
    found = [one for one in listed if one.id.startswith(prefix)]
    found = found or [one for one in listed if any(claim.startswith(prefix) for claim in one.claims)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(
            f"no situation has an id or a claim that begins with {prefix!r}; `bywhom situations` lists them"
        )
    raise UsageError(f"{len(found)} situations have an id or a claim that begins with {prefix!r}; give more of it")


def _write(book: Ledger, found: Iterable[Situation]) -> None:
    """Situations as JSON Lines, without the names of private people."""
    import msgspec  # noqa: PLC0415

    from bywhom.export import nameless  # noqa: PLC0415

    for one in nameless(book, found):
        sys.stdout.buffer.write(msgspec.json.encode(one) + b"\n")


# Tables --------------------------------------------------------------------------------------------------------------


def _show(found: Iterable[tuple[Situation, str]], console: Console) -> None:
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("situation", "when", "where", "claims", "begins with", "numbers"):
        table.add_column(heading, overflow="fold")
    for one, words in found:
        numbers = "; ".join(_range(each) for each in one.ranges[:3]) + ("; …" if len(one.ranges) > 3 else "")
        table.add_row(
            Text(one.id[:SHORT], style="cyan"),
            _when(one),
            clean(one.place or "–"),
            str(len(one.claims)),
            Text(shorten(words, WORDS)),
            Text(numbers),
        )
    console.print(table)


def _when(one: Situation) -> str:
    if one.first is None:
        return "–"
    return one.first if one.first == one.last else f"{one.first} to {one.last}"


def _range(each: Range) -> str:
    """A number as one side tells it: "14 to 40 people killed (Brandt)"."""
    low, high = (None if bound is None else f"{bound:,.15g}" for bound in (each.low, each.high))
    bounds = low if low == high else " to ".join(filter(None, (low, high))) if high else f"at least {low}"
    side = clean(each.side) if each.side else "the publishers"
    return f"{bounds or 'some'} {clean(each.unit)} ({side})"


def _show_one(one: Situation, claims: list[LedgerClaim], console: Console) -> None:
    from rich.padding import Padding  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console.print(f"situation {one.id}", style="bold")
    lasting = ", lasting" if one.lasting else ""
    origins = len({each.grade.digit.standing.own.id for each in claims if each.grade})
    counts = f"{counted(len(claims), 'claim')} of {counted(origins, 'origin')}"
    console.print(f"  {clean(one.place or 'no place')} · {_when(one)}{lasting} · {counts}")
    sections = (("the numbers, by who tells them", _ranges(one)), ("how it developed", _timeline(one, claims)))
    for heading, table in sections:
        if table.row_count:
            console.print(Text(f"\n{heading}", style="bold"))
            console.print(Padding(table, (0, 0, 0, 2)))
    contested = [each for each in claims if each.grade and each.grade.contested]
    if contested:
        console.print(Text(f"\ncontested: {', '.join(each.claim.id[:8] for each in contested)}", style="bold"))


def _ranges(one: Situation) -> Table:
    from rich.table import Table  # noqa: PLC0415

    table = Table.grid(padding=(0, 2, 0, 0))
    for each in one.ranges:
        table.add_row(_range(each), ", ".join(claim[:8] for claim in each.claims[:6]))
    return table


def _timeline(one: Situation, claims: list[LedgerClaim]) -> Table:
    from rich.table import Table  # noqa: PLC0415

    table = Table.grid(padding=(0, 2, 0, 0))
    by_id = {each.claim.id: each for each in claims}
    for moment in one.timeline:
        if moment.claim in by_id:
            table.add_row(*_step(moment.day, by_id[moment.claim]))
    return table


def _step(day: str | None, found: LedgerClaim) -> Iterator[Text]:
    from rich.text import Text  # noqa: PLC0415

    from bywhom.cli import words  # noqa: PLC0415

    yield Text(day or "–", style="dim")
    yield Text(words.short(found.claim), style="cyan")
    yield Text(words.grade(found) or "–")
    yield Text(shorten(words.who(found.claim), 28), style="bold")
    yield Text(shorten(words.what(found.claim), 160))
