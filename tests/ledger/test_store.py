"""What goes into a ledger comes out of it, once, whatever the order in which it came."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bywhom.errors import ArchiveDamaged, UsageError
from bywhom.ledger import ClaimQuery, Counts, Ledger, Original, Recorded, rows
from bywhom.records import Capture, Collection, Problem, Span

TEXT = "Kars. The Courier reports that Captain Ömer’s battery fired on the redoubt near Kars in June 1855. It rained."
OTHER = "Odesa. The Courier reports that Captain Ömer’s horse ran away. battery fired on the redoubt"


def everything(ledger: Ledger) -> list[Any]:
    """All that a ledger says, but for the custody log, which also says in which order it came to say so."""
    return [list(ledger.claims()), list(ledger.documents()), list(ledger.problems())]


def test_a_document_and_its_claims_come_back_equal(ledger: Ledger, make: Any) -> None:
    ledger.record([make.report()])
    doc = make.document()
    found = ledger.document("kars")
    assert found.document == doc
    assert found.collections == (make.raw().collection,)
    assert tuple(each.claim for each in ledger.claims_of(doc.id)) == make.claims(doc)
    assert [(each.document, each.names) for each in ledger.claims()] == [("kars", ("kars",))] * 2


def test_what_an_archive_said_of_its_copy_comes_back_and_is_logged(ledger: Ledger, make: Any) -> None:
    capture = Capture("1855-07-01T10:00:00Z", "<urn:uuid:1>", "https://example.org/kars", "The Archive")
    raw, reading = make.raw(capture=capture), rows.reading(make.document(), (), (), reader="reader 1")
    ledger.archive.put(raw.data)
    ledger.record([rows.report(raw, make.document().id, "0" * 40, reading)])
    ledger.record([make.report(location="elsewhere")])
    assert [each.capture for each in ledger.document("kars").collections] == [capture, None]
    assert ["<urn:uuid:1>" in entry.details for entry in ledger.custody() if entry.act == "collect"] == [True, False]


def test_reading_twice_changes_nothing(ledger: Ledger, make: Any) -> None:
    first = ledger.record([make.report()])
    before, log = everything(ledger), list(ledger.custody())
    assert first == Recorded(documents=1, reread=0, appearances=1, claims=2)
    assert ledger.record([make.report()]) == Recorded()
    assert (everything(ledger), list(ledger.custody())) == (before, log)


def test_a_copy_is_the_same_document_at_another_place(ledger: Ledger, make: Any) -> None:
    ledger.record([make.report("kars")])
    ledger.record([make.report("zz-copy")])
    assert ledger.counts().documents == 1
    (found,) = ledger.claims(ClaimQuery(words="redoubt"))
    assert found.document == "kars"
    assert found.names == ("kars", "zz-copy")
    assert [each.location for each in ledger.document("zz-copy").collections] == ["box/kars.txt", "box/zz-copy.txt"]
    assert [entry.act for entry in ledger.custody()] == ["collect", "read", "collect"]


def test_the_least_name_is_shown_whatever_came_first(tmp_path: Path, make: Any) -> None:
    shown = []
    for number, order in enumerate(permutations(["b", "a", "c"])):
        with Ledger.open(tmp_path / f"{number}.db", archive=make.ledger.archive) as ledger:
            for name in order:
                ledger.record([make.report(name)])
            shown.append(everything(ledger))
    assert all(each == shown[0] for each in shown)
    assert shown[0][1][0].name == "a"


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(range(8)), sizes=st.lists(st.integers(1, 4), min_size=8, max_size=8))
def test_neither_order_nor_batches_change_what_a_ledger_says(
    tmp_path_factory: pytest.TempPathFactory, factory: Any, order: Any, sizes: Any
) -> None:
    folder = tmp_path_factory.mktemp("order")
    texts = (TEXT, OTHER)
    with Ledger.open(folder / "straight.db") as straight, Ledger.open(folder / "other.db") as other:
        make = factory(straight)
        reports = [make.report(name, texts[number % 2]) for number, name in enumerate("fahcbegd")]
        straight.record(reports)
        waiting = [reports[number] for number in order]
        for size in sizes:
            other.record(waiting[:size])
            del waiting[:size]
        assert everything(other) == everything(straight)


def test_a_newer_reader_replaces_what_an_older_one_read(ledger: Ledger, make: Any) -> None:
    stale = Problem("cleaning", "The date is doubtful.", document_id=make.document().id)
    ledger.record([make.report(problems=[stale])])
    doc = make.document()
    newer = (replace(make.claims(doc)[0], distanced=True),)
    again = make.report(reader="reader 2", claims=newer)
    assert ledger.record([again]) == Recorded(documents=0, reread=1, appearances=0, claims=1)
    assert [each.claim for each in ledger.claims()] == list(newer)
    assert not list(ledger.problems())
    assert [entry.act for entry in ledger.custody()] == ["collect", "read", "read"]
    assert ledger.document("kars").reader == "reader 2"


def test_the_same_reader_reads_again_only_when_asked(ledger: Ledger, make: Any) -> None:
    doc = make.document()
    ledger.record([make.report()])
    fewer = make.claims(doc)[:1]
    assert ledger.record([make.report(claims=fewer)]) == Recorded()
    assert ledger.record([make.report(claims=fewer, again=True)]).reread == 1
    assert [each.claim for each in ledger.claims()] == list(fewer)


def test_a_failure_is_kept_and_the_next_run_may_do_better(ledger: Ledger, make: Any) -> None:
    fault = Problem("pipeline", "It took too long.", where="box/kars.txt", document_id=make.document().id)
    failed = make.report(reader=None, claims=(), problems=[fault], unread="It took too long.")
    ledger.record([failed])
    assert ledger.record([failed]) == Recorded()
    assert list(ledger.problems()) == [fault]
    assert (ledger.document("kars").state, ledger.document("kars").document) == ("unread", None)
    ledger.record([make.report()])
    assert not list(ledger.problems())
    assert ledger.document("kars").state == "read"


def test_a_failure_never_takes_the_place_of_a_reading(ledger: Ledger, make: Any) -> None:
    fault = Problem("pipeline", "It took too long.", where="box/kars.txt", document_id=make.document().id)
    ledger.record([make.report()])
    ledger.record([make.report(reader=None, claims=(), problems=[fault], unread="It took too long.")])
    assert len(list(ledger.claims())) == 2
    assert list(ledger.problems()) == [fault]  # said beside what stands


def test_problems_of_collecting_are_kept_once(ledger: Ledger) -> None:
    problem = Problem("intake", "You may not read it.", "Ask.", "box/b.txt", span=Span(1, 2))
    for _ in range(2):
        ledger.record((), [problem])
    assert list(ledger.problems()) == [problem]


def test_a_container_is_entered_once_for_each_place(ledger: Ledger) -> None:
    digest = ledger.archive.put(b"two reports in one file")
    for location in ("box/feed.xml", "box/feed.xml", "copy/feed.xml"):
        collection = Collection(location, "feed", "2024-05-01T10:00:00Z", "bywhom 0")
        ledger.record((), (), [Original(digest, collection)])
    assert [(entry.act, entry.subject) for entry in ledger.custody()] == [("collect", digest)] * 2
    assert not list(ledger.verify())


def test_counts(ledger: Ledger, make: Any) -> None:
    ledger.record([make.report(), make.report("odesa", OTHER, unread="it is in Latin (la)")], [Problem("intake", "x")])
    assert ledger.counts() == Counts(documents=2, unread=1, claims=2, attributed=1, problems=1, custody=4)


def test_documents_by_state(ledger: Ledger, make: Any) -> None:
    ledger.record([make.report(), make.report("odesa", OTHER, unread="it is in Latin (la)")])
    assert [each.name for each in ledger.documents()] == ["kars", "odesa"]
    (unread,) = ledger.documents(state="unread")
    assert (unread.name, unread.why, unread.language) == ("odesa", "it is in Latin (la)", "en")


# Naming one thing -----------------------------------------------------------------------------------------------------


def test_a_claim_by_the_beginning_of_its_id(ledger: Ledger, make: Any) -> None:
    ledger.record([make.report()])
    for claim in make.claims(make.document()):
        assert ledger.claim(claim.id).claim == claim
        assert ledger.claim(claim.id[:8]).claim == claim


@pytest.mark.parametrize("prefix", ["", "abc", "ABCDEF", "%%%%", "no-id", "x" * 70])
def test_what_is_no_claim_id(ledger: Ledger, prefix: str) -> None:
    with pytest.raises(UsageError, match="no claim id"):
        ledger.claim(prefix)


def test_a_claim_id_that_fits_none_or_several(ledger: Ledger, make: Any) -> None:
    doc = make.document()
    twins = [replace(make.claims(doc)[0], id=f"abcd{letter:0>20}") for letter in "12"]
    ledger.record([make.report(claims=twins)])
    with pytest.raises(UsageError, match=r"several claims.*abcd0+1 in kars; abcd0+2 in kars"):
        ledger.claim("abcd")
    with pytest.raises(UsageError, match="no claim has an id that begins with abce"):
        ledger.claim("abce")


def test_a_document_by_name_location_or_the_beginning_of_its_id(ledger: Ledger, make: Any) -> None:
    ledger.record([make.report(), make.report("odesa", OTHER)])
    doc = make.document()
    assert {ledger.document(way).id for way in ("kars", "box/kars.txt", doc.id, doc.id[:6])} == {doc.id}


def test_a_document_that_is_not_there_or_not_alone(ledger: Ledger, make: Any) -> None:
    ledger.record([make.report("same"), make.report("same", OTHER, location="other/same.txt")])
    with pytest.raises(UsageError, match=r"2 reports are called 'same'.*box/same.txt.*other/same.txt|2 reports.*other"):
        ledger.document("same")
    with pytest.raises(UsageError, match="no report is called 'nobody'"):
        ledger.document("nobody")
    assert len(list(ledger.claims(ClaimQuery(report="same")))) == 2  # a filter may mean both


def test_a_text_that_is_gone_is_said(ledger: Ledger, make: Any) -> None:
    ledger.record([make.report()])
    ledger.archive.path(make.document().text_id).unlink()
    with pytest.raises(ArchiveDamaged):
        ledger.document("kars")


# The file -------------------------------------------------------------------------------------------------------------


def test_what_was_written_is_there_when_the_file_is_opened_again(tmp_path: Path, ledger: Ledger, make: Any) -> None:
    ledger.record([make.report()])
    before = everything(ledger)
    ledger.close()
    with Ledger.open(tmp_path / "ledger.db", create=False) as again:
        assert everything(again) == before


def test_a_closed_ledger_is_one_file(tmp_path: Path, ledger: Ledger, make: Any) -> None:
    ledger.record([make.report()])
    ledger.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ledger.db", "ledger.db.archive"]


def test_a_ledger_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no ledger at .*none.db; make one with: bywhom add"):
        Ledger.open(tmp_path / "none.db", create=False)
    with pytest.raises(UsageError, match=r"the folder .* does not exist"):
        Ledger.open(tmp_path / "nowhere" / "none.db")
    assert not list(tmp_path.iterdir())


def test_reading_goes_on_while_another_writes(ledger: Ledger, make: Any) -> None:
    ledger.record([make.report()])
    claims = ledger.claims()
    first = next(claims)
    ledger.record([make.report("odesa", OTHER, reader="reader 1")])
    assert [first, *claims] == list(ledger.claims())


def test_random_pages_do_not_lose_a_claim(ledger: Ledger, make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bywhom.ledger.store._PAGE", 3)
    texts = [f"Kars {n}. The Courier reports that Captain Ömer fired." for n in range(10)]
    random.Random(7).shuffle(texts)
    for number, text in enumerate(texts):
        doc = make.document(str(number), text)
        claims = (make.claim(doc, "Captain Ömer fired."),)
        ledger.record([make.report(str(number), text, claims=claims)])
    assert [each.document for each in ledger.claims()] == [str(n) for n in range(10)]
    assert len(list(ledger.documents())) == 10
