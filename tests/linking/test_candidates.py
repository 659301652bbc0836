"""Who is compared with whom, and how many at most."""

from __future__ import annotations

from itertools import combinations

import pytest
from telling import VERDUN, YPRES, tell  # type: ignore[import-not-found]

from bywhom.linking import LinkingTables, relate, relate_new
from bywhom.linking.candidates import keys_of, named, sharing
from bywhom.linking.copies import fold_copies
from bywhom.linking.profile import Profile, profile
from bywhom.records import Independence, Relation, Told

FERRY = "Guns fired from the far bank sank the ferry Marguerite with eleven carters aboard"
REWORDED = "The ferry Marguerite went down with eleven carters after guns fired from the other bank"
MILL = "The windmill above the orchard burned all night"


def profiles(items: list[Told], tables: LinkingTables) -> list[Profile]:
    return [profile(item, tables) for item in items]


def ids(pairs: object) -> set[tuple[str, str]]:
    return {(min(a.id, b.id), max(a.id, b.id)) for a, b in pairs}  # type: ignore[attr-defined]


def test_claims_that_share_no_key_never_meet(tables: LinkingTables) -> None:
    one, other = tell(FERRY), tell(MILL, report="r2", place=VERDUN, day="1917-11-20", published="1917-11-21")
    first, second = profiles([one, other], tables)
    assert not set(keys_of(first, tables)) & set(keys_of(second, tables))
    assert ids(sharing([first, second], tables)) == set()


def test_two_old_claims_are_never_compared(tables: LinkingTables) -> None:
    told = [tell(FERRY, report=f"r{number}", publisher=f"Post {number}") for number in range(5)]
    everyone = profiles(told, tables)
    fresh = frozenset([everyone[0].id])
    assert ids(sharing(everyone, tables)) == {(a.id, b.id) for a, b in combinations(everyone, 2)}
    assert ids(sharing(everyone, tables, fresh)) == {(everyone[0].id, each.id) for each in everyone[1:]}


def test_named_pairs_are_compared_and_no_others(tables: LinkingTables) -> None:
    told = [
        tell(FERRY, report="r1"),
        tell(MILL, report="r1", start=200),
        *(tell(REWORDED, report=f"s{n}") for n in (1, 2)),
    ]
    everyone = profiles(told, tables)
    own, mill, near, _ = (each.id for each in everyone)
    fresh = frozenset([own, mill])
    found = named(fold_copies(everyone, tables), tables, fresh, [(own, near), (own, "gone")])
    assert ids(found) == {(own, near), (own, mill)}


def test_in_the_place_of_a_copy_that_is_not_compared_stands_the_first_appearance(tables: LinkingTables) -> None:
    many = tables.thresholds.copies + 4
    told = [tell(FERRY, report=f"r{number:02}", publisher=f"Post {number}") for number in range(many)]
    everyone = profiles([*told, tell(REWORDED, "Abbess Odile", report="z")], tables)
    fresh = frozenset([everyone[-1].id])
    found = named(
        fold_copies(everyone, tables), tables, fresh, [(each.id, everyone[-1].id) for each in everyone[-4:-1]]
    )
    assert ids(found) == {(everyone[0].id, everyone[-1].id)}


@pytest.mark.parametrize("length", [2, 3, 7])
def test_in_a_circle_of_outlets_nobody_bears_out_anybody(tables: LinkingTables, length: int) -> None:
    """Each outlet cites the next one, and the last one the first: no voice is heard that any of them could have it from."""
    texts, outlets = (FERRY, REWORDED), [f"Echo de Bourg{number}" for number in range(length)]
    told = [
        tell(texts[number % 2], outlets[(number + 1) % length], kind="media", publisher=outlets[number], report=f"r{number}", place=YPRES)
        for number in range(length)
    ]  # fmt: skip
    found = relate(told, tables=tables).items
    assert {one.type.value for one in found} == {"same_origin"}
    assert Independence.INDEPENDENT not in {one.independence for one in found}
    assert {end for one in found for end in (one.a, one.b)} == {one.claim.id for one in told}
    if length == 2:
        assert {one.rule for one in found} == {"origin_not_found"}


def test_one_by_one_gives_what_all_at_once_gives_where_pairs_are_named(tables: LinkingTables) -> None:
    told = [
        tell(FERRY, "Armand Delcour"),
        tell(REWORDED, "Abbess Odile", report="r2"),
        tell(MILL, report="r3"),
        tell(FERRY, report="r4"),
    ]
    at_once = relate(told, tables=tables).items
    grown: list[Relation] = []
    there: list[Told] = []
    for one in told:
        pairs = [(min(one.claim.id, each.claim.id), max(one.claim.id, each.claim.id)) for each in there]
        grown += relate_new([one], there, tables=tables, pairs=pairs).items
        there.append(one)
    assert sorted(grown, key=lambda one: (one.a, one.b, one.type.value)) == list(at_once)
