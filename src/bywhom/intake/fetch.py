"""Bytes from an address that the user named, and from nowhere else.

The name is resolved here, each address is checked, and the connection goes to the address that was checked: a name that
answers differently the second time gains nothing. Redirects are followed by hand and checked the same way. Proxies named
in the environment are not used, for they would resolve names out of our sight.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from bywhom.intake.http import Response
from bywhom.intake.options import MIB, Fetching

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORTS = {"http": 80, "https": 443}
_SAFE = "/?:@!$&'()*+,;=%~-._[]#"
_METADATA = frozenset({"168.63.129.16"})  # answers for the machine on one large cloud, from a public address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_STEP = 64 * 1024

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave."""

    url: str  # after redirects
    response: Response


@dataclass(frozen=True, slots=True)
class NotFetched:
    """Why an address gave nothing."""

    message: str
    remedy: str = ""


class _Refused(Exception):
    """The address gives nothing that we take; carries message and remedy."""


def fetch(url: str, options: Fetching, *, agent: str) -> Fetched | NotFetched:
    """The response of an address after its redirects, or why there is none."""
    end = time.monotonic() + options.deadline
    try:
        for _ in range(options.redirects + 1):
            response = _request(_split(url), options, agent, end)
            if response.status not in _REDIRECTS or not response.headers.get("location"):
                return _judged(url, response)
            url = urljoin(url, response.headers["location"])
    except _Refused as refused:
        return NotFetched(*refused.args)
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        if isinstance(error, TimeoutError) or time.monotonic() >= end:
            return NotFetched("It took too long.", "Try again, or save it by other means, and add the file.")
        return NotFetched(f"It cannot be fetched ({_words(error)}).", "Check the address and the connection.")
    return NotFetched(f"It was passed on more than {options.redirects} times.", "Open it in a browser and save it.")


def may_be_fetched(address: str) -> bool:
    """Whether an IP address is a public one: not of this machine, its network, or its cloud's metadata service."""
    ip = _innermost(ipaddress.ip_address(address.partition("%")[0]))
    return ip.is_global and not ip.is_multicast and str(ip) not in _METADATA


def _innermost(ip: Address) -> Address:
    """The IPv4 address that some IPv6 addresses stand for."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else ip)


def _judged(url: str, response: Response) -> Fetched | NotFetched:
    if response.status == 200:
        return Fetched(url, response)
    return NotFetched(f"The server answered with status {response.status}.", "Open it in a browser and save the page.")


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        fine = parts.scheme in _PORTS and parts.hostname and (parts.port is None or parts.port)
    except ValueError as error:
        raise _Refused(f"{url[:200]!r} is no address ({error}).", "Check its spelling.") from error
    if not fine:
        raise _Refused(f"{url[:200]!r} is not an address that can be fetched; http and https can.", "")
    if parts.username or parts.password:
        raise _Refused(
            "The address carries a user name or password, which would be kept in the ledger.", "Leave it out."
        )
    return parts


def _request(parts: SplitResult, options: Fetching, agent: str, end: float) -> Response:
    connection = _connected(parts, options, end)
    with _cut_off(connection, _left(options, end, whole=True)):
        connection.request("GET", _target(parts), headers=_headers(agent))
        answer = connection.getresponse()
        headers: dict[str, str] = {}
        for name, value in answer.getheaders():
            headers.setdefault(name.lower(), value)
        headers.pop("transfer-encoding", None)  # http.client has undone it
        body = b"" if answer.status in _REDIRECTS else _read(answer, options)
        return Response(answer.status, headers, body)


@contextmanager
def _cut_off(connection: http.client.HTTPConnection, seconds: float) -> Iterator[None]:
    """Close the connection at the end, or after so many seconds: a server that sends a byte now and then is never late."""
    timer = threading.Timer(seconds, _hang_up, [connection.sock])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        connection.close()


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _headers(agent: str) -> dict[str, str]:
    return {"User-Agent": agent, "Accept": "text/html, application/xml;q=0.9, */*;q=0.8", "Accept-Encoding": "gzip"}


def _target(parts: SplitResult) -> str:
    """Path and query as they go over the wire."""
    path = quote(parts.path or "/", safe=_SAFE)
    return f"{path}?{quote(parts.query, safe=_SAFE)}" if parts.query else path


def _connected(parts: SplitResult, options: Fetching, end: float) -> http.client.HTTPConnection:
    """A connection to the first checked address that takes one; the name goes into Host and certificate check."""
    host = _ascii_host(parts.hostname or "")
    port = parts.port or _PORTS[parts.scheme]
    fault: OSError | None = None
    for address in _addresses(host, port, options):
        try:
            line = socket.create_connection((address, port), _left(options, end))
        except OSError as error:
            fault = error
            continue
        connection = http.client.HTTPConnection(host, port)
        connection.default_port = _PORTS[parts.scheme]  # so that Host names it only where it is unusual
        connection.sock = _secured(line, host) if parts.scheme == "https" else line
        return connection
    raise fault or OSError("the name has no address")


def _secured(line: socket.socket, host: str) -> ssl.SSLSocket:
    try:
        return ssl.create_default_context().wrap_socket(line, server_hostname=host)
    except (OSError, ValueError):
        line.close()
        raise


def _ascii_host(host: str) -> str:
    return host if host.isascii() else host.encode("idna").decode("ascii")


def _addresses(host: str, port: int, options: Fetching) -> list[str]:
    """The addresses of a host, all of which may be fetched from: one that may not makes the name suspect."""
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    private = [address for address in found if not may_be_fetched(address)]
    if private and not options.allow_private:
        raise _Refused(
            f"{host if host == private[0] else f'{host} ({private[0]})'} is an address of this machine or its network.",
            "Save the page and add the file; from Python, Fetching(allow_private=True) fetches it.",
        )
    return list(dict.fromkeys(found))


def _read(answer: http.client.HTTPResponse, options: Fetching) -> bytes:
    body = bytearray()
    while piece := answer.read1(_STEP):
        body += piece
        if len(body) > options.size:
            raise _Refused(f"It is larger than {options.size // MIB} MiB.", "Save it by other means, and add the file.")
    if answer.length:
        raise OSError(f"the answer broke off, {answer.length} bytes before its end")
    return bytes(body)


def _left(options: Fetching, end: float, *, whole: bool = False) -> float:
    """Seconds for the next step, or for all that remains."""
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left if whole else min(options.timeout, left)


def _words(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).strip()
