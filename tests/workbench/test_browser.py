"""The workbench in a real browser, through the real server, on the shipped reports: a day's work, and what a screen reader meets.

Passed over where there is no Chromium; `./dev browser` installs one where it can.
"""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
screens: dict[str, Any] = runpy.run_path(str(ROOT / "docs" / "make_screens.py"))
VIEWS = screens["Desk"]("", "claim", "report", "source", "situation").views()

if screens["chromium"]() is None:
    pytest.skip("there is no Chromium: ./dev browser installs one where it can", allow_module_level=True)
pytest.importorskip("playwright.sync_api", reason="playwright is not installed: ./dev test installs it")
is_built = pytest.mark.skipif(
    not (ROOT / "src/bywhom/workbench/static/built/desk.js").exists(),
    reason="the script of the workbench could not be built: ./dev bundle says why",
)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with screens["desk"](tmp_path_factory.mktemp("browser")) as started:
        yield started


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with screens["browser"]() as opened:
        yield opened


@pytest.fixture
def page(chromium: Any, running: Any) -> Iterator[Any]:
    """A page of a browser that runs scripts; whatever breaks on it or is refused by its policy fails the test."""
    context = chromium.new_context(base_url=running.address, viewport=screens["SIZE"], accept_downloads=True)
    opened, complaints = context.new_page(), []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    opened.on("request", lambda sent: complaints.append(sent.url) if not sent.url.startswith(running.address) else None)
    yield opened
    context.close()
    assert not complaints


def test_find_claim_chain_correct_undo_dossier(page: Any, tmp_path: Path) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill("Soissons")
    page.get_by_role("button", name="Find").click()
    page.wait_for_url(re.compile("q=Soissons"))
    page.locator(".claim-row .words a", has_text="refused").first.click()
    assert page.locator("blockquote .m-content").count()
    assert page.locator("svg.chain a").count() >= 1
    assert page.get_by_role("cell", name="publisher", exact=True).count()

    claim = page.url
    page.get_by_label("Your name").fill("A. Reader")
    page.get_by_label("Why", exact=True).fill("The regiment left from another town")
    page.locator("summary", has_text="Correct").click()
    page.locator("select[name=field]").select_option("certainty")
    page.get_by_label("It shall be").fill("possible")
    page.get_by_role("button", name="Set", exact=True).click()
    page.goto(claim)
    assert "The regiment left from another town" in page.locator("#history").inner_text()
    assert "possible" in page.locator(".facts-list").first.inner_text()

    page.goto("/history")
    undoing = page.locator("form.undo").first
    undoing.locator("summary").click()
    undoing.get_by_label("Your name").fill("A. Reader")
    undoing.get_by_label("Why").fill("It was the same town")
    undoing.get_by_role("button", name="Take back").click()
    page.wait_for_url(re.compile("/history"))
    page.goto(claim)
    assert "taken back" in page.locator("#history").inner_text()

    page.get_by_role("link", name="Make a dossier").click()
    page.get_by_label("Title").fill("Before the court")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("heading", name="Before the court").wait_for()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save as one file").click()
    file = tmp_path / "dossier.html"
    saved.value.save_as(file)
    written = file.read_text(encoding="utf-8")
    assert "SHA-256" in written
    assert "taken back" not in written
    assert not re.search(r"<script|src=|https?://(?!\S*example)", written.partition("</style>")[2])


@is_built
def test_the_map_moves_by_keys_and_a_rectangle_narrows_the_search(page: Any) -> None:
    page.goto("/map")
    live = page.locator("svg.map.is-live")
    live.wait_for()
    live.focus()
    page.keyboard.press("+")
    page.wait_for_url(re.compile("view="))
    before = page.url
    page.keyboard.press("ArrowRight")
    page.wait_for_function("before => location.href !== before", arg=before)
    page.goto("/map")
    live.wait_for()
    claims = int(page.locator(".count-line").inner_text().split()[0])
    page.get_by_role("button", name="Draw a rectangle").click()
    at = live.bounding_box()
    page.mouse.move(at["x"] + at["width"] * 0.3, at["y"] + at["height"] * 0.2)
    page.mouse.down()
    page.mouse.move(at["x"] + at["width"] * 0.5, at["y"] + at["height"] * 0.6, steps=4)
    page.mouse.up()
    page.wait_for_url(re.compile("box="))
    assert 0 < int(page.locator(".count-line").inner_text().split()[0]) < claims


# Borders are drawn once roughly and once finely: whether the first of them is the same as when it was looked at last.
_IS_DRAWN = """() => {
  const now = document.querySelector('svg.map.is-live path.country');
  const same = now && now === window.before;
  window.before = now;
  return same;
}"""

# The countries in the middle of the sheet: those beyond its edges may go when the map is moved away from them.
_IN_VIEW = """() => {
  const sheet = document.querySelector('svg.map.is-live').getBoundingClientRect();
  const [x, y] = [sheet.x + sheet.width / 2, sheet.y + sheet.height / 2];
  return [...document.querySelectorAll('svg.map.is-live path.country')].filter(each => {
    const at = each.getBoundingClientRect();
    return at.left < x + 200 && at.right > x - 200 && at.top < y + 120 && at.bottom > y - 120;
  });
}"""


@is_built
def test_a_map_that_is_dragged_is_moved_and_not_drawn_anew(page: Any) -> None:
    page.goto("/map?view=46,0,52,10")
    live = page.locator("svg.map.is-live")
    live.wait_for()
    page.wait_for_load_state("networkidle")
    page.wait_for_function(_IS_DRAWN, polling=400)
    page.evaluate("window.drawn = [...document.querySelectorAll('svg.map.is-live a.spot')]")
    page.evaluate(f"window.countries = ({_IN_VIEW})()")
    before, at = page.url, live.bounding_box()
    middle = at["x"] + at["width"] / 2, at["y"] + at["height"] / 2
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] - 90, middle[1] - 40, steps=6)
    page.mouse.up()
    page.wait_for_function("before => location.href !== before", arg=before)
    page.wait_for_load_state("networkidle")
    page.wait_for_function(_IS_DRAWN, polling=400)
    assert page.evaluate("window.countries.length") > 1
    assert page.evaluate("window.countries.every(each => each.isConnected)")
    assert page.evaluate("window.drawn.length") > 0
    assert page.evaluate("window.drawn.every(each => each.isConnected)")
    assert page.evaluate("getSelection().toString()") == ""


@is_built
def test_a_place_on_the_map_is_a_link_and_leads_to_its_claims(page: Any) -> None:
    page.goto("/map")
    page.locator("svg.map.is-live").wait_for()
    place = page.locator("svg.map a.spot.within, svg.map a.spot.ring").first
    wanted = place.get_attribute("aria-label")
    count = int(re.search(r": (\d+) claim", wanted)[1])  # type: ignore[index]
    place.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("box="))
    assert page.locator(".claim-row").count() == count


def test_everything_can_be_found_and_read_without_a_script(chromium: Any, running: Any) -> None:
    context = chromium.new_context(base_url=running.address, java_script_enabled=False)
    page = context.new_page()
    for view in running.views():
        answer = page.goto(view.path)
        assert answer.status == 200, view.path
        assert page.locator("main").inner_text().strip(), view.path
    page.goto("/map")
    assert page.locator("svg.map a.spot").count()
    page.get_by_role("link", name="Closer").click()
    assert "view=" in page.url
    context.close()


DARK = ("find", "claim", "situation", "map")  # between them they have every sign and colour
LOOKS = [("light", view) for view in VIEWS if view.media == "screen"] + [
    ("dark", view) for view in VIEWS if view.name in DARK
]


@pytest.mark.parametrize(("scheme", "view"), LOOKS, ids=[f"{view.name}-{scheme}" for scheme, view in LOOKS])
def test_no_page_breaks_a_rule_of_accessibility(chromium: Any, running: Any, view: Any, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    here = next(each for each in running.views() if each.name == view.name)
    # axe is put in by the test, which the policy of the pages forbids, as it should.
    context = chromium.new_context(
        base_url=running.address, viewport=screens["SIZE"], color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.goto(here.path)
    page.wait_for_load_state("networkidle")
    found = axe.run(page).response["violations"]
    context.close()
    assert not [(each["id"], each["nodes"][0]["html"][:200], each["nodes"][0]["failureSummary"]) for each in found]


def test_the_first_view_is_light(page: Any) -> None:
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(len(answer.body())))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert sizes
    assert sum(sizes) < 200_000


def tab_to(page: Any, what: str, most: int = 120) -> None:
    """Go on by Tab until something has the focus, as somebody without a mouse does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement?.matches(what) ?? false", what):
            return
    raise AssertionError(f"no Tab leads to {what}")


@is_built
def test_a_day_with_the_keyboard_alone(page: Any) -> None:
    """Find, claim, chain, correct, undo, dossier: nothing is clicked."""
    page.goto("/")
    page.keyboard.type("Soissons")  # the box has the focus
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=Soissons"))
    page.wait_for_load_state("networkidle")
    tab_to(page, ".claim-row .words a")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/claims/"))
    claim = page.url.partition("?")[0]
    tab_to(page, "svg.chain a")

    page.goto(claim)
    tab_to(page, "form[data-review] input[name=by]")
    page.keyboard.type("A. Reader")
    page.keyboard.press("Tab")
    page.keyboard.type("Two other reports say so")
    tab_to(page, "summary[data-key=c]")
    page.keyboard.press("Enter")
    tab_to(page, "select[name=field]")
    page.keyboard.type("certainty")
    assert page.locator("select[name=field]").input_value() == "certainty"
    page.keyboard.press("Tab")
    page.keyboard.type("possible")
    page.keyboard.press("Escape")  # the list of choices
    tab_to(page, "button[value=set]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("entered="))
    assert "Two other reports say so" in page.locator("#history").inner_text()

    page.goto(claim)
    tab_to(page, "form.undo summary")
    page.keyboard.press("Enter")
    tab_to(page, "form.undo input[name=reason]")
    page.keyboard.type("They do not")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("entered="))
    assert "taken back" in page.locator("#history").inner_text()

    page.goto(claim)
    tab_to(page, "a[href^='/dossier']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/dossier"))
    assert page.locator("main").inner_text().count("What was left out")


@is_built
def test_words_that_are_dragged_over_become_the_span(page: Any, running: Any) -> None:
    page.goto(f"/claims/{running.claim}")
    place = page.locator("blockquote .m-place").first
    at = place.bounding_box()
    page.mouse.move(at["x"] + 1, at["y"] + at["height"] - 8)
    page.mouse.down()
    page.mouse.move(at["x"] + at["width"] - 1, at["y"] + at["height"] - 8, steps=5)
    page.mouse.up()
    start, end = map(int, page.locator("[data-value]").input_value().split("-"))
    assert page.locator("select[name=field]").input_value() == "span"
    words = page.evaluate(
        "where => fetch(where).then(answer => answer.json()).then(found => found.claim.document_id)",
        f"/api/claims/{running.claim}",
    )
    text = page.evaluate(
        "where => fetch(where).then(answer => answer.json()).then(found => found.text)", f"/api/reports/{words}"
    )
    assert text[start:end] in place.inner_text()
    assert end - start >= 3


@is_built
def test_who_comes_to_a_claim_in_the_text_has_it_before_him_in_the_list(page: Any, running: Any) -> None:
    page.goto(f"/reports/{running.report}")
    last = page.locator(".found li").last.get_attribute("id").removeprefix("c-")
    page.goto(f"/reports/{running.report}#w-{last}")
    page.locator(f"#c-{last}.is-met").wait_for()
    inside = "id => { const [a, b] = [document.getElementById(id), document.querySelector('.found')].map(x => x.getBoundingClientRect()); return a.top >= b.top - 1 && a.top < b.bottom; }"
    assert page.evaluate(inside, f"c-{last}")
    page.locator(f"#c-{last} a[href^='#w-']").click()
    page.locator(f"#c-{last}.is-met").wait_for()


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_is_wider_than_the_window(chromium: Any, running: Any, width: int) -> None:
    context = chromium.new_context(base_url=running.address, viewport={"width": width, "height": 800})
    page, wide = context.new_page(), []
    for view in running.views():
        page.goto(view.path)
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        wide += [(view.name, over)] if over > 0 else []
    context.close()
    assert wide == []
