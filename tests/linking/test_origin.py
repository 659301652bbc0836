"""Whose word two claims rest on, where the texts do not show two origins plainly."""

from __future__ import annotations

import pytest
from telling import tell  # type: ignore[import-not-found]

from bywhom.linking import LinkingTables
from bywhom.linking.origin import near_identical, origin
from bywhom.linking.profile import profile
from bywhom.records import Told

SUNK = "Uhlan gunners sank the ferry"
BURNT = "the ferry burnt to the waterline"


@pytest.mark.parametrize(
    ("one", "other", "rule", "single"),
    [
        # Whoever bears the whole name of a publisher is that publisher, whatever kind of source it was read as.
        (tell(SUNK, "Lys Courant"), tell(BURNT, "Abbess Odile", report="r2", publisher="Lys Courant"), "one_relays_the_other", True),
        (tell(SUNK, "Lys Courant", publisher="Echo de Menin"), tell(BURNT, "Echo de Menin", report="r2", publisher="Lys Courant"), "origin_not_found", True),
        (tell(SUNK, "Armand Courant"), tell(BURNT, "Abbess Odile", report="r2", publisher="Lys Courant"), "two_speakers", False),
        # The words of one name the other: "the nurses and Dr Halloran said".
        (tell("nurses and Anselm Halloran saw it sink", "nurses", kind="witness"), tell(BURNT, "Anselm Halloran", kind="expert", report="r2"), "one_names_the_other", True),
        # By another name too, if it can be nothing else: a monitor may be anybody who watches.
        (tell("the ferry sank, a war monitor and nurses said", "nurses", kind="witness"), tell(BURNT, "Syrian Observatory for Human Rights", kind="organisation", report="r2"), "one_names_the_other", True),
        (tell("the ferry sank as nurses monitor the lock", "nurses", kind="witness"), tell(BURNT, "Syrian Observatory for Human Rights", kind="organisation", report="r2"), "two_speakers", False),
        (tell(SUNK, "nurses", kind="witness", via=("Syrian Observatory for Human Rights",)), tell(BURNT, "the war monitor", kind="organisation", report="r2"), "one_relays_the_other", True),
        # What two told one newspaper is no relay of one by the other; its own voice may rest on both.
        (tell(SUNK, "Armand Delcour", via=("Lys Courant",), publisher="Lys Courant"), tell(BURNT, "Abbess Odile", start=300, publisher="Lys Courant"), "two_speakers", False),
        (tell(SUNK, "Armand Delcour", via=("Lys Courant",), publisher="Lys Courant"), tell(BURNT, start=300, publisher="Lys Courant"), "one_relays_the_other", True),
        # A body of men is no second witness beside one of its men.
        (tell(SUNK, "fighters", kind="combatant"), tell(BURNT, "Armand Delcour", kind="combatant", report="r2"), "two_descriptions", True),
        (tell(SUNK, "a fighter", kind="combatant"), tell(BURNT, "Armand Delcour", kind="combatant", report="r2"), "two_speakers", False),
        # A description may be of him who is named beside it in one report; kinds that differ keep two reports apart.
        (tell(SUNK, "the ministry"), tell(BURNT, "Abbess Odile", start=300), "two_descriptions", True),
        (tell(SUNK, "the ministry"), tell(BURNT, "the monitoring group", kind="organisation", report="r2"), "two_descriptions", False),
        (tell(SUNK, "an official"), tell(BURNT, "the official", report="r2"), "two_descriptions", True),
        (tell(SUNK, "harbour pilots of the lower lock", kind="organisation"), tell(BURNT, "Abbess Odile", start=300), "two_descriptions", True),
        (tell(SUNK.upper(), "DELCOUR"), tell(BURNT.upper(), "ABBESS ODILE", start=300), "names_not_told_apart", True),
        # A report opens with a plural, and tells below whom it means; a plural that comes later is somebody else.
        (tell(SUNK, "lock activists", kind="witness"), tell(BURNT, "Yser Civic League", kind="organisation", start=900), "lead_sums_up_voices", True),
        (tell(SUNK, "Yser Civic League", kind="organisation"), tell(BURNT, "lock activists", kind="witness", start=900), "two_speakers", False),
        # The head of a name tells that it is a plural, whatever comes after.
        (tell(SUNK, "opponents of Reeve Prins"), tell(BURNT, "Abbess Odile", report="r2"), "two_descriptions", True),
        (tell(SUNK, "opponents of Reeve Prins"), tell(BURNT, "lock activists", kind="witness", report="r2"), "two_nameless_voices", True),
        # One nameless voice that spoke to one agency, in two reports.
        (tell(SUNK, "a cousin", kind="witness", via=("Havas",)), tell(BURNT, "one of his cousins", kind="relative", via=("Havas",), report="r2"), "two_nameless_voices", True),
        (tell(SUNK, "a cousin", kind="witness", via=("Havas",)), tell(BURNT, "one of his cousins", kind="relative", report="r2"), "two_speakers", False),
        # An outlet's own reporter and a source without a name: he may be the one who was asked.
        (tell(SUNK, "Lys Courant reporter", kind="media"), tell(BURNT, "source at Menin Prefecture", start=900), "a_reporter_and_a_nameless_source", True),
        # What ran into a name from the clause before it is no part of it; a body has several names.
        (tell(SUNK, "responsible Delcour"), tell(BURNT, "Armand Delcour", start=900), "one_speaker", True),
        (tell(SUNK, "United Nations childrens agency (UNICEF)", kind="organisation"), tell(BURNT, "UNICEF", kind="organisation", report="r2"), "one_speaker", True),
        # An outlet that answers for what nobody of it saw shows no origin; its photographer saw it.
        (tell(SUNK, "Lys Courant", kind="media"), tell(BURNT, "Abbess Odile", report="r2"), "an_outlet_in_its_own_voice", True),
        (tell(SUNK, "Lys Courant", kind="media"), tell(BURNT, "the ministry", report="r2"), "an_outlet_in_its_own_voice", True),
        (tell(SUNK, "Lys Courant photographer", kind="media"), tell(BURNT, "Abbess Odile", via=("Lys Courant",), start=300), "two_speakers", False),
        (tell(SUNK, "Armand Delcour"), tell(BURNT, "Abbess Odile", report="r2"), "two_speakers", False),
    ],
)  # fmt: skip
def test_rules(one: Told, other: Told, rule: str, *, single: bool, tables: LinkingTables) -> None:
    a, b = profile(one, tables), profile(other, tables)
    for found in (origin(a, b, tables), origin(b, a, tables)):
        assert (found.rule, found.one) == (rule, single)


def test_a_not_makes_no_copy(tables: LinkingTables) -> None:
    said = "the regiment at the lower lock has refused to go back into the line this week"
    other = said.replace("has refused", "has not refused")
    one, two = (profile(tell(text, who), tables) for text, who in ((said, "Abbess Odile"), (other, "Reeve Prins")))
    assert near_identical(one, one, tables)
    assert not near_identical(one, two, tables)
