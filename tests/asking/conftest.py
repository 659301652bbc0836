"""A small server that answers like a language model, and misbehaves as it is told to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from bywhom.asking import Asker, Asking, Endpoint, Limits
from bywhom.records import Block, BlockKind, Document, Span

QUICK = Limits(seconds=20.0, request=5.0, wait=0.0)


@dataclass(frozen=True)
class Reply:
    """What goes over the wire."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: bool = False  # a byte now and then


def chat(content: object, finish: str = "stop") -> Reply:
    """A chat completion; content that is no string goes as JSON."""
    words = content if isinstance(content, str) else json.dumps(content)
    choice = {"index": 0, "message": {"role": "assistant", "content": words}, "finish_reason": finish}
    return Reply(json.dumps({"id": "1", "object": "chat.completion", "choices": [choice]}).encode())


Said = Reply | dict[str, Any] | str


class Handler(BaseHTTPRequestHandler):
    """Answers whatever the model has been told to answer."""

    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.model.seen.append((self.path, dict(self.headers), body))
        reply = self.server.model.reply(body)
        time.sleep(reply.delay)
        self.send_response(reply.status)
        for name, value in ({"Content-Length": str(len(reply.body))} | dict(reply.headers)).items():
            self.send_header(name, value)
        self.end_headers()
        for piece in (reply.body[i : i + 1] for i in range(len(reply.body))) if reply.drip else [reply.body]:
            self.wfile.write(piece)
            time.sleep(0.05 if reply.drip else 0)

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Holds the model."""

    model: Model

    def handle_error(self, *_: object) -> None:
        """Callers hang up on us: that is what is tested."""


class Model:
    """What the server answers: one thing after the other, the last for good; or whatever a function makes of the request."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.seen: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.replies: list[Said | Callable[[dict[str, Any]], Said]] = []

    def says(self, *replies: Said | Callable[[dict[str, Any]], Said]) -> None:
        self.seen.clear()
        self.replies = list(replies)

    def reply(self, body: dict[str, Any]) -> Reply:
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        said = reply(body) if callable(reply) else reply
        return said if isinstance(said, Reply) else chat(said)

    def shown(self, at: int = -1) -> str:
        """What the user's part of a request said."""
        words: str = self.seen[at][2]["messages"][-1]["content"]
        return words


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def model(server: Server) -> Model:
    server.model = Model(f"http://127.0.0.1:{server.server_port}/v1")
    return server.model


@pytest.fixture
def asker(model: Model, tmp_path: Path) -> Callable[..., Asker]:
    """An asker of the server, in a hurry; what is named changes its limits."""

    def make(
        *, key_env: str | None = None, name: str = "tiny", waits: list[float] | None = None, **limits: Any
    ) -> Asker:
        bounds = Limits(**{**{each: getattr(QUICK, each) for each in QUICK.__slots__}, **limits})
        asking = Asking(Endpoint(model.url, name, key_env), tmp_path / "answers", "bywhom test", "0", bounds)
        return Asker(asking, sleep=(waits if waits is not None else []).append)

    return make


@pytest.fixture
def page() -> Callable[..., Document]:
    """A document of a text, a paragraph for each stretch between empty lines; those named are furniture."""

    def make(text: str, furniture: str = "") -> Document:
        blocks, at = [], 0
        for part in text.split("\n\n"):
            kind = BlockKind.FURNITURE if furniture and part == furniture else BlockKind.BODY
            if part.strip():
                blocks.append(Block(Span(at, at + len(part)), kind))
            at += len(part) + 2
        return Document("0" * 64, "page", text, "", "text", "", tuple(blocks), "en")

    return make
