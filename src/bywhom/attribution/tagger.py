"""The door for a trained reader: what it must return, and the reader that is not there.

A reader proposes attributions by their spans; the rules of this room resolve and chain them as they do their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bywhom.records import Document, Tagged


class Tagger(Protocol):
    """A trained reader of attributions."""

    @property
    def name(self) -> str:
        """Name and version, as every row that rests on it will say."""

    def tag(self, doc: Document) -> Sequence[Tagged]:
        """The attributions of one document, in text order."""


class NoTagger:
    """Reading by rules alone."""

    name = "rules"

    def tag(self, doc: Document) -> Sequence[Tagged]:  # noqa: ARG002  the protocol's parameter
        """Nothing: the rules find what they find."""
        return ()
