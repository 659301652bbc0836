"""Whatever goes wrong gives a page that says what, and what to do; and JSON where JSON was asked for."""

from __future__ import annotations

import shutil

import pytest
from starlette.testclient import TestClient

from bywhom.errors import BywhomError, LedgerError, LedgerLocked, NoSpace
from bywhom.ledger import Ledger
from bywhom.ledger.query import ClaimQuery

FAULTS = [
    (LedgerLocked("desk.db is held by another program; wait for it to end"), 503, "cannot be reached just now"),
    (NoSpace("the disk of desk.db is full; make room, then try again"), 507, "The disk is full"),
    (LedgerError("desk.db is damaged; restore a copy"), 500, "cannot be used"),
]


@pytest.mark.parametrize(("fault", "status", "heading"), FAULTS, ids=lambda one: type(one).__name__)
def test_a_fault_of_the_ledger_is_told_with_its_remedy(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch, fault: BywhomError, status: int, heading: str
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(Ledger, "find", broken)
    page = browser.get("/")
    assert page.status_code == status
    assert heading in page.text
    assert str(fault) in page.text
    data = browser.get("/api/claims")
    assert data.status_code == status
    assert data.json()["detail"] == str(fault)


def test_a_fault_of_ours_tells_nothing_of_its_inside(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(Ledger, "find", broken)
    for path in ("/", "/api/claims"):
        answer = browser.get(path)
        assert answer.status_code == 500
        assert "fault of ours" in answer.text
        assert "secret" not in answer.text
        assert "Traceback" not in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_claim_is_shown_though_its_report_is_missing_from_the_archive(browser: TestClient, ledger: Ledger) -> None:
    claim = ledger.find(ClaimQuery(), limit=1).claims[0]
    shutil.rmtree(ledger.archive.folder)
    page = browser.get(f"/claims/{claim.claim.id}")
    assert page.status_code == 200
    assert "cannot be shown beside it" in page.text
    assert claim.claim.text.split()[0] in page.text
    report = browser.get(f"/reports/{claim.claim.document_id}")
    assert report.status_code == 500
    assert str(ledger.archive.folder) in report.text


def test_a_request_of_the_wrong_kind_is_told_so(browser: TestClient) -> None:
    assert browser.put("/").status_code == 405
    assert browser.delete("/claims/ffff").status_code == 405
