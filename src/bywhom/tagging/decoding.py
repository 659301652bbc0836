"""From the numbers of the network to spans: the best sequence of tags, and where the pointers point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bywhom.records import Span
from bywhom.tagging.labels import CLAIM_POINTERS, CLAIM_TAGS
from bywhom.tagging.wordpieces import Word

Numbers = NDArray[np.float32]
Path = NDArray[np.int64]
_NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Outputs:
    """What the network says of one window. Column 0 of a pointer is "nothing here", column k+1 the word k."""

    roles: Numbers  # words x ROLES
    cues: Numbers  # words x (1 + words): the cue that a word of a content hangs on
    sources: Numbers  # words x (1 + words): the source that a cue hangs on
    tags: Numbers  # words x CLAIM_TAGS
    fields: Numbers  # words x values of all fields
    weights: Numbers  # words x fields: how much a word of a claim counts for a field
    pointers: Numbers  # CLAIM_POINTERS x words x (1 + words)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of words with one tag: [begin, end) of a window's words."""

    tag: str
    begin: int
    end: int
    score: float  # the mean of the probabilities of its tags
    opening: float = 1.0  # the probability of its first tag

    def span(self, words: Sequence[Word]) -> Span:
        return Span(words[self.begin].start, words[self.end - 1].end)


def legal(tags: Sequence[str]) -> Numbers:
    """0 where one tag may follow another, a large negative number where it may not; the last row is the beginning."""
    table = np.zeros((len(tags) + 1, len(tags)), np.float32)
    for i, before in enumerate((*tags, "O")):
        for j, after in enumerate(tags):
            if after.startswith("I-") and before[2:] != after[2:]:
                table[i, j] = _NEVER
    return table


def best_paths(logits: Sequence[Numbers], moves: Numbers) -> list[Path]:
    """The best sequence of tags of each window. `moves` is tags + 1 by tags, its last row the beginning."""
    if not logits:
        return []
    size, tags = max(map(len, logits)), moves.shape[1]
    filled = np.zeros((len(logits), size, tags), np.float32)
    for row, each in zip(filled, logits, strict=True):
        row[: len(each)] = each
    best = filled[:, 0] + moves[-1]
    steps, scores = [], [best]
    for at in range(1, size):
        ways = best[:, :, None] + moves[:-1]
        steps.append(ways.argmax(1))
        best = ways.max(1) + filled[:, at]
        scores.append(best)
    return [
        _walk(np.array([s[i] for s in steps]), scores[len(each) - 1][i], len(each)) for i, each in enumerate(logits)
    ]


def _walk(steps: Path, last: Numbers, length: int) -> Path:
    path = np.empty(length, np.int64)
    path[-1] = last.argmax()
    for at in range(length - 1, 0, -1):
        path[at - 1] = steps[at - 1][path[at]]
    return path


def chances(logits: Sequence[Numbers], moves: Numbers) -> list[Numbers]:
    """For each word of each window the probability of each tag, over all sequences of tags."""
    if not logits:
        return []
    size, tags = max(map(len, logits)), moves.shape[1]
    filled = np.zeros((len(logits), size, tags), np.float32)
    held = np.zeros((len(logits), size, 1), bool)
    for row, there, each in zip(filled, held, logits, strict=True):
        row[: len(each)], there[: len(each)] = each, True
    before = [filled[:, 0] + moves[-1]]
    for at in range(1, size):
        before.append(_sum(before[-1][:, :, None] + moves[:-1], 1) + filled[:, at])
    after = np.zeros((len(logits), tags), np.float32)
    found = np.empty_like(filled)
    for at in range(size - 1, -1, -1):
        found[:, at] = softmax(before[at] + after)
        step = _sum(moves[:-1] + (filled[:, at] + after)[:, None, :], 2)
        after = np.where(held[:, at], step, 0)
    return [each[: len(own)] for each, own in zip(found, logits, strict=True)]


def _sum(scores: Numbers, axis: int) -> Numbers:
    """The logarithm of the sum of what the scores are logarithms of."""
    most = scores.max(axis, keepdims=True)
    found: Numbers = np.log(np.exp(scores - most).sum(axis)) + most.squeeze(axis)
    return found


def chunks(path: Path | Sequence[int], chances: Numbers, tags: Sequence[str]) -> Iterator[Chunk]:
    """The runs of words that a sequence of tags marks; `chances` are the probabilities of all tags."""
    sure = chances[np.arange(len(path)), path]
    begin, name = 0, ""
    for at, tag in enumerate([*path, 0]):
        if name and not (tags[tag][0] == "I" and tags[tag][2:] == name):
            yield Chunk(name, begin, at, float(sure[begin:at].mean()), float(sure[begin]))
            name = ""
        if tags[tag][0] == "B":
            begin, name = at, tags[tag][2:]


def claims(path: Path | Sequence[int], chances: Numbers) -> list[Chunk]:
    """The claims of one window."""
    return list(chunks(path, chances, CLAIM_TAGS))


def field_chances(outputs: Outputs, begin: int, end: int, columns: dict[str, slice]) -> dict[str, Numbers]:
    """For words [begin, end) as one claim: field -> the probability of each of its values."""
    weights = softmax(outputs.weights[begin:end].T)
    values = outputs.fields[begin:end]
    return {name: softmax(weights[i] @ values[:, at]) for i, (name, at) in enumerate(columns.items())}


def mention_chances(outputs: Outputs, begin: int, end: int, name: str) -> tuple[Numbers, Numbers]:
    """For words [begin, end) as one claim: how likely its "source" or "name" begins, and ends, at each column."""
    at = CLAIM_POINTERS.index(f"{name}_begin")
    first, last = outputs.pointers[at : at + 2, begin:end].mean(1)
    return softmax(first), softmax(last)


def relay_chances(outputs: Outputs, begin: int, end: int) -> tuple[Numbers, Numbers]:
    """For words [begin, end) as one claim: for each word, the probability that a relay's mention begins, and ends, there."""
    at = CLAIM_POINTERS.index("relay_begin")
    first, last = 1 / (1 + np.exp(-outputs.pointers[at : at + 2, begin:end].mean(1)[:, 1:]))
    return first, last


def log_softmax(rows: Numbers) -> Numbers:
    shifted = rows - rows.max(-1, keepdims=True)
    found: Numbers = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return found


def softmax(rows: Numbers) -> Numbers:
    powers = np.exp(rows - rows.max(-1, keepdims=True))
    found: Numbers = powers / powers.sum(-1, keepdims=True)
    return found
