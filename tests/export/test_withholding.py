"""Names of private people do not leave the ledger, however they are written; everything else stays, word for word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.export.withholding import Withheld, withheld
from bywhom.ledger import LedgerEntity
from bywhom.records import Entity, EntityKind, SourceKind, Span


def person(name: str, *aliases: str, protected: bool = True, kind: EntityKind = EntityKind.PERSON) -> LedgerEntity:
    return LedgerEntity(Entity(name, name, kind, None, None, aliases, SourceKind.WITNESS, protected=protected), 1, 1, 1)


ANNA = withheld([person("Anna Holm", "Frau Holm"), person("Colonel Thompson", protected=False)])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Anna Holm saw it.", "[witness 1, name withheld] saw it."),
        ("ANNA  HOLM saw it.", "[witness 1, name withheld] saw it."),
        ("Anna\nHolm saw it.", "[witness 1, name withheld] saw it."),
        ("Holm’s brother", "[witness 1, name withheld]’s brother"),
        ("Frau Holm and Anna", "[witness 1, name withheld] and [witness 1, name withheld]"),
        ("Stockholm and Annapolis", "Stockholm and Annapolis"),
        ("Colonel Thompson denied it.", "Colonel Thompson denied it."),
        ("Holmes", "Holmes"),
    ],
)
def test_a_name_is_withheld_however_it_is_written(text: str, left: str) -> None:
    assert ANNA(text) == left


def test_two_people_are_told_apart() -> None:
    two = withheld([person("Anna Holm"), person("Niels Friis")])
    assert two("Holm and Friis") == "[witness 1, name withheld] and [witness 2, name withheld]"
    assert two.people == 2


def test_short_parts_and_ranks_are_no_names() -> None:
    some = withheld([person("Ali van Dam", "the Ferryman")])
    assert some("Ali van Dam, a van and a dam; Ali") == "[witness 1, name withheld], a van and a dam; Ali"
    assert some("the war, a Ferryman") == "the war, a [witness 1, name withheld]"


def test_descriptions_and_the_public_are_named() -> None:
    none = withheld([person("a muleteer", kind=EntityKind.DESCRIPTION), person("Captain Lake", protected=False)])
    assert none("a muleteer told Captain Lake") == "a muleteer told Captain Lake"
    assert none.people == 0


def test_a_name_that_a_border_cuts_is_replaced_once() -> None:
    text = "He said Anna Holm fled."
    pieces = list(ANNA.pieces(text, Span(0, len(text)), [13]))
    assert [span.start for span, _ in pieces] == [0, 13]
    assert "".join(words for _, words in pieces) == "He said [witness 1, name withheld] fled."


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_where_nobody_is_protected_the_words_stay_as_they_are(text: str, a: int, b: int) -> None:
    low, high = sorted((min(a, len(text)), min(b, len(text))))
    nobody = Withheld({}, 0)
    assert nobody(text) == text
    if low < high:
        assert "".join(words for _, words in nobody.pieces(text, Span(low, high), [a, b])) == text[low:high]


@given(
    st.lists(st.sampled_from(["Anna", "Holm", "Anna Holm", "fled", "Stockholm", ",", "HOLM"]), max_size=8),
    st.integers(0, 60),
)
def test_no_name_is_left_wherever_the_text_is_cut(words: list[str], cut: int) -> None:
    text = " ".join(words)
    if text:
        whole = "".join(part for _, part in ANNA.pieces(text, Span(0, len(text)), [cut]))
        assert whole == ANNA(text)
        assert not {"anna", "holm"} & set(whole.casefold().replace(",", " ").split())


def test_a_word_like_any_other_and_the_name_of_a_place_stay() -> None:
    world = withheld([person("World Holm")])
    assert world("The world saw it, said World Holm. Holm wept.") == (
        "The world saw it, said [witness 1, name withheld]. [witness 1, name withheld] wept."
    )
    place = LedgerEntity(Entity("p", "Tønder", EntityKind.PLACE, None, None), 1, 0, 1)
    assert (
        withheld([person("Anna Tønder"), place])("Anna went to Tønder.") == "[witness 1, name withheld] went to Tønder."
    )
    assert withheld([person("Anna Tønder")])("Anna Tønder. Tønder") == (
        "[witness 1, name withheld]. [witness 1, name withheld]"
    )


def test_a_name_is_none_where_it_is_written_small() -> None:
    assert (
        withheld([person("Will Rose")])("He will see a rose. WILL ROSE")
        == "He will see a rose. [witness 1, name withheld]"
    )
