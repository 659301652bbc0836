from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

CHAT: dict[str, Any] = {
    "name": "Camp News",
    "type": "public_channel",
    "id": 1854,
    "messages": [
        {"id": 1, "type": "service", "date": "2014-10-25T10:00:00", "action": "create_channel", "text": ""},
        {"id": 2, "type": "message", "date": "2014-10-25T13:00:00", "date_unixtime": "1414231200", "from": "Camp News",
         "text": ["The ", {"type": "bold", "text": "57th"}, " refused, ", {"type": "mention", "text": "@courier"}, " says."]},
        {"id": 3, "type": "message", "date": "2014-10-25T14:00:00", "from": "Camp News", "photo": "p.jpg", "text": ""},
        {"id": 4, "type": "message", "date": "2014-10-25T15:00:00", "from": "Camp News", "photo": "p.jpg",
         "forwarded_from": "The Courier", "text": "The colonel, under arrest."},
    ],
}  # fmt: skip


def test_messages_of_one_chat(take_file: Callable[..., Any]) -> None:
    taken = take_file("result.json", json.dumps(CHAT, indent=1))
    assert taken.names == ["result#2", "result#4"]
    assert taken.texts == [
        "The 57th refused, @courier says.",
        "Forwarded from: The Courier\n\nThe colonel, under arrest.",
    ]
    assert taken.problems == []
    first, forwarded = taken.documents
    assert first.declared.publisher == forwarded.declared.publisher == "Camp News"
    assert (first.declared.author, forwarded.declared.author) == (None, "The Courier")
    assert first.declared.published == "2014-10-25T10:00:00+00:00"  # UTC
    assert forwarded.declared.published == "2014-10-25T15:00:00"
    assert first.collection.method == "telegram"
    assert first.collection.location.endswith("result.json#message=2")
    assert json.loads(first.data) == CHAT["messages"][1]


def test_messages_of_a_whole_account(take_file: Callable[..., Any]) -> None:
    group = {
        "name": "Wives",
        "type": "private_group",
        "id": 55,
        "messages": [
            {"id": 2, "type": "message", "date": "2014-10-26T10:00:00", "from": "Anna", "text": "He is home."}
        ],
    }
    export = {"about": "…", "contacts": {"list": [{"first_name": "A"}]}, "chats": {"about": "…", "list": [CHAT, group]}}
    taken = take_file("result.json", json.dumps(export))
    assert taken.names == ["result#1854/2", "result#1854/4", "result#55/2"]
    assert taken.documents[2].declared.author == "Anna"
    assert taken.documents[2].collection.location.endswith("#chat=55&message=2")
    assert taken.problems == []


def test_a_chat_of_pictures_says_that_there_is_nothing_to_read(take_file: Callable[..., Any]) -> None:
    taken = take_file("result.json", json.dumps({**CHAT, "messages": [CHAT["messages"][2]]}))
    assert taken.messages == ["The file holds no article and no message with text."]


def test_messages_of_hostile_shape_do_no_harm(take_file: Callable[..., Any]) -> None:
    messages = [
        7,
        {
            "id": None,
            "type": "message",
            "date": "x",
            "date_unixtime": "soon",
            "text": [None, 3, {"text": None}, "Held \ud800."],
        },
        {"id": 9, "type": "message", "text": {"text": "no list"}},
    ]
    taken = take_file("result.json", json.dumps({**CHAT, "messages": messages}))
    assert taken.texts == ["Held \ufffd."]
    assert taken.documents[0].declared.published == "x"
    assert taken.messages == ["The message is not a JSON object."]
