"""Reports and claims built by hand: what a ledger is given, without anything that reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha1, sha256
from pathlib import Path
from typing import Any

import pytest

from bywhom.ledger import Ledger, Report, rows
from bywhom.records import (
    Attribution,
    Block,
    BlockKind,
    Certainty,
    Claim,
    Collection,
    Document,
    Event,
    EventType,
    Hop,
    Mention,
    Modality,
    Place,
    PlaceOutcome,
    Polarity,
    Problem,
    Quote,
    RawDocument,
    Source,
    SourceKind,
    Span,
    Stated,
    Timespan,
    claim_id,
)
from bywhom.records.time import Derived

TEXT = "Kars. The Courier reports that Captain Ömer’s battery fired on the redoubt near Kars in June 1855. It rained."


@dataclass(frozen=True)
class Factory:
    """Builds records, and puts the originals into a ledger's archive."""

    ledger: Ledger

    def raw(self, name: str = "kars", text: str = TEXT, *, location: str = "", **more: Any) -> RawDocument:
        location = location or f"box/{name}.txt"
        collection = Collection(location, "file", "2024-05-01T10:00:00Z", "bywhom 0", **more)
        return RawDocument(name, text.encode(), "text", collection)

    def document(self, name: str = "kars", text: str = TEXT) -> Document:
        digest = sha256(text.encode()).hexdigest()
        title = Mention(0, 4, text[:4])
        half = len(text) // 2
        blocks = (
            Block(Span(0, half), BlockKind.BODY),
            Block(Span(half, len(text)), BlockKind.FURNITURE, "a remark on the weather"),
        )
        heading, date = Stated(text[:4], text[:4], title), Stated("1855-06", "June 1855")
        return Document(digest, name, text, digest, "text", "plain 1", blocks, "en", heading, published=date)

    def claim(self, doc: Document, words: str, **more: Any) -> Claim:
        """A claim whose source is Captain Ömer, relayed by the Courier."""
        at = self.mention(doc, words)
        who = Source("Captain Ömer", SourceKind.MILITARY, self.mention(doc, "Captain Ömer"))
        relay = Hop("The Courier", SourceKind.MEDIA, self.mention(doc, "The Courier"))
        said = Attribution(at.span, Quote.INDIRECT, who, self.mention(doc, "reports"), (relay,))
        voice = more.pop("attribution", said)
        source = voice.source
        fields: dict[str, Any] = {
            "certainty": Certainty.CERTAIN,
            "polarity": Polarity.POSITIVE,
            "modality": Modality.ACTUAL,
            "distanced": False,
            "event": Event(EventType.ATTACK, self.mention(doc, "fired")),
        } | more
        key = claim_id(doc.id, at.span, source.mention if source else None)
        return Claim(key, doc.id, at.span, at.text, voice, **fields)

    def claims(self, doc: Document) -> tuple[Claim, ...]:
        """What the standard text claims: an attack that the captain tells, and rain in the publisher's own voice."""
        kars = Mention(doc.text.index("Kars in"), doc.text.index("Kars in") + 4, "Kars")
        place = Place(kars, PlaceOutcome.SETTLEMENT, "Kars", "TR", "Kars Province", 40.6, 43.1)
        time = Timespan("1855-06", self.mention(doc, "June 1855"), Derived.STATED)
        rain = Attribution(self.mention(doc, "It rained.").span, Quote.NONE)
        return (
            self.claim(doc, "battery fired on the redoubt", place=place, time=time),
            self.claim(doc, "It rained.", attribution=rain, event=Event(EventType.OTHER), certainty=Certainty.UNKNOWN),
        )

    @staticmethod
    def mention(doc: Document, words: str) -> Mention:
        start = doc.text.index(words)
        return Mention(start, start + len(words), words)

    def report(
        self,
        name: str = "kars",
        text: str = TEXT,
        *,
        reader: str | None = "reader 1",
        claims: Sequence[Claim] | None = None,
        problems: Sequence[Problem] = (),
        unread: str = "",
        again: bool = False,
        location: str = "",
    ) -> Report:
        """A report as the ledger takes it, its original archived; without a reader it could not be read."""
        raw = self.raw(name, text, location=location)
        digest = self.ledger.archive.put(raw.data)
        doc = self.document(name, text) if reader else None
        found = self.claims(doc) if doc and claims is None and text == TEXT else claims or ()
        reading = rows.reading(doc, found, problems, reader=reader, unread=unread)
        return rows.report(raw, digest, sha1(raw.data, usedforsecurity=False).hexdigest(), reading, again=again)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A new ledger."""
    with Ledger.open(tmp_path / "ledger.db") as opened:
        yield opened


@pytest.fixture
def make(ledger: Ledger) -> Factory:
    """Builds records for `ledger`."""
    return Factory(ledger)


@pytest.fixture(scope="session")
def factory() -> type[Factory]:
    """For tests with a ledger of their own."""
    return Factory
