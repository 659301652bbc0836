"""From a document to its attributions: every sentence of the body, and who answers for it.

The order is Citron's (cues, contents, sources, then resolution), run once over the text from its head to its end, with
a small memory: who spoke last, whose report is being told, and which quotation is still open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bywhom.attribution.chain import (
    Frame,
    channel_in,
    dispatch_frame,
    hops_of,
    join_hops,
    local_outlets,
    relays_in_frame,
    relays_of_listener,
    split_outlets,
)
from bywhom.attribution.cues import CueKind
from bywhom.attribution.lexicon import Lexicon
from bywhom.attribution.phrases import Named, outlets_in, read_phrase
from bywhom.attribution.sources import Cast, Speaker, carried, source_of
from bywhom.attribution.statements import Statement, content_span, find_statements
from bywhom.attribution.tagger import NoTagger, Tagger
from bywhom.prose.quotations import Quotation, quotations
from bywhom.prose.sentences import sentences
from bywhom.prose.tokens import Token, tokens
from bywhom.records import (
    Attribution,
    BlockKind,
    Channel,
    Document,
    Found,
    Hop,
    Mention,
    Quote,
    Resolution,
    Source,
    SourceKind,
    Span,
)

_LONG_PARAGRAPH = 7  # sentences: a block this long is a text whose paragraph breaks were lost
_GOES_ON = frozenset("he she they it his her their its this these that those".split())
_ACCOUNT_NOUNS = frozenset(
    "revelation development announcement claim claims news information statement report reports warning disclosure accusation allegation allegations account remarks comments".split()
)
_CAME_FROM = re.compile(
    r"\b(?:came|comes|come|originated|originates|stems|(?:was|were) (?:\w+ ){0,2}(?:announced|made|reported|revealed|disclosed|shared|posted))"
    r"\b[^.]{0,40}?\b(?:from|by|with)\s",
    re.IGNORECASE,
)
_TOLD_BY_UNNAMED = frozenset({SourceKind.COMBATANT, SourceKind.RELATIVE, SourceKind.WITNESS, SourceKind.ANONYMOUS})
_LABEL = re.compile(r"\[?(?P<name>[A-Z][A-Z.'’ -]{2,30}[A-Z])(?:\]|:)\s")
_NO_SPEAKERS = frozenset(
    {
        "Text",
        "Reporter",
        "Question",
        "Continued",
        "Moderator",
        "Words Indistinct",
        "Passage Omitted",
        "Applause",
        "Begin Recording",
        "End Recording",
        "Announcer",
    }
)
_CONCEDING = frozenset("while although though whereas".split())
_PUBLISHER_VOICE = frozenset({"we", "our", "us", "i", "my"}) - {"us"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the body and where it stands."""

    span: Span
    words: tuple[Token, ...]
    paragraph: int
    first: bool  # opens its paragraph
    long: bool  # stands in a text whose paragraph breaks were lost


def attribute(doc: Document, *, lexicon: Lexicon, tagger: Tagger | None = None) -> Found[Attribution]:
    """Who says what in one document: attributions in text order that together cover every sentence of its body.

    A sentence without a source is attributed to the publisher (source None). Contents lie within one sentence each.
    """
    reading = _Reading(doc, lexicon, tagger or NoTagger())
    return Found(tuple(reading.run()))


class _Reading:
    """One pass over one document."""

    def __init__(self, doc: Document, lexicon: Lexicon, tagger: Tagger) -> None:
        self.doc, self.text, self.tagger = doc, doc.text, tagger
        paragraphs = [b.span for b in doc.blocks if b.kind is BlockKind.BODY]
        self.quotations = quotations(self.text, paragraphs)
        self.sentences = list(_body(self.text, paragraphs))
        lexicon = lexicon.with_outlets(local_outlets([s.words for s in self.sentences], self.text, lexicon))
        self.lexicon = lexicon
        self.cast = Cast(lexicon, self.text, [s.words for s in self.sentences])
        self.dispatch = dispatch_frame(doc, lexicon)
        self.told = Frame()  # the outlet whose report is being told, below the dispatch
        self.open: tuple[Speaker, Mention | None] | None = None  # who goes on speaking inside this paragraph
        self.label: tuple[Speaker, Mention] | None = None  # whose turn it is in a transcript
        self.speaker_of: dict[int, tuple[Speaker, Source, Mention | None]] = {}  # quotation start -> who speaks in it
        self.found: list[Attribution] = []

    def run(self) -> Iterator[Attribution]:
        statements = [find_statements(s.words, self._outside(s), self.lexicon) for s in self.sentences]
        for number, sentence in enumerate(self.sentences):
            if sentence.first:
                self._new_paragraph(sentence)
            self._read(sentence, statements, number)
        return iter(sorted(self.found, key=lambda a: (a.content.start, a.content.end)))

    def _open_report(self, sentence: Sentence) -> None:
        """ "Outlet reports: …" at the head of a paragraph: all that follows is told in that outlet's hands."""
        words = sentence.words
        colon = next((i for i, w in enumerate(words[:8]) if w.text == ":"), None)
        if (
            not sentence.first
            or colon is None
            or colon < 2
            or words[colon - 1].lower not in self.lexicon.verbs
            or colon + 2 >= len(words)
        ):
            return
        if words[colon + 1].text in {"“", '"', "«"}:
            return
        hops = hops_of(outlets_in(words[: colon - 1], self.text, self.lexicon), self._mention(sentence, 0, colon - 1))
        if hops:
            self.told = Frame(hops, firm=True)

    def _note_interview(self, sentence: Sentence, found: Sequence[Statement]) -> None:
        """ "X, a driver, was interviewed by the newspaper Y": what X says below came through Y."""
        person = next((p for p in _people_in(self.cast, sentence.span.start, sentence.span.end)), None)
        if found or person is None:
            return
        hops = relays_in_frame(sentence.words, self.text, self.lexicon)
        speaker = self.cast.find(person)[0] if hops else None
        if speaker is not None:
            speaker.relays, speaker.channel = hops, channel_in(sentence.span.of(self.text), self.lexicon)
            self.cast.speak(speaker)

    def _take_label(self, sentence: Sentence) -> None:
        """ "[NAME] Well, …" or "NAME: …" in a transcript: the paragraph is that speaker's."""
        match = _LABEL.match(sentence.span.of(self.text)) if sentence.first else None
        if match is None or match["name"].title() in _NO_SPEAKERS or len(match["name"].split()) > 4:
            return
        start = sentence.span.start + match.start("name")
        mention = Mention(start, start + len(match["name"]), match["name"])
        named = Named(mention, match["name"], None, proper=True, person=True, plural=False, definite=False)
        speaker, _ = self.cast.find(named)
        if speaker is not None:
            self.cast.speak(speaker)
            self.label = (speaker, mention)

    def _outside(self, sentence: Sentence) -> Callable[[int], bool]:
        inside = [q for q in self.quotations if q.outer.overlap(sentence.span)]
        return lambda i: any(q.inner.start <= sentence.words[i].start < q.inner.end for q in inside)

    def _new_paragraph(self, sentence: Sentence) -> None:
        """A paragraph break closes a speaker's account; only an open quotation goes on."""
        self.open = None
        self.label = None

    def _read(self, sentence: Sentence, statements: Sequence[Sequence[Statement]], number: int) -> None:
        if self._names_source_of_lead(sentence, number):
            return
        self._open_report(sentence)
        self._note_interview(sentence, statements[number])
        self._take_label(sentence)
        here = [s for s in statements[number] if self._speaks(sentence, s)]
        quotation = self._around(sentence)
        if quotation is not None and not here:
            self._quoted(sentence, quotation, statements, number)
        elif here:
            self._leftover(sentence, here)
            for statement in here:
                self._stated(sentence, statement)
        else:
            self._uncued(sentence)

    def _speaks(self, sentence: Sentence, statement: Statement) -> bool:
        """Whether a statement's source is somebody: not "I" in a quotation, not an unreadable phrase."""
        if statement.source is None:
            return statement.cue.kind is CueKind.IMPERSONAL
        first = sentence.words[statement.source.first].lower
        return first not in {"i", "we", "you"}

    # -- statements ------------------------------------------------------------------------------------------------

    def _stated(self, sentence: Sentence, statement: Statement) -> None:
        cue = self._mention(sentence, statement.cue.first, statement.cue.last)
        if statement.source is None:
            self._impersonal(sentence, statement, cue)
            return
        named = read_phrase(sentence.words, statement.source, self.text, self.lexicon)
        speaker, resolution = self.cast.find(named)
        if (
            speaker is not None
            and not named.definite
            and not named.proper
            and named.pronoun is None
            and sentence.paragraph < 3
        ):
            later = self.cast.find_first(named, sentence.span.end)
            speaker, resolution = (later, Resolution.LEAD) if later is not None else (speaker, resolution)
        if speaker is None:
            source = Source(None, SourceKind.ANONYMOUS, named.mention, Resolution.PRONOUN)
            self._emit(sentence, statement, source, cue, (), None)
            return
        relays, channel = self._hands(sentence, statement, speaker, named)
        source = source_of(speaker, named, resolution)
        self._emit(sentence, statement, source, cue, relays, channel)
        self._remember(sentence, statement, speaker, source, cue, relays, channel)

    def _impersonal(self, sentence: Sentence, statement: Statement, cue: Mention) -> None:
        """ "It was reported that": nobody is named. "Is believed to" is the publisher's own hedge."""
        reported = statement.cue.lemma in {"report", "say", "announce", "allege", "claim", "estimate", "rumour"}
        source = Source(f"unnamed {_noun_of(statement.cue.lemma)}", SourceKind.ANONYMOUS, None) if reported else None
        for content in statement.contents:
            span = content_span(sentence.words, content)
            if span is not None:
                self._add(span, sentence, source, cue, self.dispatch.hops if source else (), None)

    def _hands(
        self, sentence: Sentence, statement: Statement, speaker: Speaker, named: Named
    ) -> tuple[tuple[Hop, ...], Channel | None]:
        """Relays and channel of one statement, and what of them stays with its speaker."""
        words = sentence.words
        frame_words = [w for i, w in enumerate(words) if not any(a <= i < b for a, b in statement.contents)]
        channel = self._channel(sentence, statement, frame_words)
        own: tuple[Hop, ...] = ()
        for phrase in statement.relays:
            relay = read_phrase(words, phrase, self.text, self.lexicon)
            relayer, _ = self.cast.find(relay)
            own += split_outlets(relay, words, self.text, self.lexicon) or (
                (Hop(relayer.name, relayer.kind, relay.mention),) if relayer else ()
            )
        if statement.listener is not None:
            listener = read_phrase(words, statement.listener, self.text, self.lexicon)
            hops, heard = relays_of_listener(listener, words, self.text, self.lexicon, self.told)
            hops = hops or self._confidant(listener, speaker)
            own, channel = own + hops, channel or heard
        own = own or relays_in_frame(frame_words, self.text, self.lexicon)
        if named.outlet and speaker.kind is not SourceKind.MEDIA and named.outlet != speaker.name and not named.person:
            own = own or split_outlets(named, words, self.text, self.lexicon)
        if own:
            speaker.relays = own
        if channel is not None:
            speaker.channel = channel
        return self._through(speaker, own), channel or speaker.channel

    def _confidant(self, listener: Named, speaker: Speaker) -> tuple[Hop, ...]:
        """ "A sergeant told her that": she hands it on, with those through whom she speaks."""
        if listener.pronoun not in {"her", "him"}:
            return ()
        teller = self.cast.last
        if teller is None or teller is speaker or not teller.person:
            return ()
        return (*teller.relays, Hop(teller.name, teller.kind, listener.mention))

    def _through(self, speaker: Speaker, own: tuple[Hop, ...]) -> tuple[Hop, ...]:
        """All hands between publisher and this speaker, nearest the publisher first."""
        elsewhere = bool(own or speaker.relays) and not self.told.names & {h.name for h in own or speaker.relays}
        unnamed = speaker.kind in _TOLD_BY_UNNAMED or not speaker.proper
        told = self.told.hops if self.told.firm or (unnamed and not elsewhere) else ()
        if speaker.kind is SourceKind.MEDIA and speaker.name and any(n in speaker.name for n in self.told.names):
            told = ()
        return join_hops(self.dispatch.hops, told, own or speaker.relays, without=speaker.name)

    def _channel(self, sentence: Sentence, statement: Statement, frame_words: Sequence[Token]) -> Channel | None:
        words = " ".join(w.text for w in frame_words)
        return channel_in(words, self.lexicon)

    def _emit(
        self,
        sentence: Sentence,
        statement: Statement,
        source: Source,
        cue: Mention,
        relays: tuple[Hop, ...],
        channel: Channel | None,
    ) -> None:
        for content in statement.contents:
            span = content_span(sentence.words, content)
            if span is not None:
                self._content(span, sentence, source, cue, relays, channel)

    def _content(
        self,
        span: Span,
        sentence: Sentence,
        source: Source,
        cue: Mention | None,
        relays: tuple[Hop, ...],
        channel: Channel | None,
    ) -> None:
        """One content, or those nested in it: "RIA cites the leader, who says …", "“My brother said …”"."""
        words = tuple(w for w in sentence.words if span.start <= w.start and w.end <= span.end)
        nested = [
            n for n in find_statements(words, lambda _: False, self.lexicon) if self._speaks_inside(words, n, source)
        ]
        if not nested:
            self._add(span, sentence, source, cue, relays, channel)
            return
        hop = Hop(source.name, source.kind, source.mention, cue)
        for statement in nested:
            named = read_phrase(words, statement.source, self.text, self.lexicon) if statement.source else None
            speaker = self.cast.find(named)[0] if named else None
            if named is None or speaker is None:
                continue
            inner = Source(speaker.name, speaker.kind, named.mention)
            inner_cue = Mention.at(Span(words[statement.cue.first].start, words[statement.cue.last - 1].end), self.text)
            for content in statement.contents:
                part = content_span(words, content)
                if part is not None:
                    self._add(
                        part, sentence, inner, inner_cue, join_hops(relays, (hop,), without=speaker.name), channel
                    )

    def _speaks_inside(self, words: Sequence[Token], statement: Statement, outer: Source) -> bool:
        """Whether a statement inside a content brings a speaker of its own: named or described, not "he", not "we"."""
        if statement.source is None or statement.cue.kind in {CueKind.ACT, CueKind.GERUND, CueKind.PASSIVE}:
            return False
        named = read_phrase(words, statement.source, self.text, self.lexicon)
        if named.pronoun is not None or named.name == outer.name:
            return False
        return bool(named.head) or named.proper

    def _remember(
        self,
        sentence: Sentence,
        statement: Statement,
        speaker: Speaker,
        source: Source,
        cue: Mention,
        relays: tuple[Hop, ...],
        channel: Channel | None,
    ) -> None:
        """What later sentences rest on: who spoke, whose report is being told, who speaks in the quotation at hand."""
        self.cast.speak(speaker)
        speaker.spoke_at = sentence.span.end
        if channel is Channel.DOCUMENT and not speaker.person:
            speaker.issues_papers = True
        if (
            speaker.kind is not SourceKind.ANONYMOUS
            or speaker.heads & {"source", "sources", "insider"}
            or speaker.person
        ):
            self.open = (speaker, source.mention)
        for quotation in self.quotations:
            if quotation.outer.overlap(sentence.span):
                self.speaker_of[quotation.outer.start] = (speaker, source, cue)
        self._frame(sentence, statement, speaker, source, cue)

    def _frame(self, sentence: Sentence, statement: Statement, speaker: Speaker, source: Source, cue: Mention) -> None:
        """Open, keep or close the report that is being told."""
        if (
            speaker.kind is SourceKind.MEDIA
            and speaker.proper
            and not speaker.person
            and not self._is_dispatch(speaker)
        ):
            colon = (
                statement.cue.last < len(sentence.words)
                and sentence.words[statement.cue.last].text == ":"
                and not any(
                    q.outer.start >= sentence.words[statement.cue.last].start and q.outer.overlap(sentence.span)
                    for q in self.quotations
                )
            )
            if colon or (speaker.name not in self.told.names and not self.told.firm):
                outlets = [
                    w for w in sentence.words if source.mention and source.mention.start <= w.start < source.mention.end
                ]
                named = (
                    replace(read_phrase(sentence.words, statement.source, self.text, self.lexicon))
                    if statement.source
                    else None
                )
                hops = split_outlets(named, outlets, self.text, self.lexicon) if named else ()
                self.told = Frame(hops or (Hop(speaker.name, SourceKind.MEDIA, source.mention, cue),), firm=colon)
        elif not self.told.firm and self._leaves_report(speaker):
            self.told = Frame()

    def _leaves_report(self, speaker: Speaker) -> bool:
        """Whether this speaker shows that the outlet's report is over: an office, or somebody who told another outlet."""
        if speaker.relays:
            return not self.told.names & {h.name for h in speaker.relays}
        return speaker.kind not in _TOLD_BY_UNNAMED | {SourceKind.MEDIA}

    def _is_dispatch(self, speaker: Speaker) -> bool:
        return speaker.name in self.dispatch.names

    # -- quotations and uncued sentences -----------------------------------------------------------------------------

    def _around(self, sentence: Sentence) -> Quotation | None:
        """The quotation that holds nearly all of a sentence."""
        best = max(self.quotations, key=lambda q: q.outer.overlap(sentence.span), default=None)
        return best if best is not None and best.outer.overlap(sentence.span) > 0.8 * len(sentence.span) else None

    def _quoted(
        self, sentence: Sentence, quotation: Quotation, statements: Sequence[Sequence[Statement]], number: int
    ) -> None:
        """A sentence inside a quotation: its speaker is named beside it, before it, or is the one who went on."""
        owner = self.speaker_of.get(quotation.outer.start) or self._speaker_ahead(quotation, statements, number)
        if owner is None:
            owner = self._speaker_before(sentence, quotation)
        span = content_span(sentence.words, (0, len(sentence.words)))
        if span is None:
            return
        if owner is None:
            self._add(span, sentence, Source(None, SourceKind.ANONYMOUS, None), None, self.dispatch.hops, None)
            return
        speaker, source, cue = owner
        self.speaker_of[quotation.outer.start] = owner
        self.cast.speak(speaker)
        self.open = (speaker, source.mention)
        self._content(span, sentence, source, cue, self._through(speaker, ()), speaker.channel)

    def _speaker_ahead(
        self, quotation: Quotation, statements: Sequence[Sequence[Statement]], number: int
    ) -> tuple[Speaker, Source, Mention | None] | None:
        """The speaker named where the quotation ends: "A. B. C," he said."""
        for sentence, found in zip(
            self.sentences[number + 1 : number + 14], statements[number + 1 : number + 14], strict=False
        ):
            if not quotation.outer.overlap(sentence.span):
                return None
            for statement in found:
                if statement.source is not None and self._speaks(sentence, statement):
                    named = read_phrase(sentence.words, statement.source, self.text, self.lexicon)
                    speaker, resolution = self.cast.find(named)
                    if speaker is not None:
                        self._hands(sentence, statement, speaker, named)
                        return (
                            speaker,
                            source_of(speaker, named, resolution),
                            self._mention(sentence, statement.cue.first, statement.cue.last),
                        )
        return None

    def _speaker_before(
        self, sentence: Sentence, quotation: Quotation
    ) -> tuple[Speaker, Source, Mention | None] | None:
        """Who goes on in a quotation that names nobody."""
        previous = next(
            (
                q
                for q in reversed(self.quotations)
                if q.outer.start < quotation.outer.start and q.outer.start in self.speaker_of
            ),
            None,
        )
        near = previous is not None and len(self.text[previous.outer.end : quotation.outer.start].strip()) < 400
        if quotation.continues and previous is not None:
            speaker, source, _ = self.speaker_of[previous.outer.start]
            return speaker, carried(speaker, source.mention), None
        if self.open is not None:
            speaker, mention = self.open
            return speaker, carried(speaker, mention), None
        last = self.found[-1] if self.found else None
        if near and previous is not None and last is not None and last.quote is Quote.DIRECT:
            speaker, source, _ = self.speaker_of[previous.outer.start]
            return speaker, carried(speaker, source.mention), None
        if self.told.hops and not self.told.firm:
            return self._teller()
        speaker_last = self.cast.last
        if speaker_last is not None and (self._just_before(sentence) or (last is not None and last.source is not None)):
            return speaker_last, carried(speaker_last, None), None
        return None

    def _just_before(self, sentence: Sentence) -> bool:
        """Whether the paragraph before ends in a colon or closed with somebody speaking."""
        head = self.text[: sentence.span.start].rstrip()
        return head.endswith(":")

    def _teller(self) -> tuple[Speaker, Source, Mention | None] | None:
        """The outlet whose report is being told, as a speaker."""
        names = [h.name for h in self.told.hops if h.name]
        name = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
        speaker = Speaker(name, SourceKind.MEDIA, person=False, plural=len(names) > 1, proper=True)
        return speaker, carried(speaker, self.told.hops[0].mention), None

    def _uncued(self, sentence: Sentence) -> None:
        span = content_span(sentence.words, (0, len(sentence.words)))
        if span is not None:
            self._told_on(span, sentence)

    def _told_on(self, span: Span, sentence: Sentence) -> None:
        """A stretch without a cue: the open source goes on, or the outlet being told, or the publisher speaks."""
        if self.label is not None:
            speaker, mention = self.label
            self._add(span, sentence, carried(speaker, mention), None, self._through(speaker, ()), speaker.channel)
            return
        if any(w.lower in _PUBLISHER_VOICE for w in sentence.words) and not self._around(sentence):
            self.open, self.told = None, self.told if self.told.firm else Frame()
            self._publisher(span, sentence)
            return
        goes_on = self._goes_on(sentence)
        if self.open is not None and (not sentence.long or goes_on) and not sentence.first:
            speaker, mention = self.open
            self._add(span, sentence, carried(speaker, mention), None, self._through(speaker, ()), speaker.channel)
        elif sentence.first and self._reported_on(sentence) and self.cast.last is not None:
            speaker = self.cast.last
            self.open = (speaker, None)
            self._add(span, sentence, carried(speaker, None), None, self._through(speaker, ()), speaker.channel)
        elif self.told.hops:
            teller = self._teller()
            if teller is not None:
                speaker, source, _ = teller
                self._add(span, sentence, source, None, join_hops(self.dispatch.hops, without=speaker.name), None)
        else:
            self._publisher(span, sentence)

    def _publisher(self, span: Span, sentence: Sentence) -> None:
        """The publisher's own voice, or that of the agency whose dispatch this is."""
        if self.dispatch.hops:
            hop = self.dispatch.hops[0]
            self._add(
                span, sentence, Source(hop.name, SourceKind.MEDIA, hop.mention, Resolution.CARRIED), None, (), None
            )
        else:
            self._add(span, sentence, None, None, (), None)

    def _goes_on(self, sentence: Sentence) -> bool:
        lowered = [w.lower for w in sentence.words if w.is_word][:2]
        if lowered[0] in {"it", "this", "that"} and lowered[1:] and lowered[1] in self.lexicon.grammar.be:
            return False  # "It was the second time", "This is the latest": background
        return lowered[0] in _GOES_ON

    def _reported_on(self, sentence: Sentence) -> bool:
        """ "reportedly" without a reporter in a paragraph of its own, or a scene gone on with: the account goes on."""
        lowered = [w.lower for w in sentence.words]
        return any(w in self.lexicon.cues.adverbs for w in lowered) or lowered[:2] in (
            ["during", "these"],
            ["during", "this"],
            ["in", "these"],
            ["during", "the"],
        )

    def _leftover(self, sentence: Sentence, here: Sequence[Statement]) -> None:
        """A clause beside the statement that nobody is made to answer for: "While no order was given, sources say …"."""
        taken = sorted([c for s in here for c in s.contents] + [s.frame for s in here])
        words = sentence.words[: min(a for a, _ in taken)]
        opener = next((w.lower for w in words if w.is_word), "")
        grammar = self.lexicon.grammar
        main = opener not in grammar.subordinators | grammar.prepositions | grammar.adverbs or opener == "with"
        if (opener in _CONCEDING or main) and len(words) > 5 and any(w.lower in self.lexicon.finite for w in words):
            span = content_span(
                words,
                (1 if opener in _CONCEDING else 0, _without_link(words, grammar.prepositions | grammar.subordinators)),
            )
            if span is not None:
                self._told_on(span, sentence)

    def _names_source_of_lead(self, sentence: Sentence, number: int) -> bool:
        """ "This revelation came from X": X answers for the lead before it, and the sentence itself says no more."""
        if number == 0 or number > 6 or not _CAME_FROM.search(sentence.span.of(self.text)):
            return False
        first = [w.lower for w in sentence.words[:6]]
        before = {w.lower for w in self.sentences[number - 1].words if len(w.text) > 3}
        if not (
            first[0] in {"this", "these", "the", "that", "it"}
            and set(first) & (_ACCOUNT_NOUNS | before - {"this", "that", "these"})
        ):
            return False
        match = _CAME_FROM.search(sentence.span.of(self.text))
        after = sentence.span.start + match.end() if match else 0
        named = next((p for p in _people_in(self.cast, after, sentence.span.end)), None)
        if named is None:
            return False
        speaker, _ = self.cast.find(named)
        if speaker is None:
            return False
        hops = relays_in_frame(sentence.words, self.text, self.lexicon)
        speaker.relays = hops or speaker.relays
        speaker.channel = channel_in(sentence.span.of(self.text), self.lexicon) or speaker.channel
        self.cast.speak(speaker)
        self.open = (speaker, named.mention)
        self._give_lead(speaker, named)
        return True

    def _give_lead(self, speaker: Speaker, named: Named) -> None:
        """Attribute the uncued and anonymous contents before to the speaker who turns out to answer for them."""
        source = Source(speaker.name, speaker.kind, named.mention, Resolution.LEAD)
        relays = self._through(speaker, ())
        for i, attribution in enumerate(self.found):
            if attribution.source is None or attribution.source.kind is SourceKind.ANONYMOUS:
                quote = Quote.INDIRECT if attribution.quote is Quote.NONE else attribution.quote
                self.found[i] = replace(attribution, source=source, relays=relays, channel=speaker.channel, quote=quote)

    # -- making records ----------------------------------------------------------------------------------------------

    def _mention(self, sentence: Sentence, first: int, last: int) -> Mention:
        span = Span(sentence.words[first].start, sentence.words[last - 1].end)
        return Mention.at(span, self.text)

    def _add(
        self,
        span: Span,
        sentence: Sentence,
        source: Source | None,
        cue: Mention | None,
        relays: tuple[Hop, ...],
        channel: Channel | None,
    ) -> None:
        quote = self._form(span) if source is not None else Quote.NONE
        self.found.append(Attribution(span, quote, source, cue, relays, channel, (), sentence.span, self.tagger.name))

    def _form(self, span: Span) -> Quote:
        """Direct, mixed or indirect, by how much of the content stands inside quotation marks."""
        inside = [q for q in self.quotations if q.outer.overlap(span)]
        if not any(_said(q, self.text) for q in inside):
            return Quote.INDIRECT
        outside = [
            w
            for w in tokens(self.text, span)
            if w.is_word and not any(q.outer.start <= w.start < q.outer.end for q in self.quotations)
        ]
        return Quote.DIRECT if len(outside) <= 1 else Quote.MIXED


def _body(text: str, paragraphs: Sequence[Span]) -> Iterator[Sentence]:
    cut = [(number, paragraph, sentences(text, paragraph)) for number, paragraph in enumerate(paragraphs)]
    lines = [text.rfind("\n", 0, paragraph.start) for paragraph in paragraphs]
    in_line = Counter(line for line, (_, _, spans) in zip(lines, cut, strict=True) for _ in spans)
    for line, (number, _, spans) in zip(lines, cut, strict=True):
        crowded = in_line[line] > _LONG_PARAGRAPH or (len(in_line) < 3 and in_line[line] > 2)
        for i, span in enumerate(spans):
            words = tokens(text, span)
            if words:
                yield Sentence(span, words, number, i == 0, crowded)


def _without_link(words: Sequence[Token], links: frozenset[str]) -> int:
    """Where a stretch ends without the word that led on from it: "… the talks come following"."""
    last = len(words)
    while last and (words[last - 1].lower in links or not words[last - 1].is_word):
        last -= 1
    return last


def _said(quotation: Quotation, text: str) -> bool:
    """Whether quoted words are words said, and not a name or title in quotation marks."""
    words = [w for w in tokens(text, quotation.inner) if w.is_word]
    return (
        any(not w.is_capital for w in words)
        or len(words) > 6
        or any(w.text.isupper() and len(w.text) > 3 for w in words)
    )


def _noun_of(lemma: str) -> str:
    return {"estimate": "estimate", "rumour": "rumours", "allege": "allegations", "claim": "claims"}.get(
        lemma, "reports"
    )


def _people_in(cast: Cast, start: int, end: int) -> Iterator[Named]:
    return (p for p in cast.people if start <= p.mention.start < end)
