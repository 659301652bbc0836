"""The network, run by ONNX Runtime."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from bywhom.errors import ModelMissing
from bywhom.tagging.decoding import Numbers, Outputs
from bywhom.tagging.labels import CLAIM_POINTERS, CLAIM_TAGS, FIELDS, ROLES
from bywhom.tagging.modelfile import REMEDY
from bywhom.tagging.windows import Window
from bywhom.tagging.wordpieces import Vocabulary

_SLOWER = ["SkipLayerNormFusion"]  # makes one node of two, which takes ten times as long on one core
_OUTPUTS = ["roles", "cues", "sources", "tags", "fields", "weights", "asked", "offered"]


class Model:
    """The network, ready to run on one core."""

    def __init__(self, content: bytes) -> None:
        """Raises: ModelMissing where the bytes are no model that this version can run."""
        try:
            import onnxruntime as ort  # noqa: PLC0415  a third of a second, for those who read only
        except ImportError as error:
            raise ModelMissing(
                f"the trained reader cannot be run, ONNX Runtime is broken ({error}); {REMEDY}"
            ) from error
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # workers share the cores, see workers.py
        options.log_severity_level = 4
        try:
            self._session = ort.InferenceSession(
                content, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
            )
            facts = self._session.get_modelmeta().custom_metadata_map
            labels = json.loads(facts["labels"])
            self.vocabulary = Vocabulary(facts["vocabulary"].split("\n"))
            self._offsets = _table(facts["offsets"])
            self.role_moves, self.tag_moves = _table(facts["role_moves"]), _table(facts["tag_moves"])
        except Exception as error:
            raise ModelMissing(f"the trained reader cannot be loaded ({error}); {REMEDY}") from error
        if labels != {"roles": [*ROLES], "tags": [*CLAIM_TAGS], **{name: [*values] for name, values in FIELDS.items()}}:
            raise ModelMissing(f"the trained reader speaks of other labels than this version of bywhom; {REMEDY}")

    def run(self, window: Window) -> Outputs:
        """What the network says of one window."""
        feeds = {"ids": _row(window.pieces), "features": _row(window.features), "heads": _row(window.heads)}
        said: dict[str, Any] = dict(zip(_OUTPUTS, self._session.run(_OUTPUTS, feeds), strict=True))
        for name in ("asked", "offered"):
            said[name] = said[name].reshape(len(said[name]), len(CLAIM_POINTERS), -1)
        return Outputs(**said, offsets=self._offsets)


def _row(numbers: Sequence[int]) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array(numbers, np.int64)


def _table(written: str) -> Numbers:
    return np.array(json.loads(written), np.float32)
