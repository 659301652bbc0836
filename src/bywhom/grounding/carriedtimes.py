"""Whether the day of the story is the day of a claim: what speaks for it and against it, weighed.

A report that names its day in the first sentences goes on with events of that day, with what holds for years, with what people think,
and with older events. No rule parts them; the tense, the event and the form of speech do so together. The weights of
data/weights/days.yaml are set by `bench/fit_days.py` on annotated texts. A day that is hardly ever right is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bywhom import lexicons
from bywhom.grounding.heard import UNHEARD, Heard
from bywhom.grounding.tense import first_tense, tense_at, verbs_of
from bywhom.grounding.timerules import TimeRules
from bywhom.records import Claim, EventType, Leads, Mention

# Events that happen on a day. A speech, a mood, a lasting state is told of beside them without a day of its own.
DATED = frozenset(
    (EventType.ATTACK, EventType.CASUALTY, EventType.DESTROY, EventType.SEIZE, EventType.ENCIRCLE, EventType.BREAKOUT,
     EventType.SABOTAGE, EventType.AID, EventType.SURRENDER, EventType.WITHDRAW, EventType.DETAIN, EventType.REFUSE,
     EventType.DESERT)
)  # fmt: skip
_OPENERS = frozenset("which who that where when as after and but while to".split())


@dataclass(frozen=True, slots=True)
class CarriedTable:
    """data/weights/days.yaml: from which log-odds a day is carried; and trait -> its value -> the weight of it."""

    bar: float
    base: float
    weights: dict[str, dict[str, float]]
    seen: Heard = UNHEARD  # `lead` is for the day


@lru_cache(maxsize=1)
def carried_table() -> CarriedTable:
    """The shipped table."""
    table: CarriedTable = lexicons.load("weights/days", CarriedTable)
    return table


def is_carried(claim: Claim, text: str, opens: bool, rules: TimeRules, table: CarriedTable, told: float = 0.0) -> bool:
    """Whether the day of the story may well be the claim's.

    `opens`: the claim begins a sentence of `text`; `told`: what a trained reader says for it (`told_of`).
    """
    seen = traits(claim, text, opens, rules)
    odds = table.base + sum(table.weights.get(trait, {}).get(value, 0.0) for trait, value in seen.items())
    return odds + told >= table.bar


def told_of(day: Mention, seen: Leads | None, table: Heard) -> float:
    """What a trained reader says for the day that some words name, in log-odds; nought where it has not looked."""
    if seen is None:
        return 0.0
    return table.weight(seen.of(day.span)) - table.weight(seen.none) + table.lead


def traits(claim: Claim, text: str, opens: bool, rules: TimeRules) -> dict[str, str]:
    """What is to be seen of a claim that tells whether it goes on with the story: trait -> value."""
    words, trigger = claim.span.of(text), claim.event.trigger
    verbs = verbs_of(words)
    tense = tense_at(verbs, trigger.start - claim.span.start) if trigger else "none"
    return {
        "certainty": claim.certainty,
        "event": claim.event.type,
        "first tense": first_tense(verbs),
        "kind and tense": f"{'dated' if claim.event.type in DATED else 'undated'}, {tense}",
        "modality": claim.modality,
        "opens": "sentence" if opens else _opener(words),
        "quote": claim.attribution.quote,
        "standing": "yes" if rules.claims.standing.search(words) else "no",
        "trigger": "none" if trigger is None else "faint" if claim.event.faint else "clear",
    }


def _opener(words: str) -> str:
    """The kind of the first word of a claim that goes on with a sentence."""
    found = re.match(r"\W*([^\W\d_]+)", words)
    word = found[1].lower() if found else ""
    if word in _OPENERS:
        return word
    return "participle" if word.endswith(("ing", "ed")) else "other"
