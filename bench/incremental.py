"""One more report in a big ledger: what it costs to write, link and grade it, and how much memory that takes.

    python bench/incremental.py [--claims 1000000] [--linked 20000] [--reports 200] [--ledger FILE]

The ledger is made up (war.py) and filled straight into its tables: all claims stand under their keys, and the last `--linked` of them
are really linked and graded, so that new reports meet neighbours with relations and origin groups of their own. A ledger that is
there already is used again. Then reports on the last days and on days long past are added one by one, each written, linked and graded in
runs of its own; what reading its text costs is told by throughput.py.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha1, sha256
from pathlib import Path

import war

from bywhom.ledger import Ledger, rows
from bywhom.pipeline import LinkTools, link
from bywhom.progress import Linked
from bywhom.records import Block, BlockKind, Collection, Document, RawDocument, Span, Stated


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
            filled(ledger, options.claims, options.linked, tools)
        size, held = ledger.counts().claims, ledger.link_counts()
        print(f"{size:,} claims, {held.relations:,} relations, {ledger.path.stat().st_size / 1e9:.2f} GB", flush=True)
        times = [added(ledger, number, size, tools) for number in range(options.reports)]
        for step, seconds in (("write", [one.write for one in times]), ("link and grade", [one.link for one in times])):
            print(f"{step:20} {spread(seconds)}")
        print(f"{'together':20} {spread([one.write + one.link for one in times])} (target: p99 < 1000 ms)")
        print(f"{'of the processor':20} {spread([one.cpu for one in times])}")
        done = sum((one.done for one in times), Linked())
        print(
            f"{'a new claim':20} {done.pairs / done.claims:.1f} pairs compared, {done.relations / done.claims:.1f} relations found"
        )
        print(f"{'memory':20} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def spread(seconds: Sequence[float]) -> str:
    """The middle, the slowest of a hundred, and the slowest."""
    ordered = sorted(1000 * each for each in seconds)
    return f"median {ordered[len(ordered) // 2]:5.0f} ms, p99 {ordered[int(len(ordered) * 0.99)]:5.0f} ms, most {ordered[-1]:5.0f} ms"


def filled(ledger: Ledger, size: int, linked: int, tools: LinkTools) -> None:
    """So many claims, the last of them linked."""
    started = time.monotonic()
    war.fill(ledger, size, tools, waiting=linked)
    print(f"filled in {time.monotonic() - started:.0f} s", flush=True)
    started = time.monotonic()
    done = link(ledger, tools=tools)
    print(f"{done.claims:,} claims linked in {time.monotonic() - started:.0f} s", flush=True)


@dataclass(frozen=True, slots=True)
class Added:
    """What one more report took, in seconds."""

    write: float
    link: float
    cpu: float
    done: Linked


def added(ledger: Ledger, number: int, size: int, tools: LinkTools) -> Added:
    """What a new report takes to be written, and to be linked and graded; every other is of the last days."""
    reports = size // war.CLAIMS_OF_REPORT
    when = reports - 1 - number if number % 2 else number * 997 % reports
    told = war.report(when, size, seed=f"new of {size}")
    text = "".join(each.claim.text + " " for each in told)
    data = f"{number} {size} {text}".encode()
    document = sha256(data).hexdigest()
    claims = [war.renamed(each, document).claim for each in told]
    blocks = (Block(Span(0, len(text)), BlockKind.BODY),)
    published, title = Stated(told[0].published or "", ""), Stated(told[0].title or "", "")
    doc = Document(
        document, told[0].document, text, document, "text", "bench", blocks, published=published, title=title
    )
    raw = RawDocument(doc.name, data, "text", Collection(doc.name, "file", "2024-01-01T00:00:00Z", "bench"))
    reading = rows.reading(doc, claims, (), reader="bench")
    report = rows.report(raw, document, sha1(data, usedforsecurity=False).hexdigest(), reading)
    started, worked = time.perf_counter(), time.process_time()
    ledger.record([report])
    written = time.perf_counter()
    done = link(ledger, tools=tools)
    return Added(written - started, time.perf_counter() - written, time.process_time() - worked, done)


if __name__ == "__main__":
    main()
