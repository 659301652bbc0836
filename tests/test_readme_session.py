"""The session in README.md can be followed: its calls end well, and the claim it traces is there."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


def test_the_session_of_the_readme_can_be_followed(tmp_path: Path) -> None:
    session: dict[str, Any] = runpy.run_path(str(ROOT / "docs" / "make_session.py"))
    calls = session["calls"]((ROOT / "README.md").read_text(encoding="utf-8"))
    assert {"add", "claims", "trace", "show", "verify"} <= {call[1] for call in calls}
    (tmp_path / "reports").symlink_to(ROOT / "reports")
    for call in calls:
        # 1: one of the reports is in French. The id traced depends on the words read, so it is looked up, as the session's maker does.
        done = session["answer"](session["with_claim"](call, tmp_path), tmp_path)
        assert done.returncode in ((0, 1) if call[1] == "add" else (0,)), done.stdout
        assert done.stdout
