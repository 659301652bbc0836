"""Whose word two claims rest on: one origin, two, or not to be told; each answer with the rule that gave it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bywhom.linking.profile import Profile
from bywhom.linking.speakers import Speaker, circular, cites, mentions, one_side, same_speaker
from bywhom.linking.tables import LinkingTables
from bywhom.linking.wordings import likeness
from bywhom.linking.words import folded, runs
from bywhom.records import Independence, Quote, SourceKind

_QUOTED = re.compile(r"[“\"«]([^”\"»]+)[”\"»]")
# They tell what they saw or did themselves: two of them are two origins.
_FIRST_HAND = frozenset([SourceKind.WITNESS, SourceKind.RELATIVE, SourceKind.COMBATANT])
OPENING = 500  # characters: a plural that speaks there is told in full below


@dataclass(frozen=True, slots=True)
class Origin:
    """Whether two claims rest on one origin, and the rule that says so."""

    independence: Independence
    rule: str
    one: bool  # whether the texts show no second origin: dependent, or unknown for want of any source


def origin(a: Profile, b: Profile, tables: LinkingTables) -> Origin:
    """The first rule that fits two claims; the order of the claims changes nothing."""
    if circular(a.speaker, b.speaker):
        return Origin(Independence.UNKNOWN, "origin_not_found", one=True)
    dependent = _dependent(a, b, tables)
    if dependent:
        return Origin(Independence.DEPENDENT, dependent, one=True)
    if a.speaker.unsourced or b.speaker.unsourced:
        return Origin(Independence.UNKNOWN, "no_source_named", one=True)
    return _two_speakers(a, b)


def _dependent(a: Profile, b: Profile, tables: LinkingTables) -> str:
    """The sign that one rests on the other, or both on a third; empty where there is none."""
    one_report = a.report == b.report
    if same_speaker(a.speaker, b.speaker, one_report=one_report, tables=tables):
        return "one_speaker"
    if cites(a.speaker, b.speaker) or cites(b.speaker, a.speaker):
        return "one_relays_the_other"
    if near_identical(a, b, tables):
        return "near_identical_wording"
    if shared_quotation(a, b, tables):
        return "shared_quotation"
    if names_the_other(a, b, tables) or names_the_other(b, a, tables):
        return "one_names_the_other"
    if a.speaker.unsourced and b.speaker.unsourced and _one_publisher(a, b):
        return "one_publisher"
    if one_side(a.speaker, b.speaker):
        return "one_side"
    return "alike_wording" if alike(a, b, tables) else ""


def _two_speakers(a: Profile, b: Profile) -> Origin:
    """Two ends of chains that no sign joins.

    In a report in capitals no name can be told from a description, so nothing shows that two of them are two.
    """
    if a.speaker.unknown and b.speaker.unknown:
        return Origin(Independence.UNKNOWN, "two_unknown_speakers", one=True)
    if a.speaker.unknown or b.speaker.unknown:
        known = b.speaker if a.speaker.unknown else a.speaker
        outlet = known.kind is SourceKind.MEDIA
        rule = "reports_and_an_outlet" if outlet else "one_unknown_speaker"
        return Origin(Independence.UNKNOWN, rule, one=outlet or a.report == b.report)
    if _lead_sums_up(a, b) or _lead_sums_up(b, a):
        return Origin(Independence.UNKNOWN, "lead_sums_up_voices", one=True)
    if _one_nameless_voice(a.speaker, b.speaker):
        return Origin(Independence.UNKNOWN, "two_nameless_voices", one=True)
    if _asked(a.speaker, b.speaker) or _asked(b.speaker, a.speaker):
        return Origin(Independence.UNKNOWN, "a_reporter_and_a_nameless_source", one=True)
    if _same_outlet_family(a.speaker, b.speaker):
        return Origin(Independence.UNKNOWN, "one_publisher_family", one=True)
    if a.report != b.report and (_own_voice(a.speaker) or _own_voice(b.speaker)):
        return Origin(Independence.UNKNOWN, "an_outlet_in_its_own_voice", one=True)
    if _undistinguished(a.speaker, b.speaker):
        one = a.report == b.report or a.speaker.kind is b.speaker.kind
        return Origin(Independence.UNKNOWN, "two_descriptions", one=one)
    if a.report == b.report and a.told.claim.text.isupper() and b.told.claim.text.isupper():
        return Origin(Independence.UNKNOWN, "names_not_told_apart", one=True)
    return Origin(Independence.INDEPENDENT, "two_speakers", one=False)


def near_identical(a: Profile, b: Profile, tables: LinkingTables) -> bool:
    """Whether two wordings are so alike that one is a copy of the other, or both of a third; a "not" makes another of it."""
    least = min(a.length, b.length)
    if a.negated != b.negated:
        return False
    if a.wording == b.wording:
        return least >= tables.thresholds.copy_words
    return least >= tables.thresholds.near_identical_words and likeness(a, b) >= tables.thresholds.near_identical


def alike(a: Profile, b: Profile, tables: LinkingTables) -> bool:
    """Whether two wordings share so much that two hands hardly wrote it: one was written with the other at hand."""
    least = min(a.length, b.length)
    return least >= tables.thresholds.quotation_words and likeness(a, b) >= tables.thresholds.alike


def shared_quotation(a: Profile, b: Profile, tables: LinkingTables) -> bool:
    """Whether a run of quoted words of one stands in the quoted words of the other."""
    length = tables.thresholds.quotation_words
    one, other = _quoted(a), _quoted(b)
    if len(one) < length or len(other) < length:
        return False
    return bool(runs(one, length) & runs(other, length))


def _quoted(one: Profile) -> list[str]:
    claim = one.told.claim
    if claim.attribution.quote is Quote.DIRECT:
        return folded(claim.text)
    return folded(" ".join(_QUOTED.findall(claim.text)))


def _one_publisher(a: Profile, b: Profile) -> bool:
    one, other = a.speaker, b.speaker
    if a.report == b.report:
        return True
    return bool(one.publisher) and (
        one.publisher == other.publisher or (one.family is not None and one.family == other.family)
    )


def names_the_other(a: Profile, b: Profile, tables: LinkingTables) -> bool:
    """Whether the words of one claim name the speaker of the other: two voices told in one breath, or one that rests on the other."""
    speaker, said = b.speaker, frozenset(a.wording.split())
    if speaker.body is not None and mentions(said, speaker.body, tables):
        return True
    if speaker.unsourced or speaker.described or speaker.many:
        return False
    return speaker.name <= said


def _lead_sums_up(first: Profile, second: Profile) -> bool:
    """Whether a report opens with a nameless plural, and tells below whom it means: activists, then the network they belong to."""
    start, later = first.told.claim.span.start, second.told.claim.span.start
    return first.report == second.report and first.speaker.many and start < OPENING and start < later


def _one_nameless_voice(a: Speaker, b: Speaker) -> bool:
    """Whether both are nobody in particular, or two descriptions whose word came through one agency."""
    if not (a.described and b.described):
        return False
    return (a.many and b.many) or not frozenset(a.relays).isdisjoint(b.relays)


def _asked(a: Speaker, b: Speaker) -> bool:
    """Whether an outlet's own reporter stands beside a nameless source: whom he asked is not told."""
    return a.eyewitness and b.described and b.kind not in _FIRST_HAND


def _own_voice(speaker: Speaker) -> bool:
    """Whether an outlet answers for a claim that nobody of it saw: whose word that rests on is not told."""
    return speaker.kind is SourceKind.MEDIA and not speaker.eyewitness


def _same_outlet_family(a: Speaker, b: Speaker) -> bool:
    return a.kind is b.kind is SourceKind.MEDIA and a.own_family is not None and a.own_family == b.own_family


def _undistinguished(a: Speaker, b: Speaker) -> bool:
    """A description may be of him who is named or described beside it: "a monitoring group", "the spokesman", "a statement"."""
    if a.kind in _FIRST_HAND or b.kind in _FIRST_HAND:
        return a.kind is b.kind and ((a.described and b.described) or a.many or b.many)
    return a.described or b.described
