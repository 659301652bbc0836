"""Words from reports, made safe to show. A report is hostile until shown otherwise: it may carry control sequences
that recolour a terminal, move its cursor, set its title, or turn a line of text back to front.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console
    from rich.table import Table

# Whole control sequences first, so that their letters do not stay behind: CSI, OSC and its like, then the rest of ESC.
_SEQUENCES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]{0,4096}(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]?"
)
_SPACES = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
# C0 and C1 controls; marks that reorder text; marks that show nothing; lone surrogates, which cannot be written at all.
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    r"\U000e0000-\U000e007f]"
)


def clean(text: str) -> str:
    """The text on one line, without anything that a terminal would obey or not show."""
    return _UNSEEN.sub("", _SPACES.sub(" ", _SEQUENCES.sub("", text)))


def did_you_mean(names: Iterable[str]) -> str:
    """A question after the names that look like one nobody has; what to do where there are none."""
    shown = [f"“{clean(name)}”" for name in names]
    return f"Did you mean {' or '.join(shown)}?" if shown else "`bywhom entities` lists who is there."


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters of the text, cut at a word where there is one, the cut shown."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    at_word = head.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > limit // 2 else head).rstrip(" ,;:") + "…"


def counted(count: int, noun: str) -> str:
    """The number with its noun: 1 report, 1,200 reports."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def about_names(rows: int, *, named: bool) -> str:
    """What is said where names of private people stand in what was written, or were left out of it."""
    if named:
        return f"{counted(rows, 'claim')} may name private people, marked as protected; --without-names leaves their names out"
    return f"in {counted(rows, 'claim')} the names of private people are left out"


def grid(rows: Iterable[tuple[str, str]]) -> Table:
    """Labels, and beside them their values, long ones folded under themselves."""
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    grid = Table.grid(padding=(0, 2, 0, 0))
    for label, value in rows:
        grid.add_row(Text(label, style="dim"), Text(value or "–", overflow="fold"))
    return grid


def stdout_console() -> Console:
    """A console for records shown to a person: no markup is read, nothing is highlighted by guess."""
    from rich.console import Console  # noqa: PLC0415

    class Plain(Console):
        """A console that leaves a reader who has heard enough to main.py; rich would end the process with status 1."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Plain(markup=False, highlight=False, emoji=False)


def stderr_console(*, quiet: bool = False) -> Console:
    """A console for everything that is not a record."""
    from rich.console import Console  # noqa: PLC0415

    return Console(stderr=True, markup=False, highlight=False, emoji=False, quiet=quiet)


def on_terminal() -> bool:
    """Whether a person, and not a program, reads our records."""
    return sys.stdout.isatty()
