"""What stands between a subject and its verb."""

from __future__ import annotations

import pytest
from attribution_pages import line_of  # type: ignore[import-not-found]

from bywhom.attribution.adverbials import skip_back


@pytest.mark.parametrize(
    ("before", "subject"),
    [
        ("The ministry", "The ministry"),
        ("The ministry on Friday", "The ministry"),
        ("The ministry has repeatedly", "The ministry"),
        ("Osei three years ago", "Osei"),
        ("Osei last week", "Osei"),
        ("Osei in 1911", "Osei"),
        ("Osei on 13 November", "Osei"),
        ("The guard and the ministry both", "The guard and the ministry"),
        ("The governor himself", "The governor"),
        ("Both", "Both"),  # nobody stands before it
        ("Men of the seventh year", "Men of the seventh year"),
        ("The family", "The family"),
    ],
)
def test_the_subject_ends_before_adverbs_and_times(before: str, subject: str) -> None:
    line = line_of(f"{before} said")
    assert line.span(0, skip_back(line, len(line) - 1, 0)).of(line.text) == subject
