"""Add: files, addresses and texts come in, are read beside the work, and what could not be read is said."""

from __future__ import annotations

import errno
import io
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from bywhom.errors import LedgerLocked, NoSpace, UsageError
from bywhom.ledger import Ledger
from bywhom.progress import Progress, Summary
from bywhom.workbench import Settings
from bywhom.workbench.adding import WAITING, Adding, file_name, spoken, stored, web_address

TEXT = "Sinope burned\n\n2 December 1853\n\nThe Turkish squadron was destroyed at Sinope, a pilot said.\n"


def token(page: str) -> dict[str, str]:
    found = re.search(r'name="form_token" value="([0-9a-f]{64})"', page)
    assert found, page
    return {"form_token": found[1]}


def settled(browser: TestClient, address: str) -> str:
    """The page of a batch once it is over."""
    deadline = time.monotonic() + 120
    while 'http-equiv="refresh"' in (page := browser.get(address).text):
        assert time.monotonic() < deadline, page
        time.sleep(0.05)
    return page


def test_a_file_and_a_text_are_read_linked_and_found(browser: TestClient, ledger: Ledger) -> None:
    form = token(browser.get("/add").text) | {
        "by": "Ada",
        "text": TEXT.replace("Sinope", "Varna"),
        "name": "a pasted text",
    }
    files = [("files", ("../../sinope.txt", TEXT.encode(), "text/plain"))]
    answer = browser.post("/add", data=form, files=files, follow_redirects=False)
    assert answer.status_code == 303
    page = settled(browser, answer.headers["location"])
    assert "<h1>Read</h1>" in page
    assert "2 reports: 2 new" in page
    assert "pilot" in browser.get("/?q=squadron+sinope").text
    names = sorted(each.name for each in ledger.documents())
    assert {"sinope", "a pasted text"} <= set(names)
    (sinope,) = (each for each in ledger.documents() if each.name == "sinope")
    location = Path(sinope.collections[0].location)
    assert location.parent.parent == ledger.path.with_name("desk.db.added")
    assert location.read_bytes() == TEXT.encode()


def test_an_address_of_this_network_is_not_fetched(browser: TestClient) -> None:
    form = token(browser.get("/add").text) | {"url": "http://127.0.0.1:9/ http://169.254.169.254/latest http://[::1]/"}
    page = settled(browser, browser.post("/add", data=form, follow_redirects=False).headers["location"])
    assert "3 problems" in page
    problems = browser.get("/reports").text
    assert problems.count("an address of this machine or its network") == 3


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"url": "/etc/passwd"},
        {"url": "file:///etc/passwd"},
        {"url": "-"},
        {"url": "ftp://x.example/"},
        {"text": "  "},
    ],
    ids=str,
)
def test_what_cannot_be_added_is_said(browser: TestClient, ledger: Ledger, form: dict[str, str]) -> None:
    before = ledger.counts()
    answer = browser.post("/add", data=token(browser.get("/add").text) | form)
    assert answer.status_code == 400
    assert ledger.counts() == before


@pytest.mark.parametrize("path", ["/add", "/searches"])
def test_more_than_may_be_is_refused(ledger: Ledger, open_desk: Callable[..., TestClient], path: str) -> None:
    browser = open_desk(ledger, Settings(upload=1 << 20, form=1 << 19))
    data = token(browser.get("/add").text)
    answer = browser.post(path, data=data, files=[("files", ("a.txt", b"x" * (2 << 20), "text/plain"))])
    assert answer.status_code == 413
    assert not list(ledger.path.parent.glob("desk.db.added/*/*"))


# --- One after the other ----------------------------------------------------------------------------------------------


class Slow:
    """Reads nothing, as slowly as it is told to."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.running = self.most = 0

    def __call__(self, sources: Sequence[str], _: Ledger, progress: Callable[[Progress], None]) -> Summary:
        self.running += 1
        self.most = max(self.most, self.running)
        progress(Progress(1, 0, 2, 0, "kars"))
        self.go.wait(10)
        self.running -= 1
        if "bad" in sources[0]:
            raise LedgerLocked("desk.db is held by another program; wait for it to end")
        return Summary(1, 1, 0, 0, 0, 2, 0, 0, 0.1)


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def adding(ledger: Ledger, slow: Slow) -> Iterator[Adding]:
    made = Adding(ledger, Settings(), slow)
    yield made
    slow.go.set()
    made.close()


def until(adding: Adding, number: int, state: str) -> None:
    deadline = time.monotonic() + 20
    while (found := adding.batch(number)) is None or found.state != state:
        assert time.monotonic() < deadline, found
        time.sleep(0.01)


def test_batches_are_read_one_after_the_other_and_say_how_far_they_are(adding: Adding, slow: Slow) -> None:
    first, second, bad = (adding.add([name], [name], "Ada") for name in ("one", "two", "bad"))
    until(adding, first.number, "reading")
    waiting = adding.batch(second.number)
    assert waiting is not None
    assert waiting.state == "waiting"
    slow.go.set()
    until(adding, second.number, "done")
    until(adding, bad.number, "failed")
    failed = adding.batch(bad.number)
    assert failed is not None
    assert "wait for it to end" in failed.fault
    assert slow.most == 1
    assert [each.names for each in adding.batches()] == [("bad",), ("two",), ("one",)]


def test_there_is_an_end_to_waiting(adding: Adding) -> None:
    for number in range(WAITING):
        adding.add([f"{number}"], [f"{number}"], "")
    with pytest.raises(UsageError, match="are waiting already"):
        adding.add(["one more"], ["one more"], "")


# --- Names and disks --------------------------------------------------------------------------------------------------


@settings(deadline=None)  # no timed assertions
@given(st.text(max_size=300))
def test_a_file_name_names_one_visible_file_and_no_folder(written: str) -> None:
    name = file_name(written)
    assert name
    assert not name.startswith(".")
    assert not set(name) & set('/\\\0\n<>:"|?*')
    assert len(name) <= 120
    assert Path("folder", name).parent == Path("folder")


def test_two_files_of_one_name_are_both_kept(tmp_path: Path) -> None:
    paths = [stored(tmp_path, "a.txt", io.BytesIO(data)) for data in (b"1", b"2")]
    assert [path.read_bytes() for path in paths] == [b"1", b"2"]


def test_a_full_disk_is_said_to_be_full(tmp_path: Path) -> None:
    with pytest.raises(NoSpace, match="make room"), spoken(tmp_path / "a"):
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("written", ["https://example.org/a?b=1", "http://example.org"])
def test_an_address_of_the_web_is_taken_as_it_is(written: str) -> None:
    assert web_address(written) == written
