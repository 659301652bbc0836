"""One more report in a big ledger: what it costs to write, link and grade it, and how much memory that takes.

    python bench/incremental.py [--claims 1000000] [--linked 20000] [--reports 200] [--ledger FILE]

The ledger is made up as in linking.py and filled straight into its tables: all claims stand under their keys, and the last
`--linked` of them are really linked and graded, so that new reports meet neighbours with relations and origin groups of their
own. A ledger that is there already is used again. Then reports are added one by one, each written, linked and graded in runs
of its own; what reading its text costs is told by throughput.py.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha1, sha256
from itertools import islice
from pathlib import Path

import linking
from sqlalchemy import insert

from bywhom.grading import chain_end, publisher_end, subject
from bywhom.ledger import Indexed, Ledger, rows, schema
from bywhom.linking import keys
from bywhom.pipeline import LinkTools, link
from bywhom.records import Block, BlockKind, Collection, Document, RawDocument, Span, Stated, Told, claim_id

PER_WRITE = 500  # reports


def main() -> None:
    """Fill the ledger where it is not, add reports, and print what each step cost."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--claims", type=int, default=1_000_000)
    ask.add_argument("--linked", type=int, default=20_000, help="of these, so many linked and graded")
    ask.add_argument("--reports", type=int, default=200, help="added and timed")
    ask.add_argument("--ledger", type=Path, help="kept, and used again")
    options = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder, Ledger.open(options.ledger or Path(folder) / "big.db") as ledger:
        tools = LinkTools.load()
        if not ledger.counts().documents:
            fill(ledger, options.claims, options.linked, tools)
        size = ledger.counts().claims
        print(
            f"{size:,} claims, {ledger.link_counts().relations:,} relations, {ledger.path.stat().st_size / 1e9:.2f} GB"
        )
        times = [added(ledger, number, size, tools) for number in range(options.reports)]
        for step, seconds in (("write", [w for w, _ in times]), ("link and grade", [g for _, g in times])):
            print(f"{step:16} {spread(seconds)}")
        print(f"{'together':16} {spread([w + g for w, g in times])} (target: p99 < 1000 ms)")
        print(f"memory           {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def spread(seconds: Sequence[float]) -> str:
    """The middle, the slowest of a hundred, and the slowest."""
    ordered = sorted(1000 * each for each in seconds)
    return f"median {ordered[len(ordered) // 2]:5.0f} ms, p99 {ordered[int(len(ordered) * 0.99)]:5.0f} ms, most {ordered[-1]:5.0f} ms"


def fill(ledger: Ledger, size: int, linked: int, tools: LinkTools) -> None:
    """So many claims, the last of them linked."""
    reports = enumerate(made(size))
    last = size // linking.CLAIMS_OF_REPORT - linked // linking.CLAIMS_OF_REPORT
    with ledger.linking() as links:
        links.start_anew(tools.version)
    started = time.monotonic()
    while batch := list(islice(reports, PER_WRITE)):
        written = [rows_of(told) for _, told in batch]
        with ledger.linking() as links:
            connection = links._connection  # noqa: SLF001  filled past the front door
            connection.execute(insert(schema.documents), [document for document, _ in written])
            connection.execute(insert(schema.claims), [row for _, claims in written for row in claims])
            early = [each for number, told in batch if number < last for each in told]
            links.index([indexed(each, tools) for each in early])
            links.wait([told[0].claim.document_id for number, told in batch if number >= last])
    print(f"filled in {time.monotonic() - started:.0f} s", flush=True)
    started = time.monotonic()
    done = link(ledger, tools=tools)
    print(f"{done.claims:,} claims linked in {time.monotonic() - started:.0f} s", flush=True)


def made(size: int) -> Iterator[list[Told]]:
    """Reports as a ledger knows them: with digests for names."""
    for number in range(size // linking.CLAIMS_OF_REPORT):
        yield named(linking.report(random.Random(number), f"report-{number}", size))  # noqa: S311  repeatable


def named(report: Iterator[Told]) -> list[Told]:
    """The claims of one report under the ids that a ledger gives."""
    told = list(report)
    document = sha256(told[0].document.encode()).hexdigest()
    return [replace(each, claim=replace(each.claim, id=name(document, each), document_id=document)) for each in told]


def name(document: str, told: Told) -> str:
    source = told.claim.attribution.source
    return claim_id(document, told.claim.span, source.mention if source else None)


def indexed(told: Told, tools: LinkTools) -> Indexed:
    """A claim under its keys."""
    end, publisher = chain_end(told, tools.grading), publisher_end(told, tools.grading)
    return Indexed(told, keys(told, tables=tools.linking), end.key, end.name, publisher.key, subject(told))


def rows_of(told: list[Told]) -> tuple[rows.Row, list[rows.Row]]:
    """A report as rows; its original is in no archive."""
    head = told[0]
    document = {
        "id": head.claim.document_id, "sha1": "", "size": 0, "name": head.document, "appearance": "[]", "form": "text",
        "state": "read", "why": "", "reader": "bench", "publisher": head.publisher, "published": head.published,
        "published_evidence": "", "title": head.title, "claims": len(told),
    }  # fmt: skip
    return document, [rows.claim_row(each.claim) for each in told]


def added(ledger: Ledger, number: int, size: int, tools: LinkTools) -> tuple[float, float]:
    """Seconds that a new report takes to be written, and to be linked and graded."""
    told = named(linking.report(random.Random(f"new {number}"), f"new-{number}-{size}", size))  # noqa: S311  repeatable
    text = "".join(each.claim.text + " " for each in told)
    data = f"{number} {text}".encode()
    document = sha256(data).hexdigest()
    claims = [replace(each.claim, id=name(document, each), document_id=document) for each in told]
    blocks = (Block(Span(0, len(text)), BlockKind.BODY),)
    published = Stated(told[0].published or "", "")
    doc = Document(document, told[0].document, text, document, "text", "bench", blocks, published=published)
    raw = RawDocument(doc.name, data, "text", Collection(doc.name, "file", "2024-01-01T00:00:00Z", "bench"))
    reading = rows.reading(doc, claims, (), reader="bench")
    report = rows.report(raw, document, sha1(data, usedforsecurity=False).hexdigest(), reading)
    started = time.perf_counter()
    ledger.record([report])
    written = time.perf_counter()
    link(ledger, tools=tools)
    return written - started, time.perf_counter() - written


if __name__ == "__main__":
    main()
