"""The date line that opens a dispatch."""

from __future__ import annotations

import pytest
from cleaning_pages import TABLES  # type: ignore[import-not-found]

from bywhom.cleaning.dateline import find_dateline, find_monitored
from bywhom.records import Span

REST = "The garrison laid down its arms on Tuesday, a staff officer said."


@pytest.mark.parametrize(
    ("opening", "place", "agencies", "date"),
    [
        ("PARIS, 3 JUN 88 (HAVAS) -- [TEXT] ", "PARIS", ["HAVAS"], "1988-06-03"),
        (
            "SAN JUAN (PUERTO RICO), 3 JUN 88 (PRENSA - LATINA) -- [REPORT] [A. KELLER] [TEXT] ",
            "SAN JUAN",
            ["PRENSA - LATINA"],
            "1988-06-03",
        ),
        ("LIMA, NO DATE (DOMESTIC SERVICE) -- [TEXT] ", "LIMA", ["DOMESTIC SERVICE"], None),
        ("LIMA, 3 JUN 88 (HAVAS) -- [TEXT] CALLAO -- ", "LIMA", ["HAVAS"], "1988-06-03"),  # monitored in Lima
        ("LIMA, 3 JUN 88 (HAVAS) -- [EXCERPTS] CALLAO, 2 JUN (HAVAS) -- ", "LIMA", ["HAVAS"], "1988-06-03"),
        ("BRUSSELS (Reuters) - ", "BRUSSELS", ["Reuters"], None),
        ("BRUSSELS, Aug 4 (Reuters) - ", "BRUSSELS", ["Reuters"], None),
        ("Porto Alegre (Brazil) (AFP) – ", "Porto Alegre", ["AFP"], None),
        ("BEIRUT — ", "BEIRUT", [], None),
        ("SOFIA‒", "SOFIA", [], None),
        ("FORT WAYNE AIR BASE - ", "FORT WAYNE AIR BASE", [], None),
        ("Sofia: ", "Sofia", [], None),
        ("Ankara (AA)- ", "Ankara", ["AA"], None),
        ("STT/UPI - ", None, ["STT", "UPI"], None),
        ("(UPI) - ", None, ["UPI"], None),
        ("Helsinki, STT – ", "Helsinki", ["STT"], None),
        ("TOKYO (AFP, Reuters) - ", "TOKYO", ["AFP", "Reuters"], None),
    ],
)
def test_a_date_line_is_read(opening: str, place: str | None, agencies: list[str], date: str | None) -> None:
    text = opening + REST
    dateline = find_dateline(text, Span(0, len(text)), TABLES)
    assert dateline is not None
    assert dateline.span.of(text) == opening.strip()
    assert (dateline.place.text if dateline.place else None) == place
    assert [agency.text for agency in dateline.agencies] == agencies
    assert (dateline.date.value if dateline.date else None) == date


@pytest.mark.parametrize(
    ("opening", "hidden", "station", "date"),
    [
        ("LIMA RADIO DEL SUR IN SPANISH 1200 GMT 14 JUN 88", None, "LIMA RADIO DEL SUR", "1988-06-14"),
        ("Lima Radio del Sur in Spanish to Peru 0030 GMT 14 June 1988", None, "Lima Radio del Sur", "1988-06-14"),
        (
            "(CLANDESTINE) VOICE OF THE HILLS, IN ARABIC TO YEMEN, 0400 GMT. TEXT.",
            "CLANDESTINE",
            "VOICE OF THE HILLS",
            None,
        ),
        ("MA1506185798 SOFIA HOME SERVICE IN ENGLISH AT 1700 GMT", None, "SOFIA HOME SERVICE", None),
    ],
)
def test_the_head_of_a_monitored_broadcast_is_read(
    opening: str, hidden: str | None, station: str, date: str | None
) -> None:
    text = f"{opening}\n{REST}"
    found = find_monitored(text, Span(0, len(text)), TABLES)
    assert found is not None
    assert found.span.of(text) == opening
    assert (found.place.text if found.place else None) == hidden
    assert [agency.text for agency in found.agencies] == [station]
    assert (found.date.value if found.date else None) == date


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said in Spanish that he fled.",
        "Radio Sur in Spanish was heard at noon.",
        "An explosion was heard in Beirut at 0900 GMT, witnesses said.",
        "Fighting resumed in Lima 1200 GMT. Nine men died.",
        "A warning was read in Arabic at 0900 GMT.",
        "Radio Sur in Arabic at 0900 GMT told of nine dead.",
    ],
)
def test_a_sentence_on_a_station_is_no_head(text: str) -> None:
    assert find_monitored(text, Span(0, len(text)), TABLES) is None


@pytest.mark.parametrize(
    "text",
    [
        REST,
        "BREAKING - The garrison laid down its arms.",
        "Leman: The garrison laid down its arms.",
        "Joffre – The man who would not yield.",
        "LIÈGE-based The Herald said so.",
        "THE MUTINY -- THE FIRST OF THE WAR -- WAS PUT DOWN.",
        "Sofia: the garrison laid down its arms.",
        "One thing is sure (AFP) - The garrison is gone."[:12],
        "Sources – The Herald – said so.",
        "",
    ],
)
def test_a_sentence_with_a_dash_is_no_date_line(text: str) -> None:
    assert find_dateline(text, Span(0, len(text)), TABLES) is None


@pytest.mark.parametrize(
    "rest",
    [
        "THE GARRISON AT CALLAO -- SOME NINETY MEN -- LAID DOWN ITS ARMS.",
        "NINETY MEN WERE LED OUT -- AND DISARMED.",
        "CALLAO - A TOWN BY THE SEA - FELL.",
    ],
)
def test_a_sentence_with_a_dash_is_no_second_date_line(rest: str) -> None:
    opening = "LIMA, 3 JUN 88 (HAVAS) -- [TEXT]"
    text = f"{opening} {rest}"
    dateline = find_dateline(text, Span(0, len(text)), TABLES)
    assert dateline is not None
    assert dateline.span.of(text) == opening
