"""Records read off a text that was made easier to read, put back into the words of the text itself."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TypeVar, cast

from bywhom.records.claim import Claim
from bywhom.records.span import Mention

R = TypeVar("R")


def as_written(found: R, text: str) -> R:
    """A record, or a tuple of them, with all its words as they stand in `text`; names stay as they were read."""
    if isinstance(found, Mention):
        return cast("R", Mention.at(found.span, text))
    if isinstance(found, tuple):
        return cast("R", tuple(as_written(each, text) for each in found))
    if not is_dataclass(found) or isinstance(found, type):
        return found
    parts = {part.name: as_written(getattr(found, part.name), text) for part in fields(found)}
    if isinstance(found, Claim):
        parts["text"] = found.span.of(text)
    return cast("R", type(found)(**parts))
