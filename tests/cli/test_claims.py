"""`bywhom claims`: the table, the lines, the filters."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.cli.claims import GAP, widths


def listed(bywhom: Any, *args: str) -> list[str]:
    answer = bywhom("claims", "--json", *args)
    assert answer.status == 0
    return [json.loads(line)["text"] for line in answer.out.splitlines()]


BREAKOUT, HORSES, FELL = "the garrison had not broken out", "We have about 400 horses left", "The fortress fell."


@pytest.mark.parametrize(
    ("filters", "texts"),
    [
        (["--text", "garrison BROKEN"], [BREAKOUT]),
        (["--source", "Cook"], [BREAKOUT, HORSES]),
        (["--via", "harbour post"], [BREAKOUT, HORSES]),
        (["--event", "surrender"], [FELL]),
        (["--place", "Lwow"], [HORSES]),
        (["--place", "lviv", "--source", "cook"], [HORSES]),
        (["--date", "1915-03"], [BREAKOUT]),
        (["--since", "1915-03-23", "--until", "1916"], [BREAKOUT]),
        (["--until", "1915-03-22"], []),
        (["--certainty", "certain", "--document", "fortress"], [BREAKOUT, HORSES, FELL]),
        (["--document", "fortress", "--limit", "1"], [BREAKOUT]),
        (["--text", "Львів horses"], [HORSES]),  # the place, in another alphabet
        (["--event", "surrender", "--event", "breakout"], [BREAKOUT, FELL]),
        (["--reviewed"], []),
    ],
)
def test_filters_narrow_each_other_down(bywhom: Any, filters: list[str], texts: list[str]) -> None:
    assert listed(bywhom, *filters) == texts


def test_a_pipe_gets_json_lines_and_nothing_else(bywhom: Any) -> None:
    answer = bywhom("claims")
    assert [json.loads(line)["event"] for line in answer.out.splitlines()] == [
        "breakout",
        "other",
        "surrender",
        "other",
    ]
    assert answer.err == ""


def test_the_table_says_who_on_whose_word_and_what(bywhom: Any, sample: Any) -> None:
    table = bywhom("claims", "--table").out
    for words in (
        sample.claims[0][:8],
        "fortress · 1915-03-24",
        "a cook",
        "via The Harbour Post",
        "not: breakout",
        "distanced",
        "1915-03-23",
        "Lviv (“Lwów”)",
        "publisher’s own voice",
    ):
        assert words in " ".join(table.split()), words


def test_the_table_shows_nothing_that_a_terminal_would_obey(bywhom: Any) -> None:
    table = bywhom("claims", "--table").out
    assert not set(table) & set("\x1b\x07\x9b\u202e")
    assert "[bold]mayor[/bold]" in table


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        (["--event", "party"], "event 'party' is not one of"),
        (["--certainty", "sure"], "certainty 'sure' is not one of"),
        (["--date", "yesterday"], "since 'yesterday' is no date"),
        (["--document", "nowhere"], "no report is called 'nowhere'"),
    ],
)
def test_a_filter_that_cannot_be_is_one_line_with_a_remedy(bywhom: Any, filters: list[str], message: str) -> None:
    answer = bywhom("claims", *filters)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("bywhom: ")
    assert message in answer.err
    assert answer.err.count("\n") == 1


def test_where_nothing_fits_the_listing_says_so(bywhom: Any) -> None:
    answer = bywhom("claims", "--table", "--text", "zeppelin")
    assert (answer.status, answer.out) == (0, "")
    assert "No claim fits; the ledger holds 4." in answer.err


@given(st.integers(min_value=1, max_value=1000))
def test_the_columns_fit_the_terminal(total: int) -> None:
    size = widths(total)
    columns = (size.claim, size.who, size.what, size.event, size.where)
    assert sum(columns) + GAP * (len(columns) - 1) == max(60, min(total, 170))
    assert size.what >= 10
