"""The program is killed again and again, at random points; whatever it leaves, the next run finishes the job."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bywhom.ledger import Ledger
from bywhom.pipeline import add

REPORTS = 140
KILLS = 5
SENTENCES = (
    "Colonel Brandt said on 9 August 1870 that his battery had lost {n} horses near Metz.",
    "“We had no bread for {n} days,” a gunner told the Evening Letter.",
    "The prefect denied that {n} men had laid down their arms.",
    "According to the stationmaster, {n} wagons were burnt.",
)


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """Files, copies, a container and two files that cannot be read."""
    folder = tmp_path / "box"
    folder.mkdir()
    for number in range(REPORTS - 40):
        (folder / f"{number:03}.txt").write_text(text(number), encoding="utf-8")
    rows = ({"id": f"row-{number}", "text": text(number)} for number in range(REPORTS - 40, REPORTS))
    (folder / "wire.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (folder / "zz-copy.txt").write_text(text(7), encoding="utf-8")
    (folder / "empty.txt").touch()
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 4)
    return folder


def text(number: int) -> str:
    chosen = [SENTENCES[(number + step) % len(SENTENCES)].format(n=number + step + 2) for step in range(3)]
    return f"Report {number}\n\n" + "\n\n".join(chosen) + "\n"


def test_whoever_kills_the_program_loses_nothing(tmp_path: Path, box: Path) -> None:
    path = tmp_path / "ledger.db"
    chance = random.Random(1870)
    for kill in range(KILLS):
        killed = start(box, path, jobs=1 + kill % 2)
        wait_for(killed, path, chance.randrange(REPORTS // 2))
        killed.send_signal(signal.SIGKILL)
        killed.communicate()
        assert faults(path) == [], f"after kill {kill + 1}"

    finished = start(box, path, jobs=2)
    _, said = finished.communicate(timeout=120)
    assert finished.returncode == 1, said  # the two files that cannot be read
    assert faults(path) == []
    with Ledger.open(tmp_path / "undisturbed.db") as undisturbed, Ledger.open(path) as ledger:
        summary = add([str(box)], undisturbed)
        assert summary.new == REPORTS
        assert summary.claims >= REPORTS
        assert all_said(ledger) == all_said(undisturbed)
        assert not list((path.with_name("ledger.db.archive") / ".writing").glob("*"))
        before = list(ledger.custody())
        assert add([str(box)], ledger).new == 0
        assert list(ledger.custody()) == before


def test_two_programs_may_add_to_one_ledger_at_once(tmp_path: Path, box: Path) -> None:
    path = tmp_path / "ledger.db"
    both = [start(box, path, jobs=1) for _ in range(2)]
    for program in both:
        _, said = program.communicate(timeout=120)
        assert program.returncode == 1, said
    assert faults(path) == []
    with Ledger.open(tmp_path / "alone.db") as alone, Ledger.open(path) as ledger:
        add([str(box)], alone)
        assert all_said(ledger) == all_said(alone)


def start(box: Path, path: Path, jobs: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "bywhom", "add", str(box), "--ledger", str(path), "--jobs", str(jobs), "--quiet"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def wait_for(program: subprocess.Popen[bytes], path: Path, originals: int) -> None:
    """Wait until the archive has so many objects more than now, or the program is done."""
    archive = path.with_name(path.name + ".archive")
    wanted = objects(archive) + originals
    while program.poll() is None and (not path.exists() or objects(archive) < wanted):
        time.sleep(0.005)


def objects(archive: Path) -> int:
    """How many objects there are by now."""
    return sum(len(names) for folder, _, names in os.walk(archive) if not folder.endswith(".writing"))


def faults(path: Path) -> list[str]:
    """What verify finds wrong."""
    with Ledger.open(path) as ledger:
        return [problem.message for problem in ledger.verify()]


def all_said(ledger: Ledger) -> list[Any]:
    """All that a ledger says, but for when it was collected and in which order."""
    documents = [
        replace(each, collections=tuple(replace(came, collected_at="") for came in each.collections))
        for each in ledger.documents()
    ]
    return [list(ledger.claims()), documents, list(ledger.problems())]
