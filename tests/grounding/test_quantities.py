"""How many: bounds as worded, what is counted, and numbers that count nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.grounding.quantities import load_quantity_rules, quantities_in
from bywhom.records import Quantity, Span

RULES = load_quantity_rules()


def count(text: str) -> list[tuple[str, float | None, float | None]]:
    return [(one.mention.text, one.low, one.high) for one in quantities_in(text, table=RULES)]


def the_one(text: str) -> Quantity:
    (found,) = quantities_in(text, table=RULES)
    return found


@pytest.mark.parametrize(
    ("text", "wording", "low", "high"),
    [
        ("The guards shot 14 hostages.", "14", 14, 14),
        ("The guards shot fourteen hostages.", "fourteen", 14, 14),
        ("Up to 25 riflemen fell.", "Up to 25", None, 25),
        ("As many as 7,000 fell.", "As many as 7,000", None, 7000),
        ("No more than 30 came back.", "No more than 30", None, 30),
        ("More than 200 riflemen fell.", "More than 200", 200, None),
        ("At least nine riflemen fell.", "At least nine", 9, None),
        ("Over 40 riflemen fell.", "Over 40", 40, None),
        ("No fewer than 12 came back.", "No fewer than 12", 12, None),
        ("They shot 20 riflemen at least.", "20", 20, None),
        ("They shot 200 or more.", "200", 200, None),
        ("They shot 200+ riflemen.", "200+", 200, None),
        ("More than a dozen ships sank.", "More than a dozen", 12, None),
        ("Dozens of ships sank.", "Dozens", 24, None),
        ("Hundreds drowned.", "Hundreds", 200, None),
        ("Tens of thousands drowned.", "Tens of thousands", 20_000, None),
        ("Several hundred drowned.", "Several hundred", 200, None),
        ("From 20 to 30 ships sank.", "20 to 30", 20, 30),
        ("Between three and five ships sank.", "three and five", 3, 5),
        ("Some 20-30 ships sank.", "Some 20-30", 20, 30),
        ("It cost two and a half million.", "two and a half million", 2_500_000, 2_500_000),
        ("It cost $400 million.", "$400 million", 4e8, 4e8),
        ("It cost $3bn.", "$3bn", 3e9, 3e9),
        ("It cost half a million euros.", "half a million", 5e5, 5e5),
        ("It hit 20 per cent of the mills.", "20 per cent", 20, 20),
        ("One quarter of the town burned.", "One quarter", 0.25, 0.25),
        ("They held out for three days.", "three days", 3, 3),
        ("They held out for a day.", "a day", 1, 1),
        ("He got a ten-year sentence.", "ten-year", 10, 10),
        ("It lies 15 km from the river.", "15 km", 15, 15),
        ("One prisoner escaped.", "One", 1, 1),
        ("It sank 1.000.000 tons.", "1.000.000 tons", 1_000_000, 1_000_000),
        ("It sank 1,5 tons.", "1,5 tons", 1.5, 1.5),
        ("It sank 1 1/2 tons.", "1 1/2 tons", 1.5, 1.5),
        ("It sank 2½ tons.", "2½ tons", 2.5, 2.5),
        ("It sank 1’000 tons.", "1’000 tons", 1000, 1000),
        ("Losses neared 9,000.", "neared 9,000", None, 9000),
        ("It cost 0.25% of the budget.", "0.25%", 0.25, 0.25),  # no time of day
        ("The mole is at Gotland 30 km to the north.", "30 km", 30, 30),  # no name with a number
        ("They took ٣ villages.", "٣", 3, 3),
    ],
)
def test_numbers_and_bounds_as_worded(text: str, wording: str, low: float | None, high: float | None) -> None:
    assert count(text) == [(wording, low, high)]


@pytest.mark.parametrize(
    "text", ["About 40 ships sank.", "Some 40 ships sank.", "Roughly 40 ships sank.", "40 or so ships sank."]
)
def test_roughly_is_said_and_the_number_kept(text: str) -> None:
    found = the_one(text)
    assert (found.low, found.high, found.approximate) == (40, 40, True)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("The raid killed six people and wounded dozens.", ["people killed", "wounded"]),
        ("Six sailors were killed and 19 wounded.", ["sailors killed", "wounded"]),
        ("Gunners downed 18 of 29 bombers.", ["destroyed", "bombers"]),
        ("They seized 30 houses in the village.", ["houses"]),
        ("It cost $400 million.", ["USD"]),
        ("It cost 300 euros.", ["EUR"]),
        ("It hit 20 per cent of the mills.", ["per cent mills"]),
    ],
)
def test_what_is_counted_and_what_became_of_it(text: str, units: list[str]) -> None:
    assert [one.unit for one in quantities_in(text, table=RULES)] == units


@pytest.mark.parametrize(
    "text",
    [
        "The 35th Rifle Brigade and the 2nd Army attacked.",
        "A Panther-2, a T-34, an Il-2 and an M1 burned.",
        "A Boeing 737 and Channel 4 reported.",
        "It was the second attack in the third week.",
        "It began on 25 June 1950, at 6 a.m., in 1950.",
        "Anna Smith, 35, said so; he was aged 40 and 12 years old.",
        "One of the sailors swam; no one drowned; one can only guess.",
        "Some sailors, many sailors and several sailors drowned.",
        "1. The first point\n2. The second point",
        "Call +44 20 7946 0958 or write to 4you@example.org.",
        "A 155 mm shell hit Article 5 of the treaty.",
        "A two-state solution.",
        "It rose 1.000 metres.",  # a thousand or one: an honest blank
    ],
)
def test_numbers_that_count_nothing(text: str) -> None:
    assert count(text) == []


def test_only_the_span_is_counted() -> None:
    text = "Six fell. Seven came back."
    assert [one.low for one in quantities_in(text, Span(10, len(text)), table=RULES)] == [7]


WORDS = st.sampled_from(
    [
        "up to",
        "25",
        "1,000",
        "killed",
        "dozens",
        "of",
        "thousands",
        "one",
        "and",
        "half",
        "a",
        "$",
        "million",
        "to",
        "-",
        "Panther-2",
        "%",
        "٣",
        "May",
        "\n",
        "at least",
    ]
)


@given(st.lists(WORDS, max_size=25))
def test_mentions_are_verbatim_and_bounds_in_order(words: list[str]) -> None:
    text = " ".join(words)
    for one in quantities_in(text, table=RULES):
        assert text[one.mention.start : one.mention.end] == one.mention.text
        assert one.low is not None or one.high is not None
        assert one.low is None or one.high is None or one.low <= one.high


@given(st.text(max_size=200))
def test_any_text_can_be_counted(text: str) -> None:
    quantities_in(text, table=RULES)


@pytest.mark.parametrize("piece", ["1", "1 ", "1.", "\n1", "one-", "$", "1,000", "more than "])
def test_a_long_hostile_text_is_counted_to_its_end(piece: str) -> None:
    text = piece * (20_000 // len(piece)) + ". Then they shot 14 hostages."
    assert quantities_in(text, table=RULES)[-1].low == 14


@pytest.mark.parametrize("text", ["Nearly 40 ships sank.", "Almost 40 ships sank.", "Close to 40 ships sank."])
def test_nearly_is_less(text: str) -> None:
    found = the_one(text)
    assert (found.low, found.high) == (None, 40)


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("Tension grew along the coast.", None),
        ("More than a quarter of a million fled the island.", 250_000),
        ("Among the dead was Admiral Tegetthoff, 44.", None),
    ],
)
def test_words_that_only_look_like_numbers(text: str, low: float | None) -> None:
    assert [found.low for found in quantities_in(text, table=RULES)] == ([] if low is None else [low])


@pytest.mark.parametrize(
    "text",
    [
        "Articles 5 and 7 of the pact forbid it",
        "resolutions 2118 and 2235 demand it",
        "At approximately 1330, unknown men came",
        "It began between 11.30 and 12.00 local time",
        "Curfew is now from 2300 to 0500",
        "He came. 4. on Sunday the troops left",
        "Ruritania won 3-1 in the final",
        "It was given a score of 10/100",
        "Flights 17 and 18 were lost",
    ],
)
def test_numbers_in_lists_of_names_hours_results_and_ratings_count_nothing(text: str) -> None:
    assert quantities_in(text, table=load_quantity_rules()) == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("claiming eight lives and injuring 14", [(8, "killed"), (14, "wounded")]),
        ("nine were killed and 40 wounded", [(9, "killed"), (40, "wounded")]),
        ("the five-year war has killed more than 300 people", [(5, ""), (300, "killed")]),
        ("two U.S. citizens were held", [(2, "")]),
        ("16 million children under 5 starve", [(16_000_000, "")]),
        ("four T 72 tanks were destroyed", [(4, "destroyed")]),
        ("500 families fled", [(500, "")]),
    ],
)
def test_what_befell_those_counted_is_told_apart(text: str, told: list[tuple[float, str]]) -> None:
    found = quantities_in(text, table=load_quantity_rules())
    assert [(one.low, one.fate) for one in found] == told


@pytest.mark.parametrize(
    "text",
    [
        "He fought in World War Two.",
        "The group of eight met at Lund.",
        "There is zero evidence.",
        "They hold the western half of the town.",
        "They shelled al-Hamra 86 in the night.",
        "He is at one with the crew.",
    ],
)
def test_names_and_shares_of_land_count_nothing(text: str) -> None:
    assert count(text) == []


def test_what_looks_like_a_name_may_count() -> None:
    assert [low for _, low, _ in count("A group of eight gunners met at Lund.")] == [8]
    assert [low for _, low, _ in count("Beside Sweden’s 90 and Denmark’s 60, nine sank.")] == [90, 60, 9]
    assert [low for _, low, _ in count("Zero prisoners came back.")] == [0]


def test_a_share_and_a_level_are_no_range() -> None:
    assert [(low, high) for _, low, high in count("It rose 2 percent to 1,250 points.")] == [(2, 2), (1250, 1250)]
