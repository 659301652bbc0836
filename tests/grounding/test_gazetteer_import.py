"""A GeoNames dump of the user's: read whole, or refused with the line that is wrong."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from bywhom.errors import UsageError
from bywhom.grounding import gazetteer_import
from bywhom.grounding.gazetteer import Gazetteer
from bywhom.grounding.gazetteer_import import import_geonames


def row(
    geonameid: int,
    name: str,
    lat: str = "43.31",
    lon: str = "-2.68",
    feature: str = "P.PPL",
    alternates: str = "",
    population: str = "0",
) -> str:
    kind, code = feature.split(".")
    return "\t".join(
        [
            str(geonameid),
            name,
            name,
            alternates,
            lat,
            lon,
            kind,
            code,
            "ES",
            "",
            "59",
            "",
            "",
            "",
            population,
            "",
            "9",
            "Europe/Madrid",
            "2020-01-01",
        ]
    )


ROWS = [
    row(1, "Arbacegui", population="300"),
    row(2, "Munitibar", alternates="Munitíbar,xx yy,MUN,Мунитибар"),
    row(3, "Río Oca", feature="H.STM"),
    row(4, "Busturialdea", feature="A.ADM2"),
    row(5, "Teruel", "40.34", "-1.1", population="35000"),
]


def dump(folder: Path, text: str) -> Path:
    path = folder / "ES.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_villages_are_found_beside_the_towns_that_ship(tmp_path: Path) -> None:
    count = import_geonames(dump(tmp_path, "\n".join(ROWS)), tmp_path / "es.sqlite")
    gazetteer = Gazetteer(extra=[tmp_path / "es.sqlite"])
    assert count == 4
    assert [(e.name, e.region) for e in gazetteer.named("arbacegui")] == [("Arbacegui", "ES.59")]
    assert [e.kind for e in gazetteer.named("Busturialdea")] == ["district"]
    assert gazetteer.named("Munitíbar") == gazetteer.named("Munitibar")
    assert not gazetteer.named("Río Oca")
    assert Gazetteer().named("arbacegui") == ()


def test_a_place_of_both_files_is_one(tmp_path: Path) -> None:
    known = next(e for e in Gazetteer().named("Vukovar") if e.kind == "settlement")
    assert known.geonameid is not None
    import_geonames(dump(tmp_path, row(known.geonameid, "Vukovar")), tmp_path / "es.sqlite")
    assert Gazetteer(extra=[tmp_path / "es.sqlite"]).named("Vukovar") == Gazetteer().named("Vukovar")


@pytest.mark.parametrize("packing", ["zip", "gz"])
def test_packed_dumps(tmp_path: Path, packing: str) -> None:
    path = tmp_path / f"ES.{packing}"
    if packing == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("readme.txt", "about")
            archive.writestr("ES.txt", "\n".join(ROWS))
    else:
        path.write_bytes(gzip.compress("\n".join(ROWS).encode()))
    assert import_geonames(path, tmp_path / "es.sqlite") == 4


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no settlement"),
        ("one\ttwo", "line 1 has 2 columns"),
        (ROWS[0] + "\n" + row(2, "Nowhere", lat="north"), "line 2 is no GeoNames row"),
        (row(2, "Nowhere", lat="91"), "Nowhere"),
        (row(2, "Nowhere", population="many"), "line 1"),
        (row(2, "N" * 10_000), "line 1"),
        (row(2, ""), "line 1"),
        ("x" * 300_000, "columns"),
    ],
)
def test_what_is_no_dump_is_refused(tmp_path: Path, text: str, message: str) -> None:
    target = tmp_path / "es.sqlite"
    with pytest.raises(UsageError, match=message):
        import_geonames(dump(tmp_path, text), target)
    assert not target.exists()


def test_a_cut_archive_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress("\n".join(ROWS * 50).encode())
    (tmp_path / "ES.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "ES.zip").write_bytes(b"PK\x03\x04 and no more")
    (tmp_path / "latin.txt").write_bytes(row(1, "Caf\xe9").encode("latin-1"))
    for name in ("ES.gz", "ES.zip", "latin.txt", "none.txt"):
        with pytest.raises(UsageError, match=name):
            import_geonames(tmp_path / name, tmp_path / "es.sqlite")


def test_the_whole_world_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gazetteer_import, "MOST_ROWS", 3)
    with pytest.raises(UsageError, match="single countries"):
        import_geonames(dump(tmp_path, "\n".join(ROWS)), tmp_path / "es.sqlite")
