"""The words that tell a place's name from any other: data/lexicons/toponyms.yaml."""

from __future__ import annotations

from dataclasses import dataclass

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
