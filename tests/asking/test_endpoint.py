"""The endpoint as the user names it: what is taken, what is refused, and that the key is never shown."""

from __future__ import annotations

import pickle

import pytest

from bywhom.asking import Endpoint
from bywhom.errors import UsageError

HUSH = "hush-hush-123"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://localhost:8080/v1", "http://localhost:8080/v1/chat/completions"),
        ("http://localhost:8080/v1/", "http://localhost:8080/v1/chat/completions"),
        ("https://llm.example/api/chat/completions", "https://llm.example/api/chat/completions"),
        ("http://[::1]:8080", "http://[::1]:8080/chat/completions"),
        (f"https://llm.example/v1?api-key={HUSH}", "https://llm.example/v1/chat/completions"),
    ],
)
def test_the_base_or_the_whole_address_may_be_named(url: str, shown: str) -> None:
    endpoint = Endpoint(url, "tiny")
    assert endpoint.shown == shown
    assert endpoint.parts.query == url.partition("?")[2]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:8080",
        "ftp://host/v1",
        "http://",
        "http://host:0/v1",
        "http://h ost/v1",
        "http://h\nost",
        "http://[::1",
    ],
)
def test_what_is_no_address_is_refused_in_one_line(url: str) -> None:
    with pytest.raises(UsageError, match="is no address") as caught:
        Endpoint(url, "tiny")
    assert "\n" not in str(caught.value)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError, match="--key-env") as caught:
        Endpoint(f"https://me:{HUSH}@llm.example/v1", "tiny")
    assert HUSH not in str(caught.value)


@pytest.mark.parametrize("model", ["", " tiny", "ti\nny", "x" * 201])
def test_a_model_has_a_name(model: str) -> None:
    with pytest.raises(UsageError, match="--model"):
        Endpoint("http://localhost/v1", model)


@pytest.mark.parametrize(
    ("value", "message"),
    [(None, "no such variable"), ("  ", "empty"), (f"{HUSH}\nX: y", "no header"), (f"{HUSH}é", "no header")],
)
def test_a_key_that_cannot_be_sent_is_refused_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, value: str | None, message: str
) -> None:
    if value is None:
        monkeypatch.delenv("LLM_KEY", raising=False)
    else:
        monkeypatch.setenv("LLM_KEY", value)
    with pytest.raises(UsageError, match=message) as caught:
        Endpoint("http://localhost/v1", "tiny", "LLM_KEY").key()
    assert HUSH not in str(caught.value)


def test_the_key_is_held_by_the_environment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_KEY", f" {HUSH}\n")
    endpoint = Endpoint("http://localhost/v1", "tiny", "LLM_KEY")
    assert endpoint.key() == HUSH
    assert HUSH not in repr(endpoint)
    assert HUSH.encode() not in pickle.dumps(endpoint)
    assert Endpoint("http://localhost/v1", "tiny").key() is None
