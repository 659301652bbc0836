"""In which role a noun phrase speaks."""

from __future__ import annotations

import pytest
from attribution_pages import line_of  # type: ignore[import-not-found]

from bywhom.attribution.naming import read_phrase
from bywhom.attribution.people import named_people
from bywhom.attribution.phrases import Phrase, phrase_after


def kind_of(words: str) -> str | None:
    line = line_of(words)
    kind = read_phrase(line, Phrase(0, len(line))).kind
    return kind and kind.value


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        # ranks and commands are of whichever side is named, and an office outranks them
        ("General Jan Varga", "military"),
        ("rebel commander Jan Varga", "combatant"),
        ("the commander of the national police", "official"),
        ("Interior Minister General Anna Osei", "official"),
        ("the chief of police General Jan Varga", "official"),
        ("the chief of staff of the armed forces", "military"),
        ("the president's chief of staff", "official"),
        ("Jan Varga, commander of the Iron Wolf private military company", "combatant"),
        # who studies war speaks as one who does, whatever he was before
        ("Colonel Jan Varga, a military analyst", "expert"),
        ("Anna Kolb, a fellow at the Centre for Military Studies in Oslo", "expert"),
        # somebody without a role is of his body
        ("Anna Kolb, of the Relief Society", "organisation"),
        ("Anna Kolb of the Arvale Institute", "expert"),
        ("Anna Kolb of Arvale", None),
        ("Anna Kolb, who runs the Arvale Observatory", "organisation"),
        ("Anna Kolb, who served as head of the army", "military"),
        # presidents are of a state or of what they preside over
        ("President Anna Kolb", "official"),
        ("president of the Relief Federation Anna Kolb", "organisation"),
        ("the president of the Peruvian Federation", "official"),
        # papers are whose they are
        ("UN figures", "organisation"),
        ("a police report issued today", "official"),
        ("a report from the authorities", "official"),
        ("a report", "anonymous"),
        ("a government document", "document"),
        # sources speak for whom they sit with
        ("a military source", "military"),
        ("a source in the defence ministry", "military"),
        ("a source at the Arvale Port", "official"),
        ("a source in Arvale", "anonymous"),
        # groups that bear arms, and whoever was called up
        ("the Wolves of the Reed, an insurgent group", "combatant"),
        ("the armed movement", "combatant"),
        ("the rebel coalition", "combatant"),
        ("the opposition coalition", "organisation"),
        ("a monitoring group", "organisation"),
        ("a mobilised miner", "combatant"),
        ("a miner", "witness"),
        ("a gang boss", "combatant"),
        ("two machine-gunners", "combatant"),
        ("a drone operator", "combatant"),
        ("a prisoner of war", "combatant"),
        # agencies and services are whose they are; only news agencies are outlets
        ("the UN migration agency", "organisation"),
        ("the domestic intelligence agency", "military"),
        ("the state border guard service", "military"),
        ("the agency", "media"),
        ("a negotiator", "official"),
        ("a negotiator for the rebels", "combatant"),
        ("her mother-in-law", "relative"),
        ("Jan Varga, a criminologist", "expert"),
        # bodies that are no persons
        ("the school", "organisation"),
        ("the reconciliation centre", "military"),
        ("the National Resistance Centre", "official"),
        ("the U.N.", "organisation"),
        ("Nato", "organisation"),
        ("the UN children's agency UNICEF", "organisation"),
        ("Farc", "combatant"),
        ("Father Jan Varga", "organisation"),
        ("her father", "relative"),
        ("the manager of the Arvale hospital", "witness"),
        ("Observatorys founder Anna Kolb", "organisation"),  # its apostrophe lost
        ("the chairman of the parliament's defence committee", "official"),
    ],
)
def test_a_phrase_speaks_in_a_role(words: str, kind: str | None) -> None:
    assert kind_of(words) == kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Shells fell all night. Anna Kolb a nurse at the clinic told us so.", "witness"),
        ("Jan Varga the head of the Relief Committee said no more.", "organisation"),
        ("Anna Kolb, of the Relief Committee, said no more.", "organisation"),
        ("They met in Port Varga a soldier said.", None),  # a place
    ],
)
def test_the_role_of_somebody_who_is_named_stands_behind_the_name(words: str, kind: str | None) -> None:
    people = named_people(line_of(words))
    assert people
    assert (people[-1].kind and people[-1].kind.value) == kind


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        ("a source at the Arvale Port as saying", "a source at the Arvale Port"),
        ("a source in the guard said", "a source in the guard"),
        ("a nurse at the clinic said", "a nurse"),
    ],
)
def test_where_a_source_without_a_name_sits_belongs_to_it(words: str, phrase: str) -> None:
    line = line_of(words)
    found = phrase_after(line, 0, len(line))
    assert found is not None
    assert line.mention(found.first, found.last).text == phrase
