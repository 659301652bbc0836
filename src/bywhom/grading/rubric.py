"""The two axes of a grade, each by a list of rules of which the first that fits decides. Neither looks at the other.

The letter says what a source's judged past is worth. The digit says what stands for and against one claim, counted in
origins: forty copies are one. F and 6 mean that there is no basis; they are no low marks, and no sentence here says so. Only who asks for HR-2 has letters decide which origins are counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bywhom.grading.tables import GradingTables, Hr2, Letters
from bywhom.records import Certainty, Claim
from bywhom.records.grade import (
    Context,
    Digit,
    Grade,
    Interest,
    Letter,
    OriginGroup,
    Plausibility,
    Reliability,
    Standing,
)


class Policy(StrEnum):
    """How much it takes to call a claim confirmed."""

    STANDARD = "standard"  # one other, independent origin
    HR2 = "HR-2"  # every element told by two independent, reliable origins, and a floor of such origins in all


@dataclass(frozen=True, slots=True)
class Judged:
    """What reviewers have judged of one source: True for valid, the oldest first, one for each thing said."""

    name: str | None  # the source as shown; None where there is none to be named
    valid: tuple[bool, ...] = ()
    nobody: bool = False  # anonymous or collective: it gathers no record


# The letter ----------------------------------------------------------------------------------------------------------


def letter(judged: Judged, tables: GradingTables) -> Letter:
    """The reliability of a source from what reviewers have judged of it."""
    letters = tables.letters
    if judged.name is None:
        return Letter(Reliability.F, "R3", "Reliability has no basis: nobody is named.")
    if judged.nobody:
        return Letter(Reliability.F, "R3", "Reliability has no basis: the source is nobody in particular.")
    past = judged.valid[-letters.window :]
    count, valid = len(past), sum(past)
    if count < letters.least:
        return Letter(Reliability.F, "R1", _too_little(judged.name, count, letters), count, valid)
    value = _by_record(past, letters)
    return Letter(value, "R2", _record_in_words(judged.name, value, count, valid, letters), count, valid)


def _by_record(past: Sequence[bool], letters: Letters) -> Reliability:
    share = sum(past) / len(past)
    if len(past) >= letters.a_judged and share >= letters.a_share and all(past[-letters.a_recent :]):
        return Reliability.A
    if share >= letters.b_share:
        return Reliability.B
    if share >= letters.c_share:
        return Reliability.C
    return Reliability.D if share >= letters.d_share else Reliability.E


def _too_little(name: str, count: int, letters: Letters) -> str:
    judged = "no statement" if not count else f"only {count} statement{'s' * (count > 1)}"
    return f"Reliability has no basis yet: {judged} of {name} judged, {letters.least} are needed."


def _record_in_words(name: str, value: Reliability, count: int, valid: int, letters: Letters) -> str:
    asked = {
        Reliability.A: f"A from {letters.a_share:.0%} of {letters.a_judged} or more, the last {letters.a_recent} all valid",
        Reliability.B: f"B from {letters.b_share:.0%}",
        Reliability.C: f"C from {letters.c_share:.0%}",
        Reliability.D: f"D from {letters.d_share:.0%}",
        Reliability.E: f"E below {letters.d_share:.0%}",
    }
    return f"{valid} of {count} judged statements of {name} valid ({asked[value]})."


# The digit -----------------------------------------------------------------------------------------------------------


def digit(
    standing: Standing,
    tables: GradingTables,
    plausibility: Plausibility = Plausibility.UNKNOWN,
    policy: Policy = Policy.STANDARD,
) -> Digit:
    """The credibility of what stands so, by the first rule that fits; the list is total."""
    s, u, x = len(standing.independent), len(standing.unknown), len(standing.opposed)
    if policy is Policy.HR2 and s:
        return _under_hr2(standing, tables.table.hr2, plausibility)
    value, rule = _decide(s, u, x, plausibility, standing.context)
    return Digit(value, rule, x > 0, _in_words(rule, s, u, x, standing.context), standing, plausibility)


def _under_hr2(standing: Standing, asked: Hr2, plausibility: Plausibility) -> Digit:
    """The digit of what others bear out, where HR-2 asks more of them; the reason names those that it did not count."""
    s, u, x = len(standing.independent), len(standing.unknown), len(standing.opposed)
    lacking = lacks(standing, asked)
    value, rule = _decide(0 if lacking else s, u + s if lacking else u, x, plausibility, standing.context)
    why = _in_words(rule, s, u, x, standing.context)
    if lacking:
        why = f"{'Contested, and not' if x else 'Not'} confirmed by HR-2: {lacking}."
    return Digit(value, rule, x > 0, why + _uncounted(standing, asked), standing, plausibility)


def _decide(s: int, u: int, x: int, plausibility: Plausibility, context: Context) -> tuple[int, str]:
    illogical = plausibility is Plausibility.ILLOGICAL
    if x == 0 and s >= 1 and not illogical:
        return 1, "D1"
    if x >= 1 and s >= 1:
        return 3, "D2"
    if x >= 1 and illogical:
        return 5, "D3"
    if x >= 1:
        return 4, "D4"
    if illogical:
        return 4, "D5"
    if u >= 1:
        return 2, "D6"
    if context is Context.FULLY and plausibility is Plausibility.LOGICAL:
        return 2, "D7"
    # What fits altogether fits in part, too: where nobody has judged it logical, it stays here.
    if context in (Context.PARTLY, Context.FULLY):
        return 3, "D8"
    return 6, "D9"


def _in_words(rule: str, s: int, u: int, x: int, context: Context) -> str:
    agree = f"{_origins(s)}, independent of this one, {_says(s)} the same"
    oppose = f"{_origins(x)} {_says(x)} otherwise"
    sentences = {
        "D1": f"Confirmed: {agree}, and none says otherwise.",
        "D2": f"Contested: {agree}, and {oppose}.",
        "D3": f"Contested: {oppose}, nobody independent agrees, and a reviewer finds it illogical.",
        "D4": f"Contested: {oppose}, and nobody independent agrees.",
        "D5": "Not confirmed: a reviewer finds it illogical.",
        "D6": f"Not confirmed: {_origins(u)} {_says(u)} the same; whether independently, the texts do not tell.",
        "D7": f"Not confirmed: what else is known of the subject is {context.value}, and a reviewer finds it logical.",
        "D8": f"Not confirmed: what else is known of the subject is {context.value}.",
        "D9": "Credibility has no basis: there is nothing to compare it with.",
    }
    return sentences[rule]


def _origins(count: int) -> str:
    return "1 other origin" if count == 1 else f"{count} other origins"


def _says(count: int) -> str:
    return "says" if count == 1 else "say"


def lacks(standing: Standing, asked: Hr2) -> str:
    """What a claim lacks for HR-2, in words; empty where it lacks nothing."""
    groups = [one for one in standing.independent if is_reliable(one, asked)]
    own = int(is_reliable(standing.own, asked))
    thin = [one for one in standing.elements if own + sum(one in group.backs for group in groups) < asked.each_element]
    parts = [f"{', '.join(thin)} not told by {asked.each_element} reliable origins"] if thin else []
    if own + len(groups) < asked.origins:
        parts.append(f"{own + len(groups)} of {asked.origins} reliable origins")
    return "; ".join(parts)


def is_reliable(one: OriginGroup, asked: Hr2) -> bool:
    """Whether the letter of an origin suffices for HR-2; what has no basis does not."""
    letter = one.reliability or Reliability.F
    return letter is not Reliability.F and letter.value <= asked.reliability.value


def _uncounted(standing: Standing, asked: Hr2) -> str:
    """Which origins HR-2 did not count and why, as a sentence more; empty where all count."""
    left = [one for one in (standing.own, *standing.independent) if not is_reliable(one, asked)]
    named = ", ".join(f"{_whose(one, standing)} ({_letter_in_words(one)})" for one in left)
    return f" Reliable is {_from(asked.reliability)}; not counted: {named}." if left else ""


def _whose(one: OriginGroup, standing: Standing) -> str:
    name = one.origin or "somebody unnamed"
    return f"{name}, whose claim it is" if one is standing.own else name


def _letter_in_words(one: OriginGroup) -> str:
    letter = one.reliability or Reliability.F
    return "F, no basis" if letter is Reliability.F else letter.value


def _from(least: Reliability) -> str:
    return least.value if least is Reliability.A else f"A to {least.value}"


# Both ----------------------------------------------------------------------------------------------------------------


def grade(claim: Claim, source: Letter, publisher: Letter, found: Digit, interest: Interest) -> Grade:
    """Both axes beside each other; nothing of one goes into the other."""
    return Grade(claim.id, source, publisher, found, interest, flags(claim))


def flags(claim: Claim) -> tuple[str, ...]:
    """What qualifies the words of a claim; a hedge is not credibility, and changes no digit."""
    marks = ("distanced" if claim.distanced else "", "hedged" if claim.certainty is Certainty.POSSIBLE else "")
    return tuple(mark for mark in marks if mark)


def overruled_letter(found: Letter, value: Reliability, by: str, reason: str) -> Letter:
    """The letter as a reviewer sets it; what the record gives stays visible."""
    return replace(
        found, value=value, rule="R4", why=_set_by(found.value, found.why, by, reason), by=by, machine=found.value
    )


def overruled_digit(found: Digit, value: int, by: str, reason: str) -> Digit:
    """The digit as a reviewer sets it; what the rules give stays visible."""
    why = _set_by(str(found.value), found.why, by, reason)
    return replace(found, value=value, rule="reviewer", why=why, by=by, machine=found.value)


def _set_by(machine: str, why: str, by: str, reason: str) -> str:
    return f"Set by {by}: {reason.rstrip('.')}. By rule {machine}: {why}"


def appearances(group: OriginGroup) -> str:
    """How often an origin is heard, in words: "one appearance", "40 appearances"."""
    return "1 appearance" if group.claims == 1 else f"{group.claims:,} appearances"
