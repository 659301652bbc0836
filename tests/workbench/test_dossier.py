"""A dossier: words exactly as they stand, digests, what was left out; names of private people only where they are asked for."""

from __future__ import annotations

import re
import runpy
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bywhom import reviewing
from bywhom.ledger import Ledger, LedgerEntity
from bywhom.ledger.query import ClaimQuery
from bywhom.pipeline import LinkTools
from bywhom.records import Entity, EntityKind

REMOTE = re.compile(r"""(?:src|href)\s*=\s*["'](?!#)|url\(\s*["']?(?!#)|@import|<script""", re.IGNORECASE)


def words(text: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", text)))


@pytest.fixture
def claim(ledger: Ledger) -> str:
    return next(
        each.claim.id
        for each in ledger.find(ClaimQuery(words="redoubt"), limit=9).claims
        if each.claim.attribution.source
    )


def test_a_dossier_has_the_words_the_chain_and_the_digests(browser: TestClient, ledger: Ledger, claim: str) -> None:
    found = ledger.claim(claim)
    made = browser.get(f"/dossier/file?claim={claim}").text
    assert f"<mark>{found.claim.text}</mark>" in unescape(made).replace("\n", "\n")
    for part in (found.claim.document_id, found.text_id, found.document, "Method", "What was left out", "publisher"):
        assert part in made
    assert f"characters {found.claim.span.start}–{found.claim.span.end}" in words(made)
    assert list(ledger.custody())[-1].digest == ledger.last_entry()
    assert ledger.last_entry() in made


def test_the_file_stands_by_itself_and_loads_nothing(browser: TestClient) -> None:
    answer = browser.get("/dossier/file?q=Kars")
    assert answer.headers["content-disposition"].startswith('attachment; filename="kars.html"')
    assert "<style>" in answer.text
    assert not REMOTE.search(answer.text)


def test_a_dossier_of_a_situation_has_its_time_its_map_and_its_footings(browser: TestClient) -> None:
    situation = re.search(r"/situations/([0-9a-f]{16})", browser.get("/situations").text)
    assert situation
    made = browser.get(f"/dossier?situation={situation[1]}").text
    assert all(part in made for part in ("In time", "One origin", 'class="timeline steps"', "Save as one file"))


def test_private_people_are_named_only_where_they_are_asked_for(browser: TestClient, ledger: Ledger) -> None:
    lake = next(each.entity.id for each in ledger.entities() if each.entity.name.endswith("Lake"))
    private = reviewing.on_protection(ledger, lake, "yes", by="A. Reader", reason="a neighbour")
    reviewing.review_all(ledger, [private], tools=LinkTools.load())
    made = words(browser.get("/dossier?q=Kars").text.partition('<article class="dossier">')[2])
    assert "Lake" not in made
    assert "name withheld]" in made
    assert "The names of" in made
    named = words(browser.get("/dossier?q=Kars&names=yes").text)
    assert "Captain Lake" in named
    assert "asked for it" in named


def test_a_rejected_claim_is_left_out_and_that_is_said(browser: TestClient, claim: str) -> None:
    page = browser.get(f"/claims/{claim}").text
    token = re.search(r'name="form_token" value="([0-9a-f]{64})"', page)
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert token
    assert seen
    form = {
        "form_token": token[1], "seen": seen[1], "next": "/", "by": "A. Reader", "reason": "misread", "action": "reject",
    }  # fmt: skip
    assert browser.post(f"/claims/{claim}/verdicts", data=form, follow_redirects=False).status_code == 303
    made = browser.get(f"/dossier?claim={claim}").text
    assert "1 claim that a reviewer rejected" in words(made)
    assert 'id="claim-1"' not in made


def test_without_claims_there_is_a_form_and_no_file(browser: TestClient) -> None:
    assert "Choose claims first" in browser.get("/dossier").text
    assert browser.get("/dossier/file").status_code == 400
    assert browser.get("/dossier?claim=ffffffff").status_code == 404


def test_what_its_maker_writes_is_words_and_nothing_else(browser: TestClient) -> None:
    bad = '<script>alert(1)</script>"\u202e'
    made = browser.get("/dossier/file", params={"q": "Kars", "title": bad, "author": bad, "question": bad, "note": bad})
    assert "<script" not in made.text
    assert "\u202e" not in made.text
    assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.html"', made.headers["content-disposition"])


def test_a_town_that_was_read_as_a_person_too_is_named(
    browser: TestClient, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = Entity("1" * 16, "Kars", EntityKind.PLACE)
    mistaken = Entity("2" * 16, "Kars", EntityKind.PERSON, protected=True)
    private = Entity("3" * 16, "Captain Lake", EntityKind.PERSON, protected=True)
    here = [LedgerEntity(each, 1, 1, 1) for each in (town, mistaken, private)]
    monkeypatch.setattr(ledger, "protected_in", lambda reports: dict.fromkeys(reports, here))
    made = words(browser.get("/dossier/file?q=Kars").text)
    assert "Kars" in made
    assert "Lake" not in made


def test_a_dossier_is_the_same_on_paper_with_numbered_pages(browser: TestClient, tmp_path: Path) -> None:
    pdfium: Any = pytest.importorskip("pypdfium2")
    screens = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "make_screens.py"))
    if screens["chromium"]() is None:
        pytest.skip("there is no Chromium: ./dev browser installs one where it can")
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed: ./dev test installs it")
    file = tmp_path / "dossier.html"
    file.write_text(browser.get("/dossier/file?q=Kars").text, encoding="utf-8")
    with screens["browser"]() as opened:
        page = opened.new_context(java_script_enabled=False).new_page()
        page.goto(file.as_uri())
        printed = pdfium.PdfDocument(page.pdf(prefer_css_page_size=True))
    pages = [re.sub(r"\s+", " ", each.get_textpage().get_text_range()) for each in printed]
    assert all(f"{number} of {len(pages)}" in each for number, each in enumerate(pages, 1))
    assert "What was left out" in " ".join(pages)
