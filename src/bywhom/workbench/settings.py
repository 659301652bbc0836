"""How a desk is set up: where it listens, who may enter, how much it takes."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path

MIB = 1 << 20
LOOPBACK = frozenset(["127.0.0.1", "localhost", "[::1]"])


@dataclass(frozen=True, slots=True)
class Settings:
    """What `bywhom serve` was told."""

    host: str = "127.0.0.1"
    port: int = 8117
    token: str | None = None  # who has it may enter; None: whoever sits at this machine
    upload: int = 64 * MIB  # bytes taken with one form that carries files
    form: int = 2 * MIB  # bytes taken with any other
    actors: tuple[Path, ...] = ()  # the user's own tables of actors, for reports that are added
    gazetteer: Path | None = None  # the folder of the user's own places

    @property
    def address(self) -> str:
        """Where a browser finds the desk, without the token."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def is_loopback(host: str) -> bool:
    """Whether an address to listen on can be reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
