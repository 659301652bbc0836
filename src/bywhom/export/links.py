"""Relations between claims as JSON Lines: what one claim is to another, and on what grounds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from bywhom.export.jsonl import as_line
from bywhom.export.records import Record
from bywhom.ledger import ClaimPlace, LinkedPair
from bywhom.records import Evidence, Relation

TOLD = 3  # reasons that `why` tells; all of them stand in `evidence`


def relation_record(pair: LinkedPair) -> Record:
    """One relation, its keys always in this order."""
    one = pair.relation
    return {
        "a": _place(pair.a),
        "b": _place(pair.b),
        "relation": one.type.value,
        "independence": one.independence.value,
        "why": why(one),
        "rule": one.rule,
        "evidence": [_evidence(each) for each in one.evidence],
    }


def write_relations(pairs: Iterable[LinkedPair], file: BinaryIO) -> int:
    """Write every relation as a line; how many there were."""
    count = 0
    for pair in pairs:
        file.write(as_line(relation_record(pair)))
        count += 1
    return count


def why(one: Relation) -> str:
    """The rule, and the reasons that weighed most, in words."""
    weighty = sorted((each for each in one.evidence if each.score), key=lambda each: (-abs(each.score), each.feature))
    reasons = (f"{each.feature}: {each.reason}" for each in weighty[:TOLD])
    return "; ".join((one.rule.replace("_", " "), *reasons))


def _place(place: ClaimPlace) -> Record:
    return {
        "document": place.document,
        "start": place.start,
        "end": place.end,
        "id": place.claim,
        "document_id": place.document_id,
    }


def _evidence(each: Evidence) -> Record:
    return {"feature": each.feature, "score": each.score, "reason": each.reason, "a": each.a, "b": each.b}
