"""Links, grades and verdicts through the ledger: order, crashes, re-reading, two reviewers, undoing."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bywhom import linking, pipeline, reading, regrading
from bywhom.errors import Overtaken, UsageError
from bywhom.ledger import Ledger, LedgerClaim, schema
from bywhom.linking import relate_new
from bywhom.pipeline import LinkTools, Reader, add, graded, link, situations
from bywhom.records import Act, Problem, Relation, Subject, Verdict
from bywhom.reviewing import review, undo
from bywhom.workers import Lost

TOOLS = LinkTools.load()

# Four reports on one bombardment, invented: two voices that do not know of each other, a copy, and one with another number.
REPORTS = {
    "courier": "On 12 May 1864 Colonel Brandt said that shells had killed 14 villagers in Dybbøl.\n",
    "herald": "Nurse Ingrid Holm told the Herald that 14 villagers were killed by shells in Dybbøl on 12 May 1864.\n",
    "reprint": "On 12 May 1864 Colonel Brandt said that shells had killed 14 villagers in Dybbøl.\n\nReprinted by permission.\n",
    "gazette": "General Wrangel said that shells had killed 40 villagers in Dybbøl on 12 May 1864.\n",
    "other": "The harbour master said on 3 June 1864 that no ship had left Sønderborg.\n",
}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.db") as opened:
        yield opened


def fill(ledger: Ledger, folder: Path, names: Sequence[str] = tuple(REPORTS), **more: Any) -> None:
    """Add reports, one run for each, in this order; link them unless told otherwise."""
    more.setdefault("options", pipeline.AddOptions(link=True))
    folder.mkdir(exist_ok=True)
    for name in names:
        path = folder / f"{name}.txt"
        path.write_text(REPORTS[name], encoding="utf-8")
        add([str(path)], ledger, **more)


def relations(ledger: Ledger) -> list[tuple[str, str, str, str, str]]:
    return [(one.a, one.b, one.type.value, one.independence.value, one.rule) for one in ledger.relations()]


def grades(ledger: Ledger) -> dict[str, str]:
    """Claim -> its grade in full."""
    return {each.claim.id: repr(each.grade) for each in graded(ledger, ledger.claims())}


def state(ledger: Ledger) -> tuple[Any, ...]:
    return relations(ledger), grades(ledger), situations(ledger, tools=TOOLS)


def claim_of(ledger: Ledger, document: str) -> LedgerClaim:
    """The claim about the villagers in one report, with its grade."""
    found = [
        each for each in graded(ledger, ledger.claims()) if each.document == document and "villagers" in each.claim.text
    ]
    assert len(found) == 1, [each.claim.text for each in ledger.claims()]
    return found[0]


def verdict(found: LedgerClaim, field: str, act: Act, value: str | None = None, by: str = "Ana") -> Verdict:
    return Verdict(Subject.claim(found.claim.id), field, act, by, "looked at it", value, anchors=(found.anchor,))


def link_verdict(a: LedgerClaim, b: LedgerClaim, act: Act, value: str | None = None, by: str = "Ana") -> Verdict:
    first, second = sorted((a, b), key=lambda each: each.claim.id)
    anchors = (first.anchor, second.anchor)
    return Verdict(
        Subject.link(a.claim.id, b.claim.id), "relation", act, by, "compared the two", value, anchors=anchors
    )


def digit(found: LedgerClaim) -> int:
    assert found.grade
    return found.grade.credibility


def test_reports_of_one_event_are_linked_and_graded_as_they_are_added(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, tmp_path / "box")
    counts = ledger.link_counts()
    assert counts.waiting == 0
    assert counts.linked == ledger.counts().claims
    courier, herald, reprint = (claim_of(ledger, name) for name in ("courier", "herald", "reprint"))
    assert courier.grade
    assert reprint.grade
    assert courier.grade.digit.standing.own == reprint.grade.digit.standing.own
    assert courier.grade.digit.standing.own.claims == 2
    assert herald.grade
    assert [one.origin for one in herald.grade.digit.standing.agreeing] == ["Brandt"]
    assert [one.claims for one in herald.grade.digit.standing.agreeing] == [2]
    assert claim_of(ledger, "gazette").grade.contested  # type: ignore[union-attr]
    assert [entry.act for entry in ledger.custody()].count("link") == len(REPORTS)
    assert list(ledger.verify()) == []


@pytest.mark.parametrize("order", random.Random(1864).sample(list(permutations(REPORTS)), 5))
def test_relations_and_grades_do_not_depend_on_the_order_of_arrival(tmp_path: Path, order: tuple[str, ...]) -> None:
    with Ledger.open(tmp_path / "usual.db") as usual, Ledger.open(tmp_path / "other.db") as other:
        fill(usual, tmp_path / "box")
        fill(other, tmp_path / "box", order)
        assert state(usual) == state(other)
        link(usual, anew=True)
        assert state(usual) == state(other)


def test_copies_change_no_digit_in_the_ledger(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, tmp_path / "box", ("courier", "herald", "gazette"))
    before = [(digit(claim_of(ledger, name)), name) for name in ("courier", "herald", "gazette")]
    fill(ledger, tmp_path / "box", ("reprint",))
    assert [(digit(claim_of(ledger, name)), name) for name in ("courier", "herald", "gazette")] == before


@pytest.mark.parametrize("block", [1, 2, 500])
def test_relations_and_grades_do_not_depend_on_how_claims_are_cut_into_blocks(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    fill(ledger, tmp_path / "box")
    before = state(ledger)
    monkeypatch.setattr(pipeline, "BLOCK", block)
    assert link(ledger, anew=True).claims == ledger.counts().claims
    assert state(ledger) == before


def test_relations_and_grades_do_not_depend_on_the_number_of_jobs(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(ledger, tmp_path / "box")
    monkeypatch.setattr(pipeline, "BLOCK", 1)
    before = state(ledger)
    assert link(ledger, anew=True, jobs=2).relations == len(before[0])
    assert state(ledger) == before


@pytest.mark.parametrize("answer", [Lost("the worker process was killed"), Problem("linking", "A fault.", "Tell us.")])
def test_a_block_that_no_worker_answers_leaves_nothing_behind(
    ledger: Ledger, tmp_path: Path, answer: Lost | Problem
) -> None:
    fill(ledger, tmp_path / "box", options=pipeline.AddOptions(link=False))
    before = state(ledger)

    def dies(blocks: Any) -> Any:
        for _ in blocks:
            yield pipeline._answered([answer])

    found = pipeline._batch(ledger, TOOLS, pipeline.BATCH, dies)
    assert isinstance(found, Problem)
    assert state(ledger) == before
    assert ledger.link_counts().waiting == len(REPORTS)


# Re-reading and re-linking ----------------------------------------------------------------------------------------------


def reader(version: str, **put: Any) -> Reader:
    """Our reader under another name; what it cuts can be moved by so many characters."""
    return Reader(version, _Load(version, put.get("cut", 0)))


class _Load:
    def __init__(self, version: str, cut: int) -> None:
        self.version, self.cut = version, cut

    def __call__(self) -> Any:
        from bywhom.records import Span, claim_id

        tools = reading.Tools.load(self.version)

        def read(raw: Any, clock: Any) -> Any:
            found = reading.read(raw, tools, clock)
            if not self.cut:
                return found
            claims = []
            for claim in found.claims:
                span = Span(claim.span.start + self.cut, claim.span.end)
                source = claim.attribution.source
                name = claim_id(claim.document_id, span, source.mention if source else None)
                claims.append(replace(claim, id=name, span=span, text=claim.text[self.cut :]))
            return replace(found, claims=tuple(claims), entities=())

        return read


def test_a_verdict_survives_being_read_again_by_another_version(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, tmp_path / "box", reader=reader("one"))
    found = claim_of(ledger, "courier")
    review(ledger, verdict(found, "source", Act.SET, '{"name":"Witness 7","kind":"witness"}'))
    review(ledger, verdict(found, "valid", Act.SET, "yes"))
    review(ledger, verdict(found, "credibility", Act.SET, "2"))
    fill(ledger, tmp_path / "box", reader=reader("two", cut=3))
    again = claim_of(ledger, "courier")
    assert again.claim.id != found.claim.id
    assert again.claim.text == found.claim.text[3:]
    source = again.claim.attribution.source
    assert source
    assert source.name == "Witness 7"
    assert digit(again) == 2
    assert [item.claim for item in ledger.judged_items()] == [again.claim.id]
    assert [each.seq for each in ledger.verdict_history(claim=again.claim.id)] == [3, 2, 1]
    assert list(ledger.verify()) == []


def test_reading_again_replaces_links_in_one_transaction(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, tmp_path / "box", reader=reader("one"))
    before = relations(ledger)
    fill(ledger, tmp_path / "box", reader=reader("two", cut=3))
    ids = {each.claim.id for each in ledger.claims()}
    after = relations(ledger)
    assert {end for one in after for end in one[:2]} <= ids
    assert after
    assert after != before
    fill(ledger, tmp_path / "box", reader=reader("one"))
    assert relations(ledger) == before


def test_a_verdict_whose_words_are_gone_waits_for_them(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, tmp_path / "box", reader=reader("one"))
    found = claim_of(ledger, "courier")
    review(ledger, verdict(found, "credibility", Act.SET, "2"))
    fill(ledger, tmp_path / "box", reader=reader("two", cut=len(found.claim.text) - 4))
    assert ledger.verdict_history()[0].value == "2"
    assert all(not each.verdicts for each in ledger.claims())
    fill(ledger, tmp_path / "box", reader=reader("one"))
    assert digit(claim_of(ledger, "courier")) == 2


def test_a_ledger_linked_by_another_version_is_linked_anew(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, tmp_path / "box")
    found = claim_of(ledger, "courier")
    review(ledger, verdict(found, "credibility", Act.SET, "2"))
    before = state(ledger)
    with ledger._engine.begin() as connection:
        connection.execute(update(schema.meta).where(schema.meta.c.name == "linker").values(value="older"))
        connection.execute(schema.relations.delete())
    assert link(ledger).anew
    assert state(ledger) == before
    assert not link(ledger).anew
    assert ledger.linker() == TOOLS.version


# Verdicts ---------------------------------------------------------------------------------------------------------------


def test_undoing_a_human_link_restores_the_earlier_digit(ledger: Ledger, tmp_path: Path) -> None:
    """(i) of the ten, through the ledger."""
    fill(ledger, tmp_path / "box")
    courier, other = claim_of(ledger, "courier"), next(each for each in ledger.claims() if each.document == "other")
    before = state(ledger)
    given = review(ledger, link_verdict(courier, other, Act.SET, "same_origin dependent"))
    (drawn,) = [one for one in ledger.relations(other.claim.id) if courier.claim.id in (one.a, one.b)]
    assert drawn.rule == "reviewer"
    assert "Ana: compared the two" in drawn.evidence[0].reason
    joined = {each.claim.id: each for each in graded(ledger, ledger.claims())}
    assert joined[other.claim.id].grade.digit.standing.own.claims == 3  # type: ignore[union-attr]
    undo(ledger, given.seq, "Ben", "they are two events")
    assert state(ledger) == before
    undo(ledger, ledger.verdict_history()[0].seq, "Ana", "they are one after all")
    assert state(ledger) != before
    assert [each.act.value for each in ledger.verdict_history()] == ["undo", "undo", "set"]


def test_rejecting_a_link_takes_it_out_of_the_grades(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, tmp_path / "box", ("courier", "herald"))
    courier, herald = claim_of(ledger, "courier"), claim_of(ledger, "herald")
    assert digit(herald) == 1
    given = review(ledger, link_verdict(courier, herald, Act.REJECT))
    assert digit(claim_of(ledger, "herald")) == digit(claim_of(ledger, "courier")) != 1
    link(ledger, anew=True)
    assert digit(claim_of(ledger, "herald")) != 1
    undo(ledger, given.seq, "Ana", "a slip")
    assert digit(claim_of(ledger, "herald")) == 1


def test_a_link_that_was_confirmed_outlives_a_version_that_does_not_find_it(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, tmp_path / "box", ("courier", "other"))
    courier, other = claim_of(ledger, "courier"), next(each for each in ledger.claims() if each.document == "other")
    review(ledger, link_verdict(courier, other, Act.CONFIRM, "corroborates independent"))
    link(ledger, anew=True)
    assert digit(claim_of(ledger, "courier")) == 1


def test_a_rejected_claim_supports_nobody_and_has_no_grade(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, tmp_path / "box", ("courier", "herald"))
    given = review(ledger, verdict(claim_of(ledger, "courier"), "reading", Act.REJECT))
    courier = claim_of(ledger, "courier")
    assert courier.rejected
    assert courier.grade is None
    assert digit(claim_of(ledger, "herald")) != 1
    undo(ledger, given.seq, "Ana", "it is one")
    assert digit(claim_of(ledger, "herald")) == 1


def test_a_corrected_source_makes_one_origin_of_two(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, tmp_path / "box", ("courier", "herald"))
    review(ledger, verdict(claim_of(ledger, "herald"), "source", Act.SET, '{"name":"Brandt","kind":"military"}'))
    assert digit(claim_of(ledger, "herald")) != 1
    assert claim_of(ledger, "herald").claim.attribution.source.name == "Brandt"  # type: ignore[union-attr]
    with ledger._engine.connect() as connection:  # what was read stays in its row
        kept = connection.scalars(select(schema.claims.c.source)).all()
    assert "Brandt" in kept
    assert len(set(kept)) == 2


def test_judged_statements_give_a_letter_and_copies_count_once(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, tmp_path / "box")
    for name in ("courier", "reprint"):
        review(ledger, verdict(claim_of(ledger, name), "valid", Act.SET, "yes"))
    assert len(ledger.judged_items()) == 1
    found = claim_of(ledger, "courier")
    assert found.grade
    assert found.grade.source.judged == 1
    assert found.grade.reliability == "F"
    key = "brandt"
    by_hand = Verdict(Subject.source(key), "reliability", Act.SET, "Ana", "known for years", "B")
    given = review(ledger, by_hand)
    for name in ("courier", "reprint"):
        assert str(claim_of(ledger, name).grade).startswith("B")
    undo(ledger, given.seq, "Ana", "not so well")
    assert str(claim_of(ledger, "courier").grade).startswith("F")


def test_an_implausible_claim_is_graded_by_its_rule(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, tmp_path / "box", ("courier",))
    review(ledger, verdict(claim_of(ledger, "courier"), "plausibility", Act.SET, "illogical"))
    found = claim_of(ledger, "courier")
    assert found.grade
    assert (found.grade.credibility, found.grade.rule) == (4, "D5")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"by": " "}, "name of whoever gives it"),
        ({"reason": ""}, "needs a reason"),
        ({"field": "weather"}, "nothing to decide about a claim"),
        ({"value": "7"}, "credibility cannot be '7'; it is one of: 1, 2"),
    ],
)
def test_a_verdict_that_cannot_be_is_refused_and_leaves_nothing(
    ledger: Ledger, tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    fill(ledger, tmp_path / "box", ("courier",))
    wrong = replace(verdict(claim_of(ledger, "courier"), "credibility", Act.SET, "2"), **change)
    with pytest.raises(UsageError, match=message):
        review(ledger, wrong)
    assert ledger.verdict_history() == ()


def test_verdicts_cannot_be_changed_unseen(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, tmp_path / "box", ("courier",))
    review(ledger, verdict(claim_of(ledger, "courier"), "credibility", Act.SET, "2"))
    with pytest.raises(Exception, match="append-only"), ledger._engine.begin() as connection:
        connection.execute(update(schema.verdicts).values(value="1"))
    with ledger._engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER verdicts_no_update")
        connection.execute(update(schema.verdicts).values(value="1"))
    assert ["verdict 1" in problem.message for problem in ledger.verify()] == [True]


def test_two_people_reviewing_one_link_at_once_are_both_heard_and_the_second_is_told(
    ledger: Ledger, tmp_path: Path
) -> None:
    fill(ledger, tmp_path / "box", ("courier", "herald"))
    courier, herald = (claim_of(ledger, name) for name in ("courier", "herald"))
    seen = ledger.last_verdict()
    review(ledger, link_verdict(courier, herald, Act.SET, "same_origin dependent"), tools=TOOLS, since=seen)
    second = link_verdict(herald, courier, Act.REJECT, by="Ben")
    with pytest.raises(Overtaken, match=r"Ana at .*: set relation"):
        review(ledger, second, tools=TOOLS, since=seen)
    assert [one.type.value for one in ledger.relations()] == ["same_origin"]
    review(ledger, second, tools=TOOLS, since=ledger.last_verdict())
    assert list(ledger.relations()) == []
    history = ledger.verdict_history(claim=courier.claim.id)
    assert [(one.by, one.act) for one in history] == [("Ben", Act.REJECT), ("Ana", Act.SET)]
    undo(ledger, history[0].seq, "Ana", "we spoke", tools=TOOLS)
    assert [one.type.value for one in ledger.relations()] == ["same_origin"]


def test_a_claim_dated_after_its_publication_is_linked_and_graded(ledger: Ledger, tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.mkdir()
    head = "Date: 1 May 1864\n\n"
    for name in ("courier", "herald"):
        (box / f"{name}.txt").write_text(head + REPORTS[name], encoding="utf-8")
    add([str(box)], ledger, options=pipeline.AddOptions(link=True))
    with ledger.linking() as links:
        told = links.told_claims([claim_of(ledger, name).claim.id for name in ("courier", "herald")])
    assert {(one.published, one.claim.time.value) for one in told if one.claim.time} == {("1864-05-01", "1864-05-12")}
    assert [one.type.value for one in ledger.relations()] == ["corroborates"]
    assert digit(claim_of(ledger, "herald")) < 6


REVIEWER = """
import sys
from pathlib import Path
from bywhom.ledger import Ledger
from bywhom.linking import relate_new
from bywhom.pipeline import LinkTools
from bywhom.reviewing import review
from bywhom.records import Act, Subject, Verdict
tools = LinkTools.load()
with Ledger.open(Path(sys.argv[1])) as ledger:
    (found,) = [each for each in ledger.claims() if each.document == "courier"]
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(int(sys.argv[3])):
        value = str(number % 6 + 1)
        subject, why = Subject.claim(found.claim.id), f"look {number}"
        review(ledger, Verdict(subject, "credibility", Act.SET, sys.argv[2], why, value, anchors=(found.anchor,)), tools=tools)
"""


def test_two_reviewers_at_once_never_lose_a_verdict(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, tmp_path / "box", ("courier",))
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", REVIEWER, str(ledger.path), name, "25"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for name in ("Ana", "Ben")
    ]  # fmt: skip
    for program in programs:
        assert program.stdout
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin
        program.stdin.write("go\n")
        program.stdin.flush()
    for program in programs:
        _, said = program.communicate(timeout=60)
        assert program.returncode == 0, said
    history = ledger.verdict_history()
    assert [each.seq for each in history] == list(range(50, 0, -1))
    for name in ("Ana", "Ben"):
        assert [each.reason for each in history[::-1] if each.by == name] == [f"look {number}" for number in range(25)]
    found = claim_of(ledger, "courier")
    assert found.grade
    assert found.grade.digit.by == history[0].by
    assert str(digit(found)) == history[0].value
    assert list(ledger.verify()) == []


# Crashes ----------------------------------------------------------------------------------------------------------------


class Killed(BaseException):
    """As though the program were killed here."""


@pytest.mark.parametrize("step", ["index", "relate", "regroup", "grade", "done", "reanchor", "judge"])
def test_a_link_or_verdict_cut_short_leaves_the_ledger_as_it_was(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    from bywhom.ledger import Links

    fill(ledger, tmp_path / "box")
    found = claim_of(ledger, "herald")
    before = state(ledger), ledger.verdict_history(), len(list(ledger.custody()))
    given = verdict(found, "source", Act.SET, '{"name":"Brandt","kind":"military"}')
    real = getattr(Links, step)

    def dies(*arguments: Any) -> None:
        real(*arguments)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Links, step, dies)
        with pytest.raises(Killed):
            review(ledger, given, tools=TOOLS)
    assert (state(ledger), ledger.verdict_history(), len(list(ledger.custody()))) == before
    review(ledger, given, tools=TOOLS)
    assert state(ledger) != before[0]


def test_a_run_that_dies_while_linking_is_finished_by_the_next(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "BATCH", 1)
    fill(ledger, tmp_path / "box", options=pipeline.AddOptions(link=False))
    assert ledger.link_counts().waiting == len(REPORTS)
    batches = []

    def dies_at_the_third(done: Any) -> None:
        batches.append(done)
        if len(batches) == 3:
            raise Killed

    with pytest.raises(Killed):
        link(ledger, progress=dies_at_the_third)
    assert ledger.link_counts().waiting == len(REPORTS) - 3
    link(ledger)
    with Ledger.open(tmp_path / "undisturbed.db") as undisturbed:
        fill(undisturbed, tmp_path / "box")
        assert state(undisturbed) == state(ledger)


def test_a_report_at_which_linking_fails_is_a_problem_and_the_rest_is_linked(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(ledger, tmp_path / "box", options=pipeline.AddOptions(link=False))
    real = relate_new

    def fails(new: Any, neighbours: Any, **more: Any) -> Any:
        if any("ship" in each.claim.text for each in new):
            raise ZeroDivisionError("a fault of ours")
        return real(new, neighbours, **more)

    monkeypatch.setattr(pipeline, "relate_new", fails)
    assert link(ledger).problems == 1
    assert ledger.link_counts().waiting == 0
    (problem,) = [each for each in ledger.problems() if each.stage == "linking"]
    assert "ZeroDivisionError" in problem.message
    assert problem.where == "other"
    assert digit(claim_of(ledger, "herald")) == 3


# Situations -------------------------------------------------------------------------------------------------------------


def test_situations_are_split_and_merged_by_people(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, tmp_path / "box")
    courier, other = claim_of(ledger, "courier"), next(each for each in ledger.claims() if each.document == "other")
    (before,) = situations(ledger)
    assert courier.claim.id in before.claims
    assert other.claim.id not in before.claims
    a, b = sorted((courier, other), key=lambda each: each.claim.id)
    subject = Subject.situation(a.claim.id, b.claim.id)
    merged = Verdict(subject, "together", Act.CONFIRM, "Ana", "one siege", anchors=(a.anchor, b.anchor))
    given = review(ledger, merged)
    (after,) = situations(ledger)
    assert other.claim.id in after.claims
    undo(ledger, given.seq, "Ana", "two sieges")
    assert situations(ledger) == (before,)
    herald = claim_of(ledger, "herald")
    a, b = sorted((courier, herald), key=lambda each: each.claim.id)
    moved = str((a.claim.id, b.claim.id).index(herald.claim.id))
    subject = Subject.situation(a.claim.id, b.claim.id)
    review(ledger, Verdict(subject, "together", Act.REJECT, "Ana", "another day", moved, anchors=(a.anchor, b.anchor)))
    assert all(herald.claim.id not in each.claims for each in situations(ledger))


def test_situations_are_those_of_all_claims_at_once(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(ledger, tmp_path / "box")
    monkeypatch.setattr(pipeline, "GROUPS", 1)
    courier, reprint, gazette = (claim_of(ledger, name) for name in ("courier", "reprint", "gazette"))

    def at_once() -> Any:
        told = [each for some in ledger.told_by_reports() for each in some]
        return linking.situations(told, list(ledger.relations()), tables=TOOLS.linking)

    assert situations(ledger) == at_once() != ()
    review(ledger, link_verdict(courier, gazette, Act.REJECT))
    assert situations(ledger) == at_once()
    review(ledger, verdict(reprint, "reading", Act.REJECT))
    assert situations(ledger) == at_once()
    assert all(reprint.claim.id not in each.claims for each in situations(ledger))


def test_what_rests_on_a_source_through_any_chain(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, tmp_path / "box")
    found = {ledger.claim(each).document for each in ledger.resting_on("brandt", "brandt")}
    assert found == {"courier", "reprint"}


def test_grades_of_a_page_are_those_of_single_claims(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, tmp_path / "box")
    together = list(graded(ledger, ledger.claims()))
    assert together == [one for each in ledger.claims() for one in regrading.graded(ledger, [each])]
    assert all(isinstance(one, Relation) for one in ledger.relations())


# Circles ----------------------------------------------------------------------------------------------------------------

OUTLETS = (
    "Echo de Lille",
    "Courrier Flamand",
    "Gazette de Menin",
    "Lys Courant",
    "Nord Matin",
    "Scheldt Post",
    "Yser Times",
)
SAYING = (
    "The {} reported that Uhlan gunners sank the ferry at Ypres on 7 June 1917.",
    "On 7 June 1917 Uhlan gunners sank the ferry at Ypres, the {} reported.",
)


def circle(folder: Path, length: int) -> list[str]:
    """Reports of so many outlets, each of which has it from the next one, the last from the first."""
    paths = []
    for at in range(length):
        words = SAYING[at % 2].format(OUTLETS[(at + 1) % length])
        site = f'<meta property="og:site_name" content="{OUTLETS[at]}">'
        path = folder / f"paper{at}.html"
        path.write_text(
            f"<html><head><title>{at}</title>{site}</head><body><article><p>{words}</p></article></body></html>"
        )
        paths.append(str(path))
    return paths


@pytest.mark.parametrize("length", [2, 3, 7])
def test_a_circle_of_outlets_is_an_origin_not_found(ledger: Ledger, tmp_path: Path, length: int) -> None:
    for path in circle(tmp_path, length):
        add([path], ledger, options=pipeline.AddOptions(link=True))
    found = relations(ledger)
    assert len(found) == length * (length - 1) // 2
    assert {one[4] for one in found} == {"origin_not_found"}
    assert len({each.grade.digit.standing.own.id for each in graded(ledger, ledger.claims()) if each.grade}) == 1
    assert {digit(each) for each in graded(ledger, ledger.claims())} == {6}


def test_a_circle_is_found_in_whatever_order_its_reports_come(tmp_path: Path) -> None:
    paths = circle(tmp_path, 3)
    states = []
    for number, order in enumerate(([paths], [[one] for one in paths], [[one] for one in reversed(paths)])):
        with Ledger.open(tmp_path / f"{number}.db") as opened:
            for some in order:
                add(some, opened, options=pipeline.AddOptions(link=True))
            states.append(relations(opened))
    assert states[0] == states[1] == states[2]


def test_a_circle_that_a_person_opens_is_none(ledger: Ledger, tmp_path: Path) -> None:
    add(circle(tmp_path, 3), ledger, options=pipeline.AddOptions(link=True))
    first = min(graded(ledger, ledger.claims()), key=lambda each: each.document)
    review(ledger, verdict(first, "source", Act.SET, '{"name":"Ingrid Holm","kind":"witness"}'))
    rules = {one[4] for one in relations(ledger) if first.claim.id not in one[:2]}
    assert rules == {"one_relays_the_other"}
