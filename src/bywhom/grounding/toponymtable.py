"""The words that tell a place's name from any other: data/lexicons/toponyms.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bywhom.grounding.placing import PlacingWords


@dataclass(frozen=True)
class ToponymTable:
    """data/lexicons/toponyms.yaml."""

    locatives: frozenset[str]
    weak_locatives: frozenset[str]
    place_verbs: frozenset[str]
    settlement_words: frozenset[str]
    region_words: frozenset[str]
    district_words: frozenset[str]
    quarter_words: frozenset[str]
    countryside_words: frozenset[str]
    around_words: dict[str, float]
    feature_words: frozenset[str]
    last_words: frozenset[str]
    directions: frozenset[str]
    near_words: frozenset[str]
    between_words: frozenset[str]
    titles: frozenset[str]
    speech_verbs: frozenset[str]
    saying_places: frozenset[str]
    meeting_words: frozenset[str]
    government_verbs: frozenset[str]
    town_nouns: frozenset[str]
    motion_verbs: frozenset[str]
    comparison_words: frozenset[str]
    topic_words: frozenset[str]
    origin_nouns: frozenset[str]
    role_nouns: frozenset[str]
    background_words: frozenset[str]
    leaving_words: frozenset[str]
    free_followers: frozenset[str]
    body_words: frozenset[str]
    institution_words: frozenset[str]
    no_places: tuple[str, ...]
    common_words: frozenset[str]
    personal_countries: frozenset[str]
    given_names: frozenset[str]
    alias_joints: tuple[str, ...]
    languages: tuple[str, ...]
    paper_words: frozenset[str]
    house_words: frozenset[str]
    office_holders: frozenset[str]
    embassy_words: frozenset[str]
    office_links: frozenset[str]
    visit_words: frozenset[str]
    coming_words: frozenset[str]
    reported_words: frozenset[str]
    got_away_words: frozenset[str]
    interviewed_words: frozenset[str]
    telling_words: frozenset[str]
    speaking_words: frozenset[str]
    aimed_words: frozenset[str]
    part_words: frozenset[str]
    claims: PlacingWords

    @cached_property
    def bound_words(self) -> frozenset[str]:
        """Words before "to" or "from" and a name that lead to a town or away from it: "the road to X", "withdrew from X"."""
        return self.motion_verbs | self.leaving_words | self.town_nouns

    @cached_property
    def no_unknown(self) -> frozenset[str]:
        """Words that are no name of a place which no gazetteer holds, though they have a capital."""
        return self.common_words | self.titles | self.locatives

    @cached_property
    def no_surnames(self) -> frozenset[str]:
        """Words that are no part of a personal name in a text of capitals."""
        return self.common_words | self.locatives | self.weak_locatives | self.free_followers | self.speech_verbs
