"""Facts that several rooms look up: every row is there once, and reads the same whoever asks."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bywhom import facts
from bywhom.facts import Country, GovernmentTable, OutletTable
from bywhom.versions import linker_digest


def test_adjectives_names_and_seats_stand_for_a_country() -> None:
    table = GovernmentTable(
        {"Ruritanian": Country(("Ruritania",), ("Strelsau",), ("Ruritan",)), "Zendan": Country(("Zenda",))}
    )
    assert list(table.words()) == [
        ("Ruritanian", "Ruritanian"),
        ("Ruritania", "Ruritanian"),
        ("Ruritan", "Ruritanian"),
        ("Strelsau", "Ruritanian"),
        ("Zendan", "Zendan"),
        ("Zenda", "Zendan"),
    ]


def test_agencies_are_outlets_too() -> None:
    table = OutletTable({"Havas": ("Agence Havas",)}, {"The Morning Post": ()})
    assert table.every() == {"Havas": ("Agence Havas",), "The Morning Post": ()}


def test_a_name_is_of_one_outlet() -> None:
    """Rooms go through the table in their own order: with a name in it twice they would not agree on whose it is."""
    table = facts.outlets()
    assert not table.agencies.keys() & table.outlets.keys()
    spelt = Counter(spelling for name, others in table.every().items() for spelling in {name, *others})
    assert [spelling for spelling, count in spelt.items() if count > 1] == []


@pytest.mark.parametrize("role", ["official", "military", "witness", "neutral"])
def test_roles_have_words(role: str) -> None:
    assert all(word == word.strip() and word for word in getattr(facts.roles(), role))
    assert getattr(facts.roles(), role)


def test_links_are_signed_with_the_facts_they_rest_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables of facts stand in no room of linking, and decide on links all the same."""
    before, read = linker_digest(), Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: b"" if path == Path(facts.__file__) else read(path))
    assert linker_digest() != before
