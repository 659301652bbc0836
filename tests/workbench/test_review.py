"""Review: accept, reject, correct, link, take back; whoever is slower sees what was decided, and nobody's verdict is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from bywhom.ledger import Ledger
from bywhom.ledger.query import ClaimQuery
from bywhom.records import Act

Open = Callable[..., TestClient]


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the form in which a claim is decided."""
    form = re.search(r'<form action="/claims/\w+/verdicts".*?</form>', page, re.DOTALL)
    assert form, page
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0]))


def claim_of(ledger: Ledger, words: str) -> str:
    return next(each.claim.id for each in ledger.find(ClaimQuery(), limit=100).claims if words in each.claim.text)


def decide(browser: TestClient, claim: str, **form: str) -> Response:
    """The answer to a form sent from the page of a claim."""
    page = browser.get(f"/claims/{claim}").text
    said = hidden(page) | {"by": "Ada", "reason": "heard it"} | form
    return browser.post(f"/claims/{claim}/verdicts", data=said, follow_redirects=False)


@pytest.fixture
def claim(ledger: Ledger) -> str:
    return claim_of(ledger, "fired on the redoubt")


def test_accepting_goes_back_and_offers_to_take_it_back(browser: TestClient, ledger: Ledger, claim: str) -> None:
    answer = decide(browser, claim, action="confirm")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/claims/{claim}?entered=1#history"
    page = browser.get(answer.headers["location"]).text
    assert "Verdict 1 is entered" in page
    assert 'action="/verdicts/1/undo"' in page
    assert 'value="Ada"' in page  # the name is remembered
    (verdict,) = ledger.verdict_history(claim=claim)
    assert (verdict.act, verdict.by, verdict.reason) == (Act.CONFIRM, "Ada", "heard it")


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ({"action": "reject"}, "A reviewer rejected this claim"),
        ({"action": "set", "field": "source", "value": "Nurse Holm (witness)"}, "Nurse Holm"),
        ({"action": "set", "field": "event", "value": "aid"}, "<dd>aid"),
        ({"action": "set", "field": "place", "value": "Sivas@39.75,37.02"}, "39.75, 37.02"),
        ({"action": "set", "field": "time", "value": "1860-01"}, "1860-01"),
        ({"action": "set", "field": "polarity", "value": "negative"}, "not: "),
        ({"action": "set", "field": "certainty", "value": "possible"}, "<dd>possible"),
        ({"action": "set", "field": "credibility", "value": "2"}, "<dt>2</dt>"),
    ],
)
def test_what_is_corrected_is_shown_at_once(browser: TestClient, claim: str, form: dict[str, str], shown: str) -> None:
    assert decide(browser, claim, **form).status_code == 303
    page = browser.get(f"/claims/{claim}").text
    assert shown in page
    assert "heard it" in page


def test_words_that_are_marked_become_the_claim(browser: TestClient, ledger: Ledger, claim: str) -> None:
    (before,) = ledger.claims_by_id([claim])
    start = before.claim.span.start
    assert decide(browser, claim, action="set", field="span", value=f"{start + 4}-{start + 12}").status_code == 303
    (after,) = ledger.claims_by_id([claim])
    text = ledger.document(before.claim.document_id).document.text  # type: ignore[union-attr]
    assert after.claim.text == text[start + 4 : start + 12]
    assert (after.claim.span.start, after.claim.span.end) == (start + 4, start + 12)


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ({"action": "confirm", "by": " "}, "needs the name"),
        ({"action": "confirm", "reason": " "}, "needs a reason"),
        ({"action": "set", "field": "event", "value": "dance"}, "cannot be"),
        ({"action": "set", "field": "name", "value": "x"}, "choose what to set"),
        ({"action": "set", "field": "span", "value": "5-1"}, "no characters of the report"),
        ({"action": "set", "field": "span", "value": "0-99999999"}, "no characters of the report"),
        ({"action": "set", "field": "place", "value": "x@y"}, "is no point"),
        ({"action": "link", "value_link": "corroborates/independent"}, "which other claim"),
        ({"action": "link", "other": "ffff", "value_link": "corroborates/independent"}, "no claim has an id"),
        ({"action": "dance", "other": "ffff"}, "no claim has an id"),
    ],
)
def test_what_cannot_be_is_said_beside_the_form_with_what_was_written(
    browser: TestClient, ledger: Ledger, claim: str, form: dict[str, str], fault: str
) -> None:
    answer = decide(browser, claim, **form)
    assert answer.status_code == 400
    assert fault in answer.text
    assert form.get("value", "") in answer.text
    assert ledger.verdict_history() == ()


def test_claims_are_linked_kept_and_parted(browser: TestClient, ledger: Ledger, claim: str) -> None:
    other = claim_of(ledger, "25 men")
    decide(
        browser, claim, action="link", other=f"http://127.0.0.1:8117/claims/{other}", value_link="contradicts/unknown"
    )
    (relation,) = (each for each in ledger.relations(claim) if other in (each.a, each.b))
    assert relation.type == "contradicts"
    decide(browser, claim, action="unlink", other=other)
    assert not [each for each in ledger.relations(claim) if other in (each.a, each.b)]
    decide(browser, claim, action="merge", other=other)
    (relation,) = (each for each in ledger.relations(claim) if other in (each.a, each.b))
    assert (relation.type, relation.independence) == ("same_origin", "dependent")


def test_a_verdict_is_taken_back_by_another_and_that_one_too(browser: TestClient, ledger: Ledger, claim: str) -> None:
    decide(browser, claim, action="reject")
    for number in (1, 2):
        form = hidden(browser.get(f"/claims/{claim}").text) | {"by": "Ben", "reason": "a slip", "next": "/history"}
        answer = browser.post(f"/verdicts/{number}/undo", data=form, follow_redirects=False)
        assert answer.headers["location"] == f"/history?entered={number + 1}"
        (found,) = ledger.claims_by_id([claim])
        assert found.rejected is (number == 2)
    page = browser.get("/history").text
    assert [int(number) for number in re.findall(r'<span class="seq">(\d+)', page)] == [3, 2, 1]
    assert page.count("(taken back)") == 1


def test_the_queue_leads_from_claim_to_claim_until_nothing_is_left(browser: TestClient, ledger: Ledger) -> None:
    seen: list[str] = []
    while "All has been reviewed" not in (page := browser.get("/review").text):
        at = re.search(r'action="/claims/(\w+)/verdicts"', page)
        assert at
        assert at[1] not in seen
        seen.append(at[1])
        form = hidden(page) | {"by": "Ada", "reason": "read it", "action": "confirm"}
        assert browser.post(f"/claims/{at[1]}/verdicts", data=form, follow_redirects=False).status_code == 303
    assert len(seen) == ledger.counts().claims


def test_a_claim_is_skipped_and_comes_again(browser: TestClient) -> None:
    first = browser.get("/review").text
    skip = re.search(r'href="(/review\?after=\w+)" rel="next"', first)
    assert skip
    second = browser.get(skip[1]).text
    assert re.findall(r"/claims/(\w+)/verdicts", first) != re.findall(r"/claims/(\w+)/verdicts", second)


@pytest.mark.parametrize(
    "following", ["http://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_a_form_leads_to_pages_of_ours_only(browser: TestClient, claim: str, following: str) -> None:
    answer = decide(browser, claim, action="confirm", next=following)
    assert answer.headers["location"] == f"/claims/{claim}?entered=1"


# --- Two people at once -----------------------------------------------------------------------------------------------


def test_whoever_is_slower_sees_what_was_decided_and_may_still_enter_it(
    ledger: Ledger, open_desk: Open, claim: str
) -> None:
    ada, ben = open_desk(ledger), open_desk(ledger)
    forms = [hidden(each.get(f"/claims/{claim}").text) for each in (ada, ben)]
    first = forms[0] | {"by": "Ada", "reason": "heard it", "action": "set", "field": "event", "value": "aid"}
    assert ada.post(f"/claims/{claim}/verdicts", data=first, follow_redirects=False).status_code == 303
    second = forms[1] | {"by": "Ben", "reason": "read it", "action": "set", "field": "event", "value": "flee"}
    answer = ben.post(f"/claims/{claim}/verdicts", data=second, follow_redirects=False)
    assert answer.status_code == 409
    assert "heard it" in answer.text
    assert 'value="flee"' in answer.text
    assert len(ledger.verdict_history()) == 1
    again = hidden(answer.text) | {"by": "Ben", "reason": "read it", "value": "flee"}
    assert ben.post(f"/claims/{claim}/verdicts", data=again, follow_redirects=False).status_code == 303
    assert [(one.by, one.value) for one in ledger.verdict_history(claim=claim)] == [("Ben", "flee"), ("Ada", "aid")]


def test_of_many_at_the_same_moment_one_is_entered_and_the_others_are_told(
    ledger: Ledger, open_desk: Open, claim: str
) -> None:
    browsers = [open_desk(ledger) for _ in range(4)]
    forms = [hidden(each.get(f"/claims/{claim}").text) for each in browsers]

    def send(number: int) -> int:
        form = forms[number] | {"by": f"Reviewer {number}", "reason": "at once", "action": "confirm"}
        answer = browsers[number].post(f"/claims/{claim}/verdicts", data=form, follow_redirects=False)
        return int(answer.status_code)

    with ThreadPoolExecutor(len(browsers)) as pool:
        assert sorted(pool.map(send, range(len(browsers)))) == [303, 409, 409, 409]
    assert len(ledger.verdict_history(claim=claim)) == 1


def test_verdicts_on_other_claims_are_in_nobodys_way(browser: TestClient, ledger: Ledger, claim: str) -> None:
    other = claim_of(ledger, "25 men")
    form = hidden(browser.get(f"/claims/{claim}").text)
    decide(browser, other, action="confirm")
    said = form | {"by": "Ben", "reason": "read it", "action": "confirm"}
    assert browser.post(f"/claims/{claim}/verdicts", data=said, follow_redirects=False).status_code == 303
