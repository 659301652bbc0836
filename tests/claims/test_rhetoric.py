"""What is a claim, and what is a frame, a comment or a question; the wars are invented."""

from __future__ import annotations

import pytest

from bywhom.claims.events import event_table, find_event
from bywhom.claims.rhetoric import claim_worth, rhetoric_table
from bywhom.records import Span

OWN = """
yes: The rebels took the pass on Monday
yes: At least nine people were killed in the raid
no: The world watches closely
no: The remarks came after weeks of tension
no: The situation remains fluid
no: Will the garrison surrender?
no: A famine could follow in the spring
no: Read our live coverage of the siege
no: The palace was not available for comment
no: A spokesman could not be reached
no: The embassy did not answer calls
no: A file photo shows the harbour in flames
yes: The harbour shown in the photographs was shelled
no: There was no immediate comment from the palace
no: The ministry announced on Friday
no: Some of the porters told the clerk
no: citing a clerk at the port
no: The raid came a day
no: The shelling followed two days
yes: The ministry announced a curfew
yes: The garrison came to the harbour
yes: The raid came from the sea
no: Press Service Bulletin No. 214
no: the Arvale Observatory for Human Rights
yes: Rebels Shell the Fort
"""

ATTRIBUTED = """
yes: The rebels took the pass on Monday
yes: The men had only rifles
no: What shall we do?
no: Let's wait for the findings
no: Why did they shell our mill?" a miller asked
no: I cannot say anything about it
no: as we have stated
no: the guard announced that
yes: the envoy told them the bread was gone
yes: the guard claimed victory
no: Arvale Observatory for Human Rights
yes: Colonel Osei has left Arvale
"""


def worth(sentence: str, *, attributed: bool) -> bool:
    span = Span(0, len(sentence))
    event = find_event(sentence, span, table=event_table())
    return claim_worth(
        sentence, span, event=event, attributed=attributed, table=rhetoric_table(), lex=event_table().lex
    )


@pytest.mark.parametrize("line", OWN.strip().splitlines())
def test_in_the_publishers_own_voice(line: str) -> None:
    answer, sentence = line.split(": ", 1)
    assert worth(sentence, attributed=False) == (answer == "yes")


@pytest.mark.parametrize("line", ATTRIBUTED.strip().splitlines())
def test_in_somebodys_voice(line: str) -> None:
    answer, sentence = line.split(": ", 1)
    assert worth(sentence, attributed=True) == (answer == "yes")
