"""Answers that were given, kept by what was asked: the same question costs nothing and is answered alike."""

from __future__ import annotations

import contextlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bywhom.errors import LedgerError, NoSpace, is_full


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said, and why it stopped."""

    content: str
    finish: str = ""

    @property
    def cut_off(self) -> bool:
        """Whether it ran into the bound of its length."""
        return self.finish == "length"


@dataclass(frozen=True, slots=True)
class _Kept:
    """One file: the answer, and for whoever looks at the file what it belongs to."""

    model: str
    prompt: str
    text: str  # the SHA-256 of what was shown to the model
    answer: Answer


class Answers:
    """A folder of answers, each under the digest of its question: ab/cdef….json. A file that is damaged is asked anew."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> Answer | None:
        """The answer that is kept under a key."""
        try:
            return msgspec.json.decode(self._path(key).read_bytes(), type=_Kept).answer
        except (OSError, msgspec.DecodeError, RecursionError):
            return None

    def put(self, key: str, answer: Answer, *, model: str, prompt: str, text: str) -> None:
        """Keep an answer; the file is there whole or not at all.

        Raises: NoSpace where the disk is full, LedgerError where the folder cannot be written to.
        """
        try:
            self._write(self._path(key), msgspec.json.encode(_Kept(model, prompt, text, answer)))
        except OSError as error:
            if is_full(error):
                message = f"the disk that holds {self.folder} is full; free some space and repeat the command"
                raise NoSpace(message) from error
            message = f"the answers in {self.folder} cannot be written to ({error.strerror or error})"
            raise LedgerError(message) from error

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key[2:]}.json"

    def _write(self, place: Path, data: bytes) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=place.parent, suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            Path(name).replace(place)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
