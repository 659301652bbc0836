"""What a place's name does in its sentence: a scene, a government, an origin, a place of speech, a part of another name."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from bywhom.grounding.around import Around, Unit, stated_km
from bywhom.grounding.gazetteer import Entry
from bywhom.grounding.stretches import Word
from bywhom.grounding.toponymtable import ToponymTable


class Setting(StrEnum):
    """What a place's name does in its sentence."""

    EVENT = "event"  # things may happen there
    GOVERNMENT = "government"  # the name stands for those who rule from there
    ORIGIN = "origin"  # somebody is from there
    SPEECH = "speech"  # somebody speaks there
    MEETING = "meeting"  # people meet there: the place of the meeting, and of nothing that is said there
    BODY = "body"  # part of the name of a body or a unit, or a mere comparison
    DATELINE = "dateline"  # where the dispatch was written


def setting_of(
    words: Sequence[Word], i: int, count: int, entries: tuple[Entry, ...], at: Around, unit: Unit | None,
    table: ToponymTable, *, headline: bool,
) -> Setting:  # fmt: skip
    """What the name does in its sentence."""
    if _is_origin(words, at, table):
        return Setting.ORIGIN
    if at.after in table.body_words or at.after in table.topic_words or at.before in table.comparison_words:
        return Setting.BODY
    if _is_house_elsewhere(words, i + count, at, table) or _is_paper(words, at, table):
        return Setting.BODY
    if said := _said_there(words, i + count, at, table):
        return said
    if (unit and unit is not Unit.REGION) or stated_km(words, i):
        return Setting.EVENT
    if any(e.claimed or e.kind == "country" for e in entries[:3]):
        return Setting.EVENT if _is_locative(at, table) else Setting.GOVERNMENT
    if any(e.capital for e in entries[:3]) and not unit:
        return Setting.EVENT if _is_town(words[i + count - 1], at, table, headline=headline) else Setting.GOVERNMENT
    return Setting.EVENT


def _is_paper(words: Sequence[Word], at: Around, table: ToponymTable) -> bool:
    """Whether the name ends a paper's: "the Gazette du Jura", "the Herald of Teruel"."""
    return at.before in _OF and at.second in table.paper_words and words[at.first - 2].name_like


_OF = frozenset("of de du del della des do da".split())


def _is_house_elsewhere(words: Sequence[Word], after: int, at: Around, table: ToponymTable) -> bool:
    """Whether a house is only called after the place: "the Verdun barracks in Lyon"."""
    following = [w.lower for w in words[after + 1 : after + 3]]
    named = after + 2 < len(words) and words[after + 2].name_like
    return at.after in table.house_words and bool(following) and following[0] in {"in", "at"} and named


def _is_origin(words: Sequence[Word], at: Around, table: ToponymTable) -> bool:
    if at.before in {"from", "of"} and at.second in table.origin_nouns:
        near = {w.lower for w in words[max(0, at.first - 12) : at.first]}
        return at.before == "of" or not near & table.leaving_words
    if at.before in {"born", "native"} or (at.before == "in" and at.second == "born"):
        return True
    if at.before == "of" and _is_seat_of_office(words, at, table):
        return True
    return at.before in {"in", "at", "of"} and _is_background(words, at, table)


def _is_seat_of_office(words: Sequence[Word], at: Around, table: ToponymTable) -> bool:
    """Whether somebody's office is named after it: "a former mayor of the town of X", "the bishop of X"."""
    for word in reversed(words[max(0, at.first - 6) : at.first - 1]):
        if word.lower in table.office_holders:
            return True
        if (
            word.lower not in _OFFICE_OF
            and word.lower not in table.settlement_words
            and word.lower not in table.region_words
        ):
            return False
    return False


_OFFICE_OF = frozenset("of the".split())


def _is_background(words: Sequence[Word], at: Around, table: ToponymTable) -> bool:
    """Whether somebody's office or past is there: "a clerk of the port office in X", "cadets trained at a school in X"."""
    back: list[str] = []
    for word in reversed(words[max(0, at.first - 11) : at.first - 1]):
        if word.text in {".", ";", ":"}:
            break
        back.append(word.lower)
    if at.before != "of":
        for lower, word in zip(back, reversed(words[: at.first - 1]), strict=False):
            if lower in table.role_nouns:
                return not (lower in table.embassy_words and _goes_there(words, at, lower, table))
            if not (word.name_like or lower in table.office_links):
                break
    return not table.background_words.isdisjoint(back) and "," not in back[:3]


def _goes_there(words: Sequence[Word], at: Around, house: str, table: ToponymTable) -> bool:
    """Whether the house stands for a place: "threw stones at the Greek embassy in X", "attacked the embassy in X"."""
    back = [word.lower for word in words[max(0, at.first - 10) : at.first - 1]]
    before = back[: len(back) - 1 - back[::-1].index(house)][-4:] if house in back else []
    return any(lower in table.locatives or lower in table.place_verbs or lower in {"of", "against"} for lower in before)


def _is_reported(words: Sequence[Word], after: int, table: ToponymTable) -> bool:
    """Whether a saying without a speaker follows: "in X it was reported that"."""
    said = [word.lower for word in words[after : after + 4] if word.text != ","]
    return said[:2] == ["it", "was"] and not table.reported_words.isdisjoint(said[2:3])


def _said_there(words: Sequence[Word], after: int, at: Around, table: ToponymTable) -> Setting | None:
    """Whether somebody speaks there or people meet: "told reporters in X", "speaking from a centre in X", "talks in X"."""
    if at.before == "to" and at.second in table.visit_words and at.third in table.coming_words:
        return Setting.MEETING
    if at.before == "in" and _is_reported(words, after, table):
        return Setting.SPEECH
    if at.before in _REACHED and _came_and_tells(words, after, at, table):
        return Setting.SPEECH
    if at.before not in {"in", "at", "from"}:
        return None
    if at.second in table.speech_verbs or _is_told_there(words, at, table):
        return Setting.SPEECH
    return _speech_before(words, at, table)


def _speech_before(words: Sequence[Word], at: Around, table: ToponymTable) -> Setting | None:
    """What the nouns and verbs right before say: a meeting, a speech, or nothing."""
    for word in reversed(words[max(0, at.first - 6) : at.first - 1]):
        if word.lower in table.meeting_words:
            return Setting.MEETING
        if word.lower in table.saying_places:
            return Setting.SPEECH
        if not word.is_word or word.name_like or word.lower == "that":  # what follows "that" is what was said
            return None
    return None


def _came_and_tells(words: Sequence[Word], after: int, at: Around, table: ToponymTable) -> bool:
    """Whether somebody who got away to the place tells of what was elsewhere: "who fled to X told …", "crossed at X and was interviewed"."""
    before = {word.lower for word in words[max(0, at.first - 6) : at.first - 1]}
    if before.isdisjoint(table.got_away_words):
        return False
    for word in words[after : after + _SOON]:
        if word.text in {".", ";"}:
            return False
        if word.lower in table.telling_words or word.lower in table.interviewed_words:
            return True
    return False


_REACHED = frozenset("at to in into".split())
_SOON = 10  # words


def _is_told_there(words: Sequence[Word], at: Around, table: ToponymTable) -> bool:
    """Whether somebody tells a paper or a person there: "told the Gazette du Jura in X", "spoke to Reuters in X"."""
    for j in range(at.first - 2, max(-1, at.first - 9), -1):
        if words[j].lower in table.telling_words or (
            words[j].lower == "to" and j and words[j - 1].lower in table.speaking_words
        ):
            return j < at.first - 2
        if not (words[j].name_like or words[j].lower in _OF or words[j].lower == "the"):
            return False
    return False


def _is_locative(at: Around, table: ToponymTable) -> bool:
    if at.after == "capital":
        return False
    if at.before in table.locatives or at.direction or at.before in {"from", "to"} or at.before in table.place_verbs:
        return True
    return at.before == "of" and at.second in table.part_words


def _is_town(last: Word, at: Around, table: ToponymTable, *, headline: bool) -> bool:
    """Whether a capital's name means the town, and not the government that sits there."""
    if last.possessive:  # "at Paris's foreign office"
        return at.after in table.feature_words or at.after in table.town_nouns or bool(at.direction)
    if at.before in {"at", "toward", "towards"} and at.second in table.aimed_words:  # "pointed the finger at Madrid"
        return False
    if (
        (at.before in table.locatives and at.before != "between")
        or at.before in table.place_verbs
        or at.before == "capital"
    ):
        return True
    if at.direction or (at.after in table.feature_words and at.after not in table.government_verbs):
        return True
    if at.before in {"of", "on", "for", "against"}:
        return at.second in table.town_nouns
    if at.before in {"to", "from"}:
        return at.second in table.bound_words
    return headline and at.after not in table.speech_verbs and at.after not in table.government_verbs
