"""A claim's fields in words."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from bywhom.cli.words import captured, decided, number, quantity, verdict
from bywhom.records import Act, Capture, Mention, Quantity, Subject, SubjectKind, Verdict

CLAIM = Subject.claim("c" * 24)
PAIR = Subject(SubjectKind.SITUATION, ("b" * 24, "c" * 24))


@pytest.mark.parametrize(
    ("capture", "lines"),
    [
        (
            Capture("1917-06-12", "<1>", "https://x.org", "Crawler"),
            ("1917-06-12 by Crawler", "https://x.org", "record <1>"),
        ),
        (Capture(target="https://x.org"), ("at an unknown time", "https://x.org")),
        (Capture("1917\x1b[31m"), ("1917",)),
    ],
)
def test_a_capture_says_when_by_whom_and_from_where(capture: Capture, lines: tuple[str, ...]) -> None:
    assert captured(capture) == lines


@pytest.mark.parametrize(
    ("subject", "field", "act", "value", "undoes", "words"),
    [
        (CLAIM, "reading", Act.REJECT, None, None, "reading rejected"),
        (CLAIM, "place", Act.SET, '{"name": "Dybbøl"}', None, "place set to “Dybbøl”"),
        (CLAIM, "place", Act.SET, None, None, "place set to nothing"),
        (CLAIM, "reading", Act.UNDO, None, 7, "undid 7"),
        (PAIR, "together", Act.CONFIRM, None, None, "put into one situation"),
        (PAIR, "together", Act.REJECT, "1", None, "put into two situations"),
    ],
)
def test_a_verdict_says_what_was_done(
    subject: Subject, field: str, act: Act, value: str | None, undoes: int | None, words: str
) -> None:
    one = Verdict(subject, field, act, "Ana", "she signs it", value, "1864-05-13T08:00:00Z", 9, undoes)
    assert verdict(one) == f"9  {words}  by Ana, 1864-05-13T08:00:00Z: she signs it"


@pytest.mark.parametrize(
    ("acts", "rejected", "words"),
    [
        ((), False, ""),
        (
            (("source", Act.SET), ("place", Act.SET)),
            False,
            "source put by Ana (verdict 1), place put by Ana (verdict 2)",
        ),
        ((("source", Act.SET), ("source", Act.SET)), False, "source put by Ana (verdict 2)"),
        ((("source", Act.SET), ("source", Act.CONFIRM)), False, ""),
        ((("source", Act.SET), ("reading", Act.REJECT)), True, "rejected by Ana (verdict 2)"),
    ],
)
def test_what_people_made_of_a_claim(acts: tuple[tuple[str, Act], ...], rejected: bool, words: str) -> None:
    verdicts = tuple(Verdict(CLAIM, field, act, "Ana", "x", seq=seq) for seq, (field, act) in enumerate(acts, 1))
    assert decided(SimpleNamespace(verdicts=verdicts, rejected=rejected)) == words  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "unit", "fate", "side", "short", "long"),
    [
        ("12", "killed", "killed", "Ruritanian", "12 killed (Ruritanian)", "“12”: 12 killed (Ruritanian)"),
        ("12", "Ruritanian men killed", "killed", "Ruritanian", "12 killed", "“12”: 12 Ruritanian men killed"),
        ("12", "boats", "", None, "12", "“12”: 12 boats"),
        ("12", "men injured", "wounded", None, "12 injured", "“12”: 12 men injured"),
    ],
)
def test_a_number_says_what_befell_those_counted_and_whose_they_are(
    words: str, unit: str, fate: str, side: str | None, short: str, long: str
) -> None:
    found = Quantity(Mention(0, 2, words), 12, 12, unit=unit, fate=fate, side=side)
    assert (number(found), quantity(found)) == (short, long)
