"""One claim of an answer: what stands in the report is taken, labels of ours are taken, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywhom.asking.pieces import Piece, pieces
from bywhom.asking.proposing import NotThere, Report, propose
from bywhom.records import (
    Block,
    BlockKind,
    Certainty,
    Channel,
    Document,
    EventType,
    Mention,
    Proposal,
    Quote,
    Resolution,
    Role,
    SourceKind,
    Span,
)

TEXT = (
    "Mill on the Drina burnt\n\n"
    "Captain Ilya Marek told the River Gazette that his sister had seen the mill burn. “We shall\nrebuild it,” Marek said.\n\n"
    "She denied that any monk was hurt. The “miracle” was reportedly staged. He said: “Nobody was there.”\n\n"
    "The bridge stands.\n\n"
    "Share this: the abbot said the mill stands"
)
FULL: dict[str, Any] = {
    "paragraph": 2,
    "text": "any monk was hurt",
    "source": "She",
    "source_name": "his sister",
    "source_kind": "relative",
    "cue": "denied",
    "via": [{"name": "River Gazette", "kind": "media"}, {"name": "Captain Ilya Marek", "kind": "military"}],
    "channel": "interview",
    "certainty": "certain",
    "polarity": "negative",
    "modality": "actual",
    "distance": ["reportedly"],
    "event": "casualty",
    "actors": [{"name": "monk", "role": "target"}],
}


def doc_of(text: str = TEXT) -> Document:
    blocks, at = [], 0
    for part in text.split("\n\n"):
        title, furniture = part.startswith("Mill on"), part.startswith("Share")
        kind = BlockKind.TITLE if title else BlockKind.FURNITURE if furniture else BlockKind.BODY
        blocks.append(Block(Span(at, at + len(part)), kind))
        at += len(part) + 2
    return Document("0" * 64, "page", text, "", "text", "", tuple(blocks), "en")


DOC = doc_of()
REPORT = Report(DOC)
(PIECE,) = pieces(DOC, size=8000, before=100)


def proposed(claim: object, piece: Piece = PIECE) -> Proposal:
    return propose(claim, REPORT, piece, by="llm tiny")


def words(mention: Mention | None) -> str | None:
    return mention.text if mention else None


def test_a_claim_with_all_its_parts() -> None:
    found = proposed(FULL)
    said = found.attribution
    assert found.span.of(TEXT) == "any monk was hurt"
    assert (words(said.cue), said.channel, said.by, said.quote) == (
        "denied",
        Channel.INTERVIEW,
        "llm tiny",
        Quote.INDIRECT,
    )
    assert said.source is not None
    assert (said.source.name, words(said.source.mention)) == ("his sister", "She")
    assert (said.source.kind, said.source.resolution) == (SourceKind.RELATIVE, Resolution.PRONOUN)
    assert [(hop.name, hop.kind) for hop in said.relays] == [
        ("River Gazette", SourceKind.MEDIA),
        ("Captain Ilya Marek", SourceKind.MILITARY),
    ]
    assert said.frame is not None
    assert said.frame.of(TEXT) == "She denied that any monk was hurt."
    assert (found.event, found.certainty) == (EventType.CASUALTY, Certainty.CERTAIN)
    assert found.actors is not None
    assert [(actor.name, actor.role) for actor in found.actors] == [("monk", Role.TARGET)]
    assert found.distance is not None
    assert [words(mark) for mark in found.distance] == ["reportedly"]


@pytest.mark.parametrize(
    "change",
    [
        {"text": "the mill was hit by a rocket"},
        {"text": "the mill stands"},  # only in the furniture of the page
        {"text": "Mill on the Drina burnt"},  # the headline is no claim of the body
        {
            "text": "any monk was hurt. The “miracle” was reportedly staged. He said: “Nobody was there.” The bridge stands"
        },
        {"text": ""},
        {"text": None},
        {"text": ["any monk was hurt"]},
        {"source": "the abbot"},
        {"source": 7},
        {"source": ["She"]},
        {"cue": "swore"},
        {"cue": {"text": "denied"}},
        {"via": [{"name": "Reuters", "kind": "media"}]},
        {"via": ["The Times"]},
        {"via": [{"name": "the abbot", "kind": "witness"}]},  # only in the furniture of the page
        {"via": [{"name": 7}]},
    ],
)
def test_words_that_are_not_in_the_report_cost_the_claim(change: dict[str, Any]) -> None:
    with pytest.raises(NotThere):
        proposed(FULL | change)


@pytest.mark.parametrize("claim", [None, 7, "any monk was hurt", [], {}, {"claims": [FULL]}])
def test_what_is_no_claim_is_not_there(claim: object) -> None:
    with pytest.raises(NotThere):
        proposed(claim)


def test_a_whole_page_is_no_clause(page: Callable[..., Document]) -> None:
    doc = page("the guns fell silent and then " * 60)
    (piece,) = pieces(doc, size=8000, before=100)
    with pytest.raises(NotThere):
        propose({"text": doc.text}, Report(doc), piece, by="llm")


@pytest.mark.parametrize("paragraph", [1, 3, 99, -1, 0, None, "two", 1e300, True])
def test_a_wrong_paragraph_is_no_matter(paragraph: object) -> None:
    assert proposed(FULL | {"paragraph": paragraph}).span == proposed(FULL).span


@pytest.mark.parametrize("value", ["sure", "", None, 7, [], {"a": 1}, "CASUALTY!"])
def test_a_label_that_is_not_ours_is_left_open(value: object) -> None:
    keys = ("certainty", "polarity", "modality", "event", "channel", "source_kind", "actors", "distance")
    found = proposed(FULL | dict.fromkeys(keys, value))
    assert (found.certainty, found.polarity, found.modality, found.event) == (None, None, None, None)
    assert found.attribution.channel is None
    assert found.attribution.source is not None
    assert found.attribution.source.kind is SourceKind.ANONYMOUS
    assert (found.actors, found.distance) == (((), ()) if value == [] else (None, None))


def test_labels_are_taken_in_any_case() -> None:
    assert proposed(FULL | {"event": " Casualty "}).event is EventType.CASUALTY


def test_actors_and_marks_of_distance_that_are_not_there_are_left_out() -> None:
    actors = [{"name": "a saboteur", "role": "agent"}, {"name": "monk", "role": "victim"}, 7, {"name": 8}]
    found = proposed(FULL | {"actors": actors, "distance": ["allegedly", 7, "“miracle”"]})
    assert found.actors is not None
    assert [(actor.name, actor.role) for actor in found.actors] == [("monk", Role.OTHER)]
    assert found.distance is not None
    assert [words(mark) for mark in found.distance] == ["“miracle”"]


@pytest.mark.parametrize(
    ("text", "span", "quote"),
    [
        ('"We shall rebuild it,"', "We shall\nrebuild it", Quote.DIRECT),
        ("“Nobody was there.”", "Nobody was there", Quote.DIRECT),
        ("The “miracle” was reportedly staged", "The “miracle” was reportedly staged", Quote.MIXED),
        ("his sister had seen the mill burn", "his sister had seen the mill burn", Quote.INDIRECT),
    ],
)
def test_the_form_is_read_off_the_quotation_marks(text: str, span: str, quote: Quote) -> None:
    found = proposed({"text": text, "source": "Marek", "cue": "said"})
    assert (found.span.of(TEXT), found.attribution.quote) == (span, quote)


@pytest.mark.parametrize(
    ("source", "full", "name", "resolution"),
    [
        ("Marek", "Captain Ilya Marek", "Captain Ilya Marek", Resolution.SURNAME),
        ("Marek", None, "Marek", Resolution.NAMED),
        ("Marek", "General Osei", "Marek", Resolution.NAMED),  # a name that the report does not know
        ("Marek", 7, "Marek", Resolution.NAMED),
        ("He", "Captain Ilya Marek", "Captain Ilya Marek", Resolution.PRONOUN),
        ("He", None, None, Resolution.PRONOUN),  # nothing resolved beats wrongly resolved
        ("He", "Colonel Nobody", None, Resolution.PRONOUN),
        ("monk", "his sister", "his sister", Resolution.DESCRIPTION),
        ("the River Gazette", None, "River Gazette", Resolution.NAMED),
    ],
)
def test_a_source_is_called_by_a_name_of_the_report_or_by_none(
    source: str, full: object, name: str | None, resolution: Resolution
) -> None:
    found = proposed({"text": "Nobody was there", "source": source, "source_name": full}).attribution.source
    assert found is not None
    assert (found.name, found.resolution) == (name, resolution)


def test_without_a_source_the_publisher_speaks_or_an_unknown() -> None:
    own = proposed({"text": "The bridge stands", "source_kind": "publisher", "source": ""}).attribution
    assert (own.source, own.quote, own.cue) == (None, Quote.NONE, None)
    unknown = proposed({"text": "The bridge stands", "cue": "denied"}).attribution.source
    assert unknown is not None
    assert (unknown.name, unknown.kind, unknown.mention) == (None, SourceKind.ANONYMOUS, None)


def test_a_hand_that_nobody_names_is_an_unknown_hand() -> None:
    (hop,) = proposed(FULL | {"via": [{"name": None, "kind": "media"}]}).attribution.relays
    assert (hop.name, hop.kind) == (None, SourceKind.MEDIA)


# Whatever a model answers ---------------------------------------------------------------------------------------------

THERE = st.sampled_from(
    [*TEXT.split(), "the mill burn", "“Nobody was there.”", "She", "denied", "River Gazette", ",", "“"]
)
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | THERE,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([*FULL, "name", "kind", "role"]), inner, max_size=6)
    ),
    max_leaves=16,
)
CLAIMS = st.fixed_dictionaries({"text": THERE | ANY}, optional={key: THERE | ANY for key in FULL if key != "text"})


def mentions(found: Proposal) -> list[Mention | None]:
    said = found.attribution
    return [
        said.cue,
        said.source.mention if said.source else None,
        *(hop.mention for hop in said.relays),
        *(actor.mention for actor in found.actors or ()),
        *(found.distance or ()),
    ]


def check(found: Proposal, text: str) -> None:
    """Every span of a proposal re-reads the text, and its own words stand in one paragraph of the body."""
    said = found.attribution
    assert found.span.of(text).strip()
    assert found.span == said.content
    assert said.frame is not None
    assert said.frame.covers(found.span)
    assert all(mention.span.of(text) == mention.text for mention in mentions(found) if mention)
    names = [said.source.name if said.source else None, *(hop.name for hop in said.relays)]
    assert all(" ".join(name.split()) in " ".join(text.split()) for name in names if name)


@given(CLAIMS | ANY)
def test_any_answer_gives_words_of_the_report_or_nothing(claim: object) -> None:
    try:
        found = proposed(claim)
    except NotThere:
        return
    check(found, TEXT)
    assert any(block.span.covers(found.span) for block in DOC.blocks if block.kind is BlockKind.BODY)


@given(
    st.text(st.sampled_from("ab. “”\"\n'’, \u200b\ud800é\u0301"), max_size=80),
    st.data(),
)
def test_offsets_reread_any_text(text: str, data: st.DataObject) -> None:
    doc = Document("0" * 64, "page", text, "", "text", "", (Block(Span(0, len(text)), BlockKind.BODY),), "en")
    part = st.integers(0, len(text)).flatmap(lambda a: st.integers(a, len(text)).map(lambda b: text[a:b]))
    claim = {"text": data.draw(part), "source": data.draw(part | st.none()), "cue": data.draw(part | st.none())}
    for piece in pieces(doc, size=8000, before=100):
        try:
            found = propose(claim, Report(doc), piece, by="llm tiny")
        except NotThere:
            continue
        check(found, text)


@pytest.mark.parametrize("form", ["“{}”", '"{}"', "«{}»", "„{}“", "‘{}’", "''{}''"])
def test_quotation_marks_of_any_style_are_found(page: Callable[..., Document], form: str) -> None:
    doc = page(f"{form.format('The well is dry')}, the smith said.")
    (piece,) = pieces(doc, size=8000, before=100)
    found = propose({"text": '"The well is dry"', "source": "the smith"}, Report(doc), piece, by="llm")
    assert found.span.of(doc.text).strip("'‘’") == "The well is dry"
