"""When the event of a claim happened, as reports of other wars tell it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.grounding.carriedtimes import CarriedTable
from bywhom.grounding.times import load_time_rules, resolve_times, time_of
from bywhom.prose.sentences import sentences
from bywhom.records import (
    Attribution,
    Block,
    BlockKind,
    Certainty,
    Claim,
    Derived,
    Document,
    Event,
    EventType,
    Hop,
    Mention,
    Modality,
    Polarity,
    Quote,
    Source,
    SourceKind,
    Span,
    Stated,
    Timespan,
)

RULES = load_time_rules()
ALWAYS = CarriedTable(-1.0, 0.0, {})


def report(text: str, published: str | None = None, own: str = "") -> Document:
    """A report of paragraphs; `own` are the words in the text that date the report itself."""
    blocks: list[Block] = []
    for line in text.split("\n"):
        start = blocks[-1].span.end + 1 if blocks else 0
        blocks.append(Block(Span(start, start + len(line)), BlockKind.BODY))
    at = text.find(own) if own else -1
    mention = Mention(at, at + len(own), own) if at >= 0 else None
    stated = Stated(published, own or "field", mention) if published else None
    return Document("0" * 64, "report", text, "0" * 64, "text", "test", tuple(blocks), published=stated)


def claim_of(doc: Document, words: str, event: EventType, source: str | None = None, relay: str | None = None) -> Claim:
    """The claim with these words, told by this source."""
    at = doc.text.index(words)
    span = Span(at, at + len(words))
    sentence = next(
        (found for block in doc.blocks for found in sentences(doc.text, block.span) if found.covers(span)), span
    )
    relays = (Hop(relay, SourceKind.MEDIA),) if relay else ()
    said_by = Source(source, SourceKind.OFFICIAL, None) if source else None
    said = Attribution(span, Quote.NONE, said_by, relays=relays, frame=sentence)
    return Claim(
        "1", "d", span, words, said, Certainty.CERTAIN, Polarity.POSITIVE, Modality.ACTUAL, False, Event(event)
    )


def when(doc: Document, claim: str, source: str | None = None, relay: str | None = None) -> Timespan | None:
    """The time of the claim with these words, told by this source; a day of the story is always carried."""
    told = claim_of(doc, claim, EventType.OTHER, source, relay)
    return time_of(doc, told, resolve_times(doc, RULES), ALWAYS)


def value(doc: Document, claim: str, source: str | None = None, relay: str | None = None) -> str | None:
    found = when(doc, claim, source, relay)
    return found.value if found else None


BATTLE = report(
    "Two gunboats shelled the fort on Tuesday, killing nine gunners. The harbour master said the magazine exploded. "
    "The fort, which is old, has a garrison of 200. It will be rebuilt. "
    "That attack followed the raid of 2 March on the mole. In recent months many have fled. "
    "More than 300 people have died since the siege began in January 1863.",
    published="1863-05-14",
)


@pytest.mark.parametrize(
    ("claim", "day"),
    [
        ("Two gunboats shelled the fort on Tuesday", "1863-05-12"),
        ("killing nine gunners", "1863-05-12"),  # the rest of its sentence dates it
        ("the magazine exploded", "1863-05-12"),  # a known day of the event is given to all that is told of it
        ("has a garrison of 200", None),
        ("It will be rebuilt", None),
        ("the raid of 2 March on the mole", "1863-03-02"),
        ("many have fled", None),
        ("In recent months many have fled", None),
        ("More than 300 people have died since the siege began in January 1863", "1863-01/1863-05"),
    ],
)
def test_the_day_of_the_story(claim: str, day: str | None) -> None:
    assert value(BATTLE, claim) == day


def test_how_a_time_was_come_by_is_told() -> None:
    stated = when(report("The fort fell on 2 March 1863."), "The fort fell on 2 March 1863")
    resolved = when(BATTLE, "Two gunboats shelled the fort on Tuesday")
    inferred = when(BATTLE, "the magazine exploded")
    assert [found.derived for found in (stated, resolved, inferred) if found] == [
        Derived.STATED,
        Derived.RESOLVED,
        Derived.INFERRED,
    ]


def test_the_date_of_publication_is_no_date_of_an_event() -> None:
    doc = report("12 May 1863\nThe fort fell. The gunners fled.", "1863-05-12", own="12 May 1863")
    assert value(doc, "The fort fell") is None
    assert value(doc, "The gunners fled") is None


def test_a_bulletin_lends_its_date_to_all_it_says() -> None:
    doc = report(
        "The Admiralty of Ruritania released a bulletin on 9 March stating that three ships were sunk.\n"
        "The bulletin also claimed that a frigate was towed in.\n"
        "The mayor denied it."
    )
    assert value(doc, "three ships were sunk", "Admiralty of Ruritania") == "XXXX-03-09"
    assert value(doc, "a frigate was towed in", "Admiralty of Ruritania") == "XXXX-03-09"
    assert value(doc, "The mayor denied it", "the mayor") is None


def test_an_article_dates_what_it_relays_but_not_the_story() -> None:
    doc = report(
        "The Lancet of Strelsau writes in an article dated March 9 that men desert. Doctors saw wounded men. Rain fell."
    )
    assert value(doc, "Doctors saw wounded men", "doctors", relay="The Lancet of Strelsau") == "XXXX-03-09"
    assert value(doc, "Rain fell") is None


def test_what_was_said_on_a_weekday_is_news_of_that_day() -> None:
    doc = report(
        "Governor Hale said on Friday that raiders crossed the river. He said: “We met them at the ford.”", "1863-05-18"
    )
    assert value(doc, "raiders crossed the river", "Hale") == "1863-05-15"
    assert value(doc, "We met them at the ford", "Governor Hale") == "1863-05-15"


def test_an_outlet_that_reported_on_a_date_tells_an_older_story() -> None:
    doc = report("Recruits were left at the ford and locked in a barn, the Courier reported on May 13.", "1863-05-14")
    assert value(doc, "Recruits were left at the ford") is None
    doc = report("A mine was reported on May 13 in the harbour.", "1863-05-14")
    assert value(doc, "A mine was reported on May 13 in the harbour") == "1863-05-13"


@pytest.mark.parametrize(("published", "month"), [("1863-05-14", "1863-05"), ("1863", None), (None, None)])
def test_now_is_the_month_of_a_dated_report(published: str | None, month: str | None) -> None:
    assert value(report("Now there are 38 men in the barn.", published), "Now there are 38 men in the barn") == month


def test_this_week_is_the_week_up_to_the_report() -> None:
    doc = report("This week the fleet sailed. Last week it lay at anchor.", "1863-05-14")
    assert value(doc, "This week the fleet sailed") == "1863-05-08/1863-05-14"
    assert value(doc, "Last week it lay at anchor") == "1863-05-04/1863-05-10"


def test_a_report_without_a_date_leaves_its_weekdays_blank() -> None:
    doc = report("The fort fell on Friday. This week the fleet sailed.")
    assert value(doc, "The fort fell on Friday") is None
    assert value(doc, "This week the fleet sailed") is None


def test_last_year_after_a_named_year_dates_the_report() -> None:
    doc = report("The camp was found at the end of 1862. Last year it was closed. On June 16 it was opened again.")
    assert value(doc, "Last year it was closed") == "1862"
    assert value(doc, "On June 16 it was opened again") == "1863-06-16"


def test_a_month_takes_the_year_it_has_elsewhere() -> None:
    doc = report("In June a train was blown up. An inquiry into the blast of June 1862 found nothing.")
    assert value(doc, "In June a train was blown up") == "1862-06"


def test_a_month_in_the_lead_dates_only_what_the_lead_tells() -> None:
    doc = report(
        "The senate will ask for an inquiry into the explosions at the powder mills in September 1862. "
        "The powder mills were damaged by saboteurs. The harvest was good."
    )
    assert value(doc, "The powder mills were damaged by saboteurs") == "1862-09"
    assert value(doc, "The harvest was good") is None


def test_the_perfect_of_an_act_is_news_and_of_a_state_is_not() -> None:
    doc = report(
        "Gunboats shelled the fort on Tuesday. Raiders have blown up the magazine. Tents have been raised for years.",
        "1863-05-14",
    )
    assert value(doc, "Raiders have blown up the magazine") == "1863-05-12"
    assert value(doc, "Tents have been raised for years") is None


def test_a_date_that_cannot_be_told_is_replaced_by_no_other() -> None:
    doc = report("Gunboats shelled the fort on 12 May 1863. On 31 February the mole sank.")
    assert value(doc, "On 31 February the mole sank") is None


def test_furniture_is_not_read_for_times() -> None:
    doc = report("The fort fell.\nComments since 2 May 1863")
    furniture = Document(
        **{name: getattr(doc, name) for name in ("id", "name", "text", "text_id", "form", "extractor")},
        blocks=(doc.blocks[0], Block(doc.blocks[1].span, BlockKind.FURNITURE)),
    )
    assert resolve_times(furniture, RULES).expressions == ()
    assert resolve_times(doc, RULES).expressions != ()


WORDS = st.sampled_from(
    [
        "fell",
        "on",
        "Friday",
        "2",
        "May",
        "1863",
        "since",
        "now",
        "said",
        "that",
        "attack",
        ".",
        "\n",
        "this",
        "week",
        "will",
        "Hale",
        "in",
        "years",
    ]
)


@given(st.lists(WORDS, max_size=30), st.sampled_from([None, "1863-05-14", "1863", "?"]))
def test_evidence_is_verbatim_and_reading_twice_changes_nothing(words: list[str], published: str | None) -> None:
    doc = report(" ".join(words), published)
    times = resolve_times(doc, RULES)
    assert times == resolve_times(doc, RULES)
    found = time_of(doc, claim_of(doc, doc.text, EventType.OTHER), times)
    assert found is None or doc.text[found.evidence.start : found.evidence.end] == found.evidence.text


MOVED = (
    "A shell struck the mill on Monday. Two millers died.\nOn Wednesday the guns fell on the ferry. Nine rowers were killed. "
    "The harbour may be shelled again."
)


def test_a_day_counted_in_weekdays_goes_on_in_the_sentences_after_it() -> None:
    doc = report(MOVED, "1991-09-20")
    told = claim_of(doc, "Nine rowers were killed", EventType.CASUALTY)
    found = time_of(doc, told, resolve_times(doc, RULES), ALWAYS)
    assert found is not None
    assert (found.value, found.derived) == ("1991-09-18", Derived.INFERRED)


@pytest.mark.parametrize("modality", [Modality.FUTURE, Modality.HYPOTHETICAL])
def test_what_has_not_happened_has_no_day_of_the_story(modality: Modality) -> None:
    doc = report("A shell struck the mill on Monday. Flooding of the lower town.", "1991-09-20")
    told = claim_of(doc, "Flooding of the lower town.", EventType.DESTROY)
    times = resolve_times(doc, RULES)
    assert time_of(doc, told, times, ALWAYS) is not None
    assert time_of(doc, replace(told, modality=modality), times, ALWAYS) is None


def test_the_day_of_the_story_is_left_out_where_the_whole_claim_speaks_against_it() -> None:
    text = "Two gunboats shelled the fort on Tuesday. The council was told of the garrison."
    doc = report(text, "1863-05-14")
    claim = claim_of(doc, "The council was told of the garrison", EventType.OTHER)
    times = resolve_times(doc, RULES)
    found = [time_of(doc, claim, times, table) for table in (ALWAYS, CarriedTable(1.0, 0.0, {}))]
    assert [one.value if one else None for one in found] == ["1863-05-12", None]


@pytest.mark.parametrize(
    ("text", "claim", "time"),
    [
        (
            "The mole has been held since the rebels took it in March 1862.",
            "the rebels took it in March 1862",
            "1862-03",
        ),
        ("The mole has been held since the rebels took it in March 1862.", "The mole has been held", "1862-03/1863-05"),
        (
            "Nine forts fell since the southern fleet put to sea again in 1861, Hale said.",
            "Nine forts fell",
            "1861/1863",
        ),
    ],
)
def test_since_is_a_stretch_but_what_began_it_is_not(text: str, claim: str, time: str) -> None:
    assert value(report(text, "1863-05-14"), claim) == time


@pytest.mark.parametrize(
    ("first", "day"),
    [
        ("Hale said on 9 May that the siege was over.", "1863-05-09"),
        ("Hale said the siege began on 9 May.", None),  # a date in what is said dates no saying
        ("Hale said that the siege, begun on 9 May, was over.", None),
        ("Captains of the United States met Hale on 9 May.", None),  # no word of saying
    ],
)
def test_only_the_date_of_the_saying_is_lent_to_what_else_is_said(first: str, day: str | None) -> None:
    doc = report(f"{first}\nA mutineer told the harbour master otherwise.\nThe stores are empty.", "1863-05-14")
    assert value(doc, "The stores are empty", "Hale") == day


@pytest.mark.parametrize(
    ("date", "between", "day"),
    [("on 9 May", 1, "1863-05-09"), ("in April", 1, None), ("on 9 May", 60, None)],
    ids=["a day", "a month", "far away"],
)
def test_a_statement_lends_its_day_to_a_few_sentences(date: str, between: int, day: str | None) -> None:
    text = f"Hale said {date} that the siege was over.\n" + "The sea is calm here. " * between + "The stores are empty."
    assert value(report(text, "1863-05-14"), "The stores are empty", "Hale") == day
