"""What must hold for any report whatever: spans, sameness, and a ledger that gives back what it was given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bywhom.ledger import Ledger
from bywhom.pipeline import add, our_reader
from bywhom.reading import Tools, read
from bywhom.records import BlockKind, Collection, Mention, RawDocument, Span, claim_id

# Pieces of reports, good and bad: what matters is how they are put together.
PIECES = (
    "General Osei said on 3 March 1896 that 40 porters had fled near Adwa.",
    "“We will not march,” a gunner told the Evening Letter, which quoted a letter from the front.",
    "According to the Harbour Post, the mill was burnt and its owner was arrested.",
    "The ministry denied that up to 1.000.000 rounds were lost; it blamed ‘rumours’.",
    "Reports surface of soldiers surrendering in large numbers – Agency",
    "He added that “nobody had been paid for months”, and that they might desert.",
    "“An open quotation that nobody ever closes",
    "By our correspondent | 4 March 1896 | READ MORE",
    "Leave a comment",
    "Photo: archive",
    "Генерал сказал, что полк отступил.",
    "قال الجنرال إن الكتيبة انسحبت.",
    "- - -",
    "said said said that that",
)
ODD = st.text(st.characters(codec="utf-8"), max_size=8)
GAPS = st.sampled_from(["\n\n", "\n", "\r\n\r\n", " ", "\r", "\n \n", "\t", "\u2028", "\x0c", "\xa0"])


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A page: pieces and noise, with whatever stands between paragraphs."""
    parts = draw(st.lists(st.one_of(st.sampled_from(PIECES), ODD), max_size=9))
    page = "".join(part + draw(GAPS) for part in parts)
    return draw(st.sampled_from(["", "\ufeff"])) + page


@lru_cache(maxsize=1)
def tools() -> Tools:
    """The tables, loaded once; no fixture, because Hypothesis prints those with every failure."""
    return Tools.load()


def raw_of(page: str) -> RawDocument:
    collection = Collection("box/page.txt", "file", "2024-05-01T10:00:00Z", "bywhom 0")
    return RawDocument("page", page.encode(), "text", collection)


def parts_of(record: Any) -> Iterator[Any]:
    """A record and every record in it."""
    yield record
    if is_dataclass(record):
        for field in fields(record):
            yield from parts_of(getattr(record, field.name))
    elif isinstance(record, tuple):
        for part in record:
            yield from parts_of(part)


@settings(max_examples=60, deadline=None)
@given(page=pages())
def test_every_word_that_is_kept_stands_where_it_is_said_to_stand(page: str) -> None:
    reading = read(raw_of(page), tools())
    assert not [problem for problem in reading.problems if "A fault in bywhom" in problem.message]
    if reading.document is None:
        assert reading.claims == ()
        return
    text = reading.document.text
    for part in parts_of((reading.document, reading.claims)):
        if isinstance(part, Mention):
            assert text[part.start : part.end] == part.text
        if isinstance(part, Span):
            assert part.end <= len(text)
    for claim in reading.claims:
        assert claim.text == text[claim.span.start : claim.span.end] == claim.text.strip()
        source = claim.attribution.source
        assert claim.id == claim_id(reading.document.id, claim.span, source.mention if source else None)


@settings(max_examples=60, deadline=None)
@given(page=pages())
def test_blocks_are_in_order_and_claims_lie_in_the_body(page: str) -> None:
    reading = read(raw_of(page), tools())
    if reading.document is None:
        return
    doc = reading.document
    assert doc.text == page  # of a plain text nothing is changed, not even a byte order mark
    assert doc.text_id == doc.id == sha256(page.encode()).hexdigest()
    ends = [0, *(block.span.end for block in doc.blocks)]
    assert all(end <= block.span.start for end, block in zip(ends, doc.blocks, strict=False))
    body = [block.span for block in doc.blocks if block.kind in (BlockKind.BODY, BlockKind.TITLE)]
    assert all(any(span.covers(claim.span) for span in body) for claim in reading.claims)
    ids = [claim.id for claim in reading.claims]
    assert len(set(ids)) == len(ids)


@settings(max_examples=30, deadline=None)
@given(page=pages())
def test_the_same_page_gives_the_same_reading(page: str) -> None:
    assert read(raw_of(page), tools()) == read(raw_of(page), tools())


@settings(max_examples=8, deadline=None)
@given(texts=st.lists(pages(), min_size=2, max_size=5), data=st.data())
def test_a_ledger_gives_back_what_was_read_whatever_the_order(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("pages")
    paths = [folder / f"{number}.txt" for number in range(len(texts))]
    for path, page in zip(paths, texts, strict=True):
        path.write_bytes(page.encode())
    reader = our_reader()
    with Ledger.open(folder / "one.db") as one, Ledger.open(folder / "other.db") as other:
        add([str(path) for path in paths], one, reader=reader)
        for path in data.draw(st.permutations(paths)):
            add([str(path)], other, reader=reader)
        assert list(one.verify()) == list(other.verify()) == []
        assert list(one.claims()) == list(other.claims())
        log = list(one.custody())
        add([str(folder / "*.txt")], one, reader=reader)
        assert list(one.custody()) == log
        given_back(one, paths)


def given_back(ledger: Ledger, paths: list[Path]) -> None:
    """The claims in the ledger are those that reading the files gives, but for files taken for no text at all."""
    due = {}
    taken = {each.id for each in ledger.documents()}
    for path in (path for path in paths if sha256(path.read_bytes()).hexdigest() in taken):
        collection = Collection(str(path), "file", "", "")
        reading = read(RawDocument(path.stem, path.read_bytes(), "text", collection), tools())
        due.update({claim.id: claim for claim in reading.claims})
    assert {each.claim.id: each.claim for each in ledger.claims()} == due
