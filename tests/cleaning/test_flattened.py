"""What stands between two sentences where a page has lost its lines is cut out, and no word of the sentences with it."""

from __future__ import annotations

import pytest
from cleaning_pages import TABLES, body, page, told  # type: ignore[import-not-found]

from bywhom.cleaning.flattened import link_end, tag_run
from bywhom.cleaning.wording import wordings

WORDS = wordings(TABLES).flat
TITLE = "Fort at Namur lays down its arms"
FIRST = "The garrison laid down its arms on Tuesday a staff officer said."
REST = "Two companies had refused to leave their trenches he added."


@pytest.mark.parametrize(
    ("furniture", "goes_on"),
    [
        # an agency's date line without its dash, and its sign without a sentence before it
        ("PARIS (Havas)", ""),
        ("NEW YORK (AFP)", ""),
        ("BRUSSELS August 4 (The Associated Press)", ""),
        ("(presswire) -", ""),
        # captions, known by what can be seen in them or by the date that ends them
        ("(Herald World and Agencies)", ""),
        ("(AFP)", ""),
        ("A man leads his mule past the burning mill. (Reuters)", ""),
        ("A sentry stands at the gate of the fort Namur June 3 1917 (Reuters Photo)", ""),
        ("The mill after the fire in Namur on June 3 1917. (AFP)", ""),
        ("Women carry bread through the lines. Two of them were shot at the week before. (Herald and Agencies)", ""),
        ("Still image shows a cloud of smoke over the mill. (File photo)", ""),
        ("A gunner shoots his rifle as the enemy advances Namur June 3 1917. Source Reuters (Herald and Agencies)", ""),
        ("Men who were led out of the fort wait near the mill. (Herald and Agencies)", ""),
        ("The marshal at a meeting of the council in Namur Sunday June 3 1917 (Photo AFP)", ""),
        ("(Photo Smoke is seen over the mill on June 3 1917. by AFP)", ""),
        ("In this June 3 1917 photo provided by the guild of bakers men queue for bread.", ""),
        ("File photo shows the gate of the fort", "It was shut on Monday."),
        ("Infographic: Guns of the fort (Design by Anna Keller / The Herald)", ""),
        # pictures that link to other stories
        ("REUTERS Anna Keller Marshal Promises Bread to All Forts of the Meuse", "The guns were silent."),
        ("AP Photo Jean Dumont Over 20 Guns Taken From Forts Near the Meuse Staff", "No one was hurt."),
        ("AFP 1917 Anna Keller Fort of Huy Surrenders After Ten Days of Siege PARIS (Havas)", ""),
        ("REUTERS Anna Keller Fort of Huy Surrenders After Ten Days", "Belgian gunners held the mill."),
        ("Photo Anna Keller Fort of Huy Surrenders After Ten Days", "The Belgian guns were silent."),
        # links, tags and references
        ("Read more here Bread riots in Huy", '"We are hungry" said a baker.'),
        ("click to watch - Bread riots in Huy", "The guns were silent."),
        ("Print Tweet Views 494 Related Bread riots in Huy", "At least nine were hurt."),
        ("(Click to enlarge)", ""),
        ("Read also Bread riots in Huy mayor pleads for calm", "Elsewhere the guns were silent."),
        ("Related Coverage Ministry sees U.S. hand in siege: envoy Bread riots", "Marshal Anton Joffre said so."),
        ("Mutiny at Namur Anna Keller reports - YouTube", ""),
        ("Slideshow (3 Images)", ""),
        ("[ID:nL6N0PP2YH]", ""),
        ("The order of the day can be read here.", ""),
        ("Tags Namur mutiny army Fort Loncin", "Sixteen wagons of wounded left the town."),
        ("Tags Namur mutiny Committee for Belgian Relief", "At least forty wagons left the town."),
    ],
)
def test_it_is_cut_out_between_two_sentences(furniture: str, goes_on: str) -> None:
    rest = f"{goes_on} {REST}".strip()
    kept = body(page(f"{TITLE}\n\n{FIRST} {furniture} {rest}"))
    assert kept == [FIRST, rest]


@pytest.mark.parametrize("agency", ["AFP Sunday 3 June 1917", "Reuters 3 June 1917"])
def test_an_agency_and_its_date_close_a_standfirst_that_nothing_closes(agency: str) -> None:
    standfirst = "The garrison laid down its arms in the south of the country"
    doc = page(f"{TITLE}\n\n{TITLE} {standfirst} {agency} {REST}")
    assert body(doc) == [standfirst, REST]
    assert doc.dateline is not None
    assert doc.published is not None
    assert doc.published.value == "1917-06-03"


@pytest.mark.parametrize(
    "furniture",
    [
        "-Havas",
        "(With Reuters and AFP) Last Update: Sunday 3 June 1917 KSA 20:36 - GMT 17:36 480",
        "H. Novak/ A.K/ Keller al-Dumont/J.Weiss",
        "AK - 12",
        "English bulletin",
        "Agencies contributed to this report.",
        "Agencies contributed Read Also",
        "Never miss a story again sign up to our Telegram channel and be up to speed!",
        "Anna Keller of The Herald has more details.",
        "The Herald Tonight Fort falls - YouTube Source The Herald",
        "This article is an edited translation from our French edition. Also",
        "The Herald is the nation's premier daily newspaper printed in nine towns. Launched in 1878 it tells all.",
        "Updated with details throughout ...",
        "Source Herald and agencies Related News Bread riots | The long siege Are the forts safe? Huy falls. Contact Us",
        "... 285 Related Army Takes 2.5 Tons of Bread to Huy Tags bread Namur Community standardsDiscussion",
    ],
)
def test_it_is_cut_off_at_the_end(furniture: str) -> None:
    # Where dots were the link's mark they close nothing.
    gap = "" if furniture.startswith("-") else " "
    kept = " ".join(body(page(f"{TITLE}\n\n{FIRST} {REST}{gap}{furniture}")))
    assert kept.removesuffix(" ...") == f"{FIRST} {REST}"


@pytest.mark.parametrize(
    "furniture",
    [
        "AFP Print Tweet Views 729 Related Bread riots in Huy mayor pleads for calm 3 hurt in Liège",
        "Wed 6 June 1917 at 1459 Regional NNA -",
        "Date of publication 6 June 1917 Video",
        "Published June 6 1917 SEND https://example.org/aB3 AA Photo",
        "Published June 6 1917 A man leads his mule past the burning mill of Namur (Reuters)",
        "Brussels Paris-",
        "3 June 1917 Namur AFP-",
        "3 June 1917 AFP-",
        "3 June 1917 FORT LONCIN Belgium",
        "3 June 1917 DHA Photo",
        "3 June 1917 A man carries his mule past the burning mill of Namur.",
    ],
)
def test_it_is_cut_off_at_the_head(furniture: str) -> None:
    first = "At least nine wagons of wounded left the town on Tuesday a staff officer said."
    assert body(page(f"{TITLE}\n\n{TITLE} {furniture} {first} {REST}")) == [f"{first} {REST}"]


def test_an_agency_and_its_day_are_known_before_a_small_letter_and_at_the_end() -> None:
    standfirst = "The garrison laid down its arms in the south of the country"
    doc = page(f"{TITLE}\n\n{TITLE} {standfirst} AFP Sunday 3 June 1917 ninety men were led out. {REST}")
    assert body(doc) == [standfirst, f"ninety men were led out. {REST}"]
    assert body(page(f"{TITLE}\n\n{FIRST} {REST} {standfirst} AFP Sunday 3 June 1917"))[-1].endswith(standfirst)


def test_headlines_of_other_stories_end_where_the_headline_stands_again() -> None:
    doc = page(f"{TITLE}\n\n6 June 1917 Print Tweet Related Bread riots in Huy {TITLE} {FIRST} {REST}")
    assert body(doc) == [f"{FIRST} {REST}"]


def test_a_pictures_headline_ends_where_its_copy_among_the_links_ends() -> None:
    picture = "Havas Anna Keller Marshal Promises Bread to All Forts"
    links = "12 Related Marshal Promises Bread to All Forts Huy Holds Out Tags bread Community standardsDiscussion"
    first = "General Leman wrote that all was well on Tuesday as his staff made clear."
    doc = page(f"{TITLE}\n\n{FIRST} {picture} {first} {REST} {REST} {REST} {links}")
    assert body(doc) == [FIRST, f"{first} {REST} {REST} {REST}"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Reuters reported on Sunday that the fort had fallen without a shot.",
        "Reuters Middle East Bureau Chief Anna Keller said that the fort had fallen.",
        "People carry bread to the fort at night.",
        "Photo Anna Keller took of the fort shows a white flag.",
        "Source close to the army said that the fort had fallen.",
        "The mayor told AFP Sunday 3 June 1917 was the day on which the fort fell.",
        "The fort fell (Reuters) and the town with it.",
        "The Liberation Army (LA) The Free Corps and the Guard were named.",
        "Related incidents were reported from Huy on Friday.",
        "The ministry tags Belgian goods in Namur.",
        "Video from the fort shows a white flag.",
        "The mayor carries the keys of the town to the enemy.",
        "He thanked the garrison: thank you for holding on, he said.",
        "The Herald is a newspaper that the garrison reads.",
    ],
)
def test_a_sentence_that_is_worded_alike_is_kept(sentence: str) -> None:
    assert body(page(f"{TITLE}\n\n{FIRST} {sentence} {REST}")) == [f"{FIRST} {sentence} {REST}"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Belgian AFP-Reuters men said that the fort had fallen.",
        "Video from the fort shows a white flag.",
        "People of the fort carry its bread away every night.",
        "Photo Anna Keller took of the fort shows a white flag.",
    ],
)
def test_a_sentence_that_is_worded_alike_is_kept_at_the_head(sentence: str) -> None:
    assert body(page(f"{TITLE}\n\n{sentence} {REST}")) == [f"{sentence} {REST}"]


def test_a_sentence_before_a_credit_is_a_caption_only_where_it_is_worded_so() -> None:
    assert body(page(f"{TITLE}\n\n{FIRST} (Reuters) {REST}")) == [FIRST, REST]
    dated = "The mayor said the mill burnt down on June 3 1917."
    assert body(page(f"{TITLE}\n\n{FIRST} {dated} (Reuters) {REST}")) == [f"{FIRST} {dated}", REST]


def test_a_moderators_thanks_are_furniture() -> None:
    thanks = "[Moderator, in French] Thank you, Mr. President; thank you, Mr. Minister. Gentlemen, thank you."
    assert ("furniture", thanks) in told(page(f"{TITLE}\n\n{FIRST}\n\n{REST}\n\n{thanks}"))


@pytest.mark.parametrize(
    ("run", "end"),
    [
        ("Bread riots in Huy At least nine hurt the mayor said", "At least"),
        ("Bread riots in town Marshal Anton Joffre said so", "Marshal"),
        ("Bread riots in Huy mayor pleads for calm", None),
        ("Bread riots in Huy. The mayor pleads for calm", None),
    ],
)
def test_links_end_before_what_opens_a_sentence(run: str, end: str | None) -> None:
    assert link_end(run, WORDS) == (run.index(end) if end else None)


def test_tags_without_a_sentence_before_them_need_an_opener_behind_them() -> None:
    plain = "The fort fell in the south of the country Tags Namur army {} wagons left the town."
    found = tag_run(plain.format("Nine"), WORDS)
    assert found is not None
    assert found.of(plain) == "Tags Namur army"
    assert tag_run(plain.format("Forage"), WORDS) is None
