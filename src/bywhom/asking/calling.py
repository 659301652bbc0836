"""One question over the wire: bounded in time and size, tried again where that may help, and never redirected.

http.client rather than urllib.request: no redirect may carry the key to another host, no proxy of the environment may
come in between, and the connection can be cut off when its time is up.
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from bywhom.asking.answers import Answer
from bywhom.asking.endpoint import Endpoint, Limits
from bywhom.errors import UsageError

SEED = 7
_STEP = 64 * 1024
_SHOWN = 200  # code points of a server's own words in a message
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_PLAINER = frozenset({400, 415, 422, 501})  # the server does not take a request of this form

Messages = Sequence[Mapping[str, str]]


class Failed(Exception):
    """No answer: why in words, whether it may pass, and for how long the server asks to be left alone."""

    def __init__(self, message: str, *, passing: bool = False, after: float = 0.0) -> None:
        super().__init__(message)
        self.message, self.passing, self.after = message, passing, after


class _TooPlain(Exception):
    """The server does not take a request of this form; holds its words."""


@dataclass(frozen=True, slots=True)
class _Response:
    status: int
    after: str  # Retry-After
    location: str
    body: bytes


class Caller:
    """Asks one endpoint, in the fullest form of request that it takes."""

    def __init__(
        self,
        endpoint: Endpoint,
        limits: Limits,
        *,
        agent: str,
        key: str | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.endpoint, self.limits = endpoint, limits
        self._agent, self._key, self._sleep = agent, key, sleep
        self._form: int | None = None  # which form of request the server has taken

    def ask(
        self,
        messages: Messages,
        schema: Mapping[str, object],
        usable: Callable[[Answer], bool],
        *,
        end: float,
        tries: int,
    ) -> Answer:
        """The answer to messages, one that is usable; `end` is when all must be over, as time.monotonic() counts.

        Raises: Failed where there is none to be had, UsageError where the call itself is at fault (address, key, model).
        """
        wait = self.limits.wait
        for left in reversed(range(max(1, tries))):
            try:
                return _if(usable, self._once(messages, schema, end))
            except Failed as failed:
                pause = max(wait, failed.after)
                if not (failed.passing and left) or pause > self.limits.longest_wait or _left(end) <= pause:
                    raise
            self._sleep(pause)
            wait *= 2
        raise AssertionError("the last try returns or raises")

    def _once(self, messages: Messages, schema: Mapping[str, object], end: float) -> Answer:
        """One answer, in the form that the server takes; each plainer one is tried until one is taken."""
        forms = _forms(schema, self.limits.tokens)
        words = ""
        for number, form in enumerate(forms):
            if self._form in (None, number):
                try:
                    answer = self._post(
                        {"model": self.endpoint.model, "messages": messages, "stream": False, **form}, end
                    )
                except _TooPlain as refused:
                    words = str(refused)
                    continue
                self._form = number
                return answer
        raise Failed(f"it does not take the request{words}")

    def _post(self, body: Mapping[str, object], end: float) -> Answer:
        try:
            response = self._sent(json.dumps(body).encode(), end)
        except (OSError, http.client.HTTPException, ValueError) as error:
            late = isinstance(error, TimeoutError) or _left(end) <= 0
            raise Failed("it took too long" if late else _words(error), passing=True) from error
        return self._judged(response)

    def _sent(self, data: bytes, end: float) -> _Response:
        parts, seconds = self.endpoint.parts, min(self.limits.request, _left(end) / 2)
        if seconds <= 0:
            raise TimeoutError
        connection = _connection(parts.scheme, parts.hostname or "", parts.port, seconds)
        connection.connect()
        with _cut_off(connection, seconds) as late:
            try:
                connection.request(
                    "POST", parts.path + (f"?{parts.query}" if parts.query else ""), data, self._headers()
                )
                answer = connection.getresponse()
                after, location = answer.headers.get("Retry-After", ""), answer.headers.get("Location", "")
                return _Response(answer.status, after, location, self._read(answer))
            except (OSError, http.client.HTTPException, ValueError) as error:
                if late.is_set():
                    raise TimeoutError from error
                raise

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": self._agent}
        return headers | ({"Authorization": f"Bearer {self._key}"} if self._key else {})

    def _read(self, answer: http.client.HTTPResponse) -> bytes:
        body = bytearray()
        while piece := answer.read1(_STEP):
            body += piece
            if len(body) > self.limits.answer:
                raise Failed(f"its answer is larger than {self.limits.answer >> 10:,} KiB")
        if answer.length:
            raise OSError(f"its answer broke off, {answer.length} bytes before its end")
        return bytes(body)

    def _judged(self, response: _Response) -> Answer:
        """The answer that a response holds.

        Raises: UsageError, _TooPlain, Failed.
        """
        status, said = response.status, self._said(response.body)
        if status == 200:
            return _answer(response.body)
        if status in _PLAINER:
            raise _TooPlain(said)
        if status in (401, 404, 405) or status in _REDIRECTS:
            raise UsageError(f"{self.endpoint.shown} answered with status {status}: {self._remedy(response)}")
        raise Failed(
            f"it answered with status {status}{said}", passing=status in _PASSING, after=_seconds(response.after)
        )

    def _remedy(self, response: _Response) -> str:
        if response.status == 401:
            return (
                f"it does not take the key in {self.endpoint.key_env}" if self._key else "it wants a key; see --key-env"
            )
        if response.status in _REDIRECTS:
            return (
                f"it passes on to {response.location.partition('?')[0][:_SHOWN]!r}; name that address with --endpoint"
            )
        return f"check --endpoint, and whether it has the model {self.endpoint.model!r}"

    def _said(self, body: bytes) -> str:
        """The server's own words in brackets, short and without our key, should it repeat it."""
        text = body[: 20 * _SHOWN].decode("utf-8", "replace")
        with suppress(ValueError, RecursionError, TypeError, KeyError):
            text = str(json.loads(body)["error"]["message"])
        text = text.replace(self._key, "…") if self._key else text
        text = "".join(sign if sign.isprintable() else " " for sign in text)
        return f" ({' '.join(text.split())[:_SHOWN]})" if text.strip() else ""


def _if(usable: Callable[[Answer], bool], answer: Answer) -> Answer:
    if not usable(answer):
        raise Failed("its answer holds no list of claims", passing=not answer.cut_off)
    return answer


def _forms(schema: Mapping[str, object], tokens: int) -> tuple[dict[str, object], ...]:
    """What a request asks for beside the words, from the fullest form to the plainest that some server takes."""
    strict = {"type": "json_schema", "json_schema": {"name": "claims", "strict": True, "schema": schema}}
    still: dict[str, object] = {"temperature": 0, "max_tokens": tokens}
    return (
        {**still, "seed": SEED, "response_format": strict},
        {
            "seed": SEED,
            "max_completion_tokens": tokens,
            "response_format": strict,
        },  # models that set their own temperature
        {**still, "response_format": {"type": "json_object"}},
        still,
        {},
    )


def _answer(body: bytes) -> Answer:
    """The words of the first choice. A refusal is an answer that will not change."""
    try:
        choice = json.loads(body)["choices"][0]
        content, finish = choice["message"].get("content"), choice.get("finish_reason")
        refusal = choice["message"].get("refusal")
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
        raise Failed("its answer is no chat completion", passing=True) from error
    if isinstance(content, list):  # in parts, as some servers send it
        content = "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    if not isinstance(content, str) or not content.strip():
        if isinstance(refusal, str) and refusal:
            raise Failed("the model refused")
        raise Failed("its answer is empty", passing=True)
    sound = content.encode("utf-8", "replace").decode()  # half a surrogate pair cannot be kept
    return Answer(sound, finish if isinstance(finish, str) else "")


def _connection(scheme: str, host: str, port: int | None, seconds: float) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=seconds, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=seconds)


@contextmanager
def _cut_off(connection: http.client.HTTPConnection, seconds: float) -> Iterator[threading.Event]:
    """Close the connection at the end, or after so many seconds: a server that sends a byte now and then is never late."""
    late = threading.Event()
    timer = threading.Timer(seconds, _hang_up, [connection.sock, late])
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
        connection.close()


def _hang_up(line: socket.socket, late: threading.Event) -> None:
    late.set()
    with suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)  # of the bare socket: TLS must not wait for a last word


def _left(end: float) -> float:
    return end - time.monotonic()


def _seconds(after: str) -> float:
    """What Retry-After asks for: seconds, or a date."""
    with suppress(ValueError):
        return max(0.0, float(after)) if after.strip() else 0.0
    with suppress(ValueError, TypeError, OverflowError):
        return max(0.0, parsedate_to_datetime(after).timestamp() - time.time())
    return 0.0


def _words(error: Exception) -> str:
    words = (getattr(error, "strerror", None) or str(error) or type(error).__name__).strip()
    return f"the connection failed ({words[:_SHOWN]})"
