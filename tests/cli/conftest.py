"""A small ledger built by hand, so that the doors are tested whatever the reader makes of a report."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha1, sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from bywhom.cli.main import cli, guarded
from bywhom.ledger import Ledger, rows
from bywhom.records import (
    Attribution,
    Block,
    BlockKind,
    Certainty,
    Channel,
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
    Quantity,
    Quote,
    RawDocument,
    Resolution,
    Source,
    SourceKind,
    Span,
    Stated,
    Timespan,
    claim_id,
)
from bywhom.records.time import Derived

TITLE = "Garrison of Przemyśl lays down its arms"
LEAD = "The Harbour Post reported on 23 March that the garrison had not broken out, citing a cook who saw it."
SAID = "“We have about 400 horses left,” she said near Lwów."
OWN = "The fortress fell."
COMMENTS = "Leave a comment below!"
TEXT = f"{TITLE}\n\n{LEAD}\n\n{SAID} {OWN}\n\n{COMMENTS}\n"
HOSTILE = "=cmd|\x1b[31m red \x1b]0;owned\x07 \u202eevil\u202c \x9b2J said the [bold]mayor[/bold]."


def mention(words: str, text: str = TEXT) -> Mention:
    start = text.index(words)
    return Mention(start, start + len(words), words)


def span(words: str, text: str = TEXT) -> Span:
    return mention(words, text).span


@dataclass(frozen=True)
class Sample:
    """The ledger, and the ids of what is in it."""

    path: Path
    document_id: str
    claims: tuple[str, ...]


def raw_of(name: str, data: bytes) -> RawDocument:
    collection = Collection(f"reports/{name}.txt", "file", "2024-01-02T03:04:05Z", "bywhom test")
    return RawDocument(name, data, "text", collection)


def document_of(name: str, text: str, blocks: Sequence[Block], **more: object) -> Document:
    digest = sha256(text.encode()).hexdigest()
    return Document(digest, name, text, digest, "text", "plain 1", tuple(blocks), "en", **more)  # type: ignore[arg-type]


def fortress() -> tuple[Document, tuple[Claim, ...]]:
    """A report with a relayed claim said not to have happened, a quotation with a number, and one in its own voice."""
    blocks = (
        Block(span(TITLE), BlockKind.TITLE),
        Block(span(LEAD), BlockKind.BODY),
        Block(span(f"{SAID} {OWN}"), BlockKind.BODY),
        Block(span(COMMENTS), BlockKind.FURNITURE, "a comment form"),
    )
    doc = document_of(
        "fortress", TEXT, blocks, title=Stated(TITLE, TITLE), published=Stated("1915-03-24", "24 March 1915")
    )
    post = Hop("The Harbour Post", SourceKind.MEDIA, mention("The Harbour Post"), mention("reported"))
    cook = Source("a cook", SourceKind.WITNESS, mention("a cook"))
    relayed = Attribution(
        span("the garrison had not broken out"), Quote.INDIRECT, cook, mention("citing"), (post,),
        Channel.PRESS, (mention("reported"),), span(LEAD),
    )  # fmt: skip
    quoted = Attribution(
        span("We have about 400 horses left"), Quote.DIRECT,
        Source("a cook", SourceKind.WITNESS, mention("she"), Resolution.PRONOUN), mention("said"), (post,),
    )  # fmt: skip
    unnamed = Attribution(span(OWN), Quote.NONE)
    lviv = Place(mention("Lwów"), PlaceOutcome.SETTLEMENT, "Lviv", "UA", None, 49.84, 24.03, 702550, 12.0)
    day = Timespan("1915-03-23", mention("23 March"), Derived.RESOLVED)
    horses = Quantity(mention("about 400"), 400.0, 400.0, approximate=True, unit="horses")
    return doc, (
        claim(doc, relayed, EventType.BREAKOUT, Polarity.NEGATIVE, distanced=True, time=day),
        claim(doc, quoted, EventType.OTHER, place=lviv, quantities=(horses,)),
        claim(doc, unnamed, EventType.SURRENDER),
    )


def hostile() -> tuple[Document, tuple[Claim, ...]]:
    """A report that would recolour the terminal and run in a spreadsheet."""
    blocks = (Block(Span(0, len(HOSTILE)), BlockKind.BODY),)
    doc = document_of("hostile\x1b[2J", HOSTILE, blocks, publisher=Stated("\x1b[1mEvil\u202e Post", "x"))
    who = Source("the [bold]mayor[/bold]\x1b[0m", SourceKind.OFFICIAL, mention("mayor", HOSTILE))
    attribution = Attribution(Span(0, 30), Quote.DIRECT, who, mention("said", HOSTILE))
    return doc, (claim(doc, attribution, EventType.OTHER),)


def claim(
    doc: Document, attribution: Attribution, event: EventType, polarity: Polarity = Polarity.POSITIVE, **more: object
) -> Claim:
    content, source = attribution.content, attribution.source
    distanced = bool(more.pop("distanced", False))
    return Claim(
        claim_id(doc.id, content, source.mention if source else None), doc.id, content, content.of(doc.text),
        attribution, Certainty.CERTAIN, polarity, Modality.ACTUAL, distanced, Event(event), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def unread() -> Document:
    text = "Перемишль здався."
    return document_of("ukr", text, (Block(Span(0, len(text)), BlockKind.BODY),))


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    """A ledger with two reports, one that is not read, and a problem."""
    path = tmp_path / "sample.db"
    doc, claims = fortress()
    with Ledger.open(path) as ledger:
        for each, found, why in ((doc, claims, ""), (*hostile(), ""), (unread(), (), "it is in Ukrainian (uk)")):
            put(ledger, each, found, why)
        ledger.record((), [Problem("intake", "it is empty", "Leave it out.", "reports/empty.txt")])
    return Sample(path, doc.id, tuple(each.id for each in claims))


def put(ledger: Ledger, doc: Document, claims: Sequence[Claim], why: str = "") -> None:
    data = doc.text.encode()
    digest = ledger.archive.put(data)
    reading = rows.reading(doc, claims, (), reader="test 1", unread=why)
    raw = raw_of(doc.name, data)
    ledger.record([rows.report(raw, digest, sha1(data, usedforsecurity=False).hexdigest(), reading)])


@dataclass(frozen=True)
class Answer:
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str


Bywhom = Callable[..., Answer]


@pytest.fixture
def bywhom(sample: Sample) -> Bywhom:
    """Call a command on the sample ledger, in this process."""

    def call(*args: str) -> Answer:
        runner = CliRunner(env={"BYWHOM_LEDGER": str(sample.path), "COLUMNS": "100"})
        with runner.isolation() as (out, err, _):
            status = guarded(lambda: cli.main(args=list(args), prog_name="bywhom", standalone_mode=False))
            return Answer(status, out.getvalue().decode(), err.getvalue().decode())

    return call


@pytest.fixture
def process(tmp_path: Path) -> Callable[..., Answer]:
    """Call the program itself, in a process of its own."""

    def call(*args: str, stdin: str = "", **env: str) -> Answer:
        done = subprocess.run(
            [sys.executable, "-m", "bywhom", *args], input=stdin, capture_output=True, text=True, check=False,
            cwd=tmp_path, env={**os.environ, "PYTHONUTF8": "1", **env},
        )  # fmt: skip
        return Answer(done.returncode, done.stdout, done.stderr)

    return call
