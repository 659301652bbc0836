"""Places of the user's own: taken in, shown, used by every later reading, taken out."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from bywhom import versions
from bywhom.grounding.gazetteer_import import imported
from bywhom.ledger import ClaimQuery, Ledger

# A hamlet that nobody invented before, in the north of Poland, and a well-known town.
ROWS = (
    ("9900001", "Wrzosowa Huta", "Wrzosowa Huta", "Heidehütte", "53.9001", "20.1002", "P", "PPL", "PL", "85", "41"),
    ("3099434", "Gdańsk", "Gdansk", "Danzig,Gedania", "54.35227", "18.64912", "P", "PPLA", "PL", "82", "461865"),
    ("9900002", "Wrzosowe Jezioro", "Wrzosowe Jezioro", "", "53.91", "20.11", "H", "LK", "PL", "85", "0"),
)
REPORT = "The column was shelled near the village of Wrzosowa Huta on 3 February, a courier said. Two men died.\n"


def line(*known: str) -> str:
    """A row of GeoNames: 19 columns, of which the known ones are told."""
    columns = ["", *[""] * 16, "Europe/Warsaw", "2020-01-01"]
    for at, value in zip((0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 14), known, strict=True):
        columns[at] = value
    return "\t".join(columns)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    kept = tmp_path / "own" / "places"
    monkeypatch.setenv("BYWHOM_GAZETTEER", str(kept))
    return kept


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "PL.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "Columns are explained here.")
        archive.writestr("PL.txt", "".join(line(*row) + "\n" for row in ROWS))
    return path


def test_what_is_taken_in_is_listed_and_seen_by_the_doctor(bywhom: Any, dump: Path, folder: Path) -> None:
    nothing = bywhom("gazetteer", "list")
    assert (nothing.status, nothing.out) == (0, "")
    assert "Nothing was taken in yet" in nothing.err
    answer = bywhom("gazetteer", "import", str(dump))
    assert answer.status == 0, answer.err
    assert "2 places of PL.zip" in answer.err
    assert imported(folder) == (folder / "PL.sqlite",)
    assert bywhom("gazetteer", "list").out == "PL  2 places  PL.zip\n"
    assert "PL.zip" in bywhom("doctor").out


def test_every_later_reading_uses_it(bywhom: Any, dump: Path, tmp_path: Path) -> None:
    report, book = tmp_path / "report.txt", tmp_path / "own.db"
    report.write_text(REPORT)
    assert bywhom("add", str(report), "--jobs", "1", "--ledger", str(book)).status == 0
    assert points(book) == set()
    bywhom("gazetteer", "import", str(dump))
    again = bywhom("add", str(report), "--jobs", "1", "--ledger", str(book))
    assert "1 read again" in again.err
    assert points(book) == {(53.9001, 20.1002)}
    assert "1 known already" in bywhom("add", str(report), "--jobs", "1", "--ledger", str(book)).err
    assert bywhom("gazetteer", "remove", "PL").status == 0
    assert "1 read again" in bywhom("add", str(report), "--jobs", "1", "--ledger", str(book)).err
    assert points(book) == set()


def points(book: Path) -> set[tuple[float | None, float | None]]:
    with Ledger.open(book, create=False) as ledger:
        places = [found.claim.place for found in ledger.claims(ClaimQuery())]
    return {(place.lat, place.lon) for place in places if place and place.lat is not None}


def test_the_dump_is_part_of_what_signs_a_reading(bywhom: Any, dump: Path, folder: Path) -> None:
    bywhom("gazetteer", "import", str(dump))
    first = versions.reader_version(gazetteers=imported(folder))
    assert first != versions.reader_version()
    with zipfile.ZipFile(dump, "w") as archive:
        archive.writestr("PL.txt", line(*ROWS[0]))
    bywhom("gazetteer", "import", str(dump))
    assert versions.reader_version(gazetteers=imported(folder)) not in (first, versions.reader_version())


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("PL.txt", b"Wrzosowa Huta;53.9;20.1\n", "1 columns, not 19"),
        ("PL.txt", line(*ROWS[0]).replace("53.9001", "north").encode(), "no GeoNames row"),
        ("PL.txt", line(*ROWS[2]).encode(), "no settlement"),
        ("PL.txt", b"", "no settlement"),
        ("PL.zip", b"PK\x03\x04 and no more", "cut off or no archive"),
        ("none.zip", None, "cannot be read"),
    ],
)
def test_what_is_no_dump_is_refused_in_one_line_and_leaves_what_was_there(
    bywhom: Any, dump: Path, folder: Path, tmp_path: Path, name: str, data: bytes | None, said: str
) -> None:
    bywhom("gazetteer", "import", str(dump))
    before = (folder / "PL.sqlite").read_bytes()
    bad = tmp_path / "bad" / name
    bad.parent.mkdir()
    if data is not None:
        bad.write_bytes(data)
    answer = bywhom("gazetteer", "import", str(bad))
    assert answer.status == 2
    assert said in answer.err
    assert name in answer.err
    assert len(answer.err.splitlines()) == 1
    assert [path.name for path in folder.iterdir()] == ["PL.sqlite"]
    assert (folder / "PL.sqlite").read_bytes() == before


def test_a_broken_file_of_the_users_is_named_with_what_to_do(bywhom: Any, folder: Path, tmp_path: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "PL.sqlite").write_bytes(b"no database " * 400)
    report = tmp_path / "report.txt"
    report.write_text(REPORT)
    for command in (("add", str(report), "--ledger", str(tmp_path / "b.db")), ("gazetteer", "list"), ("doctor",)):
        answer = bywhom(*command)
        assert answer.status != 0
        assert "bywhom gazetteer remove" in " ".join((answer.out + answer.err).split())


def test_there_is_nothing_to_remove(bywhom: Any) -> None:
    answer = bywhom("gazetteer", "remove", "UA")
    assert answer.status == 2
    assert "'UA' was not taken in" in answer.err
