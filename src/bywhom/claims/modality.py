"""Where the event stands in the world of the claim: actual, to come, only thought of, or of another time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bywhom import lexicons
from bywhom.claims.certainty import is_month
from bywhom.claims.phrases import find
from bywhom.prose.lexis import Lexis
from bywhom.prose.syntax import read_clause
from bywhom.records import Certainty, Event, EventType, Modality, Span


@dataclass(frozen=True, slots=True)
class ModalityTable:
    """data/lexicons/modality.yaml."""

    future: tuple[str, ...]
    hypothetical: tuple[str, ...]
    historical: tuple[str, ...]


@lru_cache(maxsize=1)
def modality_table() -> ModalityTable:
    """The shipped table."""
    table: ModalityTable = lexicons.load("lexicons/modality", ModalityTable)
    return table


def modality_of(
    text: str, span: Span, *, event: Event, certainty: Certainty, table: ModalityTable, lex: Lexis
) -> Modality:
    """HYPOTHETICAL before FUTURE before HISTORICAL; ACTUAL where no word says otherwise.

    An appeal is actual: the call was made, whatever it calls for.
    """
    words = read_clause(text, span, lex).words
    limit = event.trigger.end if event.trigger else span.end
    if event.type is not EventType.APPEAL:
        if certainty is Certainty.POSSIBLE and any(
            words[i].start < limit and not is_month(words, i) for i, _ in find(words, table.hypothetical)
        ):
            return Modality.HYPOTHETICAL
        if any(words[i].start < limit for i, _ in find(words, table.future)):
            return Modality.FUTURE
    return Modality.HISTORICAL if any(find(words, table.historical)) else Modality.ACTUAL
