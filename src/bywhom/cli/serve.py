"""`bywhom serve`: the workbench in the browser."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from bywhom.cli.options import actors_option, gazetteer_folder, ledger_option
from bywhom.cli.terminal import stderr_console


@click.command()
@click.option(
    "--port", metavar="N", type=click.IntRange(0, 65535), default=8117, show_default=True, help="0: any that is free."
)
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Whence it can be reached.")
@click.option(
    "--token", metavar="WORDS", envvar="BYWHOM_TOKEN", show_envvar=True, help="Ask for this before letting anybody in."
)
@actors_option("Your own table of actors, for reports that are added at the desk.")
@click.option("--open", "open_it", is_flag=True, help="Open it in your browser.")
@ledger_option
def serve(*, port: int, host: str, token: str | None, actors: tuple[Path, ...], open_it: bool, ledger: Path) -> None:
    """Open the workbench: the ledger in your browser.

    Find claims, read them in their reports, see the chain and what stands for and against, correct, print. It listens on
    this machine alone, and loads nothing from elsewhere. With another --host whoever has the address that is printed may
    read and correct: it ends in a token, made anew at each start unless --token gives one. There is no encryption; put a
    server that has it in front, or use a tunnel.

    The ledger is made where there is none. Ctrl-C ends it.
    """
    from bywhom.ledger import Ledger  # noqa: PLC0415
    from bywhom.workbench.serving import serve as run  # noqa: PLC0415
    from bywhom.workbench.serving import settings  # noqa: PLC0415

    def ready(address: str) -> None:
        stderr_console().print(f"The workbench on {ledger} is at {address}\nCtrl-C ends it.", soft_wrap=True)
        if open_it:
            webbrowser.open(address)

    with Ledger.open(ledger) as book:
        run(book, settings(host, port, token, actors, gazetteer_folder()), ready)
