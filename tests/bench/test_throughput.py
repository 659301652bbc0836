"""Measuring: texts without end, and memory of a process with all that descends from it."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest
import throughput
from throughput import Run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with gzip.open(tmp_path / "a.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"text": text}) + "\n" for text in ("Liège fell.", "Namur held."))
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": "Ypres burned."}) + "\n")
    return tmp_path


def test_texts_come_from_all_files_in_turn_and_no_two_are_the_same(folder: Path) -> None:
    found = list(islice(throughput.texts(folder), 7))
    assert found[:3] == ["Liège fell.", "Ypres burned.", "Namur held."]
    assert found[3] == "Liège fell.\n\nCopy 1"
    assert len(set(found)) == 7


def test_words_are_counted_in_what_is_written(folder: Path, tmp_path: Path) -> None:
    assert throughput.write(folder, 3, tmp_path / "out.txt") == 6
    rows = [json.loads(line) for line in (tmp_path / "out.txt").read_text().splitlines()]
    assert [row["id"] for row in rows] == ["text-0", "text-1", "text-2"]


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory of a family is looked up in /proc")
def test_the_memory_of_children_counts() -> None:
    child = "x = bytearray(60_000_000); print('ready', flush=True); input()"
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    process = subprocess.Popen([sys.executable, "-c", start], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdout.readline()
    watch = throughput.Watch(process.pid)
    watch.start()
    while not watch.peak_kb:
        pass
    watch.stop()
    assert process.pid in throughput.family(os.getpid())
    process.communicate(b"\n")
    assert watch.peak_mb > 57


STAGES = {"cleaning": 9.0, "claims": 27.0}


def test_the_figures_compare_what_can_be_compared() -> None:
    small, large = Run(100, 30_000, 1, 10.0, 9.0, 60.0, {}), Run(400, 120_000, 1, 36.0, 35.0, 66.0, STAGES)
    told = throughput.tell(small, large, Run(400, 120_000, 2, 20.0, 38.0, 110.0, {}))
    assert "| 400 | 1 | 36.0 | 35.0 | 11.1 | 3,333 | 66 |" in told
    assert "1.10 times as much" in told
    assert "2 jobs against one: 1.80 times as fast" in told
    assert "| claims | 27.0 | 75% |" in told


def test_without_texts_nothing_is_measured_and_that_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert throughput.main(["--data", str(tmp_path)]) == 0
    assert "skipped" in capsys.readouterr().out
