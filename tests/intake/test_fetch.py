from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bywhom.intake import Fetching, IntakeOptions
from bywhom.intake.fetch import may_be_fetched

PAGE = "<html><p>Гарнизон отверг предложение.</p></html>".encode("cp1251")
FEED = b"<rss><channel><title>Courier</title><item><title>Fallen</title><link>http://c.example/9</link></item></channel></rss>"
FAST = Fetching(timeout=0.5, deadline=1.0, size=100_000, redirects=3)
ALLOWED = IntakeOptions(fetching=replace(FAST, allow_private=True))


class Handler(BaseHTTPRequestHandler):
    """A server with a page of every kind."""

    def do_GET(self) -> None:
        self.server.seen.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]
        getattr(self, self.path.strip("/").partition("?")[0].replace("-", "_") or "page", self.missing)()

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def page(self) -> None:
        self.answer(PAGE, Content_Type="text/html; charset=windows-1251")

    def packed(self) -> None:
        self.answer(gzip.compress(PAGE), Content_Type="text/html", Content_Encoding="gzip")

    def words(self) -> None:
        self.answer(b"It fell, he said.", Content_Type="text/html")

    def feed(self) -> None:
        self.answer(FEED, Content_Type="application/rss+xml")

    def large(self) -> None:
        self.answer(b"x" * 200_000)

    def short(self) -> None:
        self.answer(b"x" * 10, Content_Length="500")

    def missing(self) -> None:
        self.answer(b"gone", 404)

    def moved(self) -> None:
        self.answer(b"", 302, Location="/page?from=moved")

    def circle(self) -> None:
        self.answer(b"", 301, Location="circle")

    def inside(self) -> None:
        self.answer(b"", 302, Location="http://inside.example/page")

    def elsewhere(self) -> None:
        self.answer(b"", 302, Location="file:///etc/passwd")

    def silent(self) -> None:
        time.sleep(0.8)

    def dripping(self) -> None:
        for byte in b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 40:
            self.wfile.write(bytes([byte]))
            time.sleep(0.1)

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    seen: list[tuple[str, dict[str, str]]]

    def handle_error(self, *_: object) -> None:
        """Callers hang up on us: that is what is tested."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as server:
        server.seen = []
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def base(server: Server) -> str:
    return f"http://127.0.0.1:{server.server_port}"


def test_a_page_is_a_report_with_its_charset(take: Callable[..., Any], base: str) -> None:
    (document,) = take(f"{base}/page", options=ALLOWED).items
    assert document.data == PAGE
    assert (document.name, document.form) == (f"{base}/page", "html")
    assert (document.declared.charset, document.declared.url) == ("windows-1251", f"{base}/page")
    assert (document.collection.method, document.collection.location) == ("url", f"{base}/page")


def test_what_was_packed_for_the_wire_is_unpacked(take: Callable[..., Any], base: str) -> None:
    assert take(f"{base}/packed", options=ALLOWED).texts == [PAGE]


def test_the_servers_word_tells_html_from_text(take: Callable[..., Any], base: str) -> None:
    assert take(f"{base}/words", options=ALLOWED).documents[0].form == "html"


def test_a_feed_is_taken_apart_and_kept(take: Callable[..., Any], base: str) -> None:
    taken = take(f"{base}/feed", options=ALLOWED)
    (container,), (document,) = taken.containers, taken.documents
    assert (container.data, container.sha256, container.path) == (FEED, sha256(FEED).hexdigest(), None)
    assert document.name == "http://c.example/9"
    assert document.collection.location == f"{base}/feed#entry=1"
    assert document.collection.container == container.sha256
    assert document.declared.media_type is None


def test_redirects_are_followed_to_where_the_page_is(take: Callable[..., Any], base: str) -> None:
    (document,) = take(f"{base}/moved", options=ALLOWED).items
    assert document.declared.url == f"{base}/page?from=moved"
    assert document.collection.location == f"{base}/moved"


def test_we_say_who_we_are_and_carry_no_cookies(take: Callable[..., Any], base: str, server: Server) -> None:
    server.seen.clear()
    take(f"{base}/пост?q=а б", options=replace(ALLOWED, tool="bywhom 0.1.0"))
    ((path, headers),) = server.seen
    assert path == "/%D0%BF%D0%BE%D1%81%D1%82?q=%D0%B0%20%D0%B1"
    assert headers["User-Agent"] == "bywhom 0.1.0"
    assert headers["Host"] == base.removeprefix("http://")
    assert "Cookie" not in headers


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("missing", "The server answered with status 404."),
        ("circle", "It was passed on more than 3 times."),
        ("large", "It is larger than 0 MiB."),
        ("short", "It cannot be fetched (the answer broke off, 490 bytes before its end)."),
        ("silent", "It took too long."),
        ("dripping", "It took too long."),
        ("elsewhere", "'file:///etc/passwd' is not an address that can be fetched; http and https can."),
    ],
)
def test_what_a_server_may_do_to_us(take: Callable[..., Any], base: str, path: str, message: str) -> None:
    (problem,) = take(f"{base}/{path}", options=ALLOWED).items
    assert problem.message == message
    assert problem.where == f"{base}/{path}"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://", "is not an address that can be fetched"),
        ("http://[::1", "is no address"),
        ("http://c.example:99999/", "is no address"),
        ("http://anna:secret@c.example/", "carries a user name or password"),
        ("http://c.exa mple/", "cannot be fetched"),
        ("http://" + "x" * 70 + ".example/", "cannot be fetched"),
        ("http://..example/", "cannot be fetched"),
    ],
)
def test_what_is_no_proper_address_is_a_problem(
    take: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, url: str, said: str
) -> None:
    def unknown(host: str, *_: object, **__: object) -> list[Any]:
        host.encode("idna")
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    (problem,) = take(url, options=IntakeOptions(fetching=FAST)).items
    assert said in problem.message


def test_a_server_that_does_not_speak_tls_is_a_problem(take: Callable[..., Any], base: str) -> None:
    (problem,) = take(base.replace("http:", "https:"), options=ALLOWED).items
    assert problem.message.startswith("It cannot be fetched (")


# Addresses that are nobody else's business


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104  an address to refuse
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("168.63.129.16", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00:ec2::254", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("2002:7f00:1::", False),
    ],
)
def test_only_public_addresses_are_fetched_from(address: str, public: bool) -> None:
    assert may_be_fetched(address) is public


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch, server: Server) -> dict[str, list[str]]:
    """A made-up world of names, in which every public address leads to our server."""
    known = {"courier.example": ["93.184.216.34"], "inside.example": ["127.0.0.1"]}

    def resolve(host: str, port: int, **_: object) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in known[host]]

    def lead(address: tuple[str, int], timeout: float) -> socket.socket:
        known.setdefault("connected", []).append(address[0])
        line = socket.socket()
        line.settimeout(timeout)
        line.connect(("127.0.0.1", server.server_port))
        return line

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", lead)
    return known


def test_the_connection_goes_to_the_address_that_was_checked(
    take: Callable[..., Any], names: dict[str, list[str]], server: Server
) -> None:
    server.seen.clear()
    assert take("http://courier.example/page", options=IntakeOptions(fetching=FAST)).texts == [PAGE]
    assert names["connected"] == ["93.184.216.34"]
    assert server.seen[0][1]["Host"] == "courier.example"


@pytest.mark.parametrize("url", ["http://inside.example/page", "http://courier.example/inside"])
def test_a_name_of_our_own_network_is_refused_at_once_and_after_a_redirect(
    take: Callable[..., Any], names: dict[str, list[str]], url: str
) -> None:
    (problem,) = take(url, options=IntakeOptions(fetching=FAST)).items
    assert problem.message == "inside.example (127.0.0.1) is an address of this machine or its network."
    assert problem.remedy.startswith("Save the page and add the file;")
    assert "127.0.0.1" not in names.get("connected", [])


def test_an_address_of_our_own_machine_is_named_once(take: Callable[..., Any]) -> None:
    (problem,) = take("http://127.0.0.1:9/page", options=IntakeOptions(fetching=FAST)).items
    assert problem.message == "127.0.0.1 is an address of this machine or its network."


def test_one_private_address_makes_a_name_suspect(take: Callable[..., Any], names: dict[str, list[str]]) -> None:
    names["courier.example"].append("10.0.0.1")
    (problem,) = take("http://courier.example/page", options=IntakeOptions(fetching=FAST)).items
    assert "courier.example (10.0.0.1) is an address" in problem.message
    assert "connected" not in names
