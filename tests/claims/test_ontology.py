"""The files of the ontology, against their table."""

from __future__ import annotations

from bywhom.claims.ontology import event_table
from bywhom.records import EventType, Role


def test_the_ontology_fits_its_table() -> None:
    entries = event_table().entries
    assert [entry.type for entry in entries] == list(EventType)
    for entry in entries:
        words = [word for group in (*entry.verbs, *entry.nouns, *entry.fixed) for word in group.words]
        assert entry.definition, entry.label
        assert all(word == word.lower() or word == "200 cargo" for word in words), entry.label
        assert set(entry.roles) >= {Role.AGENT, Role.TARGET}


def test_no_phrase_stands_twice_without_conditions() -> None:
    """Two types that claim one phrase unconditionally would be told apart by nothing but the order of files."""
    seen: dict[tuple[str, ...], tuple[EventType, int]] = {}
    for senses in event_table().senses.values():
        for sense in senses:
            if sense.needs or sense.vetoes or sense.kind == "fixed":
                continue
            kind = (sense.kind, *sense.phrase)
            other = seen.setdefault(kind, (sense.type, sense.weight))
            assert other[0] is sense.type or other[1] != sense.weight, (kind, other, sense.type)
