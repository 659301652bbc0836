"""What a field is, where the rules say one thing and the reader another."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.records import Leads
from bywhom.tagging.fields import Balance, FieldTable, better
from bywhom.tagging.labels import FIELDS
from bywhom.tagging.sight import Judged, Pointed

NOBODY = Pointed(None, 1.0, 1.0)


def judged(field: str, chances: dict[str, float]) -> Judged:
    rest = (1 - sum(chances.values())) / max(1, len(FIELDS[field]) - len(chances))
    row = np.array([chances.get(value, rest) for value in FIELDS[field]], np.float32)
    return Judged({field: row}, NOBODY, NOBODY, (), Leads(1.0, {}))


def table(field: str, said: float, ours: float) -> FieldTable:
    return FieldTable({field: Balance(said, dict.fromkeys(FIELDS[field], ours))})


@pytest.mark.parametrize(
    ("chance", "said", "ours", "found"),
    [
        (0.9, 1.0, 0.0, "negative"),
        (0.9, 1.0, 2.0, "negative"),  # nine times likelier is 2.2 in log-odds
        (0.9, 1.0, 2.5, None),
        (0.9, 0.5, 2.0, None),  # the reader's word counts half
        (0.9, 1.0, inf, None),
        (0.5, 1.0, 0.0, None),  # in doubt, the rules
        (0.2, 1.0, 0.0, None),
    ],
)
def test_the_more_likely_value_is_taken_by_how_much_each_is_believed(
    chance: float, said: float, ours: float, found: str | None
) -> None:
    seen = judged("polarity", {"negative": chance, "positive": 1 - chance})
    assert better(seen, "polarity", "positive", table("polarity", said, ours)) == found


def test_a_value_that_cannot_be_is_passed_over_for_the_next() -> None:
    seen = judged("source_kind", {"publisher": 0.7, "military": 0.2})
    assert better(seen, "source_kind", "anonymous", table("source_kind", 1.0, 0.0)) == "publisher"
    assert better(seen, "source_kind", "anonymous", table("source_kind", 1.0, 0.0), {"publisher"}) == "military"


@given(st.sampled_from(sorted(FIELDS)), st.data())
def test_what_is_taken_is_another_value_of_the_field(field: str, data: st.DataObject) -> None:
    ours = data.draw(st.sampled_from(FIELDS[field]))
    seen = judged(field, {data.draw(st.sampled_from(FIELDS[field])): 0.95})
    found = better(seen, field, ours, table(field, 1.0, 0.5))
    assert found is None or (found in FIELDS[field] and found != ours)


@pytest.mark.parametrize("field", ["modality", "distanced", "source_kind"])
def test_the_shipped_table_weighs_every_value_that_the_rules_may_give(field: str) -> None:
    balance = FieldTable.load().fields[field]
    assert balance.said > 0
    assert set(balance.ours) == set(FIELDS[field]) - ({"publisher"} if field == "source_kind" else set())
