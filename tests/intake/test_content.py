from __future__ import annotations

import pytest

from bywhom.intake.content import readable


@pytest.mark.parametrize(
    ("title", "body", "text", "form"),
    [
        ("Alma forced", "The river was crossed.", "Alma forced\n\nThe river was crossed.", "text"),
        ("Alma  forced", "ALMA FORCED\nThe river was crossed.", "ALMA FORCED\nThe river was crossed.", "text"),
        ("Guns & men", "<p>Lost.</p>", "<h1>Guns &amp; men</h1>\n<p>Lost.</p>", "html"),
        (None, "The river was crossed.", "The river was crossed.", "text"),
        ("Alma forced", "", "Alma forced", "text"),
    ],
)
def test_the_title_stands_above_the_body_once(title: str | None, body: str, text: str, form: str) -> None:
    found = readable(title, body)
    assert (found.text, found.form) == (text, form)


def test_what_is_said_to_be_markup_is_not_guessed_at() -> None:
    assert readable(None, "Crossed &amp; held", marked=True).form == "html"
    assert readable(None, "<p>Crossed</p>", marked=False).form == "text"
