from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from bywhom.intake.jsontext import canonical

ARTICLE = {
    "title": "Garrison refuses terms",
    "maintext": "The governor said so.",
    "source": {"id": None, "name": "Courier"},
}


def test_a_list_of_articles(take_file: Callable[..., Any]) -> None:
    taken = take_file("dump.json", json.dumps([ARTICLE, {"title": "No words"}, 5]))
    (document,) = taken.documents
    assert document.name == "dump#1"
    assert document.data == canonical(ARTICLE)  # type: ignore[arg-type]
    assert document.content == "Garrison refuses terms\n\nThe governor said so."
    assert document.declared.publisher == "Courier"
    assert document.collection.location.endswith("dump.json#item=1")
    assert [problem.where.rpartition("#")[2] for problem in taken.problems] == ["item=2", "item=3"]


def test_the_same_article_has_the_same_bytes_however_it_is_written(take_file: Callable[..., Any]) -> None:
    turned = dict(reversed(ARTICLE.items()))
    one = take_file("a.json", json.dumps([ARTICLE], indent=4)).documents
    two = take_file("b.json", json.dumps([turned], ensure_ascii=False)).documents
    assert one[0].data == two[0].data


def test_the_answer_of_a_news_service(take_file: Callable[..., Any]) -> None:
    answer = {"status": "ok", "totalResults": 1, "articles": [{"title": "Fallen", "content": "The redoubt fell."}]}
    assert take_file("answer.json", json.dumps(answer)).texts == ["Fallen\n\nThe redoubt fell."]


def test_one_article_in_a_file(take_file: Callable[..., Any]) -> None:
    for indent in (None, 2):
        assert take_file("a.json", json.dumps(ARTICLE, indent=indent)).names == ["a#1"]


def test_a_page_of_a_weblog_service(take_file: Callable[..., Any]) -> None:
    page = [
        {"link": "https://w.example/1", "title": {"rendered": "Fallen"}, "content": {"rendered": "<p>It fell.</p>"}}
    ]
    (document,) = take_file("posts.json", json.dumps(page)).documents
    assert (document.name, document.form) == ("https://w.example/1", "html")


def test_a_file_without_articles_says_so(take_file: Callable[..., Any]) -> None:
    assert take_file("settings.json", '{"width": 3}').messages == ["The row has no text: its keys are width."]
    assert take_file("empty.json", "[]").messages == ["The file holds no article and no message with text."]
    assert take_file("none.json", "{}").messages == ["The file holds no article and no message with text."]


def test_a_cut_file_keeps_what_came_before(take_file: Callable[..., Any]) -> None:
    taken = take_file("cut.json", json.dumps([ARTICLE] * 3)[:-20])
    assert len(taken.documents) == 2
    (message,) = taken.messages
    assert message.endswith("or breaks off in the middle; 2 items came before that.")
