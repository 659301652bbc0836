"""The file of the trained reader: the one that was measured, or none."""

from __future__ import annotations

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
    assert file.fault() == ""


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
def test_another_file_is_told_of_in_one_line(tmp_path: Path, content: bytes | None, words: str) -> None:
    file = file_of(tmp_path / "reader.onnx", content)
    with pytest.raises(ModelMissing, match=words):
        file.content()
    assert words in file.fault()
    assert "\n" not in file.fault()
    assert str(tmp_path) in file.fault()


def test_bytes_that_are_no_model_are_told_of() -> None:
    with pytest.raises(ModelMissing, match="cannot be loaded"):
        Model(CONTENT)
