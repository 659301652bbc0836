"""Write docs/cli.md from the commands' own help: python docs/make_cli.py (with -, to standard output)"""
# ruff: noqa: INP001  a script beside the page it makes, no package

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from bywhom.cli.main import COMMANDS, cli

PAGE = Path(__file__).parent / "cli.md"
HEAD = """# The command line

Made from the commands' own help by `docs/make_cli.py`; a test holds the two together.

Records go to standard output, everything else to standard error, so commands pipe. On a terminal there are tables and colours, in a
pipe JSON Lines. Exit status: 0 done, 1 problems found, 2 wrong usage or something needed cannot be used (a ledger that is not there, a
full disk: one line says what, and what to do), 130 stopped by Ctrl-C. Whatever comes from a report is shown without the characters that
a terminal would obey. The ledger is `bywhom.db` in the folder you are in, or what `BYWHOM_LEDGER` or
`--ledger` names; its originals lie beside it in `bywhom.db.archive`.
"""


def page() -> str:
    """The whole page."""
    return "\n".join(
        [
            HEAD,
            _section("bywhom", cli),
            *(part for name in COMMANDS for part in _parts(f"bywhom {name}", _command(name))),
        ]
    )


def _parts(name: str, command: click.Command) -> Iterator[str]:
    """The section of a command, and those of the commands beneath it."""
    yield _section(name, command)
    if isinstance(command, click.Group):
        yield from (_section(f"{name} {each}", command.commands[each]) for each in sorted(command.commands))


def _command(name: str) -> click.Command:
    command = cli.get_command(click.Context(cli), name)
    if command is None:
        raise LookupError(name)
    return command


def _section(name: str, command: click.Command) -> str:
    context = click.Context(
        command, info_name=name, help_option_names=["-h", "--help"], terminal_width=96, max_content_width=96
    )
    return f"## {name}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"


if __name__ == "__main__":
    if sys.argv[1:] == ["-"]:
        sys.stdout.buffer.write(page().encode())
    else:
        PAGE.write_text(page(), encoding="utf-8")
