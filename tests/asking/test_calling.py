"""A server that misbehaves in every way: what is tried again, what is given up, and how long that takes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from email.utils import formatdate
from typing import Any

import pytest

from bywhom.asking import Endpoint, Limits
from bywhom.asking.answers import Answer
from bywhom.asking.calling import SEED, Caller, Failed
from bywhom.asking.parsing import parse
from bywhom.errors import UsageError

QUICK = Limits(seconds=20.0, request=5.0, wait=0.0)
MESSAGES = [{"role": "user", "content": "who says so? \ud800"}]
GOOD: dict[str, list[object]] = {"claims": []}
HUSH = "hush-hush-123"


@pytest.fixture
def ask(model: Any) -> Callable[..., Answer]:
    """Ask the server; what is named changes the limits."""

    def call(
        *, key: str | None = None, waits: list[float] | None = None, seconds: float = 20.0, **limits: Any
    ) -> Answer:
        sleep = (waits if waits is not None else []).append
        bounds = replace(QUICK, **limits)
        caller = Caller(Endpoint(model.url, "tiny", "LLM_KEY"), bounds, agent="bywhom test", key=key, sleep=sleep)
        end = time.monotonic() + seconds
        return caller.ask(
            MESSAGES, {"type": "object"}, lambda a: parse(a.content) is not None, end=end, tries=bounds.tries
        )

    return call


def reply_of(model: Any, **fields: Any) -> Any:
    """A reply with the fields named; a good one where none is."""
    model.says(GOOD)
    return replace(model.reply({}), **fields)


def test_the_request_names_model_schema_and_seed_and_holds_the_key(model: Any, ask: Callable[..., Answer]) -> None:
    model.says(GOOD)
    assert json.loads(ask(key=HUSH).content) == GOOD
    ((path, headers, body),) = model.seen
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == f"Bearer {HUSH}"
    assert (body["model"], body["messages"], body["stream"]) == ("tiny", MESSAGES, False)
    assert (body["temperature"], body["seed"]) == (0, SEED)
    assert body["response_format"]["json_schema"] == {"name": "claims", "strict": True, "schema": {"type": "object"}}


def test_without_a_key_none_is_sent(model: Any, ask: Callable[..., Answer]) -> None:
    model.says(GOOD)
    ask()
    assert "Authorization" not in model.seen[0][1]


# What passes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503])
def test_what_may_pass_is_tried_again(model: Any, ask: Callable[..., Answer], status: int) -> None:
    bad = reply_of(model, status=status, body=b"busy")
    model.says(bad, bad, GOOD)
    waits: list[float] = []
    assert json.loads(ask(waits=waits, wait=0.5).content) == GOOD
    assert waits == [0.5, 1.0]


@pytest.mark.parametrize(
    "bad",
    [
        "",
        " \n",
        "Sorry, here is nothing.",
        '{"claims": 7}',
        {"name": "other"},
        "half a pair \ud800",
    ],
)
def test_an_answer_that_is_none_is_asked_for_again(model: Any, ask: Callable[..., Answer], bad: Any) -> None:
    model.says(bad, GOOD)
    assert json.loads(ask().content) == GOOD
    assert len(model.seen) == 2


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>busy</html>",
        b"[]",
        b"null",
        b'{"choices": []}',
        b'{"choices": [{"message": null}]}',
        b'{"choices": [7]}',
        b"[" * 99_999,
        b'{"choices": [{"message": {"content": 7}}]}',
    ],
)
def test_a_body_that_is_no_completion_is_asked_for_again(model: Any, ask: Callable[..., Answer], body: bytes) -> None:
    model.says(reply_of(model, body=body), GOOD)
    assert json.loads(ask().content) == GOOD


def test_an_answer_that_breaks_off_on_the_way_is_asked_for_again(model: Any, ask: Callable[..., Answer]) -> None:
    model.says(reply_of(model, headers={"Content-Length": "5000"}), GOOD)
    assert json.loads(ask().content) == GOOD


def test_a_content_in_parts_is_put_together(model: Any, ask: Callable[..., Answer]) -> None:
    parts = [{"type": "text", "text": '{"claims"'}, {"type": "text", "text": ": []}"}, 7]
    body = {"choices": [{"message": {"content": parts}, "finish_reason": None}]}
    model.says(reply_of(model, body=json.dumps(body).encode()))
    assert ask() == Answer('{"claims": []}')


@pytest.mark.parametrize(
    ("after", "waited"), [("7", [7.0]), ("0.5", [1.0]), ("soon", [1.0]), ("-3", [1.0]), ("nan", [1.0])]
)
def test_a_server_is_left_alone_as_long_as_it_asks(
    model: Any, ask: Callable[..., Answer], after: str, waited: list[float]
) -> None:
    model.says(reply_of(model, status=429, headers={"Retry-After": after}), GOOD)
    waits: list[float] = []
    ask(waits=waits, wait=1.0)
    assert waits == waited


def test_retry_after_may_be_a_date(model: Any, ask: Callable[..., Answer]) -> None:
    model.says(reply_of(model, status=503, headers={"Retry-After": formatdate(time.time() + 11, usegmt=True)}), GOOD)
    waits: list[float] = []
    ask(waits=waits)
    assert 5 < waits[0] <= 11


@pytest.mark.parametrize("after", ["3600", "inf", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_server_that_asks_for_too_much_patience_is_given_up_on(
    model: Any, ask: Callable[..., Answer], after: str
) -> None:
    model.says(reply_of(model, status=429, headers={"Retry-After": after}))
    with pytest.raises(Failed, match="status 429"):
        ask()
    assert len(model.seen) == 1


# What does not pass ---------------------------------------------------------------------------------------------------


def test_after_the_last_try_it_is_over(model: Any, ask: Callable[..., Answer]) -> None:
    model.says(reply_of(model, status=500, body=b'{"error": {"message": "out of\\nmemory"}}'))
    with pytest.raises(Failed, match=r"status 500 \(out of memory\)"):
        ask()
    assert len(model.seen) == QUICK.tries


@pytest.mark.parametrize("status", [402, 403, 413, 418])
def test_what_will_not_pass_is_asked_once(model: Any, ask: Callable[..., Answer], status: int) -> None:
    model.says(reply_of(model, status=status, body=b"no"))
    with pytest.raises(Failed, match=f"status {status}"):
        ask()
    assert len(model.seen) == 1


@pytest.mark.parametrize(
    ("status", "key", "message"),
    [
        (401, HUSH, "does not take the key in LLM_KEY"),
        (401, None, "wants a key; see --key-env"),
        (404, None, "whether it has the model 'tiny'"),
        (405, None, "check --endpoint"),
        (307, None, "passes on to 'http://elsewhere.example/v1'"),
    ],
)
def test_a_fault_of_the_call_ends_the_run(
    model: Any, ask: Callable[..., Answer], status: int, key: str | None, message: str
) -> None:
    headers = {"Location": f"http://elsewhere.example/v1?key={HUSH}"}
    model.says(reply_of(model, status=status, body=HUSH.encode(), headers=headers))
    with pytest.raises(UsageError, match=message) as caught:
        ask(key=key)
    assert HUSH not in str(caught.value)
    assert len(model.seen) == 1


def test_a_gigantic_answer_is_not_read_to_its_end(model: Any, ask: Callable[..., Answer]) -> None:
    model.says(reply_of(model, body=b" " * 300_000))
    with pytest.raises(Failed, match="larger than 64 KiB"):
        ask(answer=64 << 10)
    assert len(model.seen) == 1


def test_a_refusal_is_final(model: Any, ask: Callable[..., Answer]) -> None:
    body = {"choices": [{"message": {"content": None, "refusal": "I must not."}}]}
    model.says(reply_of(model, body=json.dumps(body).encode()))
    with pytest.raises(Failed, match="the model refused"):
        ask()
    assert len(model.seen) == 1


def test_an_answer_without_claims_that_ran_into_its_bound_will_not_become_better(
    model: Any, ask: Callable[..., Answer]
) -> None:
    body = {"choices": [{"message": {"content": '{"claims": [{"te'}, "finish_reason": "length"}]}
    model.says(reply_of(model, body=json.dumps(body).encode()))
    with pytest.raises(Failed, match="no list of claims"):
        ask()
    assert len(model.seen) == 1


def test_a_server_that_repeats_the_key_is_not_quoted_with_it(model: Any, ask: Callable[..., Answer]) -> None:
    model.says(reply_of(model, status=403, body=f"the key {HUSH} is blocked".encode()))
    with pytest.raises(Failed) as caught:
        ask(key=HUSH)
    assert str(caught.value) == "it answered with status 403 (the key … is blocked)"


# Time -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fields", [{"delay": 0.6}, {"drip": True}])
def test_a_server_that_is_silent_or_drips_is_cut_off(
    model: Any, ask: Callable[..., Answer], fields: dict[str, Any]
) -> None:
    model.says(reply_of(model, **fields))
    with pytest.raises(Failed, match="it took too long"):
        ask(request=0.2, tries=1)


def test_no_request_takes_more_than_half_of_what_is_left(model: Any, ask: Callable[..., Answer]) -> None:
    model.says(reply_of(model, delay=1.0), GOOD)
    assert json.loads(ask(seconds=1.6).content) == GOOD
    assert len(model.seen) == 2


def test_no_time_is_waited_that_is_not_there(model: Any, ask: Callable[..., Answer]) -> None:
    model.says(reply_of(model, status=429, headers={"Retry-After": "30"}))
    waits: list[float] = []
    with pytest.raises(Failed, match="status 429"):
        ask(waits=waits)
    assert waits == []


def test_where_nobody_listens_it_is_said_so() -> None:
    caller = Caller(Endpoint("http://127.0.0.1:1/v1", "tiny"), QUICK, agent="bywhom test", sleep=lambda _: None)
    with pytest.raises(Failed, match=r"the connection failed \(Connection refused\)"):
        caller.ask(MESSAGES, {}, lambda _: True, end=time.monotonic() + 5, tries=2)


# Servers that take less -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("refused", ["response_format", "temperature", "seed", "json_schema", "max_tokens"])
@pytest.mark.parametrize("status", [400, 422])
def test_a_server_that_takes_less_is_asked_for_less(
    model: Any, ask: Callable[..., Answer], refused: str, status: int
) -> None:
    bad, good = reply_of(model, status=status, body=b"unknown field"), reply_of(model)
    model.says(lambda body: bad if refused in json.dumps(body) else good)
    assert json.loads(ask().content) == GOOD
    assert refused not in json.dumps(model.seen[-1][2])


def test_the_form_that_was_taken_is_kept_to(model: Any) -> None:
    bad, good = reply_of(model, status=400, body=b"no schemas here"), reply_of(model)
    model.says(lambda body: bad if "json_schema" in json.dumps(body) else good)
    caller = Caller(Endpoint(model.url, "tiny"), QUICK, agent="bywhom test", sleep=lambda _: None)
    for _ in range(3):
        caller.ask(MESSAGES, {}, lambda _: True, end=time.monotonic() + 5, tries=1)
    assert len(model.seen) == 5  # two refused forms, and three times the one that was taken
    model.says(bad)
    with pytest.raises(Failed, match=r"does not take the request \(no schemas here\)"):
        caller.ask(MESSAGES, {}, lambda _: True, end=time.monotonic() + 5, tries=4)
    assert len(model.seen) == 1  # a fault of this text, not of the form


def test_a_server_that_takes_nothing_is_given_up_on(model: Any, ask: Callable[..., Answer]) -> None:
    model.says(reply_of(model, status=400, body=b"never"))
    with pytest.raises(Failed, match=r"does not take the request \(never\)"):
        ask()
