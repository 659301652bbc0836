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
        for step, seconds in (("write", [w for w, _, _ in times]), ("link and grade", [g for _, g, _ in times])):
            print(f"{step:16} {spread(seconds)}")
        print(f"{'together':16} {spread([w + g for w, g, _ in times])} (target: p99 < 1000 ms)")
        new = sum(done.claims for _, _, done in times)
        print(f"{'a new claim':16} {sum(done.pairs for _, _, done in times) / new:.1f} pairs compared")
        print(f"{'memory':16} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


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


def added(ledger: Ledger, number: int, size: int, tools: LinkTools) -> tuple[float, float, Linked]:
    """Seconds that a new report takes to be written, and to be linked and graded; every other is of the last days."""
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
    started = time.perf_counter()
    ledger.record([report])
    written = time.perf_counter()
    done = link(ledger, tools=tools)
    return written - started, time.perf_counter() - written, done


if __name__ == "__main__":
    main()
