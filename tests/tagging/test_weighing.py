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
from bywhom.tagging.labels import FIELDS
from bywhom.tagging.sight import Judged, Pointed, Sight
from bywhom.tagging.weighing import Bar, Weighing, weigh

TEXT = "Captain Elias Brandt said the mill burnt. The Valley Gazette wrote that he had seen the ferry sink."
CLAUSE = Span(TEXT.index("the ferry"), len(TEXT) - 1)
RULES, READER = Bar(inf, inf), Bar(1, 1)
TRUST = ConfidenceTable(0.0, {})
NOBODY = Weighing(*(RULES,) * 11, taught=frozenset(EventType))


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
        Event(EventType.OTHER, trigger), extractor=Extractor("bywhom", "1", "0a"),
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
        return Judged(chances, self._source, self._name, self._relays, begins)


NONE = Pointed(None, 0.9, 0.9)


def weighed(one: Claim, table: Weighing, sight: Fake) -> Claim:
    (found,) = weigh(DOC, [one], [FIRST, one.attribution], cast("Sight", sight), table=table, trust=TRUST).items
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


def test_where_the_rules_decide_everything_nothing_changes() -> None:
    assert weighed(claim(OWN), NOBODY, CERTAIN_OF_ALL) == claim(OWN)


def test_a_field_goes_to_the_reader_where_it_is_so_much_surer() -> None:
    found = weighed(claim(OWN), replace(NOBODY, event=Bar(10, inf)), CERTAIN_OF_ALL)
    assert found.event.type is EventType.DESTROY
    assert found.certainty is Certainty.CERTAIN
    assert found.extractor == Extractor("bywhom; trained reader: event", "1", "0a")


def test_words_that_the_rules_found_weigh_more() -> None:
    told = claim(OWN, Mention.at(at("sink"), TEXT))
    assert weighed(told, replace(NOBODY, event=Bar(10, inf)), CERTAIN_OF_ALL) == told


def test_a_pronoun_leads_to_whom_the_reader_sees_named() -> None:
    found = weighed(claim(OWN), replace(NOBODY, source=READER), CERTAIN_OF_ALL)
    said = found.attribution.source
    assert said is not None
    assert (said.name, said.kind) == ("Elias Brandt", SourceKind.MILITARY)
    assert said.mention == Mention.at(at("he"), TEXT)
    assert found.id != claim(OWN).id


def test_a_pronoun_that_leads_to_nobody_changes_nothing() -> None:
    unsure = Fake({}, Pointed(at("he"), 0.99, 0.0), Pointed(at("Captain Elias Brandt"), 0.2, 0.0))
    assert weighed(claim(OWN), replace(NOBODY, source=READER), unsure) == claim(OWN)


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        ("The Valley Gazette", True),
        ("burnt. The Valley Gazette", False),
        ("Capt. Anna Kolb", True),  # a title's point ends no sentence
        ("War Ministry\nof Tarsa", True),  # a line that was broken
        ("No newspaper", False),
        ("the Kolb told", True),
    ],
)
def test_words_of_two_sentences_are_no_name(words: str, *, taken: bool) -> None:
    text = f"{TEXT}\n{words}" if words not in TEXT else TEXT
    doc = replace(DOC, text=text, blocks=(Block(Span(0, len(text)), BlockKind.BODY),))
    span = Span(text.index(words), text.index(words) + len(words))
    unsaid = claim(Attribution(CLAUSE, Quote.NONE, None))
    sight = cast("Sight", Fake({}, Pointed(span, 0.99), NONE))
    (found,) = weigh(doc, [unsaid], [FIRST], sight, table=replace(NOBODY, source=READER), trust=TRUST).items
    assert (found.attribution.source is not None) is taken


@pytest.mark.parametrize(("words", "name"), [("Kolb told", "Kolb"), ("rebel reports", "rebel reports")])
def test_a_verb_that_the_reader_took_along_is_no_part_of_a_name(words: str, name: str) -> None:
    text = f"{TEXT}\n{words}"
    doc = replace(DOC, text=text, blocks=(Block(Span(0, len(text)), BlockKind.BODY),))
    sight = cast("Sight", Fake({}, Pointed(Span(len(TEXT) + 1, len(text)), 0.99), NONE))
    unsaid = claim(Attribution(CLAUSE, Quote.NONE, None))
    (found,) = weigh(doc, [unsaid], [FIRST], sight, table=replace(NOBODY, source=READER), trust=TRUST).items
    assert found.attribution.source is not None
    assert found.attribution.source.name == name


def test_a_source_that_is_less_likely_than_not_is_not_put_in() -> None:
    unsaid = claim(Attribution(CLAUSE, Quote.NONE, None))
    for base, taken in ((0.0, True), (-5.0, False)):
        trust = ConfidenceTable(base, {})
        (found,) = weigh(
            DOC, [unsaid], [FIRST], cast("Sight", CERTAIN_OF_ALL), table=replace(NOBODY, source=READER), trust=trust
        ).items
        assert (found.attribution.source is not None) is taken


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
        (found,) = weigh(doc, [burnt], [known], sight, table=replace(NOBODY, source=READER), trust=TRUST).items
        assert (found.attribution.source is not None) is taken


def test_the_publisher_speaks_where_the_reader_sees_no_source() -> None:
    carried = Attribution(CLAUSE, Quote.INDIRECT, source("Elias Brandt", "Captain Elias Brandt", Resolution.CARRIED))
    table = replace(NOBODY, publisher=Bar(10, inf))
    assert weighed(claim(carried), table, Fake({}, NONE, NONE)).attribution.source is None
    assert weighed(claim(OWN), table, Fake({}, NONE, NONE)) == claim(OWN)


def test_hands_that_only_the_reader_sees_are_added_once() -> None:
    said = Attribution(CLAUSE, Quote.INDIRECT, BRANDT)
    found = weighed(claim(said), replace(NOBODY, relay=READER), CERTAIN_OF_ALL)
    assert found.attribution.relays == (
        Hop("Valley Gazette", SourceKind.MEDIA, Mention.at(at("The Valley Gazette"), TEXT)),
    )
    assert weighed(found, replace(NOBODY, relay=READER), CERTAIN_OF_ALL) == found


@pytest.mark.parametrize(
    "field",
    ["event", "certainty", "polarity", "modality", "distanced", "kind", "channel", "source", "carried", "relay"],
)
def test_the_shipped_table_names_every_field(field: str) -> None:
    bar = getattr(Weighing.load(), field)
    assert bar.weak >= 1
    assert bar.strong >= bar.weak
