"""Ways of writing time, as tables: words, and the value they have."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.grounding.timex import TimeExpression, TimeKind, find_times, load_time_rules
from bywhom.records import Span

RULES = load_time_rules()


def read(text: str, anchor: str | None = None, *, narrative: bool = False) -> list[tuple[str, str | None]]:
    return [(one.mention.text, one.value) for one in find_times(text, anchor=anchor, table=RULES, narrative=narrative)]


def the_one(text: str, anchor: str | None = None) -> TimeExpression:
    (found,) = find_times(text, anchor=anchor, table=RULES)
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Fighting broke out on 25 June 1950.", "1950-06-25"),
        ("Fighting broke out on June 25, 1950.", "1950-06-25"),
        ("By J. Doe June25,1950", "1950-06-25"),
        ("Signed 1950-06-25.", "1950-06-25"),
        ("Signed 25.06.1950.", "1950-06-25"),
        ("Signed 25/06/1950.", "1950-06-25"),
        ("Signed 06/25/1950.", "1950-06-25"),
        ("Signed on Sunday, June 25, 1950.", "1950-06-25"),
        ("Signed on Sunday 25 June 1950.", "1950-06-25"),
        ("Signed on the 3rd of June, 1950.", "1950-06-03"),
        ("Signed on the third of June 1950.", "1950-06-03"),
        ("Signed on June 20 of 1792.", "1792-06-20"),
        ("SEOUL, 12 DEC 89 (AGENCY) -- THE ARMY", "1989-12-12"),
        ("FOUGHT ON 22 NOVEMBER 1942.", "1942-11-22"),
        ("It fell in November 1942.", "1942-11"),
        ("It fell in Nov. 1942.", "1942-11"),
        ("It fell in 1942.", "1942"),
        ("It fell in the spring of 1942.", "1942-SP"),
        ("It was lost in the 1940s.", "194X"),
        ("It was lost in the third quarter of 1942.", "1942-Q3"),
        ("It was fought in 490 BC.", "BC0490"),
        ("It was fought in the 19th century.", "18"),
        ("At 10:35 a.m. on 25 June 1950 it began.", None),
    ],
)
def test_written_out_dates_need_no_report(text: str, value: str | None) -> None:
    assert [found for _, found in read(text)][-1 if value is None else 0] == (value or "1950-06-25")


@pytest.mark.parametrize(
    ("text", "mention", "value"),
    [
        ("The town fell on 22 November.", "22 November", "XXXX-11-22"),
        ("The town fell in November.", "November", "XXXX-11"),
        ("The town fell on Friday.", "Friday", None),
        ("The town fell last week.", "last week", None),
        ("The town fell three days ago.", "three days ago", None),
        ("The town fell today.", "today", None),
    ],
)
def test_without_a_date_of_the_report_nothing_is_invented(text: str, mention: str, value: str | None) -> None:
    assert read(text) == [(mention, value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The town fell on Friday.", "1999-03-26"),
        ("The town fell on Wednesday.", "1999-03-31"),  # the day of the report counts
        ("Talks will be held on Friday.", "1999-04-02"),
        ("The town fell on 28 December.", "1998-12-28"),
        ("The town fell on 22 March.", "1999-03-22"),
        ("They will vote on 22 May.", "1999-05-22"),
        ("The town fell in November.", "1998-11"),
        ("The town fell yesterday.", "1999-03-30"),
        ("It will fall tomorrow.", "1999-04-01"),
        ("The town fell last week.", "1999-W12"),
        ("The town fell this month.", "1999-03"),
        ("The town fell last month.", "1999-02"),
        ("The town fell last year.", "1998"),
        ("The town fell last November.", "1998-11"),
        ("The town fell last fall.", "1998-FA"),
        ("The town fell three days ago.", "1999-03-28"),
        ("The town fell two years ago.", "1997"),
        ("The town fell on Friday night.", "1999-03-26TNI"),
        ("The town fell this morning.", "1999-03-31TMO"),
        ("The town fell earlier this year.", "1999"),
        ("The town fell at 6 a.m. on Friday.", "1999-03-26T06:00"),
        ("The town fell on Christmas Eve.", "1998-12-24"),
        ("It fell on 01/04/1999.", "1999-04-01"),  # the reading near the report
        ("It fell on 03/05/1998.", None),  # 3 May or 5 March
    ],
)
def test_relative_times_are_counted_from_the_report(text: str, value: str | None) -> None:
    assert the_one(text, anchor="1999-03-31").value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They held out for three days.", "P3D"),
        ("They held out for several weeks.", "PXW"),
        ("They held out for half an hour.", "PT30M"),
        ("They held out for two and a half years.", "P2.5Y"),
        ("A five-day battle.", "P5D"),
        ("In recent months it grew.", "PXM"),
        ("The army now holds it.", "PRESENT_REF"),
        ("It was recently taken.", "PAST_REF"),
        ("It is shelled daily.", "P1D"),
        ("It is shelled every week.", "P1W"),
    ],
)
def test_stretches_and_vague_words_stay_what_they_are(text: str, value: str) -> None:
    found = the_one(text, anchor="1999-03-31")
    assert (found.value, found.vague) == (value, True)


@pytest.mark.parametrize(
    ("text", "modifier", "mention"),
    [
        ("It fell at the end of 1942.", "END", "the end of 1942"),
        ("It fell in early 1942.", "START", "early 1942"),
        ("It fell in mid-June 1942.", "MID", "mid-June 1942"),
        ("It fell in late November 1942.", "END", "late November 1942"),
    ],
)
def test_modifiers_belong_to_the_expression(text: str, modifier: str, mention: str) -> None:
    found = the_one(text)
    assert (found.modifier, found.mention.text) == (modifier, mention)


@pytest.mark.parametrize(
    ("text", "value", "ends"),
    [
        ("The war of 1870-1871.", "1870/1871", ["1870", "1871"]),
        ("The war of 1914–18.", "1914/1918", ["1914", "1918"]),
        ("He ruled from 1861 to 1865.", "1861/1865", ["1861", "1865"]),
        ("It raged between 1861 and 1865.", "1861/1865", ["1861", "1865"]),
        ("It raged from 3 to 7 May 1864.", "1864-05-03/1864-05-07", ["1864-05-03", "1864-05-07"]),
        ("It raged on July 1, 2 and 3, 1863.", "1863-07-01/1863-07-03", ["1863-07-01", "1863-07-03"]),
        ("The revolt (499-493 BC).", "BC0499/BC0493", ["BC0499", "BC0493"]),
    ],
)
def test_ranges_keep_both_ends(text: str, value: str, ends: list[str]) -> None:
    found = the_one(text)
    assert found.value == value
    assert [part.value for part in found.parts] == ends


@pytest.mark.parametrize(
    "text",
    [
        "Current Affairs TV showed it.",
        "The 35th Rifle Brigade held 22 buildings and 3 bridges.",
        "A Panther-2 and a Boeing 737 burned.",
        "They may march on the capital.",
        "The march on the capital failed.",
        "You may 3 times knock.",
        "Some 2,000 soldiers and 1500 refugees crossed.",
        "The fall of the fortress.",
        "It rose in a second attack.",
        "He is 35 years old, a 6-year-old was with him.",
        "Black Friday",
        "The shell has 155 mm.",
        "See user@1999 and v2.1999.",
        "General May and April Jones spoke.",
    ],
)
def test_names_and_numbers_are_no_times(text: str) -> None:
    assert [one for one in read(text, anchor="1999-03-31") if one[1] and not one[1].startswith("P")] == []


@pytest.mark.parametrize(
    "text",
    [
        "on 31 February 2022",
        "on 12 March 0000",
        "on 12 March 99999",
        "in March 99999",
        "on February 30, 1999",
        "on 2022-13-45",
    ],
)
def test_days_that_no_calendar_has_are_an_honest_blank(text: str) -> None:
    assert the_one(text, anchor="1999-03-31").value is None


def test_months_share_the_year_that_follows() -> None:
    text = "In August and September 1914 and again on May 3 and 4 he advanced."
    assert read(text, narrative=True) == [
        ("August", "1914-08"),
        ("September 1914", "1914-09"),
        ("May 3 and 4", "1914-05-03/1914-05-04"),
    ]


def test_a_history_carries_its_year_forward() -> None:
    text = "War came on 12 April 1861. On 21 July the armies met. In December they wintered. In January they met again. The next day it rained."
    assert [value for _, value in read(text, narrative=True)] == [
        "1861-04-12",
        "1861-07-21",
        "1861-12",
        "1862-01",
        None,
    ]


def test_the_next_day_follows_the_day_of_the_story() -> None:
    text = (
        "They landed on 6 June 1944. The next day the bridge fell; two days later they crossed; that year ended badly."
    )
    assert [value for _, value in read(text)] == ["1944-06-06", "1944-06-07", "1944-06-09", "1944"]


def test_days_of_one_report_keep_their_kind() -> None:
    kinds = [
        one.kind
        for one in find_times(
            "In May, on Friday at 6 a.m., for three days, every week", anchor="1999-03-31", table=RULES
        )
    ]
    assert kinds == [TimeKind.DATE, TimeKind.TIME, TimeKind.DURATION, TimeKind.SET]


def test_only_the_span_is_read() -> None:
    text = "In 1914 and in 1939."
    assert [one.mention.text for one in find_times(text, Span(8, len(text)), anchor=None, table=RULES)] == ["1939"]


WORDS = st.sampled_from(
    [
        "May",
        "may",
        "12",
        "2022",
        "1,000",
        "Friday",
        "the",
        "end",
        "of",
        "last",
        "week",
        "three",
        "days",
        "ago",
        "-",
        ".",
        ":",
        "a.m.",
        "٣",
        "\n",
        "1861-65",
        "31/02/1999",
    ]
)


@given(
    st.lists(WORDS, max_size=25),
    st.sampled_from([None, "1999-03-31", "1999-03", "1999", "nonsense", "0000-00-00"]),
    st.booleans(),
)
def test_any_words_give_ordered_verbatim_mentions(words: list[str], anchor: str | None, narrative: bool) -> None:
    text = " ".join(words)
    found = find_times(text, anchor=anchor, table=RULES, narrative=narrative)
    assert all(text[one.mention.start : one.mention.end] == one.mention.text for one in found)
    assert all(a.mention.end <= b.mention.end and a.mention.start < b.mention.start for a, b in pairwise(found))


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    find_times(text, anchor="1999-03-31", table=RULES)


@pytest.mark.parametrize("piece", ["1", "1 ", "May ", "12 12 ", "2011-", "one hundred ", "\n1.", "last of the "])
def test_a_long_hostile_text_is_read_to_its_end(piece: str) -> None:
    text = piece * (30_000 // len(piece)) + ". In 1914."
    assert find_times(text, anchor="1999-03-31", table=RULES)[-1].value == "1914"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("talks that resume on 16 may in Lund", ["16 may"]),
        ("the 11 may presidential elections", ["the 11 may"]),
        ("HELSINKI, 2 may (Reuters)", ["2 may"]),
        ("all of the 16 may have drowned", []),
        ("you may 3 times", []),
    ],
)
def test_a_small_may_is_a_month_behind_its_day_and_before_no_verb(text: str, found: list[str]) -> None:
    assert [one.mention.text for one in find_times(text, anchor=None, table=RULES) if one.value] == found
