"""In which language a report is written."""

from __future__ import annotations

import pytest

from bywhom.cleaning.language import identify_language


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("The garrison of the fort laid down its arms on Tuesday, a staff officer said.", "en"),
        ("THE GARRISON OF THE FORT LAID DOWN ITS ARMS ON TUESDAY, A STAFF OFFICER SAID.", "en"),
        ("Солдаты отказались идти в атаку, сообщил вчера офицер штаба дивизии.", "ru"),
        ("Солдати відмовилися йти в атаку, повідомив учора офіцер штабу дивізії.", "uk"),
        ("La garnison du fort a déposé les armes mardi, selon un officier d'état-major.", "fr"),
        ("12.10", None),
        ("Fort", None),
        ("", None),
    ],
)
def test_the_language_is_told(words: str, code: str | None) -> None:
    assert identify_language(words) == code
