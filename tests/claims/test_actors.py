"""Who did it to whom; the wars are invented."""

from __future__ import annotations

import pytest

from bywhom.claims.events import event_table, find_event
from bywhom.records import Role, Span


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
        ("They attacked the barracks", {"target": "barracks"}),
        ("It was attacked by rebels", {"agent": "rebels"}),
        ("Monks who had fled to the hills were arrested by soldiers", {"agent": "soldiers", "target": "Monks"}),
    ],
)
def test_agent_and_target(sentence: str, expected: dict[str, str]) -> None:
    assert actors_in(sentence) == expected


def test_a_role_has_one_actor_at_most() -> None:
    for sentence in ("Rebels attacked", "They fled", "It was attacked"):
        roles = [a.role for a in find_event(sentence, Span(0, len(sentence)), table=event_table()).actors]
        assert len(roles) == len(set(roles))
        assert Role.OTHER not in roles
