"""What two claims on one matter disagree about, and what only looks like it."""

from __future__ import annotations

import pytest
from telling import tell  # type: ignore[import-not-found]

from bywhom.linking import LinkingTables
from bywhom.linking.contradiction import disagree
from bywhom.linking.profile import profile
from bywhom.records import Told

ACCUSED = tell("the Uhlans shelled the convent at dawn", "Abbess Odile")
LATER = tell("the Uhlans shelled the convent at dawn", "Abbess Odile", start=2000)
TITLE = "Ferry sunk at the lower lock"
DROWNED = "passengers drowned at the lower lock"


def rule(one: Told, other: Told, tables: LinkingTables) -> str | None:
    found = disagree(profile(one, tables), profile(other, tables), tables)
    return found.rule if found else None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # A denial that repeats nothing answers the accusation before it, whatever was read for its event.
        (ACCUSED, tell("dismissed the claims as fiction", "General von Zett", event="other", start=300), "denied"),
        # However late: a report opens with what its end answers, but not with everything it tells.
        (ACCUSED, tell("dismissed the claims as fiction", "General von Zett", event="other", start=9000), "denied"),
        (LATER, tell("dismissed the claims as fiction", "General von Zett", event="other", start=9000), None),
        (ACCUSED, tell("dismissed the claims as fiction", "Abbess Odile", event="other", start=300), None),
        (ACCUSED, tell("called the harvest reports false, the barns at Lens full and the prices fair", "General von Zett", event="other", start=300), None),
        # Nothing but a denial is said of what stands right before it.
        (LATER, tell("this is totally false", "General von Zett", event="other", start=2100), "denied"),
        (LATER, tell("this is totally false", "General von Zett", event="other", start=2900), None),
        (LATER, tell("this was a false flag", "General von Zett", event="other", start=2100), None),
        # Of what is no act, a denial has to share two words at least.
        (tell("clerks of the consulate sold passports to Uhlan deserters", "Reeve Prins", event="other"),
         tell("the consulate denied that its clerks sold passports", "Consul Meert", event="other", negative=True, start=300), "denied"),
        (tell("clerks of the consulate sold passports to Uhlan deserters", "Reeve Prins", event="other"),
         tell("the consulate denied that there was a harbour tax", "Consul Meert", event="other", negative=True, start=300), None),
        # A proposal is rejected too; only of what was told is that a denial.
        (tell("envoys brought the consulate a plan for the harbour tax", "Reeve Prins", event="other"),
         tell("the consulate rejected the plan for the harbour tax", "Consul Meert", event="other", negative=True, start=300), None),
        (tell("envoys brought the consulate a plan for the harbour tax", "Reeve Prins", event="other"),
         tell("the consulate rejected reports of a harbour tax that envoys planned", "Consul Meert", event="other", negative=True, start=300), "denied"),
        # A yes and a no; who knows of nothing says neither.
        (tell("the guild holds four sappers hostage", "Reeve Prins", event="detain"),
         tell("the guild does not hold sappers hostage", "Master Claes", event="detain", negative=True, start=300), "polarity_opposed"),
        (tell("the guild holds four sappers hostage", "Reeve Prins", event="detain"),
         tell("he was not aware of sappers held by the guild", "Master Claes", event="detain", negative=True, start=300), None),
        # One target that two words name is blown up once, whatever the reports are called.
        (tell("Uhlan agents mined the Sint Jan lock", "Abbess Odile", event="sabotage", agent="French agents", target="Sint Jan lock"),
         tell("the Sint Jan lock was mined by deserters", "Reeve Prins", event="sabotage", agent="German deserters", target="Sint Jan lock", report="r2"),
         "perpetrators_differ"),
        # Not known is neither yes nor no.
        (ACCUSED, tell("it could not be confirmed that the Uhlans had not shelled the convent", "Reeve Prins", negative=True, start=300), None),
        # Two tolls of one scene under one title.
        (tell(DROWNED, "Abbess Odile", counts=((11, 11, "people killed"),), title=TITLE),
         tell("the toll is twenty", "Reeve Prins", counts=((20, 20, "people killed"),), title=TITLE, report="r2"), "counts_disagree"),
        # An air raid and mortars are two attacks; what one pair of eyes saw is no toll, nor is one that was replaced.
        (tell("aircraft killed eleven at the lower lock", "Abbess Odile", counts=((11, 11, "people killed"),), title=TITLE),
         tell("mortars killed twenty at the lower lock", "Reeve Prins", counts=((20, 20, "people killed"),), title=TITLE, report="r2"), None),
        (tell("aircraft killed eleven at the lower lock", "Abbess Odile", counts=((11, 11, "people killed"),), title=TITLE),
         tell("twenty died in the air raid", "Reeve Prins", counts=((20, 20, "people killed"),), title=TITLE, report="r2"), "counts_disagree"),
        (tell(DROWNED, "Lys Courant photographer", kind="media", counts=((3, 3, "people killed"),), title=TITLE),
         tell("the toll is twenty", "Reeve Prins", counts=((20, 20, "people killed"),), title=TITLE, report="r2"), None),
        (tell("the previous toll was eleven", "Abbess Odile", counts=((11, 11, "people killed"),), title=TITLE),
         tell("the toll is twenty", "Reeve Prins", counts=((20, 20, "people killed"),), title=TITLE, report="r2"), None),
        # One report's two neighbourhoods have a toll each; two reports may call one place by two names.
        (tell(DROWNED, "Abbess Odile", counts=((11, 11, "people killed"),), place=("Sint Jan", 50.85, 2.89)),
         tell("the toll is twenty", "Reeve Prins", counts=((20, 20, "people killed"),), place=("Hooge", 50.85, 2.93), start=300), None),
        (tell(DROWNED, "Abbess Odile", counts=((11, 11, "people killed"),), place=("Sint Jan", 50.85, 2.89), title=TITLE),
         tell("the toll is twenty", "Reeve Prins", counts=((20, 20, "people killed"),), place=("Sint-Jan", 50.85, 2.90), title=TITLE, report="r2"),
         "counts_disagree"),
        # A question says neither yes nor no.
        (tell("does the guild hold four sappers hostage?", "Reeve Prins", event="detain"),
         tell("the guild does not hold sappers hostage", "Master Claes", event="detain", negative=True, start=300), None),
        (tell("has any guild held four sappers hostage", "Reeve Prins", event="detain"),
         tell("the guild does not hold sappers hostage", "Master Claes", event="detain", negative=True, start=300), None),
        # Barrels are dropped and missiles are fired: two attacks.
        (tell("a missile killed eleven at the lower lock", "Abbess Odile", counts=((11, 11, "people killed"),), title=TITLE),
         tell("barrels killed twenty at the lower lock", "Reeve Prins", counts=((20, 20, "people killed"),), title=TITLE, report="r2"), None),
        # Of what somebody sums up, the report tells a part in its own voice.
        (tell(DROWNED, counts=((3, 3, "people killed"),)), tell(DROWNED, "Reeve Prins", counts=((11, 11, "people killed"),), start=300), None),
        # A denial answers who accuses, not who looks into it, nor a toll that names no hand; and not another accusation than it says.
        (tell("envoys investigate whether the Uhlans shelled the convent", "Abbess Odile"),
         tell("dismissed the claims as fiction", "General von Zett", event="other", start=300), None),
        (tell("eleven nuns died", "Abbess Odile", event="casualty"), tell("dismissed the claims as fiction", "General von Zett", event="other", start=300), None),
        (tell("a Prussian shell killed eleven nuns", "Abbess Odile", event="casualty", agent="Prussian gunners"),
         tell("dismissed the claims as fiction", "General von Zett", event="other", start=300), "denied"),
        (tell("it is not settled whether Uhlans shelled the convent", "Abbess Odile"),
         tell("he denied that Uhlans shelled the convent", "General von Zett", negative=True, start=300), None),
        (ACCUSED, tell("he denied that Uhlans shelled the convent", "General von Zett", negative=True, start=300), "denied"),
        (ACCUSED, tell("he denied previous claims that Uhlans shelled the convent", "General von Zett", negative=True, start=300), None),
        # A claim that speaks of reports denies nothing and accuses nobody; nor does who neither confirms nor denies.
        (tell("reports of shells on the convent are", "Abbess Odile"), tell("he denied that Uhlans shelled the convent", "General von Zett", negative=True, start=300), None),
        (ACCUSED, tell("he would neither confirm nor deny that Uhlans shelled the convent", "General von Zett", negative=True, start=300), None),
        (LATER, tell("they planted fake mines", "General von Zett", event="other", start=2100), None),
        # A government denies its own part: an accusation of another nation is not answered by it.
        (tell("Belgian gunners shelled the convent", "Abbess Odile"), tell("the ministry denied that it shelled the convent", "German war ministry", negative=True, start=300), None),
        (tell("German gunners shelled the convent", "Abbess Odile"), tell("the ministry denied that it shelled the convent", "German war ministry", negative=True, start=300), "denied"),
        # That nobody claims it does not say that it did not happen.
        (tell("the guild holds four sappers hostage", "Reeve Prins", event="detain"),
         tell("no one has claimed responsibility for holding sappers hostage", "Master Claes", event="detain", negative=True, start=300), None),
        # A lead adds up what follows; a number that the other tells too answers another question.
        (tell(DROWNED, counts=((20, 20, "people killed"),)), tell(DROWNED, "Reeve Prins", counts=((11, 11, "people killed"),), start=300), None),
        (tell(DROWNED, "Abbess Odile", counts=((20, 20, "people killed"), (11, 11, "children"))),
         tell(DROWNED, "Reeve Prins", counts=((11, 11, "people killed"),), report="r2"), None),
    ],
)  # fmt: skip
def test_what_cannot_both_be_true(one: Told, other: Told, expected: str | None, tables: LinkingTables) -> None:
    assert rule(one, other, tables) == rule(other, one, tables) == expected


@pytest.mark.parametrize(
    ("accused", "denial", "cue", "least"),
    [
        ("Uhlans shelled the convent", "mortars on the convent", "denied", "denied"),  # one means of attack
        ("Uhlans took the convent", "he denied that the convent had been taken", "said", "denied"),
        ("Uhlans took the convent", "any part in the fall of the convent", "denied", "denied_at_large"),
    ],
)
def test_a_denial_that_says_little_needs_more(
    accused: str, denial: str, cue: str, least: str, tables: LinkingTables
) -> None:
    one = profile(tell(accused, "Abbess Odile"), tables)
    other = profile(tell(denial, "General von Zett", negative=True, start=300, cue=cue), tables)
    found = disagree(one, other, tables)
    assert found is not None
    assert (found.rule, found.least) == ("denied", getattr(tables.thresholds, least))
