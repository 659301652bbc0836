"""The file of the trained reader: the one that was measured, or none."""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path

import pytest

from bywhom.errors import ModelMissing
from bywhom.tagging.model import Model
from bywhom.tagging.modelfile import ModelFile

CONTENT = b"a network, say" * 100


def file_of(path: Path, content: bytes | None) -> ModelFile:
    if content is not None:
        path.write_bytes(content)
    return ModelFile(path, "1", sha256(CONTENT).hexdigest())


def test_the_file_that_was_measured_is_read(tmp_path: Path) -> None:
    file = file_of(tmp_path / "reader.onnx", CONTENT)
    assert file.content() == CONTENT


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "is missing"),
        (b"", "has 0 bytes"),
        (CONTENT[:-1], f"has {len(CONTENT) - 1} bytes"),
        (CONTENT[:-1] + b"?", f"has {len(CONTENT)} bytes"),
    ],
    ids=["missing", "empty", "cut", "altered"],
)
def test_another_file_is_not_taken_for_it(tmp_path: Path, content: bytes | None, words: str) -> None:
    file = file_of(tmp_path / "reader.onnx", content)
    with pytest.raises(ModelMissing, match=words) as told:
        file.content()
    assert str(tmp_path) in str(told.value)


def test_bytes_that_are_no_model_are_told_of() -> None:
    with pytest.raises(ModelMissing, match="cannot be loaded"):
        Model(CONTENT)


def test_without_onnx_runtime_it_is_told_that_no_model_can_be_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(ModelMissing, match="ONNX Runtime"):
        Model(CONTENT)
