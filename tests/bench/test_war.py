"""The made-up war, and what linking it costs: pairs are counted, not seconds."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert

from bywhom import pipeline
from bywhom.ledger import Ledger, keyindex, schema
from bywhom.pipeline import LinkTools, link
from bywhom.progress import Linked

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

import war

TOOLS = LinkTools.load()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "made.db") as opened:
        yield opened


def added_to(folder: Path, claims: int) -> Linked:
    """What linking the last ten reports of a ledger with so many claims comes to."""
    with Ledger.open(folder / f"{claims}.db") as ledger:
        war.fill(ledger, claims, TOOLS, waiting=120)
        return link(ledger, tools=TOOLS)


def test_a_report_is_the_same_each_time_and_holds_its_own_words() -> None:
    told = war.report(7, 1200)
    assert told == war.report(7, 1200)
    assert len(told) == war.CLAIMS_OF_REPORT
    assert all(one.claim.span.end - one.claim.span.start == len(one.claim.text) for one in told)
    assert len({one.claim.id for one in war.named(told)}) == len(told)


def test_the_work_for_new_claims_does_not_grow_with_the_ledger(tmp_path: Path) -> None:
    small, large = added_to(tmp_path, 1_200), added_to(tmp_path, 4_800)
    assert small.claims == large.claims == 120
    assert small.relations > 0 < large.relations
    assert large.pairs <= 1.25 * small.pairs
    assert large.pairs <= keyindex.MOST * large.claims


@pytest.mark.parametrize("block", [150, 500])
def test_copies_are_compared_with_few_and_are_one_origin(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(pipeline, "BLOCK", block)
    head, *_ = war.report(3, 1_200)
    copies = [
        war.named([replace(head, document=f"copy-{number}", publisher=f"Post {number}")]) for number in range(400)
    ]
    with ledger.linking() as links:
        links.start_anew(TOOLS.version)
        written = [war.rows_of(one) for one in copies]
        links._connection.execute(insert(schema.documents), [document for document, _ in written])
        links._connection.execute(insert(schema.claims), [row for _, rows in written for row in rows])
        links.wait([one[0].claim.document_id for one in copies])
    done = link(ledger, tools=TOOLS)
    assert done.claims == len(copies)
    assert done.pairs <= keyindex.MOST * len(copies)
    assert done.relations <= 60 * len(copies)
    assert ledger.link_counts().groups == 1
