"""Looks names up in the gazetteer: read-only, row by row, nothing loaded into memory but what was asked for."""

from __future__ import annotations

import math
import os
import sqlite3
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from bywhom import lexicons
from bywhom.errors import GazetteerMissing
from bywhom.grounding.names import bare, fold, key, skeleton
from bywhom.records import Candidate

REMEDY = "`./dev run` builds it in a source checkout; otherwise install bywhom again"
IMPORT_AGAIN = "import its dump again with `bywhom gazetteer import`, or take it out with `bywhom gazetteer remove`"
CACHED_NAMES = 50_000  # look-ups kept in memory, hits and misses: about 10 MB
CAPITAL = 99  # as a rank of `town`
ALIKE_RATIO = 55.0  # of a hundred: names with the same consonants and less in common are different places
SAME_COMMUNITY_KM = 10.0  # beyond its reach, within which a namesake is the village itself
MOST_PLACES = 1_000_000_000  # of one file: ids of the next begin beyond
SCHEMA = "6"


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer."""

    id: int
    geonameid: int | None
    name: str
    kind: str  # country, region, district, area, settlement
    country: str | None
    region: str | None  # GeoNames code of the first-level region: "UA.14"
    lat: float
    lon: float
    population: int
    radius_km: float | None
    claimed: bool
    capital: bool

    def candidate(self, region: str | None = None) -> Candidate:
        """This place as one reading of a mention."""
        return Candidate(self.name, self.country, self.lat, self.lon, self.geonameid, region)


def default_path() -> Path:
    """Where the build hook puts the gazetteer."""
    return lexicons.data_path("gazetteer", "gazetteer.sqlite")


class Gazetteer:
    """Look-ups in the gazetteer file, and in those that the user took in. Cheap to open; safe to carry into a worker."""

    def __init__(self, path: Path | None = None, extra: Sequence[Path] = (), *, remedy: str = REMEDY) -> None:
        self.path, self.remedy = path or default_path(), remedy
        self.extra = tuple(extra)
        self._others = tuple(Gazetteer(other, remedy=IMPORT_AGAIN) for other in extra)
        self._connection: sqlite3.Connection | None = None
        self._pid = 0
        self._named: dict[str, tuple[Entry, ...]] = {}
        self._keyed: dict[str, tuple[Entry, ...]] = {}
        self._adjectives: dict[str, str] | None = None
        self._regions: dict[str, Entry | None] = {}
        self._countries: dict[str, Entry | None] = {}

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[Path, tuple[Path, ...]]]:
        """What a worker process opens again: the paths alone."""
        return type(self), (self.path, self.extra)

    def named(self, name: str) -> tuple[Entry, ...]:
        """The places that bear `name` exactly, after folding case and accents; the most populous first."""
        folded = fold(name)
        found = self._named.get(folded)
        if found is None:
            own = self._find("names", "name", (folded,))
            found = self._keep(self._named, folded, self._merged(own, (other.named(name) for other in self._others)))
        return found

    def alike(self, name: str) -> tuple[Entry, ...]:
        """The places whose name in another transliteration comes to `name`; the most populous first.

        Slavic names meet by their sounds. Arabic ones meet by their consonants, so they must be spelled much alike besides.
        """
        folded = fold(name)
        found = self._keyed.get(folded)
        if found is None:
            slavic = self._find("keys", "key", ("s:" + key(name),))
            bones = skeleton(name)
            arabic = self._find("keys", "key", ("a:" + bones,)) if bones else ()
            near = (e for e in arabic if e not in slavic and fuzz.ratio(bare(name), bare(e.name)) >= ALIKE_RATIO)
            found = self._merged((*slavic, *near), (other.alike(name) for other in self._others))
            self._keep(self._keyed, folded, found)
        return found

    def adjective(self, word: str) -> Entry | None:
        """The country or continent of an adjective or noun of nationality ("Ukrainians"), or None."""
        if self._adjectives is None:
            self._adjectives = dict(self._pairs("SELECT word, of FROM adjectives"))
        owner = self._adjectives.get(fold(word))
        if owner is None:
            return None
        return next((e for e in self.named(owner) if e.kind in {"country", "area"}), None)

    def region(self, code: str | None) -> Entry | None:
        """The first-level region of that GeoNames code."""
        if code is None:
            return None
        if code not in self._regions:
            rows = self._query(
                "SELECT * FROM places WHERE region = ? AND kind = 'region' AND NOT claimed LIMIT 1", code
            )
            self._regions[code] = _entry(rows[0]) if rows else None
        return self._regions[code]

    def country(self, code: str) -> Entry | None:
        """The country of that ISO code."""
        if code not in self._countries:
            rows = self._query("SELECT * FROM places WHERE country = ? AND kind = 'country' ORDER BY id LIMIT 1", code)
            self._countries[code] = _entry(rows[0]) if rows else None
        return self._countries[code]

    def town(self, country: str, rank: int) -> Entry | None:
        """The capital of a country (rank 99), or its town of that rank by size, 1 the largest."""
        if rank == CAPITAL:
            rows = self._query("SELECT * FROM places WHERE country = ? AND capital ORDER BY id LIMIT 1", country)
        else:
            towns = "SELECT * FROM places WHERE country = ? AND kind = 'settlement' ORDER BY id LIMIT 1 OFFSET ?"
            rows = self._query(towns, country, rank - 1)
        return _entry(rows[0]) if rows else None

    def largest(self, region: str) -> Entry | None:
        """The largest town of a first-level region, its seat nearly always."""
        towns = "SELECT * FROM places WHERE region = ? AND kind = 'settlement' ORDER BY id LIMIT 1"
        rows = self._query(towns, region)
        return _entry(rows[0]) if rows else None

    def suggest(self, name: str, *, region: str | None, country: str | None, limit: int = 3) -> tuple[Entry, ...]:
        """Settlements of the region, else of the country, spelled nearly like `name`: suggestions, never an answer."""
        if region:
            rows = self._query("SELECT * FROM places WHERE region = ? AND kind = 'settlement'", region)
        elif country:
            rows = self._query("SELECT * FROM places WHERE country = ? AND kind = 'settlement' LIMIT 8000", country)
        else:
            return ()
        by_name = {fold(row[2]): row for row in rows}
        near = process.extract(fold(name), by_name.keys(), scorer=fuzz.ratio, limit=limit, score_cutoff=70)
        return tuple(_entry(by_name[folded]) for folded, _, _ in near)

    def info(self) -> dict[str, str]:
        """What the file says about itself: schema and number of places."""
        return dict(self._pairs("SELECT key, value FROM meta"))

    def _find(self, table: str, column: str, wanted: Iterable[str]) -> tuple[Entry, ...]:
        ids: list[int] = []
        for spelling in wanted:
            rows = self._query(f"SELECT ids FROM {table} WHERE {column} = ?", spelling)  # noqa: S608 - two names of ours
            if rows:
                ids += (i for (i,) in struct.iter_unpack("<I", rows[0][0]) if i not in ids)
        return tuple(_entry(row) for i in ids for row in self._query("SELECT * FROM places WHERE id = ?", i))

    def _merged(self, own: tuple[Entry, ...], others: Iterable[tuple[Entry, ...]]) -> tuple[Entry, ...]:
        """All of them, each GeoNames place once, the most populous first."""
        if not self._others:
            return own
        others = [*others]
        exact = [e for entries in others for e in entries if e.kind == "settlement"]
        found = {e.geonameid or -e.id: e for e in own if not _is_met(e, exact)}
        for number, entries in enumerate(others, 1):
            for e in entries:
                found.setdefault(
                    e.geonameid or -e.id - number * MOST_PLACES, replace(e, id=e.id + number * MOST_PLACES)
                )
        return tuple(sorted(found.values(), key=lambda e: -e.population))

    def _keep(self, cache: dict[str, tuple[Entry, ...]], folded: str, found: tuple[Entry, ...]) -> tuple[Entry, ...]:
        if len(cache) >= CACHED_NAMES:
            cache.clear()
        cache[folded] = found
        return found

    def _query(self, sql: str, *values: str | int) -> list[Row]:
        try:
            return self._db().execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise GazetteerMissing(
                f"the gazetteer {self.path} is cut off or broken ({error}); {self.remedy}"
            ) from error

    def _pairs(self, sql: str) -> list[tuple[str, str]]:
        return [(row[0], row[1]) for row in self._query(sql)]

    def _db(self) -> sqlite3.Connection:
        if self._connection is None or self._pid != os.getpid():
            self._connection = _open(self.path, self.remedy)
            self._pid = os.getpid()
        return self._connection


def _is_met(village: Entry, exact: Iterable[Entry]) -> bool:
    """Whether a village that is known by its community only is one of those that have a point of their own."""
    if village.kind != "settlement" or village.radius_km is None:
        return False
    return any(km_between(village, e) <= village.radius_km + SAME_COMMUNITY_KM for e in exact)


Row = tuple[Any, ...]


def _open(path: Path, remedy: str) -> sqlite3.Connection:
    if not path.is_file():
        raise GazetteerMissing(f"the gazetteer {path} is not there; {remedy}")
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    try:
        db.execute("PRAGMA mmap_size=67108864")
        schema = dict(db.execute("SELECT key, value FROM meta")).get("schema")
    except sqlite3.DatabaseError as error:
        raise GazetteerMissing(f"the gazetteer {path} is cut off or broken ({error}); {remedy}") from error
    if schema != SCHEMA:
        raise GazetteerMissing(f"the gazetteer {path} has form {schema}, not {SCHEMA}; {remedy}")
    return db


def _entry(row: Row) -> Entry:
    number, geonameid, name, kind, country, region, lat, lon, population, radius, claimed, capital = row
    return Entry(
        number, geonameid, name, kind, country, region, lat, lon, population, radius, bool(claimed), bool(capital)
    )  # fmt: skip


def km_between(a: Entry | Candidate, b: Entry | Candidate) -> float:
    """Great-circle kilometres between two places."""
    return distance_km(a.lat, a.lon, b.lat, b.lon)


def distance_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Great-circle kilometres between two points in degrees."""
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (lat_a, lon_a, lat_b, lon_b))
    h = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))
