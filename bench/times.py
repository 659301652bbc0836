"""Time expressions against annotated corpora, scored the TempEval-3 way.

    python bench/times.py --corpora FOLDER --scorer score_time.py [NAME ...] [--errors N]

FOLDER holds one gzip JSONL file per corpus: {"id", "text", "dct", "timexes": [{"start", "end", "text", "value"}]}. The scorer
is any module with score(gold, predicted). A NAME may carry a range of documents: "wikiwars:1-16". Histories (wikiwars) are
read as narratives, all else as reports of their date.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from bywhom.grounding.timex import TimeExpression, TimeRules, find_times, load_time_rules

Row = dict[str, Any]


def main() -> None:
    """Print one line per corpus."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("names", nargs="*", default=["te3-platinum", "wikiwars:17-22"])
    ask.add_argument("--corpora", type=Path, required=True)
    ask.add_argument("--scorer", type=Path, required=True)
    ask.add_argument("--errors", type=int, default=0, help="print so many differences per corpus")
    options = ask.parse_args()
    scorer, rules = module_at(options.scorer), load_time_rules()
    for name in options.names:
        gold = {row["id"]: row for row in rows(options.corpora, name)}
        found = {key: {"id": key, "timexes": tagged(row, rules)} for key, row in gold.items()}
        result = scorer.score(gold, found)
        print(
            name,
            "docs",
            result["docs"],
            *(f"{k} {result[k]['f1']:.3f}" for k in ("strict", "relaxed", "value")),
            f"(precision {result['relaxed']['p']:.3f} recall {result['relaxed']['r']:.3f},",
            f"value of matched {result['value']['acc_on_matched']:.3f}, day of found {result['day']['acc_on_found']})",
        )
        for line in list(differences(gold, found, scorer))[: options.errors]:
            print("  ", line)


def module_at(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python module; give the scorer with --scorer")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(folder: Path, name: str) -> Iterator[Row]:
    """The documents of a corpus, or of the part of it that "name:from-to" selects by number."""
    stem, _, part = name.partition(":")
    first, last = (int(number) for number in part.split("-")) if part else (1, 10**9)
    with gzip.open(folder / f"{stem}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if first <= number <= last:
                yield json.loads(line)


def tagged(row: Row, rules: TimeRules) -> list[Row]:
    """The expressions of one document in the form of the gold; ranges as their two ends, as the corpora annotate them."""
    narrative = row["id"].startswith("wikiwars")
    anchor = None if narrative else (row["dct"] or "")[:10]
    found = find_times(row["text"], anchor=anchor, table=rules, narrative=narrative)
    ends = [end for one in found for end in (one.parts or (one,))]
    return [_row(one) for one in ends]


def _row(one: TimeExpression) -> Row:
    return {
        "start": one.mention.start,
        "end": one.mention.end,
        "value": one.value,
        "text": one.mention.text,
        "type": one.kind.value.upper(),
        "rule": one.rule,
    }


def differences(gold: dict[str, Row], found: dict[str, Row], scorer: ModuleType) -> Iterator[str]:
    """What was missed, wrongly found or wrongly read, with the words around it."""
    for key, row in gold.items():
        mine = found[key]["timexes"]
        pairs = scorer.match(row["timexes"], mine, False)
        for i, one in enumerate(row["timexes"]):
            if i not in {a for a, _, *_ in pairs}:
                yield f"MISSED   {key} {one['text']!r} {one['value']} | {_around(row, one)}"
        for j, one in enumerate(mine):
            if j not in {b for _, b, *_ in pairs}:
                yield f"SPURIOUS {key} {one['text']!r} {one['value']} ({one['rule']}) | {_around(row, one)}"
        for i, j in pairs:
            a, b = row["timexes"][i], mine[j]
            if scorer.norm(a["value"]) != scorer.norm(b["value"]):
                yield f"VALUE    {key} [{row['dct']}] {a['text']!r} {a['value']} read {b['text']!r} {b['value']} ({b['rule']}) | {_around(row, a)}"


def _around(row: Row, one: Row) -> str:
    return " ".join(row["text"][max(0, one["start"] - 50) : one["end"] + 30].split())


if __name__ == "__main__":
    main()
