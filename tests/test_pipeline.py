"""From sources to a ledger: every report once, whatever happens to its neighbours, to the run or to the program."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from bywhom import pipeline
from bywhom.archive import Archive
from bywhom.errors import NoSpace, UsageError
from bywhom.intake import collect
from bywhom.ledger import Ledger
from bywhom.pipeline import STAGES, AddOptions, Reader, Reading, Stopped, add
from bywhom.progress import Clock, Progress
from bywhom.records import Document, Problem, RawDocument

DISPATCH = (
    "Grain ships wait off Odesa\n\n"
    "Admiral Kerr said on 4 May 1877 that three ships had turned back near Odesa. "
    "“We will not sail without coal,” a stoker told the Harbour Post.\n\n"
    "The port office denied the report.\n"
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A new ledger, beside the box of reports."""
    with Ledger.open(tmp_path / "ledger.db") as opened:
        yield opened


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A folder with five reports, two of them the same."""
    folder = tmp_path / "box"
    folder.mkdir()
    for number in range(4):
        (folder / f"wire-{number}.txt").write_text(DISPATCH.replace("three", str(number + 3)), encoding="utf-8")
    (folder / "copy.txt").write_text(DISPATCH.replace("three", "5"), encoding="utf-8")
    return folder


def everything(ledger: Ledger) -> list[Any]:
    """All that a ledger says, but for the times at which things were done."""
    documents = [
        replace(each, collections=tuple(replace(came, collected_at="") for came in each.collections))
        for each in ledger.documents()
    ]
    acts = [(entry.act, entry.subject, entry.details) for entry in ledger.custody()]
    return [list(ledger.claims()), documents, list(ledger.problems()), acts]


# Readers that do what the test wants: each report is one block of text, and its first word says what happens ------------


class Counting:
    """A reader that remembers what it was asked to read."""

    def __init__(self, version: str = "counting 1") -> None:
        self.names: list[str] = []
        self.reader = Reader(version, lambda: self.read)

    def read(self, raw: RawDocument, _clock: Clock) -> Reading:
        self.names.append(raw.name)
        return Reading(plain(raw), (), ())


def plain(raw: RawDocument) -> Document:
    digest = sha256(raw.data).hexdigest()
    return Document(digest, raw.name, raw.data.decode(), digest, "text", "plain 1", (), "en")


def test_every_stage_names_a_function_that_is_there() -> None:
    for stage in STAGES:
        room, *path = stage.function.split(".")
        found: Any = importlib.import_module(f"bywhom.{room}")
        for name in path:
            found = getattr(found, name)
        assert callable(found), stage
        assert stage.needs
        assert stage.adds


# Reading many ---------------------------------------------------------------------------------------------------------


def test_a_folder_becomes_a_ledger(ledger: Ledger, box: Path) -> None:
    summary = add([str(box)], ledger)
    assert (summary.reports, summary.new, summary.known, summary.problems) == (5, 4, 1, 0)
    counts = ledger.counts()
    assert (counts.documents, counts.unread, counts.claims) == (4, 0, summary.claims)
    assert summary.claims >= 8
    assert ledger.document("copy").names == ("copy", "wire-2")
    assert not list(ledger.verify())
    assert [name for name, _ in summary.stages] == [stage.name for stage in STAGES]


def test_adding_again_changes_nothing_and_reads_nothing(ledger: Ledger, box: Path) -> None:
    add([str(box)], ledger)
    before = everything(ledger)
    again = add([str(box)], ledger)
    assert (again.reports, again.new, again.reread, again.known, again.claims) == (5, 0, 0, 5, 0)
    assert everything(ledger) == before


def test_only_what_is_new_is_read(ledger: Ledger, box: Path) -> None:
    counting = Counting()
    add([str(box)], ledger, reader=counting.reader)
    first = list(counting.names)
    (box / "wire-0.txt").write_text("Another report under an old name.", encoding="utf-8")
    (box / "wire-9.txt").write_text(DISPATCH, encoding="utf-8")  # an old report under a new name
    counting.names.clear()
    summary = add([str(box)], ledger, reader=counting.reader)
    assert sorted(set(first)) == ["copy", "wire-0", "wire-1", "wire-2", "wire-3"]
    assert counting.names == ["wire-0", "wire-9"]
    assert ledger.counts().documents == 4 + summary.new


def test_a_new_version_of_the_reader_reads_all_again(ledger: Ledger, box: Path) -> None:
    add([str(box)], ledger, reader=Counting("counting 1").reader)
    newer = Counting("counting 2")
    summary = add([str(box)], ledger, reader=newer.reader)
    assert (summary.new, summary.reread, len(newer.names)) == (0, 4, 5)
    assert {each.reader for each in ledger.documents()} == {"counting 2"}
    newer.names.clear()
    add([str(box)], ledger, reader=newer.reader, options=AddOptions(again=True))
    assert len(newer.names) == 5


def test_the_ledger_does_not_depend_on_the_number_of_jobs(tmp_path: Path, box: Path) -> None:
    rows = [{"id": str(n), "text": DISPATCH.replace("three", str(n))} for n in range(40)]
    (box / "feed.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (box / "empty.txt").touch()
    found, reader = [], pipeline.our_reader()
    for jobs in (1, 2):
        with Ledger.open(tmp_path / f"{jobs}.db") as ledger:
            add([str(box)], ledger, jobs=jobs, reader=reader)
            assert not list(ledger.verify())
            found.append(everything(ledger))
    assert found[0] == found[1]


def test_order_of_the_sources_does_not_change_what_is_said(tmp_path: Path, box: Path) -> None:
    found = []
    files = sorted(str(path) for path in box.iterdir())
    for number, order in enumerate((files, files[::-1], files[2:] + files[:2])):
        with Ledger.open(tmp_path / f"{number}.db") as ledger:
            add(order, ledger)
            found.append(everything(ledger)[:3])  # the custody log does say what came first
    assert found[0] == found[1] == found[2]


def test_containers_are_archived_and_entered(ledger: Ledger, box: Path) -> None:
    feed = box / "feed.jsonl"
    feed.write_text(
        '{"id": "a", "text": "The guns fell silent."}\n{"id": "b", "text": "Nobody spoke."}\n', encoding="utf-8"
    )
    for _ in range(2):
        add([str(feed)], ledger)
    (row, *_) = ledger.documents()
    container = row.collections[0].container
    assert container is not None
    assert ledger.archive.get(container) == feed.read_bytes()
    assert [entry.act for entry in ledger.custody()] == ["collect", "collect", "read", "collect", "read"]


def test_a_bad_file_among_good_ones(ledger: Ledger, box: Path) -> None:
    (box / "empty.txt").touch()
    (box / "noise.txt").write_bytes(bytes(range(256)) * 9)
    (box / "nowhere.txt").symlink_to(box / "gone.txt")
    summary = add([str(box)], ledger)
    assert summary.new == ledger.counts().documents == 4
    assert summary.problems == len(list(ledger.problems())) == 3
    assert not list(ledger.verify())
    assert add([str(box)], ledger).new == 0
    assert len(list(ledger.problems())) == 3


def test_a_source_that_is_not_there(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no file or folder"):
        add([str(tmp_path / "none")], ledger)


@pytest.mark.usefixtures("box")
def test_the_ledger_does_not_read_itself(ledger: Ledger, tmp_path: Path) -> None:
    first = add([str(tmp_path)], ledger)
    second = add([str(tmp_path)], ledger)
    assert (first.reports, second.reports) == (5, 5)


def test_progress_is_told(ledger: Ledger, box: Path) -> None:
    told: list[Progress] = []
    summary = add([str(box)], ledger, progress=told.append)
    assert told[-1].claims == summary.claims
    assert [each.name for each in told] == ["copy", "wire-0", "wire-1", "wire-2", "wire-3"]
    assert [each.claims for each in told] == sorted(each.claims for each in told)


# What goes wrong ------------------------------------------------------------------------------------------------------


def test_a_fault_in_one_report_leaves_the_others(ledger: Ledger, box: Path) -> None:
    def fussy(raw: RawDocument, _clock: Clock) -> Reading:
        if raw.name == "wire-1":
            raise ValueError("not this one")
        return Reading(plain(raw), (), ())

    summary = add([str(box)], ledger, reader=Reader("fussy 1", lambda: fussy))
    assert (summary.new, summary.unread, summary.problems) == (4, 1, 1)
    (problem,) = ledger.problems()
    assert (problem.where, problem.document_id) == (str(box / "wire-1.txt"), ledger.document("wire-1").id)
    assert "ValueError: not this one" in problem.message
    assert ledger.document("wire-1").state == "unread"
    assert not list(ledger.verify())


@pytest.mark.parametrize("wrong", [{"text_id": "0" * 64}, {"text": "a lone \ud800 surrogate"}])
def test_a_reader_that_contradicts_itself_spoils_one_report(ledger: Ledger, box: Path, wrong: dict[str, str]) -> None:
    def contradictory(raw: RawDocument, _clock: Clock) -> Reading:
        doc = plain(raw)
        return Reading(replace(doc, **wrong) if raw.name == "wire-1" else doc, (), ())  # type: ignore[arg-type]

    assert add([str(box)], ledger, reader=Reader("wrong 1", lambda: contradictory)).problems == 1
    assert [each.name for each in ledger.documents(state="unread")] == ["wire-1"]


def test_a_collector_that_breaks_down_is_said_and_what_it_gave_is_kept(
    ledger: Ledger, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def breaking(sources: Sequence[str], **more: Any) -> Iterator[Any]:
        for number, item in enumerate(collect(sources, **more)):
            if number == 3:
                raise RuntimeError("the feed bites its tail")
            yield item

    monkeypatch.setattr(pipeline, "collect", breaking)
    summary = add([str(box)], ledger, reader=Counting().reader)
    assert (summary.new, summary.problems) == (3, 1)
    (problem,) = ledger.problems()
    assert problem.stage == "intake"
    assert "the feed bites its tail" in problem.message


def test_a_report_that_takes_too_long_is_given_up_and_tried_again(ledger: Ledger, box: Path) -> None:
    def slow(raw: RawDocument, _clock: Clock) -> Reading:
        while raw.name == "wire-1":
            pass
        return Reading(plain(raw), (), ())

    summary = add([str(box)], ledger, reader=Reader("plain 1", lambda: slow), options=AddOptions(timeout=0.2))
    assert (summary.new, summary.unread) == (4, 1)
    (problem,) = ledger.problems()
    assert problem.message == "The report could not be read: took longer than 0.2 s."
    assert ledger.archive.has(ledger.document("wire-1").id)
    again = add([str(box)], ledger, reader=Reader("plain 1", lambda: lambda raw, _clock: Reading(plain(raw), (), ())))
    assert (again.reread, again.known) == (1, 4)
    assert not list(ledger.problems())


KILLER = """
import os, signal
from bywhom.pipeline import Reading
from bywhom.records import Document

def load():
    return read

def read(raw, clock):
    if b"killer" in raw.data:
        os.kill(os.getpid(), signal.SIGKILL)
    from hashlib import sha256
    digest = sha256(raw.data).hexdigest()
    return Reading(Document(digest, raw.name, raw.data.decode(), digest, "text", "plain 1", (), "en"), (), ())
"""


def test_a_report_that_kills_its_worker_is_a_problem(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "killer_reader.py").write_text(KILLER, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    module = importlib.import_module("killer_reader")
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.txt").write_text(f"{'killer' if number == 20 else 'report'} {number}", encoding="utf-8")
    summary = add([str(folder)], ledger, jobs=2, reader=Reader("killer 1", module.load))
    assert (summary.reports, summary.new, summary.unread, summary.problems) == (40, 40, 1, 1)
    (problem,) = ledger.problems()
    assert problem.stage == "pipeline"
    assert "the worker process was killed, perhaps because memory ran out" in problem.message
    assert problem.where.endswith("20.txt")
    assert not list(ledger.verify())


def stopping(after: int) -> Callable[[Progress], None]:
    def report(progress: Progress) -> None:
        if progress.reports - progress.known >= after:
            raise KeyboardInterrupt

    return report


def test_ctrl_c_keeps_what_was_read_and_the_next_run_goes_on(tmp_path: Path, ledger: Ledger, box: Path) -> None:
    for number in range(60):
        (box / f"more-{number:02}.txt").write_text(DISPATCH.replace("three", f"no {number}"), encoding="utf-8")
    counting = Counting()
    with pytest.raises(Stopped) as stopped:
        add([str(box)], ledger, reader=counting.reader, progress=stopping(after=30))
    assert isinstance(stopped.value, KeyboardInterrupt)
    kept = stopped.value.summary.new
    assert 0 < kept == ledger.counts().documents < 64
    assert (
        stopped.value.summary.reports == kept + stopped.value.summary.known <= 35
    )  # what was under way is not counted
    assert not list(ledger.verify())
    read_before = len(counting.names)
    summary = add([str(box)], ledger, reader=counting.reader)
    assert summary.new == 64 - kept
    assert len(counting.names) <= 65 + (read_before - kept)
    with Ledger.open(tmp_path / "undisturbed.db") as undisturbed:
        add([str(box)], undisturbed, reader=Counting().reader)
        assert everything(undisturbed)[:3] == everything(ledger)[:3]


def test_a_full_disk_ends_the_run_and_leaves_a_ledger_that_can_go_on(
    ledger: Ledger, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = Archive.put
    written = []

    def full(self: Archive, data: bytes) -> str:
        written.append(data)
        if len(written) > 5:
            raise NoSpace("the disk is full; free some space and repeat the command")
        return put(self, data)

    with monkeypatch.context() as patch:
        patch.setattr(Archive, "put", full)
        with pytest.raises(NoSpace):
            add([str(box)], ledger)
    assert not list(ledger.verify())
    add([str(box)], ledger)
    assert ledger.counts().documents == 4
    assert not list(ledger.verify())


def test_problems_of_a_report_name_the_place_it_came_from(ledger: Ledger, box: Path) -> None:
    def doubtful(raw: RawDocument, _clock: Clock) -> Reading:
        return Reading(plain(raw), (), (Problem("cleaning", "The date is doubtful.", where=raw.collection.location),))

    add([str(box / "wire-0.txt")], ledger, reader=Reader("doubtful 1", lambda: doubtful))
    assert [problem.where for problem in ledger.problems()] == [str(box / "wire-0.txt")]
