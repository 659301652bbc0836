from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bywhom.errors import UsageError
from bywhom.intake import IntakeOptions, collect
from bywhom.intake.walk import FoundFile, walk


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("b.txt", "a/two.txt", "a/one.txt", "a/deep/er/three.txt", ".hidden.txt", ".git/config.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name} reports that the redoubt fell.")
    return tmp_path


def found(*sources: Path | str) -> list[str]:
    return [item.location for item in walk([str(source) for source in sources]) if isinstance(item, FoundFile)]


def test_folders_are_walked_in_order_and_hidden_files_left_out(tree: Path) -> None:
    names = ["a/deep/er/three.txt", "a/one.txt", "a/two.txt", "b.txt"]
    assert found(tree) == [str(tree / name) for name in names]


def test_a_hidden_file_that_is_named_is_meant(tree: Path) -> None:
    assert found(tree / ".hidden.txt") == [str(tree / ".hidden.txt")]


def test_locations_are_written_as_the_user_did(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree)
    assert found("a") == ["a/deep/er/three.txt", "a/one.txt", "a/two.txt"]


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.txt", ["b.txt"]),
        ("a/t*.txt", ["a/two.txt"]),
        ("**/*.txt", ["a/deep/er/three.txt", "a/one.txt", "a/two.txt", "b.txt"]),
    ],
)
def test_patterns(tree: Path, pattern: str, names: list[str]) -> None:
    assert found(f"{tree}/{pattern}") == [str(tree / name) for name in names]


def test_a_name_with_a_star_is_a_name_where_there_is_such_a_file(tmp_path: Path) -> None:
    (tmp_path / "wire[1].txt").write_text("a")
    assert found(tmp_path / "wire[1].txt") == [str(tmp_path / "wire[1].txt")]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("none.txt", r"there is no file or folder 'none.txt'; check the spelling"),
        ("none*.txt", r"no file fits 'none\*.txt'; check the pattern"),
        ("ftp://courier.example/a", r"is not an address that can be fetched; http and https can"),
        ("", r"one of the sources is empty"),
    ],
)
def test_what_is_not_there_is_refused_before_anything_is_read(tree: Path, source: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        collect([str(tree), source])


def test_what_is_to_be_skipped_is_skipped_wherever_it_turns_up(tree: Path, take: Callable[..., Any]) -> None:
    options = IntakeOptions(skip=(tree / "a", tree / "a" / ".." / "b.txt"))
    assert take(tree, options=options).items == []


# Links and other oddities


def test_a_link_back_to_a_folder_above_is_reported_and_not_followed(tree: Path, take: Callable[..., Any]) -> None:
    (tree / "a" / "back").symlink_to(tree)
    taken = take(tree)
    assert len(taken.documents) == 4
    (problem,) = taken.problems
    assert problem.where == str(tree / "a" / "back")
    assert "leads back to a folder above it" in problem.message


def test_links_that_multiply_paths_cost_no_time(tmp_path: Path, take: Callable[..., Any]) -> None:
    folder = tmp_path
    for _ in range(40):  # two names for each folder: 2**40 paths to one file
        (folder / "real").mkdir()
        (folder / "second").symlink_to(folder / "real")
        folder = folder / "real"
    (folder / "wire.txt").write_text("The redoubt fell.")
    assert take(tmp_path).names == ["wire"]


def test_a_link_to_itself_and_one_to_nowhere_are_problems(tree: Path, take: Callable[..., Any]) -> None:
    (tree / "self.txt").symlink_to(tree / "self.txt")
    (tree / "lost.txt").symlink_to(tree / "no-such.txt")
    taken = take(tree)
    assert len(taken.documents) == 4
    assert taken.messages == [
        "It is no longer there, or is a link that leads nowhere.",
        "It is a link that leads back to itself.",
    ]


def test_a_link_to_a_file_is_followed(tree: Path, take: Callable[..., Any]) -> None:
    (tree / "c.txt").symlink_to(tree / "b.txt")
    assert take(tree).names == ["three", "one", "two", "b", "c"]


def test_folders_may_lie_deeper_than_python_recurses(tmp_path: Path, take: Callable[..., Any]) -> None:
    folder = tmp_path
    for _ in range(600):
        folder = folder / "a"
        folder.mkdir()
    (folder / "wire.txt").write_text("The redoubt fell.")
    assert take(tmp_path).names == ["wire"]


def test_pipes_and_sockets_in_a_folder_are_not_opened(
    tmp_path: Path, take: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket may not be long
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as line:
        line.bind("line.sock")
        taken = take(tmp_path)
    assert taken.messages == ["It is a device, a socket or a pipe, not a file."] * 2


def test_names_that_are_not_utf8_are_read(tmp_path: Path, take: Callable[..., Any]) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))).write_text("The redoubt fell.")
    assert take(tmp_path).names == ["caf\ufffd"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.EACCES, "You may not read it."),
        (errno.ENOENT, "It is no longer there"),
        (errno.EIO, "The disk cannot read it."),
        (errno.EMFILE, "It cannot be read (Too many open files)."),
    ],
)
def test_a_file_that_the_system_does_not_give_is_one_problem(
    tree: Path, take: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    give = Path.open

    def refuse(path: Path, *args: Any, **kwargs: Any) -> Any:
        if path.name == "one.txt":
            raise OSError(code, os.strerror(code))
        return give(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)
    taken = take(tree)
    assert taken.names == ["three", "two", "b"]
    (problem,) = taken.problems
    assert problem.message.startswith(said)
    assert problem.where == str(tree / "a" / "one.txt")


def test_a_folder_that_the_system_does_not_give_is_one_problem(
    tree: Path, take: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    give = Path.iterdir

    def refuse(path: Path) -> Any:
        if path.name == "deep":
            raise PermissionError(errno.EACCES, "no")
        return give(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    taken = take(tree)
    assert taken.names == ["one", "two", "b"]
    assert taken.messages == ["You may not read it."]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is closed to an administrator")
def test_a_closed_file_is_one_problem(tree: Path, take: Callable[..., Any]) -> None:
    (tree / "b.txt").chmod(0)
    assert take(tree).messages == ["You may not read it."]
