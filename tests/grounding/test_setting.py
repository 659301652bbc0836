"""What a name does in its sentence: a table for a linguist to argue with."""

from __future__ import annotations

import pytest

from bywhom.grounding.gazetteer import Gazetteer
from bywhom.grounding.located import toponym_table
from bywhom.grounding.setting import Setting
from bywhom.grounding.toponym import Toponym
from bywhom.grounding.toponyms import find_toponyms
from bywhom.records import Span

GAZETTEER = Gazetteer()
TABLE = toponym_table()


def found(text: str) -> list[Toponym]:
    return [t for t in find_toponyms(text, [Span(0, len(text))], GAZETTEER, TABLE) if not t.adjective]


@pytest.mark.parametrize(
    ("text", "name", "setting"),
    [
        ("Madrid said it had sent no troops.", "Madrid", Setting.GOVERNMENT),
        ("The blockade imposed by London held.", "London", Setting.GOVERNMENT),
        ("Rome’s forces advanced.", "Rome", Setting.GOVERNMENT),
        ("The shells fell on a market in Madrid.", "Madrid", Setting.EVENT),
        ("The siege of Madrid went on.", "Madrid", Setting.EVENT),
        ("They bombed Madrid.", "Madrid", Setting.EVENT),
        ("He served at Madrid’s foreign office.", "Madrid", Setting.GOVERNMENT),
        ("A source in Toulouse told us so.", "Toulouse", Setting.ORIGIN),
        ("The leadership in Toulouse wavered.", "Toulouse", Setting.ORIGIN),
        ("Deserters from Toulouse were shot.", "Toulouse", Setting.EVENT),
        ("Conscripts from Toulouse were shot.", "Toulouse", Setting.ORIGIN),
        ("The residents of Toulouse fled.", "Toulouse", Setting.ORIGIN),
        ("The withdrawal of soldiers from Toulouse began.", "Toulouse", Setting.EVENT),
        ("It would be another Madrid.", "Madrid", Setting.BODY),
        ("The minister told reporters in Lyon that all was calm.", "Lyon", Setting.SPEECH),
        ("In Toulouse it was reported that all was calm.", "Toulouse", Setting.SPEECH),
        ("The widow told the Aragon Herald in Toulouse that all was calm.", "Toulouse", Setting.SPEECH),
        ("A guard spoke to the Gazette of Aragon in Toulouse.", "Toulouse", Setting.SPEECH),
        ("A guard spoke to the Gazette of Aragon in Toulouse.", "Aragon", Setting.BODY),
        ("A guard went to the villages of Aragon in May.", "Aragon", Setting.EVENT),
        ("A guard who fled to Toulouse told us what he saw.", "Toulouse", Setting.SPEECH),
        ("The clerk crossed the border at Hendaye and was interviewed by a paper.", "Hendaye", Setting.SPEECH),
        ("The clerk fled to Toulouse. He told us what he saw.", "Toulouse", Setting.EVENT),
        ("The army crossed the river at Toulouse and took the bridge.", "Toulouse", Setting.EVENT),
        ("It is about the upcoming visit to Toulouse.", "Toulouse", Setting.MEETING),
        ("They pointed the finger at Madrid.", "Madrid", Setting.GOVERNMENT),
        ("They lay in the Verdun barracks in Lyon.", "Verdun", Setting.BODY),
        ("Votes were cast in breakaway Somaliland.", "Somaliland", Setting.EVENT),
        ("Votes were cast in Carlist-held Somaliland.", "Somaliland", Setting.EVENT),
        ("Somaliland rejected the plan.", "Somaliland", Setting.GOVERNMENT),
        ("A bomb went off in Somaliland.", "Somaliland", Setting.EVENT),
    ],
)
def test_setting(text: str, name: str, setting: Setting) -> None:
    assert [(t.name, t.setting) for t in found(text) if t.name == name] == [(name, setting)]
