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
Powers = NDArray[np.float64]
_NEVER = -1e4
_LEAST = -300.0  # as a logarithm: less than that is never asked for, and would be nought as a number


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
    filled = _filled(logits)
    best = filled[0] + moves[-1]
    scores = [best]
    for each in filled[1:]:
        best = np.maximum.reduce(best[:, :, None] + moves[:-1], 1) + each
        scores.append(best)
    reached = np.stack(scores)
    steps = (reached[:-1, :, :, None] + moves[:-1]).argmax(2)
    return [_walk(steps[:, i], reached[len(each) - 1, i], len(each)) for i, each in enumerate(logits)]


def _filled(logits: Sequence[Numbers]) -> Numbers:
    """Windows side by side: word of a window x window x tag; nought where a window has ended."""
    filled = np.zeros((max(map(len, logits)), len(logits), logits[0].shape[1]), np.float32)
    for i, each in enumerate(logits):
        filled[: len(each), i] = each
    return filled


def _walk(steps: Path, last: Numbers, length: int) -> Path:
    at = int(last.argmax())
    path = [at]
    for step in reversed(steps[: length - 1].tolist()):
        at = step[at]
        path.append(at)
    return np.array(path[::-1], np.int64)


def chances(logits: Sequence[Numbers], moves: Numbers) -> list[Numbers]:
    """For each word of each window the probability of each tag, over all sequences of tags."""
    if not logits:
        return []
    filled = _filled(logits)
    powers = np.exp(np.maximum(filled - filled.max(-1, keepdims=True), _LEAST), dtype=np.float64)
    ways, opening = np.exp(moves[:-1], dtype=np.float64), np.exp(moves[-1], dtype=np.float64)
    found = _from_before(powers, ways, opening) * _from_behind(powers, ways, list(map(len, logits)))
    found /= found.sum(-1, keepdims=True)
    return [found[: len(each), i].astype(np.float32) for i, each in enumerate(logits)]


def _from_before(powers: Powers, ways: Powers, opening: Powers) -> Powers:
    """How likely each tag of each word is, of those before it and its own; each word's sum is one, so that nothing runs dry."""
    found = np.empty_like(powers)
    one = opening * powers[0]
    for at in range(len(powers)):
        if at:
            one = (one @ ways) * powers[at]
        one /= np.add.reduce(one, -1, keepdims=True)
        found[at] = one
    return found


def _from_behind(powers: Powers, ways: Powers, lengths: Sequence[int]) -> Powers:
    """How likely what follows is, for each tag of each word."""
    found = np.ones_like(powers)
    last = {length - 1 for length in lengths}
    backwards = ways.T
    for at in range(len(powers) - 2, -1, -1):
        one = (found[at + 1] * powers[at + 1]) @ backwards
        one /= np.add.reduce(one, -1, keepdims=True)
        found[at] = one
        if at in last:
            found[at, [length == at + 1 for length in lengths]] = 1
    return found


def chunks(path: Path | Sequence[int], chances: Numbers, tags: Sequence[str]) -> Iterator[Chunk]:
    """The runs of words that a sequence of tags marks; `chances` are the probabilities of all tags."""
    sure = chances[np.arange(len(path)), path]
    begin, name = 0, ""
    for at, tag in enumerate([*path, 0]):
        if name and not (tags[tag][0] == "I" and tags[tag][2:] == name):
            yield Chunk(name, begin, at, float(sure[begin:at].mean()))
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
