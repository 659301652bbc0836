"""`bywhom show`: a report with its claims marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bywhom.cli.options import ledger_option, opened
from bywhom.cli.terminal import clean, stdout_console

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from bywhom.ledger import Ledger, LedgerClaim, LedgerDocument
    from bywhom.records import Block, Document, Span

PALETTE = ("cyan", "magenta", "green", "yellow", "blue", "red")
BODY, ASIDE, NOTE = "  ", "┊ ", "       "
SHOWN_CAPTURES = 3
LEGEND = "[n: …] a claim   {…} who answers for it   ┊ page furniture and metadata, not read for claims"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A claim of the report with the number it is shown by and the colour of its source."""

    number: int
    found: LedgerClaim
    colour: str

    @property
    def span(self) -> Span:
        return self.found.claim.span


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Something to insert into the text; marks at one place stand in the order of their fields."""

    at: int
    rank: int  # what closes comes before what opens
    size: int  # of two that open together, the longer one opens first; of two that close, the shorter closes first
    words: str
    style: str


@click.command()
@click.argument("document")
@ledger_option
def show(*, document: str, ledger: Path) -> None:
    """Show a report with its claims marked.

    DOCUMENT is a report's name, location or id. Claims stand in numbered brackets, the words for their sources in
    braces; under each paragraph stands who answers for what. Page furniture is set apart.
    """
    console = stdout_console()
    with opened(ledger) as book:
        found = book.document(document)
        _print_head(found, console)
        if found.document is not None:
            _print_text(found.document, numbered(book, found.id), console)
        _print_problems(book, found.id, console)


def numbered(ledger: Ledger, document_id: str) -> tuple[Numbered, ...]:
    """The claims of a report in text order, numbered from 1; claims of one source share a colour."""
    colours: dict[str | None, str] = {None: "white"}
    rows = []
    for number, found in enumerate(ledger.claims_of(document_id), 1):
        source = found.claim.attribution.source
        name = source.name if source else None
        colour = colours.setdefault(name, PALETTE[(len(colours) - 1) % len(PALETTE)])
        rows.append(Numbered(number, found, colour))
    return tuple(rows)


def _print_head(found: LedgerDocument, console: Console) -> None:
    published = f"{found.published.value} (from “{found.published.evidence}”)" if found.published else "undated"
    lines = {
        "report": found.name,
        "title": found.title,
        "publisher": found.publisher or "not named",
        "author": found.author,
        "published": published,
        "url": found.url,
        "id": found.id,
        "not read": found.why if found.state == "unread" else None,
    }
    lines |= _captures(found)
    from rich.text import Text  # noqa: PLC0415

    for label, value in lines.items():
        gutter = f"{label:>10}  "
        if value and label in ("url", "id"):  # left in one piece, to be copied
            console.print(Text(gutter, style="dim").append(clean(value), style="not dim"), soft_wrap=True)
        elif value:
            _print_behind(Text(gutter, style="dim"), " " * len(gutter), Text(clean(value)), console)
    console.print()


def _captures(found: LedgerDocument) -> dict[str, str]:
    """When a web archive captured the report, where one did, beside when we read it."""
    from bywhom.cli.words import captured  # noqa: PLC0415

    told = [(came, came.capture) for came in found.collections if came.capture]
    lines = (f"{', '.join(captured(capture))}; read {came.collected_at}" for came, capture in told[:SHOWN_CAPTURES])
    return {"captured": "; ".join(lines)} if told else {}


def _print_problems(ledger: Ledger, document_id: str, console: Console) -> None:
    from rich.text import Text  # noqa: PLC0415

    for problem in ledger.problems(document_id=document_id):
        console.print(Text(f"  problem  {clean(problem.message)} {clean(problem.remedy)}", style="red"))


# The text ------------------------------------------------------------------------------------------------------------


def _print_text(doc: Document, claims: Sequence[Numbered], console: Console) -> None:
    before: Block | None = None
    for block in doc.blocks:
        if before is not None and not (_is_aside(before) and _is_aside(block)):
            console.print()
        if _is_aside(block):
            _print_aside(doc, block, console, known=before is not None and before.reason == block.reason)
        else:
            _print_block(doc, block, claims, console)
        before = block
    console.print(f"\n{LEGEND}" if doc.blocks else "The report has no text.", style="dim")


def _is_aside(block: Block) -> bool:
    from bywhom.records import BlockKind  # noqa: PLC0415

    return block.kind not in (BlockKind.TITLE, BlockKind.BODY, BlockKind.HEADING)


def _print_aside(doc: Document, block: Block, console: Console, *, known: bool) -> None:
    """Print what is not read for claims; the reason where it is not `known` from the line before."""
    from rich.text import Text  # noqa: PLC0415

    words = Text(clean(block.span.of(doc.text)).strip(), style="dim")
    if block.reason and not known:
        words.append(f"  ({clean(block.reason)})", style="italic")
    _print_behind(Text(ASIDE, style="dim"), ASIDE, words, console)


def _print_block(doc: Document, block: Block, claims: Sequence[Numbered], console: Console) -> None:
    from rich.text import Text  # noqa: PLC0415

    _print_behind(Text(BODY), BODY, marked(doc, block.span, claims, bold=block.kind.value != "body"), console)
    before: Numbered | None = None
    for claim in claims:
        if block.span.start <= claim.span.start < block.span.end:
            number = f"{claim.number:>{len(NOTE) - 1}} "
            _print_behind(Text(number, style=f"bold {claim.colour}"), NOTE, note(claim, before), console)
            before = claim


def _print_behind(first: Text, rest: str, words: Text, console: Console) -> None:
    """Print words behind a gutter of the same width in every line."""
    from rich.text import Text  # noqa: PLC0415

    gutter = first
    for line in words.wrap(console, max(20, min(console.width, 120) - len(rest))):
        console.print(gutter.append_text(line), no_wrap=True, crop=False, overflow="ignore")
        gutter = Text(rest, style="dim")


def marked(doc: Document, span: Span, claims: Sequence[Numbered], *, bold: bool = False) -> Text:
    """The words of a span with brackets around its claims and braces around the words for their sources."""
    from rich.text import Text  # noqa: PLC0415

    text = Text(style="bold" if bold else "")
    at = span.start
    for mark in sorted(_marks(span, claims)):
        text.append(clean(doc.text[at : mark.at]))
        text.append(mark.words, style=mark.style)
        at = mark.at
    return text.append(clean(doc.text[at : span.end]))


def _marks(span: Span, claims: Sequence[Numbered]) -> Iterator[Mark]:
    """Opening and closing marks inside a span; what began before it is opened again, what goes on is closed."""
    sources: set[tuple[int, int]] = set()
    for claim in claims:
        yield from _pair(span, claim.span, f"[{claim.number}: ", "]", claim.colour)
        source = claim.found.claim.attribution.source
        mention = source.mention if source else None
        if mention and (mention.start, mention.end) not in sources:
            sources.add((mention.start, mention.end))
            yield from _pair(span, mention.span, "{", "}", claim.colour)


def _pair(within: Span, span: Span, opening: str, closing: str, colour: str) -> Iterator[Mark]:
    if not within.overlap(span):
        return
    start, end = max(span.start, within.start), min(span.end, within.end)
    yield Mark(start, 1, -len(span), opening, f"bold {colour}")
    yield Mark(end, 0, len(span), closing, f"bold {colour}")


def note(claim: Numbered, before: Numbered | None = None) -> Text:
    """Who answers for the claim and what was read of it; who it is only where that is another than `before`."""
    from rich.text import Text  # noqa: PLC0415

    from bywhom.cli import words  # noqa: PLC0415

    read = claim.found.claim
    hands = _hands(claim)
    parts = (
        f"“{clean(read.attribution.cue.text)}”" if read.attribution.cue else "",
        words.event(read),
        words.certainty(read),
        words.place(read.place),
        words.time(read.time),
        *(words.number(quantity) for quantity in read.quantities),
        words.decided(claim.found),
        words.short(read),
    )
    same = before is not None and hands == _hands(before)
    line = Text("the same" if same else hands[0], style=f"{claim.colour}" if same else f"bold {claim.colour}")
    shown = (*(() if same else hands[1:]), *parts)
    return line.append(" · " + " · ".join(filter(None, shown)), style="not bold default dim")


def _hands(claim: Numbered) -> tuple[str, str, str]:
    """The source, the relays and the channel in words."""
    from bywhom.cli import words  # noqa: PLC0415

    attribution = claim.found.claim.attribution
    relays = words.via(attribution)
    channel = attribution.channel.value if attribution.channel else ""
    return words.who(claim.found.claim), f"via {relays}" if relays else "", channel
