"""The command `bywhom`: its subcommands, and what becomes of errors."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from difflib import get_close_matches
from importlib import import_module

import click

from bywhom.errors import BywhomError

DONE, PROBLEMS, USAGE, INTERRUPTED = 0, 1, 2, 130
_UNWRITABLE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}  # of an output that was opened and takes no more

# name: module of bywhom.cli, and the line that --help shows. The modules are imported when their command is called.
COMMANDS = {
    "add": ("add", "Read reports into the ledger."),
    "claims": ("claims", "List claims: who says what, on whose word."),
    "reports": ("reports", "List the reports in the ledger."),
    "show": ("show", "Show a report with its claims marked."),
    "trace": ("trace", "Draw the chain behind one claim, hop by hop."),
    "entities": ("entities", "List who speaks and acts, and where."),
    "who": ("entities", "Show all that one entity says, and what is said of it."),
    "situations": ("situations", "List what claims come to: events, sieges, camps."),
    "situation": ("situations", "Show how one situation developed, and what each side says."),
    "rests-on": ("link", "List every claim that rests on a source."),
    "review": ("review", "Confirm, reject or change what was read, linked and graded."),
    "link": ("link", "Link claims and grade them."),
    "serve": ("serve", "Open the workbench: the ledger in your browser."),
    "export": ("export", "Write the ledger as JSON Lines or CSV, or its relations."),
    "problems": ("check", "List what could not be read, and what to do."),
    "verify": ("check", "Check that nothing in the ledger has changed."),
    "gazetteer": ("gazetteer", "Take in places: all villages of a country."),
    "stages": ("check", "List the steps of reading a report."),
    "doctor": ("doctor", "Check the installation."),
}


class ReaderGone(Exception):
    """Whoever read our output has heard enough."""


class Commands(click.Group):
    """A group that imports a command when it is called, and lists all of them without importing any."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:  # click would end the process with status 1
            raise ReaderGone from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = get_close_matches(args[0], COMMANDS, 1)
            if not near:
                raise
            raise click.UsageError(f"No such command {args[0]!r}. Did you mean {near[0]!r}?", ctx) from error

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"bywhom.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


def _print_version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from bywhom import __version__  # noqa: PLC0415

        click.echo(f"bywhom {__version__}")
        ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Show the version."
)
def cli() -> None:
    """Who says so, on whose word, through whose hands.

    Reads reports on armed conflict into a ledger in which every claim stands in the report's own words, with whoever
    answers for it. `bywhom add FOLDER`, then `bywhom claims`, then `bywhom trace CLAIM`.
    """


def main() -> None:
    """Run the command line and end the process: 0 done, 1 problems found, 2 wrong usage, 130 interrupted."""
    sys.exit(guarded(lambda: cli.main(prog_name="bywhom", standalone_mode=False)))


def guarded(run: Callable[[], object]) -> int:
    """The exit status of `run`; whatever stops it is told in one line on stderr."""
    try:
        status = run()
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BywhomError as error:
        return _tell(str(error), USAGE)
    except (KeyboardInterrupt, click.Abort):
        return _tell("interrupted; what was read so far is kept, and the same command goes on from there", INTERRUPTED)
    except (BrokenPipeError, ReaderGone):
        _leave_pipe()
        return DONE
    except OSError as error:
        if error.errno not in _UNWRITABLE or error.filename is not None:
            raise
        _leave_pipe()
        return _tell(f"the output cannot be written ({error.strerror}); make room, or send it elsewhere", USAGE)
    return status if isinstance(status, int) else DONE


def _tell(message: str, status: int) -> int:
    from bywhom.cli.terminal import clean  # noqa: PLC0415

    click.echo(f"bywhom: {clean(message)}", err=True)
    return status


def _leave_pipe() -> None:
    """Send the rest of our output, and the interpreter's last flush, nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
