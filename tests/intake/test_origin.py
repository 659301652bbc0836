from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bywhom.intake.origin import Origin, printable


@pytest.mark.parametrize(
    ("file", "stem", "ending"),
    [
        ("alma.txt", "alma", ".txt"),
        ("alma.1854.HTML", "alma.1854", ".html"),
        ("wires.jsonl.gz", "wires", ".jsonl"),
        ("wires.GZ", "wires", ""),
        ("Despatch No. 5", "Despatch No. 5", ""),
        ("v1.2", "v1.2", ""),
        ("README", "README", ""),
        (".txt", ".txt", ".txt"),
    ],
)
def test_names_lose_their_ending_and_nothing_else(origin: Origin, file: str, stem: str, ending: str) -> None:
    named = replace(origin, file=file)
    assert (named.stem, named.ending) == (stem, ending)


def test_the_word_of_a_server_counts_as_an_ending(origin: Origin) -> None:
    served = replace(origin, file="report.php").declaring(media_type="text/html")
    assert served.ending == ".html"


def test_parts_of_parts_are_told_apart(origin: Origin) -> None:
    entry = origin.part("offset=88", "warc").part("entry=2", "feed")
    assert entry.location == "wires/alma.txt#offset=88&entry=2"
    assert entry.collection.method == "feed"


def test_file_names_that_are_not_utf8_can_be_written_down() -> None:
    assert printable(Path("caf\udce9.txt")) == "caf\ufffd.txt"
    assert printable("two\nlines\x1b[31m.txt") == "two\ufffdlines\ufffd[31m.txt"
