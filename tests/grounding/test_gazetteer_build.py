"""The file that look-ups read is the same each time it is made from the same, and never half there."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from bywhom import lexicons
from bywhom.grounding import gazetteer_build as build
from bywhom.grounding.gazetteer import CAPITAL, Gazetteer, distance_km, km_between
from bywhom.grounding.gazetteer_build import Row, write

ROWS = [
    Row("Guernica", "settlement", "ES", "ES.59", 43.31, -2.68, 16_000, spellings=("Guernica", "Gernika")),
    Row("Guernica", "settlement", "AR", "AR.01", -34.9, -58.4, 32_000, spellings=("Guernica",)),
    Row("Spain", "country", "ES", None, 40.0, -4.0, 46_000_000, 500, spellings=("Spain",)),
    Row("Basque Country", "region", "ES", "ES.59", 43.0, -2.6, 2_000_000, 80, spellings=("Basque Country",)),
]


def quiet(_share: float) -> None:
    pass


def test_same_rows_same_bytes(tmp_path: Path) -> None:
    write(tmp_path / "a.sqlite", ROWS, {"spanish": "spain"}, quiet)
    write(tmp_path / "b.sqlite", list(reversed(ROWS)), {"spanish": "spain"}, quiet)
    assert (tmp_path / "a.sqlite").read_bytes() == (tmp_path / "b.sqlite").read_bytes()


def test_what_was_written_is_found(tmp_path: Path) -> None:
    write(tmp_path / "g.sqlite", ROWS, {"spanish": "spain"}, quiet)
    gazetteer = Gazetteer(tmp_path / "g.sqlite")
    assert [e.country for e in gazetteer.named("guernica")] == ["AR", "ES"]
    assert gazetteer.named("Gernika")[0].region == "ES.59"
    assert [gazetteer.adjective("Spanish"), gazetteer.region("ES.59")] == [
        *gazetteer.named("Spain"),
        *gazetteer.named("Basque Country"),
    ]


def test_a_build_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "g.sqlite"
    write(target, ROWS, {}, quiet)
    before = target.read_bytes()
    broken = [*ROWS, Row(None, "settlement", "ES", None, 1.0, 1.0, spellings=("x",))]  # type: ignore[arg-type]
    with pytest.raises(Exception, match=r"NoneType|NOT NULL"):
        write(target, broken, {}, quiet)
    assert target.read_bytes() == before


def test_namesakes_are_counted_up_to_a_bound(tmp_path: Path) -> None:
    many = [Row("San Juan", "settlement", "MX", None, n / 10, 1.0, n, spellings=("San Juan",)) for n in range(200)]
    write(tmp_path / "g.sqlite", many, {}, quiet)
    found = Gazetteer(tmp_path / "g.sqlite").named("San Juan")
    assert len(found) == build.MOST_NAMESAKES
    assert found[0].population == 199


@pytest.mark.parametrize(
    ("alternate", "kept"),
    [
        ("Gernika", True),
        ("Герника", True),
        ("GRN", False),
        ("ba li", False),
        ("Łódź", True),
        ("格尔尼卡", False),
        ("جرنيكا", False),
    ],
)
def test_which_alternate_names_are_spellings(alternate: str, kept: bool) -> None:
    assert build.is_spelling(alternate) is kept


@pytest.mark.parametrize(
    ("name", "bare"),
    [("Homs Governorate", "Homs"), ("Poltava Oblast", "Poltava"), ("Republika Srpska", "Republika Srpska")],
)
def test_bare_unit(name: str, bare: str) -> None:
    assert build.bare_unit(name) == bare


def test_the_builder_loads_by_its_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the build hook loads it, before the package is installed."""
    spec = importlib.util.spec_from_file_location("builder_by_path", Path(build.__file__))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    assert callable(module.build)


# Seats with fewer than 500 inhabitants or none by that name.
ISLETS = frozenset({"CC", "CX", "MS", "PN", "PW"})
TABLES = lexicons.data_path("gazetteer")


def listed(name: str, key: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = build._yaml(TABLES / f"{name}.yaml")[key]
    return found


def test_points_are_on_earth_and_radii_are_sane() -> None:
    every = [*listed("countries", "countries"), *listed("areas", "areas"), *listed("regions", "claimed")]
    every += [region for region in listed("regions", "regions") if "lat" in region]
    for place in every:
        assert -90 <= place["lat"] <= 90, place
        assert -180 <= place["lon"] <= 180, place
        assert 0 < place["radius_km"] <= 9000, place


def test_every_region_written_by_hand_is_a_region_of_geonames() -> None:
    codes = {code for code, _ in build._tsv(TABLES / "admin1.tsv")}
    assert {str(region["code"]) for region in listed("regions", "regions")} <= codes
    assert {power["of"] for power in listed("regions", "claimed") if "." in power["of"]} <= codes


def test_no_region_or_country_is_listed_twice() -> None:
    for name, key in (("countries", "countries"), ("regions", "regions")):
        codes = [str(entry["code"]) for entry in listed(name, key)]
        assert sorted(codes) == sorted(set(codes))


def test_capitals_are_in_the_gazetteer() -> None:
    gazetteer = Gazetteer()
    nations = [n for n in listed("countries", "countries") if n.get("capital")]
    without = {n["code"] for n in nations if not gazetteer.town(n["code"], CAPITAL)}
    assert without <= ISLETS


def test_villages_lie_in_their_region_and_are_spelled_as_their_namesakes_are() -> None:
    gazetteer = Gazetteer()
    villages = [e for e in gazetteer.named("Tarasovka") if e.kind == "settlement" and e.radius_km]
    assert villages, "a Russian spelling that only namesakes have"
    for village in villages:
        region = gazetteer.region(village.region)
        assert region is not None
        assert km_between(village, region) < 2 * (region.radius_km or 0)


def test_small_places_that_wars_made_known_are_written_once_and_lie_in_their_country() -> None:
    gazetteer = Gazetteer()
    rows = list(build._tsv(TABLES / "sites.tsv"))
    assert {len(row) for row in rows} == {9}
    assert len({(row[0], row[1]) for row in rows}) > 0.99 * len(rows)
    codes = {code for code, _ in build._tsv(TABLES / "admin1.tsv")}
    assert {row[0] for row in rows if "." in row[0] and not row[0].endswith(".00")} <= codes  # 00: in no region
    for code, name, lat, lon, *_ in rows[::50]:
        country = gazetteer.country(code[:2])
        assert country is not None, name
        reach = 2 * (country.radius_km or 0) + 500  # islands and bases lie far out
        assert distance_km(float(lat), float(lon), country.lat, country.lon) < reach, name


@pytest.mark.parametrize(
    ("spelling", "country"),
    [("Jedwabne", "PL"), ("Oradour-sur-Glane", "FR"), ("Kutupalong refugee camp", "BD"), ("Bhasan Char", "BD")],
)
def test_a_small_place_is_found_by_each_of_its_spellings(spelling: str, country: str) -> None:
    assert country in {e.country for e in Gazetteer().named(spelling)}


def test_a_village_was_not_renamed_with_its_namesake() -> None:
    assert build._one_name("Бахмач", {"Bakhmach", "Бахмач", "Bachmatsch", "Leninske"}) == (
        "Bachmatsch",
        "Bakhmach",
        "Бахмач",
    )
