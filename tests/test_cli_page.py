"""docs/cli.md says what the commands say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"


def test_the_page_is_what_the_commands_say() -> None:
    # In a process of its own: click keeps the help option of the first context that asked for it.
    made = subprocess.run([sys.executable, DOCS / "make_cli.py", "-"], capture_output=True, text=True, check=True)
    assert (DOCS / "cli.md").read_text(encoding="utf-8") == made.stdout, "run: .venv/bin/python docs/make_cli.py"


def test_every_command_is_in_the_readme_or_on_the_page() -> None:
    from bywhom.cli.main import COMMANDS

    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    assert all(f"## bywhom {name}\n" in page for name in COMMANDS)


def test_every_key_of_the_record_is_explained() -> None:
    from bywhom.export import COLUMNS

    page = (DOCS / "export.md").read_text(encoding="utf-8")
    flat = ("place_", "time_", "quantities_", "country", "lat", "lon", "geonameid", "radius_km")
    assert [key for key in COLUMNS if not key.startswith(flat) and f"`{key}`" not in page] == []
