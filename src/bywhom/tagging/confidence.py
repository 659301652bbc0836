"""How likely it is that the source of a claim is the right one, so that a person can begin with the doubtful ones.

A logistic regression over a few signs that were at hand when source was decided: how the words were led to it, the form of
quotation, what the trained reader gives it, and whether the reader overruled the rules. `bench/fit_confidence.py` sets the weights
of data/weights/confidence.yaml on texts that the reader was not trained on, and draws how well they can be taken at their word.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from bywhom import lexicons
from bywhom.records import Attribution

PUBLISHER, UNNAMED = "publisher", "unnamed"
_LEAST = 0.01  # chances nearer to nought or one say no more


@dataclass(frozen=True, slots=True)
class ConfidenceTable:
    """data/weights/confidence.yaml: log-odds, and what each sign adds to them."""

    base: float
    weights: dict[str, float]

    @classmethod
    def load(cls) -> ConfidenceTable:
        """The shipped table."""
        return lexicons.load("weights/confidence", cls)


def confidence(said: Attribution, chance: float, *, overruled: bool, table: ConfidenceTable) -> float:
    """The probability, in hundredths, that the source is the right one; `chance` is what the trained reader gives it."""
    odds = table.base + sum(
        table.weights.get(name, 0.0) * value for name, value in signs(said, chance, overruled=overruled)
    )
    return round(1 / (1 + math.exp(-odds)), 2)


def signs(said: Attribution, chance: float, *, overruled: bool) -> Iterator[tuple[str, float]]:
    """What speaks for or against the source: sign -> how much of it there is."""
    source, bounded = said.source, min(max(chance, _LEAST), 1 - _LEAST)
    how = PUBLISHER if source is None else source.resolution.value if source.name else UNNAMED
    odds = math.log(bounded / (1 - bounded))
    yield how, 1.0
    yield f"quote {said.quote.value}", 1.0
    yield "seen", odds
    yield "overruled", float(overruled)
    yield "relayed", float(bool(said.relays))
