"""Each cue of a sentence with its source and the words that are its content."""

from __future__ import annotations

import pytest
from attribution_pages import line_of  # type: ignore[import-not-found]

from bywhom.attribution.contents import content_span
from bywhom.attribution.statements import find_statements


def read(sentence: str) -> list[tuple[str, list[str], list[str]]]:
    """For each statement its source, its contents and its relays, in the words of the sentence."""
    line = line_of(sentence)
    found = []
    for statement in find_statements(line):
        source = line.span(statement.source.first, statement.source.last).of(sentence) if statement.source else "-"
        spans = [span for content in statement.contents if (span := content_span(line, content)) is not None]
        relays = [line.span(relay.first, relay.last).of(sentence) for relay in statement.relays]
        found.append((source, [span.of(sentence) for span in spans], relays))
    return found


@pytest.mark.parametrize(
    ("sentence", "source", "content"),
    [
        ("The mayor said that the mill was burnt.", "The mayor", "the mill was burnt"),  # source before
        ("The mill was burnt, the mayor said.", "the mayor", "The mill was burnt"),  # source after
        ("“The mill was burnt,” said Anna Kolb.", "Anna Kolb", "The mill was burnt"),  # behind its cue
        (
            "The mill, the mayor said, was burnt at noon.",
            "the mayor",
            "The mill, the mayor said, was burnt at noon",
        ),  # inside
        ("The mayor told the Herald on Friday that the mill was burnt.", "The mayor", "the mill was burnt"),
        ("The mayor said: the mill was burnt.", "The mayor", "the mill was burnt"),
        ("According to Captain Brandt, the depot was empty.", "Captain Brandt", "the depot was empty"),
        ("The depot was empty, according to Captain Brandt.", "Captain Brandt", "The depot was empty"),
        ("The depot was empty, Captain Brandt wrote in a letter.", "Captain Brandt", "The depot was empty"),
        (
            "The raid was confirmed by the Ministry of War.",
            "the Ministry of War",
            "The raid was confirmed by the Ministry of War",
        ),
        ("Osei was quoted as saying that the fort fell.", "Osei", "the fort fell"),
        ("It was reported that the fort fell.", "-", "the fort fell"),
        ("There were unverified claims of a massacre.", "unverified claims", "a massacre"),
        ("The governor urged the rebels to go.", "The governor", "The governor urged the rebels to go"),
        ("The army burnt the mill, adding that the town was empty.", "The army", "the town was empty"),
        ("THE MAYOR SAID THAT THE MILL WAS BURNT.", "THE MAYOR", "THE MILL WAS BURNT"),
        ("Forty men fled said 13 people MSF reported.", "MSF", "Forty men fled said 13 people"),
        ("The opposition in exile said in a recent statement that men fled.", "The opposition in exile", "men fled"),
        ("The Centre stated in a statement published on its site that men fled.", "The Centre", "men fled"),
        ("The embassy rejected a report that men fled.", "The embassy", "The embassy rejected a report that men fled"),
        ("Bread will come by May, promises the mayor of Osk.", "the mayor of Osk", "Bread will come by May"),
        ("Men fled the fort, informs Captain Osk, reached by phone.", "Captain Osk", "Men fled the fort"),
        ("The army has burnt the mill, accuses the bishop.", "the bishop", "The army has burnt the mill"),
        ("The mayor raised fears of a siege.", "The mayor", "The mayor raised fears of a siege"),
        ("Ten died, including two girls, said the mayor, who had come.", "the mayor", "Ten died, including two girls"),
        ("A nurse, who asked not to be named, told the Herald that ten died.", "A nurse", "ten died"),
        ("The army denied this.", "The army", "this"),
        ("The army and the rebels said men fled.", "The army and the rebels", "men fled"),
        ("The White House and the Pentagon said men fled.", "The White House and the Pentagon", "men fled"),
        ("Men fled, medical and diplomatic sources said.", "medical and diplomatic sources", "Men fled"),
        ("Men fled the mill and local officials said so on Friday.", "local officials", "so on Friday"),
        ("One of them, Ana Moro, said that men fled.", "One of them, Ana Moro", "men fled"),
        ("Two of them said that men fled.", "Two of them", "men fled"),
        ("According to two porters, the warden, known as Bo, fled.", "two porters", "the warden, known as Bo, fled"),
        ("According to two porters, a nurse and a baker, men fled.", "two porters, a nurse and a baker", "men fled"),
        ("According to two porters hundreds of men fled.", "two porters", "hundreds of men fled"),
        ("A porter of the 4th Regiment said that men fled.", "A porter of the 4th Regiment", "men fled"),
        ("A clerk at the mill confirmed to Havas that men fled.", "A clerk at the mill", "men fled"),
        ("Sources in the town report that men fled.", "Sources in the town", "men fled"),
        ("The army attacked Peru and the rebels said men fled.", "the rebels", "men fled"),
        ("Forty men died, the mayor told a crowd in Lima.", "the mayor", "Forty men died"),
        ("The Harbour Post reported on Monday that men fled.", "The Harbour Post", "men fled"),
        ("Forty men died, the Ministry of War announced.", "the Ministry of War", "Forty men died"),
        ("Reports that the fort fell were false, Osei said.", "Osei", "Reports that the fort fell were false"),
        ("The army replied to the claim by villagers that the mill was burnt.", "villagers", "the mill was burnt"),
        ("A clerk put the number of dead at 12.", "A clerk", "A clerk put the number of dead at 12"),
        ("According to the director, Dr. Nils Osei, 34 men fell.", "the director, Dr. Nils Osei", "34 men fell"),
        (
            "The mill was burnt, local officials and witnesses said.",
            "local officials and witnesses",
            "The mill was burnt",
        ),
        ("Jan Moro who runs the Arvale Observatory said the mill was burnt.", "Jan Moro", "the mill was burnt"),
        ("The navy which holds the harbour said the ship sank.", "The navy", "the ship sank"),
        (
            "The men marched and called on others to join them, an officer said.",
            "an officer",
            "The men marched and called on others to join them",
        ),
        ("The army confirmed the loss of ten men.", "The army", "The army confirmed the loss of ten men"),
        ("The ministry claims the rebels hold the mill.", "The ministry", "the rebels hold the mill"),
        ("Peru denied the rebels hold the mill.", "Peru", "the rebels hold the mill"),
        ("Peru claims the rebels enjoy support from abroad.", "Peru", "the rebels enjoy support from abroad"),
        (
            "Peru dismissed the story as “a lie and a fiction”.",
            "Peru",
            "Peru dismissed the story as “a lie and a fiction",
        ),
        ("“Bread is short,” a clerk told the paper as he locked the door.", "a clerk", "Bread is short"),
        (
            "Jan Moro, a witness who stood near the mill told the Herald that it was burnt.",
            "Jan Moro, a witness",
            "it was burnt",
        ),
    ],
)
def test_source_and_content(sentence: str, source: str, content: str) -> None:
    assert [(s, c) for s, c, _ in read(sentence)] == [(source, [content])]


@pytest.mark.parametrize(
    ("sentence", "source", "content"),
    [  # copy that lost its commas
        ("Forty men died in the fire said the mayor.", "the mayor", "Forty men died in the fire"),
        ("Forty men died in the fire said the mayor adding that bread had come.", "the mayor", "Forty men died in the fire"),
        ("Forty men died in the shelling of Arvale local residents told reporters on Friday stressing that half were old.",
         "local residents", "Forty men died in the shelling of Arvale"),
        ("Forty men died in Arvale a source in the northern district said on Monday AFP reported.",
         "a source in the northern district", "Forty men died in Arvale"),
        ("The Arvale Observatory for Peace a monitoring group said forty men died.", "The Arvale Observatory for Peace",
         "forty men died"),
        ("The Arvale Observatory based in Lima said forty men died.", "The Arvale Observatory based in Lima", "forty men died"),
        ("The rights group in a report issued in Lima said forty men died.", "The rights group", "forty men died"),
        ("On Saturday Osei said the fort was falling.", "Osei", "the fort was falling"),
        ("According to the mayor the fort was falling.", "the mayor", "the fort was falling"),
        ("Osei said some of the guards fled to the hills repeating that Peru was to blame.", "Osei",
         "some of the guards fled to the hills"),
        ("The Arvale Relief Council ARC say shells fell on the mill.", "The Arvale Relief Council ARC", "shells fell on the mill"),
        ("Per the council, the fort was falling.", "the council", "the fort was falling"),
        ("The council put the death toll at nine.", "The council", "The council put the death toll at nine"),
        ("Police met a man who blew himself up the bulletin said.", "the bulletin", "Police met a man who blew himself up"),
        ("According to the council by now ten men had died.", "the council", "by now ten men had died"),
        ("“Ten died” said the mayor Jan Osk The mill had been burnt.", "the mayor Jan Osk", "Ten died"),
    ],
)  # fmt: skip
def test_a_source_is_found_where_commas_were_lost(sentence: str, source: str, content: str) -> None:
    assert read(sentence)[0] == (source, [content], [])


@pytest.mark.parametrize(
    ("sentence", "source", "relay"),
    [
        ("The Herald reported that the fort fell, citing a clerk.", "a clerk", "The Herald"),
        ("The Herald cites a clerk who said the fort fell.", "a clerk", "The Herald"),
        ("The fort fell, the Herald reported, quoting Captain Brandt.", "Captain Brandt", "the Herald"),
        ("Osei was quoted by the Herald as saying that the fort fell.", "Osei", "the Herald"),
        ("The Herald, citing Captain Brandt, reported that the fort fell.", "Captain Brandt", "The Herald"),
        ("Clerks confirm that the fort fell, the Herald reported.", "Clerks", "the Herald"),
        ("Osei said that the fort fell, according to the Herald.", "Osei", "the Herald"),
        ("The Herald quoted a clerk as saying that the fort fell.", "a clerk", "The Herald"),
        ("The Herald reported, quoting Captain Brandt as saying that the fort fell.", "Captain Brandt", "The Herald"),
    ],
)
def test_a_relay_is_not_the_source(sentence: str, source: str, relay: str) -> None:
    ((found, _, relays),) = read(sentence)
    assert (found, relays) == (source, [relay])


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Peru called on observers to look into rebel reports and said that it was worried.",
            [("Peru", ["Peru called on observers to look into rebel reports"], []), ("Peru", ["it was worried"], [])],
        ),
        (
            "Peru said it would mend the road and called on Lima to wait, the Herald reported.",
            [
                ("Peru", ["it would mend the road"], ["the Herald"]),
                ("Peru", ["called on Lima to wait"], ["the Herald"]),
            ],
        ),
        (
            "Ten men came, among them the painter Jan Moro, who laughed and wrote that bread was short.",
            [("Jan Moro", ["bread was short"], [])],
        ),
    ],
)
def test_a_second_verb_has_the_subject_of_the_first(
    sentence: str, expected: list[tuple[str, list[str], list[str]]]
) -> None:
    assert read(sentence) == expected


def test_two_speakers_share_a_sentence() -> None:
    sentence = "Osei said the fort fell, and the mayor said the mill was burnt."
    assert [(s, c) for s, c, _ in read(sentence)] == [
        ("Osei", ["the fort fell"]),
        ("the mayor", ["the mill was burnt"]),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "The lack of bread suggests that the siege is long.",  # an inference
        "When the officers realised that the road was cut, they turned back.",  # told, not said
        "If the ministry confirms that the fort fell, the king will go.",  # not said
        "The Herald wept, citing fears of famine.",  # things do not speak
        "No company claimed that it had taken the fort.",  # nobody said so
        "It tells us that the war is lost.",  # what was told before does
        "The men wept over everything the ministry says.",
        "The loss of the fort has raised fears of a siege.",
        "An earlier toll from the raid on the rebel hold of Lenz reported ten dead.",  # a count is nobody
    ],
)
def test_who_cannot_speak_does_not(sentence: str) -> None:
    assert read(sentence) == []


def test_a_charge_denied_by_somebody_is_two_words_of_two_mouths() -> None:
    assert read("The rebels said that the fort had fallen, a claim denied by the ministry.") == [
        ("The rebels", ["the fort had fallen"], []),
        ("the ministry", ["a claim denied by the ministry"], []),
    ]


def test_a_charge_denied_is_two_words_of_two_mouths() -> None:
    assert read("The army said that the mill was burnt, a charge the rebels denied.") == [
        ("The army", ["the mill was burnt"], []),
        ("the rebels", ["a charge the rebels denied"], []),
    ]


def test_who_told_a_crowd_goes_on_behind_it() -> None:
    assert read("Forty men died, the mayor told a crowd in Lima, adding that the mill was burnt.") == [
        ("the mayor", ["Forty men died"], []),
        ("the mayor", ["the mill was burnt"], []),
    ]


@pytest.mark.parametrize(
    "apposition",
    [
        "a figure the rebels rejected",
        "a claim the rebels rejected",
        "a death toll that the rebels rejected",
        "a version the rebels denied",
        "a claim the rebels said was false",
    ],
)
def test_what_others_call_it_is_no_part_of_what_was_said(apposition: str) -> None:
    assert read(f"The army said nine porters died, {apposition}.") == [
        ("The army", ["nine porters died"], []),
        ("the rebels", [apposition], []),
    ]
