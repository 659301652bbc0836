"""What holds for the whole house: who may import whom, what importing does not do, and what is written down."""

from __future__ import annotations

import ast
import builtins
import inspect
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from bywhom import errors

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "bywhom"
FILES = sorted(SOURCE.rglob("*.py"))
FOLDERS = sorted(path.parent for path in SOURCE.glob("*/__init__.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS = frozenset(
    [
        "intake",
        "archive",
        "cleaning",
        "asking",
        "tagging",
        "attribution",
        "claims",
        "grounding",
        "linking",
        "grading",
        "ledger",
    ]
)
BELOW = frozenset(["records", "errors", "lexicons", "facts", "prose"])
STANDS_ON = {"ledger": frozenset(["archive"])}  # the store under the ledger is no stage of reading


# --- Who imports whom -------------------------------------------------------------------------------------------------


def imports(path: Path) -> set[str]:
    """The full names of all modules that a file imports, wherever in the file."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    from_ours = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module == "bywhom"]
    names |= {f"bywhom.{alias.name}" for node in from_ours for alias in node.names}
    return names | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}


def ours(path: Path) -> set[str]:
    """The top-level parts of bywhom that a file imports."""
    return {name.split(".")[1] for name in imports(path) if name.startswith("bywhom.")}


def part(path: Path) -> str:
    """The top-level part of bywhom that a file belongs to."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def short(path: Path) -> str:
    """A file's name for the list of tests."""
    return path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("path", [path for path in FILES if part(path) in ROOMS], ids=short)
def test_a_room_imports_itself_and_what_lies_below(path: Path) -> None:
    assert ours(path) - {part(path)} <= BELOW | STANDS_ON.get(part(path), frozenset())


@pytest.mark.parametrize("path", [path for path in FILES if part(path) == "records"], ids=short)
def test_records_import_records_only(path: Path) -> None:
    assert ours(path) <= {"records"}
    assert {name.partition(".")[0] for name in imports(path)} - {"bywhom"} <= sys.stdlib_module_names


def test_every_third_party_import_is_a_declared_dependency() -> None:
    """A library that only happens to come with another may go with its next version."""
    declared = {re.split(r"[^\w-]", name)[0].lower() for name in PROJECT["project"]["dependencies"]}
    distributions = packages_distributions()
    undeclared = {}
    for path in FILES:
        if path.name.endswith("_build.py"):
            continue  # runs in the environment of the build
        for name in {name.partition(".")[0] for name in imports(path)} - sys.stdlib_module_names - {"bywhom"}:
            if not declared & {distribution.lower() for distribution in distributions.get(name, [name])}:
                undeclared[name] = short(path)
    assert undeclared == {}


# --- What importing does ---------------------------------------------------------------------------------------------


def in_a_fresh_python(code: str) -> str:
    """What a Python that has imported nothing yet prints when it runs the code."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_importing_opens_no_file_of_ours_and_reads_no_environment() -> None:
    modules = [_module(path) for path in FILES if path.name not in ("__main__.py", "gazetteer_build.py")]
    assert in_a_fresh_python(_WATCH.format(modules=modules, source=str(SOURCE))).split() == []


def _module(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


# Third-party code does what it likes: only what our own files open or look up is counted.
_WATCH = """
import importlib, os, sys

def seen(event, args):
    if event != "open" or not str(args[0]).startswith({source!r}) or str(args[0]).endswith((".py", ".pyc")):
        return
    if "__pycache__" not in str(args[0]):
        print("opened", args[0])

class Watched(type(os.environ)):
    def __getitem__(self, key):
        asker = sys._getframe(1)
        while asker.f_code.co_filename.endswith(("<frozen os>", "<frozen _collections_abc>")):
            asker = asker.f_back
        if asker.f_code.co_filename.startswith({source!r}):
            print("looked", "up", key)
        return super().__getitem__(key)

os.environ.__class__ = Watched
sys.addaudithook(seen)
for name in {modules!r}:
    importlib.import_module(name)
"""


# --- Errors ---------------------------------------------------------------------------------------------------


def test_the_error_tree_at_the_head_of_its_file_is_the_tree() -> None:
    drawn = re.findall(r"^[│├└─ ]*(\w+)", errors.__doc__ or "", re.MULTILINE)
    drawn = [name for name in drawn if hasattr(errors, name)]
    classes = [name for name, item in vars(errors).items() if inspect.isclass(item)]
    assert drawn == classes
    assert all(issubclass(getattr(errors, name), errors.BywhomError) for name in classes)
    assert all(not hasattr(builtins, name) for name in classes)


# --- What is written down ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_room_says_what_it_does(folder: Path) -> None:
    readme = folder / "README.md"
    assert readme.exists()
    assert 3 <= len(readme.read_text(encoding="utf-8").strip().splitlines()) <= 60


def test_the_picture_of_the_house_shows_every_part() -> None:
    picture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    parts = {part(path) for path in FILES} - {"__init__", "__main__"}
    assert {name for name in parts if not re.search(rf"\b{name}(\.py|/)", picture)} == set()


def test_the_picture_of_the_house_shows_no_part_that_is_not_there() -> None:
    picture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    block = picture.split("```")[1]
    shown = re.findall(r"^  (\w+(?:\.py|/))", block, re.MULTILINE)
    assert shown
    assert [name for name in shown if not (SOURCE / name).exists()] == []


def test_every_change_is_told_to_the_user_in_one_numbered_file() -> None:
    names = [path.name for path in (ROOT / "changelog.d").glob("*.md") if path.name != "README.md"]
    assert [name for name in names if not re.fullmatch(r"\d{2,3}-[a-z0-9-]+\.md", name)] == []
    assert len({int(name.split("-")[0]) for name in names}) == len(names)
