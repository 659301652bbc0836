"""A search is an address and an address is a search; those that are kept have a short one."""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from bywhom.ledger import Ledger
from bywhom.ledger.query import Box, ClaimQuery
from bywhom.records import Certainty, EventType, Reliability, SourceKind
from bywhom.workbench.searches import address, chips, has, search_of, toggled

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20).map(str.strip)
ids = st.text("0123456789abcdef", max_size=16)


def some(kind: type[StrEnum]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(st.sampled_from([str(one) for one in kind]), max_size=3).map(lambda few: tuple(sorted(few)))


boxes = st.builds(
    Box, st.integers(-90, 0).map(float), st.integers(-180, 180).map(float), st.integers(0, 90).map(float), st.integers(-180, 180).map(float)
)  # fmt: skip
searches = st.builds(
    ClaimQuery,
    words=words, source=words, via=words, outlet=words, place=words, since=words, until=words, says=ids, relays=ids, about=ids, report=ids,
    events=some(EventType), kinds=some(SourceKind), certainties=some(Certainty), reliability=some(Reliability),
    countries=st.sets(st.sampled_from(["TR", "RU", "GB"])).map(lambda few: tuple(sorted(few))),
    credibility=st.sets(st.integers(1, 6)).map(lambda few: tuple(sorted(few))),
    contested=st.sampled_from([None, True, False]), reviewed=st.sampled_from([None, True, False]),
    doubtful=st.sampled_from([None, True, False]), box=st.none() | boxes,
)  # fmt: skip


def read(where: str) -> ClaimQuery:
    return search_of(QueryParams(parse_qsl(where.partition("?")[2], keep_blank_values=True)))


@settings(deadline=None)  # no timed assertions
@given(searches)
def test_a_search_is_its_address(search: ClaimQuery) -> None:
    assert read(address(search)) == search


@settings(deadline=None)  # no timed assertions
@given(searches)
def test_every_condition_can_be_taken_away(search: ClaimQuery) -> None:
    shorter = [read(chip.without) for chip in chips(search)]
    assert all(one != search for one in shorter)
    assert all(one.words == search.words for one in shorter)


@pytest.mark.parametrize(
    ("field", "value"),
    [("events", "attack"), ("credibility", "2"), ("contested", "yes"), ("source", "Lake"), ("countries", "TR")],
)
def test_a_value_of_a_facet_is_put_in_and_taken_out(field: str, value: str) -> None:
    asked = toggled(ClaimQuery(words="kars"), field, value)
    assert has(asked, field, value)
    assert not has(ClaimQuery(), field, value)
    assert toggled(asked, field, value) == ClaimQuery(words="kars")


def form(page: str) -> dict[str, str]:
    found = re.search(r'name="form_token" value="([0-9a-f]{64})"', page)
    assert found
    return {"form_token": found[1]}


def test_a_search_is_kept_opened_by_its_name_and_forgotten(browser: TestClient, ledger: Ledger) -> None:
    page = browser.get("/?q=kars&event=attack").text
    assert 'name="query" value="q=kars&amp;event=attack"' in page
    said = form(page) | {"query": "q=kars&event=attack", "name": "Kars  attacked", "by": "Ada"}
    assert (
        browser.post("/searches", data=said, follow_redirects=False).headers["location"] == "/searches#Kars%20attacked"
    )
    assert "Kars attacked" in browser.get("/searches").text
    assert (
        browser.get("/searches/Kars%20attacked", follow_redirects=False).headers["location"] == "/?q=kars&event=attack"
    )
    browser.post("/searches/Kars%20attacked/forget", data=form(page))
    assert ledger.saved_searches() == []
    assert browser.get("/searches/Kars%20attacked").status_code == 404


@pytest.mark.parametrize(
    "said", [{"by": ""}, {"name": "a/b"}, {"name": ""}, {"query": "event=dance"}, {"name": "x" * 61}], ids=str
)
def test_what_cannot_be_kept_is_said(browser: TestClient, ledger: Ledger, said: dict[str, str]) -> None:
    whole = form(browser.get("/?q=kars").text) | {"query": "q=kars", "name": "kars", "by": "Ada"} | said
    assert browser.post("/searches", data=whole).status_code == 400
    assert ledger.saved_searches() == []


def test_what_is_kept_with_an_address_that_leads_elsewhere_leads_to_the_search(
    browser: TestClient, ledger: Ledger
) -> None:
    ledger.save_search("x", "q=kars&next=//evil.example", "Ada")
    assert browser.get("/searches/x", follow_redirects=False).headers["location"] == "/?q=kars"
