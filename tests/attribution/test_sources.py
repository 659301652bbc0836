"""Whom a pronoun, a surname or a description comes back to."""

from __future__ import annotations

import pytest
from attribution_pages import lexicon, line_of  # type: ignore[import-not-found]

from bywhom.attribution.naming import Named, read_phrase
from bywhom.attribution.phrases import Phrase
from bywhom.attribution.roster import Roster, name_words
from bywhom.attribution.sources import Cast
from bywhom.prose.sentences import sentences
from bywhom.prose.tokens import tokens
from bywhom.records import Mention

TEXT = (
    "General Ivan Osei, the commander of the eastern army, met Anna Kolb, a nurse. "
    "Dozens of wives of soldiers were there. The Arvale Relief Committee (ARC) was there, and the Ministry of War. "
)


def cast_of(text: str) -> Cast:
    whole = line_of(text)
    lines = [whole.between(span.start, span.end) for span in sentences(text)]
    return Cast(lines, text, lexicon())


def naming(words: str, at: int = len(TEXT)) -> Named:
    line = line_of(words)
    named = read_phrase(line, Phrase(0, len(tokens(words))))
    shifted = Mention(at, at + len(words), words)
    return Named(
        shifted, named.name, named.kind, named.proper, named.person, named.plural, named.definite, named.pronoun,
        named.head, named.modifiers, named.outlet,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "name", "kind"),
    [
        ("Osei", "Ivan Osei", "military"),  # a surname
        ("General Osei", "Ivan Osei", "military"),
        ("the eastern commander", "Ivan Osei", "military"),  # introduced, has not spoken yet
        ("Kolb", "Anna Kolb", "witness"),
        ("the ARC", "Arvale Relief Committee", "organisation"),
        ("the women", "Dozens of wives of soldiers", "relative"),  # told of just before
        ("a clerk", "clerk", "witness"),  # somebody new
    ],
)
def test_a_mention_is_led_to_its_speaker(words: str, name: str, kind: str) -> None:
    speaker, _ = cast_of(TEXT).find(naming(words))
    assert speaker is not None
    assert (speaker.name, speaker.kind.value) == (name, kind)


def test_pronouns_take_the_last_fitting_speaker() -> None:
    cast = cast_of(TEXT)
    for words in ("Anna Kolb", "the Ministry of War", "residents"):
        speaker, _ = cast.find(naming(words))
        assert speaker is not None
        cast.speak(speaker)
    found = {word: cast.find(naming(word, at=len(TEXT) + 900))[0] for word in ("she", "it", "they")}
    assert {word: speaker and speaker.name for word, speaker in found.items()} == {
        "she": "Anna Kolb",
        "it": "Ministry of War",
        "they": "residents",
    }


def test_a_pronoun_comes_back_to_nobody_where_nobody_fits() -> None:
    assert cast_of("The fort fell.").find(naming("he"))[0] is None


def test_another_nation_is_another_speaker() -> None:
    cast = cast_of("Peru fought Chile.")
    peruvian, _ = cast.find(naming("the Peruvian general"))
    assert peruvian is not None
    cast.speak(peruvian)
    chilean, _ = cast.find(naming("the Chilean general"))
    assert chilean is not peruvian
    assert cast.find(naming("the general"))[0] is peruvian


def test_an_unnamed_officer_of_the_lead_is_the_first_of_that_rank_below() -> None:
    text = "A general spoke. Then General Ivan Osei came."
    speaker = cast_of(text).find_first(naming("a general", at=0), 16)
    assert speaker is not None
    assert speaker.name == "Ivan Osei"


def test_the_roster_knows_where_everybody_is_named() -> None:
    roster = Roster([line_of("General Ivan Osei met Anna Kolb, a nurse.")])
    assert [person.name for person in roster.people.between(0, len(TEXT))] == ["Ivan Osei", "Anna Kolb"]
    assert [person.name for person in roster.people.before(len(TEXT))] == ["Anna Kolb", "Ivan Osei"]
    assert list(roster.people.after(len(TEXT))) == []
    assert roster.fullest("Ruiz") is None


def test_titles_tell_no_names_apart() -> None:
    assert name_words("Mr Jan Moro’s") == {"jan", "moro"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Another prisoner, Marek, was shot. The minister Marek Kolb came later.",
            "Marek",
        ),  # his name is all they share
        ("The minister Marek Kolb came first. Marek was shot.", "Marek Kolb"),
        ("Kolb was shot. The minister Marek Kolb came later.", "Marek Kolb"),  # a headline has surnames alone
    ],
)
def test_a_given_name_alone_is_nobody_who_is_named_in_full_only_below(text: str, name: str) -> None:
    full = cast_of(text).roster.fullest(text.split("was shot", maxsplit=1)[0].rsplit(maxsplit=1)[-1].strip(","))
    assert full is not None
    assert full.name == name
