"""Work in order, whatever happens to those who do it."""

from __future__ import annotations

import gc
import importlib
import itertools
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bywhom.errors import BywhomError, NoSpace
from bywhom.workers import Lost, WorkerError, ordered, seldom_swept

# What workers import: what they do is told by the item.
MODULE = """
import os, signal, sys, time
from pathlib import Path
from bywhom.errors import NoSpace

def prepare(folder):
    return lambda item: act(item, Path(folder))

def prepare_badly(folder):
    raise NoSpace("the disk is full")

def prepare_and_die(folder):
    os._exit(3)

def act(item, folder):
    word, _, more = item.partition(" ")
    if word == "wait":
        time.sleep(float(more))
    elif word == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    elif word == "crash":
        os.abort()
    elif word == "leave":
        os._exit(7)
    elif word == "hang":
        time.sleep(60)
    elif word == "killed-once" and not (folder / more).exists():
        (folder / more).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    elif word == "print":
        print("noise from a library", flush=True)
        os.system("echo noise from a program")
    elif word == "full":
        raise NoSpace("the disk is full")
    elif word == "pid":
        return os.getpid()
    elif word == "big":
        return "x" * int(more)
    return item
"""


@pytest.fixture
def toys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The module above, where workers find it too."""
    (tmp_path / "toys.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module("toys")
    del sys.modules["toys"]


def answers(
    toys: ModuleType, items: list[str], *, jobs: int = 2, size: int = 2, timeout: float | None = None
) -> list[Any]:
    """What comes of the items, sent in batches of `size`."""
    batches = [items[at : at + size] for at in range(0, len(items), size)]
    prepare = partial(toys.prepare, str(Path(toys.__file__ or "").parent))
    return list(ordered(batches, prepare, jobs, timeout))


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("size", [1, 3])
def test_answers_come_in_the_order_of_the_items(toys: ModuleType, jobs: int, size: int) -> None:
    items = ["wait 0.2", "a", "wait 0.1", "b", "c", "wait 0.05", "d", "e"]
    assert answers(toys, items, jobs=jobs, size=size) == items


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("killed", "the worker process was killed, perhaps because memory ran out"),
        ("crash", "the worker process crashed (SIGABRT)"),
        ("leave", "the worker process ended with status 7"),
    ],
)
def test_a_worker_that_dies_costs_one_item(toys: ModuleType, item: str, reason: str) -> None:
    assert answers(toys, ["a", "b", item, "c", "d"], size=3) == ["a", "b", Lost(reason), "c", "d"]


def test_an_item_that_was_there_when_its_worker_died_gets_another_chance(toys: ModuleType) -> None:
    items = ["a", "killed-once x", "b", "killed-once y"]
    assert answers(toys, items) == items


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_item_that_takes_too_long_is_given_up(toys: ModuleType, jobs: int) -> None:
    late = Lost("took longer than 0.3 s")
    assert answers(toys, ["a", "hang", "b", "c"], jobs=jobs, size=3, timeout=0.3) == ["a", late, "b", "c"]


def test_time_is_counted_for_each_item_and_not_for_the_batch(toys: ModuleType) -> None:
    items = ["wait 0.3"] * 4
    assert answers(toys, items, size=4, jobs=1, timeout=0.8) == items
    assert answers(toys, [*items, "a"], size=4, timeout=0.8) == [*items, "a"]


@pytest.mark.parametrize(("least", "elsewhere"), [(1, True), (4, True), (5, False)])
def test_processes_are_started_where_they_pay(toys: ModuleType, least: int, *, elsewhere: bool) -> None:
    seen: list[int] = []

    def pays(batches: Sequence[Sequence[str]]) -> bool:
        seen.append(len(batches))
        return sum(map(len, batches)) >= least

    batches: list[list[str]] = [["pid"], [], ["pid"], ["pid", "pid"], []]
    found = list(ordered(iter(batches), partial(toys.prepare, str(Path(toys.__file__ or "").parent)), 2, None, pays))
    assert len(found) == 4
    assert (os.getpid() not in found) is elsewhere
    assert max(seen) <= 3  # empty batches are not held


def test_a_library_that_prints_does_not_disturb(toys: ModuleType) -> None:
    assert answers(toys, ["print", "a", "print", "b"]) == ["print", "a", "print", "b"]


def test_answers_and_items_larger_than_any_pipe(toys: ModuleType) -> None:
    items = ["big 3000000", "y" * 3_000_000, "big 200000", "z"]
    assert [len(answer) for answer in answers(toys, items)] == [3_000_000, 3_000_000, 200_000, 1]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_of_the_installation_ends_the_run(toys: ModuleType, jobs: int) -> None:
    with pytest.raises(NoSpace, match="the disk is full"):
        answers(toys, ["a", "b", "full", "c"], jobs=jobs)


@pytest.mark.parametrize(
    ("prepare", "error", "message"),
    [("prepare_badly", NoSpace, "the disk is full"), ("prepare_and_die", WorkerError, "could not start")],
)
def test_workers_that_cannot_start(toys: ModuleType, prepare: str, error: type[BywhomError], message: str) -> None:
    with pytest.raises(error, match=message):
        list(ordered([["a"], ["b"]], partial(getattr(toys, prepare), "."), 2, None))


def test_little_work_is_done_here(toys: ModuleType) -> None:
    assert answers(toys, ["pid", "pid"], jobs=4, size=2) == [os.getpid()] * 2
    elsewhere = answers(toys, ["pid", "pid", "pid", "pid"], jobs=4, size=2)
    assert os.getpid() not in elsewhere


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_more_is_taken_than_can_be_held(toys: ModuleType, jobs: int) -> None:
    """Whoever adds a million texts holds a handful at a time."""
    taken = itertools.count()
    batches = ([f"{number}"] for number in iter(lambda: next(taken), -1))
    stream = ordered(batches, partial(toys.prepare, "."), jobs, None)
    assert [next(stream) for _ in range(20)] == [str(number) for number in range(20)]
    stream.close()
    assert next(taken) <= 20 + 6 * jobs


def test_who_stops_early_leaves_nobody_behind(toys: ModuleType) -> None:
    stream = ordered([["pid"], ["wait 0.3"], ["pid"], ["hang"], ["hang"]], partial(toys.prepare, "."), 2, None)
    workers = {answer for answer in itertools.islice(stream, 3) if isinstance(answer, int)}
    assert workers
    stream.close()
    for worker in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("bywhom-worker")]


def test_a_script_without_a_guard_is_not_run_again(tmp_path: Path) -> None:
    """Libraries that start workers through multiprocessing would run this script once more in each of them."""
    (tmp_path / "toys.py").write_text(MODULE, encoding="utf-8")
    script = tmp_path / "script.py"
    script.write_text(
        "from functools import partial\nfrom bywhom.workers import ordered\nimport toys\n"
        "print('once', list(ordered([['a'], ['b']], partial(toys.prepare, '.'), 2, None)))\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "once ['a', 'b']\n"


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    (tmp_path / "toys.py").write_text(MODULE, encoding="utf-8")
    script = tmp_path / "script.py"
    script.write_text(
        "from functools import partial\nfrom bywhom.workers import ordered\nimport toys\n"
        "stream = ordered([['pid'], ['wait 0.5'], ['hang'], ['hang']], partial(toys.prepare, '.'), 2, None)\n"
        "print(next(stream), flush=True)\nnext(stream)\nprint('waits', flush=True)\nnext(stream)\n",
        encoding="utf-8",
    )
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as parent:
        assert parent.stdout
        assert int(parent.stdout.readline())
        parent.kill()
        parent.communicate(timeout=20)  # ends only when nobody holds the pipe of errors any more, workers included


def test_the_search_for_garbage_is_left_as_it_was() -> None:
    before = gc.get_threshold(), gc.get_freeze_count()
    with seldom_swept():
        assert gc.get_threshold()[0] > before[0][0]
        assert gc.get_freeze_count() > 0
    assert (gc.get_threshold(), gc.get_freeze_count()) == before
