"""What two claims on one matter disagree about: how many, whether, and who."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bywhom.linking.circumstances import kilometres
from bywhom.linking.counts import clash
from bywhom.linking.profile import Profile
from bywhom.linking.speakers import same_speaker
from bywhom.linking.tables import LinkingTables
from bywhom.linking.wordings import likeness
from bywhom.linking.words import folded, stem
from bywhom.records import EventType, Polarity

# Acts that somebody commits: two different hands behind one of them exclude each other.
_ACTS = frozenset([EventType.SABOTAGE, EventType.ATTACK, EventType.DESTROY, EventType.EXECUTE, EventType.CASUALTY])
# "No one has claimed responsibility" says nothing of whether it happened.
_UNCLAIMED = re.compile(r"\bclaim\w* (responsibility|credit)\b")
# Neither to leave a thing undenied nor to charge somebody with denying is to deny it.
_NO_DENIAL = re.compile(
    r"\b(nor|not|neither|attempts?|tr(y|ies|ying)|efforts?|seek\w*) (to )?(confirm\w* nor )?den(y|ied|ies|ying)\b"
)
# A question whose mark lies beyond the claim.
_ASKED = re.compile(
    r"(has|have|had|is|are|was|were|does|do|did|will|can) (any|anyone|anybody|there|you|he|she|they|we)\b"
)
_NOUN_AFTER = re.compile(r"\b(?:false|fake) (\w+)")
# "It did not say whether any were killed", "no demand was made": negative, but an answer to another question.
_SELDOM_DENIED = frozenset([EventType.OTHER, EventType.CASUALTY, EventType.APPEAL, EventType.AID, EventType.FLEE])
# What somebody is accused of: acts, and how those in his power are treated.
_CHARGES = _ACTS | {EventType.MISTREAT, EventType.DETAIN, EventType.SEIZE}
_SCENE_KM = 40.0  # both radii together
NEXT_DOOR_KM = 1.0  # two names, one place
_SMALL_KM = 15.0  # the radius of a town; regions have their towns' tolls
ANSWER = 1500  # characters between an accusation and an answer that does not repeat it
OPENING = 500  # characters: the accusation with which a report begins is answered wherever the answer stands
RETORT = 300  # the same for an answer that is nothing but a denial: "this is false" is said of the sentence before
TARGET = 2  # words in common that name one target
BARE = 6  # words of an answer that is nothing but a denial
BESIDES = 2  # words of weight in an answer that repeats nothing
ONE_STORY = 0.4  # share of two titles' words from which both reports are on one story


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Why two claims cannot both be true, and how likely they have to be one matter for that to be said."""

    rule: str
    least: float


def disagree(a: Profile, b: Profile, tables: LinkingTables) -> Disagreement | None:
    """The first rule by which two claims cannot both be true if they are on one matter; none where they can."""
    if headless_denial(a, b, tables) or headless_denial(b, a, tables):
        return Disagreement("denied", 0.0)
    if a.told.claim.modality is not b.told.claim.modality or _one_teller(a, b, tables) or _asks(a) or _asks(b):
        return None
    if clash(a, b, tables):
        return _counts(a, b, tables)
    if a.told.claim.polarity is not b.told.claim.polarity:
        return _polarity(a, b, tables)
    if perpetrators_differ(a, b, tables):
        return Disagreement("perpetrators_differ", 0.0 if _one_sabotage(a, b) else tables.thresholds.perpetrators)
    return None


def _asks(one: Profile) -> bool:
    """Whether a claim is a question: it says neither yes nor no."""
    return one.told.claim.text.rstrip(" \"'”’").endswith("?") or bool(_ASKED.match(one.wording))


def _counts(a: Profile, b: Profile, tables: LinkingTables) -> Disagreement | None:
    """Two numbers for one thing. A city at war sees several attacks a day: one scene is not enough without a detail."""
    if a.further or b.further or sums_up(a, b) or sums_up(b, a) or _counted_by_itself(a, b):
        return None
    if other_means(a, b) or elsewhere(a, b):
        return None
    if not all(_last_word(one, tables) for one in (a, b)):
        return None
    if one_scene(a, b) and one_story(a, b):
        return Disagreement("counts_disagree", tables.thresholds.one_toll)
    detailed = one_scene(a, b) and details(a, b) >= 2 and likeness(a, b) > 0
    return Disagreement("counts_disagree", tables.thresholds.one_scene if detailed else tables.thresholds.contradicts)


def other_means(a: Profile, b: Profile) -> bool:
    """Whether both name what was attacked with, and nothing in common: the dead of an air raid and of a mortar are two tolls."""
    return (
        bool(a.means and b.means and a.means.isdisjoint(b.means))
        or _barrel_and_missile(a, b)
        or _barrel_and_missile(b, a)
    )


def _barrel_and_missile(a: Profile, b: Profile) -> bool:
    """Whether one tells of barrel bombs and the other of a missile: both may come from the air."""
    barrel, missile = stem("barrel"), stem("missile")
    return barrel in a.words and missile in b.words and missile not in a.words and barrel not in b.words


def elsewhere(a: Profile, b: Profile) -> bool:
    """Whether one report tells of two small places by two names, however near they lie: neighbourhoods have tolls of their own."""
    if a.report != b.report or not a.point or not b.point or max(a.point[2], b.point[2]) > _SMALL_KM:
        return False
    one, other = a.told.claim.place, b.told.claim.place
    if one is None or other is None or one.name == other.name:
        return False
    return kilometres(a.point, b.point) > NEXT_DOOR_KM


def _last_word(one: Profile, tables: LinkingTables) -> bool:
    """Whether a number is meant as the whole one: neither what one pair of eyes saw, nor a toll that has been replaced."""
    return not one.speaker.eyewitness and tables.table.superseded.isdisjoint(one.wording.split())


def _polarity(a: Profile, b: Profile, tables: LinkingTables) -> Disagreement | None:
    if likeness(a, b) >= tables.thresholds.alike:
        return None  # two copies, of which one reading missed or made up a "not"
    negative = a if a.told.claim.polarity is Polarity.NEGATIVE else b
    positive = b if negative is a else a
    if denies(negative, tables) and not (
        doubtful(negative, tables)
        or denies(positive, tables)
        or _spoken_of(positive, tables)
        or _of_others(negative, tables)
        or _another_accused(positive, negative)
    ):
        if _accused(a, b) and (details(a, b) >= 1 or _one_cast(a, b)):
            thresholds, outspoken = tables.thresholds, not negative.words.keys().isdisjoint(tables.denying)
            close = outspoken or not a.means.isdisjoint(b.means)
            return Disagreement("denied", thresholds.denied if close else thresholds.denied_at_large)
        if _outright(negative, tables) and _repeats(a, b):
            return Disagreement("denied", tables.thresholds.opposed)
    if doubtful(negative, tables) or _spoken_of(positive, tables):
        return None
    if not _one_event(a, b) or a.negated == b.negated or _UNCLAIMED.search(negative.wording):
        return None
    # What lasts is one state of things, and a yes and a no are on it; of acts there are many, and the no may be on another.
    lasts = a.told.claim.event.type.value in tables.table.lasting
    return Disagreement("polarity_opposed", tables.thresholds.opposed if lasts else tables.thresholds.corroborates)


def _spoken_of(one: Profile, tables: LinkingTables) -> bool:
    """Whether a claim speaks of an accusation without making it: inspectors look into it, somebody is alarmed by it."""
    words = one.wording.split()
    if doubtful(one, tables) or "whether" in words or _headed(words, tables):
        return True
    return not one.words.keys().isdisjoint(tables.reacting)


def _headed(words: list[str], tables: LinkingTables) -> bool:
    """Whether a claim begins with what it speaks of: "reports on the use of", "claims by the opposition that"."""
    bare = [word for word in words[:3] if word not in tables.function_words]
    return bool(bare) and stem(bare[0]) in tables.denied and len(words) > 1


def _another_accused(positive: Profile, negative: Profile) -> bool:
    """Whether who denies speaks for one nation, and the accusation names the hand of others only."""
    denier = negative.speaker.side
    return denier is not None and bool(positive.nations) and denier not in positive.nations


def _of_others(one: Profile, tables: LinkingTables) -> bool:
    """Whether a denial says that it is one of earlier accusations."""
    return not tables.table.superseded.isdisjoint(one.wording.split())


def _outright(one: Profile, tables: LinkingTables) -> bool:
    """Whether a denial is one of what was told: proposals are rejected too, but reports and charges are told."""
    said = _said(one, tables)
    return not said.isdisjoint(tables.denying - tables.rejecting) or not said.isdisjoint(tables.denied)


def _repeats(a: Profile, b: Profile) -> bool:
    """Whether two claims of one report, on no act, share their type and two words of weight."""
    return a.report == b.report and a.told.claim.event.type is b.told.claim.event.type and details(a, b) >= 2


def doubtful(one: Profile, tables: LinkingTables) -> bool:
    """Whether a claim says that something is not known, which is neither a yes nor a no."""
    return not one.words.keys().isdisjoint(tables.doubting)


def sums_up(a: Profile, b: Profile) -> bool:
    """Whether the report counts more in its own voice than somebody whom it quotes: its lead adds up what follows."""
    if a.report != b.report or not a.speaker.unsourced or b.speaker.unsourced:
        return False
    return max((count.low for count in a.counts), default=0.0) > max((count.low for count in b.counts), default=0.0)


def _counted_by_itself(a: Profile, b: Profile) -> bool:
    """Whether the report counts fewer in its own voice than somebody whom it quotes: it goes into one part of what he sums up."""
    if a.report != b.report or a.speaker.unsourced == b.speaker.unsourced:
        return False
    bare, named = (a, b) if a.speaker.unsourced else (b, a)
    return max((one.low for one in bare.counts), default=0.0) < max((one.low for one in named.counts), default=0.0)


def _accused(a: Profile, b: Profile) -> bool:
    """Whether both are on one type of act, or on two that tell one, in one story, and no day or place speaks against it."""
    types = {a.told.claim.event.type, b.told.claim.event.type}
    if (
        not one_story(a, b)
        or not types <= _CHARGES
        or (len(types) > 1 and not (a.nations & b.nations and details(a, b) >= 1))
    ):
        return False
    if a.days and b.days and max(a.days[0], b.days[0]) > min(a.days[1], b.days[1]):
        return False
    return not (a.point and b.point) or kilometres(a.point, b.point) <= a.point[2] + b.point[2]


def denies(one: Profile, tables: LinkingTables) -> bool:
    """Whether a word of denial introduces a claim or stands in it: it answers an accusation."""
    return not _said(one, tables).isdisjoint(tables.denying)


def _said(one: Profile, tables: LinkingTables) -> set[str]:
    """The words of a claim and of what introduces it; a false flag is no denial."""
    cue = one.told.claim.attribution.cue
    said = {stem(word) for word in (*one.wording.split(), *(folded(cue.text) if cue else ()))} | one.words.keys()
    return said - _no_denial(one.wording, tables)


def _no_denial(wording: str, tables: LinkingTables) -> set[str]:
    """The words of denial that deny nothing told: a false flag, fake bombs, what is neither confirmed nor denied."""
    named = [word for word in _NOUN_AFTER.findall(wording) if word not in tables.function_words]
    things = {stem("false"), stem("fake")} if any(stem(word) not in tables.denied for word in named) else set()
    return things | (
        {stem("deny"), stem("denied"), stem("denies"), stem("denying")} if _NO_DENIAL.search(wording) else set()
    )


def one_story(a: Profile, b: Profile) -> bool:
    """Whether both stand in one report, or in two whose titles announce the same."""
    if a.report == b.report:
        return True
    shared = sum(max(weight, b.title[word]) for word, weight in a.title.items() if word in b.title)
    return 2 * shared >= ONE_STORY * (sum(a.title.values()) + sum(b.title.values())) > 0


def _one_cast(a: Profile, b: Profile) -> bool:
    """Whether those who act, or those it is done to, are named alike."""
    return bool(a.agents & b.agents or a.targets & b.targets)


def details(a: Profile, b: Profile) -> float:
    """How many words in common are not everywhere in reports of war.

    A run of shared words counts once: "the National Liberation Front" names who fights, in every claim about the war.
    """
    together = {word for run in a.shingles & b.shingles for word in run}
    named = {stem(word) for word in together}
    rare = {word for word, weight in a.words.items() if weight >= 1 and word in b.words}
    return len(rare - named) + bool(rare & named)


def _one_teller(a: Profile, b: Profile, tables: LinkingTables) -> bool:
    """Whether one voice counts twice in one report: two numbers of one teller are two counts, unless he says the same again."""
    if a.report != b.report or likeness(a, b) >= tables.thresholds.near_identical:
        return False
    bare = a.speaker.unsourced and b.speaker.unsourced
    return bare or same_speaker(a.speaker, b.speaker, one_report=True, tables=tables)


def _one_event(a: Profile, b: Profile) -> bool:
    """Whether a denial can be meant for the other claim: one type of event, of a kind that is denied as such."""
    one, other = a.told.claim.event.type, b.told.claim.event.type
    return one is other and (one not in _SELDOM_DENIED or likeness(a, b) >= 0.3)


def one_scene(a: Profile, b: Profile) -> bool:
    """Whether both tell of one small place on the very same day."""
    if not a.point or not b.point or not a.days or a.days != b.days or a.days[0] != a.days[1]:
        return False
    near = kilometres(a.point, b.point) <= max(5.0, min(a.point[2], b.point[2]))
    return near and a.point[2] + b.point[2] <= _SCENE_KM and bool(a.families & b.families)


def perpetrators_differ(a: Profile, b: Profile, tables: LinkingTables) -> bool:
    """Whether each says who did it, and names a nation that the other does not."""
    one, other = a.told.claim.event.type, b.told.claim.event.type
    if one is not other or one not in _ACTS:
        return False
    if not _blamed(a, tables) - b.nations or not _blamed(b, tables) - a.nations:
        return False
    if _one_sabotage(a, b):
        return True
    # Two names at least: the same act, not just the same kind of act.
    return bool(a.targets & b.targets) and details(a, b) >= 4


def _one_sabotage(a: Profile, b: Profile) -> bool:
    """Whether both tell of one act of sabotage: one story has one, and so has a target that two words or more name."""
    if not a.told.claim.event.type is b.told.claim.event.type is EventType.SABOTAGE:
        return False
    return one_story(a, b) or len(a.targets & b.targets) >= TARGET


def _blamed(one: Profile, tables: LinkingTables) -> frozenset[str]:
    """Nations among those who act; where a word says who did it, all that are named but the target's."""
    acting = frozenset(nation for word in one.agents if (nation := tables.nation_words.get(word)))
    if acting or not one.words.keys() & tables.perpetration:
        return acting
    return one.nations - {nation for word in one.targets if (nation := tables.nation_words.get(word))}


def headless_denial(a: Profile, b: Profile, tables: LinkingTables) -> bool:
    """Whether `a` denies "the claims" without repeating them, and `b`, shortly before it in the report, accuses of an act.

    What is denied stands in other sentences, so neither the type nor the polarity that was read for `a` says anything.
    """
    apart = a.told.claim.span.start - b.told.claim.span.end
    near = 0 <= apart <= ANSWER or (apart > 0 and b.told.claim.span.start < OPENING)
    if a.report != b.report or not near or b.told.claim.polarity is not Polarity.POSITIVE:
        return False
    if same_speaker(a.speaker, b.speaker, one_report=True, tables=tables) or b.told.claim.event.type not in _CHARGES:
        return False
    if _spoken_of(b, tables) or _bare_toll(b):
        return False
    return _headless(a, tables) or (apart <= RETORT and _bare(a, tables))


def _bare_toll(one: Profile) -> bool:
    """Whether a claim counts the dead and names nobody who killed them: no denial answers it."""
    return one.told.claim.event.type is EventType.CASUALTY and not (one.nations or one.agents)


def _bare(one: Profile, tables: LinkingTables) -> bool:
    """Whether a claim is a denial and nothing else: "this is totally false"."""
    besides = [word for word, weight in one.words.items() if weight >= 1 and word not in tables.denying]
    return one.length <= BARE and len(besides) <= 1 and not _said(one, tables).isdisjoint(tables.denying)


def _headless(one: Profile, tables: LinkingTables) -> bool:
    """Whether a claim says that claims are false, and next to nothing besides."""
    said = _said(one, tables)
    besides = [word for word, weight in one.words.items() if weight >= 1 and word not in tables.denying | tables.denied]
    return bool(said & tables.denying and said & tables.denied) and len(besides) <= BESIDES
