"""What one pass over a document knows: its sentences, and the memory of who spoke."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bywhom.attribution.chain import Frame, join_hops
from bywhom.attribution.cues import CueKind
from bywhom.attribution.lexicon import Lexicon
from bywhom.attribution.line import Line
from bywhom.attribution.roster import name_words
from bywhom.attribution.sources import Cast, Speaker, carried
from bywhom.attribution.stances import stance_of
from bywhom.attribution.statement import Statement
from bywhom.prose.forms import form_of
from bywhom.prose.quotations import Quotation, QuotationIndex
from bywhom.records import Attribution, Channel, Hop, Mention, Quote, Source, SourceKind, Span

# Those who speak unnamed, and so speak through the outlet whose report is being told.
TOLD_BY_UNNAMED = frozenset({SourceKind.COMBATANT, SourceKind.RELATIVE, SourceKind.WITNESS, SourceKind.ANONYMOUS})


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """One sentence of the body and where it stands."""

    span: Span
    line: Line
    paragraph: int
    first: bool  # opens its paragraph
    crowded: bool  # stands in a text whose paragraph breaks were lost
    quotations: tuple[Quotation, ...]  # those it shares characters with
    statements: tuple[Statement, ...]
    labels: tuple[Mention, ...] = ()  # what stood in brackets before it: "[NAME]"
    name_before_colon: Mention | None = None  # "NAME: …"
    ends_recording: bool = False

    @property
    def around(self) -> Quotation | None:
        """The quotation that holds nearly all of the sentence."""
        best = max(self.quotations, key=lambda q: q.outer.overlap(self.span), default=None)
        return best if best is not None and best.outer.overlap(self.span) > 0.8 * len(self.span) else None

    @property
    def speaking(self) -> tuple[Statement, ...]:
        """The statements whose source is somebody: not "I" in a quotation, not nobody unless the cue says so."""
        own = {"i", "we", "you"}
        return tuple(
            s
            for s in self.statements
            if (self.line.low(s.source.first) not in own if s.source else s.cue.kind is CueKind.IMPERSONAL)
        )


@dataclass(frozen=True, slots=True)
class Voice:
    """Who answers for a content, and how it came to the page; by default the publisher."""

    source: Source | None = None
    cue: Mention | None = None
    relays: tuple[Hop, ...] = ()
    channel: Channel | None = None
    recorded: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A speaker who holds the floor, and the words that say so."""

    speaker: Speaker
    source: Source
    cue: Mention | None = None
    recorded: bool = False  # heard and written down: what stands there is quoted directly
    lasting: bool = False  # until somebody else's turn, over paragraph breaks

    def going_on(self) -> Turn:
        """The same speaker in the next sentence, without a cue."""
        return replace(self, source=carried(self.speaker, self.source.mention), cue=None)


def going_on(speaker: Speaker, mention: Mention | None = None) -> Turn:
    """The turn of a speaker who simply goes on."""
    return Turn(speaker, carried(speaker, mention))


@dataclass(slots=True, eq=False)
class Reading:
    """One pass over one document: what is given, and what is remembered from sentence to sentence."""

    text: str
    lexicon: Lexicon
    by: str  # the reader's name, for the records
    quotations: QuotationIndex
    sentences: Sequence[Sentence]
    cast: Cast
    dispatch: Frame  # the agency or outlet whose copy the whole body is
    heard_by: Channel | None = None  # the channel of a station's own words, and of those it recorded
    told: Frame = field(default_factory=Frame)  # the outlet whose report is being told, below the dispatch
    open: Turn | None = None  # who goes on speaking inside this paragraph
    label: Turn | None = None  # whose turn it is in a transcript
    speech: Turn | None = None  # who speaks in the whole text: a speech, a communique
    found: list[Attribution] = field(default_factory=list)
    _turns: dict[int, tuple[Turn, int]] = field(default_factory=dict)  # start of a quotation -> its speaker, its end
    _starts: list[int] = field(default_factory=list)  # the keys of `_turns`, sorted

    def new_paragraph(self) -> None:
        """Close the speaker's account; only an open quotation goes on over a paragraph break."""
        self.open = None
        if self.label is not None and not self.label.lasting:
            self.label = None

    def take_turn(self, quotation: Quotation, turn: Turn) -> None:
        """Note who speaks in a quotation."""
        if quotation.outer.start not in self._turns:
            insort(self._starts, quotation.outer.start)
        self._turns[quotation.outer.start] = turn, quotation.outer.end

    def turn_in(self, quotation: Quotation) -> Turn | None:
        """Who speaks in a quotation, if that is known."""
        return self._turns.get(quotation.outer.start, (None, 0))[0]

    def turn_before(self, quotation: Quotation) -> tuple[Turn | None, int]:
        """Who spoke in the last quotation before this one, and where that ended."""
        i = bisect_left(self._starts, quotation.outer.start)
        return self._turns[self._starts[i - 1]] if i else (None, 0)

    def through(self, speaker: Speaker, own: tuple[Hop, ...] = ()) -> tuple[Hop, ...]:
        """All hands between publisher and speaker, nearest the publisher first; `own`: those that this saying names."""
        hands = own or speaker.relays
        elsewhere = bool(hands) and not self.told.names & {h.name for h in hands}
        unnamed = speaker.kind in TOLD_BY_UNNAMED or (speaker.person and not speaker.proper)
        told = self.told.hops if self.told.firm or (unnamed and not elsewhere) else ()
        if speaker.kind is SourceKind.MEDIA and speaker.name and any(n in speaker.name for n in self.told.names):
            told = ()
        dispatch = () if self._signs(speaker) else self.dispatch.hops
        return join_hops(dispatch, told, self._floor(speaker), hands, without=speaker.name)

    def _signs(self, speaker: Speaker) -> bool:
        """Whether a speaker is the body that signs the dispatch, by a shorter name: "the Coalition"."""
        own = name_words(speaker.name or "")
        return not speaker.person and bool(own) and any(own <= name_words(name) for name in self.dispatch.names)

    @property
    def floor(self) -> Turn | None:
        """Who speaks in this stretch of a transcript, or in the whole text."""
        return self.label or self.speech

    def _floor(self, speaker: Speaker) -> tuple[Hop, ...]:
        """The hand of who has the floor and cites another speaker."""
        turn = self.floor
        if turn is None or not turn.recorded or turn.speaker is speaker:
            return ()
        return (Hop(turn.speaker.name, turn.speaker.kind, turn.source.mention),)

    def voice_of(self, turn: Turn) -> Voice:
        """The voice of somebody who goes on."""
        return Voice(turn.source, turn.cue, self.through(turn.speaker), turn.speaker.channel, turn.recorded)

    def add(self, span: Span, sentence: Sentence, voice: Voice) -> None:
        """Attribute a stretch of a sentence."""
        told = form_of(self.text, span, self.quotations) if voice.source is not None else Quote.NONE
        quote = Quote.DIRECT if voice.recorded else told
        stance = stance_of(sentence.line, voice.cue, span)
        self.found.append(
            Attribution(
                span,
                quote,
                voice.source,
                voice.cue,
                voice.relays,
                voice.channel,
                frame=sentence.span,
                by=self.by,
                stance=stance,
            )
        )
