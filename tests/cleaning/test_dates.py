"""How pages write dates."""

from __future__ import annotations

import pytest
from cleaning_pages import TABLES  # type: ignore[import-not-found]

from bywhom.cleaning.dates import find_dates, read_date


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("3 June 1917", "1917-06-03"),
        ("Sunday, 3 June 1917", "1917-06-03"),
        ("Sun. June 3rd, 1917", "1917-06-03"),
        ("June3,1917", "1917-06-03"),
        ("Jun. 3, 1917", "1917-06-03"),
        ("Jun 031917", "1917-06-03"),
        ("3rd of June 1917", "1917-06-03"),
        ("03.06.1917", "1917-06-03"),
        ("03-06-1917", "1917-06-03"),
        ("1917/06/03", "1917-06-03"),
        ("1917-06-03", "1917-06-03"),
        ("3 JUN 17", "2017-06-03"),
        ("3 JUN 88", "1988-06-03"),
        ("June 1917", "1917-06"),
        # Slashes are written both ways round: the numbers or a weekday decide, or only the year is known.
        ("23/06/1917", "1917-06-23"),
        ("06/23/1917", "1917-06-23"),
        ("06/06/1917", "1917-06-06"),
        ("Sunday 03/06/1917", "1917-06-03"),
        ("03/06/1917", "1917"),
    ],
)
def test_a_date_has_its_value(words: str, value: str) -> None:
    (found,) = find_dates(words, 0, len(words), TABLES.dates)
    assert found.value == value
    assert found.span.of(words) == words


@pytest.mark.parametrize(
    "words",
    ["31 June 1917", "3 June", "June 16 8,000", "3 may 20 men", "10.0.0.1917", "1,917 men", "in 1917", "3 June 1617"],
)
def test_what_is_no_date_of_a_page_is_left(words: str) -> None:
    assert not list(find_dates(words, 0, len(words), TABLES.dates))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1917-06-03T08:00:00+02:00", "1917-06-03"),
        ("19170603", "1917-06-03"),
        ("1917-06", "1917-06"),
        ("1917", "1917"),
        ("Sun, 03 Jun 1917 08:00:00 GMT", "1917-06-03"),
        ("yesterday", None),
        ("", None),
        ("Unknown", None),
    ],
)
def test_declared_dates_are_read(words: str, value: str | None) -> None:
    assert read_date(words, TABLES.dates) == value
