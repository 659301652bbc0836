"""How far a run has come, and what it came to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Progress:
    """A run in mid-course."""

    reports: int  # done so far, those already in the ledger included
    known: int  # of these, read before and passed over
    claims: int  # written so far
    problems: int
    name: str  # of the report that was finished last


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking came to."""

    reports: int = 0
    claims: int = 0
    pairs: int = 0  # of claims of two reports that were compared
    relations: int = 0
    problems: int = 0
    anew: bool = False  # all links were made anew: those that were there came from another version

    def __add__(self, other: Linked) -> Linked:
        return Linked(
            self.reports + other.reports,
            self.claims + other.claims,
            self.pairs + other.pairs,
            self.relations + other.relations,
            self.problems + other.problems,
            self.anew or other.anew,
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run came to."""

    reports: int  # done, in whatever way
    new: int  # reports that the ledger did not have
    reread: int  # read again: by a newer reader, or as a copy with a lesser name says
    known: int  # passed over: read before by this reader, or copies of others
    unread: int  # archived, but not read: a language not yet read, or a problem
    claims: int  # written
    problems: int  # met in this run
    size: int  # bytes of all reports met
    seconds: float
    stages: tuple[tuple[str, float], ...] = ()  # seconds of work by stage; of several workers, their sum
    linked: Linked = Linked()


Report = Callable[[Progress], None]


class Clock:
    """Seconds spent in each stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def of(self, stage: str) -> Iterator[None]:
        """Counts the time inside for a stage."""
        start = perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + perf_counter() - start

    def add(self, seconds: Mapping[str, float]) -> None:
        """Count what another clock has counted."""
        for stage, more in seconds.items():
            self.seconds[stage] = self.seconds.get(stage, 0.0) + more
