"""Names that a report says are one place's: "X, also known as Y", "X (Y in Russian)"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from bywhom.grounding.toponymtable import ToponymTable
from bywhom.prose.patterns import one_of
from bywhom.records import Span


def stated_aliases(text: str, spans: Iterable[Span], table: ToponymTable) -> tuple[tuple[str, str], ...]:
    """Pairs of names that the text says are one place's: "X, also known as Y", "X (Y in Russian)"."""
    pattern = _alias_pattern(table.alias_joints, table.languages)
    pairs: list[tuple[str, str]] = []
    for span in spans:
        pairs += ((m["a"], m["b"] or m["c"]) for m in pattern.finditer(text, span.start, span.end))
    return tuple(pairs)


_NAME = r"[A-Z\u0400-\u042f][\w’'-]*(?:[ -][A-Z\u0400-\u042f][\w’'-]*){0,2}"


@lru_cache(maxsize=4)
def _alias_pattern(alias_joints: tuple[str, ...], languages: tuple[str, ...]) -> re.Pattern[str]:
    joints = one_of(alias_joints)
    spoken = "|".join(languages)
    return re.compile(
        rf"(?<!\w)(?P<a>{_NAME})(?:,? \(|, | )"
        rf"(?:(?:{joints}) [“\"‘']?(?P<b>{_NAME})|[“\"‘']?(?P<c>{_NAME})[”\"’']? in (?:{spoken}))"
    )
