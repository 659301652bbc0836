"""The tables of linking, compiled once: words to concepts, names to countries, the thresholds and the weights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from bywhom import facts
from bywhom.facts import GovernmentTable, OutletTable
from bywhom.lexicons import load
from bywhom.linking.words import folded, stem


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where a score turns into a decision, and how much is compared at most."""

    same_report: float
    across_reports: float
    corroborates: float
    contradicts: float
    one_scene: float
    one_toll: float
    denied: float
    denied_at_large: float
    opposed: float
    perpetrators: float
    near_identical: float
    near_identical_words: int
    alike: float
    copy_words: int
    quotation_words: int
    numbers_apart: float
    far_km: float
    days_apart: int
    stale_days: int
    common: float
    bucket: int
    neighbours: int
    copies: int
    statements: int


@dataclass(frozen=True)
class LinkingTable:
    """The file data/linking.yaml."""

    function_words: str
    common_words: str
    concepts: tuple[tuple[str, ...], ...]
    families: dict[str, tuple[str, ...]]
    lasting: frozenset[str]
    titles: str
    generic: str
    collectives: str
    eyewitnesses: str
    reacting: tuple[str, ...]
    doubting: tuple[str, ...]
    state_organs: frozenset[str]
    publisher_families: tuple[tuple[str, ...], ...]
    further: str
    means: tuple[tuple[str, ...], ...]
    superseded: frozenset[str]
    speaks_for: dict[str, tuple[str, ...]]
    denied: tuple[str, ...]
    denying: tuple[str, ...]
    rejecting: tuple[str, ...]
    perpetration: tuple[str, ...]
    states: tuple[tuple[str, ...], ...]
    counted: tuple[tuple[str, ...], ...]
    measures: str
    thresholds: Thresholds
    weights: dict[str, dict[str, float]]
    standing: dict[str, dict[str, float]]


@dataclass(frozen=True, eq=False)  # compared by identity, so that what is worked out of them can be kept
class LinkingTables:
    """Everything that linking looks words up in."""

    table: LinkingTable
    governments: GovernmentTable
    outlets: OutletTable

    @classmethod
    def load(cls) -> LinkingTables:
        """The tables that ship with the package.

        Raises: LexiconBroken.
        """
        return cls(
            load("linking", LinkingTable),
            facts.governments(),
            facts.outlets(),
        )

    @property
    def thresholds(self) -> Thresholds:
        return self.table.thresholds

    @cached_property
    def function_words(self) -> frozenset[str]:
        return frozenset(self.table.function_words.split())

    @cached_property
    def concepts(self) -> dict[str, str]:
        """Stem -> the concept it stands for; the first group that names a word has it."""
        found: dict[str, str] = {}
        for first, *rest in self.table.concepts:
            for word in (first, *rest):
                found.setdefault(stem(word), stem(first))
        return found

    @cached_property
    def common(self) -> frozenset[str]:
        """Concepts and stems that are everywhere in reports of war."""
        stems = {stem(word) for word in self.table.common_words.split()}
        return frozenset(stems | {self.concepts[word] for word in stems if word in self.concepts})

    @cached_property
    def families(self) -> dict[str, frozenset[str]]:
        """Event type -> the families it belongs to; a type of no family is its own."""
        types = {one for members in self.table.families.values() for one in members}
        return {
            one: frozenset(name for name, members in self.table.families.items() if one in members) for one in types
        }

    @cached_property
    def titles(self) -> frozenset[str]:
        return frozenset(self.table.titles.split())

    @cached_property
    def generic(self) -> frozenset[str]:
        return frozenset(self.table.generic.split())

    @cached_property
    def collectives(self) -> frozenset[str]:
        return frozenset(self.table.collectives.split())

    @cached_property
    def eyewitnesses(self) -> frozenset[str]:
        return frozenset(self.table.eyewitnesses.split())

    @cached_property
    def reacting(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self.table.reacting)

    @cached_property
    def doubting(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self.table.doubting)

    @cached_property
    def nations(self) -> dict[str, str]:
        """A word or words that stand for a country, folded -> its adjective: names, seats, adjectives."""
        found: dict[str, str] = {}
        for name, adjective in self.governments.words():
            found.setdefault(" ".join(folded(name)), adjective)
        return found

    @cached_property
    def nation_words(self) -> dict[str, str]:
        """The same for single words, with a plural s understood."""
        single = {name: nation for name, nation in self.nations.items() if " " not in name}
        return {f"{name}s": nation for name, nation in single.items()} | single

    @cached_property
    def outlet_names(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """Any spelling of an outlet, folded -> its first spelling."""
        return {
            tuple(folded(spelling)): tuple(folded(name))
            for name, others in self.outlets.every().items()
            for spelling in (name, *others)
        }

    @cached_property
    def outlet_identities(self) -> frozenset[frozenset[str]]:
        """What identifies each known outlet."""
        return frozenset(frozenset(name) for name in self.outlet_names.values())

    @cached_property
    def publishers(self) -> dict[tuple[str, ...], str]:
        """Any name of a publisher family, folded -> the family's first name."""
        return {tuple(folded(name)): group[0] for group in self.table.publisher_families for name in group}

    @cached_property
    def further(self) -> frozenset[str]:
        return frozenset(self.table.further.split())

    @cached_property
    def means(self) -> dict[str, str]:
        """Stem -> the first word of its means of attack."""
        return {stem(word): group[0] for group in self.table.means for word in group}

    @cached_property
    def bodies(self) -> dict[frozenset[str], str]:
        """The words of a person's name, or of a body's, -> the body that speaks through both."""
        return {
            frozenset(folded(name)): body for body, people in self.table.speaks_for.items() for name in (body, *people)
        }

    @cached_property
    def states(self) -> dict[str, str]:
        return _by_word(self.table.states)

    @cached_property
    def counted(self) -> dict[str, str]:
        return _by_word(self.table.counted)

    @cached_property
    def everybody(self) -> str:
        """The word for people of any kind."""
        return self.table.counted[-1][0]

    @cached_property
    def measures(self) -> frozenset[str]:
        return frozenset(self.table.measures.split())

    @cached_property
    def denied(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self.table.denied)

    @cached_property
    def denying(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self.table.denying)

    @cached_property
    def rejecting(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self.table.rejecting)

    @cached_property
    def perpetration(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self.table.perpetration)


def _by_word(groups: Iterable[tuple[str, ...]]) -> dict[str, str]:
    return {word: group[0] for group in groups for word in group}
