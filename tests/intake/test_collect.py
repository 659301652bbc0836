from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from bywhom.intake import Container, IntakeOptions, collect
from bywhom.records import Problem, RawDocument


def test_every_document_says_how_it_was_collected(take_file: Callable[..., Any]) -> None:
    (document,) = take_file("wire.txt", "The redoubt fell.", IntakeOptions(tool="bywhom 0.1.0")).documents
    assert document.collection.collected_at == "1854-10-25T10:00:00+00:00"
    assert document.collection.tool == "bywhom 0.1.0"
    assert document.collection.location.endswith("wire.txt")


def test_the_time_of_collection_is_utc_by_default(tmp_path: Path) -> None:
    (tmp_path / "wire.txt").write_text("The redoubt fell.")
    (document,) = collect([str(tmp_path)])
    assert isinstance(document, RawDocument)
    assert document.collection.collected_at.endswith("+00:00")


def test_a_container_comes_before_its_parts_and_can_be_archived(take_file: Callable[..., Any]) -> None:
    rows = b'{"text": "a"}\n{"text": "b"}\n'
    taken = take_file("rows.jsonl", rows)
    container = taken.items[0]
    assert isinstance(container, Container)
    assert (container.sha256, container.size) == (sha256(rows).hexdigest(), len(rows))
    assert container.path is not None
    assert container.path.read_bytes() == rows
    assert [document.collection.container for document in taken.documents] == [container.sha256] * 2


def test_standard_input_is_read_like_a_file(take: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def give(data: bytes) -> Any:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        return take("-")

    (document,) = give(b"The redoubt fell.").items
    assert (document.name, document.collection.location, document.collection.method) == ("stdin", "-", "stdin")
    rows = give(b'{"text": "a"}\n{"text": "b"}\n')
    assert rows.names == ["stdin#1", "stdin#2"]
    assert rows.documents[1].collection.location == "-#line=2"
    assert give(b"").messages == ["The file is empty."]


def test_what_comes_from_standard_input_can_be_archived_while_it_is_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = b'{"text": "a"}\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(rows)))
    items = collect(["-"])
    container = next(items)
    assert isinstance(container, Container)
    assert container.path is not None
    assert container.path.read_bytes() == rows
    assert len(list(items)) == 1
    assert not container.path.exists()


def test_a_pipe_that_is_named_is_read(tmp_path: Path, take: Callable[..., Any]) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=[b"The redoubt fell."])
    writer.start()
    taken = take(pipe)
    writer.join()
    assert taken.texts == [b"The redoubt fell."]


def test_a_file_that_changes_while_it_is_read_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "a"}\n')
    items = collect([str(path)])
    next(items)
    with path.open("a") as file:
        file.write('{"text": "b"}\n')
    *_, last = items
    assert isinstance(last, Problem)
    assert last.message == "The file changed while it was being read."


def test_one_bad_file_stops_nothing(tmp_path: Path, take: Callable[..., Any]) -> None:
    files: dict[str, bytes] = {
        "a.txt": b"",
        "b.txt": b"\x89PNG" * 20,
        "c.json": b'{"text": ' + b"[" * 100_000,
        "d.xml": b"<rss><channel>",
        "e.warc.gz": b"\x1f\x8b\x08 nonsense",
        "f.zip": b"PK\x03\x04 nonsense",
        "g.txt": b"The last is read.",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    taken = take(tmp_path)
    assert taken.names == ["g"]
    assert {Path(problem.where.partition("#")[0]).name for problem in taken.problems} == set(files) - {"g.txt"}


def test_nothing_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The first.")
    (tmp_path / "b.txt").write_text("The second.")
    items = collect([str(tmp_path)])
    next(items)
    (tmp_path / "b.txt").unlink()
    (problem,) = items
    assert isinstance(problem, Problem)
    assert problem.message.startswith("It is no longer there")


MEMORY = """
import resource, sys
from bywhom.intake import collect
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
count, early = 0, 0
for item in collect([sys.argv[1]]):
    count += 1
    early = peak() if count == 1000 else early
print(count, peak() - early)
"""


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.json"])
def test_memory_does_not_grow_with_the_number_of_reports(tmp_path: Path, name: str) -> None:
    path, row = tmp_path / name, '{"text": "' + "The redoubt fell. " * 40 + '"}'
    rows = "\n".join([row] * 40_000) if name.endswith("l") else f"[{','.join([row] * 40_000)}]"
    path.write_text(rows)  # 29 MB
    command = [sys.executable, "-c", MEMORY, str(path)]
    count, growth = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert int(count) == 40_001
    assert int(growth) < 4096  # KiB
