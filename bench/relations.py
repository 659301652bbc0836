"""Relations against annotated reports and against judgements: how many are found, and how many of those found are right.

    python bench/relations.py recall [--shared ../shared]
    python bench/relations.py sample --of news|annotated --kind KIND [--number 100] [--seed 1]
    python bench/relations.py judged

`recall` scores the relations among the system's own claims and among the gold's (a test door: no reading error in the way) with
the functions of score_ledger.py. The gold may miss relations, so its precision is a lower bound.
`sample` draws relations of one kind, shows the two claims in their reports without rule or score, and reads a verdict for each:
r (right), w (wrong), c (cannot tell). Verdicts are kept in bench/judged/ as reports, offsets and verdict, without a word of text.
`judged` relates again and compares: which judged relations are still found, how many of those were right, what is new and unjudged.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from linked import gold, news, raw, told

from bywhom.linking import LinkingTables, relate
from bywhom.records import Relation, RelationType, Told

JUDGED = Path(__file__).parent / "judged"
KINDS = ("same_origin", "corroborates", "contradicts")
TARGETS = {
    "own": {"same_origin": 0.60, "corroborates": 0.45, "contradicts": 0.50, "same_source": 0.75},
    "gold": {"same_origin": 0.80, "corroborates": 0.70, "contradicts": 0.70, "same_source": 0.95},
}
PRECISION = {"same_origin": 0.92, "corroborates": 0.80, "contradicts": 0.80}
# Weights and thresholds were set without these; they are scored apart.
HELD_OUT = frozenset(f"dev-{number}" for number in ("003", "006", "009", "012", "103", "106", "109", "112"))
NEWS = ("syria-fakes", "elsalvador-muc3", "ukraine-web")
FOLDERS = (("acceptance", "seeds"), ("development", "development"))


@dataclass(frozen=True, order=True)
class End:
    """Where one claim of a relation stands."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, order=True)
class Verdict:
    """A person's opinion on one relation."""

    relation: str
    a: End
    b: End
    verdict: str = ""  # right, wrong, cannot tell


def main() -> None:
    """Print the figures that were asked for."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("what", choices=["recall", "sample", "judged"])
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument("--of", choices=["news", "annotated"], default="news")
    ask.add_argument("--kind", choices=KINDS, default="corroborates")
    ask.add_argument("--number", type=int, default=100)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--verdicts", help="a string of r, w and c instead of answers on the terminal")
    options = ask.parse_args()
    if options.what == "recall":
        recall(options.shared)
    elif options.what == "sample":
        sample(options)
    else:
        judged(options.shared)


# --- Recall -------------------------------------------------------------------------------------------------------------


def recall(shared: Path) -> None:
    """The share of gold relations found, over all texts and over those that nothing was fitted on."""
    scorer = _scorer(shared / "bench/score_ledger.py")
    docs, links = _gold(scorer, shared)
    for name, items in (("gold", gold_items(shared)), ("own", annotated(shared))):
        found = as_links(relate(items, tables=LinkingTables.load()).items, items)
        for part, names in (("all", None), ("held out", HELD_OUT)):
            result = scorer.score_links(docs, _within(links, names), _within(found, names))
            print(f"{name} claims, {part}")
            for kind, target in TARGETS[name].items():
                score = result.get(kind, {"recall": 0.0, "precision": None, "gold": 0, "predicted": 0})
                precision = "    -" if score["precision"] is None else f"{score['precision']:.3f}"
                print(f"  {kind:14} recall {score['recall']:.3f} (target {target:.2f}, of {score['gold']})  "
                      f"precision against the gold {precision} (of {score['predicted']})")  # fmt: skip


def gold_items(shared: Path) -> list[Told]:
    """The claims of the annotation as records."""
    return [item for folder, texts in FOLDERS for item in gold(shared / folder, shared / texts)]


def annotated(shared: Path) -> list[Told]:
    """The claims that the system reads in the annotated texts."""
    texts = [path for _, folder in FOLDERS for path in sorted((shared / folder).glob("*.txt"))]
    return told(raw(path.stem, path.read_bytes().decode("utf-8")) for path in texts)


def as_links(relations: Iterable[Relation], items: Sequence[Told]) -> list[dict[str, Any]]:
    """Relations as the scorer wants them."""
    ends = {item.claim.id: asdict(end_of(item)) for item in items}
    return [{"a": ends[one.a], "b": ends[one.b], "relation": one.type.value} for one in relations]


def end_of(item: Told) -> End:
    return End(item.document, item.claim.span.start, item.claim.span.end)


def _within(links: list[dict[str, Any]], names: frozenset[str] | None) -> list[dict[str, Any]]:
    """The links with at least one end in the named reports."""
    if names is None:
        return links
    return [link for link in links if names & {_report(link["a"]), _report(link["b"])}]


def _report(end: object) -> str:
    return str(end["document"]) if isinstance(end, dict) else str(end).split("/")[0]


def _gold(scorer: ModuleType, shared: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    docs: dict[str, Any] = {}
    links: list[dict[str, Any]] = []
    for folder, texts in FOLDERS:
        more, linked = scorer.load_gold(shared / folder, shared / texts)
        docs |= more
        links += linked
    return docs, links


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_ledger", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- Judged precision -----------------------------------------------------------------------------------------------------


def corpus(of: str, shared: Path) -> list[Told]:
    """The claims that a sample is drawn from."""
    if of == "annotated":
        return annotated(shared)
    files = [shared / f"data/conflict-news/{name}.jsonl.gz" for name in NEWS]
    return told(report for path in files for report in news(path))


def found_in(items: Sequence[Told], kinds: Sequence[str] = KINDS) -> list[Verdict]:
    """The relations of some kinds, as yet without a verdict."""
    ends = {item.claim.id: end_of(item) for item in items}
    relations = relate(items, tables=LinkingTables.load()).items
    return sorted(_verdict(one.type, ends[one.a], ends[one.b]) for one in relations if one.type.value in kinds)


def _verdict(kind: RelationType, a: End, b: End) -> Verdict:
    return Verdict(kind.value, min(a, b), max(a, b))


def sample(options: argparse.Namespace) -> None:
    """Draw relations, show them, and keep the verdicts."""
    items = corpus(options.of, options.shared)
    known = {(one.relation, one.a, one.b) for one in load(options.of)}
    found = [one for one in found_in(items, [options.kind]) if (one.relation, one.a, one.b) not in known]
    random.Random(options.seed).shuffle(found)  # noqa: S311 (disorder that can be repeated)
    shown, verdicts = {end_of(item): item for item in items}, list(options.verdicts or "")
    for number, one in enumerate(found[: options.number]):
        if options.verdicts is None:
            _show(number, one, shown)
        answer = verdicts[number] if options.verdicts else sys.stdin.readline().strip()[:1]
        if answer in _ANSWERS:
            keep(options.of, Verdict(one.relation, one.a, one.b, _ANSWERS[answer]))


_ANSWERS = {"r": "right", "w": "wrong", "c": "cannot tell"}


def _show(number: int, one: Verdict, shown: dict[End, Told]) -> None:
    """The two claims and where they stand; nothing of how they were linked."""
    print(f"[{number}] {one.relation}")
    for end in (one.a, one.b):
        item = shown[end]
        source = item.claim.attribution.source
        who = (source.name if source else None) or "(the publisher)"
        print(
            f"  {end.document} | {item.published} | {item.publisher} | {item.title or ''}\n    {who}: {item.claim.text}"
        )


def load(of: str) -> list[Verdict]:
    """The verdicts kept so far."""
    path = JUDGED / f"{of}.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    rows = [json.loads(line) for line in lines]
    return [Verdict(row["relation"], End(*row["a"]), End(*row["b"]), row["verdict"]) for row in rows]


def keep(of: str, one: Verdict) -> None:
    """Add a verdict; of the text only its place."""
    JUDGED.mkdir(exist_ok=True)
    row = {
        "relation": one.relation,
        "a": [*asdict(one.a).values()],
        "b": [*asdict(one.b).values()],
        "verdict": one.verdict,
    }
    with (JUDGED / f"{of}.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(row) + "\n")


def judged(shared: Path) -> None:
    """How this version stands to the verdicts: precision among what is judged, and what asks for judgement."""
    for of in ("news", "annotated"):
        verdicts = {(one.relation, one.a, one.b): one.verdict for one in load(of)}
        if not verdicts:
            continue
        found = found_in(corpus(of, shared))
        for kind in KINDS:
            mine = [verdicts.get((one.relation, one.a, one.b)) for one in found if one.relation == kind]
            right, wrong = mine.count("right"), mine.count("wrong")
            lost = sum(key[0] == kind and value == "right" for key, value in verdicts.items()) - right
            print(f"{of:9} {kind:12} judged precision {right / max(1, right + wrong):.3f} (target {PRECISION[kind]:.2f}): "
                  f"{right} right, {wrong} wrong, {mine.count('cannot tell')} not to be told; {lost} right ones lost; "
                  f"{mine.count(None)} of {len(mine)} not judged")  # fmt: skip


if __name__ == "__main__":
    main()
