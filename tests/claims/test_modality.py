"""Actual, to come, only thought of, or long ago; the wars are invented."""

from __future__ import annotations

import pytest

from bywhom.claims.certainty import certainty_of, certainty_table
from bywhom.claims.events import event_table, find_event
from bywhom.claims.modality import modality_of, modality_table
from bywhom.records import Span

WORDED = """
actual: The rebels took the pass
actual: The queen urged both sides to stop the shelling
future: The fleet will strike again
future: The general vowed to retake the pass
hypothetical: The rebels may attack the pass
hypothetical: Villagers fear a massacre
historical: The same monastery was bombed in the previous war
historical: The town was burned ten years ago
actual: THE REBELS TOOK THE PASS
"""


@pytest.mark.parametrize("line", WORDED.strip().splitlines())
def test_modality(line: str) -> None:
    worded, text = line.split(": ", 1)
    span = Span(0, len(text))
    event = find_event(text, span, table=event_table())
    certainty = certainty_of(
        text, span, cue=None, frame=None, table=certainty_table(), lex=event_table().lex, event=event
    )
    assert (
        modality_of(text, span, event=event, certainty=certainty, table=modality_table(), lex=event_table().lex)
        == worded
    )
