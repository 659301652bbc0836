from __future__ import annotations

from pathlib import Path

import pytest

from bywhom.archive import scratch
from bywhom.archive.scratch import ScratchFile, sweep


def test_the_file_of_a_living_writer_is_not_swept(tmp_path: Path) -> None:
    file = ScratchFile(tmp_path / "scratch")
    file.write(b"half a disp")
    sweep(tmp_path / "scratch")
    assert file.path.exists()
    file.write(b"atch")
    file.settle(tmp_path / "place")
    file.discard()
    assert (tmp_path / "place").read_bytes() == b"half a dispatch"


def test_a_discarded_file_is_gone_and_a_settled_one_is_not(tmp_path: Path) -> None:
    settled, discarded = ScratchFile(tmp_path / "scratch"), ScratchFile(tmp_path / "scratch")
    settled.settle(tmp_path / "place")
    settled.discard()
    discarded.discard()
    assert list((tmp_path / "scratch").iterdir()) == []
    assert (tmp_path / "place").exists()


def test_a_file_swept_before_it_was_locked_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = scratch._lock
    calls: list[int] = []

    def lock_too_late(descriptor: int) -> None:
        if not calls:
            for path in tmp_path.glob("scratch/*"):
                path.unlink()
        calls.append(descriptor)
        lock(descriptor)

    monkeypatch.setattr(scratch, "_lock", lock_too_late)
    file = ScratchFile(tmp_path / "scratch")
    assert len(calls) == 2
    assert file.path.exists()
    file.discard()


def test_sweeping_a_folder_that_is_not_there_is_nothing(tmp_path: Path) -> None:
    sweep(tmp_path / "none")
    assert not (tmp_path / "none").exists()
