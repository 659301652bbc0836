"""The tables of data/, read into typed records. The only file that knows where data/ lies."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeVar, cast

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
