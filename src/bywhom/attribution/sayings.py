"""Sentences that say who speaks: each statement led to its speaker, its chain, and its contents."""

from __future__ import annotations

from bywhom.attribution.chain import (
    Frame,
    channel_in,
    join_hops,
    relays_in_frame,
    relays_of_listener,
    split_outlets,
)
from bywhom.attribution.contents import content_span
from bywhom.attribution.cues import CueKind
from bywhom.attribution.handing import is_said
from bywhom.attribution.line import Line
from bywhom.attribution.naming import Named, read_phrase
from bywhom.attribution.owners import is_speakers, of_owner, owner_as_pronoun
from bywhom.attribution.phrases import Phrase
from bywhom.attribution.reading import TOLD_BY_UNNAMED, Reading, Sentence, Turn, Voice
from bywhom.attribution.sources import Speaker, source_of
from bywhom.attribution.statement import Statement
from bywhom.attribution.statements import find_statements
from bywhom.attribution.subjects import group_meant
from bywhom.attribution.versions import announces_version
from bywhom.records import Channel, Hop, Mention, Resolution, Source, SourceKind, Span

_LONGEST_CHAIN = 6  # hops: nobody passes words on through more hands, and chains must not grow with the text
_ROLE = 4  # words of a role before a name
_LEAD = 3  # paragraphs in which an unnamed source may be named further down


def read_statement(reading: Reading, sentence: Sentence, statement: Statement) -> None:
    """Attribute the contents of one statement, and remember who spoke."""
    if statement.source is None:
        _read_impersonal(reading, sentence, statement)
        return
    cue, named = _cue(sentence.line, statement), _named(reading, read_phrase(sentence.line, statement.source))
    speaker, resolution = _speaker(reading, sentence, named, statement.source.first)
    if speaker is None:
        nobody = Source(None, SourceKind.ANONYMOUS, named.mention, Resolution.PRONOUN)
        _add_contents(reading, sentence, statement, Voice(nobody, cue))
        return
    speaker.issues_papers = speaker.issues_papers or named.issued
    turn = Turn(speaker, source_of(speaker, named, resolution), cue)
    relays, channel = _hands(reading, sentence, statement, speaker)
    floor = reading.floor
    recorded = floor is not None and floor.recorded
    if recorded:
        channel = channel or reading.heard_by
    _add_contents(reading, sentence, statement, Voice(turn.source, cue, relays, channel, recorded))
    _remember(reading, sentence, statement, turn)


def _named(reading: Reading, named: Named) -> Named:
    """Who is named; where by whose he is, by the owner's name: "his brother" is the brother of Jan Moro."""
    pronoun = owner_as_pronoun(named)
    if pronoun is None:
        return of_owner(named, None) if is_speakers(named) else named
    whose = reading.cast.find(pronoun)[0]
    return of_owner(named, whose.name) if whose is not None and whose.name else named


def gives_floor(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence only announces who tells what follows ("The army gave another figure."); they then have the floor."""
    version = announces_version(sentence.line)
    turn = turn_of(reading, sentence, version) if version is not None and not version.contents else None
    if turn is None:
        return False
    reading.cast.speak(turn.speaker)
    reading.open = turn
    return True


def turn_of(reading: Reading, sentence: Sentence, statement: Statement) -> Turn | None:
    """Who speaks in a statement; what it says of that speaker's relays and channel is noted on the way."""
    if statement.source is None:
        return None
    named = _named(reading, read_phrase(sentence.line, statement.source))
    speaker, resolution = reading.cast.find(named)
    if speaker is None:
        return None
    _hands(reading, sentence, statement, speaker)
    return Turn(speaker, source_of(speaker, named, resolution), _cue(sentence.line, statement))


def _speaker(reading: Reading, sentence: Sentence, named: Named, first: int) -> tuple[Speaker | None, Resolution]:
    """Whom the source phrase at word `first` stands for; in the lead, somebody who is named only below it."""
    meant = group_meant(sentence.line, first) if named.pronoun == "they" else None
    if meant is not None:
        return reading.cast.find(meant)[0], Resolution.PRONOUN
    speaker, resolution = reading.cast.find(named)
    indefinite = not named.definite and not named.proper and named.pronoun is None
    if speaker is not None and indefinite and sentence.paragraph < _LEAD:
        later = reading.cast.find_first(named, sentence.span.end)
        if later is not None:
            if later.kind is SourceKind.OFFICIAL and named.kind not in {None, SourceKind.ANONYMOUS}:
                later.kind = (
                    named.kind or later.kind
                )  # "a spokesman for the army" tells more than "spokesman Jan Reuss"
            return later, Resolution.LEAD
    return speaker, resolution


def _cue(line: Line, statement: Statement) -> Mention:
    return line.mention(statement.cue.first, statement.cue.last)


def _read_impersonal(reading: Reading, sentence: Sentence, statement: Statement) -> None:
    """Attribute "it was reported that" to nobody named; "is believed to" is the publisher's own hedge."""
    noun = reading.lexicon.cues.unnamed.get(statement.cue.lemma)
    source = Source(f"unnamed {noun}", SourceKind.ANONYMOUS, None) if noun else None
    voice = Voice(source, _cue(sentence.line, statement), reading.dispatch.hops if source else ())
    for content in statement.contents:
        span = content_span(sentence.line, content)
        if span is not None:
            reading.add(span, sentence, voice)


# -- relays and channel -------------------------------------------------------------------------------------------------


def _hands(
    reading: Reading, sentence: Sentence, statement: Statement, speaker: Speaker
) -> tuple[tuple[Hop, ...], Channel | None]:
    """Relays and channel of one statement; what it says of them stays with its speaker."""
    line = sentence.line
    frame = _frame_words(line, statement)
    channel = channel_in(" ".join(w.text for w in frame.words), reading.lexicon)
    own = tuple(hop for phrase in statement.relays for hop in _relay(reading, line, phrase))
    if statement.listener is not None:
        hops, heard = _listener(reading, line, statement.listener, speaker)
        own, channel = hops + own, channel or heard
    own = (
        own
        or relays_in_frame(frame)
        or _employer(line, statement, speaker)
        or _of_account(reading, line, statement, speaker)
    )
    speaker.relays = own or speaker.relays
    speaker.channel = channel or speaker.channel
    return reading.through(speaker, own), speaker.channel


def _frame_words(line: Line, statement: Statement) -> Line:
    """The words of the sentence that belong to no content."""
    inside = {i for first, last in statement.contents for i in range(first, last)}
    return Line.of([w for i, w in enumerate(line.words) if i not in inside], line.text, line.lex)


def _relay(reading: Reading, line: Line, phrase: Phrase) -> tuple[Hop, ...]:
    named = read_phrase(line, phrase)
    relayer, _ = reading.cast.find(named)
    outlets = split_outlets(named, line)
    if outlets or relayer is None:
        return outlets
    return (Hop(relayer.name, relayer.kind, named.mention),)


def _listener(reading: Reading, line: Line, phrase: Phrase, speaker: Speaker) -> tuple[tuple[Hop, ...], Channel | None]:
    listener = read_phrase(line, phrase)
    hops, heard = relays_of_listener(listener, line, reading.told)
    return hops or _confidant(reading, listener, speaker), heard


def _confidant(reading: Reading, listener: Named, speaker: Speaker) -> tuple[Hop, ...]:
    """The hop of a listener who hands it on, with those through whom she speaks: "a sergeant told her that"."""
    teller = reading.cast.last
    if listener.pronoun not in {"her", "him"} or teller is None or teller is speaker or not teller.person:
        return ()
    if len(teller.relays) >= _LONGEST_CHAIN:
        return ()
    return join_hops(teller.relays, (Hop(teller.name, teller.kind, listener.mention),))


def _of_account(reading: Reading, line: Line, statement: Statement, speaker: Speaker) -> tuple[Hop, ...]:
    """The outlet that goes on gathering voices: behind "a baker told the Herald", "another baker, Jan, said" was told to it too."""
    before = reading.cast.before(speaker)
    if statement.source is None or before is None or speaker.relays or not speaker.person:
        return ()
    if not _is_one_more(line, statement.source.first):
        return ()
    return tuple(hop for hop in before.relays if hop.kind is SourceKind.MEDIA)


def _is_one_more(line: Line, first: int) -> bool:
    """Whether a phrase, or the role right before its name, opens with "another" or the like: "another freed miner Jan"."""
    for i in range(first, max(-1, first - _ROLE - 1), -1):
        if not line.words[i].is_word:
            return False
        if line.low(i) in line.lex.accounts.one_more or " ".join(line.lows[i : i + 2]) in line.lex.accounts.one_more:
            return True
    return False


def _employer(line: Line, statement: Statement, speaker: Speaker) -> tuple[Hop, ...]:
    """The outlet that a source phrase names without being it: "a resident quoted by the Herald"."""
    named = read_phrase(line, statement.source) if statement.source else None
    if named is None or not named.outlet or named.person or speaker.kind is SourceKind.MEDIA:
        return ()
    return split_outlets(named, line) if named.outlet != speaker.name else ()


# -- contents -----------------------------------------------------------------------------------------------------------


def _add_contents(reading: Reading, sentence: Sentence, statement: Statement, voice: Voice) -> None:
    for content in statement.contents:
        span = content_span(sentence.line, content)
        if span is not None:
            add_content(reading, sentence, span, voice)


def add_content(reading: Reading, sentence: Sentence, span: Span, voice: Voice) -> None:
    """Attribute one content, or those nested in it: "RIA cites the leader, who says …", "“My brother said …”"."""
    line = sentence.line.between(span.start, span.end).aloud()
    nested = [(s, named) for s in find_statements(line) if (named := _inner_speaker(line, s, voice.source))]
    if not nested:
        reading.add(span, sentence, voice)
    for statement, named in nested:
        speaker, _ = reading.cast.find(_named_by(named, voice))
        if speaker is not None:
            inner = Source(speaker.name, speaker.kind, named.mention)
            relays = join_hops(voice.relays, _as_hop(voice), without=speaker.name)
            _add_nested(reading, sentence, line, statement, Voice(inner, _cue(line, statement), relays, voice.channel))


def _named_by(named: Named, voice: Voice) -> Named:
    """Who is named in somebody's words: "my brother" is the brother of whoever speaks them."""
    return of_owner(named, voice.source.name if voice.source else None) if is_speakers(named) else named


def _as_hop(voice: Voice) -> tuple[Hop, ...]:
    """The outer speaker as the hand through which the inner one's words came."""
    source = voice.source
    return (Hop(source.name, source.kind, source.mention, voice.cue),) if source is not None else ()


def _add_nested(reading: Reading, sentence: Sentence, line: Line, statement: Statement, voice: Voice) -> None:
    for content in statement.contents:
        span = content_span(line, content)
        if span is not None:
            reading.add(span, sentence, voice)


def _inner_speaker(line: Line, statement: Statement, outer: Source | None) -> Named | None:
    """The speaker whom a statement inside a content brings of its own: named or described, not "he", not "we"."""
    if statement.cue.kind in {CueKind.ACT, CueKind.GERUND, CueKind.PASSIVE} or not is_said(line, statement):
        return None
    named = read_phrase(line, statement.source) if statement.source is not None else None
    if named is None or named.pronoun is not None or (outer is not None and named.name == outer.name):
        return None
    return named if named.head or named.proper else None


# -- memory -------------------------------------------------------------------------------------------------------------


def _remember(reading: Reading, sentence: Sentence, statement: Statement, turn: Turn) -> None:
    """Note what later sentences rest on: who spoke, whose report is told, who speaks in the quotation at hand."""
    speaker = turn.speaker
    reading.cast.speak(speaker)
    speaker.spoke_at = sentence.span.end
    if speaker.channel is Channel.DOCUMENT and not speaker.person:
        speaker.issues_papers = True
    someone = speaker.person or speaker.heads & {"source", "sources", "insider"}
    if someone or speaker.kind is not SourceKind.ANONYMOUS:
        reading.open = turn
    for quotation in sentence.quotations:
        reading.take_turn(quotation, turn)
    _open_or_close_report(reading, sentence, statement, turn)


def _open_or_close_report(reading: Reading, sentence: Sentence, statement: Statement, turn: Turn) -> None:
    """Open, keep or close the report that is being told."""
    speaker = turn.speaker
    medium = speaker.kind is SourceKind.MEDIA and speaker.proper and not speaker.person
    if medium and speaker.name not in reading.dispatch.names:
        colon = _introduces_report(sentence, statement)
        if colon or not (reading.told.firm or speaker.name in reading.told.names):
            reading.told = Frame(_outlets_of(sentence, statement, turn), firm=colon)
    elif not reading.told.firm and _leaves_report(reading, speaker):
        reading.told = Frame()


def _introduces_report(sentence: Sentence, statement: Statement) -> bool:
    """Whether a colon without a quotation follows the cue: all below is that outlet's report."""
    line, at = sentence.line, statement.cue.last
    if line.mark(at) != ":":
        return False
    return not any(q.outer.start >= line.words[at].start for q in sentence.quotations)


def _outlets_of(sentence: Sentence, statement: Statement, turn: Turn) -> tuple[Hop, ...]:
    hops = split_outlets(read_phrase(sentence.line, statement.source), sentence.line) if statement.source else ()
    return hops or (Hop(turn.speaker.name, SourceKind.MEDIA, turn.source.mention, turn.cue),)


def _leaves_report(reading: Reading, speaker: Speaker) -> bool:
    """Whether this speaker shows that the outlet's report is over: an office, or somebody who told another outlet."""
    if speaker.relays:
        return not reading.told.names & {h.name for h in speaker.relays}
    return speaker.kind not in TOLD_BY_UNNAMED | {SourceKind.MEDIA}
