"""Compares the claims read from annotated reports with their gold: who is right, where, and how often.

A gold claim and a predicted one are the same claim where their characters overlap enough (intersection over union of at
least 0.4, best pairs first, one to one). Fields are compared over these pairs; "filled" figures count only the pairs
whose gold value is not empty, because an empty field is easy to get right. A prediction that lies mostly in what the
gold lists as `unscored` (rhetoric, restatements) neither counts nor costs.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import asin, cos, isclose, radians, sin, sqrt
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

T = TypeVar("T")

SAME_CLAIM = 0.4
NEAR_KM = 25.0
EARTH_KM = 6371.0

# What says how somebody is addressed, not who it is.
TITLES = frozenset(
    "a an the of in at for to from by one his her their mr mrs ms dr president minister head leader general colonel "
    "major spokesman spokeswoman spokesperson deputy".split()
)
SPELLINGS = {"defence": "defense", "russia": "russian", "ukraine": "ukrainian", "france": "french", "germany": "german"}
NATIONALITIES = frozenset(["russian", "ukrainian", "french", "german"])

HEADLINE = ("source", "via", "event", "place", "time", "quantities", "certainty+polarity")
FIELDS = ("quote", "source_kind", "channel", "certainty", "polarity", "distanced", *HEADLINE)


class BrokenGold(ValueError):
    """The annotation does not fit its text."""


@dataclass(frozen=True)
class Place:
    """Where, in degrees; no degrees for a name that is garbled and must stay unresolved."""

    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None


@dataclass(frozen=True)
class Time:
    """When, in ISO 8601."""

    value: str = ""


@dataclass(frozen=True)
class Quantity:
    """A number or its bounds."""

    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Reading:
    """What is read of one claim, by a person or by the program."""

    text: str
    start: int = -1
    end: int = -1
    id: str = ""
    document: str = ""
    quote: str | None = None
    source: str | None = None
    source_aliases: list[str] = field(default_factory=list)
    source_kind: str | None = None
    via: list[str] = field(default_factory=list)
    channel: str | None = None
    certainty: str | None = None
    polarity: str | None = None
    distanced: bool | None = None
    event: str | None = None
    place: Place | None = None
    time: Time | None = None
    quantities: list[Quantity] = field(default_factory=list)

    def value(self, name: str) -> object:
        """One field by its name; "certainty+polarity" is both."""
        if name == "certainty+polarity":
            return (self.certainty, self.polarity)
        return getattr(self, name)


@dataclass(frozen=True)
class Report:
    """One annotated text; spans are (start, end) in code points, half-open."""

    name: str
    text: str
    claims: tuple[Reading, ...]
    furniture: tuple[tuple[int, int], ...]
    unscored: tuple[tuple[int, int], ...]


@dataclass
class Score:
    """The figures by name, and the cases behind them."""

    figures: dict[str, float] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)


# --- Reading gold and predictions ---------------------------------------------------------------------------------------


class _Loader(yaml.SafeLoader):
    """YAML in which dates stay words: a month is not a day."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load_gold(gold: Path, texts: Path) -> tuple[Report, ...]:
    """The annotated reports of a folder, in the order of their names; links.yaml is not one of them.

    Raises: BrokenGold where a string of the annotation is not in the text, or a claim's stands there twice.
    """
    files = [path for path in sorted(gold.glob("*.yaml")) if path.stem != "links"]
    return tuple(_report(path, (texts / f"{path.stem}.txt").read_bytes().decode("utf-8")) for path in files)


def _report(path: Path, text: str) -> Report:
    """One annotation with its text."""
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 (a SafeLoader)
    document = content["document"]
    return Report(
        name=path.stem,
        text=text,
        claims=tuple(_gold_claim(path.stem, claim, text) for claim in content["claims"]),
        furniture=_places_of(document.get("body_must_exclude") or [], text, path.stem),
        unscored=_places_of(document.get("unscored") or [], text, path.stem),
    )


def _gold_claim(name: str, claim: dict[str, Any], text: str) -> Reading:
    """A gold claim with its place in the text, which `start` gives where the words stand there more than once."""
    words, start = claim["text"], claim.get("start")
    if start is None and text.count(words) != 1:
        raise BrokenGold(f"{name}/{claim['id']}: its text occurs {text.count(words)} times; give it a start")
    at = text.find(words) if start is None else start
    if not text.startswith(words, at):
        raise BrokenGold(f"{name}/{claim['id']}: its text is not at {at}")
    filled = {key: value for key, value in claim.items() if value is not None}
    return msgspec.convert({**filled, "document": name, "start": at, "end": at + len(words)}, Reading)


def _places_of(strings: Iterable[str], text: str, name: str) -> tuple[tuple[int, int], ...]:
    """Every place at which one of the strings stands in the text."""
    found = []
    for string in strings:
        spans = [match.span() for match in re.finditer(re.escape(string), text)]
        if not spans:
            raise BrokenGold(f"{name}: {string!r} is not in the text")
        found += spans
    return tuple(found)


def load_predictions(path: Path) -> tuple[Reading, ...]:
    """The claims that `bywhom export --format jsonl` wrote."""
    decode = msgspec.json.Decoder(dict[str, Any]).decode
    rows = (decode(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip())
    return tuple(msgspec.convert({k: v for k, v in row.items() if v is not None}, Reading) for row in rows)


# --- Whether two values agree -------------------------------------------------------------------------------------------


def words_of(name: str) -> frozenset[str]:
    """What identifies somebody in a name: no accents, no case, no titles (unless it is nothing but a title)."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).casefold()
    plain = re.sub(r"'s\b|[\u0300-\u036f]", "", plain)
    found = frozenset(SPELLINGS.get(word, word) for word in re.findall(r"\w+", plain))
    return found - TITLES or found


def names_agree(gold: str | None, said: str | None, aliases: Sequence[str] = ()) -> bool:
    """Both empty; or one name is part of the other, and more than a nationality is shared."""
    if not gold or not said:
        return not gold and not said
    found = words_of(said)
    return any(_one_name(words_of(name), found) for name in (gold, *aliases))


def _one_name(a: frozenset[str], b: frozenset[str]) -> bool:
    return a == b or ((a <= b or b <= a) and bool((a & b) - NATIONALITIES))


def places_agree(gold: Place | None, said: Place | None) -> bool:
    """Within 25 km or the radius of the gold; a garbled name must stay without a point."""
    if gold is None:
        return said is None
    if gold.lat is None or gold.lon is None:
        return said is None or said.lat is None or said.lon is None
    if said is None or said.lat is None or said.lon is None:
        return False
    return kilometres(gold.lat, gold.lon, said.lat, said.lon) <= max(NEAR_KM, gold.radius_km or 0.0)


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance of two points given in degrees."""
    a, b = radians(lat), radians(other_lat)
    across = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(across)))


def times_agree(gold: Time | None, said: Time | None) -> bool:
    """Equal at the precision of the gold: its X matches any digit, its interval is met by at least half of it."""
    a, b = (gold.value if gold else ""), (said.value if said else "").split("T")[0]
    if not a or not b or a == b:
        return a == b
    if "/" in a or "/" in b:
        return _days_agree(days(a), days(b))
    fits = len(b) >= len(a) and all(y in ("X", x) or x == "X" for x, y in zip(a, b, strict=False))
    return fits and b[len(a) : len(a) + 1] in ("", "-")


def _days_agree(gold: tuple[int, int] | None, said: tuple[int, int] | None) -> bool:
    """Whether one stretch of days lies in the other's, or they share at least half of what they cover together."""
    if gold is None or said is None:
        return False
    shared = min(gold[1], said[1]) - max(gold[0], said[0]) + 1
    covered = max(gold[1], said[1]) - min(gold[0], said[0]) + 1
    return (gold[0] <= said[0] and said[1] <= gold[1]) or shared / covered >= 0.5


def days(value: str) -> tuple[int, int] | None:
    """The first and the last day of a date, month, year or interval, counted; None where a digit is not known."""
    try:
        parts = [[int(number) for number in part.strip()[:10].split("-")] for part in value.split("/")]
        first, last = parts[0], parts[-1]
        first = [*first, 1, 1][:3]
        last = [*last, 12][:2] if len(last) == 1 else last
        last = [*last, calendar.monthrange(last[0], last[1])[1]] if len(last) == 2 else last
        return date(*first).toordinal(), date(*last).toordinal()
    except ValueError:
        return None


def quantities_agree(gold: Quantity, said: Quantity) -> bool:
    """Both bounds are the same."""
    return _same_number(gold.low, said.low) and _same_number(gold.high, said.high)


def _same_number(a: float | None, b: float | None) -> bool:
    return a == b if a is None or b is None else isclose(a, b)


def share(gold: Sequence[T], said: Sequence[T], agree: Callable[[T, T], bool]) -> float:
    """F1 of two lists, paired one to one; two empty lists agree."""
    rest, hits = list(said), 0
    for wanted in gold:
        hit = next((i for i, found in enumerate(rest) if agree(wanted, found)), None)
        if hit is not None:
            del rest[hit]
            hits += 1
    return 2 * hits / (len(gold) + len(said)) if gold or said else 1.0


# --- Scoring ------------------------------------------------------------------------------------------------------------


def compare(gold: Reading, said: Reading) -> dict[str, float]:
    """How well each field of a pair agrees, from 0 to 1."""
    scores: dict[str, float] = {name: float(gold.value(name) == said.value(name)) for name in FIELDS}
    scores["distanced"] = float(bool(gold.distanced) == bool(said.distanced))
    scores["source"] = float(names_agree(gold.source, said.source, gold.source_aliases))
    scores["via"] = share(gold.via, said.via, names_agree)
    scores["place"] = float(places_agree(gold.place, said.place))
    scores["time"] = float(times_agree(gold.time, said.time))
    scores["quantities"] = share(gold.quantities, said.quantities, quantities_agree)
    return scores


def pair(report: Report, said: Sequence[Reading]) -> list[tuple[Reading, Reading]]:
    """Gold and predicted claims that are the same claim, best overlaps first."""
    overlaps = [(_likeness(gold, claim), i, j) for i, gold in enumerate(report.claims) for j, claim in enumerate(said)]
    best = sorted((-likeness, i, j) for likeness, i, j in overlaps if likeness >= SAME_CLAIM)
    taken: dict[int, int] = {}
    for _, i, j in best:
        if i not in taken and j not in taken.values():
            taken[i] = j
    return [(report.claims[i], said[j]) for i, j in taken.items()]


def _likeness(a: Reading, b: Reading) -> float:
    """Characters shared, over characters covered by either."""
    shared = _shared((a.start, a.end), (b.start, b.end))
    return shared / ((a.end - a.start) + (b.end - b.start) - shared) if shared else 0.0


def _shared(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def score(reports: Sequence[Report], said: Sequence[Reading]) -> Score:
    """All figures over the reports; predictions for other documents are left out."""
    pairs: list[tuple[Reading, Reading]] = []
    result = Score(faults={kind: [] for kind in ("missed", "spurious", "furniture", "offset_mismatch")})
    for report in reports:
        mine = [claim for claim in said if claim.document == report.name]
        found = pair(report, mine)
        pairs += found
        for kind, cases in _faults(report, mine, found).items():
            result.faults[kind] += cases
    result.figures = figures(pairs, result.faults)
    return result


def _faults(report: Report, said: Sequence[Reading], pairs: list[tuple[Reading, Reading]]) -> dict[str, list[str]]:
    """What went wrong in one report, as "name:start-end"."""
    right, found = {gold.id for gold, _ in pairs}, {id(claim) for _, claim in pairs}
    spare = [claim for claim in said if id(claim) not in found]
    return {
        "missed": [f"{report.name}/{gold.id}" for gold in report.claims if gold.id not in right],
        "spurious": [_where(claim) for claim in spare if not _is_unscored(report, claim)],
        "furniture": [_where(c) for c in said if any(_shared((c.start, c.end), s) for s in report.furniture)],
        "offset_mismatch": [_where(claim) for claim in said if report.text[claim.start : claim.end] != claim.text],
    }


def _where(claim: Reading) -> str:
    return f"{claim.document}:{claim.start}-{claim.end}"


def _is_unscored(report: Report, claim: Reading) -> bool:
    """Whether most of a claim lies in what the gold leaves out."""
    return sum(_shared((claim.start, claim.end), span) for span in report.unscored) > 0.5 * (claim.end - claim.start)


def figures(pairs: Sequence[tuple[Reading, Reading]], faults: dict[str, list[str]]) -> dict[str, float]:
    """Every figure by its name; "source filled" is over the pairs whose gold has a source."""
    hits, missed, spurious = len(pairs), len(faults["missed"]), len(faults["spurious"])
    scored = [(gold, compare(gold, said)) for gold, said in pairs]
    found = {
        "claim F1": _ratio(2 * hits, 2 * hits + missed + spurious),
        "claim precision": _ratio(hits, hits + spurious),
        "claim recall": _ratio(hits, hits + missed),
        "whole-claim recall": _ratio(sum(_whole(scores) for _, scores in scored), hits + missed),
    }
    for name in FIELDS:
        filled = [scores[name] for gold, scores in scored if gold.value(name) not in (None, [], "")]
        found[name] = _ratio(sum(scores[name] for _, scores in scored), hits)
        found[f"{name} filled"] = _ratio(sum(filled), len(filled))
    for headline, kind in (("headline", ""), ("headline filled", " filled")):
        found[headline] = (found["claim F1"] + sum(found[name + kind] for name in HEADLINE)) / (1 + len(HEADLINE))
    return found | {kind: float(len(faults[kind])) for kind in ("furniture", "offset_mismatch")}


def _whole(scores: dict[str, float]) -> bool:
    """Whether source, event, certainty and polarity are all right."""
    return all(scores[name] == 1.0 for name in ("source", "event", "certainty+polarity"))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
