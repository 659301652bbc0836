"""The words of a clause that signal events, and how high they stand."""

from __future__ import annotations

import pytest

from bywhom.claims.ontology import event_table
from bywhom.claims.triggers import triggers_in
from bywhom.records import Span


def test_triggers_come_in_text_order_and_tell_verbs_from_nouns() -> None:
    sentence = "The rebels did not shell the fort after the attack on the ferry"
    found = triggers_in(sentence, Span(0, len(sentence)), table=event_table())
    assert [(t.mention.text, t.is_verb, t.negated) for t in found] == [("shell", True, True), ("attack", False, False)]


HIGHEST = {
    "The rebels shelled the fort after the garrison had fled": "shelled",
    "The rebels launched an attack on the fort to free the prisoners": "attack",
    "The shelling of the fort drove the garrison to surrender": "surrender",
    "After the siege of the fort the rebels withdrew": "withdrew",
}


@pytest.mark.parametrize("sentence", HIGHEST)
def test_the_main_verb_stands_above_what_surrounds_it(sentence: str) -> None:
    found = triggers_in(sentence, Span(0, len(sentence)), table=event_table())
    assert max(found, key=lambda t: t.rank).mention.text == HIGHEST[sentence]
