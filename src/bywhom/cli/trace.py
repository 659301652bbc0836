"""`bywhom trace`: from a claim to the exact characters of an archived original, hop by hop."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bywhom.cli.graded import graded_sections
from bywhom.cli.options import ledger_option, opened, policy_option
from bywhom.cli.terminal import clean, grid, stdout_console

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

    from bywhom.ledger import Ledger, LedgerClaim, LedgerDocument
    from bywhom.records import Actor, Claim, Document, Hop, Mention, Span

EXCERPT = 60  # characters on either side of the words for a hop
CONTEXT = 300  # characters on either side, where a report has no sentence ends to show


@click.command()
@click.argument("claim")
@click.option("--json", "as_json", is_flag=True, help="The claim as one line of JSON, as `bywhom export` writes it.")
@policy_option
@ledger_option
def trace(*, claim: str, as_json: bool, policy: str, ledger: Path) -> None:
    """Draw the chain behind one claim, hop by hop.

    CLAIM is the beginning of a claim's id, as `bywhom claims` lists them. The publisher stands at the top, the origin at
    the bottom, each with its own words; below, the sentence, what was read of it, its grade and what that rests on, who else
    says so and who says otherwise, and where the original is kept.
    """
    from bywhom.regrading import Policy, graded  # noqa: PLC0415

    with opened(ledger) as book:
        (found,) = graded(book, [book.claim(claim)], policy=Policy(policy))
        if as_json:
            return _write_line(book, found)
        report = book.document(found.claim.document_id)
        archive = book.archive
        return _print(found, report, str(archive.folder), stdout_console(), book)


def _write_line(book: Ledger, found: LedgerClaim) -> None:
    from bywhom.export import protected, write_jsonl  # noqa: PLC0415

    write_jsonl(protected(book, [found], names=True), sys.stdout.buffer)


def _print(found: LedgerClaim, report: LedgerDocument, archive: str, console: Console, book: Ledger) -> None:
    from rich.padding import Padding  # noqa: PLC0415

    sections: tuple[tuple[str, Iterable[RenderableType]], ...] = (
        (f"claim {found.claim.id}", (*_rejection(found), *_chain(found, report.document))),
        ("the words", _words(found, report)),
        ("what was read", [grid(_reading(found))]),
        *graded_sections(found, book),
        ("where it is kept", [grid(_kept(found, report, archive))]),
    )
    for number, (heading, parts) in enumerate(sections):
        console.print(("\n" if number else "") + heading, style="bold")
        for part in parts:
            console.print(Padding(part, (0, 0, 0, 2), expand=False))


def _rejection(found: LedgerClaim) -> Iterator[Text]:
    """That a person threw the claim out: whoever goes on reading shall know it first."""
    from rich.text import Text  # noqa: PLC0415

    from bywhom.cli.words import decided  # noqa: PLC0415

    if found.rejected:
        yield Text(f"{decided(found)}: it takes part in no grade and no relation", style="bold red")


# The chain -----------------------------------------------------------------------------------------------------------


def _chain(found: LedgerClaim, doc: Document | None) -> Iterator[RenderableType]:
    """The hops from the publisher down to the origin; the line between two says what leads from one to the other."""
    from rich.padding import Padding  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from bywhom.export.records import chain  # noqa: PLC0415

    hops = chain(found)
    for position, hop in enumerate(hops):
        if position:
            yield Text(f"  │ {_leading(hop)}".rstrip(), style="dim")
            yield Text("  ▼", style="dim")
        yield _hop(hop, found, is_origin=position == len(hops) - 1)
        if doc is not None and hop.mention is not None:
            yield Padding(_excerpt(hop.mention, doc), (0, 0, 0, 2))


def _leading(hop: Hop) -> str:
    """The cue by which the text hands over to this hop."""
    return f"“{clean(hop.cue.text)}” at {_at(hop.cue)}" if hop.cue else ""


def _hop(hop: Hop, found: LedgerClaim, *, is_origin: bool) -> Text:
    from rich.text import Text  # noqa: PLC0415

    line = Text(clean(hop.name) if hop.name else _nameless(hop), style="bold" if hop.name else "bold italic")
    line.append(f"  {hop.kind.value}", style="not bold not italic dim")
    if hop.mention:
        line.append(f"  at {_at(hop.mention)}", style="not bold not italic dim")
    remark = _remark(found, hop) if is_origin else ""
    return line.append(f"  {remark}" if remark else "", style="not bold not italic dim")


def _excerpt(mention: Mention, doc: Document) -> Text:
    """The words for a hop in braces, where they stand in the report."""
    from rich.text import Text  # noqa: PLC0415

    block = next((block.span for block in doc.blocks if block.span.covers(mention.span)), mention.span)
    start, end = max(block.start, mention.start - EXCERPT), min(block.end, mention.end + EXCERPT)
    before, after = clean(doc.text[start : mention.start]), clean(doc.text[mention.end : end])
    if start > block.start:
        before = "…" + before.partition(" ")[2]
    if end < block.end:
        after = after.rpartition(" ")[0] + "…"
    return Text(before, style="dim").append(f"{{{clean(mention.text)}}}", style="not dim").append(after)


def _nameless(hop: Hop) -> str:
    return "a publisher the report does not name" if hop.kind.value == "publisher" else "unknown"


def _remark(found: LedgerClaim, hop: Hop) -> str:
    """How the origin was come by."""
    from bywhom.cli.words import RESOLUTIONS, put_by  # noqa: PLC0415

    source = found.claim.attribution.source
    if put := put_by(found, "source"):
        return f"({put}; the words are those that were read)"
    if source is None:
        return "in its own voice: no source is named for this" if hop.kind.value == "publisher" else ""
    return f"({RESOLUTIONS[source.resolution]})"


def _at(mention: Mention) -> str:
    return f"{mention.start}–{mention.end}"


# The words -----------------------------------------------------------------------------------------------------------


def _words(found: LedgerClaim, report: LedgerDocument) -> Iterator[Text]:
    from rich.text import Text  # noqa: PLC0415

    claim = found.claim
    yield _in_sentence(claim, report.document) if report.document else Text(clean(claim.text))
    marks = claim.attribution.distance
    if marks:
        yield Text("marks of distance: " + ", ".join(f"“{clean(m.text)}” at {_at(m)}" for m in marks), style="dim")


def _in_sentence(claim: Claim, doc: Document) -> Text:
    """The sentence or clause around the claim, the claim in brackets."""
    from rich.text import Text  # noqa: PLC0415

    span, around = claim.span, frame(claim, doc)
    text = Text(clean(doc.text[around.start : span.start]), style="dim")
    text.append("[" + clean(claim.text) + "]", style="not dim bold")
    return text.append(clean(doc.text[span.end : around.end]))


def frame(claim: Claim, doc: Document) -> Span:
    """What to show around a claim: its sentence with the attribution, or the paragraph's nearest characters."""
    from bywhom.records import Span  # noqa: PLC0415

    span, known = claim.span, claim.attribution.frame
    block = next((block.span for block in doc.blocks if block.span.covers(span)), None)
    if known is not None and known.covers(span):
        return known
    if block is not None and len(block) <= len(span) + 2 * CONTEXT:
        return block
    return Span(max(0, span.start - CONTEXT), min(len(doc.text), span.end + CONTEXT)).trimmed(doc.text)


def _reading(found: LedgerClaim) -> Iterator[tuple[str, str]]:
    """Each field with what was read of it, and who put something else there."""
    from bywhom.cli.words import put_by  # noqa: PLC0415

    for field, value in _fields(found.claim):
        put = put_by(found, field)
        yield field, "  ".join(filter(None, (value, f"({put})" if put else "")))


def _fields(claim: Claim) -> Iterator[tuple[str, str]]:
    from bywhom.cli import words  # noqa: PLC0415

    trigger = claim.event.trigger
    attribution = claim.attribution
    yield from (
        ("event", words.event(claim) + (f"  from “{clean(trigger.text)}”" if trigger else "")),
        ("actors", ", ".join(map(_actor, claim.event.actors))),
        *(("confidence", sure) for sure in [words.confidence(claim)] if sure),
        ("quotation", attribution.quote.value),
        *(("stance", told.value) for told in [attribution.stance] if told != "statement"),
        ("channel", attribution.channel.value if attribution.channel else ""),
        ("certainty", words.certainty(claim)),
        ("place", words.place_in_full(claim.place) if claim.place else ""),
        ("time", words.time_in_full(claim.time) if claim.time else ""),
        *(("quantity", words.quantity(each)) for each in claim.quantities),
        ("read by", f"{claim.extractor.name} {claim.extractor.version}, {attribution.by}"),
    )


def _actor(actor: Actor) -> str:
    """An actor with what it does, and its side where that could be told."""
    return f"{clean(actor.name)} ({', '.join(filter(None, (actor.role.value, clean(actor.side or ''))))})"


# Where it is kept ----------------------------------------------------------------------------------------------------


def _kept(found: LedgerClaim, report: LedgerDocument, archive: str) -> Iterator[tuple[str, str]]:
    from bywhom.cli.words import captured, report_line  # noqa: PLC0415

    span = found.claim.span
    yield from (
        ("report", report_line(found)),
        ("characters", f"{span.start}–{span.end} of the text"),
        ("text", f"{found.text_id}\nsha256; taken from the original by {clean(report.extractor or '?')}"),
        ("original", f"{report.id}\nsha256; {report.size:,} bytes, sha1 {report.sha1}"),
        ("archive", clean(archive)),
    )
    for came in report.collections:
        container = f"\nfrom the container {came.container}" if came.container else ""
        how = f"{came.collected_at} by {clean(came.tool)}, method {clean(came.method)}"
        yield "collected", f"{clean(came.location)}\n{how}{container}"
        if came.capture:
            yield "captured", "\n".join(captured(came.capture))
