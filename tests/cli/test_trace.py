"""`bywhom trace`: every hop in its own words, down to the origin, and where the original is."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bywhom.cli.trace import _fields
from bywhom.ledger import Ledger
from bywhom.records import Stance


def test_the_chain_is_drawn_from_the_publisher_to_the_origin(bywhom: Any, sample: Any) -> None:
    answer = bywhom("trace", sample.claims[0][:6])
    assert answer.status == 0
    order = [
        f"claim {sample.claims[0]}",
        "a publisher the report does not name",
        "“reported” at 58–66",
        "The Harbour Post  media  at 41–57",
        "{The Harbour Post} reported on 23 March that",
        "“citing” at 117–123",
        "a cook  witness  at 124–130  (named here)",
        "had not broken out, citing {a cook} who saw it.",
        "\nthe words\n",
        "The Harbour Post reported on 23 March that [the garrison had not broken out], citing a cook",
        "marks of distance: “reported” at 58–66",
        "not: breakout",
        "1915-03-23  from “23 March”, counted from the report’s own date",
        "84–115 of the text",
        sample.document_id,
        "reports/fortress.txt",
    ]
    places = [answer.out.find(words) for words in order]
    assert -1 not in places, dict(zip(order, places, strict=True))
    assert places == sorted(places)


def test_a_pronoun_says_that_it_was_led_back(bywhom: Any, sample: Any) -> None:
    out = " ".join(bywhom("trace", sample.claims[1]).out.split())
    assert "a cook witness at 177–180 (a pronoun, led back to the name)" in out
    assert "Lviv (“Lwów”) UA 49.84, 24.03 ± 12 km" in out
    assert "“about 400”: about 400 horses" in out


def test_a_claim_without_a_source_says_so(bywhom: Any, sample: Any) -> None:
    assert "in its own voice: no source is named for this" in " ".join(bywhom("trace", sample.claims[2]).out.split())


def test_the_claim_as_json_is_the_exported_line(bywhom: Any, sample: Any) -> None:
    exported = bywhom("export").out.splitlines()[0]
    traced = bywhom("trace", sample.claims[0], "--json").out
    assert traced == exported + "\n"
    assert json.loads(traced)["id"] == sample.claims[0]


def test_an_id_that_fits_nothing_is_one_line(bywhom: Any) -> None:
    answer = bywhom("trace", "0000000")
    assert (answer.status, answer.out, answer.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(("stance", "shown"), [(Stance.STATEMENT, None), (Stance.PLAN, "plan")])
def test_a_plan_or_attitude_is_called_so_and_a_statement_is_not(sample: Any, stance: Stance, shown: str | None) -> None:
    with Ledger.open(sample.path) as ledger:
        claim = ledger.claim(sample.claims[0]).claim
    told = replace(claim, attribution=replace(claim.attribution, stance=stance))
    assert dict(_fields(told)).get("stance") == shown
