"""Writes src/bywhom/data/gazetteer/sites.tsv: small places that wars made known, from rows written by hand.

    python bench/make_sites.py [ROWS.tsv ...]

A row is written from general knowledge: country, first-level region, name, latitude, longitude, a larger town near by, kilometres to it,
further spellings (with | between) and what the place is known for. Point and distance are two recollections of one thing: a row is
kept where they agree, and where the town is one that GeoNames or another row has. Of places that GeoNames has itself, within KNOWN_KM, only spellings that it
lacks are kept; they also say how good the points are. Without files, the rows of the table are checked again.
"""

from __future__ import annotations

import argparse
import heapq
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles

from bywhom.grounding.gazetteer import Entry, Gazetteer, distance_km
from bywhom.grounding.gazetteer_build import is_spelling
from bywhom.grounding.located import toponym_table
from bywhom.grounding.names import fold
from bywhom.grounding.toponymtable import ToponymTable

TARGET = Path(__file__).parents[1] / "src/bywhom/data/gazetteer/sites.tsv"
KNOWN_KM = 20.0  # a namesake that the gazetteer has so near is the place itself
OFF_KM, OFF_SHARE = 8.0, 0.35  # of the distance: how far point and distance may disagree
FAR_KM = 250.0  # a town farther away than that says nothing
LARGE = 50_000  # inhabitants: a further spelling that is the name of a town so large elsewhere is left out
NEIGHBOURS = 5  # settlements that tell the region
LEAST = 5  # letters of a further spelling
_EVENT = re.compile(
    r"\b(massacre|battle|genocide|siege|violence|attack|bombing|uprising|clash|killing|incident|offensive|war)"
)
_NO_NAME = re.compile(r" (\(.*\)|village|town|missile|drone)$")  # behind a name
HEAD = """\
# Small places that reports of wars name since something happened there, and that GeoNames' places of 500 inhabitants lack or spell otherwise:
# villages, camps, bases, prisons, crossings, dams, fields, quarters. Written from general knowledge, all wars since 1945, without sight of any
# report; what is in is chosen by what it is. `near` and `km`: a town near by and how far it is, remembered apart from the point; bench/make_sites.py
# keeps rows where the two agree. A row with a number of GeoNames only adds spellings to that place. Of {checked} rows that GeoNames knows, half lie within {half:.0f} km of its point, nine in ten within {most:.0f} km.
region	name	lat	lon	near	km	geonames	spellings	known for
"""


_TOWNS = "SELECT country, region, lat, lon FROM places WHERE kind = 'settlement' AND geonameid IS NOT NULL AND region IS NOT NULL"
Town = tuple[float, float, str]  # point, and the code of its region


@dataclass(frozen=True, slots=True)
class Site:
    """One row, as it was written."""

    country: str
    region: str  # GeoNames' code; its name in rows that are new
    name: str
    lat: float
    lon: float
    near: str
    km: float
    spellings: tuple[str, ...]
    why: str
    geonames: int | None = None  # the id of the place, where only these spellings are new

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.spellings)


def main() -> None:
    """Write the table, and print what became of the rows."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("rows", nargs="*", type=Path)
    options = ask.parse_args()
    written = list(_once(site for path in options.rows or [TARGET] for site in read(path)))
    table = Table.load(written)
    fates = Counter(table.fate(site) for site in written)
    kept = [table.made(site) for site in written if table.fate(site) == "kept"]
    if options.rows:
        away = sorted(km for site in written if (km := table.off(site)) is not None)
        lines = ["\t".join(_cells(site)) + "\n" for site in sorted(kept, key=lambda s: (s.region, s.name))]
        head = HEAD.format(checked=f"{len(away):,}", half=median(away), most=quantiles(away, n=10)[-1])
        TARGET.write_text(head + "".join(lines), encoding="utf-8")
    print(", ".join(f"{fate} {count}" for fate, count in fates.most_common()))


def read(path: Path) -> Iterator[Site]:
    """The rows of a file, as they were written or as the table has them; broken ones are named and left out."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        try:
            yield _tabled(cells) if _POINT.fullmatch(cells[2]) else _written(cells)
        except (ValueError, IndexError):
            if not line.startswith(("#", "region\t")) and line.strip():
                print(f"{path.name}:{number} is no row: {line[:80]}")


_POINT = re.compile(r"-?[\d.]+")


def _written(cells: list[str]) -> Site:
    country, region, name, lat, lon, near, km, spellings, why = cells
    names_of = dict.fromkeys(_NO_NAME.sub("", one.strip()) for one in (name, *spellings.split("|")))
    first, *further = filter(None, names_of)
    return Site(country, region, first, float(lat), float(lon), near, float(km), tuple(further), why)


def _tabled(cells: list[str]) -> Site:
    region, name, lat, lon, near, km, geonames, spellings, why = cells
    further = tuple(filter(None, spellings.split("|")))
    number = int(geonames) if geonames else None
    return Site(region[:2], region, name, float(lat), float(lon), near, float(km), further, why, number)


def _cells(site: Site) -> Iterable[str]:
    yield from (site.region, site.name, f"{site.lat:g}", f"{site.lon:g}", site.near, f"{site.km:g}")
    yield from (str(site.geonames or ""), "|".join(site.spellings), site.why)


def _once(sites: Iterable[Site]) -> Iterator[Site]:
    """The rows, each place once: the first of a name in a country stands, unless another lies far away."""
    seen: dict[tuple[str, str], list[Site]] = {}
    for site in sites:
        others = seen.setdefault((site.country, fold(site.name)), [])
        if all(_km(site, other) > KNOWN_KM for other in others):
            others.append(site)
            yield site


def _km(a: Site, b: Site | Entry) -> float:
    return distance_km(a.lat, a.lon, b.lat, b.lon)


@dataclass(frozen=True, slots=True)
class Table:
    """What rows are held against: GeoNames' places, and words that are no names."""

    gazetteer: Gazetteer
    words: ToponymTable
    towns: dict[str, list[Town]]  # of each country
    written: dict[str, list[Site]]  # by name
    points: frozenset[tuple[float, float]]  # of these
    ids: frozenset[int]  # of GeoNames' places among these
    codes: frozenset[str]  # of regions

    @classmethod
    def load(cls, rows: Sequence[Site]) -> Table:
        gazetteer = Gazetteer()
        towns = defaultdict(list)
        with closing(sqlite3.connect(f"file:{gazetteer.path}?mode=ro", uri=True)) as db:
            for country, region, lat, lon in db.execute(_TOWNS):
                towns[country].append((lat, lon, region))
        written = defaultdict(list)
        for site in rows:
            written[fold(site.name)].append(site)
        points = frozenset((site.lat, site.lon) for site in rows)
        ids = frozenset(site.geonames for site in rows if site.geonames)
        codes = frozenset(code for each in towns.values() for _, _, code in each if gazetteer.region(code))
        return cls(gazetteer, toponym_table(), towns, written, points, ids, codes)

    def fate(self, site: Site) -> str:
        """`kept`, or why not."""
        near = (*self._of_geonames(site.near), *self.written.get(fold(site.near), ()))
        towns = [km for one in near if (km := _km(site, one)) <= FAR_KM]
        if not towns:
            return "town unknown"
        if min(abs(km - site.km) for km in towns) > max(OFF_KM, OFF_SHARE * site.km):
            return "point and distance disagree"
        return "kept" if self._new(site) else "known"

    def off(self, site: Site) -> float | None:
        """How far a point that was kept lies from GeoNames' own for the only place of the name in its country."""
        same = [one for one in self._of_geonames(site.name) if one.country == site.country]
        return _km(site, same[0]) if len(same) == 1 and self.fate(site) in {"kept", "known"} else None

    def made(self, site: Site) -> Site:
        """The row as it goes into the table: GeoNames' place, where it has it under another spelling, else the region it lies in."""
        new = self._new(site)
        near = (one for name in site.names for one in self._of_geonames(name) if _km(site, one) <= KNOWN_KM)
        if here := next(near, None):
            return replace(
                site, region=here.region or site.country, name=here.name, geonames=here.geonameid, spellings=new
            )
        return replace(site, region=self._region(site), name=new[0], spellings=new[1:])

    def _new(self, site: Site) -> tuple[str, ...]:
        """The names by which the gazetteer does not know a place there."""
        allowed = (site.name, *filter(self._may_stand, site.spellings))
        return tuple(dict.fromkeys(name for name in allowed if not self._known(name, site)))

    def _known(self, name: str, site: Site) -> bool:
        """Whether the gazetteer has it there, of this table itself (which it was built with last time) nothing counted."""
        places = (
            one for one in self.gazetteer.named(name) if one.kind == "settlement" and one.geonameid not in self.ids
        )
        return any(_km(site, one) <= KNOWN_KM for one in places if (one.lat, one.lon) not in self.points)

    def _may_stand(self, spelling: str) -> bool:
        """Whether a further spelling is a name, of this place more than of another."""
        word = spelling.lower()
        if len(spelling) < LEAST or not is_spelling(spelling) or word in self.words.common_words or _EVENT.search(word):
            return False
        return word not in self.words.given_names and all(
            one.population < LARGE and one.kind == "settlement" for one in self.gazetteer.named(spelling)
        )

    def _of_geonames(self, name: str) -> list[Entry]:
        return [one for one in self.gazetteer.named(name) if one.kind == "settlement" and one.geonameid]

    def _region(self, site: Site) -> str:
        """The code of the region that most of the nearest settlements lie in."""
        towns = self.towns.get(site.country, [])
        nearest = heapq.nsmallest(NEIGHBOURS, towns, key=lambda town: distance_km(site.lat, site.lon, *town[:2]))
        codes = Counter(code for _, _, code in nearest if code in self.codes)
        return codes.most_common(1)[0][0] if codes else site.country


if __name__ == "__main__":
    main()
