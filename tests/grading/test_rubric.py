"""The ten things that have to hold for grades, by name, and the two lists of rules, row by row."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.grading import (
    GradingTables,
    Judged,
    Member,
    Policy,
    backed,
    chain_end,
    digit,
    elements,
    grade,
    groups,
    interest,
    letter,
    overruled_digit,
    overruled_letter,
    publisher_end,
    standing,
)
from bywhom.records import (
    Attribution,
    Certainty,
    Claim,
    Event,
    EventType,
    Hop,
    Mention,
    Modality,
    Polarity,
    Quantity,
    Quote,
    Source,
    SourceKind,
    Span,
)
from bywhom.records.grade import (
    Context,
    Digit,
    Grade,
    OriginGroup,
    Plausibility,
    Reliability,
    Standing,
)
from bywhom.records.relation import Independence, Relation, RelationType, Told

TABLES = GradingTables.load()
INDEPENDENT, DEPENDENT, UNKNOWN = Independence.INDEPENDENT, Independence.DEPENDENT, Independence.UNKNOWN


def told(
    name: str,
    source: str | None = None,
    kind: SourceKind = SourceKind.WITNESS,
    *,
    publisher: str | None = None,
    via: Sequence[str] = (),
    **more: Any,
) -> Told:
    """A claim about the shelling of a market, told by somebody, through somebody's hands."""
    words = "eleven people were killed on the market"
    who = Source(source, kind, Mention(50, 50 + len(source), source)) if source else None
    relays = tuple(Hop(each, SourceKind.MEDIA) for each in via)
    said = Attribution(Span(0, len(words)), Quote.INDIRECT if who else Quote.NONE, who, relays=relays)
    fields: dict[str, Any] = {
        "certainty": Certainty.CERTAIN,
        "polarity": Polarity.POSITIVE,
        "modality": Modality.ACTUAL,
        "distanced": False,
        "event": Event(EventType.CASUALTY),
        "quantities": (Quantity(Mention(0, 6, "eleven"), 11, 11, unit="people killed"),),
    } | more
    claim = Claim(name, sha256(name.encode()).hexdigest(), Span(0, len(words)), words, said, **fields)
    return Told(claim, name, publisher, "1993-07-02")


def link(a: Told, b: Told, kind: RelationType, independence: Independence) -> Relation:
    first, second = sorted((a.claim.id, b.claim.id))
    return Relation(first, second, kind, independence, "test")


def copy(a: Told, b: Told) -> Relation:
    return link(a, b, RelationType.SAME_ORIGIN, DEPENDENT)


def agrees(a: Told, b: Told, independence: Independence = INDEPENDENT) -> Relation:
    return link(a, b, RelationType.CORROBORATES, independence)


def opposes(a: Told, b: Told, independence: Independence = INDEPENDENT) -> Relation:
    return link(a, b, RelationType.CONTRADICTS, independence)


def standings(claims: Sequence[Told], relations: Sequence[Relation]) -> dict[str, Standing]:
    """Claim -> what stands for and against it."""
    ends = {each.claim.id: chain_end(each, TABLES) for each in claims}
    grouped = groups(ends, relations, {one: end.key for one, end in ends.items()})
    sourced = {each.claim.id: each.claim.attribution.source is not None for each in claims}
    members = {one: Member(one, grouped[one], ends[one].key, ends[one].name, sourced[one]) for one in sorted(ends)}
    sizes = {group: list(grouped.values()).count(group) for group in grouped.values()}
    return {one: standing(grouped[one], members, relations, sizes=sizes) for one in members}


def digits(claims: Sequence[Told], relations: Sequence[Relation]) -> dict[str, tuple[int, bool]]:
    """Claim -> its digit, and whether it is contested."""
    found = {one: digit(stand, TABLES) for one, stand in standings(claims, relations).items()}
    return {one: (each.value, each.contested) for one, each in found.items()}


BAKER = told("baker", "Emir the baker")
NURSE = told("nurse", "Nurse Halilović")


# The ten ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2, 40])
@pytest.mark.parametrize(
    "held",
    [(), (agrees(BAKER, NURSE),), (agrees(BAKER, NURSE, UNKNOWN),), (opposes(BAKER, NURSE),)],
    ids=["alone", "confirmed", "perhaps", "contested"],
)
def test_a_adding_any_number_of_same_origin_copies_changes_no_digit(count: int, held: tuple[Relation, ...]) -> None:
    copies = [told(f"copy{number}", "Emir the baker", publisher=f"Paper {number}") for number in range(count)]
    reprints = [told(f"reprint{number}", publisher=f"Sheet {number}") for number in range(count)]
    before = digits([BAKER, NURSE], held)
    links = [copy(BAKER, each) for each in (*copies, *reprints)]
    shown = [agrees(each, NURSE) for each in copies] if held and held[0].independence is INDEPENDENT else []
    if held and held[0].type is RelationType.CONTRADICTS:
        shown = [opposes(each, NURSE) for each in copies]
    after = digits([BAKER, NURSE, *copies, *reprints], [*held, *links, *shown])
    assert {one: after[one] for one in before} == before
    assert {after[each.claim.id] for each in (*copies, *reprints)} == {before["baker"]}


def test_a_an_unsourced_repeat_adds_nothing_even_where_its_origin_cannot_be_told() -> None:
    repeat = told("repeat", publisher="The Courier")
    loose = link(BAKER, repeat, RelationType.SAME_ORIGIN, UNKNOWN)
    assert digits([BAKER], [])["baker"] == digits([BAKER, repeat], [loose])["baker"] == (6, False)


@pytest.mark.parametrize(("context", "before"), [(Context.NONE, 6), (Context.PARTLY, 3), (Context.FULLY, 3)])
def test_b_one_independent_compatible_claim_turns_6_or_3_into_1(context: Context, before: int) -> None:
    alone = Standing(OriginGroup("baker", "Emir the baker"), context=context)
    joined = replace(alone, agreeing=(OriginGroup("nurse", "Nurse Halilović", INDEPENDENT),))
    assert digit(alone, TABLES).value == before
    assert digit(joined, TABLES).value == 1
    assert digits([BAKER, NURSE], [agrees(BAKER, NURSE)]) == {"baker": (1, False), "nurse": (1, False)}


@given(st.integers(1, 30), st.sampled_from(Context), st.sampled_from(Plausibility))
def test_c_unknown_independence_gives_at_most_2(count: int, context: Context, plausibility: Plausibility) -> None:
    unsure = tuple(OriginGroup(f"g{number}", None, UNKNOWN) for number in range(count))
    found = digit(Standing(OriginGroup("baker", "Emir the baker"), unsure, context=context), TABLES, plausibility)
    assert 2 <= found.value <= 4


def test_d_a_contradiction_from_another_group_takes_1_from_both_sides_and_contests_both() -> None:
    colonel = told("colonel", "Colonel Savić", SourceKind.MILITARY)
    scribe = told("scribe", "Scribe Lasić")
    agreed = [agrees(BAKER, NURSE), agrees(colonel, scribe)]
    claims = [BAKER, NURSE, colonel, scribe]
    assert {value for value, _ in digits(claims, agreed).values()} == {1}
    after = digits(claims, [*agreed, opposes(BAKER, colonel)])
    assert after["baker"] == after["colonel"] == (3, True)
    alone = digits([BAKER, colonel], [opposes(BAKER, colonel)])
    assert alone == {"baker": (4, True), "colonel": (4, True)}


def test_d_a_revision_inside_one_group_does_neither() -> None:
    later = told("later", "Emir the baker")
    agreed = agrees(BAKER, NURSE)
    revised = Relation("later", "baker", RelationType.SUPERSEDES, DEPENDENT, "later_figure")
    himself = opposes(BAKER, later, DEPENDENT)
    for change in (revised, himself):
        after = digits([BAKER, NURSE, later], [agreed, change])
        assert after["baker"] == after["nurse"] == (1, False)
        assert after["later"] == (6, False)


@given(st.randoms(use_true_random=False))
def test_e_permuting_the_order_changes_nothing(chance: random.Random) -> None:
    claims = [told(f"c{number:02}", f"Speaker {number % 7}" if number % 3 else None) for number in range(14)]
    relations = []
    for number in range(30):
        a, b = random.Random(number).sample(claims, 2)
        kind = (copy, agrees, opposes)[number % 3]
        loose = link(a, b, RelationType.SAME_ORIGIN, UNKNOWN)
        relations.append(loose if number % 5 == 0 else kind(a, b))
    expected = standings(claims, relations)
    chance.shuffle(claims)
    chance.shuffle(relations)
    assert standings(claims, relations) == expected


RECORDS = [Judged("Emir"), Judged("Emir", (True,) * 30), Judged("Emir", (False,) * 9), Judged(None, nobody=True)]


@given(st.sampled_from(RECORDS), st.integers(0, 3), st.integers(0, 2), st.integers(0, 2), st.sampled_from(Plausibility))
def test_f_letter_and_digit_never_change_each_other(
    judged: Judged, s: int, u: int, x: int, plausibility: Plausibility
) -> None:
    found = digit(stands(s, u, x), TABLES, plausibility)
    whole = grade(BAKER.claim, letter(judged, TABLES), letter(RECORDS[0], TABLES), found, interest(BAKER.claim, TABLES))
    assert whole.credibility == digit(stands(s, u, x), TABLES, plausibility).value
    assert whole.reliability is letter(judged, TABLES).value
    set_by_hand = overruled_letter(whole.source, Reliability.A, "Ana", "known for years")
    assert replace(whole, source=set_by_hand).digit == found
    assert replace(whole, digit=overruled_digit(found, 5, "Ana", "seen it")).source == whole.source


@given(st.integers(0, 3), st.integers(0, 2), st.integers(0, 2), st.sampled_from(Plausibility), st.sampled_from(Context))
def test_g_f_and_6_are_never_presented_as_low(
    s: int, u: int, x: int, plausibility: Plausibility, context: Context
) -> None:
    whole = graded(stands(s, u, x, context), plausibility)
    said = f"{whole} {whole.why} {whole.publisher.why}".casefold()
    assert not {"low", "poor", "bad", "weak", "unreliable", "doubtful"} & set(said.replace(".", " ").split())
    assert whole.reliability is Reliability.F
    assert "no basis" in whole.source.why
    assert ("no basis" in whole.digit.why) == (whole.credibility == 6)


@given(st.integers(0, 3), st.integers(0, 2), st.integers(0, 2), st.sampled_from(Plausibility), st.sampled_from(Context))
def test_h_every_grade_explains_itself(s: int, u: int, x: int, plausibility: Plausibility, context: Context) -> None:
    whole = graded(stands(s, u, x, context), plausibility)
    assert whole.rule in {f"D{number}" for number in range(1, 10)}
    assert whole.source.rule in {"R1", "R2", "R3"}
    stand = whole.digit.standing
    assert [group.id for group in (stand.own, *stand.agreeing, *stand.opposed)] == [
        "own", *(f"s{n}" for n in range(s)), *(f"u{n}" for n in range(u)), *(f"x{n}" for n in range(x)),
    ]  # fmt: skip
    assert (len(stand.independent), len(stand.unknown), len(stand.opposed)) == (s, u, x)
    for count, counted in (
        (x, whole.rule in ("D2", "D3", "D4")),
        (s, whole.rule in ("D1", "D2")),
        (u, whole.rule == "D6"),
    ):
        assert not counted or f"{count} other origin" in whole.digit.why
    assert "5 are needed" in whole.source.why


def test_i_undoing_a_human_link_restores_the_earlier_digit() -> None:
    drawn = agrees(BAKER, NURSE)
    before = standings([BAKER, NURSE], [])
    assert digits([BAKER, NURSE], [drawn])["baker"] == (1, False)
    assert standings([BAKER, NURSE], []) == before
    merged = link(BAKER, NURSE, RelationType.SAME_ORIGIN, DEPENDENT)
    assert digits([BAKER, NURSE], [merged]) == {"baker": (6, False), "nurse": (6, False)}


def test_j_two_feeds_of_one_publisher_are_one_group() -> None:
    morning, evening = told("morning", publisher="The Danube Post"), told("evening", publisher="Danube Post")
    found = standings([morning, evening], [agrees(morning, evening)])
    assert found["morning"].own == found["evening"].own
    assert digits([morning, evening], [agrees(morning, evening)])["morning"] == (6, False)


def test_j_two_feeds_of_one_publisher_support_a_third_only_once() -> None:
    feeds = [told(f"feed{number}", publisher="The Danube Post") for number in range(3)]
    found = standings([BAKER, *feeds], [agrees(BAKER, feed) for feed in feeds])["baker"]
    assert len(found.independent) == 1
    assert found.independent[0].claims == 3


def test_j_a_reprint_with_a_wire_byline_is_one_group_with_the_wire() -> None:
    wire = told("wire", publisher="Havas")
    reprint = told("reprint", publisher="The Courier", via=("Havas",))
    found = standings([wire, reprint], [agrees(wire, reprint, UNKNOWN)])
    assert found["wire"].own == found["reprint"].own
    assert found["wire"].own.claims == 2
    assert digits([wire, reprint], [agrees(wire, reprint, UNKNOWN)])["wire"] == (6, False)


# The digits -------------------------------------------------------------------------------------------------------------


def stands(s: int, u: int = 0, x: int = 0, context: Context = Context.NONE) -> Standing:
    """So many other origins: independent, of unknown independence, opposed."""
    agreeing = [OriginGroup(f"s{n}", f"S{n}", INDEPENDENT) for n in range(s)]
    agreeing += [OriginGroup(f"u{n}", None, UNKNOWN) for n in range(u)]
    opposed = tuple(OriginGroup(f"x{n}", f"X{n}", UNKNOWN) for n in range(x))
    return Standing(OriginGroup("own", "Emir"), tuple(agreeing), opposed, context)


def graded(stand: Standing, plausibility: Plausibility = Plausibility.UNKNOWN) -> Grade:
    nobody = letter(Judged("Emir"), TABLES)
    return grade(BAKER.claim, nobody, nobody, digit(stand, TABLES, plausibility), interest(BAKER.claim, TABLES))


ILLOGICAL, LOGICAL, REASONABLE, NOT_JUDGED = (
    Plausibility.ILLOGICAL, Plausibility.LOGICAL, Plausibility.REASONABLE, Plausibility.UNKNOWN,
)  # fmt: skip


@pytest.mark.parametrize(
    ("s", "u", "x", "context", "plausibility", "value", "rule"),
    [
        (1, 0, 0, Context.NONE, NOT_JUDGED, 1, "D1"),
        (3, 2, 0, Context.AT_ODDS, LOGICAL, 1, "D1"),
        (1, 0, 0, Context.NONE, ILLOGICAL, 4, "D5"),
        (1, 0, 1, Context.NONE, NOT_JUDGED, 3, "D2"),
        (2, 0, 1, Context.NONE, ILLOGICAL, 3, "D2"),
        (0, 3, 1, Context.NONE, ILLOGICAL, 5, "D3"),
        (0, 3, 1, Context.FULLY, LOGICAL, 4, "D4"),
        (0, 1, 0, Context.NONE, ILLOGICAL, 4, "D5"),
        (0, 1, 0, Context.NONE, NOT_JUDGED, 2, "D6"),
        (0, 0, 0, Context.FULLY, LOGICAL, 2, "D7"),
        (0, 0, 0, Context.FULLY, REASONABLE, 3, "D8"),
        (0, 0, 0, Context.PARTLY, LOGICAL, 3, "D8"),
        (0, 0, 0, Context.AT_ODDS, LOGICAL, 6, "D9"),
        (0, 0, 0, Context.NONE, LOGICAL, 6, "D9"),
    ],
)
def test_the_first_rule_that_fits_decides(
    s: int, u: int, x: int, context: Context, plausibility: Plausibility, value: int, rule: str
) -> None:
    found = digit(stands(s, u, x, context), TABLES, plausibility)
    assert (found.value, found.rule, found.contested) == (value, rule, x > 0)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.sampled_from(Context), st.sampled_from(Plausibility))
def test_only_a_reviewer_gives_5_where_nobody_objects(
    s: int, u: int, x: int, context: Context, plausibility: Plausibility
) -> None:
    found = digit(stands(s, u, x, context), TABLES, plausibility)
    assert found.value != 5 or (x and plausibility is Plausibility.ILLOGICAL)
    assert overruled_digit(found, 5, "Ana", "refuted by the film").value == 5


def test_a_digit_set_by_a_reviewer_shows_what_the_rules_give() -> None:
    found = overruled_digit(digit(stands(1), TABLES), 2, "Ana", "one of the two was not there")
    assert (found.value, found.machine, found.by, found.rule) == (2, 1, "Ana", "reviewer")
    assert found.why.startswith("Set by Ana: one of the two was not there. By rule 1: Confirmed")


# HR-2 -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("backs", "value", "lacking"),
    [
        ([("event",), ("event", "place")], 1, ""),
        ([("event", "place")], 2, "2 of 3 reliable origins"),
        ([("event",), ("event",)], 2, "place not told by 2 reliable origins"),
        ([("event",)], 2, "place not told by 2 reliable origins; 2 of 3 reliable origins"),
    ],
)
def test_hr_2_asks_for_two_origins_for_each_element(backs: list[tuple[str, ...]], value: int, lacking: str) -> None:
    stand = lettered("B", ["B"] * len(backs), backs)
    found = digit(stand, TABLES, policy=Policy.HR2)
    assert found.value == value
    assert lacking in found.why
    assert "not counted" not in found.why
    assert digit(stand, TABLES).value == 1
    assert found.standing == stand


def lettered(own: str | None, others: Sequence[str | None], backs: Sequence[tuple[str, ...]] = ()) -> Standing:
    """An origin and others that bear it out in all that it states, with their letters."""
    told = backs or [("event", "place")] * len(others)
    agreeing = tuple(
        OriginGroup(f"s{n}", f"S{n}", INDEPENDENT, 1, told[n], Reliability(each) if each else None)
        for n, each in enumerate(others)
    )
    mine = OriginGroup("own", "Emir", reliability=Reliability(own) if own else None)
    return Standing(mine, agreeing, elements=("event", "place"))


@pytest.mark.parametrize(
    ("own", "others", "value", "said"),
    [
        ("A", ["B", "A"], 1, "Confirmed: 2 other origins, independent of this one, say the same"),
        ("B", ["B", "F"], 2, "2 of 3 reliable origins. Reliable is A to B; not counted: S1 (F, no basis)."),
        ("B", ["C", "B"], 2, "not counted: S0 (C)."),
        ("F", ["B", "B"], 2, "not counted: Emir, whose claim it is (F, no basis)."),
        ("F", ["B", "B", "A"], 1, "not counted: Emir, whose claim it is (F, no basis)."),
        ("B", ["B", "E", "B"], 1, "not counted: S1 (E)."),
        (None, [None, None], 2, "event, place not told by 2 reliable origins; 0 of 3 reliable origins."),
    ],
)
def test_hr_2_counts_reliable_origins_only_and_names_the_others(
    own: str | None, others: list[str | None], value: int, said: str
) -> None:
    found = digit(lettered(own, others), TABLES, policy=Policy.HR2)
    assert found.value == value
    assert said in found.why
    assert digit(lettered(own, others), TABLES).value == 1


@given(st.lists(st.sampled_from("ABCDEF"), min_size=1, max_size=5), st.sampled_from("ABCDEF"), st.integers(0, 4))
def test_a_better_letter_never_makes_a_claim_less_confirmed_under_hr_2(others: list[str], own: str, at: int) -> None:
    better = [*others]
    better[at % len(others)] = "A"
    before, after = (digit(lettered(own, each), TABLES, policy=Policy.HR2).value for each in (others, better))
    assert after <= before


def test_a_contested_claim_stays_contested_under_hr_2() -> None:
    stand = replace(lettered("F", ["F"]), opposed=(OriginGroup("x", "X"),))
    found = digit(stand, TABLES, policy=Policy.HR2)
    assert (found.value, found.contested) == (4, True)
    assert found.why.startswith("Contested, and not confirmed by HR-2")


def test_what_a_claim_states_and_another_tells_too() -> None:
    other = told("other", quantities=(Quantity(Mention(0, 6, "twelve"), 12, 12),))
    assert elements(BAKER.claim) == ("event", "quantities")
    assert backed(BAKER.claim, NURSE.claim) == ("event", "quantities")
    assert backed(BAKER.claim, other.claim) == ("event",)


# The letters ------------------------------------------------------------------------------------------------------------


def record(valid: int, invalid: int, *, ends_well: bool = True) -> tuple[bool, ...]:
    past = (False,) * invalid + (True,) * valid
    return past if ends_well else past[::-1]


@pytest.mark.parametrize(
    ("past", "value"),
    [
        (record(0, 0), "F"),
        (record(4, 0), "F"),
        (record(5, 0), "B"),
        (record(19, 0), "B"),
        (record(20, 0), "A"),
        (record(59, 1), "A"),
        (record(59, 1, ends_well=False), "B"),
        (record(17, 3), "B"),
        (record(16, 4), "C"),
        (record(6, 4), "C"),
        (record(5, 5), "D"),
        (record(1, 4), "D"),
        (record(1, 5), "E"),
        (record(0, 5), "E"),
        (record(200, 900), "A"),
    ],
)
def test_the_letter_follows_the_judged_past(past: tuple[bool, ...], value: str) -> None:
    found = letter(Judged("Emir", past), TABLES)
    assert found.value == value
    assert found.judged <= 200


@pytest.mark.parametrize(
    ("name", "kind", "nobody"),
    [
        ("residents of the upper town", SourceKind.WITNESS, True),
        ("Bosnian officials", SourceKind.OFFICIAL, True),
        ("a cook", SourceKind.WITNESS, True),
        ("My husband", SourceKind.RELATIVE, True),
        ("soldier from Zenica", SourceKind.COMBATANT, True),
        ("sources", SourceKind.ANONYMOUS, True),
        ("General Rose", SourceKind.ANONYMOUS, True),
        (None, SourceKind.WITNESS, True),
        ("Colonel Savić", SourceKind.MILITARY, False),
        ("mayor of Tuzla", SourceKind.OFFICIAL, False),
        ("Defence Ministry", SourceKind.MILITARY, False),
        ("Committee of Soldiers’ Mothers", SourceKind.ORGANISATION, False),
    ],
)
def test_nobody_in_particular_gathers_no_record(name: str | None, kind: SourceKind, nobody: bool) -> None:
    words = "eleven people were killed"
    said = Attribution(Span(0, len(words)), Quote.INDIRECT, Source(name, kind, Mention(0, 6, "eleven")))
    end = chain_end(replace(BAKER, claim=replace(BAKER.claim, attribution=said)), TABLES)
    assert end.nobody is nobody
    assert letter(Judged(end.name, (True,) * 30, end.nobody), TABLES).value == ("F" if nobody else "A")


def test_the_letter_of_a_reviewer_shows_the_record() -> None:
    found = overruled_letter(letter(Judged("Emir"), TABLES), Reliability.C, "Ana", "we know him")
    assert (found.value, found.machine, found.by, found.rule) == ("C", "F", "Ana", "R4")
    assert "Set by Ana: we know him. By rule F: " in found.why


def test_thresholds_are_printed_with_the_letter() -> None:
    assert "19 of 20 judged statements of Emir valid (B from 85%)" in letter(Judged("Emir", record(19, 1)), TABLES).why


def test_a_publisher_has_a_letter_of_its_own() -> None:
    assert publisher_end(told("c", "Emir the baker", publisher="The Danube Post"), TABLES).key == "danube post"
    assert chain_end(told("c", "Emir the baker", publisher="The Danube Post"), TABLES).key == "emir the baker"


# Flags ------------------------------------------------------------------------------------------------------------------


def test_a_hedge_and_distance_are_flags_and_change_no_digit() -> None:
    plain, hedged = told("plain"), told("hedged", certainty=Certainty.POSSIBLE, distanced=True)
    found: Mapping[str, Digit] = {
        each.claim.id: digit(Standing(OriginGroup(each.claim.id, None)), TABLES) for each in (plain, hedged)
    }
    assert found["plain"].value == found["hedged"].value
    nobody = letter(Judged(None), TABLES)
    whole = grade(hedged.claim, nobody, nobody, found["hedged"], interest(hedged.claim, TABLES))
    assert whole.flags == ("distanced", "hedged")
