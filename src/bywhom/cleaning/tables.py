"""The words that cleaning goes by, read once and passed in."""

from __future__ import annotations

from dataclasses import dataclass, field

from bywhom import lexicons
from bywhom.cleaning.dates import DateTable


@dataclass(frozen=True, eq=False)
class Rule:
    """One way in which furniture is worded; furniture.yaml tells how the parts are read."""

    name: str  # becomes the reason of the block
    kind: str = "furniture"
    phrases: list[str] = field(default_factory=list)
    patterns: list[str] = field(default_factory=list)
    unless: list[str] = field(default_factory=list)
    longest: int = 300


@dataclass(frozen=True, eq=False)
class CommentRules:
    """Where a comment section begins."""

    sure: list[str]
    likely: list[str]
    signs: list[str]


@dataclass(frozen=True, eq=False)
class AuthorBoxRules:
    """What a note about the author says."""

    headings: list[str]
    about: list[str]


@dataclass(frozen=True, eq=False)
class FlatRules:
    """How what has lost its lines begins and ends."""

    openers: list[str]
    strict_openers: list[str]
    people: str
    title_words: list[str]
    links: list[str]
    pictures: list[str]
    agency_line: str
    credits: list[str]
    sure_credits: list[str]
    captions: list[str]
    head_captions: list[str]
    feet: list[str]
    foot_ends: list[str]


@dataclass(frozen=True, eq=False)
class FurnitureTable:
    """The rules of furniture.yaml."""

    rules: list[Rule]
    comments: CommentRules
    author_box: AuthorBoxRules
    heads: list[Rule]
    heads_after_title: list[Rule]
    tails: list[Rule]
    insides: list[Rule]
    flattened: FlatRules
    platforms: list[str]
    byline_words: list[str]


@dataclass(frozen=True, eq=False)
class DatelineTable:
    """The words of datelines.yaml."""

    agencies: list[str]
    towns: list[str]
    not_in_places: list[str]
    not_places: list[str]
    notes: list[str]
    languages: list[str]


@dataclass(frozen=True, eq=False)
class PublisherRule:
    """Words on a page that name its publisher in the group `outlet`."""

    name: str
    pattern: str


@dataclass(frozen=True, eq=False)
class MetadataTable:
    """The rules of page-metadata.yaml."""

    publishers: list[PublisherRule]
    publisher_order: list[str]
    title_order: list[str]
    author_order: list[str]
    platforms: list[str]


@dataclass(frozen=True, eq=False)
class MarkupTable:
    """What tags and class names say, from markup.yaml."""

    hidden: list[str]
    furniture_tags: list[str]
    furniture_classes: list[str]
    caption_classes: list[str]
    metadata_classes: list[str]
    comment_classes: list[str]
    hidden_classes: list[str]
    block_tags: list[str]
    date_fields: list[str]
    author_fields: list[str]


@dataclass(frozen=True, eq=False)
class CleaningTables:
    """All tables of the room."""

    furniture: FurnitureTable
    datelines: DatelineTable
    dates: DateTable
    metadata: MetadataTable
    markup: MarkupTable

    @classmethod
    def load(cls) -> CleaningTables:
        """The tables shipped with bywhom.

        Raises: LexiconBroken where a file does not fit.
        """
        return cls(
            furniture=lexicons.load("lexicons/furniture", FurnitureTable),
            datelines=lexicons.load("lexicons/datelines", DatelineTable),
            dates=lexicons.load("lexicons/dates-in-pages", DateTable),
            metadata=lexicons.load("lexicons/page-metadata", MetadataTable),
            markup=lexicons.load("lexicons/markup", MarkupTable),
        )
