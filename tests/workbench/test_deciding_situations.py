"""Situations are put together and claims taken out of them on their page: signed, with a reason, taken back by another verdict."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from bywhom import pipeline
from bywhom.ledger import Ledger
from bywhom.records import Situation

FORM = re.compile(r'name="form_token" value="([0-9a-f]{64})"')


def post(browser: TestClient, own: str, seen: str | None = None, **said: object) -> int:
    page = browser.get(f"/situations/{own}").text
    last, found = re.search(r'name="seen" value="(\d+)"', page), FORM.search(page)
    assert last
    assert found
    form = {"form_token": found[1], "seen": seen or last[1], "by": "A. Reader", "reason": "another redoubt"} | said
    return browser.post(f"/situations/{own}/verdicts", data=form, follow_redirects=True).status_code


@pytest.fixture
def largest(ledger: Ledger) -> Situation:
    return max(pipeline.situations(ledger), key=lambda one: len(one.claims))


def test_claims_are_taken_out_and_come_back(ledger: Ledger, browser: TestClient, largest: Situation) -> None:
    before = pipeline.situations(ledger)
    out = largest.claims[-1]
    assert post(browser, largest.id, action="apart", claim=[out]) == 200
    after = pipeline.situations(ledger)
    assert not any(out in one.claims and largest.claims[0] in one.claims for one in after)
    page = browser.get("/history").text
    found = FORM.search(page)
    assert found
    undo = {"form_token": found[1], "by": "B", "reason": "the same redoubt", "next": "/history"}
    assert browser.post(f"/verdicts/{ledger.last_verdict()}/undo", data=undo).status_code == 200
    assert pipeline.situations(ledger) == before


def test_what_cannot_be_is_said_and_the_slower_of_two_is_told(
    ledger: Ledger, browser: TestClient, largest: Situation
) -> None:
    own = largest.id
    assert post(browser, own, action="apart") == 400  # nothing is ticked
    assert post(browser, own, action="apart", claim=list(largest.claims)) == 400  # nothing is left
    assert post(browser, own, action="together", other=own) == 400
    assert post(browser, own, action="together", other="0000000000000000") == 404
    assert ledger.last_verdict() == 0
    assert post(browser, own, action="apart", claim=[largest.claims[-1]]) == 200
    found = FORM.search(browser.get("/history").text)
    assert found
    undo = {"form_token": found[1], "by": "B", "reason": "the same redoubt", "next": "/history"}
    browser.post("/verdicts/1/undo", data=undo)
    assert post(browser, own, seen="0", action="apart", claim=[largest.claims[-1]]) == 409
    assert ledger.last_verdict() == 2
