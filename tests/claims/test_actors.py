"""Who did it to whom; the wars are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.claims.events import event_table, find_event
from bywhom.records import Role, Span

WORDS = (
    "the a rebels army Zenda Ruritanian soldiers who were killed attacked shelling of by and , ( ) “ ” 's their it on "
    "nine between accused blamed for to flee Monday which had not at least up from"
).split()


def actors_in(sentence: str) -> dict[str, str]:
    event = find_event(sentence, Span(0, len(sentence)), table=event_table())
    assert all(a.mention is not None and sentence[a.mention.start : a.mention.end] == a.name for a in event.actors)
    return {actor.role.value: actor.name for actor in event.actors}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Rebels attacked a convoy", {"agent": "Rebels", "target": "convoy"}),
        ("A convoy was attacked by rebels", {"agent": "rebels", "target": "convoy"}),
        ("Two pilots captured by the militia were released", {"target": "Two pilots"}),
        ("Rebels launched an attack on the harbour", {"agent": "Rebels", "target": "harbour"}),
        ("The army's offensive began on Monday", {"agent": "army"}),
        ("The shelling of the market by the militia went on", {"agent": "militia", "target": "market"}),
        ("Nine shepherds died", {"target": "Nine shepherds"}),
        ("The raid killed at least nine people", {"target": "nine people"}),
        ("Militants tried to storm the barracks", {"agent": "Militants", "target": "barracks"}),
        (
            "A large number of villagers were killed by members of the militia",
            {"agent": "militia", "target": "villagers"},
        ),
        ("One of the shells hit a house", {"target": "house"}),
        ("The situation has destroyed all hope", {}),
        ("Ruritania attacked the Tarsa Front", {"agent": "Ruritania", "target": "Tarsa Front"}),
        ("Details were seized by smugglers", {"agent": "smugglers"}),
        ("They attacked the barracks", {"agent": "They", "target": "barracks"}),
        ("It was attacked by rebels", {"agent": "rebels", "target": "It"}),
        ("Monks who had fled to the hills were arrested by soldiers", {"agent": "soldiers", "target": "Monks"}),
    ],
)
def test_agent_and_target(sentence: str, expected: dict[str, str]) -> None:
    assert actors_in(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "agents", "targets"),
    [
        ("Rebels, smugglers and deserters attacked the convoy", ["Rebels", "smugglers", "deserters"], ["convoy"]),
        ("Nine monks and two nuns were killed when the army shelled the abbey", ["army"], ["Nine monks", "two nuns"]),
        (
            "The governor, a former baker, was arrested by soldiers of the Grand Duke",
            ["soldiers of the Grand Duke"],
            ["governor"],
        ),
        (
            "The soldiers, who had fled the fort, were captured by the Red Hand and its allies",
            ["Red Hand", "its allies"],
            ["soldiers"],
        ),
        ("Clashes between the army and the rebels broke out near Zenda", ["army", "rebels"], []),
        ("The government blamed the Red Hand for the attack", ["Red Hand"], []),
        ("The raid, which was blamed on deserters, killed a nurse", ["deserters"], ["nurse"]),
        ("An attack carried out by the Red Hand on Monday in Zenda killed two nurses", ["Red Hand"], ["two nurses"]),
        ("Ruritanian artillery strikes killed nine shepherds", ["Ruritanian"], ["nine shepherds"]),
        ("Gunmen fired shells at the barracks", ["Gunmen"], ["barracks"]),
        ("Bandits attacked positions of the army", ["Bandits"], ["army"]),
        ("Rebels shelled the fort and soldiers fled", ["Rebels"], ["fort"]),
        ("Rebels shelled the town of Zenda", ["Rebels"], []),
        ("Two monks killed in the raid were buried", [], ["Two monks"]),
        ("The regiment was deployed to the border", ["regiment"], []),
        ("Bandits forced the villagers to flee", ["villagers"], []),
        ("The talks with the Red Hand collapsed", [], []),
        ("The anniversary of Ruritania's offensive came", ["Ruritania"], []),
        ("They blamed the attack on the Red Hand", ["Red Hand"], []),
        ("Ministers accused the army of an attack", ["army"], []),
        ("Two nuns were killed, including a novice, by the bandits", ["bandits"], ["Two nuns"]),
        ("Seven soldiers of a regiment that had refused to attack were shot", [], ["Seven soldiers"]),
        ("More than 30 of them had been arrested", [], ["them"]),
        ("Some 800 soldiers of the 36th and 129th Rifle Regiments refused to march", ["800 soldiers"], []),
        ("The 36th Rifle Regiment was encircled", [], ["36th Rifle Regiment"]),
        ("Elsewhere in Ruritania bandits fled", ["Ruritania bandits"], []),
    ],
)
def test_lists_appositions_and_what_another_event_says(sentence: str, agents: list[str], targets: list[str]) -> None:
    event = find_event(sentence, Span(0, len(sentence)), table=event_table())
    assert [actor.name for actor in event.actors if actor.role is Role.AGENT] == agents
    assert [actor.name for actor in event.actors if actor.role is Role.TARGET] == targets


def test_named_people_take_part_in_what_is_no_event_of_ours() -> None:
    for sentence, other in (
        ("Prince Rudolf met Colonel Sapt", "Colonel Sapt"),
        ("Colonel Sapt was replaced as commander", "Colonel Sapt"),
        ("The mayor met reporters", None),
    ):
        event = find_event(sentence, Span(0, len(sentence)), table=event_table())
        assert next((actor.name for actor in event.actors if actor.role is Role.OTHER), None) == other
        assert not [actor for actor in event.actors if actor.role is Role.TARGET]


def test_the_sentence_gives_the_subject_that_two_clauses_share() -> None:
    sentence = "The militia took the fort and then shelled the barracks"
    clause = Span(sentence.index("shelled"), len(sentence))
    alone = find_event(sentence, clause, table=event_table())
    event = find_event(sentence, clause, table=event_table(), sentence=Span(0, len(sentence)))
    assert not [actor for actor in alone.actors if actor.role is Role.AGENT]
    assert [actor.name for actor in event.actors if actor.role is Role.AGENT] == ["militia"]


@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_every_actor_stands_in_the_text_and_none_twice(sentence: str) -> None:
    found = find_event(sentence, Span(0, len(sentence)), table=event_table()).actors
    assert all(a.mention and sentence[a.mention.start : a.mention.end] == a.mention.text for a in found)
    assert len(found) == len(set(found))
