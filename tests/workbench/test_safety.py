"""Who may enter, which forms count, and what a browser is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from bywhom.ledger import Ledger
from bywhom.workbench import Settings, create_app
from bywhom.workbench.serving import settings
from bywhom.workbench.settings import is_loopback

PATHS = ("/", "/reports", "/sources", "/claims/ffff", "/static/desk.css", "/nowhere")


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_tells_the_browser_to_load_nothing_from_elsewhere(browser: TestClient, path: str) -> None:
    headers = browser.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("path", PATHS)
def test_no_page_has_script_or_style_inside(browser: TestClient, path: str) -> None:
    page = browser.get(path).text
    assert "<script>" not in page
    assert "<style" not in page
    assert " style=" not in page
    assert "javascript:" not in page


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8117", "127.0.0.1.evil.example", "localhost.evil.example"]
)
def test_a_foreign_name_that_was_made_to_point_here_is_refused(browser: TestClient, host: str) -> None:
    assert browser.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8117", "localhost:8117", "[::1]:8117", "localhost"])
def test_names_of_this_machine_are_let_in(browser: TestClient, host: str) -> None:
    assert browser.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    ("host", "alone"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104
        ("192.0.2.7", False),
        ("desk", False),
    ],
)
def test_whoever_lets_other_machines_in_gets_a_token(host: str, *, alone: bool) -> None:
    assert is_loopback(host) is alone
    assert (settings(host, 8117, None).token is None) is alone


class TestToken:
    @pytest.fixture
    def outside(self, ledger: Ledger, open_desk: Callable[..., TestClient]) -> TestClient:
        return open_desk(ledger, Settings("192.0.2.7", 8117, "open sesame"))

    @pytest.mark.parametrize("query", ["", "?token=", "?token=open", "?token=open+sesam%C3%A9"])
    def test_without_it_nothing_is_told(self, outside: TestClient, query: str) -> None:
        for path in PATHS:
            answer = outside.get(path + query)
            assert answer.status_code == 401
            assert "Kars" not in answer.text

    def test_it_is_taken_from_the_address_once_and_goes_out_of_it(self, outside: TestClient) -> None:
        answer = outside.get("/?q=Kars&token=open+sesame", follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"] == "/?q=Kars"
        assert "httponly" in answer.headers["set-cookie"].lower()
        assert outside.get("/").status_code == 200

    def test_programs_send_it_in_a_header(self, outside: TestClient) -> None:
        assert outside.get("/", headers={"Authorization": "Bearer open sesame"}).status_code == 200
        assert outside.get("/", headers={"Authorization": "Bearer wrong"}).status_code == 401


def posts(ledger: Ledger) -> Iterator[str]:
    """Every address that takes a form."""
    for route in create_app(ledger).routes:
        if isinstance(route, Route) and "POST" in (route.methods or ()):
            yield re.sub(r"\{\w+(:int)?\}", lambda part: "1" if part[1] else "ffff", route.path)
        assert isinstance(route, (Route, Mount))


def test_no_form_counts_without_the_token_of_our_pages(browser: TestClient, ledger: Ledger) -> None:
    browser.get("/")
    for path in posts(ledger):
        if not path.startswith("/api/"):
            assert browser.post(path, data={}).status_code == 403, path
            assert browser.post(path, data={"form_token": "0" * 64}).status_code == 403, path


@pytest.mark.parametrize(
    "headers", [{"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}]
)
def test_no_form_counts_that_another_page_sends(browser: TestClient, ledger: Ledger, headers: dict[str, str]) -> None:
    assert all(browser.post(path, data={}, headers=headers).status_code == 403 for path in (*posts(ledger), "/nowhere"))


def test_files_of_the_machine_are_not_given_out(browser: TestClient) -> None:
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static//etc/passwd", "/static/..%2fapp.py"):
        assert browser.get(path).status_code == 404


def test_a_ledger_that_is_gone_gives_a_page_that_says_what_to_do(browser: TestClient, ledger: Ledger) -> None:
    ledger.path.rename(ledger.path.with_name("elsewhere.db"))
    answer = browser.get("/")
    assert answer.status_code == 503
    assert "put the file back" in answer.text
