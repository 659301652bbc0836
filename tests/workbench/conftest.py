"""A small ledger read from invented reports on an old war, and a browser without a screen."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bywhom import pipeline
from bywhom.ledger import Ledger
from bywhom.running import AddOptions
from bywhom.workbench import Settings, create_app

REPORTS = {
    "courier.txt": """Garrison of Kars fires on redoubt

12 June 1855

The garrison of Kars fired on the redoubt on Tuesday, Captain Lake said. About 40 men were killed near Kars, a
muleteer told the Trebizond Gazette.

Colonel Thompson denied that the redoubt was lost. "We hold every gun," he told the Levant Herald.

Read also: ten recipes with mulberries
""",
    "herald.txt": """Redoubt near Kars taken, travellers say

14 June 1855

Travellers from Erzurum said that the redoubt near Kars had been seized. Captain Lake said that 25 men were killed.
""",
    "письмо.txt": """Die Besatzung von Kars hat die Waffen niedergelegt und wartet nun auf die Ankunft der russischen Armee in der Stadt.
""",
}
Open = Callable[..., TestClient]


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with the reports, linked; never to be written to."""
    folder = tmp_path_factory.mktemp("desk")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / "desk.db"
    with Ledger.open(path) as ledger:
        pipeline.add([str(folder / name) for name in REPORTS], ledger, options=AddOptions(link=True))
    return path


@pytest.fixture
def ledger(read_once: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of the test's own."""
    path = tmp_path / "desk.db"
    shutil.copy(read_once, path)
    shutil.copytree(read_once.with_name("desk.db.archive"), tmp_path / "desk.db.archive")
    with Ledger.open(path) as opened:
        yield opened


@pytest.fixture
def open_desk() -> Iterator[Open]:
    """A browser at a ledger's desk."""
    browsers = []

    def opened(ledger: Ledger, settings: Settings | None = None, **more: object) -> TestClient:
        settings = settings or Settings()
        more = {"base_url": settings.address, "raise_server_exceptions": False} | more
        browsers.append(TestClient(create_app(ledger, settings), **more))  # type: ignore[arg-type]
        return browsers[-1]

    yield opened
    for browser in browsers:
        browser.close()


@pytest.fixture
def browser(ledger: Ledger, open_desk: Open) -> TestClient:
    """A browser at the desk of `ledger`."""
    return open_desk(ledger)


def token(page: str) -> str:
    """The token in the forms of a page."""
    found = re.search(r'name="form_token" value="([0-9a-f]{64})"', page)
    assert found, page
    return found[1]


def text_of(page: str) -> str:
    """What a page says, without its elements."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
