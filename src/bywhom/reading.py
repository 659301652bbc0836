"""One report through the rooms: from its bytes to claims that stand somewhere, at a time, with numbers and names.

Only who reads loads this: a run with several workers leaves it, and the tables, to them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bywhom.attribution import Lexicon, attribute
from bywhom.claims import ClaimTables, adopt, assemble, with_likely, with_polarity
from bywhom.cleaning import READ, CleaningTables, clean
from bywhom.grounding.actors import Cast, resolve_actors
from bywhom.grounding.actortables import ActorTables
from bywhom.grounding.choosing import places_of
from bywhom.grounding.gazetteer import Gazetteer
from bywhom.grounding.places import resolve_document, toponym_table
from bywhom.grounding.quantities import QuantityRules, load_quantity_rules, quantities_in
from bywhom.grounding.times import DocumentTimes, resolve_times, time_of
from bywhom.grounding.timex import TimeRules, load_time_rules
from bywhom.grounding.toponyms import ToponymTable
from bywhom.jobs import Reading, guarded
from bywhom.progress import Clock
from bywhom.prose.casing import CasingTable, is_in_capitals, recased
from bywhom.prose.unmarked import unmarked
from bywhom.records import (
    Bearings,
    BlockKind,
    Claim,
    Document,
    Entity,
    Extractor,
    Found,
    Place,
    Problem,
    RawDocument,
    Span,
    as_written,
)
from bywhom.tagging.confidence import ConfidenceTable
from bywhom.tagging.fields import FieldTable
from bywhom.tagging.sight import Sight, TrainedReader
from bywhom.tagging.trial import Trial
from bywhom.tagging.weighing import Weighing, weigh
from bywhom.versions import reader_version

if TYPE_CHECKING:
    from bywhom.asking import Asker

T = TypeVar("T")


@dataclass(frozen=True, slots=True, repr=False)  # its tables would fill a book
class Tools:
    """All tables that reading needs, loaded once in each process."""

    version: str
    cleaning: CleaningTables
    lexicon: Lexicon
    tagger: TrainedReader | None  # None: its file is missing or broken, or cannot be run, and the rules read alone
    weighing: Weighing
    fields: FieldTable
    trust: ConfidenceTable
    claims: ClaimTables
    gazetteer: Gazetteer
    toponyms: ToponymTable
    times: TimeRules
    quantities: QuantityRules
    actors: ActorTables
    languages: frozenset[str] = frozenset(READ)
    asker: Asker | None = None  # a language model, where the user names one

    @classmethod
    def load(
        cls,
        version: str | None = None,
        actors: Sequence[Path] = (),
        gazetteers: Sequence[Path] = (),
        trial: Trial | None = None,
    ) -> Tools:
        """The tables that ship with the package, and the user's own; `version` is what readings are signed with.

        The user's own are tables of `actors`, and `gazetteers` that `bywhom gazetteer import` took in. `trial` has the
        trained reader where that was tried before.

        Raises: LexiconBroken, GazetteerMissing.
        """
        trial = trial or Trial()
        return cls(
            version=version or reader_version(actors, gazetteers, alone=bool(trial.fault)),
            cleaning=CleaningTables.load(),
            lexicon=Lexicon.load(),
            tagger=trial.reader(),
            weighing=Weighing.load(),
            fields=FieldTable.load(),
            trust=ConfidenceTable.load(),
            claims=ClaimTables.load(),
            gazetteer=Gazetteer(extra=gazetteers),
            toponyms=toponym_table(),
            times=load_time_rules(),
            quantities=load_quantity_rules(),
            actors=ActorTables.load(actors),
        )

    @property
    def extractor(self) -> Extractor:
        """What each claim names as its reader."""
        if self.tagger is None:
            return Extractor("bywhom, rules alone", self.version)
        return Extractor("bywhom", self.version, self.tagger.digest)


def read(raw: RawDocument, tools: Tools, clock: Clock | None = None) -> Reading:
    """Everything that is read of one report. The same report and tools give the same reading."""
    steps = _Steps(raw, clock or Clock())
    documents = steps.run("cleaning", lambda: clean(raw, tables=tools.cleaning))
    if not documents:
        return steps.reading(None, (), unread=steps.problems[0].message if steps.problems else "it holds no text")
    doc = documents[0]
    if doc.language not in (None, *tools.languages):
        return steps.reading(doc, (), unread=f"its language ({doc.language}) is not read yet")
    eased = in_mixed_case(without_marks(doc))
    asked = _asked(eased, tools.asker, tools, steps) if tools.asker else ()
    claims, sight = (asked, None) if asked else _by_us(doc, eased, tools, steps)
    instead = bool(tools.asker and claims and not asked)
    if instead:
        steps.note_silence(len(claims))
    grounded = steps.run("grounding", lambda: ground(eased, claims, tools, sight), otherwise=claims)
    (players,) = steps.run(
        "actors", lambda: Found((resolve_actors(eased, grounded, tools.actors),)), otherwise=(Cast(grounded),)
    )
    found = players.claims if eased is doc else as_written(players.claims, doc.text)
    return steps.reading(doc, found, players.entities, unread=steps.fault if not claims else "", provisional=instead)


def without_marks(doc: Document) -> Document:
    """The report as the rooms read it: where it is plain text, with blanks in the places of marks that dress it."""
    plain = unmarked(doc.text) if doc.form == "text" else doc.text
    return doc if plain == doc.text else replace(doc, text=plain)


def in_mixed_case(doc: Document) -> Document:
    """The report as the rooms read it: where it is all in capitals, with small letters in the same places."""
    if not is_in_capitals(doc.text):
        return doc
    said = (block.span for block in doc.blocks if block.kind in _TOLD)
    parts = (span for each in said for span in _besides(each, doc.dateline.span if doc.dateline else None))
    return replace(doc, text=recased(doc.text, list(parts), CasingTable.load()))


def _besides(span: Span, left_out: Span | None) -> tuple[Span, ...]:
    """The parts of a span before and after what is left out."""
    if left_out is None or not span.overlap(left_out):
        return (span,)
    ends = ((span.start, min(left_out.start, span.end)), (max(left_out.end, span.start), span.end))
    return tuple(Span(a, b) for a, b in ends if a < b)


_TOLD = frozenset({BlockKind.TITLE, BlockKind.BODY, BlockKind.HEADING})


def _by_us(doc: Document, eased: Document, tools: Tools, steps: _Steps) -> tuple[tuple[Claim, ...], Sight | None]:
    """What rules and trained reader find, and what this sees: the report as it was written; the rules read it as it is eased."""
    attributions = steps.run("attribution", lambda: attribute(eased, lexicon=tools.lexicon))
    (sight,) = steps.run("tagging", lambda: _sight(doc, tools), otherwise=(None,))
    openings = tuple(sight.openings()) if sight else None
    claims = steps.run(
        "claims",
        lambda: assemble(eased, attributions, tables=tools.claims, extractor=tools.extractor, openings=openings),
    )
    if sight is None:
        return claims, None
    looked = steps.run("claims", lambda: _looked_at(eased, claims, tools.claims), otherwise=claims)
    weighed = steps.run(
        "tagging",
        lambda: weigh(eased, looked, attributions, sight, table=tools.weighing, fields=tools.fields, trust=tools.trust),
        otherwise=claims,
    )
    tables = tools.claims
    put = steps.run("claims", lambda: with_polarity(eased, weighed, claims, tables=tables), otherwise=weighed)
    return put, sight


def _looked_at(doc: Document, claims: Sequence[Claim], tables: ClaimTables) -> Found[Claim]:
    """The claims with what speaks for each type of event, for the reader to be weighed against."""
    return Found(with_likely(doc.text, claims, events=tables.events, table=tables.choice))


def _sight(doc: Document, tools: Tools) -> Found[Sight | None]:
    """What the trained reader sees; a problem where a text goes on behind what it looks at."""
    sight = tools.tagger.see(doc) if tools.tagger else None
    if sight is None or sight.unseen is None:
        return Found((sight,))
    message = "The report is longer than the trained reader looks at; from here on the rules read alone."
    return Found((sight,), (Problem("tagging", message, "Split it.", span=sight.unseen),))


def _asked(doc: Document, asker: Asker, tools: Tools, steps: _Steps) -> tuple[Claim, ...]:
    """What a language model finds; nothing where it gives no answer, or none that stands in the report."""
    proposals = steps.run("asking", lambda: asker.ask(doc))
    extractor = Extractor(asker.reader, f"{asker.version}, bywhom {tools.version}")
    return steps.run("claims", lambda: adopt(doc, proposals, tables=tools.claims, extractor=extractor))


def ground(doc: Document, claims: Sequence[Claim], tools: Tools, sight: Sight | None = None) -> Found[Claim]:
    """The claims with their places, times and quantities; `sight` is what a trained reader sees of the report."""
    if not claims:
        return Found()
    places = resolve_document(doc, gazetteer=tools.gazetteer, table=tools.toponyms)
    times = resolve_times(doc, tools.times)
    bearings = [sight.bearings(claim.span) if sight else None for claim in claims]
    where = places_of(doc, claims, places, bearings=bearings)
    grounded = zip(claims, where, bearings, strict=True)
    return Found(tuple(_ground(doc, claim, place, times, tools, seen) for claim, place, seen in grounded))


def _ground(
    doc: Document, claim: Claim, place: Place | None, times: DocumentTimes, tools: Tools, seen: Bearings | None
) -> Claim:
    return replace(
        claim,
        place=place,
        time=time_of(doc, claim, times, seen=seen.time if seen else None),
        quantities=quantities_in(doc.text, claim.span, table=tools.quantities),
    )


class _Steps:
    """The stages of one reading: what each took, what was wrong, and a fault of ours if there was one."""

    def __init__(self, raw: RawDocument, clock: Clock) -> None:
        self.raw, self.clock = raw, clock
        self.problems: list[Problem] = []
        self.fault = ""

    def run(self, stage: str, function: Callable[[], Found[T]], otherwise: tuple[T, ...] = ()) -> tuple[T, ...]:
        """What a stage found; `otherwise` where a fault of ours stopped it."""
        with self.clock.of(stage):
            found = guarded(stage, function)
        if isinstance(found, Problem):
            self.problems.append(found)
            self.fault = self.fault or found.message
            return otherwise
        self.problems.extend(found.problems)
        return found.items

    def note_silence(self, claims: int) -> None:
        """Say that there is more than the nothing which a model found, unless a problem says so: silence may be bidden."""
        if not any(problem.stage == "asking" for problem in self.problems):
            message = (
                f"The model found no claim, but without it {claims} are found; the report was read without the model."
            )
            self.problems.append(Problem("asking", message, "Look for words in it that address a model."))

    def reading(
        self,
        document: Document | None,
        claims: tuple[Claim, ...],
        entities: tuple[Entity, ...] = (),
        *,
        unread: str = "",
        provisional: bool = False,
    ) -> Reading:
        """The reading, each of its problems naming the report."""
        document_id = sha256(self.raw.data).hexdigest() if self.problems else ""
        where = self.raw.collection.location
        problems = tuple(
            replace(problem, document_id=problem.document_id or document_id, where=problem.where or where)
            for problem in self.problems
        )
        return Reading(document, claims, problems, unread, entities, provisional)
