"""The tables, loaded once, and the way to the builder beside this file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bywhom.linking import LinkingTables

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def tables() -> LinkingTables:
    return LinkingTables.load()
