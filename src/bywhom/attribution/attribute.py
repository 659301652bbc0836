"""From a document to its attributions: every sentence of the body, and who answers for it.

The order is Citron's (cues, contents, sources, then resolution), run once over the text from its head to its end, with
a small memory: who spoke last, whose report is being told, and which quotation is still open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bywhom.attribution.chain import dispatch_frame, local_outlets, own_channel
from bywhom.attribution.lexicon import Lexicon
from bywhom.attribution.line import Line
from bywhom.attribution.openings import names_source_of_lead, read_header, read_opening
from bywhom.attribution.quoted import is_tag, read_quoted
from bywhom.attribution.reading import Reading, Sentence
from bywhom.attribution.sayings import gives_floor, read_statement
from bywhom.attribution.sources import Cast
from bywhom.attribution.statements import find_statements, is_bare
from bywhom.attribution.transcript import Labels, ends_recording, header_lines, header_of, unlabelled
from bywhom.attribution.uncued import read_leftover, read_uncued
from bywhom.prose.quotations import Quotation, QuotationIndex, quotations
from bywhom.prose.sentences import sentences
from bywhom.prose.tokens import Token, tokens
from bywhom.records import Attribution, BlockKind, Document, Found, Hop, Mention, SourceKind, Span

_LEAD = 6  # sentences at the head of a report
_PASSED_ON = frozenset(
    {SourceKind.MEDIA, SourceKind.ANONYMOUS}
)  # whose words come through another's hands each time anew
_SOON = 200  # characters between what somebody says in the lead and the next that he says
_CROWDED = 7  # sentences in one line: a text whose paragraph breaks were lost


def attribute(doc: Document, *, lexicon: Lexicon) -> Found[Attribution]:
    """Who says what in one document: attributions in text order, whose contents lie within one sentence each.

    A sentence without a source is attributed to the publisher (source None). Together they cover every sentence of the
    body, except those of which nothing is left when marks are trimmed, and those that only name the source of
    the lead, and those that say only that somebody spoke.
    """
    reading = _prepare(doc, lexicon, "rules")
    for number, sentence in enumerate(reading.sentences):
        if sentence.first:
            reading.new_paragraph()
        if not names_source_of_lead(reading, number):
            _read(reading, number)
        if sentence.ends_recording:
            reading.label = None
    found = sorted(reading.found, key=lambda a: (a.content.start, a.content.end))
    return Found(_with_hands_told_later(found, reading))


def _with_hands_told_later(found: Sequence[Attribution], reading: Reading) -> tuple[Attribution, ...]:
    """The attributions, those of the lead with the hands that the next saying of the same speaker names.

    "Ten died, the guild said. They were porters, the guild said in a letter to the Herald."
    """
    end = reading.sentences[min(_LEAD, len(reading.sentences)) - 1].span.end if reading.sentences else 0
    told = list(found)
    for i, said in enumerate(found):
        source = said.source
        plain = said.content.start < end and said.relays == reading.dispatch.hops
        if source is not None and plain and source.kind not in _PASSED_ON:
            relays = _relays_soon(found[i + 1 :], source.name, said.content.end)
            told[i] = replace(said, relays=relays or said.relays)
    return tuple(told)


def _relays_soon(found: Iterable[Attribution], name: str | None, end: int) -> tuple[Hop, ...]:
    """The hands that the next attribution to somebody of this name tells, if it has a cue and comes soon."""
    later = next((each for each in found if each.source is not None and each.source.name == name), None)
    soon = later is not None and later.cue is not None and later.content.start - end < _SOON
    return later.relays if later is not None and soon else ()


def _read(reading: Reading, number: int) -> None:
    sentence = reading.sentences[number]
    read_opening(reading, sentence)
    if is_tag(reading, number) or _is_signature(reading, sentence):
        return
    speaking, around = sentence.speaking, sentence.around
    if around is None and (is_bare(sentence.line) or gives_floor(reading, sentence)):
        return
    if speaking:
        read_leftover(reading, sentence, speaking)
        for statement in speaking:
            read_statement(reading, sentence, statement)
    elif around is not None:
        read_quoted(reading, number, around)
    else:
        read_uncued(reading, sentence)


def _is_signature(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence is nothing but the name that signs the text: "(Source: X)"."""
    signed = [hop.mention for hop in reading.dispatch.hops if hop.mention is not None]
    return any(sentence.span.covers(m.span) for m in signed) and sentence.line.lows[:3] == ("(", "source", ":")


def _prepare(doc: Document, lexicon: Lexicon, by: str) -> Reading:
    """The document cut into sentences, with the outlets and people it names."""
    paragraphs = [block.span for block in doc.blocks if block.kind is BlockKind.BODY]
    marks = QuotationIndex(quotations(doc.text, paragraphs))
    cut = [sentences(doc.text, paragraph) for paragraph in paragraphs]
    lexicon = _with_local_outlets(doc.text, cut, lexicon)
    crowded = _crowded(doc.text, paragraphs, cut)
    body = [
        _sentence(doc.text, labels, words, marks, lexicon, paragraph=number, first=first, crowded=crowded[number])
        for number, spans in enumerate(cut)
        for labels, first in _unlabelled(doc.text, spans, lexicon)
        if (words := tokens(doc.text, labels.span))
    ]
    header = header_of(doc.text, body[0].span.start if body else 0, lexicon)
    named = header_lines(doc.text, (header.name if header else None,), lexicon)
    cast = Cast([*named, *(sentence.line for sentence in body)], doc.text, lexicon, marks)
    dispatch = dispatch_frame(doc, lexicon)
    reading = Reading(doc.text, lexicon, by, marks, body, cast, dispatch, own_channel(dispatch, lexicon))
    read_header(reading, header)
    return reading


def _unlabelled(text: str, spans: Sequence[Span], lexicon: Lexicon) -> list[tuple[Labels, bool]]:
    """The sentences of a paragraph without their labels, and whether each opens it; a bracket alone goes to the next."""
    table = lexicon.transcripts
    found: list[tuple[Labels, bool]] = []
    waiting: tuple[Mention, ...] = ()
    for span in spans:
        labels = unlabelled(text, span, table)
        labels = replace(labels, before=(*waiting, *labels.before))
        waiting = () if len(labels.span) else labels.before
        if len(labels.span):
            found.append((labels, not found))
    if found and any(ends_recording(label.text, table) for label in waiting):
        found[-1] = (replace(found[-1][0], ends=True), found[-1][1])
    return found


def _with_local_outlets(text: str, cut: Sequence[Sequence[Span]], lexicon: Lexicon) -> Lexicon:
    """The lexicon, knowing the outlets that the report introduces anywhere."""
    names: dict[str, str] = {}
    for span in (span for spans in cut for span in spans):
        names.update(local_outlets(Line.of(tokens(text, span), text, lexicon)))
    return lexicon.for_report(text, names)


def _crowded(text: str, paragraphs: Sequence[Span], cut: Sequence[Sequence[Span]]) -> list[bool]:
    """For each paragraph, whether its line holds so many sentences that paragraph breaks must have been lost."""
    lines: list[int] = []  # where the line of each paragraph begins
    at = -1
    for paragraph in paragraphs:
        at = max(at, text.rfind("\n", max(at, 0), paragraph.start))
        lines.append(at)
    held = Counter(line for line, spans in zip(lines, cut, strict=True) for _ in spans)
    return [held[line] > _CROWDED or (len(held) < 3 and held[line] > 2) for line in lines]


def _sentence(
    text: str,
    labels: Labels,
    words: tuple[Token, ...],
    marks: QuotationIndex,
    lexicon: Lexicon,
    *,
    paragraph: int,
    first: bool,
    crowded: bool,
) -> Sentence:
    touching = marks.touching(labels.span)
    line = Line.of(words, text, lexicon, _quoted(words, touching))
    said = find_statements(line)
    return Sentence(
        labels.span, line, paragraph, first, crowded, touching, said, labels.before, labels.name, labels.ends
    )


def _quoted(words: Sequence[Token], touching: Sequence[Quotation]) -> tuple[bool, ...]:
    """For each word, whether it stands inside a quotation."""
    return tuple(any(q.inner.start <= word.start < q.inner.end for q in touching) for word in words)
