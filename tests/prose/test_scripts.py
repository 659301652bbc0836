"""Words of other alphabets in Latin letters: for finding, not for showing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bywhom.prose.scripts import latin


@pytest.mark.parametrize(
    ("folded", "spelled"),
    [
        ("перемышль", "peremyshl"),
        ("чернигов", "chernigov"),
        ("куп'янськ", "kupyansk"),
        ("београд", "beograd"),
        ("σμυρνη", "smyrni"),
        ("παπαδοπουλος", "papadopoulos"),
        ("թիֆլիս", "tiflis"),
        ("თბილისი", "tbilisi"),
        ("łodz", "lodz"),
        ("mullheim", "mullheim"),
        ("lake's men", "lakes men"),
        ("دمشق", "دمشق"),
        ("", ""),
    ],
)
def test_letters_are_led_to_latin_ones(folded: str, spelled: str) -> None:
    assert latin(folded) == spelled


@settings(deadline=None)  # no timed assertions
@given(st.text())
def test_what_is_latin_stays(text: str) -> None:
    assert latin(latin(text)) == latin(text)
