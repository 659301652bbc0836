"""Claims are found by their words in any script, by what they are, by what was decided; page by page, with counts."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bywhom.errors import UsageError
from bywhom.ledger import Ledger, findindex
from bywhom.ledger.engine import reading
from bywhom.ledger.finding import COUNTED, match_of
from bywhom.ledger.findrows import Head, found_row, keyed, number
from bywhom.ledger.query import Box, ClaimQuery
from bywhom.records import (
    Act,
    Attribution,
    Certainty,
    Claim,
    Digit,
    Event,
    EventType,
    Mention,
    Modality,
    OriginGroup,
    Place,
    PlaceOutcome,
    Polarity,
    Quote,
    Source,
    SourceKind,
    Span,
    Standing,
    Subject,
    Timespan,
    Verdict,
    claim_id,
)
from bywhom.records.time import Derived


def written(ledger: Ledger, make: Any, name: str, text: str, **more: Any) -> Claim:
    """A claim that is the whole of a report of its own, in the ledger."""
    doc, span = make.document(name, text), Span(0, len(text))
    fields: dict[str, Any] = {
        "attribution": Attribution(span, Quote.NONE),
        "certainty": Certainty.CERTAIN,
        "polarity": Polarity.POSITIVE,
        "modality": Modality.ACTUAL,
        "distanced": False,
        "event": Event(EventType.OTHER),
    } | more
    claim = Claim(claim_id(doc.id, span, None), doc.id, span, text, **fields)
    ledger.record([make.report(name, text, claims=[claim])])
    return claim


def at(text: str, word: str) -> Mention:
    start = text.index(word)
    return Mention(start, start + len(word), word)


def day(value: str, text: str = "x") -> Timespan:
    return Timespan(value, Mention(0, 1, text[:1]), Derived.STATED)


def found(ledger: Ledger, words: str = "", **more: Any) -> list[str]:
    return [each.document for each in ledger.find(ClaimQuery(words=words, **more)).claims]


# --- Words ------------------------------------------------------------------------------------------------------------

TEXTS = {
    "en": "The garrison of Kars fired on Syrskyi near Müllheim",
    "ru": "Ёлки горят под Харьковом, заявил Сирский",
    "uk": "Сирський прибув до Куп’янська",
    "gr": "Ο Παπαδόπουλος έφτασε στην Αθήνα",
    "fr": "Les régiments ont refusé de marcher",
}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("garrison", ["en"]),
        ("GARRISON", ["en"]),
        ("muellheim", []),
        ("mullheim", ["en"]),
        ("ёлки", ["ru"]),
        ("елки", ["ru"]),
        ("elki", ["ru"]),
        ("Syrskyi", ["en", "ru", "uk"]),
        ("Syrsky", ["en", "ru", "uk"]),
        ("Сирський", ["en", "ru", "uk"]),
        ("Купʼянська", ["uk"]),
        ("Kupianska", ["uk"]),
        ("куп'янськ*", ["uk"]),
        ("Papadopoulos", ["gr"]),
        ("Αθήνα", ["gr"]),
        ("regiments", ["fr"]),
        ('"fired on"', ["en"]),
        ('"on fired"', []),
        ("“fired on”", ["en"]),
        ("fired -Kars", []),
        ("-Kars", ["fr", "gr", "ru", "uk"]),
        ("garri*", ["en"]),
        ("arriso*", []),
        ("garrison Kars", ["en"]),
        ("garrison march", []),
        ("", ["en", "fr", "gr", "ru", "uk"]),
        ("!!!", []),
    ],
)
def test_words_are_found_in_any_script(ledger: Ledger, make: Any, words: str, names: list[str]) -> None:
    for name, text in TEXTS.items():
        written(ledger, make, name, text)
    assert sorted(found(ledger, words)) == names


@settings(deadline=None)  # no timed assertions
@given(st.text(max_size=60))
def test_no_words_can_break_the_language_of_the_index(words: str) -> None:
    wanted = match_of(ClaimQuery(words=words, source=words))
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.execute("CREATE VIRTUAL TABLE t USING fts5 (words, source, via, outlet, place, marks)")
        memory.execute("SELECT count(*) FROM t WHERE t MATCH ?", [wanted or '"all"'])


@settings(deadline=None)  # no timed assertions
@given(st.text(max_size=40))
def test_keys_are_words_that_the_index_takes_as_they_are(text: str) -> None:
    assert keyed(text) == keyed(text)
    assert "\0" not in keyed(text)


# --- What a claim is --------------------------------------------------------------------------------------------------


@pytest.fixture
def siege(ledger: Ledger, make: Any) -> dict[str, Claim]:
    """Three claims that differ in everything."""
    texts = ("Kars was shelled", "Erzurum was taken", "Rain fell")
    kars = Place(at(texts[0], "Kars"), PlaceOutcome.SETTLEMENT, "Kars", "TR", "Kars Province", 40.6, 43.1)
    erzurum = Place(at(texts[1], "Erzurum"), PlaceOutcome.SETTLEMENT, "Erzurum", "TR", None, 39.9, 41.3)
    lake = Source("Captain Lake", SourceKind.MILITARY, None, id="a" * 16)
    said = Attribution(Span(0, len(texts[0])), Quote.INDIRECT, lake, confidence=0.4)
    return {
        "a": written(ledger, make, "a", texts[0], place=kars, time=day("1855-06-12"), event=Event(EventType.ATTACK), attribution=said),
        "b": written(ledger, make, "b", texts[1], place=erzurum, time=day("1855-07"), event=Event(EventType.SEIZE)),
        "c": written(ledger, make, "c", texts[2]),
    }  # fmt: skip


@pytest.mark.usefixtures("siege")
@pytest.mark.parametrize(
    ("search", "names"),
    [
        (ClaimQuery(events=("attack",)), ["a"]),
        (ClaimQuery(events=("attack", "seize")), ["b", "a"]),
        (ClaimQuery(kinds=("military",)), ["a"]),
        (ClaimQuery(countries=("TR",)), ["b", "a"]),
        (ClaimQuery(source="lake"), ["a"]),
        (ClaimQuery(says="a" * 16), ["a"]),
        (ClaimQuery(about="a" * 16), []),
        (ClaimQuery(outlet="b"), ["b"]),
        (ClaimQuery(place="Kars Province"), ["a"]),
        (ClaimQuery(since="1855-07"), ["b"]),
        (ClaimQuery(until="1855-06"), ["a"]),
        (ClaimQuery(since="1855", until="1855"), ["b", "a"]),
        (ClaimQuery(since="1856"), []),
        (ClaimQuery(box=Box(40, 43, 41, 44)), ["a"]),
        (ClaimQuery(box=Box(39, 41, 41, 44)), ["b", "a"]),
        (ClaimQuery(box=Box(39, 44, 41, 42)), ["b"]),
        (ClaimQuery(box=Box(-10, -10, 10, 10)), []),
        (ClaimQuery(words="was", events=("seize",), box=Box(39, 41, 41, 44)), ["b"]),
        (ClaimQuery(credibility=(6,)), []),
        (ClaimQuery(reviewed=False), ["b", "a", "c"]),
        (ClaimQuery(reviewed=True), []),
        (ClaimQuery(contested=True), []),
        (ClaimQuery(doubtful=True), ["a"]),
        (ClaimQuery(doubtful=False), ["b", "c"]),
        (ClaimQuery(contested=False, words="rain"), ["c"]),
    ],
    ids=str,
)
def test_what_a_claim_is(ledger: Ledger, search: ClaimQuery, names: list[str]) -> None:
    assert [each.document for each in ledger.find(search).claims] == names


@pytest.mark.parametrize("field", ["since", "until"])
def test_a_date_that_is_none_is_refused(ledger: Ledger, field: str) -> None:
    with pytest.raises(UsageError, match="write 2024"):
        ledger.find(ClaimQuery(**{field: "1855-13"}))  # type: ignore[arg-type]


def test_a_span_that_began_long_before_is_found_after_the_rest(ledger: Ledger, make: Any) -> None:
    written(ledger, make, "long", "They were held for years", time=day("1850/1856"))
    written(ledger, make, "open", "They are held still", time=day("1849/.."))
    written(ledger, make, "day", "They were freed", time=day("1855-06-12"))
    assert found(ledger, since="1855-06") == ["day", "long", "open"]
    assert found(ledger, "held", since="1855-06") == ["long", "open"]
    pages = [ledger.find(ClaimQuery(since="1855-06"), limit=1)]
    while pages[-1].after:
        pages.append(ledger.find(ClaimQuery(since="1855-06"), after=pages[-1].after, limit=1))
    assert [each.document for page in pages for each in page.claims] == ["day", "long", "open"]


# --- Pages and counts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 2, 3, 7, 10, 50])
def test_pages_hold_every_claim_once_the_latest_first(ledger: Ledger, make: Any, size: int) -> None:
    for place in range(10):
        written(ledger, make, f"r{place}", f"Shell number {place} fell", time=day(f"1855-06-{place + 1:02}"))
    names, after = [], ""
    while True:
        page = ledger.find(ClaimQuery(words="shell"), after=after, limit=size)
        names += [each.document for each in page.claims]
        assert page.counted == 10
        after = page.after
        if not after:
            break
    assert names == [f"r{place}" for place in reversed(range(10))]


def test_claims_of_one_report_stand_in_the_order_of_its_text(ledger: Ledger, make: Any) -> None:
    ledger.record([make.report()])
    assert [each.claim.span.start for each in ledger.find(ClaimQuery()).claims] == sorted(
        each.claim.span.start for each in ledger.claims()
    ) or len({each.claim.time for each in ledger.claims()}) > 1


@pytest.mark.parametrize("after", ["x", "-1", "1" * 17, "ffffffffffffffff"])
def test_a_cursor_that_was_made_up_does_no_harm(ledger: Ledger, siege: dict[str, Claim], after: str) -> None:
    try:
        assert len(ledger.find(ClaimQuery(), after=after).claims) in (0, len(siege))
    except UsageError as error:
        assert "begin with the first page" in str(error)  # noqa: PT017  either is well


def test_facets_count_what_the_search_finds(ledger: Ledger, siege: dict[str, Claim]) -> None:
    page = ledger.find(ClaimQuery(words="was"))
    facets = {facet.field: dict(facet.values) for facet in page.facets}
    assert page.counted == 2 < len(siege)
    assert page.is_whole
    assert facets["events"] == {"attack": 1, "seize": 1}
    assert facets["countries"] == {"TR": 2}
    assert facets["source"] == {"Captain Lake": 1}
    assert facets["reviewed"] == {"no": 2}
    assert "contested" not in facets


def test_where_there_are_very_many_the_latest_are_counted(
    ledger: Ledger, siege: dict[str, Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert COUNTED > 1000
    monkeypatch.setattr("bywhom.ledger.finding.COUNTED", 2)
    page = ledger.find(ClaimQuery(), limit=1)
    assert (page.counted, page.is_whole) == (2, False)
    assert len(siege) > 2


@settings(deadline=None)  # no timed assertions
@given(st.integers(0, 800_000), st.text("abcdef0123456789", min_size=64, max_size=64), st.integers(0, 10_000))
def test_numbers_fit_the_database_and_follow_the_days(one: int, document: str, place: int) -> None:
    made = number(one, document, place)
    assert 0 <= made < 1 << 63
    assert made < number(one + 1, document, 0)


def test_two_claims_whose_numbers_fall_together_are_both_found(
    ledger: Ledger, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bywhom.ledger.findrows.blake2b", _Constant)
    written(ledger, make, "a", "One shell fell")
    written(ledger, make, "b", "Another shell fell")
    monkeypatch.setattr("bywhom.ledger.findrows.blake2b", _Constant)
    assert sorted(found(ledger, "shell")) == ["a", "b"]


class _Constant:
    """A digest that is the same for all reports, until it is asked again."""

    def __init__(self, data: bytes, **_: int) -> None:
        self._data = data

    def digest(self) -> bytes:
        words = self._data.split()
        return b"\0\0\0" + (words[2][:1] if len(words) > 1 else b"\0")


# --- Kept in step -----------------------------------------------------------------------------------------------------


def standing_of(claim: Claim, value: int, *, contested: bool) -> Digit:
    """A digit, and the claim linked under its own origin."""
    return Digit(value, "D1", contested, "because", Standing(OriginGroup(claim.id, None)))


def linked(ledger: Ledger, claim: Claim, value: int, *, contested: bool = False) -> None:
    from bywhom.ledger.schema import linked as table

    with ledger.linking() as links:
        row = {
            "claim_id": claim.id, "document_id": claim.document_id, "origin": claim.id, "end_key": f"key {value}",
            "sourced": 1, "publisher_key": "", "polarity": "positive", "day": 0, "keys": b"",
        }  # fmt: skip
        links._connection.execute(table.insert(), row)
        links.grade({claim.id: standing_of(claim, value, contested=contested)})


def test_digits_are_found_as_soon_as_they_are_written(ledger: Ledger, siege: dict[str, Claim]) -> None:
    linked(ledger, siege["a"], 2)
    linked(ledger, siege["b"], 3, contested=True)
    assert found(ledger, credibility=(2,)) == ["a"]
    assert found(ledger, credibility=(2, 3)) == ["b", "a"]
    assert found(ledger, contested=True) == ["b"]
    with ledger.linking() as links:
        links.forget([siege["b"].document_id])
    assert found(ledger, contested=True) == []
    with ledger.linking() as links:
        links.start_anew("2")
    assert found(ledger, credibility=(1, 2, 3, 4, 5, 6)) == []


def test_letters_are_those_that_the_caller_names(ledger: Ledger, siege: dict[str, Claim]) -> None:
    linked(ledger, siege["a"], 2)
    linked(ledger, siege["b"], 3)
    letters = {"B": frozenset(["key 2"])}
    assert [each.document for each in ledger.find(ClaimQuery(reliability=("B",)), letters=letters).claims] == ["a"]
    assert [each.document for each in ledger.find(ClaimQuery(reliability=("F",)), letters=letters).claims] == ["b"]
    assert [each.document for each in ledger.find(ClaimQuery(reliability=("B", "F")), letters=letters).claims] == [
        "b",
        "a",
    ]


def judged(ledger: Ledger, claim: Claim, field: str, act: Act, value: str | None = None) -> int:
    (place,) = ledger.claims_by_id([claim.id])
    with ledger.linking() as links:
        return links.judge(
            Verdict(Subject.claim(claim.id), field, act, "Ada", "because", value, anchors=(place.anchor,))
        ).seq


def test_what_people_decide_is_found_at_once_and_gone_when_it_is_taken_back(
    ledger: Ledger, siege: dict[str, Claim]
) -> None:
    seq = judged(ledger, siege["a"], "event", Act.SET, "aid")
    assert found(ledger, events=("aid",)) == ["a"]
    assert found(ledger, events=("attack",)) == []
    with ledger.linking() as links:
        links.undo(seq, "Ada", "a slip")
    assert found(ledger, events=("attack",)) == ["a"]
    assert found(ledger, reviewed=True) == []
    judged(ledger, siege["a"], "reading", Act.CONFIRM)
    assert found(ledger, reviewed=True) == ["a"]
    judged(ledger, siege["b"], "time", Act.SET, "1860-01-01")
    assert found(ledger, since="1859") == ["b"]
    judged(ledger, siege["b"], "place", Act.SET, '{"name":"Sivas","lat":39.7,"lon":37.0}')
    assert found(ledger, box=Box(39, 36, 40, 38)) == ["b"]


def test_a_report_that_is_read_anew_is_found_by_what_it_says_now(ledger: Ledger, make: Any) -> None:
    text = "Kars was shelled"
    claim = written(ledger, make, "a", text)
    judged(ledger, claim, "event", Act.SET, "attack")
    again = replace(claim, event=Event(EventType.AID))
    ledger.record([make.report("a", text, claims=[again], reader="reader 2")])
    assert found(ledger, "shelled") == ["a"]
    assert found(ledger, events=("attack",)) == ["a"]  # a person's word outlives the new reading
    ledger.record([make.report("a", text, claims=[], reader="reader 3")])
    assert found(ledger) == []


def test_an_older_ledger_gets_all_of_it_when_it_is_opened(ledger: Ledger, siege: dict[str, Claim]) -> None:
    linked(ledger, siege["a"], 2)
    judged(ledger, siege["b"], "reading", Act.CONFIRM)
    judged(ledger, siege["c"], "event", Act.SET, "aid")
    before, names = snapshot(ledger), list(ledger.entities())
    path = ledger.path
    ledger.close()
    with closing(sqlite3.connect(path)) as raw:
        for table in ("found", "search_text", "search_map", "searches", "counted", "called"):
            raw.execute(f"DROP TABLE {table}")
        raw.execute("DROP INDEX documents_by_state")
        raw.execute("ALTER TABLE appearances DROP COLUMN capture")
        raw.execute("DELETE FROM migrations WHERE number >= 4")
        raw.commit()
    with Ledger.open(path) as grown:
        assert snapshot(grown) == before
        assert list(grown.entities()) == names
        assert [each.document for each in grown.find(ClaimQuery(events=("aid",))).claims] == ["c"]


def snapshot(ledger: Ledger) -> list[Any]:
    with reading(ledger._engine, ledger.path) as connection:
        tables = (
            "SELECT * FROM found ORDER BY id",
            "SELECT rowid, * FROM search_text ORDER BY rowid",
            "SELECT * FROM search_map ORDER BY id",
        )
        return [[tuple(row) for row in connection.exec_driver_sql(words)] for words in tables]


def test_refreshing_changes_nothing_where_nothing_changed(ledger: Ledger, siege: dict[str, Claim]) -> None:
    linked(ledger, siege["a"], 2, contested=True)
    judged(ledger, siege["a"], "reading", Act.CONFIRM)
    before = snapshot(ledger)
    with ledger.linking() as links:
        findindex.refresh(links._connection, [each.id for each in siege.values()])
    assert snapshot(ledger) == before


def test_a_row_holds_what_the_claim_says(siege: dict[str, Claim]) -> None:
    row = found_row(siege["a"], Head("a", "The Courier", "1855-06-13"), 0)
    assert (row["event"], row["kind"], row["source"], row["outlet"]) == (
        "attack",
        "military",
        "Captain Lake",
        "The Courier",
    )
    assert row["first_day"] == row["last_day"] == row["id"] >> 43


# --- On the map -------------------------------------------------------------------------------------------------------


def test_claims_near_each_other_are_one_cell_and_a_country_is_no_town(ledger: Ledger, make: Any) -> None:
    def place(text: str, lat: float, lon: float, radius: float) -> Place:
        return Place(at(text, text), PlaceOutcome.SETTLEMENT, text, "TR", lat=lat, lon=lon, radius_km=radius)

    for text, lat, lon, radius in (
        ("Kars", 40.6, 43.1, 10),
        ("Kars2", 40.7, 43.2, 5),
        ("Anatolia", 40.65, 43.15, 400),
        ("Sivas", 39.7, 37.0, 10),
    ):
        written(ledger, make, text, text, place=place(text, lat, lon, radius))
    written(ledger, make, "nowhere", "It rained")
    shown = ledger.points(ClaimQuery(), None, 1.0)
    assert [(cell.claims, cell.places, cell.radius_km, cell.is_wide) for cell in sorted(shown.cells, key=lambda c: (c.is_wide, c.lat))] == [
        (1, 1, 10, False), (2, 2, 10, False), (1, 1, 400, True),
    ]  # fmt: skip
    assert (shown.counted, shown.elsewhere, shown.is_whole) == (4, 1, True)
    assert [cell.claims for cell in ledger.points(ClaimQuery(), None, 0).cells] == [1, 1, 1, 1]
    assert [cell.lat for cell in ledger.points(ClaimQuery(), Box(39, 36, 40, 38), 0).cells] == [39.7]
    claims = {each.claim.id for each in ledger.claims()}
    assert all((cell.example in claims) == (cell.places == 1) for cell in shown.cells)


# --- Searches that are kept -------------------------------------------------------------------------------------------


def test_searches_are_kept_under_names(ledger: Ledger) -> None:
    ledger.save_search("kars", "q=kars", "Ada")
    ledger.save_search("contested in June", "contested=yes&since=1855-06", "Ben")
    ledger.save_search("kars", "q=kars&event=attack", "Ben")
    assert [(each.name, each.query, each.by) for each in ledger.saved_searches()] == [
        ("contested in June", "contested=yes&since=1855-06", "Ben"),
        ("kars", "q=kars&event=attack", "Ben"),
    ]
    ledger.forget_search("kars")
    assert [each.name for each in ledger.saved_searches()] == ["contested in June"]
    with pytest.raises(UsageError, match="no search is kept"):
        ledger.saved_search("kars")


@pytest.mark.parametrize("name", ["", " ", "a/b", "../x", "a" * 61, "<b>", "a\nb"])
def test_a_name_must_be_fit_for_an_address(ledger: Ledger, name: str) -> None:
    with pytest.raises(UsageError, match="no name for a search"):
        ledger.save_search(name, "q=x", "Ada")
