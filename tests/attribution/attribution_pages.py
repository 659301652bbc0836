"""Documents and lines made in one call, for the tests of this room. The wars are invented or long over."""

from __future__ import annotations

from functools import lru_cache

from bywhom.attribution import Lexicon, attribute
from bywhom.attribution.line import Line
from bywhom.prose.quotations import quotations
from bywhom.prose.tokens import tokens
from bywhom.records import Attribution, Block, BlockKind, Dateline, Document, Mention, Span, Stated


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The shipped tables, loaded once."""
    return Lexicon.load()


def line_of(sentence: str) -> Line:
    """One sentence as a line, with its quotations marked."""
    words = tokens(sentence)
    inside = quotations(sentence, [Span(0, len(sentence))])
    quoted = [any(q.inner.start <= w.start < q.inner.end for q in inside) for w in words]
    return Line.of(words, sentence, lexicon(), quoted)


def page(*paragraphs: str, title: str | None = None, agency: str | None = None) -> Document:
    """A document of these paragraphs, with a headline and a date line's agency where they are given."""
    heads = [words for words in (title, agency) if words]
    text = "\n\n".join([*heads, *paragraphs])
    blocks: list[Block] = []
    at = 0
    for part in [*heads, *paragraphs]:
        body = at >= sum(len(head) + 2 for head in heads)
        blocks.append(Block(Span(at, at + len(part)), BlockKind.BODY if body else BlockKind.METADATA))
        at += len(part) + 2
    named = Mention(0, len(title), title) if title else None
    signed = Mention(text.index(agency), text.index(agency) + len(agency), agency) if agency else None
    return Document(
        "0" * 64,
        "page",
        text,
        "",
        "text",
        "",
        tuple(blocks),
        "en",
        title=Stated(title, "", named) if title else None,
        dateline=Dateline(signed.span, agencies=(signed,)) if signed else None,
    )


def read(*paragraphs: str, title: str | None = None, agency: str | None = None) -> tuple[Attribution, ...]:
    """The attributions of a document of these paragraphs."""
    return attribute(page(*paragraphs, title=title, agency=agency), lexicon=lexicon()).items


def told(*paragraphs: str, title: str | None = None, agency: str | None = None) -> list[tuple[str, str]]:
    """For each content its first words and who answers for it; "-" is the publisher, "?" somebody not named."""
    doc = page(*paragraphs, title=title, agency=agency)
    found = attribute(doc, lexicon=lexicon()).items
    return [(" ".join(a.content.of(doc.text).split()[:2]), by(a)) for a in found]


def by(attribution: Attribution) -> str:
    """The name of the source."""
    return "-" if attribution.source is None else attribution.source.name or "?"
