"""Whom a noun phrase names, and in which role."""

from __future__ import annotations

import pytest
from attribution_pages import line_of  # type: ignore[import-not-found]

from bywhom.attribution.naming import read_phrase
from bywhom.attribution.phrases import Phrase


@pytest.mark.parametrize(
    ("words", "name", "kind", "person"),
    [
        ("Mayor Anna Kolb", "Anna Kolb", "official", True),
        ("General Osei, the commander of the eastern army", "Osei", "military", True),
        ("Lt. Col. J. R. Varga", "J. R. Varga", "military", True),
        ("Abu Omar al-Rashid", "Abu Omar al-Rashid", None, True),
        ("Anna Kolb, 34, a nurse", "Anna Kolb", "witness", True),
        ("the Brazilian soldier João Lima", "João Lima", "combatant", True),
        ("the Ministry of Defence", "Ministry of Defence", "military", False),
        ("the Ministry of War", "Ministry of War", "official", False),
        ("a spokesman for the Ministry of Defence", "spokesman for the Ministry of Defence", "military", True),
        ("a spokesman for the Relief Committee", "spokesman for the Relief Committee", "organisation", True),
        ("Reuters", "Reuters", "media", False),
        ("the Harbour Post", "Harbour Post", "media", False),
        ("the Harbour Post and the Evening Times", "Harbour Post and Evening Times", "media", False),
        ("a Reuters correspondent", "Reuters correspondent", "media", True),
        ("the Peruvian government", "Peruvian government", "official", False),
        ("Peru", "Peruvian government", "official", False),
        ("Amnesty International", "Amnesty International", "organisation", False),
        ("the Shining Path group", "Shining Path", "combatant", False),
        ("two residents of the district", "two residents of the district", "witness", True),
        ("her brother", "her brother", "relative", True),
        ("one of the women", "one of the women", "witness", True),
        ("a delegate", "delegate", "witness", True),
        ("unconfirmed reports", "unconfirmed reports", "anonymous", True),
        ("the Foreign Ministry statement", "Foreign Ministry", "official", False),  # whose paper it is
        ("a Shining Path communique", "Shining Path", "combatant", False),
        ("the Peruvian statement", "Peruvian statement", "official", False),
        ("the Kremlin", "Kremlin", "official", False),
        (
            "the head of the Arvale Observatory",
            "head of the Arvale Observatory",
            "organisation",
            True,
        ),  # speaks for his body
        (
            "Minister Anna Osei and army chief Jan Varga",
            "Anna Osei and Jan Varga",
            "official",
            True,
        ),  # two who are named
        ("Peru and Chile", "Peruvian government and Chilean government", "official", False),
        ("the Ministry of Trade and Industry", "Ministry of Trade and Industry", "official", False),
        ("Jan Osk, head of the mining firm Arvalia", "Jan Osk", "organisation", True),
        ("a rebel leader", "rebel leader", "combatant", True),
        ("military authorities", "military authorities", "military", False),
        ("local authorities", "local authorities", "official", False),
        ("an intelligence official", "intelligence official", "official", True),
        ("official sources", "official sources", "official", True),
        ("a report in the Harbour Post", "Harbour Post", "media", False),
        ("Radio Arvale", "Radio Arvale", "media", False),
    ],
)
def test_a_phrase_names(words: str, name: str, kind: str | None, person: bool) -> None:
    line = line_of(words)
    named = read_phrase(line, Phrase(0, len(line)))
    assert (named.name, named.kind and named.kind.value, named.person) == (name, kind, person)
    assert named.mention.text == words


@pytest.mark.parametrize(("word", "plural"), [("he", False), ("They", True), ("it", False), ("we", True)])
def test_a_pronoun_names_nobody_yet(word: str, plural: bool) -> None:
    named = read_phrase(line_of(word), Phrase(0, 1))
    assert (named.pronoun, named.plural, named.proper) == (word.lower(), plural, False)


def test_the_country_us_is_no_pronoun() -> None:
    assert read_phrase(line_of("US"), Phrase(0, 1)).pronoun is None
