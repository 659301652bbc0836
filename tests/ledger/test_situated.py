"""Situations are asked for by place, in any script, and by time of any precision."""

from __future__ import annotations

import pytest

from bywhom.errors import UsageError
from bywhom.ledger import SituationQuery
from bywhom.records import Situation


def situation(place: str | None, first: str | None, last: str | None) -> Situation:
    return Situation("0" * 16, (), place, first=first, last=last)


KARS = situation("Kars, Turkey", "1855-06-12", "1855-06-14")
NOWHERE = situation(None, None, None)


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ({}, True),
        ({"place": "kars"}, True),
        ({"place": "Карс"}, True),
        ({"place": "turkey KARS"}, True),
        ({"place": "kar"}, False),
        ({"place": "kar*"}, True),
        ({"place": "Erzurum"}, False),
        ({"since": "1855-06-14"}, True),
        ({"since": "1855-06-15"}, False),
        ({"since": "1855-06"}, True),
        ({"until": "1855"}, True),
        ({"until": "1855-06-11"}, False),
        ({"place": "kars", "until": "1854"}, False),
    ],
    ids=str,
)
def test_which_situations_are_asked_for(asked: dict[str, str], fits: bool) -> None:
    query = SituationQuery(**asked)
    query.check()
    assert query.fits(KARS) is fits
    assert query.fits(NOWHERE) is (not any(asked.values()))


@pytest.mark.parametrize("asked", [{"since": "June"}, {"until": "1855-02-30"}], ids=str)
def test_what_is_no_date_is_said(asked: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="is no date"):
        SituationQuery(**asked).check()
