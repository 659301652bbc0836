"""Look-ups, and what is said when the file is not as it should be."""

from __future__ import annotations

import pickle
import sqlite3
from pathlib import Path

import pytest

from bywhom.errors import GazetteerMissing
from bywhom.grounding.gazetteer import CAPITAL, Gazetteer, default_path, km_between


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Ethiopia", "country", "ET"),
        ("the Gambia", "country", "GM"),
        ("UAE", "country", "AE"),
        ("Tigray", "region", "ET"),
        ("Rakhine", "region", "MM"),
        ("Darfur", "area", "SD"),
        ("Bay of Biscay", "area", None),
        ("Mekele", "settlement", "ET"),
        ("Vukovar", "settlement", "HR"),
        ("Вуковар", None, None),
        ("Kent", "district", "GB"),
    ],
)
def test_named(gazetteer: Gazetteer, name: str, kind: str | None, country: str | None) -> None:
    found = {(e.kind, e.country) for e in gazetteer.named(name.removeprefix("the "))}
    assert (kind, country) in found or (kind is None and not found)


def test_the_most_populous_comes_first(gazetteer: Gazetteer) -> None:
    towns = [e for e in gazetteer.named("Alexandria") if e.kind == "settlement"]
    assert towns[0].country == "EG"
    assert [e.population for e in towns] == sorted((e.population for e in towns), reverse=True)


def test_other_transliterations_are_found(gazetteer: Gazetteer) -> None:
    assert "Chernihiv" in {e.name for e in gazetteer.alike("Tchernigov")} | {
        e.name for e in gazetteer.alike("Chernigiv")
    }


@pytest.mark.parametrize(
    ("word", "country"), [("Ethiopians", "ET"), ("Burmese", "MM"), ("french", "FR"), ("table", None)]
)
def test_adjective(gazetteer: Gazetteer, word: str, country: str | None) -> None:
    owner = gazetteer.adjective(word)
    assert (owner.country if owner else None) == country


def test_claimed_entities_say_so(gazetteer: Gazetteer) -> None:
    assert [e.claimed for e in gazetteer.named("Somaliland") if e.kind == "region"] == [True]


def test_capital_and_largest_towns(gazetteer: Gazetteer) -> None:
    towns = [gazetteer.town("TZ", CAPITAL), gazetteer.town("TZ", 1)]
    assert [town.name for town in towns if town] == ["Dodoma", "Dar es Salaam"]
    assert gazetteer.town("XX", 1) is None


def test_suggestions_stay_inside_the_region(gazetteer: Gazetteer) -> None:
    region = next(e for e in gazetteer.named("Mopti") if e.kind == "region")
    found = gazetteer.suggest("Duenza", region=region.region, country=None)
    assert {e.region for e in found} <= {region.region}
    assert "Douentza" in {e.name for e in found}


def test_missing_file_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(GazetteerMissing, match=r"\./dev run"):
        Gazetteer(tmp_path / "none.sqlite").named("Paris")


@pytest.mark.parametrize("size", [0, 1, 4096, 5000, 200_000])
def test_a_file_cut_off_is_an_error_and_no_answer(tmp_path: Path, size: int) -> None:
    cut = tmp_path / "cut.sqlite"
    with default_path().open("rb") as whole:
        cut.write_bytes(whole.read(size))
    with pytest.raises(GazetteerMissing):
        Gazetteer(cut).named("Paris")


def test_another_form_is_refused(tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite"
    with sqlite3.connect(old) as db:
        db.execute("CREATE TABLE meta (key TEXT, value TEXT)")
        db.execute("INSERT INTO meta VALUES ('schema', '0')")
    db.close()
    with pytest.raises(GazetteerMissing, match="form 0"):
        Gazetteer(old).named("Paris")


def test_looking_up_writes_nothing(gazetteer: Gazetteer) -> None:
    before = default_path().stat().st_mtime_ns
    gazetteer.named("Teruel")
    assert default_path().stat().st_mtime_ns == before
    assert not default_path().with_name("gazetteer.sqlite-journal").exists()


def test_a_gazetteer_can_be_sent_to_a_worker(gazetteer: Gazetteer) -> None:
    gazetteer.named("Teruel")
    assert pickle.loads(pickle.dumps(gazetteer)).named("Teruel") == gazetteer.named("Teruel")  # noqa: S301


def test_distance(gazetteer: Gazetteer) -> None:
    sarajevo, tuzla = gazetteer.named("Sarajevo")[0], gazetteer.named("Tuzla")
    assert 75 < min(km_between(sarajevo, e) for e in tuzla if e.country == "BA") < 90
