"""Places against annotated corpora: which place a given name is, and which names are found.

    python bench/places.py --corpora FOLDER --scorer score_geo.py [NAME ...] [--part dev|held-out|all] [--errors N]

FOLDER holds one gzip JSONL file per corpus: {"id", "text", "toponyms": [{"start", "end", "mention", "lat", "lon"}]}. The scorer
is any module with score(gold, predicted, mode, skip). Two settings: "given" (the spans of the gold, every name to be placed,
ambiguous ones too) and "found" (our own detection). The part "dev" is the third of the documents whose digest says so: rules
are made on it, and figures are reported on all.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import time
from collections.abc import Iterator
from hashlib import md5
from pathlib import Path
from types import ModuleType
from typing import Any

from bywhom.grounding.gazetteer import Entry, Gazetteer
from bywhom.grounding.located import toponym_table
from bywhom.grounding.ranking import Reading, resolve
from bywhom.grounding.toponym import Toponym
from bywhom.grounding.toponyms import find_toponyms, toponyms_at
from bywhom.grounding.toponymtable import ToponymTable
from bywhom.records import Span

Row = dict[str, Any]
NAMES = ("lgl", "geowebnews", "trnews")
ADJECTIVES = {"Non_Literal_Modifier", "Demonym", "Language"}  # GeoWebNews: left out of the detection figures


def main() -> None:
    """Print two lines per corpus, one per setting, and two on all of them: all names, and those to which the gold gives a point."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("names", nargs="*", default=NAMES)
    ask.add_argument("--corpora", type=Path, required=True)
    ask.add_argument("--scorer", type=Path, required=True)
    ask.add_argument("--part", choices=["dev", "held-out", "all"], default="all")
    ask.add_argument("--errors", type=int, default=0, help="print so many wrong places per corpus")
    options = ask.parse_args()
    scorer, gazetteer, table = _module(options.scorer), Gazetteer(), toponym_table()
    every: dict[tuple[str, str], tuple[Row, Row]] = {}
    for name in options.names:
        gold = {row["id"]: row for row in rows(options.corpora / f"{name}.jsonl.gz", options.part)}
        given = {key: placed_given(row, gazetteer, table) for key, row in gold.items()}
        started = time.perf_counter()
        found = {key: placed_found(row, gazetteer, table) for key, row in gold.items()}
        seconds = time.perf_counter() - started
        print(f"{name:10} given", _line(scorer.score(gold, given)))
        result = scorer.score(gold, found, "overlap", ADJECTIVES)
        exact, near = result["detection"]["exact"], result["detection"]["overlap"]
        words = sum(len(row["text"].split()) for row in gold.values())
        print(f"{name:10} found", _line(result), f"| detection F1 {exact['f1']:.3f} exact, overlapping {near['f1']:.3f}",
              f"(P {near['p']:.3f} R {near['r']:.3f}); {1000 * seconds / words * 500:.1f} ms per 500 words")  # fmt: skip
        for line in list(differences(gold, given, scorer))[: options.errors]:
            print("   ", line)
        every |= {(name, key): (_without_adjectives(row, gazetteer), found[key]) for key, row in gold.items()}
    for linked in (False, True):
        print("all found ", _pooled(every, scorer, linked=linked))


def _without_adjectives(row: Row, gazetteer: Gazetteer) -> Row:
    """A document whose words of nationality ("Syrian", "Russians") are marked as such in all corpora, as GeoWebNews has them."""
    marked = [t | {"type": "Demonym"} if gazetteer.adjective(t["mention"]) else t for t in row["toponyms"]]
    return row | {"toponyms": marked}


def _pooled(every: dict[tuple[str, str], tuple[Row, Row]], scorer: ModuleType, *, linked: bool) -> str:
    gold, found = ({key: pair[side] for key, pair in every.items()} for side in (0, 1))
    result = scorer.score(gold, found, "overlap", ADJECTIVES, linked)
    near, placed = result["detection"]["overlap"], result["resolution"]["all_gold"]
    what = "names with a point" if linked else "all names"
    return (f"{what}, no words of nationality: {near['gold']}; within 161 km {placed['acc161']:.3f}, "
            f"P {near['p']:.3f} R {near['r']:.3f} F1 {near['f1']:.3f} (Mordecai 3: .692, .755, .782, .768)")  # fmt: skip


def rows(path: Path, part: str) -> Iterator[Row]:
    """The documents of one corpus, or the part of them that is asked for."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, filter(str.strip, lines)):
            dev = int(md5(row["id"].encode()).hexdigest(), 16) % 3 == 0  # noqa: S324 - the data's own split
            if part == "all" or dev == (part == "dev"):
                yield row


def placed_given(row: Row, gazetteer: Gazetteer, table: ToponymTable) -> Row:
    """The document's own mentions, each placed."""
    toponyms = toponyms_at(row["text"], [Span(t["start"], t["end"]) for t in row["toponyms"]], gazetteer, table)
    return {"id": row["id"], "toponyms": _placed(toponyms, gazetteer)}


def placed_found(row: Row, gazetteer: Gazetteer, table: ToponymTable) -> Row:
    """What we find in the document, placed."""
    text = row["text"]
    toponyms = find_toponyms(text, [Span(0, len(text))], gazetteer, table)
    return {
        "id": row["id"],
        "toponyms": [t for t in _placed(toponyms, gazetteer) if not t["adjective"] and not t["description"]],
    }


def _placed(toponyms: tuple[Toponym, ...], gazetteer: Gazetteer) -> list[Row]:
    readings = resolve(toponyms, gazetteer)
    return [_row(t, r, gazetteer) for t, r in zip(toponyms, readings, strict=True)]


def _row(toponym: Toponym, reading: Reading, gazetteer: Gazetteer) -> Row:
    entry = _entry(toponym, reading, gazetteer)
    at = {
        "start": toponym.mention.start,
        "end": toponym.mention.end,
        "adjective": toponym.adjective,
        "description": toponym.description,
        "why": reading.why,
    }
    return (
        at
        if entry is None
        else {**at, "lat": entry.lat, "lon": entry.lon, "country": entry.country, "name": entry.name}
    )


def _entry(toponym: Toponym, reading: Reading, gazetteer: Gazetteer) -> Entry | None:
    if toponym.adjective:
        return gazetteer.adjective(toponym.name)
    return reading.entry or (reading.others[0] if reading.ambiguous else None)


def differences(gold: dict[str, Row], found: dict[str, Row], scorer: ModuleType) -> Iterator[str]:
    """What was placed wrong or not at all, one line each."""
    for key, row in gold.items():
        for want, got in zip(row["toponyms"], found[key]["toponyms"], strict=True):
            if want.get("lat") is None:
                continue
            if got.get("lat") is None:
                yield f"{key} missing {want['mention']!r} {want.get('fcode')} {want.get('country')} | {got['why']}"
            elif (away := scorer.km(want, got)) > 161:
                yield f"{key} wrong {want['mention']!r} {want.get('fcode')} {want.get('country')} -> {got['name']} {got['country']} {away:.0f} km | {got['why']}"


def _line(result: Row) -> str:
    answered, everything = result["resolution"]["answered"], result["resolution"]["all_gold"]
    country = result["resolution"]["country"]["acc"]
    return (f"docs {result['docs']} answered {result['answered_share']:.3f} acc161 {answered['acc161']:.3f} "
            f"acc10 {answered['acc10']:.3f} of all {everything['acc161']:.3f} auc {everything['auc']:.3f} country {country}")  # fmt: skip


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python module; give the scorer with --scorer")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
