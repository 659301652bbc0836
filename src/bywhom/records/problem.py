"""What was wrong with a document, and what a stage found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from bywhom.records.span import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of one document, kept in the ledger beside what could be read of it."""

    stage: str  # intake, archive, cleaning, attribution, claims, grounding, ledger
    message: str  # one sentence: the thing, the value seen
    remedy: str = ""  # what the user can do about it, or empty
    where: str = ""  # path, URL or part of a container ("feed.xml entry 3")
    document_id: str | None = None  # None where not even the bytes could be had
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What a stage found, in text order, and what was wrong on the way."""

    items: tuple[T, ...] = ()
    problems: tuple[Problem, ...] = ()
