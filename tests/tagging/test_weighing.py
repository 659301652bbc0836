"""Who decides, rules or trained reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import inf
from typing import cast

import numpy as np
import pytest

from bywhom.records import (
    Attribution,
    Block,
    BlockKind,
    Certainty,
    Claim,
    Document,
    Event,
    EventType,
    Extractor,
    Hop,
    Leads,
    Likely,
    Mention,
    Modality,
    Polarity,
    Quote,
    Resolution,
    Source,
    SourceKind,
    Span,
)
from bywhom.tagging.confidence import ConfidenceTable
from bywhom.tagging.fields import Balance, FieldTable
from bywhom.tagging.labels import FIELDS
from bywhom.tagging.sight import Judged, Pointed, Sight
from bywhom.tagging.weighing import Bar, EventBar, Weighing, weigh

TEXT = "Captain Elias Brandt said the mill burnt. The Valley Gazette wrote that he had seen the ferry sink."
CLAUSE = Span(TEXT.index("the ferry"), len(TEXT) - 1)
RULES, READER = Bar(inf, inf), Bar(1, 1)
TRUST = ConfidenceTable(0.0, {})
FIRM, OPEN = (FieldTable({field: Balance(1.0, dict.fromkeys(values, ours)) for field, values in FIELDS.items()})
              for ours in (inf, 0.0))  # fmt: skip
HEARD = EventBar(said=1, weak=0, strong=2, agreed=0, expected=0.5, doubt=2)
NOBODY = Weighing(replace(HEARD, agreed=2), *(RULES,) * 5, taught=frozenset(EventType))
SINK = Span(TEXT.index("sink"), TEXT.index("sink") + 4)
LIKELY = (Likely(EventType.OTHER, 0.0), Likely(EventType.DESTROY, 1.0, SINK), Likely(EventType.FLEE, -3.0))


def at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def source(name: str, words: str, resolution: Resolution = Resolution.NAMED) -> Source:
    return Source(name, SourceKind.MILITARY, Mention.at(at(words), TEXT), resolution)


BRANDT = source("Elias Brandt", "Captain Elias Brandt")
FIRST = Attribution(at("the mill burnt"), Quote.INDIRECT, BRANDT)
DOC = Document("d", "d", TEXT, "t", "text", "test", (Block(Span(0, len(TEXT)), BlockKind.BODY),))


def claim(said: Attribution, trigger: Mention | None = None) -> Claim:
    return Claim(
        "c", "d", CLAUSE, CLAUSE.of(TEXT), said, Certainty.CERTAIN, Polarity.POSITIVE, Modality.ACTUAL, False,
        Event(EventType.OTHER, trigger, likely=LIKELY), extractor=Extractor("bywhom", "1", "0a"),
    )  # fmt: skip


class Fake:
    """A sight that says of every stretch what the test wants."""

    def __init__(
        self, chances: Mapping[str, tuple[str, float]], source: Pointed, name: Pointed, *relays: Pointed
    ) -> None:
        self._said = chances
        self._source, self._name, self._relays = source, name, relays

    def judged(self, _span: Span) -> Judged:
        chances = {}
        for field, values in FIELDS.items():
            value, chance = self._said.get(field, (values[0], 1 / len(values)))
            rest = (1 - chance) / (len(values) - 1)
            chances[field] = np.array([chance if each == value else rest for each in values], np.float32)
        begins = {self._source.span: self._source.chance} if self._source.span else {}
        return Judged(chances, self._source, self._name, self._relays, Leads(self._source.none, begins))


NONE = Pointed(None, 0.9, 0.9)


def weighed(one: Claim, table: Weighing, sight: Fake) -> Claim:
    (found,) = weigh(
        DOC, [one], [FIRST, one.attribution], cast("Sight", sight), table=table, fields=FIRM, trust=TRUST
    ).items
    assert found.attribution.confidence is not None
    return replace(found, attribution=replace(found.attribution, confidence=None))


OWN = Attribution(CLAUSE, Quote.INDIRECT, source("Valley Gazette", "The Valley Gazette"))
CERTAIN_OF_ALL = Fake(
    {
        "event": ("destroy", 0.99),
        "certainty": ("possible", 0.99),
        "polarity": ("negative", 0.99),
        "channel": ("press", 0.99),
    },
    Pointed(at("he"), 0.99, 0.0),
    Pointed(at("Captain Elias Brandt"), 0.99, 0.0),
    Pointed(at("The Valley Gazette"), 0.99),
)


def settled(one: Claim) -> Claim:
    return replace(one, event=replace(one.event, likely=()))


def test_where_the_rules_decide_everything_nothing_changes() -> None:
    assert weighed(claim(OWN), NOBODY, CERTAIN_OF_ALL) == settled(claim(OWN))


def test_the_event_goes_to_what_clause_and_reader_together_speak_for() -> None:
    found = weighed(claim(OWN), replace(NOBODY, event=HEARD), CERTAIN_OF_ALL)
    assert found.event == Event(EventType.DESTROY, Mention.at(SINK, TEXT))
    assert found.certainty is Certainty.CERTAIN
    assert found.extractor == Extractor("bywhom; trained reader: event", "1", "0a")


def test_what_more_speaks_for_is_taken_where_the_reader_knows_such_events() -> None:
    sure = Fake({"modality": ("future", 0.9), "distanced": ("yes", 0.9), "source_kind": ("media", 0.9)}, NONE, NONE)
    for agreed, taken in ((0.0, True), (2.0, False)):
        table = replace(NOBODY, event=replace(HEARD, agreed=agreed, weak=inf))
        (found,) = weigh(DOC, [claim(OWN)], [OWN], cast("Sight", sure), table=table, fields=OPEN, trust=TRUST).items
        said = found.attribution.source
        assert said is not None
        assert (found.modality is Modality.FUTURE, found.distanced, said.kind is SourceKind.MEDIA) == (taken,) * 3
        assert found.extractor.name == ("bywhom; trained reader: distanced, kind, modality" if taken else "bywhom")


def says(event: str, chance: float) -> Fake:
    return Fake({"event": (event, chance)}, NONE, NONE)


@pytest.mark.parametrize(
    ("sight", "trigger", "kind"),
    [
        (says("destroy", 0.5), False, EventType.DESTROY),  # the reader finds nothing likelier than the clause does
        (says("destroy", 0.5), True, EventType.DESTROY),
        (says("other", 0.9), False, EventType.OTHER),
        (says("flee", 0.5), False, EventType.DESTROY),  # what the clause speaks against needs a reader that is surer
        (says("flee", 0.9999), False, EventType.FLEE),
        (says("other", 0.06), True, EventType.OTHER),  # 1.0 is no lead of 2
        (says("other", 0.06), False, EventType.DESTROY),
    ],
)
def test_another_event_must_lead_by_more_where_the_rules_have_a_high_trigger(
    sight: Fake, trigger: bool, kind: EventType
) -> None:
    one = claim(OWN, Mention.at(SINK, TEXT) if trigger else None)
    assert weighed(one, replace(NOBODY, event=HEARD), sight).event.type is kind


def test_types_that_the_reader_was_not_taught_are_left_alone() -> None:
    table = replace(NOBODY, event=HEARD, taught=frozenset({EventType.OTHER, EventType.FLEE}))
    assert weighed(claim(OWN), table, CERTAIN_OF_ALL) == settled(claim(OWN))


def test_a_reader_that_sees_other_events_than_plain_words_tell_is_not_heard_in_that_report() -> None:
    plain = replace(claim(OWN, Mention.at(at("burnt"), TEXT)), id="p")
    table = replace(NOBODY, event=replace(HEARD, agreed=0.5))
    for told, heard in ((EventType.DESTROY, True), (EventType.AID, False)):
        first = replace(plain, event=replace(plain.event, type=told, likely=()))
        sight = cast("Sight", CERTAIN_OF_ALL)
        known = replace(table, taught=_TAUGHT)
        found = weigh(DOC, [first, claim(OWN)], [OWN], sight, table=known, fields=FIRM, trust=TRUST).items
        assert (found[1].event.type is EventType.DESTROY) is heard


_TAUGHT = frozenset({EventType.OTHER, EventType.DESTROY})


def test_a_pronoun_leads_to_whom_the_reader_sees_named() -> None:
    found = weighed(claim(OWN), replace(NOBODY, source=READER), CERTAIN_OF_ALL)
    said = found.attribution.source
    assert said is not None
    assert (said.name, said.kind) == ("Elias Brandt", SourceKind.MILITARY)
    assert said.mention == Mention.at(at("he"), TEXT)
    assert found.id != claim(OWN).id


def test_a_pronoun_that_leads_to_nobody_changes_nothing() -> None:
    unsure = Fake({}, Pointed(at("he"), 0.99, 0.0), Pointed(at("Captain Elias Brandt"), 0.2, 0.0))
    assert weighed(claim(OWN), replace(NOBODY, source=READER), unsure) == settled(claim(OWN))


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        ("The Valley Gazette", True),
        ("burnt. The Valley Gazette", False),
        ("Capt. Anna Kolb", True),  # a title's point ends no sentence
        ("War Ministry\nof Tarsa", True),  # a line that was broken
        ("No newspaper", False),
        ("the Kolb told", True),
        ("Winter a bag of the flour itself or a loaf of bread from mills", False),  # commas were lost
    ],
)
def test_words_of_two_sentences_are_no_name(words: str, *, taken: bool) -> None:
    text = f"{TEXT}\n{words}" if words not in TEXT else TEXT
    doc = replace(DOC, text=text, blocks=(Block(Span(0, len(text)), BlockKind.BODY),))
    span = Span(text.index(words), text.index(words) + len(words))
    unsaid = claim(Attribution(CLAUSE, Quote.NONE, None))
    sight = cast("Sight", Fake({}, Pointed(span, 0.99), NONE))
    (found,) = weigh(
        doc, [unsaid], [FIRST], sight, table=replace(NOBODY, source=READER), fields=FIRM, trust=TRUST
    ).items
    assert (found.attribution.source is not None) is taken


@pytest.mark.parametrize(("words", "name"), [("Kolb told", "Kolb"), ("rebel reports", "rebel reports")])
def test_a_verb_that_the_reader_took_along_is_no_part_of_a_name(words: str, name: str) -> None:
    text = f"{TEXT}\n{words}"
    doc = replace(DOC, text=text, blocks=(Block(Span(0, len(text)), BlockKind.BODY),))
    sight = cast("Sight", Fake({}, Pointed(Span(len(TEXT) + 1, len(text)), 0.99), NONE))
    unsaid = claim(Attribution(CLAUSE, Quote.NONE, None))
    (found,) = weigh(
        doc, [unsaid], [FIRST], sight, table=replace(NOBODY, source=READER), fields=FIRM, trust=TRUST
    ).items
    assert found.attribution.source is not None
    assert found.attribution.source.name == name


def test_a_source_that_is_less_likely_than_not_is_not_put_in() -> None:
    unsaid = claim(Attribution(CLAUSE, Quote.NONE, None))
    for base, taken in ((0.0, True), (-5.0, False)):
        trust = ConfidenceTable(base, {})
        (found,) = weigh(
            DOC,
            [unsaid],
            [FIRST],
            cast("Sight", CERTAIN_OF_ALL),
            table=replace(NOBODY, source=READER),
            fields=FIRM,
            trust=trust,
        ).items
        assert (found.attribution.source is not None) is taken


def test_who_passes_on_what_another_says_is_not_put_in_his_place() -> None:
    gazette = Hop("Valley Gazette", SourceKind.MEDIA, Mention.at(at("The Valley Gazette"), TEXT))
    sure = Fake({}, Pointed(at("The Valley Gazette"), 0.99), NONE)
    for relays, stays in (((gazette,), True), ((), False)):
        one = claim(Attribution(CLAUSE, Quote.INDIRECT, BRANDT, relays=relays))
        said = weighed(one, replace(NOBODY, source=READER), sure).attribution.source
        assert said is not None
        assert (said.name == "Elias Brandt") is stays


def test_who_denies_something_is_no_source_of_it() -> None:
    text = "The mill was burnt, a charge the army denied."
    army = Mention.at(Span(text.index("the army"), text.index(" denied")), text)
    denied = Mention.at(Span(text.index("denied"), len(text) - 1), text)
    doc = replace(DOC, text=text, blocks=(Block(Span(0, len(text)), BlockKind.BODY),))
    said = Attribution(Span(20, len(text) - 1), Quote.INDIRECT, Source("army", SourceKind.MILITARY, army), denied)
    burnt = replace(claim(Attribution(Span(0, 18), Quote.NONE, None)), span=Span(0, 18), text=text[:18])
    sight = cast("Sight", Fake({}, Pointed(army.span, 0.99), NONE))
    for cue, taken in ((denied, False), (replace(denied, text="said"), True)):
        known = replace(said, cue=cue)
        (found,) = weigh(
            doc, [burnt], [known], sight, table=replace(NOBODY, source=READER), fields=FIRM, trust=TRUST
        ).items
        assert (found.attribution.source is not None) is taken


def test_the_publisher_speaks_where_the_reader_sees_no_source() -> None:
    carried = Attribution(CLAUSE, Quote.INDIRECT, source("Elias Brandt", "Captain Elias Brandt", Resolution.CARRIED))
    table = replace(NOBODY, publisher=Bar(10, inf))
    assert weighed(claim(carried), table, Fake({}, NONE, NONE)).attribution.source is None
    assert weighed(claim(OWN), table, Fake({}, NONE, NONE)) == settled(claim(OWN))


def test_hands_that_only_the_reader_sees_are_added_once() -> None:
    said = Attribution(CLAUSE, Quote.INDIRECT, BRANDT)
    found = weighed(claim(said), replace(NOBODY, relay=READER), CERTAIN_OF_ALL)
    assert found.attribution.relays == (
        Hop("Valley Gazette", SourceKind.MEDIA, Mention.at(at("The Valley Gazette"), TEXT)),
    )
    assert weighed(found, replace(NOBODY, relay=READER), CERTAIN_OF_ALL) == found


@pytest.mark.parametrize(
    "field",
    ["channel", "publisher", "source", "carried", "relay"],
)
def test_the_shipped_table_asks_for_more_where_the_rules_found_words(field: str) -> None:
    bar = getattr(Weighing.load(), field)
    assert bar.weak >= 1
    assert bar.strong >= bar.weak
