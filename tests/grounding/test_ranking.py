"""Which place a name is: what the report states decides before size does."""

from __future__ import annotations

import pytest

from bywhom.grounding.aliases import stated_aliases
from bywhom.grounding.gazetteer import Entry, Gazetteer
from bywhom.grounding.located import toponym_table
from bywhom.grounding.ranking import Reading, resolve
from bywhom.grounding.toponyms import find_toponyms
from bywhom.records import Span

GAZETTEER = Gazetteer()
TABLE = toponym_table()


def entry_of(text: str, name: str) -> Entry:
    entry = readings(text)[name].entry
    assert entry is not None
    return entry


def readings(text: str) -> dict[str, Reading]:
    span = [Span(0, len(text))]
    toponyms = find_toponyms(text, span, GAZETTEER, TABLE)
    found = resolve(toponyms, GAZETTEER, stated_aliases(text, span, TABLE))
    return {t.name: r for t, r in zip(toponyms, found, strict=True) if not t.adjective}


@pytest.mark.parametrize(
    ("text", "name", "country", "region"),
    [
        # the largest namesake is not taken against a stated region or country
        ("A raid on Alexandria, Virginia, failed.", "Alexandria", "US", "US.VA"),
        ("The rising in Córdoba, Argentina, was put down.", "Córdoba", "AR", None),
        ("They held Tripoli, Lebanon, for a day.", "Tripoli", "LB", None),
        # nor against what the report is about
        ("Greek police fired in Athens. Greece mourned.", "Athens", "GR", None),
        ("Clashes in Nablus, Hebron and Jericho went on, Palestinian officials said.", "Jericho", "PS", None),
        # countries before towns, capitals before states
        ("The war in Georgia and Armenia went on near Tbilisi.", "Georgia", "GE", None),
        ("A riot in Washington went on.", "Washington", "US", "US.DC"),
        # a place called so before a larger one that was once called so
        ("The garrison of San Miguel fought on, guerrillas in El Salvador said.", "San Miguel", "SV", None),
        # kind words choose the level
        ("Fighting in Tripoli, in Libya, grew.", "Tripoli", "LY", None),
    ],
)
def test_resolved(text: str, name: str, country: str | None, region: str | None) -> None:
    entry = readings(text)[name].entry
    assert entry is not None
    assert entry.country == country
    assert region is None or entry.region == region


def test_a_kind_word_chooses_the_region_over_its_town() -> None:
    assert entry_of("Clashes in Idlib province went on.", "Idlib").kind == "region"
    assert entry_of("Clashes in Idlib went on.", "Idlib").kind == "settlement"


def test_no_namesake_outside_the_stated_region() -> None:
    found = readings("The camp at Springfield, Alaska, was closed.")["Springfield"]
    assert found.entry is None
    assert found.region is not None
    assert found.region.name == "Alaska"
    assert "Alaska" in found.why


def test_a_village_outside_all_the_regions_told_of_is_left_open() -> None:
    text = "Fighting in Lviv Oblast went on. They were held in a cellar in Mykhailivka. Lviv Oblast is in Ukraine."
    found = readings(text)
    assert found["Mykhailivka"].entry is None or found["Mykhailivka"].entry.region == "UA.15"


def test_a_village_is_the_one_in_the_region_told_of() -> None:
    """Namesakes that are larger lie elsewhere."""
    text = "Fighting in Volyn Oblast went on. They were held in a cellar in Hrushivka. Volyn Oblast is in Ukraine."
    village = entry_of(text, "Hrushivka")
    assert village.region == "UA.24"
    assert "Volyn Oblast" in readings(text)["Hrushivka"].why


def test_an_alias_in_the_text_resolves_a_name_that_no_gazetteer_knows() -> None:
    found = readings("The garrison of Gdańsk (known as Xorlanthe in German) gave up. In Xorlanthe the flag came down.")
    assert found["Xorlanthe"].entry == found["Gdańsk"].entry
    assert "Gdańsk" in found["Xorlanthe"].why


def test_a_side_of_a_town_lies_in_it() -> None:
    assert entry_of("A bomb went off in a southern Lisbon neighbourhood.", "Lisbon").name == "Lisbon"
    assert readings("A bomb went off in the Lisbon neighbourhood.")["Lisbon"].entry is None


def test_in_capitals_a_surname_is_no_far_region() -> None:
    text = "THE EMBASSY OF PERU IN PANAMA SAID THAT MAJOR GONZALO TABARES RIVERA IS ACCUSED AND THAT HE WAITS IN PANAMA CITY"
    assert "RIVERA" not in readings(text)


def test_a_road_is_not_where_its_name_is_from() -> None:
    assert "Castello" not in readings("Syrian troops cut the Castello Road north of Aleppo.")
    assert "Aleppo" in readings("Syrian troops cut the Aleppo Road.")


def test_a_small_place_of_a_country_not_told_of_is_left_open() -> None:
    text = "Rebels entered the village of Verona, Greek police said. Volos and Larissa are in Greece too."
    reading = readings(text.replace("Verona", "Maan"))["Maan"]
    assert reading.entry is None
    assert reading.others[0].country != "GR"
    assert "does not tell" in reading.why
    assert entry_of(text, "Verona").country == "IT"  # a large town is known from afar


def test_in_capitals_a_word_is_no_far_village_and_a_persons_name_no_region() -> None:
    text = "JUDGE ALBERTO MENDOZA, IN CHARGE OF THE CASE, SAID IN SAN SALVADOR THAT A TRIAL IN SONSONATE WILL FOLLOW."
    assert set(readings(text)) == {"SAN SALVADOR", "SONSONATE"}


def test_a_country_run_on_to_a_name_is_no_part_of_it() -> None:
    assert entry_of("A bomb went off near Deir el-Zour Syrias state agency said.", "Deir el-Zour").country == "SY"


def test_an_unknown_name_stays_unknown() -> None:
    found = readings("They fled from the village of Xorlanthe in the Poltava region.")["Xorlanthe"]
    assert found.entry is None
    assert found.region is not None
    assert found.region.region == "UA.18"


def test_one_name_means_one_place_in_a_report() -> None:
    text = "The mutiny began in Alexandria, Louisiana. Soldiers in Alexandria refused to march. Alexandria was calm."
    span = [Span(0, len(text))]
    toponyms = find_toponyms(text, span, GAZETTEER, TABLE)
    entries = {r.entry for t, r in zip(toponyms, resolve(toponyms, GAZETTEER), strict=True) if t.name == "Alexandria"}
    assert {e.region for e in entries if e} == {"US.LA"}


def test_close_namesakes_in_a_stated_region_are_shown_as_one() -> None:
    found = readings("Clashes near San Juan, in the province of Alicante, went on.")
    assert "San Juan" in found


def test_what_decided_is_said() -> None:
    for reading in readings("Clashes in Homs province and in Alexandria, Virginia, and Cúcuta went on.").values():
        assert reading.why


def test_a_metropolis_is_not_a_village_of_the_region_told_of() -> None:
    text = "Fighting in Donetsk Oblast went on. The envoys meet in New York. Ukraine agreed."
    assert entry_of(text, "New York").country == "US"


def test_a_village_by_a_large_town_told_of_is_told_of_too() -> None:
    text = (
        "Shelling in Homs province and in the city of Aleppo went on. Rebels reached the village of Anadan, Syria said."
    )
    assert entry_of(text, "Anadan").region == "SY.09"


def test_a_name_that_two_countries_share_tells_of_neither() -> None:
    text = "The mayor was shot in the northern department of Bolivar. Colombia mourned."
    assert entry_of(text, "Bolivar").country == "CO"


def test_a_small_country_speaks_for_the_towns_beside_it() -> None:
    assert entry_of("Israel sent its forces into Gaza. It warned Lebanon.", "Gaza").country == "PS"


def test_a_known_quarter_of_a_town_told_of_is_itself() -> None:
    text = "Shells fell near Damascus. Clashes in Homs province went on. A shell fell in Bab Touma neighbourhood."
    assert entry_of(text, "Bab Touma").name == "Bab Tuma"


def test_another_transliteration_far_from_all_that_is_told_of_is_left_open() -> None:
    text = "Shells fell on Homs and on Hama, Syria said. Others fell in al-Hasaka quarter and near al-Qamishly."
    far = readings(text.replace("al-Hasaka quarter", "the town of Hereytan"))["Hereytan"]
    assert far.entry is None
    assert "far from all" in far.why


def test_of_many_namesakes_none_is_taken_far_from_the_country_told_of() -> None:
    text = "Guerrillas in El Salvador held Mejicanos and Soyapango near San Salvador. They left San Jacinto. The U.S. embassy closed."
    assert readings(text)["San Jacinto"].entry is None


def test_a_region_is_not_in_the_next_of_a_list_of_regions() -> None:
    found = readings("The governors of Texas, Arizona and New Mexico met.")
    assert found["Texas"].entry is not None
    assert found["Texas"].entry.kind == "region"
