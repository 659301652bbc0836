"""What commands share."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from bywhom.ledger import Ledger

F = TypeVar("F", bound=Callable[..., object])

DEFAULT_LEDGER = "bywhom.db"
MOST_JOBS = 8  # more workers than this wait for the one writer


def cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def ledger_option(function: F) -> F:
    """--ledger FILE, which every command takes."""
    return click.option(
        "--ledger",
        metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path),
        envvar="BYWHOM_LEDGER",
        default=DEFAULT_LEDGER,
        show_default=True,
        show_envvar=True,
        help="The ledger.",
    )(function)


def actors_option(what: str) -> Callable[[F], F]:
    """--actors FILE, with what it is for."""
    return click.option(
        "--actors",
        metavar="FILE",
        multiple=True,
        envvar="BYWHOM_ACTORS",
        show_envvar=True,
        type=click.Path(path_type=Path),
        help=what,
    )


def policy_option(function: F) -> F:
    """--policy POLICY, which every command takes that shows grades."""
    return click.option(
        "--policy",
        type=click.Choice(["standard", "HR-2"]),
        default="standard",
        show_default=True,
        help="HR-2: confirmed is only what two independent, reliable origins tell in every element, of three such in all.",
    )(function)


def nameless_option(function: F) -> F:
    """--without-names, which every command takes whose output may be handed on."""
    return click.option(
        "--without-names", is_flag=True, help="Leave out the names of private people: for what is handed on."
    )(function)


@contextmanager
def opened(path: Path) -> Iterator[Ledger]:
    """The ledger at `path`, which must be there already.

    Raises: UsageError where it is not.
    """
    from bywhom.ledger import Ledger  # noqa: PLC0415

    with Ledger.open(path, create=False) as ledger:
        yield ledger


def ledger_words(path: Path) -> str:
    """What a command needs to find this ledger again: nothing where it would anyway."""
    usual = os.environ.get("BYWHOM_LEDGER", DEFAULT_LEDGER)
    return "" if str(path) == usual else f" --ledger {shlex.quote(str(path))}"


def gazetteer_folder() -> Path:
    """Where the user's own places are kept, for all ledgers: what BYWHOM_GAZETTEER names, else the user's data folder."""
    if named := os.environ.get("BYWHOM_GAZETTEER"):
        return Path(named)
    home = Path.home()
    if sys.platform == "win32":
        data = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        data = home / "Library" / "Application Support"
    else:
        data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return data / "bywhom" / "gazetteer"
