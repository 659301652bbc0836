"""`bywhom export`: whole or not at all."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any


def test_json_lines_go_to_standard_output(bywhom: Any) -> None:
    answer = bywhom("export")
    assert answer.status == 0
    assert len([json.loads(line) for line in answer.out.splitlines()]) == 4


def test_a_file_is_written_whole(bywhom: Any, tmp_path: Path) -> None:
    target = tmp_path / "claims.csv"
    answer = bywhom("export", "--format", "csv", "--output", str(target))
    assert (answer.status, answer.out) == (0, "")
    assert f"4 claims written to {target}" in answer.err
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8-sig"))))
    assert rows[0]["id"]
    assert [row["event"] for row in rows] == ["breakout", "other", "surrender", "other"]
    assert [path.name for path in tmp_path.glob("*claims*")] == ["claims.csv"]


def test_a_folder_that_is_not_there_is_one_line(bywhom: Any, tmp_path: Path) -> None:
    answer = bywhom("export", "--output", str(tmp_path / "none" / "claims.jsonl"))
    assert answer.status == 2
    assert "name another file with --output" in answer.err


def test_a_form_that_does_not_exist_is_wrong_usage(bywhom: Any) -> None:
    assert bywhom("export", "--format", "docx").status == 2
