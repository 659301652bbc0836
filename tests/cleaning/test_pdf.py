"""PDF pages to paragraphs."""

from __future__ import annotations

import pytest
from cleaning_pages import body, found_in, page, pdf, told  # type: ignore[import-not-found]

HEAD = "The Courier - 25 August 1914"
PAGES = (
    [
        HEAD,
        "Fort lays down its arms",
        "Soldiers of the fourth division laid down their arms on Tuesday, a staff of-",
        "ficer said, after three days without water or bread. The well is known, and a well-",
        "known colonel had left on the evening before, he told the Courier.",
        "The companies refused to leave their trenches. Two of them had been without any",
        "orders since the morning of Sunday, when the last wire",
        "Page 1",
    ],
    [HEAD, "to the staff was cut, according to the same man who spoke to us at Dinant.", "Page 2"],
)


def test_lines_and_pages_are_joined_and_running_heads_set_apart() -> None:
    doc = page(pdf(*PAGES), "pdf")
    assert " ".join(body(doc)) == (
        "Soldiers of the fourth division laid down their arms on Tuesday, a staff officer said, after three days without "
        "water or bread. The well is known, and a well-known colonel had left on the evening before, he told the Courier. "
        "The companies refused to leave their trenches. Two of them had been without any orders since the morning of "
        "Sunday, when the last wire to the staff was cut, according to the same man who spoke to us at Dinant."
    )
    assert told(doc).count(("furniture", HEAD)) == 2
    assert ("furniture", "Page 1") in told(doc)
    assert doc.title is not None
    assert doc.title.value == "Fort lays down its arms"


@pytest.mark.parametrize(
    ("data", "message", "remedy"),
    [
        (pdf([]), "no text on its 1 page", "text recognition"),
        (pdf(["Secret"], encrypted=True), "locked with a password", "Unlock it"),
        (pdf(["Cut off"])[:200], "damaged", "another copy"),
        (b"%PDF-1.4 and nothing more", "damaged", "another copy"),
    ],
)
def test_a_pdf_without_text_says_what_to_do(data: bytes, message: str, remedy: str) -> None:
    (problem,) = found_in(data, "pdf").problems
    assert message in problem.message
    assert remedy in problem.remedy
