"""The forms of English words, regular and not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.prose.inflection import irregular, noun_forms, spellings, verb_forms


@pytest.mark.parametrize(
    ("verb", "written"),
    [
        ("shell", "shell shells shelled shelling"),
        ("besiege", "besiege besieges besieged besieging"),
        ("flee", "flee flees fled fleeing"),
        ("hit", "hit hits hitting"),
        ("kidnap", "kidnap kidnaps kidnapped kidnapping"),
        ("target", "target targets targeted targeting"),
        ("carry", "carry carries carried carrying"),
        ("die", "die dies died dying"),
        ("shoot", "shoot shoots shot shooting"),
        ("free", "free frees freed freeing"),
        ("strike", "strike strikes struck stricken striking"),
        ("veto", "veto vetoes vetoed vetoing"),
    ],
)
def test_verbs(verb: str, written: str) -> None:
    forms = verb_forms(verb, irregular())
    found = {*forms.base, *forms.third, *forms.past, *forms.participle, *forms.gerund}
    assert found == set(written.split())


def test_both_spellings_of_verbs_that_double_in_britain_only() -> None:
    assert set(verb_forms("travel", irregular()).past) == {"travelled", "traveled"}


@pytest.mark.parametrize(
    ("word", "both"),
    [
        ("mobilisation", ("mobilisation", "mobilization")),
        ("harbour", ("harbour", "harbor")),
        ("defences", ("defences", "defenses")),
        ("advise", ("advise",)),
        ("raised", ("raised",)),
        ("exercise", ("exercise",)),
    ],
)
def test_spellings(word: str, both: tuple[str, ...]) -> None:
    assert spellings(word) == both


@pytest.mark.parametrize(
    ("noun", "forms"),
    [
        ("city", {"city", "cities"}),
        ("gunman", {"gunman", "gunmen"}),
        ("blast", {"blast", "blasts"}),
        ("police", {"police"}),
    ],
)
def test_nouns(noun: str, forms: set[str]) -> None:
    assert set(noun_forms(noun, irregular())) == forms


@given(st.from_regex(r"[a-z]{2,12}", fullmatch=True))
def test_every_verb_has_every_form(verb: str) -> None:
    forms = verb_forms(verb, irregular())
    assert verb in forms.base
    assert all((forms.third, forms.past, forms.participle, forms.gerund))
    assert all(form.endswith("ing") for form in forms.gerund)
