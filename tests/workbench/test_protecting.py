"""Whether somebody is a private person: what a person decides counts wherever names leave the ledger, and nobody's verdict is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

from bywhom import pipeline
from bywhom.ledger import Ledger
from bywhom.ledger.query import ClaimQuery
from bywhom.running import AddOptions

Open = Callable[..., TestClient]
TOKEN = re.compile(r'name="form_token" value="([0-9a-f]{64})"')


def token(page: str) -> str:
    found = TOKEN.search(page)
    assert found
    return found[1]


def lake(ledger: Ledger) -> tuple[str, str]:
    """Captain Lake, and one of his claims."""
    found = next(each for each in ledger.entities() if each.entity.name.endswith("Lake") and each.said)
    claim = ledger.find(ClaimQuery(says=found.entity.id), limit=1).claims[0]
    return found.entity.id, claim.claim.id


def decide(browser: TestClient, who: str, value: str, reason: str, seen: str | None = None) -> int:
    page = browser.get(f"/sources/{who}").text
    last = re.search(r'name="seen" value="(\d+)"', page)
    assert last
    form = {"form_token": token(page), "seen": seen or last[1], "by": "A. Reader", "reason": reason, "value": value}
    return browser.post(f"/sources/{who}/verdicts", data=form).status_code


def test_what_a_person_decides_counts_in_the_dossier_and_the_api(ledger: Ledger, browser: TestClient) -> None:
    who, claim = lake(ledger)
    for value, hidden in (("yes", True), ("no", False)):
        assert decide(browser, who, value, f"it is {value}") == 200
        dossier = browser.get(f"/dossier/file?claim={claim}").text
        assert ("Lake" not in dossier) is hidden
        assert ("name withheld" in dossier) is hidden
        told = browser.get(f"/api/sources/{who}").json()["source"]
        assert (told["protected"], told["name"] is None) == (hidden, hidden)
        listed = {each["id"]: each["name"] for each in browser.get("/api/sources?q=Lake").json()["sources"]}
        assert (listed[who] is None) is hidden
        assert "Lake" in browser.get(f"/api/sources/{who}?names=yes&by=Ada").json()["source"]["name"]
        assert "Lake" in browser.get(f"/dossier/file?claim={claim}&names=yes").text


def test_it_is_taken_back_by_another_verdict(ledger: Ledger, browser: TestClient) -> None:
    who, _ = lake(ledger)
    before = ledger.named(who)[0].entity.protected
    decide(browser, who, "no" if before else "yes", "by mistake")
    assert ledger.named(who)[0].entity.protected is not before
    page = browser.get(f"/sources/{who}").text
    seq = ledger.last_verdict()
    form = {"form_token": token(page), "by": "A. Reader", "reason": "it was one", "next": f"/sources/{who}"}
    assert browser.post(f"/verdicts/{seq}/undo", data=form).status_code == 200
    assert ledger.named(who)[0].entity.protected is before
    page = browser.get(f"/sources/{who}").text
    assert "by mistake" in page
    assert "taken back" in page


def test_of_two_people_at_once_the_slower_is_told(ledger: Ledger, browser: TestClient) -> None:
    who, _ = lake(ledger)
    seen = str(ledger.last_verdict())
    assert decide(browser, who, "yes", "first") == 200
    assert decide(browser, who, "no", "second", seen) == 409
    assert [one.reason for one in ledger.decided_of(who)] == ["first"]
    assert ledger.named(who)[0].entity.protected


def test_nobody_is_decided_about_who_is_not_there(ledger: Ledger, browser: TestClient) -> None:
    who, _ = lake(ledger)
    form = {
        "form_token": token(browser.get(f"/sources/{who}").text),
        "seen": "0",
        "by": "A",
        "reason": "b",
        "value": "yes",
    }
    assert browser.post("/sources/0123456789abcdef/verdicts", data=form).status_code == 400
    assert browser.post(f"/sources/{who}/verdicts", data=form | {"value": "perhaps"}).status_code == 400


def test_the_api_names_nobody_in_claims_and_reports_unless_somebody_asks_for_it(
    ledger: Ledger, browser: TestClient
) -> None:
    who, claim = lake(ledger)
    decide(browser, who, "yes", "he is a prisoner")
    report = ledger.claim(claim).claim.document_id
    for where in (f"/api/claims?report={report}", f"/api/claims/{claim}", f"/api/reports/{report}"):
        with_names = where + ("&" if "?" in where else "?") + "names=yes"
        assert "Lake" not in browser.get(where).text
        assert browser.get(with_names).status_code == 400  # who asks?
        before = len(list(ledger.custody()))
        assert "Lake" in browser.get(with_names + "&by=Ada").text
        (entry,) = list(ledger.custody())[before:]
        assert (entry.act, "Ada" in entry.details) == ("release", True)
    page = browser.get(f"/api/claims?report={report}").json()
    assert page["masked"] == sum(each["protected"] for each in page["claims"]) > 0
    text = browser.get(f"/api/reports/{report}").json()["text"]
    doc = ledger.document(report).document
    assert doc
    assert len(text) == len(doc.text)


def test_a_private_person_of_a_report_that_is_not_cited_is_not_named_either(tmp_path: Path, open_desk: Open) -> None:
    reports = {
        "one.txt": "15 June 1855\n\nCaptain Hale said that the redoubt near Kars had been seized by the Russian army on Wednesday.\n",
        "two.txt": "16 June 1855\n\nColonel Thompson said that the Russian army had not seized the redoubt near Kars on Wednesday.\n",
    }
    for name, text in reports.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Ledger.open(tmp_path / "desk.db") as ledger:
        pipeline.add([str(tmp_path / name) for name in reports], ledger, options=AddOptions(link=True))
        browser = open_desk(ledger)
        hale, thompson = (
            next(each for each in ledger.entities() if name in each.entity.name) for name in ("Hale", "Thompson")
        )
        claim = ledger.find(ClaimQuery(says=thompson.entity.id), limit=1).claims[0].claim.id
        assert "Hale" in browser.get(f"/dossier?claim={claim}").text  # as one who says otherwise
        assert decide(browser, hale.entity.id, "yes", "a neighbour") == 200
        for page in (f"/dossier?claim={claim}", f"/dossier/file?claim={claim}"):
            assert "Hale" not in browser.get(page).text
            assert "name withheld" in browser.get(page).text
