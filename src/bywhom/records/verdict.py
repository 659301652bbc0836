"""What a person decided: an act that is appended, signed, given a reason, and undone only by another act."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """What a reviewer does."""

    CONFIRM = "confirm"
    REJECT = "reject"
    SET = "set"  # puts `value` in the place of what was read
    UNDO = "undo"  # takes the act `undoes` back


class SubjectKind(StrEnum):
    """What a verdict is about."""

    CLAIM = "claim"
    LINK = "link"  # two claims, and what one is to the other
    SITUATION = "situation"  # two claims, and whether they tell of one situation
    SOURCE = "source"  # by the key of its name
    ENTITY = "entity"  # two mentions or names, and whether they are one entity


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """What a verdict is about, by ids that no new reading changes."""

    kind: SubjectKind
    ids: tuple[str, ...]  # of a link or a situation the two claims, the smaller first

    @property
    def key(self) -> str:
        """The subject in one string: "link 0a1b… 2c3d…"."""
        return " ".join((self.kind.value, *self.ids))

    @classmethod
    def claim(cls, claim_id: str) -> Subject:
        return cls(SubjectKind.CLAIM, (claim_id,))

    @classmethod
    def link(cls, a: str, b: str) -> Subject:
        return cls(SubjectKind.LINK, tuple(sorted((a, b))))

    @classmethod
    def situation(cls, a: str, b: str) -> Subject:
        return cls(SubjectKind.SITUATION, tuple(sorted((a, b))))

    @classmethod
    def source(cls, key: str) -> Subject:
        return cls(SubjectKind.SOURCE, (key,))

    @classmethod
    def entity(cls, *ids: str) -> Subject:
        return cls(SubjectKind.ENTITY, tuple(sorted(ids)))


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words that a verdict on a claim is about: they lead to the claim that a later reading cuts out of them."""

    claim: str
    document_id: str
    text_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """One act of one person."""

    subject: Subject
    field: str  # reading, source, place, relation, reliability, credibility, plausibility, valid, …
    act: Act
    by: str
    reason: str
    value: str | None = None  # what SET puts there; None blanks the field
    at: str = ""  # UTC, ISO 8601; the ledger fills it in
    seq: int = 0  # its place in the log; the ledger fills it in
    undoes: int | None = None
    anchors: tuple[Anchor, ...] = ()
