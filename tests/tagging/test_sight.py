"""What the shipped reader sees: spans that stand in the text, and the same twice."""

from __future__ import annotations

import pytest

from bywhom.records import Block, BlockKind, Document, Span
from bywhom.tagging.labels import FIELDS
from bywhom.tagging.sight import TrainedReader
from bywhom.tagging.trial import Trial
from bywhom.tagging.windows import SIZE

TEXT = (
    "Captain Elias Brandt said on Monday that two barges had sunk below the lock. "
    "“We will not sail again,” he told the Valley Gazette.\n"
    "The harbour office denied the report."
)
ODD = [
    "a" * 5000,
    "word " * 3000,
    '"' * 2000,
    '“‘«„"' * 300,
    "“We hold the weir, ‘every stone of it’, «so far», „for now“, said the miller. " * 40,  # closed by turns, or never
    "said the miller “" * 200,
    "Z\u0351\u036b\u0343a\u035c" * 300,
    "🚣🏽‍♀️ said so. " * 100,
    "\u200b\u202eHe said\u202c it.\u200d",
    "Генерал сказал, что мост разрушен.",
    "\n\n \n",
    "",
]


@pytest.fixture(scope="module")
def reader() -> TrainedReader:
    """The shipped reader."""
    trial = Trial()
    return trial.reader() or pytest.skip(trial.fault)


def document(text: str) -> Document:
    at, blocks = 0, []
    for line in text.split("\n"):
        blocks.append(Block(Span(at, at + len(line)), BlockKind.BODY))
        at += len(line) + 1
    return Document("d", "d", text, "t", "text", "test", tuple(blocks))


def test_it_finds_who_says_what(reader: TrainedReader) -> None:
    first = reader.tag(document(TEXT))[0]
    assert first.source is not None
    assert first.cue is not None
    assert first.source.of(TEXT) == "Captain Elias Brandt"
    assert first.cue.of(TEXT).startswith("said")
    assert "two barges had sunk" in " ".join(content.of(TEXT) for content in first.contents)


def test_it_sees_the_source_of_a_claim(reader: TrainedReader) -> None:
    start = TEXT.index("two barges")
    judged = reader.see(document(TEXT)).judged(Span(start, TEXT.index(".", start)))
    assert judged is not None
    assert judged.source.span is not None
    assert "Brandt" in judged.source.span.of(TEXT)
    assert judged.chance("polarity", "positive") > 0.5
    assert {name: len(chances) for name, chances in judged.chances.items()} == {n: len(v) for n, v in FIELDS.items()}


def test_it_sees_which_words_tell_place_and_time_of_a_claim(reader: TrainedReader) -> None:
    text = "Two barges sank below the lock of Varn on 3 May 1952, Captain Elias Brandt said."
    seen = reader.see(document(text)).bearings(Span(0, text.index(",")))
    assert seen is not None
    for leads, words in ((seen.place, "Varn"), (seen.time, "3 May")):
        mention = Span(text.index(words), text.index(words) + len(words))
        assert leads.of(mention) > leads.none
        assert leads.of(Span(0, len(text))) + leads.none <= 1.0 + 1e-4


def test_words_outside_the_body_are_not_judged(reader: TrainedReader) -> None:
    doc = document("Out.\nIn the body.")
    sight = reader.see(Document("d", "d", doc.text, "t", "text", "test", doc.blocks[1:]))
    assert sight.judged(Span(0, 3)) is None
    assert sight.bearings(Span(0, 3)) is None


@pytest.mark.parametrize("text", ODD)
def test_twice_the_text_is_at_most_twice_the_work(reader: TrainedReader, text: str) -> None:
    """What the network reads, piece by piece; the windows are of one length, so that attention grows no faster."""
    once, twice = (sum(len(window.pieces) for window in reader.cut(document(text * n))) for n in (1, 2))
    assert twice <= 2 * once + SIZE
    assert all(len(window.pieces) <= SIZE for window in reader.cut(document(text * 2)))


@pytest.mark.parametrize("text", ODD)
def test_no_text_is_too_odd(reader: TrainedReader, text: str) -> None:
    sight = reader.see(document(text))
    said = tuple(sight.attributions())
    spans = [*(s for one in said for s in one.contents), *(Span(one.at, one.at + 1) for one in sight.openings())]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert tuple(reader.see(document(text)).attributions()) == said
