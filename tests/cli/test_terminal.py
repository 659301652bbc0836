"""What a report can do to a terminal: nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.cli.terminal import clean, shorten


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words, “quoted” – Владивосток, 東京", "plain words, “quoted” – Владивосток, 東京"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;a new window title\x07after", "after"),
        ("\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("an escape at the end\x1b", "an escape at the end"),
        ("one byte that begins a sequence: \x9b31mred", "one byte that begins a sequence: red"),
        ("back\x08space and bell\x07", "backspace and bell"),
        ("over\rwritten\nlines\tand tabs", "over written lines and tabs"),
        ("turned \u202eround\u202c", "turned round"),
        ("isolated \u2067round\u2069", "isolated round"),
        ("nothing\u200b between\ufeff", "nothing between"),
        ("half a letter \ud83d", "half a letter "),
        ("an unfinished title \x1b]0;" + "x" * 10, "an unfinished title "),
    ],
)
def test_nothing_is_left_that_a_terminal_would_obey(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_every_character_that_is_left_can_be_seen(text: str) -> None:
    shown = clean(text)
    assert not [char for char in shown if unicodedata.category(char) in ("Cc", "Cs")]
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")
    assert clean(shown) == shown
    shown.encode()


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("short enough", 12, "short enough"),
        ("cut at the last word that fits", 20, "cut at the last…"),
        ("Donaudampfschifffahrt", 10, "Donaudamp…"),
    ],
)
def test_what_is_too_long_is_cut_at_a_word(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short
    assert len(short) <= limit
