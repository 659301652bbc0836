"""The workbench on a big ledger: how long the server takes for first pages of searches, filters, facets, and for a claim's page.

    python bench/workbench.py [--claims 1000000] [--ledger FILE] [--rounds 20]

The ledger is made up as in incremental.py, in its few words: a common one is in some hundred thousand claims, which is harder than
life. Times are those of whole answers of the application, from the request to the last byte of HTML, in one process without a
network. A ledger that is there already is used again.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import incremental
import linking
from sqlalchemy import text, update
from starlette.testclient import TestClient

from bywhom.ledger import Ledger, findindex, rows, schema
from bywhom.ledger.engine import writing
from bywhom.pipeline import LinkTools
from bywhom.records import Block, BlockKind, Document, Span, Stated
from bywhom.workbench import Settings, create_app

SHOWN = 300  # reports whose texts are there to be shown
LINKED = 6_000  # claims that are really linked and graded
GOALS = {"claim": 100.0}  # milliseconds, of which 95 in 100 pages may take no more; for all others:
GOAL = 150.0


def main() -> None:
    """Fill the ledger where it is not, ask for pages, and print how long they took."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--claims", type=int, default=1_000_000)
    ask.add_argument("--ledger", type=Path, help="kept, and used again")
    ask.add_argument("--rounds", type=int, default=20, help="pages of each kind")
    options = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder, Ledger.open(options.ledger or Path(folder) / "big.db") as ledger:
        if not ledger.counts().documents:
            fill(ledger, options.claims)
        print(f"{ledger.counts().claims:,} claims, {ledger.path.stat().st_size / 1e9:.2f} GB", flush=True)
        settings = Settings()
        with TestClient(create_app(ledger, settings), base_url=settings.address) as browser:
            for name, addresses in pages(ledger, options.rounds):
                print(told(name, [spent(browser, address) for address in addresses]), flush=True)
        print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def told(name: str, seconds: Sequence[float]) -> str:
    """One line: the middle, the slowest of twenty, the slowest, and whether that is good enough."""
    ordered = sorted(1000 * each for each in seconds)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    goal = next((goal for kind, goal in GOALS.items() if name.startswith(kind)), GOAL)
    met = "" if p95 <= goal else f"  over {goal:.0f} ms"
    return f"{name:42} p50 {ordered[len(ordered) // 2]:6.0f} ms  p95 {p95:6.0f} ms  most {ordered[-1]:6.0f} ms{met}"


def spent(browser: TestClient, address: str) -> float:
    started = time.perf_counter()
    answer = browser.get(address)
    seconds = time.perf_counter() - started
    if answer.status_code != 200:
        raise ValueError(f"{address}: {answer.status_code} {answer.text[:300]}")
    return seconds


def pages(ledger: Ledger, rounds: int) -> Iterator[tuple[str, list[str]]]:
    """Kinds of pages, and addresses of each."""
    rng = random.Random(7)  # noqa: S311  repeatable
    towns = [f"Ville{rng.randrange(400)}" for _ in range(rounds)]
    things = [rng.choice(linking.THINGS) for _ in range(rounds)]
    years = [rng.choice(("1914", "1915", "1916", "1917")) for _ in range(rounds)]
    people = [f"{rng.choice(linking.SOURCES)} Martin{rng.randrange(max(20, 10_000))}" for _ in range(rounds)]
    events, digits = ("attack", "seize", "detain", "casualty"), range(1, 7)
    boxes = [(rng.uniform(45, 53), rng.uniform(0, 10)) for _ in range(rounds)]
    boxed = [f"box={s:.2f},{w:.2f},{s + 1:.2f},{w + 1:.2f}" for s, w in boxes]
    yield "find: nothing asked for", ["/"] * rounds
    yield "search: a common word", [f"/?q={one}" for one in things]
    yield "search: two common words", [f"/?q={one}+dawn" for one in things]
    yield "search: a rare word", [f"/?q={one}" for one in towns]
    yield "search: a phrase", [f"/?q=%22{one}+of+{town}%22" for one, town in zip(things, towns, strict=True)]
    yield "search: all but a word", [f"/?q=-{one}" for one in things]
    yield "search: the beginning of words", [f"/?q={one[:4]}*" for one in things]
    yield "search: a source", [f"/?source={one.replace(' ', '+')}" for one in people]
    yield "filter: what, how good", [f"/?event={rng.choice(events)}&credibility={rng.choice(digits)}" for _ in years]
    yield "filter: contested", [f"/?q={one}&contested=yes" for one in things]
    yield "filter: reviewed, a common word", [f"/?q={one}&reviewed=yes" for one in things]
    yield "filter: not reviewed, a common word", [f"/?q={one}&reviewed=no" for one in things]
    yield "filter: F, a year", [f"/?reliability=F&since={year}&until={year}" for year in years]
    yield (
        "filter: a month, a common word",
        [f"/?q={t}&since={y}-05&until={y}-05" for t, y in zip(things, years, strict=True)],
    )
    yield "filter: a place on the map", [f"/?{box}" for box in boxed]
    yield (
        "filter: a place, a year, a common word",
        [f"/?{box}&q={one}&since={year}&until={year}" for box, one, year in zip(boxed, things, years, strict=True)],
    )
    yield "filter: half the map, a common word", [f"/?q={one}&box=45,0,50,12" for one in things]
    yield "find: a page far down", [f"/?q={one}&after={719000 + rng.randrange(500) << 43:x}" for one in things]
    shown = [each for each in ledger.documents_page(limit=100_000) if each.text_id][: max(1, rounds)]
    claims = [each.claim.id for report in shown[: rounds // 4 + 1] for each in ledger.claims_of(report.id)]
    yield "claim", [f"/claims/{claim}" for claim in claims[: 2 * rounds]]
    yield "report", [f"/reports/{report.id}" for report in shown]
    yield "reports", ["/reports"] * rounds


def fill(ledger: Ledger, size: int) -> None:
    """So many claims that can be found; the texts of some reports, the links of some claims."""
    incremental.fill(ledger, size, min(LINKED, size), LinkTools.load())
    started = time.monotonic()
    with writing(ledger._engine, ledger.path) as connection:  # noqa: SLF001  filled past the front door
        findindex.fill(connection)
        print(f"{size:,} claims made to be found in {time.monotonic() - started:.0f} s", flush=True)
        connection.execute(
            text(
                "UPDATE found SET digit = 1 + id / 4096 % 6, contested = id / 4096 % 97 = 0, reviewed = id / 4096 % 53 = 0 "
                "WHERE digit = 0"
            )
        )
        total = size // linking.CLAIMS_OF_REPORT
        for number in range(max(0, total - SHOWN), total):
            report = linking.report(random.Random(number), f"report-{number}", size)  # noqa: S311  repeatable
            told = incremental.named(report)
            words = " ".join(each.claim.text for each in told)
            text_id = ledger.archive.put(words.encode())
            head = told[0]
            doc = Document(
                head.claim.document_id, head.document, "", text_id, "text", "bench", (), "en",
                publisher=Stated(head.publisher or "", ""), published=Stated(head.published or "", ""),
            )  # fmt: skip
            row = rows._document_row(doc)  # noqa: SLF001
            here = schema.documents.c.id == doc.id
            connection.execute(update(schema.documents).where(here).values(row))
            block = replace(doc, blocks=(Block(Span(0, len(words)), BlockKind.BODY),))
            connection.execute(schema.blocks.insert(), list(rows._block_rows(block)))  # noqa: SLF001


if __name__ == "__main__":
    main()
