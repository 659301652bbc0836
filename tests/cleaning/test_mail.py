"""Mails and messages in plain text: who sent them, whose words they pass on, and what of them is the report."""

from __future__ import annotations

import pytest
from cleaning_pages import body, page, told  # type: ignore[import-not-found]

HEAD = "From: Anna Keller <a.keller@example.org>\nTo: desk@example.org\nDate: Tue, 5 Jun 1917 10:14:00 +0100\nSubject: Fwd: Fort falls\n"
LEAD = "The garrison of the fort laid down its arms on Tuesday, a staff officer said."
MORE = "Two companies had refused to leave their trenches, according to the officer."


def test_the_head_of_a_mail_tells_author_date_and_title() -> None:
    doc = page(f"{HEAD}\n{LEAD}\n\n{MORE}\n\n-- \nAnna Keller\nThe Herald, 12 Station Road\n")
    assert (doc.author and doc.author.value, doc.title and doc.title.value) == ("Anna Keller", "Fort falls")
    assert doc.published is not None
    assert doc.published.value == "1917-06-05"
    assert doc.dateline is None
    assert body(doc) == [LEAD, MORE]
    assert told(doc)[-1][0] == "furniture"


def test_a_mail_inside_a_mail_names_whose_words_are_passed_on() -> None:
    inner = "---------- Forwarded message ---------\nFrom: Jean Dumont <j@example.org>\nSubject: Fort falls\nTo: Anna\n"
    doc = page(f"{HEAD}\nSee below.\n\n{inner}\n{LEAD}\n\nSent from my telephone\n")
    assert doc.author is not None
    assert doc.author.value == "Anna Keller"
    assert doc.dateline is not None
    assert [agency.text for agency in doc.dateline.agencies] == ["Jean Dumont"]
    assert body(doc) == ["See below.", LEAD]


def test_quoted_lines_are_read_as_they_were_before_they_were_quoted() -> None:
    quoted = (
        "> The garrison of the fort laid down its arms on Tuesday evening, a staff\n> officer said after the truce.\n"
    )
    doc = page(f"{HEAD}\nOn 4 June 1917 Jean Dumont wrote:\n\n{quoted}")
    (words,) = body(doc)
    assert words.startswith("The garrison")
    assert words in doc.text
    assert words.endswith("truce.")


@pytest.mark.parametrize(
    "line", ["[Forwarded from Front Staff]", "Forwarded from: Front Staff", "Forwarded from Front Staff"]
)
def test_a_message_passed_on_names_whose_it_is(line: str) -> None:
    doc = page(f"{line}\n{LEAD}\n\n{MORE}")
    assert doc.dateline is not None
    assert [agency.text for agency in doc.dateline.agencies] == ["Front Staff"]
    assert body(doc) == [LEAD, MORE]


@pytest.mark.parametrize(
    "line",
    [
        "Forwarded from the front, the letters tell of hunger, the paper said.",
        "Forwarded from Huy to Namur by mule, the guns came too late, he said.",
        "From: where the fort stood, nothing is left, the mayor said.",
    ],
)
def test_a_sentence_that_begins_like_a_head_is_the_report(line: str) -> None:
    assert body(page(f"Fort falls\n\n{LEAD}\n\n{line}\n\n{MORE}"))[1:-1] == [line]


@pytest.mark.parametrize(
    ("text", "report"),
    [
        (f"Photo: Ministry of War. {LEAD} {MORE}", [f"{LEAD} {MORE}"]),
        (f"📷 Photo: Herald. {LEAD}\n\nSubscribe | Chat", [LEAD]),
        (f"⚡️⚡️ **URGENT** {LEAD}\n\n#fort #namur @front_herald", [LEAD]),
        (f"BREAKING: {LEAD}\n\n👉 [Subscribe](https://t.me/herald)", [LEAD]),
        (f"{LEAD}\n\nt.me/front_herald", [LEAD]),
        (f"Video: the bridge after the shelling. {LEAD}", [f"Video: the bridge after the shelling. {LEAD}"]),
    ],
)
def test_a_messengers_post_loses_its_trimmings_alone(text: str, report: list[str]) -> None:
    assert body(page(text)) == report


def test_markdown_dresses_words_and_is_none_of_them() -> None:
    doc = page(
        f"# Fort **falls** at last\n\n*By Anna Keller*\n\n**LIEGE** — {LEAD}\n\n![the fort](fort.jpg)\n\n> {MORE}\n"
    )
    assert doc.title is not None
    assert doc.title.value == "Fort falls at last"
    assert doc.title.mention is not None
    assert doc.title.mention.text == "Fort **falls** at last"
    assert doc.author is not None
    assert doc.author.value == "Anna Keller"
    assert body(doc) == [LEAD, MORE]
    covered = "".join(block.span.of(doc.text) for block in doc.blocks)
    assert "".join(covered.split()) == "".join(doc.text.split())
