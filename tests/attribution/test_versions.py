"""Whose version follows, in a sentence that tells nothing else."""

from __future__ import annotations

import pytest
from attribution_pages import by, read  # type: ignore[import-not-found]


@pytest.mark.parametrize(
    ("announced", "source"),
    [
        ("The army gave a different figure.", "army"),
        ("The townspeople tell another story.", "townspeople"),
        ("Townspeople told it otherwise.", "Townspeople"),
        ("The ministry offered its own account on Monday.", "ministry"),
        ("The guild has a different version:", "guild"),
    ],
)
def test_whoever_tells_it_otherwise_has_the_floor(announced: str, source: str) -> None:
    (told,) = read(f"{announced} Nine men drowned in the harbour.")
    assert by(told) == source
    assert told.relays == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "The prisoners were told a different story.",  # by whom is not said
        "The army has another plan.",  # no version of what happened
        "The mill had its own account at the bank that burned.",
        "The plan has a different number of men than the one that failed.",
    ],
)
def test_what_is_had_and_no_version_gives_nobody_the_floor(sentence: str) -> None:
    told, after = read(f"{sentence} Nine men drowned in the harbour.")
    assert told.source is None
    assert after.source is None
