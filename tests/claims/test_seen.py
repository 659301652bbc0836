"""Clauses cut as a trained reader sees them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.claims.seen import recut
from bywhom.records import Seen, Span

TEXT = "Shells killed nine men and burnt the mill, and the ferry sank at noon."
WHOLE = Span(0, len(TEXT))


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


SHELLS = span("Shells killed nine men and burnt the mill")
KILLED, BURNT, FERRY = span("Shells killed nine men"), span("burnt the mill"), span("the ferry sank at noon")


@pytest.mark.parametrize(
    ("clauses", "seen", "cut"),
    [
        ([SHELLS, FERRY], [], [SHELLS, FERRY]),
        ([SHELLS, FERRY], [(KILLED, 0.9), (BURNT, 0.9)], [KILLED, BURNT, FERRY]),
        ([SHELLS, FERRY], [(KILLED, 0.9), (BURNT, 0.1)], [SHELLS, FERRY]),  # not sure that another begins
        ([SHELLS, FERRY], [(KILLED, 0.9)], [SHELLS, FERRY]),  # one part is no reason to cut
        ([SHELLS], [(FERRY, 0.9)], [SHELLS, FERRY]),
        ([SHELLS], [(FERRY, 0.1)], [SHELLS]),
        ([], [(FERRY, 0.9)], [FERRY]),
    ],
)
def test_a_clause_is_cut_where_several_claims_are_seen_in_it(
    clauses: list[Span], seen: list[tuple[Span, float]], cut: list[Span]
) -> None:
    assert recut(clauses, WHOLE, [Seen(at, sure, sure) for at, sure in seen], 0.5) == cut


SPANS = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda at: Span(at[0], at[0] + at[1]))


@given(st.lists(SPANS, max_size=4), SPANS, st.lists(st.tuples(SPANS, st.floats(0, 1)), max_size=5))
def test_nothing_seen_reaches_out_of_its_content(
    clauses: list[Span], content: Span, seen: list[tuple[Span, float]]
) -> None:
    within = [clause for clause in clauses if content.covers(clause)]
    assert all(content.covers(one) for one in recut(within, content, [Seen(at, sure, sure) for at, sure in seen], 0.5))


def test_only_what_is_seen_in_a_content_is_looked_at() -> None:
    apart = [Seen(Span(100 * i, 100 * i + 50), 0.9, 0.9) for i in range(1000)]

    class Watched(list[Seen]):
        looked_at = 0

        def __getitem__(self, at: Any) -> Any:
            found = super().__getitem__(at)
            Watched.looked_at += len(found) if isinstance(at, slice) else 1
            return found

    content = Span(500, 640)
    assert recut([content], content, Watched(apart), 0.5) == [Span(500, 550), Span(600, 640)]
    assert Watched.looked_at < 40
