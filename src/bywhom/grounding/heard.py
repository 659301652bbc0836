"""How much a trained reader's chances count where places and days are weighed."""

from __future__ import annotations

from dataclasses import dataclass
from math import log


@dataclass(frozen=True, slots=True)
class Heard:
    """`seen` of data/weights/places.yaml and days.yaml: `said` x the log of a probability, and `lead` more for the side that the table names."""

    said: float
    least: float  # a smaller probability is none
    lead: float

    def weight(self, chance: float) -> float:
        """What a probability adds, in log-odds."""
        return self.said * log(max(self.least, chance))


UNHEARD = Heard(said=0.0, least=1.0, lead=0.0)
