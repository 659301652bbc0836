"""Where paragraphs begin and end in plain text."""

from __future__ import annotations

import pytest

from bywhom.cleaning.layout import paragraphs

WRAPPED = """THE 54TH INFANTRY DIVISION REFUSED TO LEAVE ITS QUARTERS ON SATURDAY,
AN OFFICER OF THE STAFF SAID. THE MEN HAD BEEN AT THE FRONT SINCE THE
BEGINNING OF APRIL, AND ONE REGIMENT SANG AS IT TURNED BACK.

THE MINISTRY HAS NOT ANSWERED. A DEPUTY ASKED FOR AN INQUIRY, WHICH WAS
REFUSED."""


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("One paragraph.\n\nAnother.", ["One", "Another"]),
        ("One paragraph.\r\n\r\nAnother.", ["One", "Another"]),
        ("One.\n \t \nAnother.", ["One", "Another"]),
        (
            "A paragraph on each line, and not a short one.\nThe second, which is as long as that.\nThe third.",
            ["A", "The second", "The third"],
        ),
        (WRAPPED, ["THE 54TH", "THE MINISTRY"]),
        (WRAPPED.replace("\n\n", "\n"), ["THE 54TH", "THE MINISTRY"]),
        (WRAPPED.replace("\n", "\r\n"), ["THE 54TH", "THE MINISTRY"]),
        ("Date: 3 June\nSource: a paper\nTags: war", ["Date", "Source", "Tags"]),
        ("  indented\u2028and parted by a line separator", ["indented", "and"]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_paragraphs_begin_here(text: str, starts: list[str]) -> None:
    found = [part.span.of(text) for part in paragraphs(text)]
    assert len(found) == len(starts)
    assert all(words.startswith(start) for words, start in zip(found, starts, strict=True))


def test_marks_that_nobody_sees_are_set_apart() -> None:
    text = "\ufeffMutiny\u200b\n\nThe end\x00"
    assert [(p.span.of(text), p.reason) for p in paragraphs(text)] == [
        ("\ufeff", "no letters"),
        ("Mutiny", ""),
        ("\u200b", "no letters"),
        ("The end", ""),
        ("\x00", "no letters"),
    ]


def test_a_dump_of_lines_is_not_millions_of_paragraphs() -> None:
    text = "a\n" * 250_000
    found = paragraphs(text)
    assert len(found) == 200_001
    assert found[-1].span.end == len(text) - 1
