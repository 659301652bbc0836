"""The export record: its keys, their order, and what it says of each kind of claim."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.export import COLUMNS, line, record, row, write_csv
from bywhom.ledger import LedgerClaim
from bywhom.records import (
    Actor,
    Attribution,
    Candidate,
    Certainty,
    Claim,
    Event,
    EventType,
    Hop,
    Mention,
    Modality,
    Place,
    PlaceOutcome,
    Polarity,
    Quantity,
    Quote,
    Role,
    Source,
    SourceKind,
    Span,
    Timespan,
)
from bywhom.records.time import Derived

KEYS = (
    "id document document_id text_id publisher published url text start end quote source source_kind source_id source_confidence cue stance via chain channel certainty "
    "polarity modality distanced event actors place time quantities grade rejected protected verdicts extractor"
).split()


def found(**changes: Any) -> LedgerClaim:
    """A claim of a harbour master, through an agency and an unknown hand."""
    attribution = Attribution(
        Span(10, 40),
        Quote.INDIRECT,
        Source("Ole Berg", SourceKind.OFFICIAL, Mention(50, 52, "he")),
        Mention(53, 57, "said"),
        (Hop("North Agency", SourceKind.MEDIA, Mention(0, 6, "agency")), Hop(None, SourceKind.ANONYMOUS)),
    )
    claim = Claim(
        "c1", "d" * 64, Span(10, 40), "up to 25 boats sank at Narvik.", attribution, Certainty.PROBABLE,
        Polarity.POSITIVE, Modality.ACTUAL, True, Event(EventType.DESTROY, None, (Actor("boats", Role.TARGET),)),
        Place(Mention(33, 39, "Narvik"), PlaceOutcome.SETTLEMENT, "Narvik", "NO", None, 68.44, 17.43, 3144987, 10.0),
        Timespan("1940-04", Mention(60, 65, "April"), Derived.RESOLVED),
        (Quantity(Mention(10, 18, "up to 25"), None, 25.0, unit="boats"),),
    )  # fmt: skip
    return LedgerClaim(replace(claim, **changes), "narvik", ("narvik",), "e" * 64, "Fjord Times", "1940-04-12", None)


def test_the_keys_stand_in_the_order_of_the_design() -> None:
    assert list(record(found())) == KEYS
    assert list(json.loads(line(found()))) == KEYS


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("text", "up to 25 boats sank at Narvik."),
        ("document", "narvik"),
        ("publisher", "Fjord Times"),
        ("published", "1940-04-12"),
        ("url", None),
        ("source", "Ole Berg"),
        ("source_kind", "official"),
        ("cue", "said"),
        ("via", ["North Agency"]),
        ("channel", None),
        ("distanced", True),
        ("actors", [{"name": "boats", "id": None, "role": "target", "side": None}]),
        ("time", {"value": "1940-04", "evidence": "April", "derived": "resolved"}),
        (
            "quantities",
            [
                {
                    "text": "up to 25",
                    "low": None,
                    "high": 25,
                    "approximate": False,
                    "unit": "boats",
                    "fate": None,
                    "side": None,
                }
            ],
        ),
        ("grade", None),
        ("extractor", {"name": "bywhom", "version": "0", "model_digest": None}),
    ],
)
def test_a_claim_as_a_record(key: str, value: object) -> None:
    assert record(found())[key] == value


def test_the_chain_goes_from_the_publisher_to_the_origin_and_skips_nothing() -> None:
    chain: Any = record(found())["chain"]
    assert [(hop["name"], hop["kind"]) for hop in chain] == [
        ("Fjord Times", "publisher"),
        ("North Agency", "media"),
        (None, "anonymous"),
        ("Ole Berg", "official"),
    ]
    assert chain[3]["mention"] == {"start": 50, "end": 52, "text": "he"}
    assert chain[3]["cue"] == {"start": 53, "end": 57, "text": "said"}


def test_the_publishers_own_voice_has_no_source() -> None:
    own = record(found(attribution=Attribution(Span(10, 40), Quote.NONE)))
    assert (own["source"], own["source_kind"], own["source_id"], own["via"]) == (None, "publisher", None, [])
    assert own["chain"] == [{"name": "Fjord Times", "kind": "publisher", "mention": None, "cue": None}]


def test_a_place_that_is_not_resolved_has_no_point() -> None:
    place = Place(
        Mention(1, 7, "Narwik"), PlaceOutcome.UNRESOLVED, alternatives=(Candidate("Narvik", "NO", 68.4, 17.4),)
    )
    told: Any = record(found(place=place))["place"]
    assert (told["mention"], told["name"], told["lat"], told["lon"]) == ("Narwik", None, None, None)
    assert told["alternatives"] == [{"name": "Narvik", "country": "NO", "lat": 68.4, "lon": 17.4, "geonameid": None}]


def test_entities_are_named_by_their_ids() -> None:
    berg = Source("Ole Berg", SourceKind.OFFICIAL, None, id="0123456789abcdef")
    fleet = Actor("fleet", Role.AGENT, None, "Norwegian", "fedcba9876543210")
    event = Event(EventType.ATTACK, None, (fleet,))
    told = record(found(attribution=Attribution(Span(10, 40), Quote.NONE, berg), event=event))
    assert told["source_id"] == "0123456789abcdef"
    assert told["actors"] == [{"name": "fleet", "id": "fedcba9876543210", "role": "agent", "side": "Norwegian"}]


@given(st.text(max_size=60))
def test_any_words_survive_json_lines(text: str) -> None:
    written = line(found(text=text))
    assert json.loads(written)["text"] == text
    assert written.count(b"\n") == 1
    assert not set(written.decode()) & set("\x1b\x9b\u202e\u2066\u2028")


# CSV -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("via", "North Agency; ?"),
        ("chain", "Fjord Times (publisher) <- North Agency (media) <- ? (anonymous) <- Ole Berg (official)"),
        ("actors", "target: boats"),
        ("place_name", "Narvik"),
        ("lat", 68.44),
        ("time", "1940-04"),
        ("quantities", "up to 25"),
        ("quantities_low", ""),
        ("quantities_high", "25"),
        ("quantities_fate", ""),
        ("quantities_side", ""),
        ("distanced", "true"),
        ("grade", None),
        ("rejected", "false"),
        ("publisher", "Fjord Times"),
        ("published", "1940-04-12"),
    ],
)
def test_a_claim_as_a_row(column: str, cell: object) -> None:
    assert row(found())[column] == cell


def test_a_row_that_a_person_rejected_says_so() -> None:
    assert row(replace(found(), rejected=True))["rejected"] == "true"


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        ('=HYPERLINK("https://evil.example")', '\'=HYPERLINK("https://evil.example")'),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\x1b=1+1", "'=1+1"),
        ("-2 °C, he said", "'-2 °C, he said"),
        ("turned \u202eround", "turned round"),
        ("plain – words", "plain – words"),
    ],
)
def test_a_cell_is_never_a_formula(words: str, cell: str) -> None:
    assert row(found(text=words))["text"] == cell


def test_csv_is_read_back_by_its_headings() -> None:
    page = io.BytesIO()
    assert write_csv([found(text='two\nlines, and "quotes"'), found()], page) == 2
    assert page.getvalue().startswith(b"\xef\xbb\xbfid,")  # by which spreadsheets know UTF-8
    rows = list(csv.DictReader(io.StringIO(page.getvalue().decode("utf-8-sig"))))
    assert list(rows[0]) == list(COLUMNS)
    assert rows[0]["text"] == 'two\nlines, and "quotes"'
    assert rows[1]["country"] == "NO"
