"""When."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bywhom.records.span import Mention


class Derived(StrEnum):
    """How a time was come by."""

    STATED = "stated"  # the words give it
    RESOLVED = "resolved"  # counted from the report's own date ("on Friday")
    INFERRED = "inferred"  # lent by a dated statement or by the running date of the story


@dataclass(frozen=True, slots=True)
class Timespan:
    """When the event is said to have happened, at the precision of the words."""

    value: str  # ISO 8601: 2022-11-13, 2022-11, 2022, start/end; XXXX-11-22 where the year is not known
    evidence: Mention
    derived: Derived
