"""What the words around a name say of its kind, its region and how far it is."""

from __future__ import annotations

import pytest

from bywhom.grounding.around import Unit
from bywhom.grounding.gazetteer import Gazetteer
from bywhom.grounding.located import toponym_table
from bywhom.grounding.toponym import Toponym
from bywhom.grounding.toponyms import find_toponyms
from bywhom.records import PlaceRelation, Span

GAZETTEER = Gazetteer()
TABLE = toponym_table()


def found(text: str) -> list[Toponym]:
    return [t for t in find_toponyms(text, [Span(0, len(text))], GAZETTEER, TABLE) if not t.adjective]


@pytest.mark.parametrize(
    ("text", "unit", "within"),
    [
        ("Clashes in Homs province went on.", Unit.REGION, None),
        ("Clashes in the province of Teruel went on.", Unit.REGION, None),
        ("Clashes in the Teruel district went on.", Unit.DISTRICT, None),
        ("A raid on the village of Belchite was repelled.", Unit.SETTLEMENT, None),
        ("A raid on Belchite, Aragon, was repelled.", None, "Aragon"),
        ("A raid on Belchite (Spain) was repelled.", None, "Spain"),
        (
            "A raid on Belchite, Zaragoza, and Huesca was repelled.",
            None,
            None,
        ),  # a list, though Zaragoza is a province too
        ("A raid on Belchite, a town in the Aragon region, was repelled.", Unit.SETTLEMENT, "Aragon"),
        ("Fire in the Gràcia neighbourhood of Barcelona.", Unit.QUARTER, "Barcelona"),
        ("Fire in the Gràcia district of the province of Barcelona.", Unit.DISTRICT, None),  # no part of the town
        ("A raid on Albacete, Zaragoza and Huesca was repelled.", None, None),
        ("A raid on Greer, South Carolina, was repelled.", None, "South Carolina"),
        ("A raid on Greer, northern Aragon, was repelled.", None, "Aragon"),
        ("The villages of Xorlan and Yorlan fell.", Unit.SETTLEMENT, None),
    ],
)
def test_unit_and_region_stated(text: str, unit: Unit | None, within: str | None) -> None:
    first = found(text)[0]
    assert (first.unit, first.within.name if first.within else None) == (unit, within)


@pytest.mark.parametrize(
    ("text", "relation", "at_least", "at_most"),
    [
        ("They fought in Teruel.", PlaceRelation.IN, 0, 0),
        ("They fought near Teruel.", PlaceRelation.NEAR, 10, 30),
        ("They fought 15 km north of Teruel.", PlaceRelation.NEAR, 15, 15),
        ("They fought 40 miles from Teruel.", PlaceRelation.NEAR, 64, 64),
        ("They fought between Teruel and Cuenca.", PlaceRelation.BETWEEN, 20, 40),
        ("They fought on the outskirts of Teruel.", PlaceRelation.NEAR, 10, 20),
        ("They retreated from Teruel.", PlaceRelation.FROM, 0, 0),
    ],
)
def test_relation_widens(text: str, relation: PlaceRelation, at_least: float, at_most: float) -> None:
    first = found(text)[0]
    assert first.relation is relation
    assert at_least <= first.widen_km <= at_most
