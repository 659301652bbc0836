"""The server, before the first page is asked for."""

from __future__ import annotations

import gc

from bywhom.workbench.serving import settle


def test_what_is_there_from_the_start_is_not_searched_for_garbage_again() -> None:
    """Searching it takes longer than most pages, and would come at any of them."""
    was = gc.get_freeze_count()
    kept = [[number] for number in range(1000)]
    try:
        settle()
        assert gc.get_freeze_count() >= was + len(kept)
    finally:
        gc.unfreeze()
