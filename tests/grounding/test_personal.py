"""Surnames are known for what they are."""

from __future__ import annotations

from bywhom.grounding.gazetteer import Gazetteer
from bywhom.grounding.located import toponym_table
from bywhom.grounding.toponym import Toponym
from bywhom.grounding.toponyms import find_toponyms
from bywhom.records import Span

GAZETTEER = Gazetteer()
TABLE = toponym_table()


def found(text: str) -> list[Toponym]:
    return [t for t in find_toponyms(text, [Span(0, len(text))], GAZETTEER, TABLE) if not t.adjective]


def test_a_surname_is_known_further_on() -> None:
    text = "Corporal Henri Lille refused. Lille was tried in Lille."
    assert [t.mention.start for t in found(text)] == [text.rindex("Lille")]


def test_a_by_name_is_known_without_its_article() -> None:
    text = "Spain mourned. Abu Omar al-Cordoba and his son were killed. Cordoba was meeting others in Granada, Spain."
    assert [t.name for t in found(text)] == ["Spain", "Granada", "Spain"]


def test_a_town_that_begins_as_a_by_name_does_is_a_town() -> None:
    assert next(t.name for t in found("Raiders entered the town of Abu Kamal in Syria.")) == "Abu Kamal"
