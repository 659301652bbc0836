"""Reports written to teach the reader: what their files say, and what is told of those that are not as they should be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.corpora import held_out
from training.invented import FOLDER, Unreadable, invented_rows, read, rows

REPORT = """Ferry burnt

{1|Gunmen burnt the ferry at Kpalo} on Tuesday, Captain Idris Waziri said. {2|"They wanted the crossing,"} he told Radio Dosso.
{3|Two men drowned}.

1 | destroy | military | - | Captain Idris Waziri | said | - | Kpalo | on Tuesday
2 | other | military | direct broadcast possible | he = Captain Idris Waziri | told | Radio Dosso; Le Soir | Kpalo | -
3 | casualty | publisher | none | - | - | - | - | -
"""


def words(row: dict[str, Any], span: list[int] | None) -> str | None:
    return row["text"][span[0] : span[1]] if span else None


def test_a_report_is_its_text_without_braces_and_what_stands_where() -> None:
    row = read("sea-000", "2011-04-02 | agency copy", REPORT)
    assert "{" not in row["text"]
    assert "|" not in row["text"]
    assert (row["published"], row["round"], len(row["claims"])) == ("2011-04-02", 3, 3)
    first, second, third = row["claims"]
    assert row["text"][first["start"] : first["end"]] == "Gunmen burnt the ferry at Kpalo"
    assert (first["event"], first["quote"], first["certainty"], first["channel"]) == (
        "destroy",
        "indirect",
        "certain",
        None,
    )
    assert (second["quote"], second["certainty"], second["channel"]) == ("direct", "possible", "broadcast")
    assert (words(row, second["source_mention"]), second["source"]) == ("he", "Captain Idris Waziri")
    assert second["via"] == ["Radio Dosso", "Le Soir"]
    assert words(row, first["time"]["evidence"]) == "on Tuesday"
    assert (third["source"], third["source_mention"], third["place"], third["time"]) == (None, None, None, None)


def test_words_that_stand_twice_are_those_nearest_to_the_claim() -> None:
    text = "Kolb said {1|the mill burnt}. It rained. {2|The fort fell}, Kolb said.\n"
    labels = (
        "1 | destroy | official | - | Kolb | said | - | - | -\n2 | seize | official | - | Kolb | said | - | - | -\n"
    )
    row = read("sea-000", "", text + labels)
    assert [claim["source_mention"][0] for claim in row["claims"]] == [0, row["text"].rindex("Kolb")]


@pytest.mark.parametrize(
    ("text", "mention", "told"),
    [
        ("They left and he said {1|the men, he knew, were gone}.", "he", "he said"),  # not in "They", not in the claim
        ("{1|He knew that the mill burnt}.", "He", "He knew"),  # nowhere else
        ("Kolb said {1|the mill burnt}.", "lb", None),  # no whole word
    ],
)
def test_whose_words_they_are_is_looked_for_outside_the_claim_and_word_by_word(
    text: str, mention: str, told: str | None
) -> None:
    report = f"{text}\n\n1 | destroy | official | - | {mention} = Kolb | - | - | - | -\n"
    if told is None:
        with pytest.raises(Unreadable, match="not in the text: lb"):
            read("sea-000", "", report)
        return
    row = read("sea-000", "", report)
    start = row["claims"][0]["source_mention"][0]
    assert row["text"][start:].startswith(told)


GOOD = "1 | destroy | official | - | Kolb | said | - | - | -"


@pytest.mark.parametrize(
    ("text", "labels", "told"),
    [
        ("Kolb said {1|the mill burnt}.", "", "claims marked"),
        ("Kolb said the mill burnt.", GOOD, "claims marked"),
        ("Kolb said {1|the mill burnt}.", f"{GOOD}\n{GOOD}", "claims marked"),
        ("Kolb said {1|the mill} {1|burnt}.", GOOD, "marked twice"),
        ("Kolb said {1|the {2|mill} burnt}.", GOOD, "a brace that is no mark"),
        ("Kolb said {1|the mill burnt}.", GOOD.replace("destroy", "burn"), "no event: burn"),
        ("Kolb said {1|the mill burnt}.", GOOD.replace("official", "mayor"), "no source_kind: mayor"),
        ("Kolb said {1|the mill burnt}.", GOOD.replace("| - | Kolb", "| surely | Kolb"), "surely"),
        ("Kolb said {1|the mill burnt}.", GOOD.replace("Kolb", "Holm"), "not in the text: Holm"),
        ("Kolb said {1|the mill burnt}.", GOOD.replace("Kolb", "-"), "the publisher is who has no source"),
        ("Kolb said {1|the mill burnt}.", GOOD.replace("official", "publisher"), "the publisher is who has no source"),
        ("Kolb said {1|the mill burnt}.", GOOD.removesuffix(" | -"), "8 cells instead of 9"),
    ],
)
def test_what_is_wrong_with_a_report_is_told(text: str, labels: str, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        read("sea-000", "", f"{text}\n\n{labels}\n")


def test_the_file_and_the_number_of_a_wrong_report_are_told(tmp_path: Path) -> None:
    path = tmp_path / "sea.txt"
    path.write_text(
        f"== 1999-01-01 | diary\n{REPORT}\n== 1999-01-02 | diary\n{{1|The mill burnt}}.\n", encoding="utf-8"
    )
    with pytest.raises(Unreadable, match="sea-001: claims marked"):
        rows(path)


PLAIN = st.text("ab .,\n", min_size=1, max_size=20).filter(str.strip)


@given(st.lists(st.tuples(PLAIN, PLAIN), min_size=1, max_size=6))
def test_marks_never_move_a_claim(parts: list[tuple[str, str]]) -> None:
    """Whatever stands around them, the words of a claim are the words between its braces."""
    text = "x" + "".join(f"{before}{{{number}|{claim}}}" for number, (before, claim) in enumerate(parts))
    labels = "\n".join(f"{number} | other | publisher | none | - | - | - | - | -" for number in range(len(parts)))
    row = read("sea-000", "", f"{text}\n{labels}\n")
    assert [row["text"][one["start"] : one["end"]] for one in row["claims"]] == [claim for _, claim in parts]


@pytest.mark.parametrize("part", [".", "later", "second"])
def test_the_reports_that_ship_are_as_they_should_be(part: str) -> None:
    found = invented_rows(FOLDER / part)
    assert len({row["name"] for row in found}) == len(found) > 0
    assert len({row["sha256"] for row in found}) == len(found)
    for row in found:
        assert all(row["text"][one["start"] : one["end"]].strip() for one in row["claims"])


def test_what_was_read_twice_is_kept_and_what_came_later_was_not_taught() -> None:
    taught = {row["sha256"] for row in invented_rows()}
    assert taught.isdisjoint(row["sha256"] for row in invented_rows(FOLDER / "later"))
    assert all(row["sha256"] in taught and held_out(row) for row in invented_rows(FOLDER / "second"))
