"""`bywhom gazetteer`: the user's own places beside those that ship."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from bywhom.cli.options import gazetteer_folder
from bywhom.cli.terminal import clean, counted, stderr_console, stdout_console
from bywhom.errors import BywhomError, UsageError


@click.group()
def gazetteer() -> None:
    """Take in places: all villages of a country.

    The towns that ship have 500 people and more (in Ukraine every village, shown at its community). A dump of a country from
    https://download.geonames.org/export/dump/ (UA.zip) has every village with a point of its own. Dumps that were taken in are
    used by every later bywhom add, for any ledger, and reports read before are read anew. They are kept in a folder of your
    own (bywhom doctor shows it); BYWHOM_GAZETTEER names another.
    """


@gazetteer.command("import")
@click.argument("dump", metavar="FILE", type=click.Path(path_type=Path))
def take_in(*, dump: Path) -> None:
    """Take in a GeoNames dump of a country.

    FILE is UA.zip, UA.txt or UA.txt.gz as GeoNames has them: 19 columns, separated by tabs. A dump of the same name that was
    taken in before is replaced. A file that is cut off, has other columns or holds the whole world is refused, and what was
    there stays.
    """
    from bywhom.grounding.gazetteer_import import import_geonames, target_of  # noqa: PLC0415

    target = target_of(dump, gazetteer_folder())
    with _progress() as tell:
        places = import_geonames(dump, target, tell)
    stderr_console().print(f"{counted(places, 'place')} of {clean(dump.name)} written to {target}", soft_wrap=True)
    stderr_console().print("  bywhom add PATH…    uses them from now on, and reads anew what it read before")


@contextmanager
def _progress() -> Iterator[Callable[[float], None] | None]:
    """What to call with shares from 0 to 1: a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=stderr_console(), transient=True) as bar:
        task = bar.add_task("places", total=1.0)
        yield lambda share: bar.update(task, completed=share)


@gazetteer.command("list")
def listed() -> int:
    """List what was taken in.

    One line each: name, number of places, and the dump it was made from. Exit status: 0 all can be used, 1 one cannot.
    """
    from bywhom.grounding.gazetteer import IMPORT_AGAIN, Gazetteer  # noqa: PLC0415
    from bywhom.grounding.gazetteer_import import imported  # noqa: PLC0415

    status, kept = 0, imported(gazetteer_folder())
    if not kept:
        stderr_console().print("Nothing was taken in yet: bywhom gazetteer import UA.zip", soft_wrap=True)
    for path in kept:
        try:
            about = Gazetteer(path, remedy=IMPORT_AGAIN).info()
            line = f"{path.stem}  {counted(int(about['places']), 'place')}  {about.get('dump', '')}"
        except BywhomError as error:
            line, status = f"{path.stem}  {error}", 1
        stdout_console().print(clean(line), soft_wrap=True)
    return status


@gazetteer.command()
@click.argument("name")
def remove(*, name: str) -> None:
    """Take out what was taken in under NAME."""
    from bywhom.grounding.gazetteer_import import imported  # noqa: PLC0415

    kept = {path.stem: path for path in imported(gazetteer_folder())}
    if name not in kept:
        there = ", ".join(kept) or "nothing"
        raise UsageError(f"{name!r} was not taken in; there is {there}")
    kept[name].unlink()
    stderr_console().print(f"{clean(name)} taken out; bywhom add reads anew what it read before", soft_wrap=True)
