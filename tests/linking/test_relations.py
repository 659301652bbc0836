"""Relations: who else says so, and is it really someone else."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telling import VERDUN, tell  # type: ignore[import-not-found]

from bywhom.linking import LinkingTables, keys, relate, relate_new
from bywhom.linking.profile import profile
from bywhom.linking.relations import reacts
from bywhom.records import DIRECTED, Independence, Relation, RelationType, Told

FERRY = "Uhlan gunners sank the ferry Clothilde at the lower lock of the canal and eleven passengers drowned"
DEAD = ((11, 11, "passengers drowned"),)


def found(items: list[Told], tables: LinkingTables) -> set[tuple[str, str]]:
    """Types and rules, same-source pairs left out."""
    relations = relate(items, tables=tables).items
    return {(one.type.value, one.rule) for one in relations if one.type is not RelationType.SAME_SOURCE}


def agreeing(one: Told, other: Told, tables: LinkingTables) -> tuple[str, str, str] | None:
    """How two claims of one proposition stand to each other."""
    for relation in relate([one, other], tables=tables).items:
        if relation.type in (RelationType.SAME_ORIGIN, RelationType.CORROBORATES):
            return relation.type.value, relation.independence.value, relation.rule
    return None


REWORDED = "Eleven passengers drowned when Uhlan guns sank the Clothilde, a ferry, at a canal lock"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (tell(REWORDED, "Abbess Odile", report="r2"), ("corroborates", "independent", "two_speakers")),
        (tell(FERRY, "Abbess Odile", report="r2"), ("same_origin", "dependent", "near_identical_wording")),
        (tell(REWORDED, "Prefect Armand Delcour", report="r2"), ("same_origin", "dependent", "one_speaker")),
        (tell(REWORDED, "Delcour", report="r2"), ("same_origin", "dependent", "one_speaker")),
        (tell(REWORDED, report="r2"), ("same_origin", "unknown", "no_source_named")),
        (tell(REWORDED, "Havas Bulletin", kind="media", via=("Armand Delcour",), report="r2"), ("same_origin", "dependent", "one_relays_the_other")),
        (tell(REWORDED, "informed sources", kind="anonymous", report="r2"), ("corroborates", "unknown", "one_unknown_speaker")),
        (tell(REWORDED, "Abbess Odile", report="r2", place=VERDUN), None),
        (tell(REWORDED, "Abbess Odile", report="r2", day="1917-09-30"), None),
    ],
)  # fmt: skip
def test_who_else_says_so(other: Told, expected: tuple[str, str, str] | None, tables: LinkingTables) -> None:
    assert agreeing(tell(FERRY, "Armand Delcour"), other, tables) == expected


def test_two_organs_of_one_government_are_one_side(tables: LinkingTables) -> None:
    ministry = tell(FERRY, "Belgian war ministry", kind="military")
    staff = tell(REWORDED, "Belgian general staff", kind="military", report="r2")
    assert agreeing(ministry, staff, tables) == ("same_origin", "dependent", "one_side")


def test_a_body_and_its_known_voice_are_one_speaker(tables: LinkingTables) -> None:
    office = tell(FERRY, "Human Rights Watch", kind="organisation")
    head = tell(REWORDED, "Kenneth Roth", kind="organisation", report="r2")
    assert agreeing(office, head, tables) == ("same_origin", "dependent", "one_speaker")


TOLL = "{} miners were killed by the firedamp blast in the Marie-Louise pit at Courrielles"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((14, 14), (20, 20), {("contradicts", "counts_disagree")}),
        ((14, None), (11, 11), {("contradicts", "counts_disagree")}),
        ((14, None), (20, 20), set()),
    ],
)
def test_numbers_that_cannot_both_be_true(
    one: tuple[float, float | None],
    other: tuple[float, float | None],
    expected: set[tuple[str, str]],
    tables: LinkingTables,
) -> None:
    a = tell(TOLL.format("So many"), "Engineer Baudouin", event="casualty", counts=((*one, "miners killed"),))
    b = tell(
        f"{TOLL.format('So many')} in the night",
        "Canon Thiry",
        report="r2",
        event="casualty",
        counts=((*other, "miners killed"),),
    )
    assert {pair for pair in found([a, b], tables) if pair[0] == "contradicts"} == expected


def test_who_hands_on_a_voice_does_not_count_against_it(tables: LinkingTables) -> None:
    toll = tell(TOLL.format("14"), "Engineer Baudouin", event="casualty", counts=((14, 14, "miners killed"),))
    night = f"{TOLL.format('20')} in the night"
    more = tell(night, "Canon Thiry", report="r2", event="casualty", counts=((20, 20, "miners killed"),))
    heard = tell(
        night,
        "Canon Thiry",
        via=("Engineer Baudouin",),
        report="r2",
        event="casualty",
        counts=((20, 20, "miners killed"),),
    )
    assert ("contradicts", "counts_disagree") in found([toll, more], tables)
    assert not any(kind == "contradicts" for kind, _ in found([toll, heard], tables))


def test_a_later_figure_of_one_speaker_is_a_revision(tables: LinkingTables) -> None:
    early = tell(TOLL.format("14"), "Engineer Baudouin", event="casualty", counts=((14, 14, "miners killed"),))
    late = tell(
        TOLL.format("20"),
        "Engineer Baudouin",
        event="casualty",
        report="r2",
        published="1917-06-09",
        counts=((20, 20, "miners killed"),),
    )
    relations = relate([early, late], tables=tables).items
    assert [(one.a, one.b) for one in relations if one.type is RelationType.SUPERSEDES] == [
        (late.claim.id, early.claim.id)
    ]
    assert not any(one.type is RelationType.CONTRADICTS for one in relations)


def test_a_report_brought_again_under_its_title_is_revised(tables: LinkingTables) -> None:
    early, late, other = (
        tell(
            TOLL.format(toll),
            who,
            event="casualty",
            report=report,
            publisher=publisher,
            published=day,
            title="Fire damp kills miners",
            counts=((toll, toll, "miners killed"),),
        )
        for toll, who, report, publisher, day in (
            (14, "Engineer Baudouin", "r1", "Lys Courant", "1917-06-07"),
            (20, "Canon Thiry", "r2", "Lys Courant", "1917-06-09"),
            (20, "Canon Thiry", "r3", "Echo de Menin", "1917-06-09"),
        )
    )
    assert ("supersedes", "later_figure") in found([early, late], tables)
    assert not any(kind == "contradicts" for kind, _ in found([early, late], tables))
    assert ("contradicts", "counts_disagree") in found([early, other], tables)


@pytest.mark.parametrize(
    ("text", "event", "reacting"),
    [
        ("shells killed eleven nuns at the convent", "attack", False),
        ("killed eleven nuns at the convent", "attack", True),  # of "the shells that killed", said of something else
        ("asked for a truce at the convent", "appeal", True),
    ],
)
def test_who_only_names_the_deed_is_no_second_voice(
    text: str, event: str, *, reacting: bool, tables: LinkingTables
) -> None:
    one, other = (profile(tell(text, who, event=event), tables) for who in ("Abbess Odile", "Canon Thiry"))
    assert reacts(one, other, tables) == reacting


def test_a_denial_answers_the_accusation_of_its_report(tables: LinkingTables) -> None:
    accused = tell("Uhlan gunners shelled the convent of Sint-Godelieve", "Abbess Odile", agent="Uhlan gunners")
    denied = tell(
        "Uhlan gunners had shelled the convent", "Major von Rautenberg", kind="military", start=80, negative=True, cue="denied", agent="Uhlan gunners"
    )  # fmt: skip
    assert ("contradicts", "denied") in found([accused, denied], tables)


def test_children_are_part_of_all_the_dead(tables: LinkingTables) -> None:
    total = tell(
        TOLL.format("At least 20 people, boys among them,"),
        "Engineer Baudouin",
        event="casualty",
        counts=((20, None, "people killed"),),
    )
    part = tell(
        TOLL.format("Six boys and other"), "Canon Thiry", report="r2", event="casualty", counts=((6, 6, "boys killed"),)
    )
    relations = relate([total, part], tables=tables).items
    assert [(one.a, one.b) for one in relations if one.type is RelationType.PART_OF_TOTAL] == [
        (part.claim.id, total.claim.id)
    ]


# --- Bad input --------------------------------------------------------------------------------------------------------


def test_a_report_that_cites_itself_is_one_origin(tables: LinkingTables) -> None:
    first = tell(FERRY, "Courrier Flamand", kind="media", publisher="Courrier Flamand")
    again = tell(REWORDED, "Courrier Flamand", kind="media", publisher="Courrier Flamand", start=200)
    assert agreeing(first, again, tables) == ("same_origin", "dependent", "one_speaker")


def test_in_a_circle_of_outlets_no_origin_is_found(tables: LinkingTables) -> None:
    one = tell(FERRY, "Courrier Flamand", kind="media", publisher="Echo de Lille")
    other = tell(REWORDED, "Echo de Lille", kind="media", publisher="Courrier Flamand", report="r2")
    assert agreeing(one, other, tables) == ("same_origin", "unknown", "origin_not_found")


def test_ten_thousand_copies_are_one_report_with_many_appearances(tables: LinkingTables) -> None:
    copies = [tell(FERRY, report=f"copy-{number:05}", publisher=f"Gazette {number}") for number in range(10_000)]
    other = tell(REWORDED, "Abbess Odile", report="z")
    relations = relate([*copies, other], tables=tables).items
    kinds = Counter((one.type, one.independence) for one in relations)
    assert len(relations) < 3 * len(copies)
    assert kinds[RelationType.CORROBORATES, Independence.INDEPENDENT] == 0
    assert {one for relation in relations for one in (relation.a, relation.b)} >= {copy.claim.id for copy in copies}


def test_a_claim_dated_after_its_publication_is_compared_by_what_it_says(tables: LinkingTables) -> None:
    early = tell(FERRY, "Armand Delcour", published="1917-05-01")
    assert agreeing(early, tell(REWORDED, "Abbess Odile", report="r2"), tables) == (
        "corroborates",
        "independent",
        "two_speakers",
    )


@pytest.mark.parametrize("text", ["", "…", "7", "\ud800 \x00", "No."])
def test_a_claim_with_hardly_a_word_is_linked_to_nothing(text: str, tables: LinkingTables) -> None:
    assert relate([tell(text, report="r1"), tell(text, report="r2")], tables=tables).items == ()


# --- What holds for all -------------------------------------------------------------------------------------------------

WORDS = (
    "ferry lock canal gunners drowned convent blast pit miners surgeon Clothilde Odile Courrielles dawn bridge".split()
)
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
ITEMS = st.lists(
    st.builds(
        tell,
        TEXTS,
        st.sampled_from([None, "Abbess Odile", "Armand Delcour", "officials", "Havas"]),
        report=st.sampled_from(["r1", "r2", "r3"]),
        start=st.integers(0, 9).map(lambda number: number * 100),
        event=st.sampled_from(["attack", "casualty", "other"]),
        negative=st.booleans(),
        day=st.sampled_from(["1917-06-07", "1917-06", None]),
        counts=st.sampled_from([(), ((3, 3, "people killed"),), ((5, None, "people killed"),)]),
    ),
    max_size=12,
    unique_by=lambda item: item.claim.id,
)


@settings(max_examples=60, deadline=None)
@given(ITEMS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(tables: LinkingTables, items: list[Told], rng: random.Random) -> None:
    shuffled = rng.sample(items, len(items))
    assert relate(shuffled, tables=tables) == relate(items, tables=tables)


@settings(max_examples=60, deadline=None)
@given(ITEMS)
def test_report_by_report_gives_the_same_relations(tables: LinkingTables, items: list[Told]) -> None:
    known: list[Told] = []
    grown: list[Relation] = []
    for report in ("r2", "r3", "r1"):
        new = [item for item in items if item.document == report]
        wanted = {key for item in new for key in keys(item, tables=tables)}
        near = [item for item in known if wanted & set(keys(item, tables=tables))]
        grown += relate_new(new, near, tables=tables).items
        known += new
    assert sorted(map(_identity, grown)) == sorted(map(_identity, relate(items, tables=tables).items))


def _identity(one: Relation) -> tuple[str, str, str, str]:
    return one.a, one.b, one.type.value, one.rule


@settings(max_examples=60, deadline=None)
@given(ITEMS)
def test_every_relation_is_between_two_claims_and_symmetric_ones_are_stored_once(
    tables: LinkingTables, items: list[Told]
) -> None:
    relations = relate(items, tables=tables).items
    assert all(one.a != one.b for one in relations)
    assert all(one.a < one.b for one in relations if one.type not in DIRECTED)
    assert len({(frozenset((one.a, one.b)), one.type) for one in relations}) == len(relations)
    assert all(one.rule for one in relations)


def test_nothing_is_linked_by_itself(tables: LinkingTables) -> None:
    item = tell(FERRY)
    assert relate([item, replace(item)], tables=tables).items == ()
    assert relate([], tables=tables).items == ()


def test_a_claim_inside_another_is_a_part_of_it(tables: LinkingTables) -> None:
    whole = tell(FERRY, "Abbess Odile", counts=DEAD)
    inside = tell(FERRY[5:], "Abbess Odile", counts=DEAD, start=5)
    assert not found([whole, inside], tables)


def test_no_mutiny_never_speaks_for_a_mutiny(tables: LinkingTables) -> None:
    refused = tell("the regiment at the lower lock refused to go back into the line", "Abbess Odile", event="refuse")
    denied = tell(
        "no regiment at the lower lock refused to go back into the line",
        "Reeve Prins",
        event="refuse",
        negative=True,
        report="r2",
    )
    assert not {"same_origin", "corroborates"} & {kind for kind, _ in found([refused, denied], tables)}
