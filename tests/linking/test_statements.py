"""One speaker in several statements."""

from __future__ import annotations

from dataclasses import replace

import pytest
from telling import tell  # type: ignore[import-not-found]

from bywhom.linking import LinkingTables
from bywhom.linking.profile import profile
from bywhom.linking.statements import statements
from bywhom.records import Told

BREAD = tell("the depot at Ypres ran out of bread", "Armand Delcour")
GUNS = tell("the guns were moved at night", "Armand Delcour", start=200)
RAIN = tell("rain had washed the road away", "Delcour", start=400)
LETTER = tell("the letters were opened by the censor", "Prefect Armand Delcour", report="r2")
HORSES = tell("the horses had been sold", "Armand Delcour", report="r2", start=300)
MULES = tell("the mules had been sold too", "Abbess Odile", report="r3")
MANY = tell("the mules were gone", "residents", report="r3", start=100)


def tied(items: list[Told], tables: LinkingTables, fresh: frozenset[str] | None = None) -> set[tuple[str, str]]:
    found = statements([profile(item, tables) for item in items], tables, fresh)
    return {(one.a, one.b) for one in found}


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([BREAD, GUNS], {("r1-000000", "r1-000200")}),  # two statements in one report
        ([BREAD, LETTER], {("r1-000000", "r2-000000")}),
        # A later statement is tied to the first of either report, not to every other one.
        ([BREAD, GUNS, LETTER, HORSES], {
            ("r1-000000", "r1-000200"), ("r1-000000", "r2-000000"), ("r1-000000", "r2-000300"),
            ("r1-000200", "r2-000000"), ("r2-000000", "r2-000300"),
        }),
        ([GUNS, RAIN], {("r1-000200", "r1-000400")}),  # the surname alone
        ([BREAD, MULES], set()),
        ([MANY, tell("the mules were gone", "residents", report="r4")], set()),  # nobody in particular
    ],
)  # fmt: skip
def test_what_is_tied(items: list[Told], expected: set[tuple[str, str]], tables: LinkingTables) -> None:
    assert tied(items, tables) == expected
    assert tied(items[::-1], tables) == expected


def test_clauses_of_one_attribution_are_one_statement(tables: LinkingTables) -> None:
    clause = tell("the gunners had gone home", "Armand Delcour", start=40)
    joined = replace(clause, claim=replace(clause.claim, attribution=BREAD.claim.attribution))
    assert tied([BREAD, joined], tables) == set()


def test_of_new_claims_only(tables: LinkingTables) -> None:
    assert tied([BREAD, LETTER], tables, frozenset()) == set()
    assert tied([BREAD, LETTER], tables, frozenset([LETTER.claim.id])) == {("r1-000000", "r2-000000")}


def test_a_speaker_quoted_everywhere_is_tied_to_what_lies_near_in_time(tables: LinkingTables) -> None:
    days = [f"{1900 + year}-01-{day:02}" for year in range(10) for day in range(1, 11)]
    items = [
        tell(f"barge {at} went down", "Armand Delcour", report=f"r{at:03}", day=day) for at, day in enumerate(days)
    ]
    found = tied(items, tables)
    reach = tables.thresholds.statements
    assert ("r000-000000", f"r{reach:03}-000000") in found
    assert ("r000-000000", f"r{reach + 1:03}-000000") not in found
