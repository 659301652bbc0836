"""What of a page is not the report, and what is although it looks otherwise."""

from __future__ import annotations

import pytest
from cleaning_pages import body, page, told  # type: ignore[import-not-found]

LEAD = "The garrison of the fort laid down its arms on Tuesday, a staff officer said."
MORE = "Two companies had refused to leave their trenches, according to the officer."
LAST = "Villagers counted forty wagons of wounded on the road to the south."


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("READ MORE: King leaves capital for the coast", "furniture"),
        ("Also Read: King leaves capital", "furniture"),
        ("Don’t Miss: Ten pictures of the siege", "furniture"),
        ("READ MORE HERALD STORIES", "furniture"),
        ("read more in belgium", "furniture"),
        ("Most read in The Herald", "furniture"),
        ("🔴 Read our Western Front live blog for the latest updates", "furniture"),
        ("Continue reading here at The Herald", "furniture"),
        ("Related Post", "furniture"),
        ("Recommended articles", "furniture"),
        ("TRENDING: Why ‘the big push’ was put off again", "furniture"),
        ("Share this article", "furniture"),
        ("Facebook Twitter WhatsApp Email", "furniture"),
        ("Click to share on Telegram (Opens in new window)", "furniture"),
        ("Liked by 12 people", "furniture"),
        ("pic.twitter.com/AbCdEf1234", "furniture"),
        ("— Anna Keller (@akeller) June 3, 2017", "furniture"),
        ("You must be logged in to post a comment.", "furniture"),
        ("Sign up for our evening letter: the war in five minutes, sent to your inbox.", "furniture"),
        ("You may unsubscribe whenever you like. By signing up you accept our terms", "furniture"),
        ("We use cookies to improve your experience. Accept our policy or change your settings.", "furniture"),
        ("Please donate to help us: your contribution keeps our paper alive. Thank you!", "furniture"),
        ("Our fundraising goes on: please give what you can.", "furniture"),
        ("Got a story for The Herald newsroom?", "furniture"),
        ("© 1917 The Herald. All rights reserved.", "furniture"),
        ("Editor's note: this report was translated from the French.", "furniture"),
        ("This article was originally published by The Herald.", "furniture"),
        ("* * *", "furniture"),
        ("Tags: mutiny, army, Namur", "metadata"),
        ("By Anna Keller and Jean Dumont", "metadata"),
        ("By Anna Keller of The Herald", "metadata"),
        ("By Anna Keller, war correspondent, 3 June 1917", "metadata"),
        ("Authored by Anna Keller via The Herald,", "metadata"),
        ("Reporting by Anna Keller; Editing by Jean Dumont", "metadata"),
        ("Published on 3 June 1917", "metadata"),
        ("Tue. June 5th, 1917", "metadata"),
        ("The citadel in May (Photo: Ministry of War)", "caption"),
        ("Soldiers on the road to Dinant. REUTERS/Anna Keller", "caption"),
        ("Caricature by an unknown artist, about 1890", "caption"),
        ("Image: A. Keller / Herald", "caption"),
        ("File photo", "caption"),
        ("A village behind the lines. Photo: Ministry of War / public domain", "caption"),
        ("Drawing by an artist at the front, from memory", "caption"),
        ("The paper lives on what readers give. Please consider making a donation.", "furniture"),
        ("More from the front: all our maps in one place", "furniture"),
        ("Comments are now closed.", "furniture"),
        ("Watch the full speech of the marshal below:", "furniture"),
        ("Be sure to listen to the interview with the nurse below.", "furniture"),
        ("For the full details, see this.", "furniture"),
        ("Register for the meeting using the link below.", "furniture"),
        ("Everything you need to know about the siege...", "furniture"),
        ("We proudly re-post this letter, first printed in The Herald. Order it here!", "furniture"),
        ("This article is an edited translation from our French edition.", "furniture"),
        ("The governor (pictured, left), who gave the order to spike the guns", "caption"),
        ("Pictured: the road to Dinant on the day after", "caption"),
        ("LN204 URGENT", "metadata"),
        ("The Herald | Today is Tuesday, 5 June 1917 | Log in", "metadata"),
        ("By Anna Keller, Liège. Published 3 June 1917, 17:40", "metadata"),
    ],
)
def test_this_is_furniture(line: str, kind: str) -> None:
    doc = page(f"Fort lays down arms\n\n{LEAD}\n\n{line}\n\n{MORE}\n\n{LAST}")
    assert (kind, line) in told(doc)
    assert body(doc) == [LEAD, MORE, LAST]


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the army had left the town, the mayor said.",
        "By 0615 GMT, the town was quiet again, witnesses told the paper.",
        "Read aloud in parliament, the letter caused an uproar.",
        "Photos by activists showed three bodies in the square.",
        "Images posted on Telegram and verified by the paper showed the bridge on fire.",
        "The foundation donated blankets to the wounded, its head said.",
        "“Please help us,” the prisoners wrote, asking for donations of bread; “your army has forgotten us,” they said.",
        "Comment from the ministry could not be had on Tuesday night.",
        "He subscribed to the view that the war was lost, a friend told the court.",
        "Register offices in the city counted 40 deaths in one night.",
        "Related units of the same corps refused orders as well, he said.",
        "Sources: a general, two colonels and a priest said the same in separate talks with the paper on Friday night.",
        "The colonel (Photo studies had been his passion) was shot at dawn on Sunday.",
        "Sign language was used by the prisoners, who were forbidden to speak, a guard said.",
        "“They have no bread left,” the baker said.",
        "Havas/Wolff news agencies told the same story on Friday.",
        "More than 12 comments by officers were struck out by the censor.",
        "Watch the bridge below the fort, the captain had ordered his men, and fire at whoever crosses.",
        "The major (pictured in the enemy's papers as a traitor) denied that he had opened the gate.",
        "All we know about the dead is what the priest wrote down, the mayor said.",
        "The report was published on Friday by the ministry and denied on Saturday by the general.",
    ],
)
def test_this_is_the_report(line: str) -> None:
    assert body(page(f"Fort lays down arms\n\n{LEAD}\n\n{line}\n\n{LAST}")) == [LEAD, line, LAST]


COMMENTS = [
    ("One comment", "1. I do not believe a word of it, the garrison was brave and stood to the last man."),
    ("3 Comments", "Jean says: I do not believe a word of it, the garrison was brave and stood to the last."),
    ("One thought on “Fort lays down arms”", "1. Will this change the course of the war in the west at all?"),
    ("Leave a Reply", "Your email address will not be published. Required fields are marked *"),
    ("Comments (2)", "Anna 3 hours ago"),
    ("4 responses", "old_soldier says:"),
]


@pytest.mark.parametrize(("opening", "comment"), COMMENTS)
def test_comments_run_to_the_end_of_the_page(opening: str, comment: str) -> None:
    doc = page(f"Fort lays down arms\n\n{LEAD}\n\n{MORE}\n\n{opening}\n\n{comment}\n\n{LAST}")
    assert body(doc) == [LEAD, MORE]
    assert {block.reason for block in doc.blocks[3:]} == {"comment section"}


@pytest.mark.parametrize("line", ["3 Comments", "Leave a comment", "Comments"])
def test_a_link_to_comments_at_the_top_hides_nothing(line: str) -> None:
    doc = page(f"Fort lays down arms\n\n{line}\n\n{LEAD}\n\n{MORE}\n\n{LAST}")
    assert body(doc)[-3:] == [LEAD, MORE, LAST]


def test_comments_as_a_heading_of_the_report_hide_nothing() -> None:
    doc = page(f"{LEAD}\n\nReactions\n\n{MORE}\n\n{LAST}")
    assert body(doc) == [LEAD, MORE, LAST]


def test_an_author_box_goes_with_its_name() -> None:
    note = "Anna is a war reporter with two decades of experience, and writes about the western front."
    doc = page(
        f"Fort falls at last\n\nAnna Keller By Anna Keller June3,1917\n\n{LEAD}\n\n{MORE}\n\nAnna Keller\n\nBy Anna Keller\n\n{note}"
    )
    assert body(doc) == [LEAD, MORE]
    assert doc.author is not None
    assert doc.author.value == "Anna Keller"


def test_a_journalist_in_the_report_is_no_author_box() -> None:
    line = "Anna Keller is a journalist who was held in the fort for three days, her paper said."
    assert body(page(f"Fort falls at last\n\n{LEAD}\n\n{line}\n\n{LAST}")) == [LEAD, line, LAST]
    assert body(page(f"Fort falls at last\n\n{LEAD}\n\n{line}")) == [LEAD, line]


def test_a_box_is_taken_whole() -> None:
    doc = page(
        f"Fort falls at last\n\n{LEAD}\n\nNEVER MISS A DISPATCH\n\nSign up for our evening letter, sent to your inbox.\n\n{MORE}"
        f"\n\nRelated Posts\n\nKing leaves capital in the night\n\nTen pictures of the siege\n\n{LAST}"
    )
    assert body(doc) == [LEAD, MORE, LAST]
