"""The public surface: what `import bywhom` offers, and what it costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import bywhom

SOURCE = Path(bywhom.__file__)
HEAVY = ("sqlalchemy", "trafilatura", "lxml", "rich", "yaml", "msgspec", "fastwarc", "py3langid", "feedparser", "click")


@pytest.mark.parametrize("name", bywhom.__all__)
def test_every_name_that_is_offered_is_there(name: str) -> None:
    assert getattr(bywhom, name) is not None


def test_the_names_are_sorted_and_about_a_dozen() -> None:
    assert sorted(bywhom.__all__) == bywhom.__all__ == dir(bywhom)
    assert len(bywhom.__all__) <= 16


def test_what_type_checkers_see_is_what_is_loaded() -> None:
    seen = set()
    for node in ast.parse(SOURCE.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.If):
            seen |= {
                (name.name, part.module)
                for part in node.body
                if isinstance(part, ast.ImportFrom)
                for name in part.names
            }
    loaded = {(name, f"bywhom.{home}") for name, home in bywhom._HOMES.items()}
    assert loaded <= seen
    assert set(bywhom.__all__) == set(bywhom._HOMES) | {"__version__", "open", "read"}


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        _ = bywhom.nonsense


@pytest.mark.parametrize("statement", ["import bywhom", "import bywhom, bywhom.records", "import bywhom.cli.main"])
def test_importing_loads_nothing_heavy(statement: str) -> None:
    allowed = {"click"} if "cli" in statement else set()
    code = f"{statement}; import sys; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= allowed


def test_the_versions_agree() -> None:
    from importlib.metadata import version

    assert version("bywhom") == bywhom.__version__


def test_reading_a_text_gives_its_document() -> None:
    reading = bywhom.read("The miller said that the bridge was gone.", name="bridge")
    assert reading.document is not None
    assert reading.document.name == "bridge"
    assert all(claim.text == claim.span.of(reading.document.text) for claim in reading.claims)


def test_a_ledger_is_opened_only_where_there_is_one(tmp_path: Path) -> None:
    with pytest.raises(bywhom.BywhomError, match=r"there is no ledger at .*none\.db"):
        bywhom.open(tmp_path / "none.db")
    with bywhom.open(tmp_path / "new.db", create=True) as ledger:
        assert list(ledger.claims()) == []
