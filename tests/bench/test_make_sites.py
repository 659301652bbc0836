"""Small places written from memory: what may go into the table of sites."""

from __future__ import annotations

from pathlib import Path

import pytest
from make_sites import Site, Table, read

WRITTEN = """\
# country, region, name, latitude, longitude, a town, kilometres, spellings, what for
PT	Azores	Vila Xorlan (Flores)	39.45	-31.20	Lajes das Flores	8	Xorlan|Xorlan massacre|War	landing 1583
PT	Azores	Yorlan	39.45	-31.20	Lajes das Flores	80		landing 1583
PT	Azores	Zorlan	39.45	-31.20	Nowhere-upon-Sea	8		landing 1583
PT	Lisbon	Sintra	38.80	-9.38	Lisbon	24		palace
not a row
"""


@pytest.fixture
def sites(tmp_path: Path) -> list[Site]:
    path = tmp_path / "rows.tsv"
    path.write_text(WRITTEN, encoding="utf-8")
    return list(read(path))


def test_what_becomes_of_a_row(sites: list[Site]) -> None:
    table = Table.load(sites)
    assert {site.name: table.fate(site) for site in sites} == {
        "Vila Xorlan": "kept",
        "Yorlan": "point and distance disagree",
        "Zorlan": "town unknown",
        "Sintra": "known",
    }


def test_a_row_gets_the_code_of_its_region_and_only_spellings_that_are_names(sites: list[Site]) -> None:
    made = Table.load(sites).made(sites[0])
    assert (made.region, made.name, made.spellings) == ("PT.23", "Vila Xorlan", ("Xorlan",))


def test_broken_rows_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rows.tsv"
    path.write_text(WRITTEN, encoding="utf-8")
    assert len(list(read(path))) == 4
    assert "rows.tsv:6 is no row" in capsys.readouterr().out
