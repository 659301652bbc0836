"""The endpoint that the user names, and the bounds within which it is asked."""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from bywhom.errors import UsageError

_PATH = "/chat/completions"
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address that takes chat completions, and the model to name there.

    Of the key only the variable's name is held: the key itself is read when a process begins to ask, and kept nowhere.
    """

    url: str
    model: str
    key_env: str | None = None

    def __post_init__(self) -> None:
        parts = _parts(self.url)
        if parts.username or parts.password:
            raise UsageError(
                "--endpoint carries a user name or a password; leave it out, and name the variable that holds the key "
                "with --key-env"
            )
        if not 0 < len(self.model) <= _LONGEST_NAME or not self.model.isprintable() or self.model != self.model.strip():
            raise UsageError(f"--model {self.model[:80]!r} is no name of a model; give the one that the server knows")

    @property
    def parts(self) -> SplitResult:
        """The address of chat completions, where only the base that others hang on is given: …/v1."""
        parts = _parts(self.url)
        path = parts.path.rstrip("/")
        return parts._replace(path=path if path.endswith(_PATH) else path + _PATH, fragment="")

    @property
    def shown(self) -> str:
        """The address as messages show it: without its query, which may hold a key."""
        parts = self.parts
        return f"{parts.scheme}://{parts.netloc}{parts.path}"

    @property
    def reader(self) -> str:
        """What rows call the reader."""
        return f"llm {self.model}"

    def key(self) -> str | None:
        """The key, from the variable that the user named.

        Raises: UsageError where the variable is not set or holds what no header can carry; it never shows the value.
        """
        if self.key_env is None:
            return None
        key = os.environ.get(self.key_env, "").strip()
        if not key:
            raise UsageError(
                f"--key-env {self.key_env[:80]}: there is no such variable, or it is empty; set it to the key"
            )
        if not key.isascii() or not key.isprintable():
            raise UsageError(
                f"--key-env {self.key_env}: what it holds is no key; it has signs that no header can carry"
            )
        return key


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port)
    except ValueError:
        fine = False
    if not fine or not (url.isascii() and url.isprintable()) or " " in url:
        raise UsageError(
            f"--endpoint {url[:80].partition('?')[0]!r} is no address; write for example http://localhost:8080/v1"
        )
    return parts


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is asked, how long, and how often; sizes in code points where nothing else is said."""

    seconds: float | None = 540.0  # for one report, all waiting included
    request: float = 300.0  # seconds for one request, and never more than half of what is left for the report
    tries: int = 4
    wait: float = 1.0  # seconds before the second try; doubled before each further one
    longest_wait: float = 60.0  # a server that asks for more patience is given up on
    answer: int = 4 << 20  # bytes
    piece: int = 8000  # of a report in one request: some 1,300 words
    before: int = 1500  # of what stands before a piece, shown again so that "he" can be led back
    pieces: int = 40  # more would be a book, and a bill
    claims: int = 300  # in one answer
    tokens: int = 8192  # that an answer may have
    patience: int = 3  # reports failed in a row, after which each is tried once only

    @property
    def sizes(self) -> tuple[int, ...]:
        """What decides on the answers, and not only on whether there are any."""
        return self.piece, self.before, self.claims, self.tokens
