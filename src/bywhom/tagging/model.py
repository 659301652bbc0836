"""The model file: found, checked against its digest, and run."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from bywhom.errors import ModelMissing
from bywhom.lexicons import data_path
from bywhom.tagging.decoding import Numbers, Outputs
from bywhom.tagging.labels import CLAIM_TAGS, FIELDS, ROLES
from bywhom.tagging.windows import Window
from bywhom.tagging.wordpieces import Vocabulary

REMEDY = "install bywhom again, or train it anew (training/README.md)"
_OUTPUTS = ["roles", "cues", "sources", "tags", "fields", "weights", "begins", "ends"]


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


class Model:
    """The network, ready to run on one core."""

    def __init__(self, content: bytes) -> None:
        """Raises: ModelMissing where the bytes are no model that this version can run."""
        import onnxruntime as ort  # noqa: PLC0415  a third of a second, for those who read only

        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # workers share the cores, see workers.py
        options.log_severity_level = 4
        try:
            self._session = ort.InferenceSession(content, options, providers=["CPUExecutionProvider"])
            facts = self._session.get_modelmeta().custom_metadata_map
            labels = json.loads(facts["labels"])
            self.vocabulary = Vocabulary(facts["vocabulary"].split("\n"))
            self.role_moves, self.tag_moves = _table(facts["role_moves"]), _table(facts["tag_moves"])
        except Exception as error:
            raise ModelMissing(f"the trained reader cannot be loaded ({error}); {REMEDY}") from error
        if labels != {"roles": [*ROLES], "tags": [*CLAIM_TAGS], **{name: [*values] for name, values in FIELDS.items()}}:
            raise ModelMissing(f"the trained reader speaks of other labels than this version of bywhom; {REMEDY}")

    def run(self, window: Window) -> Outputs:
        """What the network says of one window."""
        feeds = {"ids": _row(window.pieces), "features": _row(window.features), "heads": _row(window.heads)}
        found: Any = self._session.run(_OUTPUTS, feeds)
        return Outputs(*found)


def _row(numbers: Sequence[int]) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array(numbers, np.int64)


def _table(written: str) -> Numbers:
    return np.array(json.loads(written), np.float32)
