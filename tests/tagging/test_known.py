"""The named sources of a report, found by place and by name as a search through all of them finds them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bywhom.records import Attribution, Mention, Quote, Source, SourceKind, Span
from bywhom.tagging.known import Known, Saying, bare, same

TEXT = "Kolb said that the guild of Arvale denied it. " * 2
DENYING = frozenset({"denied"})
places = st.integers(0, len(TEXT))
spans = st.tuples(places, places).map(lambda ends: Span(*sorted(ends)))
mentions = spans.map(lambda span: Mention.at(span, TEXT))
names = st.sampled_from((None, "", "Anna Kolb", "Kolb", "guild", "the guild of Arvale", "Arvale"))
cues = st.sampled_from((None, Mention(0, 6, "Denied"), Mention(5, 9, "said")))


@st.composite
def attributions(draw: st.DrawFn) -> Attribution:
    source = Source(draw(names), SourceKind.OFFICIAL, draw(st.none() | mentions))
    return Attribution(draw(spans), Quote.INDIRECT, draw(st.none() | st.just(source)), draw(cues))


def mentioned(said: Saying, span: Span) -> bool:
    return said.source.mention is not None and said.source.mention.span.overlap(span) > 0


@given(st.lists(attributions(), max_size=8), spans)
def test_who_is_mentioned_is_the_first_in_the_order_of_the_report(told: list[Attribution], span: Span) -> None:
    known = Known.of(told, DENYING)
    assert known.mentioned(span) == next((said for said in known.sayings if mentioned(said, span)), None)


@given(st.lists(attributions(), max_size=8), spans)
def test_somebody_denies_who_is_mentioned_beside_a_word_of_denial(told: list[Attribution], span: Span) -> None:
    known = Known.of(told, DENYING)
    cues = [said.attribution.cue for said in known.sayings if mentioned(said, span)]
    assert known.denies(span) == any(cue is not None and cue.text.lower() in DENYING for cue in cues)


@given(
    st.lists(attributions(), max_size=8), st.sampled_from(("Kolb", "the guild", "Kolb told", "guild of", "", "mill"))
)
def test_who_is_meant_is_the_first_whom_the_words_name(told: list[Attribution], words: str) -> None:
    known = Known.of(told, DENYING)
    assert known.meant(words) == next((said for said in known.sayings if same(said.name, words)), None)


def test_only_sources_with_names_are_known() -> None:
    nameless = Source(None, SourceKind.ANONYMOUS, Mention(0, 4, "Kolb"))
    known = Known.of([Attribution(Span(0, 9), Quote.INDIRECT, one) for one in (None, nameless)], DENYING)
    assert not known.sayings
    assert known.mentioned(Span(0, 9)) is None


def test_a_name_stands_bare_of_its_article_and_of_the_verb_behind_it() -> None:
    assert [bare(words) for words in ("the guild", "Kolb told", "An officer said", "told")] == [
        "guild",
        "Kolb",
        "officer",
        "told",
    ]


def test_a_name_is_the_same_however_it_is_written() -> None:
    assert same("ARVALE-NORD", "Arvale - Nord")
    assert same("Harbour Post", "the Harbour Post")
    assert not same("Harbour Post", "Arvale Post")
