"""What is said not to have happened, and what only sounds like it; the wars are invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.claims.events import event_table, find_event
from bywhom.claims.polarity import polarity_of, polarity_table
from bywhom.records import Mention, Polarity, Span


def polarity_in(text: str, cue: str | None = None) -> Polarity:
    at = text.index(cue) if cue else 0
    mention = Mention(at, at + len(cue), cue) if cue else None
    span = Span(0, len(text))
    event = find_event(text, span, table=event_table(), cue=mention)
    return polarity_of(text, span, event=event, table=polarity_table(), lex=event_table().lex, cue=mention)


NEGATIVE = """
The regent had no plans to withdraw the guard
The rebels did not attack the airfield
THE ARMY DID NOT BOMB THE VILLAGE
The army didnt bomb the village
Nobody was killed in the raid
There were no casualties
Therefore no hostages have been taken
But no prisoners were shot
The islanders will cease to use force
The rebels still hold the harbour
The consul refrained from condemning the duke
No prisoners were released
No orders have been given to withdraw
The islanders refused to surrender
The garrison never surrendered
There is no evidence of a massacre
The army failed to recapture the ridge
The ministry denied that its planes had bombed the market
The embassy dismissed reports of an attack on its staff
The rebels have yet to release the bishop
The peacekeepers were unable to evacuate the wounded
We do not expect an attack before the harvest
The aid has been blocked by parliament
The recruits had not been trained
The soldiers are holding out in the old fort
The convoy was not ambushed on the way
The wounded were not abandoned by their officers
The government is not willing to demobilise the militia
Neither side attacked during the feast
There was no mutiny in the fleet
No mutiny took place aboard the frigate
There was no torture in the fort
The sailors did not mutiny
The garrison refused an ultimatum to surrender
The rebels rejected calls to lay down their arms
The bishop ignored a demand to surrender by Friday
The guard rejected an ultimatum to withdraw
An ultimatum to surrender was rejected by the garrison
The offensive did not take place
The raid was called off
A surrender is out of the question
Reports that the fort had fallen were false
Claims that the army had shelled the mill are a lie
Reports of a massacre in the mill were untrue
The claim that the rebels burnt the mill was false
Reports that the fort had fallen were not true
Reports that the wounded were shot were wrong
Reports that the fort had fallen were rejected
Rumours of a mutiny were nonsense
The fleet did not carry out raids near the cape
The town did not suffer damage in the storm of shells
There are no strangers being held in the castle
An invasion is unlikely
Nobody will pay the tax
The regent failed to answer the letter
They did not do so
Of course the searchers found nothing
None of the dukes thinks so
The truth is that such a letter does not exist
This is totally false
Therefore, everything is a lie
It was not true
"""

POSITIVE = """
Not only have the hussars the upper hand
Not so long ago we finished the railway
Reports that the fort had not fallen were false
Reports that the fort had fallen were not false
Reports that the fort had fallen were true
Reports that the fort had fallen were unverified
Reports that the alarm was false spread before the raid
Reports of a false flag were followed by a raid
ran
The rebels attacked the airfield
The army not only bombed the village but burned the crops
The pilots foiled an attack on the dam
The garrison repelled three assaults
The raiders tried to storm the gate
The prisoners got no food and no water
No one treats the sick in the cells
The sailors refused to fight
The boy who refused to dig was shot
Six robbers who had tried to prevent the arrest were killed
It is not known who fired the rocket
The rebels no longer hold the pass, which the army seized in June
The strike killed nine people, none of them soldiers
Doctors were denied access while soldiers beat the prisoners
The minister did not say who had ordered the attack
The raid was not an easy one
An explosion occurred not far from the harbour
The admiral gave no details of the attack
The nurse said that the wounded had no toilets in the cellar
The battles are not easy
The peacekeepers could not prevent the massacre
The admiral did not stop the raid
The garrison does nothing but shell the mill
The islanders have nothing more than spears
The raids were flown to deny the islanders (and their allies) the ability to land troops
The garrison did not only fire on the mill
"""


@pytest.mark.parametrize("sentence", NEGATIVE.strip().splitlines())
def test_said_not_to_have_happened(sentence: str) -> None:
    assert polarity_in(sentence) is Polarity.NEGATIVE


@pytest.mark.parametrize("sentence", POSITIVE.strip().splitlines())
def test_negation_that_does_not_reach_the_event(sentence: str) -> None:
    assert polarity_in(sentence) is Polarity.POSITIVE


def test_a_denial_is_negative_by_its_cue() -> None:
    assert polarity_in("The consul denied that soldiers had looted the port", cue="denied") is Polarity.NEGATIVE


def test_what_denied_reports_tell_is_negative() -> None:
    text = "The consul rejected claims that soldiers had looted the port"
    span = Span(text.index("soldiers"), len(text))
    event = find_event(text, span, table=event_table())
    assert polarity_of(text, span, event=event, table=polarity_table(), lex=event_table().lex) is Polarity.NEGATIVE


def test_what_there_is_no_evidence_of_is_negative() -> None:
    text = "The judges found no evidence that soldiers had looted the port"
    span = Span(text.index("soldiers"), len(text))
    event = find_event(text, span, table=event_table())
    assert polarity_of(text, span, event=event, table=polarity_table(), lex=event_table().lex) is Polarity.NEGATIVE


@given(st.sampled_from(POSITIVE.strip().splitlines()), st.sampled_from([str.upper, str.lower]))
def test_case_makes_nothing_negative(sentence: str, case: Callable[[str], str]) -> None:
    assert polarity_in(case(sentence)) is Polarity.POSITIVE


@given(st.text(alphabet='no the raid was not, "denied neither', max_size=60))
def test_any_words_have_a_sign(text: str) -> None:
    assert polarity_in(text) in tuple(Polarity)
