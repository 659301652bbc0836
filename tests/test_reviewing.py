"""Who is one and who is several, as people decide: seen by every question, linked by, taken back without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bywhom import pipeline, regrading, reviewing
from bywhom.errors import Overtaken, UsageError
from bywhom.ledger import ClaimQuery, Ledger
from bywhom.records import Act
from bywhom.running import AddOptions

REPORTS = {
    "courier.txt": "12 June 1855\n\nThe garrison of Kars fired on the redoubt on Tuesday, Captain Lake said. Major Wilson denied it.\n",
    "herald.txt": "14 June 1855\n\nCaptain Lake said that 25 men were killed near Kars on Tuesday, 12 June 1855.\n",
    "gazette.txt": "15 June 1855\n\nNear Kars, Captain Lakes told a crowd, 25 soldiers were killed on 12 June 1855 by the guns of the fortress.\n",
}
LATER = {"post.txt": "20 June 1855\n\nCaptain Lakes said that the mill of Kars was on fire.\n"}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "who.db") as ledger:
        read(ledger, tmp_path, REPORTS)
        yield ledger


def read(ledger: Ledger, folder: Path, reports: dict[str, str]) -> None:
    for name, text in reports.items():
        (folder / name).write_text(text, encoding="utf-8")
    pipeline.add([str(folder / name) for name in reports], ledger, options=AddOptions(link=True))


def speaker(ledger: Ledger, report: str) -> str:
    """Who says the first claim of a report."""
    source = next(ledger.claims(ClaimQuery(report=report))).claim.attribution.source
    assert source
    assert source.id
    return source.id


def one(ledger: Ledger, a: str, b: str, **more: str) -> int:
    said = {"keep": a, "by": "Ada", "reason": "the same man"} | more
    return reviewing.review(ledger, reviewing.on_same(ledger, a, b, **said)).seq


def said(ledger: Ledger, who: str) -> list[str]:
    return sorted(each.document for each in ledger.claims(ClaimQuery(says=who)))


def state(ledger: Ledger) -> object:
    """Everything that a verdict on who is who may change."""
    claims = [
        (each.claim.id, each.claim.attribution.source, str(each.grade), each.grade and each.grade.why)
        for each in pipeline.graded(ledger, ledger.claims())
    ]
    found = [(each.entity, each.mentions, each.said, each.reports) for each in ledger.entities()]
    return claims, found, [(one.a, one.b, one.type) for one in ledger.relations()]


def test_two_that_are_one_go_by_one_name_everywhere(ledger: Ledger) -> None:
    lake, lakes = speaker(ledger, "herald"), speaker(ledger, "gazette")
    assert lake != lakes
    one(ledger, lake, lakes)
    assert speaker(ledger, "gazette") == lake
    assert said(ledger, lake) == ["gazette", "herald"]
    (found,) = [each for each in ledger.entities() if each.entity.id == lake]
    assert (found.entity.name, found.entity.aliases, found.reports) == ("Lake", ("Lakes",), 2)
    assert [each.entity.id for each in ledger.named(lakes)] == [lake]  # an old address leads to the one that goes on
    assert lakes not in {each.entity.id for each in ledger.entities()}
    assert [each.document for each in ledger.who(lake).said] == ["herald", "gazette"]
    assert {each.document for each in ledger.claims(ClaimQuery(source="Lake"))} == {"courier", "herald", "gazette"}
    gazette = next(ledger.claims(ClaimQuery(report="gazette"))).claim.attribution.source
    assert gazette
    assert gazette.mention
    assert (gazette.name, gazette.mention.text) == ("Lake", "Captain Lakes")  # the report's own words stay


def test_of_one_speaker_no_second_origin_is_made(ledger: Ledger) -> None:
    def digits() -> set[int]:
        found = pipeline.graded(ledger, ledger.claims(ClaimQuery(words="25 killed")))
        return {each.grade.credibility for each in found if each.grade}

    assert digits() == {3}  # two men with two names say so
    one(ledger, speaker(ledger, "herald"), speaker(ledger, "gazette"))
    assert digits() == {6}  # one man, twice


def test_it_is_taken_back_without_a_trace(ledger: Ledger) -> None:
    before = state(ledger)
    seq = one(ledger, speaker(ledger, "herald"), speaker(ledger, "gazette"))
    assert state(ledger) != before
    reviewing.undo(ledger, seq, "Ben", "two men after all")
    assert state(ledger) == before
    assert [act.by for act in ledger.decided_of(speaker(ledger, "gazette"))] == ["Ben", "Ada"]


def test_in_one_report_it_is_somebody_else(ledger: Ledger) -> None:
    lake, wilson = speaker(ledger, "herald"), speaker(ledger, "gazette")
    one(ledger, lake, wilson)
    before = state(ledger)
    apart = reviewing.on_apart(ledger, lake, "gazette", "Lake the elder", by="Ben", reason="a namesake")
    seq = reviewing.review(ledger, apart).seq
    elder = speaker(ledger, "gazette")
    assert elder not in (lake, wilson)
    assert (said(ledger, lake), said(ledger, elder)) == (["herald"], ["gazette"])
    assert [each.entity.name for each in ledger.named(elder)] == ["Lake the elder"]
    assert [each.entity.id for each in ledger.named("Lake the elder")] == [elder]
    assert elder in {each.entity.id for each in ledger.entities()}
    reviewing.undo(ledger, seq, "Ada", "no namesake")
    assert state(ledger) == before


def test_in_one_report_it_is_another_who_is_there(ledger: Ledger) -> None:
    lake, lakes = speaker(ledger, "herald"), speaker(ledger, "gazette")
    reviewing.review(ledger, reviewing.on_apart(ledger, lake, "herald", lakes, by="Ben", reason="misprint"))
    assert said(ledger, lakes) == ["gazette", "herald"]
    assert lake not in {each.entity.id for each in ledger.entities()}


def test_what_is_read_later_goes_by_the_same_name(ledger: Ledger, tmp_path: Path) -> None:
    lake, lakes = speaker(ledger, "herald"), speaker(ledger, "gazette")
    one(ledger, lake, lakes)
    read(ledger, tmp_path, REPORTS)
    assert said(ledger, lake) == ["gazette", "herald"]
    read(ledger, tmp_path, LATER)
    assert said(ledger, speaker(ledger, "post")) >= ["post"]


def test_three_that_are_one_whatever_the_order(ledger: Ledger) -> None:
    a, b, c = (speaker(ledger, name) for name in ("courier", "herald", "gazette"))
    one(ledger, b, c)
    seq = one(ledger, a, b)
    assert said(ledger, a) == ["courier", "gazette", "herald"]
    reviewing.undo(ledger, seq, "Ada", "not the first")
    assert (said(ledger, a), said(ledger, b)) == (["courier"], ["gazette", "herald"])


def test_of_two_at_once_the_slower_is_told_and_nothing_is_lost(ledger: Ledger) -> None:
    a, b = speaker(ledger, "herald"), speaker(ledger, "gazette")
    verdict = reviewing.on_same(ledger, a, b, keep=b, by="Ben", reason="the same")
    one(ledger, a, b)
    with pytest.raises(Overtaken, match="Ada"):
        reviewing.review(ledger, verdict, since=0)
    assert [act.by for act in ledger.decided_of(a)] == ["Ada"]


def test_of_several_verdicts_all_are_entered_or_none(ledger: Ledger) -> None:
    lake = speaker(ledger, "herald")
    first = reviewing.on_apart(ledger, lake, "herald", "Lake the elder", by="Ada", reason="a namesake")
    with pytest.raises(UsageError):
        reviewing.review_all(ledger, [first, reviewing.on_apart(ledger, lake, "herald", "X", by="Ada", reason=" ")])
    assert ledger.last_verdict() == 0


def test_what_cannot_be_is_said(ledger: Ledger) -> None:
    a, b = speaker(ledger, "herald"), speaker(ledger, "gazette")
    place = next(each.entity.id for each in ledger.entities("place"))
    for own, other, keep, words in (
        (a, a, a, "one already"),
        (a, "0" * 16, a, "nobody in the ledger"),
        (a, place, a, "is a place"),
        (a, b, place, "neither of the two"),
    ):
        with pytest.raises(UsageError, match=words):
            reviewing.on_same(ledger, own, other, keep=keep, by="Ada", reason="because")
    for report, whom, words in (
        ("gazette", "X", "not mentioned"),
        ("herald", a, "somebody else"),
        ("herald", " ", "say who it is"),
    ):
        with pytest.raises(UsageError, match=words):
            reviewing.on_apart(ledger, a, report, whom, by="Ada", reason="because")


def letter(ledger: Ledger, report: str) -> str:
    """The letter of who says the first claim of a report, the same as it is found under."""
    (found,) = list(pipeline.graded(ledger, list(ledger.claims(ClaimQuery(report=report)))[:1]))
    assert found.grade
    value = found.grade.reliability.value
    query = ClaimQuery(report=report, reliability=(value,))
    assert found.claim.id in {each.claim.id for each in ledger.claims(query, letters=regrading.letters(ledger))}
    return value


def rate(ledger: Ledger, report: str, value: str) -> None:
    found = next(ledger.claims(ClaimQuery(report=report)))
    said = {"act": Act.SET, "by": "Ada", "reason": "known for years"}
    reviewing.review(ledger, reviewing.on_claim(ledger, found, "reliability", value, **said))  # type: ignore[arg-type]


def test_the_last_letter_of_any_name_counts_for_all_that_were_put_together(ledger: Ledger) -> None:
    lake, lakes = speaker(ledger, "herald"), speaker(ledger, "gazette")
    rate(ledger, "gazette", "B")
    assert (letter(ledger, "herald"), letter(ledger, "gazette")) == ("F", "B")
    together = one(ledger, lake, lakes)
    assert (letter(ledger, "herald"), letter(ledger, "gazette")) == ("B", "B")
    rate(ledger, "herald", "D")
    assert (letter(ledger, "herald"), letter(ledger, "gazette")) == ("D", "D")
    reviewing.undo(ledger, together, by="Ada", reason="two men")
    assert (letter(ledger, "herald"), letter(ledger, "gazette")) == ("D", "B")
