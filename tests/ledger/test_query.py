"""What a search may ask for."""

from __future__ import annotations

import pytest

from bywhom.errors import UsageError
from bywhom.ledger.query import query_of


@pytest.mark.parametrize("value", ["refuse", "Refuse", "REFUSE"])
def test_a_choice_may_be_written_in_any_letters(value: str) -> None:
    assert query_of([("event", value), ("reliability", "b")]) == query_of([("event", "refuse"), ("reliability", "B")])


@pytest.mark.parametrize(
    ("name", "value"),
    [("event", "mutiny"), ("reliability", "Z")],
)
def test_what_cannot_be_is_refused_with_the_value(name: str, value: str) -> None:
    with pytest.raises(UsageError, match=value):
        query_of([(name, value)])
