"""Which numbers answer one question, and when they cannot both be right."""

from __future__ import annotations

from dataclasses import replace

import pytest
from telling import tell  # type: ignore[import-not-found]

from bywhom.linking import LinkingTables
from bywhom.linking.counts import clash, parts, tolls_apart
from bywhom.linking.profile import days_of, profile
from bywhom.records import Mention

Counts = tuple[tuple[float | None, float | None, str], ...]


@pytest.mark.parametrize(
    ("one", "other", "clashes"),
    [
        (((9, 9, "people killed"),), ((12, 12, "people killed"),), True),
        (((9, None, "people killed"),), ((12, 12, "people killed"),), False),
        (((None, 9, "people killed"),), ((12, None, "people killed"),), True),
        (((9, 9, "people killed"),), ((12, 12, "people wounded"),), False),
        (((9, 9, "soldiers killed"),), ((12, 12, "civilians killed"),), False),
        # One report's civilians may be some of the other's people, but not more of them.
        (((9, 9, "civilians killed"),), ((12, 12, "people killed"),), False),
        (((12, 12, "civilians killed"),), ((9, 9, "people killed"),), True),
        (((3, 3, "guerrillas killed"),), ((13, 13, "soldiers killed"),), False),  # each side has its own dead
        (((9, 9, "people killed"), (4, 4, "civilians killed")), ((9, 9, "people killed"),), False),
        (((40, 40, "kilometres"),), ((9, 9, "kilometres"),), False),  # a distance is no answer to another
        (((3, 3, ""),), ((4, 4, ""),), False),
    ],
)
def test_clash(one: Counts, other: Counts, *, clashes: bool, tables: LinkingTables) -> None:
    a = profile(tell("The blast.", "A", counts=one), tables)
    b = profile(tell("The blast.", "B", report="r2", counts=other), tables)
    assert bool(clash(a, b, tables)) == clashes
    assert bool(clash(b, a, tables)) == clashes


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (((1, 1, "killed"), (14, 14, "others wounded")), ((1, 1, "killed"), (13, 13, "others wounded")), True),
        (((1, 1, "killed"), (14, 14, "others wounded")), ((1, 1, "killed"),), False),
        (((9, 9, "people"),), ((12, 12, "people killed"),), True),  # what befell the nine is not said
        (((16, 16, "barges"),), ((3, 3, "locks"),), False),
        (((9, 9, "children killed"),), ((36, 36, "people killed"), (9, 9, "children killed")), False),
        (((9, 9, "children killed"),), ((36, 36, "people killed"),), True),
        (((9, None, "people killed"),), ((12, 12, "people killed"),), False),
    ],
)
def test_tolls_apart(one: Counts, other: Counts, *, apart: bool, tables: LinkingTables) -> None:
    a = profile(tell("The blast.", "A", counts=one), tables)
    b = profile(tell("The blast.", "B", report="r2", counts=other), tables)
    assert tolls_apart(a, b, tables) == tolls_apart(b, a, tables) == apart


@pytest.mark.parametrize(
    ("text", "counts", "part"),
    [
        (
            "one killed and 14 others wounded",
            ((1, 1, "killed"), (14, 14, "others wounded")),
            False,
        ),  # other than the dead
        ("nine wounded and then 14 others wounded", ((9, 9, "wounded"), (14, 14, "others wounded")), True),
        ("14 others wounded", ((14, 14, "wounded"),), True),
        ("14 of them wounded", ((14, 14, "wounded"),), True),
        ("most of the victims - 14 - died", ((14, 14, "died"),), True),
        ("among the dead were 14 killed", ((14, 14, "killed"),), True),
        ("nine of the dead fell at Hooge, where 14 others were wounded", ((9, 9, "dead"), (14, 14, "wounded")), True),
        ("14 died", ((14, 14, "died"),), False),
    ],
)
def test_who_is_counted_besides(text: str, counts: Counts, *, part: bool, tables: LinkingTables) -> None:
    told = tell(text, "A", counts=counts)
    numbers = [
        replace(one, mention=Mention(0, 0, word))
        for one, word in zip(told.claim.quantities, _numbers(text), strict=True)
    ]
    found = profile(replace(told, claim=replace(told.claim, quantities=tuple(numbers))), tables)
    assert found.counts[-1].part is part


def _numbers(text: str) -> list[str]:
    return [word for word in text.split() if word in ("one", "nine", "14")]


def test_parts_are_counted_among_all(tables: LinkingTables) -> None:
    some = profile(tell("Children died.", counts=((3, 3, "children killed"),)), tables)
    every = profile(tell("People died.", report="r2", counts=((9, 9, "people killed"),)), tables)
    assert parts(some, every, tables)
    assert not parts(every, some, tables)


@pytest.mark.parametrize(
    ("value", "length"),
    [
        ("1917-06-07", 1),
        ("1917-06", 30),
        ("1917", 365),
        ("1917-06-07/1917-06-09", 3),
        ("XXXX-06-07", None),
        ("1917-06-31", None),
        ("1917/..", None),
    ],
)
def test_days_of(value: str, length: int | None) -> None:
    days = days_of(value)
    assert (days[1] - days[0] + 1 if days else None) == length
