"""`bywhom show`: brackets where the claims are, whatever overlaps."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console

from bywhom.cli.show import Mark, _pair, _print_head
from bywhom.records import Span


@pytest.mark.parametrize(
    "words",
    [
        "The Harbour Post reported on 23 March that [1: the garrison had not broken out], citing {a cook} who saw it.",
        "1 a cook · via The Harbour Post · press · “citing” · not: breakout · certain, distanced · 1915-03-23",
        "“[2: We have about 400 horses left],” {she} said near Lwów. [3: The fortress fell.]",
        "3 publisher’s own voice · surrender · certain",
        "┊ Leave a comment below! (a comment form)",
        "published 1915-03-24 (from “24 March 1915”)",
        "publisher not named",
    ],
)
def test_a_report_is_shown_with_its_claims_marked(bywhom: Any, words: str) -> None:
    answer = bywhom("show", "fortress")
    assert answer.status == 0
    assert words in " ".join(answer.out.split())


def test_a_long_value_of_the_head_stays_under_itself(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console(width=40)
    found = SimpleNamespace(
        name="fortress", title="The garrison of the fortress lays down its arms", publisher=None, author=None,
        published=None, url=None, id="0" * 64, state="read", collections=(),
    )  # fmt: skip
    _print_head(found, console)  # type: ignore[arg-type]
    lines = capsys.readouterr().out.splitlines()
    assert f"        id  {'0' * 64}" in lines
    assert lines[1:4] == [
        "     title  The garrison of the fortress",
        "            lays down its arms",
        " publisher  not named",
    ]


def test_a_report_that_is_not_read_says_why(bywhom: Any) -> None:
    assert "not read it is in Ukrainian (uk)" in " ".join(bywhom("show", "ukr").out.split())


def test_a_hostile_report_is_shown_in_plain_words(bywhom: Any) -> None:
    shown = bywhom("show", "reports/hostile[2J.txt")  # its name cannot be typed; its id can
    assert shown.status == 2
    digest = next(line for line in bywhom("claims", "--json").out.splitlines() if "hostile" in line)
    shown = bywhom("show", digest.split('"document_id":"')[1][:12])
    assert shown.status == 0
    assert "[bold]{mayor}[/bold]" in shown.out
    assert not set(shown.out) & set("\x1b\x07\x9b\u202e")


def words_with(text: str, pairs: list[tuple[Span, str]]) -> str:
    """The text with its marks written in."""
    within = Span(0, len(text))
    marks: list[Mark] = sorted(mark for span, name in pairs for mark in _pair(within, span, f"[{name} ", "]", ""))
    shown, at = "", 0
    for mark in marks:
        shown, at = shown + text[at : mark.at] + mark.words, mark.at
    return shown + text[at:]


@pytest.mark.parametrize(
    ("pairs", "shown"),
    [
        ([(Span(0, 6), "1"), (Span(2, 4), "2")], "[1 ab[2 cd]ef]"),
        ([(Span(0, 2), "1"), (Span(2, 4), "2")], "[1 ab][2 cd]ef"),
        ([(Span(2, 6), "1"), (Span(2, 4), "2")], "ab[1 [2 cd]ef]"),
        ([(Span(0, 4), "1"), (Span(2, 4), "2")], "[1 ab[2 cd]]ef"),
        ([(Span(0, 4), "1"), (Span(2, 6), "2")], "[1 ab[2 cd]ef]"),
    ],
)
def test_marks_nest_where_claims_do(pairs: list[tuple[Span, str]], shown: str) -> None:
    assert words_with("abcdef", pairs) == shown


def test_a_claim_over_a_paragraph_break_is_closed_and_opened_again() -> None:
    claim, first, second = Span(2, 8), Span(0, 5), Span(6, 10)
    assert [(mark.at, mark.words) for mark in _pair(first, claim, "[", "]", "")] == [(2, "["), (5, "]")]
    assert [(mark.at, mark.words) for mark in _pair(second, claim, "[", "]", "")] == [(6, "["), (8, "]")]
    assert list(_pair(Span(8, 10), claim, "[", "]", "")) == []
