"""Borders are a statement: whose a place is on the map, and what is hatched, at both scales."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bywhom.ledger.query import Box
from bywhom.workbench.basemap import BUILT, Area, Basemap, basemap, holds, meets

# Place, latitude, longitude, whose it is on the map, in which hatched area it lies.
PLACES = [
    ("Simferopol", 44.95, 34.1, "Ukraine", "Crimea"),
    ("Kerch", 45.3, 36.4, "Ukraine", "Crimea"),
    ("Sevastopol", 44.63, 33.6, "Ukraine", "Crimea"),
    ("Donetsk", 48.0, 37.8, "Ukraine", None),
    ("Kyiv", 50.45, 30.5, "Ukraine", None),
    ("Krasnodar", 45.04, 38.98, "Russia", None),
    ("Quneitra", 33.1, 35.81, "Syria", "Golan"),
    ("Tiberias", 32.8, 35.5, "Israel", None),
    ("Damascus", 33.5, 36.3, "Syria", None),
    ("Ramallah", 31.9, 35.2, "Palestine", "West Bank with East Jerusalem, and Gaza"),
    ("Khan Yunis", 31.34, 34.32, "Palestine", "West Bank with East Jerusalem, and Gaza"),
    ("Tel Aviv", 32.07, 34.85, "Israel", None),
    ("Smara", 26.74, -11.67, "Western Sahara", "Western Sahara"),
    ("Dakhla's hinterland", 23.7, -15.3, "Western Sahara", "Western Sahara"),
    ("Marrakesh", 31.6, -8.0, "Morocco", None),
    ("Pristina", 42.66, 21.16, "Kosovo", "Kosovo"),
    ("Niš", 43.3, 21.9, "Serbia", None),
    ("Kyrenia's hills", 35.28, 33.4, "Cyprus", "Northern Cyprus"),
    ("Troodos", 34.9, 32.9, "Cyprus", None),
    ("Sukhumi", 43.05, 41.05, "Georgia", "Abkhazia"),
    ("Tskhinvali", 42.24, 43.96, "Georgia", "South Ossetia"),
    ("Gori", 41.98, 44.11, "Georgia", None),
    ("Zugdidi", 42.51, 41.88, "Georgia", None),
    ("Tiraspol", 46.84, 29.63, "Moldova", "Transnistria"),
    ("Chisinau", 47.0, 28.85, "Moldova", None),
    ("Hargeisa", 9.56, 44.06, "Somalia", "Somaliland"),
    ("Mogadishu", 2.1, 45.3, "Somalia", None),
    ("Taipei", 25.0, 121.5, "Taiwan", "Taiwan"),
    ("Srinagar", 34.1, 74.8, "India", "Kashmir"),
    ("Gilgit", 35.9, 74.3, "Pakistan", "Kashmir"),
    ("Lahore", 31.55, 74.2, "Pakistan", None),
    ("Iturup", 45.1, 147.9, "Russia", "Southern Kurils"),
    ("Abyei", 9.6, 28.4, "Sudan", "Abyei"),
    ("Berbera's hills", 10.2, 45.0, "Somalia", "Somaliland"),
]
WORLD = Box(-90, -180, 90, 180)


@pytest.fixture(scope="module")
def world() -> Basemap:
    found = basemap()
    if found is None:
        pytest.skip(
            f"the base map was not built: {BUILT.with_name('not-built.txt')} says why, ./dev bundle tries again"
        )
    return found


def scales(world: Basemap, lat: float, lon: float) -> Iterator[tuple[list[Area], list[Area]]]:
    """Countries and hatched areas around a place, coarse and fine."""
    yield world.seen(WORLD)
    yield world.seen(Box(lat - 3, lon - 3, lat + 3, lon + 3))


@pytest.mark.parametrize(("place", "lat", "lon", "country", "hatched"), PLACES, ids=[each[0] for each in PLACES])
def test_whose_a_place_is(
    world: Basemap, place: str, lat: float, lon: float, country: str, hatched: str | None
) -> None:
    for countries, areas in scales(world, lat, lon):
        assert {one.name for one in countries if holds(one, lat, lon)} == {country}, place
        assert {one.name for one in areas if holds(one, lat, lon)} == ({hatched} if hatched else set()), place


def test_crimea_is_one_piece_with_the_mainland(world: Basemap) -> None:
    (ukraine,) = (one for one in world.countries if one.name == "Ukraine")
    (piece,) = (one for one in ukraine.shape.pieces() if one.holds(45.2, 34.1))
    assert piece.holds(50.0, 31.0)


def test_every_hatched_area_says_whose_it_is_and_who_holds_it(world: Basemap) -> None:
    assert {one.kind for one in world.hatched} == {"occupied", "disputed"}
    assert all(one.says and one.shape.firsts for one in world.hatched)


def test_what_is_occupied_lies_in_the_country_that_it_is_taken_from(world: Basemap) -> None:
    for area in world.hatched:
        if area.kind == "occupied":
            whose = area.says.partition(",")[0]
            (country,) = (one for one in world.countries if one.name == whose)
            assert meets(area.box, country.box)


@pytest.mark.parametrize(
    ("a", "b", "met"),
    [
        (Box(0, 0, 10, 10), Box(5, 5, 15, 15), True),
        (Box(0, 0, 10, 10), Box(11, 0, 15, 10), False),
        (Box(40, -181, 80, 190), Box(60, 170, 70, 200), True),  # Chukotka
        (Box(0, 170, 10, 190), Box(0, -179, 10, -170), True),
    ],
)
def test_boxes_meet_across_the_antimeridian(a: Box, b: Box, met: bool) -> None:
    assert meets(a, b) is met
    assert meets(b, a) is met
