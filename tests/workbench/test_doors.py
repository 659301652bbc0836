"""One question, asked through every door: the command line, Python, the JSON API and the page find the same claims."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from bywhom import regrading, reviewing
from bywhom.cli.main import cli
from bywhom.errors import UsageError
from bywhom.ledger import Ledger
from bywhom.ledger.query import pairs, query_of
from bywhom.records import Act

Asked = Sequence[tuple[str, str]]
OPTIONS = {"q": "text", "report": "document"}  # what the command line calls them
ASKED: tuple[Asked, ...] = (
    (),
    (("q", "KARS redoubt"),),
    (("q", "Карс"),),
    (("q", "Καρσ"),),
    (("q", '"fired on"'),),
    (("q", "garris*"),),
    (("q", "redoubt -seized"),),
    (("q", "!!!"),),
    (("q", "muleteer"),),
    (("source", "lake"),),
    (("outlet", "herald"),),
    (("place", "kars"), ("event", "casualty")),
    (("event", "seize"), ("event", "attack")),
    (("kind", "military"),),
    (("certainty", "certain"),),
    (("country", "tr"),),
    (("box", "39,42,42,44"),),
    (("since", "1855-06-12"), ("kind", "witness")),
    (("until", "1855-06-12"), ("q", "captain")),
    (("credibility", "6"), ("credibility", "3")),
    (("reliability", "F"),),
    (("reliability", "B"),),
    (("contested", "yes"),),
    (("doubtful", "yes"),),
    (("doubtful", "no"), ("event", "attack")),
    (("reviewed", "yes"),),
    (("reviewed", "no"), ("q", "lake")),
    (("report", "courier"),),
)
WRONG: tuple[Asked, ...] = (
    (("event", "rain"),),
    (("since", "June"),),
    (("credibility", "7"),),
    (("country", "Turkey"),),
    (("box", "1,2"),),
    (("report", "nobody"),),
)


@pytest.fixture
def judged(ledger: Ledger) -> Ledger:
    """The ledger with a claim that somebody confirmed, and a source that has a letter."""
    one = next(ledger.claims(query_of([("source", "Lake")])))
    reviewing.review(
        ledger, reviewing.on_claim(ledger, one, "reading", "", act=Act.CONFIRM, by="Ada", reason="read it")
    )
    letter = reviewing.on_claim(ledger, one, "reliability", "B", act=Act.SET, by="Ada", reason="was there")
    reviewing.review(ledger, letter)
    return ledger


def by_python(ledger: Ledger, asked: Asked) -> set[str]:
    query = query_of(asked)
    return {each.claim.id for each in ledger.claims(query, letters=regrading.letters(ledger))}


def by_pages_of_python(ledger: Ledger, asked: Asked) -> set[str]:
    found: set[str] = set()
    after = ""
    while True:
        page = ledger.find(query_of(asked), after=after, limit=2, letters=regrading.letters(ledger))
        found |= {each.claim.id for each in page.claims}
        if not (after := page.after):
            return found


def by_command(ledger: Ledger, asked: Asked) -> set[str]:
    flags = {
        ("contested", "yes"): "--contested",
        ("reviewed", "yes"): "--reviewed",
        ("reviewed", "no"): "--unreviewed",
        ("doubtful", "yes"): "--doubtful",
        ("doubtful", "no"): "--sure",
    }
    words = [
        part for name, value in asked for part in ([flags[name, value]] if (name, value) in flags else [f"--{OPTIONS.get(name, name)}", value])
    ]  # fmt: skip
    answer = CliRunner().invoke(cli, ["claims", "--json", "--ledger", str(ledger.path), *words])
    assert answer.exit_code == 0, answer.output
    return {json.loads(line)["id"] for line in io.StringIO(answer.stdout)}


def by_api(browser: TestClient, asked: Asked) -> set[str]:
    found: set[str] = set()
    where = f"/api/claims?{urlencode([*asked, ('limit', '3')])}"
    while where:
        page = browser.get(where).json()
        found |= {each["id"] for each in page["claims"]}
        where = page["next"]
    return found


def by_page(browser: TestClient, asked: Asked) -> set[str]:
    page = browser.get(f"/?{urlencode(asked)}").text
    return set(re.findall(r'<p class="words"><a href="/claims/([0-9a-f]+)"', page))


def test_all_doors_find_the_same(judged: Ledger, open_desk: Callable[..., TestClient]) -> None:
    browser = open_desk(judged)
    empty = []
    for asked in ASKED:
        found = by_python(judged, asked)
        others: dict[str, Any] = {
            "pages": by_pages_of_python(judged, asked),
            "command": by_command(judged, asked),
            "api": by_api(browser, asked),
            "page": by_page(browser, asked),
        }
        assert others == dict.fromkeys(others, found), asked
        empty += [] if found else [asked]
    # A question that finds nothing anywhere would show nothing.
    assert empty == [(("q", "!!!"),), (("contested", "yes"),), (("doubtful", "yes"),)]


@pytest.mark.parametrize("asked", WRONG, ids=str)
def test_all_doors_refuse_the_same_in_the_same_words(ledger: Ledger, browser: TestClient, asked: Asked) -> None:
    words = [part for name, value in asked for part in (f"--{OPTIONS.get(name, name)}", value)]
    answer = CliRunner().invoke(cli, ["claims", "--ledger", str(ledger.path), *words])
    said = browser.get(f"/api/claims?{urlencode(asked)}")
    assert (said.status_code, browser.get(f"/?{urlencode(asked)}").status_code) == (400, 400)
    assert isinstance(answer.exception, UsageError)
    assert said.json()["detail"] == str(answer.exception)


def test_what_is_kept_in_the_workbench_is_asked_on_the_command_line(ledger: Ledger) -> None:
    ledger.save_search("near Kars", "place=Kars&event=casualty", "Ada")
    kept = by_command(ledger, (("saved", "near Kars"),))
    assert kept == by_python(ledger, (("place", "Kars"), ("event", "casualty")))
    assert by_command(ledger, (("saved", "near Kars"), ("q", "muleteer"))) < kept | {""}


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_a_query_is_its_address(asked: Asked) -> None:
    assert query_of(pairs(query_of(asked))) == query_of(asked)
