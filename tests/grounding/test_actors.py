"""Who is who in one report, and in all of them."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bywhom.grounding.actors import Cast, resolve_actors
from bywhom.grounding.actortables import ActorTables
from bywhom.grounding.people import People
from bywhom.records import (
    Actor,
    Attribution,
    Certainty,
    Claim,
    Document,
    Entity,
    EntityKind,
    Event,
    EventType,
    Hop,
    Mention,
    MentionRole,
    Modality,
    Place,
    PlaceOutcome,
    Polarity,
    Quantity,
    Quote,
    Role,
    Source,
    SourceKind,
    Span,
    claim_id,
    mentions_of,
)

TABLES = ActorTables.load()
OFFICIAL, MILITARY, MEDIA = SourceKind.OFFICIAL, SourceKind.MILITARY, SourceKind.MEDIA
WITNESS, RELATIVE, COMBATANT = SourceKind.WITNESS, SourceKind.RELATIVE, SourceKind.COMBATANT


def mention(words: str, text: str, nth: int = 0) -> Mention:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Mention(start, start + len(words), words)


def said(
    text: str,
    source: tuple[str, SourceKind] | None = None,
    actors: Sequence[tuple[str, Role]] = (),
    *,
    relay: tuple[str, SourceKind] | None = None,
    words: str | None = None,
    quote: Quote = Quote.INDIRECT,
    **more: Any,
) -> Claim:
    """A claim that is the whole text; the words for its source are its name unless given."""
    voice = Source(source[0], source[1], mention(words or source[0], text)) if source else None
    hops = (Hop(relay[0], relay[1], mention(relay[0], text)),) if relay else ()
    span, document = Span(0, len(text)), sha256(text.encode()).hexdigest()
    event = Event(EventType.OTHER, None, tuple(Actor(name, role, mention(name, text)) for name, role in actors))
    return Claim(
        claim_id(document, span, voice.mention if voice else None), document, span, text,
        Attribution(span, quote if voice else Quote.NONE, voice, None, hops),
        Certainty.CERTAIN, Polarity.POSITIVE, Modality.ACTUAL, False, event, **more,
    )  # fmt: skip


def cast(text: str, *claims: Claim) -> Cast:
    document = sha256(text.encode()).hexdigest()
    doc = Document(document, "wire", text, document, "text", "plain 1", ())
    return resolve_actors(doc, claims, TABLES)


def of(told: Cast, key: str | None) -> Entity | None:
    return next((each for each in told.entities if each.id == key), None)


def speaker(told: Cast, n: int = 0) -> Entity:
    source = told.claims[n].attribution.source
    found = of(told, source.id if source else None)
    assert found is not None
    return found


def actor(told: Cast, n: int = 0) -> tuple[str | None, str | None]:
    """The entity's name and the side of the first actor."""
    first = told.claims[n].event.actors[0]
    found = of(told, first.id)
    return found.name if found else None, first.side


# Sources --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "source", "kind", "private"),
    [
        ("The mayor, José Arana, said it rained.", ("José Arana", OFFICIAL), EntityKind.PERSON, False),
        ("General Juan Buendía said it rained.", ("Juan Buendía", OFFICIAL), EntityKind.PERSON, False),
        ("Pedro Quispe, 34, said it rained.", ("Pedro Quispe", OFFICIAL), EntityKind.PERSON, True),
        ("Pedro Quispe, a baker, said it rained.", ("Pedro Quispe", WITNESS), EntityKind.PERSON, True),
        ("His wife, Rosa Quispe, said it rained.", ("Rosa Quispe", RELATIVE), EntityKind.PERSON, True),
        ("Sergeant Pedro Quispe said it rained.", ("Pedro Quispe", COMBATANT), EntityKind.PERSON, True),
        ("The Callao Gazette said it rained.", ("Callao Gazette", MEDIA), EntityKind.OUTLET, False),
        ("Reuters said it rained.", ("Reuters", MEDIA), EntityKind.OUTLET, False),
        ("A soldier said it rained.", ("soldier", COMBATANT), EntityKind.DESCRIPTION, True),
        ("Officials said it rained.", ("Officials", OFFICIAL), EntityKind.DESCRIPTION, False),
        ("Peru said it rained.", ("Peru", OFFICIAL), EntityKind.GOVERNMENT, False),
        ("The Lima Charity Association said it rained.", ("Lima Charity Association", SourceKind.ORGANISATION),
         EntityKind.ORGANISATION, False),
        ("Villagers said it rained.", ("Villagers", WITNESS), EntityKind.DESCRIPTION, True),
    ],
)  # fmt: skip
def test_what_a_source_is(text: str, source: tuple[str, SourceKind], kind: EntityKind, private: bool) -> None:
    found = speaker(cast(text, said(text, source)))
    assert (found.kind, found.protected) == (kind, private)


def test_a_surname_is_the_one_person_named_in_full() -> None:
    text = "Admiral Miguel Grau spoke. Grau said it rained."
    told = cast(text, said(text, ("Miguel Grau", MILITARY)), said(text, ("Grau", MILITARY), words="Grau said"))
    assert speaker(told, 0).id == speaker(told, 1).id


def test_a_surname_that_two_people_bear_is_neither() -> None:
    text = "Mayor Miguel Prado and Colonel Leoncio Prado met. Prado said it rained."
    told = cast(text, said(text, ("Prado", OFFICIAL), words="Prado said"))
    assert told.claims[0].attribution.source is not None
    assert told.claims[0].attribution.source.id is None
    assert told.entities == ()


@pytest.mark.parametrize(
    "others", ["J. Prado", "Mayor Juan Manuel Prado", "Juan Prado", "President Prado", "Mr Prado", "Prados"]
)
def test_shorter_and_longer_forms_of_a_name_are_no_second_person(others: str) -> None:
    text = f"Mayor Juan Prado spoke to {others}. Prado said it rained."
    told = cast(text, said(text, ("Prado", OFFICIAL), words="Prado said"))
    assert speaker(told).name in ("Juan Prado", "Juan Manuel Prado")


def test_transliterations_are_one_person_in_all_reports() -> None:
    first, second = (
        "Governor Yevgeny Dolinskyi said it rained.",
        "Evgeny Dolinsky, the governor of Kars, said it snowed.",
    )
    a = speaker(cast(first, said(first, ("Yevgeny Dolinskyi", OFFICIAL))))
    b = speaker(cast(second, said(second, ("Evgeny Dolinsky", OFFICIAL))))
    assert a.id == b.id


def test_namesakes_in_other_roles_are_others() -> None:
    first, second = "The mayor, Juan Rojas, said it rained.", "Juan Rojas, a soldier, said it rained."
    third = "Juan Rojas, a baker, said it rained."
    found = [
        speaker(cast(text, said(text, ("Juan Rojas", kind)))).id
        for text, kind in ((first, OFFICIAL), (second, COMBATANT), (third, WITNESS))
    ]
    assert len(set(found)) == 3


def test_a_description_is_nobody_elses() -> None:
    first, second = "A soldier said it rained.", "A soldier said it snowed."
    a, b = (speaker(cast(text, said(text, ("soldier", COMBATANT)))) for text in (first, second))
    assert a.local
    assert b.local
    assert a.id != b.id


def test_whoever_knows_nothing_of_a_name_takes_no_office_for_granted() -> None:
    text = "Rosa Huamán said it rained."
    assert speaker(cast(text, said(text, ("Rosa Huamán", OFFICIAL)))).protected


def test_a_relay_is_an_entity_too() -> None:
    text = "Reuters quoted the mayor, José Arana, as saying that it rained."
    told = cast(text, said(text, ("José Arana", OFFICIAL), relay=("Reuters", MEDIA)))
    found = of(told, told.claims[0].attribution.relays[0].id)
    assert found is not None
    assert (found.name, found.kind) == ("Reuters", EntityKind.OUTLET)
    assert [hop.id for hop in told.claims[0].attribution.chain] == [found.id, speaker(told).id]


# Actors ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "role", "entity", "side"),
    [
        ("The Peruvian army fired.", "Peruvian army", Role.AGENT, "Peruvian armed forces", "Peruvian"),
        ("Peru attacked.", "Peru", Role.AGENT, "Peruvian government", "Peruvian"),
        ("They attacked Peru.", "Peru", Role.TARGET, None, "Peruvian"),
        ("They took two Peruvian soldiers.", "two Peruvian soldiers", Role.TARGET, "two Peruvian soldiers", "Peruvian"),
        ("They shot civilians.", "civilians", Role.TARGET, "civilians", None),
        ("They blew up a bridge.", "bridge", Role.TARGET, None, None),
        ("They shelled the railway station.", "railway station", Role.TARGET, None, None),
        (
            "They wounded Chilean Colonel Pedro Lagos.",
            "Chilean Colonel Pedro Lagos",
            Role.TARGET,
            "Pedro Lagos",
            "Chilean",
        ),
        ("The Condor Dawn sank.", "Condor Dawn", Role.AGENT, None, None),
        ("The 3rd Infantry Brigade fled.", "3rd Infantry Brigade", Role.AGENT, "3rd Infantry Brigade", None),
    ],
)
def test_who_acts(text: str, name: str, role: Role, entity: str | None, side: str | None) -> None:
    assert actor(cast(text, said(text, None, [(name, role)]))) == (entity, side)


def test_two_soldiers_here_are_not_the_two_there() -> None:
    text = "Two soldiers fled. At night two soldiers drowned."
    told = cast(
        text, said(text, None, [("Two soldiers", Role.AGENT)]), said(text, None, [("two soldiers", Role.TARGET)])
    )
    assert told.claims[0].event.actors[0].id != told.claims[1].event.actors[0].id


def test_i_is_whoever_speaks() -> None:
    text = "“I fled,” said the mayor, José Arana."
    told = cast(text, said(text, ("José Arana", OFFICIAL), [("I", Role.AGENT)], quote=Quote.DIRECT))
    assert told.claims[0].event.actors[0].id == speaker(told).id


def test_a_place_is_an_entity_and_no_actor() -> None:
    text = "Mayor Arana said that San Juan was shelled."
    lima = Place(mention("San Juan", text), PlaceOutcome.SETTLEMENT, "San Juan", "PE", "Lima", -12.2, -77.0, 3929631)
    told = cast(text, said(text, None, [("San Juan", Role.TARGET)], place=lima))
    assert told.claims[0].event.actors == ()
    assert [(each.name, each.kind, each.country) for each in told.entities] == [("San Juan", EntityKind.PLACE, "PE")]
    assert [each.role for each in mentions_of(told.claims[0])] == [MentionRole.PLACE]


@pytest.mark.parametrize(
    ("text", "name", "acts", "entity"),
    [
        ("Lima shelled Arica.", "Lima", "Lima", "Peruvian government"),  # the seat for the state
        ("Chilean strikes hit Arica.", "Chilean", "Chile", "Chilean government"),
    ],
)
def test_a_state_acts_by_its_seat_and_its_adjective(text: str, name: str, acts: str, entity: str) -> None:
    told = cast(text, said(text, None, [(name, Role.AGENT)]))
    (who,) = told.claims[0].event.actors
    assert (who.name, {each.id: each.name for each in told.entities}[who.id or ""]) == (acts, entity)


def test_no_claims_no_entities() -> None:
    assert cast("It rained.") == Cast(())


# In all reports -------------------------------------------------------------------------------------------------------

REPORTS = (
    ("Admiral Miguel Grau said that the Chilean navy fled.", ("Miguel Grau", MILITARY), "Chilean navy"),
    ("Peru’s Admiral Miguel Grau said that Chile’s navy fled.", ("Miguel Grau", MILITARY), "Chile’s navy"),
    (
        "The mayor, José Arana, said that the 3rd Infantry Brigade fled.",
        ("José Arana", OFFICIAL),
        "3rd Infantry Brigade",
    ),
    ("The mayor, Jose Arana, said that Chilean troops fled.", ("Jose Arana", OFFICIAL), "Chilean troops"),
    ("A baker said that the navy of Chile fled.", ("baker", WITNESS), "navy of Chile"),
)


@settings(max_examples=40)
@given(st.permutations(REPORTS))
def test_the_order_of_reports_makes_no_difference(order: list[tuple[str, tuple[str, SourceKind], str]]) -> None:
    def entities(reports: Sequence[tuple[str, tuple[str, SourceKind], str]]) -> set[Entity]:
        told = (cast(text, said(text, source, [(name, Role.AGENT)])) for text, source, name in reports)
        return {each for one in told for each in one.entities}

    assert entities(order) == entities(REPORTS)
    assert len({each.id for each in entities(order)}) == 6


WORDS = st.sampled_from(
    "the a Peruvian Peru Chile's army 3rd Brigade Admiral Miguel Grau Arana said soldiers of in , . “ two General (SNF) WHO".split()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=25), st.data())
def test_any_phrase_is_resolved_the_same_way_twice_and_mentions_stand(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    start = data.draw(st.integers(0, len(words) - 1))
    name = " ".join(words[start : start + data.draw(st.integers(1, 6))])
    kind = data.draw(st.sampled_from([kind for kind in SourceKind if kind is not SourceKind.PUBLISHER]))
    claim = said(text, (name, kind), [(name, Role.AGENT)])
    told = cast(text, claim)
    assert told == cast(text, claim)
    known = {each.id for each in told.entities}
    for each in mentions_of(told.claims[0]):
        assert each.entity_id in known
        assert each.mention is None or text[each.mention.start : each.mention.end] == each.mention.text


# Whose number it is ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "unit", "source", "side"),
    [
        ("Rebels killed 30 Chilean soldiers.", "30", "Chilean soldiers killed", None, "Chilean"),
        ("Rebels killed 30 Chilean farmers.", "30", "Chilean farmers killed", None, None),  # civilians are no side's
        ("Rebels killed 30 people.", "30", "people killed", None, None),
        ("The Peruvian army said that 12 of its men fell.", "12", "killed", "Peruvian army", "Peruvian"),
        ("The Peruvian army said that 12 men fell.", "12", "men killed", "Peruvian army", None),
    ],
)
def test_whose_those_counted_are(text: str, number: str, unit: str, source: str | None, side: str | None) -> None:
    one = Quantity(mention(number, text), float(number), float(number), unit=unit, fate="killed")
    told = cast(text, said(text, (source, MILITARY) if source else None, quantities=(one,)))
    assert [each.side for each in told.claims[0].quantities] == [side]


# Who is named in a report in passing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Pedro Lagos was replaced as commander of the fleet.", MILITARY),
        ("They replaced Pedro Lagos as governor.", OFFICIAL),
        ("They saw Pedro Lagos as he fled.", None),
    ],
)
def test_an_office_behind_a_name_is_its_role(text: str, role: SourceKind | None) -> None:
    found = People(text, TABLES).role_of("Pedro Lagos")
    assert (found.kind if found else None) == role


def test_an_outlet_that_acts_is_the_one_that_speaks() -> None:
    text = "LIMA TIDINGS said so. Lima Tidings was closed."
    speaks = said(text, ("LIMA TIDINGS", MEDIA))
    told = cast(text, speaks, said(text, None, [("Lima Tidings", Role.TARGET)]))
    voice = told.claims[0].attribution.source
    assert voice is not None
    assert told.claims[1].event.actors[0].id == voice.id


@pytest.mark.parametrize("name", ["Sixteen Chilean", "Two Peruvians", "Dozens"])
def test_a_number_begins_no_name(name: str) -> None:
    text = f"{name} said so."
    assert [each.kind for each in cast(text, said(text, (name, OFFICIAL))).entities] == [EntityKind.DESCRIPTION]
