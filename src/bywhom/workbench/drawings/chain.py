"""The chain of a claim, from the publisher down to the origin, each hand with its own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bywhom.export.records import chain
from bywhom.ledger import LedgerClaim
from bywhom.records import Document, Mention, SourceKind
from bywhom.workbench import wording
from bywhom.workbench.drawings.svg import lines, svg, text, title
from bywhom.workbench.textual import cut

AROUND = 60  # characters on either side of the words for a hand
WIDTH, BOX, STEP = 780, 52, 92  # pixels
SIDE = 300  # where a hand's own words begin


@dataclass(frozen=True, slots=True)
class Step:
    """One hand in the chain."""

    name: str
    known: bool
    kind: str
    role: str  # publisher, relay, origin
    entity: str | None
    mention: Mention | None
    cue: Mention | None  # the words by which the text hands over to it
    before: str  # what stands around its words in the report
    after: str
    remark: str


def steps(found: LedgerClaim, doc: Document | None) -> Iterator[Step]:
    """The hands from the publisher to the origin, with the words that the report has for them."""
    hops = chain(found)
    for number, hop in enumerate(hops):
        is_last = number == len(hops) - 1
        before, after = _around(hop.mention, doc)
        yield Step(
            name=wording.hop_name(hop),
            known=bool(hop.name),
            kind=wording.KINDS[hop.kind],
            role="origin" if is_last else "publisher" if number == 0 else "relay",
            entity=hop.id,
            mention=hop.mention,
            cue=hop.cue,
            before=before,
            after=after,
            remark=_remark(found) if is_last else "",
        )


def _around(mention: Mention | None, doc: Document | None) -> tuple[str, str]:
    if mention is None or doc is None:
        return "", ""
    start, end = max(0, mention.start - AROUND), min(len(doc.text), mention.end + AROUND)
    before = doc.text[start : mention.start].rpartition("\n")[2]
    after = doc.text[mention.end : end].partition("\n")[0]
    # Cut between words, where the cut fell into one.
    if start and len(before) == mention.start - start:
        before = "…" + before.partition(" ")[2]
    if end < len(doc.text) and len(after) == end - mention.end:
        after = after.rpartition(" ")[0] + "…"
    return before, after


def _remark(found: LedgerClaim) -> str:
    source = found.claim.attribution.source
    if source is None:
        return "in its own voice: no source is named for this"
    if source.kind is SourceKind.PUBLISHER:
        return ""
    return wording.RESOLUTIONS[source.resolution]


def draw_chain(hands: Sequence[Step]) -> Markup:
    """The chain as SVG: boxes one under the other, an arrow between two with the words that lead from one to the other."""
    parts = [_arrow(number, hand) for number, hand in enumerate(hands) if number]
    parts += [_hand(number, hand) for number, hand in enumerate(hands)]
    names = " ← ".join(hand.name for hand in hands)
    height = STEP * (len(hands) - 1) + BOX + 4
    return svg(
        WIDTH, height, f"Chain from the publisher to the origin: {cut(names, 300)}", Markup("").join(parts), "chain"
    )


def _hand(number: int, hand: Step) -> Markup:
    y = 2 + number * STEP
    kind = f"box {hand.role}" + ("" if hand.known else " unknown")
    said = f"{hand.before}{hand.mention.text}{hand.after}" if hand.mention else hand.remark
    words = [text(SIDE, y + 18 + 16 * row, line, "words") for row, line in enumerate(lines(said, 60, 3))]
    name = [text(14, y + 21, line, "name") for line in lines(hand.name, 34, 1)]
    role = f"{hand.role} · {hand.kind}" if hand.kind != hand.role else hand.role
    return Markup(
        '<a href="#hop-{}" class="{}">{}<rect x="2" y="{}" width="276" height="{}" rx="3"/>{}{}{}</a>'
    ).format(
        number + 1,
        kind,
        title(f"{hand.name}, {role}: {said}"),
        y,
        BOX,
        Markup("").join(name),
        text(14, y + 40, role, "role"),
        Markup("").join(words),
    )


def _arrow(number: int, hand: Step) -> Markup:
    top, end = 2 + (number - 1) * STEP + BOX, 2 + number * STEP
    cue = text(54, top + 25, f"“{lines(hand.cue.text, 30, 1)[0]}”", "cue") if hand.cue and hand.cue.text.strip() else ""
    return Markup('<path class="arrow" d="M40 {} V{}"/><path class="head" d="M35 {} L45 {} L40 {} Z"/>{}').format(
        top, end - 7, end - 9, end - 9, end, cue
    )
