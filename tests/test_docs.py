"""Documentation that fails when it lies: links lead somewhere, commands and options exist, examples run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bywhom.cli.main import cli

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("changelog.d/*.md"), *ROOT.glob("*/README.md")]
PAGES = sorted({*PAGES, *ROOT.glob("src/**/*.md")})
DEV_COMMANDS = set(re.findall(r"^    \./dev (\w+) ", (ROOT / "dev").read_text(encoding="utf-8"), re.MULTILINE))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def code(page: Path) -> Iterator[str]:
    """Every line of a page's code blocks, a long command in one, and every piece of code in its sentences."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:sh|console|bash|)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    for block in blocks:
        yield from block.replace("\\\n", " ").splitlines()
    sentences = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    yield from re.findall(r"`([^`\n]+)`", sentences)


def calls(page: Path) -> Iterator[list[str]]:
    """The words of every call of bywhom that a page shows, alternatives and comments left out."""
    for line in code(page):
        for command in re.split(r"&&|\|(?!\w)|;", line.partition(" #")[0]):
            words = shlex.split(re.sub(r"[\[\]…]|'(?=s\b)", "", command)) if command.count('"') % 2 == 0 else []
            if words and words[0].removeprefix(".venv/bin/") == "bywhom" and len(words) > 1:
                yield words[1:]


CALLS = [(page, call) for page in PAGES for call in calls(page)]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    inside = [link for link in links if not re.match(r"https?:|mailto:", link)]
    assert [link for link in inside if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_paths_that_are_named_are_there(page: Path) -> None:
    """Paths from the root, as in `bench/gate.py` or `docs/decisions/`."""
    tops = r"bench|changelog\.d|docs|reports|requirements|src|tests"
    named = re.findall(rf"`((?:{tops})/[\w./-]*)`", page.read_text(encoding="utf-8"))
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_of_the_script_exist(page: Path) -> None:
    named = {command for line in code(page) for command in re.findall(r"^(?:\S+=\S+ )*\./dev ([a-z]\w*)", line)}
    assert named <= DEV_COMMANDS


@pytest.mark.parametrize(
    ("page", "call"), CALLS, ids=lambda value: name(value) if isinstance(value, Path) else value[0]
)
def test_calls_of_the_program_are_understood(page: Path, call: list[str]) -> None:
    assert page.exists()
    if call[0].startswith("-"):
        assert call[0] in cli_options(cli)
        return
    command = cli.get_command(click.Context(cli), call[0])
    assert command is not None, f"there is no command {call[0]}"
    used = {word.partition("=")[0] for word in call[1:] if re.match(r"--?[a-z]", word)}
    assert used <= cli_options(command)


def cli_options(command: click.Command) -> set[str]:
    """All options of a command, as they may be written."""
    params = command.get_params(click.Context(command))
    return {option for param in params for option in (*param.opts, *param.secondary_opts)}


def test_the_readme_shows_how_to_use_the_program() -> None:
    shown = {call[0] for page, call in CALLS if page == ROOT / "README.md"}
    assert {"add", "claims", "trace"} <= shown


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_examples_in_python_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    examples = re.findall(r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    if not examples:
        return
    (tmp_path / "reports").symlink_to(ROOT / "reports")
    monkeypatch.chdir(tmp_path)
    shared: dict[str, object] = {}
    for example in examples:  # one after the other, as they are read
        exec(compile(example, name(page), "exec"), shared)  # noqa: S102
