"""`bywhom doctor`: is everything there that the program needs?"""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import click

from bywhom.cli.options import gazetteer_folder, ledger_option
from bywhom.cli.terminal import clean, counted, stdout_console
from bywhom.errors import BywhomError, ModelMissing

ROOM_MB = 200  # free disk space below which a run is likely to stop half-way


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: its state in words, and the remedy where it is not well."""

    name: str
    state: str
    remedy: str = ""

    @property
    def ok(self) -> bool:
        return not self.remedy


@click.command()
@ledger_option
def doctor(*, ledger: Path) -> int:
    """Check the installation.

    One line each for Python, the libraries, the data files, SQLite, the disk and the ledger: ok, or what to do. Exit
    status: 0 all is well, 1 something is not.
    """
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    findings = [finding for check in CHECKS for finding in check(ledger)]
    table = Table.grid(padding=(0, 2, 0, 0))
    for finding in findings:
        verdict = Text("ok", style="green") if finding.ok else Text("MEND", style="bold red")
        state = Text(clean(finding.state))
        if finding.remedy:
            state.append(f"\n{clean(finding.remedy)}", style="yellow")
        table.add_row(verdict, finding.name, state)
    stdout_console().print(table)
    return int(not all(finding.ok for finding in findings))


def _python(_ledger: Path) -> Iterator[Finding]:
    found = (
        f"{platform.python_version()} ({platform.python_implementation()}, {platform.system()} {platform.machine()})"
    )
    remedy = "" if sys.version_info >= (3, 11) else "bywhom needs Python 3.11 or later"
    yield Finding("python", found, remedy)
    encoding = (sys.stdout.encoding or "none").lower().replace("_", "-")
    advice = "" if encoding in ("utf-8", "utf8") else "set PYTHONUTF8=1, so that every letter can be shown"
    yield Finding("encoding", encoding, advice)


def _libraries(_ledger: Path) -> Iterator[Finding]:
    """Bywhom's version, and every library that its metadata asks for."""
    from importlib.metadata import PackageNotFoundError, requires, version  # noqa: PLC0415

    from bywhom import __version__  # noqa: PLC0415

    yield Finding("bywhom", f"{__version__}, {Path(__file__).parents[1]}")
    found, missing = [], []
    for name in _names(requires("bywhom") or []):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    remedy = f"missing: {', '.join(missing)}; install bywhom again" if missing else ""
    yield Finding("libraries", ", ".join(found), remedy)


def _names(requirements: list[str]) -> list[str]:
    """The names in lines such as "rich>=13.9"; what is asked for only with an extra is left out."""
    plain = (line for line in requirements if "extra ==" not in line)
    return ["".join(c if c.isalnum() or c in "-_." else " " for c in line).split()[0] for line in plain]


def _data(_ledger: Path) -> Iterator[Finding]:
    """Every lexicon and ontology file, whether it can be read, and one digest over all."""
    import yaml  # noqa: PLC0415

    from bywhom.lexicons import data_path  # noqa: PLC0415

    root, digest, broken = data_path(), sha256(), []
    files = sorted(path for path in root.rglob("*") if path.suffix in (".yaml", ".toml", ".tsv"))
    for path in files:
        name, data = path.relative_to(root).as_posix(), path.read_bytes()
        digest.update(f"{name} {sha256(data).hexdigest()}\n".encode())
        try:
            if path.suffix == ".yaml":
                yaml.load(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  it is the safe one
        except yaml.YAMLError:
            broken.append(name)
    state = f"{len(files)} files, sha256 {digest.hexdigest()[:16]}"
    remedy = f"cannot be read: {', '.join(broken)}; install bywhom again" if broken else ""
    yield Finding("data", state, remedy or ("" if files else "no data files; install bywhom again"))


def _gazetteer(_ledger: Path) -> Iterator[Finding]:
    """The places that ship, and those that the user took in."""
    from bywhom.grounding.gazetteer import IMPORT_AGAIN, Gazetteer  # noqa: PLC0415
    from bywhom.grounding.gazetteer_import import imported  # noqa: PLC0415

    own = (Gazetteer(path, remedy=IMPORT_AGAIN) for path in imported(gazetteer_folder()))
    for gazetteer in (Gazetteer(), *own):
        try:
            info = gazetteer.info()
        except BywhomError as error:
            yield Finding("gazetteer", "not usable", str(error))
            continue
        state = counted(int(info.pop("places")), "place")
        about = (f"{key} {value[:16]}" for key, value in sorted(info.items()))
        yield Finding("gazetteer", ", ".join((state, *about, *([str(gazetteer.path)] if "dump" in info else []))))


def _reader(_ledger: Path) -> Iterator[Finding]:
    """The trained reader: whether its file is the one that was measured, and whether it can be run here."""
    from bywhom.tagging.modelfile import ModelFile  # noqa: PLC0415
    from bywhom.tagging.sight import TrainedReader  # noqa: PLC0415

    file, fault = ModelFile.named("reader"), ""
    try:
        TrainedReader.load(file)
    except ModelMissing as error:
        fault = str(error)
    yield Finding("reader", f"version {file.version}, sha256 {file.sha256[:16]}", fault)


def _sqlite(_ledger: Path) -> Iterator[Finding]:
    """SQLite's version, and what the ledger asks of it: a write-ahead log, upserts, JSON."""
    import sqlite3  # noqa: PLC0415

    missing = []
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "try.db")
        try:
            if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
                missing.append("write-ahead log (is the temporary folder on a network disk?)")
            connection.execute("CREATE TABLE t (a PRIMARY KEY)")
            for name, statement in (
                ("upsert", "INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING"),
                ("json", "SELECT json_extract('{\"a\": 1}', '$.a')"),
            ):
                try:
                    connection.execute(statement)
                except sqlite3.OperationalError:
                    missing.append(name)
        finally:
            connection.close()
    remedy = f"missing: {', '.join(missing)}; use a Python with SQLite 3.24 or later" if missing else ""
    yield Finding("sqlite", sqlite3.sqlite_version, remedy)


def _disk(ledger: Path) -> Iterator[Finding]:
    for name, folder in (("disk", ledger.absolute().parent), ("temporary", Path(tempfile.gettempdir()))):
        if not folder.is_dir():
            yield Finding(name, f"{folder} does not exist", "make it, or name another file with --ledger")
            continue
        free = shutil.disk_usage(folder).free // 1_000_000
        remedy = "" if free >= ROOM_MB else f"make room: at least {ROOM_MB} MB"
        if not os.access(folder, os.W_OK):
            remedy = "you may not write there; change its permissions, or name another file with --ledger"
        yield Finding(name, f"{free:,} MB free in {folder}", remedy)


def _ledger(ledger: Path) -> Iterator[Finding]:
    from bywhom.ledger import Ledger  # noqa: PLC0415

    if not ledger.exists():
        yield Finding("ledger", f"{ledger} is not there yet; bywhom add makes it")
        return
    try:
        with Ledger.open(ledger, create=False) as book:
            counts = book.counts()
    except BywhomError as error:
        yield Finding("ledger", f"{ledger} is not usable", str(error))
        return
    held = ((counts.documents, "report"), (counts.claims, "claim"), (counts.problems, "problem"))
    state = f"{ledger}: {', '.join(counted(*each) for each in held)}"
    writable = os.access(ledger, os.W_OK)
    yield Finding("ledger", state, "" if writable else f"you may not write to {ledger}; change its permissions")


CHECKS: tuple[Callable[[Path], Iterator[Finding]], ...] = (
    _python, _libraries, _data, _gazetteer, _reader, _sqlite, _disk, _ledger,
)  # fmt: skip
