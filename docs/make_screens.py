"""Make the pictures of the workbench in docs/screens/ anew: ./dev screens

The shipped reports are read into a ledger of its own, the workbench is started on it as anybody would, and each view is opened in a
Chromium without a screen. tests/workbench/test_browser.py opens the same views in the same way.
"""
# ruff: noqa: INP001, S603, T201  a script beside the pages it makes; it runs our own program and says what it did

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
REPORTS = ROOT / "reports" / "mutinies-1917"
SCREENS = ROOT / "docs" / "screens"
SIZE = {"width": 1200, "height": 860}


@dataclass(frozen=True)
class View:
    """One page of the workbench, and what the picture is called."""

    name: str
    path: str
    whole: bool = False  # the whole page, not what a window shows of it
    media: str = "screen"
    picture: bool = True  # else only looked at by the tests


@dataclass(frozen=True)
class Desk:
    """A workbench that runs, and what of its ledger is worth looking at."""

    address: str
    claim: str
    report: str
    source: str
    situation: str

    def views(self) -> list[View]:
        """Every view that a person meets."""
        return [
            View("find", "/?q=refused"),
            View("claim", f"/claims/{self.claim}", whole=True),
            View("report", f"/reports/{self.report}"),
            View("sources", "/sources"),
            View("source", f"/sources/{self.source}"),
            View("who", f"/sources/{self.source}?part=who"),
            View("situations", "/situations"),
            View("situation", f"/situations/{self.situation}", whole=True),
            View("map", "/map"),
            View("borders", "/map?view=41,26,50,46"),
            View("timeline", "/timeline"),
            View("origins", "/origins?q=Soissons"),
            View("review", "/review"),
            View("history", "/history", picture=False),
            View("searches", "/searches", picture=False),
            View("api", "/api", picture=False),
            View("add", "/add"),
            View("dossier", f"/dossier?situation={self.situation}"),
            View("dossier-print", f"/dossier?situation={self.situation}", media="print"),
            View("map-print", "/map", whole=True, media="print"),
        ]


def chromium() -> str | None:
    """The Chromium of this machine, or the one that BYWHOM_CHROMIUM names."""
    named = os.environ.get("BYWHOM_CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextmanager
def browser() -> Iterator[Any]:
    """A Chromium without a screen; it is closed afterwards."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only this script and one test need it

    # In a container the sandbox of Chromium cannot be had by root; it opens nothing but our own pages.
    options = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=options)
        try:
            yield opened
        finally:
            opened.close()


@contextmanager
def desk(folder: Path) -> Iterator[Desk]:
    """A workbench on the shipped reports, as `bywhom serve` runs it; it is ended afterwards."""
    # From inside the folder, so that no path of this machine comes into the pictures.
    shutil.copytree(REPORTS, folder / "reports")
    _bywhom(folder, "add", "reports", "--quiet")
    _bywhom(folder, "link", "--quiet")
    command = [sys.executable, "-m", "bywhom", "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=folder, env=_environment(), stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as running:
        try:
            assert running.stderr is not None  # noqa: S101  it was asked for
            said = running.stderr.readline()
            address = re.search(r"http://\S+?(?=/?\s*$)", said)
            if address is None:
                raise SystemExit(f"bywhom serve did not start: {said}{running.stderr.read()}")
            yield _desk(address[0], folder)
        finally:
            running.terminate()


def _desk(address: str, folder: Path) -> Desk:
    """The workbench with the claim with the longest chain and most for and against it, its report, a source and the largest situation."""
    claims = [json.loads(line) for line in _bywhom(folder, "claims", "--json").splitlines()]
    found = [json.loads(line) for line in _bywhom(folder, "situations", "--json").splitlines()]
    told = max(claims, key=lambda each: (2 * len(each["via"]) + _weight(each), each["id"]))
    speakers = Counter(each["source_id"] for each in claims if each["source_id"])
    source = max(speakers, key=lambda each: (speakers[each], each))
    largest = max(found, key=lambda each: (len(each["claims"]), each["id"]))
    return Desk(address, told["id"], told["document_id"], source, largest["id"])


def _weight(claim: dict[str, Any]) -> int:
    grade = claim["grade"] or {"for": [], "against": []}
    return len(grade["for"]) + 2 * len(grade["against"])


def _bywhom(folder: Path, *words: str) -> str:
    command = [sys.executable, "-m", "bywhom", *words]
    done = subprocess.run(
        command, cwd=folder, env=_environment(), capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode not in (0, 1):  # 1: a report that cannot be read, and there is one in French
        raise SystemExit(done.stderr)
    return done.stdout


def _environment() -> dict[str, str]:
    """Our own, without what would lead to another ledger or to other tables."""
    return {name: value for name, value in os.environ.items() if not name.startswith("BYWHOM_")}


def take(opened: Any, running: Desk, view: View, target: Path) -> None:  # noqa: ANN401  playwright's browser
    """Take one picture."""
    context = opened.new_context(viewport=SIZE, color_scheme="light", reduced_motion="reduce", locale="en-GB")
    page = context.new_page()
    page.goto(running.address + view.path)
    page.wait_for_load_state("networkidle")
    page.emulate_media(media=view.media)
    page.screenshot(path=target / f"{view.name}.png", full_page=view.whole)
    context.close()


def main() -> int:
    """Make all pictures; 1 where there is no Chromium."""
    if chromium() is None:
        print("There is no Chromium. ./dev browser installs one where it can.", file=sys.stderr)
        return 1
    SCREENS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, desk(Path(folder)) as running, browser() as opened:
        for view in (each for each in running.views() if each.picture):
            take(opened, running, view, SCREENS)
            print(f"docs/screens/{view.name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
