"""Whole reports: every sentence of the body, and who answers for it."""

from __future__ import annotations

import re

import pytest
from attribution_pages import by, lexicon, page, read, told  # type: ignore[import-not-found]
from hypothesis import given, settings
from hypothesis import strategies as st

from bywhom.attribution import attribute
from bywhom.prose.sentences import sentences
from bywhom.records import Mention


def test_an_account_goes_on_inside_its_paragraph_and_falls_back_at_the_break() -> None:
    assert told("General Osei said the fort had fallen. The porters fled.", "Nobody was paid.") == [
        ("the fort", "Osei"),
        ("The porters", "Osei"),
        ("Nobody was", "-"),
    ]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("Anna Kolb, a nurse, said that forty men died.", "“They were starving,” she said."),
        ("Anna Kolb, a nurse, said that forty men died.", "Kolb said that they were starving."),
        ("Anna Kolb, a nurse, said that forty men died.", "The nurse said that they were starving."),
        ("Nurse Anna Kolb arrived at noon.", "She said that they were starving."),
    ],
)
def test_a_later_mention_comes_back_to_the_same_speaker(first: str, then: str) -> None:
    assert by(read(f"{first} {then}")[-1]) == "Anna Kolb"


def test_a_pronoun_without_anybody_stays_an_explicit_unknown() -> None:
    assert told("He said that the fort had fallen.") == [("the fort", "?")]


def test_an_acronym_is_its_body() -> None:
    found = read("The Arvale Relief Committee said forty men died.", "The Relief Committee said that bread had come.")
    assert [by(a) for a in found] == ["Arvale Relief Committee", "Arvale Relief Committee"]


def test_statements_come_from_who_issued_them() -> None:
    assert told("Captain Brandt said that no bread had come. The statement said that the fort had fallen.")[-1] == (
        "the fort",
        "Brandt",
    )


@pytest.mark.parametrize(
    ("paragraphs", "contents"),
    [
        (["“We left. They shelled it. Nobody came,” Anna Kolb said."], 3),
        (["“We left the town.", "“They shelled the mill,” said Anna Kolb."], 2),  # over a paragraph break
        (["“We left the town", "They shelled the mill", "“Nobody came,” said Anna Kolb."], 3),  # a lost mark
        (["Anna Kolb said she was tired.  “We left the town. They shelled it.”"], 3),
    ],
)
def test_a_quotation_has_one_speaker(paragraphs: list[str], contents: int) -> None:
    assert [by(a) for a in read(*paragraphs)] == ["Anna Kolb"] * contents


def test_a_quotation_of_nobody_has_an_unknown_speaker() -> None:
    assert told("“We left the town at night.”") == [("We left", "?")]


def test_the_form_on_the_page() -> None:
    found = read("“The mill was burnt,” Kolb said. Kolb said that it was “a pile of ash”. Kolb said that it rained.")
    assert [a.quote.value for a in found] == ["direct", "mixed", "indirect"]


def test_a_speaker_nested_in_a_quotation_answers_for_it() -> None:
    (found,) = read("“My brother said that the fort had fallen,” said Anna Kolb.")
    assert (by(found), [hop.name for hop in found.relays], found.quote.value) == (
        "brother of Anna Kolb",
        ["Anna Kolb"],
        "direct",
    )


def test_the_listener_who_hands_it_on_is_a_relay() -> None:
    found = read("Anna Kolb told the Harbour Post that her brother was taken.", "A sergeant told her that he was dead.")
    assert (by(found[-1]), [hop.name for hop in found[-1].relays]) == ("sergeant", ["Harbour Post", "Anna Kolb"])


def test_outlets_that_listen_carry_and_cite_are_relays() -> None:
    for sentence in (
        "Captain Brandt told the Harbour Post that the fort had fallen.",
        "In an interview with the Harbour Post, Captain Brandt said that the fort had fallen.",
        "The Harbour Post, citing Captain Brandt, reported that the fort had fallen.",
        "Captain Brandt was quoted by the Harbour Post as saying that the fort had fallen.",
    ):
        found = read(sentence)[-1]
        assert (by(found), [hop.name for hop in found.relays]) == ("Brandt", ["Harbour Post"]), sentence


@pytest.mark.parametrize("quoted", ["quoted by the Harbour Post,", "as quoted by the Harbour Post, that"])
def test_who_quotes_what_another_outlet_heard_stands_before_it(quoted: str) -> None:
    (found,) = read(f"Anna Osei told the weekly Horizon, {quoted} the guards filmed them.")
    assert (by(found), [hop.name for hop in found.relays]) == ("Anna Osei", ["Harbour Post", "Horizon"])


def test_an_outlet_to_which_a_fact_was_confirmed_is_a_relay() -> None:
    (found,) = read("The loss was confirmed by a clerk to the Harbour Post.")
    assert (by(found), [hop.name for hop in found.relays]) == ("clerk", ["Harbour Post"])


@pytest.mark.parametrize(
    ("saying", "outlet"),
    [
        ("told the Evening Lantern in a second interview that", "Evening Lantern"),
        ("told the Sunday Herald that", "Sunday Herald"),
        ("told the Gazette on Friday that", "Gazette"),
        ("told The Comet that", "Comet"),
        ("told ACAN - EFE that", "ACAN-EFE"),
    ],
)
def test_a_paper_is_a_relay_however_it_is_called(saying: str, outlet: str) -> None:
    (found,) = read(f"Jan Moro {saying} forty men died.")
    assert (by(found), [hop.name for hop in found.relays]) == ("Jan Moro", [outlet])


@pytest.mark.parametrize(
    ("sentence", "channel"),
    [
        ("Captain Brandt told reporters that no bread had come.", "press"),
        ("In a video posted on Telegram, Captain Brandt said that no bread had come.", "telegram"),
        ("Captain Brandt said in a statement that no bread had come.", "document"),
        ("Captain Brandt told the Harbour Post that no bread had come.", "interview"),
        ("Captain Brandt said that no bread had come.", None),
    ],
)
def test_the_channel_is_read_where_it_is_stated(sentence: str, channel: str | None) -> None:
    (found,) = read(sentence)
    assert (found.channel and found.channel.value) == channel


def test_a_report_told_behind_a_colon_is_told_in_that_outlets_hands() -> None:
    found = read("The Harbour Post reports: the fort has fallen.", "A gunner said the powder was wet.", "Men died.")
    assert [(by(a), [hop.name for hop in a.relays]) for a in found] == [
        ("Harbour Post", []),
        ("gunner", ["Harbour Post"]),
        ("Harbour Post", []),
    ]


def test_the_outlet_of_the_headline_stands_behind_the_body() -> None:
    found = read("The fort has fallen. The governor said that forty men died.", title="Fort falls – Reuters")
    assert [(by(a), [hop.name for hop in a.relays]) for a in found] == [("Reuters", []), ("governor", ["Reuters"])]


def test_the_agency_of_the_date_line_stands_behind_the_body() -> None:
    found = read("The fort has fallen. The governor said that forty men died.", agency="Havas")
    assert [(by(a), [hop.name for hop in a.relays]) for a in found] == [("Havas", []), ("governor", ["Havas"])]


def test_the_labels_of_a_transcript_give_the_turns() -> None:
    found = read("[RUIZ] We left the town. The bridge was cut.", "MORA: They shelled it.", "[APPLAUSE] Good night.")
    assert [by(a) for a in found] == ["RUIZ", "RUIZ", "MORA", "-"]


def test_the_source_of_the_lead_may_be_told_after_it() -> None:
    found = read(
        "Men of the third regiment mutinied. They killed two officers.",
        "This revelation came from Anna Kolb, a nurse, in an interview with the Harbour Post.",
    )
    assert [(by(a), a.source and a.source.resolution.value) for a in found] == [("Anna Kolb", "lead")] * 2
    assert all([hop.name for hop in a.relays] == ["Harbour Post"] for a in found)


def test_what_an_interview_announced_came_through_that_outlet() -> None:
    found = read("Jan Moro, a driver, was interviewed by the newspaper Diario del Ebro.", "Moro said the road was cut.")
    assert (by(found[-1]), [hop.name for hop in found[-1].relays]) == ("Jan Moro", ["Diario del Ebro"])


def test_the_publisher_speaks_for_itself() -> None:
    assert told("Osei said the fort had fallen. We could not reach the town.")[-1] == ("We could", "-")
    assert told("While no order was given to retreat, Osei said that the fort had fallen.")[0] == ("no order", "-")


@pytest.mark.parametrize(
    ("caveat", "whose"),
    [
        ("The claim could not be independently verified.", "-"),
        ("The Lantern has not been able to verify this.", "-"),
        ("The Lantern cannot independently confirm the claim.", "-"),
        ("The Lantern was unable to verify the claim.", "-"),
        ("He could not verify the claim.", "Osei"),  # he goes on
        ("The porters could verify the claim.", "Osei"),
    ],
)
def test_what_is_not_checked_is_the_publishers_word(caveat: str, whose: str) -> None:
    assert [by(found) for found in read(f"Osei said the fort had fallen. {caveat}")] == ["Osei", whose]


def test_both_are_nobody_that_is_named() -> None:
    assert told("Both said that the fort had fallen.") == [("the fort", "?")]


def test_an_outlet_is_called_as_the_report_writes_it() -> None:
    (full,) = read("Captain Brandt told the Associated Press that no bread had come.")
    (short,) = read("Captain Brandt told AP that no bread had come.")
    assert [hop.name for one in (full, short) for hop in one.relays] == ["Associated Press", "AP"]


@pytest.mark.parametrize(
    "then",
    [
        "“They were starving,” the 40-year-old teacher said.",
        "“They were starving,” said the former deputy governor of Arvale.",
        "The politician said that they were starving.",
        "“Where was the bread?” Kolb asked one visitor.",
        "“They were starving!” Anna Kolb told a crowd.",
    ],
)
def test_who_spoke_just_before_is_told_of_in_other_words(then: str) -> None:
    assert [by(a) for a in read("Anna Kolb said that forty men died.", then)] == ["Anna Kolb"] * 2


@pytest.mark.parametrize(
    ("then", "source"),
    [
        ("The head of the harbour guard said that they were starving.", "head of the harbour guard"),
        ("The conference said that they were starving.", "conference"),
        ("A teacher said that they were starving.", "teacher"),
    ],
)
def test_somebody_else_is_somebody_else(then: str, source: str) -> None:
    assert by(read("Anna Kolb said that forty men died.", then)[-1]) == source


def test_two_descriptions_are_two_people() -> None:
    found = read("The garrison said that forty men died.", "The governor said that they were starving.")
    assert [by(a) for a in found] == ["garrison", "governor"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("General Osei met Colonel Brandt. He said that the fort had fallen.", "Osei"),  # of two, the subject
        ("General Osei met Mayor Lund. Lund is old. He said that the fort had fallen.", "Lund"),
        ("Osei, a colonel, met Mrs Anna Kolb. She said that the fort had fallen.", "Anna Kolb"),
        ("Osei, a colonel, said that ten died. Mrs Kolb came. He said that the fort had fallen.", "Osei"),
        ("A nurse said ten died. She wept. Her brother, a clerk, wept. She said that the fort had fallen.", "nurse"),
    ],
)
def test_he_and_she_are_two(text: str, source: str) -> None:
    assert told(text)[-1] == ("the fort", source)


def test_the_outlets_are_those_that_spoke_together() -> None:
    text = "Reuters and AFP said that ten died. The news outlets added that the mill burnt."
    assert told(text)[-1][1] == told(text)[0][1] == "Reuters and AFP"


def test_what_somebody_says_that_he_does_is_his_word() -> None:
    text = "Timo said that ten died. Another soldier named Ruben, 42, said he welcomed the truce."
    assert told(text)[-1][1] == "Ruben"


def test_they_are_the_group_that_heads_the_sentence() -> None:
    text = "The miners said ten died. The sailors burnt the mill as they announced a strike."
    assert told(text)[-1][1] == "sailors"


def test_the_hands_of_the_lead_may_be_told_after_it() -> None:
    text = (
        "Ten men died, the ministry said. They were porters, the ministry said in a statement carried by state media."
    )
    assert [[hop.name for hop in each.relays] for each in read(text)] == [["state media"], ["state media"]]


def test_a_general_of_the_lead_may_be_named_below_with_an_office() -> None:
    found = read(
        "A general said that ten died.",
        "General Jan Osei, head of the Peruvian armed forces, said that the mill burnt.",
    )
    assert [each.source.name for each in found if each.source] == ["Jan Osei", "Jan Osei"]


def test_a_quotation_with_its_own_full_stop_is_spoken_by_who_is_told_behind_it() -> None:
    assert told("“The town has fallen.” General Osei said.") == [("The town", "Osei")]


def test_a_pronoun_comes_back_to_who_opens_the_sentence() -> None:
    assert told("Anna Kolb was right when she said that the fort had fallen.")[-1] == ("the fort", "Anna Kolb")
    assert told("Nobody met Anna Kolb when she said that the fort had fallen.")[-1] == ("the fort", "?")


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("Amnesty International said that ten died.", "The rights group said that more would die."),
        ("Shining Path said that ten died.", "The movement said that more would die."),
        ("The US-led coalition said that ten died.", "The alliance said that more would die."),
        ("Reuters reported that ten died.", "The report said that more would die."),
    ],
)
def test_a_body_is_told_of_by_what_it_is(first: str, then: str) -> None:
    one, two = read(first, then)
    assert by(one) == by(two)


def test_no_person_comes_back_to_a_body() -> None:
    found = read("Anna Kolb, a nurse, said that ten died. The hospital denied it.", "She said that the hospital lied.")
    assert by(found[-1]) == "Anna Kolb"


def test_another_is_nobody_that_is_named() -> None:
    assert told("“We were told to go,” said one woman. “They shot my brother,” said another.") == [
        ("We were", "one woman"),
        ("They shot", "?"),
    ]


def test_a_group_whose_name_holds_a_papers_is_no_paper() -> None:
    (found,) = read("The Arvale Liberation Front said that ten soldiers had died.")
    assert (by(found), found.relays) == ("Arvale Liberation Front", ())


def test_a_spokesman_named_below_speaks_for_the_body_named_above() -> None:
    found = read("A spokesman for the army said the fort was safe.", "Spokesman Jan Reuss said it would hold.")
    assert [(by(a), a.source and a.source.kind.value) for a in found] == [("Jan Reuss", "military")] * 2


def test_the_body_that_signs_a_text_tells_it() -> None:
    found = read(
        "The mayor shut the port.", "Villagers said that ten died.", "(Source: Arvale Coalition's Media Office)"
    )
    assert [(by(a), [hop.name for hop in a.relays]) for a in found] == [
        ("Arvale Coalition", []),
        ("Villagers", ["Arvale Coalition"]),
    ]


def test_capitals_throughout_are_read_as_words() -> None:
    assert told("THE MAYOR SAID THAT THE BRIDGE WAS CUT. HE ADDED THAT THE MILL WAS BURNT.") == [
        ("THE BRIDGE", "MAYOR"),
        ("THE MILL", "MAYOR"),
    ]


# -- whatever the text ----------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "General Osei said that the fort had fallen. ",
        "“We left at night. ",
        "They shelled it,” she said. ",
        "A sergeant told her that he was dead. ",
        "According to the Harbour Post, citing a clerk, no bread came. ",
        "“‘«„ ",
        '”’»" ',
        "This came from Anna Kolb. ",
        "[RUIZ] ",
        "He, , said ",
        "said ",
        "\u200b\u202e\0",
        "((((",
        ")))",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=12)), min_size=1, max_size=12).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS.filter(str.strip), min_size=1, max_size=4))
def test_any_text_is_read_and_every_mention_rereads_its_words(paragraphs: list[str]) -> None:
    doc = page(*paragraphs)
    found = attribute(doc, lexicon=lexicon()).items
    cut = [span for block in doc.blocks for span in sentences(doc.text, block.span)]
    for one in found:
        assert len(one.content) > 0
        assert sum(span.covers(one.content) for span in cut) == 1
        assert one.frame is not None
        assert any(span.covers(one.frame) for span in cut)
        mentions = [one.cue, *(hop.mention for hop in one.chain), *(hop.cue for hop in one.chain)]
        assert all(m == Mention.at(m.span, doc.text) for m in mentions if m is not None)
    assert found == attribute(doc, lexicon=lexicon()).items


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_every_sentence_with_words_is_attributed_to_somebody(text: str) -> None:
    """But for what is left of a saying without content, and for a sentence that only tells whose word the lead was."""
    doc = page(text)
    framed = [one.frame for one in attribute(doc, lexicon=lexicon()).items if one.frame is not None]
    for span in sentences(doc.text, doc.blocks[0].span):
        words = span.of(doc.text)
        spoken = any(w in words.lower() for w in ("said", "told", "came from", "according", "citing"))
        assert (
            any(span.covers(frame) for frame in framed)
            or not any(c.isalnum() for c in re.sub(r"\[[A-Z0-9 ]+\]?", "", words))  # a label, closed or not
            or spoken
            or not any(c.isalnum() for c in words)
            or words.lower().strip(' "”’»(){}')
            in {
                "and",
                "but",
                "that",
            }
        )


@pytest.mark.parametrize(
    "text",
    [
        "said " * 3000,
        "Osei and " * 2000,
        "a, " * 5000 + "said so.",
        "“" * 4000,
        "“‘«„''``\"" * 500,
        "(" * 10_000 + "he said" + ")" * 10_000,
        "Osei, 1, 2, 3, 4, 5, 6, 7, " * 300 + "said so.",
        "word." * 4000,
        "." * 20_000 + "a",
        "x" * 20_000,
        "according to " * 1000,
        "He said\0 that. \0\0" * 300,
    ],
    ids=lambda text: text[:12],
)
def test_hostile_texts_are_read(text: str) -> None:
    doc = page(text)
    assert all(a.content.of(doc.text) for a in attribute(doc, lexicon=lexicon()).items)


def test_an_outlet_cited_in_a_text_without_breaks_does_not_tell_the_rest() -> None:
    told_on = "SANA reported that the fort had fallen. The mill was burnt. Bread was dear. Snow lay. Nobody came. A bell rang."
    assert [by(a) for a in read(f"{told_on} Men died. Women fled. Wolves howled.")][1] == "-"
