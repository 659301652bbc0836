"""Questions to a ledger: what each filter finds, and what it does not take for an answer."""

from __future__ import annotations

from typing import Any

import pytest

from bywhom.errors import UsageError
from bywhom.ledger import ClaimQuery, Ledger
from bywhom.records import Attribution, Certainty, Event, EventType, Mention, Place, PlaceOutcome, Quote, Timespan
from bywhom.records.time import Derived

TEXT = (
    "The Courier reports that Captain Ömer’s men seized the mill of Müllheim in 1855. fired reports "
    "100% of them fled in May. Nobody knows_where the baggage is."
)


@pytest.fixture
def filled(ledger: Ledger, make: Any) -> Ledger:
    """A ledger with two reports: the standard one, and one with a percent sign, an umlaut and an open date."""
    doc = make.document("mill", TEXT)
    mill = Place(make.mention(doc, "Müllheim"), PlaceOutcome.SETTLEMENT, "Mülheim", "DE", "Baden", 47.8, 7.6)
    year = Timespan("1855", make.mention(doc, "1855"), Derived.STATED)
    undated = Timespan("XXXX-05", make.mention(doc, "May"), Derived.STATED)
    nobody = Attribution(make.mention(doc, "Nobody knows_where").span, Quote.NONE)
    claims = (
        make.claim(doc, "seized the mill of Müllheim", place=mill, time=year, event=Event(EventType.SEIZE)),
        make.claim(doc, "100% of them fled", time=undated, event=Event(EventType.FLEE), certainty=Certainty.POSSIBLE),
        make.claim(doc, "Nobody knows_where", attribution=nobody, event=Event(EventType.OTHER)),
    )
    ledger.record([make.report(), make.report("mill", TEXT, claims=claims)])
    return ledger


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["battery fired", "It rained.", "seized the mill", "100% of them", "Nobody knows"]),
        ({"words": "REDOUBT"}, ["battery fired"]),
        ({"words": "redoubt battery"}, ["battery fired"]),  # every word, in any order
        ({"words": "redoubt mill"}, []),
        ({"words": "mullheim"}, ["seized the mill"]),
        ({"words": "100%"}, ["100% of them"]),  # no wildcard
        ({"words": "knows_where"}, ["Nobody knows"]),  # nor is this one
        ({"words": "s_w"}, []),  # words are whole, unless a star ends them
        ({"words": "knows_w*"}, ["Nobody knows"]),
        ({"words": "   "}, ["battery fired", "It rained.", "seized the mill", "100% of them", "Nobody knows"]),
        ({"source": "omer"}, ["battery fired", "seized the mill", "100% of them"]),
        ({"source": "captain  ÖMER"}, ["battery fired", "seized the mill", "100% of them"]),
        ({"source": "courier"}, []),  # it relays, and answers for nothing
        ({"via": "courier"}, ["battery fired", "seized the mill", "100% of them"]),
        ({"events": ("attack",)}, ["battery fired"]),
        ({"events": (EventType.SEIZE,)}, ["seized the mill"]),
        ({"place": "kars"}, ["battery fired"]),
        ({"place": "mülheim"}, ["seized the mill"]),  # by its name
        ({"place": "Mullheim"}, ["seized the mill"]),  # by its mention
        ({"place": "baden"}, ["seized the mill"]),  # by its region
        ({"countries": ("tr",)}, ["battery fired"]),
        ({"certainties": ("possible",)}, ["100% of them"]),
        ({"since": "1855-06-30"}, ["battery fired", "seized the mill"]),  # some day of that June, of that year
        ({"since": "1855-07"}, ["seized the mill"]),
        ({"until": "1855-05-31"}, ["seized the mill"]),
        ({"since": "1855-06", "until": "1855-06"}, ["battery fired", "seized the mill"]),
        ({"since": "1856"}, []),
        ({"report": "mill"}, ["seized the mill", "100% of them", "Nobody knows"]),
        ({"report": "box/kars.txt"}, ["battery fired", "It rained."]),
        ({"report": "mill", "events": ("attack",)}, []),
    ],
    ids=str,
)
def test_filters(filled: Ledger, query: dict[str, Any], found: Any) -> None:
    answered = [each.claim.text for each in filled.claims(ClaimQuery(**query))]
    assert [text.startswith(start) for text, start in zip(answered, found, strict=True)] == [True] * len(found)


def test_a_limit_takes_the_first(filled: Ledger) -> None:
    assert [each.claim.text[:8] for each in filled.claims(limit=2)] == ["battery ", "It raine"]
    assert list(filled.claims(limit=0)) == []


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"events": ("rain",)}, "event 'rain' is not one of: refuse, surrender"),
        ({"certainties": ("sure",)}, "certainty 'sure' is not one of: certain, probable"),
        ({"since": "June"}, "since 'June' is no date; write 2024, 2024-05 or 2024-05-27"),
        ({"until": "1855-02-30"}, "is no date"),
        ({"report": "nobody"}, "no report is called 'nobody'"),
        ({"events": "attack"}, r"give several, or one and a comma: events=\('attack',\)"),
        ({"countries": ("Turkey",)}, "'Turkey' is no code of two letters"),
        ({"credibility": (7,)}, "not a digit from 1 to 6"),
        ({"reliability": ("A",)}, r"letters=regrading.letters"),
    ],
)
def test_questions_that_cannot_be_meant(filled: Ledger, query: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        list(filled.claims(ClaimQuery(**query)))


def test_words_with_any_sign_in_them_only_find_what_holds_them(filled: Ledger) -> None:
    for sign in ("%", "_", "\\", "/", "'", '"', ";", "--", "\0", "*"):
        for each in filled.claims(ClaimQuery(words=sign)):
            assert sign in each.claim.text


def test_a_claim_says_which_report_it_stands_in(filled: Ledger) -> None:
    (found,) = filled.claims(ClaimQuery(events=("seize",)))
    assert (found.document, found.text_id) == ("mill", found.claim.document_id)
    assert found.published == "1855-06"
    assert isinstance(found.claim.attribution.cue, Mention)
