"""Situations: what the claims about one event come to together."""

from __future__ import annotations

from telling import VERDUN, tell  # type: ignore[import-not-found]

from bywhom.linking import LinkingTables, relate, situations
from bywhom.records import Situation, Told

BLAST = "firedamp blast in the Marie-Louise pit at Courrielles"
ITEMS = [
    tell(f"The {BLAST} killed 14 miners", "Engineer Baudouin", event="casualty", counts=((14, 14, "people killed"),)),
    tell(
        f"More than 20 died in the {BLAST}",
        "Canon Thiry",
        report="r2",
        published="1917-06-08",
        event="casualty",
        counts=((20, None, "people killed"),),
    ),
    tell(
        f"The {BLAST} cost 14 lives",
        report="r3",
        published="1917-06-09",
        event="casualty",
        counts=((14, 14, "people killed"),),
    ),
    tell("Dragoons held a parade for the prefect", report="r4", event="other", place=VERDUN),
]


def seen(items: list[Told], tables: LinkingTables) -> tuple[Situation, ...]:
    return situations(items, relate(items, tables=tables).items, tables=tables)


def test_one_event_with_its_place_its_days_and_its_range_by_side(tables: LinkingTables) -> None:
    (one,) = seen(ITEMS, tables)
    assert set(one.claims) == {item.claim.id for item in ITEMS[:3]}
    assert (one.place, one.first, one.last) == ("Ypres", "1917-06-07", "1917-06-07")
    assert not one.lasting
    said = {(range_.side, range_.unit): (range_.low, range_.high) for range_ in one.ranges}
    wanted = {"Engineer Baudouin": (14, 14), "Canon Thiry": (20, None), None: (14, 14)}
    assert {side: said[side, "people killed"] for side in wanted} == wanted
    assert [step.claim for step in one.timeline] == list(one.claims)


def test_what_is_counted_is_told_in_the_plural(tables: LinkingTables) -> None:
    ask = ((300, 300, "soldiers"), (12, 12, "guns destroyed"), (3, 3, "men wounded"))
    items = [
        tell(f"The {BLAST} hit the dragoons", "Colonel Martens", report=report, counts=ask) for report in ("r1", "r2")
    ]
    (one,) = seen(items, tables)
    assert {each.unit for each in one.ranges} == {"soldiers", "guns destroyed", "people wounded"}


def test_a_siege_lasts(tables: LinkingTables) -> None:
    siege = "The garrison of fort Sainte-Barbe is cut off by Uhlan regiments"
    items = [tell(siege, "Colonel Martens", event="encircle"), tell(siege, report="r2", event="encircle")]
    assert [one.lasting for one in seen(items, tables)] == [True]


def test_the_order_of_claims_changes_nothing(tables: LinkingTables) -> None:
    shuffled = list(reversed(ITEMS))
    assert seen(shuffled, tables) == seen(ITEMS, tables)


def test_no_claims_no_situations(tables: LinkingTables) -> None:
    assert situations([], [], tables=tables) == ()
