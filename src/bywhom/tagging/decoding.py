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
_LEAST = -110.0  # as a logarithm: less than that is never asked for, and is nought in what we tell
_OFTEN = 4  # steps after which probabilities are brought back to one: so many times _LEAST is a number yet


@dataclass(frozen=True, slots=True)
class Outputs:
    """What the network says of one window. Column 0 of a pointer is "nothing here", column k+1 the word k."""

    roles: Numbers  # words x ROLES
    cues: Numbers  # words x (1 + words): the cue that a word of a content hangs on
    sources: Numbers  # words x (1 + words): the source that a cue hangs on
    tags: Numbers  # words x CLAIM_TAGS
    fields: Numbers  # words x values of all fields
    weights: Numbers  # words x fields: how much a word of a claim counts for a field
    asked: Numbers  # words x CLAIM_POINTERS x width: what a word looks for; a claim looks for its words' mean
    offered: Numbers  # (1 + words) x CLAIM_POINTERS x width: what is there to be found
    offsets: Numbers  # CLAIM_POINTERS: what is added

    def pointed(self, begin: int, end: int, pointer: str) -> Numbers:
        """Where a pointer leads words [begin, end) as one claim: a number for each column."""
        at = CLAIM_POINTERS.index(pointer)
        asked = np.add.reduce(self.asked[begin:end, at], 0) / np.float32(end - begin)
        found: Numbers = self.offered[:, at] @ asked + self.offsets[at]
        return found


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
    reached = np.empty_like(filled)
    best = np.add(filled[0], moves[-1], reached[0])
    ways = moves[:-1, None, :]
    steps = np.empty(
        (filled.shape[2], *best.shape), np.float32
    )  # tag before x window x tag: quickest to take the best of
    for each, there in zip(filled[1:], reached[1:], strict=True):
        np.add(best.T[:, :, None], ways, steps)
        best = np.maximum.reduce(steps, 0, out=there)
        best += each
    last = (reached[:-1, :, :, None] + moves[:-1]).argmax(2)
    return [_walk(last[:, i], reached[len(each) - 1, i], len(each)) for i, each in enumerate(logits)]


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
    lengths = list(map(len, logits))
    before, behind = _from_both_ends(powers, np.exp(moves, dtype=np.float64), lengths)
    found = [before[:n, i] * powers[:n, i] * behind[:n, i][::-1] for i, n in enumerate(lengths)]
    return [(each / each.sum(-1, keepdims=True)).astype(np.float32) for each in found]


def _from_both_ends(powers: Powers, ways: Powers, lengths: Sequence[int]) -> tuple[Powers, Powers]:
    """How likely each tag of each word is, of the words before it alone, and of those behind it, counted from the end.

    Both in one go, each window turned round for the second: what this costs is the number of steps, not of numbers.
    """
    met = np.stack([powers, powers], 1)
    for i, length in enumerate(lengths):
        met[:length, 1, i] = powers[:length, i][::-1]
    found = np.empty_like(met)
    found[0, 0], found[0, 1] = ways[-1], 1.0
    both = np.stack([ways[:-1], ways[:-1].T])
    one = found[0]
    for at in range(1, len(found)):
        one = np.matmul(one * met[at - 1], both, found[at])
        if at % _OFTEN == 0:
            one /= np.add.reduce(one, -1, keepdims=True)
    found /= np.add.reduce(found, -1, keepdims=True)
    return found[:, 0], found[:, 1]


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
    return end_chances(outputs, begin, end, f"{name}_begin"), end_chances(outputs, begin, end, f"{name}_end")


def end_chances(outputs: Outputs, begin: int, end: int, pointer: str) -> Numbers:
    """For words [begin, end) as one claim: how likely the one end of a mention of which a pointer tells is each column."""
    return softmax(outputs.pointed(begin, end, pointer))


def relay_chances(outputs: Outputs, begin: int, end: int) -> tuple[Numbers, Numbers]:
    """For words [begin, end) as one claim: for each word, the probability that a relay's mention begins, and ends, there."""
    first, last = (outputs.pointed(begin, end, pointer)[1:] for pointer in ("relay_begin", "relay_end"))
    return _sigmoid(first), _sigmoid(last)


def _sigmoid(numbers: Numbers) -> Numbers:
    one = np.float32(1)
    found: Numbers = one / (one + np.exp(-numbers))
    return found


def log_softmax(rows: Numbers) -> Numbers:
    shifted = rows - rows.max(-1, keepdims=True)
    found: Numbers = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return found


def softmax(rows: Numbers) -> Numbers:
    powers = np.exp(rows - rows.max(-1, keepdims=True))
    found: Numbers = powers / powers.sum(-1, keepdims=True)
    return found
