"""Bodies by name: organs of any state, the tables, units; and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from bywhom.errors import LexiconBroken
from bywhom.grounding.actortables import ActorTables
from bywhom.grounding.bodies import Bodies
from bywhom.records import EntityKind

TABLES = ActorTables.load()
TEXT = "The war of Peru and Chile, told in Lima. The Sendero News Front (SNF) is a club."


@pytest.fixture
def bodies() -> Bodies:
    return Bodies(TEXT, TABLES)


@pytest.mark.parametrize(
    ("name", "entity", "side"),
    [
        ("Peruvian army", "Peruvian armed forces", "Peruvian"),
        ("the Peruvian Armed Forces", "Peruvian armed forces", "Peruvian"),
        ("Peru's troops", "Peruvian armed forces", "Peruvian"),
        ("Peru’s military", "Peruvian armed forces", "Peruvian"),
        ("armed forces of Peru", "Peruvian armed forces", "Peruvian"),
        ("invading Chilean forces", "Chilean armed forces", "Chilean"),
        ("Chilean Navy", "Chilean navy", "Chilean"),
        ("Ministry of War of the Republic of Peru", None, None),  # no name that the tables have
        ("Ministry of War of Peru", "Peruvian defence ministry", "Peruvian"),
        ("Bolivian Interior Ministry", "Bolivian interior ministry", "Bolivian"),
        ("Ottoman army", "Ottoman armed forces", "Ottoman"),
        ("U.S. Navy", "United States navy", "United States"),
        ("US military", "United States Armed Forces", "United States"),
        ("Korean People's Army", "Korean People's Army", "North Korean"),
        ("Hezbollah", "Hezbollah", "Hezbollah"),
        ("Hezbollah forces", "Hezbollah", "Hezbollah"),
        ("Chile's 3rd Infantry Brigade", "3rd Infantry Brigade", "Chilean"),
        ("3rd Infantry Brigade of the Chilean army", "3rd Infantry Brigade", "Chilean"),
        ("3rd Infantry Brigade", "3rd Infantry Brigade", None),
        ("Red Cross", "ICRC", None),
    ],
)
def test_what_a_name_means(bodies: Bodies, name: str, entity: str | None, side: str | None) -> None:
    found = bodies.find(name)
    assert (found.name if found else None, found.side if found else None) == (entity, side)


@pytest.mark.parametrize(
    "name",
    [
        "pro-Peruvian forces",
        "Peruvian rebel forces",
        "Peruvian opposition",
        "Peruvian authorities",  # whose, the village's or the state's?
        "Peruvian soldiers",  # somebody in the army, not the army
        "300 Peruvian troops",
        "us army",
        "army",
        "who",
        "Chilean brigade",
        "12 brigades",
        "SAF",  # Sudan's army only in a report on Sudan
        "",
        "the",
        "x" * 10_000,
    ],
)
def test_what_means_nobody(bodies: Bodies, name: str) -> None:
    assert bodies.find(name) is None


def test_an_acronym_counts_in_reports_on_its_country() -> None:
    found = Bodies("Fighting went on in Sudan.", TABLES).find("SAF")
    assert found is not None
    assert found.name == "Sudanese Armed Forces"


def test_a_country_inside_a_longer_word_is_not_named() -> None:
    assert Bodies("Fighting went on in Mali.", TABLES).find("FAMa") is not None
    assert Bodies("Fighting went on in Somalia.", TABLES).find("FAMa") is None


def test_an_acronym_of_capitals_is_no_pronoun_and_in_a_shouting_wire_it_is() -> None:
    assert Bodies("Talks with the agency in Lima.", TABLES).find("WHO") is not None
    assert Bodies("THE MEN WHO HELD LIMA.", TABLES).find("WHO") is None


def test_a_report_may_spell_out_an_acronym_of_its_own(bodies: Bodies) -> None:
    assert bodies.acronyms == {"SNF": "Sendero News Front"}


def test_the_nation_of_a_unit_may_stand_elsewhere_in_the_report() -> None:
    told = Bodies("The Chilean 7th Line Regiment held. Men of the 7th Line Regiment fell.", TABLES)
    text = "Chilean 4th Infantry Regiment held the dunes; the 4th Infantry Regiment lost forty men."
    found = Bodies(text, TABLES).find("4th Infantry Regiment")
    assert found is not None
    assert found.side == "Chilean"
    assert told.find("7th Line Regiment") is None  # "line" is no branch that is known


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("two Peruvian soldiers", "Peruvian"),
        ("captured Chilean sailors in Iquique", "Chilean"),
        ("Chilean officials", "Chilean"),
        ("Hezbollah fighters", "Hezbollah"),
        ("Peruvian civilians", None),
        ("Peruvian rebels", None),
        ("soldiers", None),
    ],
)
def test_whose_people_somebody_is(bodies: Bodies, name: str, side: str | None) -> None:
    assert bodies.side_of(name) == side


# Tables of the user's -------------------------------------------------------------------------------------------------

OWN = """
actors:
  - {name: Army of Ruritania, kind: army, side: Ruritanian, nation: Ruritanian, organ: army, aliases: [ARR]}
  - {name: Hezbollah of Strelsau, kind: organisation, aliases: [Hezbollah]}
nations:
  - {adjective: Ruritanian, names: [Ruritania]}
"""


def test_the_users_entries_go_over_ours(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN)
    bodies = Bodies("Ruritania", ActorTables.load([tmp_path / "own.yaml"]))
    names = [found.name for name in ("Ruritania's troops", "ARR", "Hezbollah") if (found := bodies.find(name))]
    assert names == ["Army of Ruritania", "Army of Ruritania", "Hezbollah of Strelsau"]
    assert bodies.find("Ruritanian navy") is not None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("actors:\n  - name: x\n    kind: armee\n", r"own.yaml, line 3: Invalid enum value 'armee'"),
        ("actors:\n  - name: x\n  - alias: [y]\n    name: z\n", r"line 3: 'alias' is not one of: name, kind, side"),
        ("actors:\n  - kind: army\n", r"line 2: .*`name`"),
        ("people: 5\n", r"line 1: Expected `array`, got `int`"),
        ("actors: [\n", r"line 2: it is no YAML"),
        ("actors:\n\t- x\n", r"line 2: it is no YAML"),
        ("friends: []\n", r"line 1: 'friends' is not one of: actors, people"),
    ],
)
def test_a_broken_table_names_the_line(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "own.yaml").write_text(content)
    with pytest.raises(LexiconBroken, match=said):
        ActorTables.load([tmp_path / "own.yaml"])


def test_a_table_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(LexiconBroken, match=r"own.yaml cannot be read \(No such file"):
        ActorTables.load([tmp_path / "own.yaml"])
    (tmp_path / "own.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(LexiconBroken, match=r"own.yaml is not in UTF-8"):
        ActorTables.load([tmp_path / "own.yaml"])


# The shipped tables ---------------------------------------------------------------------------------------------------


def test_entries_of_the_tables_are_sound() -> None:
    entries = [each for file in TABLES.files for each in (*file.actors, *file.people)]
    organs = set(TABLES.organ_table)
    assert [each.name for each in entries if each.organ and each.organ not in organs] == []
    assert [each.name for each in entries if not (each.country is None or each.country in TABLES.signs)] == []
    names = [each.name for each in entries]
    assert sorted(names) == sorted(set(names))
    assert all(each.kind is EntityKind.PERSON for file in TABLES.files for each in file.people)
    assert all(each.kind is not EntityKind.PERSON for file in TABLES.files for each in file.actors)


def test_sides_are_adjectives_of_states_or_names_of_groups() -> None:
    entries = [each for file in TABLES.files for each in (*file.actors, *file.people) if each.side]
    adjectives = {nation.adjective for nation in TABLES.nations.values()}
    groups = {each.name for each in entries} | {"Syrian opposition", "Bosnian Serb", "Azawad", "African Union"}
    assert {each.side for each in entries} - adjectives - groups == set()
