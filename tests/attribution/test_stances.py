"""Statements, attitudes and plans told apart; the wars are invented."""

from __future__ import annotations

import pytest
from attribution_pages import lexicon, read  # type: ignore[import-not-found]

from bywhom.records import Stance

TOLD = {
    Stance.STATEMENT: """
        General Osk said that the fort had fallen.
        The fort had fallen.
        According to the mayor, forty men died.
        The governor condemned the raid.
        The rebels agreed that nobody had left.
        The suspected rebels burnt the mill.
        The army supported the militia with guns.
        The planned raid failed.
        The plan of the fort was lost.
        The raid was planned to last an hour.
        The duchy wants peace and sent nine ships.
        If the duchy wants war the rebels will burn the mill.
        Ships thought to be lost came home.
        The porters who want to leave were shot.
        The duchy has the more feared horsemen.
        A renewed fear campaign began.
        We want to state here that the fort fell.
        The army knew of a secret plan to burn the mill.
        The mayor was asked about any plan to burn the mill.
        The raid was part of the duke’s plan to win.
        The minister said that the bridge means that nobody starves.
    """,
    Stance.ATTITUDE: """
        The governor feared that the fort had fallen.
        The duchy desired peace with the hill clans.
        The mayor said he hoped that the siege would end.
        The porters believe that the mill was burnt.
        The fort is believed to be empty.
        The army wants the rebels to leave.
        The envoy expressed fears that the siege would last.
        Fears that the fort had fallen spread.
        The queen always wanted the harbour back.
    """,
    Stance.PLAN: """
        The army vowed to retake the fort.
        The rebels plan to retake the fort.
        The rebels do plan to retake the fort.
        The duchy planned to take the fort.
        The king intends to march on Arvale, the Herald reported.
        The rebels agreed to leave the town.
        The rebels have agreed to leave the town.
        The army has plans to cross the river.
        The general said that the army had decided to cross the river.
        The rebels threatened to burn the mill.
        The duchy is planning to send ships.
    """,
}


@pytest.mark.parametrize(
    ("stance", "sentence"),
    [(stance, line.strip()) for stance, block in TOLD.items() for line in block.strip().splitlines()],
)
def test_statements_attitudes_and_plans_are_told_apart(stance: Stance, sentence: str) -> None:
    assert {a.stance for a in read(sentence)} == {stance}


def test_a_quoted_wish_is_an_attitude_and_the_next_sentence_is_not() -> None:
    assert [a.stance for a in read("“We want peace,” said the king. “The fort has fallen.”")] == [
        Stance.ATTITUDE,
        Stance.STATEMENT,
    ]


def test_no_form_is_both_an_attitude_and_a_plan() -> None:
    table = lexicon().stances
    assert not {*table.attitude} & {*table.plan}
    assert not {*table.attitude_nouns} & {*table.plan_nouns}
