"""The record of this room: one cue of a sentence with its source and its content."""

from __future__ import annotations

from dataclasses import dataclass

from bywhom.attribution.cues import Cue
from bywhom.attribution.phrases import Phrase

Stretch = tuple[int, int]  # words [first, last) of a sentence


@dataclass(frozen=True, slots=True)
class Statement:
    """One cue, its source and its content, in words of the sentence."""

    cue: Cue
    source: Phrase | None
    contents: tuple[Stretch, ...]
    listener: Phrase | None = None  # to whom it was said: "told Reuters"
    relays: tuple[Phrase, ...] = ()  # "citing X": X is then the source and this sentence's subject a relay
    frame: Stretch = (0, 0)  # cue and source, without content
