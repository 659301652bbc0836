"""Serving the workbench until somebody stops it."""

from __future__ import annotations

import errno
import gc
import os
import secrets
import socket
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import uvicorn

from bywhom.errors import UsageError
from bywhom.ledger import Ledger
from bywhom.workbench.app import create_app
from bywhom.workbench.settings import Settings, is_loopback


def settings(
    host: str, port: int, token: str | None, actors: Sequence[Path] = (), gazetteer: Path | None = None
) -> Settings:
    """How the desk is set up: whoever lets other machines in asks them for a token."""
    if not is_loopback(host):
        token = token or secrets.token_urlsafe(24)
    return Settings(host=host, port=port, token=token, actors=tuple(actors), gazetteer=gazetteer)


def serve(ledger: Ledger, chosen: Settings, ready: Callable[[str], None]) -> None:
    """Serve until stopped; `ready` is told the address to open.

    Raises: UsageError where the port is taken, or the host is none of this machine's.
    """
    with _bound(chosen) as line:
        port = line.getsockname()[1]
        chosen = replace(chosen, port=port)
        ready(chosen.address + (f"/?token={chosen.token}" if chosen.token else "/"))
        app = create_app(ledger, chosen)
        settle()
        config = uvicorn.Config(app, log_level="warning", server_header=False, lifespan="off")
        try:
            uvicorn.Server(config).run(sockets=[line])
        finally:
            app.state.desk.adding.close()


def settle() -> None:
    """Let no page wait until what lies in memory from the start to the end has been searched for garbage once more."""
    gc.collect()
    gc.freeze()


def _bound(chosen: Settings) -> socket.socket:
    """A socket that listens, taken before anything is promised."""
    family = socket.AF_INET6 if ":" in chosen.host else socket.AF_INET
    line = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere it would let two programs share a port
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        line.bind((chosen.host, chosen.port))
    except OSError as error:
        line.close()
        raise UsageError(_why(error, chosen)) from error
    return line


def _why(error: OSError, chosen: Settings) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {chosen.port} is taken, perhaps by another `bywhom serve`; choose another: --port {chosen.port + 1}"
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"port {chosen.port} may not be used by you; choose one above 1024: --port 8117"
    return f"nothing can listen on {chosen.host} port {chosen.port} ({error.strerror}); leave --host out to listen on this machine alone"
