"""Sources that are one are put together, those that are several are parted, on their page: with a reason, to be taken back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from bywhom.ledger import ClaimQuery, Ledger


def token(page: str) -> str:
    found = re.search(r'name="form_token" value="([0-9a-f]{64})"', page)
    assert found
    return found[1]


def text_of(page: str) -> str:
    """What a page says, without its elements."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def speaker(ledger: Ledger, report: str, name: str) -> str:
    for each in ledger.claims(ClaimQuery(report=report, source=name)):
        source = each.claim.attribution.source
        if source and source.id:
            return source.id
    raise AssertionError(name)


def post(browser: TestClient, own: str, seen: str | None = None, **said: Any) -> tuple[int, str]:
    page = browser.get(f"/sources/{own}?part=who").text
    last = re.search(r'name="seen" value="(\d+)"', page)
    assert last
    form = {
        "form_token": token(page),
        "seen": seen or last[1],
        "by": "A. Reader",
        "reason": "the same rank and post",
    } | said
    answer = browser.post(f"/sources/{own}/verdicts", data=form)
    return answer.status_code, answer.text


@pytest.fixture
def lakes(ledger: Ledger) -> tuple[str, str]:
    """Captain Lake in two reports, whom nothing but the name ties together."""
    return speaker(ledger, "courier", "Lake"), speaker(ledger, "herald", "Lake")


def test_two_are_put_together_and_parted_again(ledger: Ledger, browser: TestClient, lakes: tuple[str, str]) -> None:
    here, other = lakes
    page = browser.get(f"/sources/{here}?part=who").text
    assert f'value="{other}"' in page  # who has the same name is offered
    status, page = post(browser, here, action="same", other=other, value="this")
    assert status == 200
    assert "Says 2" in text_of(page)
    assert "the same rank and post" in page
    assert browser.get(f"/sources/{other}").text.count(f"/sources/{here}?part=says")  # the old address leads there
    seq = ledger.last_verdict()
    undo = {"form_token": token(page), "by": "B", "reason": "two men", "next": f"/sources/{here}?part=who"}
    assert browser.post(f"/verdicts/{seq}/undo", data=undo).status_code == 200
    assert {each.entity.id for each in ledger.entities(text="Lake")} == {here, other}


def test_the_name_that_is_kept_is_chosen(ledger: Ledger, browser: TestClient, lakes: tuple[str, str]) -> None:
    here, other = lakes
    assert (
        post(browser, here, action="same", other_name=f"http://127.0.0.1/sources/{other}?part=says", value="other")[0]
        == 200
    )
    assert [each.entity.id for each in ledger.entities(text="Lake")] == [other]


def test_in_one_report_it_is_somebody_else(ledger: Ledger, browser: TestClient, lakes: tuple[str, str]) -> None:
    report = ledger.document("courier").id
    page = browser.get(f"/sources/{lakes[0]}?part=who&report={report}").text
    assert re.search(rf'value="{report}" checked', page)
    status, _ = post(browser, lakes[0], action="apart", report=[report], value="Lake of the engineers")
    assert status == 200
    now = speaker(ledger, "courier", "engineers")
    assert "Lake of the engineers" in browser.get(f"/sources/{now}").text
    said = text_of(browser.get("/history").text)
    assert "took “Lake” in the report “courier” for “Lake of the engineers”" in said


def test_the_claim_and_the_queue_lead_there(browser: TestClient, ledger: Ledger, lakes: tuple[str, str]) -> None:
    claim = next(ledger.claims(ClaimQuery(report="herald", source="Lake"))).claim
    where = f"/sources/{lakes[1]}?part=who&amp;report={claim.document_id}"
    assert where in browser.get(f"/claims/{claim.id}").text
    assert "?part=who&amp;report=" in browser.get("/review?q=lake").text


def test_the_slower_of_two_is_shown_what_was_decided_and_loses_nothing(
    ledger: Ledger, browser: TestClient, lakes: tuple[str, str]
) -> None:
    here, other = lakes
    said = {"action": "same", "other": other}
    assert post(browser, here, **said, value="this")[0] == 200
    status, page = post(browser, here, seen="0", **said, value="other", reason="he is the elder")
    assert status == 400  # they are one already, and under that name
    seq = ledger.last_verdict()
    undo = {
        "form_token": token(page := browser.get(f"/sources/{here}").text),
        "by": "B",
        "reason": "two men",
        "next": "/",
    }
    browser.post(f"/verdicts/{seq}/undo", data=undo)
    status, page = post(browser, here, seen="0", **said, value="other", reason="he is the elder")
    assert status == 409
    assert "he is the elder" in page
    again = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))
    assert browser.post(f"/sources/{here}/verdicts", data=again).status_code == 200
    assert [each.entity.id for each in ledger.entities(text="Lake")] == [other]
    assert [one.reason for one in ledger.decided_of(other)] == ["he is the elder", "two men", "the same rank and post"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"action": "same", "other_name": "Nobody Else", "value": "this"}, "nobody else is called"),
        ({"action": "same", "other_name": "", "value": "this"}, "nobody else is called"),
        ({"action": "apart", "value": "X"}, "tick the reports"),
        ({"action": "apart", "report": ["0" * 64], "value": "X"}, "no report is called"),
    ],
    ids=str,
)
def test_what_cannot_be_is_said(
    ledger: Ledger, browser: TestClient, lakes: tuple[str, str], said: dict[str, Any], words: str
) -> None:
    status, page = post(browser, lakes[0], **said)
    assert status == 400
    assert words in text_of(page)
    assert ledger.last_verdict() == 0
