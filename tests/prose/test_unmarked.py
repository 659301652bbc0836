"""Marks give way to blanks, words stay where they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.prose.unmarked import unmarked


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**The 57th** refused on *Tuesday*", "  The 57th   refused on  Tuesday "),
        ("__he__ said, _twice_", "  he   said,  twice "),
        ("~~lost~~ ||hidden|| `code`", "  lost     hidden    code "),
        ("[the Herald](https://example.org/a_b(c)) reports", " the Herald                              reports"),
        ("> a staff\n>> officer", "  a staff\n   officer"),
        ("## Fort falls", "   Fort falls"),
    ],
)
def test_marks_become_blanks(text: str, plain: str) -> None:
    assert unmarked(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "snake_case and @some_user_name",
        "5*6*7",
        "* * *",
        "#fort #namur",
        "2 > 1",
        "the army* said. *Note: it fell",
        "a [sic] b",
    ],
)
def test_what_only_looks_like_a_mark_stays(text: str) -> None:
    assert unmarked(text) == text


@given(st.text(alphabet="ab *_~|`#>[]()\nhttp:/."))
def test_nothing_moves_and_no_word_is_lost(text: str) -> None:
    plain = unmarked(text)
    assert len(plain) == len(text)
    assert all(new in {old, " "} for new, old in zip(plain, text, strict=True))
    assert plain.count("\n") == text.count("\n")
