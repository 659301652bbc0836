"""Answers are kept whole or not at all, and a damaged one is no answer."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from bywhom.asking.answers import Answer, Answers
from bywhom.errors import LedgerError, NoSpace

KEY = "ab" + "0" * 62
SAID = Answer('{"claims": []} “é”', "length")


def put(answers: Answers) -> None:
    answers.put(KEY, SAID, model="tiny", prompt="p", text="t")


def test_what_was_put_is_there_again(tmp_path: Path) -> None:
    answers = Answers(tmp_path / "answers")
    assert answers.get(KEY) is None
    put(answers)
    assert Answers(tmp_path / "answers").get(KEY) == SAID
    assert SAID.cut_off


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"model": 7}', b"\xff", b"[" * 100_000])
def test_a_damaged_file_is_no_answer_and_is_written_anew(tmp_path: Path, damage: bytes) -> None:
    answers = Answers(tmp_path)
    put(answers)
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    file.write_bytes(damage)
    assert answers.get(KEY) is None
    put(answers)
    assert answers.get(KEY) == SAID


@pytest.mark.parametrize(("code", "kind"), [(errno.ENOSPC, NoSpace), (errno.EACCES, LedgerError)])
def test_a_disk_that_takes_nothing_is_a_fault_of_the_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, kind: type[Exception]
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, "no")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(kind):
        put(Answers(tmp_path))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
