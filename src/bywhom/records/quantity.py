"""How many."""

from __future__ import annotations

from dataclasses import dataclass

from bywhom.records.span import Mention


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or bound as worded; an open bound is None: "more than 200" is low 200, high None."""

    mention: Mention
    low: float | None
    high: float | None
    approximate: bool = False
    unit: str = ""  # what is counted, as worded: "soldiers killed"
    fate: str = ""  # what befell those counted: killed, wounded, captured, missing …; "" where nothing is said of it
    side: str | None = None  # whose they are: a government's adjective ("Ukrainian"), or the name of a group
