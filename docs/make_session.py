"""Write the session shown in README.md anew, from what the program says: python docs/make_session.py

Between the lines `<!-- session -->` and `<!-- end of session -->`, every call of bywhom is called again, in order, in an empty
folder that holds the reports, and its answer is put under it, cut where the old answer was cut: a line `…` stands for the rest.
"""
# ruff: noqa: INP001, S603, T201  a script beside the pages it makes; it runs our own program and says what it did

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
SESSION = re.compile(r"<!-- session -->.*<!-- end of session -->", re.DOTALL)
WIDTH = 104


def calls(page: str) -> list[list[str]]:
    """The words of every call in the session, in order."""
    session = SESSION.search(page)
    blocks = BLOCK.findall(session[0]) if session else []
    return [shlex.split(line[2:]) for block in blocks for line in block.splitlines() if line.startswith("$ ")]


def answer(words: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """What the program says to a call, standard error and output in one."""
    environment = {**os.environ, "COLUMNS": str(WIDTH), "PYTHONUTF8": "1"}
    environment.pop("BYWHOM_LEDGER", None)
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=folder, env=environment, text=True, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def renewed(block: str, folder: Path) -> str:
    """A block with the answers of today, as many lines of each as before."""
    shown = []
    for part in re.split(r"^(?=\$ )", block, flags=re.MULTILINE):
        call, _, old = part.partition("\n")
        if not call:
            continue
        words = with_claim(shlex.split(call[2:]), folder)
        lines = [line.rstrip() for line in answer(words, folder).stdout.splitlines()]
        before = old.rstrip("\n").splitlines()
        kept = [*lines[: len(before) - 1], "…"] if before and before[-1] == "…" else lines
        shown += [f"$ {shlex.join(words)}", *kept, ""]
    return "```console\n" + "\n".join(shown).rstrip() + "\n```"


def with_claim(words: list[str], folder: Path) -> list[str]:
    """The call with the id of the claim that came through most hands, where it traces one."""
    if words[1] != "trace":
        return words
    listed = answer(["bywhom", "claims", "--json", "--document", "missy-aux-bois"], folder).stdout.splitlines()
    longest = max((json.loads(line) for line in listed), key=lambda claim: len(claim["chain"]))
    return ["bywhom", "trace", longest["id"][:8]]


def main() -> None:
    """Rewrite the session in README.md."""
    page = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "reports").symlink_to(ROOT / "reports")
        session = SESSION.search(page)
        if session is None:
            sys.exit("README.md has no session: put it between <!-- session --> and <!-- end of session -->")
        new = BLOCK.sub(lambda block: renewed(block[1], folder), session[0])
    README.write_text(page.replace(session[0], new), encoding="utf-8")
    print(f"{README}: {len(calls(page))} calls run")


if __name__ == "__main__":
    main()
