"""Rules and trained reader brought together: for each claim and each field, who decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from math import inf, log

from bywhom import lexicons
from bywhom.prose.inflection import irregular, verb_forms
from bywhom.prose.lexis import NOBODY
from bywhom.prose.sentences import sentences
from bywhom.records import (
    Attribution,
    Channel,
    Claim,
    Document,
    Event,
    EventType,
    Found,
    Hop,
    Likely,
    Mention,
    Modality,
    Quote,
    Resolution,
    Source,
    SourceKind,
    Span,
    claim_id,
)
from bywhom.tagging.confidence import ConfidenceTable, confidence
from bywhom.tagging.fields import FieldTable, better
from bywhom.tagging.known import Known, bare, same
from bywhom.tagging.sight import Judged, Pointed, Sight

_FALLEN_BACK = frozenset({Resolution.CARRIED, Resolution.LEAD, Resolution.HEADLINE})
_FORMS = (Quote.INDIRECT, Quote.DIRECT, Quote.MIXED)
_LEAST = 0.01  # the chance of a mention that the reader cannot see
_LEAST_EVENT = 1e-4  # the reader is never surer than this that something is not so
_SURE = 0.5
_TRUSTED = 0.35  # a source of the reader's own that is less likely is not put in: one invented is worse than none
_LONGEST_NAME = 12  # words: what is longer has run into its surroundings
_STAND_INS = frozenset(
    "he him his she her it its they them their we us our i me my you who which that this those these".split()
)


@dataclass(frozen=True, slots=True)
class Bar:
    """How many times likelier than the rules' value the reader must find its own to overrule them."""

    weak: float  # where they fell back on their value
    strong: float  # where they found words for it

    def at(self, *, weak: bool) -> float:
        return self.weak if weak else self.strong


@dataclass(frozen=True, slots=True)
class EventBar:
    """How the event is decided: what the clause shows (`Event.likely`) and what the reader finds, added up."""

    said: float  # how much the reader's log-probability counts
    weak: float  # by how much another type must lead where the rules' trigger stands low, or there is none
    strong: float  # where it stands high
    agreed: float  # the share of high triggers of a report that the reader must see alike to be heard there at all
    expected: float  # that share before any is seen
    doubt: float  # how many triggers that expectation is worth


@dataclass(frozen=True, slots=True)
class Weighing:
    """Who decides: data/weighing.yaml."""

    event: EventBar
    channel: Bar
    publisher: Bar
    source: Bar
    carried: Bar
    relay: Bar
    taught: frozenset[EventType]

    @classmethod
    def load(cls) -> Weighing:
        """The shipped table."""
        return lexicons.load("weighing", cls)


@dataclass(frozen=True, slots=True)
class _Weigher:
    """What all claims of one document are weighed with."""

    doc: Document
    sight: Sight
    table: Weighing
    fields: FieldTable
    trust: ConfidenceTable
    known: Known  # whom the rules found: whose mentions lead to whom
    hears: bool  # whether the reader knows the events of such a report; if not, it is asked for no more than who speaks


def weigh(
    doc: Document,
    claims: Sequence[Claim],
    attributions: Sequence[Attribution],
    sight: Sight,
    *,
    table: Weighing,
    fields: FieldTable,
    trust: ConfidenceTable,
) -> Found[Claim]:
    """The claims, each field as whoever is surer of it has it, with how sure its source is.

    The extractor names what the reader decided.
    """
    judged = [sight.judged(claim.span) for claim in claims]
    known = Known.of(attributions, _denying())
    weigher = _Weigher(doc, sight, table, fields, trust, known, _knows_events(claims, judged, table.event))
    found = (_weighed(claim, each, weigher) for claim, each in zip(claims, judged, strict=True))
    return Found(tuple(_settled(claim) for claim in found))


def _settled(claim: Claim) -> Claim:
    """The claim without what was only needed to decide on its event."""
    return replace(claim, event=replace(claim.event, likely=())) if claim.event.likely else claim


def _weighed(claim: Claim, judged: Judged | None, weigher: _Weigher) -> Claim:
    if judged is None:
        return claim
    found = _decided(claim, judged, weigher)
    return replace(found, attribution=_trusted(found.attribution, claim.attribution, judged, weigher.trust))


def _decided(claim: Claim, judged: Judged, weigher: _Weigher) -> Claim:
    """The claim, each field as whoever is surer of it has it."""
    changed = dict(_fields(claim, judged, weigher))
    attribution = _attribution(claim.attribution, judged, weigher)
    if attribution != claim.attribution:
        changed["attribution"] = attribution
    if not changed:
        return claim
    found = replace(claim, **changed)  # type: ignore[arg-type]
    said = found.attribution.source
    return replace(
        found,
        id=claim_id(claim.document_id, claim.span, said.mention if said else None),
        extractor=claim.extractor.deciding(*(part for part in changed if part != "attribution"), *_parts(claim, found)),
    )


def _trusted(found: Attribution, ours: Attribution, judged: Judged, table: ConfidenceTable) -> Attribution:
    """The attribution with how sure its source is."""
    chance, overruled = chance_of(found.source, judged), found.source != ours.source
    return replace(found, confidence=confidence(found, chance, overruled=overruled, table=table))


def _parts(before: Claim, after: Claim) -> Iterator[str]:
    """What of the attribution has changed."""
    ours, theirs = before.attribution, after.attribution
    if (ours.source and ours.source.name) != (theirs.source and theirs.source.name):
        yield "source"
    elif ours.source != theirs.source:
        yield "kind"
    if ours.relays != theirs.relays:
        yield "relays"
    if ours.channel != theirs.channel:
        yield "channel"


# -- What and how ------------------------------------------------------------------------------------------------------


def _fields(claim: Claim, judged: Judged, weigher: _Weigher) -> Iterator[tuple[str, object]]:
    """What the reader says of the event and how it is put, where it overrules the rules; certainty and polarity are theirs alone."""
    if not weigher.hears:
        return
    likelier = _likelier(claim.event, judged, weigher.table)
    if likelier is not None:
        words = Mention.at(likelier.words, weigher.doc.text) if likelier.words else None
        yield "event", Event(likelier.type, words, claim.event.actors)
    modality = better(judged, "modality", claim.modality, weigher.fields)
    if modality is not None:
        yield "modality", Modality(modality)
    marked = better(judged, "distanced", "yes" if claim.distanced else "no", weigher.fields)
    if marked is not None:
        yield "distanced", marked == "yes"


def _likelier(ours: Event, judged: Judged, table: Weighing) -> Likely | None:
    """Another type of event than the rules found, where clause and reader together speak for it; None: they do not.

    Types that the annotated texts hardly have are left to the rules.
    """
    if ours.type not in table.taught:
        return None
    bar = table.event
    scores = {
        one.type: one.score + bar.said * log(max(_LEAST_EVENT, judged.chance("event", one.type)))
        for one in ours.likely
        if one.type in table.taught
    }
    best = max(ours.likely, key=lambda one: scores.get(one.type, -inf), default=None)
    if best is None or best.type is ours.type:
        return None
    leads = scores[best.type] - scores[ours.type]
    return best if leads >= (bar.weak if _is_weak(ours) else bar.strong) else None


def _is_weak(event: Event) -> bool:
    return event.trigger is None or event.faint


def _knows_events(claims: Sequence[Claim], judged: Sequence[Judged | None], bar: EventBar) -> bool:
    """Whether the reader sees the plain events of a report as the rules do: of events it was never taught it knows nothing."""
    plain = [
        each.best("event")[0] == claim.event.type
        for claim, each in zip(claims, judged, strict=True)
        if each is not None and not _is_weak(claim.event)
    ]
    return (sum(plain) + bar.expected * bar.doubt) / (len(plain) + bar.doubt) >= bar.agreed


# -- By whom -----------------------------------------------------------------------------------------------------------


def _attribution(ours: Attribution, judged: Judged, weigher: _Weigher) -> Attribution:
    """Source, relays and channel, where the reader overrules the rules."""
    found = _sourced(ours, judged, weigher)
    if found.source is not None:
        found = _as_kind(found, found.source, judged, weigher.fields) if weigher.hears else found
        found = replace(found, channel=_channel(found.channel, judged, weigher.table.channel))
    relays = tuple(_more_relays(found, judged, weigher))
    return replace(found, relays=(*found.relays, *relays)) if relays else found


def _sourced(ours: Attribution, judged: Judged, weigher: _Weigher) -> Attribution:
    source, table = ours.source, weigher.table
    if _points_at(judged.source, source) or (source is None and judged.source.span is None):
        return ours
    chance = max(_LEAST, chance_of(source, judged))
    if judged.source.span is None:
        told = judged.source.chance >= chance * table.publisher.at(weak=_is_carried(source))
        return replace(ours, source=None, quote=Quote.NONE, cue=None, relays=(), channel=None) if told else ours
    new, relays = _led_to(judged, weigher)
    if new is None or (source is not None and new.name == source.name) or _denies(judged.source, weigher):
        return ours
    if any(hop.name and new.name and same(hop.name, new.name) for hop in ours.relays):
        return ours  # the rules have gone deeper: whom the reader sees only passes it on
    bar = (
        table.carried.at(weak=new.name in weigher.known.named)
        if _is_carried(source)
        else table.source.at(weak=source is None)
    )
    if not judged.source.chance >= bar * chance:
        return ours
    quote = max(_FORMS, key=lambda form: judged.chance("quote", form)) if ours.quote is Quote.NONE else ours.quote
    found = replace(ours, source=new, quote=quote, relays=tuple(hop for hop in relays if hop.name != new.name))
    sure = confidence(found, chance_of(new, judged), overruled=True, table=weigher.trust)
    return found if sure >= _TRUSTED else ours


def chance_of(source: Source | None, judged: Judged) -> float:
    """What the reader gives a source; one without words in the report it cannot see."""
    mention = source.mention.span if source is not None and source.mention is not None else None
    return judged.chance_of_source(mention) if mention or source is None else 0.0


def _is_carried(source: Source | None) -> bool:
    return source is not None and (source.resolution in _FALLEN_BACK or source.name is None)


def _points_at(pointed: Pointed, source: Source | None) -> bool:
    return bool(pointed.span and source and source.mention and source.mention.span.overlap(pointed.span))


def _denies(pointed: Pointed, weigher: _Weigher) -> bool:
    """Whether these words stand for somebody who denies: "they burnt the mill, a charge the army rejected" is not the army's."""
    return pointed.span is not None and weigher.known.denies(pointed.span)


@dataclass(frozen=True, slots=True)
class _PolarityFile:
    """What is needed here of data/lexicons/polarity.yaml."""

    denial: tuple[str, ...]


@lru_cache(maxsize=1)
def _denying() -> frozenset[str]:
    """All forms of the verbs by which something is denied."""
    file: _PolarityFile = lexicons.load("lexicons/polarity", _PolarityFile)
    return frozenset(chain.from_iterable(verb_forms(verb, irregular()).every for verb in file.denial))


def _led_to(judged: Judged, weigher: _Weigher) -> tuple[Source | None, tuple[Hop, ...]]:
    """Whom the words that the reader points at stand for: whom the rules lead them to, or those who are named in full."""
    mention = Mention.at(judged.source.span or Span(0, 0), weigher.doc.text)
    said = weigher.known.mentioned(mention.span)
    if said is not None:
        return said.source, said.attribution.relays
    full = judged.name.span if judged.name.chance >= _SURE else None
    words = full.of(weigher.doc.text) if full else mention.text
    said = weigher.known.meant(words)
    if said is not None:
        return replace(said.source, mention=mention), said.attribution.relays
    name = bare(words)
    if not _is_name(name):
        return None, ()
    kind = judged.best("source_kind")[0]
    told = SourceKind.ANONYMOUS if kind == SourceKind.PUBLISHER else SourceKind(kind)
    return Source(name, told, mention, Resolution.NAMED if full is None else Resolution.DESCRIPTION), ()


def _is_name(words: str) -> bool:
    """Whether words can name somebody: no pronoun, not nobody, and not the end of one sentence with the head of the next."""
    first = words.lower().split()[:1]
    named = (
        bool(first) and words.count(" ") < _LONGEST_NAME and words.lower() not in _STAND_INS and first[0] not in NOBODY
    )
    return named and "\n\n" not in words and len(sentences(words)) == 1


def _as_kind(found: Attribution, source: Source, judged: Judged, table: FieldTable) -> Attribution:
    kind = better(judged, "source_kind", source.kind, table, without=(SourceKind.PUBLISHER,))
    return found if kind is None else replace(found, source=replace(source, kind=SourceKind(kind)))


def _channel(ours: Channel | None, judged: Judged, bar: Bar) -> Channel | None:
    value, chance = judged.best("channel")
    if value == (ours or "none") or chance < bar.at(weak=ours is None) * judged.chance("channel", ours or "none"):
        return ours
    return None if value == "none" else Channel(value)


def _more_relays(found: Attribution, judged: Judged, weigher: _Weigher) -> Iterator[Hop]:
    """Hands that the reader sees and the rules do not."""
    bar = weigher.table.relay.at(weak=not found.relays)
    taken = [hop.name for hop in found.relays if hop.name] + [found.source.name or "" if found.source else ""]
    for pointed in judged.relays:
        if pointed.span is None or not pointed.chance >= bar * (1 - pointed.chance):
            continue
        mention = Mention.at(pointed.span, weigher.doc.text)
        if not any(same(name, mention.text) for name in taken if name):
            taken.append(mention.text)
            yield Hop(bare(mention.text), SourceKind.MEDIA, mention)
