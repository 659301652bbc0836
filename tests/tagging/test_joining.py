"""From tags and pointers to attributions."""

from __future__ import annotations

import numpy as np

from bywhom.tagging.decoding import Outputs
from bywhom.tagging.joining import attributions
from bywhom.tagging.labels import CLAIM_POINTERS, ROLES


def said(names: list[str], cues: dict[int, int], sources: dict[int, int]) -> tuple[Outputs, list[int], np.ndarray]:
    """Outputs that say just this: the tag of each word, and what words point at (0: nothing)."""
    path = [ROLES.index(name) for name in names]
    size = len(path)

    def pointing(targets: dict[int, int]) -> np.ndarray:
        rows = np.zeros((size, size + 1), np.float32)
        for word, target in targets.items():
            rows[word, target] = 20
        return rows

    none = np.zeros((size, 1), np.float32)
    sure = np.eye(len(ROLES), dtype=np.float32)[path]
    asked, offered = (np.zeros((length, len(CLAIM_POINTERS), 2), np.float32) for length in (size, size + 1))
    offsets = np.zeros(len(CLAIM_POINTERS), np.float32)
    return Outputs(none, pointing(cues), pointing(sources), none, none, none, asked, offered, offsets), path, sure


def test_contents_that_hang_on_one_cue_are_one_attribution() -> None:
    names = ["B-content", "B-source", "B-cue", "B-content", "I-content", "B-source", "B-cue", "B-content"]
    told = said(names, {0: 3, 3: 3, 4: 3, 7: 7}, {2: 2, 6: 0})
    first, second = attributions(*told)
    assert [(c.begin, c.end) for c in first.contents] == [(0, 1), (3, 5)]
    assert first.source is not None
    assert (first.source.begin, second.source) == (1, None)
    assert first.score > 0.9
    assert first.source_score > 0.8  # the contents say nothing


def test_a_content_without_a_cue_stands_alone() -> None:
    (found,) = attributions(*said(["B-content", "I-content"], {}, {}))
    assert (found.cue, found.source) == (None, None)


def test_a_cue_inside_the_words_of_another_is_found_by_what_points_at_it() -> None:
    """A courier said that the regent had sworn / he would abdicate: "sworn" is tagged as content."""
    names = ["B-source", "B-cue", "B-content", "I-content", "I-content", "O", "B-content", "I-content"]
    outer, inner = attributions(*said(names, {2: 2, 3: 2, 4: 2, 6: 5, 7: 5}, {1: 1, 4: 4}))
    assert [(c.begin, c.end) for c in outer.contents] == [(2, 5)]
    assert inner.cue is not None
    assert inner.source is not None
    assert (inner.cue.begin, inner.cue.end, inner.source.begin, inner.source.end) == (4, 5, 3, 4)


def test_a_source_without_its_tag_is_found_where_nothing_else_is_as_likely() -> None:
    names = ["O", "B-cue", "B-content", "O", "B-source"]
    (found,) = attributions(*said(names, {2: 2}, {1: 1}))
    assert found.source is not None
    assert (found.source.begin, found.source.end) == (0, 1)


def test_nobody_is_the_source_where_the_cue_points_at_nothing() -> None:
    names = ["B-source", "B-cue", "B-content", "B-content"]
    (found,) = attributions(*said(names, {2: 2, 3: 2}, {1: 0}))
    assert found.source is None
