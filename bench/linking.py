"""Linking ledgers of growing size from scratch: seconds and memory against claims, and a plot.

    python bench/linking.py [--most 100000] [--sizes 4] [--jobs 2] [--plot bench/linking.svg]

Each ledger is made up (war.py), of twice the claims of the one before, written to a file without being read, and linked and graded as
`bywhom link` does it, in a process of its own. Printed are the seconds by the clock and of all processors, how many times the half they
are (target: at most 2.3), pairs of two reports compared and relations found for each claim, and the most memory that a process took.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import war

from bywhom.ledger import Ledger
from bywhom.pipeline import LinkTools, link

TARGET = 2.3


@dataclass(frozen=True, slots=True)
class Measured:
    """What linking one ledger took."""

    claims: int
    seconds: float
    cpu: float
    pairs: int
    relations: int
    megabytes: float

    def line(self, half: Measured | None) -> str:
        """As it is printed, beside the ledger of half the size."""
        times = f"{self.seconds / half.seconds:.2f} ({self.cpu / half.cpu:.2f})" if half else "-"
        return (
            f"{self.claims:9,} claims {self.seconds:8.1f} s {self.cpu:8.1f} cpu s  x half {times:12} "
            f"{self.pairs / self.claims:5.1f} pairs {self.relations / self.claims:5.1f} relations a claim {self.megabytes:6.0f} MB"
        )


def main() -> None:
    """Print one line for each size, and the plot where it is asked for."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--most", type=int, default=100_000)
    ask.add_argument("--sizes", type=int, default=4, help="so many ledgers, each twice the one before")
    ask.add_argument("--jobs", type=int, default=2)
    ask.add_argument("--plot", type=Path, help="write the plot here, as SVG")
    ask.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = ask.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, options.jobs)))
        return
    points: list[Measured] = []
    for size in (options.most >> step for step in reversed(range(options.sizes))):
        mine = ["--one", str(size), "--jobs", str(options.jobs)]
        words = subprocess.run([sys.executable, __file__, *mine], check=True, capture_output=True, text=True).stdout
        points.append(Measured(*json.loads(words)))
        print(points[-1].line(points[-2] if points[:-1] else None), flush=True)
    if options.plot:
        options.plot.write_text(plot(points), encoding="utf-8")


def measure(size: int, jobs: int) -> tuple[int, float, float, int, int, float]:
    """The fields of `Measured` for a new ledger of so many claims."""
    tools = LinkTools.load()
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "made.db") as ledger:
        war.fill(ledger, size, tools)
        started, worked = time.perf_counter(), cpu()
        done = link(ledger, jobs=jobs, tools=tools)
        return done.claims, time.perf_counter() - started, cpu() - worked, done.pairs, done.relations, megabytes()


def cpu() -> float:
    """Seconds of all processors, of this process and of workers that have ended."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def megabytes() -> float:
    """The most that this process or one of its workers took."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def plot(points: list[Measured]) -> str:
    """Seconds against claims; in grey the straight line through the first point, and the target for each doubling."""
    most = points[-1].claims
    longest = max(points[-1].seconds, points[0].seconds * TARGET ** (len(points) - 1)) * 1.1

    def x(size: float) -> float:
        return 60 + 500 * size / most

    def y(seconds: float) -> float:
        return 320 - 290 * seconds / longest

    def line(name: str, seconds: list[float], look: str) -> str:
        at = " ".join(f"{x(one.claims):.0f},{y(each):.0f}" for one, each in zip(points, seconds, strict=True))
        end = f'<text x="{x(most) - 6:.0f}" y="{y(seconds[-1]) - 8:.0f}" text-anchor="end" fill="#555">{name}</text>'
        return f'<polyline points="{at}" fill="none" {look}/>{end if name else ""}'

    first = points[0]
    straight = [first.seconds * one.claims / first.claims for one in points]
    target = [first.seconds * TARGET**step for step in range(len(points))]
    marks = "".join(
        f'<circle cx="{x(one.claims):.0f}" cy="{y(one.seconds):.0f}" r="4" fill="#246"/>'
        f'<text x="{x(one.claims):.0f}" y="{y(one.seconds) + 18:.0f}">{one.seconds:.0f} s</text>'
        for one in points
    )
    ticks = "".join(f'<text x="{x(one.claims):.0f}" y="340">{one.claims:,}</text>' for one in points)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="360" font-family="sans-serif" font-size="11" text-anchor="middle">'
        f'<rect width="600" height="360" fill="#fff"/>{line("in proportion", straight, STROKE_GREY)}'
        f"{line(f'{TARGET} times for twice as many', target, STROKE_DASHED)}{line('', [one.seconds for one in points], STROKE)}{marks}{ticks}"
        '<text x="310" y="356">claims linked from scratch</text></svg>\n'
    )


STROKE, STROKE_GREY = 'stroke="#246" stroke-width="2"', 'stroke="#bbb"'
STROKE_DASHED = 'stroke="#bbb" stroke-dasharray="4 4"'


if __name__ == "__main__":
    main()
