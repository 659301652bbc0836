"""The tables of grading: data/grading.yaml, and the countries as they stand for governments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bywhom import facts
from bywhom.facts import GovernmentTable
from bywhom.lexicons import load
from bywhom.records.grade import Reliability


@dataclass(frozen=True, slots=True)
class Letters:
    """From which judged past which letter follows."""

    least: int
    window: int
    a_judged: int
    a_share: float
    a_recent: int
    b_share: float
    c_share: float
    d_share: float


@dataclass(frozen=True, slots=True)
class Hr2:
    """What the policy HR-2 asks for."""

    each_element: int
    origins: int
    reliability: Reliability  # the least that counts


@dataclass(frozen=True, slots=True)
class GradingTable:
    """The file data/grading.yaml."""

    letters: Letters
    hr2: Hr2
    collective: str
    prepositions: frozenset[str]
    determiners: str
    interest: dict[str, dict[str, str]]
    parties: frozenset[str]
    first_person: frozenset[str]
    protected: str


@dataclass(frozen=True)
class GradingTables:
    """Everything that grading looks up."""

    table: GradingTable
    governments: GovernmentTable

    @classmethod
    def load(cls) -> GradingTables:
        """The tables that ship with the package.

        Raises: LexiconBroken.
        """
        return cls(load("grading", GradingTable), facts.governments())

    @property
    def letters(self) -> Letters:
        return self.table.letters

    @cached_property
    def collective(self) -> frozenset[str]:
        return frozenset(self.table.collective.split())

    @cached_property
    def determiners(self) -> frozenset[str]:
        return frozenset(self.table.determiners.split())

    @cached_property
    def protected(self) -> frozenset[str]:
        return frozenset(self.table.protected.split())

    @cached_property
    def nations(self) -> dict[str, str]:
        """A word that stands for a country, folded -> its adjective; a plural s is understood."""
        found: dict[str, str] = {}
        for name, adjective in self.governments.words():
            found.setdefault(name.casefold(), adjective)
            found.setdefault(f"{name.casefold()}s", adjective)
        return found

    def nations_in(self, words: Iterable[str]) -> frozenset[str]:
        """The countries named in folded words, by their adjectives; names of two words too."""
        words = list(words)
        pairs = (f"{a} {b}" for a, b in pairwise(words))
        return frozenset(self.nations[name] for name in (*words, *pairs) if name in self.nations)
