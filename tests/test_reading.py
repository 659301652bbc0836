"""One report through the rooms: the same rows for the same bytes, and a fault of ours costs one stage alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import pytest

from bywhom import reading
from bywhom.errors import NoSpace
from bywhom.progress import Clock
from bywhom.reading import Tools, read
from bywhom.records import Collection, RawDocument
from bywhom.tagging.modelfile import ModelFile

DISPATCH = (
    "Grain ships wait off Odesa\n\n"
    "Admiral Kerr said on 4 May 1877 that three ships had turned back near Odesa. "
    "“We will not sail without coal,” a stoker told the Harbour Post.\n\n"
    "The port office denied the report.\n"
)


@pytest.fixture(scope="module")
def tools() -> Tools:
    """The tables, loaded once."""
    return Tools.load()


def raw_of(text: str | bytes = DISPATCH, name: str = "wire") -> RawDocument:
    data = text.encode() if isinstance(text, str) else text
    return RawDocument(name, data, "text", Collection(f"box/{name}.txt", "file", "2024-05-01T10:00:00Z", "bywhom 0"))


def test_a_report_goes_through_all_rooms(tools: Tools) -> None:
    clock = Clock()
    found = read(raw_of(), tools, clock)
    assert found.unread == ""
    assert found.problems == ()
    assert any("turned back" in claim.text for claim in found.claims)
    assert all(claim.extractor.version == tools.extractor.version for claim in found.claims)
    assert list(clock.seconds) == ["cleaning", "attribution", "tagging", "claims", "grounding", "actors"]


def test_the_same_report_gives_the_same_reading(tools: Tools) -> None:
    assert read(raw_of(), tools) == read(raw_of(), tools)
    assert read(raw_of(), tools) == read(raw_of(), Tools.load())


def test_marks_that_dress_the_words_are_read_over_and_kept(tools: Tools) -> None:
    dressed = DISPATCH.replace("three ships", "**three** _ships_").replace(
        "Admiral Kerr", "[Admiral Kerr](https://example.org/kerr)"
    )
    found = read(raw_of(dressed), tools)
    assert [c.attribution.source and c.attribution.source.name for c in found.claims] == [
        c.attribution.source and c.attribution.source.name for c in read(raw_of(), tools).claims
    ]
    assert any("three** _ships_ had" in claim.text for claim in found.claims)
    assert all(claim.text == claim.span.of(dressed) for claim in found.claims)


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n" + bytes(300), b"\x7fELF" + bytes(range(256))])
def test_what_cannot_be_read_is_a_problem_that_names_the_report(tools: Tools, data: bytes) -> None:
    found = read(raw_of(data), tools)
    assert found.claims == ()
    assert found.unread
    assert {(problem.where, bool(problem.document_id)) for problem in found.problems} == {("box/wire.txt", True)}


def test_a_language_not_yet_read_is_kept_and_listed(tools: Tools) -> None:
    text = "Le ministre a déclaré vendredi que les soldats de la garnison avaient refusé de monter en ligne. " * 3
    found = read(raw_of(text), tools)
    assert found.document is not None
    assert found.document.text == text
    assert (found.claims, found.unread) == ((), "its language (fr) is not read yet")


@pytest.mark.parametrize(
    ("function", "stage", "claims"),
    [
        ("clean", "cleaning", False),
        ("attribute", "attribution", False),
        ("assemble", "claims", False),
        ("ground", "grounding", True),
    ],
)
def test_a_fault_of_ours_in_one_stage_is_a_problem(
    tools: Tools, monkeypatch: pytest.MonkeyPatch, function: str, stage: str, claims: bool
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise KeyError("no such word")

    monkeypatch.setattr(reading, function, broken)
    found = read(raw_of(), tools)
    (problem,) = found.problems
    assert problem.stage == stage
    assert f"A fault in bywhom stopped the stage {stage} (KeyError: 'no such word'" in problem.message
    assert problem.where == "box/wire.txt"
    assert bool(found.claims) == claims  # without grounding, claims stand with blanks
    assert bool(found.unread) != claims


def test_a_fault_of_the_installation_is_none_of_the_report(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise NoSpace("the disk is full")

    monkeypatch.setattr(reading, "clean", full)
    with pytest.raises(NoSpace):
        read(raw_of(), tools)


def test_a_report_in_capitals_is_read_as_mixed_text_and_shown_as_it_stands(tools: Tools) -> None:
    text = (
        "VALDORRA, 3 MAY 89 (EFE) -- [TEXT] MAYOR ANTONIO RUIZ SAID THAT REBELS KILLED TWO SOLDIERS IN SAN SALVADOR.\n"
    )
    found = read(raw_of(text), tools)
    (claim,) = found.claims
    assert claim.text == text[claim.span.start : claim.span.end]
    source = claim.attribution.source
    assert source is not None
    assert source.name == "Antonio Ruiz"
    assert source.mention is not None
    assert source.mention.text.endswith("ANTONIO RUIZ")
    assert found.document is not None
    assert found.document.text == text


def test_without_the_trained_reader_the_rules_read_and_every_row_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = ModelFile(tmp_path / "reader.onnx", "1", "0" * 64)
    monkeypatch.setattr(ModelFile, "named", lambda _name: missing)
    found = read(raw_of(), Tools.load())
    assert found.claims
    assert {(claim.extractor.name, claim.extractor.model_digest) for claim in found.claims} == {
        ("bywhom, rules alone", None)
    }
    assert found.claims[0].extractor.version.endswith(".rules")


def test_behind_what_the_trained_reader_looks_at_the_rules_read_alone(
    tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bywhom.tagging.sight._MOST", 1)
    text = "\n\n".join(f"Captain Holm said that the crew of the {name} had refused to sail." for name in _SHIPS)
    found = read(raw_of(text), tools)
    (problem,) = found.problems
    assert problem.stage == "tagging"
    assert problem.document_id
    assert problem.span is not None
    assert text[problem.span.start :].startswith("Captain Holm")
    assert problem.span.end == len(text)
    assert any(claim.span.start > problem.span.start for claim in found.claims)


_SHIPS = [
    f"{first} {last}"
    for first in ("North", "South", "East", "West")
    for last in ("Star", "Wind", "Gate", "Isle", "Bank")
]


# Texts that nobody would print ----------------------------------------------------------------------------------------

_STOCK = "the stokers of the third flotilla refused to sail and said that no coal had come from the depot at Kronborg".split()
_MARKS = ("“", "”", "‘", "’", '"', "'", "«", "»", "„", "“")


def _words(number: int) -> list[str]:
    return list(islice(cycle(_STOCK), number))


STRANGE: dict[str, Callable[[int], str]] = {
    "one sentence": lambda n: " ".join(_words(n)) + ".",
    "one sentence of clauses": lambda n: ", and ".join(" ".join(_words(7)) for _ in range(n // 8)) + ".",
    "no spaces": lambda n: "".join(_words(n)),
    "only quotation marks": lambda n: "".join(islice(cycle(_MARKS), 4 * n)),
    "quotations that never close": lambda n: " ".join(
        f"{mark}he said {word}" for mark, word in zip(cycle(_MARKS), _words(n // 3))
    ),
    "quotations in quotations": lambda n: "“we ‘refuse " * (n // 4) + "to sail’ today” " * (n // 4),
    "words of invisible marks": lambda n: " ".join("\u200b".join(word) for word in _words(n)),
    "right to left and back": lambda n: " ".join(f"\u202e{word}\u202c" for word in _words(n)),
    "a word a line": lambda n: "\n".join(_words(n)),
    "many short paragraphs": lambda n: "\n\n".join(" ".join(_words(9)) + "." for _ in range(n // 9)),
    "many speakers": lambda n: "\n\n".join("“No coal has come,” Captain Holm said." for _ in range(n // 7)),
    "names and nothing else": lambda n: "Anders Holm " * (n // 2),
    "numbers and nothing else": lambda n: " ".join(map(str, range(n))),
}


@pytest.mark.parametrize("kind", STRANGE)
def test_the_work_grows_no_faster_than_a_strange_text_and_every_claim_stands_in_it(tools: Tools, kind: str) -> None:
    read(raw_of(STRANGE[kind](60)), tools)  # what is made at first use
    small, large = (_calls(raw_of(STRANGE[kind](size), kind), tools) for size in (700, 2800))
    assert large < 5.5 * small + 20_000  # four times the text


def _calls(raw: RawDocument, tools: Tools) -> int:
    """How many functions of ours are called in reading a report."""
    number = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal number
        number += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        found = read(raw, tools)
    finally:
        sys.setprofile(before)
    assert [problem for problem in found.problems if problem.message.startswith("A fault")] == []
    text = found.document.text if found.document else ""
    assert all(text[claim.span.start : claim.span.end] == claim.text for claim in found.claims)
    return number
