"""The build hook: what is missing or out of date is built, and nothing else; what can be done without may fail."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
BUILDER = """
from pathlib import Path

def build(target):
    tables = Path(__file__).with_name("places.tsv").read_text()
    if "broken" in tables:
        raise ValueError("broken")
    target.write_text(tables)
    with Path(__file__).with_name("log").open("a") as log:
        log.write("built ")
"""


BUNDLER = """
class NotBuilt(Exception):
    pass

def build(target):
    if (target.parent / "offline").exists():
        raise NotBuilt("no network")
    target.mkdir(exist_ok=True)
    (target / "desk.js").write_text((target / "desk.js").read_text() + "again" if (target / "desk.js").exists() else "once")
"""


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """hatch_build.py, with nothing in the place of the build backend."""
    backend = ModuleType("hatchling.builders.hooks.plugin.interface")
    monkeypatch.setattr(backend, "BuildHookInterface", object, raising=False)
    for name in ("hatchling", "hatchling.builders", "hatchling.builders.hooks", "hatchling.builders.hooks.plugin"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setitem(sys.modules, backend.__name__, backend)
    spec = spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "builder.py").write_text(BUILDER)
    (tmp_path / "places.tsv").write_text("Ghent")
    return tmp_path


def build(hook: ModuleType, folder: Path) -> bool:
    target = folder / "data" / "gazetteer.sqlite"
    built: bool = hook.build_gazetteer(folder / "builder.py", target, [folder / "places.tsv"])
    assert target.exists()
    return built


def test_it_is_built_once(hook: ModuleType, folder: Path) -> None:
    assert [build(hook, folder), build(hook, folder)] == [True, False]
    assert (folder / "log").read_text() == "built "


@pytest.mark.parametrize("change", ["places.tsv", "builder.py"])
def test_it_is_built_again_when_its_tables_or_its_builder_change(hook: ModuleType, folder: Path, change: str) -> None:
    build(hook, folder)
    (folder / change).write_text((folder / change).read_text() + "\n# more")
    assert build(hook, folder)


def test_it_is_built_again_when_the_data_behind_it_change(
    hook: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hook, "version", lambda _: "3.0.2")
    build(hook, folder)
    monkeypatch.setattr(hook, "version", lambda _: "3.1")
    assert build(hook, folder)


def test_it_is_built_again_when_it_is_gone(hook: ModuleType, folder: Path) -> None:
    build(hook, folder)
    (folder / "data/gazetteer.sqlite").unlink()
    assert build(hook, folder)


def test_a_build_that_failed_is_not_taken_for_done(hook: ModuleType, folder: Path) -> None:
    build(hook, folder)
    (folder / "places.tsv").write_text("broken")
    for _ in range(2):
        with pytest.raises(ValueError, match="broken"):
            build(hook, folder)


# --- The script and the map -------------------------------------------------------------------------------------------


def bundle(hook: ModuleType, folder: Path) -> str:
    (folder / "bundler.py").write_text(BUNDLER)
    (folder / "map.ts").touch()
    missing: str = hook.build_bundle(folder / "bundler.py", folder / "built", [folder / "map.ts"])
    return missing


def test_the_bundle_is_built_once_and_again_when_its_source_changes(hook: ModuleType, folder: Path) -> None:
    assert [bundle(hook, folder), bundle(hook, folder)] == ["", ""]
    assert (folder / "built/desk.js").read_text() == "once"
    (folder / "map.ts").write_text("new")
    bundle(hook, folder)
    assert (folder / "built/desk.js").read_text() == "onceagain"


def test_where_the_bundle_cannot_be_built_the_build_goes_on_and_says_so(hook: ModuleType, folder: Path) -> None:
    (folder / "offline").touch()
    assert "no network" in bundle(hook, folder)
    assert "no network" in (folder / "not-built.txt").read_text()
    (folder / "offline").unlink()
    assert not bundle(hook, folder)
    assert not (folder / "not-built.txt").exists()


def test_the_lock_of_the_bundle_names_digests_and_no_address() -> None:
    text = (ROOT / "bundle/package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    wanted = json.loads((ROOT / "bundle/package.json").read_text(encoding="utf-8"))
    assert not re.search(r"://|resolved", text)
    assert all(one.get("integrity", "").startswith("sha512-") for name, one in packages.items() if name)
    for name, version in (wanted["dependencies"] | wanted["devDependencies"]).items():
        assert packages[f"node_modules/{name}"]["version"] == version


def test_the_project_names_files_that_are_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    settings = project["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]
    assert (ROOT / settings["path"]).is_file()
    assert (ROOT / settings["builder"]).is_file()
    assert (ROOT / settings["bundle-builder"]).is_file()
    assert all(list(ROOT.glob(pattern)) for pattern in settings["inputs"] + settings["bundle-inputs"])
    assert any(
        (ROOT / settings["target"]).match(artifact) for artifact in project["tool"]["hatch"]["build"]["artifacts"]
    )
