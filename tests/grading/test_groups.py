"""Circles of outlets that cite one another: found among the claims of one matter, whatever their length and order."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.grading import circled
from bywhom.records import Independence, Relation, RelationType

SAME, AGREES = RelationType.SAME_ORIGIN, RelationType.CORROBORATES
DEPENDENT, UNKNOWN, INDEPENDENT = Independence.DEPENDENT, Independence.UNKNOWN, Independence.INDEPENDENT


def chain(length: int, *, closed: bool = True) -> dict[str, tuple[str, str]]:
    """Claims of so many outlets, each of which cites the next one, and the last the first where it is closed."""
    last = "echo 0" if closed else "ministry"
    return {f"c{n}": (f"echo {n}", f"echo {n + 1}" if n + 1 < length else last) for n in range(length)}


def links(cited: dict[str, tuple[str, str]], rule: str = "one_relays_the_other") -> list[Relation]:
    """Each claim tied to the next one."""
    names = sorted(cited)
    return [Relation(a, b, SAME, DEPENDENT, rule) for a, b in pairwise(names)]


@pytest.mark.parametrize("length", [2, 3, 7])
def test_in_a_circle_no_origin_is_found(length: int) -> None:
    cited = chain(length)
    found = circled(cited, links(cited))
    assert [(one.a, one.b) for one in found] == [(one.a, one.b) for one in links(cited)]
    assert {(one.rule, one.independence) for one in found} == {("origin_not_found", DEPENDENT)}


@pytest.mark.parametrize("length", [2, 3, 7])
def test_a_chain_with_an_end_is_no_circle(length: int) -> None:
    cited = chain(length, closed=False)
    assert circled(cited, links(cited)) == []


def test_who_cites_a_circle_from_outside_relays_it() -> None:
    cited = chain(3) | {"d": ("outside post", "echo 1")}
    outside = Relation("c1", "d", SAME, DEPENDENT, "one_relays_the_other")
    assert {one for pair in circled(cited, [*links(chain(3)), outside]) for one in (pair.a, pair.b)} == {
        "c0",
        "c1",
        "c2",
    }


def test_outlets_that_cite_each_other_on_two_matters_are_no_circle() -> None:
    cited = chain(3)
    assert circled(cited, links(cited)[:1]) == []


def test_in_a_circle_nobody_is_independent() -> None:
    cited = chain(4)
    across = Relation("c0", "c2", AGREES, INDEPENDENT, "two_speakers")
    found = {(one.a, one.b): one for one in circled(cited, [*links(cited), across])}
    assert (found["c0", "c2"].type, found["c0", "c2"].independence) == (AGREES, UNKNOWN)


@given(
    st.dictionaries(
        st.text("abcd", min_size=1, max_size=3), st.tuples(st.sampled_from("PQRS"), st.sampled_from("PQRST"))
    )
)
def test_whoever_is_in_a_circle_cites_one_of_it_and_is_cited(cited: dict[str, tuple[str, str]]) -> None:
    found = circled(cited, links(cited))
    inside = {end for one in found for end in (one.a, one.b)}
    assert {cited[one][1] for one in inside} <= {cited[one][0] for one in cited}
    assert {cited[one][0] for one in inside} <= {cited[one][1] for one in cited}
    assert circled(cited, list(reversed(links(cited)))) == list(reversed(found))
    assert circled(cited, found) == []


def test_a_long_chain_is_taken_apart_once() -> None:
    """Ten thousand outlets, each citing the next one: no round for each of them."""
    cited = chain(10_000, closed=False)
    assert circled(cited, links(cited)) == []
