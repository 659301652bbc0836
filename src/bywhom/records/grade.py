"""How good a claim is: the Admiralty grade on two axes, with everything that gave it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bywhom.records.relation import Independence


class Reliability(StrEnum):
    """What the judged past of a source is worth; F is no basis, and says nothing against anybody."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Plausibility(StrEnum):
    """What a reviewer makes of a claim taken by itself."""

    LOGICAL = "logical"
    REASONABLE = "reasonable"
    ILLOGICAL = "illogical"
    UNKNOWN = "unknown"


class Interest(StrEnum):
    """What a statement of a party about itself does for it: shown beside the grade, never in it."""

    SELF_SERVING = "self-serving"
    AGAINST = "against-interest"
    NEUTRAL = "neutral"


class Context(StrEnum):
    """What else the ledger holds on the subject of a claim, other than this very proposition."""

    NONE = "none"
    AT_ODDS = "at odds"
    PARTLY = "partly consistent"
    FULLY = "fully consistent"


@dataclass(frozen=True, slots=True)
class OriginGroup:
    """Claims that rest on one word: one report with many appearances, as far as origins go."""

    id: str  # the least claim id in it
    origin: str | None  # who stands at the end of the chain; None where nobody can tell
    independence: Independence = Independence.DEPENDENT  # of the group that is graded
    claims: int = 1  # its appearances
    backs: tuple[str, ...] = ()  # the elements of the graded claim that this group tells too, sorted
    reliability: Reliability | None = None  # the letter of who answers for it, where a policy asks for it


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands for and against the claims of one origin group, by origin: all that their digit rests on."""

    own: OriginGroup
    agreeing: tuple[OriginGroup, ...] = ()  # of other origins, or of origins that may be others
    opposed: tuple[OriginGroup, ...] = ()
    context: Context = Context.NONE
    elements: tuple[str, ...] = ()  # what the claim states: event, actors, place, time, quantities

    @property
    def groups(self) -> tuple[OriginGroup, ...]:
        """All of them, its own first."""
        return (self.own, *self.agreeing, *self.opposed)

    @property
    def independent(self) -> tuple[OriginGroup, ...]:
        return tuple(one for one in self.agreeing if one.independence is Independence.INDEPENDENT)

    @property
    def unknown(self) -> tuple[OriginGroup, ...]:
        return tuple(one for one in self.agreeing if one.independence is not Independence.INDEPENDENT)


@dataclass(frozen=True, slots=True)
class Letter:
    """The reliability of one source, the rule and the counts that gave it."""

    value: Reliability
    rule: str  # R1 too little judged, R2 judged past, R3 nobody in particular, R4 a reviewer
    why: str
    judged: int = 0
    valid: int = 0
    by: str | None = None  # the reviewer who set it
    machine: Reliability | None = None  # what the counts give, where a reviewer says otherwise


@dataclass(frozen=True, slots=True)
class Digit:
    """The credibility of one proposition as one origin tells it, the rule and the groups that gave it."""

    value: int  # 1 to 6
    rule: str  # D1 to D9, or "reviewer"
    contested: bool
    why: str
    standing: Standing
    plausibility: Plausibility = Plausibility.UNKNOWN
    by: str | None = None
    machine: int | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """Both axes of one claim, never combined; interest and flags stand beside them."""

    claim: str
    source: Letter
    publisher: Letter
    digit: Digit
    interest: Interest = Interest.NEUTRAL
    flags: tuple[str, ...] = ()  # distanced, hedged: they qualify the words, not their credibility

    @property
    def reliability(self) -> Reliability:
        return self.source.value

    @property
    def credibility(self) -> int:
        return self.digit.value

    @property
    def contested(self) -> bool:
        return self.digit.contested

    @property
    def rule(self) -> str:
        return self.digit.rule

    @property
    def why(self) -> str:
        """The grade in words: what the letter rests on, then what the digit rests on."""
        return f"{self.source.why} {self.digit.why}"

    def __str__(self) -> str:
        return f"{self.reliability}{self.credibility}"
