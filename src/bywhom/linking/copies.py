"""Copies of one wording are one report with many appearances: a few are compared with others, the rest hang on the first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bywhom.linking.profile import Profile
from bywhom.linking.tables import LinkingTables


@dataclass(frozen=True, slots=True)
class Copies:
    """Who is compared, and who is a copy of whom."""

    compared: tuple[Profile, ...]
    copied: tuple[tuple[Profile, Profile], ...]  # first appearance, copy


def fold_copies(profiles: Sequence[Profile], tables: LinkingTables) -> Copies:
    """The first appearances of each wording about one day, and the further ones beside the very first."""
    groups: dict[tuple[str, ...], list[Profile]] = defaultdict(list)
    for one in profiles:
        groups[_group(one, tables)].append(one)
    compared: list[Profile] = []
    copied: list[tuple[Profile, Profile]] = []
    for group in groups.values():
        first, *others = sorted(group, key=lambda one: one.order)
        compared += [first, *others[: tables.thresholds.copies - 1]]
        copied += [(first, one) for one in others[tables.thresholds.copies - 1 :]]
    return Copies(tuple(sorted(compared, key=lambda one: one.order)), tuple(copied))


def _group(one: Profile, tables: LinkingTables) -> tuple[str, ...]:
    """Short wordings are alike by chance, and stock phrases tell of many days: neither makes a copy."""
    if one.length < tables.thresholds.copy_words:
        return ("", one.id)
    return (one.wording, str(one.days), str(one.point))
