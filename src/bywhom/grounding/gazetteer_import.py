"""Takes in a GeoNames dump of the user's ("UA.zip", "UA.txt"): every village of a country, beside the towns that ship.

The dump is turned into a gazetteer file of its own, of the same form; `Gazetteer(extra=[...])` reads it with the shipped one.
Such files lie in one folder of the user's, so that every ledger and every later reading has them.
Columns: https://download.geonames.org/export/dump/readme.txt (19, separated by tabs).
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from typing import IO, cast

from bywhom.errors import UsageError
from bywhom.grounding.gazetteer_build import Row, is_spelling, write

ENDING = ".sqlite"
COLUMNS = 19
MOST_ROWS = 3_000_000  # the largest countries have two million; the whole world does not fit into memory
MOST_KEPT = 1_000_000  # settlements and districts; no country has so many
MOST_NAME = 200  # characters of a GeoNames name
_DISTRICTS = frozenset({"ADM2", "ADM3"})
_DISTRICT_KM = 30.0
_GONE = frozenset(
    {"PPLH", "PPLQ", "PPLW", "PPLCH"}
)  # abandoned and destroyed places: told of as often as standing ones


def import_geonames(source: Path, target: Path, progress: Callable[[float], None] | None = None) -> int:
    """How many places of the dump `source` were written to the gazetteer file `target`, which is replaced whole.

    Raises: UsageError, naming file and line, where the dump cannot be read or is none.
    """
    tell = progress or (lambda _share: None)
    rows = list(islice(_rows(source), MOST_KEPT + 1))
    if len(rows) > MOST_KEPT:
        raise UsageError(
            f"{source} has more than {MOST_KEPT:,} settlements; import the dumps of single countries instead"
        )
    if not rows:
        raise UsageError(f"{source} has no settlement or district in it; give a GeoNames dump such as UA.zip")
    tell(0.3)
    about = {"dump": source.name, "sha256": _digest(source)}
    try:
        write(target, rows, {}, lambda share: tell(0.3 + 0.7 * share), about)
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror or error}; name another folder") from error
    return len(rows)


def imported(folder: Path) -> tuple[Path, ...]:
    """The gazetteer files that were taken into `folder`, by name; none where there is no such folder."""
    return tuple(sorted(folder.glob(f"*{ENDING}")))


def target_of(source: Path, folder: Path) -> Path:
    """Where the dump `source` is kept in `folder`: the next dump of that name takes its place."""
    return folder / f"{source.name.split('.')[0] or 'dump'}{ENDING}"


def _digest(source: Path) -> str:
    with source.open("rb") as data:
        return file_digest(data, "sha256").hexdigest()


def _rows(source: Path) -> Iterator[Row]:
    with ExitStack() as stack:
        for number, line in enumerate(_lines(source, stack), 1):
            if number > MOST_ROWS:
                raise UsageError(
                    f"{source} has more than {MOST_ROWS:,} rows; import the dumps of single countries instead"
                )
            row = _row(line.rstrip("\n"), source, number)
            if row is not None:
                yield row


def _lines(source: Path, stack: ExitStack) -> Iterator[str]:
    try:
        text = stack.enter_context(io.TextIOWrapper(_opened(source, stack), encoding="utf-8", newline="\n"))
        yield from iter(lambda: text.readline(100_000), "")
    except OSError as error:
        raise UsageError(f"{source} cannot be read: {error.strerror or error}") from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise UsageError(f"{source} is cut off or no archive ({error}); download it again") from error
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{source} is not UTF-8 text ({error.reason} at byte {error.start}); give a GeoNames dump"
        ) from error


def _opened(source: Path, stack: ExitStack) -> IO[bytes]:
    if source.suffix == ".zip":
        archive = stack.enter_context(zipfile.ZipFile(source))
        inside = [name for name in archive.namelist() if name.endswith(".txt") and "readme" not in name.lower()]
        if len(inside) != 1:
            raise UsageError(f"{source} holds {len(inside)} tables; a GeoNames dump holds one, such as UA.txt")
        return stack.enter_context(archive.open(inside[0]))
    if source.suffix == ".gz":
        stack.enter_context(packed := gzip.GzipFile(source))
        return cast("IO[bytes]", packed)
    return stack.enter_context(source.open("rb"))


def _row(line: str, source: Path, number: int) -> Row | None:
    """The place of one line, None for what is no settlement or district."""
    columns = line.split("\t")
    if len(columns) != COLUMNS:
        raise UsageError(
            f"{source} line {number} has {len(columns)} columns, not {COLUMNS}; give a GeoNames dump such as UA.zip"
        )
    feature, code = columns[6], columns[7]
    if not (feature == "P" and code not in _GONE) and code not in _DISTRICTS:
        return None
    try:
        return _place(columns, "settlement" if feature == "P" else "district")
    except ValueError as error:
        raise UsageError(f"{source} line {number} is no GeoNames row: {error}") from error


def _place(columns: list[str], kind: str) -> Row:
    geonameid, name, ascii_name, alternates, lat, lon = columns[:6]
    country, admin1, population = columns[8], columns[10], columns[14]
    point = float(lat), float(lon)
    if not (name and len(name) <= MOST_NAME and -90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise ValueError(f"name {name[:40]!r} at {lat}, {lon}")
    spellings = (name, ascii_name, *filter(is_spelling, alternates.split(",")))
    return Row(
        name, kind, country or None, f"{country}.{admin1}" if admin1 else None, *point, int(population or 0),
        _DISTRICT_KM if kind == "district" else None, int(geonameid),
        spellings=tuple(dict.fromkeys(s for s in spellings if s and len(s) <= MOST_NAME)),
    )  # fmt: skip
