"""The API answers what its description says, with the same queries as everything else."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from bywhom.export import protected
from bywhom.export.records import record
from bywhom.ledger import Ledger
from bywhom.ledger.query import ClaimQuery
from bywhom.workbench.views.api import OPERATIONS, Operation, openapi


def filled(path: str, ledger: Ledger) -> str:
    """The path with ids of what is there."""
    claim = ledger.find(ClaimQuery(), limit=1).claims[0].claim
    entity = next(ledger.entities()).entity
    return path.format(claim=claim.id, report=claim.document_id, source=entity.id)


@pytest.mark.parametrize("one", OPERATIONS, ids=lambda one: one.path)
def test_every_operation_answers_with_the_keys_of_its_description(
    browser: TestClient, ledger: Ledger, one: Operation
) -> None:
    answer = browser.get(filled(one.path, ledger))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert tuple(answer.json()) == one.answers


def test_the_description_is_whole(browser: TestClient) -> None:
    given = browser.get("/api/openapi.json").json()
    assert given == openapi()
    assert list(given["paths"]) == [one.path for one in OPERATIONS]
    parameters = {each["name"] for each in given["paths"]["/api/claims"]["get"]["parameters"]}
    assert parameters >= {
        "q",
        "event",
        "since",
        "until",
        "box",
        "contested",
        "reviewed",
        "reliability",
        "after",
        "limit",
    }
    assert given["paths"]["/api/claims/{claim}"]["get"]["parameters"][0]["in"] == "path"


def test_people_can_read_the_description_too(browser: TestClient) -> None:
    page = browser.get("/api").text
    assert all(one.path in page for one in OPERATIONS)


def test_claims_are_those_of_the_python_api_page_by_page(browser: TestClient, ledger: Ledger) -> None:
    wanted = [each.claim.id for each in ledger.find(ClaimQuery(words="kars OR redoubt"), limit=100).claims]
    found, address = [], "/api/claims?q=kars+OR+redoubt&limit=1"
    while address:
        page = browser.get(address).json()
        found += [each["id"] for each in page["claims"]]
        address = page["next"]
    assert found == wanted


def test_a_claim_is_as_the_export_writes_it(browser: TestClient, ledger: Ledger) -> None:
    (found,) = ledger.find(ClaimQuery(), limit=1).claims
    given = browser.get(f"/api/claims/{found.claim.id}").json()["claim"]
    (marked,) = protected(ledger, [found])
    plain = record(marked)
    assert {key: value for key, value in given.items() if key != "grade"} == {
        key: value for key, value in plain.items() if key != "grade"
    }
    assert given["grade"]["credibility"] in range(1, 7)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/claims?event=dance", 400),
        ("/api/claims?limit=0", 400),
        ("/api/claims?limit=9999", 400),
        ("/api/claims?after=zzz", 400),
        ("/api/claims/ffff", 404),
        ("/api/reports/nothing", 404),
        ("/api/sources/nobody", 404),
        ("/api/verdicts?before=x", 400),
        ("/api/nothing", 404),
    ],
)
def test_what_cannot_be_answered_says_why_in_json(browser: TestClient, path: str, status: int) -> None:
    answer = browser.get(path)
    assert answer.status_code == status
    assert set(answer.json()) == {"status", "title", "detail"}
    assert answer.json()["detail"]
