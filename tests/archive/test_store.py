from __future__ import annotations

import errno
import hashlib
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bywhom.archive import Archive
from bywhom.errors import ArchiveDamaged, LedgerError, NoSpace, UsageError

DISPATCH = b"From our correspondent before Sevastopol. The 57th refused to go into the trenches."


def files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def place_of(archive: Archive, data: bytes) -> Path:
    digest = hashlib.sha256(data).hexdigest()
    return archive.folder / digest[:2] / digest[2:]


def test_an_original_lies_under_its_digest_and_comes_back_as_it_was(archive: Archive) -> None:
    digest = archive.put(DISPATCH)
    assert digest == hashlib.sha256(DISPATCH).hexdigest()
    assert place_of(archive, DISPATCH).read_bytes() == DISPATCH
    assert archive.get(digest) == DISPATCH
    assert archive.has(digest)
    assert archive.size(digest) == len(DISPATCH)
    assert archive.sha1(digest) == hashlib.sha1(DISPATCH).hexdigest()  # noqa: S324  beside SHA-256, as asked


def test_an_object_can_be_read_and_not_written(archive: Archive) -> None:
    archive.put(DISPATCH)
    assert stat.S_IMODE(place_of(archive, DISPATCH).stat().st_mode) == 0o444


def test_putting_twice_leaves_the_first_object_alone(archive: Archive) -> None:
    archive.put(DISPATCH)
    before = place_of(archive, DISPATCH).stat()
    archive.put(DISPATCH)
    after = place_of(archive, DISPATCH).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert list(archive.digests()) == [hashlib.sha256(DISPATCH).hexdigest()]


def test_opening_an_archive_makes_no_folder(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "none")
    assert not archive.folder.exists()
    assert list(archive.digests()) == []
    assert list(archive.verify()) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=3000), max_size=6))
def test_whatever_is_put_comes_back_and_verifies(
    tmp_path_factory: pytest.TempPathFactory, originals: list[bytes]
) -> None:
    archive = Archive(tmp_path_factory.mktemp("archive"))
    digests = [archive.put(data) for data in originals]
    assert [archive.get(digest) for digest in digests] == originals
    assert list(archive.digests()) == sorted(set(digests))
    assert list(archive.verify()) == []


def test_a_file_is_archived_like_its_bytes(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "wire.warc"
    data = DISPATCH * 40_000  # several chunks
    path.write_bytes(data)
    assert archive.put_file(path) == archive.put(data)
    assert archive.get(archive.put_file(path)) == data


def test_a_file_that_cannot_be_read_is_no_fault_of_the_archive(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        archive.put_file(tmp_path / "gone.warc")


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "AB" * 32, "g" * 64, "a" * 63])
def test_what_is_no_digest_names_nothing(archive: Archive, digest: str) -> None:
    assert not archive.has(digest)
    with pytest.raises(UsageError, match="64 hexadecimal digits"):
        archive.get(digest)


def test_a_missing_object_is_an_error_with_a_remedy(archive: Archive) -> None:
    archive.put(DISPATCH)
    for read in (archive.get, archive.size, archive.sha1):
        with pytest.raises(ArchiveDamaged, match=r"is missing; add the original with --again"):
            read("ab" * 32)


def test_a_ledger_that_was_moved_without_its_archive_is_told_so(archive: Archive) -> None:
    for read in (archive.get, archive.size, archive.sha1):
        with pytest.raises(ArchiveDamaged, match=r"there is no archive .*archive; it belongs beside its ledger"):
            read("ab" * 32)


# Damage


def overwrite(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)


def test_a_changed_object_is_named_and_not_handed_out(archive: Archive) -> None:
    digest = archive.put(DISPATCH)
    archive.put(b"another")
    overwrite(place_of(archive, DISPATCH), DISPATCH.replace(b"refused", b"offered"))
    with pytest.raises(ArchiveDamaged, match="has changed"):
        archive.get(digest)
    (problem,) = archive.verify()
    assert problem.document_id == digest
    assert problem.where == str(place_of(archive, DISPATCH))
    assert problem.stage == "archive"
    assert "Add the original with --again" in problem.remedy


@pytest.mark.parametrize("damaged", [b"", DISPATCH[:10], DISPATCH[:-1] + b"!"])
def test_a_damaged_object_is_written_anew_when_its_original_comes_back(archive: Archive, damaged: bytes) -> None:
    digest = archive.put(DISPATCH)
    overwrite(place_of(archive, DISPATCH), damaged)
    assert archive.put(DISPATCH) == digest
    assert archive.get(digest) == DISPATCH
    assert list(archive.verify()) == []


def test_what_does_not_belong_there_is_named(archive: Archive) -> None:
    archive.put(DISPATCH)
    strange = [archive.folder / "notes.txt", archive.folder / "ab" / "short"]
    for path in strange:
        path.parent.mkdir(exist_ok=True)
        path.write_text("?")
    assert sorted(problem.where for problem in archive.verify()) == sorted(str(path) for path in strange)
    assert list(archive.digests()) == [hashlib.sha256(DISPATCH).hexdigest()]


# A full disk, a disk that cannot be written to


def failing(code: int, after: int = 0) -> Callable[..., int]:
    calls = iter(range(10**6))

    def fail(*_: object, **__: object) -> int:
        if next(calls) >= after:
            raise OSError(code, os.strerror(code))
        return 1  # os.write: one byte taken

    return fail


@pytest.mark.parametrize("call", ["os.write", "os.fsync", "tempfile.mkstemp", "pathlib.Path.mkdir"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_leaves_nothing_half_written(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    archive.put(b"the earlier dispatch")
    before = files_below(archive.folder)
    with monkeypatch.context() as patch:
        patch.setattr(call, failing(code))
        with pytest.raises(NoSpace, match="is full; free some space"):
            archive.put(DISPATCH)
    assert files_below(archive.folder) == before
    digest = archive.put(DISPATCH)  # space was made, the command repeated
    assert archive.get(digest) == DISPATCH


def test_a_disk_that_fills_up_in_the_middle_of_an_object(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", failing(errno.ENOSPC, after=20))
        with pytest.raises(NoSpace):
            archive.put(DISPATCH)
    assert files_below(archive.folder) == []


def test_a_system_that_takes_a_few_bytes_at_a_time_gets_them_all(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, bytes(data[:7])))
    assert archive.get(archive.put(DISPATCH)) == DISPATCH


def test_a_disk_that_may_not_be_written_to_says_so(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "write", failing(errno.EROFS))
    with pytest.raises(LedgerError, match=r"cannot be written to \(Read-only"):
        archive.put(DISPATCH)


def test_an_interrupt_leaves_nothing_half_written(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        archive.put(DISPATCH)
    assert files_below(archive.folder) == []


# A killed process

WRITER = """
import sys
from collections.abc import Callable
from pathlib import Path
from bywhom.archive import Archive
archive = Archive(Path(sys.argv[1]))
print("ready", flush=True)
for number in range(1_000_000):
    archive.put(b"dispatch %d " % number * 2000)
    print(number, flush=True)
"""


@pytest.mark.parametrize("moment", [1, 3, 9, 27])
def test_a_killed_writer_leaves_whole_objects_only(tmp_path: Path, moment: int) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path / "archive")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        acknowledged = [writer.stdout.readline() for _ in range(moment + 1)]
        writer.send_signal(signal.SIGKILL)
    archive = Archive(tmp_path / "archive")
    assert list(archive.verify()) == []
    for number in range(len(acknowledged) - 1):
        assert archive.has(hashlib.sha256(b"dispatch %d " % number * 2000).hexdigest())
    assert not any((tmp_path / "archive" / ".writing").iterdir())


def test_what_a_dead_process_left_is_swept_on_opening(archive: Archive) -> None:
    archive.put(DISPATCH)
    leftover = archive.folder / ".writing" / "tmp-of-the-dead"
    leftover.write_bytes(DISPATCH[:20])
    Archive(archive.folder)
    assert not leftover.exists()
    assert list(archive.verify()) == []
