"""The map of a big ledger: what a view costs the server, and how evenly it moves under the hand in a real browser.

    python bench/map.py [--places 100000] [--claims 200000] [--ledger FILE] [--rounds 20] [--no-browser]

The places are made up: towns in some hundred clusters, as towns lie. Server times are those of whole answers of the application
in one process without a network, by the clock and of the processor. In the browser the map is dragged for some seconds at four
scales, and what is told is how long each frame took: at 60 frames in a second 17 ms, and from about 100 ms on people see a pause. On a
machine that does other things frames come late whatever the page does, so what the page itself took of the processor stands beside it.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import runpy
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import war
import workbench
from sqlalchemy import insert
from starlette.testclient import TestClient

from bywhom.ledger import Ledger, findindex, schema
from bywhom.ledger.engine import writing
from bywhom.ledger.findrows import Head, found_row
from bywhom.records import Mention, Place, PlaceOutcome
from bywhom.workbench import Settings, create_app
from bywhom.workbench.serving import settle

ROOT = Path(__file__).parents[1]
PER_WRITE = 500  # reports
GOAL = 150.0  # ms of the processor for one view
PAUSE = 100.0  # ms between two frames that people see
LONG = 50.0  # ms of the processor from which a task of the page is called long
VIEWS = {
    "the world": "-50,-170,75,190", "a continent": "30,-10,62,50", "a country": "44,22,53,40", "a region": "47,30,50,36", "a town": "48.3,31.0,48.7,31.7",
}  # fmt: skip


def main() -> None:
    """Fill the ledger where it is not, ask for views, move the map, and print what it cost."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--places", type=int, default=100_000)
    ask.add_argument("--claims", type=int, default=200_000)
    ask.add_argument("--ledger", type=Path, help="kept, and used again")
    ask.add_argument("--rounds", type=int, default=20, help="views of each kind")
    ask.add_argument("--no-browser", action="store_true", help="the server alone")
    options = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.ledger or Path(folder) / "map.db"
        with Ledger.open(path) as ledger:
            if not ledger.report_counts().documents:
                fill(ledger, options.places, options.claims)
            serving(ledger, options.rounds)
        if not options.no_browser:
            moving(path)


# The ledger -----------------------------------------------------------------------------------------------------------


def fill(ledger: Ledger, places: int, size: int) -> None:
    """So many claims about so many places that can be found."""
    rng, started = random.Random(11), time.monotonic()  # noqa: S311  repeatable
    points = list(scattered(rng, places))
    batch: list[Any] = []
    for number, told in enumerate(war.made(size)):
        head = Head(told[0].document, told[0].publisher, told[0].published)
        claims = [_moved(each.claim, *points[(number * len(told) + i) % len(points)]) for i, each in enumerate(told)]
        document, rows = war.rows_of([_with(each, claim) for each, claim in zip(told, claims, strict=True)])
        batch.append((document, rows, [found_row(claim, head, i) for i, claim in enumerate(claims)]))
        if len(batch) == PER_WRITE:
            _write(ledger, batch)
            batch = []
    _write(ledger, batch)
    print(f"{size:,} claims about {places:,} places filled in {time.monotonic() - started:.0f} s", flush=True)


def scattered(rng: random.Random, places: int) -> Iterator[tuple[str, float, float]]:
    """Towns in clusters."""
    middles = [(rng.uniform(-35, 60), rng.uniform(-120, 140)) for _ in range(100)] + [(48.5, 31.0)] * 40
    for number in range(places):
        lat, lon = rng.choice(middles)
        yield f"Town {number}", max(-75.0, min(75.0, rng.gauss(lat, 1.5))), max(-179.0, min(179.0, rng.gauss(lon, 2.5)))


def _moved(claim: Any, name: str, lat: float, lon: float) -> Any:  # noqa: ANN401  a claim, and one at another place
    words = claim.place.mention if claim.place else Mention(claim.span.start, claim.span.start + 1, claim.text[:1])
    place = Place(words, PlaceOutcome.SETTLEMENT, name, "FR", lat=lat, lon=lon, radius_km=2.0)
    return replace(claim, place=place)


def _with(told: Any, claim: Any) -> Any:  # noqa: ANN401
    return replace(told, claim=claim)


def _write(ledger: Ledger, batch: list[Any]) -> None:
    if not batch:
        return
    with writing(ledger._engine, ledger.path) as connection:  # noqa: SLF001  filled past the front door
        connection.execute(insert(schema.documents), [{"sha1": "", "size": 0} | document for document, _, _ in batch])
        connection.execute(insert(schema.claims), [row for _, rows, _ in batch for row in rows])
        findindex.add(connection, [row for _, _, found in batch for row in found])


# The server -----------------------------------------------------------------------------------------------------------


def serving(ledger: Ledger, rounds: int) -> None:
    """What views cost the server: the first page after the start, then views at five scales, and the same of a search."""
    settings = Settings()
    with TestClient(create_app(ledger, settings), base_url=settings.address) as browser:
        settle()  # as the server does when it starts
        print(workbench.told("map: the first page", [workbench.spent(browser, "/map")]), flush=True)
        for what, query in (
            ("", ""),
            (", one word", "q=shelled"),
            (", what and how sure", "event=attack&certainty=certain"),
        ):
            for name, view in VIEWS.items():
                spans = [
                    workbench.spent(browser, f"/map/points?view={moved}&{query}") for moved in _around(view, rounds)
                ]
                print(workbench.told(f"map: {name}{what}", spans), flush=True)


def _around(view: str, rounds: int) -> Iterator[str]:
    """The view, moved a little each time, as a hand does."""
    south, west, north, east = map(float, view.split(","))
    for number in range(rounds):
        by = (east - west) * 0.05 * number
        yield f"{south},{west + by:.4f},{north},{east + by:.4f}" if east - west < 300 else view


# The browser ----------------------------------------------------------------------------------------------------------

_WATCH = """() => {
  const seen = []; let last = performance.now();
  window.framesSeen = seen;
  const watch = (now) => { seen.push(now - last); last = now; window.watching = requestAnimationFrame(watch); };
  window.watching = requestAnimationFrame(watch);
}"""


def moving(path: Path) -> None:
    """How evenly the map moves in a browser, and how much is drawn."""
    screens = runpy.run_path(str(ROOT / "docs" / "make_screens.py"))
    if screens["chromium"]() is None:
        print("no browser: ./dev browser installs one")
        return
    with served(path) as address, screens["browser"]() as opened:
        page = opened.new_context(viewport=screens["SIZE"]).new_page()
        for name, view in VIEWS.items():
            page.goto(f"{address}/map?view={view}")
            page.locator("svg.map.is-live").wait_for()
            page.wait_for_load_state("networkidle")
            print(f"dragging {name:12} {_dragged(opened, page)}", flush=True)


def _dragged(opened: Any, page: Any) -> str:  # noqa: ANN401  playwright's browser and page
    """How the map moved under the hand, in words."""
    sheet = page.locator("svg.map.is-live").bounding_box()
    opened.start_tracing(page=page, categories=_TRACED)
    page.evaluate(_WATCH)
    middle_x, middle_y = sheet["x"] + sheet["width"] / 2, sheet["y"] + sheet["height"] / 2
    most = 0
    for way in ((-1, 0), (0, -1), (1, 1)):
        page.mouse.move(middle_x, middle_y)
        page.mouse.down()
        for step in range(60):
            page.mouse.move(middle_x + way[0] * step * 5, middle_y + way[1] * step * 3)
            most = max(most, page.locator("svg.map.is-live a.spot").count()) if step % 20 == 0 else most
        page.mouse.up()
        page.wait_for_timeout(400)  # the map is drawn anew where the hand rests
    frames = sorted(page.evaluate("() => { cancelAnimationFrame(window.watching); return window.framesSeen; }"))
    work = _work(json.loads(opened.stop_tracing())["traceEvents"])
    late = frames[int(len(frames) * 0.95)]
    pauses = sum(each > PAUSE for each in frames)
    return (
        f"{len(frames):4} frames, p50 {frames[len(frames) // 2]:4.0f} p95 {late:4.0f} longest {frames[-1]:4.0f} ms, {pauses} pauses over {PAUSE:.0f} ms; "
        f"of the processor: {sum(work.scripts) / len(frames):4.1f} ms of script and {sum(work.tasks) / len(frames):4.1f} ms in all for a frame, "
        f"longest task {max(work.tasks):3.0f} ms, {sum(each > LONG for each in work.tasks)} over {LONG:.0f} ms; {most} signs drawn"
    )


_TRACED = ["-*", "toplevel", "devtools.timeline"]
_TASKS = frozenset(["RunTask", "ThreadControllerImpl::RunTask"])
_SCRIPTS = frozenset(["FireAnimationFrame", "TimerFire", "EventDispatch", "RunMicrotasks", "EvaluateScript"])


@dataclass(frozen=True, slots=True)
class Work:
    """What the page's own thread did, in milliseconds of the processor: they do not depend on what else the machine does."""

    tasks: list[float]
    scripts: list[float]  # what they spent in our script


def _work(events: list[dict[str, Any]]) -> Work:
    named = [one for one in events if one.get("ph") == "M" and one["name"] == "thread_name"]
    threads = {(one["pid"], one["tid"]) for one in named if one["args"]["name"] == "CrRendererMain"}
    timed = [one for one in events if one.get("ph") == "X" and (one["pid"], one["tid"]) in threads]
    tasks = [one for one in timed if one["name"] == "RunTask"] or [one for one in timed if one["name"] in _TASKS]
    scripts = [one for one in timed if one["name"] in _SCRIPTS]
    return Work([_spent(one) for one in tasks], [_spent(one) for one in scripts])


def _spent(event: dict[str, Any]) -> float:
    return float(event.get("tdur", event.get("dur", 0))) / 1000


class served:  # noqa: N801  used as a function
    """The workbench on a ledger, as `bywhom serve` runs it; its address."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> str:
        command = [sys.executable, "-m", "bywhom", "serve", "--port", "0", "--ledger", str(self._path)]
        self._running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        assert self._running.stderr is not None  # noqa: S101  it was asked for
        said = self._running.stderr.readline()
        found = re.search(r"http://\S+?(?=/?\s*$)", said)
        if found is None:
            raise SystemExit(f"bywhom serve did not start: {said}{self._running.stderr.read()}")
        return found[0]

    def __exit__(self, *_: object) -> None:
        self._running.terminate()
        self._running.wait()


if __name__ == "__main__":
    main()
