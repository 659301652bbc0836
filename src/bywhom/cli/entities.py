"""`bywhom entities`, `bywhom who`: who speaks and acts in the ledger, and all that one of them says."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bywhom.cli.main import DONE, USAGE
from bywhom.cli.options import ledger_option, opened
from bywhom.cli.terminal import clean, counted, did_you_mean, on_terminal, shorten, stderr_console, stdout_console

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from bywhom.ledger import Ledger, LedgerClaim, LedgerEntity, Testimony

HIDDEN = "(a private person)"
_json_option = click.option(
    "--json/--table", "as_json", default=None, help="JSON Lines, or a table. [default: a table on a terminal]"
)
_protected_option = click.option("--protected", is_flag=True, help="Name private people too.")


@click.command()
@click.option("--kind", metavar="KIND", help="person, unit, army, armed_group, government, ministry, outlet, place …")
@click.option("--text", metavar="NAME", help="Part of a name.")
@click.option("--all", "everybody", is_flag=True, help="Those too whom one report describes without a name.")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="At most so many.")
@_protected_option
@_json_option
@ledger_option
def entities(
    *,
    kind: str | None,
    text: str | None,
    everybody: bool,
    limit: int | None,
    protected: bool,
    as_json: bool | None,
    ledger: Path,
) -> None:
    """List who speaks and acts, and where.

    People, armies, armed groups, governments, outlets and places, those with most mentions first. An entity is the same
    in every report, whatever the spelling. Relatives, witnesses, soldiers and others without a public role are private
    people: they are listed without their names unless --protected.
    """
    local = everybody or kind == "description" or bool(text)
    with opened(ledger) as book:
        found = list(book.entities(kind, text, limit, local=local))
    if as_json if as_json is not None else not on_terminal():
        _write(_record(each, protected=protected) for each in found)
    else:
        _show(found, stdout_console(), protected=protected)
        stderr_console().print(_closing(found), style="dim")


@click.command()
@click.argument("name")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="At most so many claims of each kind.")
@_protected_option
@_json_option
@ledger_option
def who(*, name: str, limit: int | None, protected: bool, as_json: bool | None, ledger: Path) -> int:
    """Show all that one entity says, and what is said of it.

    NAME is a name in any spelling ("Yevgeny", "Evgeny"), a surname, an alias ("AFU") or an id of `bywhom entities`. Claims
    stand in the order in which they were published; where a number for one event was changed, both are marked. Where
    several are called so, they are listed instead, with exit status 2.
    """
    as_json = as_json if as_json is not None else not on_terminal()
    with opened(ledger) as book:
        found = [each for each in book.named(name) if protected or not each.entity.protected]
        if len(found) == 1:
            testimony = book.who(found[0].entity.id)
            if as_json:
                _write(_lines(book, testimony, limit, names=protected))
            else:
                _print_testimony(testimony, stdout_console(), limit)
            return DONE
        hidden = len(book.named(name)) - len(found)
        near = () if found or hidden else book.near_names(name)
    if found:
        _show(found, stderr_console(), protected=protected)
    stderr_console().print(_unclear(name, len(found), hidden, near), soft_wrap=True)
    return USAGE


def _unclear(name: str, found: int, hidden: int, near: Sequence[str]) -> str:
    if not name.strip():
        return "Who? Give a name; `bywhom entities` lists them."
    if found:
        return f"{found} are called {name!r}: give the id of one."
    if hidden:
        private = "1 private person" if hidden == 1 else f"{hidden:,} private people"
        return f"{name!r} names {private} only; --protected shows {'it' if hidden == 1 else 'them'}."
    return f"Nobody in the ledger is called {name!r}. {did_you_mean(near)}"


# The list -------------------------------------------------------------------------------------------------------------


def _name(found: LedgerEntity, *, protected: bool) -> str:
    entity = found.entity
    if entity.protected and not protected:
        return f"{HIDDEN[:-1]}: {entity.role.value})" if entity.role else HIDDEN
    return clean(entity.name)


def _record(found: LedgerEntity, *, protected: bool) -> dict[str, object]:
    entity = found.entity
    hidden = entity.protected and not protected
    return {
        "id": entity.id,
        "name": None if hidden else entity.name,
        "kind": entity.kind.value,
        "side": entity.side,
        "country": entity.country,
        "role": entity.role.value if entity.role else None,
        "aliases": [] if hidden else list(entity.aliases),
        "protected": entity.protected,
        "local": entity.local,
        "mentions": found.mentions,
        "said": found.said,
        "reports": found.reports,
    }


def _write(records: Iterator[dict[str, object]]) -> None:
    from bywhom.export import as_line  # noqa: PLC0415

    for each in records:
        sys.stdout.buffer.write(as_line(each))


def _show(found: Sequence[LedgerEntity], console: Console, *, protected: bool) -> None:
    table = _table()
    for each in found:
        entity = each.entity
        numbers = (f"{each.mentions:,}", f"{each.said:,}" if each.said else "–", f"{each.reports:,}")
        kind = entity.kind.value.replace("_", " ") + (" *" if entity.protected else "")
        name = shorten(_name(each, protected=protected), 48)
        table.add_row(entity.id, name, kind, clean(entity.side or "–"), *numbers)
    console.print(table)


def _table() -> Table:
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("id", "name", "kind", "side"):
        is_id = heading == "id"  # never folded: it is copied into the next command
        table.add_column(heading, style="cyan" if is_id else None, no_wrap=is_id, overflow="fold")
    for heading in ("mentions", "said", "reports"):
        table.add_column(heading, justify="right")
    return table


def _closing(found: Sequence[LedgerEntity]) -> str:
    if not found:
        return "Nobody fits. Reports read by an earlier version hold no entities: bywhom add PATH reads them anew."
    private = sum(each.entity.protected for each in found)
    marked = f" * private: {private:,}." if private else ""
    return f"\n{len(found):,} listed. said: claims that it answers for.{marked}\nNext: bywhom who NAME"


# One entity -----------------------------------------------------------------------------------------------------------


def _lines(book: Ledger, testimony: Testimony, limit: int | None, *, names: bool) -> Iterator[dict[str, object]]:
    """One record a claim, as `bywhom export` writes it, with what the entity does in it."""
    from bywhom.export import protected, record  # noqa: PLC0415

    for role, found in (("source", testimony.said), ("relay", testimony.relayed), ("actor", testimony.about)):
        for each in protected(book, found[:limit], names=names):
            yield {"entity": testimony.entity.entity.id, "as": role, **record(each)}


def _print_testimony(testimony: Testimony, console: Console, limit: int | None) -> None:
    from rich.text import Text  # noqa: PLC0415

    entity = testimony.entity.entity
    console.print(Text(clean(entity.name), style="bold").append(f"  {_about(testimony)}", style="not bold dim"))
    if entity.aliases:
        console.print(Text("also: " + shorten(clean(", ".join(entity.aliases)), 300), style="dim"))
    changed = {each.after: each.before for each in testimony.revisions}
    for heading, found in (
        ("says", testimony.said),
        ("relays", testimony.relayed),
        ("in what others say", testimony.about),
    ):
        if found:
            console.print(f"\n{heading}", style="bold")
            _print_claims(found[:limit], changed if heading == "says" else {}, console)
            if limit and len(found) > limit:
                console.print(f"  and {len(found) - limit:,} more", style="dim")
    for line in _changes(testimony):
        console.print(line)


def _about(testimony: Testimony) -> str:
    found, entity = testimony.entity, testimony.entity.entity
    parts = (
        entity.kind.value.replace("_", " "),
        f"side: {clean(entity.side)}" if entity.side else "",
        "private" if entity.protected else "",
        counted(found.mentions, "mention") + " in " + counted(found.reports, "report"),
        entity.id,
    )
    return " · ".join(filter(None, parts))


def _print_claims(found: Sequence[LedgerClaim], changed: dict[str, str], console: Console) -> None:
    """Print claims under the day of publication and the report, each with the hands that it went through."""
    from rich.padding import Padding  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    before = None
    for each in found:
        if before is None or before.claim.document_id != each.claim.document_id:
            line = f"{each.published or 'undated':<11} {clean(each.publisher or each.document)}"
            console.print(Text(line, style="underline"))
        console.print(Padding(_claim(each, changed), (0, 0, 0, 2)))
        before = each


def _claim(found: LedgerClaim, changed: dict[str, str]) -> Text:
    from rich.text import Text  # noqa: PLC0415

    from bywhom.cli import words  # noqa: PLC0415

    claim = found.claim
    relays = words.via(claim.attribution)
    details = (
        f"via {relays}" if relays else "",
        words.event(claim),
        words.certainty(claim),
        words.place(claim.place),
        words.time(claim.time),
        *(words.quantity(each) for each in claim.quantities),
        f"changed: see {changed[claim.id][: words.SHORT_ID]}" if claim.id in changed else "",
    )
    text = Text(f"{words.short(claim)}  ", style="cyan").append(words.what(claim), style="not dim default")
    return text.append("  " + " · ".join(filter(None, details)), style="dim")


def _changes(testimony: Testimony) -> Iterator[Text]:
    """The numbers that were changed, the earlier first."""
    from rich.text import Text  # noqa: PLC0415

    from bywhom.cli import words  # noqa: PLC0415

    if testimony.revisions:
        yield Text("\nchanged its numbers", style="bold")
    for each in testimony.revisions:
        was, now = (f"{words.quantity(one)}" for one in (each.was, each.now))
        ids = f"  {each.before[: words.SHORT_ID]} → {each.after[: words.SHORT_ID]}"
        yield Text(f"{was}  →  {now}").append(ids, style="dim")
