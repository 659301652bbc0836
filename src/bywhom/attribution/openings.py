"""What the head of a sentence or paragraph announces for what follows: a report, an interview, a turn to speak."""

from __future__ import annotations

from dataclasses import replace

from bywhom.attribution.chain import Frame, channel_in, hops_of, relays_in_frame
from bywhom.attribution.names import outlets_in
from bywhom.attribution.reading import Reading, Sentence, Turn, Voice, going_on
from bywhom.attribution.sources import Speaker
from bywhom.attribution.transcript import Header, begins_recording, ends_recording, is_note, speaker_in
from bywhom.records import Channel, Hop, Mention, Quote, Resolution, Source, SourceKind

_LEAD = 6  # sentences at the head of a report whose source a later one may tell


def read_opening(reading: Reading, sentence: Sentence) -> None:
    """Note what a sentence announces: "Outlet reports: …", "X was interviewed by Y", "[NAME] Well, …"."""
    if sentence.first:
        _open_report(reading, sentence)
    if not sentence.statements:
        _note_interview(reading, sentence)
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
    """Give the floor to the speaker whom a transcript labels: "[NAME] Well, …", "NAME: …"."""
    for label in sentence.labels:
        _take_bracket(reading, label)
    if sentence.first and sentence.name_before_colon is not None:
        turn = _turn_of_label(reading, sentence.name_before_colon)
        reading.label = replace(turn, lasting=False) if turn is not None else reading.label


def _take_bracket(reading: Reading, label: Mention) -> None:
    """Note what one bracket says: that a recording begins or ends, or who speaks now."""
    table = reading.lexicon.transcripts
    if begins_recording(label.text, table) or ends_recording(label.text, table):
        reading.label = None
    elif not is_note(label.text, table):
        reading.label = _turn_of_label(reading, label)


def _turn_of_label(reading: Reading, label: Mention) -> Turn | None:
    """The turn of whom a label names: recorded, and lasting until the next label; None for who only asks."""
    named = speaker_in(label, reading.text, reading.lexicon)
    if named is None:
        return _turn_of_asker(reading, label)
    speaker, _ = reading.cast.find(named)
    if speaker is None:
        return None
    if speaker.channel is None:
        speaker.channel = reading.heard_by
    reading.cast.speak(speaker)
    return replace(going_on(speaker, named.mention), recorded=True, lasting=True)


def _turn_of_asker(reading: Reading, label: Mention) -> Turn:
    """The turn of who only asks: the station's."""
    hop = next(iter(reading.dispatch.hops), Hop(label.text, SourceKind.MEDIA, label))
    asker = Speaker(hop.name, hop.kind, person=False, plural=False, proper=True, channel=reading.heard_by)
    return replace(going_on(asker, label), recorded=True, lasting=True)


def read_header(reading: Reading, header: Header | None) -> None:
    """Note who speaks in the whole text, where its header says so, or through which reporter it came."""
    if header is None or header.name is None:
        return
    named = speaker_in(header.name, reading.text, reading.lexicon)
    if named is None or named.pronoun is not None:
        return
    if header.reported:  # in print the name is a byline
        if reading.heard_by or not reading.dispatch.hops:
            reading.told = Frame((Hop(named.name, SourceKind.MEDIA, named.mention),), firm=True)
        return
    speaker = reading.cast.find(named)[0]
    if speaker is not None:
        spoken = speaker.person if header.spoken is None else header.spoken
        speaker.channel = header.channel or (reading.heard_by if spoken else Channel.DOCUMENT)
        reading.speech = replace(going_on(speaker, named.mention), recorded=spoken, lasting=True)


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
