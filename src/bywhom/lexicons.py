"""The tables of data/, read into typed records. The only file that knows where data/ lies."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import is_dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeVar, cast, get_args, get_type_hints

import msgspec
import yaml

from bywhom.errors import LexiconBroken

T = TypeVar("T")


def data_path(*parts: str) -> Path:
    """Where a shipped data file lies on disk."""
    return Path(str(files("bywhom") / "data")).joinpath(*parts)


def load(name: str, table: type[T]) -> T:
    """The file data/<name>.yaml as one `table`, a frozen dataclass whose fields are the file's keys.

    Raises: LexiconBroken, naming file and key, where the file is missing or does not fit.
    """
    return cast("T", _read(name, cast("Hashable", table)))


def load_file(path: Path, table: type[T]) -> T:
    """A file of the user's as one `table`; keys that the table does not have are faults too.

    Raises: LexiconBroken, naming the file, the line, and what is wrong there.
    """
    try:
        text = file_bytes(path).decode()
        root = yaml.compose(text, Loader=_Loader)
        content = yaml.load(text, Loader=_Loader)  # noqa: S506  a SafeLoader, see below
        found = msgspec.convert(content if root is not None else {}, type=table)
    except UnicodeDecodeError as error:
        raise LexiconBroken(f"{path} is not in UTF-8 ({error}); save it as plain text in UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise LexiconBroken(f"{path}{line}: it is no YAML ({getattr(error, 'problem', None) or error})") from error
    except msgspec.ValidationError as error:
        reason, _, where = str(error).partition(" - at `$")
        raise LexiconBroken(f"{path}, line {_line(root, where.rstrip('`'))}: {reason} ({where.rstrip('`')})") from error
    _check_keys(root, table, path)
    return found


def file_bytes(path: Path) -> bytes:
    """The bytes of a file of the user's.

    Raises: LexiconBroken, naming the file.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise LexiconBroken(f"{path} cannot be read ({error.strerror}); name a text file in UTF-8") from error


def _line(node: yaml.Node | None, where: str) -> int:
    """The line of the place that a fault names: "[...]" stands for any entry, so the deepest place that is known."""
    line = 1
    for key, index in _STEP.findall(where):
        if node is None:
            break
        line = node.start_mark.line + 1
        node = _child(node, key, index)
    return node.start_mark.line + 1 if node is not None else line


_STEP = re.compile(r"\.(\w+)|\[([^\]]*)\]")


def _child(node: yaml.Node, key: str, index: str) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and index.isdigit():
        return cast("yaml.Node", node.value[int(index)])
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == key), None)
    return None


def _check_keys(node: yaml.Node | None, table: object, path: Path) -> None:
    """Raise LexiconBroken for a key that no table knows: a slip of the pen would pass unread otherwise."""
    if isinstance(node, yaml.SequenceNode):
        for each in node.value:
            _check_keys(each, _inner(table), path)
    elif isinstance(node, yaml.MappingNode) and is_dataclass(table):
        parts = get_type_hints(cast("type", table))
        for key, value in node.value:
            if key.value not in parts:
                known = ", ".join(parts)
                raise LexiconBroken(f"{path}, line {key.start_mark.line + 1}: {key.value!r} is not one of: {known}")
            _check_keys(value, parts[key.value], path)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            _check_keys(value, _inner(table), path)


def _inner(table: object) -> object:
    """What a container type holds."""
    held = [each for each in get_args(table) if each is not Ellipsis]
    return held[-1] if held else None


@cache
def _read(name: str, table: Hashable) -> object:
    path = data_path(f"{name}.yaml")
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  a SafeLoader, see below
        return msgspec.convert(content, type=table)
    except OSError as error:
        raise LexiconBroken(f"data/{name}.yaml cannot be read ({error.strerror}); install bywhom again") from error
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise LexiconBroken(f"data/{name}.yaml does not fit {getattr(table, '__name__', table)}: {error}") from error


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Plain YAML in which yes, no, on and off stay words: lexicons are full of them."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:bool"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
