"""What a statement of a party about itself does for that party: shown beside the grade, never in it."""

from __future__ import annotations

import re

from bywhom.grading.tables import GradingTables
from bywhom.records import Actor, Claim, Modality, Polarity, Quote, Role, Source
from bywhom.records.grade import Interest

_WORD = re.compile(r"[\w’'-]+")
_TURNED = {Interest.SELF_SERVING: Interest.AGAINST, Interest.AGAINST: Interest.SELF_SERVING}


def interest(claim: Claim, tables: GradingTables) -> Interest:
    """Self-serving or against its interest where a party tells of its own side; neutral for all others."""
    source = claim.attribution.source
    if source is None or source.kind.value not in tables.table.parties or claim.modality is not Modality.ACTUAL:
        return Interest.NEUTRAL
    actors = claim.event.actors
    found = {_of(actor, claim, source, tables) for actor in actors} - {Interest.NEUTRAL}
    if len(found) != 1:  # one side's gain and its loss in one breath
        return Interest.NEUTRAL
    one = found.pop()
    return _TURNED[one] if claim.polarity is Polarity.NEGATIVE else one


def _of(actor: Actor, claim: Claim, source: Source, tables: GradingTables) -> Interest:
    if not _is_self(actor, claim, source, tables):
        return Interest.NEUTRAL
    effect = tables.table.interest.get(claim.event.type.value, {}).get(actor.role.value)
    if effect and actor.role is Role.AGENT and _harms_protected(claim, tables):
        effect = "loss"
    if effect is None:
        return Interest.NEUTRAL
    return Interest.SELF_SERVING if effect == "gain" else Interest.AGAINST


def _is_self(actor: Actor, claim: Claim, source: Source, tables: GradingTables) -> bool:
    """Whether an actor is the speaker, or the speaker's side."""
    words, speaker = _folded(actor.name), _folded(source.name or "")
    if claim.attribution.quote is Quote.DIRECT and any(word in tables.table.first_person for word in words):
        return True
    sides = tables.nations_in((*words, *_folded(actor.side or "")))
    if sides:
        return bool(sides & tables.nations_in(speaker))
    return bool(words) and set(words) <= set(speaker)


def _harms_protected(claim: Claim, tables: GradingTables) -> bool:
    targets = (actor.name for actor in claim.event.actors if actor.role is Role.TARGET)
    return any(word in tables.protected for name in targets for word in _folded(name))


def _folded(name: str) -> list[str]:
    return [word.removesuffix("'s").removesuffix("’s") for word in _WORD.findall(name.casefold())]
