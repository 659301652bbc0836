"""Transcripts of monitoring services: who speaks in a text in capitals, and what is a recording. The station is invented."""

from __future__ import annotations

import pytest
from attribution_pages import by, lexicon, page, read  # type: ignore[import-not-found]
from hypothesis import given
from hypothesis import strategies as st

from bywhom.attribution import attribute
from bywhom.attribution.transcript import header_of, is_station, unlabelled
from bywhom.records import Attribution, Channel, Quote, SourceKind, Span

STATION = "RADIO ARVALE"


def heard(*paragraphs: str, agency: str = STATION) -> tuple[Attribution, ...]:
    """The attributions of a text that a station broadcast."""
    found: tuple[Attribution, ...] = read(*paragraphs, agency=agency)
    return found


def test_a_label_gives_the_floor_until_the_next_one_over_paragraph_breaks() -> None:
    found = heard("[RUIZ] WE HOLD THE MILL.", "NOBODY FLED.", "[REPORTER] AND THE FORT?", "[RUIZ] THE FORT FELL.")
    assert [by(a) for a in found] == ["RUIZ", "RUIZ", STATION, "RUIZ"]


def test_a_recording_is_quoted_directly_and_ends_where_it_says() -> None:
    found = heard(
        "TEN MEN DIED. [BEGIN RECORDING] [RUIZ] THEY CAME AT NIGHT. NOBODY FLED. [END RECORDING] THE FORT FELL."
    )
    assert [(by(a), a.quote) for a in found] == [
        (STATION, Quote.INDIRECT),
        ("RUIZ", Quote.DIRECT),
        ("RUIZ", Quote.DIRECT),
        (STATION, Quote.INDIRECT),
    ]


def test_a_recording_that_ends_with_its_paragraph_is_over() -> None:
    found = heard("[BEGIN RECORDING] [RUIZ] THEY CAME AT NIGHT. [END RECORDING]", "THE FORT FELL.")
    assert [by(a) for a in found] == ["RUIZ", STATION]


@pytest.mark.parametrize("how", ["IN PROGRESS", "INTERRUPTING", "CONTINUING"])
def test_a_label_is_no_part_of_what_is_said(how: str) -> None:
    doc = page(f"[CONTINUED] [RUIZ, {how}] WE HOLD THE MILL.", agency=STATION)
    (only,) = attribute(doc, lexicon=lexicon()).items
    assert only.content.of(doc.text) == "WE HOLD THE MILL"
    assert by(only) == "RUIZ"


def test_whoever_is_cited_on_the_floor_speaks_through_who_has_it() -> None:
    found = heard("[RUIZ] GENERAL OSEI SAID THAT THE FORT HAD FALLEN.")
    assert [[hop.name for hop in a.relays] for a in found] == [[STATION, "RUIZ"]]


@pytest.mark.parametrize(
    ("header", "speaker", "quote", "channel"),
    [
        ("[SPEECH] [PRESIDENT IVO RUIZ] [TEXT]", "IVO RUIZ", Quote.DIRECT, Channel.BROADCAST),
        ("[INTERVIEW WITH PRESIDENT IVO RUIZ BY REPORTERS] [TEXT]", "IVO RUIZ", Quote.DIRECT, Channel.INTERVIEW),
        ("[NEWS CONFERENCE WITH PRESIDENT IVO RUIZ] [TEXT]", "IVO RUIZ", Quote.DIRECT, Channel.PRESS),
        ("[COMMUNIQUE BY THE ARVALE DEFENSE COUNCIL]", "ARVALE DEFENSE COUNCIL", Quote.INDIRECT, Channel.DOCUMENT),
        ("[STATEMENT] [ARVALE DEFENSE COUNCIL] [TEXT]", "ARVALE DEFENSE COUNCIL", Quote.INDIRECT, Channel.DOCUMENT),
    ],
)
def test_a_header_says_who_speaks_in_the_whole_text(header: str, speaker: str, quote: Quote, channel: Channel) -> None:
    found = read("THE FORT FELL.", "NOBODY FLED.", title=header, agency=STATION)
    assert {(by(a), a.quote, a.channel) for a in found} == {(speaker, quote, channel)}


def test_the_reporter_of_a_station_is_a_relay_and_that_of_a_paper_a_byline() -> None:
    said = "GENERAL OSEI SAID THAT THE FORT HAD FALLEN."
    station = read(said, title="[REPORT] [ANNA KOLB] [TEXT]", agency=STATION)
    paper = read(said, title="[REPORT] [ANNA KOLB] [TEXT]", agency="HARBOUR POST")
    assert [hop.name for hop in station[0].relays] == [STATION, "ANNA KOLB"]
    assert [hop.name for hop in paper[0].relays] == ["HARBOUR POST"]


def test_a_station_broadcasts_in_its_own_voice_and_an_agency_does_not() -> None:
    assert [a.channel for a in heard("THE FORT FELL.")] == [Channel.BROADCAST]
    assert [a.channel for a in heard("THE FORT FELL.", agency="AFP")] == [None]


def test_brackets_inside_ordinary_prose_are_left_alone() -> None:
    text = "[The] army left. He saw the RC [RELIEF COMMITTEE] there."
    assert unlabelled(text, Span(0, len(text)), lexicon().transcripts).span == Span(0, len(text))


@pytest.mark.parametrize(("name", "station"), [("RADIO ARVALE", True), ("DOMESTIC SERVICE", True), ("AFP", False)])
def test_stations_are_told_from_agencies(name: str, station: bool) -> None:
    assert is_station(name, lexicon().transcripts) is station


def test_a_text_without_a_header_has_none() -> None:
    assert header_of("THE FORT FELL.", 14, lexicon()) is None


@given(st.text(alphabet="[]AB ,.\n:a", max_size=60))
def test_what_is_left_lies_inside_the_sentence_and_labels_reread_their_words(text: str) -> None:
    labels = unlabelled(text, Span(0, len(text)), lexicon().transcripts)
    assert Span(0, len(text)).covers(labels.span)
    named = (labels.name,) if labels.name else ()
    assert all(text[m.start : m.end] == m.text for m in (*labels.before, *named))


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("A military source", SourceKind.MILITARY),
        ("A source at the Police Command", SourceKind.OFFICIAL),
        ("A source", SourceKind.ANONYMOUS),
        ("A Taliban commander", SourceKind.COMBATANT),
        ("NATO chief Ivo Ruiz", SourceKind.OFFICIAL),
    ],
)
def test_a_source_has_the_kind_of_the_body_it_speaks_from(phrase: str, kind: SourceKind) -> None:
    (only,) = read(f"{phrase} said that the fort had fallen.")
    assert only.source is not None
    assert only.source.kind is kind
