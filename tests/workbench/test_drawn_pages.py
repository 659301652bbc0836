"""Map, timeline, origins and situations: each drawing says what its table says, and no place is a point."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from threading import Event
from typing import Any, cast

import pytest
from starlette.testclient import TestClient

from bywhom.grading import GradingTables
from bywhom.ledger import Ledger, LedgerClaim
from bywhom.ledger.finding import Timed
from bywhom.ledger.findrows import FOREVER
from bywhom.ledger.query import Box, ClaimQuery
from bywhom.regrading import Grader
from bywhom.workbench.desk import Desk
from bywhom.workbench.drawings.graph import Node, Path, Tie, draw_graph
from bywhom.workbench.drawings.map import FARTHEST, Spot, draw_map, framed, latitude, mercator, radius, said
from bywhom.workbench.drawings.ranges import Told, draw_range
from bywhom.workbench.drawings.timeline import Stretch, draw_days, draw_steps
from bywhom.workbench.towns import Town
from bywhom.workbench.views import maps, origins
from bywhom.workbench.views.timeline import by_days, days_of, said_days, timeline_page

HTTP_OK = 200
Open = Callable[..., TestClient]


def page(browser: TestClient, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == HTTP_OK, answer.text
    return unescape(answer.text)


def test_places_are_called_as_people_have_corrected_them(ledger: Ledger) -> None:
    from bywhom import reviewing
    from bywhom.records import Act

    found = next(each for each in ledger.claims() if each.claim.place and each.claim.place.lat is not None)
    own = found.claim.id
    assert found.claim.place
    assert ledger.places_of([own]) == {own: (found.claim.place.name, found.claim.place.country)}
    moved = reviewing.on_claim(
        ledger, found, "place", "The old mill@40.5,43.0", act=Act.SET, by="Ada", reason="was there"
    )
    reviewing.review(ledger, moved)
    assert ledger.places_of([own]) == {own: ("The old mill", "")}


# --- The map ----------------------------------------------------------------------------------------------------------


def test_the_map_shows_the_places_of_a_search_and_a_table_behind(browser: TestClient) -> None:
    found = page(browser, "/map")
    assert "Kars" in found
    assert re.search(r'<a href="/\?box=[^"]+" class="spot (within|ring|cluster)"', found)
    assert 'scope="row"><a href="/?box=' in found
    assert page(browser, "/map?q=no-such-word").count('class="spot ') == 4  # those of the legend


def test_a_place_in_the_table_leads_to_as_many_claims_as_it_says(browser: TestClient) -> None:
    found = page(browser, "/map")
    rows = re.findall(r'<a href="(/\?box=[^"]+)"><bdi>([^<]+)</bdi></a></th>.*?class="num">(\d+)<', found)
    assert rows
    for link, _, count in rows:
        assert page(browser, link).count('class="claim-row') == int(count)


def test_the_map_can_be_moved_without_a_script(browser: TestClient) -> None:
    closer = re.search(r'<a href="([^"]+)" data-move="Closer"', page(browser, "/map"))
    assert closer
    assert "<svg" in page(browser, closer[1])


@pytest.mark.parametrize("view", ["1,2,3", "a,b,c,d", "60,0,50,10", "0,0,10,900", "nan,0,1,2"])
def test_a_view_that_cannot_be_is_refused_in_words(browser: TestClient, view: str) -> None:
    answer = browser.get("/map", params={"view": view})
    assert answer.status_code == 400
    assert "SOUTH,WEST,NORTH,EAST" in answer.text


def test_the_points_of_a_view_are_those_of_the_drawing(browser: TestClient) -> None:
    view = "38,38,43,48"
    spots = browser.get("/map/points", params={"view": view}).json()["spots"]
    drawn = page(browser, f"/map?view={view}")
    assert spots
    assert all(f"<title>{spot['says']}</title>" in drawn for spot in spots)
    assert all(spot["km"] > 0 for spot in spots if spot["kind"] != "cluster")


FRAME = framed(Box(40, 30, 45, 40))


@pytest.mark.parametrize(
    ("km", "is_wide", "kind"),
    [(0.1, False, "ring"), (60.0, False, "within"), (700.0, True, "wide"), (None, False, "ring")],
)
def test_uncertainty_is_an_area_and_never_a_point(km: float | None, is_wide: bool, kind: str) -> None:
    spot = Spot(42.0, 35.0, km, 3, "Sinope", "/", is_wide=is_wide)
    drawn = draw_map(FRAME, [spot])
    assert f'class="spot {kind}"' in drawn
    assert radius(FRAME, spot) >= 5
    if km and km > 10:
        degrees = radius(FRAME, spot) / FRAME.scale
        assert degrees == pytest.approx(km / 111.32 / 0.7431, rel=0.01)  # cosine of 42°
        assert f"{km:g} km" in said(spot)


def test_a_frame_holds_what_is_wanted_and_stays_on_the_earth() -> None:
    for wanted in (Box(-89, -180, 89, 180), Box(70, 10, 83, 12), Box(10, 10, 10, 10), Box(-5, 170, 5, 190)):
        view = framed(wanted).view
        assert view.south >= -FARTHEST - 1e-6
        assert view.north <= FARTHEST + 1e-6
        assert 0 < view.east - view.west <= 360
    assert latitude(mercator(51.5)) == pytest.approx(51.5)


def test_a_town_leaves_room_for_places_and_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    near = [Town("Under", 42.0, 35.0), Town("Beside", 42.0, 35.5), Town("Apart", 44.0, 33.0)]
    monkeypatch.setattr("bywhom.workbench.drawings.map.towns", lambda _view, _without: near)
    drawn = draw_map(FRAME, [Spot(42.0, 35.0, 2.0, 3, "Sinope", "/")])
    assert [town.name for town in near if f">{town.name}</text>" in drawn] == ["Apart"]
    assert drawn.count('class="town-mark"') == 1
    assert draw_map(FRAME, []).count('class="town-mark"') == 3


# --- The timeline -----------------------------------------------------------------------------------------------------


def test_the_timeline_shows_days_and_their_claims(browser: TestClient) -> None:
    found = page(browser, "/timeline")
    assert 'class="timeline"' in found
    assert "1855-06" in found


def test_the_days_that_are_drawn_are_those_of_the_claims(ledger: Ledger) -> None:
    """What is read off the index is what each claim says, also of spans that are open and of claims without a day."""
    found, is_whole = ledger.timed(ClaimQuery(), most=5000)
    drawn = {one: days for days, some in by_days(found).items() for one in some}
    claims = {one.claim.id: days_of(one) for one in ledger.claims()}
    assert is_whole
    assert {one.claim for one in found} == set(claims)
    assert drawn == {one: days for one, days in claims.items() if days}


def test_the_timeline_says_of_how_many_it_is_drawn(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "of more" not in page(browser, "/timeline")
    monkeypatch.setattr("bywhom.workbench.views.timeline.MOST", 5)
    assert "The latest 5 claims of more" in page(browser, "/timeline")


class ManyDays:
    """As much of a desk as the timeline needs: three claims on each of many days, one of them without an end."""

    def __init__(self, days: int) -> None:
        self.ledger = self
        self.dated = [
            Timed(f"{day} {one}", DAY + day, FOREVER if day == 1 else DAY + day) for day in range(days) for one in "abc"
        ]
        self.asked: list[str] = []

    def timed(self, _search: ClaimQuery, **_: object) -> tuple[list[Timed], bool]:
        return [*self.dated, Timed("undated", 0, 0)], False

    def letters(self, _search: ClaimQuery) -> dict[str, frozenset[str]]:
        return {}

    def claims_by_id(self, ids: list[str]) -> list[LedgerClaim]:
        self.asked = ids
        return []


@pytest.mark.parametrize(
    ("days", "listed", "asked"), [(2, 2, ["0 a", "0 b", "0 c"]), (80, 80, ["0 a", "0 b"]), (410, 400, ["0 a", "1 a"])]
)
def test_the_more_days_there_are_the_fewer_claims_are_read_of_each(days: int, listed: int, asked: list[str]) -> None:
    desk = ManyDays(days)
    made = timeline_page(cast("Desk", desk), ClaimQuery())
    assert (len(made.rows), made.unlisted, made.without_day) == (listed, days - listed, 1)
    assert all(row.count == 3 for row in made.rows)
    assert made.rows[1].when.startswith("since ")
    assert desk.asked[: len(asked)] == asked
    assert len(desk.asked) <= 160
    assert made.drawing.count("<a ") == days


DAY = date(1855, 2, 8).toordinal()
FEBRUARY = date(1855, 2, 1).toordinal(), date(1855, 2, 28).toordinal()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((DAY, DAY), "1855-02-08"),
        (FEBRUARY, "1855-02, no day given"),
        ((date(1855, 1, 1).toordinal(), date(1855, 12, 31).toordinal()), "1855, no month given"),
        ((DAY, None), "since 1855-02-08"),
        ((DAY, DAY + 3), "1855-02-08 to 1855-02-11"),
        ((FEBRUARY[0], FEBRUARY[1] + 31), "1855-02-01 to 1855-03-31"),
    ],
)
def test_time_is_said_as_exactly_as_it_is_known(days: tuple[int, int | None], words: str) -> None:
    assert said_days(days) == words


def test_a_day_is_a_column_and_a_month_is_a_bar() -> None:
    drawn = draw_days([Stretch(DAY, DAY, 2, "a day", "/d"), Stretch(*FEBRUARY, 1, "a month", "/m")])
    assert re.search(r'href="/d" class="day"', drawn)
    assert re.search(r'href="/m" class="stretch"', drawn)
    wide = re.search(r"M([\d.]+) [\d.]+H([\d.]+)V", drawn.split('href="/m"')[1])
    assert wide
    assert float(wide[2]) - float(wide[1]) > 20 * (936 / 40)


def test_an_open_span_has_no_end() -> None:
    assert 'class="stretch open"' in draw_days(
        [Stretch(DAY, None, 1, "since", "/s"), Stretch(DAY + 90, DAY + 90, 1, "", "/")]
    )
    assert not draw_days([])
    assert not draw_steps([])


# --- Numbers, origins, situations -------------------------------------------------------------------------------------


def test_each_side_has_a_sign_of_its_own_and_an_open_bound_a_broken_line() -> None:
    told = [Told("Lake", DAY, 40, 40, "", "/a"), Told("Levant Herald", DAY + 2, 25, None, "", "/b")]
    drawn = draw_range("killed", told, ["Lake", "Levant Herald"])
    assert 'class="told circle"' in drawn
    assert 'class="told square"' in drawn
    assert drawn.count("reach open") == 1


def test_forty_copies_of_one_word_begin_at_one_box() -> None:
    origin = Node("o", "a muleteer", "origin", "/o")
    paths = [Path((origin, Node(f"p{n}", f"Paper {n}", "publisher", f"/{n}")), "") for n in range(40)]
    drawn = draw_graph(paths)
    assert drawn.count('class="box origin"') == 1
    assert drawn.count('class="box publisher"') == 40
    assert "a muleteer ×40" in drawn


def test_origins_are_joined_by_what_they_say() -> None:
    paths = [Path((Node(key, key, "origin", "/"), Node("p", "Paper", "publisher", "/")), "") for key in "ab"]
    assert 'class="tie agrees"' in draw_graph(paths, [Tie("a", "b", agrees=True, says="")])
    assert 'class="tie opposed"' in draw_graph(paths, [Tie("a", "b", agrees=False, says="")])


def test_the_origins_of_a_search_have_a_table(browser: TestClient) -> None:
    found = page(browser, "/origins?q=Kars")
    assert 'class="graph"' in found
    assert "Published by" in found


def test_situations_lead_to_what_they_come_to(browser: TestClient, ledger: Ledger) -> None:
    listed = page(browser, "/situations")
    links = re.findall(r'href="(/situations/[0-9a-f]{16})"', listed)
    assert links
    for link in links:
        found = page(browser, link)
        assert all(heading in found for heading in ("Agreed", "Contested", "One origin", "How it developed", "Where"))
    claims = [each.claim.id for each in ledger.find(ClaimQuery(), limit=50).claims]
    assert any(browser.get(f"/situations/{claim}").status_code == HTTP_OK for claim in claims)
    assert browser.get("/situations/0000000000000000").status_code == 404
    assert page(browser, "/situations?place=Nowhere").count('href="/situations/') == 0


def test_a_verdict_changes_the_situations_at_once(browser: TestClient, ledger: Ledger) -> None:
    from bywhom.workbench.views.situations import all_of

    desk = browser.app.state.desk  # type: ignore[attr-defined]
    before = all_of(desk)
    assert all_of(desk) is before
    ledger.save_search("kars", "q=Kars", "A. Reader")  # any change of the file
    assert all_of(desk) is not before


@pytest.mark.parametrize(
    ("view", "seen"),
    [(Box(-56, -180, 78, 180), (-180, 180)), (Box(-56, -170, 78, 190), (-180, 180)), (Box(0, 170, 9, 190), (170, -170)), (Box(0, 1, 9, 9), (1, 9))],
)  # fmt: skip
def test_a_view_of_the_whole_world_holds_the_whole_world(view: Box, seen: tuple[float, float]) -> None:
    here = maps._both(None, view)
    assert (here.west, here.east) == seen


def test_of_a_large_ledger_the_situations_are_put_together_while_the_page_says_so(
    ledger: Ledger, open_desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bywhom import pipeline
    from bywhom.workbench.views import situations

    go, really = Event(), pipeline.situations

    def slowly(*some: Any, **more: Any) -> Any:
        assert go.wait(30)
        return really(*some, **more)

    monkeypatch.setattr(situations, "WAITED_FOR", 0)
    monkeypatch.setattr(situations, "PATIENCE_S", 0.0)
    monkeypatch.setattr(pipeline, "situations", slowly)
    browser = open_desk(ledger)
    page = browser.get("/situations").text
    assert "are just being put together" in page
    assert 'http-equiv="refresh"' in page
    answer = browser.get("/situations/0123")
    assert (answer.status_code, "Load this page again" in answer.text) == (503, True)
    go.set()
    monkeypatch.setattr(situations, "PATIENCE_S", 30.0)
    page = browser.get("/situations").text
    assert "are just being put together" not in page
    listed = page[page.index("<tbody>") :] if "<tbody>" in page else ""
    ledger.save_search("kars", "q=kars", "Ada")  # the ledger is another one now: what is known of the old is shown
    go.clear()
    monkeypatch.setattr(situations, "PATIENCE_S", 0.0)
    page = browser.get("/situations").text
    assert "these are the situations of a while ago" in page
    assert listed in page
    go.set()
    monkeypatch.setattr(situations, "PATIENCE_S", 30.0)
    assert "a while ago" not in browser.get("/situations").text


def test_what_goes_wrong_while_they_are_put_together_is_said(
    ledger: Ledger, open_desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bywhom import pipeline
    from bywhom.errors import LedgerLocked

    def locked(*_some: Any, **_more: Any) -> Any:
        raise LedgerLocked("held by another program; wait for it to end")

    monkeypatch.setattr(pipeline, "situations", locked)
    answer = open_desk(ledger).get("/situations")
    assert answer.status_code >= 500
    assert "held by another program" in answer.text


def test_one_who_says_two_things_is_one_origin(ledger: Ledger) -> None:
    found = list(Grader(ledger, GradingTables.load()).graded(list(ledger.claims())))
    said = [each for each in found if (source := each.claim.attribution.source) and "Thompson" in (source.name or "")]
    assert len(said) > 1
    assert [len(one.claims) for one in origins.origins(said)] == [len(said)]
