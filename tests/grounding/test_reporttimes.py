"""What a report means by its dates: hours, names, the weekend just past, stretches up to its own day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.grounding.reporttimes import is_no_date, settled, up_to_now
from bywhom.grounding.timex import TimeExpression, find_times, load_time_rules

RULES = load_time_rules()


def read(text: str, anchor: str | None = "1863-05-18") -> list[TimeExpression]:  # a Monday
    found = [one for one in find_times(text, anchor=anchor, table=RULES) if not is_no_date(text, one, anchor)]
    return list(settled(text, found, anchor, RULES))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It began at 1200 on 19 March.", ["1863-03-19"]),
        ("The shelling began around 2100.", []),
        ("The post was held from 1812 to 1815.", ["1812/1815"]),
        ("The fort stands since 1840.", ["1840"]),
        ("ZENDA, 18 MAY (RADIO) 0000 GMT", ["1863-05-18"]),
        ("A shell fell in April 7th Street.", []),
        ("The 19 April movement met.", []),
        ("They call to boycott the 8 June elections.", []),
        ("They met on 8 June.", ["1863-06-08"]),
        ("Three editors resigned this weekend.", ["1863-W20-WE"]),
        ("A gunboat shelled the mole at the weekend.", ["1863-W20-WE"]),
        ("The envoys will meet this weekend.", ["1863-W21-WE"]),
        ("A truce was announced starting on Thursday.", ["1863-05-21"]),
        ("A gunboat sank on Thursday.", ["1863-05-14"]),
        ("The league arose in late spring last year.", ["1862-SP", "1862"]),
    ],
)
def test_what_a_report_means(text: str, values: list[str]) -> None:
    assert [one.value for one in read(text)] == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("in the last 24 hours", "1863-05-17/1863-05-18"),
        ("over the past three days", "1863-05-15/1863-05-18"),
        ("during the past two weeks", "1863-05-04/1863-05-18"),
        ("in the past six months", "1862-11/1863-05"),
        ("over the past 10 years", "1853/1863"),
        ("for three days", None),
        ("in recent months", None),
    ],
)
def test_a_stretch_up_to_the_report_is_counted_from_its_day(text: str, value: str | None) -> None:
    (one,) = read(text)
    assert up_to_now(one, "1863-05-18") == value
    assert up_to_now(one, None) is None


@given(
    st.text(alphabet="in the past last 0123456789 yearsmonthdhourk.", max_size=60),
    st.sampled_from(["0001-01-01", "9999-12-31", "1863", None]),
)
def test_no_date_is_too_early_or_too_late_to_be_read(text: str, anchor: str | None) -> None:
    for one in read(text, anchor):
        up_to_now(one, anchor)
