"""What the benches of linking share: reports read through the pipeline, and gold claims made into records."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bywhom.reading import Tools, read
from bywhom.records import (
    Actor,
    Attribution,
    Certainty,
    Channel,
    Claim,
    Collection,
    Declared,
    Derived,
    Document,
    Event,
    EventType,
    Hop,
    Mention,
    Modality,
    Place,
    PlaceOutcome,
    Polarity,
    Quantity,
    Quote,
    RawDocument,
    Role,
    Source,
    SourceKind,
    Span,
    Stated,
    Timespan,
    Told,
)
from bywhom.versions import TOOL

_ABOUT = re.compile(r"\b(about|around|nearly|some|roughly|approximately|almost)\b", re.IGNORECASE)


def raw(name: str, text: str, *, publisher: str | None = None, published: str | None = None) -> RawDocument:
    """A text as a report that was collected."""
    data = text.encode("utf-8", "surrogatepass")
    declared = Declared(publisher=publisher, published=published)
    return RawDocument(name, data, "text", Collection(name, "file", "", TOOL), declared, text)


def news(path: Path) -> Iterator[RawDocument]:
    """The reports of a gzip JSONL file with id, publisher, published, text."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield raw(str(row["id"]), row["text"], publisher=row["publisher"], published=row["published"])


def told(reports: Iterable[RawDocument], jobs: int = 2) -> list[Told]:
    """The claims that the pipeline reads in the reports, in their order."""
    with ProcessPoolExecutor(jobs) as pool:
        return [one for found in pool.map(_read, reports, chunksize=16) for one in found]


@lru_cache(maxsize=1)
def _tools() -> Tools:
    return Tools.load("bench")


def _read(report: RawDocument) -> list[Told]:
    reading = read(report, _tools())
    return [tell(claim, report.name, reading.document) for claim in reading.claims]


def tell(claim: Claim, name: str, doc: Document | None) -> Told:
    """A claim with what is known of its report."""
    if doc is None:
        return Told(claim, name)
    return Told(claim, name, _value(doc.publisher), _value(doc.published), _value(doc.title), doc.url)


def _value(stated: Stated | None) -> str | None:
    return stated.value if stated else None


# --- Gold claims as records: the test door ------------------------------------------------------------------------------


class _Loader(yaml.SafeLoader):
    """YAML in which dates stay words."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def gold(folder: Path, texts: Path) -> list[Told]:
    """The claims of an annotated folder as if they had been read so; their ids are "report/claim"."""
    found = []
    for path in sorted(folder.glob("*.yaml")):
        if path.stem == "links":
            continue
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 (a SafeLoader)
        text, document = (texts / f"{path.stem}.txt").read_bytes().decode("utf-8"), content["document"]
        known = {**(document.get("metadata") or {}), **{k: v for k, v in document.items() if v is not None}}
        head = (known.get("publisher"), known.get("published"), known.get("title"))
        found += [Told(claim_of(path.stem, row, text), path.stem, *head) for row in content["claims"]]
    return found


def claim_of(name: str, row: dict[str, Any], text: str) -> Claim:
    """An annotated claim as if it had been read so; its id is "report/claim"."""
    start = row.get("start", text.find(row["text"]))
    span = Span(start, start + len(row["text"]))
    return Claim(
        id=f"{name}/{row['id']}",
        document_id=name,
        span=span,
        text=row["text"],
        attribution=_attribution(row, span),
        certainty=Certainty(row["certainty"]),
        polarity=Polarity(row["polarity"]),
        modality=Modality.ACTUAL,
        distanced=bool(row.get("distanced")),
        event=Event(EventType(row["event"]), None, _actors(row)),
        place=_place(row.get("place"), span),
        time=_time(row.get("time"), span),
        quantities=tuple(_quantity(one, span) for one in row.get("quantities") or []),
    )


def _attribution(row: dict[str, Any], span: Span) -> Attribution:
    mention = Mention(span.start, span.start, row.get("source_mention") or "")
    kind = SourceKind(row["source_kind"])
    return Attribution(
        content=span,
        quote=Quote(row["quote"]),
        source=None if kind is SourceKind.PUBLISHER else Source(row.get("source"), kind, mention),
        cue=Mention(span.start, span.start, row["cue"]) if row.get("cue") else None,
        relays=tuple(Hop(name, SourceKind.MEDIA) for name in row.get("via") or []),
        channel=Channel(row["channel"]) if row.get("channel") else None,
    )


def _actors(row: dict[str, Any]) -> tuple[Actor, ...]:
    return tuple(Actor(actor["name"], Role(actor["role"])) for actor in row.get("actors") or [])


def _place(row: dict[str, Any] | None, span: Span) -> Place | None:
    if not row:
        return None
    located = row.get("lat") is not None
    return Place(
        mention=Mention(span.start, span.start, row.get("mention") or row.get("name") or ""),
        outcome=PlaceOutcome.SETTLEMENT if located else PlaceOutcome.UNRESOLVED,
        name=row.get("name"),
        country=row.get("country"),
        lat=row.get("lat"),
        lon=row.get("lon"),
        radius_km=row.get("radius_km"),
    )


def _time(row: dict[str, Any] | None, span: Span) -> Timespan | None:
    if not row or not row.get("value"):
        return None
    return Timespan(str(row["value"]), Mention(span.start, span.start, row.get("evidence") or ""), Derived.STATED)


def _quantity(row: dict[str, Any], span: Span) -> Quantity:
    words = row["text"]
    mention = Mention(span.start, span.start, words)
    return Quantity(mention, row.get("low"), row.get("high"), bool(_ABOUT.search(words)), row.get("unit") or "")
