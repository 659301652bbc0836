"""What the head of a sentence or paragraph announces for what follows: a report, an interview, a turn to speak."""

from __future__ import annotations

import re
from dataclasses import replace

from bywhom.attribution.chain import Frame, channel_in, hops_of, relays_in_frame
from bywhom.attribution.line import Line
from bywhom.attribution.names import outlets_in
from bywhom.attribution.naming import Named, read_phrase
from bywhom.attribution.phrases import Phrase
from bywhom.attribution.reading import Reading, Sentence, Turn, Voice, going_on
from bywhom.prose.tokens import tokens
from bywhom.records import Mention, Quote, Resolution, Source, SourceKind, Span

_LABEL = re.compile(r"\[?(?P<name>[A-Z][A-Z.'’ -]{2,30}[A-Z])(?:\]|:)\s")
# Monitoring services head a text with its form and its speaker: "[SPEECH] [PRESIDENT …]", "[COMMUNIQUE BY …]".
_HEADER = re.compile(
    r"\[(?:SPEECH|ADDRESS|COMMUNIQUE|STATEMENT|MESSAGE|LETTER|COMMENTARY|PROCLAMATION|EDITORIAL)\b"
    r"(?:\]\s*\[|[^\]]{0,40}?\b(?:BY|FROM|OF)\s+)(?P<name>[^\[\]]{3,120})\]",
    re.IGNORECASE,
)
_LEAD = 6  # sentences at the head of a report whose source a later one may tell


def read_opening(reading: Reading, sentence: Sentence) -> None:
    """Note what a sentence announces: "Outlet reports: …", "X was interviewed by Y", "[NAME] Well, …"."""
    if sentence.first:
        _open_report(reading, sentence)
    if not sentence.statements:
        _note_interview(reading, sentence)
    if sentence.first:
        _take_label(reading, sentence)


def _open_report(reading: Reading, sentence: Sentence) -> None:
    """Open the report of "Outlet reports: …" at the head of a paragraph: all that follows is in that outlet's hands."""
    line = sentence.line
    colon = line.find(0, 8, {":"})
    if colon is None or colon < 2 or colon + 2 >= len(line) or line.low(colon - 1) not in line.lex.verbs:
        return
    hops = hops_of(outlets_in(line.part(0, colon - 1)), line.mention(0, colon - 1))
    if hops and not line.opens_quotation(colon + 1):
        reading.told = Frame(hops, firm=True)


def _note_interview(reading: Reading, sentence: Sentence) -> None:
    """Note that what X says below came through Y: "X, a driver, was interviewed by the newspaper Y"."""
    people = reading.cast.roster.people.between(sentence.span.start, sentence.span.end)
    hops = relays_in_frame(sentence.line) if people else ()
    speaker = reading.cast.find(people[0])[0] if hops else None
    if speaker is not None:
        speaker.relays, speaker.channel = hops, channel_in(sentence.span.of(reading.text), reading.lexicon)
        reading.cast.speak(speaker)


def _take_label(reading: Reading, sentence: Sentence) -> None:
    """Give the paragraph to the speaker whom a transcript labels: "[NAME] Well, …", "NAME: …"."""
    match = _LABEL.match(sentence.span.of(reading.text))
    name = match["name"] if match else ""
    if match is None or name.title() in reading.lexicon.accounts.no_speakers or len(name.split()) > 4:
        return
    start = sentence.span.start + match.start("name")
    mention = Mention(start, start + len(name), name)
    speaker, _ = reading.cast.find(Named(mention, name, None, proper=True, person=True))
    if speaker is not None:
        reading.cast.speak(speaker)
        reading.label = going_on(speaker, mention)


def speech_in_header(reading: Reading, body: int) -> Turn | None:
    """Who speaks in the whole text, where its header says so; `body` is where the body begins."""
    match = _HEADER.search(reading.text, 0, body)
    if match is None:
        return None
    line = Line.of(tokens(reading.text, Span(*match.span("name"))), reading.text, reading.lexicon)
    named = read_phrase(line, Phrase(0, len(line)))
    speaker = reading.cast.find(named)[0] if named.pronoun is None else None
    return going_on(speaker, named.mention) if speaker is not None else None


# -- the source of the lead, told after it ------------------------------------------------------------------------------


def names_source_of_lead(reading: Reading, number: int) -> bool:
    """Whether a sentence only tells whose word the lead was ("This revelation came from X"); X then answers for it."""
    sentence = reading.sentences[number]
    if not 0 < number <= _LEAD or not _points_back(sentence, reading.sentences[number - 1]):
        return False
    match = reading.lexicon.came_from.search(sentence.span.of(reading.text))
    if match is None:
        return False
    people = reading.cast.roster.people.between(sentence.span.start + match.end(), sentence.span.end)
    speaker = reading.cast.find(people[0])[0] if people else None
    if speaker is None:
        return False
    speaker.relays = relays_in_frame(sentence.line) or speaker.relays
    speaker.channel = channel_in(sentence.span.of(reading.text), reading.lexicon) or speaker.channel
    reading.cast.speak(speaker)
    mention = people[0].mention
    reading.open = going_on(speaker, mention)
    lead = Source(speaker.name, speaker.kind, mention, Resolution.LEAD)
    _give_lead(reading, Voice(lead, relays=reading.through(speaker), channel=speaker.channel))
    return True


def _points_back(sentence: Sentence, before: Sentence) -> bool:
    """Whether a sentence begins with what the one before it told: "This revelation", "The order"."""
    opening = sentence.line.lows[:6]
    told = {word.lower for word in before.line.words if len(word.text) > 3} - {"this", "that", "these"}
    named = sentence.line.lex.accounts.lead_nouns | told
    return opening[0] in {"this", "these", "the", "that", "it"} and not named.isdisjoint(opening)


def _give_lead(reading: Reading, voice: Voice) -> None:
    """Attribute the uncued and anonymous contents before to the speaker who turns out to answer for them."""
    for i, attribution in enumerate(reading.found):
        if attribution.source is None or attribution.source.kind is SourceKind.ANONYMOUS:
            quote = Quote.INDIRECT if attribution.quote is Quote.NONE else attribution.quote
            reading.found[i] = replace(
                attribution, source=voice.source, relays=voice.relays, channel=voice.channel, quote=quote
            )
