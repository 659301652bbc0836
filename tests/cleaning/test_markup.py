"""A web page is kept whole, and its report found in it."""

from __future__ import annotations

import pytest
from cleaning_pages import body, found_in, page, told  # type: ignore[import-not-found]

P1 = "Soldiers of the fourth division laid down their arms on Tuesday, a staff officer said, after three days without bread."
P2 = "The officer, who asked not to be named, told the Courier that two companies had refused to leave their trenches."
P3 = "Villagers counted forty wagons of wounded on the road to Dinant, and a priest counted forty more on Friday."
HEAD = """<title>Fort lays down arms - The Courier</title><meta property="og:site_name" content="The Courier">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Fort lays down arms","datePublished":"1914-08-25",
"author":[{"name":"Jean Dumont"},{"name":"Anna Keller"}]}</script><link rel="canonical" href="https://courier.example/fort">"""
FULL = f"""<html lang="en"><head>{HEAD}</head><body class="has-sidebar"><form id="aspnet">
<nav><a href="/">Home</a> <a href="/war">War</a></nav><div class="date-today">Wed. August 26th, 1914</div>
<article><h1>Fort lays down arms</h1><p class="byline">By Jean Dumont</p>
<figure><img src="x"><figcaption>The citadel in June</figcaption></figure>
<p>{P1}</p><p>{P2}</p><p>{P2}</p><h2>No orders</h2><blockquote>{P3}</blockquote>
<div class="related-posts"><a href="1">Ten pictures of the siege that you have to see before it is over.</a></div>
<p style="display: none">Nobody sees this sentence in the page, not even the author.</p></article>
<div id="comments"><p>I do not believe a word of this, the garrison was brave and stood to the last.</p></div>
<footer>© 1914 The Courier</footer></form></body></html>"""


def test_the_report_is_found_and_nothing_visible_is_lost() -> None:
    doc = page(FULL, "html")
    assert body(doc) == [P1, P2, P2, P3]  # a paragraph printed twice is evidence twice
    kinds = {words: kind for kind, words in told(doc)}
    assert kinds["Fort lays down arms"] == "title"
    assert kinds["By Jean Dumont"] == "metadata"
    assert kinds["The citadel in June"] == "caption"
    assert kinds["No orders"] == "heading"
    assert kinds["© 1914 The Courier"] == "furniture"
    assert "Nobody sees" not in doc.text


def test_the_head_of_the_page_is_read() -> None:
    doc = page(FULL, "html")
    assert doc.published is not None
    assert (doc.published.value, doc.published.evidence) == ("1914-08-25", "json-ld datePublished: 1914-08-25")
    assert doc.publisher is not None
    assert doc.publisher.value == "The Courier"
    assert doc.author is not None
    assert doc.author.value == "Jean Dumont, Anna Keller"
    assert doc.url == "https://courier.example/fort"
    assert "trafilatura" in doc.extractor


@pytest.mark.parametrize(
    ("html", "paragraphs"),
    [
        (f"<p>{P1}<br><br>{P2}</p>", [P1, P2]),
        (f"<div>{P1}<div>{P2}</div>{P3}</div>", [P1, P2, P3]),
        (f"<p>{P1}<p>{P2}<b>{P3}", [P1, f"{P2}{P3}"]),
        (f"<blockquote>{P1}</blockquote>{P2}", [P1, P2]),
        (f"<p>{P1}<br>{P2}</p>", [P1, P2]),
        (f"<p>{P1.replace(' on Tuesday', '<br>on Tuesday')}</p>", [P1]),
        (f"<table><tr><td>Menu<br>Home</td><td>{P1}</td><td>{P2}</td></tr></table>", [P1, P2]),
        ("<table><tr><td>Killed in the fort</td><td>20</td></tr></table>", ["Killed in the fort 20"]),
        (f"<p>{P1.replace(' ', chr(10))}</p>", [P1]),
        (f"<!-- {P2} --><p>{P1}</p><script>{P3}</script>", [P1]),
        (f"<!DOCTYPE x [<!ENTITY a '{P2}'>]><p>{P1}</p>", [P1]),
    ],
)
def test_paragraphs_of_markup(html: str, paragraphs: list[str]) -> None:
    assert [words for words in body(page(html, "html")) if len(words) > 20] == paragraphs


@pytest.mark.parametrize("depth", [300, 10_000, 100_000])
def test_a_page_nested_deep_is_read(depth: int) -> None:
    found = found_in("<div>" * depth + f"<p>{P1}</p><script>x</script>" + "</div>" * depth + f"<p>{P2}</p>", "html")
    assert body(found.items[0]) == [P1, P2]
    assert bool(found.problems) == (depth > 2000)


def test_the_encoding_stands_in_the_head_of_the_page() -> None:
    html = '<meta charset="koi8-r"><p>Солдаты отказались идти в атаку, сообщил вчера офицер штаба дивизии.</p>'
    assert "Солдаты отказались" in page(html.encode("koi8-r"), "html").text


def test_nul_and_lone_surrogates_do_not_reach_the_text() -> None:
    doc = page(f"<p>A\x00B &#xD800; {P1}</p>", "html")
    assert "\x00" not in doc.text
    doc.text.encode()
