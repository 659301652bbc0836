from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bywhom.intake import IntakeOptions, Limits
from bywhom.intake.feed import read_feed
from bywhom.intake.origin import Origin
from bywhom.records import Problem, RawDocument

ITEM = """<item><title>Garrison refuses terms</title><link>https://courier.example/7</link><guid>c7</guid>
<pubDate>Wed, 25 Oct 1854 10:00:00 GMT</pubDate><author>A. Smith</author>
<description>&lt;p&gt;The governor said so.&lt;/p&gt;</description></item>"""
RUSSIAN = (
    "<item><title>Гарнизон отверг предложение</title><description>Так сказал губернатор крепости.</description></item>"
)


def rss(items: str, opening: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    return (
        f'{opening}<rss version="2.0"><channel><title>The Courier</title><language>en</language>{items}</channel></rss>'
    )


def test_an_entry_is_a_report(take_file: Callable[..., Any]) -> None:
    taken = take_file("courier.xml", rss(ITEM))
    (document,), (container,) = taken.documents, taken.containers
    assert document.name == "https://courier.example/7"
    assert document.content == "<h1>Garrison refuses terms</h1>\n<p>The governor said so.</p>"
    assert document.form == "html"
    assert document.declared.title == "Garrison refuses terms"
    assert document.declared.publisher == "The Courier"
    assert document.declared.author == "A. Smith"
    assert document.declared.published == "Wed, 25 Oct 1854 10:00:00 GMT"
    assert document.declared.language == "en"
    assert document.declared.url == "https://courier.example/7"
    assert document.collection.location.endswith("courier.xml#entry=1")
    assert document.collection.container == container.sha256
    assert json.loads(document.data)["body"] == "<p>The governor said so.</p>"
    assert taken.problems == []


def test_an_atom_entry_of_another_paper(take_file: Callable[..., Any]) -> None:
    taken = take_file(
        "planet.atom",
        """<feed xmlns="http://www.w3.org/2005/Atom"><title>Planet</title><entry><id>urn:1</id>
        <title type="html">Guns &amp;amp; &lt;b&gt;men&lt;/b&gt; lost</title><updated>1854-10-25T10:00:00Z</updated>
        <summary>Short.</summary><content type="text">Much longer than the summary.</content>
        <source><title>The Courier</title></source></entry></feed>""",
    )
    (document,) = taken.documents
    assert document.name == "planet#1"
    assert document.content == "Guns & men lost\n\nMuch longer than the summary."
    assert document.form == "text"
    assert document.declared.publisher == "The Courier"
    assert document.declared.published == "1854-10-25T10:00:00Z"


def test_the_same_entry_in_two_feeds_is_the_same_document(take_file: Callable[..., Any]) -> None:
    alone = take_file("monday.xml", rss(ITEM)).documents[0]
    later = take_file("tuesday.xml", rss("<item><title>Newer</title></item>" + ITEM)).documents[1]
    assert alone.data == later.data


@pytest.mark.parametrize(
    "data",
    [
        rss(RUSSIAN).encode(),
        rss(RUSSIAN, "").encode("utf-8-sig"),
        rss(RUSSIAN, "").encode("utf-16"),
        rss(RUSSIAN, '<?xml version="1.0" encoding="windows-1251"?>').encode("cp1251"),
        rss(RUSSIAN, '<?xml version="1.0" encoding="windows-1251"?>').encode(),  # declared wrongly
        rss(RUSSIAN * 5).encode("cp1251"),  # declared as UTF-8
        rss(RUSSIAN * 5, '<?xml version="1.0" encoding="no-such"?>').encode("cp1251"),
    ],
)
def test_titles_come_out_right_whatever_the_encoding(take_file: Callable[..., Any], data: bytes) -> None:
    taken = take_file("feed.xml", data)
    assert taken.texts[0] == "Гарнизон отверг предложение\n\nТак сказал губернатор крепости."


def test_stray_bytes_spoil_themselves_only(take_file: Callable[..., Any]) -> None:
    data = rss(RUSSIAN + RUSSIAN).encode().replace("крепости".encode(), b"\xff\xfe", 1)
    taken = take_file("feed.xml", data)
    assert taken.texts[1] == "Гарнизон отверг предложение\n\nТак сказал губернатор крепости."
    assert taken.messages == ["The feed has 2 bytes that fit its encoding nowhere; they became U+FFFD."]


BOMB = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip


@pytest.mark.parametrize(
    ("data", "titles", "said"),
    [
        (rss(ITEM).replace("refuses", "& refuses"), ["Garrison & refuses terms"], "not well formed"),
        (rss(ITEM * 2)[:-200], ["Garrison refuses terms"] * 2, "not well formed"),
        (rss("<item><title>a&#xD800;b&#0;c\x00d</title></item>"), ["a\ufffdb\ufffdc\ufffdd"], ""),
        (rss("<item><title>&j;</title></item>", BOMB), ["&j;"], "not well formed"),
        (rss("<item><guid>7</guid></item>"), [], "neither title nor text"),
        (rss(""), [], "has no entries"),
        ("<rss>", [], "has no entries"),
        (rss("<item>" * 3000), [], "neither title nor text"),
    ],
)
def test_a_broken_feed_gives_what_it_can(
    take_file: Callable[..., Any], data: str, titles: list[str], said: str
) -> None:
    taken = take_file("feed.xml", data)
    assert [document.declared.title for document in taken.documents] == titles
    assert said in " ".join(taken.messages)
    assert bool(said) == bool(taken.problems)


def test_no_feed_makes_us_open_a_file(take_file: Callable[..., Any]) -> None:
    external = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    taken = take_file("feed.xml", rss("<item><title>Read: &x;</title></item>", external))
    assert "root:" not in str(taken.items)


def test_scripts_are_left_out(take_file: Callable[..., Any]) -> None:
    hostile = "<p onclick='steal()'>The redoubt&lt;script>steal()&lt;/script> fell.</p>".replace("<", "&lt;")
    (text,) = take_file("feed.xml", rss(f"<item><description>{hostile}</description></item>")).texts
    assert "steal" not in text
    assert "The redoubt" in text


@pytest.mark.parametrize("tag", ["b", "div"])
def test_ten_thousand_nested_tags_are_survived(take_file: Callable[..., Any], tag: str) -> None:
    deep = f"&lt;{tag}&gt;" * 10_000 + "The redoubt fell."
    (text,) = take_file("feed.xml", rss(f"<item><description>{deep}</description></item>")).texts
    assert "The redoubt fell." in text


def test_an_entry_too_long_is_one_problem(take_file: Callable[..., Any]) -> None:
    options = IntakeOptions(limits=replace(Limits(), text=100))
    long = f"<item><description>{'x' * 200}</description></item>"
    taken = take_file("feed.xml", rss(long + ITEM), options)
    assert taken.names == ["https://courier.example/7"]
    assert taken.messages == ["Entry 1 of the feed has 200 characters, too many for one report."]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(["<item>", "</item>", "<title>", "</title>", "&", "&lt;", "<![CDATA[", "]]>", "<!--", "\x00",
       "<content>", "<a href='", ">", "<!DOCTYPE", "<?", "é", "text", "&#55555;", "<entry xmlns='x'>"]), max_size=25))  # fmt: skip
def test_any_mess_of_tags_is_read_or_reported(pieces: list[str]) -> None:
    origin = Origin("f.xml", "f.xml", "file", "1854-10-25T10:00:00+00:00", "bywhom test")
    items = list(read_feed(rss("".join(pieces)).encode(), origin, Limits()))
    assert items
    assert all(isinstance(item, RawDocument | Problem) for item in items)
