"""How sure a source is, sentence by sentence; the wars are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.claims.certainty import certainty_of, certainty_table
from bywhom.claims.events import event_table, find_event
from bywhom.records import Certainty, Mention, Span


def certainty_in(text: str, cue: str | None = None) -> Certainty:
    """The certainty of the part of `text` between bars, or of all of it."""
    start, end = (text.index("|"), text.rindex("|") - 1) if "|" in text else (0, len(text))
    text = text.replace("|", "")
    span = Span(start, end)
    at = text.index(cue) if cue else 0
    mention = Mention(at, at + len(cue), cue) if cue else None
    event = find_event(text, span, table=event_table(), cue=mention)
    return certainty_of(
        text, span, cue=mention, frame=None, table=certainty_table(), lex=event_table().lex, event=event
    )


WORDED = """
certain: The rebels captured the airfield
certain: The fleet will strike again
certain: The offensive began in May 1916
certain: The wounded could not be evacuated
certain: The pilots could see the burning depot
certain: Police arrested a man at the border in May
certain: The dead man feared nobody and had fought in six battles
certain: The colonel appeared on television after the arrest of his deputy
certain: If you desert, they take your farm
certain: The guns could still be heard in the harbour
certain: The envoy asked if the garrison had surrendered
possible: If the fleet sails, the truce is over
possible: The regent does not rule out a siege
possible: The rebels may attack the airfield
possible: The cabinet is weighing whether to withdraw from the fort
possible: Another strike on the port is possible
possible: Villagers fear a massacre
possible: The militia threatened to shell the harbour
possible: Perhaps the garrison surrendered
possible: The press of the duchy threatened strikes on the port
possible: The fever could kill thousands
possible: If the dam breaks, forty villages will be destroyed
possible: There is a risk of famine among the displaced
probable: The rebels are likely to attack the airfield
probable: The strike was probably carried out by a drone
probable: A third battalion is believed to have mutinied
probable: The toll is expected to rise
probable: We do not expect an attack before the harvest
probable: The silence of the guns suggests that the garrison has surrendered
probable: The bridge appears to have been blown up
probable: An estimated forty ships were sunk
unknown: It is unclear who fired the rocket
unknown: The number of the dead is not known
unknown: It was not immediately clear whether the convoy had been hit
unknown: I do not know if the soldiers left the mill
unknown: The clerk doesn't know whether the convoy came through
certain: The gunners fired as many shells as they could
"""


@pytest.mark.parametrize("line", WORDED.strip().splitlines())
def test_words_of_certainty(line: str) -> None:
    worded, sentence = line.split(": ", 1)
    assert certainty_in(sentence) == worded


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("The envoy said |the garrison had surrendered|", "said", Certainty.CERTAIN),
        ("The envoy believes |the garrison has surrendered|", "believes", Certainty.PROBABLE),
        ("Analysts estimate |forty aircraft were destroyed|", "estimate", Certainty.PROBABLE),
        ("The monks suspect |that the soldiers looted the library|", "suspect", Certainty.PROBABLE),
        ("Residents feared |that the bridge had been mined|", "feared", Certainty.POSSIBLE),
        ("Early reports indicated |that nine people had died|", "indicated", Certainty.PROBABLE),
        ("The general indicated |that nine people had died|", "indicated", Certainty.CERTAIN),
        ("The envoy said: “|An assault would be costly|”", "said", Certainty.POSSIBLE),
        ("The envoy said |an assault would be “costly”|", "said", Certainty.POSSIBLE),
        ("The envoy said |the king would send grain|", "said", Certainty.CERTAIN),
    ],
)
def test_the_cue_says_how_sure_the_source_is(text: str, cue: str, expected: Certainty) -> None:
    assert certainty_in(text, cue) == expected


def test_capitals_and_lost_apostrophes_change_nothing() -> None:
    assert certainty_in("THE REBELS MAY ATTACK THE AIRFIELD") == Certainty.POSSIBLE
    assert certainty_in("THE ATTACK TOOK PLACE IN MAY 1989") == Certainty.CERTAIN
    assert certainty_in("The army isnt likely to attack") == Certainty.PROBABLE


@given(st.text(alphabet='if would, "may unless you the', max_size=60))
def test_any_words_have_a_certainty(text: str) -> None:
    assert certainty_in(text.replace("|", "")) in tuple(Certainty)
