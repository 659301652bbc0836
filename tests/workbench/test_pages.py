"""Every page says what it should, without a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bywhom import pipeline
from bywhom.export.records import chain
from bywhom.ledger import Ledger
from bywhom.ledger.query import ClaimQuery
from bywhom.running import AddOptions


def claim_with(ledger: Ledger, words: str) -> str:
    return next(each.claim.id for each in ledger.find(ClaimQuery(), limit=100).claims if words in each.claim.text)


def test_find_shows_claims_with_who_says_so_on_whose_word(browser: TestClient) -> None:
    page = browser.get("/").text
    assert "fired on the redoubt" in page
    assert re.search(r"muleteer.*via.*Trebizond\s+Gazette", page, re.DOTALL)


def test_a_claim_marks_its_words_each_in_its_way(browser: TestClient, ledger: Ledger) -> None:
    page = browser.get(f"/claims/{claim_with(ledger, 'fired on the redoubt')}").text
    for kind in ("content", "source", "cue", "place", "time"):
        assert f'class="tag tag-{kind}"' in page, kind
        assert f"m-{kind}" in page, kind


def test_the_chain_is_drawn_and_stands_in_a_table(browser: TestClient, ledger: Ledger) -> None:
    (found,) = ledger.claims_by_id([claim_with(ledger, "40 men")])
    page = browser.get(f"/claims/{found.claim.id}").text
    drawing = re.search(r"<svg.*?</svg>", page, re.DOTALL)
    assert drawing
    names = re.findall(r'class="name">([^<]*)<', drawing[0])
    assert len(names) > 1
    assert names == [hop.name or "a publisher not named" for hop in chain(found)]
    hands = range(1, len(names) + 1)
    assert all(f'id="hop-{number}"' in page and f'href="#hop-{number}"' in drawing[0] for number in hands)


def test_a_claim_and_its_words_in_the_report_lead_to_each_other(browser: TestClient, ledger: Ledger) -> None:
    claim = claim_with(ledger, "fired on the redoubt")
    page = browser.get(f"/claims/{claim}").text
    link = re.search(rf'href="(/reports/\w+)\?claim={claim}#(w-\w+)"', page)
    assert link
    report = browser.get(link[1]).text
    assert f'id="{link[2]}"' in report
    assert f'href="/claims/{claim}"' in report


def test_a_report_shows_what_was_left_out_and_why(browser: TestClient, ledger: Ledger) -> None:
    (report,) = (each for each in ledger.documents() if each.name == "courier")
    page = browser.get(f"/reports/{report.id}").text
    assert re.search(r'class="block unread[^"]*"><span class="why">[^<]+</span>[^<]*(<[^>]*>)*[^<]*mulberries', page)
    assert report.id in page
    assert (report.text_id or "?") in page


def test_a_report_that_could_not_be_read_says_why(browser: TestClient, ledger: Ledger) -> None:
    (report,) = ledger.documents(state="unread")
    assert report.why in browser.get(f"/reports/{report.id}").text
    assert report.why in browser.get("/reports?only=unread").text


def test_a_source_shows_what_it_says(browser: TestClient, ledger: Ledger) -> None:
    speaker = next(each.entity for each in ledger.entities() if each.said)
    page = browser.get(f"/sources/{speaker.id}").text
    assert all(f"/claims/{each.claim.id}" in page for each in ledger.who(speaker.id).said)


def test_a_source_shows_what_rests_on_its_word_and_how_its_numbers_changed(
    browser: TestClient, ledger: Ledger, tmp_path: Path
) -> None:
    for name, count in (("one", 40), ("two", 90)):
        text = f"Losses at Kars\n\n1{count // 10} June 1855\n\nCaptain Lake said that {count} men were killed near Kars on 12 June 1855.\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    pipeline.add([str(tmp_path / f"{name}.txt") for name in ("one", "two")], ledger, options=AddOptions(link=True))
    lake = max((each for each in ledger.entities() if "Lake" in each.entity.name), key=lambda each: each.said).entity
    changes = browser.get(f"/sources/{lake.id}?part=changes").text
    assert len(ledger.who(lake.id).revisions) == changes.count("<tr>") - ("<thead>" in changes)
    rests = browser.get(f"/sources/{lake.id}?part=rests").text
    assert all(f"/claims/{each.claim.id}" in rests for each in ledger.who(lake.id).said)


@pytest.mark.parametrize("path", ["/claims/ffff", "/claims/%3Cb%3E", "/reports/nothing", "/sources/nobody", "/nowhere"])
def test_what_is_not_there_gives_a_page_that_says_so(browser: TestClient, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 404
    assert "<h1>There is no such page</h1>" in answer.text


@pytest.mark.parametrize("query", ["event=dance", "credibility=9", "box=1,2", "box=a,b,c,d", "contested=perhaps"])
def test_a_condition_that_cannot_be_gives_a_page_that_says_so(browser: TestClient, query: str) -> None:
    answer = browser.get(f"/?{query}")
    assert answer.status_code == 400
    assert query.partition("=")[2].partition(",")[0] in answer.text


def test_an_empty_ledger_says_what_to_do(tmp_path: Path, open_desk: Callable[..., TestClient]) -> None:
    with Ledger.open(tmp_path / "empty.db") as empty:
        assert "bywhom add" in open_desk(empty).get("/").text
