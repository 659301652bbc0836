"""Which situations are asked for: the same through every door. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bywhom.errors import UsageError
from bywhom.ledger.days import bounds
from bywhom.ledger.findrows import heard_of, words_in
from bywhom.ledger.folding import fold
from bywhom.prose.scripts import latin
from bywhom.records import Situation

_PART = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class SituationQuery:
    """Which situations: all that are given must hold. The place is found by its words, in any script and transliteration."""

    place: str = ""  # every word of it; a star ends the beginning of one
    since: str = ""  # ISO 8601, reduced precision allowed: not over before it
    until: str = ""  # begun by it

    def check(self) -> None:
        """Nothing, where the dates can be. Raises: UsageError."""
        for name, value in (("since", self.since), ("until", self.until)):
            if value and None in bounds(value):
                raise UsageError(f"{name} {value[:80]!r} is no date; write 2024, 2024-05 or 2024-05-27")

    def fits(self, one: Situation) -> bool:
        """Whether a situation is asked for."""
        if self.since and (one.last is None or one.last < (bounds(self.since)[0] or "")):
            return False
        if self.until and (one.first is None or one.first > (bounds(self.until)[1] or "")):
            return False
        return _stands_in(self.place, one.place or "")


def _stands_in(sought: str, name: str) -> bool:
    """Whether every word that is sought is one of the name, as it is written or as it sounds."""
    there, heard = _PART.findall(latin(fold(name))), {heard_of(word) for word in words_in(name)}
    return all(_is_in(word, there, heard) for word in sought.split())


def _is_in(word: str, there: list[str], heard: set[str]) -> bool:
    parts = _PART.findall(latin(fold(word)))
    if word.endswith("*"):
        return any(one.startswith(parts[-1]) for one in there) if parts else False
    return all(part in there for part in parts) or (len(heard_of(word)) > 2 and heard_of(word) in heard)
