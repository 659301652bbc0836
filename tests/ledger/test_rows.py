"""Records become rows and come back equal; names are compared without case, accents and kinds of apostrophe."""

from __future__ import annotations

import dataclasses
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bywhom.ledger.folding import fold
from bywhom.ledger.rows import claim_of, claim_row, problem_row, reading_digest, writable
from bywhom.records import (
    Actor,
    Attribution,
    Candidate,
    Certainty,
    Claim,
    Event,
    EventType,
    Extractor,
    Hop,
    Mention,
    Modality,
    Place,
    Polarity,
    Problem,
    Quantity,
    Quote,
    Source,
    Span,
    Stance,
    Timespan,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müller", "muller"),
        ("ЁЛКИ", "елки"),
        ("Куп’янськ", "куп'янськ"),
        ("Kup`yansk", "kup'yansk"),
        ("  two\n words\t", "two words"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Ⅳ. Armee", "iv. armee"),
        ("a\0b", "a\ufffdb"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_file_name_that_is_no_text_can_be_written() -> None:
    name = b"r\xe9sum\xe9.txt".decode("utf-8", "surrogateescape")
    assert writable(name) == "r\\udce9sum\\udce9.txt"
    assert writable("résumé") == "résumé"


@given(st.text(st.characters(codec=None)))
def test_anything_can_be_written(text: str) -> None:
    writable(text).encode()


# Any claim that the types allow: what is to come back must not depend on what our readers happen to make.

words = st.text(max_size=12)
numbers = st.floats(allow_nan=False, allow_infinity=False)
spans = st.tuples(st.integers(0, 999), st.integers(0, 99)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
mentions = st.builds(Mention, st.integers(0, 999), st.integers(0, 999), words)
for kind, strategy in ((Span, spans), (Mention, mentions), (float, numbers), (str, words)):
    st.register_type_strategy(kind, strategy)
for record in (Candidate, Hop, Source, Actor, Quantity, Timespan, Extractor, Place, Event, Attribution):
    fields = {}
    for field in dataclasses.fields(record):
        fields[field.name] = ...
    st.register_type_strategy(record, st.builds(record, **fields))
claims = st.builds(Claim, place=..., time=..., quantities=..., extractor=...)


@settings(max_examples=50, deadline=None)
@given(claims)
def test_a_claim_comes_back_equal_in_every_field(claim: Claim) -> None:
    row = claim_row(claim)
    assert claim_of(row["record"]) == claim
    assert claim_row(claim_of(row["record"])) == row


def test_a_row_of_an_older_reading_holds_a_statement() -> None:
    attribution = Attribution(Span(0, 4), Quote.INDIRECT, stance=Stance.PLAN)
    event = Event(EventType.OTHER)
    claim = Claim(
        "c1", "d", Span(0, 4), "told", attribution, Certainty.CERTAIN, Polarity.POSITIVE, Modality.FUTURE, False, event
    )
    record = claim_row(claim)["record"]
    older = record.replace(',"stance":"plan"', "")
    assert older != record
    assert claim_of(older).attribution.stance is Stance.STATEMENT


@settings(max_examples=50, deadline=None)
@given(claims)
def test_no_column_holds_what_a_database_refuses(claim: Claim) -> None:
    for value in claim_row(claim).values():
        assert value is None or isinstance(value, (int, float)) or "\0" not in value


def test_the_same_problem_has_the_same_id_and_another_has_another() -> None:
    problem = Problem("intake", "The file is empty.", "Leave it out.", "box/a.txt")
    same = problem_row(problem)["id"]
    assert problem_row(dataclasses.replace(problem))["id"] == same
    for field, value in (
        ("stage", "cleaning"), ("message", "x"), ("remedy", ""), ("where", "b"), ("document_id", "c"), ("span", Span(0, 1)),
    ):  # fmt: skip
        assert problem_row(dataclasses.replace(problem, **cast("dict[str, Any]", {field: value})))["id"] != same, field


def test_the_digest_of_a_reading_does_not_ask_in_which_order_its_claims_come() -> None:
    blocks = [{"start_at": 0, "end_at": 4, "kind": "body", "reason": ""}]
    whole = reading_digest("{}", blocks, ["a", "b"])
    assert reading_digest("{}", blocks, ["b", "a"]) == whole
    others = [("{ }", blocks, ["a", "b"]), ("{}", [], ["a", "b"]), ("{}", blocks, ["a"]), ("{}", blocks, ["a", "c"])]
    assert all(reading_digest(*other) != whole for other in others)
