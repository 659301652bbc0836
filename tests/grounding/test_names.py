"""Spellings that must meet, and spellings that must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.grounding.names import LONGEST_NAME, fold, key, romanised, skeleton


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("São Tomé", "sao tome"),
        ("Côte d’Ivoire", "cote divoire"),
        ("Łódź", "lodz"),
        ("U.S.", "us"),
        ("Port-au-Prince", "port au prince"),
        ("Sana'a", "sanaa"),
        ("  Addis   Ababa ", "addis ababa"),
        ("Đà Nẵng", "da nang"),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize(
    "spellings",
    [
        ("Chernihiv", "Chernigov", "Чернігів", "Чернигов"),
        ("Zaporizhzhia", "Zaporizhia", "Zaporizhzhya"),
        ("Novohrad", "Novograd", "Новоград"),
        ("Dubivka", "Dubovka"),
        ("Kryvyi", "Krivoy"),
        ("Mozhaisk", "Mozhaysk", "Можайск"),
        ("Zhytomyr", "Zhitomir"),
    ],
)
def test_key_unites_transliterations(spellings: tuple[str, ...]) -> None:
    assert len({key(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("Vukovar", "Bjelovar"), ("Poltava", "Polotsk"), ("Novohrad", "Vyshhorod"), ("Rivne", "Romny")]
)
def test_key_keeps_towns_apart(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(
    "spellings",
    [
        ("al-Hodeidah", "Al Hudaydah", "Hodeida"),
        ("Marib", "Ma'rib", "Maarib"),
        ("Abu Ghraib", "Abu Ghurayb"),
        ("Fallujah", "al-Falluja"),
    ],
)
def test_skeleton_unites_arabic_spellings(spellings: tuple[str, ...]) -> None:
    assert len({skeleton(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Юзівка", "Yuzivka"),
        ("Нова Січ", "Nova Sich"),
        ("Згорани", "Zghorany"),
        ("Кам’янка-Бузька", "Kamianka-Buzka"),
        ("Ялта 2", "Yalta 2"),
    ],
)
def test_romanised_as_on_ukrainian_maps(name: str, latin: str) -> None:
    assert romanised(name) == latin


def test_too_few_consonants_are_no_skeleton() -> None:
    assert skeleton("al-Bab") == ""


@given(st.text(max_size=300))
def test_any_text_can_be_compared(text: str) -> None:
    folded = fold(text)
    assert len(folded) <= 18 * LONGEST_NAME  # one ligature of Arabic opens to eighteen letters
    assert fold(folded)[:LONGEST_NAME] == fold(folded[:LONGEST_NAME])
    key(text), skeleton(text)
