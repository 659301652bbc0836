"""One person, many spellings; two people, two keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.prose.peoplenames import person_key, plain, words_of

VARIANTS = {"serhi": "serhei", "aleksandr": "aleksander"}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Fyodor Dolgorukiy", "Fyodor Dolgoruky"),
        ("Yevgeny Dolinskyi", "Evgeny Dolinsky"),
        ("Ihor Hrynko", "Igor Grynko"),
        ("Aleksandr Khvostov", "Aleksandr Hvostov"),
        ("Abdel Rahman Sabri", "Abdulrahman Sabri"),
        ("Abd al-Karim Sabri", "Abdul Karim Sabri"),
        ("Tewfik al-Sabri", "Tewfik Sabri"),
        ("Pavel S. Nakhimov", "Pavel Nakhimov"),
        ("Pavel Stepanovich Nakhimov", "Pavel Nakhimov"),
        ("Ömer Paşa", "Omer Pasa"),
        ("José Balta", "Jose BALTA"),
        ("Serhii Bondar", "Serhei Bondar"),
    ],
)
def test_transliterations_meet(a: str, b: str) -> None:
    assert person_key(a, VARIANTS) == person_key(b, VARIANTS)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Hassan Sabri", "Hussein Sabri"),
        ("Ivan Petrov", "Ivan Petrova"),
        ("Pavel Nakhimov", "Pyotr Nakhimov"),
        ("Miguel Grau", "Miguel Grau Seminario"),
        ("John Hall", "Joan Hall"),
    ],
)
def test_different_names_do_not(a: str, b: str) -> None:
    assert person_key(a, VARIANTS) != person_key(b, VARIANTS)


def test_initials_and_articles_identify_nobody() -> None:
    assert words_of("J. F. al-Sabri") == ("sabri",)


@given(st.text(max_size=400))
def test_any_text_has_a_key_and_case_does_not_count(text: str) -> None:
    assert person_key(text) == person_key(text)
    assert plain(plain(text)) == plain(text)
