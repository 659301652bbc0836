"""What a field of a claim is where the rules and the trained reader differ: the chances of the one and the word of the other, added up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import log

from bywhom import lexicons
from bywhom.tagging.labels import FIELDS
from bywhom.tagging.sight import Judged

LEAST = 1e-3  # the reader is never surer than this that something is not so


@dataclass(frozen=True, slots=True)
class Balance:
    """How one field is decided, in log-odds."""

    said: float  # how much the reader's log-probability of a value counts
    ours: dict[str, float]  # what the word of the rules adds to a value


@dataclass(frozen=True, slots=True)
class FieldTable:
    """data/weights/fields.yaml: the balance of each field."""

    fields: dict[str, Balance]

    @classmethod
    def load(cls) -> FieldTable:
        """The shipped table."""
        return lexicons.load("weights/fields", cls)


def better(judged: Judged, field: str, ours: str, table: FieldTable, without: Collection[str] = ()) -> str | None:
    """Another value than that of the rules, where more speaks for it; None: theirs stands. `without`: what it cannot be."""
    scores = {
        value: score for value, score in weighed(judged, field, ours, table.fields[field]) if value not in without
    }
    best = max(scores, key=lambda value: (scores[value], value == ours))
    return None if best == ours else best


def weighed(judged: Judged, field: str, ours: str, balance: Balance) -> list[tuple[str, float]]:
    """The values of a field, each with what speaks for it."""
    return [
        (
            value,
            balance.said * log(max(LEAST, judged.chance(field, value)))
            + (balance.ours[value] if value == ours else 0.0),
        )
        for value in FIELDS[field]
    ]
