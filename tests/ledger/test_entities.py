"""Entities over all reports: counted, found by name, followed through time."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from hashlib import sha1
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from bywhom.errors import UsageError
from bywhom.ledger import Ledger, Report, rows
from bywhom.ledger.entities import over_all
from bywhom.records import (
    Attribution,
    Claim,
    Document,
    Entity,
    EntityKind,
    Hop,
    Place,
    PlaceOutcome,
    Quantity,
    Quote,
    Source,
    SourceKind,
    Stated,
    Timespan,
    entity_id,
    place_id,
)
from bywhom.records.time import Derived

OMER = entity_id(EntityKind.PERSON, "omer pasa", "public")
SCRIBE = entity_id(EntityKind.PERSON, "omer katib", "doc")
COURIER = entity_id(EntityKind.OUTLET, "The Courier")
FIRST = "The Courier writes: Omer Pasha said that 40 men died at Kars on 2 June 1855."
SECOND = "Ömer Paşa said that 60 men died at Kars on 2 June 1855. His scribe Omer Katib wept."


def told(make: Any, text: str, name: str, count: str, *, via: str | None, published: str) -> tuple[Document, Claim]:
    doc = replace(make.document("kars", text), published=Stated(published, published))
    source = Source(name, SourceKind.MILITARY, make.mention(doc, name), id=OMER)
    hops = (Hop(via, SourceKind.MEDIA, make.mention(doc, via), id=COURIER),) if via else ()
    words = f"{count} men died"
    said = Attribution(make.mention(doc, words).span, Quote.INDIRECT, source, None, hops)
    place = Place(make.mention(doc, "Kars"), PlaceOutcome.SETTLEMENT, "Kars", "TR", None, 40.6, 43.1, 743952)
    day = Timespan("1855-06-02", make.mention(doc, "2 June 1855"), Derived.STATED)
    number = Quantity(make.mention(doc, count), float(count), float(count), unit="men")
    return doc, make.claim(doc, words, attribution=said, place=place, time=day, quantities=(number,))


def pasha(name: str, *aliases: str) -> Entity:
    return Entity(OMER, name, EntityKind.PERSON, "Ottoman", "TR", aliases, SourceKind.MILITARY)


def report(make: Any, name: str, doc: Document, claim: Claim, entities: Sequence[Entity], **more: Any) -> Report:
    raw = make.raw(name, doc.text)
    digest = make.ledger.archive.put(raw.data)
    place = claim.place
    kars = Entity(place_id(place) or "", "Kars", EntityKind.PLACE, country="TR")
    reading = rows.reading(doc, (claim,), (), reader="reader 1", entities=(*entities, kars), **more)
    return rows.report(raw, digest, sha1(raw.data, usedforsecurity=False).hexdigest(), reading)


def reports(make: Any) -> tuple[Report, ...]:
    courier = Entity(COURIER, "The Courier", EntityKind.OUTLET)
    scribe = Entity(SCRIBE, "Omer Katib", EntityKind.PERSON, local=True, protected=True)
    first = told(make, FIRST, "Omer Pasha", "40", via="The Courier", published="1855-06-03")
    second = told(make, SECOND, "Ömer Paşa", "60", via=None, published="1855-06-09")
    return (
        report(make, "late", *second, (pasha("Ömer Paşa"), scribe)),
        report(make, "early", *first, (pasha("Omer Pasha"), courier)),
    )


@pytest.fixture
def filled(ledger: Ledger, make: Any) -> Ledger:
    ledger.record(reports(make))
    return ledger


@pytest.fixture(autouse=True)
def _claims_without_a_shot(monkeypatch: pytest.MonkeyPatch, factory: Any) -> None:
    """The factory's claims name "fired" as their trigger; these reports tell of no shot."""
    usual = factory.mention

    def mention(doc: Document, words: str) -> Any:
        return usual(doc, words if words in doc.text else "said")

    monkeypatch.setattr(factory, "mention", staticmethod(mention))


def test_entities_are_counted_over_all_reports(filled: Ledger) -> None:
    listed = {each.entity.name: (each.mentions, each.said, each.reports) for each in filled.entities()}
    assert listed == {"Omer Pasha": (2, 2, 2), "Kars": (2, 0, 2), "The Courier": (1, 0, 1)}


def test_an_entity_is_what_its_reports_agree_on(filled: Ledger) -> None:
    (found,) = filled.entities("person")
    assert (found.entity.name, found.entity.side, found.entity.aliases) == ("Omer Pasha", "Ottoman", ("Ömer Paşa",))


def test_the_usual_name_is_shown_and_what_is_disputed_is_left_blank() -> None:
    named = [
        pasha("OMER PASHA"),
        pasha("OMER PASHA"),
        replace(pasha("Omer Pasha"), side="British"),
        pasha("Omar Pasha"),
    ]
    for order in permutations(named):
        found = over_all(order)
        assert (found.name, found.side, found.country) == ("Omar Pasha", None, "TR")


@pytest.mark.parametrize("name", ["Omer Pasha", "ömer paşa", "Omer Pasa", "Pasha", OMER, OMER[:6]])
def test_who_is_found_by_any_spelling(filled: Ledger, name: str) -> None:
    assert filled.who(name).entity.entity.id == OMER


@pytest.mark.parametrize("name", ["zzz", "asha", "a", "s", "Omer Paschal Grey"])
def test_nobody_is_found_by_letters_inside_a_name_or_by_sounds_too_short_to_tell(filled: Ledger, name: str) -> None:
    assert filled.named(name) == []


@pytest.mark.parametrize(
    ("name", "near"), [("Omer Pashaw", ("Omer Pasha",)), ("Courrier", ("The Courier",)), ("zzz", ()), ("", ())]
)
def test_names_that_look_like_one_are_offered(filled: Ledger, name: str, near: tuple[str, ...]) -> None:
    assert filled.near_names(name) == near


def test_who_says_what_in_the_order_of_publication(filled: Ledger) -> None:
    found = filled.who("Omer Pasha")
    assert [each.published for each in found.said] == ["1855-06-03", "1855-06-09"]
    assert (found.relayed, found.about) == ((), ())
    assert [each.claim.text for each in filled.who("The Courier").relayed] == ["40 men died"]
    assert len(filled.who("Kars").about) == 2


def test_a_changed_number_is_marked(filled: Ledger) -> None:
    (change,) = filled.who("Omer Pasha").revisions
    said = filled.who("Omer Pasha").said
    assert (change.before, change.after) == (said[0].claim.id, said[1].claim.id)
    assert (change.was.low, change.now.low) == (40.0, 60.0)


def test_nobody_and_several_are_told_apart(filled: Ledger, make: Any) -> None:
    with pytest.raises(UsageError, match=r"nobody in the ledger is called 'Napier'; `bywhom entities --text Napier`"):
        filled.who("Napier")
    with pytest.raises(UsageError, match=r"nobody in the ledger is called ''"):
        filled.who("")
    doc, claim = told(
        make, "Omer Vrioni said that 9 men died at Kars on 2 June 1855.", "Omer Vrioni", "9", via=None, published="1855"
    )
    other = entity_id(EntityKind.PERSON, "omer vrioni", "public")
    source = claim.attribution.source
    assert source is not None
    claim = replace(claim, attribution=replace(claim.attribution, source=replace(source, id=other)))
    filled.record([report(make, "third", doc, claim, [Entity(other, "Omer Vrioni", EntityKind.PERSON)])])
    with pytest.raises(
        UsageError, match=rf"2 are called 'Omer': .*{other} Omer Vrioni \(person\).*; give the id instead"
    ):
        filled.who("Omer")


def test_kinds_are_checked_and_texts_are_found(filled: Ledger) -> None:
    with pytest.raises(UsageError, match=r"kind 'general' is not one of: person, description"):
        list(filled.entities("general"))
    assert [each.entity.name for each in filled.entities(text="COUR")] == ["The Courier"]
    assert [each.entity.name for each in filled.entities(EntityKind.PLACE, limit=1)] == ["Kars"]
    assert list(filled.entities(text="%")) == []


def test_the_order_of_reports_leaves_no_trace(tmp_path: Path, factory: Any) -> None:
    seen = []
    for number, turned in enumerate((False, True)):
        with Ledger.open(tmp_path / f"{number}.db") as ledger:
            given = reports(factory(ledger))
            for one in reversed(given) if turned else given:
                ledger.record([one])
            seen.append((list(ledger.entities()), ledger.who("Omer Pasha").revisions))
    assert seen[0] == seen[1]


def test_a_new_reading_replaces_the_mentions_of_the_old(filled: Ledger, make: Any) -> None:
    for each in reports(make):
        assert each.reading is not None
        entities = tuple({**row, "document_id": each.document_id} for row in each.reading.entities)
        newer = replace(each.reading, reader="reader 2", entities=entities)
        filled.record([replace(each, reading=newer)])
    assert {each.entity.name: each.mentions for each in filled.entities()} == {
        "Omer Pasha": 2,
        "Kars": 2,
        "The Courier": 1,
    }


def test_a_sound_ledger_is_verified(filled: Ledger) -> None:
    assert list(filled.verify()) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE mentions SET text = 'Napier' WHERE role = 'source'", "the words of a mention at"),
        (
            "UPDATE mentions SET entity_id = 'abcd' WHERE role = 'source'",
            "its claims mention entities that are not there: abcd",
        ),
        ("DELETE FROM mentions WHERE role = 'relay'", "the mentions of entities are not those of its claims"),
        ("UPDATE entities SET name = 'Napier'", "is not what its record says"),
        ("UPDATE entities SET protected = 0 WHERE protected = 1", "is not what its record says"),
        ("UPDATE entities SET record = replace(record, 'Ottoman', 'British')", "claims or entities were changed after"),
        ("UPDATE entities SET record = 'x'", "cannot be read"),
        ("DELETE FROM entities", "claims or entities were changed after"),
    ],
)
def test_a_change_is_found(filled: Ledger, change: str, said: str) -> None:
    with closing(sqlite3.connect(filled.path)) as raw, raw:
        raw.execute(change)
    assert any(said in each.message for each in filled.verify())
