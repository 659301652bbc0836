from __future__ import annotations

import pytest

from bywhom.errors import UsageError
from bywhom.intake import Fields


def test_a_key_of_the_users_takes_the_place_of_the_guesses() -> None:
    fields = Fields().using({"text": "article.words"})
    assert fields.text == ("article.words",)
    assert fields.title == Fields().title


def test_a_field_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(UsageError, match=r"no field 'texte'; the fields are text, title, date"):
        Fields().using({"texte": "words"})
