"""In which language a report is written."""

from __future__ import annotations

import pytest

from bywhom.cleaning.language import _is_plainly_english, identify_language


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


STORY = (
    "The garrison of the fort laid down its arms on Tuesday, a staff officer said, and the men who had held the gate for nine weeks were "
    "taken to the harbour. They had been promised bread and a boat by the governor, which he denied when we asked him about it."
)
TALE = (
    "De bezetting van het fort legde dinsdag de wapens neer, zei een officier van de staf, en de mannen die de poort negen weken hadden "
    "gehouden werden naar de haven gebracht. Zij waren door de gouverneur op brood en een boot in het vooruitzicht gesteld."
)


@pytest.mark.parametrize(
    ("words", "code"), [(STORY, "en"), (STORY.upper(), "en"), (TALE, "nl"), (TALE + " The Times of London.", "nl")]
)
def test_what_is_plainly_english_is_told_by_its_words(words: str, code: str) -> None:
    assert identify_language(words) == code
    assert _is_plainly_english(words.lower()) == (code == "en")
