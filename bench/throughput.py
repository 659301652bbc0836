"""How fast reports are read, what each stage costs, and how much memory it takes, with the program as installed.

    ./dev bench                       500 and 2,000 texts of ../shared/data/conflict-news, one job and two
    ./dev bench --texts 100           fewer; the second figure is always four times the first
    ./dev bench --data FOLDER         other texts: *.jsonl or *.jsonl.gz with a key `text`

Three runs, each into a fresh ledger: N texts with one job, 4 N with one job, 4 N with several. From the first two follows
whether memory grows with the number of texts, from the last two what a second job is worth. Times are wall time of the
whole program, start included; memory is the most that the program and its workers held at once, pages that they share
counted once (Linux; elsewhere the largest process alone).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, islice, zip_longest
from pathlib import Path
from time import perf_counter, sleep

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data" / "conflict-news"
PROC = Path("/proc")
STAGE = re.compile(r"^\s*(\w+)\s+([\d.]+) s$", re.MULTILINE)
LOOK_EVERY = 0.05  # seconds between two looks at the memory


@dataclass(frozen=True)
class Run:
    """One run of the program."""

    texts: int
    words: int
    jobs: int
    seconds: float
    cpu: float  # seconds of processor, workers included: what a busy machine falsifies least
    peak_mb: float
    stages: dict[str, float]


# --- Texts --------------------------------------------------------------------------------------------------------------


def texts(folder: Path) -> Iterator[str]:
    """Texts of all files in turn, without end: a second round differs from the first by a line, so that it is read too."""
    files = sorted([*folder.glob("*.jsonl.gz"), *folder.glob("*.jsonl")])
    for lap in count():
        mixed = chain.from_iterable(zip_longest(*map(_texts_of, files)))
        for text in mixed:
            if text is not None:
                yield f"{text}\n\nCopy {lap}" if lap else text


def _texts_of(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def write(folder: Path, number: int, target: Path) -> int:
    """How many words the file holds that was written: so many texts, one a line."""
    words = 0
    with target.open("w", encoding="utf-8") as lines:
        for i, text in enumerate(islice(texts(folder), number)):
            words += len(text.split())
            lines.write(json.dumps({"id": f"text-{i}", "text": text}, ensure_ascii=False) + "\n")
    return words


# --- Running ------------------------------------------------------------------------------------------------------------


def measure(source: Path, number: int, words: int, jobs: int, folder: Path) -> Run:
    """One run of `bywhom add` into a fresh ledger in `folder`."""
    folder.mkdir(exist_ok=True)
    ledger = folder / f"{source.stem}-{jobs}.db"
    program = Path(sys.executable).with_name("bywhom")
    command = list(map(str, (program, "add", source, "--ledger", ledger, "--jobs", jobs, "--timings", "--quiet")))
    start, used = perf_counter(), processor_seconds()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    watch = Watch(process.pid)
    watch.start()
    _, said = process.communicate()
    seconds = perf_counter() - start
    watch.stop()
    if process.returncode not in (0, 1):
        raise SystemExit(f"bywhom add ended with {process.returncode}:\n{said[-2000:]}")
    cpu = processor_seconds() - used
    stages = {name: float(spent) for name, spent in STAGE.findall(said)}
    return Run(number, words, jobs, seconds, cpu, watch.peak_mb, stages)


def processor_seconds() -> float:
    """What all ended children have used of the processor."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Watch(threading.Thread):
    """Looks at the memory of a process and its descendants until told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._done = threading.Event()
        self.peak_kb = 0

    def run(self) -> None:
        while not self._done.is_set() and PROC.exists():
            self.peak_kb = max(self.peak_kb, sum(map(held_kb, family(self._pid))))
            sleep(LOOK_EVERY)

    def stop(self) -> None:
        """Ends the looking."""
        self._done.set()
        self.join()

    @property
    def peak_mb(self) -> float:
        """The most that was held at once."""
        if self.peak_kb:
            return self.peak_kb / 1024
        largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        return largest / (1024 * 1024 if sys.platform == "darwin" else 1024)


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            children.setdefault(parent_of(entry), []).append(int(entry.name))
    found = [pid]
    for each in found:  # grows while it is walked
        found += children.get(each, [])
    return found


def parent_of(entry: Path) -> int:
    """The parent of a process; 0 where it has ended meanwhile."""
    try:
        return int(entry.joinpath("stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    except OSError:
        return 0


def held_kb(pid: int) -> int:
    """What a process holds, its part of shared pages only; 0 where it has ended meanwhile."""
    try:
        found = re.search(
            r"^Pss:\s+(\d+) kB", (PROC / str(pid) / "smaps_rollup").read_text(encoding="utf-8"), re.MULTILINE
        )
    except OSError:
        return 0
    return int(found.group(1)) if found else 0


# --- Telling ------------------------------------------------------------------------------------------------------------


def tell(small: Run, large: Run, parallel: Run) -> str:
    """The figures as the tables of bench/README.md."""
    lines = [
        f"Machine: {machine()}",
        "",
        "| texts | jobs | seconds | CPU seconds | texts/s | words/s | peak MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for run in (small, large, parallel):
        rates = (f"{run.texts / run.seconds:.1f}", f"{run.words / run.seconds:,.0f}")
        cells = (f"{run.texts:,}", f"{run.jobs}", f"{run.seconds:.1f}", f"{run.cpu:.1f}", *rates, f"{run.peak_mb:.0f}")
        lines.append(f"| {' | '.join(cells)} |")
    lines += [
        "",
        f"Memory at four times the texts: {large.peak_mb / small.peak_mb:.2f} times as much.",
        f"{parallel.jobs} jobs against one: {large.seconds / parallel.seconds:.2f} times as fast.",
        "",
        f"| stage | seconds ({large.texts:,} texts, one job) | part |",
        "|---|---|---|",
    ]
    spent = sum(large.stages.values()) or 1.0
    lines += [f"| {name} | {seconds:.1f} | {seconds / spent:.0%} |" for name, seconds in large.stages.items()]
    return "\n".join(lines)


def machine() -> str:
    """What the figures were taken on."""
    found = None
    if (PROC / "cpuinfo").exists():
        found = re.search(r"^model name\s*:\s*(.+)$", (PROC / "cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    name = found.group(1) if found else platform.processor() or platform.machine()
    return f"{name}, {cores} cores, {platform.system()}, Python {platform.python_version()}"


def main(argv: Sequence[str] | None = None) -> int:
    """Measures and prints; 0 also where there are no texts to measure with, which is said."""
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--texts", type=int, default=500, help="how many texts the smaller run reads")
    parser.add_argument("--jobs", type=int, default=2, help="how many jobs are held against one")
    parser.add_argument("--repeat", type=int, default=1, help="how often; the fastest run of each kind counts")
    parser.add_argument("--data", type=Path, default=DATA, help="a folder of *.jsonl(.gz) files")
    options = parser.parse_args(argv)
    if not any(options.data.glob("*.jsonl*")):
        print(f"skipped: there are no texts in {options.data}; name another folder with --data")
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sizes = (options.texts, 4 * options.texts)
        sources = [(folder / f"{size}.jsonl", size) for size in sizes]
        (few, n), (many, m) = sources
        words = [write(options.data, size, source) for source, size in sources]
        plan = [(few, n, words[0], 1), (many, m, words[1], 1), (many, m, words[1], options.jobs)]
        laps = [[measure(*run, folder / f"{lap}") for run in plan] for lap in range(options.repeat)]
        print(tell(*map(fastest, zip(*laps, strict=True))))
    return 0


def fastest(runs: Sequence[Run]) -> Run:
    """The run that was disturbed least by what else the machine does."""
    return min(runs, key=lambda run: run.seconds)


if __name__ == "__main__":
    sys.exit(main())
