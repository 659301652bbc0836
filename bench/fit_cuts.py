"""Fits the weights of data/weights/cuts.yaml on annotated texts: where two claims meet inside one content.

    python bench/fit_cuts.py CORPUS_FOLDER [--penalty 4] [--write FILE]

Logistic regression with a quadratic penalty over every joint of every content in which an annotated claim lies: two claims meet there
where one begins just behind it and another stands before it in the same content. Texts that are kept (annotated.is_kept) are only
measured. Weights near nought are left out, and the rest fitted again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import score
from annotated import is_kept, reports
from fitting import Row, Weights, call_of, fitted, nested, odds, raw_of, write

from bywhom.attribution import attribute
from bywhom.claims.joints import Content, Joint, joints, traits
from bywhom.cleaning import clean
from bywhom.reading import Tools, in_mixed_case, without_marks
from bywhom.records import Span

RARE = 8  # joints that show a value: a rarer one has no weight
SMALL = 0.12  # a weight nearer to nought than this is left out
INSIDE = 0.6  # of an annotated claim lies in the content
LEFT_OUT = 0.4  # of a content lies in what the annotation leaves out


def rows(corpus: Path) -> Iterator[Row]:
    """The joints of the annotated texts."""
    tools = Tools.load()
    for report in reports(corpus):
        for doc in map(in_mixed_case, map(without_marks, clean(raw_of(report), tables=tools.cleaning).items)):
            for attribution in attribute(doc, lexicon=tools.lexicon).items:
                yield from _rows(report, doc.text, attribution.content, tools)


def _rows(report: score.Report, text: str, content: Span, tools: Tools) -> Iterator[Row]:
    claims = [c for c in report.claims if _shared(content, c.start, c.end) > INSIDE * (c.end - c.start)]
    left_out = sum(_shared(content, start, end) for start, end in report.unscored)
    if not claims or left_out > LEFT_OUT * len(content):
        return
    read, start = Content.read(text, content, tools.claims.events), 0
    for joint in joints(read):
        if joint.at <= start:
            continue
        seen = ((trait, value) for trait, values in traits(read, joint, start).items() for value in values)
        meets = _meets(read, joint, start, claims)
        yield Row(is_kept(report), tuple(seen), meets)
        start = joint.opens if meets else start


def _meets(read: Content, joint: Joint, start: int, claims: Sequence[score.Reading]) -> bool:
    """Whether one claim begins just behind a joint, and another stands before it."""
    words = read.clause.words
    first, last = words[joint.at].start - 1, words[min(joint.at + 2, len(words) - 1)].start
    begins = any(first <= claim.start <= last for claim in claims)
    before = Span(words[start].start, words[joint.at].start)
    return begins and any(c.start < first - 3 and _shared(before, c.start, c.end) for c in claims)


def _shared(span: Span, start: int, end: int) -> int:
    return span.overlap(Span(start, end))


def told_apart(told: Sequence[Row], base: float, weights: Weights) -> str:
    """How many of the cuts made are right, and how many of the right ones made."""
    made = [odds(row, base, weights) > 0 for row in told]
    right = sum(cut and row.holds for cut, row in zip(made, told, strict=True))
    return f"precision {right / max(1, sum(made)):.3f}, recall {right / sum(row.holds for row in told):.3f} of {len(told)} joints"


def main() -> None:
    """Fit, print how well it tells cuts apart, and write the table."""
    args = call_of(__doc__, penalty=4.0).parse_args()
    told = list(rows(args.corpus))
    ours = [row for row in told if not row.kept]
    base, weights = fitted(ours, args.penalty, rare=RARE, small=SMALL)
    sys.stdout.write(f"fitted: {told_apart(ours, base, weights)}\n")
    sys.stdout.write(f"kept: {told_apart([row for row in told if row.kept], base, weights)}\n{len(weights)} weights\n")
    if args.write:
        write(args.write, [f"base: {base:.2f}", "weights:", *nested(weights)])


if __name__ == "__main__":
    main()
