"""The trained reader, tried: loaded once in a process that reads, and not kept by one that sends it to others."""

from __future__ import annotations

import pickle
from hashlib import sha256
from pathlib import Path

import pytest

from bywhom.tagging import trial
from bywhom.tagging.modelfile import ModelFile
from bywhom.tagging.trial import Trial

CONTENT = b"the second half of a network\n" * 9


class Loaded:
    """Stands for the trained reader, and counts how often it is loaded."""

    times = 0

    @classmethod
    def load(cls, _file: ModelFile | None) -> Loaded:
        cls.times += 1
        return cls()


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> type[Loaded]:
    monkeypatch.setattr(trial, "TrainedReader", Loaded)
    monkeypatch.setattr(Loaded, "times", 0)
    return Loaded


def test_who_reads_where_it_was_tried_has_what_was_loaded(loaded: type[Loaded]) -> None:
    tried = Trial()
    assert tried.reader() is tried.reader() is not None
    assert (tried.fault, loaded.times) == ("", 1)


def test_sent_to_another_process_it_is_loaded_there_and_let_go_of_here(loaded: type[Loaded]) -> None:
    tried = Trial()
    sent = pickle.dumps(tried)
    assert tried._reader is None
    there = pickle.loads(sent)  # noqa: S301  our own words
    assert loaded.times == 1
    assert isinstance(there.reader(), Loaded)
    assert isinstance(tried.reader(), Loaded)  # who reads here nevertheless has it too
    assert loaded.times == 3


@pytest.mark.parametrize(
    ("content", "digest", "words"),
    [
        (None, "0" * 64, "is missing"),
        (CONTENT, "0" * 64, f"has {len(CONTENT)} bytes"),
        (CONTENT, sha256(CONTENT).hexdigest(), "cannot be loaded"),  # whole, as measured, and no network
    ],
    ids=["missing", "altered", "no network"],
)
def test_why_it_cannot_be_used_is_told_in_one_line(
    tmp_path: Path, content: bytes | None, digest: str, words: str
) -> None:
    path = tmp_path / "reader.onnx"
    if content is not None:
        path.write_bytes(content)
    tried = Trial(ModelFile(path, "1", digest))
    assert tried.reader() is None
    assert words in tried.fault
    assert "\n" not in tried.fault
