"""Through whose hands: relays, channels and dispatches."""

from __future__ import annotations

import pytest
from attribution_pages import lexicon, line_of, page  # type: ignore[import-not-found]

from bywhom.attribution.chain import channel_in, dispatch_frame, join_hops, local_outlets, relays_in_frame
from bywhom.records import Hop, SourceKind


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("Fort falls – Reuters", "Reuters"),
        ("Fort falls | Associated Press", "AP"),
        ("Fort falls — Arvale", None),  # a place
        ("Fort falls", None),
    ],
)
def test_a_headline_may_end_in_the_outlet_whose_report_it_is(title: str, outlet: str | None) -> None:
    frame = dispatch_frame(page("The fort fell.", title=title), lexicon())
    assert [hop.name for hop in frame.hops] == ([outlet] if outlet else [])


def test_the_agency_of_a_date_line_is_known_by_any_spelling() -> None:
    (hop,) = dispatch_frame(page("The fort fell.", agency="ACAN -EFE"), lexicon()).hops
    assert hop.name == "ACAN-EFE"


@pytest.mark.parametrize(
    ("sentence", "outlets"),
    [
        ("She told the Spanish newspaper Diario del Ebro so.", ["Diario del Ebro"]),
        ("The website Arvale Now and the mayor fell out.", ["Arvale Now"]),
        ("A nurse told the Daily Lantern so.", ["Daily Lantern"]),
        ("A nurse told the Gazette, and later the Harbour Herald, so.", ["Gazette"]),
        ("A nurse told The Comet that ten died.", ["Comet"]),
        ("According to The Blue Lamp, ten died.", ["Blue Lamp"]),
        ("A nurse told The Arvale court that ten died.", []),
        ("The men reached the Post Office.", []),
        ("The newspaper closed.", []),
        ("THE NEWSPAPER DIARIO CLOSED.", []),
    ],
)
def test_a_report_introduces_outlets(sentence: str, outlets: list[str]) -> None:
    assert list(local_outlets(line_of(sentence))) == outlets


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("in an interview with Reuters", ["Reuters"]),
        ("in comments to Reuters and Bloomberg", ["Reuters", "Bloomberg"]),
        ("in a letter seen by the Harbour Post", ["Harbour Post"]),
        ("in a speech carried by state television", ["state television"]),
        ("in an interview with his wife", []),
        ("the Reuters building burnt", []),
    ],
)
def test_the_words_of_a_saying_bring_in_outlets(words: str, names: list[str]) -> None:
    assert [hop.name for hop in relays_in_frame(line_of(words))] == names


@pytest.mark.parametrize(
    ("words", "channel"),
    [
        ("said in an interview with", "interview"),
        ("wrote on his Telegram channel", "telegram"),
        ("told reporters", "press"),
        ("said in a statement", "document"),
        ("said", None),
    ],
)
def test_channels(words: str, channel: str | None) -> None:
    found = channel_in(words, lexicon())
    assert (found and found.value) == channel


def test_hands_are_joined_once_each_without_the_source() -> None:
    a, b, c = (Hop(name, SourceKind.MEDIA) for name in "ABC")
    assert join_hops((a, b), (b, c), without="C") == (a, b)
