"""The file of the trained reader: where it lies, and whether it is the one that was measured. Loads no network."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bywhom.errors import ModelMissing
from bywhom.lexicons import data_path

REMEDY = "install bywhom again, or train it anew (training/README.md)"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """What models.toml says of one file."""

    path: Path
    version: str
    sha256: str

    @classmethod
    def named(cls, name: str) -> ModelFile:
        """The entry of models.toml."""
        table = tomllib.loads(data_path("models.toml").read_text(encoding="utf-8"))[name]
        return cls(data_path("models", table["file"]), table["version"], table["sha256"])

    def content(self) -> bytes:
        """The bytes of the file, which are the ones that were measured.

        Raises: ModelMissing where the file is missing or has been cut or altered.
        """
        try:
            content = self.path.read_bytes()
        except OSError as error:
            raise ModelMissing(f"the trained reader is missing: {self.path} ({error.strerror}); {REMEDY}") from error
        found = sha256(content).hexdigest()
        if found != self.sha256:
            raise ModelMissing(
                f"the trained reader is not the one that was measured: {self.path} has {len(content)} bytes"
                f" and the digest {found[:12]}, not {self.sha256[:12]}; {REMEDY}"
            )
        return content
